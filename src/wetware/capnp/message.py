"""Messages: the segments of one message, its capability table and its limits.

Rules that hold here:

1. A segment is a buffer of whole words (8 bytes). Readers never copy it; builders own a `bytearray` that
   grows.
2. Every pointer followed is paid for from `budget`, in words, zero-size elements as one word each, so the
   work that a message can cause is bounded by its limits and not by what it claims
   (`tests/capnp/test_wire_limits.py`).
3. A large object read again through the same pointer costs one 64th: re-reading a field is fine, a graph
   that multiplies itself is not.
4. A builder's segments start with one word of room for the frame header: a single-segment message is framed
   without being copied. Byte offsets inside a builder therefore count from 8 (`base`).
5. The capability table is a list of opaque objects; a capability pointer is an index into it. RPC fills and
   drains it.

Source: https://capnproto.org/encoding.html
"""

from __future__ import annotations

from wetware.capnp.builder import MessageBuilder
from wetware.capnp.reader import MessageReader, R, capability_index
from wetware.capnp.segments import (
    DEFAULT_LIMITS,
    LARGE,
    MAX_SEGMENT,
    SMALL_MESSAGE,
    WORD,
    LimitReached,
    Limits,
    Segment,
    over_budget,
    pack_pointer,
    too_deep,
    unpack_pointer,
)

__all__ = [
    "DEFAULT_LIMITS",
    "LARGE",
    "MAX_SEGMENT",
    "SMALL_MESSAGE",
    "WORD",
    "LimitReached",
    "Limits",
    "MessageBuilder",
    "MessageReader",
    "R",
    "Segment",
    "capability_index",
    "over_budget",
    "pack_pointer",
    "too_deep",
    "unpack_pointer",
]
