"""The window of appends that are under way to one follower.

Rules that hold here:

1. It is full when it holds `max_messages` appends or `max_bytes` bytes (zero: no limit on bytes). The
   append that crosses the byte limit still goes in, so that any append can be sent when nothing else is
   under way.
2. Appends are acknowledged in the order of their last index; an acknowledgement frees all up to it.

Source: thesis 10.2.1 (pipelining needs a bound on what may have to be sent again).

Held by test_core_quorum, in tests/raft/.
"""

from __future__ import annotations

from collections import deque

from wetware.errors import InternalError

__all__ = ["Inflights"]


class Inflights:
    """A sliding window.

    Args:
        max_messages: appends that may be under way.
        max_bytes: bytes of data that may be under way; zero: no limit.
    """

    __slots__ = ("_bytes", "_max_bytes", "_max_messages", "_window")

    def __init__(self, max_messages: int, max_bytes: int) -> None:
        self._max_messages = max_messages
        self._max_bytes = max_bytes
        self._bytes = 0
        self._window: deque[tuple[int, int]] = deque()

    def __len__(self) -> int:
        return len(self._window)

    @property
    def full(self) -> bool:
        """Whether no further append may be sent."""
        return len(self._window) >= self._max_messages or 0 < self._max_bytes <= self._bytes

    def add(self, index: int, size: int) -> None:
        """Note an append whose last entry has `index`, with `size` bytes of data."""
        if self.full:
            raise InternalError(f"an append to {index} was sent into a full window")
        self._window.append((index, size))
        self._bytes += size

    def free_to(self, index: int) -> None:
        """Note that everything up to `index` arrived."""
        window = self._window
        while window and window[0][0] <= index:
            self._bytes -= window.popleft()[1]

    def clear(self) -> None:
        """Forget all that is under way."""
        self._window.clear()
        self._bytes = 0
