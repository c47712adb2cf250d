"""Reading structs: bounds-checked access to the two sections of a struct.

Rules that hold here:

1. A struct is three byte offsets into one segment: data `[_o, _p)`, pointers `[_p, _e)`. Both sections lie
   inside the segment; whoever makes a reader has checked it. A field beyond its section (an older writer)
   reads as its default.
2. The element of a primitive list read as a struct is the same thing with a short data section, the element
   of a pointer list one with an empty data section: list upgrades need no further cases.
3. Generated code folds offsets and masks into constants and reads data fields by itself; pointer fields
   come here.

Names of one letter with an underscore are slots that generated code uses; they cannot collide with field
names, since those never begin with an underscore.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from wetware.capnp.errors import DecodeError
from wetware.capnp.segments import (
    DEFAULT_LIMITS,
    LARGE,
    WORD,
    over_budget,
    too_deep,
    unpack_pointer,
    unpack_struct,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp.anypointer import AnyPointerReader
    from wetware.capnp.builder import MessageBuilder
    from wetware.capnp.segments import Limits, Segment

__all__ = ["MessageReader", "StructReader", "capability_index", "follow", "null_struct"]

R = TypeVar("R", bound="StructReader")
S = TypeVar("S", bound="StructReader")


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
        if len(segments) == 1:
            size = odd = len(segments[0])
        elif segments:
            sizes = [len(segment) for segment in segments]
            size = sum(sizes)
            odd = max(one & 7 for one in sizes)
        else:
            raise DecodeError("a message without segments")
        if odd & 7:
            raise DecodeError("a segment is not made of whole words (8 bytes)")
        self.segments = segments
        self.caps: list[Any] = [] if caps is None else caps
        self.nesting = limits.nesting
        budget = limits.traversal_words
        self.budget = budget if budget >= size >> 2 else size >> 2  # noqa: FURB136 - twice as fast as max()
        self._seen: set[tuple[int, int]] | None = None

    def root(self, kind: type[R]) -> R:
        """The root struct, read as `kind`; all defaults where the root pointer is null."""
        segment = self.segments[0]
        if len(segment) < WORD:
            return null_struct(kind)
        return struct_at(kind, self, segment, 0, self.nesting)

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


EMPTY = MessageReader([b""])


class StructReader:
    """The base of every generated reader class.

    Class attributes, set by generated code:
        _size: words of data and number of pointers that the schema gives this struct.
        _id: the schema's 64-bit id of the struct.
    """

    __slots__ = ("_d", "_e", "_m", "_o", "_p", "_s")

    _size: ClassVar[tuple[int, int]] = (0, 0)
    _id: ClassVar[int] = 0

    def __init__(
        self,
        message: MessageReader | MessageBuilder,
        segment: Segment,
        data: int,
        pointers: int,
        end: int,
        depth: int,
    ) -> None:
        self._m = message
        self._s = segment
        self._o = data
        self._p = pointers
        self._e = end
        self._d = depth

    @classmethod
    def read(cls, data: Segment, limits: Limits = DEFAULT_LIMITS) -> Self:
        """Read one framed message whose root is such a struct; see `framing.read_message`.

        Raises:
            DecodeError: the bytes are no message.
            MessageLimitError: the message is larger than `limits` allow.
        """
        return framing.read_message(data, limits=limits).root(cls)

    def _has(self, offset: int) -> bool:
        """Whether the pointer at byte `offset` of the pointer section is set."""
        p = self._p + offset
        return p < self._e and unpack_pointer(self._s, p) != (0, 0)

    def _struct(self, kind: type[S], offset: int, default: bytes | None = None) -> S:
        """The struct behind the pointer at byte `offset` of the pointer section."""
        p = self._p + offset
        if p < self._e:
            return struct_at(kind, self._m, self._s, p, self._d, default)
        return null_struct(kind, default)

    def _text(self, offset: int, default: str = "") -> str:
        p = self._p + offset
        if p < self._e:
            s = self._s
            lo, hi = unpack_pointer(s, p)
            if lo & 3 == 1 and hi & 7 == 2:
                o = p + 6 + lo + lo
                e = o + (hi >> 3)
                if 0 <= o < e <= len(s):
                    m = self._m
                    words = (hi >> 6) + 1
                    if words <= LARGE:
                        m.budget -= words
                        if m.budget < 0:
                            raise over_budget()
                    else:
                        m.charge_large(s, p, words)
                    if s.__class__ is bytes and s[e - 1] == 0:
                        try:
                            return s[o : e - 1].decode()
                        except UnicodeDecodeError:
                            pass  # the error is raised below
                    return text_of(s, o, e)
            s, o, e = blob_at(self._m, s, p, self._d)
            if e >= 0:
                return text_of(s, o, e)
        return default

    def _data(self, offset: int, default: bytes = b"") -> memoryview:
        """A view of the bytes, not copied; it keeps the message's segment alive."""
        p = self._p + offset
        if p < self._e:
            s, o, e = blob_at(self._m, self._s, p, self._d)
            if e >= 0:
                return memoryview(s)[o:e].toreadonly()
        return memoryview(default)

    def _cap(self, offset: int) -> Any:
        """The capability table's entry behind a pointer, or None."""
        p = self._p + offset
        if p < self._e:
            return cap_at(self._m, self._s, p)
        return None

    def _tag(self, offset: int) -> int:
        """The 16-bit discriminant at byte `offset` of the data section."""
        o = self._o + offset
        s = self._s
        return s[o] | s[o + 1] << 8 if o + 2 <= self._p else 0


