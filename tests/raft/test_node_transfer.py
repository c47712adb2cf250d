"""Snapshots in pieces: nothing but the whole is taken, and nothing grows beyond what was announced."""

import pytest

from wetware.raft.core import ConfState, Message, MessageType, Snapshot
from wetware.raft.core.errors import OverloadedError, ProtocolError
from wetware.raft.node.core.codec import decode_snapshot_head, encode_snapshot_head
from wetware.raft.node.core.transfer import Incoming, chunks

DATA = bytes(range(256)) * 4


def head(sender=2, data=DATA):
    message = Message(
        MessageType.SNAP, to=1, from_=sender, term=7, snapshot=Snapshot(5, 6, ConfState((1, 2)), data)
    )
    return decode_snapshot_head(encode_snapshot_head(message), 1)


def incoming(**more):
    return Incoming(**({"max_size": 2000, "max_transfers": 2} | more))


@pytest.mark.parametrize("size", [1, 100, 1023, 1024, 5000])
def test_all_pieces_make_the_whole(size):
    assembly = incoming().begin(head())
    for piece in chunks(DATA, size):
        assembly.write(piece)
    message = assembly.done()
    assert message.snapshot.data == DATA
    with pytest.raises(ProtocolError, match="over"):
        assembly.write(b"x")
    with pytest.raises(ProtocolError, match="over"):
        assembly.done()


def test_too_little_too_much_and_something_else_are_refused():
    few = incoming().begin(head())
    few.write(DATA[:-1])
    with pytest.raises(ProtocolError, match="announced"):
        few.done()
    much = incoming().begin(head())
    much.write(DATA)
    with pytest.raises(ProtocolError, match="larger"):
        much.write(b"x")
    with pytest.raises(ProtocolError, match="over"):
        much.done()
    other = incoming().begin(head())
    other.write(DATA[::-1])
    with pytest.raises(ProtocolError, match="announced"):
        other.done()


def test_an_empty_snapshot_has_no_pieces():
    assert list(chunks(b"", 10)) == []
    assert incoming().begin(head(data=b"")).done().snapshot.data == b""


def test_size_and_number_are_bounded_and_a_newer_one_replaces_the_older():
    with pytest.raises(OverloadedError, match="max_snapshot_size"):
        incoming(max_size=1000).begin(head())
    arriving = incoming()
    first, second = arriving.begin(head(2)), arriving.begin(head(3))
    with pytest.raises(OverloadedError, match="arrive already"):
        arriving.begin(head(4))
    again = arriving.begin(head(2))
    assert (first.closed, second.closed, again.closed) == (True, False, False)
    second.close()
    assert arriving.begin(head(4)).sender == 4
