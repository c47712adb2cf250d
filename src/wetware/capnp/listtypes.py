"""The types of lists, as objects: generated code holds them as constants and reads and writes through them.

`TEXT_LIST`, `UINT8_LIST` … stand for themselves; `StructListType(Person, PersonBuilder)`,
`EnumListType(Color)`, `ListListType(TEXT_LIST)` and `ClientListType(Calculator)` are made for a schema's
own types.
"""


# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

from collections.abc import Iterable, Sized
from struct import Struct, pack_into
from struct import error as struct_error
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wetware.capnp import listbuilders as build
from wetware.capnp import lists as read
from wetware.capnp.anypointer import AnyPointerBuilder, AnyPointerReader
from wetware.capnp.builder import place, refusal
from wetware.capnp.client import Client
from wetware.capnp.copying import detached
from wetware.capnp.enums import CapnpEnum, enum_number
from wetware.capnp.errors import DecodeError, EncodeError
from wetware.capnp.reader import MessageReader
from wetware.capnp.segments import WORD, pack_pointer, unpack_pointer

if TYPE_CHECKING:
    from wetware.capnp.builder import MessageBuilder, StructBuilder
    from wetware.capnp.listbuilders import ListBuilder
    from wetware.capnp.lists import Found, ListReader
    from wetware.capnp.reader import StructReader
    from wetware.capnp.segments import Segment

__all__ = ["ClientListType", "EnumListType", "ListListType", "ListType", "ScalarListType", "StructListType"]

T = TypeVar("T")
B = TypeVar("B", bound="StructBuilder")
C = TypeVar("C", bound=Client)
E = TypeVar("E", bound=CapnpEnum)
MAX_COUNT = (1 << 29) - 1
EMPTY_POINTER = bytes(8)


class ListType(Generic[T]):
    """What a list of one element type needs to be read and written.

    Class attributes:
        name: as the schema language spells it.
        wire: the size code that a list of this type is written with.
        nested: whether elements are structs, lists or AnyPointers.
        data: least bytes of data that an element must have to be read as this type; pointers: the same of
            pointers.
    """

    name = "List"
    wire = 0
    nested = False
    data = 0
    pointers = 0
    list_reader: type[ListReader[Any]]
    list_builder: type[ListBuilder[Any]]

    def __repr__(self) -> str:
        return self.name

    def fits(self, found: Found) -> bool:
        """Whether a list of this encoding may be read as this type."""
        return found[4] >= self.data and found[5] >= self.pointers and found[6] != 1

    def find(self, m: MessageReader | MessageBuilder, s: Segment, p: int, depth: int) -> Found | None:
        """Follow the pointer and check the element type."""
        found = read.list_at(m, s, p, depth)
        if found is not None and not self.fits(found):
            raise DecodeError(f"the message holds a list of another type where {self.name} is expected")
        return found

    def read_at(self, m: MessageReader | MessageBuilder, s: Segment, p: int, depth: int) -> ListReader[T]:
        """The list behind the pointer at byte `p` of segment `s`; empty where it is null."""
        return self.list_reader(self, m, self.find(m, s, p, depth), depth - 1)

    def read(self, struct: StructReader, offset: int, default: bytes | None = None) -> ListReader[T]:
        """The list behind the pointer at byte `offset` of a struct's pointer section."""
        p = struct._p + offset
        if p < struct._e:
            found = self.find(struct._m, struct._s, p, struct._d)
            if found is not None or default is None:
                return self.list_reader(self, struct._m, found, struct._d - 1)
        if default is not None:
            return MessageReader([default]).get_root().as_list(self)
        return self.list_reader(self, struct._m, None, 0)

    def builder(self, struct: StructBuilder, offset: int, default: bytes | None = None) -> ListBuilder[T]:
        """The list behind a struct's pointer, to be written to; empty where there is none."""
        m, s, p = struct._m, struct._s, struct._p + offset
        if default is not None and unpack_pointer(s, p) == (0, 0):
            self.write_at(m, s, p, MessageReader([default]).get_root().as_list(self))
        return self.get_at(m, s, p)

    def get_at(self, m: MessageBuilder, s: bytearray, p: int) -> ListBuilder[T]:
        """The list behind the pointer at byte `p`, to be written to; empty where it is null."""
        return self.list_builder(self, m, self.find(m, s, p, 64), 64)

    def init(self, struct: StructBuilder, offset: int, count: int) -> ListBuilder[T]:
        """A fresh list of `count` elements behind a struct's pointer."""
        return self.init_at(struct._m, struct._s, struct._p + offset, count)

    def write(self, struct: StructBuilder, offset: int, values: Any) -> None:
        """A list of these values behind a struct's pointer."""
        self.write_at(struct._m, struct._s, struct._p + offset, values)

    def init_at(self, m: MessageBuilder, s: bytearray, p: int, count: int) -> ListBuilder[T]:
        """A fresh list of `count` elements behind the pointer at byte `p`."""
        check_count(count)
        size, dw, pw, step = ENCODINGS[self.wire]
        t, o = place(m, s, p, (count * size + 63) >> 6 << 3, 1, count << 3 | self.wire)
        return self.list_builder(self, m, (t, o, count, step, dw, pw, self.wire), 64)

    def write_at(self, m: MessageBuilder, s: bytearray, p: int, values: Any) -> None:
        """A list of these values behind the pointer at byte `p`."""
        if values.__class__ is not list:
            values = sized(values, self)
        if self.nested and (isinstance(values, read.ListReader) or s[p : p + 8] != EMPTY_POINTER):
            values = detached(m, values)
        made = self.init_at(m, s, p, len(values))
        put = made._put_new
        for index, value in enumerate(values):
            put(index, value)


