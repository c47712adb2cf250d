"""Mailboxes: bounded, honest about what is missing, and each alone with its slowness."""

import pytest
from beats import peer
from hypothesis import given
from hypothesis import strategies as st

from wetware.cluster.mailbox import Mailbox, Message, Quota
from wetware.errors import LimitError

NODE = peer(1)


def quota(most=1 << 30, within=None):
    return Quota({"waiting bytes": most, "topics": 3}, within)


def mailbox(capacity=4, **options):
    woken = []
    box = Mailbox(capacity, options.pop("quota", quota()), lambda: woken.append(True), **options)
    return box, woken


def put(box, *contents):
    for content in contents:
        box.put(Message(NODE, content))


def read(box, count=100):
    lost, messages = box.take(count)
    return lost, [message.content for message in messages]


def test_messages_come_out_as_they_went_in():
    box, woken = mailbox()
    put(box, b"1", b"2", b"3")
    assert woken == [True]
    assert read(box, 2) == (0, [b"1", b"2"])
    assert read(box) == (0, [b"3"])
    assert box.is_empty
    put(box, b"4")
    assert woken == [True, True]


def test_the_gap_stands_where_it_is():
    box, _ = mailbox(2)
    put(box, b"1", b"2", b"3", b"4")
    assert read(box, 1) == (2, [b"3"])
    put(box, b"5")
    assert read(box) == (0, [b"4", b"5"])
    assert box.dropped == 2
    put(box, b"6")
    box.miss(7)
    put(box, b"7")
    assert read(box) == (0, [b"6"])
    assert read(box) == (7, [b"7"])


def test_many_at_once_are_as_one_after_the_other():
    box, woken = mailbox(4)
    box.put_all([], 0)
    assert not woken
    box.miss(2)
    box.put_all([Message(NODE, b"1"), Message(NODE, b"2")], 2)
    assert woken == [True]
    box.put_all([Message(NODE, b"3"), Message(NODE, b"4"), Message(NODE, b"5")], 3)
    assert read(box) == (3, [b"2", b"3", b"4", b"5"])
    assert box.dropped == 3


def test_a_gap_at_the_end_is_told():
    box, woken = mailbox()
    box.miss(3)
    assert woken
    assert read(box) == (3, [])
    assert box.is_empty


def test_a_mailbox_is_bounded():
    box, _ = mailbox(1000, most=1000)
    put(box, *[b"x" * 100] * 50)
    assert len(box) == 6  # each takes its overhead, too
    put(box, b"y" * 1000)
    assert len(box) == 0
    assert read(box) == (51, [])


def test_an_account_is_bounded():
    """What one mailbox holds another one of the account cannot; nothing but its own is pushed out."""
    shared = quota(1000)
    one, _ = mailbox(1000, quota=shared)
    other, _ = mailbox(1000, quota=shared)
    put(one, *[b"x" * 100] * 5)
    put(other, *[b"y" * 100] * 5)
    assert (len(one), len(other)) == (5, 1)
    assert read(other) == (4, [b"y" * 100])
    one.close()
    assert shared.used["waiting bytes"] == 0
    put(other, *[b"y" * 100] * 5)
    assert len(other) == 5


def test_quotas_within_quotas():
    node = quota()
    one, other = quota(within=node), quota(within=node)
    one.take("topics", 2)
    with pytest.raises(LimitError):
        other.take("topics", 2)
    assert (other.used["topics"], node.used["topics"]) == (0, 2)
    one.add("topics", -2)
    other.take("topics", 2)


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.lists(st.binary(max_size=40), max_size=4),
            st.integers(1, 9),
            st.tuples(st.integers(1, 5), st.integers(1, 99)),
        ),
        max_size=80,
    ),
    st.integers(1, 6),
)
def test_nothing_is_lost_uncounted(steps, capacity):
    """In any order of messages, gaps and reads: what came out and what was counted is all that went in."""
    account = quota()
    box, _ = mailbox(capacity, quota=account, most=300)
    given_in, out, lost = 0, [], 0
    for step in [*steps, (1000, 1000)]:
        if isinstance(step, bytes):
            box.put(Message(NODE, step))
            given_in += 1
        elif isinstance(step, list):
            box.put_all([Message(NODE, content) for content in step], sum(map(len, step)))
            given_in += len(step)
        elif isinstance(step, int):
            box.miss(step)
            given_in += step
        else:
            gap, messages = box.take(*step)
            lost += gap
            out += messages
        assert len(box) <= capacity
    while not box.is_empty:
        gap, messages = box.take(1000)
        lost += gap
        out += messages
    assert len(out) + lost == given_in
    assert lost == box.dropped
    assert account.used["waiting bytes"] == 0
