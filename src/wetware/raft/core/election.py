"""Elections: who may campaign, how votes are asked for, and to whom they are given.

Rules that hold here:

1. A candidate votes for itself, but that vote counts only once it is stored, like any other (thesis 3.8).
2. A vote is given to a candidate whose log is at least as up to date (3.6.1), and to one only in each term.
3. A pre-candidate asks whether it would get the votes, without raising its term (9.6). Granting a pre-vote
   promises nothing: it resets no timer and is not stored.
4. Who has committed but unapplied membership changes does not campaign: it may not be a voter any more, or
   need other votes.
5. A learner votes when it is asked: the candidate may know of its promotion before it does itself (4.2.1).
6. Who knows that it is no voter any more and refuses a vote says what it knows to be committed: where a
   leader took itself out of a group of two, the other may hold that change without knowing that it is
   committed, need the vote of the one that left, and never get it for that one's longer log.

Held by test_core_election and test_last_voter, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.raft.core.messages import NOBODY, EntryType, Message, MessageType, Role

if TYPE_CHECKING:
    from wetware.raft.core.raft import Raft

__all__ = ["TRANSFER", "answer", "campaign", "campaign_if_fit"]

TRANSFER = b"transfer"
"""The context of a vote request that the leader itself asked for."""


def campaign_if_fit(raft: Raft, *, transfer: bool = False) -> None:
    """Campaign, unless this node leads, may not lead, or has membership changes to apply first."""
    if raft.role is Role.LEADER or not raft.promotable() or _has_unapplied_conf_change(raft):
        return
    if raft.config.pre_vote and not transfer:
        _become_pre_candidate(raft)
        _ask(raft, MessageType.PRE_VOTE, MessageType.PRE_VOTE_RESP, raft.term + 1, b"")
    else:
        campaign(raft, TRANSFER if transfer else b"")


def campaign(raft: Raft, context: bytes = b"") -> None:
    """Raise the term and ask for votes in it."""
    raft.reset(raft.term + 1)
    raft.vote = raft.id
    raft.role = Role.CANDIDATE
    _ask(raft, MessageType.VOTE, MessageType.VOTE_RESP, raft.term, context)


def _become_pre_candidate(raft: Raft) -> None:
    # Neither term nor vote nor timer changes.
    raft.tracker.votes = {}
    raft.lead = NOBODY
    raft.role = Role.PRE_CANDIDATE


def _has_unapplied_conf_change(raft: Raft) -> bool:
    log = raft.log
    pages = log.scan(log.applied + 1, log.committed + 1, raft.config.max_applying_size)
    return any(entry.type is not EntryType.NORMAL for page in pages for entry in page)


def _ask(raft: Raft, request: MessageType, response: MessageType, term: int, context: bytes) -> None:
    log = raft.log
    for voter in sorted(raft.tracker.membership.all_voters()):
        if voter == raft.id:
            # Comes back when term and vote are stored.
            raft.send(Message(response, to=voter, term=term))
        else:
            raft.send(
                Message(
                    request,
                    to=voter,
                    term=term,
                    index=log.last_index,
                    log_term=log.last_term(),
                    context=context,
                )
            )


def answer(raft: Raft, message: Message) -> None:
    """Answer a request for a vote or a pre-vote of this term or (a pre-vote) a later one."""
    pre_vote = message.type is MessageType.PRE_VOTE
    response = MessageType.PRE_VOTE_RESP if pre_vote else MessageType.VOTE_RESP
    free = (
        raft.vote == message.from_  # repeated: the answer may have been lost
        or (raft.vote == NOBODY and raft.lead == NOBODY)
        or (pre_vote and message.term > raft.term)
    )
    if free and raft.log.is_up_to_date(message.index, message.log_term):
        # A granted pre-vote carries the term that was asked for: this node's own may be lower, and would be
        # ignored.
        raft.send(Message(response, to=message.from_, term=message.term))
        if not pre_vote:
            raft.election_elapsed = 0
            raft.vote = message.from_
    else:
        refusal = Message(response, to=message.from_, term=raft.term, reject=True)
        if raft.log.committed and raft.id not in raft.tracker.membership.all_voters():
            refusal.commit = raft.log.committed
            refusal.log_term = raft.log.term(refusal.commit)
        raft.send(refusal)
