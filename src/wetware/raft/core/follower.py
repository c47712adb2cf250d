"""What a follower does with a message: it believes its leader, and forwards what only a leader can do.

Rules that hold here:

1. Any message from the leader of this term resets the election timer.
2. An append is answered with how far the logs match; a rejected one with a hint that skips whole terms
   (thesis 3.5).
3. Requests that come without a leader are refused to the caller, or dropped if they were forwarded.

Held by test_core_replication, in tests/raft/.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wetware.raft.core import election
from wetware.raft.core.config import ReadMode
from wetware.raft.core.errors import NoLeaderError, ProtocolError, RefusedError
from wetware.raft.core.messages import NOBODY, Message, MessageType, ReadState

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.raft.core.raft import Raft

__all__ = ["STEPS", "append", "heartbeat", "install"]


def _hear(raft: Raft, message: Message) -> None:
    raft.election_elapsed = 0
    raft.lead = message.from_


def _append(raft: Raft, message: Message) -> None:
    _hear(raft, message)
    append(raft, message)


def _heartbeat(raft: Raft, message: Message) -> None:
    _hear(raft, message)
    heartbeat(raft, message)


def _install(raft: Raft, message: Message) -> None:
    _hear(raft, message)
    install(raft, message)


def append(raft: Raft, message: Message) -> None:
    """Append what the leader sent, and answer it.

    Raises:
        ProtocolError: it contradicts what is committed here; nothing was appended.
    """
    log = raft.log
    answer = Message(MessageType.APP_RESP, to=message.from_)
    if message.index < log.committed:
        answer.index = log.committed  # an old message: all it could bring is here
    elif log.maybe_append(message.index, message.log_term, message.entries, message.commit):
        answer.index = message.index + len(message.entries)
    else:
        hint = min(message.index, log.last_index)
        answer.index = message.index
        answer.reject = True
        answer.reject_hint, answer.log_term = log.find_conflict_by_term(hint, message.log_term)
    raft.send(answer)


def heartbeat(raft: Raft, message: Message) -> None:
    """Learn the commit index and answer, with the leader's context.

    Raises:
        ProtocolError: the leader counts entries as acknowledged that are not here.
    """
    raft.log.commit_to(message.commit)
    raft.send(Message(MessageType.HEARTBEAT_RESP, to=message.from_, context=message.context))


def install(raft: Raft, message: Message) -> None:
    """Install a snapshot, unless it brings nothing, and answer how far the log reaches.

    Raises:
        ProtocolError: there is no snapshot in the message, or its membership contradicts itself.
    """
    if message.snapshot is None:
        raise ProtocolError("a snapshot message came without a snapshot")
    raft.restore(message.snapshot)
    raft.send(Message(MessageType.APP_RESP, to=message.from_, index=raft.log.committed))


def _propose(raft: Raft, message: Message) -> None:
    if raft.lead == NOBODY:
        raise NoLeaderError("no leader is known, so the proposal was dropped; try again after the election")
    if not raft.config.forward_proposals:
        raise RefusedError(f"this node does not forward proposals; propose to the leader, node {raft.lead}")
    _forward(raft, message)


def _forward(raft: Raft, message: Message) -> None:
    raft.send(replace(message, to=raft.lead))


def _read_index(raft: Raft, message: Message) -> None:
    if raft.lead == NOBODY:
        raise NoLeaderError("no leader is known, so the read was dropped; try again after the election")
    _forward(raft, message)


def _read_index_answer(raft: Raft, message: Message) -> None:
    if len(message.entries) != 1:
        raise ProtocolError(f"an answer to a read must name one request, not {len(message.entries)}")
    raft.read_states.append(ReadState(message.index, message.entries[0].data))


def _transfer(raft: Raft, message: Message) -> None:
    if raft.lead != NOBODY:
        _forward(raft, message)


def _timeout_now(raft: Raft, _message: Message) -> None:
    # The leader asks for it, so nobody is disturbed and no pre-vote is needed (thesis 3.10).
    election.campaign_if_fit(raft, transfer=True)


def _forget_leader(raft: Raft, _message: Message) -> None:
    if raft.config.read_mode is not ReadMode.LEASE:
        raft.lead = NOBODY


STEPS: dict[MessageType, Callable[[Raft, Message], None]] = {
    MessageType.APP: _append,
    MessageType.HEARTBEAT: _heartbeat,
    MessageType.SNAP: _install,
    MessageType.PROP: _propose,
    MessageType.READ_INDEX: _read_index,
    MessageType.READ_INDEX_RESP: _read_index_answer,
    MessageType.TRANSFER_LEADER: _transfer,
    MessageType.TIMEOUT_NOW: _timeout_now,
    MessageType.FORGET_LEADER: _forget_leader,
}
