import asyncio

from doors import CAP

from wetware.cluster.race import race
from wetware.errors import BrokenError


class Way:
    """One way to a goal, opened and closed by the test."""

    def __init__(self, name):
        self.name = name
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()
        self.error = None
        self.cancelled = False

    async def __call__(self):
        self.begun.set()
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        if self.error:
            raise self.error
        return self.name


async def test_the_next_is_tried_when_one_is_slow_or_fails():
    ways = [Way(name) for name in "abc"]
    late, failures = [], []
    ways[0].error = BrokenError("broken")
    task = asyncio.ensure_future(race(ways, discard=late.append, failed=failures.append))
    async with asyncio.timeout(CAP):
        await ways[0].begun.wait()
        assert not ways[1].begun.is_set()
        ways[0].gate.set()
        await ways[1].begun.wait()  # at once, since the first has failed
        await ways[2].begun.wait()  # since the second is slow
        ways[2].gate.set()
        assert await task == "c"
    assert ways[1].cancelled
    assert failures == [ways[0].error]
    assert late == []


async def test_two_at_the_same_time():
    ways = [Way(name) for name in "ab"]
    late = []
    task = asyncio.ensure_future(race(ways, discard=late.append, failed=lambda error: None))
    async with asyncio.timeout(CAP):
        await ways[1].begun.wait()
        for way in ways:
            way.gate.set()
        assert {await task, *late} == {"a", "b"}


async def test_all_fail_or_none_is_there():
    ways = [Way(name) for name in "ab"]
    failures = []
    for way in ways:
        way.error = BrokenError(way.name)
        way.gate.set()
    assert await race(ways, discard=print, failed=failures.append) is None
    assert [str(error) for error in failures] == ["a", "b"]
    assert await race([], discard=print, failed=failures.append) is None


async def test_who_is_cancelled_leaves_nothing():
    way = Way("a")
    task = asyncio.ensure_future(race([way], discard=print, failed=print))
    async with asyncio.timeout(CAP):
        await way.begun.wait()
    task.cancel()
    await asyncio.wait([task])
    assert way.cancelled
