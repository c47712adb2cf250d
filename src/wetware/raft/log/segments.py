"""The files that batches of records stand in: appended to, rolled, dropped.

Rules that hold here:

1. Nothing is acknowledged before its sync has succeeded. After any failed write or sync no further append is
   taken.
2. A segment appears under its name only when its header and preamble are durable (written aside, synced,
   renamed, directory synced), and only after the one before it is cut to its length and durable.
3. Every segment's preamble repeats the hard state and the snapshot in force, so that dropping the ones before
   it loses nothing.

Reading them again after a crash is `recovery`'s.

Tests: `tests/raft/test_log_crash.py`, `tests/raft/test_log_disk.py`.
"""

from __future__ import annotations

import contextlib
import errno
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from wetware.errors import LimitError
from wetware.raft.log.errors import CorruptLogError, DiskError, DiskFullError
from wetware.raft.log.records import (
    MARK_SIZE,
    RECORD_SIZE,
    Mark,
    Record,
    SegmentHeader,
    Stored,
    encode_batch,
    read_record,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.raft.log.files import File, FileSystem

__all__ = [
    "MARK_NAME",
    "NEW_SUFFIX",
    "SEGMENT_SUFFIX",
    "Place",
    "Segments",
    "Tail",
    "disk_error",
    "segment_name",
]

MARK_NAME = "acknowledged"
SEGMENT_SUFFIX = ".segment"
NEW_SUFFIX = ".new"
ID_SIZE = 16
_RESERVE = 1 << 20
_MAX_BATCH = 1 << 30


class Place(NamedTuple):
    """Where a record stands."""

    sequence: int
    offset: int


def segment_name(sequence: int) -> str:
    """The file name of a segment."""
    return f"{sequence:016x}{SEGMENT_SUFFIX}"


def disk_error(doing: str, error: OSError) -> DiskError:
    """The typed error for one of the operating system's."""
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return DiskFullError(f"no space left on the device while {doing}: make room, then open the log again")
    return DiskError(f"{error.strerror or error} while {doing}: check the disk, then open the log again")


@dataclass(slots=True)
class Tail:
    """Which segments there are, and where the next batch goes.

    Attributes:
        log_id: what all files of this log share.
        mark_file: where acknowledgements are written.
        file: the newest segment; None while there is none to write to.
        salts: of each segment, by its number, ascending.
        ends: where what is written ends in each, in bytes.
        prev: the checksum of the last record.
        batch: the next batch's number in the newest segment.
        reserved: the newest segment's length on the disk, in bytes.
        marks: how many marks were written; even ones go into the first place.
    """

    log_id: bytes
    mark_file: File
    file: File | None = None
    salts: dict[int, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    prev: int = 0
    batch: int = 0
    reserved: int = 0
    marks: int = 0

    @property
    def newest(self) -> int:
        """The number of the newest segment."""
        return next(reversed(self.salts))


class Segments:
    """The segment files of one log; one caller at a time appends or drops.

    Args:
        fs: the directory.
        tail: what is there.
        segment_size: a file is ended when the next batch would make it larger, in bytes.
    """

    def __init__(self, fs: FileSystem, tail: Tail, *, segment_size: int) -> None:
        self._fs = fs
        self._tail = tail
        self._segment_size = segment_size
        self._reader: tuple[int, File] | None = None  # the older one that was read last
        self._failed: DiskError | None = None

    @classmethod
    def create(cls, fs: FileSystem, preamble: Sequence[Record], *, segment_size: int) -> Segments:
        """A new log's first segment."""
        mark_file = fs.create(MARK_NAME)
        segments = cls(fs, Tail(fs.token(ID_SIZE), mark_file), segment_size=segment_size)
        try:
            segments._start(1, preamble)
        except OSError:
            mark_file.close()
            raise
        segments.acknowledge()
        return segments

    # what is there

    @property
    def log_id(self) -> bytes:
        """What all files of this log share."""
        return self._tail.log_id

    @property
    def size(self) -> int:
        """Bytes written in all segments, headers included."""
        return sum(self._tail.ends.values())

    @property
    def newest(self) -> int:
        """The number of the newest segment."""
        return self._tail.newest

    def read(self, place: Place, payload: int) -> Stored:
        """The record at a place whose payload has a known size.

        Raises:
            CorruptLogError: what stands there is not what was written.
            DiskError: the disk could not read it.
        """
        sequence, offset = place
        name = segment_name(sequence)
        try:
            data = self._file_of(sequence).read_at(offset, RECORD_SIZE + payload)
        except OSError as error:
            raise disk_error(f"reading log file {name!r}", error) from error
        record = read_record(memoryview(data), 0, salt=self._tail.salts[sequence], offset=offset)
        if record is None or len(record.payload) != payload:
            raise CorruptLogError(name, offset, "the record read back is not the one written")
        return record

    def _file_of(self, sequence: int) -> File:
        if sequence == self._tail.newest and self._tail.file is not None:
            return self._tail.file
        if self._reader is None or self._reader[0] != sequence:
            self._close_reader()
            self._reader = (sequence, self._fs.open(segment_name(sequence)))
        return self._reader[1]

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader[1].close()
            self._reader = None

    # appending

    def check(self) -> None:
        """Raise the error that ended this log's appending, if there was one."""
        if self._failed is not None:
            raise type(self._failed)(f"the log takes no more appends since this failure: {self._failed}")

    def append(self, records: Sequence[Record], preamble: Callable[[], Sequence[Record]]) -> list[Place]:
        """Make a batch durable, and say where each of its records stands.

        Args:
            records: the batch, not empty.
            preamble: gives what a new segment begins with, should this batch need one.

        Raises:
            DiskError: it is not durable, and no further append will be taken.
            LimitError: the batch is larger than 1 GiB; nothing was written.
        """
        self.check()
        size = sum([RECORD_SIZE + len(record.payload) for record in records])
        if size > _MAX_BATCH:
            raise LimitError(
                f"a batch of {size} bytes is too large to write at once: save fewer entries",
                limit="batch",
                used=size,
                allowed=_MAX_BATCH,
            )
        tail = self._tail
        newest = tail.newest
        try:
            if tail.ends[newest] + size > self._segment_size and tail.batch > 1:
                self._seal()
                newest += 1
                self._start(newest, preamble())
            offsets = self._write(records, newest)
        except OSError as error:
            self._failed = disk_error(f"appending to log file {segment_name(newest)!r}", error)
            raise self._failed from error
        self.acknowledge()
        return [Place(newest, offset) for offset in offsets]

    def _write(self, records: Sequence[Record], sequence: int) -> list[int]:
        tail = self._tail
        assert tail.file is not None, "a log that has not failed has a newest segment"
        start = tail.ends[sequence]
        data, offsets, crc = encode_batch(
            records, salt=tail.salts[sequence], offset=start, prev=tail.prev, batch=tail.batch
        )
        end = start + len(data)
        if end > tail.reserved:
            self._reserve(tail.file, end)
        tail.file.write_at(start, data)
        tail.file.sync()
        tail.prev = crc
        tail.batch += 1
        tail.ends[sequence] = end
        return offsets

    def _reserve(self, file: File, end: int) -> None:
        size = max(end, min(self._segment_size, end + _RESERVE))
        try:
            file.reserve(size)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            size = end  # the batch itself may still fit
        self._tail.reserved = size

    def acknowledge(self) -> None:
        """Write the mark; what it speaks of is durable, so its failure only stops what would come after."""
        tail = self._tail
        newest = tail.newest
        mark = Mark(newest, tail.ends[newest], tail.batch - 1, tail.prev)
        try:
            tail.mark_file.write_at(tail.marks % 2 * MARK_SIZE, mark.encode(tail.log_id))
        except OSError as error:
            self._failed = disk_error(f"writing log file {MARK_NAME!r}", error)
        tail.marks += 1

    def _seal(self) -> None:
        tail = self._tail
        assert tail.file is not None, "a log that has not failed has a newest segment"
        tail.file.truncate(tail.ends[tail.newest])
        tail.file.sync()
        tail.file.close()
        tail.file = None

    def _start(self, sequence: int, preamble: Sequence[Record]) -> None:
        tail = self._tail
        name = segment_name(sequence)
        salt = int.from_bytes(self._fs.token(4), "little")
        header = SegmentHeader(tail.log_id, sequence, salt, tail.prev).encode()
        data, _, crc = encode_batch(preamble, salt=salt, offset=len(header), prev=tail.prev, batch=0)
        file = self._fs.create(name + NEW_SUFFIX)
        try:
            file.write_at(0, header + data)
            file.sync()
            self._fs.rename(name + NEW_SUFFIX, name)
            self._fs.sync()
        except OSError:
            file.close()
            raise
        tail.file = file
        tail.salts[sequence] = salt
        tail.ends[sequence] = tail.reserved = len(header) + len(data)
        tail.prev = crc
        tail.batch = 1

    # dropping and closing

    def drop_before(self, sequence: int) -> None:
        """Remove the segments below a number; what they hold must not be needed any more.

        Raises:
            DiskError: one could not be removed; it only takes up space.
        """
        old = [number for number in self._tail.salts if number < sequence]
        if old and self._reader is not None and self._reader[0] < sequence:
            self._close_reader()
        try:
            for number in old:
                self._fs.remove(segment_name(number))
                del self._tail.salts[number], self._tail.ends[number]
            if old:
                self._fs.sync()
        except OSError as error:
            raise disk_error("removing old log files", error) from error

    def close(self) -> None:
        """Let go of the files; the mark is synced, so that the next opening need not guess about the tail."""
        self._close_reader()
        tail = self._tail
        if self._failed is None:
            with contextlib.suppress(OSError):  # it is evidence, not data
                tail.mark_file.sync()
        tail.mark_file.close()
        if tail.file is not None:
            tail.file.close()
            tail.file = None
