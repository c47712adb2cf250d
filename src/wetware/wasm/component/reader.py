"""What a component asks for and shows, and the memories in it, read from its bytes without an engine.

Rules that hold here:

1. As for core modules (`module.py`): whatever the bytes are, the answer is a `ComponentInfo` or one of
   the errors of `read_module`, in bounded time and memory; and this is no validation.
2. Names are read of what the component itself imports and exports; of the types in between, nothing.
3. Every core module inside counts with all memories and tables that it defines, once: how often it is
   instantiated is bounded when it runs (`ComponentInfo.modules`).

Source: the component model's binary format (github.com/WebAssembly/component-model,
`design/mvp/Binary.md`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from wetware.wasm.binary import Buffer, Cursor, MalformedModuleError, view_of
from wetware.wasm.module import ModuleKind, ModuleTooLargeError, kind_of, read_module
from wetware.wasm.types import MemoryType, TableType

__all__ = ["MAX_NAME_BYTES", "ComponentInfo", "read_component", "read_description", "read_name"]

MAX_MODULES: Final = 1_000
MAX_DEPTH: Final = 16
MAX_NAMES: Final = 10_000
MAX_NAME_BYTES: Final = 10_000

_CORE_MODULE, _COMPONENT, _IMPORTS, _EXPORTS = 1, 4, 10, 11
_CORE_INSTANCES: Final = 2
_LAST_SECTION: Final = 12

_SORTS: Final = ("core", "function", "value", "type", "component", "instance")


@dataclass(slots=True)
class ComponentInfo:
    """What a component declares.

    Attributes:
        imports: kind ("function", "instance", "type" …) by name.
        exports: likewise.
        memories, tables: all that its core modules define.
        instances: how many core instances it makes, at most: those of modules, and bundles of exports.
    """

    imports: dict[str, str] = field(default_factory=dict)
    exports: dict[str, str] = field(default_factory=dict)
    memories: list[MemoryType] = field(default_factory=list)
    tables: list[TableType] = field(default_factory=list)
    instances: int = 0
    modules: int = 0


def read_component(source: bytes) -> ComponentInfo:
    """Read what a component declares. Raises the errors of `read_module`."""
    info = ComponentInfo()
    data = view_of(source)
    _read(data, Cursor(data, 8, len(data)), info, depth=0)
    return info


def _read(data: Buffer, cursor: Cursor, info: ComponentInfo, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _too_many("components inside one another", depth, MAX_DEPTH)
    while cursor.pos < cursor.end:
        number, size = cursor.byte(), cursor.unsigned()
        start = cursor.skip(size)
        if number > _LAST_SECTION:
            raise cursor.wrong(f"has a section of number {number}, which is not known")
        section = Cursor(data, start, cursor.pos, "a section of the component")
        if number == _CORE_MODULE:
            _read_core(data, start, cursor.pos, info)
        elif number == _COMPONENT:
            if cursor.pos - start < 8:
                raise section.short()
            _read(data, Cursor(data, start + 8, cursor.pos, "a component inside"), info, depth + 1)
        elif number == _CORE_INSTANCES:
            info.instances += section.unsigned()
        elif number == _IMPORTS and not depth:
            _read_imports(section, info)
        elif number == _EXPORTS and not depth:
            _read_exports(section, info)


def _read_core(data: Buffer, start: int, end: int, info: ComponentInfo) -> None:
    info.modules += 1
    if info.modules > MAX_MODULES:
        raise _too_many("core modules", info.modules, MAX_MODULES)
    inside = memoryview(data)[start:end]
    if kind_of(inside) is not ModuleKind.CORE:
        raise MalformedModuleError("a core module of the component is none; build the program again")
    module = read_module(inside)
    imported = [item.kind for item in module.imports]
    info.memories += module.memories[imported.count("memory") :]
    info.tables += module.tables[imported.count("table") :]


def _too_many(what: str, used: int, allowed: int) -> ModuleTooLargeError:
    return ModuleTooLargeError(
        f"the component has {used} {what} where {allowed} are allowed; give a smaller program",
        limit="component",
        used=used,
        allowed=allowed,
    )


def read_name(cursor: Cursor) -> str:
    """The name of an import or export."""
    form = cursor.byte()
    if form > 2:
        raise cursor.wrong(f"has a name of form {form}, which is not known")
    name = cursor.name(MAX_NAME_BYTES)
    if form == 2:  # attributes, such as the suffix of a version
        for _ in range(cursor.unsigned()):
            cursor.byte()
            cursor.name(MAX_NAME_BYTES)
    return name


def read_description(cursor: Cursor) -> str:
    """What kind of thing is imported or exported."""
    sort = cursor.byte()
    if sort >= len(_SORTS):
        raise cursor.wrong(f"has a thing of sort {sort}, which is not known")
    if sort == 0:
        cursor.byte()
        cursor.unsigned()
    elif sort == 3:
        if cursor.byte() == 0:
            cursor.unsigned()
    elif sort == 2:
        if cursor.byte() == 0:
            cursor.unsigned()
        else:
            cursor.signed()
    else:
        cursor.unsigned()
    return _SORTS[sort]


def _read_imports(cursor: Cursor, info: ComponentInfo) -> None:
    for _ in range(cursor.unsigned()):
        name = read_name(cursor)
        info.imports[name] = read_description(cursor)
        if len(info.imports) > MAX_NAMES:
            raise _too_many("imports", len(info.imports), MAX_NAMES)


def _read_exports(cursor: Cursor, info: ComponentInfo) -> None:
    for _ in range(cursor.unsigned()):
        name = read_name(cursor)
        sort = cursor.byte()
        if sort >= len(_SORTS):
            raise cursor.wrong(f"exports a thing of sort {sort}, which is not known")
        if sort == 0:
            cursor.byte()
        cursor.unsigned()
        info.exports[name] = _SORTS[sort]
        if cursor.byte():
            read_description(cursor)
        if len(info.exports) > MAX_NAMES:
            raise _too_many("exports", len(info.exports), MAX_NAMES)
