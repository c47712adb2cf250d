"""Calls leave nothing behind: the same objects, the same memory, after many as after some."""

import gc
import os
from pathlib import Path

import pytest
from lab import Lab, as_echo, pair, tables, until
from lab_capnp import Echo

from wetware.capnp.exceptions import FailedError


def resident():
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def batch(echo, me, count):
    """Calls of every kind, `count` in all, 100 of them in flight."""
    for _ in range(count // 100):
        calls = [echo.ping(n=n) for n in range(70)]
        calls += [echo.child(name="x").child.ping(n=n) for n in range(5)]
        calls += [echo.give(cap=me) for _ in range(5)]
        calls += [as_echo(echo.give(cap=me).cap).ping(n=n) for n in range(3)]
        failing = [echo.fail(why="no", kind=n % 4) for n in range(3)]
        for call in [echo.wait() for _ in range(3)]:
            call.cancel()
        for call in calls:
            await call
        for call in failing:
            with pytest.raises(FailedError.__mro__[1]):
                await call


async def run(warm, measured):
    mine, theirs = pair(Lab())
    echo = mine.bootstrap(Echo)
    me = Lab()
    await batch(echo, me, warm)
    gc.collect()
    objects, memory = len(gc.get_objects()), resident()
    await batch(echo, me, measured)
    await echo.ping(n=0)
    gc.collect()
    more_objects, more_memory = len(gc.get_objects()) - objects, resident() - memory
    del echo, me
    await until(lambda: not tables(mine) and not tables(theirs), "empty tables")
    return more_objects, more_memory


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc")
async def test_twenty_thousand_calls_leave_nothing():
    objects, memory = await run(2_000, 20_000)
    assert objects < 200
    assert memory < 4 << 20


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc")
async def test_a_million_calls_leave_nothing():
    objects, memory = await run(100_000, 1_000_000)
    assert objects < 200
    assert memory < 4 << 20
