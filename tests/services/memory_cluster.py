"""Nodes of one event loop, joined by connections in memory, and clients that log in to them."""

import asyncio
import gc

from wetware import Node
from wetware.capnp.vat import Vat
from wetware.cluster.identity import NodeKey
from wetware.schema.core_capnp import Session, Terminal, Terminal_Server
from wetware.services.remote import RemoteNode

CAP = 60
"""Seconds after which a test that waits for an event has failed."""

SLEEP = b"""(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 86400000000000))
    (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))"""
EXIT_7 = b"""(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (call $exit (i32.const 7))))"""
KILLED = 0xFFFFFFFF
LOST = 0xBFFFFFFF


def key_of(name):
    """The key of a node or an account by this name: the same each time."""
    return NodeKey(name.encode().ljust(32, b"."))


class Door(Terminal_Server):
    """Gives a session of the node to whoever asks: who that is was settled before."""

    def __init__(self, node, account):
        self.node, self.account = node, account

    async def login(self, *, account, context):
        session = Session.new(exec=self.node.guests.tenant(self.account))
        session.local.host = "here"
        return {"session": session}


class Client:
    """A client of a node.

    Attributes:
        node: the node, as the client sees it.
    """

    def __init__(self, at, account):
        self.theirs = Vat(Door(at, account.peer))
        self.vat = Vat()
        self.connection, self.end = self.vat.connect_memory(self.theirs)

    async def login(self):
        session = (await self.connection.bootstrap(Terminal).login(account=None)).session
        self.node = RemoteNode(session)
        return self

    async def close(self):
        await self.vat.close()
        await self.theirs.close()


class Cluster:
    """Nodes and their clients, which end with the block."""

    def __init__(self, count=1):
        self.nodes = [Node(runners=1) for _ in range(count)]
        self.clients = []

    async def __aenter__(self):
        for node in self.nodes:
            await node.__aenter__()
        return self

    async def client(self, at=0, name="somebody"):
        """A client that has logged in."""
        client = await Client(self.nodes[at], key_of(name)).login()
        self.clients.append(client)
        return client

    async def __aexit__(self, *error):
        for client in self.clients:
            await client.close()
        for node in self.nodes:
            await node.__aexit__(None, None, None)


async def until(holds):
    """Wait until something holds of which nobody is told."""
    async with asyncio.timeout(CAP):
        while not holds():
            gc.collect()
            await asyncio.sleep(0.001)
