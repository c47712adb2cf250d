"""Programs that `test_stdio.py` starts, since a process inherits the stdio of the program around it.

Each is given its guest programs as arguments, and reports on stderr.
"""

import asyncio
import fcntl
import os
import resource
import sys
from pathlib import Path

from node_guests import FLOODING, guest, responsive, saying, settled

from wetware import Node
from wetware.errors import LocalError
from wetware.process.reasons import Killed

WRITE = "(drop (call $fd_write (i32.const 1) (i32.const 512) (i32.const 1) (i32.const 520)))"


def writing(text, before, after, *imports):
    """A guest that writes a text where `WRITE` stands in its body."""
    return guest(
        f"""(local $n i32) (i32.store (i32.const 512) (i32.const 1024))
        (i32.store (i32.const 516) (i32.const {len(text)})) {before} {WRITE} {after}""",
        "fd_write",
        *imports,
        data=[(1024, text.replace("\n", "\\n"))],
    )


# a partial line, then a sleep without end
PROMPT = writing(
    "prompt> ",
    "(i32.store (i32.const 16) (i32.const 1)) (i64.store (i32.const 24) (i64.const -1))",
    "(drop (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))",
    "poll_oneoff",
)
# five thousand lines of 200 bytes
MANY_LINES = writing(
    "x" * 199 + "\n",
    "(loop $again",
    """(local.set $n (i32.add (local.get $n) (i32.const 1)))
    (br_if $again (i32.lt_u (local.get $n) (i32.const 5000))))""",
)


def report(*words):
    print(*words, file=sys.stderr, flush=True)


async def lines(program, names, count):
    """Several processes write lines, one byte at a time."""
    async with Node(runners=2) as node:
        crowd = [await node.spawn(program, args=[name, count], stderr="null") for name in names.split(",")]
        report([await process.wait() for process in crowd])


async def lines_on_both(program, names, count):
    """As `lines`, beside processes that leave half a line; stdout and stderr lead to the same pipe."""
    async with Node(runners=2) as node:
        crowd = [await node.spawn(program, args=[name, count]) for name in names.split(",")]
        talk = [await node.spawn(saying("half a line")) for _ in range(5)]
        assert {await process.wait() for process in crowd + talk} == {0}


async def cat(program):
    async with Node(runners=2) as node:
        report(await (await node.spawn(program, stdin="inherit")).wait())


async def prompt():
    """A partial line is shown when its process waits, though it never ends its line."""
    async with Node(runners=1) as node:
        process = await node.spawn(PROMPT)
        await settled(process, "waiting")
        await asyncio.to_thread(sys.stdin.read)
        process.kill()
        await process.wait()


async def blocked():
    """Nobody reads stdout: the writers are suspended, everything else goes on, memory stays where it is."""
    async with Node(runners=2) as node:
        program = await node.load(FLOODING)
        crowd = [await node.spawn(program, stderr="null") for _ in range(20)]
        for process in crowd:
            await settled(process, "waiting")
        await responsive()
        other = await node.spawn(saying("x"), stdout="null")
        assert await other.wait() == 0
        crowd[0].pause()
        await responsive()
        crowd[0].resume()
        before = memory()
        for _ in range(300):
            process = await node.spawn(program, stderr="null")
            process.kill()
            assert await process.monitor() == Killed()
        shared = next(iter(node._running[2]._shared.values()))
        assert len(shared._waiting) <= len(crowd)
        grown = memory() - before
        assert grown < 20_000_000, grown
        for process in crowd:
            process.kill()
            assert await process.monitor() == Killed()
        report("killed all")


async def resumed():
    """Nobody reads at first, then somebody does: everything arrives."""
    async with Node(runners=2) as node:
        process = await node.spawn(MANY_LINES)
        await settled(process, "waiting")
        report("blocked")
        report(await process.wait())


async def broken():
    """The reader is gone: writes are answered EPIPE, and that is the guest's affair."""
    async with Node(runners=2) as node:
        await asyncio.to_thread(sys.stdin.read)
        process = await node.spawn(FLOODING, stderr="null")
        report(await process.wait())


async def modes():
    """The mode of what was inherited is left as it was."""
    before = fcntl.fcntl(1, fcntl.F_GETFL)
    async with Node(runners=1) as node:
        await (await node.spawn(saying("x\n"))).wait()
        during = fcntl.fcntl(1, fcntl.F_GETFL)
    assert before == during == fcntl.fcntl(1, fcntl.F_GETFL)
    assert not before & os.O_NONBLOCK
    report("same")


async def without_stdio():
    """This program was started without stdin and stdout."""
    async with Node(runners=1) as node:
        others = {"stdin": "closed", "stdout": "null", "stderr": "null"}
        for name in ("stdin", "stdout"):
            try:
                await node.spawn(PROMPT, **{**others, name: "inherit"})
            except LocalError as error:
                report(error)
        report(node.ps())


def memory():
    """The resident size of this program in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    asyncio.run(globals()[name](*arguments))
