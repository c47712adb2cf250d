"""The log as the algorithm sees it: storage and the unstable tail as one, with the marks that move along it.

Rules that hold here:

1. applied <= applying <= committed <= last_index. None of them ever moves back; `last_index` may (a tail is
   replaced).
2. A committed entry is never replaced (thesis 3.6.3, "leader completeness", seen from a follower): such a
   message is refused, since it can only come from a fault.
3. A follower hands out no entry for applying while a snapshot waits to be installed.
4. Entries that were handed out and not yet acknowledged as applied are bounded by `max_applying_size`;
   nothing is handed out beyond it, but for a single entry that is larger on its own.

Marks, from left to right::

      first_index            applied   applying     committed          last_index
     ─────┼──────────────────────┼──────────┼────────────┼──────┼────────────┤
      compacted     storage                              unstable.offset

Held by test_core_log and test_core_replication, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.errors import InternalError, LocalError
from wetware.raft.core.errors import CompactedError, ProtocolError, UnavailableError
from wetware.raft.core.storage import Storage, limit_size
from wetware.raft.core.unstable import Unstable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wetware.raft.core.messages import Entry, HardState, Snapshot

__all__ = ["Log"]


class Log:
    """The whole log.

    Args:
        storage: its stable part.
        max_applying_size: bytes of entries handed out for applying and not acknowledged.
    """

    __slots__ = (
        "_applying_size",
        "_max_applying_size",
        "_paused",
        "_storage",
        "applied",
        "applying",
        "committed",
        "last_index",
        "unstable",
    )

    def __init__(self, storage: Storage, max_applying_size: int) -> None:
        self._storage = storage
        self._max_applying_size = max_applying_size
        self._applying_size = 0
        self._paused = False
        self.last_index = storage.last_index()
        # What storage compacted away was applied before, so it was committed.
        self.committed = self.applying = self.applied = storage.first_index() - 1
        self.unstable = Unstable(self.last_index + 1)

    # --- reading ------------------------------------------------------------------------------------------

    def first_index(self) -> int:
        """Give the index of the first entry that is not compacted."""
        snapshot = self.unstable.snapshot
        return snapshot.index + 1 if snapshot is not None else self._storage.first_index()

    def term(self, index: int) -> int:
        """Give the term of the entry at `index`.

        Raises:
            CompactedError, UnavailableError: as `Storage.term`.
        """
        term = self.unstable.term(index)
        if term is not None:
            return term
        if index > self.last_index:
            raise UnavailableError(f"index {index} lies behind the last, {self.last_index}")
        snapshot = self.unstable.snapshot
        if snapshot is not None and index < snapshot.index:
            raise CompactedError(f"index {index} was compacted away by a snapshot that is not stored yet")
        return self._storage.term(index)

    def last_term(self) -> int:
        """Give the term of the last entry."""
        return self.term(self.last_index)

    def matches(self, index: int, term: int) -> bool:
        """Tell whether the entry at `index` has that term: then both logs agree up to it (thesis 3.5)."""
        try:
            return self.term(index) == term
        except (CompactedError, UnavailableError):
            return False

    def is_up_to_date(self, index: int, term: int) -> bool:
        """Tell whether a log that ends so is at least as up to date: later term, or longer (thesis 3.6.1)."""
        last_term = self.last_term()
        return term > last_term or (term == last_term and index >= self.last_index)

    def entries(self, low: int, max_size: int) -> Sequence[Entry]:
        """Give the entries from `low` on, at least one if there is one, at most `max_size` bytes.

        Raises:
            CompactedError: `low` was compacted away.
        """
        if low > self.last_index:
            return ()
        return self.slice(low, self.last_index + 1, max_size)

    def slice(self, low: int, high: int, max_size: int) -> Sequence[Entry]:
        """Give the entries low … high - 1, cut to `max_size` bytes but to no fewer than one.

        Raises:
            CompactedError: `low` was compacted away.
        """
        offset = self.unstable.offset
        if low >= offset:
            return limit_size(self.unstable.slice(low, high), max_size)
        if low < self.first_index():
            raise CompactedError(f"index {low} was compacted away")
        stored = self._storage.entries(low, min(high, offset), max_size)
        if high <= offset or len(stored) < offset - low:
            return stored
        return limit_size([*stored, *self.unstable.slice(offset, high)], max_size)

    def scan(self, low: int, high: int, page_size: int) -> Iterator[Sequence[Entry]]:
        """Go through the entries low … high - 1 in pages of at most `page_size` bytes."""
        while low < high:
            page = self.slice(low, high, page_size)
            if not page:
                raise InternalError(
                    f"the storage gave no entries from {low} on, though the log reaches to {self.last_index}"
                )
            yield page
            low += len(page)

    def find_conflict_by_term(self, index: int, term: int) -> tuple[int, int]:
        """Give the largest index up to `index` whose entry has a term of at most `term`, and that term.

        It is the fast way back after a rejected append: everything behind it is known to differ, so one
        exchange skips whole terms (thesis 3.5, end). Where the entry was compacted the term is 0 (unknown).
        The search halves, since terms never fall along a log.
        """
        if index > self.last_index:
            return index, 0
        low = self.first_index() - 1  # the lowest index whose term is known
        if index < low:
            return index, 0
        if self.term(low) > term:
            return max(low - 1, 0), 0
        high = index
        while low < high:
            middle = (low + high + 1) // 2
            if self.term(middle) <= term:
                low = middle
            else:
                high = middle - 1
        return low, self.term(low)

    def snapshot(self) -> Snapshot:
        """Give a snapshot for a follower: the one that waits to be stored, else storage's.

        Raises:
            SnapshotUnavailableError: not at this moment.
        """
        return self.unstable.snapshot or self._storage.snapshot()

    # --- appending and committing -------------------------------------------------------------------------

    def append(self, entries: Sequence[Entry]) -> None:
        """Put entries behind the log or in place of its tail; none of what is committed may be touched."""
        if not entries:
            return
        first = entries[0].index
        if first <= self.committed:
            raise ProtocolError(f"an append would replace the committed entry at {first}")
        self.unstable.append(entries)
        self.last_index = entries[-1].index

    def maybe_append(self, index: int, term: int, entries: Sequence[Entry], commit: int) -> bool:
        """Append what a leader sent, if the entry before it matches (thesis figure 3.1, AppendEntries).

        Entries that are there already stay: a repeated or late message never cuts the log. Only from the
        first one on that differs is the tail replaced.

        Raises:
            ProtocolError: a committed entry differs, or the entries are not consecutive; nothing was changed.
        """
        if not self.matches(index, term):
            return False
        last = index + len(entries)
        if entries and (entries[0].index != index + 1 or entries[-1].index != last):
            raise ProtocolError(f"the entries behind {index} are not consecutive")
        new = self._first_new(entries)
        if new < len(entries):
            self.append(entries[new:])
        self.commit_to(min(commit, last))
        return True

    def _first_new(self, entries: Sequence[Entry]) -> int:
        """Give the position of the first entry that the log lacks or has with another term."""
        last_index = self.last_index
        for position, entry in enumerate(entries):
            if entry.index > last_index or not self.matches(entry.index, entry.term):
                return position
        return len(entries)

    def commit_to(self, index: int) -> None:
        """Move the commit mark to `index`, never back.

        Raises:
            ProtocolError: the log does not reach that far, so it has lost something that it acknowledged.
        """
        if index <= self.committed:
            return
        if index > self.last_index:
            raise ProtocolError(
                f"the leader counts on entry {index} here, but its log ends at {self.last_index}:"
                " it was damaged, cut, or emptied; remove this node and let it join under a new id"
            )
        self.committed = index

    def maybe_commit(self, index: int, term: int) -> bool:
        """Commit up to `index`, if that entry is of `term`: the leader's own (thesis 3.6.2, figure 3.7)."""
        if index <= self.committed or not self.matches(index, term):
            return False
        self.commit_to(index)
        return True

    def load(self, state: HardState) -> None:
        """Take the commit mark from storage.

        Raises:
            LocalError: it lies outside the log.
        """
        if not self.committed <= state.commit <= self.last_index:
            raise LocalError(
                f"the stored commit index {state.commit} lies outside the log"
                f" {self.committed}…{self.last_index}: the storage has lost entries"
            )
        self.committed = state.commit

    def restore(self, snapshot: Snapshot) -> None:
        """Put a snapshot in place of the whole log."""
        self.unstable.restore(snapshot)
        self.committed = snapshot.index
        self.last_index = snapshot.index

    # --- storing ------------------------------------------------------------------------------------------

    def has_next_unstable(self) -> bool:
        """Tell whether entries wait to be handed out for storing."""
        unstable = self.unstable
        return unstable.in_progress < unstable.offset + len(unstable.entries)

    def has_unstable(self) -> bool:
        """Tell whether entries are not known to be stored, handed out or not."""
        return bool(self.unstable.entries)

    def next_unstable(self) -> Sequence[Entry]:
        """Give the entries that are to be stored."""
        return self.unstable.next_entries()

    def next_snapshot(self) -> Snapshot | None:
        """Give the snapshot that is to be stored."""
        return self.unstable.next_snapshot()

    def accept_unstable(self) -> None:
        """Note that all that is unstable was handed out."""
        self.unstable.accept()

    def stored_to(self, index: int, term: int) -> None:
        """Note that storage holds the log up to that entry."""
        self.unstable.stored_to(index, term)

    # --- applying -----------------------------------------------------------------------------------------

    def _appliable(self, *, allow_unstable: bool) -> int:
        """The last index that may be handed out: committed, and stored unless the same `Ready` stores it."""
        return self.committed if allow_unstable else min(self.committed, self.unstable.offset - 1)

    def has_next(self, *, allow_unstable: bool) -> bool:
        """Tell whether anything waits to be handed out, for storing or for applying."""
        return (
            self.has_next_unstable()
            or self.has_next_committed(allow_unstable=allow_unstable)
            or self.unstable.next_snapshot() is not None
        )

    def has_next_committed(self, *, allow_unstable: bool) -> bool:
        """Tell whether `next_committed` would give entries."""
        if self.applying >= self.committed or self._paused or self.unstable.snapshot is not None:
            return False
        return self.applying < self._appliable(allow_unstable=allow_unstable)

    def next_committed(self, *, allow_unstable: bool) -> Sequence[Entry]:
        """Give the committed entries that are to be applied next, within the limit on what is under way."""
        if not self.has_next_committed(allow_unstable=allow_unstable):
            return ()
        high = self._appliable(allow_unstable=allow_unstable) + 1
        return self.slice(self.applying + 1, high, self._max_applying_size - self._applying_size)

    def accept_committed(self, index: int, size: int, *, allow_unstable: bool) -> None:
        """Note that the entries up to `index`, of `size` bytes, were handed out for applying."""
        if index > self.committed:
            raise InternalError(
                f"entry {index} was handed out for applying, but {self.committed} is committed"
            )
        self.applying = index
        self._applying_size += size
        # Where the limit cut the batch, wait for an acknowledgement even if it was not used up: the next
        # entry did not fit.
        self._paused = self._applying_size >= self._max_applying_size or index < self._appliable(
            allow_unstable=allow_unstable
        )

    def applied_to(self, index: int, size: int = 0) -> None:
        """Note that the state machine holds everything up to `index`, `size` bytes more than before.

        Raises:
            LocalError: that was never committed, or it moves back.
        """
        if not self.applied <= index <= self.committed:
            raise LocalError(
                f"entry {index} cannot be applied: {self.applied} is, and {self.committed} is committed"
            )
        self.applied = index
        self.applying = max(self.applying, index)
        self._applying_size = max(self._applying_size - size, 0)
        self._paused = self._applying_size >= self._max_applying_size

    def applied_snapshot(self, snapshot: Snapshot) -> None:
        """Note that a snapshot is stored and installed."""
        self.unstable.snapshot_stored(snapshot.index)
