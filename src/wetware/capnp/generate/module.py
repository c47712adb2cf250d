"""Puts one generated module together."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wetware.capnp.generate.fields import float_text
from wetware.capnp.generate.interfaces import InterfaceWriter
from wetware.capnp.generate.names import Names, constant_name
from wetware.capnp.generate.plan import ANY, Plan
from wetware.capnp.generate.structs import StructWriter
from wetware.capnp.generate.text import docstring, indent
from wetware.capnp.schema.model import ConstNode, EnumNode, InterfaceNode, StructNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.capnp.schema.model import Brand, Node, RequestedFile

__all__ = ["write_module"]


def write_module(nodes: Mapping[int, Node], file: RequestedFile, *, package: bool) -> str:
    """The source text of the module that belongs to a schema file.

    Args:
        nodes: all nodes of the compiler's request.
        file: the file.
        package: whether the module will stand in a package.
    """
    plan = Plan(nodes, file, package)
    plan.assign()
    plan.cyclic = file.id in reachable(plan, file.id)
    parts = Parts()
    for node in plan.order():
        write_node(plan, node, (), parts)
    body, tables, packs = parts.body, parts.tables, parts.packs
    constants: list[str] = []
    for node in plan.order():
        if isinstance(node, ConstNode):
            constants += constant(plan, node)
    head = docstring(
        f"Generated from {Path(file.filename).name} by "
        "`python -m wetware.capnp.generate`; do not edit."
        + (f"\n\n{plan.nodes[file.id].doc}" if plan.nodes[file.id].doc else "")
    )
    head += [
        "",
        "# ruff: noqa",
        "",
        "from __future__ import annotations",
        "",
        "from wetware.capnp import runtime as _rt",
    ]
    early = sorted(plan.imports[one] for one in plan.imports if not plan.cyclic or one in plan.base_modules)
    late = sorted(plan.imports[one] for one in plan.imports if plan.imports[one] not in early)
    out = head + early + body + ["", ""]
    out += [f"{name} = {words}" for name, words in plan.defaults.items()]
    # a table may be built from one before it, so their order is kept
    split = next((i for i, table in enumerate(tables) if foreign(table)), len(tables))
    out += packs + [line for table in tables[:split] for line in table]
    out += [f"{line}  # here, since the files import each other" for line in late]
    out += [f"{name} = {expression}" for expression, name in plan.lists.items()]
    out += [line for table in tables[split:] for line in table] + constants
    return tidy("\n".join(out) + "\n")


@dataclass
class Parts:
    """What a module is put together from: classes, tables of methods, formats of data sections."""

    body: list[str] = field(default_factory=list)
    tables: list[list[str]] = field(default_factory=list)
    packs: list[str] = field(default_factory=list)


def write_node(plan: Plan, node: Node, brand: Brand, parts: Parts) -> None:
    """Add the classes of a node; before them, those of bound generics that it was the first to name."""
    own = Parts()
    if isinstance(node, EnumNode):
        own.body += enum(plan, node)
    elif isinstance(node, StructNode):
        writer = StructWriter(plan, node, brand)
        typed = ["if _rt.TYPE_CHECKING:", "", *indent(writer.fields_dict())]
        own.body += ["", "", *typed, "", "", *writer.reader(), "", "", *writer.builder()]
        if more := writer.pipeline():
            own.body += ["", "", *more]
        if form := writer.pack_format():
            own.packs.append(f'_PACK_{writer.name} = _rt.Struct("{form}").pack_into')
    elif isinstance(node, InterfaceNode):
        face = InterfaceWriter(plan, node, brand)
        own.body += ["", "", *face.client(), "", "", *face.server()]
        own.tables.append(face.table())
    while plan.waiting:
        node_id, bound = plan.waiting.pop()
        write_node(plan, plan.nodes[node_id], bound, parts)
    parts.body += own.body
    parts.tables += own.tables
    parts.packs += own.packs


def foreign(table: list[str]) -> bool:
    """Whether a method table names classes of other modules."""
    return any("_capnp." in line for line in table)


def reachable(plan: Plan, start: int) -> set[int]:
    """The files that the types of a file's nodes lead to, one step after the other."""
    links: dict[int, set[int]] = {}
    for node in plan.nodes.values():
        links.setdefault(plan.home(node.id), set()).update(plan.home(one) for one in uses(node))
    seen: set[int] = set()
    todo = [one for one in links.get(start, ()) if one != start]
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo += [next_one for next_one in links.get(one, ()) if next_one != one]
    return seen


def uses(node: Node) -> set[int]:
    """The nodes that a node's types name."""
    out: set[int] = set()
    if isinstance(node, StructNode):
        for one in node.fields:
            t = one.type
            while t is not None and t.element is not None:
                t = t.element
            if t is not None and t.kind in ("struct", "enum", "interface"):
                out.add(t.type_id)
    if isinstance(node, InterfaceNode):
        out |= {base.id for base in node.superclasses}
        for method in node.methods:
            out |= {method.params_id, method.results_id}
    return out


def enum(plan: Plan, node: EnumNode) -> list[str]:
    """The class of an enum."""
    out = ["", "", f"class {plan.name(node.id)}(_rt.CapnpEnum):"]
    out += indent(docstring(node.doc or f"Enum `{node.name}`."))
    out.append("")
    names = Names()
    for number, one in enumerate(node.enumerants):
        out.append(f"    {names.take(constant_name(one.name))} = {number}")
        if one.doc:
            out += indent(docstring(one.doc))
    return out


def constant(plan: Plan, node: ConstNode) -> list[str]:
    """The definition of a constant."""
    outer = plan.nodes.get(node.scope_id)
    prefix = "" if outer is None or outer.id == plan.file.id else plan.name(outer.id) + "_"
    name = prefix + constant_name(node.name)
    t, value = node.type, node.value.value
    if t.kind in ("list", "struct", *ANY):
        words = repr(value if isinstance(value, bytes) else bytes(8))
        read = f"_rt.MessageReader([{words}]).get_root()"
        if t.kind == "struct":
            read += f".as_struct({plan.name(t.type_id, t.brand)})"
        elif t.kind == "list":
            assert t.element is not None
            read += f".as_list({plan.list_type(t.element)})"
        return [f"{name}: _rt.Final[{plan.read_type(t)}] = {read}"]
    if t.kind == "enum":
        return [f"{name}: _rt.Final = {plan.name(t.type_id)}.of({value!r})"]
    if t.kind in ("float32", "float64"):
        return [f"{name}: _rt.Final = {float_text(float(value or 0))}"]
    if t.kind == "data":
        return [f"{name}: _rt.Final = {value or b''!r}"]
    if t.kind == "text":
        return [f"{name}: _rt.Final = {value or ''!r}"]
    if t.kind in ("void", "interface"):
        return [f"{name}: _rt.Final = None"]
    return [f"{name}: _rt.Final = {value!r}"]


def tidy(source: str) -> str:
    """Lay the source out with ruff where it is installed; the text means the same without it."""
    beside = Path(sys.executable).parent / "ruff"
    ruff = str(beside) if beside.is_file() else shutil.which("ruff")
    compile(source, "<generated>", "exec")
    if ruff is None:
        return source
    done = subprocess.run(  # noqa: S603 - a fixed program, its arguments are not a shell's
        [ruff, "format", "--isolated", "--line-length", "110", "--target-version", "py311", "-"],
        input=source.encode(),
        capture_output=True,
        check=False,
    )
    return done.stdout.decode() if done.returncode == 0 else source
