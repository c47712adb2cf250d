"""Writes the classes of an interface: its client, its server, and the handlers between them and the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.generate.names import Names, member_name
from wetware.capnp.generate.plan import STREAM_RESULT
from wetware.capnp.generate.structs import BUILTINS, StructWriter
from wetware.capnp.generate.text import docstring, indent
from wetware.capnp.schema.model import EnumNode, InterfaceNode, StructNode

if TYPE_CHECKING:
    from wetware.capnp.generate.plan import Plan
    from wetware.capnp.schema.model import Brand, Method, Superclass

__all__ = ["InterfaceWriter"]


class InterfaceWriter:
    """Writes one interface.

    Args:
        plan: the module's names.
        node: the interface.
        brand: what its type parameters are bound to.
    """

    def __init__(self, plan: Plan, node: InterfaceNode, brand: Brand = ()) -> None:
        self.plan = plan
        self.node = node
        self.brand = brand
        self.name = plan.name(node.id, brand)
        names = Names(frozenset(self.inherited()))
        self.methods = [(number, m, names.take(member_name(m.name))) for number, m in enumerate(node.methods)]

    def inherited(self) -> set[str]:
        """The names of the methods of all interfaces that this one extends."""
        out: set[str] = set()
        for base in self.ancestors(self.node):
            found = self.plan.nodes[base]
            assert isinstance(found, InterfaceNode)
            out |= {member_name(m.name) for m in found.methods}
        return out

    def ancestors(self, node: InterfaceNode) -> set[int]:
        """The ids of all interfaces that one extends."""
        out: set[int] = set()
        for base in node.superclasses:
            found = self.plan.nodes[base.id]
            assert isinstance(found, InterfaceNode)
            out |= {base.id} | self.ancestors(found)
        return out

    def hidden(self) -> frozenset[str]:
        """The names of what is nested in the interfaces that this one extends."""
        out: set[str] = set()
        for base in self.ancestors(self.node):
            prefix = self.plan.short(base) + "_"
            inner = self.plan.inner(self.plan.nodes[base])
            typed = [one for one in inner if isinstance(one, (StructNode, EnumNode, InterfaceNode))]
            out |= {self.plan.short(one.id).removeprefix(prefix) for one in typed}
        return frozenset(out)

    def bases(self, suffix: str, root: str) -> str:
        """The base classes: what is extended, without what another base extends already."""
        ids = list(dict.fromkeys(base.id for base in self.node.superclasses))
        covered: set[int] = set()
        for one in ids:
            found = self.plan.nodes[one]
            assert isinstance(found, InterfaceNode)
            covered |= self.ancestors(found)
        names = [self.base(one) for one in self.node.superclasses if one.id in ids and one.id not in covered]
        names = list(dict.fromkeys(names))
        self.plan.base_modules |= {name.partition(".")[0] for name in names if "." in name}
        return ", ".join(name + suffix for name in names) or root

    def base(self, one: Superclass) -> str:
        """The class of an interface that this one extends."""
        return self.plan.name(one.id, self.plan.close(one.id, one.brand, self.brand))

    def hide(self, text: str) -> str:
        """Spell a builtin type so that a method of the same name does not hide it."""
        import re

        for _, _, name in self.methods:
            if name in BUILTINS:
                text = re.sub(rf"(?<![\w.]){name}(?!\w)", f"_rt.builtins.{name}", text)
        return text

    def params(self, method: Method) -> StructWriter:
        """The struct of a method's parameters."""
        node = self.plan.nodes[method.params_id]
        assert isinstance(node, StructNode)
        return StructWriter(self.plan, node, self.plan.close(node.id, method.params_brand, self.brand))

    def results_name(self, method: Method) -> str:
        """The struct of a method's results."""
        brand = self.plan.close(method.results_id, method.results_brand, self.brand)
        return self.plan.name(method.results_id, brand)

    def pipelines(self, method: Method) -> bool:
        """Whether a method's results can hold capabilities."""
        node = self.plan.nodes[method.results_id]
        assert isinstance(node, StructNode)
        return self.plan.pipelines(node, self.plan.close(node.id, method.results_brand, self.brand))

    def client(self) -> list[str]:
        """The client class."""
        out = [f"class {self.name}({self.bases('', '_rt.Client')}):"]
        out += indent(docstring(self.node.doc or f"Interface `{self.node.name}`."))
        out += ["", "    __slots__ = ()", f"    _id = {self.node.id:#x}", *self.aliases()]
        for number, method, name in self.methods:
            params = self.params(method)
            settable = params.settable()
            streaming = method.results_id == STREAM_RESULT
            gives = "_rt.Awaitable[None]" if streaming else f"{self.results_name(method)}_Promise"
            out += ["", f"    def {name}(", "        self,"]
            if settable:
                out.append("        *,")
            fill = []
            for one in settable:
                accept = params.accept(one)
                packed = one in params.packed()
                assert one.slot is not None or not packed
                default = one.slot.default_text() if packed and one.slot else "None"
                if not packed and "None" not in accept.split(" | "):
                    accept += " | None"
                out.append(f"        {one.name}: {self.hide(accept)} = {default},")
                fill.append(f"{one.name}={one.name}")
            out.append(f"    ) -> {self.hide(gives)}:")
            if method.doc:
                out += indent(docstring(method.doc), 2)
            out.append(f"        _params = _rt.new_message({params.name}_Builder)")
            if fill:
                out.append(f"        _params._fill({', '.join(fill)})")
            if streaming:
                out.append(f"        return self._stream({self.node.id:#x}, {number}, _params._m)")
            else:
                hint = "" if self.pipelines(method) else ", _rt.NO_PIPELINING"
                answer = f"self._send({self.node.id:#x}, {number}, _params._m{hint})"
                out.append(f"        return {self.results_name(method)}_Promise({answer})")
        return out

    def aliases(self) -> list[str]:
        """The names of nested nodes, and of the server class."""
        out = [f"    {line}" for line in self.plan.aliases(self.node, self.brand, self.hidden())]
        if self.plan.names.free("Server"):
            out += ["    if _rt.TYPE_CHECKING:", f'        Server: _rt.TypeAlias = "{self.name}_Server"']
        return ["", *out]

    def server(self) -> list[str]:
        """The handlers and the abstract server class."""
        out: list[str] = []
        for _, method, name in self.methods:
            out += self.handler(method, name)
        out += [f"class {self.name}_Server({self.bases('_Server', '_rt.Server')}):"]
        out += [f'    """Derive from it to serve `{self.node.name}`."""', "", "    __slots__ = ()"]
        out += [f"    _id = {self.node.id:#x}", f"    _client = {self.name}"]
        for _, method, name in self.methods:
            out += ["", "    @_rt.abstractmethod", f"    async def {name}(", "        self,", "        *,"]
            for one, kind in self.arguments(method):
                out.append(f"        {one}: {self.hide(kind)},")
            out += ["        context: _rt.CallContext,", f"    ) -> {self.hide(self.gives(method))}:"]
            out += indent(docstring(method.doc), 2) if method.doc else ["        ..."]
        return out

    def gives(self, method: Method) -> str:
        """What a server's method may return."""
        if method.results_id == STREAM_RESULT:
            return "None"
        name = self.results_name(method)
        return f"{name} | {name}_Fields | {name}_Promise | None"

    def arguments(self, method: Method) -> list[tuple[str, str]]:
        """A server method's parameters: the fields, or the struct as a whole where it is a union."""
        params = self.params(method)
        if params.node.tag_count:
            return [("params", params.name)]
        return [
            (
                m.name,
                params.group(m) if m.slot is None else self.plan.read_type(m.slot.type),
            )
            for m in params.settable()
        ]

    def handler(self, method: Method, name: str) -> list[str]:
        """The function between a call's message and the server's method."""
        params = self.params(method)
        given = (
            ["params=params"]
            if params.node.tag_count
            else [f"{m.name}=params.{m.name}" for m in params.settable()]
        )
        call = f"await server.{name}({', '.join([*given, 'context=context'])})"
        out = [
            f"async def _handle_{self.name}_{name}(",
            f"    server: {self.name}_Server, message: _rt.MessageReader, context: _rt.CallContext",
            ") -> _rt.Outcome:",
        ]
        if given:
            out.append(f"    params = message.root({params.name})")
        if method.results_id == STREAM_RESULT:
            return [*out, f"    {call}", "    return None", "", ""]
        return [*out, f"    return _rt.outcome({self.results_name(method)}_Builder, {call})", "", ""]

    def table(self) -> list[str]:
        """The assignments of the method tables of client and server."""
        info, handlers = [], []
        for base in self.node.superclasses:
            info.append(f"    **{self.base(base)}.METHODS,")
            handlers.append(f"    **{self.base(base)}_Server.METHODS,")
        for number, method, name in self.methods:
            streaming = method.results_id == STREAM_RESULT
            key = f"({self.node.id:#x}, {number})"
            results = "_rt.StructReader" if streaming else self.results_name(method)
            info.append(
                f"    {key}: _rt.MethodInfo({self.node.id:#x}, {number}, {self.node.name!r}, "
                f"{method.name!r}, {streaming}, {self.params(method).name}, {results}),"
            )
            handlers.append(
                f"    {key}: ({self.node.name + '.' + method.name!r}, _handle_{self.name}_{name}),"
            )
        return [
            f"{self.name}.METHODS = {{",
            *info,
            "}",
            f"{self.name}_Server.METHODS = {{",
            *handlers,
            "}",
        ]
