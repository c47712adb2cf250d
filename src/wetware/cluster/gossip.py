"""The membership core: messages and time in, messages and events out.

How it works: the nodes stand on a ring, in the order of their peer ids. Every `interval` a node sends its
heartbeat to the `observers` nodes that follow it; those watch it, and when it falls silent they ask it, and
others about it, and in the end sign an obituary, which spreads. So the cost of watching does not depend on
the number of nodes. What everybody has to know (who joined, changed or died; one heartbeat of each node per
third of its time to live) spreads as rumours: each node passes what is new to it on to `fanout` others. What
rumours miss, anti-entropy finds: now and then two nodes compare hashes of whom they know. In a cluster of
up to `observers` + 1 nodes, everybody watches everybody.

The parts: `roster` (who is a member, and watched), `rumours` (what is passed on), `inquiries` (who is asked
about whom), `antientropy` (what two nodes compare), `lateness` (how late this node runs itself).

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
7. A node that runs late judges by the time in which it was able to listen, says less often that it lives, and
   says how late it is, so that others wait for it and nobody is drowned in questions: an overloaded cluster
   slows down and loses nobody (test_overload_removes_nobody).
8. Saying that nodes live, oneself and others, goes by the machine's time: it is promised to others. All else
   goes by this node's own.

The named tests are in `tests/cluster/test_gossip.py` and `test_cluster_simulation.py`.
Sources: Das, Gupta, Motivala: SWIM (2002), for indirect probes and suspicion; Demers et al.: Epidemic
algorithms for replicated database maintenance (1987), for rumours and anti-entropy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.cluster.antientropy import is_comparable
from wetware.cluster.inquiries import Inquiries
from wetware.cluster.lateness import MOST_LAG, Clock, Lateness
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
from wetware.cluster.roster import Roster
from wetware.cluster.rumours import Rumours
from wetware.cluster.settings import MAX_TTL, Settings, Voice
from wetware.cluster.table import Record, TableFullError, Upserted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import PeerId
    from wetware.cluster.table import Table

__all__ = ["Gossip"]

MIN_REPLY_GAP: Final = 0.2
"""Seconds between two beats of ours that others ask for."""
MAX_OVERDUE: Final = 8
"""Nodes asked for an overdue heartbeat at one time: where many are overdue, more messages are no help."""
_NO_CHANGE: Final = frozenset({Upserted.RENEWED, Upserted.DUPLICATE, Upserted.STALE})


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
        self.roster = Roster(me, self.settings, table)
        self.table, self.detector = self.roster.table, self.roster.detector
        self._ring, self._parts, self._tombs = self.roster.ring, self.roster.parts, self.roster.tombs
        self.epoch = epoch
        self.contacts = tuple(peer for peer in contacts if peer != me)
        self._voice = voice
        self._random = random
        self._clock = Clock()
        self._lateness = Lateness(self.settings.tick, self.settings.interval)
        self._seq = 0
        self._superseded = 0
        self._inquiries = Inquiries(2 * self.settings.observers)
        self._next_beat = self._next_refresh = self._advanced = self._lateness.read(now)
        self._rumours = Rumours(self._advanced)
        now = self._clock.read(now)
        self._next_sync = self._next_call = self._next_overdue = now
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

    @property
    def lag(self) -> int:
        """How late this node runs, as it tells the others: 0 in time, up to `MOST_LAG`."""
        return self._lateness.lag

    def is_news(self, beat: Heartbeat, *, spread: bool = False) -> bool:
        """Whether a heartbeat, if its signature is right, is of any use: else, do not check it."""
        if beat.peer == self.me:
            return beat.version > (self.epoch, self._seq)
        known = self.roster.version(beat.peer)
        if known is None or beat.version > known or beat.epoch < known[0]:
            return True
        return spread and beat.peer in self.table and not self._rumours.has_passed_on(beat)

    def is_sad_news(self, obituary: Obituary) -> bool:
        """Whether an obituary, if its signature is right, is of any use: else, do not check it."""
        tomb = self._tombs.get(obituary.peer)
        return obituary.peer in self.table or (tomb is not None and obituary.version > tomb.version)

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

    def advance(self, now: float, *, behind: bool = False) -> list[Instruction]:
        """Let time pass; call it every `settings.tick` seconds, or sooner.

        Args:
            now: the time.
            behind: whether messages have come that this node has not been given yet.
        """
        machine = self._lateness.read(now)
        now = self._clock.read(now)
        settings = self.settings
        before = self.lag
        self._lateness.worked(machine - self._advanced)
        self._clock.lag = MOST_LAG if behind else self.lag
        self._advanced = machine
        if self.lag != before:
            # what was promised is promised anew: in a longer time at once, in a shorter one before it is over
            soon = self._ttl() / 3 if self.lag < before else 0.0
            self._next_beat, self._next_refresh = machine, min(self._next_refresh, machine + soon)
        if machine >= self._next_beat:
            self._beat(now)
            wait = settings.interval * self._random.uniform(0.9, 1.0)
            self._next_beat = machine + wait * (1 + self.lag)
            beat = News((self._own(now),))
            self._out += [Send(peer, beat) for peer in self._ring.after(settings.observers)]
        if machine >= self._next_refresh:
            if len(self._ring) > settings.observers + 1:  # else everybody has heard it
                self._rumours.renewed(Record(self._own(now)[0], now))
            self._next_refresh = machine + self._ttl() / 3 * self._random.uniform(0.9, 1.0)
        # after a stall, what has come meanwhile is heard first; but a node that is always late still judges
        self._spared = self._clock.stalled and not self._spared
        if not self._spared:
            self._judge(now)
        for peer in self._inquiries.due(self.detector.suspects, now):
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
        if self._rumours.is_due(machine):
            self._pass_on(now, machine)
        return self._taken()

    def _pass_on(self, now: float, machine: float) -> None:
        targets = self._ring.some(self._random, self.settings.fanout)
        if not targets:
            return
        gather = self.settings.interval / 2 * (1 + self.lag)
        for message in self._rumours.round(self.table, self._tombs, now, at=machine, gather=gather):
            self._out += [Send(peer, message) for peer in targets]

    def _judge(self, now: float) -> None:
        """See who is gone."""
        for record in self.table.advance(now):
            self._gone(record.beat.peer, record.beat.version, now, None)
            self._out.append(Left(record.beat.peer, "expired"))
        found = self.detector.advance(now)
        for peer in found.suspected:
            self._suspect(peer, now)
        unheard, patience = now - self._last_heard, self.detector.patience
        if found.dead:
            # of those that are watched, and of those that were until this moment
            watched = len(self.detector.watched) + len(found.dead)
            silent = len(self.detector.suspects) + len(found.dead)
            isolated = unheard >= self.settings.suspect_after * patience or (
                watched > 2 and 2 * silent > watched
            )
            for peer in found.dead:
                self._verdict(peer, now, isolated=isolated)
        if unheard >= self.settings.dead_after * patience:
            # not a word from anybody: this node is alone, whomever it watched
            for peer in self._ring.others():
                self._verdict(peer, now, isolated=True)

    def _beat(self, now: float) -> None:
        """Say anew that this node lives."""
        self._seq += 1
        self._beaten = now
        beat = self._voice.beat(self.epoch, self._seq, round(self._ttl() * 1000), self.lag)
        # a full table has to have room for its own node: it was the first in it
        self.table.upsert(beat, now)
        self._parts.put(self.me, self.epoch)

    def _own(self, now: float) -> tuple[Heartbeat, float]:
        record = self.table.get(self.me)
        assert record is not None, "this node's own record never ends while it runs"
        return record.beat, max(now - record.heard, 0.0)

    def _ttl(self) -> float:
        usual = max(self.settings.ttl, self.settings.ttl_per_node * len(self._ring))
        return min(usual * (1 + self.lag), MAX_TTL)

    # --- coming and going ------------------------------------------------------------------------------

    def _gone(self, peer: PeerId, version: tuple[int, int], now: float, obituary: Obituary | None) -> None:
        """A node is no member any more: forget it, but for its tomb."""
        self.roster.bury(peer, version, now, obituary)
        self._rumours.forget(peer)
        self._inquiries.forget(peer)
        if obituary is not None:
            self._rumours.died(peer)

    def _verdict(self, peer: PeerId, now: float, *, isolated: bool) -> None:
        """A node that this one watches has been silent for too long."""
        record = self.table.get(peer)
        if record is None:
            return
        obituary = None if isolated else self._voice.obituary(peer, *record.beat.version)
        self._gone(peer, record.beat.version, now, obituary)
        self._out.append(Left(peer, "dead"))

    def _suspect(self, peer: PeerId, now: float) -> None:
        self._out.append(Suspected(peer))
        self._probe(peer, now)

    def _probe(self, peer: PeerId, now: float) -> None:
        record = self.table.get(peer)
        if record is None:
            return
        self._inquiries.asked(peer, now + self.settings.interval / 2 * (1 + record.beat.lag))
        probe = Probe(peer, record.beat.version, self.me)
        for asked in (peer, *self._ring.some(self._random, self.settings.helpers, peer)):
            self._send(asked, probe)

    def _ask_overdue(self, now: float) -> None:
        """Ask nodes whose heartbeat should be here by now: rumours do not reach quite everybody."""
        overdue = [
            record.beat
            for record in self.table
            if record.deadline - now < record.beat.ttl / 2000 and record.beat.peer != self.me
        ]
        if len(overdue) > MAX_OVERDUE:
            overdue = self._random.sample(overdue, MAX_OVERDUE)
        for beat in overdue:
            self._send(beat.peer, Probe(beat.peer, beat.version, self.me))
        self._inquiries.expire(now)

    def _send(self, to: PeerId, message: Message) -> None:
        if to != self.me:
            self._out.append(Send(to, message))

    def _taken(self) -> list[Instruction]:
        out, self._out = self._out, []
        return out

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
            fresh = beat.epoch > tomb.version[0] or self.roster.is_moment(age, beat.lag)
            if beat.version <= tomb.version or not fresh:
                if tomb.obituary is not None and beat.version <= tomb.version and sender != peer:
                    self._send(sender, News(obituaries=(tomb.obituary,)))
                return
        try:
            outcome = self.roster.take(beat, now, now - age)
        except TableFullError:
            return
        if outcome is Upserted.STALE and sender == peer:
            known = self.roster.beats([peer], now)
            if beat.epoch < known[0][0].epoch:
                # it has started with an epoch behind its last one: let it know
                self._send(sender, News(tuple(known)))
        if spread and outcome in _NO_CHANGE and not self._rumours.has_passed_on(beat):
            # an observer has newer ones, and passes this one on all the same: it is the one that goes round
            self._rumours.renewed(Record(beat, now - age))
        if not outcome.is_news:
            return
        if outcome is Upserted.ADDED:
            self._rumours.lives(peer)
            # whoever has just met somebody has probably more to learn
            soon = self.settings.interval * self._random.uniform(0.2, 0.5)
            self._next_sync = min(self._next_sync, now + soon)
            self._out.append(Joined(peer))
        elif outcome is not Upserted.RENEWED:
            self._out.append(Updated(peer, restarted=outcome is Upserted.RESTARTED))
        if self.roster.heard(beat, now - age, now):
            self._out.append(Recovered(peer))
        if spread and outcome is not Upserted.RENEWED:
            self._rumours.changed(beat)
        for origin in self._inquiries.answered(peer, now):
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
        self._rumours.changed(self._own(now)[0])

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
        if (
            record is not None
            and record.beat.version > obituary.version
            and self.roster.is_fresh(record, now)
        ):
            self._send(sender, News(tuple(self.roster.beats([peer], now))))
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
                self._rumours.died(peer)
            return
        if record.beat.version > obituary.version:
            # others gave it up, who had heard less of it
            if self.roster.doubt(peer, now):
                self._suspect(peer, now)
            return
        self._gone(peer, max(record.beat.version, obituary.version), now, obituary)
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
            self._send(probe.origin, News(tuple(self.roster.beats([probe.peer], now))))
        elif (obituary := self._tombs.obituary(probe.peer)) and obituary.version >= probe.version:
            self._send(probe.origin, News(obituaries=(obituary,)))
            return
        if probe.origin == sender and record is not None:
            until = now + self.settings.dead_after * (1 + record.beat.lag)
            if self._inquiries.wait(probe.peer, sender, until):
                self._send(probe.peer, probe)

    def _compare(self, sender: PeerId, digest: Digest) -> None:
        known = self._parts.compare(digest, self._random)
        if known is not None:
            self._send(sender, known)

    def _exchange(self, sender: PeerId, known: Known, now: float) -> None:
        if not is_comparable(known.buckets):
            return
        mine, theirs = self._parts.members(known.buckets), dict(known.members)
        beats = self.roster.beats([p for p, epoch in mine.items() if theirs.get(p, -1) < epoch], now)
        for message in in_messages(beats, self.roster.obituaries(theirs), spread=False):
            self._send(sender, message)
        wanted = any(mine.get(p, -1) < epoch and p != self.me for p, epoch in theirs.items())
        if wanted:
            self._next_sync = min(self._next_sync, now + self.settings.interval)
            if not known.reply:
                self._send(sender, Known(known.buckets, tuple(mine.items()), reply=True))
