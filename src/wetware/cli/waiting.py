"""What a user sees who waits: what for, and, on a terminal, for how long."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Self

from wetware.cli.render import is_rich, note, transient

__all__ = ["Waiting"]

TICK: float = 1.0
"""Seconds between two showings of the clock."""
WORTH_TELLING: float = 5.0
"""Seconds after which, off a terminal, the end of waiting is told too."""


class Waiting:
    """One wait, which is told once it has begun to be long.

    Use it as a context manager; whatever ends the block ends the wait.
    """

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._began = time.monotonic()
        self._told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end(done=kind is None)

    def begin(self, what: str, *, after: float = 0.0) -> None:
        """Say what is waited for, after so many seconds; on a terminal a clock then runs below it."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._tell, args=(what, after), name="ww-waiting")
            self._thread.start()

    def end(self, *, done: bool = True) -> None:
        """The wait is over."""
        if self._thread is None:
            return
        self._ended.set()
        self._thread.join()
        self._thread = None
        self._ended.clear()
        seconds = time.monotonic() - self._began
        if done and self._told and seconds > WORTH_TELLING:
            note(f"done in {seconds:.0f} s")

    def _tell(self, what: str, after: float) -> None:
        if self._ended.wait(after):
            return
        note(what)
        self._told = True
        if not is_rich(sys.stderr):
            return
        while not self._ended.wait(TICK):
            transient(f"{time.monotonic() - self._began:.0f} s")
        transient("")
