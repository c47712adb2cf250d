"""From the bytes of a compiled schema to its model.

The accessors are written by hand, with the offsets that `capnp compile -ocapnp schema.capnp` prints, so
that nothing generated is needed to generate. The standard's own `schema_capnp` reads the same bytes; a test
compares the two.
"""

from __future__ import annotations

from struct import Struct, unpack_from
from typing import TYPE_CHECKING, cast

from wetware.capnp.builder import StructBuilder
from wetware.capnp.errors import SchemaError
from wetware.capnp.framing import read_message, segment_bytes
from wetware.capnp.listtypes import StructListType
from wetware.capnp.message import DEFAULT_LIMITS, Limits, MessageBuilder
from wetware.capnp.reader import StructReader
from wetware.capnp.schema.model import (
    AnnotationNode,
    Brand,
    ConstNode,
    Enumerant,
    EnumNode,
    Field,
    FileNode,
    InterfaceNode,
    Kind,
    Method,
    Node,
    RequestedFile,
    StructNode,
    Superclass,
    Type,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.capnp.lists import ListReader

__all__ = ["decode_node", "decode_request"]

# ruff: noqa: SLF001 - slots of the wire layer

STRUCTS: StructListType[StructReader, StructBuilder] = StructListType(StructReader, StructBuilder)
Docs = tuple[str, tuple[str, ...]]
NO_DOCS: Docs = ("", ())

SIMPLE: tuple[Kind, ...] = (
    "void",
    "bool",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float32",
    "float64",
    "text",
    "data",
)
ANY: tuple[Kind, ...] = ("any_pointer", "any_struct", "any_list", "capability")
# offset and format of a value's data, by its tag
SCALARS = {
    2: ("<b", 2),
    3: ("<h", 2),
    4: ("<i", 4),
    5: ("<q", 8),
    6: ("<B", 2),
    7: ("<H", 2),
    8: ("<I", 4),
    9: ("<Q", 8),
    10: ("<f", 4),
    11: ("<d", 8),
    15: ("<H", 2),
}
VALUES = (*SIMPLE, "list", "enum", "struct", "interface", "any_pointer")


def number(r: StructReader, offset: int, form: str = "<I") -> int:
    """The integer at byte `offset` of the data section."""
    at = r._o + offset
    return cast("int", unpack_from(form, r._s, at)[0]) if at + Struct(form).size <= r._p else 0


def u16(r: StructReader, offset: int) -> int:
    """16 bits, without sign."""
    return number(r, offset, "<H")


def u64(r: StructReader, offset: int) -> int:
    """64 bits, without sign."""
    return number(r, offset, "<Q")


def bit(r: StructReader, place: int) -> bool:
    """A bool."""
    at = r._o + (place >> 3)
    return at < r._p and bool(r._s[at] >> (place & 7) & 1)


def structs(r: StructReader, pointer: int) -> ListReader[StructReader]:
    """The list of structs behind a pointer."""
    return STRUCTS.read(r, pointer * 8)


def text(r: StructReader, pointer: int) -> str:
    """The text behind a pointer."""
    return r._text(pointer * 8)


def struct(r: StructReader, pointer: int) -> StructReader:
    """The struct behind a pointer."""
    return r._struct(StructReader, pointer * 8)


def decode_type(r: StructReader) -> Type:
    """A `Type`."""
    tag = u16(r, 0)
    if tag < len(SIMPLE):
        return Type(SIMPLE[tag])
    match tag:
        case 14:
            return Type("list", element=decode_type(struct(r, 0)))
        case 15:
            return Type("enum", type_id=u64(r, 8), brand=decode_brand(struct(r, 0)))
        case 16:
            return Type("struct", type_id=u64(r, 8), brand=decode_brand(struct(r, 0)))
        case 17:
            return Type("interface", type_id=u64(r, 8), brand=decode_brand(struct(r, 0)))
        case 18:
            match u16(r, 8):
                case 0:
                    kind = u16(r, 10)
                    return Type(ANY[kind] if kind < len(ANY) else "any_pointer")
                case 1:
                    return Type("parameter", type_id=u64(r, 16), index=u16(r, 10))
                case 2:
                    return Type("method_parameter", index=u16(r, 10))
    raise SchemaError(f"the schema holds a type of a kind that is not known here (tag {tag}); update wetware")


def decode_brand(r: StructReader) -> Brand:
    """A `Brand`."""
    scopes = []
    for scope in structs(r, 0):
        if u16(scope, 8) == 0:
            bindings = structs(scope, 0)
            scopes.append(
                (u64(scope, 0), tuple(decode_type(struct(b, 0)) if u16(b, 0) else None for b in bindings))
            )
    return tuple(scopes)


def decode_value(r: StructReader) -> Value:
    """A `Value`."""
    tag = u16(r, 0)
    if tag >= len(VALUES):
        raise SchemaError(f"the schema holds a value of a kind that is not known here (tag {tag})")
    kind = VALUES[tag]
    if tag == 1:
        return Value(kind, bit(r, 16))
    if tag in SCALARS:
        form, offset = SCALARS[tag]
        return Value(kind, number(r, offset, form))
    if tag == 12:
        return Value(kind, text(r, 0) if r._has(0) else None)
    if tag == 13:
        return Value(kind, bytes(r._data(0)) if r._has(0) else None)
    if tag in (14, 16, 18) and r._has(0):
        from wetware.capnp.copying import copy_pointer

        m = MessageBuilder()
        copy_pointer(m, m.segment, 8, r._m, r._s, r._p, r._d)
        return Value(kind, segment_bytes(m)[0])
    return Value(kind, None)


def decode_field(r: StructReader, doc: str) -> Field:
    """A `Field`."""
    tag = u16(r, 2) ^ 0xFFFF
    name = text(r, 0)
    order = u16(r, 0)
    discriminant = None if tag == 0xFFFF else tag
    if u16(r, 8) == 1:
        return Field(name, order, discriminant, group_id=u64(r, 16), doc=doc)
    if u16(r, 8) != 0:
        raise SchemaError(f"field {name} is of a kind that is not known here; update wetware")
    return Field(
        name,
        order,
        discriminant,
        offset=number(r, 4),
        type=decode_type(struct(r, 2)),
        default=decode_value(struct(r, 3)),
        explicit_default=bit(r, 128),
        doc=doc,
    )


def decode_method(r: StructReader, doc: str) -> Method:
    """A `Method`."""
    return Method(
        name=text(r, 0),
        order=u16(r, 0),
        params_id=u64(r, 8),
        results_id=u64(r, 16),
        params_brand=decode_brand(struct(r, 2)),
        results_brand=decode_brand(struct(r, 3)),
        parameters=tuple(text(p, 0) for p in structs(r, 4)),
        doc=doc,
    )


def decode_node(r: StructReader, docs: Docs = NO_DOCS) -> Node:
    """A `Node` of `schema.capnp`.

    Args:
        r: the root or element struct.
        docs: the node's doc comment and those of its members.

    Raises:
        SchemaError: the node is of a kind that this version does not know.
    """
    doc, members = docs

    def member(index: int) -> str:
        return members[index] if index < len(members) else ""

    display_name = text(r, 0)
    common = {
        "id": u64(r, 0),
        "display_name": display_name,
        "name": display_name[number(r, 8) :],
        "scope_id": u64(r, 16),
        "parameters": tuple(text(p, 0) for p in structs(r, 5)),
        "is_generic": bit(r, 288),
        "nested": tuple((text(n, 0), u64(n, 0)) for n in structs(r, 1)),
        "doc": doc,
    }
    match u16(r, 12):
        case 0:
            return FileNode(**common)  # type: ignore[arg-type]  # the keys are the fields
        case 1:
            return StructNode(
                **common,  # type: ignore[arg-type]  # as above
                data_words=u16(r, 14),
                pointers=u16(r, 24),
                is_group=bit(r, 224),
                tag_count=u16(r, 30),
                tag_offset=number(r, 32),
                fields=tuple(decode_field(f, member(i)) for i, f in enumerate(structs(r, 3))),
            )
        case 2:
            return EnumNode(
                **common,  # type: ignore[arg-type]  # as above
                enumerants=tuple(
                    Enumerant(text(e, 0), u16(e, 0), member(i)) for i, e in enumerate(structs(r, 3))
                ),
            )
        case 3:
            return InterfaceNode(
                **common,  # type: ignore[arg-type]  # as above
                methods=tuple(decode_method(m, member(i)) for i, m in enumerate(structs(r, 3))),
                superclasses=tuple(Superclass(u64(s, 0), decode_brand(struct(s, 0))) for s in structs(r, 4)),
            )
        case 4:
            return ConstNode(
                **common,  # type: ignore[arg-type]  # as above
                type=decode_type(struct(r, 3)),
                value=decode_value(struct(r, 4)),
            )
        case 5:
            return AnnotationNode(**common)  # type: ignore[arg-type]  # as above
        case tag:
            raise SchemaError(f"{display_name} is a node of a kind that is not known here (tag {tag})")


def decode_request(
    data: bytes, limits: Limits = DEFAULT_LIMITS
) -> tuple[Mapping[int, Node], tuple[RequestedFile, ...]]:
    """A `CodeGeneratorRequest`, as the compiler gives it to its plug-ins (`capnp compile -o-`).

    Returns:
        All nodes by their ids, and the files that were asked for.

    Raises:
        DecodeError: the bytes are no Cap'n Proto message of that type.
        SchemaError: the schema holds something that this version does not know.
    """
    r = read_message(data, limits=limits).root(StructReader)
    docs: dict[int, Docs] = {
        u64(info, 0): (text(info, 0).strip(), tuple(text(m, 0).strip() for m in structs(info, 1)))
        for info in structs(r, 3)
    }
    nodes = {}
    for element in structs(r, 0):
        node = decode_node(element, docs.get(u64(element, 0), NO_DOCS))
        nodes[node.id] = node
    files = tuple(
        RequestedFile(u64(f, 0), text(f, 0), tuple((u64(i, 0), text(i, 0)) for i in structs(f, 1)))
        for f in structs(r, 1)
    )
    return nodes, files
