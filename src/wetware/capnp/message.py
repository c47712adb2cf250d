"""Messages: the segments of one message, its capability table and its limits.

Rules that hold here:

1. A segment is a buffer of whole words (8 bytes). Readers never copy it; builders own a `bytearray` that
   grows.
2. Every pointer followed is paid for from `budget`, in words, zero-size elements as one word each, so the
   work that a message can cause is bounded by its limits and not by what it claims
   (`tests/capnp/test_limits.py`).
3. A large object read again through the same pointer costs one 64th: re-reading a field is fine, a graph
   that multiplies itself is not.
4. A builder's segments start with one word of room for the frame header: a single-segment message is framed
   without being copied. Byte offsets inside a builder therefore count from 8 (`base`).
5. The capability table is a list of opaque objects; a capability pointer is an index into it. RPC fills and
   drains it.

Source: https://capnproto.org/encoding.html
"""

# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING, Any, TypeVar

from wetware.capnp.errors import DecodeError, MessageLimitError
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp.anypointer import AnyPointerBuilder, AnyPointerReader
    from wetware.capnp.builder import StructBuilder
    from wetware.capnp.reader import StructReader

    B = TypeVar("B", bound=StructBuilder)
    R = TypeVar("R", bound=StructReader)

__all__ = ["DEFAULT_LIMITS", "Limits", "MessageBuilder", "MessageReader", "Segment"]

Segment = bytes | bytearray | memoryview

POINTER = Struct("<iI")
unpack_pointer = POINTER.unpack_from
pack_pointer = POINTER.pack_into

