"""Writing structs: objects are placed one behind the other into a growing segment.

Rules that hold here:

1. A builder's struct is always at least as large as its schema says, so setters check no bounds; a struct
   found in a message that is smaller (an older writer's) is moved to a larger place first.
2. Nothing is written over something else: a pointer set again leaves its old object behind, zeroed, so that
   it costs a few zero bytes but tells nothing.
3. What is assigned is copied; no two pointers of a message lead to the same object.
4. A pointer is near wherever the object stands in the pointer's own segment, else far, else double-far.
"""


# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from wetware.capnp.errors import EncodeError
from wetware.capnp.reader import MessageReader, StructReader, blob_at, capability_index, follow, struct_at
from wetware.capnp.segments import (
    DEFAULT_LIMITS,
    MAX_SEGMENT,
    SMALL_MESSAGE,
    WORD,
    LimitReached,
    pack_pointer,
    unpack_pointer,
    unpack_struct,
)

if TYPE_CHECKING:
    from wetware.capnp.anypointer import AnyPointerBuilder
    from wetware.capnp.segments import Limits, Segment

__all__ = ["MessageBuilder", "StructBuilder", "new_message", "refusal"]

B = TypeVar("B", bound="StructBuilder")

# by the size of a text modulo 8, its NUL counted: the NUL and what is missing to a whole word
TAILS = tuple(bytes(1 + (-n & 7)) for n in range(8))


class MessageBuilder:
    """A message being written.

    Args:
        first: what it begins with: a word for the frame, the root pointer, and a root struct if there is one.
        segment_bytes: objects are placed into a new segment (behind a far pointer) once this one holds so
            many bytes; None for one segment, whatever its size, which is the fastest to build, send and
            read.
        message_bytes: the largest size that the message may reach.

    Attributes:
        segment: the first segment.
        more: the others; None for a message of one segment.
        caps: the capability table.
    """

    __slots__ = ("budget", "caps", "message_bytes", "more", "room", "segment")

    base = WORD
    nesting = 64

    def __init__(
        self,
        first: bytes = bytes(2 * WORD),
        *,
        segment_bytes: int | None = None,
        message_bytes: int = MAX_SEGMENT,
    ) -> None:
        self.segment = bytearray(first)
        self.more: list[bytearray] | None = None
        self.caps: list[Any] = []
        self.budget = 1 << 62
        self.message_bytes = message_bytes
        # a segment may grow to this length before `allocate` has to think
        self.room = message_bytes if segment_bytes is None else min(segment_bytes, message_bytes)

    @property
    def segments(self) -> list[bytearray]:
        """All segments; the first one is `segment`."""
        return [self.segment] if self.more is None else [self.segment, *self.more]

    def init_root(self, kind: type[B]) -> B:
        """A new root struct of type `kind`."""
        return new_struct(kind, self, self.segment, WORD)

    def root(self, kind: type[B]) -> B:
        """The root struct as it stands; a new one where there is none."""
        return get_struct(kind, self, self.segment, WORD)

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
                self.more = [*(self.more or ()), segment]
                start = WORD
        segment += bytes(size)
        return segment, start

    def add_cap(self, cap: object) -> int:
        """Enter `cap` into the capability table and give its index."""
        self.caps.append(cap)
        return len(self.caps) - 1

    def as_reader(self, limits: Limits = DEFAULT_LIMITS) -> MessageReader:
        """A reader of this message as it stands.

        A small message is copied. A large one is not: the builder cannot grow while the reader is in use
        (`BufferError`).
        """
        segment = self.segment
        if self.more is None and len(segment) <= SMALL_MESSAGE:
            return MessageReader([bytes(segment[WORD:])], self.caps, limits)
        return MessageReader([memoryview(s)[WORD:].toreadonly() for s in self.segments], self.caps, limits)

    def segments_for_sending(self) -> list[Segment]:
        """Views of the segments; the builder cannot grow while they are in use."""
        return [memoryview(s)[WORD:] for s in self.segments]

    def reader(self) -> MessageReader:
        """A reader over this message's bytes."""
        return self.as_reader()

    def cap_index(self, path: tuple[int, ...]) -> int | None:
        """The table index of the capability at `path`; see `capability_index`."""
        if len(path) == 1:
            # mostly a field of a root that stands right behind its pointer
            low: int
            high: int
            low, data, pointers = unpack_struct(self.segment, WORD)
            if low == 0 and 0 <= path[0] < pointers:
                low, high = unpack_pointer(self.segment, 2 * WORD + ((data + path[0]) << 3))
                if low == 3:
                    return high
        return capability_index(self, path)

    def charge_large(self, _segment: Segment, _pointer: int, words: int) -> None:
        """Builders are ours: nothing to bound."""
        self.budget -= words

    def size(self) -> int:
        """The message's size in bytes, without the frame header."""
        return sum(map(len, self.segments)) - WORD * len(self.segments)


