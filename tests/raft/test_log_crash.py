"""A crash at every single operation: what was acknowledged is there, what was not is there whole or not at
all.

Each run replays the same steps on the same simulated disk and stops the machine before its n-th operation,
for every n. Half of the runs lose power (what was not synced is torn and forgotten), half only the process.
After the recovery the log goes on, and is crashed once more.
"""

import errno
import random

import pytest
from log_model import Model, apply, check_all, held, opened, steps

from wetware.raft.core.messages import Entry, HardState
from wetware.raft.log import DiskError
from wetware.raft.testing.disk import CrashedError, SimulatedDisk


def crash_at(fs, number):
    def watch(operation, name):
        if fs.operations >= number:
            raise CrashedError(f"before operation {number}, {operation} {name}")

    fs.watch = watch


def run(fs, model, todo, log=None):
    """Take steps until the crash; the model is what was acknowledged, the second what may be there as
    well."""
    in_flight = None
    try:
        if log is None:
            log = opened(fs)
        for step in todo:
            in_flight = model.copy()
            in_flight.apply(step)
            apply(log, step)
            model.apply(step)
        log.close()
    except CrashedError:
        return in_flight
    return None


def recover(fs, model, in_flight):
    fs.watch = None
    log = opened(fs)
    found = held(log)
    allowed = [model.state()] + ([in_flight.state()] if in_flight is not None else [])
    assert found in allowed
    check_all(log)
    commit = log.initial_state()[0].commit
    # a commit index that was not worth a sync may be the one before, and never points behind the log
    latest = max(m.memory.hard_state.commit for m in (model, in_flight) if m is not None)
    assert log.snapshot_index <= max(commit, 1)
    assert commit <= min(latest, log.last_index())
    return log, (in_flight if in_flight is not None and found == in_flight.state() else model)


def total_operations(todo):
    fs = SimulatedDisk(random.Random(0))
    assert run(fs, Model(), todo) is None
    return fs.operations


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("how", ["power", "kill"])
def test_crash_at_every_operation(seed, how):
    todo = steps(random.Random(seed), 30)
    total = total_operations(todo)
    assert total > 80
    cut = survived = 0
    for number in [*range(1, total + 1)] * (3 if how == "power" else 1):
        rng = random.Random(f"{seed} {number} {cut}")
        fs = SimulatedDisk(rng)
        crash_at(fs, number)
        model = Model()
        in_flight = run(fs, model, todo)
        for _ in range(2):
            (fs.lose_power if how == "power" else fs.kill)()
            log, model = recover(fs, model, in_flight)
            cut += log.cut > 0
            survived += in_flight is not None and model is in_flight
            if number % 2:
                # what an opening has shown is durable: it was acted upon, and must not go away again
                fs.lose_power()
                log, model = recover(fs, model, None)
            # go on, and crash once more at some later place
            state = model.memory
            last, term = state.last_index(), max(state.hard_state.term, state.term(state.last_index())) + 1
            more = [
                (
                    "save",
                    HardState(term, 0, state.snapshot().index),
                    [Entry(term, last + 1 + n, data=b"more" * 40)],
                    None,
                )
                for n in range(3)
            ]
            crash_at(fs, fs.operations + rng.randint(1, 12))
            in_flight = run(fs, model, more, log)
    if how == "power":
        assert cut > 2, "no torn tail was met: the test shows nothing"
    assert survived > 5, "no step survived without having been acknowledged: the test shows nothing"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
@pytest.mark.parametrize("how", ["power", "kill"])
def test_crash_at_every_operation_at_length(seed, how):
    test_crash_at_every_operation(seed, how)


def test_a_torn_tail_is_cut_and_said():
    """Sector by sector, every way in which the last, unacknowledged batch can be torn."""
    seen = set()
    for seed in range(150):
        fs = SimulatedDisk(random.Random(seed))
        log = opened(fs)
        log.save(HardState(1, 1, 0), [Entry(1, 1, data=b"kept")])
        crash_at(fs, fs.operations + 2)  # the write is done, the sync is not
        with pytest.raises(CrashedError):
            log.save(entries=[Entry(1, index, data=bytes([index]) * 700) for index in range(2, 6)])
        fs.lose_power()
        fs.watch = None
        log = opened(fs)
        assert log.last_index() in {1, 5}, "a batch is taken whole or not at all"
        seen.add((log.last_index(), log.cut > 0))
        log.save(entries=[Entry(1, log.last_index() + 1, data=b"next")])
        last = log.last_index()
        fs.lose_power()
        log = opened(fs)
        assert (log.last_index(), log.cut) == (last, 0)
    assert seen == {(1, False), (1, True), (5, False)}


def test_what_an_older_life_left_is_not_taken():
    """A torn batch is cut, another is written in its place, and the cut turns out not to have lasted."""
    for seed in range(60):
        fs = SimulatedDisk(random.Random(seed))
        log = opened(fs)
        log.save(HardState(1, 1, 0), [Entry(1, 1, data=b"kept")])
        crash_at(fs, fs.operations + 2)
        with pytest.raises(CrashedError):
            log.save(entries=[Entry(1, index, data=b"old" * 200) for index in range(2, 6)])
        fs.lose_power()
        fs.watch = None
        log = opened(fs)
        if log.last_index() == 5:
            continue
        crash_at(fs, fs.operations + 2)
        with pytest.raises(CrashedError):
            log.save(entries=[Entry(2, 2, data=b"new" * 200)])
        fs.lose_power()
        fs.watch = None
        log = opened(fs)
        data = {entry.data[:3] for entry in log.entries(1, log.last_index() + 1, 1 << 30)}
        assert data <= {b"kep", b"new"}


def test_a_batch_that_was_not_synced_is_written_again():
    """After a failed sync the kernel shows what the disk has not; opening the log must not believe it."""
    shown = 0
    for seed in range(20):
        fs = SimulatedDisk(random.Random(seed))
        log = opened(fs)
        log.save(HardState(1, 1, 0), [Entry(1, 1, data=b"one")])
        fs.fail("sync", errno.EIO)
        with pytest.raises(DiskError):
            log.save(entries=[Entry(1, 2, data=b"two")])
        fs.kill()
        log = opened(fs)
        before = log.last_index()
        shown += before == 2
        log.save(entries=[Entry(1, before + 1, data=b"three")])
        fs.lose_power()
        assert opened(fs).last_index() == before + 1
    assert shown, "the kernel never showed the batch: the test shows nothing"


def test_an_interrupted_compaction_is_finished():
    """Removed files may come back in any combination."""
    left = set()
    for seed in range(80):
        fs = SimulatedDisk(random.Random(seed))
        log = opened(fs)
        for first in range(1, 120, 4):
            log.save(HardState(1, 1, first), [Entry(1, first + n, data=b"x" * 250) for n in range(4)])
        log.create_snapshot(100, log.initial_state()[1], b"hundred")
        removals = sum(name.endswith(".segment") for name in fs.names()) - 2
        crash_at(fs, fs.operations + removals // 2 + seed % 4)
        with pytest.raises(CrashedError):
            log.compact(100)
        fs.lose_power()
        fs.watch = None
        left.add(tuple(fs.names()))
        log = opened(fs)
        assert (log.last_index(), log.snapshot().data) == (120, b"hundred")
        assert len(log.entries(101, 121, 1 << 30)) == 20
        check_all(log)
    assert len(left) > 10
