"""The errors of the Cap'n Proto layer, each in its place in wetware's family.

Rules that hold here:

1. Bytes that came from outside can raise `DecodeError` or `MessageLimitError` and nothing else, whatever
   they hold (`tests/capnp/test_wire_fuzz.py`).
2. Wrong use by the caller raises an `EncodeError`, an `InactiveMemberError` or a plain `LocalError`.
"""

from __future__ import annotations

from wetware.errors import LimitError, LocalError, RemoteError

__all__ = [
    "CompilerError",
    "DecodeError",
    "EncodeError",
    "InactiveMemberError",
    "MessageLimitError",
    "SchemaError",
]


class DecodeError(RemoteError):
    """The bytes are not a Cap'n Proto message, or not one of the expected type."""


class MessageLimitError(LimitError, RemoteError):
    """A received message asks for more than its reader allows: traversal, nesting, segments or size."""


class EncodeError(LocalError):
    """A value does not fit the field it was given for."""


class InactiveMemberError(LocalError, AttributeError):
    """A member of a union was read while the union holds another one.

    It is an `AttributeError` too, so that `match shape: case Shape(circle=radius): ...` simply does not
    match.
    """


class SchemaError(LocalError):
    """A compiled schema is incomplete or not well-formed."""


class CompilerError(LocalError):
    """The schema compiler refused a file, or could not be run; the message quotes the compiler's lines."""
