"""What a program is and asks for, read from its bytes without an engine.

Rules that hold here:

1. The bytes may come from anyone: whatever they are, the answer is a `ModuleInfo` or one of the errors
   named at `read_module` (test: `test_module_fuzz.py`), in bounded time and memory: every count has a
   limit.
2. Only the declarations are read; the code and the data, nearly all of a module, are passed over. Nothing
   is copied.
3. This is no validation: the engine validates. But what is said here about a valid module is true.

Source: WebAssembly core specification 3.0, section 5.5; the binary format of the component model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from wetware.errors import LimitError, LocalError
from wetware.wasm.binary import (
    Buffer,
    Cursor,
    MalformedModuleError,
    NotWasmError,
    TruncatedModuleError,
    view_of,
)
from wetware.wasm.instructions import skip_expression
from wetware.wasm.types import (
    FuncType,
    MemoryType,
    TableType,
    read_memory_type,
    read_table_type,
    read_types,
    read_value_type,
)
from wetware.wasm.unlike_wasm import HEAD, what_instead

if TYPE_CHECKING:
    import mmap

__all__ = [
    "DEFAULT_MAX_MODULE_BYTES",
    "REFUSED_GROWTH",
    "Export",
    "FuncType",
    "Import",
    "MalformedModuleError",
    "MemoryType",
    "ModuleInfo",
    "ModuleKind",
    "ModuleTooLargeError",
    "NotWasmError",
    "Section",
    "TableType",
    "TruncatedModuleError",
    "kind_of",
    "read_module",
]

DEFAULT_MAX_MODULE_BYTES = 256 * 1024 * 1024

# More than any program met so far has, and few enough that reading them all takes about a second. An engine
# allows a thousand times more of some, and would spend minutes on them.
MAX_TYPES = 100_000
MAX_IMPORTS = 10_000
MAX_EXPORTS = 100_000
MAX_FUNCTIONS = 1_000_000
MAX_MEMORIES = 100
MAX_TABLES = 100
MAX_SECTIONS = 10_000
MAX_NAME_BYTES = 100_000
MAX_ITEM_BYTES = 4 * 1024 * 1024
"""Bytes of all sections whose entries are read one by one."""

REFUSED_GROWTH = "ww:refused-growth"
"""The exported mutable i32 global that `growth.py` adds to a module: it counts refused growths."""

_MAGIC = b"\0asm"
_KINDS = ("function", "table", "memory", "global", "tag")
_NAMES = {
    0: "custom",
    1: "type",
    2: "import",
    3: "function",
    4: "table",
    5: "memory",
    6: "global",
    7: "export",
    8: "start",
    9: "element",
    10: "code",
    11: "data",
    12: "data count",
    13: "tag",
}
# Sections come in this order; tag and data count were numbered later than they stand.
SECTION_ORDER = (1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11)


class ModuleTooLargeError(LimitError):
    """The module, or one of its counts, is larger than what this node accepts."""


class ModuleKind(Enum):
    """What some bytes are; the value is the word for it."""

    CORE = "core module"
    COMPONENT = "component"
    TEXT = "WebAssembly text"
    OTHER = "no WebAssembly"


@dataclass(frozen=True, slots=True)
class Import:
    """One thing that a module asks for: a "function", "table", "memory", "global" or "tag"."""

    module: str
    name: str
    kind: str
    type: FuncType | MemoryType | TableType | str

    def __str__(self) -> str:
        # names are the program's own: a person is shown printable text, in one line
        return "".join(c if c.isprintable() else "?" for c in f"{self.module}.{self.name}")


@dataclass(frozen=True, slots=True)
class Export:
    """One thing that a module shows. `index` counts imported ones first; only functions have a `type`."""

    name: str
    kind: str
    index: int
    type: FuncType | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the module: its number, its place, where its content begins; a custom one's name."""

    id: int
    start: int
    content: int
    end: int
    name: str = ""


@dataclass(slots=True)
class ModuleInfo:
    """What a module declares.

    Attributes:
        kind: a core module, or a component (of which nothing more is told here).
        size: bytes.
        imports, exports: in the module's own order.
        memories, tables: imported ones first, as instructions count them.
        types: the function types by index, None for others.
        functions: the types, by index, of the functions that it defines.
        imported_functions, globals: how many; globals with the imported ones.
        start: the function that runs at instantiation, or None.
        code_bytes, data_bytes: of the code and of the data section.
        sections: all of them in order, with the custom ones.
    """

    kind: ModuleKind
    size: int
    imports: list[Import] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)
    memories: list[MemoryType] = field(default_factory=list)
    tables: list[TableType] = field(default_factory=list)
    types: list[FuncType | None] = field(default_factory=list)
    functions: list[int] = field(default_factory=list)
    imported_functions: list[int] = field(default_factory=list)
    globals: int = 0
    start: int | None = None
    code_bytes: int = 0
    data_bytes: int = 0
    sections: list[Section] = field(default_factory=list)

    @property
    def custom_sections(self) -> list[str]:
        """Names of the custom sections in order."""
        return [section.name for section in self.sections if not section.id]

    def function_type(self, index: int) -> FuncType | None:
        """The type of a function by its index; None where there is no such function."""
        imported = len(self.imported_functions)
        if index < imported:
            type_index = self.imported_functions[index]
        elif index - imported < len(self.functions):
            type_index = self.functions[index - imported]
        else:
            return None
        return self.types[type_index] if type_index < len(self.types) else None

    def export(self, name: str, kind: str | None = None) -> Export | None:
        """The export of this name (and kind), or None."""
        for export in self.exports:
            if export.name == name and kind in {None, export.kind}:
                return export
        return None

    def section(self, number: int) -> Section | None:
        """The one section of this number (not 0), or None."""
        return next((section for section in self.sections if section.id == number), None)


