"""The files that batches of records stand in: appended to, rolled, dropped, and read again after a crash.

Rules that hold here:

1. Nothing is acknowledged before its sync has succeeded. After any failed write or sync no further append is
   taken.
2. A segment appears under its name only when its header and preamble are durable (written aside, synced,
   renamed, directory synced), and only after the one before it is cut to its length and durable.
3. Every segment's preamble repeats the hard state and the snapshot in force, so that dropping the ones
   before it loses nothing.
4. A tail that does not read well is cut only where nothing shows that it was acknowledged: no later batch
   (`records`, rule 2) and no mark beyond it. Else the log is refused and left as it is.
5. What is kept of an unacknowledged tail is written and synced once more before it counts: after a failed
   sync the kernel shows pages that the disk may not have.

Tests: `tests/raft/test_log_crash.py`, `tests/raft/test_log_damage.py`.
"""

from __future__ import annotations

import contextlib
import errno
from typing import NamedTuple, TYPE_CHECKING

from wetware.errors import LimitError
from wetware.raft.log.errors import CorruptLogError, DiskError, DiskFullError
from wetware.raft.log.records import (
    HEADER_SIZE,
    MARK_SIZE,
    RECORD_SIZE,
    Mark,
    Record,
    SegmentHeader,
    Stored,
    encode_batch,
    is_later_batch,
    read_batch,
    read_record,
)

if TYPE_CHECKING:
    from wetware.raft.log.files import File, FileSystem
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["MARK_NAME", "Place", "Segments", "disk_error"]

MARK_NAME = "acknowledged"
SUFFIX = ".segment"
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
    return f"{sequence:016x}{SUFFIX}"


def disk_error(doing: str, error: OSError) -> DiskError:
    """The typed error for one of the operating system's."""
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return DiskFullError(f"no space left on the device while {doing}: make room, then open the log again")
    return DiskError(f"{error.strerror or error} while {doing}: check the disk, then open the log again")


