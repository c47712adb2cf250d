"""Rumours: what a node passes on, and how often.

Rules that hold here:

1. A change (somebody joined, changed, died) is passed on at once and in `URGENT` rounds. A mere heartbeat is
   passed on once, gathered with others for a while, and stays the one that was heard: a newer one would be
   news once more to those that have this one (test_mere_heartbeats_are_gathered).
2. What was passed on of a node is not passed on again, nor what is older (test_nothing_twice).
3. What waits is bounded by the table and the tombs: one entry for each node in them.

The named tests are in `tests/cluster/test_rumours.py`. Source: Demers et al.: Epidemic algorithms for
replicated database maintenance (1987).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.cluster.messages import in_messages

if TYPE_CHECKING:
    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import PeerId
    from wetware.cluster.messages import News
    from wetware.cluster.table import Record, Table
    from wetware.cluster.tombs import Tombs

__all__ = ["URGENT", "Rumours"]

URGENT: Final = 3
"""Rounds in which a change is passed on."""


class Rumours:
    """What one node passes on.

    Attributes:
        next_gathered: when the mere heartbeats that were gathered go out.
    """

    __slots__ = ("_changes", "_deaths", "_gathered", "_passed_on", "next_gathered")

    def __init__(self, now: float) -> None:
        self.next_gathered = now
        self._changes: dict[PeerId, int] = {}  # whose change is passed on, and in how many rounds
        self._deaths: dict[PeerId, int] = {}  # whose obituary is, likewise
        self._gathered: dict[PeerId, Record] = {}
        self._passed_on: dict[PeerId, tuple[int, int]] = {}  # the newest heartbeat passed on

    # --- what is to be passed on ---
    def changed(self, beat: Heartbeat) -> None:
        """A node has joined, or says something new."""
        self._passed_on[beat.peer] = beat.version
        self._changes[beat.peer] = URGENT

    def renewed(self, record: Record) -> None:
        """A node has said once more that it lives."""
        self._passed_on[record.beat.peer] = record.beat.version
        self._gathered[record.beat.peer] = record

    def died(self, peer: PeerId) -> None:
        """There is an obituary."""
        self._deaths[peer] = URGENT

    def lives(self, peer: PeerId) -> None:
        """The obituary is wrong, or out of date."""
        self._deaths.pop(peer, None)

    def forget(self, peer: PeerId) -> None:
        """A node is gone: of its life nothing more is passed on."""
        self._changes.pop(peer, None)
        self._gathered.pop(peer, None)
        self._passed_on.pop(peer, None)

    def has_passed_on(self, beat: Heartbeat) -> bool:
        """Whether this heartbeat, or a newer one of its node, was passed on."""
        return beat.version <= self._passed_on.get(beat.peer, (-1, -1))

    # --- a round ---
    def is_due(self, at: float) -> bool:
        """Whether there is something to pass on."""
        return bool(self._changes or self._deaths or (self._gathered and at >= self.next_gathered))

    def round(self, table: Table, tombs: Tombs, now: float, *, at: float, gather: float) -> list[News]:
        """What to tell some others now.

        Args:
            table: has the heartbeats that changed.
            tombs: have the obituaries.
            now: the time in which heartbeats were heard.
            at: the time that `is_due` is given.
            gather: seconds for which mere heartbeats are gathered from now on, if it was their turn.
        """
        records = [record for peer in self._changes if (record := table.get(peer)) is not None]
        if at >= self.next_gathered:
            records += self._gathered.values()
            self._gathered.clear()
            self.next_gathered = at + gather
        beats = [(record.beat, max(now - record.heard, 0.0)) for record in records]
        deaths = [obituary for peer in self._deaths if (obituary := tombs.obituary(peer)) is not None]
        self._changes = {peer: left - 1 for peer, left in self._changes.items() if left > 1}
        self._deaths = {peer: left - 1 for peer, left in self._deaths.items() if left > 1}
        return in_messages(beats, deaths, spread=True)
