"""The command line as a whole: what is imported when, how failures reach the user, documented exit codes."""

import importlib
import json
import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from ww_process import START, environment

from wetware import __version__
from wetware.cli import app as app_module
from wetware.cli.app import COMMANDS, run_command_line
from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import MEANINGS, ExitCode, markdown_table
from wetware.errors import InternalError, LocalError

DOCS = Path(__file__).parents[2] / "docs"


def test_the_version(ww):
    done = ww("--version")
    assert (done.returncode, done.stdout) == (0, f"ww {__version__}\n".encode())


def test_help_names_every_command_and_imports_none(python):
    printed = python(
        "import sys\n"
        "from wetware.cli.app import run_command_line\n"
        "assert run_command_line(['--help']) == 0\n"
        "print(*sys.modules)\n"
    )
    *text, modules = printed.splitlines()
    for name in COMMANDS:
        assert any(line.split()[:1] == [name] for line in text)
    heavy = {
        "asyncio",
        "rich",
        "wasmtime",
        "blake3",
        "wetware.cli.run",
        "wetware.cli.inspect",
        "wetware.node",
    }
    assert not heavy & set(modules.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_help_is_the_commands_own(name):
    module, variable, line = COMMANDS[name]
    command = getattr(importlib.import_module(module), variable)
    assert isinstance(command, click.Command)
    assert command.name == name
    assert line.endswith(".")
    assert command.help


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rn"], "no such command 'rn'"),
        (["run"], "missing argument 'FILE'"),
        (["run", "--memry", "1", "x.wasm"], "no such option '--memry'"),
        (["run", "--memory", "lots", "x.wasm"], "'lots' is not a size"),
        (["run", "--deadline", "-1s", "x.wasm"], "'-1s' is not a duration"),
        (["run", "--dir", "/nonexistent", "x.wasm"], "'/nonexistent' is not there"),
        (["run", "--stdin", "-"], "stdin cannot be both"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
    ],
)
def test_a_wrong_command_line_is_one_message_and_exit_code_2(ww, arguments, says):
    done = ww(*arguments, input=b"")
    assert done.returncode == ExitCode.USAGE
    first, hint = done.stderr.decode().splitlines()
    assert first.startswith("ww: error: ")
    assert says in first.replace("option: --memry", "option '--memry'")
    assert hint.startswith("ww: hint: ")
    assert "--help" in hint
    assert done.stdout == b""


def test_nothing_at_all_shows_the_help(ww):
    done = ww()
    assert done.returncode == ExitCode.USAGE
    assert b"Commands:" in done.stderr


def test_an_option_can_stand_in_the_environment(ww):
    done = ww("run", "x.wasm", env={"WW_RUN_DEADLINE": "soon"})
    assert done.returncode == ExitCode.USAGE
    assert b"'soon' is not a duration" in done.stderr


class Answer:
    stream = "stdout"
    exit_code = 7

    def blocks(self):
        return []

    def to_json(self):
        return {}


@pytest.fixture
def command(monkeypatch):
    """Put a command `probe` into the group that does what the test says."""

    def install(action, option=lambda function: function):
        def probe():
            return action()

        probe = click.command()(option(probe))
        monkeypatch.setitem(app_module.COMMANDS, "probe", (__name__, "probe_command", "Probe."))
        monkeypatch.setattr(sys.modules[__name__], "probe_command", probe, raising=False)

    return install


def failing(problem):
    def action():
        raise problem

    return action


def test_the_results_exit_code_is_the_commands(command):
    command(Answer)
    assert run_command_line(["probe"]) == 7


