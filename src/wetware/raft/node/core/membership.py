"""The leader's list of membership changes that were asked for, and which one to propose next.

Rules that hold here:

1. A request is a goal ("this node votes", "this node is gone"), and what is done for it follows from the
   membership in force alone. So nothing is lost when a step is lost, a request that is asked twice does
   nothing twice, and a new leader starts from nothing.
2. One step at a time is under way (thesis 4.1), but several newcomers may catch up at once.
3. A newcomer first learns and votes only when its log is nearly as long as the leader's: a voter that lacks
   the log would count for quorums without being able to help (thesis 4.2.1).
4. A newcomer that does not make it by its deadline is taken out again, unless it was there before.
5. The last voter is never removed. Who asks for the opposite of an earlier goal overrides it.
6. A member that was not heard of for the time the policy states is removed, if those that are heard of are a
   majority of the voters and no fewer voters than the policy's minimum remain.
7. A change is answered when an entry behind it is committed: then a majority of the new members knows that
   it is in force. Else the loss of the leader could leave the others with the old membership, in which those
   that are left may be no majority.

Tests: `tests/raft/test_node_membership.py`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wetware.raft.core import ConfChange
from wetware.raft.core.errors import ConfChangeError
from wetware.raft.node.errors import MembershipTimeoutError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.errors import WetwareError
    from wetware.raft.core import ConfState
    from wetware.raft.core.tracker.progress import ProgressStatus

__all__ = ["DeadMembers", "Goal", "InForce", "MembershipQueue", "is_member"]


class Goal(enum.Enum):
    """What a node is to become."""

    VOTER = "voter"
    LEARNER = "learner"
    GONE = "gone"


def is_member(state: ConfState, node_id: int) -> bool:
    """Whether a node is a member, in whatever part."""
    return node_id in state.voters or node_id in state.voters_outgoing or node_id in state.learners


@dataclass(slots=True)
class _Request:
    goal: Goal
    tokens: list[tuple[Any, float]] = field(default_factory=list)
    newcomer: bool = False
    undo: bool = False


class MembershipQueue:
    """The changes that a leader has been asked for.

    Args:
        catch_up_gap: how many entries a newcomer may lack when it becomes a voter.
    """

    def __init__(self, *, catch_up_gap: int) -> None:
        self._catch_up_gap = catch_up_gap
        self._requests: dict[int, _Request] = {}

    def __len__(self) -> int:
        return len(self._requests)

    def want(
        self, token: Any, node_id: int, goal: Goal, deadline: float, state: ConfState
    ) -> list[tuple[Any, WetwareError]]:
        """Ask for a change; give the tokens of an opposite one that it overrides."""
        known = self._requests.get(node_id)
        overridden: list[tuple[Any, WetwareError]] = []
        if known is not None and known.goal is goal and not known.undo:
            known.tokens.append((token, deadline))
            return []
        newcomer = not is_member(state, node_id)
        if known is not None:
            newcomer = known.newcomer and not known.undo
            reason = ConfChangeError(f"a later request makes node {node_id} {goal.value} instead")
            overridden = [(old, reason) for old, _ in known.tokens]
        self._requests[node_id] = _Request(goal, [(token, deadline)], newcomer)
        return overridden

    def settled(self, state: ConfState) -> list[Any]:
        """Take out the tokens of what this membership fulfils."""
        done: list[Any] = []
        if state.voters_outgoing:
            return done
        for node_id, request in list(self._requests.items()):
            if request.goal is Goal.GONE:
                fulfilled = not is_member(state, node_id)
            elif request.goal is Goal.VOTER:
                fulfilled = node_id in state.voters
            else:
                fulfilled = node_id in state.learners
            if fulfilled:
                done += [token for token, _ in request.tokens]
                del self._requests[node_id]
        return done

    def next(
        self, state: ConfState, progress: Mapping[int, ProgressStatus], last_index: int
    ) -> tuple[ConfChange | None, list[tuple[Any, WetwareError]]]:
        """The next step, if there is one to take now, and who cannot have what he asked for."""
        failed: list[tuple[Any, WetwareError]] = []
        if state.voters_outgoing:
            return None, failed  # a joint membership ends first
        for node_id, request in list(self._requests.items()):
            if request.goal is Goal.GONE:
                if state.voters == (node_id,):
                    reason = ConfChangeError(f"node {node_id} is the last voter and cannot be removed")
                    failed += [(token, reason) for token, _ in request.tokens]
                    del self._requests[node_id]
                    continue
                return ConfChange.remove(node_id), failed
            if request.goal is Goal.LEARNER or not is_member(state, node_id):
                return ConfChange.add_learner(node_id), failed
            one = progress.get(node_id)
            if one is not None and one.match + self._catch_up_gap >= last_index and one.match:
                return ConfChange.add_voter(node_id), failed
        return None, failed

    def tick(self, now: float) -> list[tuple[Any, WetwareError]]:
        """Time has passed: who has waited too long."""
        late: list[tuple[Any, WetwareError]] = []
        for node_id, request in list(self._requests.items()):
            for one in [one for one in request.tokens if now >= one[1]]:
                request.tokens.remove(one)
                late.append((one[0], _timeout(node_id, request)))
            if not request.tokens and not request.undo:
                if request.newcomer and request.goal is not Goal.GONE:
                    self._requests[node_id] = _Request(Goal.GONE, undo=True)
                else:
                    del self._requests[node_id]
        return late

    def lost_leadership(self) -> list[Any]:
        """Take out all tokens: whoever leads now must be asked."""
        tokens = [token for request in self._requests.values() for token, _ in request.tokens]
        self._requests.clear()
        return tokens


def _timeout(node_id: int, request: _Request) -> MembershipTimeoutError:
    what = f"node {node_id} is not {request.goal.value} yet"
    if request.newcomer and request.goal is not Goal.GONE:
        what += "; it is taken out again, see whether it runs and can be reached"
    return MembershipTimeoutError(f"the deadline passed, and {what}")


class InForce:
    """Who asked for changes that are in force here, and is not told yet (rule 7)."""

    def __init__(self) -> None:
        self._new: list[Any] = []
        self._waiting: list[tuple[int, list[Any]]] = []

    def __bool__(self) -> bool:
        return bool(self._new or self._waiting)

    def add(self, tokens: list[Any]) -> None:
        """These changes are in force from now on."""
        self._new += tokens

    @property
    def wants_entry(self) -> bool:
        """Whether an entry is to be proposed behind a change."""
        return bool(self._new)

    def entry_at(self, index: int) -> None:
        """It was, and has this index."""
        self._waiting.append((index, self._new))
        self._new = []

    def known(self, applied: int) -> list[Any]:
        """Take out the tokens of the changes that a majority of the new members knows to be in force."""
        known = [token for index, tokens in self._waiting if index <= applied for token in tokens]
        self._waiting = [one for one in self._waiting if one[0] > applied]
        return known

    def take_all(self) -> list[Any]:
        """Take out all tokens: another one leads, and the changes are in force."""
        tokens = [token for _, waiting in self._waiting for token in waiting] + self._new
        self._waiting, self._new = [], []
        return tokens


class DeadMembers:
    """Which members were silent for too long; counted in ticks by a leader.

    Args:
        after: ticks of silence; zero: nobody is ever removed for it.
        min_voters: so many voters remain.
    """

    def __init__(self, *, after: int, min_voters: int) -> None:
        self._after = after
        self._min_voters = min_voters
        self._silent: dict[int, int] = {}

    def heard(self, node_id: int) -> None:
        """A message came from this member."""
        self._silent[node_id] = 0

    def reset(self) -> None:
        """This member has begun to lead: nobody counts as silent yet."""
        self._silent.clear()

    def tick(self, state: ConfState, self_id: int) -> list[int]:
        """A tick has passed: the members to remove, the dead ones among the learners first."""
        if not self._after or state.voters_outgoing:
            return []
        members = [node_id for node_id in (*state.learners, *state.voters) if node_id != self_id]
        self._silent = {node_id: self._silent.get(node_id, 0) + 1 for node_id in members}
        dead = [node_id for node_id in members if self._silent[node_id] >= self._after]
        dead_voters = [node_id for node_id in dead if node_id in state.voters]
        spare = len(state.voters) - self._min_voters
        if 2 * (len(state.voters) - len(dead_voters)) <= len(state.voters) or spare < 1:
            return [node_id for node_id in dead if node_id not in dead_voters]
        kept = dead_voters[spare:]
        return [node_id for node_id in dead if node_id not in kept]
