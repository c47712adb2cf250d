"""Reads: confirmed by a question that left after them, answered when that index is applied."""

import pytest

from wetware.raft.core.errors import OverloadedError
from wetware.raft.node.core.reads import ReadQueue
from wetware.raft.node.errors import ReadTimeoutError


def queue(**more):
    return ReadQueue(7, **({"max_waiting": 10, "ask_again_after": 1.0} | more))


def test_reads_share_the_next_question_and_never_one_under_way():
    reads = queue()
    reads.ask("a", 9)
    reads.ask("b", 9)
    first = reads.take(0)
    assert reads.take(0) is None
    reads.ask("c", 9)
    second = reads.take(0)
    assert first != second
    reads.confirmed(first, 5)
    assert reads.ready(4) == []
    assert reads.ready(5) == ["a", "b"]
    assert reads.ready(9) == []
    reads.confirmed(second, 3)
    assert reads.ready(5) == ["c"]
    assert len(reads) == 0


def test_answers_to_nothing_are_ignored():
    reads = queue()
    reads.ask("a", 9)
    context = reads.take(0)
    reads.confirmed(b"x" * 16, 1)
    reads.confirmed(context, 1)
    reads.confirmed(context, 1)
    assert reads.ready(1) == ["a"]
    assert context != ReadQueue(8, max_waiting=1, ask_again_after=1).take(0)


def test_a_question_is_asked_again_under_another_name():
    reads = queue()
    reads.ask("a", 9)
    first = reads.take(0)
    reads.tick(0.9)
    assert reads.take(0.9) is None
    reads.tick(1.0)
    second = reads.take(1.0)
    reads.leader_changed()
    third = reads.take(1.0)
    reads.dropped(third)
    fourth = reads.take(1.0)
    assert len({first, second, third, fourth}) == 4
    for old in (first, second, third):
        reads.confirmed(old, 1)
    assert reads.ready(9) == []
    reads.confirmed(fourth, 1)
    assert reads.ready(9) == ["a"]


def test_deadlines_hold_in_every_state():
    reads = queue()
    reads.ask("confirmed", 1)
    reads.confirmed(reads.take(0), 100)
    reads.ask("asked", 1)
    reads.take(0)
    reads.ask("new", 1)
    reads.ask("later", 2)
    late = reads.tick(1)
    assert {token for token, _ in late} == {"confirmed", "asked", "new"}
    assert all(isinstance(error, ReadTimeoutError) for _, error in late)
    assert len(reads) == 1
    assert reads.fail() == ["later"]
    assert len(reads) == 0


def test_what_waits_is_bounded():
    reads = queue(max_waiting=2)
    reads.ask("a", 9)
    reads.ask("b", 9)
    with pytest.raises(OverloadedError):
        reads.ask("c", 9)
    reads.confirmed(reads.take(0), 0)
    assert reads.ready(0) == ["a", "b"]
    reads.ask("c", 9)
