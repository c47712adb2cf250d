"""Full and failing disks: the error says which, nothing acknowledged is lost, nothing more is taken."""

import errno
import random
from pathlib import Path

import pytest
from log_model import SMALL, Model, apply, check_all, held, opened, steps

from wetware.errors import BrokenError
from wetware.raft.core.messages import ConfState, Entry, HardState
from wetware.raft.log import CorruptLogError, DiskError, DiskFullError, LogConfig
from wetware.raft.testing.disk import SimulatedDisk


def entry(index, size=100, term=1):
    return Entry(term, index, data=b"%d" % (index % 10) * size)


def filled(fs, last=5):
    log = opened(fs)
    log.save(HardState(1, 1, 0), [entry(index) for index in range(1, last + 1)])
    return log


def test_a_full_disk():
    fs = SimulatedDisk(random.Random(0))
    log = filled(fs)
    log.save(entries=[entry(6, size=4000)])
    before = held(log)
    fs.capacity = fs.used + 50
    with pytest.raises(DiskFullError, match="make room, then open the log again") as caught:
        log.save(entries=[entry(7)])
    assert isinstance(caught.value, BrokenError)
    assert caught.value.__cause__.errno == errno.ENOSPC
    assert held(log) == before, "what was acknowledged can still be read"
    fs.capacity = None
    with pytest.raises(DiskFullError, match="takes no more appends"):
        log.save(entries=[entry(log.last_index() + 1)])
    log.close()
    with opened(fs) as log:
        assert held(log) == before
        log.save(entries=[entry(log.last_index() + 1)])


def test_a_disk_too_full_to_reserve_still_takes_what_fits():
    fs = SimulatedDisk(random.Random(0))
    log = opened(fs, LogConfig())
    log.save(HardState(1, 1, 0), [entry(1)])
    log.close()
    log = opened(fs, LogConfig(segment_size=1 << 26))
    fs.capacity = fs.used + 50_000
    log.save(entries=[entry(2, size=(1 << 20) + 30_000)])
    assert log.last_index() == 2


@pytest.mark.parametrize("operation", ["write", "sync"])
def test_a_failing_disk(operation):
    fs = SimulatedDisk(random.Random(0))
    log = filled(fs)
    before = held(log)
    fs.fail(operation, errno.EIO)
    with pytest.raises(DiskError, match="check the disk") as caught:
        log.save(HardState(2, 2, 3), [entry(6)])
    assert not isinstance(caught.value, DiskFullError)
    assert held(log) == before
    for _ in range(3):
        # the disk is well again, and the log is not: a second sync would prove nothing
        with pytest.raises(DiskError, match="takes no more appends"):
            log.save(entries=[entry(6)])
    assert held(log) == before
    log.close()
    fs.lose_power()
    with opened(fs) as log:
        assert held(log) == before


def test_a_mark_that_cannot_be_written_stops_the_next_append():
    """The batch itself is durable, so it is acknowledged."""
    fs = SimulatedDisk(random.Random(0))
    log = filled(fs)
    fs.fail("write", errno.EIO, skip=1)
    log.save(entries=[entry(6)])
    assert log.last_index() == 6
    with pytest.raises(DiskError, match="takes no more appends"):
        log.save(entries=[entry(7)])
    fs.lose_power()
    with opened(fs) as log:
        assert log.last_index() == 6


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("operation", ["create", "write", "sync", "rename", "sync_names"])
def test_a_snapshot_that_cannot_be_written_changes_nothing(operation, error):
    fs = SimulatedDisk(random.Random(0))
    log = filled(fs)
    log.save(HardState(1, 1, 5))
    log.create_snapshot(2, ConfState((1,)), b"two")
    before = held(log)
    fs.fail(operation, error)
    with pytest.raises(DiskFullError if error == errno.ENOSPC else DiskError):
        log.create_snapshot(4, ConfState((1,)), b"four")
    assert held(log) == before
    assert sum(".snapshot" in name for name in fs.names()) == 1, "nothing of it is left"
    log.save(entries=[entry(6)])
    log.create_snapshot(5, ConfState((1,)), b"five")
    fs.lose_power()
    with opened(fs) as log:
        assert (log.snapshot().data, log.last_index()) == (b"five", 6)
        assert sum(name.endswith(".snapshot") for name in fs.names()) == 1


