"""Membership changes at one member: asked for, proposed, in force, told.

Rules that hold here:

1. Only a leader takes and proposes changes; whoever asks another one, or one that leads no longer, is told so
   (`LOST_LEADERSHIP`).
2. One that is in force is told once an entry behind it is applied (`membership`, rule 7): a leader proposes
   one for that.
3. A leader asks by itself for the removal of members that were silent for too long.

Tests: `tests/raft/test_node_membership.py`, `tests/raft/test_node_simulation.py`.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from wetware.raft.core import Role
from wetware.raft.core.errors import ConfChangeError, DroppedError
from wetware.raft.node.core.membership import DeadMembers, Goal, InForce, MembershipQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.errors import WetwareError
    from wetware.raft.core import ConfState, RawNode
    from wetware.raft.node.options import Options

__all__ = ["LOST_LEADERSHIP", "Changes"]

LOST_LEADERSHIP = object()
"""What comes of a membership change when this member does not lead any more: ask whoever does."""

_FOREVER = float("inf")


class Changes:
    """The membership changes of one member.

    Args:
        core: the consensus core.
        options: the member's.
        finish: takes a token that is done, with what came of it.
        report: told what an operator may want to know and nobody waits for.
    """

    def __init__(
        self,
        core: RawNode,
        options: Options,
        finish: Callable[[Any, Any], None],
        report: Callable[[str, BaseException | None], None],
    ) -> None:
        self._core = core
        self._finish = finish
        self._report = report
        self._queue = MembershipQueue(catch_up_gap=options.catch_up_gap)
        self._in_force = InForce()
        silent = round(options.remove_dead_after / options.tick)
        self._dead = DeadMembers(after=silent, min_voters=options.min_voters)

    def __len__(self) -> int:
        return len(self._queue)

    def _leads(self) -> bool:
        return self._core.role is Role.LEADER

    def want(self, token: Any, node_id: int, goal: Goal, deadline: float) -> None:
        """Ask for a change, in a leader; None, an error or `LOST_LEADERSHIP` comes of it."""
        if not self._leads():
            self._finish(token, LOST_LEADERSHIP)
            return
        state = self._core.conf_state
        for overridden, reason in self._queue.want(token, node_id, goal, deadline, state):
            self._finish(overridden, reason)
        self._in_force.add(self._queue.settled(state))

    def heard(self, node_id: int) -> None:
        """A message came from this member."""
        self._dead.heard(node_id)

    def clock(self, state: ConfState) -> None:
        """A tick of the core has passed; `state` is the membership."""
        if self._leads():
            for silent in self._dead.tick(state, self._core.id):
                self.want(None, silent, Goal.GONE, _FOREVER)

    def tick(self, now: float) -> None:
        """Time has passed: who has waited too long."""
        for token, error in self._queue.tick(now):
            self._finish(token, error)

    def advance(self, applied: int) -> None:
        """Propose what can be proposed now, and tell what is known to be in force."""
        if len(self._queue) and self._leads():
            self._propose()
        if self._in_force:
            self._tell(applied)

    def _propose(self) -> None:
        core = self._core
        status = core.status()
        change, failed = self._queue.next(core.conf_state, status.progress, status.last_index)
        for token, reason in failed:
            self._finish(token, reason)
        if change is None or core.conf_change_misfit(change) is not None:
            return
        try:
            core.propose_conf_change(change)
        except (DroppedError, ConfChangeError) as error:
            self._report("a membership change has to wait", error)

    def _tell(self, applied: int) -> None:
        if not self._leads():
            self._finish_all(self._in_force.take_all())
            return
        self._finish_all(self._in_force.known(applied))
        if self._in_force.wants_entry:
            with contextlib.suppress(DroppedError):
                proposed = self._core.propose(b"")
                assert proposed is not None, "a leader knows where it puts an entry"
                self._in_force.entry_at(proposed.index)

    def _finish_all(self, tokens: list[Any], result: WetwareError | object = None) -> None:
        for token in tokens:
            self._finish(token, result)

    def now_members(self, state: ConfState) -> None:
        """This membership is in force here."""
        self._in_force.add(self._queue.settled(state))

    def took_office(self) -> None:
        """This member has begun to lead."""
        self._dead.reset()

    def lost_office(self) -> None:
        """This member leads no longer."""
        self._in_force.add(self._queue.settled(self._core.conf_state))
        self._finish_all(self._in_force.take_all())
        self._finish_all(self._queue.lost_leadership(), LOST_LEADERSHIP)

    def fail(self, error: WetwareError) -> None:
        """This member takes part no longer: everything that waits ends now."""
        self._finish_all(self._in_force.take_all())
        self._finish_all(self._queue.lost_leadership(), error)