class StructBuilder(StructReader):
    """The base of every generated builder class; it reads, too, as it derives from the reader class."""

    __slots__ = ()

    if TYPE_CHECKING:
        _m: MessageBuilder
        _s: bytearray

    def __init_subclass__(cls) -> None:
        """Let the reader class know its builder: `Person.Builder`."""
        reader: Any = cls.__bases__[0]
        if reader is not StructBuilder:
            reader.Builder = cls

    def _struct_builder(self, kind: type[B], offset: int, default: bytes | None = None) -> B:
        """The struct behind a pointer, to be written to; made where there is none."""
        return get_struct(kind, self._m, self._s, self._p + offset, default)

    def _init_struct(self, kind: type[B], offset: int) -> B:
        """A fresh struct behind a pointer."""
        return new_struct(kind, self._m, self._s, self._p + offset)

    def _set_struct(self, offset: int, value: StructReader | None) -> None:
        p = self._p + offset
        if value is not None and value._m is self._m:
            value = copying.snapshot(value)
        clear(self._m, self._s, p)
        if value is not None:
            copying.copy_struct(self._m, self._s, p, value)

    def _put_struct(self, kind: type[StructBuilder], offset: int, value: Any) -> None:
        """Set a struct field from a struct or from a mapping of its fields."""
        if isinstance(value, dict):
            if self._has(offset):
                value = copying.detached(self._m, value)
            made: Any = new_struct(kind, self._m, self._s, self._p + offset)
            made._fill(**value)
        elif value is None or isinstance(value, StructReader):
            self._set_struct(offset, value)
        else:
            raise refusal(kind.__name__, value)

    def _set_text(self, offset: int, value: str) -> None:
        try:
            data = value.encode()
        except (UnicodeEncodeError, AttributeError):
            raise refusal("text", value) from None
        put_bytes(self._m, self._s, self._p + offset, data, 1)

    def _new_text(self, offset: int, value: str) -> None:
        """As `_set_text`, in a struct just made."""
        try:
            data = value.encode()
        except (UnicodeEncodeError, AttributeError):
            raise refusal("text", value) from None
        s = self._s
        n = len(data) + 1
        o = len(s)
        if o + n + 7 > self._m.room or n >= 1 << 29:
            self._set_text(offset, value)
            return
        s += data + TAILS[n & 7]
        p = self._p + offset
        pack_pointer(s, p, (o - p - 8) >> 1 | 1, n << 3 | 2)

    def _set_data(self, offset: int, value: bytes | bytearray | memoryview) -> None:
        put_bytes(self._m, self._s, self._p + offset, value, 0)

    def _set_cap(self, offset: int, cap: object) -> None:
        s, p = self._s, self._p + offset
        if cap is None or s[p : p + 8] != b"\0\0\0\0\0\0\0\0":
            put_cap(self._m, s, p, cap)
            return
        caps = self._m.caps
        pack_pointer(s, p, 3, len(caps))
        caps.append(cap)

    def _data(self, offset: int, default: bytes = b"") -> memoryview:
        """The bytes, copied: a view would keep the segment from growing."""
        p = self._p + offset
        s, o, e = blob_at(self._m, self._s, p, self._d)
        return memoryview(default if e < 0 else bytes(s[o:e]))

    def _disown(self, offset: int) -> None:
        """Make a pointer null; what it led to is zeroed."""
        clear(self._m, self._s, self._p + offset)


