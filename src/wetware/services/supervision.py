"""Supervision: which children to start, to stop and to start again. No I/O.

    core = Supervision(children, strategy="one-for-one", intensity=3, period=5.0)
    do = core.begin(now)
    do = core.started(name, now)
    do = core.ended(name, now, normal=..., why=...)   # also where it could not be started
    do = core.advance(now)                            # at `core.wakes_at`
    do = core.stop(now)

Strategies, as Erlang/OTP has them: of children that stand in the order a, b, c, the end of b starts again

=================  =======================================
`one-for-one`      b
`one-for-all`      a, b, c, after a and c were stopped
`rest-for-one`     b, c, after c was stopped
=================  =======================================

Rules that hold here:

1. Children are started one after the other in their order, each when the one before it runs; and stopped one
   after the other in the opposite order (start-and-stop). Where each is for itself (`one-for-one`), one that
   is slow to start again keeps no other waiting (one-for-one).
2. A `permanent` child is started again after every end, a `transient` one after an abnormal end, a
   `temporary` one never. One that is not started again has no effect on the others (kinds).
3. Nothing is started while something is being stopped: no two instances of a child ever run (one-for-all).
4. After more than `intensity` ends within `period` seconds everything is stopped: what fails again and again
   is somebody else's to mend (gives-up). What was stopped on purpose does not count.
5. A child that fails again and again is started later and later; one that ran for `steady` seconds is as if
   it had never failed (backs-off).
6. Every `Start` is followed by one `started` or one `ended`, every `started` by one `ended`. A `Stop` may
   come while a child starts; then it ends when it would have started.
7. It ends once, with `Finished` or `GaveUp`, when nothing runs any more.

The names in brackets are transcripts in `tests/services/transcripts/`. Source:
https://www.erlang.org/doc/system/sup_princ.html.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from wetware.errors import InternalError, LocalError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Backoff",
    "Finished",
    "GaveUp",
    "Instruction",
    "Restart",
    "Start",
    "Stop",
    "Strategy",
    "Supervision",
]

Strategy = Literal["one-for-one", "one-for-all", "rest-for-one"]
Restart = Literal["permanent", "transient", "temporary"]


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait before a child is started again.

    The first time not at all, then `first` seconds, then twice as long each time, up to `most`.

    Attributes:
        first: seconds.
        most: seconds.
        steady: seconds after which a child that runs counts as one that never failed.
    """

    first: float = 0.1
    most: float = 10.0
    steady: float = 10.0

    def __post_init__(self) -> None:
        if not (0 <= self.first <= self.most and self.steady >= 0):
            raise LocalError("a back-off has 0 <= first <= most, and steady >= 0, in seconds")

    def delay(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row."""
        if failures <= 1:
            return 0.0
        return float(min(self.most, self.first * 2 ** min(failures - 2, 60)))


@dataclass(frozen=True, slots=True)
class Start:
    """Start a child."""

    name: str


@dataclass(frozen=True, slots=True)
class Stop:
    """End a child, whether it runs or is being started."""

    name: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing runs, and nothing is to be started any more."""


@dataclass(frozen=True, slots=True)
class GaveUp:
    """As `Finished`, since children ended too often.

    Attributes:
        why: which one ended last, and how often children had.
    """

    why: str


Instruction = Start | Stop | Finished | GaveUp

_DOWN: Final = "down"
_STARTING: Final = "starting"
_UP: Final = "up"
_STOPPING: Final = "stopping"


class _Child:
    __slots__ = ("begun", "failures", "name", "not_before", "restart", "since", "state", "wanted")

    def __init__(self, name: str, restart: Restart) -> None:
        self.name = name
        self.restart = restart
        self.state = _DOWN
        self.wanted = True  # whether it is to run
        self.begun = False  # whether its first start has come to something
        self.since = 0.0
        self.failures = 0
        self.not_before = 0.0


class Supervision:
    """Decides for one supervisor.

    Args:
        children: name -> when it is started again, in the order of starting.
        strategy: who else is started again.
        intensity: ends within `period` that are borne.
        period: seconds.
        backoff: how long to wait.
    """

    def __init__(
        self,
        children: Mapping[str, Restart],
        *,
        strategy: Strategy = "one-for-one",
        intensity: int = 3,
        period: float = 5.0,
        backoff: Backoff | None = None,
    ) -> None:
        if strategy not in get_args(Strategy):
            raise LocalError(f"no strategy {strategy!r}: there are {', '.join(get_args(Strategy))}")
        for name, restart in children.items():
            if restart not in get_args(Restart):
                raise LocalError(f"child {name!r} is {restart!r}: there are {', '.join(get_args(Restart))}")
        if intensity < 0 or period <= 0:
            raise LocalError("an intensity is a number of ends, 0 or more, within a period of some seconds")
        self._children = [_Child(name, restart) for name, restart in children.items()]
        self._by_name = {child.name: child for child in self._children}
        self._strategy = strategy
        self._intensity = intensity
        self._period = period
        self._backoff = backoff or Backoff()
        self._ends: deque[float] = deque()
        self._to_stop: list[_Child] = []
        self._gave_up = ""
        self._closing = self._over = False

    @property
    def wakes_at(self) -> float | None:
        """When `advance` is to be called; None for never."""
        if self._over or self._to_stop or any(child.state == _STOPPING for child in self._children):
            return None
        return min((child.not_before for child in self._ready()), default=None)

    # --- what happens ---
    def begin(self, now: float) -> list[Instruction]:
        """Start the first child."""
        return self._step(now)

    def advance(self, now: float) -> list[Instruction]:
        """Let time pass."""
        return self._step(now)

    def started(self, name: str, now: float) -> list[Instruction]:
        """A child runs."""
        child = self._by_name[name]
        if child.state == _STARTING:
            child.state = _UP
            child.since = now
            child.begun = True
        elif child.state != _STOPPING:
            raise InternalError(f"child {name!r} has started and is {child.state}")
        return self._step(now)

    def ended(self, name: str, now: float, *, normal: bool, why: str) -> list[Instruction]:
        """A child has ended, or could not be started.

        Args:
            name: the child.
            now: the time.
            normal: whether it did what it was for.
            why: how it ended, in words.
        """
        child = self._by_name[name]
        if child.state == _DOWN:
            raise InternalError(f"child {name!r} has ended twice")
        asked, was_up = child.state == _STOPPING, child.state == _UP
        child.state = _DOWN
        child.begun = True
        if asked or self._closing:
            pass
        elif child.restart == "temporary" or (child.restart == "transient" and normal):
            child.wanted = False
        elif child not in self._to_stop:  # else it only came before its turn
            self._again(child, now, steady=was_up and now - child.since >= self._backoff.steady, why=why)
        if child in self._to_stop:
            self._to_stop.remove(child)
        return self._step(now)

    def stop(self, now: float) -> list[Instruction]:
        """Stop everything."""
        self._close()
        return self._step(now)

    # --- decisions ---
    def _again(self, child: _Child, now: float, *, steady: bool, why: str) -> None:
        ends = self._ends
        ends.append(now)
        while ends[0] < now - self._period:
            ends.popleft()
        if len(ends) > self._intensity:
            self._gave_up = (
                f"{child.name} {why}, and that is end {len(ends)} within {self._period:g} s "
                f"where {self._intensity} are borne"
            )
            self._close()
            return
        child.failures = 1 if steady else child.failures + 1
        child.not_before = now + self._backoff.delay(child.failures)
        if self._strategy == "one-for-one":
            return
        at = self._children.index(child)
        others = self._children if self._strategy == "one-for-all" else self._children[at:]
        for other in others:
            if other.restart == "temporary" and other.state != _DOWN:
                other.wanted = False
            if other.state in (_UP, _STARTING) and other not in self._to_stop:
                self._to_stop.append(other)

    def _close(self) -> None:
        self._closing = True
        for child in self._children:
            child.wanted = False
        self._to_stop = [child for child in self._children if child.state in (_UP, _STARTING)]

    def _ready(self) -> list[_Child]:
        """Those that are to be started next, each at its time; of a strategy of several, one."""
        waiting = [child for child in self._children if child.wanted and child.state == _DOWN]
        if self._strategy == "one-for-one":
            begun = [child.begun for child in self._children]
            return [child for child in waiting if all(begun[: self._children.index(child)])]
        if not waiting or any(child.state == _STARTING for child in self._children):
            return []
        # the others were stopped for the sake of one, and wait for it
        waiting[0].not_before = max(child.not_before for child in waiting)
        return waiting[:1]

    def _step(self, now: float) -> list[Instruction]:
        """What is to be done next."""
        if self._over or any(child.state == _STOPPING for child in self._children):
            return []
        if self._to_stop:
            last = max(self._to_stop, key=self._children.index)
            self._to_stop.remove(last)
            last.state = _STOPPING
            return [Stop(last.name)]
        due = [child for child in self._ready() if child.not_before <= now]
        for child in due:
            child.state = _STARTING
        if due:
            return [Start(child.name) for child in due]
        if all(child.state == _DOWN and not child.wanted for child in self._children):
            self._over = True
            return [GaveUp(self._gave_up)] if self._gave_up else [Finished()]
        return []
