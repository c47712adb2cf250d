"""What waits to be written to the log, and how much of it goes into one write.

Rules that hold here:

1. Writes happen in the order in which the core asked for them, one at a time. Whatever piled up during one
   goes into the next together: one sync for all of it.
2. What was asked for later replaces what was asked for earlier at the same indexes (`core.storage`,
   rule 3), also within one write.
3. A snapshot from the leader is a write of its own: what stands behind it begins anew.
4. Acknowledgements leave when the write that they speak of is durable, in the order of the writes.

Tests: `tests/raft/test_node_writes.py`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wetware.raft.core import HardState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.raft.core import ConfState, Entry, Message, Snapshot

__all__ = ["Load", "Save", "Taken", "WriteQueue"]


@dataclass(slots=True)
class Save:
    """A step of consensus: to be made durable, then its responses are to be delivered."""

    hard_state: HardState | None = None
    entries: list[Entry] = field(default_factory=list)
    snapshot: Snapshot | None = None
    responses: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Taken:
    """A snapshot that was taken of the state machine here."""

    index: int
    conf_state: ConfState
    data: bytes


@dataclass(slots=True)
class Load:
    """The snapshot of the log is to be read, for a follower."""


class WriteQueue:
    """The writes of one member.

    Args:
        max_bytes: about how much goes into one write.
    """

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._queue: deque[tuple[Message | Taken | Load, int]] = deque()  # each with its size
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._queue)

    def append(self, message: Message) -> None:
        """Queue a message that the core sent to its append thread."""
        size = sum([len(entry.data) for entry in message.entries])
        self._queue.append((message, size))
        self.bytes += size

    def add(self, work: Taken | Load) -> None:
        """Queue other work on the log."""
        self._queue.append((work, 0))

    def next(self) -> Save | Taken | Load | None:
        """Take out the next write."""
        queue = self._queue
        if not queue:
            return None
        first, _ = queue[0]
        if isinstance(first, Taken | Load):
            queue.popleft()
            return first
        save = Save()
        size = 0
        while queue:
            message, one = queue[0]
            if isinstance(message, Taken | Load):
                break
            begun = save.responses or save.entries or save.hard_state is not None
            if begun and (message.snapshot is not None or size + one > self._max_bytes):
                break
            queue.popleft()
            self.bytes -= one
            size += one
            if message.term:
                save.hard_state = HardState(message.term, message.vote, message.commit)
            if message.snapshot is not None:
                save.snapshot = message.snapshot
            _replace(save.entries, message.entries)
            save.responses += message.responses
            if save.snapshot is not None:
                break
        return save


def _replace(entries: list[Entry], later: Sequence[Entry]) -> None:
    """Put later entries behind, in place of those at their indexes and above."""
    if later and entries:
        keep = max(later[0].index - entries[0].index, 0)
        del entries[keep:]
    entries += later
