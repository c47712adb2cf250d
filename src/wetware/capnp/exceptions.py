"""The errors of calls and connections: the four kinds of the protocol, and what a broken peer is.

Rules that hold here:

1. A call fails with a `CallError`; its `kind` is one of the protocol's four (rpc.capnp, `Exception.Type`).
2. The type says whose fault it is, so the kinds also belong to the house's family: `overloaded` is a
   `LimitError`, `disconnected` a `BrokenError`, the others a `RemoteError`.
3. What crosses to a peer is a kind and one line of text (`for_peer`). The text of an error that is not ours
   stays here: it may name files or hold secrets, so the peer learns its type only.
"""

from __future__ import annotations

from typing import ClassVar, Final

from wetware.errors import (
    BrokenError,
    ClosedError,
    LimitError,
    LocalError,
    RemoteError,
    WetwareError,
)

__all__ = [
    "KINDS",
    "MAX_REASON",
    "CallCancelledError",
    "CallError",
    "DisconnectedError",
    "FailedError",
    "OverloadedError",
    "PeerAbortedError",
    "ProtocolError",
    "UnimplementedError",
    "call_error",
    "for_peer",
]

KINDS: Final = ("failed", "overloaded", "disconnected", "unimplemented")
"""The kinds of exception, in the order of their numbers on the wire."""

MAX_REASON: Final = 1000
"""Characters of a reason that are sent or kept."""


class CallError(RemoteError):
    """A call was answered with an exception.

    Attributes:
        kind: one of `KINDS`.
        reason: what the callee says happened.
    """

    kind: ClassVar[str] = "failed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FailedError(CallError):
    """The callee failed, and would fail again if nothing changes."""


class OverloadedError(CallError, LimitError):
    """The callee, or the way to it, is out of some resource for now; retry much later, or ask for less."""

    kind = "overloaded"

    def __init__(
        self, reason: str, *, limit: str = "", used: float | None = None, allowed: float | None = None
    ) -> None:
        LimitError.__init__(self, reason, limit=limit, used=used, allowed=allowed)
        self.reason = reason


class DisconnectedError(CallError, BrokenError):
    """The connection to the callee, or the callee itself, is gone; make everything anew."""

    kind = "disconnected"


class UnimplementedError(CallError):
    """The callee has no such method."""

    kind = "unimplemented"


class CallCancelledError(CallError, ClosedError):
    """This side cancelled the call before its results were there."""


class ProtocolError(RemoteError):
    """The peer sent what the protocol does not allow; the connection is aborted."""


class PeerAbortedError(DisconnectedError):
    """The peer aborted the connection and gave a reason."""


_BY_KIND: Final = (FailedError, OverloadedError, DisconnectedError, UnimplementedError)


def call_error(kind: int, reason: str) -> CallError:
    """The error for an exception read off the wire; an unknown kind counts as `failed`."""
    cls = _BY_KIND[kind] if kind < len(_BY_KIND) else FailedError
    return cls(reason[:MAX_REASON])


def for_peer(error: BaseException) -> tuple[int, str]:
    """The kind (its number) and the text that a peer is told about `error`.

    Never a traceback, and nothing of an error that is not ours but its type
    (`tests/capnp/test_rpc_calls.py::test_foreign_errors_tell_only_their_type`).
    """
    if isinstance(error, CallError):
        return KINDS.index(error.kind), _clean(error.reason)
    if isinstance(error, NotImplementedError):
        return 3, "not implemented"
    if not isinstance(error, WetwareError):
        return 0, f"the callee failed with {_clean(type(error).__name__)}"
    kind = 0
    if isinstance(error, LimitError):
        kind = 1
    elif isinstance(error, BrokenError | ClosedError) and not isinstance(error, LocalError):
        kind = 2
    return kind, _clean(str(error))


def _clean(text: str) -> str:
    """Text that every peer can read: no lone surrogates, no NUL, one bounded line."""
    text = text[:MAX_REASON].replace("\0", "?")
    return text.encode("utf-8", "backslashreplace").decode()
