"""`ww run` with real programs: what they are given, how they end, and what is left."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ww_process import NOTE, START, environment

from compile_bombs import loops_over_many_variables
from wetware.cli.exit_codes import ExitCode

CAP = 60  # seconds that a test waits for something that takes milliseconds


@pytest.fixture
def start():
    """Start `ww run …` and leave it running; whatever is left at the end is killed."""
    running = []

    def begin(*arguments, env=None, **options):
        process = subprocess.Popen(
            [sys.executable, "-c", START, "run", *map(str, arguments)],
            env=environment(**(env or {})),
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()


def test_a_program_runs_from_source_to_exit_code(ww, c_program):
    done = ww("run", c_program("hello"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"hello")


@pytest.mark.parametrize("code", [0, 1, 42, 126, 130, 255])
def test_the_exit_code_is_the_programs(ww, c_program, code):
    done = ww("run", c_program("exit_code"), code)
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_code_that_a_shell_cannot_hold_is_told_in_full(ww, c_program):
    done = ww("run", "--json", c_program("exit_code"), 300)
    assert done.returncode == 255
    assert json.loads(done.stderr.splitlines()[-1])["code"] == 300


def test_it_has_its_arguments_and_no_variable_but_those_given(ww, c_program):
    program = c_program("env_args")
    done = ww("run", "--env", "A=1", "--env", "HERE", program, "--help", "-x", "ü", env={"HERE": "yes"})
    assert done.stdout.decode().splitlines() == [
        f"arg 0: {program.name}",
        "arg 1: --help",
        "arg 2: -x",
        "arg 3: ü",
        "env A=1",
        "env HERE=yes",
    ]


def test_it_has_no_file_but_those_granted(ww, c_program, tmp_path):
    files = c_program("files")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "note").write_text("granted")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "data" / "link").symlink_to(tmp_path / "secret")

    def outcome(*arguments):
        done = ww("run", *arguments, cwd=tmp_path)
        return done.returncode, done.stdout

    assert outcome(files, "read", "data/note")[0] == 1
    assert outcome("--dir", "data", files, "read", "data/note") == (0, b"granted")
    assert outcome("--dir", "data:/d", files, "read", "/d/note") == (0, b"granted")
    assert outcome("--dir", "data:/d", files, "write", "/d/new", "x")[0] == 1
    assert not (tmp_path / "data" / "new").exists()
    assert outcome("--dir", "data:/d:rw", files, "write", "/d/new", "x")[0] == 0
    assert (tmp_path / "data" / "new").read_text() == "x"
    for escape in ("/d/../secret", "/d/link", str(tmp_path / "secret")):
        assert outcome("--dir", "data:/d:rw", files, "read", escape)[0] == 1, escape


def test_stdin_is_its_own_only_where_it_is_given(ww, c_program):
    cat = c_program("cat")
    assert ww("run", cat, input=b"not for you").stdout == b""
    data = bytes(range(256)) * 1000
    done = ww("run", "--stdin", cat, input=data)
    assert (done.returncode, done.stdout, done.stderr) == (0, data, b"")


def test_a_program_is_read_from_stdin(ww, c_program, wat_program):
    done = ww("run", "-", "x", input=c_program("env_args").read_bytes())
    assert done.stdout == b"arg 0: stdin\narg 1: x\n"
    assert ww("run", "-", input=wat_program("exit_7").read_bytes()).returncode == 7


@pytest.mark.parametrize("kind", ["unreachable", "divide", "bounds", "call"])
def test_a_trap_is_134_and_says_which(ww, c_program, kind):
    done = ww("run", c_program("trap"), kind)
    assert done.returncode == ExitCode.TRAPPED
    assert done.stdout == b"trapping\n"
    assert b"trapped: " in done.stderr


def test_a_deadline_is_124(ww, wat_program):
    done = ww("run", "--deadline", "50ms", wat_program("spin"))
    assert done.returncode == ExitCode.DEADLINE
    assert b"reached its deadline limit of 50.0 ms\n" in done.stderr


@pytest.mark.parametrize(
    ("options", "program"), [(["--cpu", "50ms"], "spin"), (["--output", "1kB"], "flood")]
)
def test_another_limit_is_125(ww, wat_program, options, program):
    done = ww("run", "--json", *options, wat_program(program))
    assert done.returncode == ExitCode.LIMIT
    reason = json.loads(done.stderr.splitlines()[-1])["reason"]
    assert (reason["kind"], reason["which"]) == ("limit", options[0].removeprefix("--"))


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh\necho no\n", b"\0asm\1\0\0\0\x01", b"(module"])
def test_what_is_no_program_is_126(ww, tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    done = ww("run", tmp_path / "file")
    assert (done.returncode, done.stdout) == (ExitCode.NOT_RUNNABLE, b"")
    assert done.stderr.startswith(b"ww: error: file: ")


@pytest.mark.parametrize("name", ["no_start", "unknown_import", "wrong_import", "wrong_start"])
def test_a_module_that_asks_for_too_much_is_126(ww, wat_program, name):
    assert ww("run", wat_program(name)).returncode == ExitCode.NOT_RUNNABLE


def test_a_folder_is_126_and_an_absent_file_127(ww, tmp_path):
    assert ww("run", tmp_path).returncode == ExitCode.NOT_RUNNABLE
    done = ww("run", tmp_path / "absent.wasm")
    assert (done.returncode, done.stdout) == (ExitCode.NOT_FOUND, b"")


@pytest.mark.parametrize("command", ["run", "inspect"])
def test_a_file_that_is_there_and_cannot_be_read_is_126(ww, tmp_path, command):
    """As in shells: found, but not runnable."""
    loop = tmp_path / "loop.wasm"
    loop.symlink_to(loop)
    done = ww(command, loop)
    assert (done.returncode, done.stdout) == (ExitCode.NOT_RUNNABLE, b"")
    assert b"symbolic links" in done.stderr
    (tmp_path / "file").touch()
    assert ww(command, tmp_path / "file" / "below.wasm").returncode == ExitCode.NOT_FOUND


def test_a_memory_that_does_not_fit_is_125(ww, wat_program):
    done = ww("run", "--memory", "64KiB", wat_program("big_minimum"))
    assert done.returncode == ExitCode.LIMIT
    assert b"memory" in done.stderr


def test_the_summary_tells_all(ww, c_program, tmp_path):
    summary = tmp_path / "summary.json"
    done = ww("run", "--json-file", summary, c_program("hello"))
    assert done.stderr == b""
    told = json.loads(summary.read_text())
    assert told["pid"] == 2
    assert told["exit_code"] == told["code"] == 0
    assert told["reason"] == {"kind": "exited", "code": 0, "text": "exited with code 0"}
    assert told["cid"].startswith("z26L4mZ")
    assert told["bytes"]["output"] == len(done.stdout)
    assert told["bytes"]["memory"] >= 65536
    assert set(told["seconds"]) == {"load", "run", "cpu"}


def test_the_summary_tells_why_nothing_was_run(ww, tmp_path):
    summary = tmp_path / "summary.json"
    done = ww("run", "--json", "--json-file", summary, tmp_path / "absent.wasm")
    told = json.loads(summary.read_text())
    assert told == json.loads(done.stderr.splitlines()[-1])
    assert told["exit_code"] == done.returncode == ExitCode.NOT_FOUND
    assert "absent.wasm" in told["error"]


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, ExitCode.INTERRUPTED), (signal.SIGTERM, ExitCode.TERMINATED), (signal.SIGHUP, 129)],
)
def test_a_signal_kills_the_guest_at_once(start, c_program, tmp_path, number, code):
    summary = tmp_path / "summary.json"
    process = start("--json-file", summary, c_program("spin"))
    assert process.stdout.readline() == b"spinning\n"
    process.send_signal(number)
    assert process.wait(CAP) == code
    assert NOTE.sub(b"", process.stderr.read()) == b""
    assert json.loads(summary.read_text())["reason"]["kind"] == "killed"


def test_a_signal_ends_a_guest_that_waits_for_input(start, c_program):
    process = start("--stdin", c_program("cat"), stdin=subprocess.PIPE)
    process.stdin.write(b"echo\n")
    process.stdin.flush()
    assert process.stdout.readline() == b"echo\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(CAP) == ExitCode.INTERRUPTED


def test_nothing_is_left_after_ctrl_c(start, c_program):
    process = start(c_program("spin"), start_new_session=True)
    assert process.stdout.readline() == b"spinning\n"
    process.send_signal(signal.SIGINT)
    process.wait(CAP)
    with pytest.raises(ProcessLookupError):  # nobody of its group is alive
        os.killpg(process.pid, 0)


def test_a_signal_that_is_ignored_stays_ignored(start, c_program):
    process = start(c_program("spin"), preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    assert process.stdout.readline() == b"spinning\n"
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    assert process.wait(CAP) == ExitCode.TERMINATED


def test_a_cache_that_cannot_be_trusted_is_told_and_not_used(ww, wat_program, tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    done = ww("run", wat_program("hello"), env={"WW_CACHE": str(tmp_path / "cache")})
    assert done.returncode == 0
    assert done.stderr.startswith(b"ww: compiled programs are not kept: ")
    assert done.stderr.count(b"\n") == 1
    assert not list((tmp_path / "cache").rglob("*.cwasm"))


def test_the_cache_cannot_be_granted(ww, wat_program, tmp_path):
    env = {"WW_CACHE": str(tmp_path / "cache")}
    assert ww("run", wat_program("hello"), env=env).returncode == 0
    for folder in (tmp_path, tmp_path / "cache"):
        done = ww("run", "--dir", f"{folder}:/d", wat_program("hello"), env=env)
        assert done.returncode == ExitCode.FAILED
        assert b"native code" in done.stderr


PATCHED = """
import sys, time
import wetware.cli.embedded, wetware.wasm.loader
from wetware.services.process import Process
{}
from wetware.cli.main import main
main(["run", sys.argv[1]])
"""
DEAF = "Process.kill = lambda self: None; wetware.cli.embedded.PATIENCE = {}"
STUCK = """
def stuck(path):
    print("loading", flush=True)
    time.sleep(3600)
