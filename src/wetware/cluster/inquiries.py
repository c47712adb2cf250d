"""Inquiries: which suspects are asked about next, and for whom this node asks on.

Rules that hold here:

1. A suspect is asked about again and again, while it is one (test_suspects_are_asked_again).
2. Who has asked this node about another one, and got no answer, is told when there is one, once
   (test_who_waits_is_told_once).
3. Those who wait are bounded in all and for each node asked about, and wait for a limited time
   (test_what_waits_is_bounded).

The named tests are in `tests/cluster/test_inquiries.py`. Source: Das, Gupta, Motivala: SWIM (2002).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from wetware.cluster.identity import PeerId

__all__ = ["MAX_ASKED_FOR", "Inquiries"]

MAX_ASKED_FOR: Final = 256
"""Nodes that this one asks about on behalf of others at one time."""


class Inquiries:
    """The inquiries of one node.

    Args:
        most_waiting: how many may wait for news of one node.
    """

    __slots__ = ("_due", "_waiting", "most_waiting")

    def __init__(self, most_waiting: int) -> None:
        self.most_waiting = most_waiting
        self._due: dict[PeerId, float] = {}
        self._waiting: dict[PeerId, dict[PeerId, float]] = {}  # subject -> who waits, until when

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def asked(self, suspect: PeerId, again: float) -> None:
        """A suspect was asked about; it is to be asked about again at that time."""
        self._due[suspect] = again

    def due(self, suspects: Collection[PeerId], now: float) -> list[PeerId]:
        """Whom to ask about now, of those that are suspects still."""
        if not self._due:
            return []
        self._due = {peer: due for peer, due in self._due.items() if peer in suspects}
        return [peer for peer, due in self._due.items() if now >= due]

    def wait(self, subject: PeerId, origin: PeerId, until: float) -> bool:
        """A node waits for news of another one; whether there was room for it."""
        waiting = self._waiting.get(subject)
        if waiting is None:
            if len(self._waiting) >= MAX_ASKED_FOR:
                return False
            waiting = self._waiting[subject] = {}
        if origin not in waiting and len(waiting) >= self.most_waiting:
            return False
        waiting[origin] = until
        return True

    def answered(self, subject: PeerId, now: float) -> list[PeerId]:
        """There is news of a node: those who have waited for it."""
        waiting = self._waiting.pop(subject, None)
        return [] if waiting is None else [origin for origin, until in waiting.items() if until > now]

    def forget(self, peer: PeerId) -> None:
        """A node is gone."""
        self._due.pop(peer, None)
        self._waiting.pop(peer, None)

    def expire(self, now: float) -> None:
        """Forget those who have waited for too long."""
        for subject, waiting in list(self._waiting.items()):
            left = {origin: until for origin, until in waiting.items() if until > now}
            if left:
                self._waiting[subject] = left
            else:
                del self._waiting[subject]
