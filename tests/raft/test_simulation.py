"""Whole groups under fire, from seeds: safety at every step, liveness and linearizability at the end.

A failing seed prints itself, what happened last, and the command that shows it again.
"""

import os
import re
import subprocess
import sys
from collections import Counter

import pytest

from wetware.raft.core import Message, RawNode, ReadState, candidate, quorum
from wetware.raft.core.log import Log
from wetware.raft.core.quorum import Vote
from wetware.raft.log import DurableLog
from wetware.raft.sessions import Sessions
from wetware.raft.testing import Options, Simulation, SimulationFailure, disk, simulate
from wetware.raft.testing.__main__ import main
from wetware.raft.testing.machine import Replicated

MET = [
    "elections",
    "entries committed",
    "operations",
    "reads",
    "sessions expired",
    "snapshots taken",
    "snapshots installed",
    "membership changes",
    "joint memberships",
    "kills",
    "power failures",
    "crashes while writing",
    "torn tails cut",
    "failed disks",
    "damaged logs refused",
    "messages lost",
    "messages cut",
    "transfer",
    "pause",
    "drift",
    "part_one_way",
    "campaign",
    "forget_leader",
    "requests refused: OverloadedError",
]


@pytest.mark.parametrize("seed", range(100))
def test_seed(seed):
    simulate(seed, 3000)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 3000, 50))
def test_many_seeds(first):
    for seed in range(first, first + 50):
        simulate(seed, 3000)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5000, 5020))
def test_long(seed):
    simulate(seed, 30_000)


def test_everything_that_is_to_be_survived_is_met():
    """Else the seeds would show nothing."""
    total = Counter()
    for seed in range(200, 240):
        total += simulate(seed, 3000).count
    assert {what for what in MET if not total[what]} == set(), total


def test_the_same_seed_takes_the_same_steps():
    first = [simulate(seed, 1000) for seed in range(5)]
    assert [simulate(seed, 1000) for seed in range(5)] == first
    assert len({result.trace for result in first}) == 5


def test_the_same_seed_takes_the_same_steps_in_another_process():
    """Nothing depends on hash seeds, addresses, or what ran before."""
    program = (
        "from wetware.raft.testing import simulate; print([simulate(seed, 800).trace for seed in (3, 4)])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**environment, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert seen == {f"{[simulate(seed, 800).trace for seed in (3, 4)]}\n"}


def test_options_can_be_given():
    result = Simulation(1, 1500, options=Options(voters=5, calm=5000)).run()
    assert result.count["operations"] > 20


def test_the_command_line(capsys):
    assert main(["--seed", "3", "--steps", "300", "--tell"]) == 0
    told = capsys.readouterr().out
    assert f"trace {simulate(3, 300).trace}" in told
    assert "HEARTBEAT" in told
    assert main(["--seed", "3", "--steps", "300", "--count", "2"]) == 0
    assert "2 seeds, 0 failures" in capsys.readouterr().out


# the simulation finds what it is there to find


def forget_syncs(monkeypatch):
    monkeypatch.setattr(disk._SimulatedFile, "sync", lambda self: None)


def forget_votes(monkeypatch):
    save = DurableLog.save

    def without_vote(self, hard_state=None, entries=(), snapshot=None):
        return save(self, hard_state and hard_state._replace(vote=0), entries, snapshot)

    monkeypatch.setattr(DurableLog, "save", without_vote)


def read_at_once(monkeypatch):
    def read_index(self, context):
        self._raft.read_states.append(ReadState(self.applied, context))

    monkeypatch.setattr(RawNode, "read_index", read_index)


def execute_again(monkeypatch):
    original = Sessions.record

    def record(self, execute, result, *, ok=True):
        answer = original(self, execute, result, ok=ok)
        self._table[execute.session].results.clear()
        return answer

    monkeypatch.setattr(Sessions, "record", record)


def forget_sessions_in_snapshots(monkeypatch):
    restore = Replicated.restore

    def without(self, data):
        restore(self, data)
        self.sessions = Sessions()

    monkeypatch.setattr(Replicated, "restore", without)


def count_half_as_majority(monkeypatch):
    def generous(voters, index_of):
        reached = sorted(map(index_of, voters))
        return reached[len(reached) // 2] if reached else quorum.EVERYTHING

    monkeypatch.setattr(quorum, "majority_index", generous)


def match_anything(monkeypatch):
    matches = Log.matches
    monkeypatch.setattr(
        Log, "matches", lambda self, index, term: matches(self, index, term) or index <= self.last_index
    )


def vote_for_anyone(monkeypatch):
    monkeypatch.setattr(Log, "is_up_to_date", lambda self, index, term: True)


def lead_before_the_own_vote_is_stored(monkeypatch):
    def count(raft, message):
        raft.tracker.record_vote(message.from_, granted=not message.reject)
        if raft.tracker.tally() is Vote.WON and raft.id not in raft.tracker.votes:
            candidate.leader.take_office(raft)
        else:
            original(raft, message)

    original = candidate._count
    monkeypatch.setattr(candidate, "_count", count)


FAULTS = [
    (forget_syncs, "durability|promises|damage|storage has lost"),
    (forget_votes, "durability|promises|election safety"),
    (read_at_once, "linearizability"),
    (execute_again, "linearizability|state-machine safety"),
    (forget_sessions_in_snapshots, "state-machine safety|linearizability|told Answer"),
    (count_half_as_majority, "quorum durability|leader completeness|state-machine safety"),
    (match_anything, "log matching|state-machine safety|quorum durability"),
    (vote_for_anyone, "leader completeness|committed entry|state-machine safety"),
    (lead_before_the_own_vote_is_stored, "promises|election safety|log matching"),
]
# slow disks and a fast network, where the options drawn from seeds would need many seeds
HASTE = {lead_before_the_own_vote_is_stored: Options(async_share=1.0, calm=300, delay=(1, 5))}


@pytest.mark.parametrize(("fault", "finding"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_finds(monkeypatch, fault, finding):
    fault(monkeypatch)
    failure = first_failure(HASTE.get(fault))
    assert re.search(finding, str(failure).splitlines()[0]), failure
    assert f"python -m wetware.raft.testing --seed {failure.seed} --steps 3000" in str(failure)


def first_failure(options):
    for seed in range(300):
        try:
            Simulation(seed, 3000, options=options).run()
        except SimulationFailure as failure:
            return failure
    return pytest.fail("300 seeds did not find it")


def test_the_command_line_says_what_failed(monkeypatch, capsys):
    monkeypatch.setattr(disk._SimulatedFile, "sync", lambda self: None)
    assert main(["--seed", "0", "--count", "5"]) == 1
    told = capsys.readouterr().out
    assert re.search(r"seed \d fails at step \d+", told)
    assert "what happened last" in told


def test_messages_are_only_read():
    """The network hands one message to two nodes, or twice to one; the core must not have changed it in
    between."""
    seen = []

    class Watching(Simulation):
        def send(self, server, message):
            seen.append((message, repr(message)))
            super().send(server, message)

    Watching(5, 1500, options=Options()).run()
    assert len(seen) > 200
    assert [repr(message) for message, _ in seen] == [before for _, before in seen]
    assert all(isinstance(message, Message) for message, _ in seen)
