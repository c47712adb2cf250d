"""The canonical form: one sequence of bytes for each value, to be compared, hashed or signed.

Rules (https://capnproto.org/encoding.html#canonicalization):

1. One segment, without a segment table; objects stand in preorder, so each pointer's object follows the one
   before.
2. Trailing zero words of a data section and trailing null pointers of a pointer section are left out; the
   structs of one list are cut alike, to the largest that any of them needs.
3. Capabilities have no canonical form.

A default that a field holds explicitly is stored as zero (see the XOR of defaults), so it is left out too.
"""

# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.builder import MessageBuilder, place
from wetware.capnp.errors import DecodeError
from wetware.capnp.lists import COMPOSITE, list_at
from wetware.capnp.reader import StructReader, follow, struct_at
from wetware.capnp.segments import WORD, pack_pointer, unpack_pointer

if TYPE_CHECKING:
    from wetware.capnp.lists import Found
    from wetware.capnp.reader import MessageReader
    from wetware.capnp.segments import Segment

__all__ = ["canonical"]

ZERO = bytes(WORD)


def canonical(value: StructReader) -> bytes:
    """The canonical form of a struct.

    Raises:
        DecodeError: the struct holds a capability, or is not well-formed.
        MessageLimitError: it is nested too deep or asks for more than its message's limits allow.
    """
    out = MessageBuilder()
    put_struct(out, WORD, value)
    return bytes(memoryview(out.segment)[WORD:])


def used(value: StructReader) -> tuple[int, int]:
    """How many bytes of data (whole words) and of pointers a struct needs."""
    data = bytes(value._s[value._o : value._p]).rstrip(b"\0")
    pointers = bytes(value._s[value._p : value._e]).rstrip(b"\0")
    return (len(data) + 7) & ~7, (len(pointers) + 7) & ~7


def put_struct(out: MessageBuilder, p: int, value: StructReader) -> None:
    """Write a struct behind the pointer at byte `p`."""
    dw, pw = used(value)
    s, o = place(out, out.segment, p, dw + pw, 0, dw >> 3 | pw >> 3 << 16)
    fill(out, s, o, dw, pw, value)


def fill(out: MessageBuilder, s: bytearray, o: int, dw: int, pw: int, value: StructReader) -> None:
    """Write a struct's sections, cut to these sizes, and then what its pointers lead to."""
    n = min(value._p - value._o, dw)
    s[o : o + n] = value._s[value._o : value._o + n]
    for at in range(0, min(pw, value._e - value._p), WORD):
        put_pointer(out, o + dw + at, value._m, value._s, value._p + at, value._d)


def put_pointer(
    out: MessageBuilder, p: int, m: MessageReader | MessageBuilder, s: Segment, at: int, depth: int
) -> None:
    """Write what a pointer leads to behind the null pointer at byte `p`."""
    lo, hi = unpack_pointer(s, at)
    if lo == 0 and hi == 0:
        return
    kind = lo & 3
    if kind == 2:
        kind = follow(m, s, at)[1] & 3
    if kind == 0:
        put_struct(out, p, struct_at(StructReader, m, s, at, depth))
    elif kind == 1:
        found = list_at(m, s, at, depth)
        assert found is not None
        put_list(out, p, m, found, depth - 1)
    else:
        raise DecodeError("a capability has no canonical form")


def put_list(
    out: MessageBuilder, p: int, m: MessageReader | MessageBuilder, found: Found, depth: int
) -> None:
    """Write a list behind the null pointer at byte `p`."""
    source, start, n, step, dw, pw, code = found
    if code != COMPOSITE:
        size = (n + 7) >> 3 if code == 1 else n * step
        s, o = place(out, out.segment, p, (size + 7) & ~7, 1, n << 3 | code)
        if code == 6:
            for at in range(0, size, WORD):
                put_pointer(out, o + at, m, source, start + at, depth)
            return
        s[o : o + size] = source[start : start + size]
        if code == 1 and n & 7:
            s[o + size - 1] &= (1 << (n & 7)) - 1
        return
    places = range(start, start + n * step, step) if step else ()

    def element(e: int) -> StructReader:
        return StructReader(m, source, e, e + dw, e + dw + pw, depth)

    data = pointers = 0
    for e in places:
        more, further = used(element(e))
        data, pointers = max(data, more), max(pointers, further)
    size = n * (data + pointers)
    s, o = place(out, out.segment, p, WORD + size, 1, size & ~7 | 7)
    pack_pointer(s, o, n << 2 if n < 1 << 29 else (n << 2) - (1 << 32), data >> 3 | pointers >> 3 << 16)
    o += WORD
    for e in places:
        fill(out, s, o, data, pointers, element(e))
        o += data + pointers
