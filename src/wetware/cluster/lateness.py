"""How late this node runs: the time that it judges others by, and what it says of its own lateness.

Rules that hold here:

1. No clock: time is passed in. `Clock` makes, of the machine's time, the time in which this node was able to
   listen: a stall of its own, or a jump of the clock, passes as one short step. So a node that was frozen
   does not take everybody else for dead, and what waited in its sockets is heard first
   (test_a_stall_of_ones_own_is_no_silence).
2. A node that runs late lets time pass more slowly, in proportion, and where messages wait unread as if it
   were as late as can be: nobody is judged by what was not read yet, and whoever floods a node slows its
   judgement down and does not end it (test_slow_time).
3. One stall is no habit. A node that is late again and again says so, in proportion, and is given time in
   proportion; `MOST_LAG` bounds what it can claim (test_lag_is_a_habit, test_lag_passes).

The named tests are in `tests/cluster/test_lateness.py`. Source: Dadgar, Phillips, Currey: Lifeguard: local
health awareness for more accurate failure detection (2018), for judging by one's own health; here a node
tells its own to those that judge it, too.
"""

from __future__ import annotations

from collections import deque
from math import ceil, inf
from typing import Final

__all__ = ["MOST_LAG", "Clock", "Lateness"]

MAX_STEP: Final = 0.5
"""Seconds between two readings that count in full."""
MOST_LAG: Final = 7
"""The largest lag: eight times the usual patience."""
NOTICED: Final = 0.25
"""Lateness that counts, in intervals between heartbeats."""
PER_LAG: Final = 0.75
"""Lateness for which a node asks for once more the usual patience, in intervals."""
HABIT: Final = 15
"""For how many intervals of regular work a late moment is remembered."""
REMEMBERED: Final = 64


class Clock:
    """Of time as the machine has it, the part in which this node was running.

    Attributes:
        stalled: whether the latest reading came after a stall, or a jump forward.
        lag: time passes 1 + lag times more slowly than on the machine.
    """

    __slots__ = ("_last", "_lost", "lag", "max_step", "stalled")

    def __init__(self, max_step: float = MAX_STEP) -> None:
        self.max_step = max_step
        self.stalled = False
        self.lag = 0
        self._last: float | None = None
        self._lost = 0.0

    def read(self, now: float) -> float:
        """The node's own time at a time of the machine: never runs back, never jumps by more than a step."""
        if self._last is None:
            self._last = now
        step = now - self._last
        self._last = now
        self.stalled = step > self.max_step
        counted = min(max(step, 0.0), self.max_step)
        self._lost += step - counted / (1 + self.lag)
        return now - self._lost


class Lateness:
    """Watches how late a node's regular work is done.

    Args:
        usual: seconds between two times of the regular work.
        interval: seconds between two heartbeats.

    Attributes:
        lag: how much patience the node asks for, beside the usual one: 0 is a node in time.
    """

    __slots__ = ("_interval", "_late", "_time", "_usual", "_worked", "lag")

    def __init__(self, usual: float, interval: float) -> None:
        self.lag = 0
        self._interval = interval
        self._usual = usual
        self._time = Clock(inf)
        self._worked = 0.0
        self._late: deque[tuple[float, float]] = deque(maxlen=REMEMBERED)  # after how much work, and how late

    def read(self, now: float) -> float:
        """The machine's time without its jumps back: heartbeats and times to live go by it."""
        return self._time.read(now)

    def worked(self, gap: float) -> None:
        """The regular work was done, so many seconds after the last time; `usual` ones if all is well."""
        # a node whose moments are minutes apart is late by habit, too
        self._worked += min(gap, self._usual)
        late = (gap - self._usual) / self._interval
        if late >= NOTICED:
            self._late.append((self._worked, late))
        elif not self._late:
            return
        while self._late and self._late[0][0] <= self._worked - HABIT * self._interval:
            self._late.popleft()
        # the second longest: one stall may be a debugger, a machine that slept, a clock that jumped
        longest = sorted((late for _, late in self._late), reverse=True)
        self.lag = min(ceil(longest[1] / PER_LAG), MOST_LAG) if len(longest) > 1 else 0
