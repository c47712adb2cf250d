"""Commands on their way: each takes effect once, and whoever waits is told what is known."""

import itertools

import pytest

from wetware.raft.core.errors import NoLeaderError, OverloadedError
from wetware.raft.node.core.proposals import Proposals
from wetware.raft.node.errors import OutcomeUnknownError, StoppedError
from wetware.raft.sessions import Answer, Execute, Sessions, Verdict


class Log:
    """Proposals in front of a log and a table of sessions."""

    def __init__(self, max_results=8, max_sessions=10, **limits):
        names = itertools.count(1)
        settings = {"max_waiting": 100, "max_bytes": 10_000, "resend_after": 1.0} | limits
        self.proposals = Proposals(
            lambda size: next(names).to_bytes(size, "big"), max_results=max_results, **settings
        )
        self.sessions = Sessions(max_sessions=max_sessions, max_results=max_results)
        self.index = 0
        self.executed = []
        self.told = []

    def take(self, now=0.0, size=10**6):
        return self.proposals.take(size, now)

    def apply(self, taken):
        """Commit what was taken, and apply it."""
        for _, data in taken:
            self.index += 1
            decision = self.sessions.decide(self.index, data)
            if isinstance(decision, Execute):
                self.executed.append(decision.command)
                decision = self.sessions.record(decision, b"ok " + decision.command)
            self.told += self.proposals.applied(decision)

    def settle(self):
        while taken := self.take():
            self.apply(taken)


def answers(told):
    return {token: answer.result for token, answer in told}


def test_a_put_opens_a_session_first():
    log = Log()
    log.proposals.put("a", b"1", 9)
    first = log.take()
    assert len(first) == 1
    assert log.take() == []
    log.apply(first)
    assert (log.told, log.proposals.session) == ([], 1)
    log.settle()
    assert answers(log.told) == {"a": b"ok 1"}
    assert len(log.proposals) == 0


def test_what_is_proposed_twice_takes_effect_once():
    log = Log()
    log.proposals.put("a", b"1", 9)
    opening = log.take()
    log.proposals.leader_changed()
    again = log.take()
    assert [key for key, _ in again] == [key for key, _ in opening]
    log.apply(again)
    first = log.take()
    log.proposals.leader_changed()
    second = log.take()
    log.apply(second + first + opening)
    assert log.executed == [b"1"]
    assert answers(log.told) == {"a": b"ok 1"}


def test_no_more_than_half_the_answers_of_the_own_session_are_under_way():
    log = Log(max_results=8)
    for number in range(20):
        log.proposals.put(number, b"%d" % number, 9)
    log.apply(log.take())
    assert len(log.take()) == 4
    assert log.take() == []
    log.proposals.leader_changed()
    log.settle()
    assert answers(log.told) == {number: b"ok %d" % number for number in range(20)}
    assert log.executed == [b"%d" % number for number in range(20)]


def test_batches_are_bounded_and_one_always_fits():
    log = Log()
    for number in range(4):
        log.proposals.put(number, b"x" * 100, 9)
    log.apply(log.take())
    assert [len(log.take(size=size)) for size in (1, 200, 10**6)] == [1, 2, 1]


def test_what_the_core_did_not_take_comes_again_in_its_order():
    log = Log()
    for number in range(3):
        log.proposals.put(number, b"%d" % number, 9)
    log.apply(log.take())
    taken = log.take(size=2)
    log.proposals.dropped(taken)
    assert log.take()[: len(taken)] == taken
    late = log.proposals.tick(10, leads=False)
    assert all(isinstance(error, OutcomeUnknownError) for _, error in late)


def test_a_deadline_says_whether_anything_was_done():
    log = Log()
    log.proposals.put("early", b"1", 5)
    assert [(t, type(e)) for t, e in log.proposals.tick(5, leads=False)] == [("early", NoLeaderError)]
    log.proposals.put("staged", b"2", 5)
    log.apply(log.take())
    taken = log.take()
    log.proposals.dropped(taken)
    assert [(t, type(e)) for t, e in log.proposals.tick(5, leads=False)] == [("staged", NoLeaderError)]
    log.proposals.put("late", b"3", 5)
    log.take()
    assert log.proposals.tick(4.9, leads=True) == []
    assert [(t, type(e)) for t, e in log.proposals.tick(5, leads=True)] == [("late", OutcomeUnknownError)]
    assert log.take() == []
    assert len(log.proposals) == 0


