"""Which Python name each schema node gets, in which module, and how types are spelled in annotations.

Rules that hold here:

1. Nested nodes become module-level classes with joined names; a nested node stands before the one around it,
   so that the outer class can name it (`Person.PhoneNumber = Person_PhoneNumber`).
2. A type parameter is an AnyPointer where it is unbound; what is bound is in `brands`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wetware.capnp.errors import SchemaError
from wetware.capnp.generate.brands import closed, closed_brand, label
from wetware.capnp.generate.names import Names, capital, module_name
from wetware.capnp.schema.model import EnumNode, FileNode, InterfaceNode, RequestedFile, StructNode, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.capnp.schema.model import Brand, Field, Node

__all__ = ["STREAM_RESULT", "Plan"]

STREAM_RESULT = 0x995F9A3377C0B16E

SCALARS = {
    "bool": "bool",
    "int8": "int",
    "int16": "int",
    "int32": "int",
    "int64": "int",
    "uint8": "int",
    "uint16": "int",
    "uint32": "int",
    "uint64": "int",
    "float32": "float",
    "float64": "float",
}
# what the classes of a node are called, behind its name
DERIVED = ("Builder", "Fields", "Capabilities", "Pipeline", "Promise", "Server")

ANY = frozenset({"any_pointer", "any_struct", "any_list", "parameter", "method_parameter"})


@dataclass
class Plan:
    """The names of everything that one generated module defines or uses.

    Attributes:
        nodes: all nodes of the request.
        file: the file that the module is generated from.
        package: whether the module stands in a package, so that its neighbours are imported relatively.
        flat: the names of this file's own nodes.
        names: all names that are taken.
        imports: the modules that were named so far, with the statements that import them.
        lists: expressions of list types that were used so far, with the constants that hold them.
        defaults: constants that hold the defaults of pointer fields.
        base_modules: the modules that hold base classes of this one.
        special: the names of generic nodes with something bound.
        others: the names of other files.
        waiting: those of them that are still to be written.
        cyclic: whether other files lead back to this one.
    """

    nodes: Mapping[int, Node]
    file: RequestedFile
    package: bool
    flat: dict[int, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    imports: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    base_modules: set[str] = field(default_factory=set)
    special: dict[tuple[int, Brand], str] = field(default_factory=dict)
    waiting: list[tuple[int, Brand]] = field(default_factory=list)
    others: dict[int, Plan] = field(default_factory=dict)
    cyclic: bool = False

    def order(self) -> list[Node]:
        """The module's nodes: enums first, as signatures hold their values, then each behind what it needs.

        Those are the nodes nested in it, and what it extends.
        """
        out: list[Node] = []
        seen: set[int] = set()

        def visit(node: Node) -> None:
            if node.id in seen:
                return
            seen.add(node.id)
            if isinstance(node, InterfaceNode):
                for base in node.superclasses:
                    if self.home(base.id) == self.file.id:
                        visit(self.nodes[base.id])
            for inner in self.inner(node):
                visit(inner)
            out.append(node)

        for _, child in self.nodes[self.file.id].nested:
            if child in self.nodes:
                visit(self.nodes[child])
        return sorted(out, key=lambda node: not isinstance(node, EnumNode))

    def inner(self, node: Node) -> list[Node]:
        """What is nested in a node, groups and the structs of methods too."""
        found = [self.nodes[child] for _, child in node.nested if child in self.nodes]
        if isinstance(node, StructNode):
            found += [self.nodes[f.group_id] for f in node.fields if f.group_id]
        if isinstance(node, InterfaceNode):
            for method in node.methods:
                for one in (method.params_id, method.results_id):
                    made = self.nodes[one]
                    if made.scope_id == 0 and one != STREAM_RESULT:
                        found.append(made)
        return found

    def assign(self) -> None:
        """Give every node of this file its name."""
        self.assign_in(self.nodes[self.file.id], "")

    def assign_in(self, node: Node, prefix: str) -> None:
        """Name what is nested in `node`, all the way down."""
        for name, child in node.nested:
            if child in self.nodes:
                self.take(child, prefix + name)
        if isinstance(node, StructNode):
            for one in node.fields:
                if one.group_id:
                    self.take(one.group_id, prefix + capital(one.name))
        if isinstance(node, InterfaceNode):
            for method in node.methods:
                for one_id, suffix in ((method.params_id, "Params"), (method.results_id, "Results")):
                    if self.nodes[one_id].scope_id == 0 and one_id != STREAM_RESULT:
                        self.take(one_id, prefix + capital(method.name) + suffix)

    def aliases(self, node: Node, brand: Brand = (), hidden: frozenset[str] = frozenset()) -> list[str]:
        """The assignments that make nested nodes reachable through their surroundings.

        None for a name that the module has at its top: inside the class it would hide that one from
        annotations.
        """
        out = []
        for inner in self.inner(node):
            short = self.short(inner.id).removeprefix(self.short(node.id) + "_")
            if isinstance(inner, (StructNode, EnumNode, InterfaceNode)) and self.names.free(short):
                if short in hidden:
                    continue
                out.append(f"{short}: _rt.TypeAlias = {self.name(inner.id, self.close(inner.id, (), brand))}")
        return out

    def take(self, node_id: int, name: str) -> None:
        """Give a node its name, and keep those that are derived from it."""
        self.flat[node_id] = self.names.take(name)
        for suffix in DERIVED:
            self.names.take(f"{self.flat[node_id]}_{suffix}")
        self.assign_in(self.nodes[node_id], self.flat[node_id] + "_")

    def home(self, node_id: int) -> int:
        """The id of the file that a node stands in."""
        if node_id in self.flat:
            return self.file.id
        node = self.nodes.get(node_id)
        while node is not None and not isinstance(node, FileNode):
            node = self.nodes.get(node.scope_id)
        return 0 if node is None else node.id

    def close(self, node_id: int, brand: Brand, around: Brand) -> Brand:
        """The brand of a node that is named inside another one."""
        return closed_brand(self.nodes, node_id, brand, around) if self.nodes[node_id].is_generic else ()

    def short(self, node_id: int) -> str:
        """The name of a node in the module of its own file, unbranded."""
        if node_id in self.flat:
            return self.flat[node_id]
        made = self.owner(node_id)
        if made is None:
            raise SchemaError(f"the compiled schema lacks node {node_id:#x}")
        return made.flat[node_id]

    def owner(self, node_id: int) -> Plan | None:
        """The plan of the file that a node of another file stands in."""
        home = self.home(node_id)
        if home and home != self.file.id:
            return self.other(home)
        # the structs of methods do not know where they stand
        for node in self.nodes.values():
            if isinstance(node, FileNode) and node.id != self.file.id:
                other = self.other(node.id)
                if node_id in other.flat:
                    return other
        return None

    def name(self, node_id: int, brand: Brand = ()) -> str:
        """The class of a node, as this module's code names it; notes the import that this needs.

        Raises:
            SchemaError: the node's file is not part of the request.
        """
        if brand:
            made = self.special.get((node_id, brand))
            if made is None:
                made = self.names.take(self.short(node_id) + label(self.nodes, brand))
                for suffix in DERIVED:
                    self.names.take(f"{made}_{suffix}")
                self.special[node_id, brand] = made
                self.waiting.append((node_id, brand))
            return made
        if node_id in self.flat:
            return self.flat[node_id]
        other = self.owner(node_id)
        if other is None:
            raise SchemaError(f"the compiled schema lacks node {node_id:#x}")
        return f"{self.module_of(other.file.id)}.{other.flat[node_id]}"

    def other(self, file_id: int) -> Plan:
        """The names of another file of the request."""
        if file_id not in self.others:
            other = Plan(self.nodes, RequestedFile(file_id, self.nodes[file_id].display_name), self.package)
            other.assign()
            self.others[file_id] = other
        return self.others[file_id]

    def module_of(self, file_id: int) -> str:
        """The name under which another file's module is imported; notes the import."""
        path = next((path for one, path in self.file.imports if one == file_id), None)
        if path is None:
            path = "/" + self.nodes[file_id].display_name
        name = module_name(path)
        if path.startswith("/capnp/"):
            self.imports[name] = f"from wetware.capnp.standard import {name}"
        elif path.startswith("/"):
            folder = ".".join(PurePosixPath(path).parent.parts[1:])
            self.imports[name] = f"from {folder} import {name}" if folder else f"import {name}"
        else:
            parts = PurePosixPath(path).parent.parts
            up = "." * (1 + parts.count("..")) if self.package else ""
            folder = up + ".".join(p for p in parts if p not in ("..", "."))
            self.imports[name] = f"from {folder} import {name}" if folder else f"import {name}"
        return name

    def list_type(self, element: Type) -> str:
        """The expression for the list type whose elements are `element`."""
        kind = element.kind
        if kind in SCALARS or kind in ("void", "text", "data"):
            return f"_rt.{kind.upper()}_LIST"
        if kind in ANY:
            return "_rt.ANY_LIST"
        if kind == "capability":
            return "_rt.CLIENT_LIST"
        if kind == "list":
            assert element.element is not None
            inner = self.list_type(element.element)
            made = f"_rt.ListListType({inner})"
            return self.constant(
                made, "_LIST" + inner.removeprefix("_rt.").removeprefix("_LIST").join(("_", ""))
            )
        name = self.name(element.type_id, element.brand)
        flat = name.replace(".", "_")
        if self.cyclic and "." in name:
            # the other module may not be there yet when this one's constants are made
            return f"_rt.list_of_{kind}({name})"
        if kind == "enum":
            return self.constant(f"_rt.EnumListType({name})", f"_LIST_{flat}")
        if kind == "interface":
            return self.constant(f"_rt.ClientListType({name})", f"_LIST_{flat}")
        return self.constant(f"_rt.StructListType({name}, {name}_Builder)", f"_LIST_{flat}")

    def constant(self, expression: str, name: str) -> str:
        """A module-level constant of this expression; one for each expression."""
        if expression not in self.lists:
            self.lists[expression] = self.names.take(name)
        return self.lists[expression]

    def default(self, words: bytes, owner: str, member: str) -> str:
        """A module-level constant that holds a pointer field's default."""
        name = self.names.take(f"_DEFAULT_{owner}_{member}")
        self.defaults[name] = repr(words)
        return name

    def read_type(self, t: Type, *, build: bool = False) -> str:
        """What reading a field of this type gives; with `build`, reading it from a builder."""
        kind = t.kind
        if kind in SCALARS:
            return SCALARS[kind]
        match kind:
            case "void":
                return "None"
            case "text":
                return "str"
            case "data":
                return "memoryview"
            case "list":
                assert t.element is not None
                base = "_rt.ListBuilder" if build else "_rt.ListReader"
                element = t.element
                return f"{base}[{self.element_type(element, build=build)}]"
            case "enum" | "interface":
                return self.name(t.type_id, t.brand)
            case "struct":
                return self.name(t.type_id, t.brand) + ("_Builder" if build else "")
            case "capability":
                return "_rt.Client"
        return "_rt.AnyPointerBuilder" if build else "_rt.AnyPointerReader"

    def element_type(self, t: Type, *, build: bool) -> str:
        """What an element of a list reads as; inner lists and pointers are typed as readers."""
        return self.read_type(t, build=build and t.kind == "struct")

    def accept_type(self, t: Type) -> str:
        """What may be assigned to a field of this type."""
        kind = t.kind
        if kind in SCALARS:
            return SCALARS[kind]
        match kind:
            case "void":
                return "bool"
            case "text":
                return "str"
            case "data":
                return "_rt.Bytes"
            case "list":
                assert t.element is not None
                return f"_rt.Iterable[{self.accept_type(t.element)}]"
            case "enum":
                return self.name(t.type_id)
            case "interface":
                names = self.forms(t)
                return " | ".join(f"{name} | {name}_Server" for name in names) + " | None"
            case "struct":
                names = self.forms(t)
                return " | ".join([*names, f"{names[0]}_Fields"])
            case "capability":
                return "_rt.Client | _rt.Server | None"
        return "_rt.AnyValue"

    def forms(self, t: Type) -> list[str]:
        """The classes that hold a type: its own, and the unbound one of a generic."""
        own = self.name(t.type_id, t.brand)
        return [own, self.name(t.type_id)] if t.brand else [own]

    def pipelines(self, node: StructNode, brand: Brand = (), seen: frozenset[int] = frozenset()) -> bool:
        """Whether a promise of this struct has capabilities that can be called before it is there."""
        if node.id in seen:
            return False
        seen |= {node.id}
        return any(self.pipeline_field(f, brand, seen) for f in node.fields)

    def pipeline_field(self, one: Field, brand: Brand = (), seen: frozenset[int] = frozenset()) -> bool:
        """The same of one field."""
        if one.group_id:
            group = self.nodes[one.group_id]
            return isinstance(group, StructNode) and self.pipelines(group, brand, seen)
        assert one.type is not None
        t = closed(self.nodes, one.type, brand)
        if t.kind in ("interface", "capability") or t.kind in ANY:
            return True
        if t.kind != "struct":
            return False
        struct = self.nodes.get(t.type_id)
        return isinstance(struct, StructNode) and self.pipelines(struct, t.brand, seen)

    def is_params(self, node: Node) -> bool:
        """Whether a struct was made for the parameters of a method."""
        return node.scope_id == 0 and node.name.endswith("$Params")
