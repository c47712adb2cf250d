"""The bytes that members exchange: batches of messages, the heads of snapshots, the items of a put.

Rules that hold here:

1. What comes from a peer is checked before the core sees it: lengths, types, addresses. What fails is a
   `ProtocolError`, and nothing of its batch is taken.
2. A peer cannot speak as this member or as one of its storage threads, nor send what never leaves a member:
   with that it could forge acknowledgements. Where it is known which member it is, it cannot speak as another
   one either, but for what is forwarded in the name of whoever asked first (`tests/raft/test_node_codec.py`).
3. A snapshot's data is not in its head: it follows in chunks, and the head tells its length and checksum.

A batch::

    "ww" version (1) | message …
    message: type flags (1 each) | to from term log_term index commit hint (8 each) | context length (2)
             | number of entries (4) | context | entry …
    entry:   term index (8 each) | type (1) | length (4) | data

Everything is little-endian.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from wetware.raft.core import Entry, EntryType, Message, MessageType, Snapshot, is_local_target
from wetware.raft.core.errors import ProtocolError
from wetware.raft.core.messages import FORWARDED, LOCAL
from wetware.raft.log.snapshots import decode_conf_state, encode_conf_state

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Item",
    "SnapshotHead",
    "decode_batch",
    "decode_item",
    "decode_snapshot_head",
    "encode_batch",
    "encode_item",
    "encode_snapshot_head",
    "message_size",
]

_MAGIC = b"ww\x01"
_HEAD = struct.Struct("<BBQQQQQQQHI")
_ENTRY = struct.Struct("<QQBI")
_SNAPSHOT = struct.Struct("<QQQQQQI")
_LENGTH = struct.Struct("<I")
_REJECT = 1
_TYPES = {int(kind): kind for kind in MessageType if kind not in LOCAL and kind is not MessageType.SNAP}
_ENTRY_TYPES = {int(kind): kind for kind in EntryType}


class Item(NamedTuple):
    """What a put hands to the state machine."""

    key: bytes
    value: bytes


def encode_item(item: Item) -> bytes:
    """The command of an item: the key's length (4 bytes), the key, the value."""
    return _LENGTH.pack(len(item.key)) + item.key + item.value


def decode_item(command: bytes) -> Item:
    """Read what `encode_item` wrote.

    Raises:
        ProtocolError: the bytes are no item.
    """
    if len(command) >= _LENGTH.size:
        end = _LENGTH.size + _LENGTH.unpack_from(command)[0]
        if end <= len(command):
            return Item(command[_LENGTH.size : end], command[end:])
    raise ProtocolError("a command in the log is no item")


def message_size(message: Message) -> int:
    """About the bytes that a message takes in a batch."""
    return _HEAD.size + len(message.context) + sum([_ENTRY.size + len(entry[3]) for entry in message.entries])


def encode_batch(messages: Sequence[Message]) -> bytes:
    """The bytes of messages to one peer, in their order."""
    parts = [_MAGIC]
    add = parts.append
    for message in messages:
        entries = message.entries
        add(
            _HEAD.pack(
                message.type,
                _REJECT if message.reject else 0,
                message.to,
                message.from_,
                message.term,
                message.log_term,
                message.index,
                message.commit,
                message.reject_hint,
                len(message.context),
                len(entries),
            )
        )
        if message.context:
            add(message.context)
        for term, index, kind, data in entries:
            add(_ENTRY.pack(term, index, kind, len(data)))
            add(data)
    return b"".join(parts)


