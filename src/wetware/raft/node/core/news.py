"""When followers are told how far is committed.

Rules that hold here:

1. A follower that has asked for something lately waits for that word: it is told at once.
2. The others have no use for it but to apply, so it travels with the next append: where one entry follows the
   other there is no message for it. What no append has told for `PATIENCE` seconds gets a message of its own.

Tests: `tests/raft/test_node_news.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.raft.core import Role

if TYPE_CHECKING:
    from wetware.raft.core import RawNode

__all__ = ["PATIENCE", "News"]

PATIENCE = 0.02
"""Seconds that news of what is committed wait for an append to travel with."""
_ASKING_TICKS = 20


class News:
    """What one member, if it leads, has told the others of its commit index.

    Args:
        core: its core, with `announce_commits` turned off.

    Attributes:
        due: the time in seconds at which to look again; None: nothing waits.
    """

    def __init__(self, core: RawNode) -> None:
        self._core = core
        self._asking: dict[int, int] = {}
        self._index = core.committed
        self.due: float | None = None

    def asked(self, peer: int) -> None:
        """A request was forwarded by this peer: it waits to learn what is committed."""
        self._asking[peer] = _ASKING_TICKS

    def tick(self) -> None:
        """A tick has passed."""
        if self._asking:
            self._asking = {peer: left - 1 for peer, left in self._asking.items() if left > 1}

    def spread(self, now: float) -> None:
        """Have the core tell what is to be told now."""
        core = self._core
        committed = core.committed
        if self.due is None and committed <= self._index:
            return
        if core.role is not Role.LEADER:
            self.due, self._index = None, committed
            return
        if self._asking:
            core.announce_commit(committed, self._asking)
        if self.due is not None and now >= self.due:
            self.due = None
            core.announce_commit(self._index)
        if self.due is None and committed > self._index:
            self.due, self._index = now + PATIENCE, committed
