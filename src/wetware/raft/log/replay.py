"""From the files of a directory to the state they stand for.

Files that nothing needs (a compaction was interrupted, a snapshot was never named, a file was being written)
are removed only after everything that counts has been read and found sound.

Tests: `tests/raft/test_log_crash.py`, `tests/raft/test_log_damage.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wetware.raft.core.messages import EMPTY_CONF_STATE, EMPTY_HARD_STATE, ConfState, HardState
from wetware.raft.log import snapshots
from wetware.raft.log.errors import CorruptLogError
from wetware.raft.log.index import EntryIndex
from wetware.raft.log.records import Kind, Record, Stored
from wetware.raft.log.recovery import Recovery
from wetware.raft.log.segments import (
    MARK_NAME,
    NEW_SUFFIX,
    SEGMENT_SUFFIX,
    Place,
    Segments,
    disk_error,
    segment_name,
)
from wetware.raft.log.snapshots import SNAPSHOT_SUFFIX, SnapshotRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.raft.log.files import FileSystem

__all__ = ["Replayed", "hard_state_record", "replay", "snapshot_record"]


def hard_state_record(state: HardState) -> Record:
    """The record of a hard state."""
    return Record(Kind.HARD_STATE, 0, state.term, state.commit, state.vote.to_bytes(8, "little"))


def snapshot_record(kind: Kind, ref: SnapshotRef) -> Record:
    """The record that names a snapshot."""
    return Record(kind, 0, ref.term, ref.index, ref.encode())


@dataclass(slots=True)
class Replayed:
    """What a directory stands for, ready to be appended to.

    Attributes:
        segments: the files.
        index: the entries in force.
        hard_state: the last one written.
        snapshot: the one in force, found sound; None where there is none.
        conf_state: the membership in it.
        cut: bytes of a torn tail that were dropped.
        next_snapshot: the number for the next snapshot's file.
    """

    segments: Segments
    index: EntryIndex
    hard_state: HardState = EMPTY_HARD_STATE
    snapshot: SnapshotRef | None = None
    conf_state: ConfState = EMPTY_CONF_STATE
    cut: int = 0
    next_snapshot: int = 1


def replay(fs: FileSystem, *, segment_size: int, cache_size: int) -> Replayed:
    """Read a log, or begin one where there is none.

    Raises:
        CorruptLogError: acknowledged data is damaged or missing; nothing was changed.
        DiskError: the disk failed.
    """
    try:
        names = fs.names()
        numbers = _sequences(names)
        if numbers:
            return _read(fs, names, numbers, segment_size, cache_size)
        return _begin(fs, names, segment_size, cache_size)
    except OSError as error:
        raise disk_error("opening the log", error) from error


def _sequences(names: Sequence[str]) -> list[int]:
    numbers = []
    for name in names:
        if name.endswith(SEGMENT_SUFFIX):
            try:
                numbers.append(int(name[: -len(SEGMENT_SUFFIX)], 16))
            except ValueError:
                raise CorruptLogError(name, 0, "no log file has such a name") from None
    return sorted(numbers)


def _begin(fs: FileSystem, names: Sequence[str], segment_size: int, cache_size: int) -> Replayed:
    if any(name.endswith(SNAPSHOT_SUFFIX) for name in names):
        raise CorruptLogError(segment_name(1), 0, "there is a snapshot, and every log file is missing")
    if MARK_NAME in names:
        # the mark is written once the first segment is durable; an empty one is left by a crash just before
        mark = fs.open(MARK_NAME)
        try:
            if mark.size():
                raise CorruptLogError(
                    segment_name(1), 0, "something was acknowledged, and every log file is missing"
                )
        finally:
            mark.close()
    segments = Segments.create(fs, [hard_state_record(EMPTY_HARD_STATE)], segment_size=segment_size)
    return Replayed(segments, EntryIndex(0, 0, cache_size=cache_size))


def _read(
    fs: FileSystem, names: Sequence[str], numbers: Sequence[int], segment_size: int, cache_size: int
) -> Replayed:
    # a compaction removes the oldest files, and a crash may keep any of these removals from lasting: what
    # counts is the run that ends with the newest; it either has all that is needed, or `_finish` finds what
    # is missing
    start = len(numbers) - 1
    while start and numbers[start - 1] == numbers[start] - 1:
        start -= 1
    recovery = Recovery(fs, numbers[start:])
    machine = _Machine(cache_size)
    for sequence, batch in recovery.batches():
        for record in batch:
            machine.take(sequence, record)
    index, ref = machine.finish(numbers[-1]), machine.snapshot
    conf_state = EMPTY_CONF_STATE if ref is None else snapshots.load(fs, recovery.log_id, ref).conf_state
    segments = recovery.settle(segment_size=segment_size)
    for name in names:
        unneeded = name.endswith(NEW_SUFFIX) or (
            name.endswith(SNAPSHOT_SUFFIX) and (ref is None or name != ref.name)
        )
        if unneeded or (name.endswith(SEGMENT_SUFFIX) and name < segment_name(numbers[start])):
            fs.remove(name)
    following = snapshots.next_sequence(names)
    return Replayed(segments, index, machine.hard_state, ref, conf_state, recovery.cut, following)


class _Machine:
    """Takes the records in their order; `finish` says whether what they stand for is whole."""

    def __init__(self, cache_size: int) -> None:
        self.index: EntryIndex | None = None
        self.hard_state = EMPTY_HARD_STATE
        self.snapshot: SnapshotRef | None = None
        self._cache_size = cache_size
        self._founded = False  # whether the term before the first entry is known

    def take(self, sequence: int, record: Stored) -> None:
        match record.kind:
            case Kind.ENTRY:
                self._take_entry(sequence, record)
            case Kind.HARD_STATE:
                self.hard_state = HardState(
                    record.term, int.from_bytes(record.payload, "little"), record.index
                )
            case Kind.SNAPSHOT:
                self.snapshot = SnapshotRef.decode(record.payload, record.index, record.term)
            case Kind.RESTORE:
                self.snapshot = SnapshotRef.decode(record.payload, record.index, record.term)
                self.index = EntryIndex(record.index, record.term, cache_size=self._cache_size)
                self._founded = True
            case _:
                raise CorruptLogError(
                    segment_name(sequence),
                    record.offset,
                    f"a record of the unknown kind {record.kind}: is the log newer?",
                )

    def _take_entry(self, sequence: int, record: Stored) -> None:
        index = self.index
        if index is None or (not self._founded and record.index <= index.before):
            # the first that is kept, or one that replaces it: what is before it was compacted away
            index = self.index = EntryIndex(record.index - 1, 0, cache_size=self._cache_size)
            self._founded = record.index == 1
        if not index.first <= record.index <= index.last + 1:
            raise CorruptLogError(
                segment_name(sequence),
                record.offset,
                f"entry {record.index} does not follow entry {index.last}",
            )
        place = Place(sequence, record.offset)
        index.append(record.index, record.term, record.type, len(record.payload), place)

    def finish(self, sequence: int) -> EntryIndex:
        """The entries in force, now that all records have been taken.

        Raises:
            CorruptLogError: there is a gap, or the log contradicts its snapshot or its commit index.
        """
        covered, term = (0, 0) if self.snapshot is None else (self.snapshot.index, self.snapshot.term)
        index = self.index
        if index is None:
            index = self.index = EntryIndex(covered, term, cache_size=self._cache_size)
        if index.before > covered or index.last < covered:
            raise CorruptLogError(
                segment_name(sequence),
                0,
                f"entries {index.first} to {index.last} are there, the snapshot covers {covered}: files miss",
            )
        if not self._founded:
            if index.before == covered:
                index.before_term = term
            else:
                index.drop_through(index.first)  # its term is what is known of the place before the next
        if covered >= index.before and index.term(covered) != term:
            raise CorruptLogError(
                segment_name(sequence), 0, f"entry {covered} has another term than its snapshot"
            )
        if self.hard_state.commit > index.last:
            raise CorruptLogError(
                segment_name(sequence),
                0,
                f"the log ends with entry {index.last}, and entry {self.hard_state.commit} was committed",
            )
        return index
