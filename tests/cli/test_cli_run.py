"""What `ww run` makes of its command line; what a node then makes of it is in test_cli_run_guests.py."""

import io
import json
from pathlib import Path

import click
import pytest

from wetware.cli import embedded
from wetware.cli.app import run_command_line
from wetware.cli.embedded import RunRequest, RunResult
from wetware.cli.exit_codes import ExitCode
from wetware.cli.options import Grant
from wetware.cli.run import read_program


def result(exit_code=0, *, quiet=True):
    return RunResult(
        name="prog.wasm", exit_code=exit_code, reason="trapped: unreachable", summary={"pid": 2}, quiet=quiet
    )


@pytest.fixture
def requests(monkeypatch):
    """Run nothing: keep what would be run, and answer as the test says."""
    seen = []

    async def run_embedded(request, *, on_slow, on_loaded):
        seen.append(request)
        if seen.slow:
            on_slow()
        return seen.result

    class Seen(list):
        result = result()
        slow = False

    seen = Seen()
    monkeypatch.setattr(embedded, "run_embedded", run_embedded)
    return seen


def test_a_program_is_given_nothing_of_its_own_accord(requests):
    assert run_command_line(["run", "dir/prog.wasm"]) == 0
    (request,) = requests
    assert request.program == Path("dir/prog.wasm")
    assert request.name == "prog.wasm"
    assert not request.arguments
    assert not request.environment
    assert not request.grants
    assert not request.limits
    assert not request.stdin
    assert not request.raw_output


@pytest.mark.parametrize(
    "words",
    [["--help"], ["--version"], ["--", "-x"], ["--memory", "1"], ["-h", "--json", "--unknown"], ["a b", ""]],
)
def test_all_after_the_file_belongs_to_the_program(requests, words):
    assert run_command_line(["run", "--json", "prog.wasm", *words]) == 0
    assert list(requests[0].arguments) == words


def test_a_file_may_stand_after_two_dashes(requests):
    run_command_line(["run", "--", "prog.wasm", "x"])
    assert (requests[0].program, list(requests[0].arguments)) == (Path("prog.wasm"), ["x"])


def test_everything_that_is_given_arrives(requests, tmp_path, monkeypatch):
    monkeypatch.setenv("HERE", "from here")
    (tmp_path / "data").mkdir()
    arguments = f"""
        run --dir {tmp_path} --dir {tmp_path}/data:/data:rw --env A=1 --env HERE --stdin --raw-output
        --memory 64MiB --deadline 1m30s --cpu 250ms --output 10MB --max-children 3 --max-descriptors 0
        prog.wasm
    """
    assert run_command_line(arguments.split()) == 0
    (request,) = requests
    assert request.grants == (
        Grant(tmp_path, str(tmp_path), writable=False),
        Grant(tmp_path / "data", "/data", writable=True),
    )
    assert request.environment == {"A": "1", "HERE": "from here"}
    assert request.stdin
    assert request.raw_output
    assert request.limits == {
        "memory": 64 * 2**20,
        "deadline": 90.0,
        "cpu": 0.25,
        "output": 10_000_000,
        "children": 3,
        "descriptors": 0,
    }


def test_options_can_stand_in_the_environment(requests, monkeypatch, tmp_path):
    monkeypatch.setenv("WW_RUN_DEADLINE", "10s")
    monkeypatch.setenv("WW_RUN_ENV", "A=1 B=2")
    monkeypatch.setenv("WW_RUN_DIR", f"{tmp_path}:/one {tmp_path}:/two:rw")
    monkeypatch.setenv("WW_RUN_MEMORY", "1MiB")
    run_command_line(["run", "--memory", "2MiB", "prog.wasm"])
    (request,) = requests
    assert request.limits == {"deadline": 10.0, "memory": 2 * 2**20}, "the command line goes first"
    assert request.environment == {"A": "1", "B": "2"}
    assert [grant.guest for grant in request.grants] == ["/one", "/two"]


def test_the_exit_code_is_the_results(requests):
    requests.result = result(134, quiet=False)
    assert run_command_line(["run", "prog.wasm"]) == 134


def test_an_end_that_makes_one_wonder_is_told_and_another_is_not(requests, capsys):
    run_command_line(["run", "prog.wasm"])
    assert capsys.readouterr() == ("", "")
    requests.result = result(134, quiet=False)
    run_command_line(["run", "prog.wasm"])
    assert capsys.readouterr() == ("", "ww: prog.wasm: trapped: unreachable\n")


def test_the_summary_is_the_last_line_of_stderr(requests, capsys):
    requests.slow = True
    run_command_line(["run", "--json", "prog.wasm"])
    captured = capsys.readouterr()
    assert captured.out == ""
    first, last = captured.err.splitlines()
    assert first.startswith("ww: compiling prog.wasm")
    assert json.loads(last) == {"pid": 2}


def test_the_summary_goes_to_a_file(requests, capsys, tmp_path):
    run_command_line(["run", "--json-file", str(tmp_path / "summary.json"), "prog.wasm"])
    assert json.loads((tmp_path / "summary.json").read_text()) == {"pid": 2}
    assert capsys.readouterr() == ("", "")


def test_a_summary_that_cannot_be_written_stops_the_run(requests, capsys, tmp_path):
    code = run_command_line(["run", "--json-file", str(tmp_path / "absent" / "summary.json"), "prog.wasm"])
    assert code == ExitCode.USAGE
    assert "No such file" in capsys.readouterr().err
    assert not requests


class Stdin(io.BytesIO):
    terminal = False

    def isatty(self):
        return self.terminal


def test_a_program_is_read_from_stdin():
    assert read_program(Stdin(b"\0asm")) == b"\0asm"


def test_a_program_is_not_read_from_a_terminal():
    stdin = Stdin(b"\0asm")
    stdin.terminal = True
    with pytest.raises(click.UsageError, match="pipe it in"):
        read_program(stdin)
    assert stdin.tell() == 0


def test_a_program_without_end_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr("wetware.cli.run.LARGEST_PIPED_PROGRAM", 10)
    stdin = Stdin(b"x" * 100)
    with pytest.raises(click.UsageError, match="more than"):
        read_program(stdin)
    assert stdin.tell() == 11


def test_a_folder_is_told_to_begin_anew_only_where_it_has_no_beginning(tmp_path):
    def hint():
        return embedded.hint_for(RunRequest(program=tmp_path, name="folder"))

    assert "ww new" in hint()
    (tmp_path / "__main__.py").write_text("print('hello')")
    assert not hint()  # whatever is wrong with it, the message tells
