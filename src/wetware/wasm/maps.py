"""Memory maps: the operating system's wall that live processes meet first.

Linux allows a program so many maps (`vm.max_map_count`, 65,530 by default), and a program that has used them
up gets no memory of any kind: whoever asks next may be the engine or Python itself, which end the whole
program over that. So what processes need is counted before they start.

Rules that hold here:

1. The count is this OS process's: all nodes in it share the wall.
2. A process counts with the most that its program can come to: two maps for its fiber's stack and up to three
   for each memory, measured at 4 for a program with one memory and 202 for one with a hundred (test:
   `test_many_memories_meet_the_wall_of_maps`).
3. Some are left for everything else: native code, threads, files, the allocator.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from wetware.errors import LimitError

__all__ = ["MAPS", "Maps", "maps_for"]

STACK: Final = 2
MEMORY: Final = 3
LEFT_FREE: Final = 2_000
UNKNOWN: Final = 50_000
"""Where the operating system tells of no limit."""


def maps_for(memories: int) -> int:
    """How many maps a process with so many memories counts."""
    return STACK + MEMORY * max(1, memories)


def _allowed() -> int:
    try:
        found = int(Path("/proc/sys/vm/max_map_count").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return UNKNOWN
    return max(500, found - LEFT_FREE)


class Maps:
    """A count with a limit.

    Attributes:
        allowed: how many maps live processes may come to.
        used: how many they count now.
    """

    __slots__ = ("_lock", "allowed", "used")

    def __init__(self, allowed: int) -> None:
        self._lock = threading.Lock()
        self.allowed = allowed
        self.used = 0

    def take(self, count: int) -> None:
        """Count a process; `LimitError` where there is no room for it."""
        with self._lock:
            if self.used + count > self.allowed:
                raise LimitError(
                    f"live processes hold {self.used} of the {self.allowed} memory maps that this system "
                    f"gives them, and this one needs {count}; end some, or raise vm.max_map_count",
                    limit="maps",
                    used=self.used + count,
                    allowed=self.allowed,
                )
            self.used += count

    def give_back(self, count: int) -> None:
        with self._lock:
            self.used -= count


MAPS: Final = Maps(_allowed())
