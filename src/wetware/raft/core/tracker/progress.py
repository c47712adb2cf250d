"""How far one follower is, as its leader sees it.

Rules that hold here:

1. `match` < `next`. The follower is known to hold the leader's log up to `match`; the next append begins at
   `next`.
2. Three states::

                   rejected, or reported unreachable
             ┌────────────────────────────────────────┐
             ▼                                        │
           PROBE ──────── acknowledged ─────────► REPLICATE
             │  ▲                                     │
     needs   │  └── snapshot reported (ok or not) ◄─┐ │ needs what was compacted
    what was │                                      │ ▼
   compacted └──────────────────────────────────► SNAPSHOT ── acknowledged, log reaches on ──► REPLICATE

   - PROBE: `next` is a guess. One append with entries at a time, until it is answered.
   - REPLICATE: `next` runs ahead of `match` by what is in flight, as long as the window has room.
   - SNAPSHOT: nothing is sent until the snapshot at `pending_snapshot` is reported or acknowledged.
3. A paused follower gets at most one append per answered heartbeat: enough to find out that it is back, too
   little to flood it.
4. An answer that does not fit what was sent last is old, and changes nothing.
5. `sent_commit` is the commit index that the follower will have learned if nothing gets lost. An append
   without entries is sent for the commit index alone only where it tells the follower something new.

Source: thesis 3.5 (next and match index, consistency check), 10.2.1 (pipelining).

Held by test_core_quorum and test_core_flow, in tests/raft/.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from wetware.errors import InternalError

if TYPE_CHECKING:
    from wetware.raft.core.tracker.inflights import Inflights

__all__ = ["FlowState", "Progress", "ProgressStatus"]


class FlowState(enum.Enum):
    """How appends flow to a follower."""

    PROBE = "probe"
    REPLICATE = "replicate"
    SNAPSHOT = "snapshot"


class ProgressStatus(NamedTuple):
    """A copy of a follower's progress; `inflight` counts appends under way."""

    state: FlowState
    match: int
    next: int
    learner: bool
    paused: bool
    pending_snapshot: int
    active: bool
    inflight: int
    inflight_full: bool


class Progress:
    """One follower's progress.

    Args:
        match: the last index that it is known to hold.
        next: where the next append to it begins.
        inflights: its window, empty.
        learner: whether it is one.
        active: whether it was heard from since the last check for a quorum.
    """

    __slots__ = (
        "active",
        "flow_paused",
        "inflights",
        "learner",
        "match",
        "next",
        "pending_snapshot",
        "sent_commit",
        "state",
    )

    def __init__(
        self,
        match: int,
        next: int,  # noqa: A002 - the paper's name
        inflights: Inflights,
        *,
        learner: bool,
        active: bool,
    ) -> None:
        self.state = FlowState.PROBE
        self.match = match
        self.next = next
        self.sent_commit = 0
        self.pending_snapshot = 0
        self.flow_paused = False
        self.active = active
        self.learner = learner
        self.inflights = inflights

    @property
    def paused(self) -> bool:
        """Whether nothing may be sent to it at present."""
        return self.flow_paused or self.state is FlowState.SNAPSHOT

    def status(self) -> ProgressStatus:
        """Copy it out."""
        return ProgressStatus(
            state=self.state,
            match=self.match,
            next=self.next,
            learner=self.learner,
            paused=self.paused,
            pending_snapshot=self.pending_snapshot,
            active=self.active,
            inflight=len(self.inflights),
            inflight_full=self.inflights.full,
        )

    # --- changes of state ---------------------------------------------------------------------------------

    def _enter(self, state: FlowState) -> None:
        self.state = state
        self.flow_paused = False
        self.pending_snapshot = 0
        self.inflights.clear()

    def become_probe(self) -> None:
        """Feel for its log's end: behind the snapshot it was sent, else behind what it is known to hold."""
        behind = self.pending_snapshot if self.state is FlowState.SNAPSHOT else 0
        self._enter(FlowState.PROBE)
        self.next = max(self.match, behind) + 1
        self.sent_commit = min(self.sent_commit, self.next - 1)

    def become_replicate(self) -> None:
        """Stream to it, from behind what it is known to hold."""
        self._enter(FlowState.REPLICATE)
        self.next = self.match + 1

    def become_snapshot(self, index: int) -> None:
        """Wait for the snapshot at `index` to arrive."""
        self._enter(FlowState.SNAPSHOT)
        self.pending_snapshot = index
        self.next = index + 1
        self.sent_commit = index

    # --- what is sent -------------------------------------------------------------------------------------

    def sent(self, count: int, size: int, commit: int) -> None:
        """Note an append from `next` on: `count` entries, `size` bytes of data, and the commit index told."""
        if self.state is FlowState.REPLICATE:
            if count:
                self.next += count
                self.inflights.add(self.next - 1, size)
            # The append that fills the window, or goes out while it is full, is a probe: wait for an answer.
            self.flow_paused = self.inflights.full
        elif self.state is FlowState.PROBE:
            if count:
                self.flow_paused = True
        else:
            raise InternalError("an append was sent to a follower that waits for a snapshot")
        self.sent_commit = commit

    def can_bump_commit(self, commit: int) -> bool:
        """Tell whether an append without entries could move its commit index (rule 5)."""
        return commit > self.sent_commit and self.sent_commit < self.next - 1

    # --- what is answered ---------------------------------------------------------------------------------

    def acknowledged(self, index: int) -> bool:
        """Note that it holds the log up to `index`; tell whether that is news."""
        if index <= self.match:
            return False
        self.match = index
        self.next = max(self.next, index + 1)
        self.flow_paused = False
        return True

    def rejected(self, index: int, hint: int) -> bool:
        """Note that it rejected the append behind `index`; tell whether that is news (rule 4).

        Args:
            index: the entry before the rejected ones.
            hint: the highest index at which its log may match.
        """
        if self.state is FlowState.REPLICATE:
            if index <= self.match:
                return False
            self.next = self.match + 1
        else:
            if index != self.next - 1:
                return False
            self.next = max(min(index, hint + 1), self.match + 1)
            self.flow_paused = False
        self.sent_commit = min(self.sent_commit, self.next - 1)
        return True
