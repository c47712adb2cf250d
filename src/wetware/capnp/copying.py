"""Deep copies between messages, with their capabilities.

Rules that hold here:

1. A copy is bounded by the source's limits (each pointer followed is paid for there) and by the
   destination's size.
2. A capability is entered into the destination's table; within one message its entry is used again.
3. A tree that is a whole message of one segment, as every `Person.new(...)` is, is copied with one move of
   bytes: near pointers are relative and stay true.
"""


# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from wetware.capnp.builder import MessageBuilder, StructBuilder, clear, place, point, refusal
from wetware.capnp.lists import COMPOSITE, Found, ListReader, list_at
from wetware.capnp.reader import StructReader, cap_at, follow, struct_at
from wetware.capnp.segments import pack_pointer, unpack_pointer

if TYPE_CHECKING:
    from wetware.capnp.reader import MessageReader
    from wetware.capnp.segments import Segment

__all__ = ["copy_into", "copy_pointer", "copy_struct", "detached", "move_struct", "snapshot", "wipe"]

B = TypeVar("B", bound=StructBuilder)
R = TypeVar("R", bound=StructReader)


def copy_struct(m: MessageBuilder, s: bytearray, p: int, value: StructReader) -> None:
    """Copy a struct and let the null pointer at byte `p` of segment `s` lead to it."""
    source = value._m
    if source.__class__ is MessageBuilder and value._o == 16 and source is not m:
        whole = source.segment
        size = len(whole) - 16
        o = len(s)
        if (
            len(source.segments) == 1
            and o + size <= m.room
            and value._s is whole
            and size
            and unpack_pointer(whole, 8)[0] == 0
            and (source.caps is m.caps or not (source.caps and m.caps))
        ):
            s += memoryview(whole)[16:]
            pack_pointer(s, p, (o - p - 8) >> 1, (value._p - 16) >> 3 | (value._e - value._p) >> 3 << 16)
            if source.caps and source.caps is not m.caps:
                m.caps.extend(source.caps)
            return
    dw = (value._p - value._o + 7) >> 3
    pw = (value._e - value._p) >> 3
    t, o = place(m, s, p, (dw + pw) << 3, 0, dw | pw << 16)
    q = o + (dw << 3)
    copy_fields(m, t, o, q, q + (pw << 3), value)


def copy_fields(m: MessageBuilder, t: bytearray, o: int, q: int, e: int, value: StructReader) -> None:
    """Copy into a zeroed struct what of `value` it has room for."""
    source, s, p = value._m, value._s, value._p
    n = min(p - value._o, q - o)
    t[o : o + n] = s[value._o : value._o + n]
    for at in range(0, min(e - q, value._e - p), 8):
        copy_pointer(m, t, q + at, source, s, p + at, value._d)


def copy_into(target: StructBuilder, value: object) -> None:
    """Copy a struct over another one that stands already."""
    if not isinstance(value, StructReader):
        raise refusal("a struct", value)
    m, t, o, q, e = target._m, target._s, target._o, target._p, target._e
    if value._m is m:
        value = snapshot(value)
    wipe(target)
    copy_fields(m, t, o, q, e, value)


def detached(m: MessageBuilder, value: Any) -> Any:
    """`value`, with copies of what of it stands in message `m`, where it may be overwritten first."""
    if isinstance(value, dict):
        return {key: detached(m, inner) for key, inner in value.items()}
    if isinstance(value, ListReader):
        return [detached(m, element) for element in value] if value._m is m else value
    if isinstance(value, (list, tuple)):
        return [detached(m, element) for element in value]
    if isinstance(value, StructReader):
        return snapshot(value) if value._m is m else value
    return value


def snapshot(value: R) -> R:
    """A copy of a struct in a message of its own, which shares the capability table."""
    message = MessageBuilder()
    message.caps = value._m.caps
    copy_struct(message, message.segment, 8, value)
    found = struct_at(StructReader, message, message.segment, 8, 64)
    return type(value)(message, found._s, found._o, found._p, found._e, 64)


def wipe(target: StructBuilder) -> None:
    """Zero a struct and what it leads to."""
    m, t, o, q, e = target._m, target._s, target._o, target._p, target._e
    for p in range(q, e, 8):
        clear(m, t, p)
    t[o:q] = bytes(q - o)


def copy_pointer(
    m: MessageBuilder,
    t: bytearray,
    at: int,
    source: MessageReader | MessageBuilder,
    s: Segment,
    p: int,
    depth: int = 64,
) -> None:
    """Copy what the pointer at byte `p` of `s` leads to behind the null pointer at byte `at` of `t`."""
    lo, hi = unpack_pointer(s, p)
    if lo == 0 and hi == 0:
        return
    kind = lo & 3
    if kind == 2:
        kind = follow(source, s, p)[1] & 3
    if kind == 0:
        copy_struct(m, t, at, struct_at(StructReader, source, s, p, depth))
    elif kind == 1:
        found = list_at(source, s, p, depth)
        if found is not None:
            copy_list(m, t, at, source, found, depth - 1)
    else:
        cap = cap_at(source, s, p)
        if source.caps is m.caps:
            pack_pointer(t, at, 3, follow(source, s, p)[2])
        elif cap is not None:
            pack_pointer(t, at, 3, m.add_cap(cap))


def copy_list(
    m: MessageBuilder,
    t: bytearray,
    at: int,
    source: MessageReader | MessageBuilder,
    found: Found,
    depth: int,
) -> None:
    """Copy a list in its own encoding."""
    s, o, n, step, dw, pw, code = found
    if code == COMPOSITE:
        size = n * step
        t, to = place(m, t, at, size + 8, 1, size & ~7 | 7)
        pack_pointer(t, to, n - (1 << 30) << 2 if n >> 29 else n << 2, dw >> 3 | pw >> 3 << 16)
        to += 8
        if not pw:
            t[to : to + size] = s[o : o + size]
            return
        for i in range(n):
            e = o + i * step
            q = to + i * step
            t[q : q + dw] = s[e : e + dw]
            for j in range(dw, step, 8):
                copy_pointer(m, t, q + j, source, s, e + j, depth)
        return
    size = (n + 7) >> 3 if code == 1 else n * step
    start = len(t)
    if code != 6 and start + size + 7 <= m.room:
        # in one step: a large one is moved once, and no zeroed room is made for it first
        t += memoryview(s)[o : o + size] if s.__class__ is bytes else s[o : o + size]
        t += bytes(-size & 7)
        pack_pointer(t, at, (start - at - 8) >> 1 | 1, n << 3 | code)
        return
    t, to = place(m, t, at, (size + 7) & ~7, 1, n << 3 | code)
    if code == 6:
        for i in range(0, size, 8):
            copy_pointer(m, t, to + i, source, s, o + i, depth)
    else:
        t[to : to + size] = s[o : o + size]


def move_struct(kind: type[B], found: StructReader, m: MessageBuilder, s: bytearray, p: int) -> B:
    """Give the struct behind the pointer at byte `p`, smaller than its schema's, a place of the full size."""
    want_dw, want_pw = kind._size
    dw = max(want_dw, (found._p - found._o) >> 3)
    pw = max(want_pw, (found._e - found._p) >> 3)
    t, o = m.allocate(s, (dw + pw) << 3)
    q = o + (dw << 3)
    e = q + (pw << 3)
    copy_fields(m, t, o, q, e, found)
    clear(m, s, p)
    point(m, s, p, t, o, 0, dw | pw << 16)
    return kind(m, t, o, q, e, 64)