# bits of one element; bytes of data, bytes of pointers, step; by size code
ENCODINGS = (
    (0, 0, 0, 0),
    (1, 0, 0, 1),
    (8, 1, 0, 1),
    (16, 2, 0, 2),
    (32, 4, 0, 4),
    (64, 8, 0, 8),
    (64, 0, 8, 8),
)


def check_count(count: int) -> None:
    """Refuse a length that a list pointer cannot express."""
    if not 0 <= count <= MAX_COUNT:
        raise EncodeError(f"a list has 0 to {MAX_COUNT} elements, not {count}")


def sized(values: Any, kind: object) -> Any:
    """`values` with a length."""
    if isinstance(values, (read.ScalarList, read.BoolList, read.EnumList, read.TextList, read.DataList)):
        return list(values)
    if isinstance(values, Iterable):
        return values if isinstance(values, Sized) else list(values)
    raise refusal(f"{kind}", values)


class VoidListType(ListType[None]):
    """List(Void)."""

    name = "List(Void)"
    list_reader = read.VoidList
    list_builder = build.VoidListBuilder

    def fits(self, found: Found) -> bool:  # noqa: ARG002 - only the length is read
        """Any list has a length."""
        return True


class BoolListType(ListType[bool]):
    """List(Bool)."""

    name = "List(Bool)"
    wire = 1
    list_reader = read.BoolList
    list_builder = build.BoolListBuilder

    def fits(self, found: Found) -> bool:
        """Bit lists alone: the format has no upgrade from or to them."""
        return found[6] == 1


class ScalarListType(ListType[T]):
    """List of integers or floats."""

    list_reader = read.ScalarList
    list_builder = build.ScalarListBuilder

    def __init__(self, name: str, code: str, native: str) -> None:
        self.name = f"List({name})"
        self.code = code
        self.native = native
        one = Struct("<" + code)
        self.unpack = one.unpack_from
        self.pack = one.pack_into
        self.size = self.data = one.size
        self.wire = {1: 2, 2: 3, 4: 4, 8: 5}[one.size]

    def write_at(self, m: MessageBuilder, s: bytearray, p: int, values: Any) -> None:
        """A list of these values behind the pointer at byte `p`."""
        values = sized(values, self)
        n = len(values)
        check_count(n)
        t, o = place(m, s, p, (n * self.size + 7) & ~7, 1, n << 3 | self.wire)
        if self.code == "B" and isinstance(values, (bytes, bytearray)):
            t[o : o + n] = values
            return
        try:
            pack_into(f"<{n}{self.code}", t, o, *values)
        except (struct_error, OverflowError, TypeError):
            for value in values:
                try:
                    self.pack(bytearray(8), 0, value)
                except (struct_error, OverflowError, TypeError):
                    raise refusal(f"an element of {self.name}", value) from None
            raise


class EnumListType(ListType[E]):
    """List of an enum's values."""

    wire = 3
    data = 2
    list_reader = read.EnumList
    list_builder = build.EnumListBuilder

    def __init__(self, enum: type[E]) -> None:
        self.name = f"List({enum.__name__})"
        self.enum = enum
        self.of = enum.of

    def number(self, value: Any) -> int:
        """The value's number."""
        return enum_number(self.enum, value)


class TextListType(ListType[str]):
    """List(Text)."""

    name = "List(Text)"
    wire = 6
    pointers = 8
    list_reader = read.TextList
    list_builder = build.TextListBuilder


class DataListType(ListType[memoryview]):
    """List(Data)."""

    name = "List(Data)"
    wire = 6
    pointers = 8
    list_reader = read.DataList
    list_builder = build.DataListBuilder


