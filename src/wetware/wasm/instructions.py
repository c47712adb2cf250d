"""The instructions of WebAssembly: how long each is, and where code asks for a larger memory or table.

Rules that hold here:

1. Every instruction of the core specification 3.0 is known (numbers, references, bulk memory, SIMD and its
   relaxed part, exceptions in both forms, tail calls, garbage collection, several and 64-bit memories),
   threads, and wide arithmetic. Anything else raises `UnknownInstructionError`: a wrong guess would shift
   everything after it.
2. Runs of ordinary instructions are passed by a regular expression made from the table below, about 30
   times as fast as a loop in Python. It is built so that no input can be read in two ways: each instruction
   is told by its first bytes alone, and so it never backtracks.
3. Only what the expression cannot count (vectors), what is looked for (growth) and odd spellings (a number
   in more bytes than it needs) come to the loop.

Source: WebAssembly core specification 3.0, section 5.4 and appendix "Index of Instructions"; the threads,
legacy exception handling and wide arithmetic proposals.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from wetware.errors import LocalError
from wetware.wasm.binary import Buffer, Cursor, MalformedModuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Growth", "GrowthFinder", "UnknownInstructionError", "growth_candidates", "skip_expression"]


class UnknownInstructionError(LocalError):
    """The code holds an instruction that this reader does not know, or is cut short inside one."""


class Growth(NamedTuple):
    """One `memory.grow` or `table.grow`: where it stands and what it grows."""

    start: int
    end: int
    table: bool
    target: int


# What can follow an opcode. A number is 7 bits a byte, at most 10 bytes for 64 bits.
_MORE = rb"[\x80-\xff]{0,8}[\x00-\x7f]"
_NUMBER = rb"[\x80-\xff]{0,9}[\x00-\x7f]"
_NOTHING = rb""
_TWO = _NUMBER * 2
_TYPE = rb"(?:[\x63\x64]" + _NUMBER + rb"|[\x00-\x62\x65-\x7f]|[\x80-\xff]" + _MORE + rb")"
# Bit 6 of the alignment says that the number of a memory follows it; the offset comes last.
_MEMORY = (
    rb"(?:(?:[\x00-\x3f]|[\x80-\xbf]"
    + _MORE
    + rb")|(?:[\x40-\x7f]|[\xc0-\xff]"
    + _MORE
    + rb")"
    + _NUMBER
    + rb")"
) + _NUMBER
_BYTES = {n: rb"[\x00-\xff]{%d}" % n for n in (1, 4, 8, 16)}
_CAST = _BYTES[1] + _NUMBER * 3

# In the order of how often they are met.
_PLAIN: list[tuple[bytes, Iterable[int]]] = [
    (_NUMBER, [*range(0x20, 0x27), 0x41, 0x42, 0x10, 0x0C, 0x0D]),  # variables, constants, call, branches
    (_NOTHING, [*range(0x45, 0xC5), 0x0B, 0x1A, 0x1B, 0x0F, 0x05, 0x00, 0x01, 0x0A, 0x19, 0xD1, 0xD3, 0xD4]),
    (_MEMORY, range(0x28, 0x3F)),
    (_TYPE, [0x02, 0x03, 0x04, 0x06]),  # block, loop, if, try
    (_TWO, [0x11, 0x13]),  # call_indirect, return_call_indirect
    (_BYTES[8], [0x44]),
    (_BYTES[4], [0x43]),
    (_NUMBER, [0x07, 0x08, 0x09, 0x12, 0x14, 0x15, 0x18, 0x3F, 0xD0, 0xD2, 0xD5, 0xD6]),
]
_PREFIXED: dict[int, list[tuple[bytes, Iterable[int]]]] = {
    0xFB: [  # garbage collection
        (_NUMBER, [0, 1, 6, 7, 11, 12, 13, 14, 16, 20, 21, 22, 23]),
        (_TWO, [2, 3, 4, 5, 8, 9, 10, 17, 18, 19]),
        (_CAST, [24, 25]),
        (_NOTHING, [15, 26, 27, 28, 29, 30]),
    ],
    0xFC: [  # saturating conversions, bulk memory and tables (15 is table.grow), wide arithmetic
        (_NOTHING, [*range(8), 19, 20, 21, 22]),
        (_TWO, [8, 10, 12, 14]),
        (_NUMBER, [9, 11, 13, 16, 17]),
    ],
    0xFD: [  # SIMD
        (_MEMORY, [*range(12), 92, 93]),
        (_NOTHING, [14, *range(15, 21), *range(35, 84), *range(94, 276)]),
        (_BYTES[16], [12, 13]),
        (_BYTES[1], range(21, 35)),
        (_MEMORY + _BYTES[1], range(84, 92)),
    ],
    0xFE: [  # threads
        (_MEMORY, [0, 1, 2, *range(0x10, 0x4F)]),
        (_BYTES[1], [3]),
    ],
}

_END = 0x0B


def _any_of(codes: Iterable[int]) -> bytes:
    return b"[" + b"".join(rb"\x%02x" % code for code in codes) + b"]"


def _prefixed() -> Iterator[bytes]:
    """The alternatives for opcodes of several bytes: a prefix, then a number of one byte or two."""
    for prefix, shapes in _PREFIXED.items():
        for operands, codes in shapes:
            by_last: dict[int, list[int]] = {}
            for code in codes:
                by_last.setdefault(code >> 7, []).append(code & 0x7F)
            for last, lows in by_last.items():
                sub = _any_of(low | 0x80 for low in lows) + rb"\x%02x" % last if last else _any_of(lows)
                yield rb"\x%02x" % prefix + sub + operands


class _Patterns:
    """The regular expressions; made when they are first needed, since that takes longer than a short run."""

    def __init__(self) -> None:
        one = b"|".join([*(_any_of(codes) + operands for operands, codes in _PLAIN), *_prefixed()])
        # The bound keeps what the matcher remembers small.
        self.run = re.compile(b"(?:" + one + b"){0,500}", re.DOTALL)
        self.single = re.compile(b"(?:" + one + b")", re.DOTALL)
        self.type_alone = re.compile(_TYPE, re.DOTALL)
        self.operands = {
            (prefix, code): re.compile(operands, re.DOTALL)
            for prefix, shapes in _PREFIXED.items()
            for operands, codes in shapes
            for code in codes
        }


@cache
def _patterns() -> _Patterns:
    return _Patterns()


class GrowthFinder:
    """Finds what grows in the functions of one module, within a bounded number of steps.

    A step is an instruction, or an entry of a vector in one, that the regular expression cannot pass. Half a
    million of them takes about a second; CPython's 6 MB of code need 2,400, a Go program's 1.7 MB 9,200.
    """

    def __init__(self, steps: int = 500_000) -> None:
        self._steps = steps

    def find(self, data: Buffer, start: int, end: int) -> list[Growth]:
        """Every `memory.grow` and `table.grow` in the instructions between two places.

        Raises:
            UnknownInstructionError: not all of them could be read.
        """
        found: list[Growth] = []
        pos, run = start, _patterns().run.match
        while pos < end:
            match = run(data, pos, end)
            if match is not None and match.end() > pos:
                pos = match.end()
                continue
            cursor = Cursor(data, pos, end, "the code")
            try:
                growth = self._special(cursor)
            except MalformedModuleError as error:
                raise UnknownInstructionError(str(error)) from None
            if growth is not None:
                found.append(growth)
            pos = cursor.pos
        return found

    def _take(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise UnknownInstructionError("the code has too many instructions that take long to read")

    def _special(self, cursor: Cursor) -> Growth | None:
        """Pass over one instruction that the regular expression does not know, by its own rules."""
        self._take(1)
        start = cursor.pos
        opcode = cursor.byte()
        match opcode:
            case 0x40:  # memory.grow
                target = cursor.unsigned()
                return Growth(start, cursor.pos, table=False, target=target)
            case 0x0E:  # br_table: its labels, and the default one
                self._labels(cursor, cursor.unsigned() + 1)
            case 0x1C:  # select with its types
                count = cursor.unsigned()
                self._take(count)
                for _ in range(count):
                    _pass(_patterns().type_alone, cursor)
            case 0x1F:
                self._try_table(cursor)
            case 0xFB | 0xFC | 0xFD | 0xFE:
                code = cursor.unsigned()
                if (opcode, code) == (0xFC, 15):  # table.grow
                    target = cursor.unsigned()
                    return Growth(start, cursor.pos, table=True, target=target)
                if (opcode, code) not in _patterns().operands:
                    raise UnknownInstructionError(f"instruction 0x{opcode:02x} 0x{code:02x} is not known")
                _pass(_patterns().operands[opcode, code], cursor)
            case _:
                raise UnknownInstructionError(f"instruction 0x{opcode:02x} is not known, or it is cut short")
        return None

    def _labels(self, cursor: Cursor, count: int) -> None:
        start = cursor.skip(count)  # each has one byte at least, and nearly always not more
        if bytes(cursor.data[start : cursor.pos]).isascii():
            return
        self._take(count)
        cursor.pos = start
        for _ in range(count):
            cursor.unsigned()

    def _try_table(self, cursor: Cursor) -> None:
        _pass(_patterns().type_alone, cursor)
        count = cursor.unsigned()
        self._take(count)
        for _ in range(count):
            kind = cursor.byte()
            if kind > 3:
                raise UnknownInstructionError(f"catch clause 0x{kind:02x} is not known")
            if kind < 2:
                cursor.unsigned()  # the tag
            cursor.unsigned()  # the label


def growth_candidates(*, memories: int, tables: int) -> re.Pattern[bytes] | None:
    """What the bytes of a growth look like: code without a match has none, so it need not be read.

    Most blocks have the byte 0x40 in them, so it is looked for together with a memory that exists.
    """
    patterns = []
    if memories:
        last = rb"\x%02x" % min(memories - 1, 0x7F)
        patterns.append(rb"\x40[\x00-" + last + rb"\x80-\xff]" if memories > 1 else rb"\x40[\x00\x80]")
    if tables:
        patterns.append(rb"\xfc(?:\x0f|\x8f)")
    return re.compile(b"|".join(patterns), re.DOTALL) if patterns else None


def skip_expression(cursor: Cursor) -> None:
    """Pass over a constant expression and the `end` that closes it."""
    while cursor.byte() != _END:
        cursor.pos -= 1
        match = _patterns().single.match(cursor.data, cursor.pos, cursor.end)
        if match is None:
            raise cursor.wrong("has an expression that is not constant")
        cursor.pos = match.end()


def _pass(operands: re.Pattern[bytes], cursor: Cursor) -> None:
    passed = operands.match(cursor.data, cursor.pos, cursor.end)
    if passed is None:
        raise cursor.short()
    cursor.pos = passed.end()
