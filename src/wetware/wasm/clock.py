"""The engine's own thread for time: it ends slices, wakes sleepers, and expires deadlines.

Rules that hold here:

1. While some thread polls a fiber, the epoch advances every `TICK`; when none has for a while, the thread
   rests.
2. A sleeping fiber has at most one live entry in the heap, a deadline one more; each entry is told from an
   older one for the same time by its number. What is no longer wanted is left behind, counted, and swept once
   it outweighs the rest, so that no pattern of sleeps can make the heap grow (test:
   `test_heap_stays_small`).
3. The thread runs no guest code and holds its lock while it calls nothing else.
4. Times come from guests and may be centuries away: the thread never waits longer than `LONGEST_WAIT` at
   once, since the operating system refuses what it cannot count (test: `test_longest_sleep`).
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["Clock"]

TICK: Final = 0.005
"""Seconds: how long a fiber computes before another one of its thread gets a turn."""
PATIENCE: Final = 20
"""How many idle ticks pass before the thread rests."""
LONGEST_WAIT: Final = 3600.0
"""Seconds after which the thread looks again, whatever it waits for."""

_WAKE: Final = 0
_EXPIRE: Final = 1


_Entry = tuple[int, int, int, "Fiber"]  # when (ns), its number, its kind, whom it is for


class Clock:
    """The thread and its heap.

    Args:
        running: whether some thread is polling a fiber.
        tick: ends the current slices.
        wake: makes a sleeping fiber runnable.
        expire: ends a fiber whose deadline has passed.
    """

    def __init__(
        self,
        running: Callable[[], bool],
        tick: Callable[[], None],
        wake: Callable[[Fiber], None],
        expire: Callable[[Fiber], None],
    ) -> None:
        self._running = running
        self._tick = tick
        self._actions = (wake, expire)
        self._condition = threading.Condition(threading.Lock())
        self._heap: list[_Entry] = []
        self._garbage = 0
        self._numbers = count()
        self._closing = False
        self.resting = False
        self._thread = threading.Thread(target=self._run, name="ww-clock")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end."""
        with self._condition:
            self._closing = True
            self._condition.notify()

    def join(self) -> None:
        """Wait until it has."""
        self._thread.join()

    def rouse(self) -> None:
        """Some thread has begun to poll while the clock was resting."""
        with self._condition:
            self._condition.notify()

    def wake_at(self, fiber: Fiber, deadline: int) -> None:
        """Wake a fiber at a time of `time.monotonic_ns`, or somewhat earlier.

        It looks again, and sleeps on.
        """
        with self._condition:
            fiber.wanted = deadline
            if fiber.armed is not None:
                if fiber.armed[0] <= deadline:
                    return
                self._garbage += 1
            self._push(deadline, _WAKE, fiber)

    def expire_at(self, fiber: Fiber, deadline: int) -> None:
        """End a fiber at a time of `time.monotonic_ns`."""
        with self._condition:
            self._push(deadline, _EXPIRE, fiber)

    def forget(self, fiber: Fiber) -> None:
        """A fiber has ended: what it left in the heap is garbage."""
        if fiber.armed is None and fiber.expires is None:
            return
        with self._condition:
            self._garbage += (fiber.armed is not None) + (fiber.expires is not None)
            fiber.armed = fiber.expires = None
            if self._garbage > 64 + len(self._heap) // 2:
                self._sweep()

    def _push(self, deadline: int, kind: int, fiber: Fiber) -> None:
        if self._garbage > 64 + len(self._heap) // 2:
            self._sweep()
        entry = deadline, next(self._numbers)
        if kind == _WAKE:
            fiber.armed = entry
        else:
            fiber.expires = entry
        heapq.heappush(self._heap, (*entry, kind, fiber))
        if self._heap[0][3] is fiber:
            self._condition.notify()

    @staticmethod
    def _live(entry: _Entry) -> bool:
        deadline, number, kind, fiber = entry
        return (deadline, number) == (fiber.armed if kind == _WAKE else fiber.expires)

    def _sweep(self) -> None:
        self._heap = [entry for entry in self._heap if self._live(entry)]
        heapq.heapify(self._heap)
        self._garbage = 0

    def _due(self) -> list[tuple[int, Fiber]]:
        now = time.monotonic_ns()
        due = []
        while self._heap and self._heap[0][0] <= now:
            entry = heapq.heappop(self._heap)
            _, _, kind, fiber = entry
            if not self._live(entry):
                self._garbage = max(0, self._garbage - 1)
            elif kind == _EXPIRE:
                fiber.expires = None
                due.append((kind, fiber))
            elif fiber.wanted > now:  # it went on to a later sleep
                self._push(fiber.wanted, _WAKE, fiber)
            else:
                fiber.armed = None
                due.append((kind, fiber))
        return due

    def _run(self) -> None:
        idle = 0
        next_tick = time.monotonic() + TICK
        while True:
            with self._condition:
                due = self._due()
                if self._closing and not self._running():  # whoever computes has to be stopped first
                    return
                if not due:
                    now = time.monotonic()
                    self.resting = idle >= PATIENCE
                    if self.resting and self._running():
                        self.resting = False
                        idle = 0
                    wait = None if self.resting else max(0.0, next_tick - now)
                    if self._heap:
                        until_timer = max(0.0, self._heap[0][0] / 1e9 - now)
                        wait = until_timer if wait is None else min(wait, until_timer)
                        wait = min(wait, LONGEST_WAIT)
                    self._condition.wait(wait)
                    if self.resting:
                        self.resting = False
                        if self._running():
                            idle = 0
                            next_tick = time.monotonic() + TICK
                    due = self._due()
            for kind, fiber in due:
                self._actions[kind](fiber)
            now = time.monotonic()
            if now >= next_tick:
                next_tick = now + TICK
                if self._running():
                    idle = 0
                    self._tick()
                else:
                    idle += 1