class StructListType(ListType[T], Generic[T, B]):
    """List of structs, given the reader class and the builder class of one element."""

    wire = 7
    nested = True
    list_reader = read.StructList
    list_builder = build.StructListBuilder

    def __init__(self, reader: type[T], builder: type[B]) -> None:
        self.name = f"List({reader.__name__})"
        self.reader = reader
        self.builder_class = builder

    if TYPE_CHECKING:

        def builder(  # type: ignore[override]  # the elements of a list that is written are builders
            self, struct: StructBuilder, offset: int, default: bytes | None = None
        ) -> ListBuilder[B]:
            """As in the base."""

        def init(  # type: ignore[override]  # as above
            self, struct: StructBuilder, offset: int, count: int
        ) -> ListBuilder[B]:
            """As in the base."""

    def get_at(self, m: MessageBuilder, s: bytearray, p: int) -> ListBuilder[T]:
        """As in the base; a list of smaller structs is moved to a larger place."""
        found = self.find(m, s, p, 64)
        if found is not None:
            dw, pw = self.builder_class._size
            if found[4] < dw << 3 or found[5] < pw << 3:
                self.write_at(m, s, p, self.list_reader(self, m, found, 64))
                found = self.find(m, s, p, 64)
        return self.list_builder(self, m, found, 64)

    def write_at(self, m: MessageBuilder, s: bytearray, p: int, values: Any) -> None:
        """As in the base; a list in a place just made, in one pass."""
        kind = self.builder_class
        dw, pw = kind._size
        step = (dw + pw) << 3
        o = len(s)
        if values.__class__ is not list or s[p : p + 8] != EMPTY_POINTER:
            super().write_at(m, s, p, values)
            return
        count = len(values)
        size = count * step + WORD
        if o + size > m.room or count > MAX_COUNT or size > MAX_COUNT:
            super().write_at(m, s, p, values)
            return
        s += bytes(size)
        pack_pointer(s, p, (o - p - 8) >> 1 | 1, (size - WORD) | 7)
        pack_pointer(s, o, count << 2, dw | pw << 16)
        o += WORD
        # one builder that moves from element to element: none is kept
        element: Any = kind(m, s, o, o + (dw << 3), o + step, 64)
        for value in values:
            if value.__class__ is dict:
                element._fill(**value)
            else:
                self.list_builder.put_into(element, value)
            element._o += step
            element._p += step
            element._e += step

    def init_at(self, m: MessageBuilder, s: bytearray, p: int, count: int) -> ListBuilder[T]:
        """As in the base, with the tag word that describes the elements."""
        check_count(count)
        dw, pw = self.builder_class._size
        words = count * (dw + pw)
        check_count(words)
        t, o = place(m, s, p, (words + 1) << 3, 1, words << 3 | 7)
        pack_pointer(t, o, count << 2, dw | pw << 16)
        return self.list_builder(self, m, (t, o + 8, count, (dw + pw) << 3, dw << 3, pw << 3, 7), 64)


class ListListType(ListType["ListReader[T]"]):
    """List of lists."""

    wire = 6
    nested = True
    pointers = 8
    list_reader = read.ListList
    list_builder = build.ListListBuilder

    def __init__(self, inner: ListType[T]) -> None:
        self.name = f"List({inner.name})"
        self.inner = inner


class ClientListType(ListType[C]):
    """List of capabilities."""

    wire = 6
    pointers = 8
    list_reader = read.ClientList
    list_builder = build.ClientListBuilder

    def __init__(self, client: type[C]) -> None:
        self.name = f"List({client.__name__})"
        self.client = client


class AnyPointerListType(ListType[AnyPointerReader]):
    """List(AnyPointer), and lists of an unbound type parameter."""

    name = "List(AnyPointer)"
    wire = 6
    nested = True
    pointers = 8
    list_reader = read.AnyPointerList
    list_builder = build.AnyPointerListBuilder
    pointer = AnyPointerReader
    pointer_builder = AnyPointerBuilder


VOID_LIST = VoidListType()
BOOL_LIST = BoolListType()
INT8_LIST: ScalarListType[int] = ScalarListType("Int8", "b", "b")
INT16_LIST: ScalarListType[int] = ScalarListType("Int16", "h", "h")
INT32_LIST: ScalarListType[int] = ScalarListType("Int32", "i", "i")
INT64_LIST: ScalarListType[int] = ScalarListType("Int64", "q", "q")
UINT8_LIST: ScalarListType[int] = ScalarListType("UInt8", "B", "B")
UINT16_LIST: ScalarListType[int] = ScalarListType("UInt16", "H", "H")
UINT32_LIST: ScalarListType[int] = ScalarListType("UInt32", "I", "I")
UINT64_LIST: ScalarListType[int] = ScalarListType("UInt64", "Q", "Q")
FLOAT32_LIST: ScalarListType[float] = ScalarListType("Float32", "f", "f")
FLOAT64_LIST: ScalarListType[float] = ScalarListType("Float64", "d", "d")
TEXT_LIST = TextListType()
DATA_LIST = DataListType()
ANY_LIST = AnyPointerListType()
CLIENT_LIST: ClientListType[Client] = ClientListType(Client)
