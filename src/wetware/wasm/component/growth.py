"""How `limit(memory)` is recognised for components: their modules tell the host of each refused growth.

Nothing of a component's modules can be looked at from outside: not their memories, and not the counters that
`wasm/growth.py` puts into core modules. So each module that grows something also calls whatever stands in a
table of its own; and at its end the component is given an import, and small modules that put it there:

    (import "ww-refused-growth" (func $refused))
    (core func $told (canon lower (func $refused)))
    (alias core export $instance "ww:told-of-refusals" (core table $table))
    (core instance $given (export "t" (table $table)) (export "f" (func $told)))
    (core instance (instantiate $fill (with "" (instance $given))))

Rules that hold here:

1. Everything is added at the end: no index in the component changes.
2. The program computes what it would have computed (test: `test_component_growth.py`). There is one
   exception: a component may not call its host while that passes a value to it. A growth that is refused
   there ends it at once, where its allocator would have ended it a few instructions later
   (`REFUSED_IN_PASSING`).
3. Indices are counted exactly or not at all: a component with a definition that is not known here is
   returned as it came. So are the modules of components inside it.

Source: the component model's binary format (github.com/WebAssembly/component-model,
`design/mvp/Binary.md`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.errors import WetwareError
from wetware.wasm.binary import Buffer, Cursor, leb, view_of
from wetware.wasm.component.reader import MAX_NAME_BYTES, read_description, read_name
from wetware.wasm.growth import TOLD_OF_REFUSALS, instrument
from wetware.wasm.module import read_module

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["REFUSED", "REFUSED_IN_PASSING", "tell_of_refusals"]

REFUSED: Final = "ww-refused-growth"
"""The function that a rewritten component imports."""
REFUSED_IN_PASSING: Final = "cannot leave component instance"
"""What the engine says where a component calls its host while a value is passed to it."""

# (module (import "" "t" (table 1 funcref)) (import "" "f" (func)) (elem (i32.const 0) 0))
_FILL: Final = (
    b"\0asm\1\0\0\0"
    b"\x01\x04\x01\x60\0\0"
    b"\x02\x0d\x02" + b"\0\x01t\x01\x70\0\x01" + b"\0\x01f\0\0"
    b"\x09\x07\x01\0\x41\0\x0b\x01\0"
)

_CORE_MODULE, _CORE_INSTANCE, _ALIAS, _TYPE, _CANON, _IMPORT, _EXPORT = 1, 2, 6, 7, 8, 10, 11
_CORE_FUNC, _CORE_TABLE, _CORE_MODULE_SORT, _CORE_INSTANCE_SORT = 0x00, 0x01, 0x11, 0x12
_CORE, _FUNC, _TYPE_SORT = 0, 1, 3


class _UnknownError(Exception):
    """A definition that is not known here."""


class _Rewriting:
    """One component, read to its end; what is counted are the index spaces that are added to."""

    def __init__(self, data: Buffer) -> None:
        self.data = data
        self.parts: list[Buffer] = [data[:8]]
        self.modules: list[bool] = []  # whether each tells of refusals
        self.telling: list[int] = []  # the core instances of those that do
        self.core_instances = self.core_functions = self.core_tables = self.functions = self.types = 0

    def run(self) -> bytes | None:
        """The rewritten component, None where nothing in it grows. Raises `_UnknownError`, and as reading."""
        readers: dict[int, Callable[[Cursor], None]] = {
            _CORE_INSTANCE: self._core_instance,
            _ALIAS: self._alias,
            _CANON: self._canon,
            _IMPORT: self._import,
            _EXPORT: self._export,
        }
        cursor = Cursor(self.data, 8, len(self.data))
        while cursor.pos < cursor.end:
            begin = cursor.pos
            number, size = cursor.byte(), cursor.unsigned()
            start = cursor.skip(size)
            section = Cursor(self.data, start, cursor.pos, "a section of the component")
            if number == _CORE_MODULE:
                self._core_module(begin, start, cursor.pos)
                continue
            self.parts.append(self.data[begin : cursor.pos])
            if number == _TYPE:
                self.types += section.unsigned()
            elif number in readers:
                for _ in range(section.unsigned()):
                    readers[number](section)
                section.done()
        if not self.telling:
            return None
        return b"".join([*self.parts, *self._added()])

    def _core_module(self, begin: int, start: int, end: int) -> None:
        inside = bytes(self.data[start:end])
        made = instrument(inside, read_module(inside), tells=True)
        self.modules.append(made.counts)
        self.parts += _section(_CORE_MODULE, made.bytecode) if made.counts else [self.data[begin:end]]

    def _core_instance(self, cursor: Cursor) -> None:
        if cursor.byte():  # a bundle of exports
            for _ in range(cursor.unsigned()):
                cursor.name(MAX_NAME_BYTES)
                cursor.byte()
                cursor.unsigned()
        else:
            module = cursor.unsigned()
            if module >= len(self.modules):
                raise _UnknownError
            if self.modules[module]:
                self.telling.append(self.core_instances)
            for _ in range(cursor.unsigned()):
                cursor.name(MAX_NAME_BYTES)
                cursor.byte()
                cursor.unsigned()
        self.core_instances += 1

    def _alias(self, cursor: Cursor) -> None:
        sort = cursor.byte()
        core = cursor.byte() if sort == _CORE else None
        target = cursor.byte()
        cursor.unsigned()
        if target == 2:  # of a component around this one: here it is the outermost
            cursor.unsigned()
        else:
            cursor.name(MAX_NAME_BYTES)
        self._define(sort, core)

    def _define(self, sort: int, core: int | None) -> None:
        if sort == _FUNC:
            self.functions += 1
        elif sort == _TYPE_SORT:
            self.types += 1
        elif core == _CORE_FUNC:
            self.core_functions += 1
        elif core == _CORE_TABLE:
            self.core_tables += 1
        elif core == _CORE_MODULE_SORT:
            self.modules.append(False)
        elif core == _CORE_INSTANCE_SORT:
            raise _UnknownError

    def _canon(self, cursor: Cursor) -> None:
        kind = cursor.byte()
        if kind > 4:
            raise _UnknownError
        if kind < 2:  # lift, lower
            cursor.byte()
            cursor.unsigned()
            for _ in range(cursor.unsigned()):
                option = cursor.byte()
                if option > 5:
                    raise _UnknownError
                if option > 2:
                    cursor.unsigned()
        if kind != 1:  # lift has a type, the operations on resources have theirs
            cursor.unsigned()
        if kind:
            self.core_functions += 1
        else:
            self.functions += 1

    def _import(self, cursor: Cursor) -> None:
        if read_name(cursor) == REFUSED:
            raise _UnknownError
        self._define_named(read_description(cursor))

    def _export(self, cursor: Cursor) -> None:
        read_name(cursor)
        sort = cursor.byte()
        core = cursor.byte() if sort == _CORE else None
        cursor.unsigned()
        if cursor.byte():
            read_description(cursor)
        self._define(sort, core)

    def _define_named(self, kind: str) -> None:
        self.functions += kind == "function"
        self.types += kind == "type"
        if kind == "core":
            self.modules.append(False)

    def _added(self) -> list[Buffer]:
        fill, told = len(self.modules), self.core_functions
        aliases, instances = [], []
        for n, instance in enumerate(self.telling):
            name = TOLD_OF_REFUSALS.encode()
            aliases.append(bytes((0, _CORE_TABLE, 1)) + leb(instance) + leb(len(name)) + name)
            given = self.core_instances + 2 * n
            instances.append(b"\1\2\1t\1" + leb(self.core_tables + n) + b"\1f\0" + leb(told))
            instances.append(b"\0" + leb(fill) + b"\1\0\x12" + leb(given))
        name = REFUSED.encode()
        return [
            *_section(_TYPE, b"\1\x40\0\1\0"),  # (func)
            *_section(_IMPORT, b"\1\0" + leb(len(name)) + name + b"\1" + leb(self.types)),
            *_section(_CANON, b"\1\1\0" + leb(self.functions) + b"\0"),
            *_section(_ALIAS, leb(len(aliases)) + b"".join(aliases)),
            *_section(_CORE_MODULE, _FILL),
            *_section(_CORE_INSTANCE, leb(len(instances)) + b"".join(instances)),
        ]


def _section(number: int, content: Buffer) -> list[Buffer]:
    return [bytes([number]) + leb(len(content)), content]


def tell_of_refusals(source: bytes) -> bytes:
    """A component whose modules call `ww-refused-growth`; itself where there is nothing to add, or no way."""
    try:
        return _Rewriting(view_of(source)).run() or source
    except (_UnknownError, WetwareError):
        return source
