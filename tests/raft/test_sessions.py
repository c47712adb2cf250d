"""A command proposed twice takes effect once, on every replica alike, for as long as the session lives."""

import random

import pytest

from wetware.errors import LocalError, RemoteError
from wetware.raft.sessions import (
    Answer,
    ClientSession,
    Execute,
    Sessions,
    Verdict,
    close_session,
    open_session,
)


class Replica:
    """A table of sessions in front of a machine that counts."""

    def __init__(self, **limits):
        self.limits = limits
        self.sessions = Sessions(**limits)
        self.executed = []
        self.index = 0

    def apply(self, data):
        self.index += 1
        decision = self.sessions.decide(self.index, data)
        if isinstance(decision, Answer):
            return decision
        assert isinstance(decision, Execute)
        self.executed.append((decision.session, decision.sequence, decision.command))
        if decision.command == b"refuse":
            return self.sessions.record(decision, b"because", ok=False)
        return self.sessions.record(decision, b"%d" % len(self.executed))


def test_a_repeated_command_is_executed_once():
    replica = Replica()
    opened = replica.apply(open_session())
    assert opened == Answer(Verdict.OPENED, 1)
    assert replica.apply(open_session(b"mine")) == Answer(Verdict.OPENED, 2, 0, b"mine")
    client = ClientSession(opened.session)
    data = client.encode(client.next(), b"add")
    first = replica.apply(data)
    assert first == Answer(Verdict.DONE, 1, 1, b"1")
    assert [replica.apply(data) for _ in range(3)] == [first] * 3
    assert replica.executed == [(1, 1, b"add")]


def test_a_refusal_is_remembered_too():
    replica = Replica()
    client = ClientSession(replica.apply(open_session()).session)
    data = client.encode(client.next(), b"refuse")
    assert replica.apply(data) == replica.apply(data) == Answer(Verdict.FAILED, 1, 1, b"because")
    assert len(replica.executed) == 1


def test_commands_may_come_in_any_order():
    replica = Replica()
    client = ClientSession(replica.apply(open_session()).session)
    sequences = [client.next() for _ in range(5)]
    for sequence in (3, 1, 5, 3, 2, 4, 1):
        replica.apply(client.encode(sequence, b"c%d" % sequence))
    assert sorted(replica.executed) == [(1, n, b"c%d" % n) for n in sequences]


def test_an_answer_that_was_taken_is_forgotten_and_not_executed_again():
    replica = Replica()
    client = ClientSession(replica.apply(open_session()).session)
    first = client.encode(client.next(), b"one")
    replica.apply(first)
    client.answered(1)
    replica.apply(client.encode(client.next(), b"two"))
    assert replica.apply(first).verdict is Verdict.STALE
    assert len(replica.executed) == 2


def test_the_client_only_names_what_it_has_without_gaps():
    replica = Replica()
    client = ClientSession(replica.apply(open_session()).session)
    data = {sequence: client.encode(client.next(), b"x") for sequence in (1, 2, 3)}
    for sequence in (1, 2, 3):
        replica.apply(data[sequence])
    client.answered(2)
    client.answered(3)
    replica.apply(client.encode(client.next(), b"x"))
    assert replica.apply(data[1]).verdict is Verdict.DONE
    client.answered(1)
    replica.apply(client.encode(client.next(), b"x"))
    assert {replica.apply(data[n]).verdict for n in (1, 2, 3)} == {Verdict.STALE}


def test_answers_that_nobody_takes_are_bounded():
    replica = Replica(max_results=3)
    client = ClientSession(replica.apply(open_session()).session)
    verdicts = [replica.apply(client.encode(client.next(), b"x")).verdict for _ in range(5)]
    assert verdicts == [Verdict.DONE] * 3 + [Verdict.REFUSED] * 2
    for sequence in (1, 2, 3):
        client.answered(sequence)
    assert replica.apply(client.encode(4, b"x")).verdict is Verdict.DONE
    assert len(replica.executed) == 4


def test_the_session_unused_for_longest_gives_way():
    replica = Replica(max_sessions=2)
    one = ClientSession(replica.apply(open_session()).session)
    two = ClientSession(replica.apply(open_session()).session)
    replica.apply(one.encode(one.next(), b"x"))
    replica.apply(open_session())
    assert len(replica.sessions) == 2
    assert replica.apply(two.encode(two.next(), b"x")) == Answer(Verdict.EXPIRED, two.session, 1)
    assert replica.apply(one.encode(one.next(), b"x")).verdict is Verdict.DONE


def test_a_closed_session_is_gone():
    replica = Replica()
    client = ClientSession(replica.apply(open_session()).session)
    assert replica.apply(close_session(client.session)) == Answer(Verdict.CLOSED, client.session)
    assert replica.apply(close_session(client.session)).verdict is Verdict.CLOSED
    assert replica.apply(client.encode(client.next(), b"x")).verdict is Verdict.EXPIRED
    assert replica.executed == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x09abc",
        b"\x02short",
        b"\x01" + b"n" * 65,
        close_session(1)[:-1],
        close_session(1) + b"x",
    ],
)
def test_bytes_that_are_no_command(data):
    replica = Replica()
    assert replica.apply(data) == Answer(Verdict.MALFORMED)
    assert replica.executed == []


def test_a_nonce_is_short():
    with pytest.raises(LocalError, match="at most 64"):
        open_session(b"n" * 65)


@pytest.mark.parametrize("limits", [{"max_sessions": 0}, {"max_results": 0}])
def test_senseless_limits_are_refused(limits):
    with pytest.raises(LocalError):
        Sessions(**limits)


@pytest.mark.parametrize("seed", range(20))
def test_replicas_agree_whether_they_applied_or_restored(seed):
    """One replica applies everything; the other is replaced by its own snapshot again and again."""
    rng = random.Random(seed)
    one, other = Replica(max_sessions=4, max_results=3), Replica(max_sessions=4, max_results=3)
    clients, sent = [], []
    for _ in range(200):
        kind = rng.random()
        if kind < 0.1 or not clients:
            data = open_session()
        elif kind < 0.15:
            data = close_session(rng.choice(clients).session)
        elif kind < 0.5 and sent:
            data = rng.choice(sent)
        else:
            client = rng.choice(clients)
            data = client.encode(client.next(), rng.choice([b"x", b"refuse"]))
            sent.append(data)
        answer = one.apply(data)
        assert other.apply(data) == answer
        if answer.verdict is Verdict.OPENED:
            clients.append(ClientSession(answer.session))
        elif answer.verdict in {Verdict.DONE, Verdict.FAILED} and rng.random() < 0.8:
            for client in clients:
                if client.session == answer.session:
                    client.answered(answer.sequence)
        if rng.random() < 0.2:
            fresh = Sessions(**other.limits)
            fresh.restore(other.sessions.snapshot())
            other.sessions = fresh
    assert one.sessions.snapshot() == other.sessions.snapshot()
    assert one.executed == other.executed
    assert len({entry[:2] for entry in one.executed}) == len(one.executed), "a command was executed twice"


def test_a_damaged_snapshot_changes_nothing():
    replica = Replica()
    client = ClientSession(replica.apply(open_session()).session)
    replica.apply(client.encode(client.next(), b"x"))
    good = replica.sessions.snapshot()
    for size in range(len(good)):
        with pytest.raises(RemoteError):
            replica.sessions.restore(good[:size])
    with pytest.raises(RemoteError):
        replica.sessions.restore(good + b"x")
    assert replica.sessions.snapshot() == good
