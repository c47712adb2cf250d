"""The model of a compiled schema, as plain immutable data.

It follows `schema.capnp` node for node, with Python's names: what the generator writes code from and what
the dynamic readers go by. `decode` makes it from the compiler's bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "AnnotationNode",
    "Brand",
    "ConstNode",
    "EnumNode",
    "Enumerant",
    "Field",
    "FileNode",
    "InterfaceNode",
    "Method",
    "Node",
    "RequestedFile",
    "StructNode",
    "Superclass",
    "Type",
    "Value",
]

Kind = Literal[
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
    "list",
    "enum",
    "struct",
    "interface",
    "any_pointer",
    "any_struct",
    "any_list",
    "capability",
    "parameter",
    "method_parameter",
]


@dataclass(frozen=True, slots=True)
class Type:
    """A type as a field, a list element or a binding names it.

    Attributes:
        kind: which; the kinds from `any_pointer` on are the schema language's AnyPointer in its several
            forms.
        element: the element's type, for `list`.
        type_id: the node's id, for `enum`, `struct` and `interface`; the scope's, for `parameter`.
        brand: what the node's type parameters are bound to.
        index: which parameter of its scope, for `parameter` and `method_parameter`.
    """

    kind: Kind
    element: Type | None = None
    type_id: int = 0
    brand: Brand = ()
    index: int = 0


# scope id, and what its parameters are bound to: None where unbound; a scope bound as its surroundings are
# is left out
Brand = tuple[tuple[int, tuple[Type | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A constant or a default.

    Attributes:
        kind: the type's kind.
        value: bool, int, float, str, bytes or None; for lists, structs and AnyPointers, the words of a
            message of one segment whose root it is, and None where it is null.
    """

    kind: str
    value: bool | float | str | bytes | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a struct or group.

    Attributes:
        name: as the schema spells it.
        order: its place in the source text, counted within the struct.
        tag: the union's discriminant where it is a member of the union, else None.
        offset: in units of its own size for data fields, in pointers for pointer fields.
        type: of a slot; None for a group.
        default: of a slot.
        explicit_default: whether the schema states the default.
        group_id: the group's node, for a group.
        doc: its doc comment.
    """

    name: str
    order: int
    tag: int | None
    offset: int = 0
    type: Type | None = None
    default: Value | None = None
    explicit_default: bool = False
    group_id: int = 0
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes have.

    Attributes:
        id: 64 bits.
        display_name: file and path, for people: `lab.capnp:Person.PhoneNumber`.
        name: the last part of it.
        scope_id: the surrounding node; 0 for a file.
        parameters: names of its type parameters.
        is_generic: whether it or a node around it has type parameters.
        nested: names and ids of the nodes inside.
        doc: its doc comment.
    """

    id: int
    display_name: str
    name: str
    scope_id: int = 0
    parameters: tuple[str, ...] = ()
    is_generic: bool = False
    nested: tuple[tuple[str, int], ...] = ()
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNode(Node):
    """A schema file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StructNode(Node):
    """A struct or a group.

    Attributes:
        data_words: size of its data section; pointers: of its pointer section.
        is_group: whether it is a part of the struct around it.
        tag_count: members of its union, 0 where there is none; tag_offset: where the discriminant stands,
            in 16-bit units.
        fields: in the order of their numbers.
    """

    data_words: int
    pointers: int
    is_group: bool = False
    tag_count: int = 0
    tag_offset: int = 0
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Enumerant:
    """A value of an enum; its number is its place."""

    name: str
    order: int
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumNode(Node):
    """An enum."""

    enumerants: tuple[Enumerant, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """A method of an interface; its number is its place.

    Attributes:
        params_id: the struct of its parameters; `scope_id` of that node is 0 where the struct was made for
            the method.
        results_id: the struct of its results.
        parameters: names of the method's own type parameters.
    """

    name: str
    order: int
    params_id: int
    results_id: int
    params_brand: Brand = ()
    results_brand: Brand = ()
    parameters: tuple[str, ...] = ()
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Superclass:
    """An interface that another one extends."""

    id: int
    brand: Brand = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceNode(Node):
    """An interface."""

    methods: tuple[Method, ...] = ()
    superclasses: tuple[Superclass, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstNode(Node):
    """A constant."""

    type: Type
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationNode(Node):
    """The declaration of an annotation; annotations have no effect on generated code."""


@dataclass(frozen=True, slots=True)
class RequestedFile:
    """A file that the compiler was asked to compile.

    Its node's id, its path as given, its imports (id, path as written).
    """

    id: int
    filename: str
    imports: tuple[tuple[int, str], ...] = field(default=())
