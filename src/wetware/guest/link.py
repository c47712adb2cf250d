"""A guest's connection with its host: Cap'n Proto straight over the stream, without a transport in between.

Rules that hold here:

1. The loop asks for what is to be written before it waits, and gives what has come: both leave and arrive in
   one crossing to the host. So there is one write a turn, and none that has a turn of its own. What is not
   to wait until this turn's tasks have had their steps is written at once.
2. What the host does not take at once waits here and counts as not taken (`Encoder.probe`), until the host
   has room.
3. It ends when the host has closed, or when this side closes: what was sent before still leaves, if the
   host takes it in time.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.exceptions import DisconnectedError
from wetware.capnp.transport import Link
from wetware.guest import host

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.core.capability import Cap
    from wetware.capnp.runner import Runner
    from wetware.capnp.transport import Options
    from wetware.guest.loop import GuestLoop

__all__ = ["GuestLink"]

TOGETHER: Final = 64 * 1024
"""Bytes that leave with an asking; more are written by themselves."""


class GuestLink(Link):
    """The connection, as the guest's loop drives it.

    Args:
        loop: the guest's.
        runner: the loop's runner.
        bootstrap: gives the capability that the host may ask for.
        options: how the connection is kept; it has no watch.

    Attributes:
        interest: what of the stream it waits for (`host.READABLE`, `host.WRITABLE`).
    """

    def __init__(
        self,
        loop: GuestLoop,
        runner: Runner,
        bootstrap: Callable[[], Cap | None] | None,
        options: Options,
    ) -> None:
        super().__init__(runner, bootstrap, options)
        self._loop = loop
        self._held = bytearray()
        self._room: asyncio.Future[None] | None = None
        self._shut = False
        self.interest = host.READABLE
        loop.attach(self)

    # --- for the loop
    def take(self) -> bytes | bytearray:
        """What is to be written with this asking."""
        agenda = self.runner.agenda
        if agenda.due:  # what the turn's tasks let go of is released with the same write
            agenda.run()
        encoder = self.peer.encoder
        if not encoder.pieces:
            return b""
        if self._held or encoder.size > TOGETHER:
            self.flush()
            return b""
        pieces: list[Any] = encoder.take()
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def give(self, content: bytes) -> None:
        """Bytes have come; none at the end."""
        try:
            if content:
                more = self.peer.feed(content, 0 if self.blocked else self.options.messages_per_turn)
                self._after(more=more)
            elif not self._shut:
                self.ended("the host has closed the connection")
        except Exception as error:  # noqa: BLE001 - a bug of ours is told, and ends neither loop nor task
            self._loop.call_exception_handler(
                {"message": "what the host sent was not handled", "exception": error}
            )

    def write(self, content: bytes | bytearray) -> None:
        """Give the host what it takes now, and hold the rest."""
        try:
            taken = 0 if self._held else host.write(content)
        except BrokenPipeError:
            self.shut()
            self.ended("the host has closed the connection")
            return
        if taken < len(content):
            self._held += memoryview(content)[taken:]
            self.peer.encoder.probe = self._held.__len__
            self.steer()

    def writable(self) -> None:
        """The host has room."""
        held, self._held = self._held, bytearray()
        self.peer.encoder.probe = None
        self.write(held)
        if not self._held:
            if self._room is not None:
                self._room.set_result(None)
                self._room = None
            self.drained()

    # --- Link
    def flush(self) -> None:
        if not self._loop.asks_next:
            super().flush()

    def send(self, pieces: list[Any]) -> None:
        """Write now."""
        if not self._shut:
            self.write(pieces[0] if len(pieces) == 1 else b"".join(pieces))

    def _wake(self) -> None:
        """The loop asks by itself."""

    def steer(self) -> None:
        if not self._shut:
            self.interest = (host.READABLE if self.wants_more else 0) | (host.WRITABLE if self._held else 0)
            self._loop.look()

    def shut(self) -> None:
        """Part from the loop; what the host has not taken is lost."""
        if not self._shut:
            self._shut = True
            self._loop.detach(self)
            host.end()
            if self._room is not None:
                self._room.set_result(None)
                self._room = None

    # --- the end
    def kill(self, why: str) -> None:
        """End the connection now."""
        self.peer.connection.disconnect(DisconnectedError(why))
        self.runner.agenda.run()
        self.peer.encoder.take()
        self._held.clear()
        self.ended(why)

    async def close(self) -> None:
        """End the connection; what was sent before reaches the host, if it takes it in time."""
        if self.closed.done():
            return
        self.flush()
        if self._held and self._room is None:
            self._room = self._loop.create_future()
            try:
                async with asyncio.timeout(self.options.linger):
                    await self._room
            except TimeoutError:
                self._room = None
        self.peer.end("this side has closed the connection")
        self.peer.encoder.take()
        self.ended("this side has closed the connection")