@pytest.mark.parametrize("power", [True, False])
def test_a_snapshot_whose_record_failed_keeps_its_file(power):
    """The record may be on the disk after all: what it names must then be there, and be what it was."""
    recovered = set()
    for seed in range(30):
        fs = SimulatedDisk(random.Random(seed))
        log = filled(fs)
        log.save(HardState(1, 1, 5))
        log.create_snapshot(2, ConfState((1,)), b"two")
        fs.fail("sync", errno.EIO, skip=1)
        with pytest.raises(DiskError, match="appending"):
            log.create_snapshot(4, ConfState((1,)), b"four")
        with pytest.raises(DiskError, match="takes no more appends"):
            log.create_snapshot(5, ConfState((1,)), b"five")
        (fs.lose_power if power else fs.kill)()
        with opened(fs) as log:
            recovered.add(log.snapshot().data)
            log.create_snapshot(5, ConfState((1,)), b"another five")
        with opened(fs) as log:
            assert log.snapshot().data == b"another five"
    assert recovered == ({b"two"} if power else {b"four"})


def test_a_file_that_cannot_be_read_is_an_error_not_an_absence():
    fs = SimulatedDisk(random.Random(0))
    filled(fs).close()
    for operation in ("open", "read"):
        fs.fail(operation, errno.EIO)
        with pytest.raises(DiskError, match="opening the log"):
            opened(fs)
    with opened(fs, LogConfig(segment_size=4096, cache_size=0)) as log:
        fs.fail("read", errno.EIO)
        with pytest.raises(DiskError, match="reading log file"):
            log.entries(1, 2, 0)
        assert log.entries(1, 2, 0)[0] == entry(1)


def test_a_directory_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("in the way")
    for where in (tmp_path / "file", tmp_path / "file" / "log"):
        with pytest.raises(DiskError, match="opening the log in"):
            opened(where)


def test_a_failed_opening_leaves_nothing_open(tmp_path):
    """Neither a lock nor a descriptor."""
    opened(tmp_path).close()
    segment = next(tmp_path.glob("*.segment"))
    whole = segment.read_bytes()
    segment.write_bytes(whole[:-1])
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    for _ in range(3):
        with pytest.raises(CorruptLogError):
            opened(tmp_path)
    if before:
        assert len(list(Path("/proc/self/fd").iterdir())) == before
    segment.write_bytes(whole)
    opened(tmp_path).close()


def test_a_file_that_cannot_be_removed_leaves_the_log_sound():
    fs = SimulatedDisk(random.Random(0))
    log = opened(fs)
    for index in range(1, 40):
        log.save(HardState(1, 1, index - 1), [entry(index, size=500)])
    log.create_snapshot(30, ConfState((1,)), b"")
    fs.fail("remove", errno.EACCES, skip=1)
    with pytest.raises(DiskError, match="removing old log files"):
        log.compact(30)
    check_all(log)
    log.save(entries=[entry(40)])
    log.close()
    with opened(fs) as log:
        assert log.last_index() == 40


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_failure_of_every_operation(seed, error):
    """Whatever fails first: the log is as acknowledged, before and after the crash that follows."""
    todo = steps(random.Random(seed), 25)
    kinds = [
        "write",
        "sync",
        "create",
        "rename",
        "remove",
        "sync_names",
        "truncate",
        "reserve",
        "open",
        "read",
    ]
    failed = 0
    for kind in kinds:
        for skip in range(12):
            rng = random.Random(f"{seed} {kind} {skip}")
            fs, model = SimulatedDisk(rng), Model()
            fs.fail(kind, error, skip=skip * 3)
            in_flight = None
            log = None
            try:
                log = opened(fs)
                for step in todo:
                    in_flight = model.copy()
                    in_flight.apply(step)
                    apply(log, step)
                    model.apply(step)
                in_flight = None
            except DiskError:
                failed += 1
            if log is not None and in_flight is not None:
                assert held(log) in (model.state(), in_flight.state())
            (fs.lose_power if rng.random() < 0.5 else fs.kill)()
            allowed = [model.state()] + ([in_flight.state()] if in_flight is not None else [])
            for attempt in range(2):
                try:
                    log = opened(fs)
                    break
                except DiskError:
                    assert attempt == 0
            assert held(log) in allowed
            check_all(log)
    assert failed > 20


def test_capacity_of_every_size():
    """The disk is full at every possible moment."""
    todo = steps(random.Random(11), 20)
    for capacity in range(0, 30_000, 151):
        fs, model = SimulatedDisk(random.Random(capacity), capacity=capacity), Model()
        in_flight = None
        try:
            with opened(fs, SMALL) as log:
                for step in todo:
                    in_flight = model.copy()
                    in_flight.apply(step)
                    apply(log, step)
                    model.apply(step)
        except DiskFullError:
            pass
        fs.capacity = None
        fs.lose_power()
        try:
            log = opened(fs)
        except CorruptLogError:
            pytest.fail(f"a disk of {capacity} bytes made a log that cannot be opened")
        assert held(log) in [model.state(), *([in_flight.state()] if in_flight else [])]
