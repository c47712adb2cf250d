"""A node of the simulation: the real core on the real log on a simulated disk, driven as `ready` demands.

Both ways of driving are here: with `advance`, and with asynchronous storage writes, in which appending and
applying are queues of their own that fall behind and are lost in a crash.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from wetware.errors import WetwareError
from wetware.raft.core import (
    APPEND_THREAD,
    APPLY_THREAD,
    ConfChange,
    ConfState,
    Entry,
    EntryType,
    HardState,
    Message,
    MessageType,
    RawNode,
    Role,
    Snapshot,
)
from wetware.raft.core.errors import DroppedError, PeerNotFoundError, SnapshotUnavailableError
from wetware.raft.log import CorruptLogError, DiskError, DurableLog, LogConfig
from wetware.raft.sessions import Verdict
from wetware.raft.testing.disk import CrashedError, SimulatedDisk
from wetware.raft.testing.invariants import ViolationError
from wetware.raft.testing.machine import Replicated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.raft.testing.clients import Request
    from wetware.raft.testing.simulation import Simulation

__all__ = ["Server"]


class _Storage:
    """The log as the core reads it, with snapshots made on demand at the applied index."""

    def __init__(self, server: Server, log: DurableLog) -> None:
        self._server = server
        self.initial_state = log.initial_state
        self.entries = log.entries
        self.term = log.term
        self.first_index = log.first_index
        self.last_index = log.last_index

    def snapshot(self) -> Snapshot:
        """The state as it is now; refused now and then, as a busy node does."""
        server = self._server
        if server.world.chance(0.1):
            raise SnapshotUnavailableError("the state machine is busy: ask again later")
        index = server.applied
        return Snapshot(index, self.term(index), server.conf_state, server.replica.snapshot())


class Server:
    """One member, or one that was or will be.

    Args:
        world: the simulation.
        node_id: its id.
        founding: what a founding member begins with; None for one that joins.

    Attributes:
        up: whether its process runs.
        lost: whether its log was found damaged, so that it never comes back.
        retired: whether it is to be shut down for good.
        paused: whether its process is stopped for a while.
        log: the log, which after a crash still tells what the disk holds.
    """

    def __init__(self, world: Simulation, node_id: int, founding: Snapshot | None = None) -> None:
        self.world = world
        self.id = node_id
        self.disk = SimulatedDisk(world.rng)
        self.up = self.lost = self.retired = self.paused = self.damaged = False
        self.life = 0
        self.period = 100
        self.log: DurableLog | None = None
        self.node: RawNode | None = None
        self.replica = Replicated(world.options.max_sessions)
        self.applied = 0
        self.conf_state = ConfState()
        self._async = world.chance(world.options.async_share)
        self._promised = self._attempted = (0, 0, 0, 0)
        self._founding = founding
        self._backlog: deque[Callable[[], None]] = deque()
        self._due_ticks = 0
        self._working = False
        self._appends: deque[Message] = deque()
        self._applies: deque[Message] = deque()
        self._commit_seen = 0
        self._skip_through = 0  # a snapshot that is being installed covers entries up to here
        self._writes: dict[tuple[int, int] | bytes, Request] = {}
        self._reads: dict[bytes, Request] = {}
        self._ready_reads: list[tuple[int, Request]] = []

    # life and death

    def start(self) -> None:
        """Start the process: read the disk, begin where that says."""
        world, options = self.world, self.world.options
        try:
            log = DurableLog.open(
                self.disk, LogConfig(segment_size=options.segment_size, cache_size=options.cache_size)
            )
            if self._founding is not None and log.last_index() == 0:
                log.save(snapshot=self._founding)
                self._promised = self._attempted = (0, 0, self._founding.index, self._founding.term)
            snapshot = log.snapshot()
        except CorruptLogError as error:
            if not self.damaged:
                raise ViolationError(f"node {self.id} finds damage where none was done: {error}") from error
            world.note(f"n{self.id} refuses its damaged log: {error.file} at {error.offset}")
            self.lost = True
            self.world.count["damaged logs refused"] += 1
            return
        except (CrashedError, DiskError):
            self.crash(power=False)
            self._restart_later()
            return
        self._check_promises(log)
        self.log = log
        self.replica.restore(snapshot.data)
        self.applied = self._skip_through = snapshot.index
        self.conf_state = snapshot.conf_state
        self.node = RawNode(
            options.config(self.id, self.applied, self._async), _Storage(self, log), world.below
        )
        self._commit_seen = self.node.committed
        self.up, self.damaged = True, False
        self.world.count["torn tails cut"] += log.cut > 0
        world.note(f"n{self.id} starts at {log.last_index()} cut {log.cut}")
        world.at(world.below(self.period) + 1, self._tick, self.life)

    def _check_promises(self, log: DurableLog) -> None:
        hard_state, _ = log.initial_state()
        last = log.last_index()
        found = (hard_state.term, hard_state.vote, last, log.term(last))
        if found not in (self._promised, self._attempted):
            raise ViolationError(
                f"durability: node {self.id} had (term, vote, last entry, its term) {self._promised} on disk,"
                f" or perhaps {self._attempted}, and finds {found}"
            )
        self._promised = self._attempted = found

    def crash(self, *, power: bool) -> None:
        """End the process; with a power failure the disk forgets what was not synced."""
        self.world.note(f"n{self.id} {'loses power' if power else 'is killed'}")
        self.world.count["power failures" if power else "kills"] += 1
        self.life += 1
        self.up = self.paused = self._working = False
        self.node = None
        self._due_ticks = 0
        for queue in (
            self._backlog,
            self._appends,
            self._applies,
            self._writes,
            self._reads,
            self._ready_reads,
        ):
            queue.clear()
        self.disk.watch = None
        if power:
            self.disk.lose_power()
        else:
            self.disk.kill()

    def _restart_later(self) -> None:
        self.world.at(self.world.below(2000) + 200, self.restart)

    def restart(self) -> None:
        """Start again, unless it runs or must not."""
        if not (self.up or self.lost or self.retired):
            self.start()

    def pause(self) -> None:
        """Stop the process; what comes meanwhile waits."""
        self.paused = True

    def resume(self) -> None:
        """Go on: ticks that are due first (rule 5 of `rawnode`)."""
        if not self.paused:
            return
        self.paused = False
        self.world.note(f"n{self.id} resumes with {self._due_ticks} ticks due")
        due, self._due_ticks = self._due_ticks, 0
        backlog = list(self._backlog)
        self._backlog.clear()
        if self.node is not None:
            for _ in range(due):
                self.node.tick()
        for event in backlog:
            event()
        self._touched()

    def _runs(self, life: int, event: Callable[[], None]) -> bool:
        """Whether an event of a life may happen now; if the process is paused it waits."""
        if life != self.life or not self.up:
            return False
        if self.paused:
            self._backlog.append(event)
            return False
        return True

    # what happens to it

    def _tick(self, life: int) -> bool:
        """A tick of this node's clock; True where nothing came of it."""
        if life != self.life or self.node is None:
            return True
        self.world.at(self.period, self._tick, life)
        if self.paused:
            self._due_ticks += 1
            return True
        self.node.tick()
        self._touched()
        return not self._working

    def deliver(self, message: Message) -> None:
        """A message arrives."""
        if self.node is None or not self._runs(self.life, lambda: self.deliver(message)):
            return
        self.step(message)
        self._touched()

    def step(self, message: Message) -> None:
        """Give a message to the core."""
        if self.node is None:
            return
        try:
            self.node.step(message)
        except (DroppedError, PeerNotFoundError):
            self.world.count["refused messages"] += 1

    def report(self, life: int, message: Message, *, ok: bool) -> None:
        """The transport says what became of a message."""
        if self.node is None or not self._runs(life, lambda: self.report(life, message, ok=ok)):
            return
        if message.type is MessageType.SNAP:
            self.node.report_snapshot(message.to, ok=ok)
        elif not ok:
            self.node.report_unreachable(message.to)
        self._touched()

    def request(self, request: Request) -> None:
        """A client asks for something."""
        node = self.node
        if node is None or not self._runs(self.life, lambda: self.request(request)):
            return
        try:
            if request.read:
                self._reads[request.context] = request
                node.read_index(request.context)
            else:
                self._writes[request.name] = request
                node.propose(request.data)
        except DroppedError as error:
            self._reads.pop(request.context, None)
            self.world.count[f"requests refused: {type(error).__name__}"] += 1
        self._touched()

    def _touched(self) -> None:
        """After anything that happened to the core: check it, and see that it is worked on."""
        node, world = self.node, self.world
        if node is None:
            return
        self._check_commit(node)
        if not self._working and node.has_ready():
            self._working = True
            world.at(world.below(20), self._work, self.life)

    def _term_in_log(self, index: int) -> int | None:
        """The term of an entry of the core's own log, stored or not; 0 where it was compacted."""
        assert self.node is not None, "only a running node leads"
        log = self.node._raft.log  # noqa: SLF001 - the check looks at what no door shows
        if index > log.last_index:
            return None
        return log.term(index) if index >= log.first_index() - 1 else 0

    # dealing with a Ready

    def _work(self, life: int) -> None:
        if not self._runs(life, lambda: self._work(life)):
            return
        node = self.node
        assert node is not None, "a server that runs has a node"
        self._working = False
        if not node.has_ready():
            return
        ready = node.ready()
        world = self.world
        world.invariants.commits(ready.committed, node.term)
        if self._async:
            for message in ready.messages:
                if message.to == APPEND_THREAD:
                    self._queue(self._appends, message, self._append)
                elif message.to == APPLY_THREAD:
                    self._queue(self._applies, message, self._apply_queued)
                else:
                    self._send(message)
            if ready.snapshot is not None:
                self._skip_through = ready.snapshot.index
        else:
            if not self._save(ready.hard_state, ready.entries, ready.snapshot):
                return
            for message in ready.messages:
                self._send(message)
            if ready.snapshot is not None:
                self._install(ready.snapshot)
            if not self._apply(ready.committed):
                return
        for state in ready.read_states:
            request = self._reads.pop(state.context, None)
            if request is not None:
                self._ready_reads.append((state.index, request))
        self._answer_reads()
        if not self._async:
            node.advance()
        self._touched()

    def _check_commit(self, node: RawNode) -> None:
        """Look at what the core counts as committed, before the membership that it counts by changes."""
        committed = node.committed
        if committed < self._commit_seen:
            raise ViolationError(
                f"node {self.id} takes its commit index back from {self._commit_seen} to {committed}"
            )
        if node.role is Role.LEADER:
            invariants = self.world.invariants
            invariants.leads(self.id, node.term, self._term_in_log)
            if committed > self._commit_seen and self._term_in_log(committed) == node.term:
                logs = {server.id: server.log for server in self.world.servers.values()}
                invariants.counts_as_committed(committed, node.term, node.conf_state, logs)
        self._commit_seen = committed

    def _queue(self, queue: deque[Message], message: Message, work: Callable[[int], None]) -> None:
        queue.append(message)
        if len(queue) == 1:
            self.world.at(self.world.below(60) + 1, work, self.life)

    def _append(self, life: int) -> None:
        """The append thread takes one message, or all that wait as one write."""
        if not self._runs(life, lambda: self._append(life)):
            return
        message = self._appends[0]
        hard_state = HardState(message.term, message.vote, message.commit) if message.term else None
        if not self._save(hard_state, message.entries, message.snapshot):
            return
        if message.snapshot is not None:
            self._install(message.snapshot)
        self._respond(message)
        self._appends.popleft()
        if self._appends:
            self.world.at(self.world.below(60) + 1, self._append, life)
        self._touched()

    def _apply_queued(self, life: int) -> None:
        if not self._runs(life, lambda: self._apply_queued(life)):
            return
        node = self.node
        assert node is not None, "a server that runs has a node"
        if node.has_ready():
            # it may bring a snapshot that covers what is about to be applied, memberships included
            self._work(life)
            if life != self.life:
                return
        message = self._applies[0]
        if not self._apply(message.entries):
            return
        self._answer_reads()
        self._respond(message)
        self._applies.popleft()
        if self._applies:
            self.world.at(self.world.below(40) + 1, self._apply_queued, life)
        self._touched()

    def _respond(self, message: Message) -> None:
        for response in message.responses:
            if response.to == self.id:
                self.step(response)
            else:
                self._send(response)

    def _save(
        self, hard_state: HardState | None, entries: Sequence[Entry], snapshot: Snapshot | None
    ) -> bool:
        """Store; False: the process did not survive it."""
        log = self.log
        assert log is not None, "a server that runs has a log"
        term, vote, last, last_term = self._promised
        if hard_state is not None:
            term, vote = hard_state.term, hard_state.vote
        if snapshot is not None:
            last, last_term = snapshot.index, snapshot.term
        before = last_term
        if entries:
            if snapshot is None:
                before = log.term(entries[0].index - 1)
            last, last_term = entries[-1].index, entries[-1].term
        self._attempted = (term, vote, last, last_term)
        try:
            log.save(hard_state, entries, snapshot)
        except CrashedError:
            self.world.count["crashes while writing"] += 1
            self.crash(power=self.world.chance(0.7))
            self._restart_later()
            return False
        except DiskError:
            self.world.count["failed disks"] += 1
            # a failed log takes no more: the process ends, and reads at its next start what is really there
            self.crash(power=self.world.chance(0.3))
            self._restart_later()
            return False
        self._promised = self._attempted
        self.world.invariants.stores(self.id, before, entries)
        return True

    def _send(self, message: Message) -> None:
        log = self.log
        assert log is not None, "a server that runs has a log"
        self.world.invariants.sends(message, log.initial_state()[0], log.last_index())
        self.world.send(self, message)

    def _install(self, snapshot: Snapshot) -> None:
        self._skip_through = max(self._skip_through, snapshot.index)
        self.replica.restore(snapshot.data)
        self.applied = snapshot.index
        self.conf_state = snapshot.conf_state
        self.world.count["snapshots installed"] += 1
        self.world.invariants.is_at(self.id, self.applied, snapshot.data)

    # applying

    def _apply(self, entries: Sequence[Entry]) -> bool:
        """Apply; False: the process did not survive the snapshot that was due."""
        node = self.node
        assert node is not None, "a server that runs has a node"
        for entry in entries:
            if entry.index <= max(self.applied, self._skip_through):
                continue
            if entry.index != self.applied + 1:
                raise ViolationError(
                    f"node {self.id} is given entry {entry.index} to apply behind {self.applied}"
                )
            if entry.type is EntryType.NORMAL:
                self.applied = entry.index
                self._execute(entry)
            else:
                before = self.conf_state
                self._check_commit(node)
                after = node.apply_conf_change(ConfChange.decode(entry.data))
                # the core may have asked for a snapshot meanwhile: index and membership move together
                self.applied, self.conf_state = entry.index, after
                if self.world.invariants.changes(self.id, entry.index, before, after):
                    self.world.changed(entry.index, before, after)
        return self._take_snapshot_if_due()

    def _execute(self, entry: Entry) -> None:
        if not entry.data:
            return  # a leader opens its term
        answer = self.replica.apply(entry.index, entry.data)
        name: tuple[int, int] | bytes = (answer.session, answer.sequence)
        if answer.verdict is Verdict.OPENED:
            name = answer.result
        request = self._writes.pop(name, None)
        if request is not None:
            self.world.answer(request, answer)

    def _answer_reads(self) -> None:
        waiting = []
        for index, request in self._ready_reads:
            if index <= self.applied:
                self.world.answer(request, self.replica.machine.values.get(request.key))
            else:
                waiting.append((index, request))
        self._ready_reads = waiting

    def _take_snapshot_if_due(self) -> bool:
        log, options = self.log, self.world.options
        assert log is not None, "a server that runs has a log"
        if self.applied - log.snapshot_index < options.snapshot_every or self.applied > log.last_index():
            return True
        data = self.replica.snapshot()
        self.world.invariants.is_at(self.id, self.applied, data)
        try:
            log.create_snapshot(self.applied, self.conf_state, data)
            keep = self.world.below(options.snapshot_every)
            if self.applied - keep >= log.first_index():
                log.compact(self.applied - keep)
        except CrashedError:
            self.crash(power=self.world.chance(0.7))
            self._restart_later()
            return False
        except DiskError as error:
            self.world.count[f"snapshots failed: {type(error).__name__}"] += 1
        self.world.count["snapshots taken"] += 1
        return True

    # what an operator may ask of it

    def ask(self, what: Callable[[RawNode], object]) -> bool:
        """Ask something of the core; False: it did not take it."""
        if self.node is None or self.paused:
            return False
        try:
            what(self.node)
        except WetwareError:
            return False
        self._touched()
        return True
