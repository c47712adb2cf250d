"""A cluster in simulated time: nodes, a network that loses and delays, partitions, stalls, crashes, restarts.

Everything follows from the seed. Signatures are left out: what reaches a node here has been verified.
"""

import heapq
import random
from collections import Counter, deque
from hashlib import blake2b

from wetware.cluster.antientropy import Parts
from wetware.cluster.gossip import Gossip
from wetware.cluster.heartbeat import Heartbeat
from wetware.cluster.identity import PeerId
from wetware.cluster.lateness import Clock, Lateness
from wetware.cluster.messages import Left, Obituary, Recovered, Send, Superseded, Suspected
from wetware.cluster.settings import Settings
from wetware.cluster.table import Table

TICK = Settings().tick
PER_TURN = 32  # messages that a node looks at in one turn of its loop, as `udp` has it


def peer_number(number):
    return PeerId.of_public_key(blake2b(number.to_bytes(4, "big"), digest_size=32).digest())


class Voice:
    def __init__(self, me):
        self.me = me

    def beat(self, epoch, seq, ttl, lag=0):
        return Heartbeat(self.me, epoch, seq, ttl, server=epoch, host="h", meta=("a=b",), lag=lag)

    def obituary(self, peer, epoch, seq):
        return Obituary(peer, epoch, seq, self.me)


class Node:
    """One start of one key."""

    def __init__(self, world, peer, epoch, contacts):
        self.peer = peer
        self.skew = world.random.uniform(-1e6, 1e6)  # each machine's monotonic clock begins somewhere
        self.free_at = 0.0  # until then it is frozen, or busy with its latest turn
        self.turn_at = None  # when its next turn is
        self.tick_due = 0.0
        self.waiting = deque()  # what came meanwhile
        self.cost = 0.0  # seconds that it takes for each message, in or out, and for each tick
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
        node.tick_due = self.now + self.random.uniform(0, TICK)
        self._wake(node, node.tick_due)
        return peer

    def crash(self, peer):
        del self.nodes[peer]

    def freeze(self, peer, seconds):
        self.nodes[peer].free_at = self.now + seconds

    def slow(self, peer, cost):
        """Its machine is so busy that each message, in or out, takes it so many seconds."""
        self.nodes[peer].cost = cost

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

    def patience(self):
        """How many times the usual silence the latest of the nodes is given, by its own word."""
        return 1 + max(node.core.lag for node in self.nodes.values())

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
        kind, node, *words = what
        if self.nodes.get(node.peer) is not node:
            return
        if kind == "turn":
            if node.turn_at == self.now:
                self._turn(node)
        elif node.waiting or node.cost or self.now < node.free_at:
            node.waiting.append(words)
            self._wake(node, max(self.now, node.free_at))
        else:
            self._receive(node, *words)

    def _wake(self, node, time):
        if node.turn_at is None or time < node.turn_at:
            node.turn_at = time
            self._at(time, ("turn", node))

    def _turn(self, node):
        """A turn of its event loop: the timer if it is due, then what has come, up to a bound."""
        node.turn_at = None
        done = 0
        if self.now >= node.free_at:
            if self.now >= node.tick_due:
                node.tick_due = self.now + TICK
                behind = len(node.waiting) > PER_TURN
                done += 1 + self._carry_out(node, node.core.advance(node.clock(self), behind=behind))
            for _ in range(min(len(node.waiting), PER_TURN)):
                done += 1 + self._receive(node, *node.waiting.popleft())
            node.free_at = self.now + done * node.cost
        self._wake(node, max(node.free_at, self.now if node.waiting else node.tick_due))

    def _receive(self, node, sender, message):
        return self._carry_out(node, node.core.receive(sender, message, node.clock(self)))

    def _carry_out(self, node, instructions):
        """Do what the core says; how many messages that was."""
        sent = 0
        for instruction in instructions:
            if isinstance(instruction, Send):
                sent += 1
                self.sent[type(instruction.message).__name__] += 1
                self._post(node.peer, instruction.to, instruction.message)
            else:
                self.events.append((self.now, node.peer, instruction))
        return sent

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
        core._clock, core._lateness = Clock(), Lateness(world.settings.tick, world.settings.interval)
        now = core._advanced = core._clock.read(0.0)
        core._lateness.read(0.0)
        core._ring.peers = list(peers)
        core._parts._hashes = list(parts._hashes)
        core._parts._members = [dict(members) for members in parts._members]
        core._seq = 1
        core._last_heard = now
        core.table._records = dict(table._records)
        core.table._due = list(table._due)
        core.roster._watch(now)
        for due in ("_next_refresh", "_next_sync", "_next_beat", "_next_call", "_next_overdue"):
            setattr(core, due, now + world.random.uniform(0, ttl / 3 if due == "_next_refresh" else 1))
        core._rumours.next_gathered = now + world.random.uniform(0, 1)
    return world


__all__ = ["Left", "Recovered", "Superseded", "Suspected", "World", "full", "peer_number"]