wetware.wasm.loader._read = stuck
wetware.cli.embedded.PATIENCE = 0.1
"""


@pytest.mark.parametrize(
    ("patch", "first_line", "signals"),
    [
        pytest.param(DEAF.format(3600), b"spinning\n", 2, id="a second Ctrl-C waits for nothing"),
        pytest.param(DEAF.format(0.1), b"spinning\n", 1, id="patience ends"),
        pytest.param(STUCK, b"loading\n", 1, id="what cannot be interrupted is left"),
    ],
)
def test_ctrl_c_always_ends_it(c_program, patch, first_line, signals):
    process = subprocess.Popen(
        [sys.executable, "-c", PATCHED.format(patch), str(c_program("spin"))],
        env=environment(),
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout.readline() == first_line
        process.send_signal(signal.SIGINT)
        while signals == 2 and process.poll() is None:  # the first one may still be on its way
            process.send_signal(signal.SIGINT)
            select.select([], [], [], 0.01)
        assert process.wait(CAP) == ExitCode.INTERRUPTED


def test_ctrl_c_while_it_compiles_ends_the_compilation(tmp_path):
    """In order, and not by leaving everything where it stands: the patience of this one is endless."""
    bomb = tmp_path / "bomb.wasm"
    bomb.write_bytes(loops_over_many_variables(64 * 1024))
    process = subprocess.Popen(
        [sys.executable, "-c", PATCHED.format("wetware.cli.embedded.PATIENCE = 3600"), str(bomb)],
        env=environment(),
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stderr.readline().startswith(b"ww: compiling bomb.wasm")
        compiler = below(process.pid)
        assert len(compiler) == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(CAP) == ExitCode.INTERRUPTED
        assert b"interrupted" in process.stderr.read()
    assert not Path(f"/proc/{compiler[0]}").exists()


def below(pid):
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_reader_that_leaves_ends_no_more_than_the_output(start, wat_program):
    process = start("--deadline", "60s", wat_program("flood"))
    process.stdout.read(10)
    process.stdout.close()
    code = process.wait(CAP)
    assert code not in {ExitCode.DEADLINE, ExitCode.FAILED}, "the guest was told that nobody reads, and ended"
    process.stdout = None


ATTACK = r"""(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\17\00\00\00")
  (data (i32.const 16) "\1b]0;owned\07text\1b[31mred\0a")
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"""


def seen_on_a_terminal(*arguments, **env):
    """What a terminal receives from `ww run`."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", START, "run", *map(str, arguments)],
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    seen = b""
    deadline = time.monotonic() + CAP
    while time.monotonic() < deadline:
        readable, _, _ = select.select([controller], [], [], 1)
        try:
            if readable and not (piece := os.read(controller, 4096)):
                break
        except OSError:  # Linux says so once the other end is closed
            break
        if readable:
            seen += piece
    os.close(controller)
    assert process.wait(CAP) == 0
    return seen


