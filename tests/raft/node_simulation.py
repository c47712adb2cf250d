"""Groups of `core.member` under a seeded world: time, network, crashes and chance are simulated.

Messages are lost, doubled, delayed and overtaken; members crash with what was not written yet, and start
again; the membership changes; snapshots travel; leadership is handed over. Clients put, compare-and-set and
read, some within sessions and over many members. The history must be linearizable, and all members must hold
the same in the end.
"""

import heapq
import random

from wetware.errors import WetwareError
from wetware.raft.core import Snapshot
from wetware.raft.core.errors import ProtocolError
from wetware.raft.node.core.changes import LOST_LEADERSHIP
from wetware.raft.node.core.codec import (
    decode_batch,
    decode_snapshot_head,
    encode_batch,
    encode_snapshot_head,
)
from wetware.raft.node.core.member import Member
from wetware.raft.node.core.membership import Goal
from wetware.raft.node.errors import OutcomeUnknownError
from wetware.raft.node.machine import Item, ItemMap
from wetware.raft.node.options import Options
from wetware.raft.node.store import MemoryLog
from wetware.raft.sessions import ClientSession, Verdict
from wetware.raft.testing import Operation, check_register


class Registers(ItemMap):
    """Registers: a value is `put value` or `cas old new`."""

    def apply(self, item):
        kind, *words = item.value.split()
        if kind == b"put":
            self.values[item.key] = words[0]
            return b""
        if self.values.get(item.key, b"-") != words[0]:
            return b"no"
        self.values[item.key] = words[1]
        return b"yes"


class Host:
    """One member's machine: its log outlives its crashes."""

    def __init__(self, world, node_id, founders=()):
        self.world, self.id = world, node_id
        self.store = MemoryLog(Snapshot.founding(founders) if founders else None)
        self.member = None
        self.life = 0
        self.start()

    def start(self):
        self.life += 1
        world = self.world
        self.writing = False
        self.member = Member(
            self.id,
            self.store,
            Registers(),
            world.options,
            randbelow=world.rng.randrange,
            randbytes=world.rng.randbytes,
            report=lambda *_: None,
        )
        world.after(world.rng.random() * world.options.tick, self.tick, self.life)
        self.settle()

    def crash(self):
        self.life += 1
        self.member = None

    def alive(self, life):
        return life == self.life and self.member is not None

    def tick(self, life):
        if self.alive(life):
            world = self.world
            self.member.tick(world.now)
            world.after(world.options.tick * (0.8 + 0.4 * world.rng.random()), self.tick, life)
            self.settle()

    def settle(self):
        """Do everything that can be done now."""
        member, world = self.member, self.world
        while True:
            member.advance(world.now)
            if not member.has_applies:
                break
            for _ in member.applying():
                raise AssertionError("this machine does not wait")
        for peer, outbox in member.mail.outboxes.items():
            while outbox:
                world.send(self.id, peer, encode_batch(outbox.take(world.rng.choice((100, 1000, 10**6)))))
        for message in member.mail.take_snapshots():
            world.send_snapshot(self, message)
        if not self.writing and (job := member.next_write()) is not None:
            self.writing = True
            world.after(world.rng.random() * 0.01, self.written, self.life, job)
        for token, result in member.take_outcomes():
            if token is not None:
                token(result)

    def written(self, life, job):
        if self.alive(life):
            job.run()
            self.writing = False
            self.member.written(job)
            self.settle()

    def receive(self, batch):
        if self.member is not None:
            try:
                self.member.receive(decode_batch(batch, self.id))
            except ProtocolError as error:
                self.world.problems.append(f"member {self.id}: {error}")
            self.settle()


