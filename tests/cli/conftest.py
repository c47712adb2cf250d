"""The command as its users start it: another process, this source tree."""

import subprocess
import sys

import pytest
from ww_process import NOTE, START, environment

from guests_fixtures import c_program, go_program, wat_program

__all__ = ["c_program", "go_program", "wat_program"]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """One cache for these tests, which is not the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WW_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def ww():
    """Run `ww` to its end: ww("run", "x.wasm", input=b"", env={...}, cwd=...).

    The note that a compilation takes long is taken from stderr: only a slow machine has it.
    """

    def run(*arguments, env=None, **options):
        done = subprocess.run(
            [sys.executable, "-c", START, *map(str, arguments)],
            env=environment(**(env or {})),
            capture_output=True,
            timeout=60,
            check=False,
            **options,
        )
        done.stderr = NOTE.sub(b"", done.stderr)
        return done

    return run


@pytest.fixture(scope="session")
def python():
    """Run a Python program against this source tree and return what it printed."""

    def run(program, **options):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            **options,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
