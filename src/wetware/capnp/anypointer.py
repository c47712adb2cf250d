"""AnyPointer: a pointer whose type the reader chooses."""


# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar

from wetware.capnp.builder import (
    B,
    MessageBuilder,
    StructBuilder,
    clear,
    get_struct,
    new_struct,
    put_bytes,
    put_cap,
)
from wetware.capnp.client import Client, hook_of
from wetware.capnp.copying import copy_list, copy_pointer
from wetware.capnp.lists import ListReader
from wetware.capnp.reader import EMPTY, StructReader, blob_at, cap_at, follow, struct_at, text_of
from wetware.capnp.segments import unpack_pointer

if TYPE_CHECKING:
    from wetware.capnp.listbuilders import ListBuilder
    from wetware.capnp.listtypes import ListType
    from wetware.capnp.reader import MessageReader
    from wetware.capnp.segments import Segment

__all__ = ["AnyPointerBuilder", "AnyPointerReader", "null_pointer"]

R = TypeVar("R", bound=StructReader)
C = TypeVar("C", bound=Client)
T = TypeVar("T")

Kind = Literal["null", "struct", "list", "capability"]
KINDS: tuple[Kind, ...] = ("struct", "list", "null", "capability")


class AnyPointerReader:
    """A pointer in a received message."""

    __slots__ = ("_d", "_m", "_p", "_s")

    def __init__(self, m: MessageReader | MessageBuilder, s: Segment, p: int, d: int) -> None:
        self._m = m
        self._s = s
        self._p = p
        self._d = d

    @property
    def is_null(self) -> bool:
        """Whether nothing is there."""
        return unpack_pointer(self._s, self._p) == (0, 0)

    @property
    def kind(self) -> Kind:
        """What the pointer leads to."""
        if self.is_null:
            return "null"
        return KINDS[follow(self._m, self._s, self._p)[1] & 3]

    def as_struct(self, kind: type[R]) -> R:
        """The struct, read as `kind`; all defaults where the pointer is null."""
        return struct_at(kind, self._m, self._s, self._p, self._d)

    def as_list(self, kind: ListType[T]) -> ListReader[T]:
        """The list, read as `kind`; empty where the pointer is null."""
        return kind.read_at(self._m, self._s, self._p, self._d)

    def as_text(self) -> str:
        """The text; empty where the pointer is null."""
        s, o, e = blob_at(self._m, self._s, self._p, self._d)
        return text_of(s, o, e) if e >= 0 else ""

    def as_data(self) -> memoryview:
        """The bytes, not copied; empty where the pointer is null."""
        s, o, e = blob_at(self._m, self._s, self._p, self._d)
        return memoryview(s)[o:e].toreadonly() if e >= 0 else memoryview(b"")

    def as_client(self, kind: type[C]) -> C:
        """The capability, as a client of interface `kind`; a null client where the pointer is null."""
        return kind(cap_at(self._m, self._s, self._p))

    def as_hook(self) -> Any:
        """The capability table's entry behind the pointer, or None."""
        return cap_at(self._m, self._s, self._p)


def null_pointer() -> AnyPointerReader:
    """A pointer that leads nowhere."""
    return AnyPointerReader(EMPTY, bytes(8), 0, 64)


class AnyPointerBuilder(AnyPointerReader):
    """A pointer in a message that is being written."""

    __slots__ = ()

    if TYPE_CHECKING:
        _m: MessageBuilder
        _s: bytearray

    def __init__(self, m: MessageBuilder, s: bytearray, p: int) -> None:
        super().__init__(m, s, p, 64)

    def as_data(self) -> memoryview:
        """The bytes, copied: a view would keep the segment from growing."""
        s, o, e = blob_at(self._m, self._s, self._p, self._d)
        return memoryview(bytes(s[o:e]) if e >= 0 else b"")

    def clear(self) -> None:
        """Make the pointer null."""
        clear(self._m, self._s, self._p)

    def init_struct(self, kind: type[B]) -> B:
        """A fresh struct of type `kind` behind the pointer."""
        return new_struct(kind, self._m, self._s, self._p)

    def get_struct(self, kind: type[B]) -> B:
        """The struct behind the pointer, to be written to; made where there is none."""
        return get_struct(kind, self._m, self._s, self._p)

    def init_list(self, kind: ListType[T], count: int) -> ListBuilder[T]:
        """A fresh list of `count` elements behind the pointer."""
        return kind.init_at(self._m, self._s, self._p, count)

    def set_list(self, kind: ListType[T], values: Any) -> None:
        """A list of type `kind` with these values behind the pointer."""
        kind.write_at(self._m, self._s, self._p, values)

    def set_struct(self, value: StructReader) -> None:
        """A deep copy of `value` behind the pointer."""
        StructBuilder(self._m, self._s, self._p, self._p, self._p + 8, 64)._set_struct(0, value)

    def set_text(self, value: str) -> None:
        """A text behind the pointer."""
        StructBuilder(self._m, self._s, self._p, self._p, self._p + 8, 64)._set_text(0, value)

    def set_data(self, value: bytes | bytearray | memoryview) -> None:
        """Bytes behind the pointer."""
        put_bytes(self._m, self._s, self._p, value, 0)

    def set_client(self, value: Any) -> None:
        """A capability, given as a client, a server object or a hook; None makes the pointer null."""
        put_cap(self._m, self._s, self._p, hook_of(value))

    def set(self, value: Any) -> None:
        """Whatever fits: str, bytes, a struct, a list, an AnyPointer, a capability, None."""
        if isinstance(value, StructReader):
            self.set_struct(value)
        elif value is None:
            self.clear()
        elif isinstance(value, str):
            self.set_text(value)
        elif isinstance(value, (bytes, bytearray, memoryview)):
            self.set_data(value)
        elif isinstance(value, (AnyPointerReader, ListReader)):
            # copied first: it may be a part of what is replaced
            apart = MessageBuilder()
            source = value._m
            apart.caps = source.caps
            if isinstance(value, AnyPointerReader):
                copy_pointer(apart, apart.segment, 8, source, value._s, value._p, value._d)
            else:
                copy_list(apart, apart.segment, 8, source, value._found(), value._d)
            clear(self._m, self._s, self._p)
            copy_pointer(self._m, self._s, self._p, apart, apart.segment, 8)
        else:
            self.set_client(value)
