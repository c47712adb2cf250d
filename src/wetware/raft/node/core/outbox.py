"""What waits to be sent to one peer.

Rules that hold here:

1. A bound on messages and on bytes. Past it the oldest appends go first, then whatever is oldest: consensus
   repairs what is lost, and what is new is worth more.
2. Whoever is told that something was dropped reports the peer as unreachable to the core, so that it is
   probed instead of flooded.
3. Messages leave in the order in which they came.
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

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def bytes(self) -> int:
        """What waits, in bytes."""
        return self._bytes

    def push(self, message: Message) -> bool:
        """Let a message wait; False: others were dropped for it."""
        size = message_size(message)
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
            self._bytes -= one[1]
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
        self._bytes -= size
        return taken

    def clear(self) -> int:
        """Drop everything; tell how much that was."""
        dropped = len(self._queue)
        self._queue.clear()
        self._bytes = 0
        return dropped
