"""The simulated disk loses what a disk may lose, and nothing else."""

import errno
import random

import pytest

from wetware.raft.log import LogLockedError
from wetware.raft.testing.disk import SECTOR, CrashedError, SimulatedDisk


def disk(seed=0, **options):
    return SimulatedDisk(random.Random(seed), **options)


def written(fs, name="f", data=b"", *, sync=True, names=True):
    file = fs.create(name)
    file.write_at(0, data)
    if sync:
        file.sync()
    if names:
        fs.sync()
    return file


def outcomes(prepare, seeds=200):
    """What is left after a power failure, over many seeds."""
    seen = set()
    for seed in range(seeds):
        fs = disk(seed)
        prepare(fs)
        fs.lose_power()
        seen.add(tuple((name, fs.contents(name)) for name in fs.names()))
    return seen


def test_what_was_synced_stays():
    assert outcomes(lambda fs: written(fs, data=b"abc")) == {(("f", b"abc"),)}


def test_a_name_needs_the_directory_synced():
    assert outcomes(lambda fs: written(fs, data=b"abc", names=False)) == {(), (("f", b"abc"),)}


def test_contents_need_the_file_synced():
    seen = outcomes(lambda fs: written(fs, data=b"abc", sync=False))
    assert seen == {(("f", b""),), (("f", b"abc"),), (("f", b"\0\0\0"),)}


def test_sectors_are_lost_by_themselves():
    def prepare(fs):
        file = written(fs, data=b"a" * 3 * SECTOR)
        file.write_at(0, b"b" * 3 * SECTOR)

    seen = {state[0][1] for state in outcomes(prepare)}
    assert all(
        data[n * SECTOR : (n + 1) * SECTOR] in {b"a" * SECTOR, b"b" * SECTOR}
        for data in seen
        for n in range(3)
    )
    assert len(seen) == 8


def test_a_sector_keeps_the_order_of_its_writes():
    def prepare(fs):
        file = written(fs, data=b"....")
        file.write_at(0, b"1")
        file.write_at(1, b"2")

    assert {state[0][1] for state in outcomes(prepare)} == {b"....", b"1...", b"12.."}


def test_a_rename_may_be_lost_and_is_never_half_done():
    def prepare(fs):
        written(fs, "old", b"x")
        fs.rename("old", "new")

    assert outcomes(prepare) == {(("old", b"x"),), (("new", b"x"),)}


def test_later_removals_may_last_without_earlier_renames():
    def prepare(fs):
        written(fs, "one", b"1")
        written(fs, "two.new", b"2")
        fs.rename("two.new", "two")
        fs.remove("one")

    assert (("two.new", b"2"),) in outcomes(prepare)


def test_a_cut_may_be_lost():
    def prepare(fs):
        file = written(fs, data=b"abcd")
        file.truncate(2)

    assert {state[0][1] for state in outcomes(prepare)} >= {b"abcd", b"ab"}


def test_a_kill_loses_nothing_but_handles():
    fs = disk()
    file = written(fs, data=b"abc", sync=False, names=False)
    lock = fs.lock()
    fs.kill()
    assert fs.contents("f") == b"abc"
    with pytest.raises(CrashedError):
        file.read_at(0, 1)
    with pytest.raises(CrashedError):
        lock.check()
    fs.lock()


def test_a_failed_sync_forgets():
    """Readable until the power fails, and gone with it, though a later sync succeeded."""
    fs = disk()
    file = written(fs, data=b"abc")
    file.write_at(0, b"XYZ")
    fs.fail("sync", errno.EIO)
    with pytest.raises(OSError, match="error"):
        file.sync()
    file.sync()
    assert fs.contents("f") == b"XYZ"
    fs.lose_power()
    assert fs.contents("f") == b"abc"


def test_a_full_disk_takes_what_fits():
    fs = disk(capacity=4)
    file = fs.create("f")
    with pytest.raises(OSError, match="space") as caught:
        file.write_at(0, b"abcdef")
    assert caught.value.errno == errno.ENOSPC
    assert fs.contents("f") == b"abcd"


def test_faults_wait_for_their_turn():
    fs = disk()
    file = written(fs, data=b"abc")
    fs.fail("sync", errno.EIO, skip=1)
    file.sync()
    with pytest.raises(OSError, match="error"):
        file.sync()
    file.sync()


def test_one_lock():
    fs = disk()
    lock = fs.lock()
    with pytest.raises(LogLockedError):
        fs.lock()
    lock.release()
    fs.lock()


def test_the_same_seed_gives_the_same_damage():
    def run(seed):
        fs = disk(seed)
        file = written(fs, data=b"a" * 9000)
        for n in range(20):
            file.write_at(n * 300, b"b" * 700)
        fs.lose_power()
        return fs.contents("f")

    assert run(5) == run(5)
    assert len({run(seed) for seed in range(5)}) > 1


def test_flip():
    fs = disk()
    written(fs, data=b"\x00\x00")
    fs.flip("f", 9)
    assert fs.contents("f") == b"\x00\x02"
    fs.lose_power()
    assert fs.contents("f") == b"\x00\x02"