_NULLS: dict[type[StructReader], StructReader] = {}


def null_struct(kind: type[S], default: bytes | None = None) -> S:
    """What a null pointer reads as: the field's default where the schema gives one, else all defaults."""
    if default is not None:
        return MessageReader([default]).root(kind)
    null = _NULLS.get(kind)
    if null is None:
        null = _NULLS[kind] = kind(EMPTY, b"", 0, 0, 0, 64)
    return null  # type: ignore[return-value]  # the table maps each class to its own instance


def struct_at(
    kind: type[S],
    m: MessageReader | MessageBuilder,
    s: Segment,
    p: int,
    depth: int,
    default: bytes | None = None,
) -> S:
    """The struct behind the pointer at byte `p` of segment `s`.

    Raises:
        DecodeError: the pointer is of another kind or leaves its segment.
        MessageLimitError: the message is nested too deep or makes its reader walk too far.
    """
    lo, dw, pw = unpack_struct(s, p)
    if lo & 3:
        if lo & 3 != 2:
            raise DecodeError("the message holds a list or a capability where a struct is expected")
        s, lo, hi, o = follow(m, s, p)
        if lo & 3:
            raise DecodeError("the message holds a list or a capability where a struct is expected")
        dw, pw = hi & 0xFFFF, hi >> 16
    elif lo or dw or pw:
        o = p + 8 + lo + lo
    else:
        return null_struct(kind, default)
    q = o + (dw << 3)
    e = q + (pw << 3)
    if o < 0 or e > len(s):
        raise DecodeError("a struct pointer leaves its segment")
    budget = m.budget = m.budget - ((e - o + 8) >> 3)
    if budget < 0:
        raise over_budget()
    if depth <= 0:
        raise too_deep()
    return kind(m, s, o, q, e, depth - 1)


def follow(m: MessageReader | MessageBuilder, s: Segment, p: int) -> tuple[Segment, int, int, int]:
    """Resolve the pointer at byte `p` of segment `s` through far pointers.

    Returns:
        The content's segment, the two halves of the final pointer (its offset is not to be used any more),
        and the byte offset of the content, which is not checked yet.
    """
    lo, hi = unpack_pointer(s, p)
    if lo & 3 != 2:
        return s, lo, hi, p + 8 + (lo >> 2 << 3)
    segments = m.segments
    if hi >= len(segments):
        raise DecodeError("a far pointer names a segment that the message does not have")
    pad = segments[hi]
    at = m.base + (lo & 0xFFFFFFF8)
    m.budget -= 1
    if m.budget < 0:
        raise over_budget()
    if not lo & 4:
        if at + 8 > len(pad):
            raise DecodeError("a far pointer leaves its segment")
        lo, hi = unpack_pointer(pad, at)
        if lo & 3 == 2:
            raise DecodeError("a far pointer leads to another far pointer")
        return pad, lo, hi, at + 8 + (lo >> 2 << 3)
    if at + 16 > len(pad):
        raise DecodeError("a far pointer leaves its segment")
    far, target = unpack_pointer(pad, at)
    lo, hi = unpack_pointer(pad, at + 8)
    if far & 7 != 2:
        raise DecodeError("the landing pad of a double-far pointer does not begin with a far pointer")
    if lo & 3 == 2:
        raise DecodeError("the tag of a double-far pointer is itself a far pointer")
    if target >= len(segments):
        raise DecodeError("a far pointer names a segment that the message does not have")
    return segments[target], lo, hi, m.base + (far & 0xFFFFFFF8)


