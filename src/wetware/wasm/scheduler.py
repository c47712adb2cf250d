"""Who runs when: runner threads that poll fibers, and the rules by which a fiber changes hands.

Rules that hold here:

1. One thread at a time polls, deletes or closes a fiber's store: the one that took it from a queue. `state`
   says who may: `ready` is in exactly one queue, `running` belongs to one thread, `waiting` and `parked` to
   nobody.
2. Everyone else only leaves a note (`ending`, `suspended`, `woken`) and, if the fiber belongs to nobody,
   queues it. The notes and the states change under one lock, held for a few assignments.
3. Turns are taken in this order: fibers to be ended, fibers woken by what they waited for, fibers whose slice
   ran out. After `FAIR` woken ones in a row, one whose slice ran out comes first, so that neither kind
   starves the other.
4. A first slice runs on the event loop's own thread if the program's earlier first slices were short
   (`Program.brief`), and on a runner otherwise: the hop costs more than a short program, and a long one must
   not hold the loop. Files may take long: a process that was granted directories is left to the runners.
5. A fiber that is woken from the loop (an answer has come for it) goes on there, too, once `NEAR_AFTER` of
   its slices in a row were short: one that computes little between its calls spends more on the two hops.
   Those that are not tiny do so only while nobody else runs, so that guests still share the processors. For a
   slice that held the loop for long, the processes of its program owe `DEBT` times as long in short ones, so
   that no guest has more than a tenth of the loop's time by that (test: `test_near.py`).
6. What a fiber tells the loop from there (it has written for its host) is heard right after its slice, and
   the fiber goes on there if that has woken it: a call and its answer take no turn of the loop. One that
   writes and waits in one host call is heard within its slice, where no other fiber waits for its turn: its
   answer may be there before it had to wait. What its host does then is not counted as its time. But after
   `TALK_NS` everybody else on the loop has a turn (tests: `test_near.py`, `test_answers_in_a_slice.py`).
7. The end of a fiber is told on the event loop, after its store is released. Many ends are told in one turn.
"""

from __future__ import annotations

import _thread
import asyncio
import contextlib
import os
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from threading import get_ident
from typing import Final

from wetware.errors import LocalError
from wetware.process.reasons import ExitReason, Limit, Trapped
from wetware.process.states import Activity
from wetware.wasm.clock import Clock
from wetware.wasm.courtesy import Courtesy
from wetware.wasm.engine import Engine
from wetware.wasm.fiber import BLOCKED, ENDED, SPENT, Fiber
from wetware.wasm.hostcall import CURRENT
from wetware.wasm.node_memory import NodeMemory
from wetware.wasm.shield import SignalShield

__all__ = ["Scheduler"]

FAIR: Final = 64
NEAR_AFTER: Final = 8
TINY_NS: Final = 60_000
"""A slice of which two hops between threads would be half."""
SHORT_NS: Final = 400_000
"""The longest slice that earns trust."""
DEBT: Final = 10
"""How many times as long as it held the loop a program's processes then run in short slices elsewhere."""
LONG_NS: Final = 1_000_000
"""The shortest slice that costs trust; and how long fibers have the loop before others get their turn."""
TALK_NS: Final = 500_000
"""How long fibers and their hosts may go on without a turn of the loop; one takes some 5,000."""
FOREVER: Final = 1e9
"""Seconds: a deadline beyond this is no deadline in the life of a node."""


