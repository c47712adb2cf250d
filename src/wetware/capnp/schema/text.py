"""Prints any message as text, given its schema, in the notation of the schema language.

    (id = 5, name = "Ada", phones = [(number = "1", type = work)], employment = (employer = "us"))

Rules that hold here:

1. Fields that hold their defaults are left out; a union names its member always.
2. Output and work are bounded: whatever the message claims, printing stops at `limit` characters with `…`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.anypointer import AnyPointerReader
from wetware.capnp.client import Client
from wetware.capnp.schema.dynamic import DynamicList, DynamicStruct

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.schema.model import Type

__all__ = ["to_text"]

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
MAX_DEPTH = 64


class FullError(Exception):
    """There is no more room for output."""


def to_text(
    struct: DynamicStruct,
    *,
    limit: int = 16_384,
    expand: Callable[[AnyPointerReader], DynamicStruct | None] = lambda _: None,
) -> str:
    """A struct as text of at most `limit` characters, and `…` behind them where it was cut.

    Args:
        struct: the struct.
        limit: characters.
        expand: says what an AnyPointer leads to, where the caller knows it: the parameters of a call, for
            example. What it does not know is printed as its kind: `<struct>`.

    Raises:
        DecodeError, MessageLimitError: the message is not well-formed, or asks for more than its reader
        allows. SchemaError: the schema is incomplete.
    """
    out = Printer(limit, expand)
    try:
        out.struct(struct, 0)
    except FullError:
        return "".join(out.parts)[:limit] + "…"
    return "".join(out.parts)


class Printer:
    """Collects the text."""

    def __init__(self, limit: int, expand: Callable[[AnyPointerReader], DynamicStruct | None]) -> None:
        self.expand = expand
        self.parts: list[str] = []
        self.room = limit

    def put(self, text: str) -> None:
        """Add a piece of text."""
        self.parts.append(text)
        self.room -= len(text)
        if self.room < 0:
            raise FullError

    def struct(self, struct: DynamicStruct, depth: int) -> None:
        """A struct or group."""
        if depth > MAX_DEPTH:
            raise FullError
        self.put("(")
        first = True
        for one in struct:
            if one.tag is None and struct.is_default(one):
                continue
            self.put(f"{'' if first else ', '}{one.name} = ")
            first = False
            self.value(one.type, struct.read(one), depth + 1)
        self.put(")")

    def value(self, kind: Type | None, value: object, depth: int) -> None:
        """A field's or an element's value."""
        if isinstance(value, DynamicStruct):
            self.struct(value, depth)
        elif isinstance(value, DynamicList):
            self.list(value, depth)
        elif value is None:
            self.put("void")
        elif isinstance(value, bool):
            self.put("true" if value else "false")
        elif isinstance(value, (bytes, memoryview)):
            cut = bytes(value[: self.room // 2 + 1])
            self.put('0x"' + cut.hex(" ") + '"' if cut else '""')
        elif isinstance(value, str):
            self.put(value if kind is not None and kind.kind == "enum" else quoted(value[: self.room + 1]))
        elif isinstance(value, Client):
            self.put("<capability>" if value else "<null capability>")
        elif isinstance(value, AnyPointerReader):
            known = self.expand(value)
            if known is None:
                self.put(f"<{value.kind}>")
            else:
                self.struct(known, depth)
        else:
            self.put(str(value))

    def list(self, values: DynamicList, depth: int) -> None:
        """A list."""
        if depth > MAX_DEPTH:
            raise FullError
        self.put("[")
        for index in range(len(values)):
            if index:
                self.put(", ")
            self.value(values.type, values[index], depth + 1)
        self.put("]")


def quoted(text: str) -> str:
    """A text in quotation marks, what is not printable escaped."""
    return '"' + "".join(ESCAPES.get(c) or (c if c.isprintable() else escaped(c)) for c in text) + '"'


def escaped(char: str) -> str:
    """A character as the escapes of its UTF-8 bytes."""
    return "".join(f"\\x{byte:02x}" for byte in char.encode())
