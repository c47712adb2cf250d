"""Type parameters and what they are bound to.

Rules that hold here:

1. A type is *closed* against the brand of its surroundings: each parameter is replaced by what it is bound
   to; one that is unbound stays, and is an AnyPointer.
2. A generic node with something bound (`Box(Text)`) gets classes of its own in the module that uses it
   (`Box_of_Text`), in which the parameter's fields have the bound type.
3. Bindings are followed to a depth of three: a struct that nests itself with an ever larger binding ends in
   AnyPointers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.generate.names import capital
from wetware.capnp.schema.model import FileNode, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.capnp.schema.model import Brand, Node

__all__ = ["closed", "closed_brand", "is_bound", "label"]

MAX_DEPTH = 3
FREE = frozenset({"parameter", "method_parameter"})


def closed(nodes: Mapping[int, Node], t: Type, around: Brand) -> Type:
    """A type as it stands inside a node of this brand."""
    match t.kind:
        case "parameter":
            for scope, bindings in around:
                if scope == t.type_id and t.index < len(bindings):
                    bound = bindings[t.index]
                    return t if bound is None or depth(bound) > MAX_DEPTH else bound
        case "list":
            assert t.element is not None
            return Type("list", element=closed(nodes, t.element, around))
        case "struct" | "interface":
            return Type(t.kind, type_id=t.type_id, brand=closed_brand(nodes, t.type_id, t.brand, around))
    return t


def closed_brand(nodes: Mapping[int, Node], node_id: int, brand: Brand, around: Brand) -> Brand:
    """The brand of a node that is named inside another one, with what it inherits from there."""
    given = {
        scope: tuple(None if one is None else closed(nodes, one, around) for one in bindings)
        for scope, bindings in brand
    }
    inherited = {scope: bindings for scope, bindings in around if scope not in given}
    scopes = surroundings(nodes, node_id)
    merged = {**inherited, **given}
    made = tuple((s, merged[s]) for s in sorted(merged) if scopes is None or s in scopes)
    return made if is_bound(made) else ()


def surroundings(nodes: Mapping[int, Node], node_id: int) -> set[int] | None:
    """The node and those around it; None for the struct of a method, which does not know where it stands."""
    out = set()
    node = nodes.get(node_id)
    while node is not None and not isinstance(node, FileNode):
        out.add(node.id)
        if node.scope_id == 0:
            return None if node.is_generic else out
        node = nodes.get(node.scope_id)
    return out


def is_bound(brand: Brand) -> bool:
    """Whether anything is bound to a type that is no parameter itself."""
    return any(one is not None and one.kind not in FREE for _, bindings in brand for one in bindings)


def depth(t: Type) -> int:
    """How deep types stand inside a type."""
    inner = [depth(t.element)] if t.element is not None else []
    inner += [depth(one) for _, bindings in t.brand for one in bindings if one is not None]
    return 1 + max(inner, default=0)


def label(nodes: Mapping[int, Node], brand: Brand) -> str:
    """What a brand adds to a class's name: `_of_Text`."""
    parts = [word(nodes, one) for _, bindings in brand for one in bindings]
    return "_of_" + "_".join(parts)


def word(nodes: Mapping[int, Node], t: Type | None) -> str:
    """A type as a part of a name."""
    if t is None or t.kind in FREE:
        return "Any"
    if t.kind == "list":
        return "ListOf" + word(nodes, t.element)
    if t.kind in ("struct", "interface", "enum"):
        name = nodes[t.type_id].name if t.type_id in nodes else "Unknown"
        return capital(name) + (label(nodes, t.brand) if t.brand else "")
    return "".join(capital(part) for part in t.kind.split("_"))
