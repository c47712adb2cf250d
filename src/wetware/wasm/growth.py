"""How `limit(memory)` is recognised: a core module is rewritten to count the growths that it was refused.

The engine's store limiter has no callback, and a program sees a refused `memory.grow` or `table.grow` only
as -1. What it does then is its own affair: it may live on, or end with a trap or an exit code that says
nothing. So each growth becomes a call of a small function that is added to the module. It performs the
growth; where that gave -1 although the module's own declared maximum allowed it, it adds one to a global
that the module exports as `ww:refused-growth`. After an abnormal end the host reads it: not zero means that
a limit came first.

Rules that hold here:

1. Types, functions, the global and its export are appended at the end of their index spaces: no index in
   the module changes.
2. The program computes what it would have computed (test: `test_growth.py` compares outputs).
3. Code is read exactly or not at all: a module with an instruction that `instructions.py` does not know is
   returned as it came, and the result says so (`complete` is False).
4. Only functions are read in which the bytes of a growth occur, so that a module of 26 MB takes well below
   a second.
5. A module without a growth is returned itself, not as a copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wetware.wasm.binary import Buffer, Cursor, MalformedModuleError, leb, view_of
from wetware.wasm.instructions import Growth, GrowthFinder, UnknownInstructionError, growth_candidates
from wetware.wasm.module import (
    MAX_FUNCTIONS,
    REFUSED_GROWTH,
    SECTION_ORDER,
    ModuleInfo,
    ModuleKind,
    read_module,
)
from wetware.wasm.types import read_value_type

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["REFUSED_GROWTH", "TOLD_OF_REFUSALS", "Instrumented", "instrument"]

TOLD_OF_REFUSALS = "ww:told-of-refusals"
"""The table of a component's module whose one function is called for each refusal, once there is one."""

_I32, _I64 = 0x7F, 0x7E


@dataclass(frozen=True, slots=True)
class Instrumented:
    """A module ready to be compiled.

    Attributes:
        bytecode: the rewritten module; the very object that was given where nothing was changed.
        complete: whether every growth in it is counted (true of a module that never grows anything).
        counts: whether it exports `ww:refused-growth` by our doing.
    """

    bytecode: bytes
    complete: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class _Target:
    """What grows: one memory or one table."""

    table: bool
    index: int


def instrument(bytecode: bytes, info: ModuleInfo | None = None, *, tells: bool = False) -> Instrumented:
    """Make every growth that is refused count; `info` is what `read_module` said, where the caller has it.

    With `tells`, the module also calls what it finds in the table `ww:told-of-refusals`, which it exports.

    Raises the errors of `read_module`. A component is returned as it came, with `complete` False.
    """
    info = info or read_module(bytecode)
    unchanged = Instrumented(bytecode, complete=True, counts=False)
    if info.kind is not ModuleKind.CORE or info.export(REFUSED_GROWTH):
        return replace(unchanged, complete=False)
    data = view_of(bytecode)
    try:
        found = _find(data, info)
    except (UnknownInstructionError, MalformedModuleError):
        return replace(unchanged, complete=False)
    if not found:
        return unchanged
    targets = sorted({_Target(g.table, g.target) for _, _, growths in found for g in growths}, key=_order)
    known = all(t.index < len(info.tables if t.table else info.memories) for t in targets)
    if not known or info.section(1) is None or len(info.functions) + len(targets) > MAX_FUNCTIONS:
        return replace(unchanged, complete=False)
    return Instrumented(_Rewriting(data, info, targets, tells=tells).run(found), complete=True, counts=True)


def _order(target: _Target) -> tuple[bool, int]:
    return target.table, target.index


_Body = tuple[int, int, list[Growth]]  # where the body begins (at its size) and ends, and its growths


def _find(data: Buffer, info: ModuleInfo) -> list[_Body]:
    """The function bodies that grow something."""
    code = info.section(10)
    pattern = growth_candidates(memories=len(info.memories), tables=len(info.tables))
    if code is None or pattern is None:
        return []
    found: list[_Body] = []
    finder = GrowthFinder()
    cursor = Cursor(data, code.content, code.end, "the code section")
    bodies = cursor.unsigned()
    candidate = pattern.search(data, cursor.pos, code.end)
    for _ in range(bodies):
        if candidate is None:
            break
        start = cursor.pos
        size = cursor.unsigned()
        content = cursor.skip(size)
        if candidate.start() >= cursor.pos:
            continue
        growths = _growths(finder, data, content, cursor.pos)
        if growths:
            found.append((start, cursor.pos, growths))
        candidate = pattern.search(data, cursor.pos, code.end)
    return found


def _growths(finder: GrowthFinder, data: Buffer, start: int, end: int) -> list[Growth]:
    cursor = Cursor(data, start, end, "a function")
    for _ in range(cursor.unsigned()):  # groups of local variables
        cursor.unsigned()
        read_value_type(cursor)
    return finder.find(data, cursor.pos, end)


