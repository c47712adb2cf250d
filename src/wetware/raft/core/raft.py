"""The state of one node, and what all roles have in common: terms, timers, sending, membership.

Rules that hold here:

1. A message of a higher term ends whatever this node was in the lower one; a message of a lower term
   changes nothing but may be answered, so that its sender learns the term (thesis 3.3).
2. Pre-votes do not touch terms: a request is not yet a candidacy, and its grant carries the term that is
   asked for (9.6).
3. While a follower hears a leader it does not vote, whatever the term (with `check_quorum`; 4.2.3, 6.4.1) —
   unless the leader itself asked for the election (3.10).
4. Acknowledgements and votes are promises about stable storage: they leave only after what they promise is
   stored (3.8). Where reads go by lease, so are answers to heartbeats: a node must remember its term, so that
   it knows after a restart that it may have promised silence.
5. In each term a node votes for at most one candidate, and the vote is stored with the term.
6. A timeout is drawn anew at each change of term or role, in [election_tick, 2 * election_tick - 1] (3.4).

What a role does with a message stands in `leader`, `candidate` and `follower`; those modules hold functions
on this state.

Held by test_core_election and test_core_membership, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.raft.core import candidate, election, follower, leader, replication
from wetware.raft.core.confchange import Membership, Misfit, apply, check
from wetware.raft.core.config import Config, ReadMode
from wetware.raft.core.log import Log
from wetware.raft.core.messages import (
    EMPTY_HARD_STATE,
    NOBODY,
    TERMLESS,
    ConfChange,
    ConfState,
    HardState,
    Message,
    MessageType,
    ReadState,
    Role,
    Snapshot,
    SoftState,
    entries_size,
    payload_size,
)
from wetware.raft.core.reads import Reads
from wetware.raft.core.tracker.tracker import Tracker

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.raft.core.storage import Storage

__all__ = ["Raft"]

_VOTES = frozenset({MessageType.VOTE, MessageType.VOTE_RESP, MessageType.PRE_VOTE, MessageType.PRE_VOTE_RESP})
_VOTE_REQUESTS = frozenset({MessageType.VOTE, MessageType.PRE_VOTE})
_FROM_LEADER = frozenset({MessageType.APP, MessageType.HEARTBEAT, MessageType.SNAP})
_PROMISES = frozenset({MessageType.APP_RESP, MessageType.VOTE_RESP, MessageType.PRE_VOTE_RESP})

_STEPS = {
    Role.FOLLOWER: follower.STEPS,
    Role.PRE_CANDIDATE: candidate.STEPS,
    Role.CANDIDATE: candidate.STEPS,
    Role.LEADER: leader.STEPS,
}


class Raft:
    """One node's state; see `RawNode` for the arguments and the door.

    Attributes (those that explain themselves left out):
        messages, after_append: what waits to be sent; the latter until what was handed out before is stored.
        now: ticks since the start.
        election_timeout: ticks without word from a leader, as drawn for this term.
        transferee: to whom a leader is handing over; zero: nobody.
        pending_conf_index: no membership change behind this index is in the log.
        uncommitted_size: bytes of data that this leader took and that are not applied yet.
    """

    __slots__ = (
        "_randbelow",
        "_vote_after",
        "after_append",
        "config",
        "election_elapsed",
        "election_timeout",
        "heartbeat_elapsed",
        "id",
        "lead",
        "log",
        "messages",
        "now",
        "pending_conf_index",
        "read_states",
        "reads",
        "role",
        "term",
        "tracker",
        "transferee",
        "uncommitted_size",
        "vote",
    )

    def __init__(self, config: Config, storage: Storage, randbelow: Callable[[int], int]) -> None:
        self.id = config.id
        self.config = config
        self._randbelow = randbelow
        self.log = Log(storage, config.max_applying_size)
        self.tracker = Tracker(config.max_inflight_messages, config.max_inflight_bytes)
        self.messages: list[Message] = []
        self.after_append: list[Message] = []
        self.read_states: list[ReadState] = []

        self.now = 0  # ticks since the start

        hard_state, conf_state = storage.initial_state()
        self.tracker.switch(Membership.from_conf_state(conf_state), self.log.last_index)
        if hard_state != EMPTY_HARD_STATE:
            self.log.load(hard_state)
        self.term, self.vote = hard_state.term, hard_state.vote
        if config.applied:
            self.log.applied_to(config.applied)
        # A node that restarts forgot whom it heard last, but a leader may still count on its silence.
        restarted_under_lease = hard_state.term > 0 and config.read_mode is ReadMode.LEASE
        self._vote_after = config.election_tick if restarted_under_lease else 0
        self.become_follower(self.term, NOBODY)

    # --- what it is ---------------------------------------------------------------------------------------

    def hard_state(self) -> HardState:
        """Give what must be stored."""
        return HardState(self.term, self.vote, self.log.committed)

    def soft_state(self) -> SoftState:
        """Give leader and role."""
        return SoftState(self.lead, self.role)

    def promotable(self) -> bool:
        """Tell whether it may campaign: it is a voter, and not in the middle of installing a snapshot."""
        progress = self.tracker.progress.get(self.id)
        return progress is not None and not progress.learner and self.log.unstable.snapshot is None

    def hears_leader(self) -> bool:
        """Tell whether a leader may count on this node not to vote (rule 3)."""
        config = self.config
        if not config.check_quorum:
            return False
        return (
            self.lead != NOBODY and self.election_elapsed < config.election_tick
        ) or self.now < self._vote_after

    # --- terms and roles ----------------------------------------------------------------------------------

    def reset(self, term: int) -> None:
        """Begin a role afresh, in this term or a new one."""
        if self.term != term:
            self.term = term
            self.vote = NOBODY
        self.lead = NOBODY
        self.election_elapsed = 0
        self.heartbeat_elapsed = 0
        election_tick = self.config.election_tick
        self.election_timeout = election_tick + self._randbelow(election_tick)
        self.transferee = NOBODY
        self.tracker.reset(self.id, self.log.last_index)
        self.pending_conf_index = 0
        self.uncommitted_size = 0
        self.reads = Reads(self.id, self.config.max_pending_reads)

    def become_follower(self, term: int, lead: int) -> None:
        """Follow `lead` (perhaps nobody) in `term`."""
        self.reset(term)
        self.lead = lead
        self.role = Role.FOLLOWER

    def tick(self) -> None:
        """Let one tick pass."""
        self.now += 1
        self.election_elapsed += 1
        if self.role is Role.LEADER:
            leader.tick(self)
        elif self.promotable() and self.election_elapsed >= self.election_timeout:
            self.election_elapsed = 0
            election.campaign_if_fit(self)

    # --- messages -----------------------------------------------------------------------------------------

    def send(self, message: Message) -> None:
        """Queue a message in this node's name and term (votes bring a term, forwarded requests have none)."""
        kind = message.type
        if not message.from_:
            message.from_ = self.id
        if kind not in _VOTES and kind not in TERMLESS:
            message.term = self.term
        lease_promise = kind is MessageType.HEARTBEAT_RESP and self.config.read_mode is ReadMode.LEASE
        if kind in _PROMISES or lease_promise:
            self.after_append.append(message)
        else:
            self.messages.append(message)

    def sent(self) -> None:
        """Note that the queues were handed out."""
        self.messages = []
        self.after_append = []
        self.read_states = []
        self.reads.sent()

    def step(self, message: Message) -> None:
        """Take in a message; see `RawNode.step`."""
        kind = message.type
        if message.term != self.term and message.term:
            if message.term < self.term:
                self._step_lower_term(message)
                return
            if not self._step_higher_term(message):
                return
        handler = _STEPS[self.role].get(kind)
        if handler is not None:
            handler(self, message)
        elif kind in _VOTE_REQUESTS:
            election.answer(self, message)
        elif kind is MessageType.STORAGE_APPEND_RESP:
            self._stored(message)
        elif kind is MessageType.STORAGE_APPLY_RESP:
            if message.entries:
                self._applied(message.entries[-1].index, entries_size(message.entries))
                self.uncommitted_size = max(self.uncommitted_size - payload_size(message.entries), 0)
        elif kind is MessageType.HUP and not (
            self.config.read_mode is ReadMode.LEASE and self.hears_leader()
        ):
            election.campaign_if_fit(self)

    def _step_higher_term(self, message: Message) -> bool:
        """Move to the message's term where it obliges to; tell whether the message is to be heard at all."""
        kind = message.type
        if kind in _VOTE_REQUESTS and message.context != election.TRANSFER and self.hears_leader():
            return False
        granted_pre_vote = kind is MessageType.PRE_VOTE_RESP and not message.reject
        if kind is not MessageType.PRE_VOTE and not granted_pre_vote:
            self.become_follower(message.term, message.from_ if kind in _FROM_LEADER else NOBODY)
        return True

    def _step_lower_term(self, message: Message) -> None:
        """Answer a message from the past where its sender would else never catch up, and drop it."""
        kind = message.type
        if kind is MessageType.APP or kind is MessageType.HEARTBEAT:
            # A leader of a lower term, while this node raised its own and stays unheard by voters that hear
            # that leader: the answer makes it step down, so that one election brings both together.
            # Elsewhere a vote request did so already.
            if self.config.check_quorum or self.config.pre_vote:
                self.send(Message(MessageType.APP_RESP, to=message.from_))
        elif kind is MessageType.PRE_VOTE:
            # Terms may have moved on while pre-candidates wait: without an answer two of them could wait
            # for ever.
            self.send(Message(MessageType.PRE_VOTE_RESP, to=message.from_, term=self.term, reject=True))
        elif kind is MessageType.STORAGE_APPEND_RESP and message.snapshot is not None:
            # Entries acknowledged under a lower term may have been replaced since; a snapshot holds
            # committed state and cannot.
            self._applied_snapshot(message.snapshot)

    # --- storage ------------------------------------------------------------------------------------------

    def _stored(self, message: Message) -> None:
        if message.index:
            self.log.stored_to(message.index, message.log_term)
        if message.snapshot is not None:
            self._applied_snapshot(message.snapshot)

    def _applied_snapshot(self, snapshot: Snapshot) -> None:
        self.log.applied_snapshot(snapshot)
        self._applied(snapshot.index)

    def _applied(self, index: int, size: int = 0) -> None:
        self.log.applied_to(max(index, self.log.applied), size)
        if self.role is Role.LEADER:
            leader.leave_joint_if_due(self)

    # --- membership ---------------------------------------------------------------------------------------

    def conf_change_misfit(self, change: ConfChange, pending_index: int) -> Misfit | None:
        """Tell why a leader would not append `change`, where `pending_index` may be that of another."""
        return check(self.tracker.membership, change, pending=pending_index > self.log.applied)

    def apply_conf_change(self, change: ConfChange) -> ConfState:
        """Put a committed change into force; see `RawNode.apply_conf_change`."""
        if not self.config.announce_commits:
            # whom it removes would never learn of it
            replication.announce_commit(self, self.log.committed, None)
        self.switch(apply(self.tracker.membership, change))
        return self.tracker.conf_state()

    def switch(self, membership: Membership) -> None:
        """Put a membership into force, and do what a leader owes to its new followers."""
        self.tracker.switch(membership, self.log.last_index)
        if self.role is not Role.LEADER:
            return
        progress = self.tracker.progress.get(self.id)
        if progress is None or progress.learner:
            if self.config.step_down_on_removal:
                self.become_follower(self.term, NOBODY)
            return
        if replication.maybe_commit(self):
            # A smaller quorum may have committed more.
            replication.broadcast_append(self)
        else:
            # Newcomers need not wait for the next proposal or heartbeat.
            for node_id in self.tracker.progress:
                if node_id != self.id:
                    replication.send_append(self, node_id, if_empty=False)
        if self.transferee not in membership.all_voters():
            self.transferee = NOBODY

    def restore(self, snapshot: Snapshot) -> None:
        """Put a leader's snapshot in place of the log, if it brings anything.

        Raises:
            ProtocolError: its membership contradicts itself.
        """
        log = self.log
        if snapshot.index <= log.committed:
            return
        membership = Membership.from_conf_state(snapshot.conf_state)
        if self.id not in membership.ids():
            return  # it was made before this node joined; a later one will come
        if log.matches(snapshot.index, snapshot.term):
            log.commit_to(snapshot.index)  # the log holds all that and more
            return
        log.restore(snapshot)
        self.switch(membership)
