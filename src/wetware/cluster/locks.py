"""Locks on files, which the system lets go of however their holder ends."""

from __future__ import annotations

import sys
from typing import IO

__all__ = ["CAN_LOCK", "is_locked", "lock"]

CAN_LOCK = sys.platform != "win32"
"""Whether there are such locks here; without them nothing is ever locked."""


def lock(file: IO[bytes] | int) -> bool:
    """Take the lock of an open file until it is closed; whether it was free.

    Of a directory, which can be opened by its descriptor only, that is taken.
    """
    if sys.platform == "win32":  # pragma: no cover - not on this system
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_locked(file: IO[bytes]) -> bool:
    """Whether another holds the lock of an open file."""
    if sys.platform == "win32":  # pragma: no cover - not on this system
        return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
