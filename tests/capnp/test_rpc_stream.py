"""Streaming calls: a window, order, errors, and the end."""

import asyncio

import pytest
from lab import Lab, pair, until
from lab_capnp import Echo

from wetware.capnp.client import Client
from wetware.capnp.exceptions import FailedError
from wetware.capnp.stream import WINDOW, drained, set_window
from wetware.errors import LocalError


async def test_everything_arrives():
    lab = Lab()
    mine, _ = pair(lab)
    echo = mine.bootstrap(Echo)
    for _ in range(200):
        await echo.write(data=bytes(10_000))
    await drained(echo)
    assert (lab.writes, lab.bytes) == (200, 2_000_000)
    done = await echo.done()
    assert (done.calls, done.bytes) == (200, 2_000_000)


async def test_no_more_than_the_window_is_under_way():
    lab = Lab()
    lab.gate = asyncio.Event()
    mine, theirs = pair(lab)
    echo = mine.bootstrap(Echo)
    sent = 0

    async def feed():
        nonlocal sent
        for _ in range(200):
            sent += 1
            await echo.write(data=bytes(10_000))

    task = asyncio.create_task(feed())
    await until(lambda: theirs.link.peer.connection.answers.running > 5)
    for _ in range(50):
        await asyncio.sleep(0)
    assert WINDOW <= sent * 10_048 <= WINDOW + 2 * 10_048
    assert not task.done()
    lab.gate.set()
    await task
    await drained(echo)
    assert lab.writes == 200


async def test_the_window_can_be_set():
    lab = Lab()
    lab.gate = asyncio.Event()
    mine, _ = pair(lab)
    echo = mine.bootstrap(Echo)
    await echo.ping(n=0)
    set_window(echo, 100_000)
    calls = [echo.write(data=bytes(30_000)) for _ in range(4)]
    waiting = [asyncio.ensure_future(call) for call in calls]
    for _ in range(20):
        await asyncio.sleep(0)
    assert not any(one.done() for one in waiting)
    lab.gate.set()
    await asyncio.gather(*waiting)


async def test_one_stream_does_not_wait_for_another():
    slow, quick = Lab(), Lab()
    slow.gate = asyncio.Event()
    mine, _ = pair(slow)
    other, _ = pair(quick)
    one, two = mine.bootstrap(Echo), other.bootstrap(Echo)
    stuck = asyncio.ensure_future(one.write(data=bytes(WINDOW + 1)))
    for _ in range(50):
        await two.write(data=bytes(10_000))
    await drained(two)
    assert not stuck.done()
    slow.gate.set()
    await stuck


async def test_the_first_error_is_raised_by_what_follows_and_by_the_end():
    mine, _ = pair(Lab())
    echo = mine.bootstrap(Echo)
    await echo.write(data=b"fail")
    with pytest.raises(FailedError, match="disk is full"):
        await drained(echo)
    with pytest.raises(FailedError, match="disk is full"):
        await echo.write(data=b"more")
    with pytest.raises(FailedError, match="disk is full"):
        await drained(echo)
    assert (await echo.done()).calls == 0  # nothing more was sent
    with pytest.raises(LocalError):
        Echo(None).write(data=b"x")
    await drained(Client(None))


async def test_a_waiting_writer_can_be_cancelled():
    lab = Lab()
    lab.gate = asyncio.Event()
    mine, _ = pair(lab)
    echo = mine.bootstrap(Echo)
    task = asyncio.ensure_future(echo.write(data=bytes(WINDOW + 1)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    lab.gate.set()
    await drained(echo)
    assert lab.writes == 1
