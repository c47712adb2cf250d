"""The types that a module declares: functions, memories, tables; and how they are read.

A value's type is a short text, as in the text format: "i32", "funcref", "(ref null 3)". Sizes of memories
are in pages, those of tables in elements.

Source: WebAssembly core specification 3.0, section 5.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wetware.wasm.binary import Cursor

__all__ = ["PAGE_SIZE", "FuncType", "MemoryType", "TableType"]

PAGE_SIZE = 65536
_MAX_PAGES = {False: 65536, True: 1 << 48}
_MAX_ELEMENTS = {False: (1 << 32) - 1, True: (1 << 64) - 1}
_MAX_PARAMETERS = 1000
_MAX_FIELDS = 10_000

_VALUE_TYPES = {
    0x7F: "i32",
    0x7E: "i64",
    0x7D: "f32",
    0x7C: "f64",
    0x7B: "v128",
    0x74: "nullexnref",
    0x73: "nullfuncref",
    0x72: "nullexternref",
    0x71: "nullref",
    0x70: "funcref",
    0x6F: "externref",
    0x6E: "anyref",
    0x6D: "eqref",
    0x6C: "i31ref",
    0x6B: "structref",
    0x6A: "arrayref",
    0x69: "exnref",
}
_HEAP_TYPES = {
    -0x0C: "noexn",
    -0x0D: "nofunc",
    -0x0E: "noextern",
    -0x0F: "none",
    -0x10: "func",
    -0x11: "extern",
    -0x12: "any",
    -0x13: "eq",
    -0x14: "i31",
    -0x15: "struct",
    -0x16: "array",
    -0x17: "exn",
}
_NOT_REFERENCES = {0x7F, 0x7E, 0x7D, 0x7C, 0x7B}


@dataclass(frozen=True, slots=True)
class FuncType:
    """What a function takes and gives."""

    params: tuple[str, ...] = ()
    results: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"({', '.join(self.params)}) -> ({', '.join(self.results)})"


@dataclass(frozen=True, slots=True)
class MemoryType:
    """A linear memory as declared.

    Attributes:
        minimum: pages at the start.
        maximum: pages beyond which it declares not to grow; None where it declares nothing.
        is_64: whether its addresses, and so the operands of its growth, are 64 bits wide.
        shared: whether several threads may hold it.
        page_size: bytes of a page; 65536 but where the module chose another.
    """

    minimum: int
    maximum: int | None = None
    is_64: bool = False
    shared: bool = False
    page_size: int = PAGE_SIZE

    @property
    def minimum_bytes(self) -> int:
        """Bytes at the start."""
        return self.minimum * self.page_size

    @property
    def maximum_bytes(self) -> int:
        """Bytes that it can never exceed, by its declaration or by the width of its addresses."""
        by_width = _MAX_PAGES[self.is_64] * PAGE_SIZE
        return by_width if self.maximum is None else min(self.maximum * self.page_size, by_width)


@dataclass(frozen=True, slots=True)
class TableType:
    """A table of references as declared.

    Attributes:
        element: the type of its elements.
        minimum: elements at the start.
        maximum: elements beyond which it declares not to grow; None where it declares nothing.
        is_64: whether its indices, and so the operands of its growth, are 64 bits wide.
        element_binary: `element` as the module spells it.
    """

    element: str
    minimum: int
    maximum: int | None = None
    is_64: bool = False
    element_binary: bytes = b"\x70"

    @property
    def maximum_elements(self) -> int:
        """Elements that it can never exceed, by its declaration or by the width of its indices."""
        by_width = _MAX_ELEMENTS[self.is_64]
        return by_width if self.maximum is None else min(self.maximum, by_width)


def read_value_type(cursor: Cursor) -> str:
    """One value type."""
    code = cursor.byte()
    if name := _VALUE_TYPES.get(code):
        return name
    if code in {0x63, 0x64}:
        return f"(ref {'null ' if code == 0x63 else ''}{_heap_type(cursor)})"
    raise cursor.wrong(f"has a value type 0x{code:02x} that is not known")


def read_function_type(cursor: Cursor) -> FuncType:
    """A function type, after its form byte."""
    return FuncType(_value_types(cursor), _value_types(cursor))


def read_types(cursor: Cursor, limit: int) -> list[FuncType | None]:
    """The types of a type section by index, None where one is no function; `limit` bounds their number."""
    types: list[FuncType | None] = []
    for _ in range(cursor.unsigned()):
        group = 1
        if _peek(cursor) == 0x4E:  # a recursive group
            cursor.byte()
            group = cursor.unsigned()
        for _ in range(group):
            types.append(_sub_type(cursor))
            if len(types) > limit:
                raise cursor.wrong(f"has more than {limit} types")
    return types


def read_memory_type(cursor: Cursor) -> MemoryType:
    """One memory's limits."""
    flags = cursor.byte()
    if flags > 0x0F:
        raise cursor.wrong(f"has a memory with flags 0x{flags:02x} that are not known")
    minimum, maximum = _limits(cursor, flags)
    page_size = PAGE_SIZE
    if flags & 8:
        exponent = cursor.unsigned()
        if exponent not in {0, 16}:
            raise cursor.wrong(f"has a memory with pages of 2^{exponent} bytes, which are not known")
        page_size = 1 << exponent
    return MemoryType(minimum, maximum, bool(flags & 4), bool(flags & 2), page_size)


