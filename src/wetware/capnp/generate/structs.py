"""Writes the classes of a struct or group.

Its fields as a TypedDict, its reader, its builder, its pipeline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wetware.capnp.generate.fields import SIZES, Slot
from wetware.capnp.generate.names import Names, member_name
from wetware.capnp.generate.plan import ANY
from wetware.capnp.generate.text import docstring, indent
from wetware.capnp.schema.model import StructNode

if TYPE_CHECKING:
    from wetware.capnp.generate.plan import Plan
    from wetware.capnp.schema.model import Brand, Field

__all__ = ["Member", "StructWriter"]

BUILTINS = frozenset(
    {"int", "bool", "str", "float", "bytes", "object", "memoryview", "tuple", "dict", "list", "type", "None"}
)


@dataclass
class Member:
    """A field with its Python name and, unless it is a group, its slot."""

    field: Field
    name: str
    slot: Slot | None


class StructWriter:
    """Writes one struct or group.

    Args:
        plan: the module's names.
        node: the struct.
        brand: what its type parameters are bound to.
    """

    def __init__(self, plan: Plan, node: StructNode, brand: Brand = ()) -> None:
        self.plan = plan
        self.node = node
        self.brand = brand
        self.name = plan.name(node.id, brand)
        names = Names()
        self.members = []
        for one in node.fields:
            name = names.take(member_name(one.name))
            slot = None if one.type is None else Slot(plan, node, one, name, self.name, brand=brand)
            self.members.append(Member(one, name, slot))
        self.names = names
        self.tag_at = node.tag_offset * 2
        self.unknown = "unknown"
        while any(m.name == self.unknown for m in self.members):
            self.unknown += "_"

    def group(self, one: Member) -> str:
        """The class of a group."""
        return self.plan.name(one.field.group_id, self.plan.close(one.field.group_id, (), self.brand))

    def hide(self, text: str) -> str:
        """Spell a builtin type so that a field of the same name does not hide it."""
        for one in self.members:
            if one.name in BUILTINS:
                import re

                text = re.sub(rf"(?<![\w.]){one.name}(?!\w)", f"_rt.builtins.{one.name}", text)
        return text

    def accept(self, one: Member) -> str:
        """What may be assigned to a member."""
        if one.slot is None:
            return f"{self.group(one)}_Fields"
        return self.plan.accept_type(one.slot.type)

    def settable(self) -> list[Member]:
        """The members that construction takes: all but Void fields outside a union."""
        return [m for m in self.members if m.field.tag is not None or m.slot is None or m.slot.kind != "void"]

    def fields_dict(self) -> list[str]:
        """The TypedDict of the fields, for type checkers."""
        out = [f"class {self.name}_Fields(_rt.TypedDict, total=False):"]
        doc = f"The fields of {self.name}, for construction; those left out keep their defaults."
        out += [f'    """{doc}"""', ""]
        out += [f"    {m.name}: {self.hide(self.accept(m))}" for m in self.settable()]
        return out

    def reader(self) -> list[str]:
        """The reader class."""
        what = "Group" if self.node.is_group else "Struct"
        out = [f"class {self.name}(_rt.StructReader):"]
        out += indent(docstring(self.node.doc or f"{what} `{self.node.name}`."))
        out += ["", "    __slots__ = ()"]
        out += [f"    _size = ({self.node.data_words}, {self.node.pointers})", f"    _id = {self.node.id:#x}"]
        out += self.aliases()
        if self.node.tag_count:
            out += self.which()
        for one in self.members:
            out += self.getter(one, build=False)
            if one.slot is not None and one.slot.kind == "struct":
                out += self.has(one)
        if not self.node.is_group:
            out += [
                "",
                "    @staticmethod",
                f"    def new(**fields: _rt.Unpack[{self.name}_Fields]) -> {self.name}_Builder:",
                '        """A builder, the root of a message of its own."""',
                f"        built = _rt.new_message({self.name}_Builder)",
                *(["        if fields:", "            built._fill(**fields)"] if self.settable() else []),
                "        return built",
            ]
        return out

    def aliases(self) -> list[str]:
        """The names of nested nodes, and of the builder."""
        out = [f"    {line}" for line in self.plan.aliases(self.node, self.brand)]
        if self.plan.names.free("Builder"):
            out += ["    if _rt.TYPE_CHECKING:", f'        Builder: _rt.TypeAlias = "{self.name}_Builder"']
        return ["", *out]

    def which(self) -> list[str]:
        """The property that names the union's member."""
        members = sorted((m for m in self.members if m.field.tag is not None), key=lambda m: m.field.tag or 0)
        literal = ", ".join(f'"{m.name}"' for m in members) + f', "{self.unknown}"'
        names = ", ".join(f'"{m.name}"' for m in members)
        return [
            "",
            "    @property",
            f"    def which(self) -> _rt.Literal[{literal}]:",
            f'        """The union\'s member that is set; `{self.unknown}`: one of a newer schema."""',
            f"        tag = self._tag({self.tag_at})",
            f'        return ({names})[tag] if tag < {len(members)} else "{self.unknown}"',
        ]

    def guard(self, one: Member) -> list[str]:
        """The check that a union's member is the one that is set."""
        if one.field.tag is None:
            return []
        return [
            f"        if self._tag({self.tag_at}) != {one.field.tag}:",
            f'            raise _rt.inactive(self, "{one.name}")',
        ]

    def getter(self, one: Member, *, build: bool) -> list[str]:
        """The property that reads a member."""
        if one.slot is None:
            group = self.group(one)
            kind = f"{group}_Builder" if build else group
            body = [f"return {kind}(self._m, self._s, self._o, self._p, self._e, self._d)"]
        else:
            kind = self.plan.read_type(one.slot.type, build=build)
            body = one.slot.read(build=build)
        out = ["", "    @property", f"    def {one.name}(self) -> {self.hide(kind)}:"]
        if one.field.doc and not build:
            out += indent(docstring(one.field.doc), 2)
        return [*out, *self.guard(one), *(f"        {line}" for line in body)]

    def has(self, one: Member) -> list[str]:
        """The property that tells a null struct from one of defaults."""
        assert one.slot is not None
        name = self.names.take(f"has_{one.name}")
        check = f"self._has({one.slot.offset})"
        if one.field.tag is not None:
            check = f"self._tag({self.tag_at}) == {one.field.tag} and {check}"
        return [
            "",
            "    @property",
            f"    def {name}(self) -> {self.hide('bool')}:",
            f"        return {check}",
        ]

    def builder(self) -> list[str]:
        """The builder class."""
        out = [f"class {self.name}_Builder({self.name}, _rt.StructBuilder):"]
        out += [f'    """Builder of {self.name}."""', "", "    __slots__ = ()"]
        for one in self.members:
            out += self.getter(one, build=True)
            out += self.setter(one)
            out += self.init(one)
        out += self.fill()
        return out

    def set_tag(self, one: Member) -> list[str]:
        """The statement that makes a union's member the one that is set."""
        if one.field.tag is None:
            return []
        return [f"_rt.pack_u16(self._s, self._o + {self.tag_at}, {one.field.tag})"]

    def setter(self, one: Member) -> list[str]:
        """The property's setter."""
        if one.slot is None:
            return []
        if one.slot.kind == "void":
            if one.field.tag is None:
                return []
            accept, body = "bool | None", self.set_tag(one)
        else:
            accept = self.accept(one)
            body = [one.slot.write(), *self.set_tag(one)]
        out = [
            "",
            f"    @{one.name}.setter",
            f"    def {one.name}(self, value: {self.hide(accept)}) -> None:",
        ]
        return [*out, *(f"        {line}" for line in body)]

    def init(self, one: Member) -> list[str]:
        """The method that makes a fresh struct, list or union group behind a field."""
        slot = one.slot
        if slot is None:
            if one.field.tag is None:
                return []
            group = self.plan.nodes[one.field.group_id]
            assert isinstance(group, StructNode)
            kind = f"{self.group(one)}_Builder"
            data, pointers = self.extent(group)
            name = self.names.take(f"init_{one.name}")
            return [
                "",
                f"    def {name}(self) -> {kind}:",
                f'        """Make `{one.name}` the union\'s member, with all defaults."""',
                f"        _rt.reset(self, {data!r}, {pointers!r})",
                *(f"        {line}" for line in self.set_tag(one)),
                f"        return {kind}(self._m, self._s, self._o, self._p, self._e, self._d)",
            ]
        if slot.kind == "struct":
            kind = f"{self.plan.name(slot.type.type_id, slot.type.brand)}_Builder"
            name = self.names.take(f"init_{one.name}")
            body = [*self.set_tag(one), f"return self._init_struct({kind}, {slot.offset})"]
            return ["", f"    def {name}(self) -> {kind}:", *(f"        {line}" for line in body)]
        if slot.kind == "list":
            assert slot.type.element is not None
            kind = self.plan.read_type(slot.type, build=True)
            made = self.plan.list_type(slot.type.element)
            name = self.names.take(f"init_{one.name}")
            body = [*self.set_tag(one), f"return {made}.init(self, {slot.offset}, count)"]
            out = ["", f"    def {name}(self, count: {self.hide('int')}) -> {self.hide(kind)}:"]
            return [*out, *(f"        {line}" for line in body)]
        return []

    def extent(self, group: StructNode) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
        """The data and the pointers that a group covers, as `runtime.reset` takes them."""
        data: list[tuple[int, int]] = []
        pointers: list[int] = []
        if group.tag_count:
            data.append((group.tag_offset * 2, 2))
        for one in group.fields:
            if one.group_id:
                inner = self.plan.nodes[one.group_id]
                assert isinstance(inner, StructNode)
                more, further = self.extent(inner)
                data += more
                pointers += further
                continue
            slot = Slot(self.plan, group, one, "", "", no_default=True)
            if slot.is_pointer:
                pointers.append(slot.offset)
            elif slot.kind == "bool":
                data.append((slot.offset, -slot.mask))
            elif slot.kind != "void":
                data.append((slot.offset, SIZES[slot.kind][1]))
        return tuple(sorted(set(data))), tuple(sorted(set(pointers)))

    def fill(self) -> list[str]:
        """The method behind keyword construction."""
        settable = self.settable()
        if not settable:
            return ["", "    def _fill(self) -> None:", '        """There is nothing to set."""']
        packed = [] if self.node.is_group else self.packed()
        out = ["", "    def _fill(", "        self,", "        *,"]
        for one in settable:
            if one in packed:
                assert one.slot is not None
                accept, default = self.accept(one), one.slot.default_text()
            else:
                accept, default = self.accept(one), "None"
                if "None" not in accept.split(" | "):
                    accept += " | None"
            out.append(f"        {one.name}: {self.hide(accept)} = {default},")
        out += ["    ) -> None:"]
        body: list[str] = []
        union = [m.name for m in settable if m.field.tag is not None]
        if len(union) > 1:
            body += [
                f"if ({', '.join(union)}).count(None) < {len(union) - 1}:",
                f"    raise _rt.two_members(self, {', '.join(repr(n) for n in union)})",
            ]
        if packed:
            values = self.pack_values(packed)
            names = ", ".join(m.name for m in packed)
            body += [
                "try:",
                f"    _PACK_{self.name}(self._s, self._o, {', '.join(values)})",
                "except _rt.PACK_ERRORS:",
                "    # the setter of the value at fault says so",
                f"    {', '.join('self.' + m.name for m in packed)} = {names}",
                "    raise",
            ]
        for one in settable:
            if one in packed:
                continue
            body.append(f"if {one.name} is not None:")
            body += [f"    {line}" for line in self.fill_one(one)]
        return [*out, *(f"        {line}" for line in body)]

    def fill_one(self, one: Member) -> list[str]:
        """The statements that set a member from its keyword."""
        if one.slot is None:
            group = f"self.init_{one.name}()" if one.field.tag is not None else f"self.{one.name}"
            return [f"{group}._fill(**{one.name})"]
        if one.slot.kind == "void":
            return self.set_tag(one)
        return [one.slot.write(one.name, fresh=not self.node.is_group), *self.set_tag(one)]

    def packed(self) -> list[Member]:
        """The members that construction writes with one `pack`: data fields outside unions."""
        found = [m for m in self.members if m.slot is not None and m.field.tag is None]
        return sorted(
            (
                m
                for m in found
                if m.slot and not m.slot.is_pointer and m.slot.kind != "void" and not m.slot.is_late
            ),
            key=lambda m: (m.slot.offset, m.slot.mask) if m.slot else (0, 0),
        )

    def pack_format(self) -> str:
        """The format of that pack; empty where there is nothing to pack."""
        packed = self.packed()
        if not packed or self.node.is_group:
            return ""
        form = "<"
        at = 0
        for one in packed:
            assert one.slot is not None
            if one.slot.kind == "bool":
                code, size = "B", 1
                if one.slot.offset < at:
                    continue
            else:
                code, size, _ = SIZES[one.slot.kind]
                if one.slot.is_float and one.slot.bits:
                    code = "I" if size == 4 else "Q"
            gap = one.slot.offset - at
            form += f"{gap}x" * bool(gap) + code
            at = one.slot.offset + size
        return form

    def pack_values(self, packed: list[Member]) -> list[str]:
        """The values of that pack, bools of one byte joined."""
        out: list[str] = []
        last = -1
        for one in packed:
            slot = one.slot
            assert slot is not None
            if slot.kind == "bool":
                bit = (
                    f"(0 if {one.name} else {slot.mask})"
                    if slot.default
                    else f"({slot.mask} if {one.name} else 0)"
                )
                if slot.offset == last:
                    out[-1] += f" | {bit}"
                else:
                    out.append(bit)
                last = slot.offset
            elif slot.is_float and slot.bits:
                out.append(f"_rt.mask_{SIZES[slot.kind][2]}({one.name}, {slot.bits:#x})")
            elif slot.number:
                out.append(f"{one.name} ^ {slot.number}")
            else:
                out.append(one.name)
        return out

    def pipeline(self) -> list[str]:
        """The classes of the struct while it is still to come: inside other results, and as results."""
        out: list[str] = []
        reach = self.plan.pipelines(self.node, self.brand)
        inherit = ""
        if reach:
            inherit = f"{self.name}_Capabilities, "
            out += [f"class {self.name}_Capabilities(_rt.Pipeline):"]
            out += [f'    """What can be called before a {self.name} is there."""', "", "    __slots__ = ()"]
            out += self.pipeline_members()
            out += ["", "", f"class {self.name}_Pipeline({self.name}_Capabilities):"]
            out += [f'    """A {self.name} inside results that are still to come."""', ""]
            out += ["    __slots__ = ()"]
        if self.node.is_group or self.plan.is_params(self.node):
            return out
        out += ["", ""] if out else []
        out += [f"class {self.name}_Promise({inherit}_rt.PendingCall[{self.name}]):"]
        out += [f'    """A call whose results are a {self.name}."""', "", "    __slots__ = ()"]
        return [*out, f"    _results = {self.name}"]

    def pipeline_members(self) -> list[str]:
        """The properties of what can be called early."""
        out = []
        names = Names(frozenset({"done", "cancel"}))
        for one in self.members:
            if not self.plan.pipeline_field(one.field, self.brand):
                continue
            index = one.field.offset
            if one.slot is None:
                kind = f"{self.group(one)}_Pipeline"
                made = f"self._inside({kind})"
            elif one.slot.kind == "struct":
                kind = f"{self.plan.name(one.slot.type.type_id, one.slot.type.brand)}_Pipeline"
                made = f"self._inside({kind}, {index})"
            elif one.slot.kind in ANY:
                kind = "_rt.AnyPipeline"
                made = f"self._inside({kind}, {index})"
            else:
                kind = self.plan.read_type(one.slot.type)
                made = f"{kind}(self._pipeline({index}))"
            out += ["", "    @property", f"    def {names.take(one.name)}(self) -> {kind}:"]
            out += [f"        return {made}"]
        return out
