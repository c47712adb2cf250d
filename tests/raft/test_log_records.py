"""Records, headers and marks: sound where they were written, and nowhere else."""

import random

import pytest

from wetware.errors import LocalError
from wetware.raft.log.records import (
    HEADER_SIZE,
    MARK_SIZE,
    RECORD_SIZE,
    Kind,
    Mark,
    Record,
    SegmentHeader,
    encode_batch,
    is_later_batch,
    read_batch,
    read_record,
)

SALT = 0x51A7_0001


def batch(*payloads, salt=SALT, offset=0, prev=0, number=0):
    records = [Record(Kind.ENTRY, 2, 7, index, payload) for index, payload in enumerate(payloads, 1)]
    return encode_batch(records, salt=salt, offset=offset, prev=prev, batch=number)


def read(data, offset=0, *, salt=SALT, prev=0, number=0):
    return read_batch(memoryview(bytes(data)), offset, salt=salt, prev=prev, batch=number)


def test_a_batch_comes_back():
    data, offsets, crc = batch(b"", b"one", b"x" * 1000)
    records, end = read(data)
    assert end == len(data)
    assert [record.offset for record in records] == offsets == [0, RECORD_SIZE, 2 * RECORD_SIZE + 3]
    assert [record.payload for record in records] == [b"", b"one", b"x" * 1000]
    assert [(record.kind, record.type, record.term, record.index) for record in records] == [
        (1, 2, 7, n) for n in (1, 2, 3)
    ]
    assert [record.last for record in records] == [0, 0, 1]
    assert records[-1].crc == crc


def test_numbers_have_64_bits():
    big = 2**64 - 1
    data, _, _ = encode_batch(
        [Record(Kind.HARD_STATE, 0, big, big, b"")], salt=SALT, offset=0, prev=0, batch=2**32 - 1
    )
    record = read_record(memoryview(data), 0, salt=SALT, offset=0)
    assert (record.term, record.index, record.batch) == (big, big, 2**32 - 1)


def test_every_flipped_bit_is_found():
    data, _, _ = batch(b"first", b"second")
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        records, where = read(flipped)
        assert records == []
        assert where in {0, RECORD_SIZE + 5}
        assert where <= bit // 8


def test_every_cut_is_found():
    data, _, _ = batch(b"first", b"second")
    for size in range(len(data)):
        assert read(data[:size])[0] == []


def test_a_batch_without_its_end_is_none():
    data, offsets, _ = batch(b"a", b"b", b"c")
    assert read(data[: offsets[2]]) == ([], offsets[2])


@pytest.mark.parametrize(
    "other",
    [{"salt": SALT + 1}, {"offset": 8}, {"prev": 1}, {"number": 1}],
    ids=["another salt", "another offset", "another predecessor", "another number"],
)
def test_an_older_life_is_not_taken(other):
    data, _, _ = batch(b"stale", **other)
    assert read(data)[0] == []


def test_a_record_is_found_wherever_it_follows_the_damage():
    first, _, crc = batch(b"damaged")
    second, _, _ = batch(b"acknowledged after it", offset=len(first), prev=crc, number=1)
    for length in (1, 10, len(first)):
        data = b"\xff" * length + bytes(first[length:]) + bytes(second)
        assert is_later_batch(data, 0, salt=SALT, batch=0)


def test_the_rest_of_the_same_batch_proves_nothing():
    data, offsets, _ = batch(b"torn", b"reached the disk", b"reached it too")
    torn = bytes(offsets[1]) + bytes(data[offsets[1] :])
    assert read(torn) == ([], 0)
    assert not is_later_batch(torn, 0, salt=SALT, batch=0)


def test_a_salt_by_chance_proves_nothing():
    rng = random.Random(1)
    noise = b"".join(SALT.to_bytes(4, "little") + rng.randbytes(rng.randint(0, 80)) for _ in range(500))
    assert not is_later_batch(noise, 0, salt=SALT, batch=0)


def test_an_entry_that_holds_records_of_this_log_proves_nothing():
    """Bytes of the log inside an entry stand at another offset."""
    inner, _, _ = batch(b"inner", number=9)
    data, _, _ = batch(bytes(inner))
    torn = bytearray(data)
    torn[20] ^= 1
    assert not is_later_batch(bytes(torn), 0, salt=SALT, batch=0)


def test_too_large_an_entry():
    class Huge(bytes):
        def __len__(self):
            return 1 << 31

    with pytest.raises(LocalError, match="too large"):
        batch(Huge())


def test_header():
    header = SegmentHeader(b"i" * 16, 2**63, SALT, 12)
    data = header.encode()
    assert len(data) == HEADER_SIZE
    assert SegmentHeader.decode(data + b"more") == header
    for size in range(len(data)):
        assert SegmentHeader.decode(data[:size]) is None
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        assert SegmentHeader.decode(bytes(flipped)) is None


def test_mark():
    mark = Mark(3, 4096, 17, 0xDEAD)
    data = mark.encode(b"i" * 16)
    assert len(data) == MARK_SIZE
    assert Mark.decode(data, b"i" * 16) == mark
    assert Mark.decode(data, b"j" * 16) is None
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        assert Mark.decode(bytes(flipped), b"i" * 16) is None
    assert max(Mark(2, 99, 9, 0), Mark(3, 1, 0, 0)).sequence == 3, "marks are ordered by how far they reach"
