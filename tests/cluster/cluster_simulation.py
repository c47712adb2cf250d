"""A cluster in simulated time: nodes, a network that loses and delays, partitions, stalls, crashes, restarts.

Everything follows from the seed. Signatures are left out: what reaches a node here has been verified.
"""

import heapq
import random
from collections import Counter
from hashlib import blake2b

from wetware.cluster.antientropy import Parts
from wetware.cluster.detector import Clock
from wetware.cluster.gossip import Gossip
from wetware.cluster.heartbeat import Heartbeat
from wetware.cluster.identity import PeerId
from wetware.cluster.messages import Left, Obituary, Recovered, Send, Superseded, Suspected
from wetware.cluster.settings import Settings
from wetware.cluster.table import Table

TICK = 0.1


def peer_number(number):
    return PeerId.of_public_key(blake2b(number.to_bytes(4, "big"), digest_size=32).digest())


class Voice:
    def __init__(self, me):
        self.me = me

    def beat(self, epoch, seq, ttl):
        return Heartbeat(self.me, epoch, seq, ttl, server=epoch, host="h", meta=("a=b",))

    def obituary(self, peer, epoch, seq):
        return Obituary(peer, epoch, seq, self.me)


class Node:
    """One start of one key."""

    def __init__(self, world, peer, epoch, contacts):
        self.peer = peer
        self.skew = world.random.uniform(-1e6, 1e6)  # each machine's monotonic clock begins somewhere
        self.frozen_until = 0.0
        self.waiting = []  # what came while it was frozen
        seed = world.random.random()
        self.core = Gossip(
            peer, Voice(peer), epoch, random.Random(seed), self.clock(world), world.settings, contacts
        )

    def clock(self, world):
        return world.now + self.skew


class World:
    def __init__(self, seed, *, loss=0.0, delay=(0.001, 0.02), settings=None):
        self.seed = seed
        self.random = random.Random(seed)
        self.settings = settings or Settings()
        self.loss = loss
        self.delay = delay
        self.now = 0.0
        self.nodes = {}
        self.cut = set()  # (from, to) pairs that pass nothing
        self.agenda = []
        self.order = 0
        self.sent = Counter()
        self.events = []  # (time, node, event)

    # --- what a test does ---
    def start(self, number, *, contacts=(0,), epoch=None):
        peer = peer_number(number)
        epoch = int((self.now + 1000) * 1e9) if epoch is None else epoch
        node = Node(self, peer, epoch, [peer_number(c) for c in contacts])
        self.nodes[peer] = node
        self._at(self.now + self.random.uniform(0, TICK), ("tick", node))
        return peer

    def crash(self, peer):
        del self.nodes[peer]

    def freeze(self, peer, seconds):
        self.nodes[peer].frozen_until = self.now + seconds

    def jump(self, peer, seconds):
        """The machine's clock jumps; a monotonic one may at a resume, and forward only."""
        self.nodes[peer].skew += seconds

    def partition(self, one, other, *, both=True):
        for a in one:
            for b in other:
                self.cut.add((a, b))
                if both:
                    self.cut.add((b, a))

    def heal(self):
        self.cut.clear()

    def run(self, seconds):
        end = self.now + seconds
        while self.agenda and self.agenda[0][0] <= end:
            self.now, _, what = heapq.heappop(self.agenda)
            self._do(what)
        self.now = end

    def until(self, condition, cap, step=0.1):
        """Run until something holds; the time it took."""
        start = self.now
        while not condition():
            assert self.now - start < cap, f"seed {self.seed}: not within {cap} s: {self.story()}"
            self.run(step)
        return self.now - start

    # --- what a test asks ---
    def sees(self, peer):
        return {record.beat.peer for record in self.nodes[peer].core.table}

    def agree(self, among=None):
        """Whether nodes (all that live, by default) see exactly one another, at their present epochs."""
        wanted = set(self.nodes if among is None else among)
        return all(
            self.sees(p) == wanted
            and all(r.beat.epoch == self.nodes[r.beat.peer].core.epoch for r in self.nodes[p].core.table)
            for p in wanted
        )

    def removals(self, since=0.0):
        return [(t, n, e) for t, n, e in self.events if isinstance(e, Left) and t >= since]

    def story(self):
        lines = [f"{t:.2f} {str(n)[-4:]} {type(e).__name__} {str(e)[-20:]}" for t, n, e in self.events[-30:]]
        live = set(self.nodes)
        for p in self.nodes:
            missing, extra = live - self.sees(p), self.sees(p) - live
            if missing or extra:
                names = [[str(x)[-4:] for x in group][:12] for group in (missing, extra)]
                lines.append(f"{str(p)[-4:]} misses {names[0]}, has {names[1]} too many")
        return "\n".join(lines)

    # --- the machinery ---
    def _at(self, time, what):
        self.order += 1
        heapq.heappush(self.agenda, (time, self.order, what))

    def _do(self, what):
        node = what[1]
        if self.nodes.get(node.peer) is not node:
            return
        if self.now < node.frozen_until:
            if what[0] == "tick":
                self._at(node.frozen_until, what)
            else:
                node.waiting.append(what)
            return
        if what[0] == "tick":
            # as an event loop does after a stall: first the timers that are due, then the sockets
            self._carry_out(node, node.core.advance(node.clock(self)))
            waiting, node.waiting = node.waiting, []
            for message in waiting:
                self._do(message)
            self._at(self.now + TICK, what)
        else:
            _, _, sender, message = what
            self._carry_out(node, node.core.receive(sender, message, node.clock(self)))

    def _carry_out(self, node, instructions):
        for instruction in instructions:
            if isinstance(instruction, Send):
                self.sent[type(instruction.message).__name__] += 1
                self._post(node.peer, instruction.to, instruction.message)
            else:
                self.events.append((self.now, node.peer, instruction))

    def _post(self, sender, to, message):
        if (sender, to) in self.cut or to not in self.nodes:
            return
        if self.loss and self.random.random() < self.loss:
            return
        self._at(self.now + self.random.uniform(*self.delay), ("message", self.nodes[to], sender, message))


def full(seed, count, **options):
    """A cluster whose nodes all know each other, somewhere in the middle of its life."""
    world = World(seed, **options)
    ttl = max(world.settings.ttl, world.settings.ttl_per_node * count)
    for number in range(count):
        world.start(number, epoch=number + 1)
    peers = sorted(world.nodes)
    beats = [Voice(p).beat(world.nodes[p].core.epoch, 1, round(ttl * 1000)) for p in peers]
    parts, table = Parts(), Table()
    for beat in beats:
        parts.put(beat.peer, beat.epoch)
        table.upsert(beat, 0.0)
    for node in world.nodes.values():
        node.skew = 0.0  # so that all can start with copies of one table
        core = node.core
        core._clock = Clock()
        now = core._clock.read(0.0)
        core._ring.peers = list(peers)
        core._parts._hashes = list(parts._hashes)
        core._parts._members = [dict(members) for members in parts._members]
        core._seq = 1
        core._last_heard = now
        core.table._records = dict(table._records)
        core.table._due = list(table._due)
        core._watch(now)
        dues = ("_next_refresh", "_next_sync", "_next_beat", "_next_call", "_next_overdue", "_next_flush")
        for due in dues:
            setattr(core, due, now + world.random.uniform(0, ttl / 3 if due == "_next_refresh" else 1))
    return world


__all__ = ["Left", "Recovered", "Superseded", "Suspected", "World", "full", "peer_number"]
