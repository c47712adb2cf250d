"""Publishing and subscribing, for programs of the host: over a router that a session, or this node, gave.

    topic = await join(router, "news")
    await topic.publish(b"hello")
    async with topic.subscribe() as messages:
        async for message in messages:
            print(message.node, message.content, message.lost)

Rules that hold here:

1. A message that cannot be published raises where it is published, and concerns no other one
   (test_one_bad_publish).
2. Once a subscription's block has begun, the other nodes know of it: those that could be told in a second.
3. Who reads slowly loses the oldest messages, and is told how many are missing before each message; nobody
   else loses anything.

The named tests are in `tests/services/test_pubsub.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wetware.capnp.client import Client, hook_of
from wetware.capnp.stream import drained
from wetware.cluster.identity import PeerId
from wetware.cluster.rows import cut, joined
from wetware.cluster.topics import BATCH_BYTES, BATCH_MESSAGES, check_name, check_sizes
from wetware.errors import ClosedError, LocalError
from wetware.schema.pubsub_capnp import Router, Topic_Reader_Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from wetware.schema.core_capnp import Session
    from wetware.schema.pubsub_capnp import Topic as TopicClient

__all__ = ["Received", "Subscription", "Topic", "join", "router_of"]


@dataclass(frozen=True, slots=True)
class Received:
    """A message that somebody published.

    Attributes:
        content: what was published.
        node: the peer id of the node that published it.
        lost: how many messages are missing before it.
    """

    content: bytes
    node: PeerId
    lost: int = 0


def router_of(session: Session) -> Router:
    """The router of a session. Raises `LocalError` where none was granted."""
    for extra in session.extra:
        if extra.name == "pubsub":
            return Router(hook_of(extra.client))
    raise LocalError("this session holds no router: the node's policy has to grant 'pubsub'")


async def join(router: Router | Client, name: str) -> Topic:
    """Join a topic. Raises `LimitError` where there are too many."""
    check_name(name)
    return Topic(name, (await Router(hook_of(router)).join(name=name)).topic)


class Topic:
    """A topic that was joined.

    Attributes:
        name: its name.
        capability: the topic itself, to be handed to others: whoever holds it may publish and subscribe.
    """

    def __init__(self, name: str, capability: TopicClient) -> None:
        self.name = name
        self.capability = capability

    async def publish(self, *messages: bytes) -> None:
        """Publish messages; waits while too much is under way to the node.

        Raises:
            LimitError: a message is too large; none was published.
            BrokenError: the node is lost.
        """
        check_sizes(messages)
        at = 0
        while at < len(messages):
            end = _end_of_piece(messages, at)
            sizes, contents = joined(messages[at:end])
            await self.capability.publish_row(sizes=sizes, contents=contents)
            at = end

    async def drain(self) -> None:
        """Wait until the node has taken all that was published."""
        await drained(self.capability)

    @contextlib.asynccontextmanager
    async def subscribe(self, buffer: int = 1024) -> AsyncIterator[Subscription]:
        """Get what is published while the block runs.

        Args:
            buffer: how many messages wait at the node for a slow reader, up to 65,535.

        Raises:
            LimitError: there are too many subscriptions.
            BrokenError: the node is lost.
        """
        reader = _Reader()
        call = asyncio.ensure_future(self.capability.follow(reader=reader, buffer=buffer))
        call.add_done_callback(reader.ended)
        try:
            await reader.begun
            yield Subscription(reader)
        finally:
            call.cancel()
            reader.close()
            await asyncio.wait([call])


class Subscription:
    """What is published, as an asynchronous iterator of `Received`."""

    __slots__ = ("_reader",)

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader

    @property
    def lost(self) -> int:
        """Messages that are missing, in all."""
        return self._reader.lost

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> Received:
        return await self._reader.next()

    async def batch(self) -> list[Received]:
        """All messages that are here, at least one."""
        return await self._reader.batch()


class _Reader(Topic_Reader_Server):
    """Takes batches from the node, the next one when the last one was read."""

    def __init__(self) -> None:
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = 0
        self._here: deque[Received] = deque()
        self._gap = 0
        self._some = asyncio.Event()
        self._room = asyncio.Event()
        self._error: BaseException | None = None

    async def take(self, *, messages: Any, lost: int, context: Any) -> Any:
        if not self.begun.done():
            self.begun.set_result(None)
        await self._take([(PeerId(bytes(m.node)), bytes(m.content)) for m in messages], lost)

    async def take_row(self, *, node: Any, sizes: Any, contents: Any, lost: int, context: Any) -> Any:
        publisher = PeerId(bytes(node))
        row = cut(sizes, bytes(contents), BATCH_MESSAGES)
        await self._take([(publisher, content) for content in row], lost)

    async def _take(self, messages: list[tuple[PeerId, bytes]], lost: int) -> None:
        self.lost += lost
        self._gap += lost
        for node, content in messages:
            self._here.append(Received(content, node, self._gap))
            self._gap = 0
        if self._here:
            self._some.set()
            self._room.clear()
            await self._room.wait()

    async def next(self) -> Received:
        while not self._here:
            await self._wait()
        message = self._here.popleft()
        if not self._here:
            self._room.set()
        return message

    async def batch(self) -> list[Received]:
        while not self._here:
            await self._wait()
        messages = list(self._here)
        self._here.clear()
        self._room.set()
        return messages

    async def _wait(self) -> None:
        if self._error is not None:
            raise self._error
        self._some.clear()
        await self._some.wait()

    def ended(self, call: asyncio.Future[Any]) -> None:
        """The node follows no more."""
        error = None if call.cancelled() else call.exception()
        self._error = error or ClosedError("this subscription has ended")
        self._some.set()
        if not self.begun.done():
            self.begun.set_exception(self._error)

    def close(self) -> None:
        """Nobody reads any more."""
        self._room.set()
        if self.begun.done() and not self.begun.cancelled():
            self.begun.exception()


def _end_of_piece(messages: Sequence[bytes], at: int) -> int:
    """Where the messages end that go with one call."""
    end, size = at, 0
    while end < len(messages) and end - at < BATCH_MESSAGES:
        size += len(messages[end])
        if size > BATCH_BYTES and end > at:
            break
        end += 1
    return end
