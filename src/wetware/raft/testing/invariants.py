"""The properties that make Raft safe, checked against everything that happens (thesis, figure 3.2).

=====================
============================================================================================== election
safety       at most one leader in a term log matching          two entries with one index and term are the
same, and so are those before them leader completeness   what was committed in a term is in the log of every
leader of a later one state-machine safety  no two nodes apply different entries at one index, and equal
indexes mean equal states quorum durability     what a leader counts as committed is on the disks of a
majority (of both halves, if joint) promises              no vote, acknowledgement or append leaves before
what it promises is on the disk
=====================
==============================================================================================

Each check costs little more than a look into a dictionary, so that all of them run at every step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from wetware.raft.core import ConfState, Entry, HardState, Message, MessageType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["Invariants", "StoredLog", "ViolationError"]


class ViolationError(Exception):
    """Something happened that must never happen."""


class StoredLog(Protocol):
    """What a disk holds, as far as the checks ask."""

    def first_index(self) -> int:
        """As `Storage.first_index`."""

    def last_index(self) -> int:
        """As `Storage.last_index`."""

    def term(self, index: int) -> int:
        """As `Storage.term`."""


class Invariants:
    """What has been seen of all nodes together."""

    def __init__(self) -> None:
        self._leaders: dict[int, int] = {}  # term -> node
        self._entries: dict[tuple[int, int], tuple[int, Entry]] = {}  # index, term -> term before, entry
        self._committed: dict[
            int, tuple[Entry, int]
        ] = {}  # index -> entry, the lowest term it was seen committed in
        self._states: dict[int, bytes] = {}  # index -> state
        self._memberships: dict[int, ConfState] = {}  # index of the change -> membership
        self.last_committed = 0

    @property
    def elections(self) -> int:
        """In how many terms there was a leader."""
        return len(self._leaders)

    def leads(self, node_id: int, term: int, log: Callable[[int], int | None]) -> None:
        """A node leads in a term.

        Args:
            node_id: which.
            term: which.
            log: gives the term of its entry at an index: 0 where it was compacted, None where there is none.
        """
        known = self._leaders.get(term)
        if known == node_id:
            return
        if known is not None:
            raise ViolationError(f"election safety: nodes {known} and {node_id} both lead in term {term}")
        self._leaders[term] = node_id
        index = self.last_committed
        while index in self._committed and self._committed[index][1] >= term:
            index -= 1
        if index in self._committed:
            entry, seen = self._committed[index]
            found = log(index)
            if found not in {0, entry.term}:
                raise ViolationError(
                    f"leader completeness: node {node_id} leads in term {term} with term {found} at index"
                    f" {index}, where an entry of term {entry.term} was committed in term {seen}"
                )

    def stores(self, node_id: int, before: int, entries: Sequence[Entry]) -> None:
        """A node stores entries behind one whose term is `before`."""
        for entry in entries:
            known = self._entries.setdefault((entry.index, entry.term), (before, entry))
            if known[1] != entry or known[0] != before:
                raise ViolationError(
                    f"log matching: node {node_id} stores {entry} behind term {before}, another {known[1]}"
                    f" behind {known[0]}"
                )
            before = entry.term

    def commits(self, entries: Iterable[Entry], term: int) -> None:
        """A node hands out committed entries in a term."""
        for entry in entries:
            known = self._committed.get(entry.index)
            if known is None:
                if entry.index > self.last_committed + 1 and self.last_committed:
                    raise ViolationError(f"entry {entry.index} is committed before {self.last_committed + 1}")
                self._committed[entry.index] = (entry, term)
                self.last_committed = max(self.last_committed, entry.index)
            elif known[0] != entry:
                raise ViolationError(f"state-machine safety: {known[0]} was committed, and now {entry}")
            elif term < known[1]:
                self._committed[entry.index] = (entry, term)

    def counts_as_committed(
        self, index: int, term: int, membership: ConfState, logs: Mapping[int, StoredLog | None]
    ) -> None:
        """A leader of a term raises the commit index."""
        for half in (membership.voters, membership.voters_outgoing):
            holders = [voter for voter in half if _holds(logs.get(voter), index, term)]
            if half and len(holders) <= len(half) // 2:
                raise ViolationError(
                    f"quorum durability: index {index} counts as committed in term {term}, and of the voters"
                    f" {half} only {holders} have it on disk"
                )

    def is_at(self, node_id: int, index: int, state: bytes) -> None:
        """A node's state after applying an index."""
        if self._states.setdefault(index, state) != state:
            raise ViolationError(
                f"state-machine safety: node {node_id} has another state at index {index} than others"
            )

    def changes(self, node_id: int, index: int, before: ConfState, after: ConfState) -> bool:
        """A node applies a membership change; tells whether it is the first to."""
        known = self._memberships.get(index)
        if known is None:
            self._memberships[index] = after
            return True
        if known != after:
            raise ViolationError(
                f"node {node_id} goes from {before} to {after} at index {index}, another to {known}"
            )
        return False

    @property
    def membership(self) -> ConfState | None:
        """The newest membership that anyone has applied."""
        return self._memberships[max(self._memberships)] if self._memberships else None

    def sends(self, message: Message, stored: HardState, last_index: int) -> None:
        """A message leaves a node whose disk holds that."""
        kind = message.type
        broken = False
        if kind is MessageType.APP_RESP:
            broken = message.term > stored.term or (not message.reject and message.index > last_index)
        elif kind is MessageType.VOTE_RESP and not message.reject:
            broken = stored.term < message.term or (stored.term == message.term and stored.vote != message.to)
        elif kind in {MessageType.APP, MessageType.HEARTBEAT, MessageType.SNAP}:
            broken = message.term > stored.term
        if broken:
            raise ViolationError(
                f"promises: {message} leaves where {stored} and entry {last_index} are on disk"
            )


def _holds(log: StoredLog | None, index: int, term: int) -> bool:
    if log is None or log.last_index() < index:
        return False
    return log.first_index() - 1 > index or log.term(index) == term
