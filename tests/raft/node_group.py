"""Groups of members in one loop, over ports in memory whose wires can be cut."""

import asyncio
import contextlib

from wetware.errors import BrokenError, WetwareError
from wetware.raft.node.node import Node
from wetware.raft.node.options import Options


class Wire:
    """What was sent in one batch."""

    def __init__(self, error=None):
        self.done = True
        self.error = error

    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        if self.error is not None:
            raise self.error


class Hang:
    """A batch that is never answered."""

    done = False

    def __await__(self):
        yield from asyncio.get_running_loop().create_future()


class Port:
    """The way from one member to another."""

    def __init__(self, group, source, target):
        self.group, self.source, self.target = group, source, target

    def _node(self):
        node = self.group.nodes.get(self.target)
        if node is None or (self.source, self.target) in self.group.cut:
            raise BrokenError("the wire is cut")
        return node

    def send(self, batch):
        self.group.batches += 1
        if (self.source, self.target) in self.group.hanging:
            return Hang()
        try:
            self._node().receive(batch)
        except WetwareError as error:
            return Wire(error)
        return Wire()

    async def send_snapshot(self, head, data):
        node = self._node()
        assembly = node.receive_snapshot(head)
        self.group.snapshots += 1
        for at in range(0, len(data), 100):
            await asyncio.sleep(0)
            assembly.write(data[at : at + 100])
        node.snapshot_received(assembly)

    async def change(self, node_id, goal, timeout):  # noqa: ASYNC109 - the protocol's name
        return await self._node().change_here(node_id, goal, timeout=timeout)

    async def gone(self):
        node = self._node()
        stopped = asyncio.create_task(node.stopped())
        cut = asyncio.create_task(self.group.when_cut(self.source, self.target))
        try:
            await asyncio.wait({stopped, cut}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            cut.cancel()

    def close(self):
        pass


class Group:
    """Members by their ids."""

    def __init__(self, **settings):
        self.options = Options(**settings)
        self.nodes = {}
        self.cut = set()
        self.hanging = set()
        self.batches = self.snapshots = 0
        self._changed = asyncio.Event()

    async def when_cut(self, source, target):
        while (source, target) not in self.cut:
            self._changed.clear()
            await self._changed.wait()

    def isolate(self, one):
        """Cut a member off, silently for those who wait and loudly for those who send."""
        for other in range(1, 20):
            self.cut |= {(one, other), (other, one)}
        self._changed.set()

    def heal(self):
        self.cut.clear()

    def connect_from(self, source):
        async def connect(target):
            await asyncio.sleep(0)
            if target not in self.nodes or (source, target) in self.cut:
                raise BrokenError(f"member {target} is not there")
            return Port(self, source, target)

        return connect

    async def start(self, node_id, founders=(), **more):
        node = Node(node_id, self.connect_from(node_id), founders=founders, options=self.options, **more)
        self.nodes[node_id] = node
        await node.start()
        return node

    async def stop(self):
        for node in list(self.nodes.values()):
            await node.stop()


@contextlib.asynccontextmanager
async def group_of(*ids, machines=None, stores=None, **settings):
    """Founders that run, with a leader."""
    group = Group(**({"tick": 0.02} | settings))
    try:
        for one in ids:
            await group.start(
                one,
                founders=ids,
                machine=machines() if machines else None,
                store=stores(one) if stores else None,
            )
        if ids:
            group.nodes[ids[0]].member.core.campaign()  # no need to wait for a timeout
            await group.nodes[ids[0]].leader(timeout=30)
        yield group
    finally:
        await group.stop()


async def until(condition, cap=30.0):
    """Wait for something that must come to be."""
    async with asyncio.timeout(cap):
        while not condition():  # noqa: ASYNC110 - nothing tells when it comes to be
            await asyncio.sleep(0.005)
