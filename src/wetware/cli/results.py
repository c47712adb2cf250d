"""What a command returns: data that can be printed for a person or for a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Block", "Fields", "Result", "Silent", "Table", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A line, or several, printed as they are (without their control characters)."""

    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and values, one pair a line. A value may be several lines."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the columns' names, and rows as long as there are columns."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Text | Fields | Table


class Result(Protocol):
    """The result of one command."""

    @property
    def exit_code(self) -> int:
        """What `ww` exits with."""

    @property
    def stream(self) -> Literal["stdout", "stderr"]:
        """Where it is printed; stderr where stdout belongs to a guest."""

    def blocks(self) -> Sequence[Block]:
        """Return what a person sees, from top to bottom."""

    def to_json(self) -> dict[str, object]:
        """Return what a program sees: a JSON object whose keys are part of the interface."""


class Silent:
    """Success of which a person is told nothing more."""

    __slots__ = ()

    @property
    def exit_code(self) -> int:
        """Success."""
        return 0

    def blocks(self) -> Sequence[Block]:
        """Return nothing: all was said already, or silence is success."""
        return []
