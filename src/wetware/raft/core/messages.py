"""The records that the core takes and gives: entries, messages, hard state, snapshots, membership.

Rules that hold here:

1. Records carry no behaviour beyond their own encoding; nothing here knows a role or a rule of Raft.
2. All but `Message` are immutable and may be shared freely between log, messages and storage. A `Message`
   belongs to whoever holds it: the core writes to it only until it leaves in a `Ready`, and never to one
   that was stepped in.
3. Node ids are positive integers below 2**64 - 2. Zero is "nobody", the two highest are the local storage
   threads.
4. Zero in `term`, `index` and `commit` means "not set"; the log begins at index 1 and terms begin at 1.

Sources: Ongaro, "Consensus: Bridging Theory and Practice" (2014), figure 3.1 (the two calls), 4.3 (joint
membership), 5.1 (snapshots), 6.4 (reads), 3.10 (leadership transfer), 9.6 (pre-vote). The numbers of the
message and entry types are those of etcd's raft, so that its transcripts and ours speak of the same things.

Held by test_core_quorum (the encoding of changes), in tests/raft/.
"""

from __future__ import annotations

import enum
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from wetware.raft.core.errors import ConfChangeError, ProtocolError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "APPEND_THREAD",
    "APPLY_THREAD",
    "EMPTY_CONF_STATE",
    "EMPTY_HARD_STATE",
    "ENTRY_OVERHEAD",
    "FORWARDED",
    "LOCAL",
    "NOBODY",
    "RESPONSES",
    "TERMLESS",
    "Change",
    "ChangeType",
    "ConfChange",
    "ConfState",
    "Entry",
    "EntryType",
    "HardState",
    "Message",
    "MessageType",
    "ReadState",
    "Role",
    "Snapshot",
    "SoftState",
    "Transition",
    "entries_size",
    "is_local_target",
    "payload_size",
]

NOBODY = 0
APPEND_THREAD = 2**64 - 1
"""The address of the local thread that writes the log (only with `Config.async_storage_writes`)."""
APPLY_THREAD = 2**64 - 2
"""The address of the local thread that applies entries (only with `Config.async_storage_writes`)."""

ENTRY_OVERHEAD = 24
"""Bytes that an entry counts beyond its data, in size limits on entries (those on data count data alone)."""


def is_local_target(node_id: int) -> bool:
    """Tell whether `node_id` addresses a storage thread of this very node."""
    return node_id >= APPLY_THREAD


class Role(enum.IntEnum):
    """What a node is in its present term (thesis 3.3; the pre-candidate is 9.6)."""

    FOLLOWER = 0
    CANDIDATE = 1
    LEADER = 2
    PRE_CANDIDATE = 3


class EntryType(enum.IntEnum):
    """What an entry's data is."""

    NORMAL = 0
    CONF_CHANGE = 1
    CONF_CHANGE_V2 = 2


class Entry(NamedTuple):
    """One entry of the log.

    `term` and `index` are zero in a proposal until a leader gives them. Data without bytes is either the
    entry with which a leader opens its term, or (in a `CONF_CHANGE_V2`) the step out of a joint membership.
    """

    term: int = 0
    index: int = 0  # type: ignore[assignment]  # the field's word matters more than tuple.index
    type: EntryType = EntryType.NORMAL
    data: bytes = b""


def entries_size(entries: Sequence[Entry]) -> int:
    """The bytes that `entries` count against message, inflight and apply limits."""
    return payload_size(entries) + ENTRY_OVERHEAD * len(entries)


def payload_size(entries: Sequence[Entry]) -> int:
    """The bytes of data in `entries`: what counts against the limit on uncommitted data."""
    return sum([len(entry[3]) for entry in entries])


class ConfState(NamedTuple):
    """Who is a member, at one index of the log. Ids are sorted.

    `voters_outgoing` is empty unless the membership is joint (thesis 4.3): then a decision needs a majority
    of both lists.
    `learners_next` are voters of the outgoing half that become learners when the joint membership is left;
    with `auto_leave` the leader proposes that step itself.
    """

    voters: tuple[int, ...] = ()
    voters_outgoing: tuple[int, ...] = ()
    learners: tuple[int, ...] = ()
    learners_next: tuple[int, ...] = ()
    auto_leave: bool = False


class HardState(NamedTuple):
    """What must be on disk before any message that depends on it leaves (thesis figure 3.1)."""

    term: int = 0
    vote: int = NOBODY
    commit: int = 0


