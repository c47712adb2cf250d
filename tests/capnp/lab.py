"""The objects behind `lab.capnp`, for tests and benchmarks."""

import asyncio
from functools import cached_property

from lab_capnp import Counter_Server, Echo, Echo_Server

from wetware.capnp.exceptions import DisconnectedError, FailedError, OverloadedError, UnimplementedError
from wetware.capnp.vat import Vat

KINDS = (FailedError, OverloadedError, DisconnectedError, UnimplementedError)


class Lab(Echo_Server):
    """An Echo that remembers what happened to it."""

    def __init__(self):
        self.cap = None
        self.seen = []
        self.stops = 0
        self.bytes = 0
        self.writes = 0
        self.gate = None

    # made when they are asked for: benchmarks make many of these objects
    released_event = cached_property(lambda _: asyncio.Event())
    waiting = cached_property(lambda _: asyncio.Event())

    def released(self):
        self.released_event.set()

    async def ping(self, *, n, context):
        return {"n": n + 1}

    async def blob(self, *, data, context):
        return {"data": data}

    async def child(self, *, name, context):
        return {"child": Lab()}

    async def call_back(self, *, back, n, context):
        return {"n": (await back.ping(n=n)).n}

    async def hold(self, *, cap, context):
        self.cap = cap

    async def held(self, *, context):
        return {"cap": self.cap}

    async def drop(self, *, context):
        self.cap = None

    async def fail(self, *, why, kind, context):
        if kind < 4:
            raise KINDS[kind](why)
        raise ValueError(why)

    async def wait(self, *, context):
        self.waiting.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stops += 1

    async def give(self, *, cap, context):
        return {"cap": cap}

    async def cancelled(self, *, context):
        return {"count": self.stops}

    async def write(self, *, data, context):
        if self.gate is not None:
            await self.gate.wait()
        if bytes(data[:4]) == b"fail":
            raise FailedError("the disk is full")
        self.bytes += len(data)
        self.writes += 1

    async def done(self, *, context):
        return {"bytes": self.bytes, "calls": self.writes}

    async def later(self, *, cap, waits, context):
        for _ in range(waits):
            await asyncio.sleep(0)
        return {"cap": cap}

    async def list(self, *, caps, context):
        return {"caps": [{"name": slot.name, "cap": slot.cap} for slot in caps]}

    async def any(self, *, value, context):
        return {"value": value}

    async def log(self, *, n, context):
        self.seen.append(n)
        return {"seen": self.seen}


class Count(Counter_Server, Lab):
    """A Counter."""

    def __init__(self):
        super().__init__()
        self.n = 0

    async def next(self, *, context):
        self.n += 1
        return {"n": self.n}


def as_echo(client):
    """A capability of unknown interface as an Echo."""
    return client._as(Echo)


def pair(server=None, client_server=None, **options):
    """Two vats of one loop, connected in memory: the client's connection, the server's."""
    return Vat(client_server, **options).connect_memory(Vat(server, **options))


def tables(connection):
    """What is left in the tables of a connection."""
    core = connection.link.peer.connection
    return {
        name: len(getattr(core, name).entries)
        for name in ("questions", "answers", "imports", "exports", "embargoes")
        if getattr(core, name).entries
    }


async def until(condition, what="the condition", turns=2000):
    """Wait, turn by turn of the loop, until `condition()` holds."""
    for turn in range(turns):
        if condition():
            return
        await asyncio.sleep(0 if turn < 200 else 0.005)
    raise AssertionError(f"{what} did not come true")