class Client:
    """Does one thing after the other, and writes down what came of it."""

    def __init__(self, world, number):
        self.world, self.number = world, number
        self.in_session = number % 2 == 0
        self.session = None
        self.counter = 0
        self.waiting = 0
        world.after(0.5, self.think)

    def think(self):
        world = self.world
        if world.now > world.quiet_from:
            return
        self.counter += 1
        self.key = b"k%d" % world.rng.randrange(3)
        value = b"%d.%d" % (self.number, self.counter)
        kind = world.rng.randrange(10)
        if kind < 4:
            self.given, self.value = ("get",), b""
        elif kind < 7:
            self.given, self.value = ("put", value), b"put " + value
        else:
            old = world.seen.get(self.key, b"-")
            self.given = ("cas", None if old == b"-" else old, value)
            self.value = b"cas %s %s" % (old, value)
        if self.in_session and self.session is not None and self.value:
            self.sequence = self.session.next()
        self.called = world.now
        self.ask()

    def ask(self):
        world = self.world
        self.waiting += 1
        attempt = self.waiting
        host = world.any_host()
        deadline = world.now + 1.5

        def heard(result, host=host, life=host.life):
            if attempt == self.waiting and host.alive(life):
                self.heard(result, host)

        if host.member is not None:
            try:
                if not self.value:
                    host.member.read(heard, deadline)
                elif not self.in_session:
                    host.member.put(heard, Item(self.key, self.value), deadline)
                elif self.session is None:
                    host.member.proposals.open(heard, deadline)
                else:
                    host.member.put_session(
                        heard,
                        self.session.session,
                        self.sequence,
                        self.session.done,
                        Item(self.key, self.value),
                        deadline,
                    )
                host.settle()
            except WetwareError:
                pass
        world.after(2.0, self.give_up, attempt)

    def give_up(self, attempt):
        """Nobody answered, for example since the member died."""
        if attempt != self.waiting:
            return
        if (self.value and not self.in_session) or self.world.now > self.world.end - 3:
            self.done(None, answered=False)
        else:
            self.ask()

    def heard(self, result, host):
        if isinstance(result, WetwareError):
            if isinstance(result, OutcomeUnknownError) and not self.in_session:
                self.done(None, answered=False)
            else:
                self.waiting += 1
                self.world.after(0.1, self.ask)
            return
        if result is None:
            value = host.member.replica.machine.values.get(self.key)
            self.world.seen[self.key] = value or b"-"
            self.done(value)
        elif result.verdict is Verdict.OPENED:
            self.session = ClientSession(result.session)
            self.sequence = self.session.next()
            self.waiting += 1
            self.ask()
        elif result.verdict is Verdict.DONE:
            if self.in_session:
                self.session.answered(self.sequence)
            self.done({b"yes": True, b"no": False, b"": None}[result.result])
        elif result.verdict is Verdict.EXPIRED:
            self.session = None
            self.done(None, answered=False)
        else:
            raise AssertionError(f"a client was told {result}")

    def done(self, output, *, answered=True):
        self.waiting += 1
        world = self.world
        if self.given != ("get",) or answered:
            world.history.append(
                Operation(
                    self.number, self.key, self.given, output, self.called, world.now if answered else None
                )
            )
        world.after(world.rng.random() * 0.05, self.think)


