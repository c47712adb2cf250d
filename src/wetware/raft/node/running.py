"""A member that runs: the asyncio around `core.member`.

Rules that hold here:

1. Everything of the member happens on one loop; only a durable log's writes may run in a thread (`writer`).
2. Whatever happens in one turn of the loop is worked on together, once: many puts are one proposal, one
   write, one message to each peer.
3. Nothing that goes wrong ends the host: a member that cannot go on stops, says why (`failure`), and fails
   what waits. A state machine's errors do not even do that (`replica`).
4. All tasks belong to the member and end with it.
5. Under `ReadMode.SAFE` a pause of the process counts as one tick, however long it was: time in which a
   member did not run tells it nothing about its leader. Reads by lease count every tick (`rawnode`, rule 5).
"""

# ruff: noqa: ASYNC109 - the deadlines are known to the group, which says what came of a request

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from wetware.errors import LocalError, WetwareError
from wetware.raft.core import FORWARDED, NOBODY, ReadMode, Snapshot
from wetware.raft.core.errors import DroppedError, ProtocolError
from wetware.raft.node.core.codec import decode_batch, decode_snapshot_head
from wetware.raft.node.core.member import Member
from wetware.raft.node.core.transfer import Incoming
from wetware.raft.node.errors import (
    NodeFailedError,
    StoppedError,
)
from wetware.raft.node.links import Links
from wetware.raft.node.machine import ItemMap
from wetware.raft.node.options import Options
from wetware.raft.node.store import MemoryLog
from wetware.raft.node.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
    from types import TracebackType

    from wetware.raft.node.core.snapshots import WriteJob
    from wetware.raft.node.core.transfer import Assembly
    from wetware.raft.node.machine import StateMachine
    from wetware.raft.node.ports import PeerPort, Token
    from wetware.raft.node.store import Store

__all__ = ["Running"]

log: Final = logging.getLogger("wetware.raft")

_STEPS_PER_TURN: Final = 4
_MAX_TRANSFERS: Final = 4
_TICKS_TO_FORGET: Final = 20