class SoftState(NamedTuple):
    """What the surroundings want to know but nobody needs to store."""

    lead: int = NOBODY
    role: Role = Role.FOLLOWER


class ReadState(NamedTuple):
    """A confirmed read: once `index` is applied, the request named by `context` may be answered."""

    index: int  # type: ignore[assignment]  # the field's word matters more than tuple.index
    context: bytes


class Snapshot(NamedTuple):
    """The state machine's state after the entry at `index`, and the membership there (thesis 5.1)."""

    index: int  # type: ignore[assignment]  # the field's word matters more than tuple.index
    term: int
    conf_state: ConfState
    data: bytes = b""

    @classmethod
    def founding(cls, voters: Sequence[int], learners: Sequence[int] = (), data: bytes = b"") -> Snapshot:
        """The beginning of a new cluster: every *founding* member puts this very one into its empty storage.

        A node that joins a cluster later must start with an empty storage instead: a joiner with a
        beginning of its own would hold another entry at the same index and term, which log matching can
        never repair.
        """
        return cls(1, 1, ConfState(voters=tuple(sorted(voters)), learners=tuple(sorted(learners))), data)


EMPTY_CONF_STATE = ConfState()
EMPTY_HARD_STATE = HardState()


class MessageType(enum.IntEnum):
    """What a message asks or answers."""

    HUP = 0
    BEAT = 1
    PROP = 2
    APP = 3
    APP_RESP = 4
    VOTE = 5
    VOTE_RESP = 6
    SNAP = 7
    HEARTBEAT = 8
    HEARTBEAT_RESP = 9
    UNREACHABLE = 10
    SNAP_STATUS = 11
    CHECK_QUORUM = 12
    TRANSFER_LEADER = 13
    TIMEOUT_NOW = 14
    READ_INDEX = 15
    READ_INDEX_RESP = 16
    PRE_VOTE = 17
    PRE_VOTE_RESP = 18
    STORAGE_APPEND = 19
    STORAGE_APPEND_RESP = 20
    STORAGE_APPLY = 21
    STORAGE_APPLY_RESP = 22
    FORGET_LEADER = 23


LOCAL = frozenset(
    {
        MessageType.HUP,
        MessageType.BEAT,
        MessageType.UNREACHABLE,
        MessageType.SNAP_STATUS,
        MessageType.CHECK_QUORUM,
        MessageType.STORAGE_APPEND,
        MessageType.STORAGE_APPEND_RESP,
        MessageType.STORAGE_APPLY,
        MessageType.STORAGE_APPLY_RESP,
        MessageType.FORGET_LEADER,
    }
)
"""The types that never cross the network."""

FORWARDED = frozenset({MessageType.PROP, MessageType.READ_INDEX, MessageType.TRANSFER_LEADER})
"""The types that a follower sends on to its leader, with the first sender's id."""

TERMLESS = frozenset({MessageType.PROP, MessageType.READ_INDEX})
"""The types that carry no term: a request forwarded to the leader, whoever that is by then."""

RESPONSES = frozenset(
    {
        MessageType.APP_RESP,
        MessageType.VOTE_RESP,
        MessageType.HEARTBEAT_RESP,
        MessageType.UNREACHABLE,
        MessageType.READ_INDEX_RESP,
        MessageType.PRE_VOTE_RESP,
        MessageType.STORAGE_APPEND_RESP,
        MessageType.STORAGE_APPLY_RESP,
    }
)
"""The types that only a member may send."""


@dataclass(slots=True)
class Message:
    """One message between two nodes, or between a node and its own storage threads.

    Attributes:
        type: what it asks or answers.
        to: the receiver's id.
        from_: the sender's id. A transport must check it against the peer it authenticated.
        term: the sender's term; zero in local messages and in forwarded proposals and reads.
        log_term: the term of the entry at `index`.
        index: of an append: the entry before `entries`; of its answer: the last entry that matches, or the
            rejected `index`; of a vote request: the candidate's last entry.
        entries: what to append, propose or apply; of a read: one entry with the read's context.
        commit: the sender's commit index, as far as the receiver may use it.
        vote: the vote to store (storage messages only).
        snapshot: the snapshot to install.
        reject: the answer is no.
        reject_hint: where the rejecting node's log may match.
        context: a tag that the answer carries back.
        responses: what to deliver once the storage thread has done its work.
    """

    type: MessageType
    to: int = NOBODY
    from_: int = NOBODY
    term: int = 0
    log_term: int = 0
    index: int = 0
    entries: Sequence[Entry] = ()
    commit: int = 0
    vote: int = NOBODY
    snapshot: Snapshot | None = None
    reject: bool = False
    reject_hint: int = 0
    context: bytes = b""
    responses: Sequence[Message] = ()