class World:
    """Runs one seed."""

    def __init__(self, seed, *, seconds=20.0, members=3, clients=5):
        self.rng = random.Random(seed)
        rng = self.rng
        self.options = Options(
            tick=0.05,
            snapshot_bytes=rng.choice((600, 3000, 10**6)),
            keep_entries=rng.choice((0, 5, 50)),
            catch_up_gap=rng.choice((0, 10)),
            max_results=rng.choice((8, 64)),
            max_sessions=rng.choice((3, 100)),
            outbox_messages=rng.choice((4, 100)),
        )
        self.now = 0.0
        self.end, self.quiet_from = seconds, seconds * 0.75
        self.queue, self.count = [], 0
        self.loss = rng.choice((0.0, 0.02, 0.1))
        self.delay = rng.choice((0.001, 0.01, 0.05))
        self.cut = set()
        self.history, self.problems, self.seen = [], [], {}
        self.changes = 0
        self.hosts = {}
        founders = tuple(range(1, members + 1))
        for one in founders:
            self.hosts[one] = Host(self, one, founders)
        self.next_id = members + 1
        self.gone = set()
        self.clients = [Client(self, number) for number in range(clients)]
        self.after(1.0, self.trouble)

    # time

    def after(self, seconds, what, *more):
        self.count += 1
        heapq.heappush(self.queue, (self.now + seconds, self.count, what, more))

    def run(self):
        while self.queue and self.now < self.end:
            self.now, _, what, more = heapq.heappop(self.queue)
            what(*more)
        return self

    # network

    def any_host(self):
        return self.hosts[self.rng.choice(sorted(self.hosts))]

    def _lost(self, source, target):
        return (source, target) in self.cut or (self.now < self.quiet_from and self.rng.random() < self.loss)

    def send(self, source, target, batch):
        host = self.hosts.get(target)
        if host is None or host.member is None:
            self.after(0.001, self.report, source, target)
            return
        for _ in range(2 if self.rng.random() < self.loss / 2 else 1):
            if not self._lost(source, target):
                self.after(self.rng.random() * self.delay, host.receive, batch)

    def report(self, source, target):
        host = self.hosts.get(source)
        if host is not None and host.member is not None:
            host.member.mail.lost(target)
            if self.rng.random() < 0.3:
                host.member.disconnected(target)
            host.settle()

    def send_snapshot(self, host, message):
        data = message.snapshot.data
        head = encode_snapshot_head(message)
        self.after(self.rng.random() * 0.1, self.snapshot_arrives, host, host.life, message.to, head, data)

    def snapshot_arrives(self, host, life, to, head, data):
        target = self.hosts.get(to)
        ok = target is not None and target.member is not None and not self._lost(host.id, to)
        if ok:
            target.member.receive([decode_snapshot_head(head, to).complete(data)])
            target.settle()
        if host.alive(life):
            host.member.snapshot_sent(to, ok=ok)
            host.settle()

    # trouble

    def trouble(self):
        rng = self.rng
        if self.now > self.quiet_from:
            self.cut.clear()
            for host in self.hosts.values():
                if host.member is None:
                    host.start()
            return
        kind = rng.randrange(6)
        host = self.any_host()
        if kind == 0 and host.member is not None:
            host.crash()
            self.after(rng.random() * 2, self.restart, host)
        elif kind == 1:
            other = self.any_host()
            self.cut |= {(host.id, other.id)} | ({(other.id, host.id)} if rng.random() < 0.7 else set())
            self.after(rng.random() * 2, self.cut.clear)
        elif kind == 2:
            self.cut |= {(host.id, o) for o in self.hosts} | {(o, host.id) for o in self.hosts}
            self.after(rng.random() * 2, self.cut.clear)
        elif kind == 3:
            self.change()
        elif kind == 4 and host.member is not None and host.member.leads():
            host.member.core.transfer_leader(host.member.best_successor())
            host.settle()
        self.after(rng.random() * 0.6, self.trouble)

    def restart(self, host):
        if host.member is None and host.id in self.hosts:
            host.start()

    def change(self):
        leader = self.leader()
        if leader is None:
            return
        voters = leader.member.conf_state.voters
        if len(voters) < 5 and self.rng.random() < 0.6:
            one, goal = self.next_id, Goal.VOTER
            self.next_id += 1
            self.hosts[one] = Host(self, one)
        elif len(voters) > 2:
            one, goal = self.rng.choice(voters), Goal.GONE
        else:
            return

        def done(result):
            if result is None:
                self.changes += 1
                if goal is Goal.GONE:
                    self.after(1.0, self.retire, one)
            elif result is not LOST_LEADERSHIP and goal is Goal.VOTER:
                self.after(1.0, self.retire_unless_member, one)

        leader.member.change(done, one, goal, self.now + 5)
        leader.settle()

    def retire(self, one):
        host = self.hosts.pop(one, None)
        if host is not None:
            host.crash()

    def retire_unless_member(self, one):
        leader = self.leader()
        if leader is not None and one not in (
            *leader.member.conf_state.voters,
            *leader.member.conf_state.learners,
        ):
            self.retire(one)

    def leader(self):
        leaders = [h for h in self.hosts.values() if h.member is not None and h.member.leads()]
        return max(leaders, key=lambda host: host.member.core.term, default=None)

    # the verdict

    def verdict(self):
        """What is wrong, if anything."""
        if self.problems:
            return self.problems[0]
        violation = check_register(self.history)
        if violation is not None:
            return str(violation)
        leader = self.leader()
        if leader is None:
            return "nobody leads in the end"
        states = {}
        for one in leader.member.conf_state.voters:
            member = self.hosts[one].member if one in self.hosts else None
            if member is not None and member.applied == leader.member.applied:
                states[one] = (member.replica.machine.values, member.replica.sessions.snapshot())
        if len(states) * 2 <= len(leader.member.conf_state.voters):
            return f"only {sorted(states)} of {leader.member.conf_state.voters} have caught up in the end"
        first = next(iter(states.values()))
        if any(state != first for state in states.values()):
            return "members that applied the same entries differ"
        return None
