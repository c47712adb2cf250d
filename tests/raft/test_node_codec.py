"""Bytes between members: all that was meant arrives, and nothing else is taken."""

import random

import pytest

from wetware.raft.core import (
    APPEND_THREAD,
    APPLY_THREAD,
    ConfState,
    Entry,
    EntryType,
    Message,
    MessageType,
    Snapshot,
)
from wetware.raft.core.errors import ProtocolError
from wetware.raft.node.core.codec import (
    Item,
    decode_batch,
    decode_item,
    decode_snapshot_head,
    encode_batch,
    encode_item,
    encode_snapshot_head,
    message_size,
)

BIG = 2**64 - 3
MESSAGES = [
    Message(MessageType.HEARTBEAT, to=1, from_=2, term=3, commit=4, context=b"x" * 16),
    Message(MessageType.APP_RESP, 1, BIG, BIG, BIG, BIG, reject=True, reject_hint=BIG),
    Message(
        MessageType.APP,
        to=1,
        from_=3,
        term=9,
        log_term=8,
        index=7,
        entries=[Entry(9, 8, EntryType.NORMAL, b""), Entry(9, 9, EntryType.CONF_CHANGE_V2, b"\0" * 300)],
        commit=6,
    ),
    Message(MessageType.PROP, to=1, from_=4, entries=[Entry(data=b"command")]),
    # whoever is no voter any more says what is committed: without it, the last voter may wait for ever
    Message(MessageType.VOTE_RESP, to=1, from_=2, term=7, reject=True, commit=12, log_term=6),
    Message(MessageType.PRE_VOTE_RESP, to=1, from_=2, term=7, reject=True, commit=12, log_term=6),
]


def test_a_batch_comes_back_as_it_was():
    batch = encode_batch(MESSAGES)
    assert decode_batch(batch, 1) == MESSAGES
    assert decode_batch(memoryview(batch), 1) == MESSAGES
    assert len(batch) == 3 + sum(map(message_size, MESSAGES))
    assert decode_batch(encode_batch([]), 1) == []


def test_every_cut_and_every_flip_is_refused_or_harmless():
    batch = encode_batch(MESSAGES)
    whole = {3}
    for count in range(1, len(MESSAGES) + 1):
        whole.add(len(encode_batch(MESSAGES[:count])))
    for end in range(len(batch)):
        if end in whole:
            assert decode_batch(batch[:end], 1) == MESSAGES[: len(decode_batch(batch[:end], 1))]
        else:
            with pytest.raises(ProtocolError):
                decode_batch(batch[:end], 1)
    dice = random.Random(1)
    for _ in range(3000):
        damaged = bytearray(batch)
        for _ in range(dice.randrange(1, 4)):
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        try:
            for message in decode_batch(damaged, 1):
                assert message.to == 1
                assert message.from_ not in (0, 1, APPEND_THREAD, APPLY_THREAD)
        except ProtocolError:
            pass


@pytest.mark.parametrize("sender", [0, 1, APPEND_THREAD, APPLY_THREAD])
def test_nobody_speaks_as_the_member_itself_or_as_its_threads(sender):
    with pytest.raises(ProtocolError, match="sender"):
        decode_batch(encode_batch([Message(MessageType.APP_RESP, to=1, from_=sender, term=1)]), 1)
    head = encode_snapshot_head(
        Message(MessageType.SNAP, to=1, from_=sender, term=1, snapshot=Snapshot(1, 1, ConfState((1,))))
    )
    with pytest.raises(ProtocolError, match="sender"):
        decode_snapshot_head(head, 1)


@pytest.mark.parametrize(
    "kind", [MessageType.HUP, MessageType.STORAGE_APPEND_RESP, MessageType.UNREACHABLE, MessageType.SNAP, 99]
)
def test_what_never_leaves_a_member_is_not_taken(kind):
    message = Message(MessageType.APP, to=1, from_=2, term=1)
    message.type = kind
    with pytest.raises(ProtocolError, match="unknown type"):
        decode_batch(encode_batch([message]), 1)


def test_messages_for_others_are_refused():
    with pytest.raises(ProtocolError, match="member 1 came to member 2"):
        decode_batch(encode_batch(MESSAGES), 2)


@pytest.mark.parametrize("junk", [b"", b'{"type":3}', b"ww\x02", b"xx"])
def test_other_encodings_are_refused(junk):
    with pytest.raises(ProtocolError, match="encoding"):
        decode_batch(junk, 1)
    with pytest.raises(ProtocolError, match="encoding"):
        decode_snapshot_head(junk, 1)


def test_a_snapshot_comes_back_as_it_was():
    state = ConfState((1, 2), (3,), (4, BIG), (5,), auto_leave=True)
    message = Message(MessageType.SNAP, to=1, from_=2, term=7, snapshot=Snapshot(5, 6, state, b"data" * 9))
    encoded = encode_snapshot_head(message)
    assert decode_snapshot_head(encoded, 1).complete(b"data" * 9) == message
    for data in (b"", b"data" * 8, b"date" * 9, b"data" * 10):
        with pytest.raises(ProtocolError, match="announced"):
            decode_snapshot_head(encoded, 1).complete(data)
    for end in range(3, len(encoded)):
        with pytest.raises(ProtocolError):
            decode_snapshot_head(encoded[:end], 1)
    with pytest.raises(ProtocolError, match="length"):
        decode_snapshot_head(encoded + b"x", 1)
    for wrong in (Snapshot(0, 1, state), Snapshot(1, 0, state)):
        message.snapshot = wrong
        with pytest.raises(ProtocolError, match="no term or no index"):
            decode_snapshot_head(encode_snapshot_head(message), 1)


def test_items():
    for item in (Item(b"", b""), Item(b"key", b""), Item(b"", b"value"), Item(b"k" * 300, b"v" * 5)):
        assert decode_item(encode_item(item)) == item
    for junk in (b"", b"abc", b"\x05\0\0\0abcd"):
        with pytest.raises(ProtocolError, match="item"):
            decode_item(junk)
