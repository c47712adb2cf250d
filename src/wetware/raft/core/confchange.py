"""Membership as a value, and the changes from one membership to the next.

Rules that hold here:

1. A change gives a new membership or an error, and never touches the old one.
2. A single step changes at most one voter, so that the majorities before and after it share a node (thesis
   4.1).
3. Several voters change through a joint membership, whose decisions need a majority of both halves (thesis
   4.3). It is entered from a simple one only, and left before the next change begins.
4. A voter of the outgoing half that is to be a learner stays a voter there (`learners_next`) until the
   joint membership is left: it cannot be a voter and a learner at once.
5. There is always a voter in the incoming half: a membership without one could never change again.
6. Within one change later parts override earlier ones; what is asked twice, or of a node that is absent, is
   harmless.

Held by test_core_quorum and test_core_membership, in tests/raft/.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wetware.raft.core.errors import ConfChangeError, ProtocolError
from wetware.raft.core.messages import NOBODY, Change, ChangeType, ConfChange, ConfState

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "EMPTY_MEMBERSHIP",
    "Membership",
    "Misfit",
    "MisfitError",
    "apply",
    "check",
    "enter_joint",
    "leave_joint",
    "simple",
]


class Misfit(enum.Enum):
    """Why a change does not fit."""

    NO_VOTER = "it would leave no voter"
    MANY_VOTERS = "it changes more than one voter in a single step; use a joint transition"
    JOINT = "the membership is joint; leave that first"
    NOT_JOINT = "the membership is not joint, so there is nothing to leave"
    NOTHING_TO_JOIN = "a membership without voters cannot be changed through a joint one"
    PENDING = "an earlier membership change is not applied yet"


class MisfitError(ConfChangeError):
    """A change that does not fit the present membership.

    Attributes:
        misfit: why.
    """

    def __init__(self, misfit: Misfit) -> None:
        super().__init__(f"the membership change was refused: {misfit.value}")
        self.misfit = misfit


@dataclass(frozen=True, slots=True)
class Membership:
    """Who is a member, as sets; see `ConfState` for the fields' meaning (`voters` is the incoming half)."""

    voters: frozenset[int] = frozenset()
    outgoing: frozenset[int] = frozenset()
    learners: frozenset[int] = frozenset()
    learners_next: frozenset[int] = frozenset()
    auto_leave: bool = False

    @property
    def joint(self) -> bool:
        """Whether decisions need a majority of two halves."""
        return bool(self.outgoing)

    def all_voters(self) -> frozenset[int]:
        """Give the voters of both halves."""
        return self.voters | self.outgoing

    def ids(self) -> frozenset[int]:
        """Give all members."""
        return self.voters | self.outgoing | self.learners

    def conf_state(self) -> ConfState:
        """Give it in the form in which it is stored and sent."""
        return ConfState(
            voters=tuple(sorted(self.voters)),
            voters_outgoing=tuple(sorted(self.outgoing)),
            learners=tuple(sorted(self.learners)),
            learners_next=tuple(sorted(self.learners_next)),
            auto_leave=self.auto_leave,
        )

    @classmethod
    def from_conf_state(cls, state: ConfState) -> Membership:
        """Read it from the form in which it is stored and sent.

        Raises:
            ProtocolError: it contradicts itself.
        """
        made = cls(
            voters=frozenset(state.voters),
            outgoing=frozenset(state.voters_outgoing),
            learners=frozenset(state.learners),
            learners_next=frozenset(state.learners_next),
            auto_leave=state.auto_leave,
        )
        if made.learners & made.all_voters():
            raise ProtocolError(f"the membership {state} names a node as voter and as learner")
        if not made.learners_next <= made.outgoing - made.voters:
            raise ProtocolError(f"the membership {state} names a future learner that is no outgoing voter")
        if made.auto_leave and not made.joint:
            raise ProtocolError(f"the membership {state} would leave a joint membership and has none")
        if NOBODY in made.ids():
            raise ProtocolError(f"the membership {state} names a node with the id zero")
        return made


EMPTY_MEMBERSHIP = Membership()


def apply(membership: Membership, change: ConfChange) -> Membership:
    """Give the membership after a change (which says itself whether it is simple, enters or leaves).

    Raises:
        MisfitError: it does not fit.
    """
    if change.leaves_joint:
        return leave_joint(membership)
    if change.enters_joint:
        return enter_joint(membership, change.changes, auto_leave=change.auto_leave)
    return simple(membership, change.changes)


def check(membership: Membership, change: ConfChange, *, pending: bool) -> Misfit | None:
    """Tell why a leader must not append a change; None: it may.

    A leader that lets only one unapplied change into its log, and checks each against the membership that
    it has applied, never sees a committed change fail.

    Args:
        membership: the membership that is in force.
        change: the change.
        pending: whether the log may hold another change that is not applied yet.
    """
    if pending:
        return Misfit.PENDING
    try:
        apply(membership, change)
    except MisfitError as error:
        return error.misfit
    return None


def simple(membership: Membership, changes: Iterable[Change]) -> Membership:
    """Change at most one voter, and any number of learners, in one step.

    Raises:
        MisfitError: the membership is joint, more than one voter would change, or none would be left.
    """
    if membership.joint:
        raise MisfitError(Misfit.JOINT)
    changed = _change(membership, changes)
    if len(membership.voters ^ changed.voters) > 1:
        raise MisfitError(Misfit.MANY_VOTERS)
    return changed


def enter_joint(membership: Membership, changes: Iterable[Change], *, auto_leave: bool) -> Membership:
    """Make the present voters the outgoing half, and the changed ones the incoming one.

    Raises:
        MisfitError: the membership is joint already or has no voters, or none would be left.
    """
    if membership.joint:
        raise MisfitError(Misfit.JOINT)
    if not membership.voters:
        raise MisfitError(Misfit.NOTHING_TO_JOIN)
    return replace(_change(replace(membership, outgoing=membership.voters), changes), auto_leave=auto_leave)


def leave_joint(membership: Membership) -> Membership:
    """Drop the outgoing half; who was to become a learner becomes one.

    Raises:
        MisfitError: the membership is not joint.
    """
    if not membership.joint:
        raise MisfitError(Misfit.NOT_JOINT)
    return Membership(voters=membership.voters, learners=membership.learners | membership.learners_next)


def _change(membership: Membership, changes: Iterable[Change]) -> Membership:
    voters, learners, learners_next = (
        set(membership.voters),
        set(membership.learners),
        set(membership.learners_next),
    )
    for kind, node_id in changes:
        if node_id == NOBODY or kind is ChangeType.UPDATE:
            continue
        for role in (voters, learners, learners_next):
            role.discard(node_id)
        if kind is ChangeType.ADD_VOTER:
            voters.add(node_id)
        elif kind is ChangeType.ADD_LEARNER:
            (learners_next if node_id in membership.outgoing else learners).add(node_id)
    if not voters:
        raise MisfitError(Misfit.NO_VOTER)
    return replace(
        membership,
        voters=frozenset(voters),
        learners=frozenset(learners),
        learners_next=frozenset(learners_next),
    )
