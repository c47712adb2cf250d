"""What a member tells of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wetware.raft.core import Role

__all__ = ["MemberStatus"]


@dataclass(frozen=True, slots=True)
class MemberStatus:
    """What a member knows of its group.

    Attributes:
        id: its own id.
        role: what it is in the present term.
        term: the present term.
        leader: the leader's id; zero where none is known.
        committed: the last index known to be committed.
        applied: the last index that the state machine has applied.
        last_index: the last index of the log.
        first_index: the first that the log still has.
        snapshot_index: the last that the log's snapshot covers.
        voters: the voters' ids.
        learners: the ids of those that do not vote.
        sessions: client sessions that are remembered.
        waiting: requests that wait at this member.
    """

    id: int
    role: Role
    term: int
    leader: int
    committed: int
    applied: int
    last_index: int
    first_index: int
    snapshot_index: int
    voters: tuple[int, ...]
    learners: tuple[int, ...]
    sessions: int
    waiting: int
