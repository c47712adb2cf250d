"""What waits for a peer is bounded, ordered, and newest where it must choose."""

import random

from wetware.raft.core import ConfState, Entry, Message, MessageType, Snapshot
from wetware.raft.node.core.codec import message_size
from wetware.raft.node.core.mail import Mail
from wetware.raft.node.core.outbox import Outbox
from wetware.raft.node.options import Options


def app(index, size=10, term=1):
    return Message(
        MessageType.APP, to=2, from_=1, term=term, index=index, entries=[Entry(1, index, data=bytes(size))]
    )


def vote(term):
    return Message(MessageType.VOTE, to=2, from_=1, term=term)


def test_first_in_first_out_in_batches():
    outbox = Outbox(max_messages=100, max_bytes=10**6)
    messages = [app(number) if number % 2 else vote(number) for number in range(1, 8)]
    assert all(outbox.push(message) for message in messages)
    assert outbox.bytes == sum(map(message_size, messages))
    size = message_size(messages[0])
    assert outbox.take(1) == messages[:1]
    assert outbox.take(message_size(messages[1]) + size) == messages[1:3]
    assert outbox.take(10**6) == messages[3:]
    assert outbox.take(10**6) == []
    assert (len(outbox), outbox.bytes) == (0, 0)


def test_past_its_bounds_the_oldest_appends_go_first():
    outbox = Outbox(max_messages=4, max_bytes=10**6)
    for message in (app(1), vote(1), app(2), vote(2)):
        assert outbox.push(message)
    assert not outbox.push(vote(3))
    assert not outbox.push(vote(4))
    assert not outbox.push(vote(5))
    assert outbox.take(10**6) == [vote(term) for term in (2, 3, 4, 5)]


def test_bytes_are_bounded_too_and_a_large_message_waits_alone():
    outbox = Outbox(max_messages=100, max_bytes=1000)
    for index in range(1, 30):
        outbox.push(app(index, 100))
        assert outbox.bytes <= 1000
    last = app(99, 5000)
    assert not outbox.push(last)
    assert outbox.take(1) == [last]
    assert outbox.bytes == 0


def test_its_counts_hold_whatever_happens():
    dice = random.Random(5)
    outbox = Outbox(max_messages=6, max_bytes=900)
    for _ in range(5000):
        kind = dice.randrange(8)
        if kind < 4:
            outbox.push(app(dice.randrange(99), dice.randrange(300)))
        elif kind == 4:
            outbox.push(Message(MessageType.APP, to=2, from_=1, term=1))
        elif kind == 5:
            outbox.push(vote(1))
        else:
            outbox.take(dice.randrange(1, 800))
        waiting = [message for message, _ in outbox._queue]
        assert outbox.bytes == sum(map(message_size, waiting))
        assert len(outbox) <= 6
        assert outbox.bytes <= 900 or len(outbox) == 1


def test_mail_makes_queues_for_members_and_a_few_others():
    mail = Mail(Options())
    members = ConfState((1, 2, 3))
    for peer in range(2, 100):
        mail.post(Message(MessageType.PRE_VOTE_RESP, to=peer, from_=1), members)
    assert len(mail.outboxes) == 2 + 16
    assert list(mail.take_posted()) == list(mail.outboxes)
    assert not mail.take_posted()
    snapshot = Message(MessageType.SNAP, to=2, from_=1, snapshot=Snapshot(1, 1, members))
    mail.post(snapshot, members)
    assert mail.take_snapshots() == [snapshot]
    assert mail.take_snapshots() == []
