"""What a node keeps of detached processes: what they wrote, and how they ended."""

import asyncio

import pytest
from memory_cluster import CAP, EXIT_7, KILLED, SLEEP, Cluster, until

from wetware.errors import RemoteError
from wetware.services import guests
from wetware.wasm.outputs import Capture, PipeOutput

HELLO = b"""(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 8) "hello\\n")
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 8))
    (i32.store (i32.const 4) (i32.const 6))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 24)))))"""


async def test_looking_takes_nothing_away():
    capture = Capture(10)
    capture.write(None, b"0123456")
    for _ in range(2):
        assert await capture.look(0, 100, wait=False) == (0, b"0123456", False)
    assert await capture.look(5, 1, wait=False) == (5, b"5", False)
    assert await capture.look(99, 9, wait=False) == (7, b"", False)
    capture.write(None, b"789abc")
    assert capture.dropped == 3
    assert await capture.look(0, 100, wait=False) == (3, b"3456789abc", False)
    assert await capture.read(4) == b"3456"
    assert await capture.look(0, 100, wait=False) == (7, b"789abc", False)
    capture.close()
    assert await capture.look(8, 3, wait=True) == (8, b"89a", False)
    assert await capture.look(11, 3, wait=True) == (11, b"bc", True)
    assert await capture.look(13, 3, wait=True) == (13, b"", True)


async def test_looking_waits_for_what_comes():
    capture = PipeOutput(10)
    looking = asyncio.ensure_future(capture.look(0, 10, wait=True))
    await asyncio.sleep(0)
    capture.write(None, b"x")
    async with asyncio.timeout(CAP):
        assert await looking == (0, b"x", False)
        looking = asyncio.ensure_future(capture.look(1, 10, wait=True))
        await asyncio.sleep(0)
        capture.close()
        assert await looking == (1, b"", True)


async def test_a_detached_process_is_remembered():
    async with Cluster() as cluster:
        client = await cluster.client()
        process = await client.node.spawn(HELLO, stdout="capture", detached=True)
        await process.wait()
        await client.close()
        again = await (await cluster.client(name="another")).node.find(process.pid)
        assert await again.wait() == 0
        for _ in range(2):
            assert await again.log() == (0, b"hello\n", True)
        with pytest.raises(RemoteError, match="nothing is kept"):
            await again.log(stderr=True)


async def test_what_is_held_is_not_remembered():
    async with Cluster() as cluster:
        node = (await cluster.client()).node
        process = await node.spawn(EXIT_7)
        assert await process.wait() == 7
        with pytest.raises(RemoteError, match="not found"):
            await node.find(process.pid)


async def test_only_so_many_are_remembered(monkeypatch):
    monkeypatch.setattr(guests, "REMEMBERED", 3)
    async with Cluster() as cluster:
        node = (await cluster.client()).node
        living = await node.spawn(SLEEP, detached=True)
        ended = [await node.spawn(EXIT_7, detached=True) for _ in range(6)]
        for process in ended:
            await process.wait()
        last = await node.spawn(EXIT_7, detached=True)
        await last.wait()
        found = []
        for process in ended:
            try:
                found.append(await node.find(process.pid))
            except RemoteError:
                continue
        # the latest of them, among which may be the very last one already
        assert [process.pid for process in found] in [[p.pid for p in ended[n:]] for n in (3, 4)]
        found = await node.find(living.pid)
        await found.kill()
        assert await living.wait() == KILLED
        await until(lambda: not cluster.nodes[0].ps())
