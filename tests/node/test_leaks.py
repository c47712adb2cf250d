"""Nothing is left behind: threads, descriptors, tasks, memory maps, memory; whatever ran, failed or died.

Memory is compared after a first round of the same, since caches fill and the allocator keeps what it has had.
"""

import asyncio
import contextlib
import gc
import resource
import threading
import weakref
from pathlib import Path

import pytest
from node_guests import (
    EMPTY,
    FLOODING,
    READING,
    SLEEPING,
    SPIN,
    TRAP,
    YIELDING,
    exiting,
    guest,
    run_python,
    saying,
    sleeping,
    until,
)

from wetware import Node
from wetware.errors import BrokenError, LimitError, LocalError
from wetware.node import Dir, Limits

ROUND = 2_000
AT_ONCE = 50


class Footprint:
    """What this program holds at a moment."""

    def __init__(self):
        gc.collect()
        # the event loop's own pool, which loads programs, grows to its size and stays
        self.threads = len([t for t in threading.enumerate() if not t.name.startswith("asyncio_")])
        self.descriptors = len(list(Path("/proc/self/fd").iterdir()))
        self.maps = len(Path("/proc/self/maps").read_text().splitlines())
        self.resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
        self.tasks = len(asyncio.all_tasks())

    def assert_no_more_than(self, before, *, megabytes):
        grown = {
            name: getattr(self, name) - getattr(before, name)
            for name in ("threads", "descriptors", "tasks", "maps")
        }
        assert grown["threads"] <= 0, grown
        assert grown["tasks"] <= 0, grown
        assert grown["descriptors"] <= 0, grown
        assert grown["maps"] <= 50, grown
        assert self.resident - before.resident < megabytes << 20, (self.resident - before.resident) >> 20


async def ends(node, program, **options):
    process = await node.spawn(program, stdout="null", **options)
    await process.monitor()


async def killed(node, program, **options):
    process = await node.spawn(program, stdout="null", **options)
    await asyncio.sleep(0)
    process.kill()
    await process.monitor()


async def paused_then_killed(node, program):
    process = await node.spawn(program)
    process.pause()
    await asyncio.sleep(0)
    process.kill()
    await process.monitor()


async def captured(node, program):
    process = await node.spawn(program, stdout="capture", stdin="pipe")
    with contextlib.suppress(BrokenError):  # it may have ended already
        await process.stdin.write(b"x")
    await process.monitor()
    assert await process.stdout.read() == b"x" * 1000


async def refused(node, program):
    with pytest.raises((LocalError, LimitError)):
        await node.spawn(program, stdin="pipe", stdout="capture", limits=Limits(memory=65536))


async def abandoned(node, program):
    """Nobody waits for it, nobody holds it."""
    await node.spawn(program, stdout="null")
    await asyncio.sleep(0)


async def limited(node, program):
    process = await node.spawn(
        program, stdout="null", limits=Limits(deadline=0.001, cpu=0.001, output=100_000)
    )
    await process.monitor()


async def watched(node, program):
    process = await node.spawn(program)
    tasks = [asyncio.create_task(process.wait()), asyncio.create_task(process.monitor())]
    await asyncio.sleep(0)
    tasks[0].cancel()
    process.kill()
    await tasks[1]


KINDS = {
    "empty": (EMPTY, ends),
    "exiting": (exiting(3), ends),
    "trapping": (TRAP, ends),
    "writing": (saying("x" * 100 + "\n"), ends),
    "sleeping a moment": (sleeping(1), ends),
    "spinning": (SPIN, killed),
    "sleeping": (SLEEPING, killed),
    "yielding": (YIELDING, killed),
    "flooding": (FLOODING, killed),
    "paused": (SPIN, paused_then_killed),
    "captured": (saying("x" * 1000), captured),
    "abandoned": (EMPTY, abandoned),
    "limited": (FLOODING, limited),
    "watched": (SLEEPING, watched),
    "refused": (guest("", pages=2), refused),
    "not runnable": (b'(module (import "env" "f" (func)) (func (export "_start")))', refused),
    "no module": (b"\0asm\1\0\0\0\1\x85", refused),
}


