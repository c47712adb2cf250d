"""The resources that one process holds, as objects of this program.

Rules that hold here:

1. A component names a resource by a number that it was given, and the engine lets no other through; here
   each number stands for one object.
2. There are at most `MAX_HANDLES` at a time: who asks for more ends with `limit(handles)`.
3. A component drops a resource in the middle of its own run: the number is noted, and the object is
   closed at the next host call, or with the process.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from wetware.process.reasons import Limit
from wetware.wasm.wasi.functions import EndOfProcess

if TYPE_CHECKING:
    from wetware.wasm.wasi2.file_store import FileStore

__all__ = ["MAX_HANDLES", "Handles"]

MAX_HANDLES: Final = 10_000


class Handles:
    """Objects by number.

    Attributes:
        files: the process's files, where it was granted any.
        refused_growth: whether a memory or table was refused to grow (`growth.py`).
    """

    __slots__ = ("_dropped", "_next", "_objects", "files", "refused_growth")

    def __init__(self, files: FileStore | None = None) -> None:
        self.files = files
        self.refused_growth = False
        self._objects: dict[int, Any] = {}
        self._next = 1
        self._dropped: list[int] = []

    def add(self, resource: Any) -> int:
        """A number for an object. Raises `EndOfProcess` past the limit."""
        if len(self._objects) >= MAX_HANDLES:
            self.collect()
            if len(self._objects) >= MAX_HANDLES:
                raise EndOfProcess(Limit("handles", MAX_HANDLES + 1, MAX_HANDLES))
        number = self._next
        self._next = number + 1 & 0xFFFF_FFFF
        while self._next in self._objects:
            self._next = self._next + 1 & 0xFFFF_FFFF
        self._objects[number] = resource
        return number

    def get(self, number: int) -> Any:
        return self._objects[number]

    def drop(self, number: int) -> None:
        """Note that the guest has dropped one; called on its own stack."""
        self._dropped.append(number)

    def collect(self) -> None:
        """Close what was dropped."""
        dropped = self._dropped
        while dropped:
            _close(self._objects.pop(dropped.pop(), None))

    def close(self) -> None:
        """The process has ended."""
        self._dropped.clear()
        for resource in self._objects.values():
            _close(resource)
        self._objects.clear()
        if self.files is not None:
            self.files.release()


def _close(resource: Any) -> None:
    closing = getattr(resource, "drop", None)
    if closing is not None:
        with contextlib.suppress(OSError):
            closing()