def kind_of(source: bytes | bytearray | memoryview | mmap.mmap) -> ModuleKind:
    """Tell by the first bytes what this is; text is told by its first bracket after blanks and comments."""
    head = bytes(view_of(source)[:65536])
    if head[:4] == _MAGIC and len(head) >= 8:
        if head[4:8] == b"\1\0\0\0":
            return ModuleKind.CORE
        return ModuleKind.COMPONENT if head[6:8] == b"\1\0" else ModuleKind.OTHER
    return ModuleKind.TEXT if _begins_like_text(head) else ModuleKind.OTHER


def read_module(
    source: bytes | bytearray | memoryview | mmap.mmap, *, max_bytes: int = DEFAULT_MAX_MODULE_BYTES
) -> ModuleInfo:
    """Read what a binary module declares.

    Raises:
        NotWasmError: the bytes are no binary module; the message guesses what they are.
        TruncatedModuleError: they end too early.
        MalformedModuleError: they break the format's rules.
        ModuleTooLargeError: they are more than `max_bytes`, or declare more than the limits in this file.
    """
    data = view_of(source)
    if len(data) > max_bytes:
        raise ModuleTooLargeError(
            f"the module has {len(data)} bytes where {max_bytes} are allowed; strip it, or raise the limit",
            limit="module-bytes",
            used=len(data),
            allowed=max_bytes,
        )
    kind = kind_of(data)
    if kind is ModuleKind.COMPONENT:
        return ModuleInfo(kind, len(data))
    if kind is not ModuleKind.CORE:
        raise _not_a_module(bytes(data[:HEAD]), len(data), kind)
    info = ModuleInfo(kind, len(data))
    _read_sections(Cursor(data, 8, len(data)), info)
    to_read = sum(s.end - s.content for s in info.sections if s.id in _READERS)
    if to_read > MAX_ITEM_BYTES:
        raise _too_many("declarations", to_read, MAX_ITEM_BYTES, "declaration-bytes")
    for section in info.sections:
        reader = _READERS.get(section.id)
        if reader is not None:
            cursor = Cursor(data, section.content, section.end, f"the {_NAMES[section.id]} section")
            reader(cursor, info)
            cursor.done()
    _check_code(data, info)
    return info


def _begins_like_text(head: bytes) -> bool:
    pos, depth = 3 if head[:3] == b"\xef\xbb\xbf" else 0, 0
    while pos < len(head):
        if head.startswith(b"(;", pos):
            depth += 1
            pos += 2
        elif depth and head.startswith(b";)", pos):
            depth -= 1
            pos += 2
        elif depth or head[pos] in b" \t\r\n":
            pos += 1
        elif head.startswith(b";;", pos):
            newline = head.find(b"\n", pos)
            pos = len(head) if newline < 0 else newline
        else:
            return head[pos] == 0x28
    return False


def _not_a_module(head: bytes, size: int, kind: ModuleKind) -> LocalError:
    if kind is ModuleKind.TEXT:
        return NotWasmError("this is WebAssembly text; translate it to the binary format first")
    if not size:
        return NotWasmError("the file is empty; give a WebAssembly program")
    if head[:4] == _MAGIC:
        if size < 8:
            return TruncatedModuleError(f"the module ends after {size} bytes; copy or fetch it again")
        version = int.from_bytes(head[4:8], "little")
        return NotWasmError(f"this is WebAssembly of version {version}; build it for version 1")
    if _MAGIC.startswith(head):
        return TruncatedModuleError(f"the module ends after {size} bytes; copy or fetch it again")
    what = what_instead(head)
    if what is not None:
        return NotWasmError(f"this is no WebAssembly but {what}")
    return NotWasmError(
        "this is no WebAssembly: a module begins with the bytes 00 61 73 6d, text with a bracket"
    )


def _too_many(what: str, used: int, allowed: int, limit: str) -> ModuleTooLargeError:
    return ModuleTooLargeError(
        f"the module has {used} {what} where {allowed} are allowed; give a smaller program",
        limit=limit,
        used=used,
        allowed=allowed,
    )


def _count(cursor: Cursor, what: str, allowed: int, already: int = 0) -> int:
    count = cursor.unsigned()
    if count + already > allowed:
        raise _too_many(what, count + already, allowed, f"module-{what}")
    return count