def test_a_terminal_sees_no_escape_sequence_of_the_guest(tmp_path):
    (tmp_path / "attack.wat").write_text(ATTACK)
    assert seen_on_a_terminal(tmp_path / "attack.wat") == b"textred\r\n"


def test_a_terminal_sees_them_where_the_user_asks(tmp_path):
    (tmp_path / "attack.wat").write_text(ATTACK)
    raw = seen_on_a_terminal("--raw-output", tmp_path / "attack.wat")
    assert raw == b"\x1b]0;owned\x07text\x1b[31mred\r\n"


def test_a_pipe_gets_every_byte(ww, tmp_path):
    (tmp_path / "attack.wat").write_text(ATTACK)
    assert ww("run", tmp_path / "attack.wat").stdout == b"\x1b]0;owned\x07text\x1b[31mred\n"


def test_little_is_imported_to_run_a_program(c_program):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", START, "run", str(c_program("hello"))],
        env=environment(),
        capture_output=True,
        timeout=CAP,
        check=True,
    )
    imported = {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}
    assert "wetware.services.executor" in imported
    assert not {"rich", "wasmtime", "importlib.metadata", "wetware.cli.inspect", "pycapnp"} & imported


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_go_program_runs(ww, go_program):
    done = ww("run", go_program("hello"))
    assert done.returncode == 0
    assert done.stdout.startswith(b"hello")


