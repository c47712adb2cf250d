"""How the membership core is set: times, numbers of nodes, and the voice that signs for its node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from wetware.errors import LocalError

if TYPE_CHECKING:
    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import PeerId
    from wetware.cluster.messages import Obituary

__all__ = ["MAX_TTL", "Settings", "Voice"]

MAX_TTL: Final = 600.0
"""Seconds; the longest time to live of a heartbeat."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Times in seconds, and how many nodes are told.

    Attributes:
        tick: between two calls of `Gossip.advance`, at most.
        interval: between heartbeats to the observers.
        suspect_after: silence that makes a suspect.
        dead_after: silence that makes a dead node; the obituary then takes some ticks to spread.
        observers: nodes that watch a node.
        fanout: nodes that a rumour is passed on to.
        helpers: nodes that are asked about a suspect.
        sync: between comparisons with some node.
        ttl: time to live of a heartbeat in a small cluster.
        ttl_per_node: what a node adds in a large one, so that the cost per node stays the same.
        tomb: how long a dead node is remembered, and called now and then.
    """

    tick: float = 0.2
    interval: float = 1.0
    suspect_after: float = 2.5
    dead_after: float = 4.0
    observers: int = 8
    fanout: int = 4
    helpers: int = 3
    sync: float = 5.0
    ttl: float = 20.0
    ttl_per_node: float = 0.06
    tomb: float = 600.0

    def __post_init__(self) -> None:
        if not 0 < self.interval <= self.ttl / 3:
            raise LocalError("the heartbeat interval is at most a third of the time to live, or nodes flap")
        if not 0 < self.tick <= self.interval / 4:
            raise LocalError("a node looks at the clock at least four times in a heartbeat interval")
        if self.suspect_after < 2 * self.interval:
            raise LocalError(
                "one lost heartbeat is no ground for suspicion: suspect after two intervals or more"
            )


class Voice(Protocol):
    """Signs what this node says."""

    def beat(self, epoch: int, seq: int, ttl: int, lag: int) -> Heartbeat:
        """A heartbeat of this node, which runs late by `lag`, to live for `ttl` milliseconds."""

    def obituary(self, peer: PeerId, epoch: int, seq: int) -> Obituary:
        """An obituary by this node."""
