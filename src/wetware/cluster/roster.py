"""The roster: who is a member, who watches whom, and who was a member; everything that has to agree on it.

The table has the heartbeats, the ring the order, the parts their hashes, the tombs those that are gone, the
detector those that this node watches.

Rules that hold here:

1. A member is in the table, the ring and the parts; one that is gone is in none of them, and is watched no
   more. Both change here alone (`tests/cluster/test_roster.py`).
2. Watched are those that this node follows on the ring, and those that it doubts until it has heard them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.cluster.antientropy import Parts
from wetware.cluster.detector import Detector
from wetware.cluster.ring import Ring
from wetware.cluster.table import Table, Upserted
from wetware.cluster.tombs import Tombs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import PeerId
    from wetware.cluster.messages import Obituary
    from wetware.cluster.settings import Settings
    from wetware.cluster.table import Record

__all__ = ["Roster"]


class Roster:
    """The members as one node sees them.

    Attributes:
        me: this node.
        table: their heartbeats.
        ring: their order.
        parts: their hashes.
        tombs: those that are gone.
        detector: those that this node watches.
    """

    __slots__ = ("_doubted", "_settings", "detector", "me", "parts", "ring", "table", "tombs")

    def __init__(self, me: PeerId, settings: Settings, table: Table | None = None) -> None:
        self.me = me
        self.table = Table() if table is None else table
        self.ring = Ring(me)
        self.parts = Parts()
        self.tombs = Tombs(self.table.max_records)
        self.detector = Detector(settings.suspect_after, settings.dead_after)
        self._doubted: set[PeerId] = set()
        self._settings = settings

    # --- coming and going ---
    def take(self, beat: Heartbeat, now: float, heard: float) -> Upserted:
        """Take a heartbeat that was heard at some time; what it changed.

        Raises:
            TableFullError: there is no room for its node.
        """
        outcome = self.table.upsert(beat, now, heard)
        if outcome is Upserted.ADDED:
            self.tombs.discard(beat.peer)
            self.ring.add(beat.peer)
            self._watch(now)
        if outcome.is_news:
            self.parts.put(beat.peer, beat.epoch)
        return outcome

    def bury(self, peer: PeerId, version: tuple[int, int], now: float, obituary: Obituary | None) -> None:
        """A node is gone."""
        self.table.remove(peer)
        self.ring.discard(peer)
        self.parts.discard(peer)
        self._doubted.discard(peer)
        self.detector.unwatch(peer)
        self.tombs.bury(peer, version, now, obituary)
        self._watch(now)

    # --- watching ---
    def _watch(self, now: float) -> None:
        wanted = [*self.ring.before(self._settings.observers), *self._doubted]
        for peer in self.detector.watched.difference(wanted):
            self.detector.unwatch(peer)
        for peer in wanted:
            self.detector.watch(peer, now, self._lag(peer))

    def heard(self, beat: Heartbeat, at: float, now: float) -> bool:
        """A member was heard at some time; whether that ends a suspicion."""
        if not self.detector.heard(beat.peer, at, now, beat.lag):
            return False
        if beat.peer in self._doubted:
            self._doubted.discard(beat.peer)
            self._watch(now)
        return True

    def doubt(self, peer: PeerId, now: float) -> bool:
        """See for oneself whether a member lives that others gave up; whether it is a new suspect."""
        self._doubted.add(peer)
        self.detector.watch(peer, now, self._lag(peer))
        return self.detector.suspect(peer, now)

    def _lag(self, peer: PeerId) -> int:
        record = self.table.get(peer)
        return 0 if record is None else record.beat.lag

    # --- what is known ---
    def version(self, peer: PeerId) -> tuple[int, int] | None:
        """The version of the newest heartbeat known of a node, which may be gone."""
        record, tomb = self.table.get(peer), self.tombs.get(peer)
        return record.beat.version if record else tomb.version if tomb else None

    def is_moment(self, age: float, lag: int) -> bool:
        """Whether this many seconds ago is a moment ago, for a node that runs late by `lag`."""
        return age < self._settings.suspect_after * (1 + lag)

    def is_fresh(self, record: Record, now: float) -> bool:
        """Whether a member was heard a moment ago."""
        return self.is_moment(now - record.heard, record.beat.lag)

    def beats(self, peers: Iterable[PeerId], now: float) -> list[tuple[Heartbeat, float]]:
        """The newest heartbeats of those that are members, and their ages."""
        records = [self.table.get(peer) for peer in peers]
        return [(record.beat, max(now - record.heard, 0.0)) for record in records if record is not None]

    def obituaries(self, members: Mapping[PeerId, int]) -> list[Obituary]:
        """What others have to know who take these nodes, each with its epoch, for members."""
        found = [self.tombs.obituary(peer) for peer in members if peer not in self.table]
        return [death for death in found if death is not None and death.epoch >= members[death.peer]]