# --- capabilities ---
def test_without_a_grant_a_program_has_no_executor(ww, c_program):
    done = ww("run", c_program("hostile"), "forged")
    assert (done.returncode, done.stdout) == (0, b"refused 24\n")


@pytest.mark.parametrize("grant", ["executor", "all"])
def test_a_program_is_granted_an_executor(ww, c_program, grant):
    done = ww("run", "--grant", grant, c_program("hostile"), "use")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"answered\n", b"")


def test_a_grant_that_a_program_cannot_use_is_refused(ww, wat_program):
    done = ww("run", "--grant", "executor", wat_program("exit_7"))
    assert done.returncode == ExitCode.FAILED
    assert b"no way to use capabilities" in done.stderr
    assert ww("run", "--grant", "everything", wat_program("exit_7")).returncode == ExitCode.USAGE


def test_a_trace_shows_who_calls_what(ww, c_program):
    done = ww("run", "--trace", "--grant", "executor", c_program("hostile"), "use")
    assert (done.returncode, done.stdout) == (0, b"answered\n")
    lines = done.stderr.decode().splitlines()
    assert all(line.startswith(("ww: trace: program: ", "ww: trace: host: ")) for line in lines)
    assert [line.split()[2] for line in lines if "Terminal.login" in line or "Executor.ps" in line] == [
        "program:",
        "program:",
    ]
    assert any("host: return #2 results" in line for line in lines)
