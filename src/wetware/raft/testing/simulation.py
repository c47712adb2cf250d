"""A whole cluster in one thread: real cores, real logs, and everything else simulated, from one seed.

Rules that hold here:

1. Time is a number, and chance is one generator that the seed begins: the same seed takes the same steps,
   whatever the machine. `Result.trace` is a hash over all that happened; two runs of a seed have the same.
2. A step is one event of which something came: a message, a write to a disk, a request, a fault, a tick after
   which a node has something to do. All invariants are checked as it happens.
3. After the last step everything is healed, and then the group must come to rest: a leader, no member
   behind, every client answered. Whether every history is linearizable is checked last.
4. A failure says its seed, what happened last, and the command that shows it again.

The model is FoundationDB's: simulate the world, run the real code.

Tests: `tests/raft/test_simulation.py`.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter, deque
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from wetware.raft.core import ConfState, MessageType, Role, Snapshot
from wetware.raft.testing.clients import Client
from wetware.raft.testing.invariants import Invariants, ViolationError
from wetware.raft.testing.linearizability import check_register
from wetware.raft.testing.nemesis import Nemesis
from wetware.raft.testing.network import Network
from wetware.raft.testing.options import Options
from wetware.raft.testing.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.raft.core import Message
    from wetware.raft.sessions import Answer
    from wetware.raft.testing.clients import Request

__all__ = ["Result", "Simulation", "SimulationFailure", "simulate"]

STEPS = 3000
PATIENCE = 100_000  # time in which a healed group must come to rest: a thousand ticks
TOLD = 60  # how many of the last events a failure tells


class SimulationFailure(AssertionError):  # noqa: N818 - it is what a test's assertion would be
    """A run that shows a fault.

    Attributes:
        seed: the run's seed.
        step: at which step it showed.
    """

    def __init__(self, what: str, run: Simulation) -> None:
        told = "\n".join(f"  {line}" for line in run.told)
        super().__init__(
            f"seed {run.seed} fails at step {run.step}: {what}\n{run.options}\nwhat happened last:\n{told}\n"
            f"show it again: python -m wetware.raft.testing --seed {run.seed} --steps {run.steps}"
        )
        self.seed = run.seed
        self.step = run.step


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to.

    Attributes:
        seed: its seed.
        steps: how many steps it took, the last ones to rest included.
        trace: a hash over all that happened.
        count: how often some things happened.
    """

    seed: int
    steps: int
    trace: str
    count: Counter[str] = field(compare=False)


