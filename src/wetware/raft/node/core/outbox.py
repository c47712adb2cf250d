"""What waits to be sent to one peer.

Rules that hold here:

1. A bound on messages and on bytes. Past it the oldest appends go first, then whatever is oldest: consensus
   repairs what is lost, and what is new is worth more.
2. Whoever is told that something was dropped reports the peer as unreachable to the core, so that it is
   probed instead of flooded.
3. Messages leave in the order in which they came.
4. An append without entries only tells how far is committed. It is patient: it may wait a moment for
   company, and an append that comes behind it says the same and replaces it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from wetware.raft.core import MessageType
from wetware.raft.node.core.codec import message_size

if TYPE_CHECKING:
    from wetware.raft.core import Message

__all__ = ["Outbox"]


class Outbox:
    """The queue to one peer.

    Args:
        max_messages: how many may wait.
        max_bytes: how much may wait. A message that is larger waits alone.
    """

    def __init__(self, *, max_messages: int, max_bytes: int) -> None:
        self._max_messages = max_messages
        self._max_bytes = max_bytes
        self._queue: deque[tuple[Message, int]] = deque()
        self._bytes = 0
        self._urgent = 0

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def bytes(self) -> int:
        """What waits, in bytes."""
        return self._bytes

    @property
    def patient(self) -> bool:
        """Whether nothing waits that should leave at once."""
        return not self._urgent

    def push(self, message: Message) -> bool:
        """Let a message wait; False: others were dropped for it."""
        size = message_size(message)
        if message.type is MessageType.APP and self._queue:
            last, last_size = self._queue[-1]
            if _is_patient(last) and last.term == message.term:
                self._queue.pop()
                self._bytes -= last_size
        if not _is_patient(message):
            self._urgent += 1
        self._queue.append((message, size))
        self._bytes += size
        if self._fits():
            return True
        newest, queue = self._queue.pop(), self._queue
        self._drop([one for one in queue if one[0].type is MessageType.APP], len(queue) + 1)
        self._queue.append(newest)
        if not self._fits():
            self._drop(list(self._queue)[:-1], len(self._queue))
        return False

    def _drop(self, oldest_first: list[tuple[Message, int]], count: int) -> None:
        """Drop from a list of what waits until the rest fits, where `count` wait together."""
        dropped = set()
        for one in oldest_first:
            if count <= self._max_messages and self._bytes <= self._max_bytes:
                break
            dropped.add(id(one))
            self._forget(one)
            count -= 1
        self._queue = deque(one for one in self._queue if id(one) not in dropped)

    def _fits(self) -> bool:
        return len(self._queue) <= self._max_messages and self._bytes <= self._max_bytes

    def take(self, max_bytes: int) -> list[Message]:
        """The next messages, of at most so many bytes together; one always, if any waits."""
        taken: list[Message] = []
        size = 0
        queue = self._queue
        while queue and (not taken or size + queue[0][1] <= max_bytes):
            message, one = queue.popleft()
            taken.append(message)
            size += one
            if not _is_patient(message):
                self._urgent -= 1
        self._bytes -= size
        return taken

    def _forget(self, one: tuple[Message, int]) -> None:
        self._bytes -= one[1]
        if not _is_patient(one[0]):
            self._urgent -= 1

    def clear(self) -> int:
        """Drop everything; tell how much that was."""
        dropped = len(self._queue)
        self._queue.clear()
        self._bytes = self._urgent = 0
        return dropped


def _is_patient(message: Message) -> bool:
    return message.type is MessageType.APP and not message.entries