class Segments:
    """The segment files of one log. Made by `create` or `recover`; one caller at a time appends or drops."""

    def __init__(self, fs: FileSystem, log_id: bytes, *, segment_size: int) -> None:
        self.log_id = log_id
        self._fs = fs
        self._segment_size = segment_size
        self._salts: dict[int, int] = {}  # sequence -> salt, ascending
        self._ends: dict[int, int] = {}  # sequence -> end of what is written, in bytes
        self._file: File | None = None  # the newest segment
        self._mark_file: File | None = None
        self._reader: tuple[int, File] | None = None  # an older one, read last
        self._prev = 0
        self._batch = 0
        self._reserved = 0
        self._marks = 0
        self._failed: DiskError | None = None

    # what is there

    @property
    def size(self) -> int:
        """Bytes written in all segments, headers included."""
        return sum(self._ends.values())

    @property
    def sequences(self) -> list[int]:
        """The numbers of the segments, ascending."""
        return list(self._salts)

    def read(self, place: Place, payload: int) -> Stored:
        """The record at a place whose payload has a known size.

        Raises:
            CorruptLogError: what stands there is not what was written.
            DiskError: the disk could not read it.
        """
        sequence, offset = place
        size = RECORD_SIZE + payload
        try:
            data = self._file_of(sequence).read_at(offset, size)
        except OSError as error:
            raise disk_error(f"reading log file {segment_name(sequence)!r}", error) from error
        record = read_record(memoryview(data), 0, salt=self._salts[sequence], offset=offset)
        if record is None or len(record.payload) != payload:
            raise CorruptLogError(
                segment_name(sequence), offset, "the record read back is not the one written"
            )
        return record

    def _file_of(self, sequence: int) -> File:
        newest = next(reversed(self._salts))
        if sequence == newest and self._file is not None:
            return self._file
        if self._reader is None or self._reader[0] != sequence:
            self._close_reader()
            self._reader = (sequence, self._fs.open(segment_name(sequence)))
        return self._reader[1]

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader[1].close()
            self._reader = None

    # appending

    def append(self, records: Sequence[Record], preamble: Sequence[Record]) -> list[Place]:
        """Make a batch durable, and say where each of its records stands.

        Args:
            records: the batch, not empty.
            preamble: what a new segment begins with, should this batch need one.

        Raises:
            DiskError: it is not durable, and no further append will be taken.
        """
        if self._failed is not None:
            raise type(self._failed)(f"the log takes no more appends since this failure: {self._failed}")
        size = sum(RECORD_SIZE + len(record.payload) for record in records)
        if size > _MAX_BATCH:
            raise LimitError(
                f"a batch of {size} bytes is too large to write at once: save fewer entries",
                limit="batch",
                used=size,
                allowed=_MAX_BATCH,
            )
        try:
            sequence = next(reversed(self._salts))
            if self._ends[sequence] + size > self._segment_size and self._batch > 1:
                self._seal()
                self._start(sequence + 1, preamble)
                sequence += 1
            offsets = self._write(sequence, records)
        except OSError as error:
            self._failed = disk_error(f"appending to log file {segment_name(sequence)!r}", error)
            raise self._failed from error
        self._acknowledge(sequence)
        return [Place(sequence, offset) for offset in offsets]

    def _write(self, sequence: int, records: Sequence[Record]) -> list[int]:
        assert self._file is not None, "a log that is open has a newest segment"
        start = self._ends[sequence]
        data, offsets, crc = encode_batch(
            records, salt=self._salts[sequence], offset=start, prev=self._prev, batch=self._batch
        )
        end = start + len(data)
        if end > self._reserved:
            self._reserve(end)
        self._file.write_at(start, data)
        self._file.sync()
        self._prev = crc
        self._batch += 1
        self._ends[sequence] = end
        return offsets

    def _reserve(self, end: int) -> None:
        assert self._file is not None, "a log that is open has a newest segment"
        size = max(end, min(self._segment_size, end + _RESERVE))
        try:
            self._file.reserve(size)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            size = end  # the batch itself may still fit
        self._reserved = size

    def _acknowledge(self, sequence: int) -> None:
        """Write the mark: what it speaks of is durable already, so its own failure only stops what comes
        after."""
        assert self._mark_file is not None, "a log that is open has its mark's file"
        mark = Mark(sequence, self._ends[sequence], self._batch - 1, self._prev)
        try:
            self._mark_file.write_at(self._marks % 2 * MARK_SIZE, mark.encode(self.log_id))
        except OSError as error:
            self._failed = disk_error(f"writing log file {MARK_NAME!r}", error)
        self._marks += 1

    def _seal(self) -> None:
        assert self._file is not None, "a log that is open has a newest segment"
        self._file.truncate(next(reversed(self._ends.values())))
        self._file.sync()
        self._file.close()
        self._file = None

    def _start(self, sequence: int, preamble: Sequence[Record]) -> None:
        name = segment_name(sequence)
        salt = int.from_bytes(self._fs.token(4), "little")
        header = SegmentHeader(self.log_id, sequence, salt, self._prev).encode()
        data, _, crc = encode_batch(preamble, salt=salt, offset=len(header), prev=self._prev, batch=0)
        file = self._fs.create(name + NEW_SUFFIX)
        try:
            file.write_at(0, header + data)
            file.sync()
            self._fs.rename(name + NEW_SUFFIX, name)
            self._fs.sync()
        except OSError:
            file.close()
            raise
        self._file = file
        self._salts[sequence] = salt
        self._ends[sequence] = self._reserved = len(header) + len(data)
        self._prev = crc
        self._batch = 1

    def drop_before(self, sequence: int) -> None:
        """Remove the segments below a number; what they hold must not be needed any more."""
        dropped = False
        for old in [number for number in self._salts if number < sequence]:
            if self._reader is not None and self._reader[0] == old:
                self._close_reader()
            try:
                self._fs.remove(segment_name(old))
            except OSError as error:
                raise disk_error(f"removing log file {segment_name(old)!r}", error) from error
            del self._salts[old], self._ends[old]
            dropped = True
        if dropped:
            try:
                self._fs.sync()
            except OSError as error:
                raise disk_error("removing log files", error) from error

    def close(self) -> None:
        """Let go of the files; the mark is synced, so that the next opening need not guess about the tail."""
        self._close_reader()
        if self._mark_file is not None:
            if self._failed is None:
                with contextlib.suppress(OSError):  # it is evidence, not data
                    self._mark_file.sync()
            self._mark_file.close()
        if self._file is not None:
            self._file.close()
        self._file = self._mark_file = None

    # beginning and recovering

    @classmethod
    def create(cls, fs: FileSystem, preamble: Sequence[Record], *, segment_size: int) -> Segments:
        """A new log's first segment."""
        segments = cls(fs, fs.token(ID_SIZE), segment_size=segment_size)
        segments._mark_file = fs.create(MARK_NAME)
        segments._start(1, preamble)
        segments._acknowledge(1)
        return segments

    @classmethod
    def recover(
        cls, fs: FileSystem, sequences: Sequence[int], *, segment_size: int
    ) -> tuple[Segments, Recovery]:
        """The segments as the last writer left them; the second result must be read to its end before
        appending.

        Args:
            fs: the directory.
            sequences: the numbers of the segments to read, ascending, without gaps.
            segment_size: as for `create`.
        """
        first = fs.open(segment_name(sequences[0]))
        try:
            header = SegmentHeader.decode(first.read_at(0, HEADER_SIZE))
        finally:
            first.close()
        if header is None:
            raise CorruptLogError(segment_name(sequences[0]), 0, "its header is not sound")
        segments = cls(fs, header.log_id, segment_size=segment_size)
        return segments, Recovery(segments, sequences)


