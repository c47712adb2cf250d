"""What a loop does for its connections beside reading: when it is done, and what is written together.

Rules that hold here:

1. What the messages of one read cause for later (`soon`) is done right after they were handled, in the same
   turn of the loop, if nothing else is ready to run; otherwise in a turn of its own, behind what is ready. So
   a call and its answer take one turn, and nobody waits longer than before.
2. It is seen whether anything else is ready where the loop shows that, as asyncio's own do.
3. Whatever is to be written leaves in one write a connection and turn, before the loop waits. A task that
   waits for an answer while nothing else is ready has it written first (`flush_if_idle`).
4. What fails is told to the loop, as if it had failed in a turn of its own, and keeps nothing else from
   being done.

Tests: `tests/capnp/test_turns.py`.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from wetware.capnp.core.agenda import Agenda

__all__ = ["Turns"]

_MOST: Final = 16
"""How much is done in the turn of one read; what is caused by that again and again waits for others."""


class _Writing(Protocol):
    """A connection with something to write."""

    def flush_turn(self) -> None:
        """Write it."""


class Turns:
    """The turns of one loop.

    Args:
        loop: the loop.
        agenda: what its capabilities still have to do.

    Attributes:
        reading: whether messages that were read are being handled; set by who handles them.
    """

    __slots__ = ("_after", "_agenda", "_flush_due", "_loop", "_ready", "_writing", "reading")

    def __init__(self, loop: asyncio.AbstractEventLoop, agenda: Agenda) -> None:
        self._loop = loop
        self._agenda = agenda
        self._after: deque[Callable[[], object]] = deque()
        self._ready: Any = getattr(loop, "_ready", None)  # rule 2
        self._writing: list[_Writing] = []
        self._flush_due = False
        self.reading = False

    def soon(self, what: Callable[[], object]) -> None:
        """Have something called before the loop waits (rule 1)."""
        if self.reading:
            self._after.append(what)
        else:
            self._loop.call_soon(what)

    def settle(self) -> None:
        """The messages of one read were handled."""
        after, ready = self._after, self._ready
        if not after:
            return
        left = 0 if ready is None else _MOST
        self.reading = True
        try:
            while after and left and not ready:
                left -= 1
                self._call(after.popleft())
        finally:
            self.reading = False
            while after:
                self._loop.call_soon(after.popleft())

    def _call(self, what: Callable[[], object]) -> None:
        try:
            what()
        except Exception as error:  # noqa: BLE001 - rule 4
            self._loop.call_exception_handler(
                {"message": "what a message has caused has failed", "exception": error}
            )

    def write_soon(self, connection: _Writing) -> None:
        """A connection has something to write; it is told once, until it is flushed."""
        self._writing.append(connection)
        if not self._flush_due:
            self._flush_due = True
            self.soon(self._flush_due_now)

    def _flush_due_now(self) -> None:
        self._flush_due = False
        self.flush()

    def flush(self) -> None:
        """Write what is to be written now."""
        if not self._agenda.busy:
            self._agenda.run()  # what the turn's tasks let go of is released with the same write
        writing, self._writing = self._writing, []
        for connection in writing:
            self._call(connection.flush_turn)

    def flush_if_idle(self) -> None:
        """As `flush`, where nothing is ready but that."""
        ready = self._ready
        if (
            self._writing
            and ready is not None
            and len(ready) == 1
            and not (self.reading or self._agenda.busy)
        ):
            self.flush()
