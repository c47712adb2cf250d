"""The nodes that are gone: remembered so that old news does not revive them, and to be called now and then.

Rules that hold here:

1. At most `most` are remembered; the one that was buried first is forgotten first
   (`tests/cluster/test_gossip.py::test_bounded_table_and_tombs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wetware.cluster.identity import PeerId
    from wetware.cluster.messages import Obituary

__all__ = ["Tomb", "Tombs"]


@dataclass(frozen=True, slots=True)
class Tomb:
    """A node that is gone.

    Attributes:
        version: of its last heartbeat known.
        since: when it was found gone.
        obituary: the proof for others; None where there is none.
    """

    version: tuple[int, int]
    since: float
    obituary: Obituary | None


class Tombs:
    """The tombs, in the order in which they were dug."""

    __slots__ = ("_tombs", "most")

    def __init__(self, most: int) -> None:
        self.most = most
        self._tombs: dict[PeerId, Tomb] = {}

    def __len__(self) -> int:
        return len(self._tombs)

    def __iter__(self) -> Iterator[PeerId]:
        return iter(self._tombs)

    def get(self, peer: PeerId) -> Tomb | None:
        """A node's tomb."""
        return self._tombs.get(peer)

    def obituary(self, peer: PeerId) -> Obituary | None:
        """A node's obituary, where it has one."""
        tomb = self._tombs.get(peer)
        return None if tomb is None else tomb.obituary

    def bury(self, peer: PeerId, version: tuple[int, int], now: float, obituary: Obituary | None) -> None:
        """Dig a tomb, in place of an older one."""
        self._tombs.pop(peer, None)
        self._tombs[peer] = Tomb(version, now, obituary)
        while len(self._tombs) > self.most:
            del self._tombs[next(iter(self._tombs))]

    def discard(self, peer: PeerId) -> None:
        """The node is back."""
        self._tombs.pop(peer, None)

    def forget(self, before: float) -> None:
        """Forget those that are gone since before some time."""
        self._tombs = {peer: tomb for peer, tomb in self._tombs.items() if tomb.since >= before}