async def crowd(node, kind, count):
    program, life = KINDS[kind]
    if life is not refused:
        program = await node.load(program)
    for _ in range(count // AT_ONCE):
        await asyncio.gather(*(life(node, program) for _ in range(AT_ONCE)))
    await until(lambda: not node.ps())


@pytest.mark.parametrize("kind", KINDS)
async def test_many_spawns(node, kind):
    small = ROUND // 4 if kind in ("spinning", "paused", "flooding", "yielding", "limited") else ROUND
    await crowd(node, kind, small)
    before = Footprint()
    await crowd(node, kind, small)
    Footprint().assert_no_more_than(before, megabytes=12)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_very_many_spawns(node, kind):
    await crowd(node, kind, ROUND)
    before = Footprint()
    await crowd(node, kind, 20_000)
    Footprint().assert_no_more_than(before, megabytes=12)


async def test_spawns_with_directories(node, tmp_path, c_program):
    (tmp_path / "file").write_text("content")
    program = await node.load(c_program("files"))
    dirs = [Dir(tmp_path, "/data")]

    async def some(count):
        for _ in range(count // AT_ONCE):
            await asyncio.gather(
                *(ends(node, program, args=["read", "/data/file"], dirs=dirs) for _ in range(AT_ONCE))
            )

    await some(300)
    before = Footprint()
    await some(300)
    Footprint().assert_no_more_than(before, megabytes=12)


async def test_many_programs():
    """Programs that nobody holds are let go, with their native code."""
    async with Node(runners=1, cache=False) as node:

        async def some(numbers):
            for number in numbers:
                await ends(node, b'(module (func (export "_start") (drop (i32.const %d))))' % number)

        await some(range(400))
        before = Footprint()
        await some(range(400, 1000))
        Footprint().assert_no_more_than(before, megabytes=30)


async def test_many_nodes():
    async def one():
        async with Node(runners=2) as node:
            await ends(node, exiting(0))
            await node.spawn(SPIN)
            await node.spawn(SLEEPING)

    for _ in range(5):
        await one()
    before = Footprint()
    for _ in range(30):
        await one()
    Footprint().assert_no_more_than(before, megabytes=12)
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("ww-")]


async def test_what_nobody_holds_is_collected(node):
    """A process that has ended is held by its holder alone, and goes with it, without a collection."""
    gc.collect()
    gc.disable()
    try:
        await _hold_and_let_go(node)
    finally:
        gc.enable()


async def _hold_and_let_go(node):
    program = await node.load(saying("x"))
    references = []
    for options in ({}, {"limits": Limits(deadline=3600)}, {"stdin": "pipe"}):
        for _ in range(5):
            process = await node.spawn(program, stdout="capture", **options)
            await process.wait()
            references.append(weakref.ref(process))
            del process
    process = await node.spawn(SLEEPING, limits=Limits(deadline=3600))
    await asyncio.sleep(0)
    process.kill()
    await process.wait()
    references.append(weakref.ref(process))
    del process
    node._running[2]._scheduler.clock._sweep()
    await until(lambda: not [reference for reference in references if reference() is not None])
    assert [reference() for reference in references if reference() is not None] == []


async def test_a_node_and_all_that_was_its_own_is_collected():
    async with Node(runners=2) as node:
        processes = [await node.spawn(program) for program in (SPIN, SLEEPING, READING)]
    references = [weakref.ref(process) for process in processes]
    del processes, node
    gc.collect()
    assert [reference() for reference in references if reference() is not None] == []


def test_a_storm_of_garbage_collection():
    """Collection at every allocation, also in the middle of host calls, on a fiber's stack."""
    done = run_python(
        """
import asyncio, gc, sys
from node_guests import *
from wetware import Node

class Loop:
    def __init__(self): self.me = self
    def __del__(self): sum(range(50))

async def main():
    async with Node(runners=2) as node:
        kinds = saying("hello\\n"), sleeping(1), exiting(3), TRAP, SPIN, FLOODING
        programs = [await node.load(kind) for kind in kinds]
        gc.set_threshold(1, 1, 1)
        for _ in range(15):
            crowd = [await node.spawn(p, stdout="capture") for p in programs]
            Loop()
            for process in crowd[-2:]:
                process.kill()
            for process in crowd:
                await process.wait()
        assert node.ps() == []
asyncio.run(main())
print("done")
"""
    )
    assert (done.returncode, done.stdout) == (0, b"done\n"), done.stderr.decode()[-3000:]


def test_exceptions_in_finalizers_do_not_reach_a_host_call():
    done = run_python(
        """
import asyncio, gc, sys
from node_guests import *
from wetware import Node

sys.unraisablehook = lambda _: None
class Loop:
    def __init__(self): self.me = self
    def __del__(self): raise KeyboardInterrupt

async def main():
    async with Node(runners=2) as node:
        program = await node.load(saying("hello\\n"))
        gc.set_threshold(5, 1, 1)
        for _ in range(200):
            Loop()
            assert await (await node.spawn(program, stdout="null")).wait() == 0
asyncio.run(main())
print("done")
"""
    )
    assert (done.returncode, done.stdout) == (0, b"done\n"), done.stderr.decode()[-3000:]


def test_leaving_without_closing_ends_the_program():
    """The event loop is gone before the node: not how it is meant, but no reason to hang."""
    done = run_python(
        """
import asyncio
from node_guests import *
from wetware import Node

async def main():
    node = await Node(runners=2).__aenter__()
    await node.spawn(SPIN)
    await node.spawn(SLEEPING)
    await (await node.spawn(exiting(0))).wait()
    return node

node = asyncio.run(main())
print("left", flush=True)
""",
        timeout=40,
    )
    assert (done.returncode, done.stdout) == (0, b"left\n"), done.stderr.decode()[-3000:]