def _read_sections(cursor: Cursor, info: ModuleInfo) -> None:
    place, name_bytes = -1, 0
    while cursor.pos < cursor.end:
        start = cursor.pos
        number = cursor.byte()
        size = cursor.unsigned()
        content = cursor.skip(size)
        if number not in _NAMES:
            raise cursor.wrong(f"has a section of number {number}, which is not known")
        name = ""
        if number:
            before, place = place, SECTION_ORDER.index(number)
            if place <= before:
                raise cursor.wrong(f"has its {_NAMES[number]} section twice or out of order")
        else:
            name = Cursor(cursor.data, content, cursor.pos, "a custom section").name(MAX_NAME_BYTES)
        info.sections.append(Section(number, start, content, cursor.pos, name))
        name_bytes += len(name)
        if name_bytes > MAX_ITEM_BYTES:
            raise _too_many("bytes of section names", name_bytes, MAX_ITEM_BYTES, "module-section-names")
        if len(info.sections) > MAX_SECTIONS:
            raise _too_many("sections", len(info.sections), MAX_SECTIONS, "module-sections")


def _read_type_section(cursor: Cursor, info: ModuleInfo) -> None:
    info.types = read_types(cursor, MAX_TYPES)


def _read_imports(cursor: Cursor, info: ModuleInfo) -> None:
    for _ in range(_count(cursor, "imports", MAX_IMPORTS)):
        module, name = cursor.name(MAX_NAME_BYTES), cursor.name(MAX_NAME_BYTES)
        kind = cursor.byte()
        what: FuncType | MemoryType | TableType | str
        match kind:
            case 0:
                info.imported_functions.append(_type_index(cursor, info))
                what = info.types[info.imported_functions[-1]] or "(no function)"
            case 1:
                info.tables.append(what := read_table_type(cursor))
            case 2:
                info.memories.append(what := read_memory_type(cursor))
            case 3:
                value, mutable = read_value_type(cursor), cursor.byte()
                what = f"(mut {value})" if mutable & 1 else value
                info.globals += 1
            case 4:
                cursor.byte()
                what = str(info.types[_type_index(cursor, info)])
            case _:
                raise cursor.wrong(f"asks for a thing of kind 0x{kind:02x}, which is not known")
        info.imports.append(Import(module, name, _KINDS[kind], what))
    _check_count("tables", len(info.tables), MAX_TABLES)
    _check_count("memories", len(info.memories), MAX_MEMORIES)


def _check_count(what: str, used: int, allowed: int) -> None:
    if used > allowed:
        raise _too_many(what, used, allowed, f"module-{what}")


def _type_index(cursor: Cursor, info: ModuleInfo) -> int:
    index = cursor.unsigned()
    if index >= len(info.types):
        raise cursor.wrong(f"names type {index} where {len(info.types)} are declared")
    return index


def _read_functions(cursor: Cursor, info: ModuleInfo) -> None:
    count = _count(cursor, "functions", MAX_FUNCTIONS, len(info.imported_functions))
    info.functions = [_type_index(cursor, info) for _ in range(count)]


def _read_tables(cursor: Cursor, info: ModuleInfo) -> None:
    for _ in range(_count(cursor, "tables", MAX_TABLES, len(info.tables))):
        if cursor.pos < cursor.end and cursor.data[cursor.pos] == 0x40:  # with an initial value
            cursor.skip(2)
            info.tables.append(read_table_type(cursor))
            skip_expression(cursor)
        else:
            info.tables.append(read_table_type(cursor))


def _read_memories(cursor: Cursor, info: ModuleInfo) -> None:
    count = _count(cursor, "memories", MAX_MEMORIES, len(info.memories))
    info.memories += [read_memory_type(cursor) for _ in range(count)]


def _read_exports(cursor: Cursor, info: ModuleInfo) -> None:
    for _ in range(_count(cursor, "exports", MAX_EXPORTS)):
        name, kind, index = cursor.name(MAX_NAME_BYTES), cursor.byte(), cursor.unsigned()
        if kind >= len(_KINDS):
            raise cursor.wrong(f"exports a thing of kind 0x{kind:02x}, which is not known")
        info.exports.append(Export(name, _KINDS[kind], index, None if kind else info.function_type(index)))


def _read_start(cursor: Cursor, info: ModuleInfo) -> None:
    info.start = cursor.unsigned()


_READERS = {
    1: _read_type_section,
    2: _read_imports,
    3: _read_functions,
    4: _read_tables,
    5: _read_memories,
    7: _read_exports,
    8: _read_start,
}


def _check_code(data: Buffer, info: ModuleInfo) -> None:
    """What the sections that are passed over say about themselves."""
    if section := info.section(6):
        info.globals += Cursor(data, section.content, section.end, "the global section").unsigned()
    if section := info.section(11):
        info.data_bytes = section.end - section.content
    bodies = 0
    if section := info.section(10):
        info.code_bytes = section.end - section.content
        bodies = Cursor(data, section.content, section.end, "the code section").unsigned()
    if bodies != len(info.functions):
        raise MalformedModuleError(
            f"the module declares {len(info.functions)} functions and has the code of {bodies}; "
            "build it again"
        )
