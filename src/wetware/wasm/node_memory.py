"""The memory that all processes of a node may come to together.

A process's own limit does not bound the node: a guest may spawn many, and each of them more. So what their
memories and tables hold is counted, node by node.

Rules that hold here:

1. A process counts from its spawn with what its program declares to begin with, and with all that its tables
   may grow to; a spawn for which there is no room is refused. What is declared is counted whether it is
   touched or not.
2. Growth is counted at the end of each turn: a process whose growth does not fit is ended then, with
   `Limit("node-memory")`. Until then it may have touched what it can touch in one turn, so that the sum may
   be passed by that much for each runner.
3. A program whose memory cannot be looked at (several memories, a shared one) counts with all that it may
   come to.
4. The engine does not tell what a component holds. It counts with what it declares to begin with, and while
   components run, the memory that this OS process really holds is compared with the limit: beyond it, the
   component that was started last is ended. Where that cannot be read, a component counts with all that it
   may come to.
5. Python programs begin with one and the same memory, mapped from a file: each counts with what it changes of
   it (`PythonProgram.commitment`).

Tests: `test_node_memory.py`.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wetware.errors import LimitError
from wetware.process.reasons import Limit

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["NODE_MEMORY", "NodeMemory", "default_memory", "resident_bytes"]

NODE_MEMORY: Final = "node-memory"
"""The limit's name in errors and reasons."""
UNKNOWN: Final = 4 * 1024 * 1024 * 1024
"""Bytes that a machine is taken to have which does not tell."""
_SHARE: Final = 4
"""A quarter is left for everything else: this program, its caches, the system."""


class NodeMemory:
    """A count of bytes with a limit.

    Attributes:
        allowed: how many bytes live processes may come to together.
        committed: how many they count now.
    """

    __slots__ = ("_lock", "allowed", "committed")

    def __init__(self, allowed: int) -> None:
        self._lock = threading.Lock()
        self.allowed = allowed
        self.committed = 0

    def take(self, count: int) -> None:
        """Count a process; `LimitError` where there is no room for it."""
        with self._lock:
            wanted = self.committed + count
            if wanted > self.allowed:
                raise LimitError(
                    f"live processes hold {self.committed} bytes of this node's memory, of {self.allowed}, "
                    f"and this one begins with {count}; end some, or raise the limit of the node",
                    limit=NODE_MEMORY,
                    used=wanted,
                    allowed=self.allowed,
                )
            self.committed = wanted

    def give_back(self, count: int) -> None:
        with self._lock:
            self.committed -= count

    def cover(self, fiber: Fiber) -> Limit | None:
        """Count what a process has grown by; why it has to end, if that does not fit.

        Called by the thread that owns the fiber, between its turns.
        """
        more = fiber.held() - fiber.counted
        if more <= 0:
            return None
        with self._lock:
            wanted = self.committed + more
            if wanted > self.allowed:
                return Limit(NODE_MEMORY, wanted, self.allowed)
            self.committed = wanted
        fiber.counted += more
        fiber.committed += more
        return None


def default_memory() -> int:
    """Three quarters of what this machine, or the container that this program runs in, has."""
    found = [limit for limit in (_machine(), *_containers()) if limit]
    total = min(found, default=UNKNOWN)
    return total - total // _SHARE


def _machine() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError, AttributeError):
        return None


def _containers(root: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> list[int]:
    """The limits of the control groups around this process, of both versions of that interface."""
    files = [root / "memory.max", root / "memory" / "memory.limit_in_bytes"]
    try:
        for line in own.read_text(encoding="utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            if not controllers:
                places = [Path(path.lstrip("/")), *Path(path.lstrip("/")).parents]
                files += [root / place / "memory.max" for place in places]
            elif "memory" in controllers.split(","):
                files.append(root / "memory" / path.lstrip("/") / "memory.limit_in_bytes")
    except (OSError, ValueError):
        pass
    return [limit for limit in map(_number, files) if limit]


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):  # not there; or "max"
        return None


def resident_bytes() -> int | None:
    """The memory that this OS process really holds for itself; None where the system does not tell.

    Pages of files that nobody has changed do not count: of the interpreter's image there is one, however many
    guests have mapped it.
    """
    try:
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None
