"""One replica of the store, as a process of wetware. Its arguments: its number, and those of the founders.

It was handed one directory, for its log, and nothing else: no network, no executor, no other node. Which
members it can reach is what it is told by `meet`. A member without founders starts empty and waits to be
added.
"""

import asyncio
import sys
from typing import Any

from replica_capnp import Replica
from store import Store

from wetware.guest import connect
from wetware.raft.log import DurableLog
from wetware.raft.node import RaftNode
from wetware.schema.raft_capnp import Raft


class Door(Replica.Server):
    """What the operator of this replica is given."""

    def __init__(self, node: RaftNode, peers: dict[int, Raft]) -> None:
        self.node = node
        self.peers = peers

    async def operate(self, *, context: Any) -> Any:
        return {"raft": self.node.capability}

    async def peer(self, *, member: int, context: Any) -> Any:
        return {"raft": self.node.peer(member)}

    async def meet(self, *, member: int, raft: Raft, context: Any) -> None:
        self.peers[member] = raft


async def main(member: int, founders: list[int]) -> None:
    peers: dict[int, Raft] = {}

    async def find(other: int) -> Raft | None:
        raft = peers.get(other)
        if raft is not None:
            await raft.id()  # one that has ended fails here, and so is not found
        return raft

    node = RaftNode(member, find, machine=Store(), store=DurableLog.open("/log"), founders=founders)
    async with connect() as host, node:
        await host.provide(Door(node, peers))
        await node.stopped()


asyncio.run(main(int(sys.argv[1]), [int(founder) for founder in sys.argv[2:]]))
