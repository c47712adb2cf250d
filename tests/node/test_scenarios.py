"""Random lives of a node: everything that can be done, to guests of every kind, in any order.

At the end nothing is left: the table is empty, every monitor was told exactly once, and what each was told
is a possible end of its guest. A failing seed is its own reproduction.
"""

import asyncio
import contextlib
import gc
import random
import threading
from pathlib import Path

import pytest
from node_guests import (
    CAP,
    EMPTY,
    FLOODING,
    READING,
    SLEEPING,
    SPIN,
    SPIN_AT_START,
    TRAP,
    YIELDING,
    exiting,
    guest,
    saying,
    sleeping,
    until,
)

from wetware import Node
from wetware.errors import BrokenError, ClosedError, LimitError
from wetware.node import Dir, Limits
from wetware.process.reasons import Exited, Killed, Limit, Linked, Shutdown, Trapped

GROWING = guest("(loop $e (br_if $e (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) unreachable")
TALKING = guest(
    """(i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 7))
    (loop $e (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))) (br $e))""",
    "fd_write",
    data=[(64, "a line\\n")],
)
FILES = guest(
    "(drop (call $fd_prestat_get (i32.const 3) (i32.const 0))) (drop (call $fd_close (i32.const 3)))",
    *("fd_prestat_get", "fd_close"),
)
NAPPING = guest(
    """(i32.store (i32.const 16) (i32.const 1)) (i64.store (i32.const 24) (i64.const 100000)) (loop $e
    (drop (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128))) (br $e))""",
    "poll_oneoff",
)

# what runs, and how it may end when nothing is done to it (None: it does not)
KINDS = {
    "empty": (EMPTY, Exited(0)),
    "exit 0": (exiting(0), Exited(0)),
    "exit 7": (exiting(7), Exited(7)),
    "exit 255": (exiting(255), Exited(255)),
    "trap": (TRAP, Trapped),
    "start trap": (b'(module (func $i unreachable) (start $i) (func (export "_start")))', Trapped),
    "divide": (guest("(drop (i32.div_u (i32.const 1) (i32.const 0)))"), Trapped),
    "overflow": (b'(module (func $f (export "_start") (call $f)))', Trapped),
    "hello": (saying("hello\n"), Exited(0)),
    "partial": (saying("partial"), Exited(0)),
    "nap": (sleeping(1_000_000), Exited(0)),
    "napping": (NAPPING, None),
    "sleeping": (SLEEPING, None),
    "spinning": (SPIN, None),
    "spinning at start": (SPIN_AT_START, None),
    "yielding": (YIELDING, None),
    "flooding": (FLOODING, None),
    "talking": (TALKING, None),
    "reading": (READING, Exited(0)),
    "growing": (GROWING, Limit),
    "files": (FILES, Exited(0)),
}


class Life:
    """One node and all that a seed does to it."""

    def __init__(self, node, seed, directory):
        self.node = node
        self.rng = random.Random(seed)
        self.directory = directory
        self.programs = {}
        self.processes = []
        self.expected = {}
        self.told = {}
        self.tasks = []

    async def run(self, steps):
        for name, (source, _) in KINDS.items():
            self.programs[name] = await self.node.load(source)
        actions = (
            [self.spawn] * 6
            + [self.kill] * 3
            + [
                *(
                    self.pause,
                    self.resume,
                    self.link,
                    self.unlink,
                    self.look,
                    self.write,
                    self.cancel,
                    self.rest,
                ),
            ]
        )
        for _ in range(steps):
            await self.rng.choice(actions)()

    def some(self):
        return self.rng.choice(self.processes[-40:]) if self.processes else None

    async def spawn(self):
        name = self.rng.choice(list(KINDS))
        options = {
            "stdin": self.rng.choice(["closed", "pipe", b"some input"]),
            "stdout": self.rng.choice(["null", "capture"]),
            "stderr": "null",
            "limits": Limits(
                memory=self.rng.choice([1 << 20, 16 << 20]),
                deadline=self.rng.choice([None, None, 0.01, 3600]),
                cpu=self.rng.choice([None, None, 0.01]),
                output=self.rng.choice([None, None, 0, 100_000]),
                children=self.rng.choice([0, 2, 1000]),
            ),
        }
        if self.rng.random() < 0.3:
            options["parent"] = self.some() or 1
        if self.rng.random() < 0.2 and self.processes:
            options["link"] = self.some()
        if self.rng.random() < 0.1:
            options["dirs"] = [Dir(self.directory, "/data")]
        with contextlib.suppress(ClosedError, LimitError):
            process = await self.node.spawn(self.programs[name], **options)
            self.processes.append(process)
            self.expected[process] = KINDS[name][1]
            self.told[process] = []
            for _ in range(self.rng.choice([1, 1, 3])):
                self.tasks.append(asyncio.create_task(self.watch(process)))

    async def watch(self, process):
        self.told[process].append(await process.monitor())

    async def kill(self):
        if process := self.some():
            process.kill()

    async def pause(self):
        if process := self.some():
            process.pause(force=self.rng.random() < 0.5)

    async def resume(self):
        if process := self.some():
            process.resume()

    async def link(self):
        if self.processes:
            self.some().link(self.some())

    async def unlink(self):
        if self.processes:
            self.some().unlink(self.some())

    async def look(self):
        rows = self.node.ps()
        assert [row.pid for row in rows] == sorted(row.pid for row in rows)
        assert {row.pid for row in rows} == {row.pid for _, _, row in self.node.tree()}
        for process in self.processes[-10:]:
            assert (process.reason is not None) == (process.info().state == "exited")

    async def write(self):
        process = self.some()
        if process and process.stdin:
            with contextlib.suppress(BrokenError, ClosedError, TimeoutError):
                async with asyncio.timeout(0.001):
                    await process.stdin.write(b"x" * self.rng.choice([1, 1000, 300_000]))
                if self.rng.random() < 0.3:
                    process.stdin.close()

    async def cancel(self):
        if process := self.some():
            task = asyncio.create_task(process.wait())
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def rest(self):
        for _ in range(self.rng.choice([1, 5, 50])):
            await asyncio.sleep(0)

    def check(self):
        for process, told in self.told.items():
            assert len(set(told)) == 1, (process, told)
            assert told[0] == process.reason
            ends = self.expected[process]
            own = ends is not None and (
                told[0] == ends or (isinstance(ends, type) and isinstance(told[0], ends))
            )
            assert own or isinstance(told[0], Killed | Linked | Limit | Shutdown), (process, told)


async def live(seed, steps, directory):
    before = len(asyncio.all_tasks())
    async with asyncio.timeout(2 * CAP):
        async with Node(runners=2) as node:
            life = Life(node, seed, directory)
            await life.run(steps)
            if seed % 2:  # half of the nodes are closed in the middle of it
                for process in life.processes:
                    process.kill()
                for process in life.processes:
                    await process.wait()
                assert node.ps() == []
                assert len(node._running[2].table) == 0
        await asyncio.gather(*life.tasks)
    life.check()
    assert len(asyncio.all_tasks()) == before
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ww-")]


def open_descriptors():
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("seed", range(6))
async def test_a_life(seed, tmp_path):
    await live(seed, 300, tmp_path)
    before = open_descriptors()
    await live(seed, 300, tmp_path)
    # the pipes of a compiler that was ended are closed in a later turn of the loop
    await until(lambda: open_descriptors() <= before)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
async def test_a_long_life(seed, tmp_path):
    await live(seed, 1500, tmp_path)
