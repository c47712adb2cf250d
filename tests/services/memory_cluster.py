"""Nodes of one event loop, joined by connections in memory, and clients that log in to them."""

import asyncio
import gc

from wetware import Node
from wetware.capnp.vat import Vat
from wetware.cluster.dial import UnreachableError
from wetware.cluster.identity import NodeKey
from wetware.cluster.policy import AccountLimits, LoginDeniedError
from wetware.schema.core_capnp import Session, Terminal, Terminal_Server
from wetware.schema.peering_capnp import Peering
from wetware.schema.process_capnp import Process_Server
from wetware.services.peering import PeeringServer
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

    def __init__(self, member, account):
        self.member, self.account = member, account

    async def login(self, *, account, context):
        return {"session": self.member.session_for(self.account)}


class Member:
    """A node's place in the cluster: the neighbours of its guests.

    Attributes:
        denied: accounts that get nothing here.
        limits: what an account may use here.
        unreachable: nodes that cannot be dialled from here.
    """

    def __init__(self, cluster, node, name):
        self.cluster, self.node, self.me = cluster, node, key_of(name).peer
        self.denied = set()
        self.limits = AccountLimits()
        self.unreachable = set()
        self.connections = {}  # those dialled from here: both vats, and this end

    def session_for(self, account):
        if account in self.denied:
            raise LoginDeniedError(f"the account {account} may not log in here: ask who runs this node")
        session = Session.new(exec=self.node.guests.tenant(account, self.limits))
        session.local.host = "here"
        session.local.peer = self.node.guests.abroad.name
        return session

    # --- as `abroad.Neighbours` ---
    def others(self):
        return [member.me for member in self.cluster.members if member is not self]

    async def peering(self, peer):
        if peer in self.unreachable or peer not in self.others():
            raise UnreachableError(f"cannot reach {peer}: no address of it is known")
        if peer not in self.connections:
            other = next(member for member in self.cluster.members if member.me == peer)
            theirs = Vat(PeeringServer(other.node.guests, self.me, other.session_for))
            mine = Vat()
            connection, _ = mine.connect_memory(theirs)
            self.connections[peer] = mine, theirs, connection
        return self.connections[peer][2].bootstrap(Peering)

    def cut(self, peer):
        """Lose the connection to a node that was dialled from here."""
        self.connections.pop(peer)[2].kill("the cable was cut")

    async def close(self):
        for mine, theirs, _ in self.connections.values():
            await mine.close()
            await theirs.close()


class Imposter(Process_Server):
    """Says that it is a process of some node."""

    def __init__(self, node, reference, pid):
        self.said = {"node": node, "reference": reference, "pid": pid}

    async def address(self, *, context):
        return self.said

    def __getattr__(self, name):
        raise AttributeError(name)


Imposter.__abstractmethods__ = frozenset()


class Client:
    """A client of a node.

    Attributes:
        node: the node, as the client sees it.
    """

    def __init__(self, at, account):
        self.theirs = Vat(Door(at, account))
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
    """Nodes and their clients, which end with the block; of one node alone, a node in no cluster."""

    def __init__(self, count=1):
        self.nodes = [Node(runners=1) for _ in range(count)]
        self.members = [Member(self, node, f"node {number}") for number, node in enumerate(self.nodes)]
        self.clients = []

    async def __aenter__(self):
        for member in self.members:
            await member.node.__aenter__()
            if len(self.members) > 1:
                member.node.guests.abroad.join(member)
        return self

    async def client(self, at=0, name="somebody"):
        """A client that has logged in."""
        client = await Client(self.members[at], key_of(name).peer).login()
        self.clients.append(client)
        return client

    async def __aexit__(self, *error):
        for client in self.clients:
            await client.close()
        for member in self.members:
            await member.close()
        for node in self.nodes:
            await node.__aexit__(None, None, None)


async def until(holds):
    """Wait until something holds of which nobody is told."""
    async with asyncio.timeout(CAP):
        while not holds():
            gc.collect()
            await asyncio.sleep(0.001)
