"""Numbered tables.

Rules that hold here:

1. A number is given out again only after it was freed; freed numbers come first, so that numbers stay small
   and pack well.
"""

from __future__ import annotations

__all__ = ["Ids"]


class Ids:
    """Gives out numbers from 0 on and takes them back."""

    __slots__ = ("_free", "_next")

    def __init__(self) -> None:
        self._free: list[int] = []
        self._next = 0

    def take(self) -> int:
        """A number that is not in use."""
        if self._free:
            return self._free.pop()
        number = self._next
        self._next = number + 1
        return number

    def give_back(self, number: int) -> None:
        """`number` is no longer in use."""
        self._free.append(number)
