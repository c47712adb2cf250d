"""The signals that end a command which runs a program.

Rules that hold here:

1. The first signal does what the command says, which ends the program; the second one, or `PATIENCE` seconds
   without an end, ends this process where it stands.
2. A signal that is ignored (`nohup`) stays ignored.
"""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

from wetware.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator

__all__ = ["SIGNALS", "Interrupts"]

PATIENCE = 2.0
"""Seconds: a compilation cannot be interrupted, and whoever presses Ctrl-C is not to wait for it."""

SIGNALS = {
    signal.SIGINT: ExitCode.INTERRUPTED,
    signal.SIGTERM: ExitCode.TERMINATED,
    signal.SIGHUP: ExitCode.HANGUP,
}


class Interrupts:
    """The signals that end a run, and what each does at the moment."""

    def __init__(self, loop: asyncio.AbstractEventLoop, on_first: Callable[[], object]) -> None:
        self.received: signal.Signals | None = None
        self.on_first = on_first
        self._loop = loop

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Take the signals while the block runs; one that is ignored (`nohup`) stays ignored."""
        mine = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        for number in mine:
            self._loop.add_signal_handler(number, self._receive, number)
        try:
            yield
        finally:
            for number in mine:
                self._loop.remove_signal_handler(number)

    def _receive(self, number: signal.Signals) -> None:
        if self.received is not None:
            self._leave()
        self.received = number
        self._loop.call_later(PATIENCE, self._leave)
        self.on_first()

    def _leave(self) -> None:
        os._exit(SIGNALS[self.received or signal.SIGINT])
