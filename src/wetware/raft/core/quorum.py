"""Majorities, and joint majorities: the only place that counts heads.

Rules that hold here:

1. A majority of n voters is n // 2 + 1 of them; two majorities of the same voters share one (thesis 3.3).
2. A joint decision needs a majority of each half (thesis 4.3). An absent half is an empty set of voters,
   which agrees to everything: so a simple membership is the joint one with an empty outgoing half.
3. Nobody decides for a voter that did not answer.

Held by test_core_quorum (against a naive model), in tests/raft/.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

__all__ = ["EVERYTHING", "Vote", "joint_index", "joint_vote", "majority_index", "majority_vote"]

EVERYTHING = 2**64 - 1
"""What an empty set of voters has agreed to."""


class Vote(enum.Enum):
    """How a vote stands."""

    PENDING = "pending"
    LOST = "lost"
    WON = "won"


def majority_index(voters: Collection[int], index_of: Callable[[int], int]) -> int:
    """Give the highest index that a majority of `voters` has reached.

    Args:
        voters: their ids.
        index_of: how far a voter is; zero where nothing is known of it.
    """
    if not voters:
        return EVERYTHING
    reached = sorted([index_of(voter) for voter in voters])
    return reached[(len(reached) - 1) // 2]


def joint_index(incoming: Collection[int], outgoing: Collection[int], index_of: Callable[[int], int]) -> int:
    """Give the highest index that a majority of each half has reached."""
    index = majority_index(incoming, index_of)
    return min(index, majority_index(outgoing, index_of)) if outgoing else index


def majority_vote(voters: Collection[int], votes: Mapping[int, bool]) -> Vote:
    """Tell how a vote among `voters` stands; `votes` may lack some of them and name others."""
    granted = refused = 0
    for voter in voters:
        answer = votes.get(voter)
        if answer is True:
            granted += 1
        elif answer is False:
            refused += 1
    majority = len(voters) // 2 + 1
    if granted >= majority or not voters:
        return Vote.WON
    if len(voters) - refused >= majority:
        return Vote.PENDING
    return Vote.LOST


def joint_vote(incoming: Collection[int], outgoing: Collection[int], votes: Mapping[int, bool]) -> Vote:
    """Tell how a vote stands that must be won in each half: lost as soon as it is lost in one."""
    halves = (majority_vote(incoming, votes), majority_vote(outgoing, votes))
    if halves[0] is halves[1]:
        return halves[0]
    return Vote.LOST if Vote.LOST in halves else Vote.PENDING
