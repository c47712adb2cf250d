"""Where a process's streams come from and lead to: through this program, to files, to memory, to nowhere."""

import asyncio
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from node_guests import FLOODING, READING, SLEEPING, environment, guest, responsive, saying, settled, until

from wetware.errors import BrokenError, ClosedError, LimitError, LocalError
from wetware.node import Limits
from wetware.process.reasons import Exited
from wetware.wasm.limits import CAPTURE_BUFFER, INPUT_BUFFER
from wetware.wasm.wasi import abi

PROGRAMS = Path(__file__).parent / "stdio_programs.py"


class Program:
    """One of the programs, while it runs; killed at the end of the block, whatever happened."""

    def __init__(self, name, *arguments, **options):
        self.process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", str(PROGRAMS), name, *map(str, arguments)],
            env=environment(),
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
        )

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.process.kill()
        self.process.communicate()

    def end(self, content=None):
        """What it wrote to stdout and reported, once it has ended by itself."""
        try:
            output, errors = self.process.communicate(content, timeout=50)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)
            pytest.fail(f"it did not end:\n{self.process.communicate()[1].decode()[-4000:]}")
        assert self.process.returncode == 0, (errors or output).decode()[-4000:]
        return output, (errors or b"").decode()

    def reported(self):
        """The next thing that it reports."""
        return self.process.stderr.readline().decode().strip()


# --- inherited ---


def test_lines_of_several_processes_never_mix(c_program):
    names = [letter * 40 for letter in "abcdefgh"]
    with Program("lines", c_program("lines"), ",".join(names), 200) as program:
        output, errors = program.end()
    assert errors.strip() == str([0] * 8)
    lines = output.decode().splitlines()
    assert len(lines) == 8 * 200
    for name in names:
        assert [line for line in lines if line.startswith(name)] == [f"{name} {i} of 200" for i in range(200)]


def test_stdout_and_stderr_of_one_pipe_never_mix(c_program):
    with Program("lines_on_both", c_program("lines"), "abc,def", 100, stderr=subprocess.STDOUT) as program:
        output, _ = program.end()
    for line in output.decode().splitlines():
        assert re.fullmatch(r"(abc|def) \d+ of 100|half a line", line), line


def test_everything_passes_from_stdin_to_stdout(c_program):
    content = os.urandom(1_000_000)
    with Program("cat", c_program("cat")) as program:
        output, errors = program.end(content)
    assert (output, errors) == (content, "0\n")


def test_stdin_from_a_file(c_program, tmp_path):
    (tmp_path / "in").write_bytes(b"from a file")
    with (tmp_path / "in").open("rb") as file, Program("cat", c_program("cat"), stdin=file) as program:
        output, _ = program.end()
    assert output == b"from a file"


