"""Reading the WebAssembly binary format piece by piece, from bytes that anyone may have made.

Rules that hold here:

1. Nothing outside the given range is ever read, and nothing is copied but names: a module of 200 MB costs
   no second 200 MB.
2. What is wrong raises one of the three errors below, never another one (test: `test_module_fuzz.py`).
3. Every read moves forward, so that reading takes time in proportion to the bytes read.

Source: WebAssembly core specification 3.0, chapter 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.errors import LocalError

if TYPE_CHECKING:
    import mmap

__all__ = [
    "Buffer",
    "Cursor",
    "MalformedModuleError",
    "NotWasmError",
    "TruncatedModuleError",
    "leb",
    "view_of",
]

Buffer = bytes | memoryview


class NotWasmError(LocalError):
    """The bytes are neither a WebAssembly module nor its text."""


class TruncatedModuleError(LocalError):
    """The bytes begin like a module, but end before it does: an incomplete copy or download."""


class MalformedModuleError(LocalError):
    """The bytes begin like a module, but break the format's rules: damaged, or made by a broken tool."""


def view_of(source: bytes | bytearray | memoryview | mmap.mmap) -> Buffer:
    """The same bytes in a form that is indexed by integers; no copy is made."""
    if isinstance(source, bytes):
        return source
    view = memoryview(source)
    return view if view.format == "B" and view.ndim == 1 else view.cast("B")


def leb(value: int) -> bytes:
    """Write an unsigned number, 7 bits a byte, the lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


class Cursor:
    """A place in a range of bytes.

    Attributes:
        data: the whole module.
        pos: the next byte to be read.
        end: the first byte that is not part of the range.
        what: the range's name in messages; the empty name is the module itself.
    """

    __slots__ = ("data", "end", "pos", "what")

    def __init__(self, data: Buffer, pos: int, end: int, what: str = "") -> None:
        self.data = data
        self.pos = pos
        self.end = end
        self.what = what

    def short(self) -> LocalError:
        """The error for a range that ends too early: the module itself, or a section of it."""
        if self.what:
            return MalformedModuleError(f"{self.what} ends inside an entry; build the program again")
        return TruncatedModuleError(
            f"the module ends too early, after {self.end} bytes; copy or fetch it again"
        )

    def wrong(self, problem: str) -> MalformedModuleError:
        """The error for a rule of the format that does not hold here."""
        return MalformedModuleError(f"{self.what or 'the module'} {problem}; build the program again")

    def byte(self) -> int:
        """One byte."""
        pos = self.pos
        if pos >= self.end:
            raise self.short()
        self.pos = pos + 1
        return self.data[pos]

    def skip(self, size: int) -> int:
        """Pass over so many bytes; returns where they begin."""
        start = self.pos
        if size > self.end - start:
            raise self.short()
        self.pos = start + size
        return start

    def unsigned(self, bits: int = 32) -> int:
        """An unsigned number of at most so many bits."""
        pos, data = self.pos, self.data
        if pos < self.end and (first := data[pos]) < 0x80:
            self.pos = pos + 1
            return first
        value = shift = 0
        while shift < bits:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                if value >> bits:
                    break
                return value
            shift += 7
        raise self.wrong(f"has a number of more than {bits} bits")

    def signed(self, bits: int = 33) -> int:
        """A signed number of at most so many bits."""
        value = shift = 0
        while shift < bits:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                if byte & 0x40:
                    value -= 1 << shift
                if -(1 << (bits - 1)) <= value < 1 << (bits - 1):
                    return value
                break
        raise self.wrong(f"has a number of more than {bits} bits")

    def name(self, longest: int) -> str:
        """A name in UTF-8, of at most so many bytes."""
        size = self.unsigned()
        if size > longest:
            raise self.wrong(f"has a name of {size} bytes where {longest} are allowed")
        start = self.skip(size)
        try:
            return bytes(self.data[start : self.pos]).decode()
        except UnicodeDecodeError:
            raise self.wrong("has a name that is not UTF-8") from None

    def done(self) -> None:
        """Check that the range was read to its end."""
        if self.pos != self.end:
            raise self.wrong(f"has {self.end - self.pos} bytes too many")
