"""What a process may use at most, with the defaults.

Memory, children, descriptors and buffers have finite defaults; deadline, CPU and total output are off unless
asked for. A limit that is reached is the exit reason (`Limit(which)`) in one of two ways:

- *ended*: deadline, cpu and output end the process at its next yield;
- *refused*: what would pass the memory, descriptor or child limit is refused to the guest in the way its
  language knows (`memory.grow` gives -1, opening gives EMFILE, spawning fails), and if the process then ends
  abnormally (a trap, or a code other than 0) its reason is `Limit(which)`, with how it ended in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wetware.errors import LocalError

__all__ = ["CAPTURE_BUFFER", "CHANNEL_BUFFER", "INPUT_BUFFER", "LINE_BUFFER", "OUTPUT_QUEUE", "Limits"]

KIB: Final = 1024
MIB: Final = 1024 * KIB

CAPTURE_BUFFER: Final = 1 * MIB
"""How many of the last bytes a captured stream keeps; older ones are dropped and counted."""
CHANNEL_BUFFER: Final = 256 * KIB
"""How many bytes of a channel wait in each direction before the writer waits."""
INPUT_BUFFER: Final = 256 * KIB
"""How many bytes of a piped stdin wait for the guest before the writer waits."""
LINE_BUFFER: Final = 64 * KIB
"""How long a line may be before it is written in pieces."""
OUTPUT_QUEUE: Final = 256 * KIB
"""How many bytes may wait for a slow terminal or pipe before guests that write to it are suspended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one process. Raises `LocalError` for a value that is no limit at all.

    Attributes:
        memory: bytes, over all memories and tables of the process together.
        deadline: seconds of wall-clock time from the spawn, paused or not; None is no deadline.
        cpu: seconds of processor time, host calls included, paused time not; None is no budget.
        output: bytes written to stdout and stderr together; None is no limit.
        children: live children at one time.
        descriptors: open descriptors at one time: stdio, channel and granted directories included.
    """

    memory: int = 256 * MIB
    deadline: float | None = None
    cpu: float | None = None
    output: int | None = None
    children: int = 1000
    descriptors: int = 64

    def __post_init__(self) -> None:
        for name in ("memory", "children", "descriptors", "output"):
            value = getattr(self, name)
            if (value is not None or name != "output") and (not isinstance(value, int) or value < 0):
                raise LocalError(f"the limit {name} is {value!r}; it must be a whole number, 0 or more")
        for name in ("deadline", "cpu"):
            value = getattr(self, name)
            if value is not None and not (isinstance(value, int | float) and value >= 0):
                raise LocalError(f"the limit {name} is {value!r}; it must be 0 or more, or None for no limit")


DEFAULT: Final = Limits()
