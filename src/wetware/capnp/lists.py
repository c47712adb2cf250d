"""Reading lists, of every encoding and through upgrades.

Rules that hold here:

1. A list is a start, a count and a step; an element is a data section of `_dw` bytes followed by `_pw`
   bytes of pointers, whatever the encoding. So a list of primitives can be read as a list of structs and
   the other way round, as the format's rules of evolution allow; bit lists alone cannot.
2. The whole list is checked against its segment, and paid for, when its pointer is followed; elements are not
   checked again. Elements of size zero cost one word each.

The list types (`UINT8`, `TEXT`, `StructListType(Person)` …), which generated code holds as constants, are
in `listtypes`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from struct import unpack_from
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from wetware.capnp.errors import DecodeError
from wetware.capnp.reader import blob_at, cap_at, follow, text_of
from wetware.capnp.segments import LARGE, over_budget, too_deep, unpack_pointer

if TYPE_CHECKING:
    from wetware.capnp.anypointer import AnyPointerReader
    from wetware.capnp.builder import MessageBuilder
    from wetware.capnp.reader import MessageReader
    from wetware.capnp.segments import Segment

__all__ = ["ListReader"]

T = TypeVar("T", covariant=True)  # noqa: PLC0105 - the only type variable of this file

# bytes of data and of pointers of one element, by size code; a bit counts as no byte and has code 1
DATA = (0, 0, 1, 2, 4, 8, 0)
COMPOSITE = 7

Found = tuple["Segment", int, int, int, int, int, int]


def list_at(m: MessageReader | MessageBuilder, s: Segment, p: int, depth: int) -> Found | None:
    """Follow the list pointer at byte `p` of segment `s`.

    Returns:
        Segment, start, element count, step, data bytes and pointer bytes of an element, and the size code;
        the step is in bits for a bit list, else in bytes. None where the pointer is null.
    """
    start, at = p, s
    lo, hi = unpack_pointer(s, p)
    if lo & 3 == 1:
        o = p + 8 + (lo >> 2 << 3)
    elif lo == 0 and hi == 0:
        return None
    else:
        s, lo, hi, o = follow(m, s, p)
        if lo & 3 != 1:
            raise DecodeError("the message holds a struct or a capability where a list is expected")
    code = hi & 7
    n = hi >> 3
    if o < 0:
        raise DecodeError("a list pointer leaves its segment")
    if code == COMPOSITE:
        words = n + 1
        if o + (words << 3) > len(s):
            raise DecodeError("a list pointer leaves its segment")
        lo, hi = unpack_pointer(s, o)
        if lo & 3:
            raise DecodeError("the tag of a list of structs is no struct pointer")
        n = (lo & 0xFFFFFFFF) >> 2
        dw = (hi & 0xFFFF) << 3
        pw = hi >> 16 << 3
        step = dw + pw
        if n * step > (words - 1) << 3:
            raise DecodeError("a list of structs claims more elements than it holds")
        if not step:
            words += n
        o += 8
    else:
        dw = DATA[code]
        if code == 6:
            pw = step = 8
        else:
            pw = 0
            step = dw
        if code == 1:
            step = 1
            words = (n + 63) >> 6
        elif step:
            words = (n * step + 7) >> 3
        else:
            words = 0
        if o + (words << 3) > len(s):
            raise DecodeError("a list pointer leaves its segment")
        words = words + 1 if code else n + 1
    if words <= LARGE:
        m.budget -= words
        if m.budget < 0:
            raise over_budget()
    else:
        m.charge_large(at, start, words)
    if depth <= 0:
        raise too_deep()
    return s, o, n, step, dw, pw, code


if TYPE_CHECKING:
    Base = Sequence
else:
    # an abstract base class would make every `isinstance` slow
    Base = Generic


class ListReader(Base[T]):
    """The base of all lists: a sequence over the message's own bytes.

    Indexing and iterating read the elements anew each time; `list(...)` keeps them.
    """

    __slots__ = ("_c", "_d", "_dw", "_m", "_n", "_o", "_pw", "_s", "_step", "_t")

    def __init__(self, kind: Any, m: MessageReader | MessageBuilder, found: Found | None, depth: int) -> None:
        self._t = kind
        self._m = m
        self._d = depth
        if found is None:
            found = (b"", 0, 0, 0, 0, 0, 0)
        self._s, self._o, self._n, self._step, self._dw, self._pw, self._c = found

    def __len__(self) -> int:
        return self._n

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        n = self._n
        if isinstance(index, slice):
            return [self._get(i) for i in range(*index.indices(n))]
        if index < 0:
            index += n
        if 0 <= index < n:
            return self._get(index)
        raise IndexError(f"the list has {n} elements")

    def __iter__(self) -> Iterator[T]:
        get = self._get
        return iter([get(i) for i in range(self._n)]) if self._n < 64 else map(get, range(self._n))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sequence) and not isinstance(other, (str, bytes)):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as for list

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._n}>"

    def _get(self, index: int) -> T:
        raise NotImplementedError

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """The place of the first element that equals `value`, as `list.index`."""
        for place in range(*slice(start, stop).indices(self._n)):
            if self._get(place) == value:
                return place
        raise ValueError(f"{value!r} is not in the list")

    def count(self, value: object) -> int:
        """How many elements equal `value`."""
        return sum(element == value for element in self)

    def _found(self) -> Found:
        """What `list_at` gave."""
        return self._s, self._o, self._n, self._step, self._dw, self._pw, self._c


Sequence.register(ListReader)


class VoidList(ListReader[None]):
    """List(Void): a length."""

    __slots__ = ()

    def _get(self, index: int) -> None:  # noqa: ARG002 - every element is the same
        return None


class BoolList(ListReader[bool]):
    """List(Bool): bits, from the lowest of each byte."""

    __slots__ = ()

    def _get(self, index: int) -> bool:
        return bool(self._s[self._o + (index >> 3)] >> (index & 7) & 1)


class ScalarList(ListReader[T]):
    """List of integers or floats."""

    __slots__ = ()

    def _get(self, index: int) -> T:
        value: T = self._t.unpack(self._s, self._o + index * self._step)[0]
        return value

    def __iter__(self) -> Iterator[T]:
        kind = self._t
        n = self._n
        if self._step == kind.size:
            return iter(unpack_from(f"<{n}{kind.code}", self._s, self._o))
        return super().__iter__()

    def view(self) -> memoryview:
        """The elements as a typed view; copied on a big-endian machine or after a list upgrade only."""
        kind = self._t
        if self._step == kind.size and sys.byteorder == "little":
            return (
                memoryview(self._s)[self._o : self._o + self._n * self._step].toreadonly().cast(kind.native)
            )
        from array import array

        return memoryview(array(kind.native, list(self)))  # type: ignore[arg-type]  # of numbers


class TextList(ListReader[str]):
    """List(Text)."""

    __slots__ = ()

    def _get(self, index: int) -> str:
        s, o, e = blob_at(self._m, self._s, self._o + index * self._step + self._dw, self._d)
        return text_of(s, o, e) if e >= 0 else ""


class DataList(ListReader[memoryview]):
    """List(Data)."""

    __slots__ = ()

    def _get(self, index: int) -> memoryview:
        s, o, e = blob_at(self._m, self._s, self._o + index * self._step + self._dw, self._d)
        if e < 0:
            return memoryview(b"")
        if s.__class__ is bytearray:
            return memoryview(bytes(s[o:e]))
        return memoryview(s)[o:e].toreadonly()


class EnumList(ListReader[T]):
    """List of an enum's values."""

    __slots__ = ()

    def _get(self, index: int) -> T:
        s = self._s
        o = self._o + index * self._step
        value: T = self._t.of(s[o] | s[o + 1] << 8)
        return value


class StructList(ListReader[T]):
    """List of structs; each element is read where it stands."""

    __slots__ = ()

    def _get(self, index: int) -> T:
        o = self._o + index * self._step
        q = o + self._dw
        element: T = self._t.reader(self._m, self._s, o, q, q + self._pw, self._d)
        return element


class ListList(ListReader[ListReader[T]]):
    """List of lists."""

    __slots__ = ()

    def _get(self, index: int) -> ListReader[T]:
        inner: ListReader[T] = self._t.inner.read_at(
            self._m, self._s, self._o + index * self._step + self._dw, self._d
        )
        return inner


class ClientList(ListReader[T]):
    """List of capabilities."""

    __slots__ = ()

    def _get(self, index: int) -> T:
        client: T = self._t.client(cap_at(self._m, self._s, self._o + index * self._step + self._dw))
        return client


class AnyPointerList(ListReader["AnyPointerReader"]):
    """List(AnyPointer), and lists of an unbound type parameter."""

    __slots__ = ()

    def _get(self, index: int) -> AnyPointerReader:
        pointer: AnyPointerReader = self._t.pointer(
            self._m, self._s, self._o + index * self._step + self._dw, self._d
        )
        return pointer