def blob_at(m: MessageReader | MessageBuilder, s: Segment, p: int, depth: int) -> tuple[Segment, int, int]:
    """The bytes of the Text or Data behind the pointer at byte `p`: segment, start, end (-1: null)."""
    start = p
    at = s
    lo, hi = unpack_pointer(s, p)
    if lo & 3 == 1:
        o = p + 8 + (lo >> 2 << 3)
    elif lo == 0 and hi == 0:
        return s, 0, -1
    else:
        s, lo, hi, o = follow(m, s, p)
        if lo & 3 != 1:
            raise DecodeError("the message holds a struct or a capability where text or data is expected")
    if hi & 7 != 2:
        raise DecodeError("the message holds a list of another type where text or data is expected")
    e = o + (hi >> 3)
    if o < 0 or e > len(s):
        raise DecodeError("a list pointer leaves its segment")
    words = (hi >> 6) + 1
    if words <= LARGE:
        m.budget -= words
        if m.budget < 0:
            raise over_budget()
    else:
        m.charge_large(at, start, words)
    if depth <= 0:
        raise too_deep()
    return s, o, e


def text_of(s: Segment, o: int, e: int) -> str:
    """Decode the text in `[o, e)`, whose last byte must be NUL."""
    if o == e or s[e - 1]:
        raise DecodeError("text does not end with a NUL byte")
    try:
        if s.__class__ is bytes:
            return s[o : e - 1].decode()
        return str(s[o : e - 1], "utf-8")
    except UnicodeDecodeError:
        raise DecodeError("text is not valid UTF-8") from None


def cap_at(m: MessageReader | MessageBuilder, s: Segment, p: int) -> Any:
    """The capability table's entry behind the pointer at byte `p`, or None where it is null."""
    lo, hi = unpack_pointer(s, p)
    if lo != 3:
        if lo == 0 and hi == 0:
            return None
        s, lo, hi, _ = follow(m, s, p)
        if lo != 3:
            raise DecodeError("the message holds a struct or a list where a capability is expected")
    caps = m.caps
    if hi >= len(caps):
        raise DecodeError("a capability pointer names an entry that the capability table does not have")
    return caps[hi]


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
    if segment is None:
        segment = message.segments[0]
        pointer = message.base
    depth = message.nesting
    if len(segment) < pointer + WORD:
        return None
    lo: int
    hi: int
    for index in path:
        # as `struct_at`, without a reader
        lo, data, pointers = unpack_struct(segment, pointer)
        if lo & 3:
            segment, lo, hi, o = follow(message, segment, pointer)
            if lo & 3:
                raise DecodeError("the message holds a list or a capability where a struct is expected")
            data, pointers = hi & 0xFFFF, hi >> 16
        elif lo or data or pointers:
            o = pointer + 8 + lo + lo
        else:
            return None
        pointer = o + (data << 3)
        end = pointer + (pointers << 3)
        if o < 0 or end > len(segment):
            raise DecodeError("a struct pointer leaves its segment")
        message.budget -= (end - o + 8) >> 3
        if message.budget < 0:
            raise over_budget()
        if depth <= 0:
            raise too_deep()
        depth -= 1
        pointer += index << 3
        if pointer >= end:
            return None
    lo, hi = unpack_pointer(segment, pointer)
    if lo & 3 == 2:
        _, lo, hi, _ = follow(message, segment, pointer)
    if lo == 3:
        return hi
    if lo == 0 and hi == 0:
        return None
    raise DecodeError("the message holds a struct or a list where a capability is expected")


from wetware.capnp import framing  # noqa: E402 - it builds on this file, which calls it late
