"""The bytes of a log: what a record, a segment's header and an acknowledgement look like. No I/O.

Rules that hold here:

1. A *batch* is what one step of consensus wants durable at once. It is one write followed by one sync, and
   is taken whole or not at all: its last record says so.
2. A batch is written only after the one before it is durable. So a sound record of a *later* batch proves
   that everything before it had been acknowledged, whatever it looks like now.
3. A record is sound by itself (its checksum is seeded with the segment's salt and its own offset) and in its
   place (it names the checksum of the record before it). Bytes from an earlier life of the file satisfy
   neither.
4. Everything is little-endian. Numbers of consensus (terms, indexes, ids) have 64 bits.

A record::

    0        4        8        12       16       20   21   22   24       32       40
    | salt   | crc    | prev   | length | batch  |kind|type|last| term   | index  | payload (length bytes)

    crc   CRC-32 over everything from `prev` to the payload's end, seeded with (salt + offset) mod 2³²
    prev  the crc of the record before this one; that of the previous segment's last record in a segment's
    first batch the batch's number in its segment, from 0
    last  1 in a batch's last record, else 0

Tests: `tests/raft/test_log_records.py`.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "HEADER_SIZE",
    "MARK_SIZE",
    "RECORD_SIZE",
    "Kind",
    "Mark",
    "Record",
    "SegmentHeader",
    "Stored",
    "encode_batch",
    "is_later_batch",
    "read_batch",
    "read_record",
]

_RECORD = struct.Struct("<IIIIIBBHQQ")
RECORD_SIZE = _RECORD.size
_PREV_AT = 8  # where the checksummed part of a record begins
_CRC = struct.Struct("<I")
_MAX_PAYLOAD = 0x7FFF_FFFF

_HEADER = struct.Struct("<8s16sQII")
HEADER_SIZE = _HEADER.size + _CRC.size
_HEADER_MAGIC = b"wwraft\x00\x01"  # the last byte is the format's version

_MARK = struct.Struct("<QQII")
MARK_SIZE = _MARK.size + _CRC.size


class Kind(IntEnum):
    """What a record says."""

    ENTRY = 1  # an entry; those at its index and above are gone
    HARD_STATE = 2  # term, commit (as `index`) and vote (the payload)
    SNAPSHOT = 3  # this snapshot is durable; the entries stay
    RESTORE = 4  # this snapshot is durable and replaces all entries


class Record(NamedTuple):
    """What is asked to be written."""

    kind: int
    type: int
    term: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody wants of a record
    payload: bytes


class Stored(NamedTuple):
    """A record found sound, and where."""

    kind: int
    type: int
    term: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody wants of a record
    payload: bytes
    offset: int
    crc: int
    prev: int
    batch: int
    last: int


def encode_batch(
    records: Sequence[Record], *, salt: int, offset: int, prev: int, batch: int
) -> tuple[bytearray, list[int], int]:
    """The bytes of a batch for `offset`, the offset of each record, and the checksum of the last."""
    out = bytearray()
    offsets = []
    final = len(records) - 1
    for position, (kind, type_, term, index, payload) in enumerate(records):
        size = len(payload)
        if size > _MAX_PAYLOAD:
            raise LocalError(f"an entry of {size} bytes is too large for the log: split it below 2 GiB")
        here = offset + len(out)
        body = _RECORD.pack(salt, 0, prev, size, batch, kind, type_, position == final, term, index)
        prev = crc32(payload, crc32(memoryview(body)[_PREV_AT:], (salt + here) & 0xFFFF_FFFF))
        offsets.append(here)
        out += body
        _CRC.pack_into(out, len(out) - RECORD_SIZE + 4, prev)
        out += payload
    return out, offsets, prev


def read_record(data: memoryview, at: int, *, salt: int, offset: int) -> Stored | None:
    """The record at `data[at]`, which stands at `offset` of its segment; None where there is no sound one."""
    if at + RECORD_SIZE > len(data):
        return None
    found, crc, prev, length, batch, kind, type_, last, term, index = _RECORD.unpack_from(data, at)
    end = at + RECORD_SIZE + length
    if (
        found != salt
        or end > len(data)
        or crc32(data[at + _PREV_AT : end], (salt + offset) & 0xFFFF_FFFF) != crc
    ):
        return None
    return Stored(
        kind, type_, term, index, bytes(data[at + RECORD_SIZE : end]), offset, crc, prev, batch, last
    )


def read_batch(
    data: memoryview, offset: int, *, salt: int, prev: int, batch: int
) -> tuple[list[Stored], int]:
    """The whole batch number `batch` at `offset`, and its end.

    Where it is not there or not whole: no records, and the offset of the first one that is missing.
    """
    records = []
    while True:
        record = read_record(data, offset, salt=salt, offset=offset)
        if record is None or record.prev != prev or record.batch != batch:
            return [], offset
        records.append(record)
        offset += RECORD_SIZE + len(record.payload)
        prev = record.crc
        if record.last:
            return records, offset


def is_later_batch(data: bytes, offset: int, *, salt: int, batch: int) -> bool:
    """Whether a sound record of a batch after number `batch` stands anywhere from `offset` on (rule 2)."""
    view = memoryview(data)
    needle = _CRC.pack(salt)
    while (offset := data.find(needle, offset)) >= 0:
        record = read_record(view, offset, salt=salt, offset=offset)
        if record is not None and record.batch > batch:
            return True
        offset += 1
    return False


class SegmentHeader(NamedTuple):
    """The first bytes of a segment.

    Attributes:
        log_id: 16 bytes that all files of one log share, so that those of another are not taken.
        sequence: the segment's number, from 1, without gaps.
        salt: 32 bits that no other segment is likely to have.
        prev: the checksum of the last record of the segment before; 0 in the first.
    """

    log_id: bytes
    sequence: int
    salt: int
    prev: int

    def encode(self) -> bytes:
        """The `HEADER_SIZE` bytes."""
        body = _HEADER.pack(_HEADER_MAGIC, self.log_id, self.sequence, self.salt, self.prev)
        return body + _CRC.pack(crc32(body))

    @classmethod
    def decode(cls, data: bytes | memoryview) -> SegmentHeader | None:
        """The header that `data` begins with; None where there is no sound one."""
        if len(data) < HEADER_SIZE:
            return None
        body = data[: _HEADER.size]
        if _CRC.unpack_from(data, _HEADER.size)[0] != crc32(body):
            return None
        magic, log_id, sequence, salt, prev = _HEADER.unpack(body)
        return cls(log_id, sequence, salt, prev) if magic == _HEADER_MAGIC else None


class Mark(NamedTuple):
    """An acknowledgement: the log was durable up to here when this was written.

    It is written after each sync, without one of its own, in two places by turns, so that a torn one leaves
    the other. It may be old and never claims too much: a log that is shorter than its mark has lost
    acknowledged data.

    Attributes:
        sequence: the segment's number.
        offset: the end of the batch in it.
        batch: the batch's number in the segment.
        crc: the checksum of the batch's last record.
    """

    sequence: int
    offset: int
    batch: int
    crc: int

    def encode(self, log_id: bytes) -> bytes:
        """The `MARK_SIZE` bytes."""
        body = _MARK.pack(*self)
        return body + _CRC.pack(crc32(body, crc32(log_id)))

    @classmethod
    def decode(cls, data: bytes, log_id: bytes) -> Mark | None:
        """The mark that `data` is; None where it is not a sound one of this log."""
        if len(data) < MARK_SIZE:
            return None
        body = data[: _MARK.size]
        if _CRC.unpack_from(data, _MARK.size)[0] != crc32(body, crc32(log_id)):
            return None
        return cls(*_MARK.unpack(body))
