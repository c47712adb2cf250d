"""Where each entry of the log stands, and the newest entries themselves. No I/O.

An entry costs 20 bytes here whatever its size; the newest ones are kept whole up to a number of bytes, since
those are what followers, and the state machine, ask for. Older ones are read from the disk.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right

from wetware.raft.core.messages import ENTRY_OVERHEAD, Entry, EntryType
from wetware.raft.log.segments import Place

__all__ = ["EntryIndex"]

_OFFSET_BITS = 32


class EntryIndex:
    """The entries that are in force: `before` stands just ahead of the first.

    Attributes:
        before: index of the entry before the first one held.
        before_term: its term.
    """

    def __init__(self, before: int, before_term: int, *, cache_size: int) -> None:
        self.before = before
        self.before_term = before_term
        self._terms = array("Q")
        self._places = array("Q")
        self._sizes = array("I")
        self._changes: list[int] = []  # the membership changes among them
        self._cache: dict[int, Entry] = {}  # contiguous, ends with the last entry
        self._cache_size = cache_size
        self._cached = 0

    @property
    def first(self) -> int:
        """Index of the first entry held, or that would be."""
        return self.before + 1

    @property
    def last(self) -> int:
        """Index of the last entry held, or `before`."""
        return self.before + len(self._terms)

    def term(self, index: int) -> int:
        """The term of an entry from `before` to `last`."""
        return self.before_term if index == self.before else self._terms[index - self.before - 1]

    def size(self, index: int) -> int:
        """The length of an entry's data in bytes."""
        return self._sizes[index - self.before - 1]

    def place(self, index: int) -> Place:
        """Where an entry stands."""
        packed = self._places[index - self.before - 1]
        return Place(packed >> _OFFSET_BITS, packed & ((1 << _OFFSET_BITS) - 1))

    def cached(self, index: int) -> Entry | None:
        """The entry itself, if it is among the newest."""
        return self._cache.get(index)

    def holds_change(self, after: int, through: int) -> bool:
        """Whether there is a membership change among the entries after one index and up to another."""
        return bisect_right(self._changes, through) > bisect_right(self._changes, after)

    def append(
        self, index: int, term: int, kind: int, size: int, place: Place, *, entry: Entry | None = None
    ) -> None:
        """Note an entry; those at its index and above are gone. `index` is from `first` to `last + 1`."""
        if index <= self.last:
            self.truncate(index)
        self._terms.append(term)
        self._places.append(place.sequence << _OFFSET_BITS | place.offset)
        self._sizes.append(size)
        if kind != EntryType.NORMAL:
            self._changes.append(index)
        if entry is not None:
            self._cache[index] = entry
            self._cached += size + ENTRY_OVERHEAD
            while self._cached > self._cache_size:
                self._uncache(next(iter(self._cache)))

    def _uncache(self, index: int) -> None:
        self._cached -= len(self._cache.pop(index).data) + ENTRY_OVERHEAD

    def truncate(self, index: int) -> None:
        """Forget the entries at `index` and above."""
        for gone in range(max(index, self.last + 1 - len(self._cache)), self.last + 1):
            self._uncache(gone)
        keep = index - self.before - 1
        del self._terms[keep:], self._places[keep:], self._sizes[keep:]
        del self._changes[bisect_left(self._changes, index) :]

    def drop_through(self, index: int) -> None:
        """Forget the entries up to and including `index`, which is held; its term stays known."""
        self.before_term = self.term(index)
        for gone in range(max(self.first, self.last + 1 - len(self._cache)), index + 1):
            self._uncache(gone)
        count = index - self.before
        self.before = index
        del self._terms[:count], self._places[:count], self._sizes[:count]
        del self._changes[: bisect_right(self._changes, index)]