def refusal(field: str, value: object) -> EncodeError:
    """The error of a value that does not fit."""
    shown = repr(value)
    shown = shown if len(shown) <= 80 else shown[:77] + "..."
    return EncodeError(f"{shown} ({type(value).__name__}) does not fit {field}")


def new_struct(kind: type[B], m: MessageBuilder, s: bytearray, p: int) -> B:
    """Make a struct and let the pointer at byte `p` of segment `s` lead to it."""
    dw, pw = kind._size
    t, o = place(m, s, p, (dw + pw) << 3, 0, dw | pw << 16)
    q = o + (dw << 3)
    return kind(m, t, o, q, q + (pw << 3), 64)


def get_struct(kind: type[B], m: MessageBuilder, s: bytearray, p: int, default: bytes | None = None) -> B:
    """The struct behind the pointer at byte `p`, made or enlarged where needed."""
    if unpack_pointer(s, p) == (0, 0):
        made = new_struct(kind, m, s, p)
        if default is not None:
            copying.copy_into(made, MessageReader([default]).root(StructReader))
        return made
    found = struct_at(kind, m, s, p, 64)
    dw, pw = kind._size
    o, q, e = found._o, found._p, found._e
    if q - o >= dw << 3 and e - q >= pw << 3:
        return found
    return copying.move_struct(kind, found, m, s, p)


def place(m: MessageBuilder, s: bytearray, p: int, size: int, low: int, high: int) -> tuple[bytearray, int]:
    """Allocate `size` bytes and let the pointer at byte `p` lead there.

    Args:
        m: the message.
        s: the pointer's segment.
        p: the pointer's byte offset; what it led to before is zeroed.
        size: bytes, whole words.
        low: the pointer's kind, 0 or 1.
        high: the pointer's upper half.

    Returns:
        The object's segment and byte offset.
    """
    if s[p : p + 8] != b"\0\0\0\0\0\0\0\0":
        clear(m, s, p)
    o = len(s)
    if o + size <= m.room:
        s += bytes(size)
        # a zero-size struct is told from null by pointing just before itself
        if size == 0 and low == 0:
            pack_pointer(s, p, -4, high)
        else:
            pack_pointer(s, p, (o - p - 8) >> 1 | low, high)
        return s, o
    t, o = m.allocate(s, size)
    point(m, s, p, t, o, low, high)
    return t, o


def point(m: MessageBuilder, s: bytearray, p: int, t: bytearray, o: int, low: int, high: int) -> None:
    """Let the pointer at byte `p` of `s` lead to the object at byte `o` of `t`: near, far, or double-far."""
    if t is s:
        if high == 0 and low == 0:
            pack_pointer(s, p, -4, 0)
        else:
            pack_pointer(s, p, (o - p - 8) >> 1 | low, high)
        return
    segments = m.segments
    ids = {id(segment): number for number, segment in enumerate(segments)}
    pad = len(t)
    if pad + WORD <= m.room:
        t += bytes(WORD)
        if high == 0 and low == 0:
            pack_pointer(t, pad, -4, 0)
        else:
            pack_pointer(t, pad, (o - pad - 8) >> 1 | low, high)
        pack_far(s, p, pad, ids[id(t)], 2)
        return
    u, pad = m.allocate(segments[-1], 2 * WORD)
    number = len(m.segments) - 1
    pack_far(u, pad, o, ids[id(t)], 2)
    pack_pointer(u, pad + WORD, low, high)
    pack_far(s, p, pad, number, 6)


def pack_far(s: bytearray, p: int, at: int, segment: int, kind: int) -> None:
    """Write a far pointer (kind 2) or a double-far one (kind 6) to byte `at` of a segment."""
    low = (at - WORD) | kind
    pack_pointer(s, p, low - (1 << 32) if low >> 31 else low, segment)


