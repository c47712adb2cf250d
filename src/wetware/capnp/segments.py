"""Segments, pointers and limits: what readers and builders share."""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct

from wetware.capnp.errors import MessageLimitError
from wetware.errors import LocalError

__all__ = [
    "DEFAULT_LIMITS",
    "LARGE",
    "MAX_SEGMENT",
    "SMALL_MESSAGE",
    "WORD",
    "Limits",
    "Segment",
    "pack_pointer",
    "unpack_pointer",
    "unpack_struct",
]

Segment = bytes | bytearray | memoryview

POINTER = Struct("<iI")
unpack_pointer = POINTER.unpack_from
pack_pointer = POINTER.pack_into
# a struct pointer: offset and kind, words of data, pointers
unpack_struct = Struct("<iHH").unpack_from

WORD = 8
# An object above this size (in words) is remembered, so that reading it again is charged a fraction.
LARGE = 128
MAX_NESTING = 200
# Below this size (in bytes) a copy is made, and read, sooner than a view.
SMALL_MESSAGE = 4 << 10
# The reach of a near pointer is 2^29 words forward.
MAX_SEGMENT = (1 << 32) - 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader allows a message to ask for.

    Attributes:
        traversal_words: words that may be reached through pointers, counted anew each time they are (64 MiB);
            a message larger than half of this is given twice its own size.
        nesting: pointers that may be followed one inside the other; at most 200, since readers recurse.
        segments: segments in one message.
        message_bytes: total size of one message.
    """

    traversal_words: int = 8 << 20
    nesting: int = 64
    segments: int = 512
    message_bytes: int = 64 << 20

    def __post_init__(self) -> None:
        if self.nesting > MAX_NESTING:
            raise LocalError(f"a nesting limit of {self.nesting} is more than {MAX_NESTING}")


DEFAULT_LIMITS = Limits()


def over_budget() -> MessageLimitError:
    """The error of a message that makes its reader walk too far."""
    return MessageLimitError(
        "the message makes its reader visit more words than its traversal limit allows",
        limit="traversal_words",
    )


def too_deep() -> MessageLimitError:
    """The error of a message that nests too deep."""
    return MessageLimitError("the message nests deeper than its nesting limit allows", limit="nesting")


class LimitReached(MessageLimitError, LocalError):  # noqa: N818 - it is an error by its bases
    """The message under construction would become larger than its builder allows."""

    def __init__(self, used: int, allowed: int) -> None:
        super().__init__(
            f"the message would take {used} bytes and {allowed} are allowed; send less at a time",
            limit="message_bytes",
            used=used,
            allowed=allowed,
        )
