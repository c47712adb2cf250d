"""The routing table: the newest heartbeat of each node, until its time to live is over.

Rules that hold here:

1. No I/O, no clock: time is passed in (seconds, monotonic). Time that runs backwards stands still
   (test_time_does_not_run_backwards).
2. Of one node's heartbeats the one of the higher version wins: newer boot epoch first, then sequence number.
   So a restart under the same key takes over at once, and what comes late or twice changes nothing
   (test_upsert_rules).
3. A record ends when no newer heartbeat has come for its time to live, counted from when its last one was
   heard; a record that is refreshed in time never ends (test_refreshed_in_time).
4. The table holds `max_records` nodes and no more: a new one is refused with a `TableFullError`, one that it
   knows is always taken (test_bounded).
5. A snapshot never changes and costs nothing to take; the first change after it copies the table. Indices are
   built when a query asks, and stay while no node joins, leaves or changes what it says of itself: a beat
   alone does not touch them (test_snapshots_do_not_change, test_indices_survive_beats).

The named tests are in `tests/cluster/test_table.py`; `test_cluster_models.py` holds it to a naive table.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal

from wetware.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import PeerId

__all__ = ["Indices", "Record", "Snapshot", "Table", "TableFullError", "Upserted"]

MAX_RECORDS: Final = 10_000

IndexKind = Literal["id", "server", "host", "meta"]


class TableFullError(LimitError):
    """The routing table holds as many nodes as it may."""


class Upserted(Enum):
    """What a heartbeat changed."""

    ADDED = "added"
    RENEWED = "renewed"
    CHANGED = "changed"  # it says something else of itself
    RESTARTED = "restarted"  # a newer boot epoch
    DUPLICATE = "duplicate"
    STALE = "stale"
    EXPIRED = "expired"  # its time to live was over before it came

    @property
    def is_news(self) -> bool:
        """Whether the table took it."""
        return self not in _IGNORED


_IGNORED: Final = frozenset({Upserted.DUPLICATE, Upserted.STALE, Upserted.EXPIRED})


@dataclass(frozen=True, slots=True)
class Record:
    """A node in the table.

    Attributes:
        beat: its newest heartbeat.
        heard: when that was heard, in the table's time.
    """

    beat: Heartbeat
    heard: float

    @property
    def deadline(self) -> float:
        """When the record ends unless a newer heartbeat comes."""
        return self.heard + self.beat.ttl / 1000


class Indices:
    """Sorted keys of one set of records, each list built when it is first asked for.

    An entry is (key, peer): several nodes may have one key, and a node has several keys of `meta`.
    """

    __slots__ = ("_lists",)

    def __init__(self) -> None:
        self._lists: dict[str, list[tuple[str | bytes, PeerId]]] = {}

    def entries(self, kind: IndexKind, records: Mapping[PeerId, Record]) -> list[tuple[str | bytes, PeerId]]:
        """The sorted entries of a kind; `records` is any state with the same keys."""
        found = self._lists.get(kind)
        if found is None:
            found = self._lists[kind] = sorted(
                (key, peer) for peer, record in records.items() for key in keys_of(record, kind)
            )
        return found


def keys_of(record: Record, kind: IndexKind) -> tuple[str | bytes, ...]:
    """The keys under which a record is found."""
    beat = record.beat
    if kind == "id":
        return (beat.peer.text,)
    if kind == "server":
        return (beat.server.to_bytes(8, "big"),)
    if kind == "host":
        return (beat.host,)
    return tuple(sorted(set(beat.meta)))


class Snapshot:
    """The table at one moment. It never changes.

    Attributes:
        records: the nodes.
        time: the table's time when it was taken.
    """

    __slots__ = ("_indices", "records", "time")

    def __init__(self, records: Mapping[PeerId, Record], indices: Indices, time: float) -> None:
        self.records = records
        self.time = time
        self._indices = indices

    def entries(self, kind: IndexKind) -> list[tuple[str | bytes, PeerId]]:
        """(key, peer) of every record, sorted."""
        return self._indices.entries(kind, self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())


class Table:
    """The routing table of one node."""

    __slots__ = ("_due", "_indices", "_now", "_records", "_shared", "max_records")

    def __init__(self, max_records: int = MAX_RECORDS) -> None:
        self.max_records = max_records
        self._records: dict[PeerId, Record] = {}
        self._indices = Indices()
        self._shared = False
        # (a deadline that was right once, peer): every record stands here once or more
        self._due: list[tuple[float, bytes, PeerId]] = []
        self._now = float("-inf")

    @property
    def now(self) -> float:
        """The latest time that was passed in."""
        return self._now

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, peer: PeerId) -> bool:
        return peer in self._records

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def get(self, peer: PeerId) -> Record | None:
        """A node's record."""
        return self._records.get(peer)

    def snapshot(self) -> Snapshot:
        """The table as it is."""
        self._shared = True
        return Snapshot(self._records, self._indices, self._now)

    def upsert(self, beat: Heartbeat, now: float, heard: float | None = None) -> Upserted:
        """Take a heartbeat whose signature is right.

        Args:
            beat: the heartbeat.
            now: the time.
            heard: when it was heard, where somebody else heard it earlier; by default `now`.

        Raises:
            TableFullError: it is of a node that the table does not know, and the table is full.
        """
        now = self._tick(now)
        heard = now if heard is None else min(heard, now)
        old = self._records.get(beat.peer)
        if old is not None:
            if beat.version == old.beat.version:
                return Upserted.DUPLICATE
            if beat.version < old.beat.version:
                return Upserted.STALE
        record = Record(beat, heard)
        if record.deadline < now:
            return Upserted.EXPIRED
        if old is None and len(self._records) >= self.max_records:
            raise TableFullError(
                f"the routing table is full: it holds {self.max_records} nodes",
                limit="max_records",
                used=len(self._records) + 1,
                allowed=self.max_records,
            )
        self._own()
        self._records[beat.peer] = record
        if old is None:
            outcome = Upserted.ADDED
        elif beat.epoch != old.beat.epoch:
            outcome = Upserted.RESTARTED
        elif _said(beat) != _said(old.beat):
            outcome = Upserted.CHANGED
        else:
            outcome = Upserted.RENEWED
        if outcome is not Upserted.RENEWED and (old is None or _said(beat) != _said(old.beat)):
            self._indices = Indices()
        if old is None or record.deadline < old.deadline:
            # an earlier deadline than the one that stands in the heap: it needs an entry of its own
            heapq.heappush(self._due, (record.deadline, beat.peer.binary, beat.peer))
            self._compact()
        return outcome

    def remove(self, peer: PeerId) -> Record | None:
        """Take a node out; its record, or None where there was none."""
        if peer not in self._records:
            return None
        self._own()
        record = self._records.pop(peer)
        self._indices = Indices()
        return record

    def advance(self, now: float) -> list[Record]:
        """Let time pass; the records whose time to live is over, which are out of the table."""
        now = self._tick(now)
        ended = []
        while self._due and self._due[0][0] < now:
            _, binary, peer = heapq.heappop(self._due)
            record = self._records.get(peer)
            if record is None:
                continue
            if record.deadline < now:
                self.remove(peer)
                ended.append(record)
            else:
                heapq.heappush(self._due, (record.deadline, binary, peer))
        return ended

    def _tick(self, now: float) -> float:
        self._now = max(self._now, now)
        return self._now

    def _own(self) -> None:
        """Before a change: leave the present state to the snapshots that have it."""
        if self._shared:
            self._records = dict(self._records)
            self._shared = False

    def _compact(self) -> None:
        """Keep the heap in proportion to the table, however often nodes come and go."""
        if len(self._due) > 2 * len(self._records) + 64:
            self._due = [(r.deadline, peer.binary, peer) for peer, r in self._records.items()]
            heapq.heapify(self._due)


def _said(beat: Heartbeat) -> tuple[object, ...]:
    """What of a heartbeat the indices are made of."""
    return beat.server, beat.host, beat.meta