class Recovery:
    """Reading segments after a crash: batch by batch, oldest first.

    Attributes:
        cut: bytes of an unacknowledged tail that were dropped.
    """

    def __init__(self, segments: Segments, sequences: Sequence[int]) -> None:
        self.cut = 0
        self._segments = segments
        self._sequences = sequences
        self._mark: Mark | None = None

    def batches(self, finish: Callable[[int], None]) -> Iterator[tuple[int, list[Stored]]]:
        """Each batch with its segment's number; at the end the log is ready for appends.

        Args:
            finish: called with the newest segment's number when everything has been read and nothing changed
                yet; raises where what was read is not whole.

        Raises:
            CorruptLogError: acknowledged data is damaged or missing; nothing was changed.
            OSError: the disk failed.
        """
        segments = self._segments
        self._read_mark()
        newest = self._sequences[-1]
        if self._mark is not None and self._mark.sequence > newest:
            raise CorruptLogError(segment_name(self._mark.sequence), 0, "the file is missing")
        for sequence in self._sequences:
            file = segments._fs.open(segment_name(sequence))
            try:
                data = file.read_at(0, file.size())
                end = yield from self._read(sequence, data)
                if sequence == newest:
                    finish(newest)
                    self._settle(sequence, file, data, end)
                    segments._file = file
            finally:
                if segments._file is not file:
                    file.close()
        segments._acknowledge(newest)

    def _read_mark(self) -> None:
        segments = self._segments
        try:
            file = segments._fs.open(MARK_NAME)
        except FileNotFoundError:
            return  # its name had not become durable: it is evidence, not data
        segments._mark_file = file
        slots = [file.read_at(position, MARK_SIZE) for position in (0, MARK_SIZE)]
        marks = [Mark.decode(slot, segments.log_id) for slot in slots]
        self._mark = max((mark for mark in marks if mark is not None), default=None)
        # the slot that does not hold the newer one is written next
        segments._marks = 1 if self._mark is not None and marks[0] == self._mark else 0

    def _read(self, sequence: int, data: bytes) -> Iterator[tuple[int, list[Stored]]]:
        segments, mark, name = self._segments, self._mark, segment_name(sequence)
        header = SegmentHeader.decode(data)
        if header is None:
            raise CorruptLogError(name, 0, "its header is not sound")
        if header.log_id != segments.log_id or header.sequence != sequence:
            raise CorruptLogError(name, 0, "it belongs to another log, or to another place in this one")
        if sequence != self._sequences[0] and header.prev != segments._prev:
            raise CorruptLogError(name, 0, "it does not continue the file before it, whose end is missing")
        view = memoryview(data)
        prev, batch, offset = header.prev, 0, HEADER_SIZE
        seen = mark is None or mark.sequence != sequence
        while True:
            records, end = read_batch(view, offset, salt=header.salt, prev=prev, batch=batch)
            if not records:
                break
            yield sequence, records
            prev = records[-1].crc
            if not seen and mark is not None and batch == mark.batch:
                seen = end == mark.offset and prev == mark.crc
            offset, batch = end, batch + 1
        if sequence != self._sequences[-1]:
            if offset != len(data):
                raise CorruptLogError(name, end, "a record is not sound, and later files follow")
        elif batch == 0 or is_later_batch(data, offset, salt=header.salt, batch=batch):
            raise CorruptLogError(name, end, "a record is not sound, and acknowledged ones follow it")
        if not seen:
            raise CorruptLogError(name, end, "the log ends before what was acknowledged")
        segments._salts[sequence] = header.salt
        segments._ends[sequence] = offset
        segments._prev, segments._batch = prev, batch
        return offset

    def _settle(self, sequence: int, file: File, data: bytes, end: int) -> None:
        """Make what was read durable, and nothing else (rule 5)."""
        if data.count(0, end) != len(data) - end:
            self.cut = len(data) - end
            file.truncate(end)
            self._segments._reserved = end
        else:
            self._segments._reserved = len(data)
        mark = self._mark
        known = mark.offset if mark is not None and mark.sequence == sequence else 0
        if known < end:
            file.write_at(known, memoryview(data)[known:end])
        file.sync()
        if self._segments._mark_file is None:
            self._segments._mark_file = self._segments._fs.create(MARK_NAME)
        self._segments._fs.sync()
