"""Topics: who wants which messages, here and at other nodes.

    publish ──► mailboxes of this node's subscribers
            └─► batch, numbered ──► each node that wants the topic ──► mailboxes there

Rules that hold here:

1. A topic exists while somebody holds it, and ends with the last hold; letting go of one hold concerns no
   other (test_holds_are_counted). A hold is let go of once, whatever is called how often.
2. A message goes from its publisher's node to each node that wants it, once, and no further: nothing that
   came from another node is passed on. So there are no loops and no duplicates.
3. The messages of a publishing node are numbered within each topic. Numbers that are missing are lost, and
   counted for each subscriber; numbers that were seen are ignored (test_gaps_and_duplicates).
4. What another node wants is believed for `WANT_TTL` seconds, and no longer (test_wants_expire). It replaces
   what that node wanted before.
5. A subscriber hears what is published from its subscription on.
6. Everything that others can make grow is bounded: topics, names, batches, wants of each node.

No I/O, no clock, no randomness: all three are passed in. The named tests are in
`tests/cluster/test_topics.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wetware.cluster.mailbox import Mailbox, Message, Quota
from wetware.errors import LimitError, LocalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wetware.cluster.identity import PeerId

__all__ = [
    "BATCH_BYTES",
    "BATCH_MESSAGES",
    "MAX_MESSAGE",
    "MAX_TOPICS",
    "WANT_TTL",
    "Batch",
    "Hold",
    "Topic",
    "Topics",
    "check_name",
    "check_sizes",
]

MAX_MESSAGE: Final = 1 << 20
"""Bytes of a message."""
MAX_NAME: Final = 255
"""Bytes of a topic's name."""
MAX_TOPICS: Final = 4096
"""Topics of a node, and topics that another node may want of it."""
BATCH_MESSAGES: Final = 512
BATCH_BYTES: Final = 256 << 10
WANT_TTL: Final = 30.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages of one node, of one topic, in a row.

    Attributes:
        topic: the topic's name.
        stream: drawn by the publishing node when it joined the topic.
        first: the number of the first message.
        messages: the messages; none where there is only a gap to be told.
    """

    topic: str
    stream: int
    first: int
    messages: tuple[bytes, ...]


class Topic:
    """A topic, as this node has it.

    Attributes:
        name: its name.
        stream: drawn when it came into being.
        number: of the next message that this node publishes.
        holds: how many hold it.
        mailboxes: those of this node's subscribers.
    """

    __slots__ = ("holds", "mailboxes", "name", "number", "pending", "seen", "stream")

    def __init__(self, name: str, stream: int) -> None:
        self.name = name
        self.stream = stream
        self.number = 0
        self.holds = 0
        self.mailboxes: dict[Mailbox, None] = {}  # in the order in which they came
        self.pending: list[bytes] = []
        self.seen: dict[PeerId, tuple[int, int]] = {}  # stream and next number of each publishing node


class Hold:
    """One of those who hold a topic.

    Attributes:
        topic: the topic.
    """

    __slots__ = ("_quota", "_topics", "topic")

    def __init__(self, topics: Topics, topic: Topic, quota: Quota) -> None:
        self._topics: Topics | None = topics
        self._quota = quota
        self.topic = topic

    def let_go(self) -> None:
        """Hold it no more. A second call has no effect."""
        topics, self._topics = self._topics, None
        if topics is not None:
            self._quota.add("topics", -1)
            topics._released(self.topic)  # noqa: SLF001 - a part of it


class Topics:
    """The topics of one node.

    Args:
        me: this node.
        draw: gives a random number of 64 bits.
        changed: called when what this node wants of others has changed.

    Attributes:
        wanted: the topics that this node's subscribers want, by name.
        ignored: messages that came unasked, or twice.
    """

    def __init__(self, me: PeerId, draw: Callable[[], int], changed: Callable[[], None]) -> None:
        self.me = me
        self.wanted: dict[str, Topic] = {}
        self.ignored = 0
        self._draw = draw
        self._changed = changed
        self._topics: dict[str, Topic] = {}
        self._pending: dict[Topic, None] = {}
        self._interest: dict[str, dict[PeerId, None]] = {}  # topic -> the nodes that want it
        self._wants: dict[PeerId, tuple[float, frozenset[str]]] = {}  # and until when each is believed

    def __len__(self) -> int:
        return len(self._topics)

    # --- here ---
    def join(self, name: str, quota: Quota) -> Hold:
        """Hold a topic.

        Raises:
            LocalError: that is no name.
            LimitError: there are too many topics.
        """
        check_name(name)
        quota.take("topics")
        topic = self._topics.get(name)
        if topic is None:
            if len(self._topics) >= MAX_TOPICS:
                quota.add("topics", -1)
                raise LimitError(
                    f"this node has {MAX_TOPICS} topics, and takes no more",
                    limit="topics",
                    used=len(self._topics),
                    allowed=MAX_TOPICS,
                )
            topic = self._topics[name] = Topic(name, self._draw())
        topic.holds += 1
        return Hold(self, topic, quota)

    def _released(self, topic: Topic) -> None:
        topic.holds -= 1
        if not topic.holds and topic.name in self._topics:
            # what was published and is not sent yet goes out with the next flush: the topic is still in there
            del self._topics[topic.name]

    def subscribe(self, topic: Topic, mailbox: Mailbox) -> None:
        """Put what is published from now on into a mailbox. Whoever does so holds the topic."""
        topic.mailboxes[mailbox] = None
        if topic.name not in self.wanted:
            self.wanted[topic.name] = topic
            self._changed()

    def unsubscribe(self, topic: Topic, mailbox: Mailbox) -> None:
        """Put nothing more there."""
        if topic.mailboxes.pop(mailbox, self) is self:
            return
        mailbox.close()
        if not topic.mailboxes:
            topic.seen.clear()
            del self.wanted[topic.name]
            self._changed()

    def publish(self, topic: Topic, messages: Sequence[bytes]) -> bool:
        """Publish messages of this node; whether there is something to flush.

        Raises:
            LimitError: one is too large; none was published.
        """
        check_sizes(messages)
        _deliver(topic, self.me, messages)
        if topic.pending or topic.name in self._interest:  # what is pending is in a row
            topic.pending += messages
            self._pending[topic] = None
        topic.number += len(messages)
        return bool(self._pending)

    def flush(self) -> list[tuple[Batch, list[PeerId]]]:
        """What is to be sent to which nodes, in the order in which it was published."""
        out = []
        for topic in self._pending:
            peers = list(self._interest.get(topic.name, ()))
            messages, topic.pending = topic.pending, []
            number = topic.number - len(messages)
            if peers:
                out += [(batch, peers) for batch in _batches(topic, number, messages)]
        self._pending.clear()
        return out

    def position(self, name: str) -> Batch | None:
        """A batch that tells nothing but how far this node has got in a topic; None where it holds none."""
        topic = self._topics.get(name)
        if topic is None:
            return None
        return Batch(name, topic.stream, topic.number - len(topic.pending), ())

    # --- other nodes ---
    def wants(self, peer: PeerId, names: Iterable[str], now: float) -> None:
        """Another node wants these topics of this node, and nothing else.

        Raises:
            LimitError: it wants too many; what it wanted before stays.
            LocalError: one of them is no name.
        """
        wanted = frozenset(names)
        if len(wanted) > MAX_TOPICS:
            raise LimitError(
                f"{len(wanted)} topics are too many: {MAX_TOPICS} are allowed",
                limit="topics",
                used=len(wanted),
                allowed=MAX_TOPICS,
            )
        for name in wanted:
            check_name(name)
        self._replace(peer, wanted)
        if wanted:
            self._wants[peer] = now + WANT_TTL, wanted

    def forget(self, peer: PeerId) -> None:
        """Another node is gone: it wants nothing."""
        self._replace(peer, frozenset())

    def expire(self, now: float) -> list[PeerId]:
        """Forget what was not renewed in time; the nodes that it concerns."""
        late = [peer for peer, (until, _) in self._wants.items() if until <= now]
        for peer in late:
            self.forget(peer)
        return late

    def interested(self, name: str) -> list[PeerId]:
        """The other nodes that want a topic."""
        return list(self._interest.get(name, ()))

    def _replace(self, peer: PeerId, wanted: frozenset[str]) -> None:
        _, before = self._wants.pop(peer, (0.0, frozenset[str]()))
        for name in before - wanted:
            peers = self._interest[name]
            del peers[peer]
            if not peers:
                del self._interest[name]
        for name in wanted - before:
            self._interest.setdefault(name, {})[peer] = None

    def received(self, peer: PeerId, batch: Batch) -> None:
        """A batch has come from the node that published it."""
        topic = self.wanted.get(batch.topic)
        messages = batch.messages
        if topic is None:
            self.ignored += len(messages)
            return
        stream, expected = topic.seen.get(peer, (None, 0))
        if stream != batch.stream:
            expected = batch.first  # the first that is heard of this stream
        behind = expected - batch.first
        if behind > 0:
            self.ignored += min(behind, len(messages))
            messages = messages[behind:]
        for mailbox in topic.mailboxes:
            if behind < 0:
                mailbox.miss(-behind)
        _deliver(topic, peer, messages)
        topic.seen[peer] = batch.stream, max(expected, batch.first + len(batch.messages))

    def unheard(self, peer: PeerId) -> None:
        """Another node is gone for good: how far it had got is of no use any more."""
        for topic in self.wanted.values():
            topic.seen.pop(peer, None)


def _deliver(topic: Topic, node: PeerId, contents: Sequence[bytes]) -> None:
    """Put messages of a node into the mailboxes of a topic."""
    if topic.mailboxes:
        messages = [Message(node, content) for content in contents]
        size = sum(map(len, contents))
        for mailbox in topic.mailboxes:
            mailbox.put_all(messages, size)


def check_name(name: str) -> None:
    """Raise `LocalError` for what is no name of a topic."""
    if not 0 < len(name.encode("utf-8", "surrogatepass")) <= MAX_NAME or not name.isprintable():
        raise LocalError(f"the name of a topic has 1 to {MAX_NAME} bytes, and nothing that cannot be printed")


def check_sizes(messages: Iterable[bytes]) -> None:
    """See that each message may be published.

    Raises:
        LimitError: one is too large.
    """
    for content in messages:
        if len(content) > MAX_MESSAGE:
            raise LimitError(
                f"a message of {len(content)} bytes is too large: {MAX_MESSAGE} are allowed",
                limit="message",
                used=len(content),
                allowed=MAX_MESSAGE,
            )


def _batches(topic: Topic, number: int, messages: list[bytes]) -> Iterable[Batch]:
    """Messages in batches of limited size."""
    at = 0
    while at < len(messages):
        end, size = at, 0
        while end < len(messages) and end - at < BATCH_MESSAGES:
            size += len(messages[end])
            if size > BATCH_BYTES and end > at:
                break
            end += 1
        yield Batch(topic.name, topic.stream, number + at, tuple(messages[at:end]))
        at = end
