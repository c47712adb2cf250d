"""The signals that end a command which runs a program.

Rules that hold here:

1. The first signal does what the command says, which ends the program; the second one, or `PATIENCE` seconds
   without an end, ends this process where it stands.
2. A signal that is ignored (`nohup`) stays ignored.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING, TypeVar

from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

__all__ = ["SIGNALS", "Interrupts", "interruptible"]

T = TypeVar("T")

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


async def interruptible(work: Callable[[Interrupts], Awaitable[T]]) -> T:
    """Do a command's work; until it says otherwise (`Interrupts.on_first`), the first signal cancels it.

    Raises:
        CommandError: a signal has ended it.
    """
    task = asyncio.current_task()
    if task is None:  # asyncio runs every coroutine in a task; this tells the type checker
        raise RuntimeError
    interrupts = Interrupts(asyncio.get_running_loop(), task.cancel)
    with interrupts.installed():
        try:
            return await work(interrupts)
        except asyncio.CancelledError:
            if interrupts.received is None:
                raise
            task.uncancel()
            raise CommandError("interrupted", exit_code=SIGNALS[interrupts.received]) from None
