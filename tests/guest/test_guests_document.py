"""docs/guests.md does what it shows: its shell blocks run in turn, and say what stands below them."""

import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tiny_wheels import make_wheel

pytestmark = pytest.mark.timeout(600)  # the first Python program builds the interpreter

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "guests.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", DOCUMENT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    try:
        metadata.version("componentize-py")
    except metadata.PackageNotFoundError:
        pytest.skip("no builder of the interpreter: pip install componentize-py")
    folder = tmp_path_factory.mktemp("guests")
    (folder / "bin").mkdir()
    ww = folder / "bin" / "ww"
    ww.write_text(f"#!{sys.executable} -P\nfrom wetware.cli.main import main\nmain()\n")
    ww.chmod(0o755)
    make_wheel(folder / "wheels", "shapes", files={"shapes.py": "def area(a, b): return a * b\n"})
    return folder


@pytest.mark.parametrize("index", range(len(BLOCKS)))
def test_a_block_runs_and_says_what_stands_below_it(place, index):
    command, said = BLOCKS[index]
    done = subprocess.run(
        ["sh", "-eu", "-c", command],
        cwd=place,
        env={
            **os.environ,
            "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "NO_COLOR": "1",
        },
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if said:
        assert done.stdout == said


def test_there_is_something_to_run():
    assert len(BLOCKS) >= 3
    assert sum(bool(said) for _, said in BLOCKS) >= 2


@pytest.mark.parametrize("name", ["new", "build"])
def test_every_option_is_documented(name):
    import importlib

    from wetware.cli.app import COMMANDS

    module, variable, _ = COMMANDS[name]
    command = getattr(importlib.import_module(module), variable)
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
    assert {option for option in options - {"--output"} if option not in DOCUMENT} == set()
