"""The failure detector: silence becomes suspicion, and suspicion death, unless something is heard.

    alive -- silent for suspect_after --> suspect -- silent for dead_after --> dead (watched no more)
      ^------------ heard ------------------'

Rules that hold here:

1. No clock: time is passed in. `Clock` makes, of the machine's time, the time in which this node was able to
   listen: a stall of its own, or a jump of the clock, passes as one short step. So a node that was frozen
   does not take everybody else for dead, and what waited in its sockets is heard first
   (test_a_stall_of_ones_own_is_no_silence).
2. Suspicion changes nothing for others; it is the time to ask around. Death is said once, and only after
   suspicion (test_silence).
3. Hearing of something that was said long ago moves the moment to when it was said, never back
   (test_late_news).

The named tests are in `tests/cluster/test_detector.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wetware.errors import LocalError

if TYPE_CHECKING:
    from wetware.cluster.identity import PeerId

__all__ = ["Clock", "Detector", "Findings"]

MAX_STEP: Final = 0.5
"""Seconds between two readings that count in full."""


class Clock:
    """Of time as the machine has it, the part in which this node was running.

    Attributes:
        stalled: whether the latest reading came after a stall, or a jump forward.
    """

    __slots__ = ("_last", "_lost", "max_step", "stalled")

    def __init__(self, max_step: float = MAX_STEP) -> None:
        self.max_step = max_step
        self.stalled = False
        self._last: float | None = None
        self._lost = 0.0

    def read(self, now: float) -> float:
        """The node's own time at a time of the machine: never runs back, never jumps by more than a step."""
        if self._last is None:
            self._last = now
        step = now - self._last
        self._last = now
        self.stalled = step > self.max_step
        self._lost += step - min(max(step, 0.0), self.max_step)
        return now - self._lost


@dataclass(frozen=True, slots=True)
class Findings:
    """What a moment brought.

    Attributes:
        suspected: watched nodes that have just fallen silent.
        dead: suspects that stayed silent; they are watched no more.
    """

    suspected: tuple[PeerId, ...] = ()
    dead: tuple[PeerId, ...] = ()


class Detector:
    """Watches a few nodes."""

    __slots__ = ("_heard", "_suspects", "dead_after", "suspect_after")

    def __init__(self, suspect_after: float, dead_after: float) -> None:
        if not 0 < suspect_after < dead_after:
            raise LocalError("a node is suspected after some silence, and dead after a longer one")
        self.suspect_after = suspect_after
        self.dead_after = dead_after
        self._heard: dict[PeerId, float] = {}
        self._suspects: set[PeerId] = set()

    @property
    def watched(self) -> frozenset[PeerId]:
        """The nodes that are watched."""
        return frozenset(self._heard)

    @property
    def suspects(self) -> frozenset[PeerId]:
        """Those of them that are suspected."""
        return frozenset(self._suspects)

    def watch(self, peer: PeerId, now: float) -> None:
        """Begin to watch a node; it counts as heard now. One that is watched already stays as it is."""
        self._heard.setdefault(peer, now)

    def unwatch(self, peer: PeerId) -> None:
        """Watch a node no more."""
        self._heard.pop(peer, None)
        self._suspects.discard(peer)

    def heard(self, peer: PeerId, at: float, now: float) -> bool:
        """A node has said something new at some time; whether that ends a suspicion."""
        last = self._heard.get(peer)
        if last is None or at <= last:
            return False
        self._heard[peer] = at
        if peer in self._suspects and now - at < self.suspect_after:
            self._suspects.discard(peer)
            return True
        return False

    def suspect(self, peer: PeerId, now: float) -> bool:
        """Something speaks against a watched node, such as a lost connection; whether it is a new suspect."""
        last = self._heard.get(peer)
        if last is None or peer in self._suspects:
            return False
        self._heard[peer] = min(last, now - self.suspect_after)
        self._suspects.add(peer)
        return True

    def advance(self, now: float) -> Findings:
        """Let time pass."""
        suspected, dead = [], []
        for peer, last in self._heard.items():
            silence = now - last
            if silence < self.suspect_after:
                continue
            if peer not in self._suspects:
                suspected.append(peer)
            elif silence >= self.dead_after:
                dead.append(peer)
        self._suspects.update(suspected)
        for peer in dead:
            self.unwatch(peer)
        return Findings(tuple(suspected), tuple(dead))
