"""Reading segments after a crash: what is whole, what is torn, what is damaged.

Rules that hold here:

1. A tail that does not read well is cut only where nothing shows that it was acknowledged: no sound record of
   a later batch (`records`, rule 2), no later segment, and no mark beyond it. Else the log is refused.
2. Nothing is changed before everything has been read and found sound.
3. What is kept behind the last mark is written and synced once more before it counts: after a failed sync the
   kernel shows pages that the disk may not have, and a second sync alone would not write them.
4. What cannot be told apart is said here: a *last* batch that was acknowledged, whose mark a power failure
   took with it, and which is damaged besides, looks torn. Whatever the machine wrote back (within seconds) is
   covered by the mark.

Tests: `tests/raft/test_log_crash.py`, `tests/raft/test_log_damage.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.raft.log.errors import CorruptLogError
from wetware.raft.log.records import (
    HEADER_SIZE,
    MARK_SIZE,
    Mark,
    SegmentHeader,
    Stored,
    is_later_batch,
    read_batch,
)
from wetware.raft.log.segments import MARK_NAME, Segments, Tail, segment_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wetware.raft.log.files import File, FileSystem

__all__ = ["Recovery"]


class Recovery:
    """One reading of a log's segments.

    Args:
        fs: the directory.
        sequences: the numbers of the segments to read, ascending, without gaps, not empty.

    Attributes:
        log_id: what all files of this log share; known once the first batch has come.
        cut: bytes of an unacknowledged tail that were dropped; known after `settle`.
    """

    def __init__(self, fs: FileSystem, sequences: Sequence[int]) -> None:
        self.log_id = b""
        self.cut = 0
        self._fs = fs
        self._sequences = sequences
        self._newest = sequences[-1]
        self._mark: Mark | None = None
        self._marks = 0
        self._salts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._prev = 0
        self._batch = 0
        self._newest_data = b""

    def batches(self) -> Iterator[tuple[int, list[Stored]]]:
        """Each batch with its segment's number, oldest first. Read them all before `settle`.

        Raises:
            CorruptLogError: acknowledged data is damaged or missing.
            OSError: the disk failed.
        """
        for sequence in self._sequences:
            file = self._fs.open(segment_name(sequence))
            try:
                data = file.read_at(0, file.size())
            finally:
                file.close()
            yield from self._read(sequence, data)
            if sequence == self._newest:
                self._newest_data = data

    def _read_mark(self) -> None:
        try:
            file = self._fs.open(MARK_NAME)
        except FileNotFoundError:
            return  # its name had not become durable: it is evidence, not data
        try:
            slots = [file.read_at(position, MARK_SIZE) for position in (0, MARK_SIZE)]
        finally:
            file.close()
        marks = [Mark.decode(slot, self.log_id) for slot in slots]
        self._mark = max((mark for mark in marks if mark is not None), default=None)
        # the next one goes where the newer one is not
        self._marks = 1 if self._mark is not None and marks[0] == self._mark else 0
        if self._mark is not None and self._mark.sequence > self._newest:
            raise CorruptLogError(segment_name(self._mark.sequence), 0, "the file is missing")

    def _read(self, sequence: int, data: bytes) -> Iterator[tuple[int, list[Stored]]]:
        name = segment_name(sequence)
        header = SegmentHeader.decode(data)
        if header is None:
            raise CorruptLogError(name, 0, "its header is not sound")
        if sequence == self._sequences[0]:
            self.log_id = header.log_id
            self._read_mark()
        elif header.prev != self._prev:
            raise CorruptLogError(name, 0, "it does not continue the file before it, whose end is missing")
        if header.log_id != self.log_id or header.sequence != sequence:
            raise CorruptLogError(name, 0, "it belongs to another log, or to another place in this one")
        mark = self._mark if self._mark is not None and self._mark.sequence == sequence else None
        view = memoryview(data)
        prev, batch, offset = header.prev, 0, HEADER_SIZE
        while True:
            records, end = read_batch(view, offset, salt=header.salt, prev=prev, batch=batch)
            if not records:
                break
            yield sequence, records
            prev = records[-1].crc
            if mark is not None and batch == mark.batch and end == mark.offset and prev == mark.crc:
                mark = None  # seen
            offset, batch = end, batch + 1
        if sequence != self._newest:
            if offset != len(data):
                raise CorruptLogError(name, end, "a record is not sound, and later files follow")
        elif batch == 0 or is_later_batch(data, offset, salt=header.salt, batch=batch):
            raise CorruptLogError(name, end, "a record is not sound, and acknowledged ones follow it")
        if mark is not None:
            raise CorruptLogError(name, end, "the log ends before what was acknowledged")
        self._salts[sequence] = header.salt
        self._ends[sequence] = offset
        self._prev, self._batch = prev, batch

    def settle(self, *, segment_size: int) -> Segments:
        """Cut what is torn, make the rest durable, and give the segments to append to.

        Raises:
            OSError: the disk failed.
        """
        opened = []
        try:
            opened.append(file := self._fs.open(segment_name(self._newest)))
            reserved = self._make_durable(file)
            marked = MARK_NAME in self._fs.names()
            opened.append(mark_file := (self._fs.open if marked else self._fs.create)(MARK_NAME))
            self._fs.sync()
        except OSError:
            for one in opened:
                one.close()
            raise
        tail = Tail(
            self.log_id,
            mark_file,
            file,
            self._salts,
            self._ends,
            self._prev,
            self._batch,
            reserved,
            self._marks,
        )
        segments = Segments(self._fs, tail, segment_size=segment_size)
        segments.acknowledge()
        return segments

    def _make_durable(self, file: File) -> int:
        data, end = self._newest_data, self._ends[self._newest]
        reserved = len(data)
        if data.count(0, end) != len(data) - end:
            self.cut = len(data) - end
            file.truncate(end)
            reserved = end
        mark = self._mark
        known = mark.offset if mark is not None and mark.sequence == self._newest else 0
        if known < end:
            file.write_at(known, memoryview(data)[known:end])
        file.sync()
        self._newest_data = b""
        return reserved
