"""Python signal handlers kept from running where they would break something in two.

A first slice may run on the event loop's thread, which usually is the main thread, where Python runs signal
handlers between any two bytecodes: also at the entry of a callback on a fiber's stack. A handler that raises
there (Ctrl-C's does) would leave the callback before it has told wasmtime how to go on, and wasmtime ends the
whole program for that. A handler that raises between two changes of the process table, or that itself kills a
process, would leave the table and the scheduler at odds, or wait for a lock that its own thread holds.

Rules that hold here:

1. While the shield is up on the main thread, a signal is noted; its handler runs right after, where raising
   is allowed and everything is whole (test: `test_signals.py`).
2. What is up: a slice on the event loop's thread, and every change of the process table.
3. Handlers installed meanwhile are covered too (`renew`), before each slice.
4. The original handlers are put back when the shield is lowered, unless somebody has replaced them meanwhile.
"""

from __future__ import annotations

import signal
import sys
import threading
from _signal import (  # type: ignore[import-not-found]  # `signal` without the wrapper, which is slow
    getsignal,
)
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

__all__ = ["SignalShield", "check_headroom"]

_Handler = Callable[[int, FrameType | None], Any]

NUMBERS: Final = tuple(sorted(int(number) for number in signal.valid_signals() if number < 32))
"""The signals that are covered; those above are for nobody but their sender."""

HEADROOM: Final = 60
"""How many calls a slice and what comes of it may add to this thread's stack."""


class SignalShield:
    """Raised and lowered with a scheduler; of no effect when that is not on the main thread."""

    __slots__ = ("_covered", "_depth", "_known", "_main", "_pending")

    def __init__(self) -> None:
        self._main = threading.current_thread() is threading.main_thread()
        self._covered: dict[int, tuple[_Handler, _Handler]] = {}
        self._pending: list[tuple[_Handler, int, FrameType | None]] = []
        self._depth = 0
        self._known: list[object] = []
        self.renew()

    def renew(self) -> None:
        """Cover handlers that were installed since the last time."""
        if self._main and [*map(getsignal, NUMBERS)] != self._known:
            for number in NUMBERS:
                handler = getsignal(number)
                if callable(handler) and handler is not self._covered.get(number, (None, None))[0]:
                    self._cover(number, handler)
            self._known = [*map(getsignal, NUMBERS)]

    def _cover(self, number: int, original: _Handler) -> None:
        def shielded(received: int, frame: FrameType | None) -> None:
            if self._depth:
                self._pending.append((original, received, frame))
            else:
                original(received, frame)

        signal.signal(number, shielded)
        self._covered[number] = (shielded, original)

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(self, *_exception: object) -> None:
        self._depth -= 1
        while self._pending and not self._depth:
            handler, number, frame = self._pending.pop(0)
            handler(number, frame)

    def lower(self) -> None:
        """Put the original handlers back."""
        for number, (shielded, original) in self._covered.items():
            if getsignal(number) is shielded:
                signal.signal(number, original)
        self._covered.clear()
        self._known = []


def check_headroom() -> None:
    """Raise RecursionError here, where nothing has begun, rather than in the middle of a slice."""
    try:
        sys._getframe(sys.getrecursionlimit() - HEADROOM)  # noqa: SLF001 - the one way to ask without recursing
    except ValueError:
        return  # the stack is not that deep
    raise RecursionError("too deep in calls to start a process here; spawn it from a task of its own")
