"""Refusals of the process table that a caller may want to tell apart.

A reached limit is a plain `LimitError` whose `limit` is "processes", "children", "links", "monitors" or
"waits".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.errors import ClosedError, InternalError, LimitError, LocalError
from wetware.process.entry import INIT_PID

if TYPE_CHECKING:
    from wetware.process.entry import Entry

__all__ = ["EndingError", "InitError", "illegal", "limit_reached", "no_init"]


class EndingError(ClosedError):
    """Refused: a process that it depends on is ending or has ended; nothing was done and no pid was used."""


class InitError(LocalError):
    """Refused: process 1 is the root of the tree, no program; it is neither ended, paused nor watched."""


def no_init(verb: str) -> InitError:
    """Return the refusal of something that cannot be done to INIT."""
    return InitError(f"process {INIT_PID} is the root of the process tree and cannot be {verb}")


def limit_reached(name: str, used: int, allowed: int, whose: str) -> LimitError:
    """Return the refusal of something over a limit."""
    return LimitError(
        f"the limit on {name} is reached: {used} of {allowed} for {whose}; end some or raise the limit",
        limit=name,
        used=used,
        allowed=allowed,
    )


def illegal(stimulus: object, entry: Entry) -> InternalError:
    """Return the error for a stimulus that may not come now; its text tells the process's story."""
    return InternalError(f"{type(stimulus).__name__} makes no sense now, please report this: {entry.story()}")