class ChangeType(enum.IntEnum):
    """What happens to one node in a membership change."""

    ADD_VOTER = 0
    REMOVE = 1
    UPDATE = 2
    ADD_LEARNER = 3


class Transition(enum.IntEnum):
    """Whether a change goes through a joint membership, and who ends that (thesis 4.3).

    `AUTO` takes the single step where at most one voter changes, and a joint membership that ends by itself
    otherwise.
    """

    AUTO = 0
    JOINT_IMPLICIT = 1
    JOINT_EXPLICIT = 2


class Change(NamedTuple):
    """One node's part in a membership change; a node id of zero makes it void."""

    type: ChangeType
    node_id: int


_HEAD = struct.Struct(">BH")
_CHANGE = struct.Struct(">BQ")
_MAX_CHANGES = 0xFFFF


class ConfChange(NamedTuple):
    """A membership change; without changes and with `Transition.AUTO` the step out of a joint membership.

    `context` is the application's own: it travels with the entry (an address, a ticket) and the core never
    looks at it.
    """

    changes: tuple[Change, ...] = ()
    transition: Transition = Transition.AUTO
    context: bytes = b""

    @classmethod
    def add_voter(cls, node_id: int, context: bytes = b"") -> ConfChange:
        """Make one node a voter (also one that is a learner)."""
        return cls((Change(ChangeType.ADD_VOTER, node_id),), context=context)

    @classmethod
    def add_learner(cls, node_id: int, context: bytes = b"") -> ConfChange:
        """Make one node a learner (also one that is a voter)."""
        return cls((Change(ChangeType.ADD_LEARNER, node_id),), context=context)

    @classmethod
    def remove(cls, node_id: int, context: bytes = b"") -> ConfChange:
        """Remove one node."""
        return cls((Change(ChangeType.REMOVE, node_id),), context=context)

    @classmethod
    def leave_joint(cls, context: bytes = b"") -> ConfChange:
        """End a joint membership that was entered with `Transition.JOINT_EXPLICIT`."""
        return cls(context=context)

    @property
    def leaves_joint(self) -> bool:
        """Whether this is the step out of a joint membership."""
        return not self.changes and self.transition is Transition.AUTO

    @property
    def enters_joint(self) -> bool:
        """Whether this goes through a joint membership."""
        return self.transition is not Transition.AUTO or len(self.changes) > 1

    @property
    def auto_leave(self) -> bool:
        """Whether the joint membership that this enters ends by itself."""
        return self.transition is not Transition.JOINT_EXPLICIT

    def encode(self) -> bytes:
        """Write the change as an entry's data: nothing at all for a bare step out of a joint membership.

        Otherwise: transition (1 byte), number of changes (2), for each its type (1) and node id (8), then
        the context; numbers are big-endian.

        Raises:
            ConfChangeError: more than 65,535 changes, or a node id that does not fit 64 bits.
        """
        if not self.changes and self.transition is Transition.AUTO and not self.context:
            return b""
        if len(self.changes) > _MAX_CHANGES:
            raise ConfChangeError(
                f"a membership change holds at most {_MAX_CHANGES} changes, not {len(self.changes)}"
            )
        parts = [_HEAD.pack(self.transition, len(self.changes))]
        for change in self.changes:
            if not 0 <= change.node_id < APPLY_THREAD:
                raise ConfChangeError(
                    f"{change.node_id} is no node id: it must be positive and below 2**64 - 2"
                )
            parts.append(_CHANGE.pack(change.type, change.node_id))
        parts.append(self.context)
        return b"".join(parts)

    @classmethod
    def decode(cls, data: bytes) -> ConfChange:
        """Read what `encode` wrote.

        Raises:
            ProtocolError: the bytes are no membership change.
        """
        if not data:
            return cls()
        if len(data) < _HEAD.size:
            raise ProtocolError("a membership change ends within its head")
        transition, count = _HEAD.unpack_from(data)
        end = _HEAD.size + count * _CHANGE.size
        if len(data) < end:
            raise ProtocolError(f"a membership change announces {count} changes and ends before the last")
        try:
            changes = tuple(
                Change(ChangeType(kind), node_id)
                for kind, node_id in _CHANGE.iter_unpack(data[_HEAD.size : end])
            )
            return cls(changes, Transition(transition), data[end:])
        except ValueError as error:
            raise ProtocolError(f"a membership change holds an unknown kind: {error}") from None
