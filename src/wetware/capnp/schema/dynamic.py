"""Reading messages by a schema met at run time.

Rules that hold here:

1. A dynamic struct is the wire layer's reader with a node beside it: bounds, limits and upgrades are the
   same.
2. A schema may lie about the message or about itself; both end in this library's errors.
"""

# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Any, cast

from wetware.capnp import listtypes
from wetware.capnp.anypointer import AnyPointerReader, null_pointer
from wetware.capnp.builder import StructBuilder
from wetware.capnp.errors import InactiveMemberError, SchemaError
from wetware.capnp.reader import MessageReader, StructReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wetware.capnp.lists import ListReader
    from wetware.capnp.schema.loader import SchemaLoader
    from wetware.capnp.schema.model import Field, StructNode, Type

__all__ = ["DynamicList", "DynamicStruct", "read_dynamic"]

SCALARS = {
    "int8": Struct("<b"),
    "int16": Struct("<h"),
    "int32": Struct("<i"),
    "int64": Struct("<q"),
    "uint8": Struct("<B"),
    "uint16": Struct("<H"),
    "uint32": Struct("<I"),
    "uint64": Struct("<Q"),
    "float32": Struct("<f"),
    "float64": Struct("<d"),
}
FLOATS = {"float32": "uint32", "float64": "uint64"}
LISTS: dict[str, listtypes.ListType[Any]] = {
    "void": listtypes.VOID_LIST,
    "bool": listtypes.BOOL_LIST,
    "text": listtypes.TEXT_LIST,
    "data": listtypes.DATA_LIST,
    "enum": listtypes.UINT16_LIST,
    "interface": listtypes.CLIENT_LIST,
    "capability": listtypes.CLIENT_LIST,
    **{name: getattr(listtypes, f"{name.upper()}_LIST") for name in SCALARS},
}


class DynamicStruct:
    """A struct with the node that describes it.

    `struct["name"]` reads a field: a number, a bool, a str, a memoryview, a `DynamicStruct` (groups too), a
    `DynamicList`, an `AnyPointerReader`, an untyped `Client`; the name of an enum's value, or its number
    where the schema does not know it.
    """

    __slots__ = ("loader", "node", "reader")

    def __init__(self, loader: SchemaLoader, node: StructNode, reader: StructReader) -> None:
        self.loader = loader
        self.node = node
        self.reader = reader

    @property
    def which(self) -> str | None:
        """The union's member that is set; None without a union, or for a newer schema's member."""
        if not self.node.tag_count:
            return None
        tag = self.reader._tag(self.node.tag_offset * 2)
        return next((f.name for f in self.node.fields if f.tag == tag), None)

    def __iter__(self) -> Iterator[Field]:
        """The fields that can be read: all but the union's other members."""
        which = self.which
        return (f for f in self.node.fields if f.tag is None or f.name == which)

    def __contains__(self, name: object) -> bool:
        return any(f.name == name for f in self)

    def __getitem__(self, name: str) -> Any:
        for one in self.node.fields:
            if one.name == name:
                if one.tag is not None and self.which != name:
                    raise InactiveMemberError(f"{self.node.name} holds {self.which}, not {name}")
                return self.read(one)
        raise SchemaError(f"{self.node.display_name} has no field {name}")

    def is_default(self, one: Field) -> bool:
        """Whether a field holds what it would if it had never been written."""
        if one.type is None:
            inner = DynamicStruct(self.loader, self.loader.struct(one.group_id), self.reader)
            return all(inner.is_default(f) for f in inner) and not inner.reader._tag(
                inner.node.tag_offset * 2
            )
        kind = one.type.kind
        if kind == "void":
            return True
        if kind in SCALARS or kind in ("bool", "enum"):
            return self.raw(one, masked=False) == 0
        return not self.reader._has(one.offset * 8)

    def raw(self, one: Field, *, masked: bool = True) -> int:
        """The bits of a data field, XORed with its default's."""
        assert one.type is not None
        kind = one.type.kind
        default = one.default.value if one.default is not None else 0
        r = self.reader
        if kind == "bool":
            at = r._o + (one.offset >> 3)
            bit = r._s[at] >> (one.offset & 7) & 1 if at < r._p else 0
            return bit ^ (1 if masked and default else 0)
        form = SCALARS["uint16" if kind == "enum" else FLOATS.get(kind, kind)]
        at = r._o + one.offset * form.size
        bits = cast("int", form.unpack_from(r._s, at)[0]) if at + form.size <= r._p else 0
        if not masked or not default:
            return bits
        if kind in FLOATS:
            return bits ^ cast("int", form.unpack(SCALARS[kind].pack(default))[0])
        return bits ^ int(cast("int", default))

    def read(self, one: Field) -> Any:
        """The value of a field."""
        if one.type is None:
            return DynamicStruct(self.loader, self.loader.struct(one.group_id), self.reader)
        kind = one.type.kind
        default = one.default.value if one.default is not None else None
        r = self.reader
        if kind == "void":
            return None
        if kind == "bool":
            return bool(self.raw(one))
        if kind == "enum":
            return enum_name(self.loader, one.type.type_id, self.raw(one))
        if kind in FLOATS:
            return SCALARS[kind].unpack(SCALARS[FLOATS[kind]].pack(self.raw(one)))[0]
        if kind in SCALARS:
            return self.raw(one)
        p = one.offset * 8
        if kind == "text":
            return r._text(p, default if isinstance(default, str) else "")
        if kind == "data":
            return r._data(p, default if isinstance(default, bytes) else b"")
        if r._has(p):
            pointer = AnyPointerReader(r._m, r._s, r._p + p, r._d)
        elif isinstance(default, bytes):
            pointer = MessageReader([default]).get_root()
        else:
            pointer = null_pointer()
        return read_pointer(self.loader, one.type, pointer)


