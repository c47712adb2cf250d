"""The task that sends a peer what waits for it."""

import asyncio
from types import SimpleNamespace

from node_group import until

from wetware.errors import BrokenError
from wetware.raft.node.link import Link
from wetware.raft.node.options import Options

PEER = 2
CAP = 60


class Waiting(list):
    """What waits for a peer: numbers, of which one at a time is sent."""

    def take(self, _limit):
        return [self.pop(0)]


class Sent:
    """A call that is answered, or fails."""

    done = True

    def __init__(self, error=None):
        self.error = error

    def __await__(self):
        if self.error is not None:
            raise self.error
        return
        yield


class Port:
    """A way to a peer that is there until it is said to be gone."""

    def __init__(self, *, dead=False):
        self.end = asyncio.Event()
        self.sent = 0
        if dead:
            self.end.set()

    def send(self, _batch):
        if self.end.is_set():
            return Sent(BrokenError("the connection is lost"))
        self.sent += 1
        return Sent()

    async def gone(self):
        await self.end.wait()

    def close(self):
        pass


class Way:
    """A link, whose look-ups find what the test says."""

    def __init__(self, monkeypatch, *ports):
        monkeypatch.setattr("wetware.raft.node.link.encode_batch", bytes)
        self.ports = list(ports)
        self.looked = 0
        self.lost = asyncio.Event()
        self.waiting = Waiting()
        mail = SimpleNamespace(outboxes={PEER: self.waiting}, lost=lambda _peer: None)
        self.link = Link(PEER, self.find, mail, Options(), lambda _peer: self.lost.set())

    async def find(self, _peer):
        self.looked += 1
        return self.ports.pop(0) if len(self.ports) > 1 else self.ports[0]

    def post(self):
        self.waiting.append(1)
        self.link.wake()

    async def __aenter__(self):
        self.task = asyncio.create_task(self.link.run())
        return self

    async def __aexit__(self, *_):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def test_what_is_found_dead_is_not_found(monkeypatch):
    async with Way(monkeypatch, Port(dead=True)) as way:
        for _ in range(1000):  # turns, each of which could be a look-up
            way.post()
            await asyncio.sleep(0)
        assert way.lost.is_set()
        assert way.looked < 100


async def test_a_peer_that_goes_is_looked_up_at_once(monkeypatch):
    first, second = Port(), Port()
    async with Way(monkeypatch, first, second) as way, asyncio.timeout(CAP):
        way.post()
        await until(lambda: first.sent)
        way.link._since = float("-inf")  # long ago
        first.end.set()
        await until(lambda: way.looked == 2)
        way.post()
        await until(lambda: second.sent)
        assert not way.lost.is_set()


async def test_a_peer_that_was_found_dead_is_looked_up_again(monkeypatch):
    living = Port()
    async with Way(monkeypatch, Port(dead=True), Port(dead=True), living) as way, asyncio.timeout(CAP):
        while not living.sent:
            way.post()
            await asyncio.sleep(0.001)
