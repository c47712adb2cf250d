"""Fibers that go on where they were woken: on the event loop's thread, as long as they are short."""

import asyncio

import pytest
from node_guests import CAP, guest

from wetware import Dir, Node
from wetware.process.reasons import Killed
from wetware.wasm.scheduler import NEAR_AFTER

# reads a byte from the channel and answers it; after a byte of 1, it computes for a while before it answers
ECHO = guest(
    """
    (i32.store (i32.const 16) (i32.const 64))
    (i32.store (i32.const 20) (i32.const 1))
    (loop $more
      (drop (call $fd_read (i32.const 3) (i32.const 16) (i32.const 1) (i32.const 24)))
      (if (i32.eq (i32.load8_u (i32.const 64)) (i32.const 1))
        (then (i32.store (i32.const 32) (i32.const 20000000))
          (loop $work (i32.store (i32.const 32) (i32.sub (i32.load (i32.const 32)) (i32.const 1)))
            (br_if $work (i32.load (i32.const 32))))))
      (drop (call $fd_write (i32.const 3) (i32.const 16) (i32.const 1) (i32.const 24)))
      (br $more))""",
    "fd_read",
    "fd_write",
)


class Peer:
    """The host's end of an echo, and how often its guest's turns were on the loop's thread."""

    def __init__(self, node, process):
        self.process = process
        self.scheduler = node._parts[2]._scheduler
        self.near = 0
        self._came = None
        turn, threads = self.scheduler._turn, len(self.scheduler._threads)

        def counted(fiber, index):
            self.near += fiber is process.fiber and index == threads
            return turn(fiber, index)

        self.scheduler._turn = counted
        process.channel.receive(self._arrived, lambda: None)

    def _arrived(self, content):
        self._came.set_result(content)

    async def trip(self, content=b"\0"):
        self._came = asyncio.get_running_loop().create_future()
        self.process.channel.feed(content)
        async with asyncio.timeout(CAP):
            assert await self._came == content


@pytest.fixture
async def node():
    async with Node() as running:
        yield running


async def spawned(node, **options):
    return Peer(node, await node.spawn(ECHO, raw=True, channel="stream", **options))


async def test_a_guest_that_answers_at_once_goes_on_where_it_was_woken(node):
    peer = await spawned(node)
    async with asyncio.timeout(CAP):
        while peer.near < 20:
            await peer.trip()
    peer.process.kill()
    assert await peer.process.monitor() == Killed()


async def test_who_holds_the_loop_owes_short_turns(node):
    peer = await spawned(node)
    program = peer.process.fiber.program
    while not peer.near:
        await peer.trip()
    while not program.debt:  # it is trusted again and again until it was on the loop's thread in the moment
        await peer.trip(b"\1")
        for _ in range(2 * NEAR_AFTER):
            await peer.trip()
    owed, before = program.debt, peer.near
    async with asyncio.timeout(CAP):
        while program.debt > owed - 500_000:  # dozens of trips
            await peer.trip()
    assert peer.near == before


async def test_a_guest_and_its_host_go_on_without_turns_of_the_loop_and_leave_it_some(node):
    process = await node.spawn(ECHO, raw=True, channel="stream")
    trips = 0

    def answer(content):
        nonlocal trips
        trips += 1
        process.channel.feed(content)  # and so on, for ever

    process.channel.receive(answer, lambda: None)
    process.channel.feed(b"\0")
    async with asyncio.timeout(CAP):
        at_once = False
        while not at_once:  # it begins on a runner
            before = trips
            await asyncio.sleep(0)
            at_once = trips > before + 2
    process.kill()
    assert await process.monitor() == Killed()


async def test_files_are_left_to_the_runners(node, tmp_path):
    peer = await spawned(node, dirs=[Dir(tmp_path)])
    for _ in range(NEAR_AFTER + 50):
        await peer.trip()
    assert not peer.near


async def test_it_is_killed_and_paused_there_as_anywhere(node):
    peer = await spawned(node)
    while not peer.near:
        await peer.trip()
    peer.process.channel.feed(b"\1")  # woken, to go on in the loop's next turn
    peer.process.pause(force=True)
    await asyncio.sleep(0)
    assert peer.process.info().state == "paused"
    peer.process.resume()
    peer.process.channel.feed(b"\0")
    peer.process.kill()
    async with asyncio.timeout(CAP):
        assert await peer.process.monitor() == Killed()


async def test_many_on_the_loop_leave_it_responsive(node):
    """Fifty that never rest have the loop only for a moment at a time: everybody else gets their turns."""
    peers = [await spawned(node) for _ in range(50)]
    running = True

    async def busy(peer):
        while running:
            await peer.trip()

    tasks = [asyncio.ensure_future(busy(peer)) for peer in peers]
    async with asyncio.timeout(CAP):
        while not any(peer.near for peer in peers):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.001)
        for _ in range(20):
            await asyncio.sleep(0.001)
        running = False
        await asyncio.gather(*tasks)
