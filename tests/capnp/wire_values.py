"""Random values of any struct of a schema, for the tests that compare two implementations."""

import math
import random
import struct

from wetware.capnp.generate.names import member_name
from wetware.capnp.schema.model import StructNode

RANGES = {
    "int8": (-(1 << 7), (1 << 7) - 1),
    "int16": (-(1 << 15), (1 << 15) - 1),
    "int32": (-(1 << 31), (1 << 31) - 1),
    "int64": (-(1 << 63), (1 << 63) - 1),
    "uint8": (0, (1 << 8) - 1),
    "uint16": (0, (1 << 16) - 1),
    "uint32": (0, (1 << 32) - 1),
    "uint64": (0, (1 << 64) - 1),
}
SKIPPED = {
    "any_pointer",
    "any_struct",
    "any_list",
    "interface",
    "capability",
    "parameter",
    "method_parameter",
}


class Values:
    """Makes values as dicts with the schema's own names; enums by name, unions with one member."""

    def __init__(self, loader, seed):
        self.loader = loader
        self.random = random.Random(seed)

    def struct(self, node, depth=0, full=False):
        out = {}
        union = [f for f in node.fields if f.tag is not None and not self.skipped(f, depth)]
        chosen = self.random.choice(union) if union else None
        for one in node.fields:
            if one.tag is not None and one is not chosen:
                continue
            if one.name == "which":
                continue  # pycapnp takes it for the union's discriminant
            if one.tag is None and (self.skipped(one, depth) or (not full and self.random.random() < 0.3)):
                continue
            if one.group_id:
                out[one.name] = self.struct(self.loader.struct(one.group_id), depth)
                continue
            if one.type.kind == "void" and one.tag is None:
                continue
            if one.type.kind == "struct" and one.default.value is not None:
                # pycapnp writes into a copy of the default, so every field is given
                out[one.name] = self.struct(self.loader.struct(one.type.type_id), depth + 1, full=True)
                continue
            out[one.name] = self.value(one.type, depth)
        return out

    def skipped(self, one, depth):
        if one.type is None:
            return False
        inner = one.type
        while inner.element is not None:
            inner = inner.element
        return inner.kind in SKIPPED or (depth > 3 and inner.kind in ("struct", "list"))

    def value(self, kind, depth):
        r = self.random
        if kind.kind in RANGES:
            low, high = RANGES[kind.kind]
            return r.choice([low, high, 0, 1, r.randint(low, high)])
        match kind.kind:
            case "void":
                return None
            case "bool":
                return r.random() < 0.5
            case "float32":
                return struct.unpack(
                    "<f", struct.pack("<f", r.choice([0.0, -1.5, math.inf, r.gauss(0, 1e6)]))
                )[0]
            case "float64":
                return r.choice([0.0, -0.0, 1e300, -math.inf, r.gauss(0, 1)])
            case "text":
                return "".join(r.choice('abc é€𝄞\n"\\') for _ in range(r.choice([0, 1, 7, 8, 9, 40])))
            case "data":
                return r.randbytes(r.choice([0, 1, 7, 8, 9, 100]))
            case "enum":
                return r.choice(self.loader.enum(kind.type_id).enumerants).name
            case "struct":
                return self.struct(self.loader.struct(kind.type_id), depth + 1)
            case "list":
                return [self.value(kind.element, depth + 1) for _ in range(r.choice([0, 1, 2, 3, 9]))]
        raise AssertionError(kind.kind)


def for_ours(loader, node, value, enums):
    """The same value as keywords of the generated class."""
    out = {}
    for one in node.fields:
        if one.name in value:
            given = value[one.name]
            if one.group_id:
                given = for_ours(loader, loader.struct(one.group_id), given, enums)
            else:
                given = convert(loader, one.type, given, enums)
                if one.type.kind == "void":
                    given = True
            out[member_name(one.name)] = given
    return out


def convert(loader, kind, given, enums):
    match kind.kind:
        case "enum":
            names = [enumerant.name for enumerant in loader.enum(kind.type_id).enumerants]
            return enums[kind.type_id].of(names.index(given))
        case "struct":
            return for_ours(loader, loader.struct(kind.type_id), given, enums)
        case "list":
            return [convert(loader, kind.element, element, enums) for element in given]
    return given


def to_plain(value):
    """A dynamic reader's value as dicts and lists, with the schema's own names."""
    from wetware.capnp.schema.dynamic import DynamicList, DynamicStruct

    if isinstance(value, DynamicStruct):
        return {
            f.name: to_plain(value.read(f))
            for f in value
            if f.group_id or (not _any(f.type) and (f.type.kind != "struct" or not value.is_default(f)))
        }
    if isinstance(value, DynamicList):
        return [to_plain(element) for element in value]
    if isinstance(value, memoryview):
        return bytes(value)
    return value


def _any(kind):
    while kind.element is not None:
        kind = kind.element
    return kind.kind in SKIPPED


def structs_of(loader):
    return [n for n in loader if isinstance(n, StructNode) and not n.is_group]
