"""The membership core: messages and time in, messages and events out.

How it works: the nodes stand on a ring, in the order of their peer ids. Every `interval` a node sends its
heartbeat to the `observers` nodes that follow it; those watch it, and when it falls silent they ask it, and
others about it, and in the end sign an obituary, which spreads. So the cost of watching does not depend on
the number of nodes. What everybody has to know (who joined, changed or died; one heartbeat of each node per
third of its time to live) spreads as rumours: each node passes what is new to it on to `fanout` others. What
rumours miss, anti-entropy finds: now and then two nodes compare hashes of whom they know. In a cluster of
up to `observers` + 1 nodes, everybody watches everybody.

Rules that hold here:

1. No I/O, no clock, and no randomness but the generator passed in. What comes of a call is returned.
2. The only proof of life is a heartbeat with a higher version, signed by its node; what others say of it can
   make it a suspect, or dead until it is heard again, and no more.
3. A dead node comes back with a heartbeat that is newer than its obituary, and either of a newer boot epoch
   or said a moment ago: what still goes round of it does not revive it (test_late_rumours_revive_nobody).
4. An observer that hears less than half of those it watches is taken for the one that is cut off: it drops
   them from its own table, and tells nobody that they are dead; one that hears nothing at all is alone
   (test_one_way_cut_off).
5. A node that meets a newer epoch of its own key takes a newer one still (test_clock_behind_at_restart).
6. All that others can make grow is bounded: the table, the tombs, what waits to be relayed, and each message.

The named tests are in `tests/cluster/test_gossip.py` and `test_cluster_simulation.py`.
Sources: Das, Gupta, Motivala: SWIM (2002), for indirect probes and suspicion; Demers et al.: Epidemic
algorithms for replicated database maintenance (1987), for rumours and anti-entropy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.cluster.antientropy import BUCKETS, Parts
from wetware.cluster.detector import Clock, Detector
from wetware.cluster.messages import (
    Digest,
    Instruction,
    Joined,
    Known,
    Left,
    Message,
    News,
    Obituary,
    Probe,
    Recovered,
    Send,
    Superseded,
    Suspected,
    Updated,
    in_messages,
)
from wetware.cluster.ring import Ring
from wetware.cluster.settings import MAX_TTL, Settings, Voice
from wetware.cluster.table import Record, Table, TableFullError, Upserted
from wetware.cluster.tombs import Tombs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import PeerId

__all__ = ["Gossip"]

MAX_KNOWN: Final = 512
"""Members listed in one message."""
URGENT: Final = 3
"""Rounds in which a change is passed on."""
MIN_REPLY_GAP: Final = 0.2
"""Seconds between two beats of ours that others ask for."""
MAX_RELAYS: Final = 256


class Gossip:
    """The membership as one node sees it.

    Attributes:
        me: this node.
        table: all nodes, this one included.
        detector: what this node watches.
        epoch: this node's boot epoch.
    """

    def __init__(
        self,
        me: PeerId,
        voice: Voice,
        epoch: int,
        random: Random,
        now: float,
        settings: Settings | None = None,
        contacts: Iterable[PeerId] = (),
        table: Table | None = None,
    ) -> None:
        """Begin; the first `advance` sends the first heartbeat.

        Args:
            me: this node.
            voice: signs for it.
            epoch: its boot epoch, such as the wall clock in nanoseconds at its start.
            random: for jitter and for choosing nodes.
            now: the time, in seconds, monotonic.
            settings: times and numbers.
            contacts: nodes to call until some are known.
            table: the table to use; by default a new one.
        """
        self.me = me
        self.settings = settings or Settings()
        self.table = Table() if table is None else table
        self.detector = Detector(self.settings.suspect_after, self.settings.dead_after)
        self.epoch = epoch
        self.contacts = tuple(peer for peer in contacts if peer != me)
        self._voice = voice
        self._random = random
        self._clock = Clock()
        self._seq = 0
        self._superseded = 0
        self._ring = Ring(me)
        self._parts = Parts()
        self._tombs = Tombs(self.table.max_records)
        self._rumours: dict[PeerId, int] = {}  # whose change is passed on, and in how many rounds
        # mere heartbeats that are passed on once, and when they were heard: these and no newer ones, which
        # would be news once more to those that have these
        self._refreshed: dict[PeerId, Record] = {}
        self._deaths: dict[PeerId, int] = {}  # whose obituary is, likewise
        self._doubted: set[PeerId] = set()  # watched until heard, though no neighbours
        self._probed: dict[PeerId, float] = {}  # suspects, and when they are probed next
        self._relays: dict[PeerId, dict[PeerId, float]] = {}  # subject -> who waits to hear of it, until when
        now = self._clock.read(now)
        self._next_beat = self._next_refresh = self._next_sync = self._next_call = self._next_overdue = now
        self._next_flush = now
        self._last_heard = now
        self._spared = False
        self._beaten = float("-inf")
        self._patience = self.settings.interval / 3
        self._out: list[Instruction] = []

    # --- what the node asks ----------------------------------------------------------------------------

    @property
    def members(self) -> list[PeerId]:
        """The other nodes, in the order of the ring."""
        return self._ring.others()

    def is_news(self, beat: Heartbeat) -> bool:
        """Whether a heartbeat, if its signature is right, says something new: else, do not check it."""
        if beat.peer == self.me:
            return beat.version > (self.epoch, self._seq)
        record = self.table.get(beat.peer)
        tomb = self._tombs.get(beat.peer)
        known = record.beat.version if record else tomb.version if tomb else None
        return known is None or beat.version > known or beat.epoch < known[0]

    def greeting(self, now: float) -> list[Message]:
        """What to send to a node of which only the address is known."""
        now = self._clock.read(now)
        if not self._seq:
            self._beat(now)
        return [News((self._own(now),), spread=True), Digest(self._parts.hashes)]

    def leave(self, now: float) -> list[Instruction]:
        """Take leave: what to send before stopping. Call nothing afterwards."""
        now = self._clock.read(now)
        obituary = self._voice.obituary(self.me, self.epoch, self._seq)
        told = self.members
        if len(told) > 4 * self.settings.fanout:
            told = self._random.sample(told, 4 * self.settings.fanout)
        return [Send(peer, News(obituaries=(obituary,), spread=True)) for peer in told]

    def connection_lost(self, peer: PeerId, now: float) -> list[Instruction]:
        """A connection to a node broke: ask at once whether it lives."""
        now = self._clock.read(now)
        if self.detector.suspect(peer, now):
            self._suspect(peer, now)
        return self._taken()

    # --- time ------------------------------------------------------------------------------------------

    def advance(self, now: float) -> list[Instruction]:
        """Let time pass; call it every tenth of a second or so."""
        now = self._clock.read(now)
        settings = self.settings
        if now >= self._next_beat:
            self._beat(now)
            self._next_beat = now + settings.interval * self._random.uniform(0.9, 1.0)
            beat = News((self._own(now),))
            self._out += [Send(peer, beat) for peer in self._ring.after(settings.observers)]
        if now >= self._next_refresh:
            self._refreshed[self.me] = Record(self._own(now)[0], now)
            self._next_refresh = now + self._ttl() / 3 * self._random.uniform(0.9, 1.0)
        # after a stall, what has come meanwhile is heard first; but a node that is always late still judges
        self._spared = self._clock.stalled and not self._spared
        if not self._spared:
            self._judge(now)
        for peer, due in list(self._probed.items()):
            if peer not in self.detector.suspects:
                del self._probed[peer]
            elif now >= due:
                self._probe(peer, now)
        if now >= self._next_overdue:
            self._next_overdue = now + settings.interval
            self._ask_overdue(now)
        if now >= self._next_sync:
            self._next_sync = now + settings.sync * self._random.uniform(0.5, 1.0)
            for peer in self._ring.some(self._random, 1):
                self._send(peer, Digest(self._parts.hashes))
        if now >= self._next_call:
            # alone: try soon again, then less and less often
            self._patience = (
                settings.sync if len(self._ring) > 1 else min(self._patience * 1.5, settings.sync)
            )
            self._next_call = now + self._patience * self._random.uniform(0.5, 1.0)
            self._call(now)
        self._flush(now)
        return self._taken()

    def _judge(self, now: float) -> None:
        """See who is gone."""
        for record in self.table.advance(now):
            self._gone(record.beat.peer, record.beat.version, now, None)
            self._out.append(Left(record.beat.peer, "expired"))
        found = self.detector.advance(now)
        for peer in found.suspected:
            self._suspect(peer, now)
        unheard = now - self._last_heard
        if found.dead:
            # of those that are watched, and of those that were until this moment
            watched = len(self.detector.watched) + len(found.dead)
            silent = len(self.detector.suspects) + len(found.dead)
            isolated = unheard >= self.settings.suspect_after or (watched > 2 and 2 * silent > watched)
            for peer in found.dead:
                self._verdict(peer, now, isolated=isolated)
        if unheard >= self.settings.dead_after:
            # not a word from anybody: this node is alone, whomever it watched
            for peer in self._ring.others():
                self._verdict(peer, now, isolated=True)

    def _beat(self, now: float) -> None:
        """Say anew that this node lives."""
        self._seq += 1
        self._beaten = now
        beat = self._voice.beat(self.epoch, self._seq, round(self._ttl() * 1000))
        # a full table has to have room for its own node: it was the first in it
        self.table.upsert(beat, now)
        self._parts.put(self.me, self.epoch)

    def _own(self, now: float) -> tuple[Heartbeat, float]:
        record = self.table.get(self.me)
        assert record is not None, "this node's own record never ends while it runs"
        return record.beat, max(now - record.heard, 0.0)

    def _ttl(self) -> float:
        return min(max(self.settings.ttl, self.settings.ttl_per_node * len(self._ring)), MAX_TTL)

    def _watch(self, now: float) -> None:
        """Watch those that this node follows on the ring."""
        wanted = [*self._ring.before(self.settings.observers), *self._doubted]
        for peer in self.detector.watched.difference(wanted):
            self.detector.unwatch(peer)
        for peer in wanted:
            self.detector.watch(peer, now)

    # --- coming and going ------------------------------------------------------------------------------

    def _gone(self, peer: PeerId, version: tuple[int, int], now: float, obituary: Obituary | None) -> None:
        """A node is out of the table: forget it, but for its tomb."""
        self._ring.discard(peer)
        self._parts.discard(peer)
        self._rumours.pop(peer, None)
        self._refreshed.pop(peer, None)
        self._doubted.discard(peer)
        self._probed.pop(peer, None)
        self._relays.pop(peer, None)
        self.detector.unwatch(peer)
        self._tombs.bury(peer, version, now, obituary)
        self._watch(now)

    def _verdict(self, peer: PeerId, now: float, *, isolated: bool) -> None:
        """A node that this one watches has been silent for too long."""
        record = self.table.remove(peer)
        if record is None:
            return
        obituary = None if isolated else self._voice.obituary(peer, *record.beat.version)
        self._gone(peer, record.beat.version, now, obituary)
        if obituary is not None:
            self._deaths[peer] = URGENT
        self._out.append(Left(peer, "dead"))

    # --- suspicion -------------------------------------------------------------------------------------

    def _suspect(self, peer: PeerId, now: float) -> None:
        self._out.append(Suspected(peer))
        self._probe(peer, now)

    def _is_fresh(self, record: Record, now: float) -> bool:
        return now - record.heard < self.settings.suspect_after

    def _doubt(self, peer: PeerId, now: float) -> None:
        """See for oneself whether a node lives that others gave up, since they had heard less of it."""
        self._doubted.add(peer)
        self.detector.watch(peer, now)
        if self.detector.suspect(peer, now):
            self._suspect(peer, now)

    def _probe(self, peer: PeerId, now: float) -> None:
        record = self.table.get(peer)
        if record is None:
            return
        self._probed[peer] = now + self.settings.interval / 2
        probe = Probe(peer, record.beat.version, self.me)
        for asked in (peer, *self._ring.some(self._random, self.settings.helpers, peer)):
            self._send(asked, probe)

    def _ask_overdue(self, now: float) -> None:
        """Ask nodes whose heartbeat should have come twice: rumours do not reach quite everybody."""
        for record in self.table:
            if record.beat.peer != self.me and record.deadline - now < record.beat.ttl / 3000:
                self._send(record.beat.peer, Probe(record.beat.peer, record.beat.version, self.me))
        for peer, waiting in list(self._relays.items()):
            self._relays[peer] = {origin: until for origin, until in waiting.items() if until > now}
            if not self._relays[peer]:
                del self._relays[peer]

    # --- what goes out ---------------------------------------------------------------------------------

    def _send(self, to: PeerId, message: Message) -> None:
        if to != self.me:
            self._out.append(Send(to, message))

    def _taken(self) -> list[Instruction]:
        out, self._out = self._out, []
        return out

    def _flush(self, now: float) -> None:
        """Pass rumours on: changes at once, mere heartbeats gathered for a while."""
        gathered = now >= self._next_flush
        if not self._rumours and not self._deaths and not (gathered and self._refreshed):
            return
        targets = self._ring.some(self._random, self.settings.fanout)
        if not targets:
            return
        deaths = [self._tombs.obituary(peer) for peer in self._deaths]
        beats = self._beats(self._rumours, now)
        if gathered:
            beats += [(record.beat, max(now - record.heard, 0.0)) for record in self._refreshed.values()]
            self._refreshed.clear()
            self._next_flush = now + self.settings.interval / 2
        for message in in_messages(beats, [obituary for obituary in deaths if obituary], spread=True):
            self._out += [Send(peer, message) for peer in targets]
        self._rumours = {peer: left - 1 for peer, left in self._rumours.items() if left > 1}
        self._deaths = {peer: left - 1 for peer, left in self._deaths.items() if left > 1}

    def _beats(self, peers: Iterable[PeerId], now: float) -> list[tuple[Heartbeat, float]]:
        records = [self.table.get(peer) for peer in peers]
        return [(record.beat, max(now - record.heard, 0.0)) for record in records if record is not None]

    def _call(self, now: float) -> None:
        """Call a node that is not in the table: a contact, or one that died; a partition heals by this."""
        self._tombs.forget(now - self.settings.tomb)
        absent = [peer for peer in (*self.contacts, *self._tombs) if peer not in self.table]
        if absent:
            called = self._random.choice(absent)
            self._send(called, News((self._own(now),), spread=True))
            self._send(called, Digest(self._parts.hashes))

    # --- what comes in ---------------------------------------------------------------------------------

    def receive(self, sender: PeerId, message: Message, now: float) -> list[Instruction]:
        """Take a message of another node. What is wrong with it is ignored; it cannot do harm."""
        now = self._clock.read(now)
        if sender == self.me:
            return []
        self._last_heard = now
        match message:
            case News():
                for beat, age in message.beats:
                    self._heard(sender, beat, max(age, 0.0), now, spread=message.spread)
                for obituary in message.obituaries:
                    self._mourn(sender, obituary, now)
            case Probe():
                self._probed_by(sender, message, now)
            case Digest():
                self._compare(sender, message)
            case Known():
                self._exchange(sender, message, now)
        return self._taken()

    def _heard(self, sender: PeerId, beat: Heartbeat, age: float, now: float, *, spread: bool) -> None:
        peer = beat.peer
        if peer == self.me:
            self._heard_myself(beat, now)
            return
        tomb = self._tombs.get(peer)
        if tomb is not None:
            fresh = beat.epoch > tomb.version[0] or age < self.settings.suspect_after
            if beat.version <= tomb.version or not fresh:
                if tomb.obituary is not None and beat.version <= tomb.version and sender != peer:
                    self._send(sender, News(obituaries=(tomb.obituary,)))
                return
        try:
            outcome = self.table.upsert(beat, now, now - age)
        except TableFullError:
            return
        if outcome is Upserted.STALE and sender == peer:
            known = self._beats([peer], now)
            if beat.epoch < known[0][0].epoch:
                # it has started with an epoch behind its last one: let it know
                self._send(sender, News(tuple(known)))
        if not outcome.is_news:
            return
        if outcome is Upserted.ADDED:
            self._tombs.discard(peer)
            self._deaths.pop(peer, None)
            self._ring.add(peer)
            self._watch(now)
            # whoever has just met somebody has probably more to learn
            soon = self.settings.interval * self._random.uniform(0.2, 0.5)
            self._next_sync = min(self._next_sync, now + soon)
            self._out.append(Joined(peer))
        elif outcome is not Upserted.RENEWED:
            self._out.append(Updated(peer, restarted=outcome is Upserted.RESTARTED))
        self._parts.put(peer, beat.epoch)
        if self.detector.heard(peer, now - age, now):
            self._out.append(Recovered(peer))
            if peer in self._doubted:
                self._doubted.discard(peer)
                self._watch(now)
        if spread and outcome is Upserted.RENEWED:
            self._refreshed[peer] = Record(beat, now - age)
        elif spread:
            self._rumours[peer] = URGENT
        for origin, until in self._relays.pop(peer, {}).items():
            if until > now:
                self._send(origin, News(((beat, age),)))

    def _heard_myself(self, beat: Heartbeat, now: float) -> None:
        """A heartbeat of this key; if it is newer than ours, an earlier start's clock was ahead."""
        if beat.epoch > self.epoch and beat.epoch + 1 < 1 << 64:
            self._superseded += 1
            self.epoch = beat.epoch + 1
            self._speak_up(now)
            self._out.append(Superseded(self.epoch, self._superseded))

    def _speak_up(self, now: float) -> None:
        """Beat at once, for everybody."""
        self._beat(now)
        self._rumours[self.me] = URGENT

    def _mourn(self, sender: PeerId, obituary: Obituary, now: float) -> None:
        peer = obituary.peer
        if peer == self.me:
            if obituary.by != self.me and obituary.epoch == self.epoch and obituary.seq >= self._seq - 1:
                # the reports of our death are premature
                self._seq = max(self._seq, min(obituary.seq, self._seq + 1000))
                self._speak_up(now)
                self._send(sender, News((self._own(now),)))
            elif obituary.epoch == self.epoch:
                self._send(sender, News((self._own(now),)))
            return
        record = self.table.get(peer)
        if record is not None and record.beat.version > obituary.version and self._is_fresh(record, now):
            self._send(sender, News(tuple(self._beats([peer], now))))
            return
        # its observers may say so, give or take what two nodes' rings differ by, and the node itself
        reach = 2 * self.settings.observers
        if obituary.by != peer and not self._ring.within(peer, reach, obituary.by):
            return
        if record is None:
            tomb = self._tombs.get(peer)
            if tomb is not None and obituary.version > tomb.version:
                # some may have heard more of it than those who buried it first: this is for them
                self._tombs.bury(peer, obituary.version, tomb.since, obituary)
                self._deaths[peer] = URGENT
            return
        if record.beat.version > obituary.version:
            self._doubt(peer, now)
            return
        self.table.remove(peer)
        self._gone(peer, max(record.beat.version, obituary.version), now, obituary)
        self._deaths[peer] = URGENT
        self._out.append(Left(peer, "left" if obituary.by == peer else "dead"))

    def _probed_by(self, sender: PeerId, probe: Probe, now: float) -> None:
        if probe.peer == self.me:
            if now - self._beaten >= MIN_REPLY_GAP:
                self._beat(now)
            answer = News((self._own(now),))
            self._send(probe.origin, answer)
            if sender != probe.origin:
                self._send(sender, answer)
            elif sender not in self.table:
                self._send(sender, Digest(self._parts.hashes))
            return
        record = self.table.get(probe.peer)
        if record is not None and record.beat.version > probe.version:
            self._send(probe.origin, News(tuple(self._beats([probe.peer], now))))
        elif (obituary := self._tombs.obituary(probe.peer)) and obituary.version >= probe.version:
            self._send(probe.origin, News(obituaries=(obituary,)))
            return
        if probe.origin == sender and record is not None and len(self._relays) < MAX_RELAYS:
            waiting = self._relays.setdefault(probe.peer, {})
            if len(waiting) < self.settings.observers * 2:
                waiting[sender] = now + self.settings.dead_after
                self._send(probe.peer, probe)

    def _compare(self, sender: PeerId, digest: Digest) -> None:
        if len(digest.buckets) != BUCKETS:
            return
        differing = self._parts.differing(digest.buckets)
        self._random.shuffle(differing)
        listed: list[int] = []
        count = 0
        for bucket in differing:
            count += self._parts.size(bucket)
            if listed and count > MAX_KNOWN:
                break
            listed.append(bucket)
        if listed:
            self._send(sender, Known(tuple(listed), tuple(self._parts.members(listed).items())))

    def _exchange(self, sender: PeerId, known: Known, now: float) -> None:
        if any(bucket >= BUCKETS for bucket in known.buckets) or len(set(known.buckets)) != len(
            known.buckets
        ):
            return
        mine, theirs = self._parts.members(known.buckets), dict(known.members)
        beats = self._beats([p for p, epoch in mine.items() if theirs.get(p, -1) < epoch], now)
        deaths = []
        for peer, epoch in theirs.items():
            obituary = self._tombs.obituary(peer)
            if obituary is not None and peer not in mine and obituary.epoch >= epoch:
                deaths.append(obituary)
        for message in in_messages(beats, deaths, spread=False):
            self._send(sender, message)
        wanted = any(mine.get(p, -1) < epoch and p != self.me for p, epoch in theirs.items())
        if wanted:
            self._next_sync = min(self._next_sync, now + self.settings.interval)
            if not known.reply:
                self._send(sender, Known(known.buckets, tuple(mine.items()), reply=True))
