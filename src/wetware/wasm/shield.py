"""Python signal handlers kept from running inside a host function's callback.

A first slice may run on the event loop's thread, which usually is the main thread, where Python runs signal
handlers between any two bytecodes: also at the entry of a callback on a fiber's stack. A handler that raises
there (Ctrl-C's does) would leave the callback before it has told wasmtime how to go on, and wasmtime ends the
whole program for that.

Rules that hold here:

1. While a slice runs on the main thread, a signal is noted; its handler runs right after the slice, where
   raising is allowed.
2. Handlers that were there when the shield was raised are covered, and are put back when it is lowered,
   unless somebody has replaced them meanwhile. One installed later is not covered until the shield is raised
   anew.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

__all__ = ["SignalShield"]

_Handler = Callable[[int, FrameType | None], Any]


class SignalShield:
    """Raised and lowered with a scheduler; of no effect when that is not on the main thread."""

    __slots__ = ("_covered", "_pending", "_up")

    def __init__(self) -> None:
        self._covered: dict[int, tuple[_Handler, _Handler]] = {}
        self._pending: list[tuple[int, FrameType | None]] = []
        self._up = False
        if threading.current_thread() is threading.main_thread():
            for number in signal.valid_signals():
                handler = signal.getsignal(number)
                if callable(handler):
                    self._cover(number, handler)

    def _cover(self, number: int, original: _Handler) -> None:
        def shielded(received: int, frame: FrameType | None) -> None:
            if self._up:
                self._pending.append((received, frame))
            else:
                original(received, frame)

        signal.signal(number, shielded)
        self._covered[number] = (shielded, original)

    def __enter__(self) -> None:
        self._up = True

    def __exit__(self, *_exception: object) -> None:
        self._up = False
        while self._pending:
            number, frame = self._pending.pop(0)
            self._covered[number][1](number, frame)

    def lower(self) -> None:
        """Put the original handlers back."""
        for number, (shielded, original) in self._covered.items():
            if signal.getsignal(number) is shielded:
                signal.signal(number, original)
        self._covered.clear()
