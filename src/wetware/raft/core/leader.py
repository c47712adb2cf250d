"""What a leader does with a message: it takes proposals, keeps its office, and hands it over when asked.

Rules that hold here:

1. A new leader opens its term with an entry of its own: only then can it tell what is committed (thesis
   3.6.2, 6.4).
2. At most one membership change that is not applied is in the log behind it (4.3). A new leader cannot know
   whether its log's tail holds one, so it waits until all of that is applied.
3. A leader that hears from no quorum for an election timeout steps down (6.2).
4. While it hands over, it takes no proposals; it gives up after an election timeout (3.10).
5. A joint membership with `auto_leave` is left as soon as it is applied; tried again with every applied
   entry until it is in the log.

Held by test_core_replication, test_core_reads, test_core_transfer and test_core_membership, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.errors import LocalError
from wetware.raft.core import replication
from wetware.raft.core.confchange import Misfit, MisfitError
from wetware.raft.core.config import ReadMode
from wetware.raft.core.errors import ProtocolError, RefusedError
from wetware.raft.core.messages import (
    NOBODY,
    ConfChange,
    Entry,
    EntryType,
    Message,
    MessageType,
    ReadState,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.raft.core.raft import Raft

__all__ = ["STEPS", "leave_joint_if_due", "take_office", "tick"]


def take_office(raft: Raft) -> None:
    """Become the leader of this term and tell everybody."""
    raft.reset(raft.term)
    raft.lead = raft.id
    raft.role = Role.LEADER
    mine = raft.tracker.progress[raft.id]
    mine.become_replicate()
    mine.active = True
    raft.pending_conf_index = raft.log.last_index
    replication.append(raft, [Entry()])
    replication.broadcast_append(raft)


# --- time -------------------------------------------------------------------------------------------------


def tick(raft: Raft) -> None:
    """Let one tick pass (`Raft.tick` has counted it)."""
    raft.heartbeat_elapsed += 1
    if raft.election_elapsed >= raft.config.election_tick:
        raft.election_elapsed = 0
        if raft.config.check_quorum:
            _check_quorum(raft)
            if raft.role is not Role.LEADER:
                return
        raft.transferee = NOBODY
    if raft.heartbeat_elapsed >= raft.config.heartbeat_tick:
        raft.heartbeat_elapsed = 0
        _broadcast_heartbeat(raft)


def _check_quorum(raft: Raft) -> None:
    if not raft.tracker.quorum_active():
        raft.become_follower(raft.term, NOBODY)
        return
    raft.tracker.clear_active(raft.id)


def _broadcast_heartbeat(raft: Raft) -> None:
    """Tell everybody that this leader lives; ask along for the round of the reads that wait."""
    context = b""
    if raft.reads.waiting or raft.config.read_mode is ReadMode.LEASE:
        context = raft.reads.heartbeat_context(raft.now)
    for node_id, progress in raft.tracker.progress.items():
        if node_id == raft.id:
            continue
        # No further than what it is known to hold: behind that its log may differ.
        commit = min(progress.match, raft.log.committed)
        raft.send(Message(MessageType.HEARTBEAT, to=node_id, commit=commit, context=context))
        progress.sent_commit = commit


# --- proposals --------------------------------------------------------------------------------------------


def _propose(raft: Raft, message: Message) -> None:
    if not message.entries:
        raise LocalError("a proposal holds at least one entry")
    if raft.id not in raft.tracker.progress:
        raise RefusedError("this node was removed from the membership; propose to another")
    if raft.transferee != NOBODY:
        raise RefusedError(f"leadership is being handed to node {raft.transferee}; try again in a moment")
    entries = list(message.entries)
    pending_index = raft.pending_conf_index
    for position, entry in enumerate(entries):
        if entry.type is EntryType.NORMAL:
            continue
        if _admit(raft, ConfChange.decode(entry.data), pending_index, local=message.from_ == raft.id):
            pending_index = raft.log.last_index + position + 1
        else:
            entries[position] = Entry()
    replication.append(raft, entries)
    raft.pending_conf_index = pending_index
    replication.broadcast_append(raft)


def _admit(raft: Raft, change: ConfChange, pending_index: int, *, local: bool) -> bool:
    """Tell whether a membership change may enter the log.

    Raises:
        MisfitError: it would leave no voter, and whoever asked can be told.
    """
    if not raft.config.validate_conf_changes:
        return True
    misfit = raft.conf_change_misfit(change, pending_index)
    if misfit is Misfit.NO_VOTER and local:
        raise MisfitError(misfit)
    return misfit is None


def leave_joint_if_due(raft: Raft) -> None:
    """Propose the step out of a joint membership that ends by itself, once it is applied."""
    membership = raft.tracker.membership
    if not membership.auto_leave or raft.log.applied < raft.pending_conf_index:
        return
    leave = Entry(type=EntryType.CONF_CHANGE_V2)
    try:
        _propose(raft, Message(MessageType.PROP, from_=raft.id, entries=[leave]))
    except RefusedError:
        return  # while leadership is handed over: the next leader does it, or this one after giving up


# --- answers ----------------------------------------------------------------------------------------------


def _append_answer(raft: Raft, message: Message) -> None:
    progress = raft.tracker.progress.get(message.from_)
    if progress is None:
        return
    news = replication.append_answer(raft, message)
    if news.committed:
        for requester, context in raft.reads.release():
            _begin_read(raft, requester, context)
    if news.progressed and message.from_ == raft.transferee and progress.match == raft.log.last_index:
        _send_timeout_now(raft, raft.transferee)


def _heartbeat_answer(raft: Raft, message: Message) -> None:
    if message.from_ not in raft.tracker.progress:
        return
    replication.heartbeat_answer(raft, message)
    if message.context:
        raft.reads.answered(message.from_, message.context, raft.now)
        for read in raft.reads.confirmed(raft.tracker.membership):
            _answer_read(raft, read.requester, read.context, read.index)


def _snapshot_status(raft: Raft, message: Message) -> None:
    if message.from_ in raft.tracker.progress:
        replication.snapshot_status(raft, message)


def _unreachable(raft: Raft, message: Message) -> None:
    if message.from_ in raft.tracker.progress:
        replication.unreachable(raft, message)


# --- reads ------------------------------------------------------------------------------------------------


def _read_index(raft: Raft, message: Message) -> None:
    if len(message.entries) != 1:
        raise ProtocolError(f"a read must name one request, not {len(message.entries)}")
    requester, context = message.from_, message.entries[0].data
    if raft.log.matches(raft.log.committed, raft.term):
        _begin_read(raft, requester, context)
    else:
        # What earlier leaders committed is not known to be committed yet; the own first entry will tell.
        raft.reads.postpone(requester, context)


def _begin_read(raft: Raft, requester: int, context: bytes) -> None:
    membership = raft.tracker.membership
    index = raft.log.committed
    by_lease = raft.config.read_mode is ReadMode.LEASE and raft.reads.has_lease(
        membership, raft.now, raft.config.lease
    )
    if by_lease or raft.tracker.is_singleton(raft.id):
        _answer_read(raft, requester, context, index)
    elif raft.reads.add(index, requester, context):
        _broadcast_heartbeat(raft)


def _answer_read(raft: Raft, requester: int, context: bytes, index: int) -> None:
    if requester in (NOBODY, raft.id):
        raft.read_states.append(ReadState(index, context))
    else:
        request = Entry(data=context)
        raft.send(Message(MessageType.READ_INDEX_RESP, to=requester, index=index, entries=[request]))


# --- handing over -----------------------------------------------------------------------------------------


def _transfer(raft: Raft, message: Message) -> None:
    transferee = message.from_
    progress = raft.tracker.progress.get(transferee)
    if progress is None or progress.learner or transferee in (raft.id, raft.transferee):
        if transferee == raft.id:
            raft.transferee = NOBODY  # it stays: what was begun is off
        return
    raft.election_elapsed = 0  # the attempt has one election timeout
    raft.transferee = transferee
    if progress.match == raft.log.last_index:
        _send_timeout_now(raft, transferee)
    else:
        replication.send_append(raft, transferee)


def _send_timeout_now(raft: Raft, to: int) -> None:
    raft.reads.lease_void = True
    raft.send(Message(MessageType.TIMEOUT_NOW, to=to))


STEPS: dict[MessageType, Callable[[Raft, Message], None]] = {
    MessageType.PROP: _propose,
    MessageType.READ_INDEX: _read_index,
    MessageType.APP_RESP: _append_answer,
    MessageType.HEARTBEAT_RESP: _heartbeat_answer,
    MessageType.SNAP_STATUS: _snapshot_status,
    MessageType.UNREACHABLE: _unreachable,
    MessageType.TRANSFER_LEADER: _transfer,
}
