"""How one field is read and written: the expressions, with offsets, masks and defaults folded into constants.

Rules that hold here:

1. Data is stored XORed with the field's default (https://capnproto.org/encoding.html#structs).
2. A reader checks that the field lies inside the section that the writer sent; a builder need not (see
   `builder`).
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING

from wetware.capnp.generate.brands import closed
from wetware.capnp.generate.plan import ANY

if TYPE_CHECKING:
    from wetware.capnp.generate.plan import Plan
    from wetware.capnp.schema.model import Brand, Field, StructNode

__all__ = ["Slot"]

# format, bytes, name of the unpack and pack functions
SIZES = {
    "int8": ("b", 1, "i8"),
    "int16": ("h", 2, "i16"),
    "int32": ("i", 4, "i32"),
    "int64": ("q", 8, "i64"),
    "uint8": ("B", 1, "u8"),
    "uint16": ("H", 2, "u16"),
    "uint32": ("I", 4, "u32"),
    "uint64": ("Q", 8, "u64"),
    "float32": ("f", 4, "f32"),
    "float64": ("d", 8, "f64"),
    "enum": ("H", 2, "u16"),
}


@dataclass
class Slot:
    """A field that is no group, seen by the generator.

    Attributes:
        plan: the module's names.
        struct: the struct or group that it belongs to.
        field: the field.
        name: its Python name.
        owner: the Python name of its class.
        brand: what the type parameters around it are bound to.
    """

    plan: Plan
    struct: StructNode
    field: Field
    name: str
    owner: str
    default_name: str = ""
    no_default: bool = False
    brand: Brand = ()

    def __post_init__(self) -> None:
        assert self.field.type is not None
        self.type = closed(self.plan.nodes, self.field.type, self.brand)
        self.kind = self.type.kind
        value = self.field.default.value if self.field.default else None
        self.default = value
        if not self.no_default and isinstance(value, bytes) and self.kind in ("list", "struct", *ANY):
            self.default_name = self.plan.default(value, self.owner, self.name)

    @property
    def is_pointer(self) -> bool:
        """Whether it stands in the pointer section."""
        return self.kind not in SIZES and self.kind not in ("bool", "void")

    @property
    def offset(self) -> int:
        """Byte offset in its section; for a bool, of its byte."""
        if self.is_pointer:
            return self.field.offset * 8
        if self.kind == "bool":
            return self.field.offset >> 3
        if self.kind == "void":
            return 0
        return self.field.offset * SIZES[self.kind][1]

    @property
    def mask(self) -> int:
        """A bool's bit in its byte."""
        return 1 << (self.field.offset & 7)

    @property
    def bits(self) -> int:
        """A float default as the integer of its bits."""
        form, size, _ = SIZES[self.kind]
        return int.from_bytes(Struct("<" + form).pack(self.default or 0.0), "little") if size else 0

    @property
    def number(self) -> int:
        """An integer's or enum's default."""
        return self.default if isinstance(self.default, int) else 0

    @property
    def is_float(self) -> bool:
        """Whether it is a float."""
        return self.kind in ("float32", "float64")

    @property
    def is_late(self) -> bool:
        """Whether it is an enum of a module that may not be there yet when this one's signatures are read."""
        return self.kind == "enum" and self.plan.cyclic and "." in self.plan.name(self.type.type_id)

    def default_text(self) -> str:
        """The default as a Python expression, for signatures and readers."""
        if self.kind == "enum":
            return f"{self.plan.name(self.type.type_id, self.type.brand)}.of({self.number})"
        if self.kind == "bool":
            return repr(bool(self.default))
        if self.is_float:
            return float_text(float(self.default or 0.0))
        return repr(self.default or 0)

    def read(self, *, build: bool) -> list[str]:
        """The body of its getter."""
        if self.is_pointer:
            return [f"return {self.read_pointer(build=build)}"]
        if self.kind == "void":
            return ["return None"]
        if self.kind == "bool":
            return self.read_bool(build=build)
        _, size, short = SIZES[self.kind]
        at = f"self._o + {self.offset}" if self.offset else "self._o"
        o = at if build else "o"
        if self.is_float and self.bits:
            get = f"_rt.unmask_{short}(self._s, {o}, {self.bits:#x})"
        elif short == "u8":
            get = f"self._s[{o}]"
        else:
            get = f"_rt.unpack_{short}(self._s, {o})[0]"
        if self.number:
            get = f"{get} ^ {self.number}"
        if self.kind == "enum":
            enum = self.plan.name(self.type.type_id, self.type.brand)
            if build:
                return [f"return {enum}.of({get})"]
            return [f"o = {at}", f"return {enum}.of({get} if o + {size} <= self._p else {self.number})"]
        if build:
            return [f"return {get}"]
        return [f"o = {at}", f"return {get} if o + {size} <= self._p else {self.default_text()}"]

    def read_bool(self, *, build: bool) -> list[str]:
        """The body of a bool's getter."""
        at = f"self._o + {self.offset}" if self.offset else "self._o"
        if build:
            return [f"return self._s[{at}] & {self.mask} {'==' if self.default else '!='} 0"]
        if self.default:
            return [f"o = {at}", f"return o >= self._p or self._s[o] & {self.mask} == 0"]
        return [f"o = {at}", f"return o < self._p and self._s[o] & {self.mask} != 0"]

    def read_pointer(self, *, build: bool) -> str:
        """The expression that reads a pointer field."""
        p = self.offset
        default = f", {self.default_name}" if self.default_name else ""
        match self.kind:
            case "text":
                return f"self._text({p}{', ' + repr(self.default) if self.default else ''})"
            case "data":
                return f"self._data({p}{', ' + repr(self.default) if self.default else ''})"
            case "struct":
                name = self.plan.name(self.type.type_id, self.type.brand)
                if build:
                    return f"self._struct_builder({name}_Builder, {p}{default})"
                return f"self._struct({name}, {p}{default})"
            case "list":
                assert self.type.element is not None
                kind = self.plan.list_type(self.type.element)
                return f"{kind}.{'builder' if build else 'read'}(self, {p}{default})"
            case "interface":
                return f"{self.plan.name(self.type.type_id, self.type.brand)}(self._cap({p}))"
            case "capability":
                return f"_rt.Client(self._cap({p}))"
        return f"_rt.{'any_builder' if build else 'any_reader'}(self, {p}{default})"

    def write(self, value: str = "value", *, fresh: bool = False) -> str:
        """The statement that writes `value`; with `fresh`, into a struct just made."""
        p = self.offset
        label = f'"{self.name}"'
        match self.kind:
            case "void":
                return ""
            case "bool":
                flip = f"not {value}" if self.default else value
                return f"_rt.put_bool(self, {p}, {self.mask}, {flip})"
            case "text":
                return f"self._{'new' if fresh else 'set'}_text({p}, {value})"
            case "data":
                return f"self._set_data({p}, {value})"
            case "struct":
                name = self.plan.name(self.type.type_id, self.type.brand)
                return f"self._put_struct({name}_Builder, {p}, {value})"
            case "list":
                assert self.type.element is not None
                return f"{self.plan.list_type(self.type.element)}.write(self, {p}, {value})"
            case "interface" | "capability":
                return f"self._set_cap({p}, _rt.hook_of({value}))"
            case "enum":
                enum = self.plan.name(self.type.type_id, self.type.brand)
                mask = f" ^ {self.number}" if self.number else ""
                return f"_rt.put_u16(self, {p}, _rt.enum_number({enum}, {value}){mask}, {label})"
        if self.kind in SIZES:
            short = SIZES[self.kind][2]
            if self.is_float and self.bits:
                return f"_rt.put_masked_{short}(self, {p}, {value}, {self.bits:#x}, {label})"
            if self.number:
                return f"_rt.put_{short}(self, {p}, {value}, {label}, {self.number})"
            return f"_rt.put_{short}(self, {p}, {value}, {label})"
        return f"_rt.any_builder(self, {p}).set({value})"


def float_text(value: float) -> str:
    """A float as a Python expression."""
    text = repr(value)
    return f'float("{text}")' if text in ("inf", "-inf", "nan") else text