def test_a_command_that_was_given_up_is_not_done_after_the_next_one():
    log = Log()
    log.proposals.put("warm", b"0", 9)
    log.settle()
    log.proposals.put("late", b"1", 1)
    lost = log.take()
    log.proposals.tick(1, leads=True)
    log.proposals.put("next", b"2", 9)
    log.apply(log.take())
    log.apply(lost)
    assert log.executed == [b"0", b"2"]


def test_a_follower_proposes_again_after_a_while_and_a_leader_does_not():
    log = Log()
    log.proposals.put("a", b"1", 99)
    assert len(log.take(0)) == 1
    log.proposals.tick(1, leads=True)
    assert log.take(1) == []
    log.proposals.tick(1, leads=False)
    log.apply(log.take(1))
    assert len(log.take(1)) == 1
    log.proposals.tick(1.5, leads=False)
    assert log.take(1.5) == []
    log.proposals.tick(2, leads=False)
    assert len(log.take(2)) == 1
    log.proposals.tick(3.9, leads=False)
    assert log.take(3.9) == []
    log.proposals.tick(4, leads=False)
    assert len(log.take(4)) == 1


def test_a_client_that_asks_twice_waits_once():
    log = Log()
    log.proposals.open("open", 9)
    log.settle()
    session = log.told.pop()[1].session
    log.proposals.put_session("a", session, 1, 0, b"1", 5)
    log.proposals.put_session("b", session, 1, 0, b"1", 9)
    assert len(log.proposals) == 1
    assert [t for t, _ in log.proposals.tick(5, leads=True)] == ["a"]
    log.settle()
    assert answers(log.told) == {"b": b"ok 1"}
    log.told.clear()
    log.proposals.put_session("c", session, 1, 0, b"1", 9)
    log.settle()
    assert answers(log.told) == {"c": b"ok 1"}
    assert log.executed == [b"1"]
    log.proposals.close("d", session, 9)
    log.settle()
    assert log.told[-1][1].verdict is Verdict.CLOSED
    log.proposals.put_session("e", session, 2, 1, b"2", 9)
    log.settle()
    assert log.told[-1] == ("e", Answer(Verdict.EXPIRED, session, 2))


def test_a_forgotten_own_session_is_replaced_where_nothing_can_have_been_done():
    log = Log(max_sessions=1)
    log.proposals.put("a", b"1", 9)
    log.settle()
    log.proposals.open("other", 9)
    log.settle()
    log.told.clear()
    log.proposals.put("b", b"2", 9)
    log.proposals.put("c", b"3", 9)
    log.settle()
    assert answers(log.told) == {"b": b"ok 2", "c": b"ok 3"}


def test_a_forgotten_own_session_leaves_open_what_was_proposed_twice():
    log = Log(max_sessions=1)
    log.proposals.put("a", b"1", 9)
    log.settle()
    log.told.clear()
    log.proposals.put("b", b"2", 9)
    log.take()
    log.proposals.leader_changed()
    again = log.take()
    log.proposals.open("other", 9)
    log.apply(log.take())
    log.told.clear()
    log.apply(again)
    ((token, error),) = log.told
    assert (token, type(error)) == ("b", OutcomeUnknownError)


def test_what_waits_is_bounded():
    log = Log(max_waiting=3, max_bytes=100)
    for number in range(3):
        log.proposals.put(number, b"x" * 10, 9)
    with pytest.raises(OverloadedError) as caught:
        log.proposals.put(3, b"x", 9)
    assert caught.value.limit == "max_waiting"
    log.settle()
    log.proposals.put(4, b"x" * 90, 9)
    with pytest.raises(OverloadedError) as caught:
        log.proposals.put(5, b"x" * 11, 9)
    assert caught.value.limit == "max_waiting_bytes"
    log.settle()
    log.proposals.put(6, b"x" * 1000, 9)  # alone it fits
    log.settle()
    assert log.proposals._bytes == 0
    assert len(log.told) == 5


def test_the_end():
    log = Log()
    log.proposals.put("a", b"1", 9)
    log.apply(log.take())
    log.take()
    log.proposals.put("b", b"2", 9)
    ended = dict(log.proposals.fail("it ends", lambda: StoppedError("stopped")))
    assert {token: type(error) for token, error in ended.items()} == {
        "a": OutcomeUnknownError,
        "b": StoppedError,
    }
    assert len(log.proposals) == 0
    assert log.take() == []