class Scheduler:
    """Runner threads over one engine.

    Args:
        engine: outlives the scheduler.
        runners: how many threads; by default one a processor.
        memory: what counts the growth of fibers.
        on_end: called on the event loop for each fiber that has ended, with its reason; its store is gone by
            then.
    """

    def __init__(
        self,
        engine: Engine,
        on_end: Callable[[Fiber, ExitReason], None],
        memory: NodeMemory,
        runners: int | None = None,
    ) -> None:
        self._engine = engine
        self._on_end = on_end
        self._memory = memory
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._tokens: SimpleQueue[bool] = SimpleQueue()  # one for each fiber in a queue below
        self._to_end: deque[Fiber] = deque()
        self._woken: deque[Fiber] = deque()
        self._spent: deque[Fiber] = deque()
        self._near: deque[Fiber] = deque()
        self._is_near = False  # the loop's thread is in `_run_near`
        self._near_begun = 0
        self._told: deque[Callable[[], object]] = deque()
        self._loop_thread = get_ident()
        self._streak = 0
        self._abandoned = False
        self._ended: deque[tuple[Fiber, ExitReason]] = deque()
        self._telling = False
        count = runners or os.cpu_count() or 1
        self._polling = [False] * (count + 1)  # the last one is the event loop's thread
        self.clock = Clock(self._any_polling, engine.tick, self.wake, self._expire)
        self._courtesy = Courtesy(self._loop, self._any_wanting)
        self._threads = [
            threading.Thread(target=self._run, args=(index,), name=f"ww-runner-{index}")
            for index in range(count)
        ]
        self.shield = SignalShield()
        self.clock.start()
        for thread in self._threads:
            thread.start()
        _OPEN.add(self)

    def _any_polling(self) -> bool:
        return True in self._polling

    def _any_wanting(self) -> bool:
        """Whether some runner has something to do."""
        return not self._abandoned and (not self._tokens.empty() or True in self._polling)

    # --- called from the event loop ---
    def start(self, fiber: Fiber) -> ExitReason | None:
        """Begin a fiber.

        Its reason if it has ended already (then `on_end` is not called for it), else None. The caller holds
        `shield`.
        """
        deadline = fiber.limits.deadline
        if deadline is not None:
            self.clock.expire_at(fiber, time.monotonic_ns() + int(min(deadline, FOREVER) * 1e9))
        if fiber.program.brief and not fiber.suspended and not fiber.has_files:
            fiber.state = "running"
            return self._turn(fiber, len(self._threads))
        with self._lock:
            self._queue(fiber, self._woken)
        return None

    # --- called from anywhere ---
    def end(self, fiber: Fiber, reason: ExitReason) -> None:
        """End a fiber at its next yield, at once if it is not running; the first reason stands."""
        with self._lock:
            if fiber.ending is not None or fiber.state == "ended":
                return
            fiber.ending = reason
            preempt = fiber.state in ("running", "ready")  # its own slice, or whose end it waits for
            if fiber.state in ("waiting", "parked"):
                self._queue(fiber, self._to_end)
            elif fiber.state == "ready":
                # it is somewhere in a queue already: a second place in front; whoever comes second finds it
                # taken
                self._to_end.append(fiber)
                self._tokens.put(True)
        if preempt:
            self._engine.tick()

    def suspend(self, fiber: Fiber) -> None:
        """Let a fiber stop between two instructions, until `resume`."""
        with self._lock:
            fiber.suspended = True
            running = fiber.state == "running"
        if running:
            self._engine.tick()

    def resume(self, fiber: Fiber) -> None:
        with self._lock:
            fiber.suspended = False
            if fiber.state == "parked":
                self._queue(fiber, self._woken)

    def wake(self, fiber: Fiber) -> None:
        """What a fiber waited for may have come: it looks again."""
        with self._lock:
            if fiber.state != "waiting":
                fiber.woken = True
            elif self._may_run_near(fiber):
                fiber.state = "ready"
                self._near.append(fiber)
                if len(self._near) == 1 and not self._is_near:
                    self._loop.call_soon(self._run_near)
            else:
                self._queue(fiber, self._woken)

    def _may_run_near(self, fiber: Fiber) -> bool:
        """Rule 5; with the lock held."""
        if fiber.quick < NEAR_AFTER or get_ident() != self._loop_thread:
            return False
        if fiber.program.debt > 0 or fiber.has_files:
            return False
        return fiber.last_ns <= TINY_NS or not (self._near or True in self._polling)

    def _run_near(self) -> None:
        """Give fibers a turn on the loop's own thread; those that have to wait for it get the next."""
        self._near_begun = begun = now = time.monotonic_ns()
        self._is_near = True
        try:
            while self._near and now - begun < LONG_NS:
                self._run_one_near()
                now = time.monotonic_ns()
                while self._told and now - begun < TALK_NS:
                    self._call(self._told.popleft())
                    now = time.monotonic_ns()
        finally:  # a signal's handler may have raised
            self._is_near = False
            while self._told:
                self._loop.call_soon(self._told.popleft())
            if self._near:
                self._loop.call_soon(self._run_near)

    def _run_one_near(self) -> None:
        with self.shield:
            self.shield.renew()
            with self._lock:
                fiber = self._near.popleft()
                if fiber.state != "ready":  # taken by a runner, to be ended
                    return
                fiber.state = "running"
            reason = self._turn(fiber, len(self._threads))
            if reason is not None:
                self._tell(fiber, reason)

    def _call(self, what: Callable[[], object]) -> None:
        """As the loop would."""
        try:
            what()
        except Exception as error:  # noqa: BLE001 - whoever made it did not expect it; the loop's handler tells
            self._loop.call_exception_handler({"message": "what a guest told has failed", "exception": error})

    def tell(self, what: Callable[[], object]) -> None:
        """Have something called on the loop, after the slice in which this is called (rule 6)."""
        if get_ident() != self._loop_thread:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is there to be told
                self._loop.call_soon_threadsafe(what)
        elif self._is_near:
            self._told.append(what)
        else:
            self._loop.call_soon(what)

    def tell_now(self, fiber: Fiber, what: Callable[[], object]) -> None:
        """As `tell`, but within the slice of a fiber on the loop's thread, if nobody else waits (rule 6)."""
        if (
            not self._is_near
            or self._near
            or self._told
            or get_ident() != self._loop_thread
            or time.monotonic_ns() - self._near_begun > TALK_NS
        ):
            self.tell(what)
            return
        begun = time.thread_time_ns()
        try:
            self._call(what)
        except BaseException as error:  # noqa: BLE001 - it is for the loop, and no fault of the fiber's
            self._loop.call_soon(_raise, error)
        # there may have been a slice of another fiber in it: its first one
        CURRENT[self._loop_thread] = fiber
        self._polling[-1] = True
        if self.clock.resting:
            self.clock.rouse()
        fiber.apart_ns += time.thread_time_ns() - begun

    def _expire(self, fiber: Fiber) -> None:
        self.end(fiber, Limit("deadline", fiber.limits.deadline, fiber.limits.deadline))

    def activity(self, fiber: Fiber) -> Activity:
        """What a live fiber is doing, for listings."""
        if fiber.state in ("running", "waiting"):
            return fiber.state
        return "runnable"

    # --- runners ---
    def _queue(self, fiber: Fiber, queue: deque[Fiber]) -> None:
        fiber.state = "ready"
        queue.append(fiber)
        self._tokens.put(True)
        if get_ident() == self._loop_thread:
            self._courtesy.begin()

    def _take(self) -> Fiber | None:
        """The fiber whose turn it is; None if the one at the head was taken through another queue."""
        with self._lock:
            if self._to_end:
                fiber = self._to_end.popleft()
            elif self._woken and (self._streak < FAIR or not self._spent):
                self._streak += 1
                fiber = self._woken.popleft()
            elif self._spent:
                self._streak = 0
                fiber = self._spent.popleft()
            else:
                return None
            if fiber.state != "ready":
                return None
            fiber.state = "running"
            return fiber

    def _run(self, index: int) -> None:
        while self._tokens.get() and not self._abandoned:
            fiber = self._take()
            if fiber is None:
                continue
            reason = self._turn(fiber, index)
            if reason is not None:
                self._tell(fiber, reason)
            del fiber  # an idle runner keeps nothing alive

    def _turn(self, fiber: Fiber, index: int) -> ExitReason | None:
        """One turn of a fiber that this thread owns; its reason if it ended."""
        polling = self._polling
        while True:
            if _told_to_end(fiber) is not None:
                return self._finish(fiber)
            if fiber.suspended:
                with self._lock:
                    if _suspended(fiber) and _told_to_end(fiber) is None:
                        fiber.state = "parked"
                        return None
                continue
            first = not fiber.store
            polling[index] = True
            if _abandoned(self):  # after the line above: either the clock sees it, or this sees the note
                polling[index] = False
                return None
            if self.clock.resting:
                self.clock.rouse()
            used = fiber.cpu_ns
            try:
                outcome = fiber.advance()
                if outcome == BLOCKED:
                    fiber.show_output()
            except LocalError as error:  # what it was given is gone: a directory, say
                outcome = ENDED
                fiber.reason = Trapped(str(error))
            except BaseException as error:  # noqa: BLE001 - a fault of ours ends this process, not the node
                outcome = ENDED
                fiber.reason = Trapped(f"internal error: {error!r}")
                if not isinstance(error, Exception):  # a signal that the shield did not know
                    _thread.interrupt_main()
            finally:
                polling[index] = False
            spent = fiber.cpu_ns - used
            # on a runner it may find answers before it has to wait; here each would have ended a slice
            fiber.last_ns = used = spent // (1 + fiber.met)
            fiber.met = 0
            if used <= SHORT_NS:
                fiber.quick += 1
                if fiber.program.debt:
                    fiber.program.debt = max(0, fiber.program.debt - spent)
            else:
                fiber.quick = 0
            if spent > LONG_NS and index == len(self._threads) and not first:
                fiber.program.debt += spent * DEBT
            if first:
                fiber.program.observe_first_slice(fiber.cpu_ns, spent=outcome == SPENT)
            if outcome == ENDED:
                return self._finish(fiber)
            if fiber.watched and (over := self._memory.cover(fiber)) is not None:
                fiber.reason = over
                return self._finish(fiber)
            cpu = fiber.limits.cpu
            if cpu is not None and fiber.cpu_ns > cpu * 1e9:
                fiber.reason = Limit("cpu", fiber.cpu_ns / 1e9, cpu)
                return self._finish(fiber)
            with self._lock:
                if _told_to_end(fiber) is not None or fiber.suspended:
                    continue
                if outcome == BLOCKED:
                    if fiber.woken:
                        fiber.woken = False
                        continue
                    fiber.state = "waiting"
                    return None
                self._queue(fiber, self._spent)
                return None

    def _finish(self, fiber: Fiber) -> ExitReason:
        self.clock.forget(fiber)
        reason = _told_to_end(fiber) or fiber.reason
        assert reason is not None
        final = fiber.close(reason)
        with self._lock:
            fiber.state = "ended"
        return final

    def _tell(self, fiber: Fiber, reason: ExitReason) -> None:
        self._ended.append((fiber, reason))
        with self._lock:
            if self._telling:
                return
            self._telling = True
        try:
            self._loop.call_soon_threadsafe(self._tell_all)
        except RuntimeError:
            self.abandon()  # the event loop was closed before its node: there is nobody to be told

    def _tell_all(self) -> None:
        with self.shield:
            with self._lock:
                self._telling = False
            # what ends while these are told is told in the next turn: other tasks of the loop get theirs
            for _ in range(len(self._ended)):
                fiber, reason = self._ended.popleft()
                self._on_end(fiber, reason)

    def close(self) -> None:
        """Stop the threads; every fiber must have ended before."""
        self.abandon()
        for thread in self._threads:
            thread.join()
        self.clock.join()

    def abandon(self) -> None:
        """Tell the threads to stop, and wait for none.

        Whoever closes was interrupted himself, or the program ends without having closed (test:
        `test_leaving_without_closing_ends_the_program`).
        """
        self._abandoned = True
        for _ in self._threads:
            self._tokens.put(False)
        self.clock.stop()
        self.shield.lower()


_OPEN: Final[weakref.WeakSet[Scheduler]] = weakref.WeakSet()


def _abandon_all() -> None:
    for scheduler in list(_OPEN):
        scheduler.abandon()


# a program that ends without closing its nodes is not to wait for their threads for ever; Python's own pools
# of threads use the same hook
if (_register := getattr(threading, "_register_atexit", None)) is not None:
    _register(_abandon_all)


def _raise(error: BaseException) -> None:
    raise error


def _abandoned(scheduler: Scheduler) -> bool:
    """As `_told_to_end`."""
    return scheduler._abandoned  # noqa: SLF001 - of this file


def _told_to_end(fiber: Fiber) -> ExitReason | None:
    """The note that another thread may leave at any time."""
    return fiber.ending


def _suspended(fiber: Fiber) -> bool:
    """As `_told_to_end`."""
    return fiber.suspended
