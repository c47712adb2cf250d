"""Refusals of the process table that a caller may want to tell apart.

A reached limit is a plain `LimitError` whose `limit` is "processes", "children", "links", "monitors" or
"waits".
"""

from __future__ import annotations

from wetware.errors import ClosedError, LocalError

__all__ = ["EndingError", "InitError"]


class EndingError(ClosedError):
    """Refused: a process that it depends on is ending or has ended; nothing was done and no pid was used."""


class InitError(LocalError):
    """Refused: process 1 is the root of the tree, no program; it is neither ended, paused nor watched."""
