"""The ring: the nodes in the order of their peer ids, the last followed by the first.

Rules that hold here:

1. Who follows whom depends on the members alone, so nodes that know the same members agree on who watches
   whom (`tests/cluster/test_ring.py`).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from wetware.cluster.identity import PeerId

__all__ = ["Ring"]


class Ring:
    """The members, this node among them.

    Attributes:
        me: this node.
        peers: all members, sorted.
    """

    __slots__ = ("me", "peers")

    def __init__(self, me: PeerId) -> None:
        self.me = me
        self.peers = [me]

    def __len__(self) -> int:
        return len(self.peers)

    def add(self, peer: PeerId) -> None:
        """Add a member that is not in it."""
        insort(self.peers, peer)

    def discard(self, peer: PeerId) -> None:
        """Take a member out, if it is in."""
        at = bisect_left(self.peers, peer)
        if at < len(self.peers) and self.peers[at] == peer:
            del self.peers[at]

    def others(self) -> list[PeerId]:
        """All but this node."""
        return [peer for peer in self.peers if peer != self.me]

    def after(self, count: int) -> list[PeerId]:
        """The members that follow this node, nearest first."""
        return self._neighbours(count, 1)

    def before(self, count: int) -> list[PeerId]:
        """The members that this node follows, nearest first."""
        return self._neighbours(count, -1)

    def _neighbours(self, count: int, step: int) -> list[PeerId]:
        at, size = bisect_left(self.peers, self.me), len(self.peers)
        return [self.peers[(at + step * (i + 1)) % size] for i in range(min(count, size - 1))]

    def within(self, peer: PeerId, reach: int, other: PeerId) -> bool:
        """Whether `other` is one of the `reach` members that follow `peer`, itself a member or not."""
        size = len(self.peers)
        at = bisect_left(self.peers, peer)
        skip = int(at < size and self.peers[at] == peer)
        return any(self.peers[(at + i) % size] == other for i in range(skip, min(reach + skip, size)))

    def some(self, random: Random, count: int, without: PeerId | None = None) -> list[PeerId]:
        """Up to `count` other members by chance."""
        chosen = random.sample(self.peers, min(count + 2, len(self.peers)))
        return [peer for peer in chosen if peer not in (self.me, without)][:count]
