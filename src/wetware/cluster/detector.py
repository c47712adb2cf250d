"""The failure detector: silence becomes suspicion, and suspicion death, unless something is heard.

    alive -- silent for suspect_after --> suspect -- silent for dead_after --> dead (watched no more)
      ^------------ heard ------------------'

Rules that hold here:

1. No clock: time is passed in, and is the time in which this node was able to listen (`lateness.py`).
2. Suspicion changes nothing for others; it is the time to ask around. Death is said once, and only after
   suspicion (test_silence).
3. Hearing of something that was said long ago moves the moment to when it was said, never back
   (test_late_news).
4. A node that says that it runs late is given time in proportion (test_one_that_runs_late).

The named tests are in `tests/cluster/test_detector.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wetware.errors import LocalError

if TYPE_CHECKING:
    from wetware.cluster.identity import PeerId

__all__ = ["Detector", "Findings"]


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
    """Watches a few nodes.

    Args:
        suspect_after: seconds of silence that make a suspect of a node that runs in time.
        dead_after: seconds that make it dead.
    """

    __slots__ = ("_heard", "_patience", "_suspects", "dead_after", "suspect_after")

    def __init__(self, suspect_after: float, dead_after: float) -> None:
        if not 0 < suspect_after < dead_after:
            raise LocalError("a node is suspected after some silence, and dead after a longer one")
        self.suspect_after = suspect_after
        self.dead_after = dead_after
        self._heard: dict[PeerId, float] = {}
        self._patience: dict[PeerId, int] = {}  # of those that run late: how many times the usual silence
        self._suspects: set[PeerId] = set()

    @property
    def watched(self) -> frozenset[PeerId]:
        """The nodes that are watched."""
        return frozenset(self._heard)

    @property
    def suspects(self) -> frozenset[PeerId]:
        """Those of them that are suspected."""
        return frozenset(self._suspects)

    @property
    def patience(self) -> int:
        """How many times the usual silence is given to the latest of the watched nodes."""
        return max(self._patience.values(), default=1)

    def watch(self, peer: PeerId, now: float, lag: int = 0) -> None:
        """Begin to watch a node; it counts as heard now. One that is watched already stays as it is."""
        if peer not in self._heard:
            self._heard[peer] = now
            self._is_late(peer, lag)

    def _is_late(self, peer: PeerId, lag: int) -> None:
        if lag:
            self._patience[peer] = 1 + lag
        else:
            self._patience.pop(peer, None)

    def unwatch(self, peer: PeerId) -> None:
        """Watch a node no more."""
        self._heard.pop(peer, None)
        self._patience.pop(peer, None)
        self._suspects.discard(peer)

    def heard(self, peer: PeerId, at: float, now: float, lag: int = 0) -> bool:
        """A node has said something new at some time; whether that ends a suspicion.

        Args:
            peer: the node.
            at: when it said so.
            now: the time.
            lag: how late it runs, by its own word.
        """
        last = self._heard.get(peer)
        if last is None:
            return False
        self._is_late(peer, lag)
        if at <= last:
            return False
        self._heard[peer] = at
        if peer in self._suspects and now - at < self.suspect_after * (1 + lag):
            self._suspects.discard(peer)
            return True
        return False

    def suspect(self, peer: PeerId, now: float) -> bool:
        """Something speaks against a watched node, such as a lost connection; whether it is a new suspect."""
        last = self._heard.get(peer)
        if last is None or peer in self._suspects:
            return False
        self._heard[peer] = min(last, now - self.suspect_after * self._patience.get(peer, 1))
        self._suspects.add(peer)
        return True

    def advance(self, now: float) -> Findings:
        """Let time pass."""
        suspected, dead = [], []
        for peer, last in self._heard.items():
            silence = now - last
            if silence >= self.suspect_after:  # most are heard in time
                silence /= self._patience.get(peer, 1)
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