@pytest.mark.parametrize(
    ("problem", "code", "says"),
    [
        (
            CommandError("No such file.", exit_code=ExitCode.NOT_FOUND, hint="look"),
            127,
            "error: no such file\n",
        ),
        (LocalError("bad input"), 1, "error: bad input\n"),
        (PermissionError(13, "Permission denied", "x"), 1, "error: x: Permission denied\n"),
        (InternalError("a fiber ran twice"), 1, "internal error: InternalError: a fiber ran twice"),
        (ZeroDivisionError("oops\x1b[2J"), 1, "internal error: ZeroDivisionError: oops\\x1b[2J"),
    ],
)
def test_a_failure_is_a_message_and_never_a_traceback(command, capsys, monkeypatch, problem, code, says):
    monkeypatch.delenv("WW_DEBUG", raising=False)
    command(failing(problem))
    assert run_command_line(["probe"]) == code
    shown = capsys.readouterr().err
    assert says in shown
    assert "Traceback" not in shown


def test_a_failure_is_json_too_where_that_is_wanted(command, capsys):
    command(
        failing(CommandError("no such file", exit_code=ExitCode.NOT_FOUND, hint="look")),
        app_module.json_option,
    )
    assert run_command_line(["probe", "--json"]) == ExitCode.NOT_FOUND
    captured = capsys.readouterr()
    assert captured.out == ""
    assert json.loads(captured.err.splitlines()[-1]) == {
        "error": "no such file",
        "hint": "look",
        "exit_code": 127,
    }


def test_a_bug_shows_its_traceback_to_who_asks(command, capsys, monkeypatch):
    monkeypatch.setenv("WW_DEBUG", "1")
    command(failing(ZeroDivisionError("oops")))
    assert run_command_line(["probe"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_while_starting_is_130_without_a_word():
    program = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from wetware.cli.main import main\n"
        "main(['--help'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (ExitCode.INTERRUPTED, b"", b"")


def test_a_reader_that_leaves_early_is_no_error():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", START, "completion", "bash"],
        env=environment(),
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == ExitCode.FAILED


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("arguments", "code"), [("--version", 0), ("nonsense", 2), ("inspect /dev/null", 126)]
)
def test_closed_streams_change_no_exit_code(closed, arguments, code):
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(START)} {arguments} {closed}"
    done = subprocess.run(
        command, shell=True, env=environment(), capture_output=True, timeout=60, check=False
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_that_calls_back(ww, shell):
    done = ww("completion", shell)
    assert done.returncode == 0
    assert b"_WW_COMPLETE" in done.stdout


def test_completion_offers_commands_and_options(ww):
    done = ww(env={"_WW_COMPLETE": "bash_complete", "COMP_WORDS": "ww in", "COMP_CWORD": "1"})
    assert done.stdout == b"plain,inspect\n"
    done = ww(env={"_WW_COMPLETE": "bash_complete", "COMP_WORDS": "ww run --dead", "COMP_CWORD": "2"})
    assert done.stdout == b"plain,--deadline\n"


def test_a_terminal_without_colours_gets_no_escape():
    controller, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", START, "nonsense"],
        env=environment(TERM="xterm"),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        timeout=60,
        check=False,
    )
    os.close(terminal)
    shown = os.read(controller, 4096)
    os.close(controller)
    assert done.returncode == ExitCode.USAGE
    assert b"no such command" in shown
    assert b"\x1b" not in shown


def test_the_exit_codes_are_the_documented_ones():
    assert set(MEANINGS) == set(ExitCode)
    assert markdown_table() in (DOCS / "exit-codes.md").read_text()


def test_the_documents_table_names_each_code_once():
    codes = re.findall(r"^\| (\d+) \|", (DOCS / "exit-codes.md").read_text(), re.MULTILINE)
    assert codes == [str(code.value) for code in ExitCode]


def test_json_is_asked_for_per_command(command, capsys):
    command(Answer, app_module.json_option)
    assert run_command_line(["probe", "--json"]) == 7
    assert json.loads(capsys.readouterr().out) == {}


def test_the_package_runs_as_the_command():
    shown = subprocess.run(
        [sys.executable, "-m", "wetware", "--version"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == f"ww {__version__}\n"