WORD = 8
# An object above this size (in words) is remembered, so that reading it again is charged a fraction.
LARGE = 128
# The reach of a near pointer is 2^29 words forward.
MAX_SEGMENT = (1 << 32) - 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader allows a message to ask for.

    Attributes:
        traversal_words: words that may be reached through pointers, counted anew each time they are (64 MiB);
            a message larger than half of this is given twice its own size.
        nesting: pointers that may be followed one inside the other.
        segments: segments in one message.
        message_bytes: total size of one message.
    """

    traversal_words: int = 8 << 20
    nesting: int = 64
    segments: int = 512
    message_bytes: int = 64 << 20


DEFAULT_LIMITS = Limits()


class MessageReader:
    """A received message: read-only segments.

    Args:
        segments: the message's segments, whole words each.
        caps: the capability table; the caller may also fill `caps` later, before capabilities are read.
        limits: what the message may ask for.

    Raises:
        DecodeError: a segment is not made of whole words, or there is none.
    """

    __slots__ = ("_seen", "budget", "caps", "nesting", "segments")

    base = 0

    def __init__(
        self, segments: Sequence[Segment], caps: list[Any] | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        size = 0
        for segment in segments:
            size += len(segment)
            if len(segment) & 7:
                raise DecodeError(f"a segment of {len(segment)} bytes is not made of whole words")
        if not segments:
            raise DecodeError("a message without segments")
        self.segments = segments
        self.caps: list[Any] = [] if caps is None else caps
        self.nesting = limits.nesting
        self.budget = max(limits.traversal_words, size >> 2)
        self._seen: set[tuple[int, int]] | None = None

    def root(self, kind: type[R]) -> R:
        """The root struct, read as `kind`; all defaults where the root pointer is null."""
        return self.get_root().as_struct(kind)

    def get_root(self) -> AnyPointerReader:
        """The root pointer, whatever it points to."""
        from wetware.capnp.anypointer import AnyPointerReader, null_pointer

        segment = self.segments[0]
        if len(segment) < WORD:
            return null_pointer()
        return AnyPointerReader(self, segment, 0, self.nesting)

    def segments_for_sending(self) -> list[Segment]:
        """The segments; the root pointer is the first word of the first one."""
        return list(self.segments)

    def reader(self) -> MessageReader:
        """Itself."""
        return self

    def cap_index(self, path: tuple[int, ...]) -> int | None:
        """The table index of the capability at `path`; see `capability_index`."""
        return capability_index(self, path)

    def charge_large(self, segment: Segment, pointer: int, words: int) -> None:
        """Pay for `words` (many) reached through the pointer at byte `pointer`; see rule 3."""
        seen = self._seen
        if seen is None:
            seen = self._seen = set()
        key = (id(segment), pointer)
        if key in seen:
            words = (words >> 6) + 1
        self.budget -= words
        if self.budget < 0:
            raise over_budget()
        seen.add(key)


def over_budget() -> MessageLimitError:
    """The error of a message that makes its reader walk too far."""
    return MessageLimitError(
        "the message makes its reader visit more words than its traversal limit allows",
        limit="traversal_words",
    )


def too_deep() -> MessageLimitError:
    """The error of a message that nests too deep."""
    return MessageLimitError("the message nests deeper than its nesting limit allows", limit="nesting")


def capability_index(
    message: MessageReader | MessageBuilder,
    path: tuple[int, ...],
    segment: Segment | None = None,
    pointer: int = 0,
) -> int | None:
    """The table index of the capability that stands at `path`.

    Args:
        message: the message.
        path: indices into pointer sections, one struct inside the other; empty for the first pointer itself.
        segment: the segment of the pointer to begin with; None for the message's root pointer.
        pointer: its byte offset.

    Returns:
        The index, which the table need not have; None where a pointer on the way is null.

    Raises:
        DecodeError: what stands there is no capability.
    """
    from wetware.capnp.reader import StructReader, follow, struct_at

    if segment is None:
        segment = message.segments[0]
        pointer = message.base
    depth = message.nesting
    if len(segment) < pointer + WORD:
        return None
    for index in path:
        struct = struct_at(StructReader, message, segment, pointer, depth)

        segment, pointer, depth = struct._s, struct._p + (index << 3), struct._d
        if pointer >= struct._e:
            return None
    lo: int
    hi: int
    lo, hi = unpack_pointer(segment, pointer)
    if lo & 3 == 2:
        _, lo, hi, _ = follow(message, segment, pointer)
    if lo == 3:
        return hi
    if lo == 0 and hi == 0:
        return None
    raise DecodeError("the message holds a struct or a list where a capability is expected")


class MessageBuilder:
    """A message being written.

    Args:
        segment_bytes: objects are placed into a new segment (behind a far pointer) once this one holds so
            many bytes; None for one segment, whatever its size, which is the fastest to build, send and
            read.
        message_bytes: the largest size that the message may reach.
    """

    __slots__ = ("budget", "caps", "message_bytes", "room", "segment", "segment_bytes", "segments")

    base = WORD

    def __init__(
        self,
        *,
        segment_bytes: int | None = None,
        message_bytes: int = MAX_SEGMENT,
        first: bytes = bytes(2 * WORD),
    ) -> None:
        self.segment = bytearray(first)
        self.segments: list[bytearray] = [self.segment]
        self.caps: list[Any] = []
        self.budget = 1 << 62
        self.segment_bytes = segment_bytes
        self.message_bytes = min(message_bytes, MAX_SEGMENT)
        # a segment may grow to this length before `allocate` has to think
        self.room = self.message_bytes if segment_bytes is None else min(segment_bytes, self.message_bytes)

    @property
    def nesting(self) -> int:
        """Messages that this side builds are not bounded in depth by a reader's limit, only by the stack."""
        return 512

    def init_root(self, kind: type[B]) -> B:
        """A new root struct of type `kind`."""
        return self.get_root().init_struct(kind)

    def root(self, kind: type[B]) -> B:
        """The root struct as it stands; a new one where there is none."""
        return self.get_root().get_struct(kind)

    def set_root(self, value: StructReader) -> None:
        """Make a deep copy of `value` the root."""
        self.get_root().set_struct(value)

    def get_root(self) -> AnyPointerBuilder:
        """The root pointer."""
        from wetware.capnp.anypointer import AnyPointerBuilder

        return AnyPointerBuilder(self, self.segment, WORD)

    def allocate(self, segment: bytearray, size: int) -> tuple[bytearray, int]:
        """Room for `size` bytes (whole words), in `segment` where it has room, else in another.

        Returns:
            The segment and the byte offset in it. The bytes are zero.

        Raises:
            MessageLimitError: the message would become larger than `message_bytes`.
        """
        start = len(segment)
        if start + size > self.room:
            total = sum(map(len, self.segments))
            if total + size > self.message_bytes:
                raise LimitReached(total + size, self.message_bytes)
            segment = self.segments[-1]
            start = len(segment)
            if start + size > self.room:
                segment = bytearray(WORD)
                self.segments.append(segment)
                start = WORD
        segment += bytes(size)
        return segment, start

    def add_cap(self, cap: object) -> int:
        """Enter `cap` into the capability table and give its index."""
        self.caps.append(cap)
        return len(self.caps) - 1

    def as_reader(self, limits: Limits = DEFAULT_LIMITS) -> MessageReader:
        """A reader over this message's bytes, not copied; the builder cannot grow while it is in use."""
        return MessageReader([memoryview(s)[WORD:].toreadonly() for s in self.segments], self.caps, limits)

    def segments_for_sending(self) -> list[Segment]:
        """Views of the segments; the builder cannot grow while they are in use."""
        return [memoryview(s)[WORD:] for s in self.segments]

    def reader(self) -> MessageReader:
        """A reader over this message's bytes."""
        return self.as_reader()

    def cap_index(self, path: tuple[int, ...]) -> int | None:
        """The table index of the capability at `path`; see `capability_index`."""
        return capability_index(self, path)

    def charge_large(self, _segment: Segment, _pointer: int, words: int) -> None:
        """Builders are ours: nothing to bound."""
        self.budget -= words

    def size(self) -> int:
        """The message's size in bytes, without the frame header."""
        return sum(map(len, self.segments)) - WORD * len(self.segments)


class LimitReached(MessageLimitError, LocalError):  # noqa: N818 - it is an error by its bases
    """The message under construction would become larger than its builder allows."""

    def __init__(self, used: int, allowed: int) -> None:
        super().__init__(
            f"the message would take {used} bytes and {allowed} are allowed; send less at a time",
            limit="message_bytes",
            used=used,
            allowed=allowed,
        )
