"""Nodes of one event loop that publish and subscribe, joined by connections in memory."""

import asyncio

from wetware.capnp.client import hook_of
from wetware.capnp.vat import Vat
from wetware.cluster.dial import UnreachableError
from wetware.cluster.identity import NodeKey
from wetware.schema.pubsub_capnp import Router, Topic_Consumer_Server
from wetware.schema.relay_capnp import Relay
from wetware.services.pubsub import PubSub
from wetware.services.relay import Relays, RelayServer
from wetware.services.topic import join

CAP = 60


def key_of(number):
    return NodeKey(bytes([number + 1]) * 32)


class Post:
    """One node's part in pub/sub.

    Attributes:
        deaf: nodes that this one cannot reach.
    """

    def __init__(self, net, number):
        self.net, self.key = net, key_of(number)
        self.me = self.key.peer
        self.pubsub = PubSub(self.me)
        self.relays = Relays(self.pubsub, self.key, self)
        self.deaf = set()
        self.connections = {}
        self.vat = Vat()

    # --- as `RelayNeighbours` ---
    def others(self):
        return [post.me for post in self.net.posts if post is not self]

    async def relay(self, peer):
        if peer in self.deaf:
            raise UnreachableError(f"cannot reach {peer}: no address of it is known")
        connection = self.connections.get(peer)
        if connection is None or connection.is_closed:
            other = next(post for post in self.net.posts if post.me == peer)
            theirs = Vat(RelayServer(other.relays, self.me))
            connection, _ = self.vat.connect_memory(theirs)
            self.connections[peer] = connection
        return connection.bootstrap(Relay)

    def cut(self, peer):
        """Lose the connection to a node that was made from here."""
        self.connections.pop(peer).kill("the cable was cut")
        self.relays.connection_lost(peer)

    def router(self, number=99):
        """What an account holds, at the other end of a connection."""
        vat = Vat(self.pubsub.router(key_of(number).peer))
        connection, _ = self.net.client.connect_memory(vat)
        return connection.bootstrap(Router)

    async def topic(self, name="news"):
        return await join(Router(hook_of(self.pubsub.router(self.me))), name)

    async def close(self):
        await self.relays.close()
        await self.vat.close()


class Net:
    """Nodes that know each other, until the block ends."""

    def __init__(self, count=1):
        self.posts = []
        self.client = Vat()
        for number in range(count):
            self.posts.append(Post(self, number))

    async def __aenter__(self):
        for post in self.posts:
            post.relays.start()
        return self.posts

    async def __aexit__(self, *error):
        for post in self.posts:
            await post.close()
        await self.client.close()


class Keeper(Topic_Consumer_Server):
    """A consumer as the original's clients have one: it keeps what it gets, while it is let.

    Attributes:
        got: what it has been given.
    """

    def __init__(self, *, fails=False):
        self.got = []
        self.fails = fails
        self.open = asyncio.Event()
        self.open.set()
        self.some = asyncio.Event()

    async def consume(self, *, msg, context):
        await self.open.wait()
        if self.fails:
            raise ValueError("no more")
        self.got.append(bytes(msg))
        self.some.set()

    async def lost(self, *, count, context):
        raise NotImplementedError

    async def has(self, count):
        """Wait for so many."""
        async with asyncio.timeout(CAP):
            while len(self.got) < count:
                self.some.clear()
                await self.some.wait()
        return self.got


class Counting(Keeper):
    """A consumer that wants to know what is missing."""

    async def lost(self, *, count, context):
        self.got.append(count)
        self.some.set()


async def until(holds):
    """Wait until something holds of which nobody is told."""
    async with asyncio.timeout(CAP):
        while not holds():  # noqa: ASYNC110 - conditions of many kinds
            await asyncio.sleep(0.001)
