"""A busy event loop lets the runner threads in.

Python takes its lock from a thread that keeps it for 5 ms on end. An event loop with many short turns gives
it up and takes it back within microseconds, again and again, and who waits for it is woken too late each
time: on CPython 3.11 a runner waits for as long as the loop is busy.

Rules that hold here:

1. While a runner has something to do, and the loop has worked without a rest since the last look, the loop
   rests for `REST`: a twentieth of its time at most (test: `test_courtesy.py`).
2. An idle loop is looked at a hundred times a second, and only while runners have something to do.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable

__all__ = ["Courtesy"]

REST: Final = 0.000_05
"""Seconds: as long as a thread takes to wake up and take the lock."""
BUSY_LOOK: Final = 0.001
IDLE_LOOK: Final = 0.01
_BUSY: Final = 0.8
"""The share of the time from which a loop counts as one that does not rest."""


class Courtesy:
    """Watches one event loop, on its own thread.

    Args:
        loop: the event loop.
        wanted: whether some other thread has something to do.
        now: wall-clock nanoseconds, monotonic.
        worked: nanoseconds that this thread has worked.
        rest: lets other threads run for some seconds.
    """

    __slots__ = ("_looked", "_loop", "_now", "_rest", "_wanted", "_watching", "_worked", "_worked_then")

    def __init__(
        self,
        loop: AbstractEventLoop,
        wanted: Callable[[], bool],
        *,
        now: Callable[[], int] = time.monotonic_ns,
        worked: Callable[[], int] = time.thread_time_ns,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        self._loop = loop
        self._wanted = wanted
        self._now = now
        self._worked = worked
        self._rest = rest
        self._watching = False
        self._looked = self._worked_then = 0

    def begin(self) -> None:
        """A runner has something to do: watch until none has."""
        if not self._watching:
            self._watching = True
            self._look_again(BUSY_LOOK)

    def _look_again(self, seconds: float) -> None:
        self._looked, self._worked_then = self._now(), self._worked()
        self._loop.call_later(seconds, self.look)

    def look(self) -> None:
        """See whether the loop has had a rest, and give it one if not."""
        if not self._wanted():
            self._watching = False
            return
        busy = self._worked() - self._worked_then >= _BUSY * (self._now() - self._looked)
        if busy:
            self._rest(REST)
        self._look_again(BUSY_LOOK if busy else IDLE_LOOK)