class Running:
    """A member that runs; `node` adds what one may ask of it.

    Args:
        node_id: its id: positive, below 2**64 - 2, never used by another member of the group.
        connect: finds the way to the member with an id.
        machine: its state machine, in its beginning; None: an `ItemMap`.
        store: its log: a `DurableLog`, or a `MemoryLog`, which is what it has by default. The node closes it.
        founders: the voters of a new group, the same in each of them; nothing for a member that joins one,
            which starts empty and is added. Without effect where the log holds something.
        options: its settings.

    Attributes:
        id: its id.
        failure: why it stopped by itself, if it did.

    Raises:
        LocalError: the arguments contradict each other.
        CorruptLogError, DiskError: the log cannot be read.
    """

    def __init__(
        self,
        node_id: int,
        connect: Callable[[int], Awaitable[PeerPort]],
        *,
        machine: StateMachine | None = None,
        store: Store | None = None,
        founders: Sequence[int] = (),
        options: Options | None = None,
    ) -> None:
        self.id = node_id
        self.options = options or Options()
        self.machine: StateMachine = ItemMap() if machine is None else machine
        self.failure: NodeFailedError | None = None
        self._store: Store = MemoryLog() if store is None else store
        if founders and not self._store.last_index():
            if node_id not in founders:
                raise LocalError(f"member {node_id} is not among the founders; give it none, and add it")
            self._found(founders)
        self.member = Member(
            node_id,
            self._store,
            self.machine,
            self.options,
            randbelow=random.SystemRandom().randrange,
            randbytes=os.urandom,
            report=_report,
        )
        self._links = Links(
            self.member,
            connect,
            self.options,
            reply=self._reply,
            spawn=self._spawn,
            disconnected=self._disconnected,
            snapshot_sent=self._snapshot_sent,
        )
        self._incoming = Incoming(max_size=self.options.max_snapshot_size, max_transfers=_MAX_TRANSFERS)
        self._leader_waiters: set[asyncio.Future[None]] = set()
        self._office = self.member.office
        self._paused = self._scheduled = self._stirred = False
        self._applying = self._ended = False
        self._stop = asyncio.Event()
        self._stopped = asyncio.Event()
        self._alarm: asyncio.TimerHandle | None = None
        self._group: asyncio.TaskGroup | None = None
        self._main: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def _found(self, founders: Sequence[int]) -> None:
        step = self._store.prepare(snapshot=Snapshot.founding(founders))
        self._store.flush(step)
        self._store.adopt(step)

    # --- life

    async def start(self) -> None:
        """Take part.

        Raises:
            LocalError: it was started before.
        """
        if self._main is not None:
            raise LocalError("the member was started already; make another one on the same log after a stop")
        started = asyncio.Event()
        self._main = asyncio.create_task(self._run(started), name=f"raft member {self.id}")
        await started.wait()

    async def stop(self) -> None:
        """Take part no longer; a leader hands over first. What waits fails with `StoppedError`."""
        if self._main is None:
            self._ended = True
            self._stopped.set()
            self._store.close()
            self._main = asyncio.create_task(asyncio.sleep(0))
            return
        if not (self._ended or self._stop.is_set() or self._paused):
            with contextlib.suppress(WetwareError):
                await self._before_stop()
        self._stop.set()
        await asyncio.shield(self._main)

    async def _before_stop(self) -> None:
        """What a member that stops in good order does first."""

    async def stopped(self) -> None:
        """Wait until the member has stopped, whatever the reason (`failure`)."""
        await self._stopped.wait()

    def pause(self) -> None:
        """Stand still, as a process that is stopped: messages are lost, requests wait for their deadlines."""
        self._paused = True

    def resume(self) -> None:
        """Go on."""
        self._paused = False
        self._wake()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _run(self, started: asyncio.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._soon = self._turns()
        self._writer = Writer(
            self._loop, self._written, f"raft-log-{self.id}", in_memory=isinstance(self._store, MemoryLog)
        )
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                self._spawn(self._ticking)
                started.set()
                self._stir()
                await self._stop.wait()
                self._end()
                for task in list(self._tasks):
                    task.cancel()
        finally:
            self._end()
            self._group = None
            self._writer.close()
            self.member.log.settle()
            self._store.close()
            self._stopped.set()
            started.set()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self.member.stop()
            self._answer_batches()
            self._give_outcomes()
            self._tell_leader_waiters()

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - rule 3
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        if self._ended:
            return
        self._ended = True
        log.error("member %d cannot go on", self.id, exc_info=error)
        self.failure = NodeFailedError(f"member {self.id} has failed: {error}; see to that and restart it")
        self.failure.__cause__ = error
        self.member.fail()
        self._answer_batches()
        self._give_outcomes()
        self._tell_leader_waiters()
        self._stop.set()

    def _spawn(self, work: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
        assert self._group is not None, "only a running member has work"
        task = self._group.create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # --- turns

    def _wake(self) -> None:
        """Something has happened: work on it together with what else happens in this turn of the loop."""
        self._stirred = True
        self._come_back()

    def _turns(self) -> Callable[[Callable[[], None]], object]:
        """What calls something in a turn of its own."""
        return self._loop.call_soon

    def _come_back(self) -> None:
        if not self._scheduled and self._group is not None:
            self._scheduled = True
            self._soon(self._turn)

    def _stir(self) -> None:
        """Something has happened: work on it now."""
        self._stirred = True
        self._turn()

    def _turn(self) -> None:
        self._scheduled = False
        if self._ended:
            return
        member = self.member
        try:
            again = not self._paused and self._work()
            if member.office is not self._office:
                self._office = member.office
                self._tell_leader_waiters()
            self._give_outcomes()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - rule 3
            self._fail(error)
        else:
            if again:
                self._come_back()

    def _work(self) -> bool:
        """Do what can be done in this turn; whether there is more for the next one.

        What others wait for leaves first: messages before the own disk and the state machine take their
        time, answers before what comes of applying.
        """
        member = self.member
        for _ in range(_STEPS_PER_TURN):
            if self._stirred:
                self._stirred = False
                member.advance(self._loop.time())
                self._see_news()
                self._links.send()
            if self._see_writes():
                self._links.send()  # acknowledgements
                self._stirred = True
                if not member.has_applies:
                    continue
            if self._applying or not member.has_applies:
                return False
            self._apply()
            self._stirred = True
            if member.has_outcomes:
                break
        return True

    def _give_outcomes(self) -> None:
        outcomes = self.member.take_outcomes()
        if not outcomes:
            return
        for token, result in outcomes:
            if token is None or token.done():
                continue
            if isinstance(result, WetwareError):
                token.set_exception(result)
            else:
                token.set_result(result)
        self._answers_leave()

    def _answers_leave(self) -> None:
        """Those who have asked were answered: nothing else is to hold that up."""

    def _apply(self) -> None:
        """Apply what waits; a machine that does not wait costs no task."""
        applying = self.member.applying()
        try:
            waits = next(applying)
        except StopIteration:
            return
        self._applying = True
        self._spawn(partial(self._go_on_applying, applying, waits))

    async def _go_on_applying(
        self, applying: Generator[Awaitable[Any], Any, None], waits: Awaitable[Any]
    ) -> None:
        try:
            while True:
                try:
                    value = await waits
                except (Exception, SystemExit, asyncio.CancelledError) as error:
                    task = asyncio.current_task()
                    if self._ended or (task is not None and task.cancelling()):
                        raise
                    waits = applying.throw(error)  # the machine's: the generator deals with it
                else:
                    waits = applying.send(value)
                self._wake()
        except StopIteration:
            self._applying = False
            self._wake()

    async def _ticking(self) -> None:
        loop, tick = self._loop, self.options.tick
        every_tick = self.options.read_mode is ReadMode.LEASE
        due = loop.time() + tick
        count = 0
        while True:
            await asyncio.sleep(due - loop.time())
            now = loop.time()
            ticks = 1
            due += tick
            while due <= now:
                due += tick
                ticks += 1
            if self._paused:
                ticks = 0
            elif not every_tick:
                ticks = min(ticks, 1)
            self.member.tick(now, ticks)
            self._answer_batches()
            self._stir()
            count += 1
            if not count % _TICKS_TO_FORGET:
                self._links.forget_strangers()

    def _see_writes(self) -> bool:
        """Begin the next write, if none is under way; whether one is done that gives work."""
        again, member, writer = False, self.member, self._writer
        while not writer.busy and (job := member.next_write()) is not None:
            if not (job.light or writer.write(job)):
                break
            again |= member.written(job)
        return again

    def _written(self, job: WriteJob, error: Exception | None) -> None:
        if self._ended:
            return
        if error is not None:
            self._fail(error)
            return
        try:
            self.member.written(job)
        except Exception as failure:  # noqa: BLE001 - rule 3
            self._fail(failure)
        else:
            self._stir()

    # --- peers

    def _see_news(self) -> None:
        """Come back when there is something to tell."""
        due = self.member.news.due
        if due is not None and self._alarm is None:
            self._alarm = self._loop.call_at(due, self._tell_news)

    def _tell_news(self) -> None:
        self._alarm = None
        self._stir()

    def _reply(self, peer: int) -> Callable[[bytes], None] | None:  # noqa: ARG002 - for those that can
        """What sends a batch to a peer as the answer to what it has sent; None: nothing waits for one."""
        return None

    def _answer_batches(self) -> None:
        """Answer what peers have sent, where each batch by itself is not worth an answer."""

    def _disconnected(self, peer: int) -> None:
        if not (self._paused or self._ended):
            self.member.disconnected(peer)
            self._wake()

    def _snapshot_sent(self, peer: int, ok: bool) -> None:
        if not self._ended:
            self.member.snapshot_sent(peer, ok=ok)
            self._wake()

    def receive(self, batch: bytes | memoryview, sender: int | None = None) -> int:
        """A batch of messages has come from a peer.

        Args:
            batch: see `codec`.
            sender: which member it is, where that was made sure of.

        Returns:
            Which member it says it is; zero where it does not say.

        Raises:
            ProtocolError: it is none, or contradicts the protocol.
            OverloadedError: this member does not keep up.
            StoppedError, NodeFailedError: it has stopped.
        """
        self._check_running()
        if self._paused:
            return NOBODY
        messages = decode_batch(batch, self.id, sender)
        self._safely(lambda: self.member.receive(messages))
        return messages[0].from_ if messages and messages[0].type not in FORWARDED else NOBODY

    def receive_snapshot(self, head: bytes | memoryview, sender: int | None = None) -> Assembly:
        """A snapshot comes from a peer; its data is to be written to what is returned.

        Raises:
            ProtocolError: the head is none. OverloadedError: it is too large. StoppedError: as `receive`.
        """
        self._check_running()
        return self._incoming.begin(decode_snapshot_head(head, self.id, sender))

    def snapshot_received(self, assembly: Assembly) -> None:
        """All of a snapshot's data was written.

        Raises:
            ProtocolError: it is not what was announced.
        """
        message = assembly.done()
        self._check_running()
        if not self._paused:
            self._safely(lambda: self.member.receive([message]))

    def _safely(self, work: Callable[[], None]) -> None:
        """Do what somebody outside has caused: what breaks here meanwhile ends this member and is not told.

        Raises:
            ProtocolError, DroppedError: as `work` does.
            NodeFailedError: this member has failed in it.
        """
        try:
            work()
        except (DroppedError, ProtocolError):
            raise
        except Exception as error:  # noqa: BLE001 - rule 3
            self._fail(error)
            raise NodeFailedError(f"member {self.id} has failed; ask another one") from None
        finally:
            self._wake()

    # --- requests

    def _check_running(self) -> None:
        if self.failure is not None:
            raise NodeFailedError(f"member {self.id} has failed; ask another one")
        if self._ended or self._group is None:
            raise StoppedError(f"member {self.id} does not run; ask another one")

    def _deadline(self, timeout: float | None) -> float:
        return self._loop.time() + (self.options.timeout if timeout is None else timeout)

    def request(self, ask: Callable[[Any, float], None], token: Token, timeout: float | None = None) -> None:
        """Ask the member for something; the token is told what comes of it."""
        self._check_running()
        ask(token, self._deadline(timeout))
        self._wake()

    async def _request(self, ask: Callable[[Any, float], None], timeout: float | None) -> Any:
        self._check_running()
        token: asyncio.Future[Any] = self._loop.create_future()
        self.request(ask, token, timeout)
        return await token

    async def _leader_change(self, timeout: float) -> None:
        """Wait until the leader or the term changes, or some time has passed."""
        waiter: asyncio.Future[None] = self._loop.create_future()
        self._leader_waiters.add(waiter)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout):
                    await waiter
        finally:
            self._leader_waiters.discard(waiter)
        self._check_running()

    def _tell_leader_waiters(self) -> None:
        for waiter in self._leader_waiters:
            if not waiter.done():
                waiter.set_result(None)


def _report(what: str, error: BaseException | None) -> None:
    log.warning("%s", what, exc_info=error)
