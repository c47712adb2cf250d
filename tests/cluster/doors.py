"""A node's door on loopback, and ways to come to it."""

import asyncio
import contextlib
import socket

from wetware.cluster.addresses import Address
from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.door import Door
from wetware.cluster.identity import NodeKey
from wetware.cluster.tls import Tls

CAP = 60.0
RING = KeyRing([ClusterKey(b"k" * 32)])
OTHER_RING = KeyRing([ClusterKey(b"o" * 32)])


def key(number):
    return NodeKey(bytes([number]) * 32)


@contextlib.asynccontextmanager
async def open_door(number=1, *, ring=RING, ns="ww", **options):
    """A door of key `number`: the door, its address, and a queue of those who came in."""
    came = asyncio.Queue()
    door = Door(Tls(key(number)), 77, ring, ns, came.put_nowait, **options)
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    address = Address(*sock.getsockname())
    await door.open(sock)
    try:
        yield door, address, came
    finally:
        await door.close()


async def came_in(queue):
    async with asyncio.timeout(CAP):
        return await queue.get()


@contextlib.asynccontextmanager
async def raw(address):
    """A stranger's connection."""
    reader, writer = await asyncio.open_connection(address.host, address.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def rest(reader):
    """Everything until the end of the connection, however it ends."""
    content = b""
    async with asyncio.timeout(CAP):
        with contextlib.suppress(OSError):
            while piece := await reader.read(65536):
                content += piece
    return content


async def until(condition):
    """Wait until something holds, however long it takes (a cap apart)."""
    async with asyncio.timeout(CAP):
        while not condition():  # noqa: ASYNC110 - conditions of many kinds
            await asyncio.sleep(0.01)
