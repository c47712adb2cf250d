"""What can go wrong with a log on disk; each type tells a caller something different to do.

A message here may name a file of this machine: show it to the operator, never send it to a peer.
"""

from __future__ import annotations

from wetware.errors import BrokenError, LimitError, LocalError

__all__ = ["CorruptLogError", "DiskError", "DiskFullError", "LogFullError", "LogLockedError"]


class CorruptLogError(BrokenError):
    """Bytes that had been acknowledged are damaged or missing; the log is refused, nothing was changed.

    A member with such a log has lost votes or entries that others count on. It must not take part again
    under its
    identity: remove it from the group, empty the directory, and join it anew.

    Attributes:
        file: the damaged file's name within the log's directory.
        offset: where in it the first damaged byte may be, in bytes.
        reason: what does not hold there.
    """

    def __init__(self, file: str, offset: int, reason: str) -> None:
        super().__init__(
            f"log file {file!r} is damaged at byte {offset}: {reason}; acknowledged data is lost: remove "
            f"this member from its group, move the directory away, and join it again empty under a new id"
        )
        self.file = file
        self.offset = offset
        self.reason = reason


class DiskError(BrokenError):
    """The disk failed a write or a sync; this log takes no more appends.

    After a failed sync nobody knows what reached the disk, and a second sync may report success for data the
    kernel has dropped (Rebello et al., "Can Applications Recover from fsync Failures?", 2020): only opening
    the log again, which reads what is really there, is safe. Everything acknowledged before is still
    readable.
    """


class DiskFullError(DiskError):
    """No space is left on the device: make room, then open the log again."""


class LogFullError(LimitError):
    """The configured total size is reached; nothing was written. Compact the log, or raise `total_size`."""


class LogLockedError(LocalError):
    """Another writer holds the log, or has taken it over."""