def read_table_type(cursor: Cursor) -> TableType:
    """One table's element type and limits."""
    start = cursor.pos
    if _peek(cursor) in _NOT_REFERENCES:
        raise cursor.wrong("has a table of numbers; tables hold references")
    element = read_value_type(cursor)
    binary = bytes(cursor.data[start : cursor.pos])
    flags = cursor.byte()
    if flags & ~5:
        raise cursor.wrong(f"has a table with flags 0x{flags:02x} that are not known")
    minimum, maximum = _limits(cursor, flags)
    return TableType(element, minimum, maximum, bool(flags & 4), binary)


def _limits(cursor: Cursor, flags: int) -> tuple[int, int | None]:
    bits = 64 if flags & 4 else 32
    minimum = cursor.unsigned(bits)
    maximum = cursor.unsigned(bits) if flags & 1 else None
    if maximum is not None and maximum < minimum:
        raise cursor.wrong(f"declares a maximum of {maximum} below its minimum of {minimum}")
    return minimum, maximum


def _peek(cursor: Cursor) -> int:
    byte = cursor.byte()
    cursor.pos -= 1
    return byte


def _heap_type(cursor: Cursor) -> str:
    code = cursor.signed()
    if code >= 0:
        return str(code)
    if code not in _HEAP_TYPES:
        raise cursor.wrong(f"has a heap type {code} that is not known")
    return _HEAP_TYPES[code]


def _value_types(cursor: Cursor) -> tuple[str, ...]:
    count = cursor.unsigned()
    if count > _MAX_PARAMETERS:
        raise cursor.wrong(
            f"has a function of {count} parameters or results where {_MAX_PARAMETERS} are allowed"
        )
    return tuple([read_value_type(cursor) for _ in range(count)])


def _sub_type(cursor: Cursor) -> FuncType | None:
    form = cursor.byte()
    if form in {0x50, 0x4F}:
        for _ in range(cursor.unsigned()):
            cursor.unsigned()  # a supertype
        form = cursor.byte()
    match form:
        case 0x60:
            return read_function_type(cursor)
        case 0x5E:
            _field(cursor)
        case 0x5F:
            count = cursor.unsigned()
            if count > _MAX_FIELDS:
                raise cursor.wrong(f"has a struct of {count} fields where {_MAX_FIELDS} are allowed")
            for _ in range(count):
                _field(cursor)
        case _:
            raise cursor.wrong(f"has a type of the form 0x{form:02x}, which is not known")
    return None


def _field(cursor: Cursor) -> None:
    if _peek(cursor) in {0x78, 0x77}:  # packed: i8, i16
        cursor.byte()
    else:
        read_value_type(cursor)
    if cursor.byte() > 1:
        raise cursor.wrong("has a field that is neither constant nor variable")