class DynamicList:
    """A list whose elements are read by a type of the schema."""

    __slots__ = ("loader", "reader", "type")

    def __init__(self, loader: SchemaLoader, element: Type, reader: ListReader[Any]) -> None:
        self.loader = loader
        self.type = element
        self.reader = reader

    def __len__(self) -> int:
        return len(self.reader)

    def __iter__(self) -> Iterator[Any]:
        return (self.convert(element) for element in self.reader)

    def __getitem__(self, index: int) -> Any:
        return self.convert(self.reader[index])

    def convert(self, element: Any) -> Any:
        """An element, as the schema's type says."""
        match self.type.kind:
            case "struct":
                return DynamicStruct(self.loader, self.loader.struct(self.type.type_id), element)
            case "enum":
                return enum_name(self.loader, self.type.type_id, element)
            case "list":
                assert self.type.element is not None
                return DynamicList(self.loader, self.type.element, element)
        return element


def enum_name(loader: SchemaLoader, enum_id: int, number: int) -> str | int:
    """The name of an enum's value, or its number where the schema does not know it."""
    known = loader.enum(enum_id).enumerants
    return known[number].name if number < len(known) else number


def list_type(element: Type) -> listtypes.ListType[Any]:
    """The wire layer's list type for elements of a schema's type."""
    if element.kind == "list":
        assert element.element is not None
        return listtypes.ListListType(list_type(element.element))
    if element.kind == "struct":
        return STRUCT_LIST
    return LISTS.get(element.kind, listtypes.ANY_LIST)


def read_pointer(loader: SchemaLoader, kind: Type, pointer: AnyPointerReader) -> Any:
    """What a pointer leads to, read as a type of the schema."""
    match kind.kind:
        case "text":
            return pointer.as_text()
        case "data":
            return pointer.as_data()
        case "struct":
            return DynamicStruct(loader, loader.struct(kind.type_id), pointer.as_struct(StructReader))
        case "list":
            assert kind.element is not None
            return DynamicList(loader, kind.element, pointer.as_list(list_type(kind.element)))
        case "interface" | "capability":
            return pointer.as_client(listtypes.CLIENT_LIST.client)
    return pointer


def read_dynamic(loader: SchemaLoader, which: int | str, message: MessageReader) -> DynamicStruct:
    """The root of a message, read as the struct of this id or name.

    Raises:
        SchemaError: no such struct was loaded.
    """
    return DynamicStruct(loader, loader.struct(which), message.root(StructReader))


STRUCT_LIST: listtypes.ListType[StructReader] = listtypes.StructListType(StructReader, StructBuilder)
