"""The durable log: what the core's `Storage` reads, and what each step of consensus writes.

Rules that hold here:

1. `save` returns after everything it was given is on the disk; what it raised for was not acknowledged. One
   call is one write and one sync, and after a crash it is there whole or not at all.
2. A commit index alone is not worth a sync: it is kept in memory and written with whatever comes next. But
   one that commits a membership change is: a member that went by it and forgot could need the votes of nodes
   that were removed, and are gone.
3. What has been acknowledged is never silently lost: damage is found at the next opening, or at the read,
   and refused.
4. One writer at a time.
5. What the log holds is decided by its records in their order and by nothing else (`replay`): an entry
   replaces those at its index and above; a restored snapshot replaces all; a snapshot taken here replaces
   none.

Tests: `tests/raft/test_log_durable.py` (as a storage, against `MemoryStorage`), `test_log_crash.py` (a crash
at every operation), `test_log_damage.py` (a flip of every bit, cuts, missing files), `test_log_disk.py`
(full and failing disks).
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from wetware.errors import ClosedError, LocalError
from wetware.raft.core.errors import CompactedError, SnapshotOutOfDateError, UnavailableError
from wetware.raft.core.messages import (
    EMPTY_CONF_STATE,
    ENTRY_OVERHEAD,
    ConfState,
    Entry,
    EntryType,
    HardState,
    Snapshot,
)
from wetware.raft.log import snapshots
from wetware.raft.log.errors import DiskError, LogFullError, LogLockedError
from wetware.raft.log.files import FileSystem, Lock, OsFileSystem
from wetware.raft.log.index import EntryIndex
from wetware.raft.log.records import RECORD_SIZE, Kind, Record
from wetware.raft.log.replay import Replayed, hard_state_record, replay, snapshot_record
from wetware.raft.log.segments import disk_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from wetware.raft.log.segments import Place
    from wetware.raft.log.snapshots import SnapshotRef

__all__ = ["DurableLog", "LogConfig"]

_ENTRY_TYPES = {int(kind): kind for kind in EntryType}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogConfig:
    """The sizes of a log, in bytes.

    Attributes:
        segment_size: a file is ended when the next batch would make it larger. Compaction frees whole files.
        total_size: segments and snapshot together; entries that would exceed it are refused. Zero: no limit.
        cache_size: how much of the newest entries is kept in memory.
    """

    segment_size: int = 16 << 20
    total_size: int = 0
    cache_size: int = 16 << 20

    def __post_init__(self) -> None:
        if not 4096 <= self.segment_size <= 1 << 30:
            raise LocalError(f"segment_size must lie between 4096 and 2**30, not {self.segment_size}")
        if self.total_size < 0 or self.cache_size < 0:
            raise LocalError("total_size and cache_size must not be negative")


@dataclass(slots=True)
class Step:
    """What one `save` is to make durable; `prepare` makes it, `flush` fills it, `adopt` takes it over.

    Its fields are the log's business. `places` and `ref` say where things stand once they are durable.
    """

    hard_state: HardState
    records: list[Record]
    entries: Sequence[Entry] = ()
    snapshot: Snapshot | None = None
    restores: bool = False
    places: Sequence[Place] = ()
    ref: SnapshotRef | None = None


class DurableLog:
    """A group member's log in a directory. Made by `open`; it is a `Storage` for the core.

    Not for several tasks at once, but for one thing: `flush` may run in a thread while the core reads.

    Attributes:
        cut: bytes of a torn, never acknowledged tail that the last opening dropped.
    """

    def __init__(self, fs: FileSystem, lock: Lock, config: LogConfig, found: Replayed) -> None:
        self._fs = fs
        self._lock = lock
        self._config = config
        self._segments = found.segments
        self._index = found.index
        self._hard_state = self._stored_hard_state = found.hard_state
        self._snapshot = found.snapshot
        self._conf_state = found.conf_state
        self._next_snapshot = found.next_snapshot
        self._closed = False
        self.cut = found.cut

    # opening and closing

    @classmethod
    def open(cls, where: str | os.PathLike[str] | FileSystem, config: LogConfig | None = None) -> DurableLog:
        """Open the log in a directory, or begin one in an empty directory.

        Raises:
            CorruptLogError: acknowledged data is damaged or missing; nothing was changed.
            DiskError: the disk failed.
            LogLockedError: another writer has it.
        """
        config = config or LogConfig()
        try:
            fs = OsFileSystem(where) if isinstance(where, str | os.PathLike) else where
            lock = fs.lock()
        except OSError as error:
            raise disk_error(f"opening the log in {str(where)!r}", error) from error
        try:
            found = replay(fs, segment_size=config.segment_size, cache_size=config.cache_size)
        except BaseException:
            lock.release()
            raise
        return cls(fs, lock, config, found)

    def close(self) -> None:
        """Write the commit index if that is still to be done; let go of the files and the right to write."""
        if not self._closed:
            if self._hard_state != self._stored_hard_state:
                with contextlib.suppress(DiskError, LogLockedError):  # it was not worth a sync
                    self.flush(Step(self._hard_state, [hard_state_record(self._hard_state)]))
            self._closed = True
            self._segments.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # what the core reads

    def initial_state(self) -> tuple[HardState, ConfState]:
        """As `Storage.initial_state`: the membership is the snapshot's."""
        return self._hard_state, self._conf_state

    def first_index(self) -> int:
        """As `Storage.first_index`."""
        return self._index.first

    def last_index(self) -> int:
        """As `Storage.last_index`."""
        return self._index.last

    def term(self, index: int) -> int:
        """As `Storage.term`."""
        if index < self._index.before:
            raise CompactedError(
                f"index {index} was compacted away; the log begins behind {self._index.before}"
            )
        if index > self._index.last:
            raise UnavailableError(f"index {index} lies behind the last, {self._index.last}")
        return self._index.term(index)

    def entries(self, low: int, high: int, max_size: int) -> Sequence[Entry]:
        """As `Storage.entries`.

        Raises:
            CompactedError: `low` was compacted away.
            UnavailableError: `high - 1` lies behind the last entry.
            CorruptLogError: an entry read from the disk is not the one written.
            DiskError: the disk could not read it.
        """
        index = self._index
        if low <= index.before:
            raise CompactedError(f"index {low} was compacted away; the log begins behind {index.before}")
        if high > index.last + 1:
            raise UnavailableError(f"index {high - 1} lies behind the last, {index.last}")
        self._check_open()
        found: list[Entry] = []
        size = 0
        for number in range(low, high):
            size += index.size(number) + ENTRY_OVERHEAD
            if size > max_size and found:
                break
            entry = index.cached(number)
            found.append(self._read(number) if entry is None else entry)
        return found

    def _read(self, index: int) -> Entry:
        record = self._segments.read(self._index.place(index), self._index.size(index))
        return Entry(record.term, record.index, _ENTRY_TYPES[record.type], record.payload)

    def snapshot(self) -> Snapshot:
        """The snapshot in force, read from the disk; an empty one at index 0 where there is none.

        Raises:
            CorruptLogError: it is damaged.
            DiskError: the disk could not read it.
        """
        self._check_open()
        if self._snapshot is None:
            return Snapshot(0, 0, EMPTY_CONF_STATE)
        return snapshots.load(self._fs, self._segments.log_id, self._snapshot)

    @property
    def snapshot_index(self) -> int:
        """The last entry that the snapshot in force covers; 0 where there is none."""
        return 0 if self._snapshot is None else self._snapshot.index

    @property
    def stored_commit(self) -> int:
        """The commit index that a restart will find; `initial_state` may be ahead of it."""
        return self._stored_hard_state.commit

    @property
    def size(self) -> int:
        """Bytes in segments and snapshot."""
        return self._segments.size + (0 if self._snapshot is None else self._snapshot.size)

    # what each step writes

    def save(
        self,
        hard_state: HardState | None = None,
        entries: Sequence[Entry] = (),
        snapshot: Snapshot | None = None,
    ) -> None:
        """Make one step durable: a snapshot from the leader, then the entries behind it, and the hard state.

        The core's `must_sync` need not be heeded: where the commit index is the only news, nothing is
        written.

        Args:
            hard_state: the new one; None where it has not changed.
            entries: consecutive ones; those at their indexes and above are dropped.
            snapshot: replaces the whole log.

        Raises:
            LocalError: the entries would leave a gap; nothing was written.
            SnapshotOutOfDateError: the snapshot in force is as recent; nothing was written.
            LogFullError: the configured size is reached; nothing was written, and after a compaction it will
                be.
            DiskError: nothing of this is acknowledged, and the log takes no more appends.
            LogLockedError: another writer has taken over.
        """
        step = self.prepare(hard_state, entries, snapshot)
        self.flush(step)
        self.adopt(step)

    def prepare(
        self,
        hard_state: HardState | None = None,
        entries: Sequence[Entry] = (),
        snapshot: Snapshot | None = None,
    ) -> Step:
        """The first third of `save`: check, without effect.

        `save` in three thirds lets a program that must not block run the middle one in a thread::

            step = log.prepare(hard_state, entries, snapshot)
            await asyncio.to_thread(log.flush, step)
            log.adopt(step)

        Nothing else may be saved, compacted or taken a snapshot of in between; the core may read.
        """
        self._check_open()
        before, last = self._index.before, self._index.last
        if snapshot is not None:
            if snapshot.index <= self.snapshot_index:
                raise SnapshotOutOfDateError(
                    f"a snapshot at {snapshot.index} came where one at {self.snapshot_index} is held already"
                )
            before = last = snapshot.index
        if entries and entries[0].index <= before:
            entries = entries[before + 1 - entries[0].index :]
        for position, entry in enumerate(entries):
            expected = entries[0].index + position
            if entry.index != expected or expected > last + 1 + position:
                raise LocalError(
                    f"entry {entry.index} would leave a gap: the log ends at {last}, entries are consecutive"
                )
        state = self._hard_state if hard_state is None else hard_state
        if state.term:
            # with asynchronous writes a snapshot may have been taken ahead of the commit index that is queued
            covered = before if snapshot else self.snapshot_index
            if covered > state.commit:
                state = state._replace(commit=covered)
        end = entries[-1].index if entries else last
        if state.commit > end:
            raise LocalError(f"commit index {state.commit} lies behind the last entry, {end}")
        records = self._hard_state_records(state, alone=not entries and snapshot is None)
        records += [Record(Kind.ENTRY, entry.type, entry.term, entry.index, entry.data) for entry in entries]
        if entries:
            self._check_size(records)
        return Step(state, records, entries, snapshot, restores=snapshot is not None)

    def worth_writing(self, hard_state: HardState) -> bool:
        """Whether a hard state is worth a write where it is the only news (rule 2)."""
        return bool(self._hard_state_records(hard_state, alone=True))

    def _hard_state_records(self, state: HardState, *, alone: bool) -> list[Record]:
        stored = self._stored_hard_state
        if state == stored:
            return []
        if alone and state[:2] == stored[:2] and not self._index.holds_change(stored.commit, state.commit):
            return []
        return [hard_state_record(state)]

    def _check_size(self, records: Sequence[Record]) -> None:
        allowed = self._config.total_size
        if not allowed:
            return
        used = self.size + sum(RECORD_SIZE + len(record.payload) for record in records)
        if used > allowed:
            raise LogFullError(
                f"the log would grow to {used} bytes where {allowed} are allowed: take a snapshot and "
                f"compact it, or raise total_size",
                limit="total_size",
                used=used,
                allowed=allowed,
            )

    def flush(self, step: Step) -> None:
        """The middle third of `save`: the disk's work. See `save` for what it raises."""
        self._check_open()
        try:
            self._lock.check()
        except OSError as error:
            raise disk_error("looking whether this is the only writer", error) from error
        records = step.records
        if step.snapshot is not None:
            self._segments.check()
            sequence, self._next_snapshot = self._next_snapshot, self._next_snapshot + 1
            ref = step.ref = snapshots.write(self._fs, self._segments.log_id, sequence, step.snapshot)
            kind = Kind.RESTORE if step.restores else Kind.SNAPSHOT
            records = [snapshot_record(kind, ref), *records]
        if records:
            step.places = self._segments.append(records, self._preamble)

    def _preamble(self) -> list[Record]:
        records = [hard_state_record(self._stored_hard_state)]
        if self._snapshot is not None:
            records.append(snapshot_record(Kind.SNAPSHOT, self._snapshot))
        return records

    def adopt(self, step: Step) -> None:
        """The last third of `save`: the core sees it from here on.

        Raises:
            DiskError: what the step made superfluous could not be removed. The step itself is durable.
        """
        self._hard_state = step.hard_state
        if step.places:
            self._stored_hard_state = step.hard_state
        old = self._snapshot
        if step.ref is not None and step.snapshot is not None:
            self._snapshot, self._conf_state = step.ref, step.snapshot.conf_state
            if step.restores:
                self._index = EntryIndex(step.ref.index, step.ref.term, cache_size=self._config.cache_size)
        places = step.places[len(step.places) - len(step.entries) :]  # the entries stand last in their batch
        for entry, place in zip(step.entries, places, strict=True):
            self._index.append(entry.index, entry.term, entry.type, len(entry.data), place, entry=entry)
        if step.ref is not None:
            if old is not None:
                snapshots.remove_others(self._fs, [old.name], step.ref)
            if step.restores:
                self._drop_segments()

    # snapshots taken here, and compaction

    def create_snapshot(self, index: int, conf_state: ConfState, data: bytes) -> Snapshot:
        """Make the state machine's state after `index` durable; the entries stay until `compact`.

        Args:
            index: an applied index.
            conf_state: the membership there.
            data: the state.

        Raises:
            SnapshotOutOfDateError: the one in force is as recent.
            CompactedError: `index` was compacted away.
            UnavailableError: `index` lies behind the last entry.
            DiskError: the snapshot is not there; the one before it still is.
        """
        step = self.prepare_snapshot(index, conf_state, data)
        self.flush(step)
        self.adopt(step)
        assert step.snapshot is not None, "a snapshot's step has one"
        return step.snapshot

    def prepare_snapshot(self, index: int, conf_state: ConfState, data: bytes) -> Step:
        """The first third of `create_snapshot`; go on as after `prepare`."""
        self._check_open()
        if index <= self.snapshot_index:
            raise SnapshotOutOfDateError(f"a snapshot at {self.snapshot_index} is held already")
        snapshot = Snapshot(index, self.term(index), conf_state, data)
        # what is applied is committed, even if that word has not come here yet
        state = self._hard_state._replace(commit=max(self._hard_state.commit, index))
        return Step(state, self._hard_state_records(state, alone=False), snapshot=snapshot)

    def compact(self, index: int) -> None:
        """Drop the entries up to and including `index`, and the files that nothing needs any more.

        Raises:
            CompactedError: they are gone already.
            LocalError: no snapshot covers them.
            DiskError: a file could not be removed; the log is sound.
        """
        self._check_open()
        if index <= self._index.before:
            raise CompactedError(f"the log is compacted to {self._index.before} already")
        if index > self.snapshot_index:
            raise LocalError(
                f"the snapshot covers entries up to {self.snapshot_index}, not {index}: take one first"
            )
        self._index.drop_through(index)
        self._drop_segments()

    def _drop_segments(self) -> None:
        index = self._index
        needed = index.place(index.first).sequence if index.last >= index.first else self._segments.newest
        self._segments.drop_before(needed)

    def _check_open(self) -> None:
        if self._closed:
            raise ClosedError("the log has been closed: open it again")
