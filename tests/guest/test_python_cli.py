"""`ww run` with Python programs."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

try:
    metadata.version("componentize-py")
except metadata.PackageNotFoundError:
    pytest.skip("no builder of the interpreter: pip install componentize-py", allow_module_level=True)

pytestmark = pytest.mark.timeout(600)

SRC = Path(__file__).parent.parent.parent / "src"
START = "from wetware.cli.main import main; main()"


def ww_run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-P", "-c", START, "run", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(SRC), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
        **options,
    )


@pytest.fixture
def app(tmp_path):
    path = tmp_path / "app.py"
    path.write_text(
        "import sys\n"
        "print('hello', sys.argv[1:])\n"
        "print('to the other', file=sys.stderr)\n"
        "sys.exit(int(sys.argv[1]))\n"
    )
    return path


def test_a_file_runs_with_its_arguments_to_its_exit_code(app):
    done = ww_run(app, "3", "--flag")
    assert done.returncode == 3
    assert done.stdout == "hello ['3', '--flag']\n"
    assert done.stderr.endswith("to the other\n")  # before it may stand that the interpreter is built


def test_a_folder_runs(tmp_path, app):
    (tmp_path / "folder").mkdir()
    app.rename(tmp_path / "folder" / "__main__.py")
    assert ww_run(tmp_path / "folder", "0").stdout == "hello ['0']\n"


def test_stdin_and_a_directory_are_given(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "name").write_text("world")
    path = tmp_path / "app.py"
    path.write_text("import sys; print(sys.stdin.read(), open('/d/name').read())")
    done = ww_run("--stdin", "--dir", f"{tmp_path / 'data'}:/d", path, input="hello")
    assert (done.returncode, done.stdout) == (0, "hello world\n")


def test_a_traceback_is_the_programs(tmp_path):
    path = tmp_path / "app.py"
    path.write_text("raise ValueError('wrong')\n")
    done = ww_run(path)
    assert done.returncode == 1
    assert done.stderr.endswith(
        'Traceback (most recent call last):\n  File "app.py", line 1, in <module>\n'
        "    raise ValueError('wrong')\nValueError: wrong\n"
    )


def test_a_folder_that_is_no_program_is_126(tmp_path):
    done = ww_run(tmp_path)
    assert done.returncode == 126
    assert "has no __main__.py" in done.stderr


def test_a_program_that_does_not_end_is_ended(tmp_path):
    path = tmp_path / "app.py"
    path.write_text("import time; time.sleep(1e6)")
    assert ww_run("--deadline", "300ms", path).returncode == 124