def put_bytes(
    m: MessageBuilder, s: bytearray, p: int, data: bytes | bytearray | memoryview, extra: int
) -> None:
    """Write a byte list with `extra` (0 or 1) NUL bytes behind it and point to it."""
    try:
        n = len(data) if data.__class__ is bytes else memoryview(data).nbytes
    except TypeError:
        raise refusal("data", data) from None
    if n + extra >= 1 << 29:
        raise EncodeError(f"{n} bytes are more than one list can hold (536870911); split them")
    if s[p : p + 8] != b"\0\0\0\0\0\0\0\0":
        clear(m, s, p)
    o = len(s)
    size = (n + extra + 7) & ~7
    if o + size <= m.room:
        s += data
        s += b"\0\0\0\0\0\0\0\0"[: size - n]
        pack_pointer(s, p, (o - p - 8) >> 1 | 1, (n + extra) << 3 | 2)
        return
    t, o = place(m, s, p, size, 1, (n + extra) << 3 | 2)
    t[o : o + n] = data


def put_cap(m: MessageBuilder, s: bytearray, p: int, cap: object) -> None:
    """Enter `cap` into the capability table and point to it; None makes the pointer null."""
    if s[p : p + 8] != b"\0\0\0\0\0\0\0\0":
        clear(m, s, p)
    if cap is not None:
        pack_pointer(s, p, 3, m.add_cap(cap))


def clear(m: MessageBuilder, s: bytearray, p: int) -> None:
    """Make the pointer at byte `p` null and zero what it led to, so that nothing replaced is sent along."""
    lo, hi = unpack_pointer(s, p)
    if lo == 0 and hi == 0:
        return
    if lo & 3 != 3:
        t, low, high, o = follow(m, s, p)
        if lo & 3 == 2:
            pad = m.segments[hi]
            at = m.base + (lo & 0xFFFFFFF8)
            pad[at : at + (16 if lo & 4 else 8)] = bytes(16 if lo & 4 else 8)
        if low & 3 != 3:
            erase(m, t, low, high, o)  # type: ignore[arg-type]  # a builder's segments are bytearrays
    s[p : p + 8] = b"\0\0\0\0\0\0\0\0"


BITS = (0, 1, 8, 16, 32, 64, 64)


def erase(m: MessageBuilder, s: bytearray, low: int, high: int, o: int) -> None:
    """Zero the object at byte `o`, described by its pointer's halves, with all that it leads to."""
    if low & 3 == 0:
        q = o + ((high & 0xFFFF) << 3)
        e = q + (high >> 16 << 3)
        for p in range(q, e, 8):
            clear(m, s, p)
        s[o:e] = bytes(e - o)
        return
    n = high >> 3
    code = high & 7
    if code == 7:
        tag_low, tag_high = unpack_pointer(s, o)
        dw, pw = tag_high & 0xFFFF, tag_high >> 16
        step = (dw + pw) << 3
        for q in range(o + 8 + (dw << 3), o + 8 + (tag_low >> 2) * step, step) if pw else ():
            for p in range(q, q + (pw << 3), 8):
                clear(m, s, p)
        e = o + 8 + (n << 3)
    else:
        if code == 6:
            for p in range(o, o + (n << 3), 8):
                clear(m, s, p)
        e = o + ((n * BITS[code] + 7) >> 3)
    s[o:e] = bytes(e - o)


def new_message(kind: type[B]) -> B:
    """A new message whose root is a fresh struct of type `kind`."""
    image, pointers, end = _IMAGES.get(kind) or root_image(kind)
    m = MessageBuilder(image)
    return kind(m, m.segment, 16, pointers, end, 64)


_IMAGES: dict[type[StructBuilder], tuple[bytes, int, int]] = {}


def root_image(kind: type[StructBuilder]) -> tuple[bytes, int, int]:
    """The first bytes of a message with one zeroed root struct; where its pointers begin, where it ends."""
    dw, pw = kind._size
    start = bytearray(16 + ((dw + pw) << 3))
    pack_pointer(start, 8, 0 if dw or pw else -4, dw | pw << 16)
    image = _IMAGES[kind] = bytes(start), 16 + (dw << 3), len(start)
    return image


from wetware.capnp import copying  # noqa: E402 - it builds on this file, which calls it late
