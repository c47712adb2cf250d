"""The members, how far each is, and who voted for whom.

Rules that hold here:

1. `progress` has exactly the members of `membership`, in the order of their ids: whoever goes through it
   does so in the same order on every run.
2. A member's first answer to a vote counts; a node cannot change its mind within a term.
3. Learners have progress but no voice (thesis 4.2.1).

Held by test_core_quorum, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.raft.core.confchange import EMPTY_MEMBERSHIP, Membership
from wetware.raft.core.quorum import Vote, joint_index, joint_vote
from wetware.raft.core.tracker.inflights import Inflights
from wetware.raft.core.tracker.progress import Progress

if TYPE_CHECKING:
    from wetware.raft.core.messages import ConfState

__all__ = ["Tracker"]


class Tracker:
    """Members, progress and votes.

    Args:
        max_inflight_messages: the window of each follower, in appends.
        max_inflight_bytes: and in bytes; zero: no limit.
    """

    __slots__ = ("_max_inflight_bytes", "_max_inflight_messages", "membership", "progress", "votes")

    def __init__(self, max_inflight_messages: int, max_inflight_bytes: int) -> None:
        self._max_inflight_messages = max_inflight_messages
        self._max_inflight_bytes = max_inflight_bytes
        self.membership: Membership = EMPTY_MEMBERSHIP
        self.progress: dict[int, Progress] = {}
        self.votes: dict[int, bool] = {}

    def _fresh(self, match: int, next_index: int, *, learner: bool, active: bool) -> Progress:
        inflights = Inflights(self._max_inflight_messages, self._max_inflight_bytes)
        return Progress(match, next_index, inflights, learner=learner, active=active)

    def switch(self, membership: Membership, last_index: int) -> None:
        """Put a membership into force: newcomers are probed from the log's end, and count as active at first.

        (Otherwise a leader that just added them could fail its next check for a quorum before they had a
        chance to answer.)
        """
        before = self.progress
        self.membership = membership
        self.progress = {}
        for node_id in sorted(membership.ids()):
            learner = node_id in membership.learners
            progress = before.get(node_id)
            if progress is None:
                progress = self._fresh(0, max(last_index, 1), learner=learner, active=True)
            progress.learner = learner
            self.progress[node_id] = progress

    def reset(self, self_id: int, last_index: int) -> None:
        """Forget votes and progress: a new term begins, and nothing is known of anybody but this node."""
        self.votes = {}
        for node_id, progress in self.progress.items():
            match = last_index if node_id == self_id else 0
            self.progress[node_id] = self._fresh(
                match, last_index + 1, learner=progress.learner, active=False
            )

    def conf_state(self) -> ConfState:
        """Give the membership in the form in which it is stored and sent."""
        return self.membership.conf_state()

    def is_singleton(self, node_id: int) -> bool:
        """Tell whether that node decides alone."""
        membership = self.membership
        return not membership.joint and membership.voters == {node_id}

    def committed(self) -> int:
        """Give the highest index that a quorum holds."""
        progress = self.progress
        membership = self.membership
        return joint_index(membership.voters, membership.outgoing, lambda voter: progress[voter].match)

    def record_vote(self, node_id: int, *, granted: bool) -> None:
        """Note a vote, unless that node voted already."""
        self.votes.setdefault(node_id, granted)

    def tally(self) -> Vote:
        """Tell how the vote stands."""
        return joint_vote(self.membership.voters, self.membership.outgoing, self.votes)

    def quorum_active(self) -> bool:
        """Tell whether a quorum was heard from since the last `clear_active`."""
        active = {node_id: progress.active for node_id, progress in self.progress.items()}
        return joint_vote(self.membership.voters, self.membership.outgoing, active) is Vote.WON

    def clear_active(self, self_id: int) -> None:
        """Begin a new interval in which followers have to be heard from; this node always counts."""
        for node_id, progress in self.progress.items():
            progress.active = node_id == self_id
