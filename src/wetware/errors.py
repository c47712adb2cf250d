"""One family of errors, in which the type says whose fault it is.

Rules that hold here:

1. Every error that leaves wetware is a `WetwareError`; anything else is a bug and is reported as
   `InternalError`.
2. The first level says whose fault it is, so that a caller can decide by type:

   =================  ==================================================  =============================
   type               whose fault                                         what to do
   =================  ==================================================  =============================
   `LocalError`       the caller's: bad input, a call out of turn         mend the call
   `RemoteError`      the peer's or the guest's: it broke the protocol    mend or replace the peer
                      or answered with a failure
   `LimitError`       nobody's: a stated limit was reached                raise the limit or ask less
   `ClosedError`      this side closed the thing before using it          do not use it any more
   `BrokenError`      an outside cause: a lost connection, a dead node    reconnect, retry elsewhere
   `InternalError`    ours: an invariant does not hold                    report it
   =================  ==================================================  =============================
3. A message says what happened and what to do about it, in lower case, without a full stop at the end.
4. No error carries a traceback, a file path or a secret to a peer: only `str(error)` crosses a boundary.

This module imports nothing: every room, and every guest, may use it.
"""

from __future__ import annotations

__all__ = [
    "BrokenError",
    "ClosedError",
    "InternalError",
    "LimitError",
    "LocalError",
    "RemoteError",
    "WetwareError",
]


class WetwareError(Exception):
    """The root of the family; catch it to catch all of ours and nothing else."""


class LocalError(WetwareError):
    """The caller's fault: the request was malformed, named something unknown, or came out of turn."""


class RemoteError(WetwareError):
    """The fault of the other side: a peer or a guest broke the protocol, or reported a failure of its own."""


class LimitError(WetwareError):
    """A stated limit was reached; nothing was done.

    Attributes:
        limit: the limit's name, as the configuration spells it.
        used: how much was in use or asked for, in the limit's own unit; None where it is unknown.
        allowed: how much is allowed, in the same unit; None where it is unknown.
    """

    def __init__(
        self, message: str, *, limit: str = "", used: float | None = None, allowed: float | None = None
    ) -> None:
        super().__init__(message)
        self.limit = limit
        self.used = used
        self.allowed = allowed


class ClosedError(WetwareError):
    """This side has closed the object already (contrast `BrokenError`: there the cause came from outside)."""


class BrokenError(WetwareError):
    """Something outside ended it: the connection was lost, the other node died."""


class InternalError(WetwareError):
    """An invariant of ours does not hold: a bug in wetware, never the caller's fault. Please report it."""
