"""The durable log is a storage like the one in memory, whatever is cached, and however often it is opened
again."""

import os
import random
import stat
import subprocess
import sys

import pytest
from log_model import SMALL, UNLIMITED, Model, apply, check_all, held, opened, steps

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
from wetware.raft.log import DiskError, DurableLog, LogConfig, LogFullError, LogLockedError, OsFileSystem
from wetware.raft.testing.disk import SimulatedDisk


@pytest.fixture(params=["memory", "disk"])
def fs(request, tmp_path):
    return SimulatedDisk(random.Random(0)) if request.param == "memory" else OsFileSystem(tmp_path / "log")


def numbered(first, last, term=1, size=10):
    return [
        Entry(term, index, EntryType.NORMAL, b"%010d" % index * (size // 10))
        for index in range(first, last + 1)
    ]


def files(fs, suffix):
    return [name for name in fs.names() if name.endswith(suffix)]


def test_an_empty_log(fs):
    with opened(fs) as log:
        assert log.initial_state() == (HardState(), EMPTY_CONF_STATE)
        assert (log.first_index(), log.last_index(), log.term(0)) == (1, 0, 0)
        assert log.snapshot() == Snapshot(0, 0, EMPTY_CONF_STATE)
        assert log.snapshot_index == 0
        with pytest.raises(UnavailableError):
            log.term(1)
        with pytest.raises(UnavailableError):
            log.entries(1, 2, UNLIMITED)


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_memory(fs, seed):
    """Every answer, after every step, whether or not the log was closed, killed or simply kept open before
    it."""
    rng = random.Random(seed)
    config = LogConfig(segment_size=4096, cache_size=rng.choice([0, 500, 1 << 20]))
    model, log = Model(), opened(fs, config)
    terms = {}
    for step in steps(rng, 60, founding=rng.random() < 0.7):
        if step[0] == "compact" and step[1] < model.memory.first_index():
            continue
        apply(log, step)
        model.apply(step)
        memory = model.memory
        terms.update(
            (index, memory.term(index)) for index in range(memory.first_index() - 1, memory.last_index() + 1)
        )
        assert held(log) == model.state()
        assert log.initial_state() == memory.initial_state()
        assert (log.first_index(), log.last_index()) == (memory.first_index(), memory.last_index())
        if rng.random() < 0.15:
            log.close()
            log = opened(fs, config)
            assert log.cut == 0
            assert held(log) == model.state()
            # whole files are dropped, so more may be left; and of the first entry left only the term is used
            check_all(log)
            assert log.first_index() <= memory.first_index() + 1
            assert log.term(log.first_index() - 1) == terms[log.first_index() - 1]
            if log.first_index() < memory.first_index():
                log.compact(memory.first_index() - 1)
            elif log.first_index() > memory.first_index():
                model.apply(("compact", log.first_index() - 1))
        for _ in range(5):
            low = rng.randint(memory.first_index(), memory.last_index() + 1)
            high = rng.randint(low, memory.last_index() + 1)
            size = rng.choice([0, 100, 1000, UNLIMITED])
            if low < high:
                assert list(log.entries(low, high, size)) == list(memory.entries(low, high, size))
            index = rng.randint(memory.first_index() - 1, memory.last_index())
            assert log.term(index) == memory.term(index)
    log.close()


def test_everything_comes_back(fs):
    with opened(fs) as log:
        log.save(snapshot=Snapshot.founding([1, 2, 3], [4], b"state"))
        log.save(HardState(3, 2, 5), numbered(2, 9, 3))
    with opened(fs) as log:
        assert log.initial_state() == (HardState(3, 2, 5), ConfState((1, 2, 3), learners=(4,)))
        assert log.snapshot() == Snapshot.founding([1, 2, 3], [4], b"state")
        assert list(log.entries(2, 10, UNLIMITED)) == numbered(2, 9, 3)
        assert log.term(1) == 1


def test_membership_comes_back_whole(fs):
    membership = ConfState((1, 2**64 - 3), (3, 4, 5), (6,), (7, 8), auto_leave=True)
    with opened(fs) as log:
        log.save(snapshot=Snapshot(10, 4, membership, b""))
    with opened(fs) as log:
        assert log.initial_state()[1] == membership
        assert log.snapshot().conf_state == membership


def test_sizes_are_counted_as_the_core_does(fs):
    with opened(fs) as log:
        log.save(HardState(1, 1, 0), numbered(1, 9, size=100))
        each = 100 + ENTRY_OVERHEAD
        assert [entry.index for entry in log.entries(1, 10, 0)] == [1]
        assert [entry.index for entry in log.entries(1, 10, 3 * each)] == [1, 2, 3]
        assert [entry.index for entry in log.entries(1, 10, 3 * each - 1)] == [1, 2]
        assert list(log.entries(4, 4, UNLIMITED)) == []


def test_a_conflicting_suffix_is_gone_for_good(fs):
    with opened(fs) as log:
        log.save(HardState(1, 1, 1), numbered(1, 50, 1, size=300))
        log.save(HardState(2, 1, 1), numbered(7, 8, 2))
        log.save(entries=numbered(9, 9, 2))
        expected = [*numbered(1, 6, 1, size=300), *numbered(7, 9, 2)]
        assert list(log.entries(1, 10, UNLIMITED)) == expected
        with pytest.raises(UnavailableError):
            log.term(10)
    with opened(fs) as log:
        assert log.last_index() == 9
        assert list(log.entries(1, 10, UNLIMITED)) == expected


def test_compacted_entries_are_passed_over(fs):
    with opened(fs) as log:
        log.save(HardState(1, 1, 9), numbered(1, 9))
        log.create_snapshot(6, ConfState((1,)), b"")
        log.compact(5)
        log.save(entries=numbered(3, 12))
        assert (log.first_index(), log.last_index()) == (6, 12)
        log.save(entries=numbered(3, 5))
        assert log.last_index() == 12


def test_bad_steps_are_refused_and_change_nothing(fs):
    with opened(fs) as log:
        log.save(HardState(1, 1, 4), numbered(1, 9))
        log.create_snapshot(4, ConfState((1,)), b"four")
        log.compact(3)
        before = held(log)
        for error, call in [
            (LocalError, lambda: log.save(entries=numbered(11, 12))),
            (LocalError, lambda: log.save(entries=[*numbered(10, 10), *numbered(12, 12)])),
            (LocalError, lambda: log.save(HardState(1, 1, 10))),
            (LocalError, lambda: log.save(HardState(1, 1, 10), numbered(5, 9))),
            (SnapshotOutOfDateError, lambda: log.save(snapshot=Snapshot(4, 1, ConfState((1,))))),
            (
                LocalError,
                lambda: log.save(entries=numbered(30, 31), snapshot=Snapshot(28, 1, ConfState((1,)))),
            ),
            (SnapshotOutOfDateError, lambda: log.create_snapshot(4, ConfState((1,)), b"")),
            (UnavailableError, lambda: log.create_snapshot(10, ConfState((1,)), b"")),
            (CompactedError, lambda: log.compact(3)),
            (LocalError, lambda: log.compact(5)),
            (CompactedError, lambda: log.term(2)),
            (CompactedError, lambda: log.entries(3, 5, UNLIMITED)),
            (UnavailableError, lambda: log.entries(5, 11, UNLIMITED)),
        ]:
            with pytest.raises(error):
                call()
            assert held(log) == before
    with opened(fs) as log:
        assert held(log) == before


def test_compaction_frees_files(fs):
    with opened(fs) as log:
        log.save(HardState(1, 1, 0), numbered(1, 1))
        for first in range(2, 200, 10):
            log.save(HardState(1, 1, first - 1), numbered(first, first + 9, size=200))
        many, size = files(fs, ".segment"), log.size
        assert len(many) > 5
        log.create_snapshot(150, ConfState((1,)), b"150")
        log.compact(140)
        few = files(fs, ".segment")
        assert few == many[-len(few) :]
        assert len(few) < len(many) / 2
        assert log.size < size / 2
        expected = numbered(141, 201, size=200)
        assert list(log.entries(141, 202, UNLIMITED)) == expected
    with opened(fs) as log:
        assert list(log.entries(141, 202, UNLIMITED)) == expected
        assert log.first_index() <= 141


def test_files_keep_to_their_size(fs):
    """A batch that would make a file larger begins another; one larger than that stands in a file alone."""
    with opened(fs, SMALL) as log:
        log.save(HardState(1, 1, 0), numbered(1, 1, size=3000))
        log.save(entries=numbered(2, 2, size=3000))
        log.save(entries=numbered(3, 3, size=9000))
        log.save(entries=numbered(4, 4))
        log.save(entries=numbered(5, 5))
    sizes = [fs.open(name).size() for name in files(fs, ".segment")]
    assert len(sizes) == 4
    assert [size > 4096 for size in sizes] == [False, False, True, False]


def test_a_vote_alone_is_stored():
    fs = SimulatedDisk(random.Random(0))
    log = opened(fs)
    log.save(HardState(3, 0, 0))
    log.save(HardState(3, 2, 0))
    fs.lose_power()
    with opened(fs) as log:
        assert log.initial_state()[0] == HardState(3, 2, 0)


def test_one_snapshot_is_kept(fs):
    with opened(fs) as log:
        log.save(HardState(1, 1, 9), numbered(1, 9))
        for index in (2, 5, 9):
            log.create_snapshot(index, ConfState((1,)), b"%d" % index)
            assert len(files(fs, ".snapshot")) == 1
        assert log.snapshot().data == b"9"


def test_a_restored_snapshot_replaces_the_log_and_its_files(fs):
    with opened(fs) as log:
        log.save(HardState(1, 1, 0), numbered(1, 40, size=500))
        for first in range(41, 80):
            log.save(entries=numbered(first, first, size=500))
        log.save(
            HardState(2, 0, 200), numbered(201, 202, 2), Snapshot(200, 2, ConfState((1, 2)), b"far ahead")
        )
        assert (log.first_index(), log.last_index(), log.term(200)) == (201, 202, 2)
        assert len(files(fs, ".segment")) == 1
    with opened(fs) as log:
        assert log.snapshot().data == b"far ahead"
        assert list(log.entries(201, 203, UNLIMITED)) == numbered(201, 202, 2)


def test_a_commit_index_alone_costs_nothing():
    fs = SimulatedDisk(random.Random(0))
    with opened(fs) as log:
        log.save(HardState(1, 1, 0), numbered(1, 9))
        before = fs.operations
        log.save(HardState(1, 1, 7))
        assert fs.operations == before
        assert log.initial_state()[0].commit == 7
        log.save(entries=numbered(10, 10))
    with opened(fs) as log:
        assert log.initial_state()[0] == HardState(1, 1, 7)


def test_a_commit_index_that_commits_a_membership_change_is_worth_a_sync():
    """Else a member could go by the change, be killed, and need the votes of those that it removed."""
    fs = SimulatedDisk(random.Random(0))
    log = opened(fs)
    log.save(HardState(1, 1, 0), [*numbered(1, 5), Entry(1, 6, EntryType.CONF_CHANGE_V2), *numbered(7, 9)])
    log.save(HardState(1, 1, 5))
    assert log.stored_commit == 0
    log.save(HardState(1, 1, 6))
    assert log.stored_commit == 6
    log.save(HardState(1, 1, 9))
    assert log.stored_commit == 6
    fs.lose_power()
    with opened(fs) as log:
        assert log.initial_state()[0] == HardState(1, 1, 6)
        log.save(entries=[Entry(1, 8, EntryType.CONF_CHANGE), *numbered(9, 9)])
        log.save(entries=numbered(8, 9))
        log.save(HardState(1, 1, 9))
        assert log.stored_commit == 6, "the change at 8 was replaced"


def test_a_step_is_one_write_and_one_sync():
    fs = SimulatedDisk(random.Random(0))
    done = []
    with opened(fs, LogConfig()) as log:
        log.save(HardState(1, 1, 0), numbered(1, 9))
    with opened(fs, LogConfig()) as log:
        fs.watch = lambda operation, name: done.append((operation, name))
        log.save(HardState(2, 1, 8), numbered(10, 73, 2))
        fs.watch = None
    segment = files(fs, ".segment")[-1]
    assert [line for line in done if line[0] != "reserve"] == [
        ("write", segment),
        ("sync", segment),
        ("write", "acknowledged"),
    ]


def test_a_thread_may_do_the_disks_part(fs):
    """Between `prepare` and `adopt` the core sees the log as it was."""
    with opened(fs) as log:
        log.save(HardState(1, 1, 0), numbered(1, 3))
        step = log.prepare(HardState(2, 2, 1), numbered(3, 5, 2))
        log.flush(step)
        assert (log.last_index(), log.term(3)) == (3, 1)
        log.adopt(step)
        assert (log.last_index(), log.term(3)) == (5, 2)
        assert log.initial_state()[0] == HardState(2, 2, 1)


def test_total_size_refuses_entries_until_compacted(fs):
    config = LogConfig(segment_size=4096, total_size=20_000)
    with opened(fs, config) as log:
        index = 0
        while log.size <= 20_000 - 700:
            index += 1
            log.save(HardState(1, 1, index - 1), numbered(index, index, size=500))
        with pytest.raises(LogFullError) as caught:
            log.save(entries=numbered(index + 1, index + 1, size=700))
        assert caught.value.limit == "total_size"
        assert caught.value.allowed == 20_000 < caught.value.used
        assert log.last_index() == index
        assert log.size <= 20_000
        log.save(HardState(2, 0, index))  # votes are not refused: the group must be able to go on
        log.create_snapshot(index, ConfState((1,)), b"small")
        log.compact(index)
        log.save(entries=numbered(index + 1, index + 1, 2, size=500))
    with opened(fs, config) as log:
        assert log.last_index() == index + 1


def test_one_writer(fs):
    log = opened(fs)
    with pytest.raises(LogLockedError, match="another writer"):
        opened(fs)
    log.close()
    opened(fs).close()


def test_without_flock_the_newest_writer_wins(tmp_path, monkeypatch):
    monkeypatch.setattr("wetware.raft.log.files._FLOCK", False)
    old = opened(tmp_path)
    old.save(HardState(1, 1, 0), numbered(1, 3))
    new = opened(tmp_path)
    with pytest.raises(LogLockedError, match="opened this log since"):
        old.save(entries=numbered(4, 4))
    new.save(entries=numbered(4, 5))
    old.close()
    new.close()
    with opened(tmp_path) as log:
        assert log.last_index() == 5


def test_a_killed_writer_leaves_no_lock(tmp_path):
    """A real process, ended in the middle of its work."""
    program = (
        "import os, sys\n"
        "from wetware.raft.core.messages import Entry, HardState\n"
        "from wetware.raft.log import DurableLog\n"
        "log = DurableLog.open(sys.argv[1])\n"
        "log.save(HardState(1, 1, 0), [Entry(1, 1, 0, b'one')])\n"
        "os._exit(9)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=environment, check=False)
    assert done.returncode == 9
    with opened(tmp_path) as log:
        assert log.entries(1, 2, UNLIMITED)[0].data == b"one"


def test_files_are_for_their_owner_only(tmp_path):
    directory = tmp_path / "made" / "log"
    with opened(directory) as log:
        log.save(snapshot=Snapshot.founding([1]))
        log.save(HardState(1, 1, 1), numbered(2, 40, size=500))
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    names = {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}
    assert set(names.values()) == {0o600}, names
    assert len(names) >= 4


def test_a_directory_that_is_made_is_made_durable(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr("wetware.raft.log.files._sync_directory", synced.append)
    OsFileSystem(tmp_path / "new")
    assert synced == [tmp_path]
    OsFileSystem(tmp_path / "new")
    assert synced == [tmp_path]


def test_writes_and_reads_that_the_system_cuts_short(tmp_path, monkeypatch):
    pread, pwrite = os.pread, os.pwrite
    monkeypatch.setattr(os, "pread", lambda fd, size, offset: pread(fd, min(size, 7), offset))
    monkeypatch.setattr(os, "pwrite", lambda fd, data, offset: pwrite(fd, data[:5], offset))
    with opened(tmp_path) as log:
        log.save(HardState(1, 1, 0), numbered(1, 5, size=100))
    monkeypatch.undo()
    with opened(tmp_path) as log:
        assert list(log.entries(1, 6, UNLIMITED)) == numbered(1, 5, size=100)


def test_a_system_that_writes_nothing_is_an_error(tmp_path, monkeypatch):
    log = opened(tmp_path)
    monkeypatch.setattr(os, "pwrite", lambda fd, data, offset: 0)
    with pytest.raises(DiskError):
        log.save(HardState(1, 1, 0), numbered(1, 1))
    log.close()


def test_a_closed_log_says_so(fs):
    log = opened(fs)
    log.save(HardState(1, 1, 0), numbered(1, 3))
    log.close()
    log.close()
    for call in (
        lambda: log.save(entries=numbered(4, 4)),
        lambda: log.entries(1, 2, UNLIMITED),
        log.snapshot,
        lambda: log.compact(1),
        lambda: log.create_snapshot(1, ConfState((1,)), b""),
    ):
        with pytest.raises(ClosedError):
            call()


@pytest.mark.parametrize(
    "sizes", [{"segment_size": 100}, {"segment_size": 1 << 40}, {"total_size": -1}, {"cache_size": -1}]
)
def test_senseless_sizes_are_refused(sizes):
    with pytest.raises(LocalError):
        LogConfig(**sizes)


def test_an_entry_larger_than_a_segment(fs):
    with opened(fs, SMALL) as log:
        log.save(HardState(1, 1, 0), numbered(1, 1))
        log.save(entries=numbered(2, 2, size=50_000))
        log.save(entries=numbered(3, 3))
    with DurableLog.open(fs, SMALL) as log:
        assert list(log.entries(1, 4, UNLIMITED)) == [
            *numbered(1, 1),
            *numbered(2, 2, size=50_000),
            *numbered(3, 3),
        ]
