"""Whether the loop itself writes to the log, or the thread that is there for it.

Rules that hold here:

1. Handing a small write to a thread and hearing of its end costs more than a fast disk takes for it, of the
   processor's time and of whoever waits. So the loop writes, as long as that keeps it from its work for a
   moment only: what is small, on a disk whose writes have been quick.
2. A slow write, wherever it was done, sends those that follow to the thread: the more of them the slower it
   was. So the share of its time that a loop can lose to its disk is bounded, and where all writes are slow it
   does none of them after the first: heartbeats and requests do not wait for such a disk.
3. It begins with the thread, which shows how quick the disk is.

Tests: `tests/raft/test_node_pace.py`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["Pace"]

_QUICK: Final = 0.001
"""Seconds; what takes no longer may be done by the loop."""
_SMALL: Final = 64 << 10
_FIRST: Final = 8
_FOR_EACH_MS: Final = 8
_MOST: Final = 4096


class Pace:
    """How quick the disk has been."""

    def __init__(self) -> None:
        self._distrust = _FIRST

    def here(self, size: float) -> bool:
        """Whether the loop may do a write of so many bytes itself."""
        return not self._distrust and size <= _SMALL

    def took(self, seconds: float) -> None:
        """A write has been done, in so many seconds."""
        if seconds > _QUICK:
            self._distrust = max(self._distrust, min(int(seconds / _QUICK) * _FOR_EACH_MS, _MOST))
        elif self._distrust:
            self._distrust -= 1
