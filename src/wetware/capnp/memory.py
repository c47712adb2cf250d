"""Connections inside one process: a pair of ends on one loop, and a pipe that anything can drive.

Rules that hold here:

1. What one end sends is handled by the other in a later turn of the loop, in order, as over a network.
2. A `Pipe` is no transport: its user is handed what the core wants to send, and gives what it received. A
   guest's connection is one.
3. A pipe whose user takes nothing fills up to its limits and no further: calls fail with `overloaded`, and
   `give` takes no more.
"""


# ruff: noqa: SLF001 - the two ends of a pair look into each other

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wetware.capnp.exceptions import DisconnectedError
from wetware.capnp.transport import Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.core.capability import Cap
    from wetware.capnp.runner import Runner
    from wetware.capnp.transport import Options

__all__ = ["MemoryLink", "Pipe"]


class MemoryLink(Link):
    """One end of a pair inside one loop."""

    def __init__(self, runner: Runner, bootstrap: Callable[[], Cap | None] | None, options: Options) -> None:
        super().__init__(runner, bootstrap, options)
        self._other: MemoryLink | None = None
        self._incoming: list[Any] = []
        self._scheduled = False

    def join(self, other: MemoryLink) -> None:
        """Make a pair of two ends."""
        self._other, other._other = other, self

    def send(self, pieces: list[Any]) -> None:
        """Leave the bytes with the other end, which takes them in its own turn."""
        other = self._other
        if other is None:
            return
        other._incoming += pieces
        if not other._scheduled:
            other._scheduled = True
            self.runner.loop.call_soon(other._arrive)

    def _arrive(self) -> None:
        self._scheduled = False
        incoming, self._incoming = self._incoming, []
        if incoming:
            self.receive(bytes(incoming[0]) if len(incoming) == 1 else b"".join(incoming))
        elif self._other is None:
            self.ended("the other end has closed the connection")

    def shut(self) -> None:
        """Part from the other end, which still reads what was sent to it."""
        other, self._other = self._other, None
        if other is not None:
            other._other = None
            if not other._scheduled:
                other._scheduled = True
            self.runner.loop.call_soon(other._last)

    def _last(self) -> None:
        if self._incoming:
            self._arrive()
        self.ended("the other end has closed the connection")

    def kill(self, why: str) -> None:
        """End the connection now."""
        self.peer.connection.disconnect(DisconnectedError(why))
        self.runner.agenda.run()
        self.peer.encoder.take()
        self.ended(why)

    async def close(self) -> None:
        """End the connection; what was sent before is handled by the other end."""
        if not self.closed.done():
            self.flush()
            self.ended("this side has closed the connection")


class Pipe(Link):
    """A connection whose bytes somebody else moves, such as the host of a guest.

    Args:
        runner: the loop's runner.
        bootstrap: gives the capability that the peer may ask for.
        options: how the connection is kept; a pipe has no watch.
        put: takes bytes for the peer, all of them; whether it takes more now. After False it gets none until
            `relieve`, but for the last ones.
        changed: called when `open_to_read`, `at_end` or, while `put` takes none, `waiting` has changed.
    """

    def __init__(
        self,
        runner: Runner,
        bootstrap: Callable[[], Cap | None] | None,
        options: Options,
        put: Callable[[bytes | bytearray], bool],
        changed: Callable[[], None],
    ) -> None:
        super().__init__(runner, bootstrap, options)
        self._put = put
        self._changed = changed
        self._held = bytearray()
        self._full = False
        self._shut = False
        self._open = True

    def give(self, data: bytes) -> bool:
        """Bytes from the peer; whether more may be given now.

        When False was returned, wait for `changed` before giving more.
        """
        if not self._shut:
            self._take(self.peer.feed, data)
        return not self._shut and (not self.peer.held or self.wants_more)

    @property
    def open_to_read(self) -> bool:
        """Whether bytes may be given now."""
        return not self._shut and self.wants_more

    @property
    def waiting(self) -> int:
        """Bytes that are kept for the peer."""
        return self.peer.encoder.queued

    @property
    def at_end(self) -> bool:
        """Whether nothing will come any more."""
        return self._shut

    def relieve(self) -> None:
        """There is room for more bytes of the peer."""
        self._full = False
        self.peer.encoder.probe = None
        if self._held:
            held, self._held = self._held, bytearray()
            self.send([held])
        self.drained()

    def send(self, pieces: list[Any]) -> None:
        """Hand the bytes on, or keep them where they are not taken now."""
        if self._shut:
            return
        content = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        if self._full:
            self._held += content
            self._changed()
        elif not self._put(content):
            self._full = True
            self.peer.encoder.probe = self._held.__len__

    def steer(self) -> None:
        was_open, self._open = self._open, self.open_to_read
        if self._open and not was_open:
            self._changed()

    def shut(self) -> None:
        """Nothing is read any more; what is kept goes where the peer finds it, if it still reads."""
        if not self._shut:
            self._shut = True
            if self._held:
                self._put(self._held)
                self._held = bytearray()
            self.peer.encoder.probe = None
            self._changed()

    def end(self, why: str = "the peer has closed the connection") -> None:
        """The peer gives no more bytes."""
        if not self.closed.done():
            self.ended(why)

    def kill(self, why: str) -> None:
        """End the connection now."""
        self.peer.connection.disconnect(DisconnectedError(why))
        self.runner.agenda.run()
        self.peer.encoder.take()
        self._held.clear()
        self.end(why)

    async def close(self) -> None:
        """End the connection; what was sent before is handed on."""
        self.flush()
        self.end("this side has closed the connection")