class _Rewriting:
    """One module being rewritten: what is added, by the number of the section it goes into."""

    def __init__(self, data: Buffer, info: ModuleInfo, targets: list[_Target], *, tells: bool) -> None:
        self.data = data
        self.info = info
        self.counter = info.globals
        types: dict[bytes, int] = {}
        first = len(info.imported_functions) + len(info.functions)
        self.functions = {target: first + n for n, target in enumerate(targets)}
        type_indices = [types.setdefault(self._type(t), len(info.types) + len(types)) for t in targets]
        self.tells = b""
        exports = [_export(REFUSED_GROWTH, 3, self.counter)]
        tables: list[bytes] = []
        if tells:
            nothing = leb(types.setdefault(b"\x60\0\0", len(info.types) + len(types)))
            table = leb(len(info.tables))
            tables = [b"\x70\1\1\1"]  # (table 1 1 funcref)
            exports.append(_export(TOLD_OF_REFUSALS, 1, len(info.tables)))
            # if there is a function in it, call that
            self.tells = b"\x41\0\x25" + table + b"\xd1\x45\x04\x40\x41\0\x11" + nothing + table + b"\x0b"
        self.added = {
            1: list(types),
            3: [leb(index) for index in type_indices],
            **({4: tables} if tables else {}),
            6: [bytes((_I32, 1, 0x41, 0, 0x0B))],  # (global (mut i32) (i32.const 0))
            7: exports,
            10: [self._function(target) for target in targets],
        }

    def run(self, found: list[_Body]) -> bytes:
        parts: list[Buffer] = [self.data[:8]]
        missing = [n for n in (4, 6, 7) if n in self.added and self.info.section(n) is None]
        for section in self.info.sections:
            while missing and section.id and _before(missing[0], section.id):
                items = self.added[missing[0]]
                parts += _section(missing.pop(0), [leb(len(items)), *items])
            if section.id in self.added:
                cursor = Cursor(self.data, section.content, section.end)
                added = self.added[section.id]
                count = leb(cursor.unsigned() + len(added))
                old = [self.data[cursor.pos : section.end]]
                if section.id == 10:
                    old = list(self._bodies(cursor.pos, section.end, found))
                parts += _section(section.id, [count, *old, *added])
            elif section.id or not _tells_places(section.name):
                parts.append(self.data[section.start : section.end])
        return b"".join(parts)

    def _bodies(self, start: int, end: int, found: list[_Body]) -> Iterator[Buffer]:
        """The code section's old functions, with their growths replaced by calls."""
        for body, body_end, growths in found:
            yield self.data[start:body]
            cursor = Cursor(self.data, body, body_end)
            cursor.unsigned()
            pieces: list[Buffer] = []
            for growth in growths:
                function = self.functions[_Target(growth.table, growth.target)]
                pieces += [self.data[cursor.pos : growth.start], b"\x10" + leb(function)]
                cursor.pos = growth.end
            pieces.append(self.data[cursor.pos : body_end])
            yield leb(sum(map(len, pieces)))
            yield from pieces
            start = body_end
        yield self.data[start:end]

    def _type(self, target: _Target) -> bytes:
        """The function's type: what the instruction takes and gives."""
        number = bytes([self._width(target)])
        if target.table:
            return b"\x60\2" + self.info.tables[target.index].element_binary + number + b"\1" + number
        return b"\x60\1" + number + b"\1" + number

    def _width(self, target: _Target) -> int:
        wide = (
            self.info.tables[target.index].is_64 if target.table else self.info.memories[target.index].is_64
        )
        return _I64 if wide else _I32

    def _function(self, target: _Target) -> bytes:
        """The code: grow; where it was refused within the declared maximum, add one to the counter."""
        wide = self._width(target) == _I64
        const, equal, subtract, at_most = (b"\x42", 0x51, 0x7D, 0x58) if wide else (b"\x41", 0x46, 0x6B, 0x4D)
        index, counter = leb(target.index), leb(self.counter)
        if target.table:
            maximum = self.info.tables[target.index].maximum_elements
            amount, grow, size = 1, b"\x20\0\x20\1\xfc\x0f" + index, b"\xfc\x10" + index
        else:
            memory = self.info.memories[target.index]
            maximum = memory.maximum_bytes // memory.page_size
            amount, grow, size = 0, b"\x20\0\x40" + index, b"\x3f" + index
        result = bytes([amount + 1])
        code = b"".join(
            [
                b"\1\1" + bytes([self._width(target)]),  # one local variable: the result
                grow + b"\x22" + result,
                const + b"\x7f" + bytes([equal]),  # is it -1
                b"\x20" + bytes([amount]),  # and the amount at most the maximum less the size
                const + _signed(maximum, 64 if wide else 32) + size + bytes([subtract, at_most]),
                b"\x71\x04\x40",
                b"\x23" + counter + b"\x41\1\x6a\x24" + counter,
                self.tells,
                b"\x0b\x20" + result + b"\x0b",
            ]
        )
        return leb(len(code)) + code


def _export(name: str, kind: int, index: int) -> bytes:
    return leb(len(name)) + name.encode() + bytes([kind]) + leb(index)


def _before(number: int, other: int) -> bool:
    return SECTION_ORDER.index(number) < SECTION_ORDER.index(other)


def _section(number: int, content: list[Buffer]) -> list[Buffer]:
    return [bytes([number]) + leb(sum(map(len, content))), *content]


def _tells_places(name: str) -> bool:
    """Whether a custom section speaks of places in the code, which are no longer true."""
    return name.startswith((".debug_", "metadata.code."))


def _signed(value: int, bits: int) -> bytes:
    """Write a number as the operand of a constant of so many bits, the upper half of which are negative."""
    value = min(value, (1 << bits) - 1)
    if value >> (bits - 1):
        value -= 1 << bits
    out = bytearray()
    while not -64 <= value < 64:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)
