"""Publishing and subscribing: `pubsub.capnp`, for whoever was given a router or a topic.

Rules that hold here:

1. Joining is holding the capability: a topic is held until its capability is let go of, and a subscription
   holds it, too. No handle's end concerns another handle (test_handles_are_independent).
2. A publish fails by itself: the next one is not told of it (test_one_bad_publish).
3. A subscriber that is slow, hangs or fails is alone with that: nobody waits for it, and what it misses it is
   told (`cluster.mailbox`; test_a_hanging_subscriber_hurts_nobody).
4. What an account holds is bounded, over all its routers together (test_an_account_is_bounded).

The named tests are in `tests/services/test_pubsub.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.exceptions import UnimplementedError
from wetware.capnp.stream import drained, set_window
from wetware.cluster.mailbox import Mailbox, Quota
from wetware.cluster.rows import cut, joined
from wetware.cluster.topics import BATCH_BYTES, BATCH_MESSAGES, Hold, Topics
from wetware.schema.pubsub_capnp import Router_Server, Topic_Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from wetware.cluster.identity import PeerId
    from wetware.cluster.mailbox import Message
    from wetware.schema.pubsub_capnp import Topic_Consumer, Topic_Reader

__all__ = ["PUBSUB", "PubSub", "RouterServer", "TopicServer"]

PUBSUB: Final = "pubsub"
"""What a session's router is called, and a policy's grant of it."""

_OF_NODE: Final = {"topics": 16_384, "subscriptions": 16_384, "waiting bytes": 256 << 20}
_OF_ACCOUNT: Final = {"topics": 1024, "subscriptions": 1024, "waiting bytes": 32 << 20}
MAX_ACCOUNTS: Final = 1024
"""Accounts whose use is counted one by one; what they hold together is bounded in any case."""
MAX_BUFFER: Final = 65_535
WINDOW: Final = 64 << 10
"""Bytes under way to a consumer: what lies there cannot be dropped any more."""
SPREAD_PATIENCE: Final = 1.0
"""Seconds that a new reader waits for the other nodes to know of it."""


class PubSub:
    """The topics of one node, and who uses them.

    Args:
        me: this node.

    Attributes:
        topics: the core.
        spread: waits until the other nodes know what this one wants; set by whoever tells them.
        send: called when something is to be flushed; likewise.
    """

    def __init__(self, me: PeerId) -> None:
        self.topics = Topics(me, lambda: secrets.randbits(64), self._changed)
        self.spread: Callable[[], Awaitable[None]] | None = None
        self.send: Callable[[], None] | None = None
        self.changed: Callable[[], None] | None = None
        self._quota = Quota(_OF_NODE)
        self._accounts: dict[PeerId, Quota] = {}

    def router(self, account: PeerId) -> RouterServer:
        """A router for an account."""
        quota = self._accounts.get(account)
        if quota is None:
            idle = [name for name, known in self._accounts.items() if not any(known.used.values())]
            for name in idle if len(self._accounts) >= MAX_ACCOUNTS else ():
                del self._accounts[name]
            quota = Quota(_OF_ACCOUNT, self._quota)
            self._accounts[account] = quota
        return RouterServer(self, quota)

    def _changed(self) -> None:
        if self.changed is not None:
            self.changed()

    def publish(self, hold: Hold, messages: Sequence[bytes]) -> None:
        """Publish, and have sent what other nodes want of it."""
        if self.topics.publish(hold.topic, messages) and self.send is not None:
            self.send()

    @contextlib.contextmanager
    def subscription(self, name: str, capacity: int, quota: Quota) -> Iterator[Subscription]:
        """A mailbox that gets what is published while the block runs. Raises `LimitError`."""
        quota.take("subscriptions")
        try:
            hold = self.topics.join(name, quota)
        except BaseException:
            quota.add("subscriptions", -1)
            raise
        some = asyncio.Event()
        mailbox = Mailbox(min(max(capacity, 1), MAX_BUFFER), quota, some.set)
        self.topics.subscribe(hold.topic, mailbox)
        try:
            yield Subscription(mailbox, some)
        finally:
            self.topics.unsubscribe(hold.topic, mailbox)
            hold.let_go()
            quota.add("subscriptions", -1)


class Subscription:
    """A mailbox, and somebody who waits for it."""

    __slots__ = ("_some", "mailbox")

    def __init__(self, mailbox: Mailbox, some: asyncio.Event) -> None:
        self.mailbox = mailbox
        self._some = some

    async def some(self) -> None:
        """Wait until there is something to take."""
        if self.mailbox.is_empty:
            self._some.clear()
            await self._some.wait()


class RouterServer(Router_Server):
    """The way to all topics, for one account."""

    __slots__ = ("_pubsub", "_quota")

    def __init__(self, pubsub: PubSub, quota: Quota) -> None:
        self._pubsub = pubsub
        self._quota = quota

    async def join(self, *, name: str, context: Any) -> Any:
        return {"topic": TopicServer(self._pubsub, self._quota, self._pubsub.topics.join(name, self._quota))}


class TopicServer(Topic_Server):
    """One handle of a topic."""

    __slots__ = ("_hold", "_name", "_pubsub", "_quota")

    def __init__(self, pubsub: PubSub, quota: Quota, hold: Hold) -> None:
        self._pubsub = pubsub
        self._quota = quota
        self._hold = hold
        self._name = hold.topic.name

    def released(self) -> None:
        """Nobody holds this handle any more."""
        self._hold.let_go()

    async def name(self, *, context: Any) -> Any:
        return {"name": self._name}

    async def publish(self, *, msg: Any, context: Any) -> Any:
        self._pubsub.publish(self._hold, (bytes(msg),))

    async def publish_all(self, *, messages: Any, context: Any) -> Any:
        self._pubsub.publish(self._hold, tuple(map(bytes, messages)))

    async def publish_row(self, *, sizes: Any, contents: Any, context: Any) -> Any:
        self._pubsub.publish(self._hold, cut(sizes, bytes(contents), BATCH_MESSAGES))

    async def subscribe(self, *, consumer: Topic_Consumer, buf: int, context: Any) -> Any:
        set_window(consumer, WINDOW)
        tells = True
        with self._pubsub.subscription(self._name, buf, self._quota) as subscription:
            while True:
                await subscription.some()
                lost, messages = subscription.mailbox.take(1)
                if lost and tells:
                    tells = await _tell_lost(consumer, lost)
                for message in messages:
                    await consumer.consume(msg=message.content)
                if subscription.mailbox.is_empty:
                    await drained(consumer)  # where it failed, this call says so, and not at the next message

    async def follow(self, *, reader: Topic_Reader, buffer: int, context: Any) -> Any:
        with self._pubsub.subscription(self._name, buffer, self._quota) as subscription:
            if self._pubsub.spread is not None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(SPREAD_PATIENCE):
                        await self._pubsub.spread()
            await reader.take(messages=[], lost=0)
            rows = True
            while True:
                await subscription.some()
                lost, messages = subscription.mailbox.take(BATCH_MESSAGES, BATCH_BYTES)
                if rows and len({message.node for message in messages}) == 1:
                    rows = await _take_row(reader, messages, lost)
                    if rows:
                        continue
                await reader.take(
                    messages=[{"content": m.content, "node": m.node.binary} for m in messages], lost=lost
                )


async def _take_row(reader: Topic_Reader, messages: Sequence[Message], lost: int) -> bool:
    """Give a reader messages of one node; whether it takes rows."""
    sizes, contents = joined([message.content for message in messages])
    try:
        await reader.take_row(node=messages[0].node.binary, sizes=sizes, contents=contents, lost=lost)
    except UnimplementedError:
        return False
    return True


async def _tell_lost(consumer: Topic_Consumer, lost: int) -> bool:
    """Tell a consumer that messages are missing; whether it wants to be told."""
    try:
        await consumer.lost(count=lost)
    except UnimplementedError:
        return False
    return True