def decode_batch(data: bytes | memoryview, self_id: int, peer: int | None = None) -> list[Message]:
    """The messages of a batch that a peer sent to the member `self_id`.

    Args:
        data: the batch.
        self_id: the receiver.
        peer: which member it came from, where that was made sure of.

    Raises:
        ProtocolError: the bytes are no batch, or hold what no peer may send.
    """
    data = bytes(data)
    if not data.startswith(_MAGIC):
        raise ProtocolError("the message is not in this version's encoding of Raft messages")
    messages = []
    at, end = len(_MAGIC), len(data)
    try:
        while at < end:
            kind, flags, to, sender, term, log_term, index, commit, hint, context_size, count = (
                _HEAD.unpack_from(data, at)
            )
            at += _HEAD.size
            context = data[at : at + context_size]
            at += context_size
            entries = []
            for _ in range(count):
                entry_term, entry_index, entry_kind, size = _ENTRY.unpack_from(data, at)
                at += _ENTRY.size
                entries.append(Entry(entry_term, entry_index, _ENTRY_TYPES[entry_kind], data[at : at + size]))
                at += size
            message_kind = _TYPES[kind]
            _check_addresses(self_id, to, sender, None if message_kind in FORWARDED else peer)
            messages.append(
                Message(
                    message_kind,
                    to,
                    sender,
                    term,
                    log_term,
                    index,
                    entries or (),
                    commit,
                    reject=bool(flags & _REJECT),
                    reject_hint=hint,
                    context=context,
                )
            )
    except struct.error:
        raise ProtocolError("a batch of messages ends within one") from None
    except KeyError as error:
        raise ProtocolError(f"a batch holds a message or an entry of the unknown type {error}") from None
    if at != end:
        raise ProtocolError("a batch of messages ends within one")
    return messages


def _check_addresses(self_id: int, to: int, sender: int, peer: int | None) -> None:
    if to != self_id:
        raise ProtocolError(f"a message for member {to} came to member {self_id}")
    if sender in (0, self_id) or is_local_target(sender):
        raise ProtocolError(f"a message names {sender} as its sender, which no peer is")
    if peer is not None and sender != peer:
        raise ProtocolError(f"a message names {sender} as its sender and came from member {peer}")


class SnapshotHead(NamedTuple):
    """What is sent before a snapshot's data.

    Attributes:
        message: the message to give to the core, but for the data.
        size: the data's length in bytes.
        crc: its CRC-32.
    """

    message: Message
    size: int
    crc: int

    def complete(self, data: bytes) -> Message:
        """The message, with the data.

        Raises:
            ProtocolError: the data is not what the head announced.
        """
        if len(data) != self.size or crc32(data) != self.crc:
            raise ProtocolError("a snapshot's data is not what its head announced; send it again")
        message, snapshot = self.message, self.message.snapshot
        assert snapshot is not None, "a head is made with one"
        message.snapshot = snapshot._replace(data=data)
        return message


def encode_snapshot_head(message: Message) -> bytes:
    """The head of a message of the type `SNAP`."""
    snapshot = message.snapshot
    assert snapshot is not None, "a message of this type has one"
    head = _SNAPSHOT.pack(
        message.to,
        message.from_,
        message.term,
        snapshot.index,
        snapshot.term,
        len(snapshot.data),
        crc32(snapshot.data),
    )
    return _MAGIC + head + encode_conf_state(snapshot.conf_state)


def decode_snapshot_head(data: bytes | memoryview, self_id: int, peer: int | None = None) -> SnapshotHead:
    """Read what `encode_snapshot_head` wrote; for the arguments see `decode_batch`.

    Raises:
        ProtocolError: the bytes are no head, or one that no peer may send.
    """
    data = bytes(data)
    if not data.startswith(_MAGIC):
        raise ProtocolError("the head of the snapshot is not in this version's encoding")
    try:
        to, sender, term, index, index_term, size, crc = _SNAPSHOT.unpack_from(data, len(_MAGIC))
        membership = data[len(_MAGIC) + _SNAPSHOT.size :]
        state = decode_conf_state(membership)
    except struct.error:
        raise ProtocolError("the head of a snapshot ends too early") from None
    if encode_conf_state(state) != membership:
        raise ProtocolError("the head of a snapshot has another length than it says")
    _check_addresses(self_id, to, sender, peer)
    if not index or not term or not index_term:
        raise ProtocolError("the head of a snapshot names no term or no index")
    message = Message(
        MessageType.SNAP, to=to, from_=sender, term=term, snapshot=Snapshot(index, index_term, state)
    )
    return SnapshotHead(message, size, crc)