class Simulation:
    """One run. `run` it once.

    Args:
        seed: decides everything.
        steps: how long faults go on.
        options: instead of those drawn from the seed.
        tell: called with each line of the trace.

    Attributes:
        step: how many steps were taken.
        told: the last lines of the trace.
        ending: whether faults are over, and the group is to come to rest.
    """

    def __init__(
        self,
        seed: int,
        steps: int = STEPS,
        options: Options | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.seed = seed
        self.rng = random.Random(seed)  # noqa: S311 - it must be reproducible, not secret
        self.options = Options.drawn(self.rng) if options is None else options
        self.network = Network(self.rng, delay=self.options.delay, duplication=self.options.duplication)
        self.invariants = Invariants()
        self.count: Counter[str] = Counter()
        self.servers: dict[int, Server] = {}
        self.step = 0
        self.ending = False
        self.steps = steps
        self._tell = tell
        self._now = 0
        self._order = 0
        self._events: list[tuple[int, int, Callable[..., object], tuple[object, ...]]] = []
        self._trace = blake2b(digest_size=16)
        self.told: deque[str] = deque(maxlen=TOLD)
        self._next_id = 0
        founders = [self.fresh_id() for _ in range(self.options.voters)]
        founding = Snapshot.founding(founders)
        self._founding = founding.conf_state
        for node_id in founders:
            self.servers[node_id] = Server(self, node_id, founding)
        self._clients = [Client(self, number) for number in range(self.options.clients)]
        self._nemesis = Nemesis(self)

    # what its parts use

    def below(self, limit: int) -> int:
        """A random integer in [0, limit)."""
        return int(self.rng.random() * limit)

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.rng.random() < share

    def at(self, delay: int, event: Callable[..., object], *arguments: object) -> None:
        """Let something happen later; it may return True to say that nothing came of it."""
        self._order += 1
        heapq.heappush(self._events, (self._now + delay, self._order, event, arguments))

    def note(self, line: str) -> None:
        """Write a line into the trace."""
        line = f"{self.step} {self._now} {line}"
        self._trace.update(line.encode())
        self.told.append(line)
        if self._tell is not None:
            self._tell(line)

    def failure(self, what: str) -> SimulationFailure:
        """The error for a fault that showed now."""
        return SimulationFailure(what, self)

    def fresh_id(self) -> int:
        """An id that no node had before."""
        self._next_id += 1
        return self._next_id

    def boot(self, node_id: int) -> None:
        """See that a node that is to join runs; it begins empty."""
        if node_id not in self.servers:
            self.servers[node_id] = Server(self, node_id)
            self.servers[node_id].start()

    @property
    def membership(self) -> ConfState:
        """The newest membership that anyone has applied."""
        return self.invariants.membership or self._founding

    def is_change_under_way(self) -> bool:
        """Whether a message that is still under way may bring a membership change to a leader."""
        for _, _, event, arguments in self._events:
            if event == self._arrive:
                message: Message = arguments[0]  # type: ignore[assignment]  # the first is always the message
                if message.type is MessageType.PROP and any(entry.type for entry in message.entries):
                    return True
        return False

    def any_member(self) -> int:
        """A node that a client may try."""
        membership = self.membership
        ids = (*membership.voters, *membership.voters_outgoing, *membership.learners)
        return ids[self.below(len(ids))]

    def changed(self, index: int, before: ConfState, after: ConfState) -> None:
        """A membership is in force for the first time: who is out of it goes, soon or late."""
        self.note(f"membership {after}")
        self.count["membership changes"] += 1
        if after.voters_outgoing:
            self.count["joint memberships"] += 1
        gone = {node_id for group in before[:3] for node_id in group} - {
            node_id for group in after[:3] for node_id in group
        }
        for node_id in sorted(gone):
            self.at(self.below(2000), self._retire, node_id, index)

    def _retire(self, node_id: int, index: int) -> None:
        """Shut a removed node down, once those that stay can elect a leader without it.

        That is when a majority of them know for certain that it was removed; before, they may need its vote.
        """
        voters = [self.servers[voter] for voter in self.membership.voters]
        know = [server for server in voters if server.log is not None and server.log.stored_commit >= index]
        if len(know) <= len(voters) // 2:
            self.at(500, self._retire, node_id, index)
            return
        server = self.servers[node_id]
        if server.up:
            server.crash(power=False)
        server.retired = True
        self.note(f"n{node_id} is retired")

    def send(self, server: Server, message: Message) -> None:
        """A node sends a message; it may hear what became of it, as from a connection that breaks."""
        delays = self.network.delays()
        for position, delay in enumerate(delays):
            self.at(delay, self._arrive, message, server.life, position == 0)
        if not delays:
            self.count["messages lost"] += 1
            self._report(message, server.life, ok=False)

    def _arrive(self, message: Message, life: int, first: bool) -> None:
        receiver = self.servers.get(message.to)
        arrives = receiver is not None and receiver.up and self.network.is_open(message.from_, message.to)
        if first:
            self._report(message, life, ok=arrives)
        if receiver is not None and arrives:
            what = f"{message.type.name} {message.term} {message.index} {len(message.entries)}"
            self.note(f"n{message.from_}>n{message.to} {what}")
            receiver.deliver(message)
        else:
            self.count["messages cut"] += 1

    def _report(self, message: Message, life: int, *, ok: bool) -> None:
        if message.type is MessageType.SNAP or (not ok and self.chance(0.3)):
            sender = self.servers.get(message.from_)
            if sender is not None:
                self.at(1 + self.below(100), self._reported, sender, life, message, ok)

    def _reported(self, sender: Server, life: int, message: Message, ok: bool) -> None:
        sender.report(life, message, ok=ok)

    def ask(self, node_id: int, request: Request) -> None:
        """A client sends a request; clients reach every node, and are not heard by a node that is down."""
        if not self.chance(self.network.loss):
            self.at(1 + self.below(20), self._asked, node_id, request)

    def _asked(self, node_id: int, request: Request) -> None:
        self.servers[node_id].request(request)

    def answer(self, request: Request, answer: Answer | str | None) -> None:
        """A node answers a client."""
        if not self.chance(self.network.loss):
            self.at(1 + self.below(20), request.client.hear, request, answer)

    # the run

    def run(self) -> Result:
        """Take all steps.

        Raises:
            SimulationFailure: a fault showed.
        """
        for server in self.servers.values():
            self.at(self.below(100), server.restart)
        for client in self._clients:
            self.at(self.below(300), client.begin)
        self.at(self.options.calm, self._nemesis.strike)
        try:
            while self.step < self.steps:
                self._take_step()
            self._come_to_rest()
        except ViolationError as error:
            raise self.failure(str(error)) from error
        except SimulationFailure:
            raise
        except Exception as error:
            raise self.failure(f"{type(error).__name__}: {error}") from error
        self._check_histories()
        return Result(self.seed, self.step, self._trace.hexdigest(), self.count)

    def _take_step(self) -> None:
        self.step += 1
        self._now, _, event, arguments = heapq.heappop(self._events)
        if event(*arguments) is True:
            self.step -= 1

    def _come_to_rest(self) -> None:
        self.note("heal for good")
        self.ending = True
        self.network.heal()
        self.network.delay = (1, 20)
        for server in list(self.servers.values()):
            server.disk.mend()
            server.resume()
            server.period = 100
            server.restart()
        limit = self._now + PATIENCE
        checked = 0
        while self._unrest():
            if self._now > limit:
                raise self.failure(
                    f"liveness: healed {PATIENCE // 100} ticks ago, and still {self._unrest()}"
                )
            checked += 1
            if checked % 200 == 0:
                # the administrator removes who is lost, and ends what is joint
                self._nemesis.change_membership()
            for _ in range(10):
                self._take_step()
        self.note("rest")

    def _members(self) -> list[Server]:
        membership = self.membership
        return [self.servers[node_id] for group in membership[:3] for node_id in group]

    def _unrest(self) -> str:
        """What keeps the group from being at rest; nothing: it is."""
        if not all(client.idle for client in self._clients):
            return "a client waits for its answer"
        members = self._members()
        leaders = [
            server for server in members if server.node is not None and server.node.role is Role.LEADER
        ]
        if not leaders:
            return "there is no leader"
        leader = max(leaders, key=lambda server: server.node.term if server.node else 0)
        for server in members:
            if server.lost:
                return f"node {server.id} is lost and not removed"
            if server.applied != leader.applied or leader.applied < self.invariants.last_committed:
                return f"node {server.id} has applied {server.applied}, the leader {leader.applied}"
        states = {server.replica.snapshot() for server in members}
        if len(states) > 1:
            raise self.failure("state-machine safety: members have applied the same entries and differ")
        return ""

    def _check_histories(self) -> None:
        history = [
            operation for client in self._clients for operation in (*client.history, *client.unfinished())
        ]
        violation = check_register(history)
        if violation is not None:
            raise self.failure(f"linearizability: {violation}")
        answered = [operation for operation in history if operation.returned is not None]
        self.count["reads"] = sum(operation.input[0] == "get" for operation in answered)
        self.count["operations"] = len(answered)
        self.count["operations without an answer"] = len(history) - len(answered)
        self.count["elections"] = self.invariants.elections
        self.count["entries committed"] = self.invariants.last_committed


def simulate(seed: int, steps: int = STEPS) -> Result:
    """Run one seed.

    Raises:
        SimulationFailure: a fault showed.
    """
    return Simulation(seed, steps).run()
