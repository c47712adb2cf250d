"""A subscriber's mailbox: messages that wait for somebody who may be slow.

Rules that hold here:

1. A mailbox is bounded, in messages and in bytes, and so are all mailboxes of one account, and of the node
   (test_a_mailbox_is_bounded, test_an_account_is_bounded).
2. What does not fit pushes out the oldest of the same mailbox, never of another one; the count of what is
   missing stands before the first message that follows it (test_the_gap_stands_where_it_is).
3. Putting never waits and never fails: a slow subscriber delays nobody.

No I/O. The named tests are in `tests/cluster/test_mailbox.py`.
"""

from __future__ import annotations

from collections import deque
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple

from wetware.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.cluster.identity import PeerId

__all__ = ["MAILBOX_BYTES", "Mailbox", "Message", "Quota"]

MAILBOX_BYTES: Final = 4 << 20
_OVERHEAD: Final = 64
"""Bytes that a waiting message takes besides its content, so that empty ones are no exception."""
_MOST_LOST: Final = 1 << 60


class Message(NamedTuple):
    """What somebody published.

    Attributes:
        node: the node that published it.
        content: what was published.
    """

    node: PeerId
    content: bytes


class Quota:
    """What one account, or a whole node, may hold: in bytes that wait, and in things by kind.

    Args:
        limits: the most of each kind.
        within: what this is a part of.
    """

    __slots__ = ("_limits", "_within", "used")

    def __init__(self, limits: dict[str, int], within: Quota | None = None) -> None:
        self._limits = limits
        self._within = within
        self.used = dict.fromkeys(limits, 0)

    def fits(self, kind: str, amount: int = 1) -> bool:
        """Whether so much more may be held."""
        within = self._within
        return self.used[kind] + amount <= self._limits[kind] and (
            within is None or within.fits(kind, amount)
        )

    def take(self, kind: str, amount: int = 1) -> None:
        """Hold so much more.

        Raises:
            LimitError: it is too much; nothing was taken.
        """
        if not self.fits(kind, amount):
            raise LimitError(
                f"there are as many {kind} as this node allows: let go of some",
                limit=kind,
                used=self.used[kind],
                allowed=self._limits[kind],
            )
        self.add(kind, amount)

    def add(self, kind: str, amount: int) -> None:
        """Hold so much more, or less, whatever the limit says."""
        self.used[kind] += amount
        if self._within is not None:
            self._within.add(kind, amount)


class Mailbox:
    """The messages that wait for one subscriber.

    Args:
        capacity: how many may wait.
        quota: counts the bytes ("waiting bytes") for all mailboxes of the account.
        wake: called when the first message, or gap, has come.
        most: bytes that may wait here.

    Attributes:
        dropped: messages that were pushed out, or lost on their way, in all.
    """

    __slots__ = ("_bytes", "_capacity", "_gap", "_most", "_quota", "_waiting", "_wake", "dropped")

    def __init__(
        self, capacity: int, quota: Quota, wake: Callable[[], None], most: int = MAILBOX_BYTES
    ) -> None:
        self._capacity = max(capacity, 1)
        self._quota = quota
        self._wake = wake
        self._most = most
        self._waiting: deque[tuple[int, Message]] = deque()  # each with what is missing before it
        self._gap = 0  # what is missing behind the last one
        self._bytes = 0
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be told."""
        return not self._waiting and not self._gap

    def put(self, message: Message) -> None:
        """A message has come."""
        was_empty = self.is_empty
        size = len(message.content) + _OVERHEAD
        while self._waiting and (
            len(self._waiting) >= self._capacity
            or self._bytes + size > self._most
            or not self._quota.fits("waiting bytes", size)
        ):
            self._push_out()
        if size > self._most or not self._quota.fits("waiting bytes", size):
            self._gap += 1
            self.dropped += 1
        else:
            self._waiting.append((self._gap, message))
            self._gap = 0
            self._hold(size)
        if was_empty:
            self._wake()

    def put_all(self, messages: Sequence[Message], size: int) -> None:
        """Messages have come, one after the other; `size` bytes of contents in all."""
        size += _OVERHEAD * len(messages)
        fits = (
            len(self._waiting) + len(messages) <= self._capacity
            and self._bytes + size <= self._most
            and self._quota.fits("waiting bytes", size)
        )
        if not fits:
            for message in messages:
                self.put(message)
        elif messages:
            was_empty = self.is_empty
            self._waiting.append((self._gap, messages[0]))
            self._waiting.extend(zip(repeat(0), messages[1:], strict=False))
            self._gap = 0
            self._hold(size)
            if was_empty:
                self._wake()

    def miss(self, count: int) -> None:
        """So many messages are known to be lost before they came here."""
        was_empty = self.is_empty
        self._gap = min(self._gap + count, _MOST_LOST)  # the number is another node's word
        self.dropped += count
        if was_empty:
            self._wake()

    def _push_out(self) -> None:
        gap, message = self._waiting.popleft()
        self._hold(-len(message.content) - _OVERHEAD)
        self.dropped += 1
        gap += 1
        if self._waiting:
            before, first = self._waiting[0]
            self._waiting[0] = before + gap, first
        else:
            self._gap += gap

    def take(self, count: int, most: int = MAILBOX_BYTES) -> tuple[int, list[Message]]:
        """Take what waits: what is missing, then messages that follow each other with nothing between.

        Args:
            count: the most messages.
            most: the most bytes, though one message at least.
        """
        waiting = self._waiting
        if not waiting:
            lost, self._gap = self._gap, 0
            return lost, []
        lost = waiting[0][0]
        taken: list[Message] = []
        size = 0
        while waiting and len(taken) < count:
            gap, message = waiting[0]
            if taken and (gap or size + len(message.content) > most):
                break
            waiting.popleft()
            taken.append(message)
            size += len(message.content)
        self._hold(-size - _OVERHEAD * len(taken))
        return lost, taken

    def close(self) -> None:
        """Nobody reads any more."""
        self._waiting.clear()
        self._hold(-self._bytes)

    def _hold(self, size: int) -> None:
        self._bytes += size
        self._quota.add("waiting bytes", size)
