"""The tail of the log that stable storage has not acknowledged yet.

Rules that hold here:

1. `entries[i]` has the index `offset + i`; storage holds the log up to `offset - 1`, and perhaps a tail
   that these replace.
2. A snapshot that is not stored yet lies before all entries: its index is `offset - 1` or smaller.
3. What was handed out for storing is *in progress*: it stays here until it is acknowledged, but is not
   handed out again.
4. An acknowledgement counts only for an entry that is still here with the same term. One for an entry that
   was overwritten in the meantime says nothing about what stands there now.

Source: thesis 3.5 and 10.2.1; the leader may commit an entry that is not on its own disk, so the two ends
of the log move apart.

Held by test_core_log, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.errors import InternalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.raft.core.messages import Entry, Snapshot

__all__ = ["Unstable"]


class Unstable:
    """Entries, and perhaps a snapshot, on their way to stable storage.

    Args:
        offset: the index behind the last one in storage.
    """

    __slots__ = ("entries", "in_progress", "offset", "snapshot", "snapshot_in_progress")

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.in_progress = offset  # the index behind the last entry that was handed out
        self.entries: list[Entry] = []
        self.snapshot: Snapshot | None = None
        self.snapshot_in_progress = False

    def term(self, index: int) -> int | None:
        """Give the term at `index`, where it is known here."""
        position = index - self.offset
        if position >= 0:
            return self.entries[position].term if position < len(self.entries) else None
        if self.snapshot is not None and self.snapshot.index == index:
            return self.snapshot.term
        return None

    def slice(self, low: int, high: int) -> list[Entry]:
        """Give the entries low … high - 1, all of which must be here."""
        if not self.offset <= low <= high <= self.offset + len(self.entries):
            raise InternalError(
                f"entries {low}…{high} were asked of a tail {self.offset}…+{len(self.entries)}"
            )
        return self.entries[low - self.offset : high - self.offset]

    def next_entries(self) -> list[Entry]:
        """Give the entries that were not handed out yet."""
        return self.entries[self.in_progress - self.offset :]

    def next_snapshot(self) -> Snapshot | None:
        """Give the snapshot, if there is one that was not handed out yet."""
        return None if self.snapshot_in_progress else self.snapshot

    def accept(self) -> None:
        """Note that everything was handed out."""
        self.in_progress = self.offset + len(self.entries)
        self.snapshot_in_progress = self.snapshot is not None

    def stored_to(self, index: int, term: int) -> bool:
        """Forget the entries up to `index`, if storage acknowledged that very entry (rule 4)."""
        position = index - self.offset
        if not 0 <= position < len(self.entries) or self.entries[position].term != term:
            return False
        del self.entries[: position + 1]
        self.offset = index + 1
        self.in_progress = max(self.in_progress, self.offset)
        return True

    def snapshot_stored(self, index: int) -> None:
        """Forget the snapshot, if it is the one that was stored."""
        if self.snapshot is not None and self.snapshot.index == index:
            self.snapshot = None
            self.snapshot_in_progress = False

    def restore(self, snapshot: Snapshot) -> None:
        """Put a snapshot in place of everything."""
        self.offset = self.in_progress = snapshot.index + 1
        self.entries = []
        self.snapshot = snapshot
        self.snapshot_in_progress = False

    def append(self, entries: Sequence[Entry]) -> None:
        """Put entries behind the tail, or in place of everything from the first of their indexes on."""
        first = entries[0].index
        if first <= self.offset:
            self.entries = list(entries)
            self.offset = self.in_progress = first
            return
        if first < self.offset + len(self.entries):
            del self.entries[first - self.offset :]
            self.in_progress = min(self.in_progress, first)
        self.entries.extend(entries)
