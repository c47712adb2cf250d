"""Writing lists: the readers of `lists` with assignment to elements.

Rules that hold here:

1. A list's length is settled when it is made; `builder.names = [...]` writes a list at once.
2. What is assigned is copied, as everywhere in a builder.
"""

# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

from struct import error as struct_error
from typing import TYPE_CHECKING, Any, TypeVar

from wetware.capnp.builder import put_bytes, put_cap, refusal
from wetware.capnp.client import hook_of
from wetware.capnp.copying import copy_into, detached, wipe
from wetware.capnp.lists import (
    AnyPointerList,
    BoolList,
    ClientList,
    DataList,
    EnumList,
    ListList,
    ListReader,
    ScalarList,
    StructList,
    TextList,
    VoidList,
)

if TYPE_CHECKING:
    from wetware.capnp.builder import MessageBuilder

__all__ = ["ListBuilder"]

T = TypeVar("T")


class ListBuilder(ListReader[T]):
    """The base of the lists that can be written to."""

    __slots__ = ()

    if TYPE_CHECKING:
        _m: MessageBuilder
        _s: bytearray

    def __setitem__(self, index: int, value: Any) -> None:
        n = self._n
        if index < 0:
            index += n
        if not 0 <= index < n:
            raise IndexError(f"the list has {n} elements")
        self._put(index, value)

    def _put(self, index: int, value: Any) -> None:
        raise NotImplementedError

    def _put_new(self, index: int, value: Any) -> None:
        """As `_put`, in a list just made."""
        self._put(index, value)

    def _slot(self, index: int) -> int:
        """Where an element's pointer stands."""
        return self._o + index * self._step + self._dw


class VoidListBuilder(VoidList, ListBuilder[None]):
    """List(Void)."""

    __slots__ = ()

    def _put(self, index: int, value: None) -> None:
        """There is nothing to write."""


class BoolListBuilder(BoolList, ListBuilder[bool]):
    """List(Bool)."""

    __slots__ = ()

    def _put(self, index: int, value: bool) -> None:
        bit = 1 << (index & 7)
        at = self._o + (index >> 3)
        self._s[at] = self._s[at] | bit if value else self._s[at] & ~bit


class ScalarListBuilder(ScalarList[T], ListBuilder[T]):
    """List of integers or floats."""

    __slots__ = ()

    def _put(self, index: int, value: T) -> None:
        try:
            self._t.pack(self._s, self._o + index * self._step, value)
        except (struct_error, OverflowError):
            raise refusal(f"an element of {self._t}", value) from None


class EnumListBuilder(EnumList[T], ListBuilder[T]):
    """List of an enum's values."""

    __slots__ = ()

    def _put(self, index: int, value: Any) -> None:
        at = self._o + index * self._step
        self._s[at : at + 2] = self._t.number(value).to_bytes(2, "little")


class TextListBuilder(TextList, ListBuilder[str]):
    """List(Text)."""

    __slots__ = ()

    def _put(self, index: int, value: str) -> None:
        try:
            data = value.encode()
        except (UnicodeEncodeError, AttributeError):
            raise refusal("an element of List(Text)", value) from None
        put_bytes(self._m, self._s, self._slot(index), data, 1)


class DataListBuilder(DataList, ListBuilder[memoryview]):
    """List(Data)."""

    __slots__ = ()

    def _put(self, index: int, value: bytes | bytearray | memoryview) -> None:
        put_bytes(self._m, self._s, self._slot(index), value, 0)


class StructListBuilder(StructList[T], ListBuilder[T]):
    """List of structs: `people[0].name = ...` writes in place."""

    __slots__ = ()

    def _get(self, index: int) -> T:
        o = self._o + index * self._step
        q = o + self._dw
        element: T = self._t.builder_class(self._m, self._s, o, q, q + self._pw, 64)
        return element

    def _put(self, index: int, value: Any) -> None:
        element: Any = self._get(index)
        if isinstance(value, dict):
            value = detached(self._m, value)
            wipe(element)
            element._fill(**value)
        else:
            copy_into(element, value)

    def _put_new(self, index: int, value: Any) -> None:
        self.put_into(self._get(index), value)

    @staticmethod
    def put_into(element: Any, value: Any) -> None:
        """Write a value into an element just made."""
        if isinstance(value, dict):
            element._fill(**value)
        else:
            copy_into(element, value)


class ListListBuilder(ListList[T], ListBuilder[ListReader[T]]):
    """List of lists."""

    __slots__ = ()

    def _get(self, index: int) -> ListBuilder[T]:
        inner: ListBuilder[T] = self._t.inner.get_at(self._m, self._s, self._slot(index))
        return inner

    def _put(self, index: int, value: Any) -> None:
        self._t.inner.write_at(self._m, self._s, self._slot(index), value)

    def init(self, index: int, count: int) -> ListBuilder[T]:
        """A fresh inner list of `count` elements at `index`."""
        inner: ListBuilder[T] = self._t.inner.init_at(self._m, self._s, self._slot(index), count)
        return inner


class ClientListBuilder(ClientList[T], ListBuilder[T]):
    """List of capabilities."""

    __slots__ = ()

    def _put(self, index: int, value: Any) -> None:
        put_cap(self._m, self._s, self._slot(index), hook_of(value))


class AnyPointerListBuilder(AnyPointerList, ListBuilder[Any]):
    """List(AnyPointer), and lists of an unbound type parameter."""

    __slots__ = ()

    def _get(self, index: int) -> Any:
        return self._t.pointer_builder(self._m, self._s, self._slot(index))

    def _put(self, index: int, value: Any) -> None:
        self._get(index).set(value)
