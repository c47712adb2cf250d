"""What the core reads from the durable log, and a log in memory.

Rules that hold here:

1. The core only reads. Whoever drives it writes, in this order for each `Ready`: hard state, snapshot,
   entries.
2. A storage holds one snapshot, at index s (zero for none), and the entries s' + 1 … last without gaps,
   where s' is at least s or equal to the index it was compacted to. `first_index` is s' + 1; the term at s'
   is known too.
3. Writing entries at an index that exists replaces it *and drops everything behind it* (thesis figure 3.1,
   AppendEntries, step 3).
4. What a storage has once acknowledged it never loses; the core counts on it (thesis 3.8, "persisted state").

Held by test_core_log, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from wetware.errors import LocalError
from wetware.raft.core.errors import (
    CompactedError,
    SnapshotOutOfDateError,
    UnavailableError,
)
from wetware.raft.core.messages import (
    EMPTY_CONF_STATE,
    EMPTY_HARD_STATE,
    ENTRY_OVERHEAD,
    ConfState,
    Entry,
    HardState,
    Snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MemoryStorage", "Storage", "limit_size"]


def limit_size(entries: Sequence[Entry], max_size: int) -> Sequence[Entry]:
    """Cut `entries` to the longest head of at most `max_size` bytes; the first entry always stays."""
    size = 0
    for count, entry in enumerate(entries):
        size += len(entry.data) + ENTRY_OVERHEAD
        if size > max_size and count:
            return entries[:count]
    return entries


class Storage(Protocol):
    """The stable part of the log, as the core sees it."""

    def initial_state(self) -> tuple[HardState, ConfState]:
        """Give what was stored last: hard state, and the membership at the applied index.

        (At the snapshot's, where nothing was applied since.) Both are empty in a node that never was part
        of a cluster.
        """
        ...

    def entries(self, low: int, high: int, max_size: int) -> Sequence[Entry]:
        """Give the entries low … high - 1, cut to `max_size` bytes (see `limit_size`), at least one.

        Raises:
            CompactedError: `low` was compacted away.
            UnavailableError: `high - 1` lies behind the last entry.
        """
        ...

    def term(self, index: int) -> int:
        """Give the term of the entry at `index`, from `first_index() - 1` on.

        Raises:
            CompactedError: `index` was compacted away.
            UnavailableError: `index` lies behind the last entry.
        """
        ...

    def first_index(self) -> int:
        """Give the index of the first entry that `entries` can serve (also where there is none yet)."""
        ...

    def last_index(self) -> int:
        """Give the index of the last entry, or of the snapshot where there is none."""
        ...

    def snapshot(self) -> Snapshot:
        """Give a snapshot for a follower that is too far behind.

        It should be *recent*, best made on demand at the applied index: a follower that is not in its
        `conf_state` ignores it.

        Raises:
            SnapshotUnavailableError: not at this moment; the core asks again with the next heartbeat's
            answer.
        """
        ...


class MemoryStorage:
    """A log in memory: for tests, for guests, and as the model of what a durable one has to do.

    Args:
        snapshot: the snapshot to start from (`Snapshot.founding` for a new cluster); none for a node that
            will join one.
    """

    __slots__ = ("_base", "_base_term", "_entries", "_snapshot", "conf_state", "hard_state")

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.hard_state: HardState = EMPTY_HARD_STATE
        self.conf_state: ConfState = EMPTY_CONF_STATE
        self._snapshot = Snapshot(0, 0, EMPTY_CONF_STATE)
        self._base = 0  # the index before the first entry, and its term
        self._base_term = 0
        self._entries: list[Entry] = []
        if snapshot is not None:
            self.apply_snapshot(snapshot)

    def initial_state(self) -> tuple[HardState, ConfState]:
        """See `Storage.initial_state`."""
        return self.hard_state, self.conf_state

    def first_index(self) -> int:
        """See `Storage.first_index`."""
        return self._base + 1

    def last_index(self) -> int:
        """See `Storage.last_index`."""
        return self._base + len(self._entries)

    def term(self, index: int) -> int:
        """See `Storage.term`."""
        position = index - self._base
        if position < 0:
            raise CompactedError(f"index {index} was compacted away; the log begins behind {self._base}")
        if position == 0:
            return self._base_term
        if position > len(self._entries):
            raise UnavailableError(f"index {index} lies behind the last, {self.last_index()}")
        return self._entries[position - 1].term

    def entries(self, low: int, high: int, max_size: int) -> Sequence[Entry]:
        """See `Storage.entries`."""
        if low <= self._base:
            raise CompactedError(f"index {low} was compacted away; the log begins behind {self._base}")
        if high > self.last_index() + 1:
            raise UnavailableError(f"index {high - 1} lies behind the last, {self.last_index()}")
        return limit_size(self._entries[low - self._base - 1 : high - self._base - 1], max_size)

    def snapshot(self) -> Snapshot:
        """See `Storage.snapshot`."""
        return self._snapshot

    def set_hard_state(self, hard_state: HardState) -> None:
        """Store term, vote and commit index."""
        self.hard_state = hard_state

    def append(self, entries: Sequence[Entry]) -> None:
        """Store consecutive entries in place of what was at their indexes and behind; skip compacted ones.

        Raises:
            LocalError: there would be a gap behind the last entry.
        """
        if not entries:
            return
        first = entries[0].index
        if first > self.last_index() + 1:
            raise LocalError(f"entries from {first} on would leave a gap behind {self.last_index()}")
        if entries[-1].index <= self._base:
            return
        if first <= self._base:
            entries = entries[self._base + 1 - first :]
            first = self._base + 1
        del self._entries[first - self._base - 1 :]
        self._entries.extend(entries)

    def apply_snapshot(self, snapshot: Snapshot) -> None:
        """Replace the whole log by a snapshot.

        Raises:
            SnapshotOutOfDateError: the one held is as recent.
        """
        if snapshot.index <= self._snapshot.index:
            raise SnapshotOutOfDateError(
                f"a snapshot at {snapshot.index} came where one at {self._snapshot.index} is held already"
            )
        self._snapshot = snapshot
        self.conf_state = snapshot.conf_state
        self._base = snapshot.index
        self._base_term = snapshot.term
        self._entries = []

    def create_snapshot(self, index: int, conf_state: ConfState | None = None, data: bytes = b"") -> Snapshot:
        """Record the state machine's state after `index`; the log is kept until `compact`.

        Args:
            index: an applied index.
            conf_state: the membership there; None: as before.
            data: the state.

        Raises:
            SnapshotOutOfDateError: the one held is as recent.
            UnavailableError: `index` lies behind the last entry.
        """
        if index <= self._snapshot.index:
            raise SnapshotOutOfDateError(f"a snapshot at {self._snapshot.index} is held already")
        term = self.term(index)
        if conf_state is not None:
            self.conf_state = conf_state
        self._snapshot = Snapshot(index, term, self.conf_state, data)
        return self._snapshot

    def compact(self, index: int) -> None:
        """Drop the entries up to and including `index`.

        Raises:
            CompactedError: they are gone already.
            UnavailableError: `index` lies behind the last entry.
        """
        if index <= self._base:
            raise CompactedError(f"the log is compacted to {self._base} already")
        term = self.term(index)
        del self._entries[: index - self._base]
        self._base = index
        self._base_term = term
