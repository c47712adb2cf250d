"""What a candidate or pre-candidate does with a message: it counts votes, and yields to a leader.

Rules that hold here:

1. Only answers to the present candidacy count: late answers to the pre-vote say nothing about the vote.
2. A won pre-vote leads to the vote, a won vote to office; a lost one leads back to following, in the same
   term (thesis 3.4, 9.6).
3. A candidate takes office only when its own vote is stored, even if the others suffice: else it could lead,
   crash, forget, be given the same votes again, and lead a second time in one term with another log
   (`tests/raft/test_own_vote.py`).
4. A refusal may say what is committed (`election`, rule 6); that is taken up where the logs match there.
5. A leader of this term has been elected by others: the candidate follows it.

Held by test_core_election, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.raft.core import election, follower, leader
from wetware.raft.core.errors import NoLeaderError
from wetware.raft.core.messages import NOBODY, Message, MessageType, Role
from wetware.raft.core.quorum import Vote

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.raft.core.raft import Raft

__all__ = ["STEPS"]


def _propose(_raft: Raft, _message: Message) -> None:
    raise NoLeaderError("an election is under way, so the proposal was dropped; try again when it is over")


def _read_index(_raft: Raft, _message: Message) -> None:
    raise NoLeaderError("an election is under way, so the read was dropped; try again when it is over")


def _append(raft: Raft, message: Message) -> None:
    raft.become_follower(message.term, message.from_)
    follower.append(raft, message)


def _heartbeat(raft: Raft, message: Message) -> None:
    raft.become_follower(message.term, message.from_)
    follower.heartbeat(raft, message)


def _install(raft: Raft, message: Message) -> None:
    raft.become_follower(message.term, message.from_)
    follower.install(raft, message)


def _vote_answer(raft: Raft, message: Message) -> None:
    if raft.role is Role.CANDIDATE:
        _count(raft, message)


def _pre_vote_answer(raft: Raft, message: Message) -> None:
    if raft.role is Role.PRE_CANDIDATE:
        _count(raft, message)


def _count(raft: Raft, message: Message) -> None:
    log = raft.log
    if message.reject and message.commit > log.committed and log.matches(message.commit, message.log_term):
        # What is committed now may change who has a vote: apply that first, and campaign again.
        log.commit_to(message.commit)
        raft.become_follower(raft.term, NOBODY)
        return
    raft.tracker.record_vote(message.from_, granted=not message.reject)
    result = raft.tracker.tally()
    if result is Vote.WON:
        if raft.role is Role.PRE_CANDIDATE:
            election.campaign(raft)
        elif raft.id in raft.tracker.votes:
            leader.take_office(raft)
    elif result is Vote.LOST:
        raft.become_follower(raft.term, NOBODY)


STEPS: dict[MessageType, Callable[[Raft, Message], None]] = {
    MessageType.APP: _append,
    MessageType.HEARTBEAT: _heartbeat,
    MessageType.SNAP: _install,
    MessageType.PROP: _propose,
    MessageType.READ_INDEX: _read_index,
    MessageType.VOTE_RESP: _vote_answer,
    MessageType.PRE_VOTE_RESP: _pre_vote_answer,
}
