"""A flip of every bit, a cut at every length, a missing or foreign file: found and refused, or without
effect.

Never used: what a damaged log gives is what was acknowledged, or `CorruptLogError`.
"""

import random
import re

import pytest
from log_model import SMALL, held, opened

from wetware.raft.core.messages import ConfState, Entry, HardState, Snapshot
from wetware.raft.log import CorruptLogError, LogConfig
from wetware.raft.log.records import (
    HEADER_SIZE,
    MARK_SIZE,
    Record,
    SegmentHeader,
    encode_batch,
    read_batch,
)
from wetware.raft.testing.disk import SimulatedDisk


def a_log(*, close):
    """Three segments and a snapshot, small enough to try every bit."""
    fs = SimulatedDisk(random.Random(7))
    log = opened(fs)
    log.save(snapshot=Snapshot.founding([1, 2, 3]))
    for index in range(2, 12):
        log.save(
            HardState(index // 3 + 1, 1, index - 1), [Entry(index // 3 + 1, index, data=bytes([index]) * 900)]
        )
    log.create_snapshot(6, ConfState((1, 2, 3)), b"state at six")
    log.save(HardState(9, 2, 11), [Entry(9, 12, data=b"last")])
    state = held(log)
    if close:
        log.close()
    else:
        fs.kill()
    assert len([name for name in fs.names() if name.endswith(".segment")]) == 4
    return fs, state


def outcome(fs, state):
    """What an opening of a damaged copy comes to."""
    before = {name: fs.contents(name) for name in fs.names()}
    try:
        log = opened(fs)
        found = held(log)
        log.close()
    except CorruptLogError as error:
        refusal = error
    else:
        assert found == state, "damage was used silently"
        return None
    assert {name: fs.contents(name) for name in fs.names()} == before, "a refused log is left as it was"
    assert refusal.file in str(refusal)
    assert "remove this member" in str(refusal)
    return refusal


@pytest.mark.parametrize("close", [True, False], ids=["closed", "killed"])
def test_every_bit(close):
    fs, state = a_log(close=close)
    refused = harmless = 0
    for name in fs.names():
        size = len(fs.contents(name))
        for bit in range(0, size * 8, 1 if size < 500 else 13):
            damaged = fs.copy(random.Random(0))
            damaged.flip(name, bit)
            error = outcome(damaged, state)
            if error is None:
                # only what holds no data: the mark's one place (the other one tells), and space kept in
                # reserve
                assert name == "acknowledged" or not any(fs.contents(name)[bit // 8 :]), (name, bit)
                harmless += 1
            else:
                assert error.file == name
                assert 0 <= error.offset <= bit // 8, "the damage is at or behind the byte named"
                refused += 1
    assert refused > 2000
    assert harmless > 100


@pytest.mark.parametrize("close", [True, False], ids=["closed", "killed"])
def test_every_cut(close):
    fs, state = a_log(close=close)
    refused = 0
    for name in fs.names():
        contents = fs.contents(name)
        for size in range(0, len(contents), 1 if len(contents) < 500 else 13):
            damaged = fs.copy(random.Random(0))
            damaged.put(name, contents[:size])
            error = outcome(damaged, state)
            if error is None:
                assert name == "acknowledged" or not any(contents[size:]), (name, size)
            refused += error is not None
    assert refused > 500


@pytest.mark.parametrize("close", [True, False], ids=["closed", "killed"])
def test_every_missing_file(close):
    fs, state = a_log(close=close)
    for name in fs.names():
        damaged = fs.copy(random.Random(0))
        damaged.put(name, None)
        error = outcome(damaged, state)
        # the oldest segment only holds what the snapshot covers
        assert (error is None) == (name in {"acknowledged", f"{1:016x}.segment"}), name


def test_all_log_files_missing():
    fs, state = a_log(close=True)
    for keep in (".snapshot", "acknowledged"):
        damaged = fs.copy(random.Random(0))
        for name in fs.names():
            if not name.endswith(keep):
                damaged.put(name, None)
        assert re.search("every log file is missing", str(outcome(damaged, state)))


def test_files_of_another_log():
    """The same names, the same shape, another identity: never mixed in."""
    fs, state = a_log(close=True)
    other = SimulatedDisk(random.Random(8))
    log = opened(other)
    log.save(snapshot=Snapshot.founding([1, 2, 3]))
    for index in range(2, 12):
        log.save(HardState(1, 1, index - 1), [Entry(1, index, data=b"other" * 180)])
    log.create_snapshot(6, ConfState((1, 2, 3)), b"other at six")
    log.close()
    names = [name for name in fs.names() if name in other.names() and name != "acknowledged"]
    assert len(names) >= 4
    for name in names:
        mixed = fs.copy(random.Random(0))
        mixed.put(name, other.contents(name))
        assert outcome(mixed, state) is not None


def test_an_older_copy_of_a_file():
    """A file restored from a backup has lost what was acknowledged since."""
    fs = SimulatedDisk(random.Random(7))
    log = opened(fs)
    log.save(HardState(1, 1, 0), [Entry(1, 1, data=b"one")])
    name = next(name for name in fs.names() if name.endswith(".segment"))
    old = fs.contents(name)
    log.save(HardState(1, 1, 1), [Entry(1, 2, data=b"two")])
    log.close()
    fs.put(name, old)
    with pytest.raises(CorruptLogError, match="ends before what was acknowledged"):
        opened(fs)


def unacknowledged_log(batches, *, commit=0):
    """One entry a batch, and no commit index that would tell how many there were."""
    fs = SimulatedDisk(random.Random(7))
    log = opened(fs)
    for index in range(1, batches + 1):
        log.save(HardState(1, 1, commit), [Entry(1, index, data=bytes([index]) * 900)])
    fs.kill()
    return fs, [name for name in fs.names() if name.endswith(".segment")]


def test_damage_that_only_later_batches_show():
    """The mark is gone with a power failure, and no commit index was written."""
    fs, names = unacknowledged_log(3)
    assert len(names) == 1
    contents = fs.contents(names[0])
    damaged = fs.copy(random.Random(0))
    damaged.put("acknowledged", None)
    damaged.flip(names[0], (contents.rindex(bytes([2])) - 10) * 8)
    with pytest.raises(CorruptLogError, match="acknowledged ones follow it"):
        opened(damaged)


def test_a_missing_newest_file_that_only_the_mark_shows():
    fs, names = unacknowledged_log(9)
    fs.put(names[-1], None)
    with pytest.raises(CorruptLogError, match="the file is missing") as caught:
        opened(fs)
    assert caught.value.file == names[-1]


def test_a_file_cut_between_two_batches():
    """Whole batches are there, and the next file goes on: but not from where this one ends."""
    fs = SimulatedDisk(random.Random(7))
    log = opened(fs)
    log.save(HardState(1, 1, 0), [Entry(1, index, data=b"old" * 300) for index in (1, 2)])
    first = next(name for name in fs.names() if name.endswith(".segment"))
    end = len(fs.contents(first).rstrip(b"\0"))
    log.save(HardState(2, 1, 0), [Entry(2, 2, data=b"new" * 300)])
    log.save(HardState(2, 1, 0), [Entry(2, 3, data=b"more" * 300)])
    log.close()
    assert sum(name.endswith(".segment") for name in fs.names()) == 2
    fs.put(first, fs.contents(first)[:end])
    with pytest.raises(CorruptLogError, match="does not continue the file before it"):
        opened(fs)


def test_a_file_of_another_log_that_would_fit():
    """Everything is right but the identity."""
    fs, names = unacknowledged_log(9)
    contents = fs.contents(names[-1])
    header = SegmentHeader.decode(contents)._replace(log_id=b"x" * 16)
    fs.put(names[-1], header.encode() + contents[HEADER_SIZE:])
    with pytest.raises(CorruptLogError, match="belongs to another log"):
        opened(fs)


def test_a_file_in_the_place_of_another():
    fs, names = unacknowledged_log(9)
    contents = fs.contents(names[-1])
    header = SegmentHeader.decode(contents)
    header = header._replace(sequence=header.sequence + 1)
    fs.put(names[-1], header.encode() + contents[HEADER_SIZE:])
    with pytest.raises(CorruptLogError, match="another place in this one"):
        opened(fs)


def test_a_log_that_ends_before_its_commit_index():
    """The mark is gone, and the file ends between two batches: only the commit index shows it."""
    fs = SimulatedDisk(random.Random(7))
    log = opened(fs)
    log.save(HardState(1, 1, 0), [Entry(1, 1, data=b"one")])
    log.save(HardState(1, 1, 1), [Entry(1, 2, data=b"two")])
    log.save(HardState(1, 1, 2), [Entry(1, 3, data=b"three")])
    log.save(HardState(2, 1, 3))
    log.create_snapshot(1, ConfState((1,)), b"")
    log.close()
    name = next(name for name in fs.names() if name.endswith(".segment"))
    file = fs.open(name)
    contents = file.read_at(0, file.size())
    header = SegmentHeader.decode(contents)
    # the same log without its third entry, every checksum right
    offset, prev, batch, kept = HEADER_SIZE, header.prev, 0, []
    while True:
        records, offset = read_batch(memoryview(contents), offset, salt=header.salt, prev=prev, batch=batch)
        if not records:
            break
        prev, batch = records[-1].crc, batch + 1
        kept.append([Record(*record[:5]) for record in records if (record.kind, record.index) != (1, 3)])
    made = bytearray(header.encode())
    prev = header.prev
    for batch, records in enumerate(kept):
        data, _, prev = encode_batch(records, salt=header.salt, offset=len(made), prev=prev, batch=batch)
        made += data
    fs.put(name, bytes(made))
    fs.put("acknowledged", None)
    with pytest.raises(CorruptLogError, match="entry 3 was committed"):
        opened(fs)


def test_one_place_of_the_mark_is_enough():
    """Marks are written in two places by turns: with one damaged, the other tells of all but the last."""
    fs, names = unacknowledged_log(3)
    contents = fs.contents(names[0])
    first = contents.index(bytes([2]) * 900) - 200
    for place in range(2):
        damaged = fs.copy(random.Random(0))
        damaged.flip("acknowledged", (place * MARK_SIZE + 3) * 8)
        damaged.put(names[0], contents[:first])
        with pytest.raises(CorruptLogError, match="ends before what was acknowledged"):
            opened(damaged)


def test_a_snapshot_of_another_length():
    fs, _ = a_log(close=True)
    name = next(name for name in fs.names() if name.endswith(".snapshot"))
    for contents in (fs.contents(name)[:-1], fs.contents(name) + b"x"):
        fs.put(name, contents)
        with pytest.raises(CorruptLogError, match="another length"):
            opened(fs)


def test_zeroed_ranges():
    """Whole sectors that come back as zeros."""
    fs, state = a_log(close=True)
    for name in fs.names():
        contents = fs.contents(name)
        for start in range(0, len(contents), 256):
            damaged = fs.copy(random.Random(0))
            blank = contents[:start] + bytes(len(contents[start : start + 512])) + contents[start + 512 :]
            damaged.put(name, blank)
            error = outcome(damaged, state)
            assert error is not None or blank == contents or name == "acknowledged"


def test_several_bits():
    fs, state = a_log(close=True)
    rng = random.Random(3)
    names = [name for name in fs.names() if name != "acknowledged"]
    for _ in range(300):
        damaged = fs.copy(random.Random(0))
        for _ in range(rng.randint(2, 9)):
            name = rng.choice(names)
            damaged.flip(name, rng.randrange(len(fs.contents(name)) * 8))
        outcome(damaged, state)


def test_a_flip_in_a_batch_before_the_last_needs_no_mark():
    """A power failure may take the mark with it: then what follows the damage shows that it had been
    acknowledged."""
    fs, _ = a_log(close=False)
    fs.put("acknowledged", None)
    name = [name for name in fs.names() if name.endswith(".segment")][-1]
    contents = fs.contents(name)
    last = contents.rindex(b"last")
    for byte in range(0, last - 90, 5):
        damaged = fs.copy(random.Random(0))
        damaged.flip(name, byte * 8)
        with pytest.raises(CorruptLogError):
            opened(damaged)


def test_an_entry_damaged_while_the_log_is_open():
    fs = SimulatedDisk(random.Random(1))
    log = opened(fs, LogConfig(segment_size=4096, cache_size=0))
    for index in range(1, 20):
        log.save(HardState(1, 1, 0), [Entry(1, index, data=b"%03d" % index * 100)])
    for name in [name for name in fs.names() if name.endswith(".segment")]:
        at = fs.contents(name).index(b"0", 300)
        fs.flip(name, at * 8)
    refusals = []
    for index in range(1, 20):
        try:
            data = log.entries(index, index + 1, 0)[0].data
        except CorruptLogError as error:
            refusals.append(str(error))
        else:
            assert data == b"%03d" % index * 100, "a flipped bit was read as if it had been written"
    assert refusals
    assert all("not the one written" in refusal for refusal in refusals)


def test_a_snapshot_damaged_while_the_log_is_open():
    fs = SimulatedDisk(random.Random(1))
    log = opened(fs, SMALL)
    log.save(HardState(1, 1, 1), [Entry(1, 1)])
    log.create_snapshot(1, ConfState((1,)), b"state")
    name = next(name for name in fs.names() if name.endswith(".snapshot"))
    for bit in range(len(fs.contents(name)) * 8):
        fs.flip(name, bit)
        with pytest.raises(CorruptLogError) as caught:
            log.snapshot()
        assert caught.value.file == name
        fs.flip(name, bit)
    assert log.snapshot().data == b"state"
