"""The command as its users start it: another process, this source tree."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
START = "from wetware.cli.main import main; main()"


def environment(**changes):
    """A plain environment: no colours, no WW_ variables, this source tree."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WW_", "_WW"))}
    return {**kept, "PYTHONPATH": str(SRC), "NO_COLOR": "1", **changes}


@pytest.fixture(scope="session")
def ww():
    """Run `ww` to its end: ww("run", "x.wasm", input=b"", env={...}, cwd=...)."""

    def run(*arguments, env=None, **options):
        return subprocess.run(
            [sys.executable, "-c", START, *map(str, arguments)],
            env=environment(**(env or {})),
            capture_output=True,
            timeout=60,
            check=False,
            **options,
        )

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