def test_stdout_to_a_file_and_to_nowhere(c_program, tmp_path):
    with (tmp_path / "out").open("wb") as file, Program("cat", c_program("cat"), stdout=file) as program:
        program.end(b"to a file")
    assert (tmp_path / "out").read_bytes() == b"to a file"
    with Program("cat", c_program("cat"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as program:
        program.end()


def test_a_partial_line_is_shown_while_its_process_waits():
    with Program("prompt") as program:
        assert program.process.stdout.read(8) == b"prompt> "
        program.end()


def test_the_mode_of_the_pipe_is_left_alone():
    with Program("modes") as program:
        assert program.end() == (b"x\n", "same\n")


def test_a_program_without_stdio_says_so():
    close = (
        "import os,sys; os.close(0); os.close(1); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", close, str(PROGRAMS), "without_stdio"],
        env=environment(),
        stderr=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    lines = done.stderr.decode().splitlines()
    assert [line.split(";")[0].split(" to hand")[0] for line in lines] == [
        "this program has no stdin",
        "this program has no stdout",
        "[]",
    ]


# --- readers that do not read ---


def blocked_outputs():
    """What stdout can be: each gives the end to inherit, and a function that closes both."""
    reader, writer = os.pipe()
    yield "pipe", writer, [reader, writer]
    master, slave = pty.openpty()
    yield "terminal", slave, [master, slave]
    one, other = socket.socketpair()
    yield "socket", other.fileno(), [one, other]


@pytest.mark.parametrize("kind", ["pipe", "terminal", "socket"])
def test_a_reader_that_does_not_read_holds_up_its_writers_alone(kind):
    for name, descriptor, ends in blocked_outputs():
        try:
            if name == kind:
                with Program("blocked", stdout=descriptor) as program:
                    _, errors = program.end()
                assert errors == "killed all\n"
        finally:
            for end in ends:
                if isinstance(end, int):
                    os.close(end)
                else:
                    end.close()


def test_a_reader_that_reads_late_gets_everything():
    with Program("resumed") as program:
        assert program.reported() == "blocked"
        output, errors = program.end()
    assert output == (b"x" * 199 + b"\n") * 5000
    assert errors == "0\n"


def test_a_terminal_that_is_read_slowly_gets_everything():
    master, slave = pty.openpty()
    with Program("resumed", stdout=slave) as program:
        os.close(slave)
        assert program.reported() == "blocked"
        received = bytearray()
        while len(received) < 5000 * 201:  # a terminal turns each line break into two characters
            assert select.select([master], [], [], 30)[0]
            received += os.read(master, 700)
        assert program.end()[1] == "0\n"
    os.close(master)
    assert received == (b"x" * 199 + b"\r\n") * 5000


def test_a_reader_that_is_gone_is_epipe():
    reader, writer = os.pipe()
    with Program("broken", stdout=writer) as program:
        os.close(writer)
        os.close(reader)
        assert program.end()[1] == f"{abi.EPIPE}\n"


# --- captured ---


async def test_captured(node, c_program):
    process = await node.spawn(c_program("stderr"), stdout="capture", stderr="capture")
    assert await process.stdout.read() == b"to stdout\n"
    assert await process.stderr.read() == b"to stderr\n"
    assert await process.wait() == 0
    assert await process.stdout.read() == b""


async def test_a_capture_keeps_the_last_bytes_and_counts_the_others(node, c_program):
    total = CAPTURE_BUFFER + 300_000
    process = await node.spawn(c_program("flood"), args=[str(total)], stdout="capture")
    assert await process.wait() == 0
    kept = await process.stdout.read()
    assert (len(kept), process.stdout.dropped) == (CAPTURE_BUFFER, total - CAPTURE_BUFFER)
    assert kept.endswith(b"flood...flood..\n")


async def test_a_capture_that_is_read_drops_nothing(node, c_program):
    process = await node.spawn(c_program("lines"), args=["line", "2000"], stdout="capture")
    lines = [line async for line in process.stdout]
    assert lines == [f"line {i} of 2000\n".encode() for i in range(2000)]
    assert process.stdout.dropped == 0


@pytest.mark.parametrize("limit", [1, 3, 7, 10_000])
async def test_reading_a_capture_in_pieces(node, limit):
    process = await node.spawn(saying("0123456789"), stdout="capture")
    pieces = []
    while piece := await process.stdout.read(limit):
        assert len(piece) <= limit
        pieces.append(piece)
    assert b"".join(pieces) == b"0123456789"
    assert await process.stdout.read(0) == b""


async def test_a_capture_of_small_writes_costs_what_it_holds(node):
    """A guest that writes two bytes a time fills no more memory than one that writes blocks."""
    two = guest(
        """(i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 2))
        (loop $e (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))) (br $e))""",
        "fd_write",
    )
    process = await node.spawn(two, stdout="capture")
    await until(lambda: process.info().output > 10_000)
    assert sys.getsizeof(process.stdout._buffer) < 2 * process.info().output
    process.kill()
    await process.wait()


# --- files ---


async def test_to_a_file(node, tmp_path):
    path = tmp_path / "out"
    path.write_text("older and longer than what comes")
    process = await node.spawn(saying("to a file"), stdout=path)
    assert await process.wait() == 0
    assert path.read_text() == "to a file"


async def test_both_streams_to_one_file(node, c_program, tmp_path):
    path = tmp_path / "out"
    process = await node.spawn(c_program("stderr"), stdout=path, stderr=path)
    assert await process.wait() == 0
    assert sorted(path.read_text().splitlines()) == ["to stderr", "to stdout"]


async def test_what_is_no_file_is_refused(node, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "dir").mkdir()
    for path in ("fifo", "dir", "absent/file"):
        with pytest.raises(LocalError, match=str(tmp_path)):
            await node.spawn(saying("x"), stdout=tmp_path / path)
    reader = os.open(tmp_path / "fifo", os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(LocalError, match=r"no regular file"):
        await node.spawn(saying("x"), stdout=tmp_path / "fifo")
    os.close(reader)
    assert node.ps() == []


REFUSALS = {
    "memory": ({"limits": Limits(memory=0)}, LimitError),
    "children": ({"parent": "one that may have none"}, LimitError),
    "the other stream": ({"stderr": Path("/absent/file")}, LocalError),
    "an argument": ({"args": ["\0"]}, LocalError),
}


@pytest.mark.parametrize("why", REFUSALS)
async def test_a_spawn_that_is_refused_changes_no_file(node, tmp_path, why):
    options, error = REFUSALS[why]
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"precious")
    if "parent" in options:
        options = {"parent": await node.spawn(SLEEPING, limits=Limits(children=0))}
    program = saying("x", "", "args_get")
    for path in (old, new):
        with pytest.raises(error):
            await node.spawn(program, stdout=path, **options)
    assert old.read_bytes() == b"precious"
    assert not new.exists()
    assert await (await node.spawn(program, stdout=old)).wait() == 0
    assert old.read_bytes() == b"x"


async def test_a_link_that_leads_nowhere_yet_is_written_through(node, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "target")
    assert await (await node.spawn(saying("x"), stdout=tmp_path / "link")).wait() == 0
    assert (tmp_path / "target").read_bytes() == b"x"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
async def test_a_full_device_is_refused(node):
    with pytest.raises(LocalError, match=r"no regular file"):
        await node.spawn(saying("x"), stdout=Path("/dev/full"))


# --- stdin ---


async def test_closed_bytes_and_null(node, c_program):
    for stdin, expected in (("closed", b""), (b"", b""), (b"some bytes", b"some bytes")):
        process = await node.spawn(c_program("cat"), stdin=stdin, stdout="capture")
        assert await process.stdout.read() == expected
        assert await process.wait() == 0
    process = await node.spawn(c_program("flood"), args=["1000000"], stdout="null")
    assert await process.wait() == 0
    assert process.info().output == 1_000_000


async def test_a_megabyte_of_stdin(node, c_program):
    content = os.urandom(1 << 20)
    process = await node.spawn(c_program("cat"), stdin=content, stdout="capture")
    assert await process.stdout.read() == content


async def test_a_piped_stdin(node, c_program):
    process = await node.spawn(c_program("cat"), stdin="pipe", stdout="capture")
    for piece in (b"one ", b"", b"two ", b"x" * 10):
        await process.stdin.write(piece)
        if piece:
            assert await process.stdout.read(len(piece)) == piece
    process.stdin.close()
    process.stdin.close()
    with pytest.raises(ClosedError):
        await process.stdin.write(b"too late")
    assert await process.wait() == 0


async def test_a_writer_waits_for_a_slow_guest(node):
    process = await node.spawn(SLEEPING, stdin="pipe")
    await process.stdin.write(b"x" * INPUT_BUFFER)
    writers = [asyncio.create_task(process.stdin.write(b"x" * (INPUT_BUFFER + 1))) for _ in range(3)]
    await responsive()
    assert not any(writer.done() for writer in writers)
    process.kill()
    await process.wait()
    for writer in writers:
        with pytest.raises(BrokenError):
            await writer


async def test_several_writers_of_much(node):
    """They take turns, nothing is lost, and all of them get to their end."""
    process = await node.spawn(READING, stdin="pipe")
    writers = [asyncio.create_task(process.stdin.write(bytes([i]) * 1_000_000)) for i in range(4)]
    await asyncio.gather(*writers)
    process.stdin.write_eof()
    assert await process.wait() == 0


async def test_a_guest_that_closes_its_stdin_breaks_the_pipe(node):
    closes = guest("(drop (call $fd_close (i32.const 0))) (loop $e (br $e))", "fd_close")
    process = await node.spawn(closes, stdin="pipe")

    async def broken():
        while True:
            await process.stdin.write(b"x")

    with pytest.raises(BrokenError):
        await broken()
    process.kill()
    await process.wait()


# --- descriptors of the guest ---


async def test_a_closed_stdout_is_no_descriptor(node):
    program = guest(
        """(drop (call $fd_close (i32.const 1)))
        (call $proc_exit (call $fd_write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)))""",
        *("fd_close", "fd_write", "proc_exit"),
    )
    process = await node.spawn(program, stdout="capture")
    assert await process.monitor() == Exited(abi.EBADF)
    assert await process.stdout.read() == b""


async def test_stderr_renumbered_to_stdout(node):
    program = saying(
        "x",
        """(call $proc_exit (call $fd_renumber (i32.const 2) (i32.const 1)))""",
        *("fd_renumber", "proc_exit"),
    )
    process = await node.spawn(program, stdout="capture", stderr="capture")
    assert await process.monitor() == Exited(0)
    assert await process.stdout.read() == b"x"
    assert await process.stderr.read() == b""


async def test_many_vectors_are_written_in_order(node):
    """More of them than are taken at once: the first ones go, and the number says how many."""
    store = "".join(
        f"""(i32.store (i32.const {8 * i}) (i32.const {60_000 + i % 26}))
        (i32.store (i32.const {8 * i + 4}) (i32.const 1))"""
        for i in range(100)
    )
    program = guest(
        f"""{store} (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 100) (i32.const 50000)))
        (call $proc_exit (i32.load (i32.const 50000)))""",
        *("fd_write", "proc_exit"),
        data=[(60_000, "abcdefghijklmnopqrstuvwxyz")],
    )
    process = await node.spawn(program, stdout="capture")
    assert await process.wait() == 100
    assert await process.stdout.read() == bytes(97 + i % 26 for i in range(100))


async def test_flooding_leaves_the_loop_responsive(node):
    crowd = [await node.spawn(FLOODING, stdout="capture") for _ in range(4)]
    await until(lambda: all(process.stdout.dropped for process in crowd))
    await responsive()
    for process in crowd:
        process.kill()
        await process.wait()
    await settled(crowd[0], "exited")
