"""Snapshot files: the state machine's state at one index, beside the log.

Rules that hold here:

1. A file appears under its name only when it is whole and durable (written aside, synced, renamed, directory
   synced).
2. Every snapshot has a number of its own, and only the one that the log names counts. A file that no record
   names was never acknowledged and is removed at the next opening.
3. The log's record holds the file's length and checksum, so that neither a damaged nor a foreign file is
   taken.

A file::

    magic (8) | log id (16) | term (8) | index (8) | length of the membership (4) | membership | data | crc
    (4)

Tests: `tests/raft/test_log_snapshots.py`.
"""

from __future__ import annotations

import contextlib
import struct
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from wetware.raft.core.messages import ConfState, Snapshot
from wetware.raft.log.errors import CorruptLogError
from wetware.raft.log.segments import NEW_SUFFIX, disk_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.raft.log.files import FileSystem

__all__ = ["SNAPSHOT_SUFFIX", "SnapshotRef", "load", "next_sequence", "remove_others", "write"]

SNAPSHOT_SUFFIX = ".snapshot"
_HEAD = struct.Struct("<8s16sQQI")
_MAGIC = b"wwsnap\x00\x01"
_CRC = struct.Struct("<I")
_COUNTS = struct.Struct("<IIIIB")
_REF = struct.Struct("<QQI")


class SnapshotRef(NamedTuple):
    """What the log knows of a snapshot file.

    Attributes:
        sequence: the file's number.
        size: its length in bytes.
        crc: its checksum.
        index: the last entry that the snapshot covers.
        term: that entry's term.
    """

    sequence: int
    size: int
    crc: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody wants of a reference
    term: int

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.sequence:016x}{SNAPSHOT_SUFFIX}"

    def encode(self) -> bytes:
        """The payload of the log's record; index and term are the record's own."""
        return _REF.pack(self.sequence, self.size, self.crc)

    @classmethod
    def decode(cls, payload: bytes, index: int, term: int) -> SnapshotRef:
        """What a record with this payload, index and term names."""
        sequence, size, crc = _REF.unpack(payload)
        return cls(sequence, size, crc, index, term)


def encode_conf_state(state: ConfState) -> bytes:
    """Membership: four counts, the flag, then the ids."""
    groups = state[:4]
    ids = [node_id for group in groups for node_id in group]
    return _COUNTS.pack(*map(len, groups), state.auto_leave) + struct.pack(f"<{len(ids)}Q", *ids)


def decode_conf_state(data: bytes) -> ConfState:
    """What `encode_conf_state` wrote."""
    voters, outgoing, learners, learners_next, auto_leave = _COUNTS.unpack_from(data)
    total = voters + outgoing + learners + learners_next
    ids = iter(struct.unpack_from(f"<{total}Q", data, _COUNTS.size))

    def take(count: int) -> tuple[int, ...]:
        return tuple(islice(ids, count))

    return ConfState(take(voters), take(outgoing), take(learners), take(learners_next), bool(auto_leave))


def write(fs: FileSystem, log_id: bytes, sequence: int, snapshot: Snapshot) -> SnapshotRef:
    """Make a snapshot durable under its number.

    Raises:
        DiskError: it is not there; nothing of the log has changed.
    """
    membership = encode_conf_state(snapshot.conf_state)
    head = _HEAD.pack(_MAGIC, log_id, snapshot.term, snapshot.index, len(membership)) + membership
    crc = crc32(snapshot.data, crc32(head))
    ref = SnapshotRef(
        sequence, len(head) + len(snapshot.data) + _CRC.size, crc, snapshot.index, snapshot.term
    )
    aside = ref.name + NEW_SUFFIX
    try:
        file = fs.create(aside)
        try:
            file.write_at(0, head)
            file.write_at(len(head), snapshot.data)
            file.write_at(ref.size - _CRC.size, _CRC.pack(crc))
            file.sync()
        finally:
            file.close()
        fs.rename(aside, ref.name)
        fs.sync()
    except OSError as error:
        for name in (aside, ref.name):
            with contextlib.suppress(OSError):  # best effort: the next opening removes it too
                fs.remove(name)
        raise disk_error("writing a snapshot", error) from error
    return ref


def load(fs: FileSystem, log_id: bytes, ref: SnapshotRef) -> Snapshot:
    """The snapshot that the log names.

    Raises:
        CorruptLogError: the file is missing, damaged, or another one.
        DiskError: the disk could not read it.
    """
    try:
        file = fs.open(ref.name)
    except FileNotFoundError:
        raise CorruptLogError(ref.name, 0, "the snapshot that the log names is missing") from None
    except OSError as error:
        raise disk_error("opening a snapshot", error) from error
    try:
        data = file.read_at(0, ref.size + 1)
    except OSError as error:
        raise disk_error("reading a snapshot", error) from error
    finally:
        file.close()
    if len(data) != ref.size:
        raise CorruptLogError(
            ref.name, min(len(data), ref.size), f"it has another length than the {ref.size} bytes written"
        )
    body = memoryview(data)[: -_CRC.size]
    if crc32(body) != ref.crc or _CRC.unpack_from(data, len(body))[0] != ref.crc:
        raise CorruptLogError(ref.name, 0, "its checksum does not hold")
    magic, owner, term, index, length = _HEAD.unpack_from(data)
    if magic != _MAGIC or owner != log_id or (index, term) != (ref.index, ref.term):
        raise CorruptLogError(ref.name, 0, "it is another snapshot than the one that the log names")
    start = _HEAD.size + length
    return Snapshot(index, term, decode_conf_state(data[_HEAD.size : start]), bytes(body[start:]))


def remove_others(fs: FileSystem, names: Sequence[str], keep: SnapshotRef | None) -> None:
    """Remove every snapshot file but one.

    Raises:
        DiskError: one could not be removed; it only takes up space.
    """
    for name in names:
        if name.endswith(SNAPSHOT_SUFFIX) and (keep is None or name != keep.name):
            try:
                fs.remove(name)
            except OSError as error:
                raise disk_error(f"removing the old snapshot {name!r}", error) from error


def next_sequence(names: Sequence[str]) -> int:
    """A number that no snapshot in a directory has.

    Numbers are not used twice, not even that of a snapshot whose record failed: the record may yet turn out
    to be on the disk, and must then find its own file or none.
    """
    return max(map(_number, names), default=0) + 1


def _number(name: str) -> int:
    stem = name.removesuffix(SNAPSHOT_SUFFIX)
    try:
        return int(stem, 16) if stem != name else 0
    except ValueError:
        return 0  # not one of ours
