"""A member of a group without I/O: the consensus core, and everything that waits around it.

Rules that hold here:

1. Stimuli are methods (`tick`, `receive`, `put`, `get`, `change`, `written` …); what they lead to is taken
   out: after any of them call `advance`, then see `mail`, `next_write`,
   `applying` and `take_outcomes`. Nothing here waits, sends, reads a clock or draws.
2. One write at a time: `next_write`, do it, `written`. One run of `applying` at a time; it goes on while
   writes happen.
3. A request has a token, and every token comes out once with what came of it, by its deadline at the latest.
4. The storage is driven asynchronously (`core.ready`): a leader's appends leave while its own disk writes.
5. A snapshot from the leader covers what is about to be applied: entries up to it are skipped from the moment
   at which the core hands it out, memberships included.
6. What a state machine does with an entry can fail that entry's proposer only (`replica`); if it cannot be
   restored or saved, this member cannot go on, and the others can.

Tests: `tests/raft/test_node_simulation.py`, and everything above it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from wetware.errors import InternalError, WetwareError
from wetware.raft.core import (
    APPEND_THREAD,
    APPLY_THREAD,
    FORWARDED,
    NOBODY,
    ConfChange,
    Entry,
    EntryType,
    Message,
    MessageType,
    RawNode,
    Role,
    Snapshot,
)
from wetware.raft.core.errors import (
    DroppedError,
    OverloadedError,
    PeerNotFoundError,
    ProtocolError,
    SnapshotUnavailableError,
)
from wetware.raft.core.messages import ENTRY_OVERHEAD
from wetware.raft.node.core.changes import Changes
from wetware.raft.node.core.codec import encode_item
from wetware.raft.node.core.mail import Mail
from wetware.raft.node.core.membership import is_member
from wetware.raft.node.core.news import News
from wetware.raft.node.core.proposals import Proposals
from wetware.raft.node.core.reads import ReadQueue
from wetware.raft.node.core.replica import Replica
from wetware.raft.node.core.snapshots import LogWrites, Restore, Take
from wetware.raft.node.core.status import MemberStatus
from wetware.raft.node.errors import NodeFailedError, RemovedError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Sequence

    from wetware.raft.core import ConfState
    from wetware.raft.node.core.codec import Item
    from wetware.raft.node.core.membership import Goal
    from wetware.raft.node.core.snapshots import WriteJob
    from wetware.raft.node.machine import StateMachine
    from wetware.raft.node.options import Options
    from wetware.raft.node.store import Store
    from wetware.raft.sessions import Answer

__all__ = ["Member"]

_RUSH = 6
"""Ticks within which those that saw their leader go begin to campaign."""


class _CoreStorage:
    """The log as the core reads it; snapshots for followers are made when they are asked for."""

    def __init__(self, store: Store, give: Callable[[], Snapshot]) -> None:
        self.initial_state = store.initial_state
        self.entries = store.entries
        self.term = store.term
        self.first_index = store.first_index
        self.last_index = store.last_index
        self.snapshot = give


class Member:
    """One member.

    Args:
        node_id: its id.
        store: its log.
        machine: its state machine, in its beginning.
        options: its settings.
        randbelow: gives a random integer in [0, n).
        randbytes: gives random bytes.
        report: told what an operator may want to know and nobody waits for.

    Attributes:
        core: the consensus core.
        mail: what waits to be sent.
        office: the term, its leader, and what this member is in it, as of the last step.
        news: when the others are told what is committed; call `advance` when they are `due`.
        applied: the last index that the state machine has applied.
        conf_state: the membership there.
        removed: whether this member was removed from the group.
    """

    def __init__(
        self,
        node_id: int,
        store: Store,
        machine: StateMachine,
        options: Options,
        *,
        randbelow: Callable[[int], int],
        randbytes: Callable[[int], bytes],
        report: Callable[[str, BaseException | None], None],
    ) -> None:
        self.id = node_id
        self.options = options
        self._report = report
        self._randbelow = randbelow
        snapshot = store.snapshot()
        self.applied = snapshot.index
        self.conf_state: ConfState = snapshot.conf_state
        self.removed = False
        self._skip_through = snapshot.index
        self.replica = Replica(
            machine,
            max_sessions=options.max_sessions,
            max_results=options.max_results,
            report=lambda index, error: report(f"the state machine failed at entry {index}", error),
        )
        self._applies: deque[Message | Restore | Take] = deque([Restore(snapshot)])
        self.log = LogWrites(store, options, report)
        self.core = RawNode(
            options.config(node_id, snapshot.index), _CoreStorage(store, self._give_snapshot), randbelow
        )
        self.proposals = Proposals(
            randbytes,
            max_results=options.max_results,
            max_waiting=options.max_waiting,
            max_bytes=options.max_waiting_bytes,
            resend_after=options.election_seconds * 2,
        )
        self.reads = ReadQueue(
            int.from_bytes(randbytes(8), "little"),
            max_waiting=options.max_waiting,
            ask_again_after=options.election_seconds * 2,
        )
        self.mail = Mail(options)
        self.news = News(self.core)
        self._outcomes: list[tuple[Any, Any]] = []
        self.changes = Changes(self.core, options, self._finished, report)
        self.office = (self.core.term, self.core.lead, self.core.role)
        self._campaign_in = 0
        self._now = 0.0

    # --- what it is

    def leads(self) -> bool:
        """Whether it leads."""
        return self.core.role is Role.LEADER

    def status(self) -> MemberStatus:
        """What it knows at present."""
        core, store = self.core, self.log.store
        return MemberStatus(
            id=self.id,
            role=core.role,
            term=core.term,
            leader=core.lead,
            committed=core.committed,
            applied=self.applied,
            last_index=store.last_index(),
            first_index=store.first_index(),
            snapshot_index=store.snapshot_index,
            voters=self.conf_state.voters,
            learners=self.conf_state.learners,
            sessions=len(self.replica.sessions),
            waiting=len(self.proposals) + len(self.reads) + len(self.changes),
        )

    def best_successor(self) -> int:
        """The voter that is furthest, to whom leadership may be handed; zero: there is none."""
        progress = self.core.status().progress
        others = [one for one in self.conf_state.voters if one != self.id and one in progress]
        return max(others, key=lambda one: (progress[one].active, progress[one].match), default=NOBODY)

    # --- requests

    def _check_member(self) -> None:
        if self.removed:
            raise RemovedError("this member was removed from its group; ask another one")

    def put(self, token: Any, item: Item, deadline: float) -> None:
        """Hand an item to the state machines; an `Answer` comes of it.

        Raises:
            OverloadedError: too much waits, or the item is too large.
            RemovedError: this is no member any more.
        """
        self._check_member()
        self.proposals.put(token, self._command(item), deadline)

    def put_session(
        self, token: Any, session: int, sequence: int, done: int, item: Item, deadline: float
    ) -> None:
        """As `put`, in a client's session."""
        self._check_member()
        self.proposals.put_session(token, session, sequence, done, self._command(item), deadline)

    def _command(self, item: Item) -> bytes:
        allowed = self.options.max_command_size
        command = encode_item(item)
        if len(command) > allowed:
            raise OverloadedError(
                f"an item of {len(command)} bytes is larger than max_command_size, {allowed}",
                limit="max_command_size",
                used=len(command),
                allowed=allowed,
            )
        return command

    def read(self, token: Any, deadline: float) -> None:
        """Wait until the state here is no older than this call; None comes of it.

        Raises:
            OverloadedError: too many wait. RemovedError: this is no member any more.
        """
        self._check_member()
        self.reads.ask(token, deadline)

    def change(self, token: Any, node_id: int, goal: Goal, deadline: float) -> None:
        """Ask for a change of the membership, in a leader; see `Changes.want`."""
        self.changes.want(token, node_id, goal, deadline)

    def _finished(self, token: Any, result: Any) -> None:
        self._outcomes.append((token, result))

    def _finish(self, tokens: list[Any], result: Any = None) -> None:
        self._outcomes += [(token, result) for token in tokens]

    # --- the outside

    def tick(self, now: float, ticks: int = 1) -> None:
        """Time has passed.

        Args:
            now: the time, in seconds.
            ticks: ticks of the core that are due; zero while the member is paused.
        """
        self._now = now
        for _ in range(ticks):
            self.core.tick()
            if self._campaign_in:
                self._campaign_in -= 1
                if not self._campaign_in and self.core.lead == NOBODY:
                    self.core.campaign()
            self.changes.clock(self.conf_state)
            self.log.tick()
        self.news.tick()
        self._outcomes += self.proposals.tick(now, leads=self.leads())
        self._outcomes += self.reads.tick(now)
        self.changes.tick(now)

    def receive(self, messages: Sequence[Message]) -> None:
        """Messages have come from a peer.

        Raises:
            OverloadedError: too much waits for the disk; none was taken, and the peer will send them again.
            ProtocolError: one of them contradicts the protocol; the others were taken.
        """
        if self.log.waiting_bytes > self.options.max_waiting_bytes:
            raise OverloadedError(
                "this member's disk does not keep up; send again later",
                limit="max_waiting_bytes",
                used=self.log.waiting_bytes,
                allowed=self.options.max_waiting_bytes,
            )
        wrong: ProtocolError | None = None
        for message in messages:
            if message.type in FORWARDED:
                self.news.asked(message.from_)
            else:
                self.changes.heard(message.from_)
            if message.type is MessageType.PRE_VOTE and self._campaign_in:
                self._campaign_in = _RUSH  # give way: two candidates at a time would both fail
            try:
                self.core.step(message)
            except (DroppedError, PeerNotFoundError):
                continue  # whoever asked asks again; a stranger's answer says nothing
            except ProtocolError as error:
                wrong = wrong or error
        if wrong is not None:
            raise wrong

    def disconnected(self, peer: int) -> None:
        """A peer has gone and cannot be found: if it is the leader, do not wait for the timeout.

        Others that still hear it refuse their pre-votes, and its next word restores everything.
        """
        core = self.core
        if core.lead == peer and core.role is Role.FOLLOWER and self.id in self.conf_state.voters:
            core.forget_leader()
            if core.lead == NOBODY:
                self._campaign_in = 1 + self._randbelow(_RUSH)

    def snapshot_sent(self, peer: int, *, ok: bool) -> None:
        """A snapshot has arrived at a peer, or has not."""
        self.core.report_snapshot(peer, ok=ok)

    # --- work

    def advance(self, now: float) -> None:
        """Do what can be done now."""
        self._now = now
        core = self.core
        if self.mail.lossy:
            self._report_lossy()
        if self.reads.unasked:
            self._ask(now)
        self.changes.advance(self.applied)
        while True:
            if self.proposals.staged:
                self._propose(now)
            self.news.spread(now)
            if not core.has_ready():
                break
            self.take_ready()
        if self.log.wants_snapshot(self.conf_state):
            self._applies.append(Take())
        if self.reads.confirmations:
            self._finish(self.reads.ready(self.applied))

    def _report_lossy(self) -> None:
        lossy = self.mail.take_lossy()
        if self.leads():
            for peer in lossy.intersection(self.core.status().progress):
                self.core.report_unreachable(peer)

    def _propose(self, now: float) -> None:
        while self.proposals.staged and self.core.lead != NOBODY and not self.removed:
            taken = self.proposals.take(self.options.max_batch_bytes, now)
            if not taken:
                return
            try:
                self.core.propose(*[data for _, data in taken])
            except DroppedError:
                self.proposals.dropped(taken)
                return

    def _ask(self, now: float) -> None:
        if self.core.lead == NOBODY:
            return
        context = self.reads.take(now)
        if context is not None:
            try:
                self.core.read_index(context)
            except DroppedError:
                self.reads.dropped(context)

    def take_ready(self) -> None:
        """Take out what the core wants done, and see that it gets done."""
        ready = self.core.ready()
        if ready.snapshot is not None:
            self._skip_through = ready.snapshot.index
        for message in ready.messages:
            self._route(message)
        for state in ready.read_states:
            self.reads.confirmed(state.context, state.index)
        if ready.soft_state is not None or ready.hard_state is not None:
            self._look_at_leader()

    def _route(self, message: Message) -> None:
        to = message.to
        if to == APPEND_THREAD:
            self.log.append(message)
        elif to == APPLY_THREAD:
            self._applies.append(message)
        elif to == self.id:
            try:  # noqa: SIM105 - several times for each entry
                self.core.step(message)
            except PeerNotFoundError:
                pass  # an acknowledgement from before its own removal
        else:
            self.mail.post(message, self.conf_state)

    def _look_at_leader(self) -> None:
        core = self.core
        now = (core.term, core.lead, core.role)
        if now == self.office:
            return
        term, lead, role = self.office
        self.office = now
        if core.lead != NOBODY and (term, lead) != (core.term, core.lead):
            self.proposals.leader_changed()
            self.reads.leader_changed()
        if core.role is Role.LEADER and role is not Role.LEADER:
            self.changes.took_office()
        if role is Role.LEADER and core.role is not Role.LEADER:
            self.changes.lost_office()

    @property
    def has_outcomes(self) -> bool:
        """Whether `take_outcomes` would give any."""
        return bool(self._outcomes)

    def take_outcomes(self) -> list[tuple[Any, Any]]:
        """Take out the tokens that are done with what came of them: an error where it is a `WetwareError`."""
        outcomes, self._outcomes = self._outcomes, []
        return outcomes

    # --- the log

    def next_write(self) -> WriteJob | None:
        """The next work on the log, which `run` does; then `written` must be told."""
        return self.log.next()

    def written(self, job: WriteJob) -> bool:
        """A work on the log is done; whether that gives this member anything to do."""
        snapshot, responses = self.log.written(job)
        if snapshot is not None:
            self._applies.append(Restore(snapshot))
        self._deliver(responses)
        return not job.light or bool(responses)

    def _deliver(self, responses: Sequence[Message]) -> None:
        for response in responses:
            self._route(response)

    def _give_snapshot(self) -> Snapshot:
        snapshot = self.log.recent(self.conf_state)
        if snapshot is None:
            raise SnapshotUnavailableError("a snapshot is being made")
        return snapshot

    # --- the state machine

    @property
    def has_applies(self) -> bool:
        """Whether `applying` has anything to do."""
        return bool(self._applies)

    def applying(self) -> Generator[Awaitable[Any], Any, None]:
        """Do what there is to do with the state machine; yields what is to be awaited."""
        while self._applies:
            job = self._applies.popleft()
            if isinstance(job, Restore):
                yield from self.replica.restore(job.snapshot.data)
                self.applied = job.snapshot.index
                self._now_members(job.snapshot.conf_state)
                self.proposals.leader_changed()
            elif isinstance(job, Take):
                try:
                    data = yield from self.replica.snapshot()
                except (Exception, SystemExit) as error:  # noqa: BLE001 - the machine's; the log stays longer
                    self._report("the state machine could not be saved", error)
                    self.log.take_failed()
                else:
                    self.log.taken(self.applied, self.conf_state, data)
            else:
                yield from self._apply(job.entries)
                self._deliver(job.responses)

    def _apply(self, entries: Sequence[Entry]) -> Generator[Awaitable[Any], Any, None]:
        for entry in entries:
            if entry.type is not EntryType.NORMAL and self.core.has_ready():
                self.take_ready()  # it may bring a snapshot that covers this membership (rule 5)
            if entry.index <= self.applied or entry.index <= self._skip_through:
                continue
            if entry.index != self.applied + 1:
                raise InternalError(f"entry {entry.index} came to be applied behind {self.applied}")
            if entry.type is not EntryType.NORMAL:
                self.applied = entry.index
                self._now_members(self.core.apply_conf_change(ConfChange.decode(entry.data)))
            elif entry.data:
                answer: Answer = yield from self.replica.apply(entry.index, entry.data)
                self.applied = entry.index
                self._outcomes += self.proposals.applied(answer)
            else:
                self.applied = entry.index
            self.log.grown(len(entry.data) + ENTRY_OVERHEAD)

    def _now_members(self, state: ConfState) -> None:
        was = is_member(self.conf_state, self.id)
        self.conf_state = state
        self.changes.now_members(state)
        if is_member(state, self.id):
            self.removed = False
        elif was:
            self.removed = True
            self._end("this member was removed from its group", RemovedError)

    # --- the end

    def stop(self) -> None:
        """Take part no longer: everything that waits ends now."""
        self._end("this member has been stopped", StoppedError)

    def fail(self) -> None:
        """Take part no longer, since something broke here; what, is the operator's to know."""
        self._end("this member has failed", NodeFailedError)

    def _end(self, reason: str, kind: Callable[[str], WetwareError]) -> None:
        error = kind(f"{reason}; ask another one")
        self._outcomes += self.proposals.fail(reason, lambda: error)
        self._finish(self.reads.fail(), error)
        self.changes.fail(error)
