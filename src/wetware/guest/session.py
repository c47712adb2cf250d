"""What a Python guest begins with: its session, and what it gives to its host.

    async with connect() as host:
        executor = host.session.exec
        ...

Rules that hold here:

1. A guest has one connection to its host; everything that it holds comes through it.
2. What the session does not name was not granted, and is null: false, and calling it raises `LocalError`.
3. Leaving the block closes the connection; the process goes on until its program ends.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

from wetware.capnp.transport import Options
from wetware.capnp.vat import Connection, Vat
from wetware.guest.channel import connect as connect_channel
from wetware.schema.core_capnp import ProcessInit, Session, Terminal
from wetware.schema.process_capnp import Events

if TYPE_CHECKING:
    from wetware.capnp.client import Client
    from wetware.capnp.runtime import Server

__all__ = ["Host", "connect"]

Handler = Callable[[], Awaitable[None] | None]


class Host:
    """A guest's host.

    Attributes:
        session: what the guest was granted.
        connection: the connection itself.
    """

    def __init__(self, connection: Connection, session: Session) -> None:
        self.connection = connection
        self.session = session
        self._init = connection.bootstrap(ProcessInit)

    def capability(self, name: str) -> Client:
        """A capability of the session by its name; a `KeyError` where none of that name was granted."""
        for extra in self.session.extra:
            if extra.name == name:
                return extra.client
        raise KeyError(name)

    async def provide(self, capability: Client | Server) -> None:
        """Offer a capability to whoever holds this process."""
        await self._init.provide(capability=capability)

    async def handle_events(self, *, pause: Handler, resume: Handler) -> None:
        """Be told of pause and resume, instead of being suspended between two instructions.

        Each may be a plain function or a coroutine function; whoever pauses is answered when it returns.
        """
        await self._init.events(handler=_Events(pause, resume))


class _Events(Events.Server):
    __slots__ = ("_pause", "_resume")

    def __init__(self, pause: Handler, resume: Handler) -> None:
        self._pause = pause
        self._resume = resume

    async def pause(self, *, context: Any) -> None:  # noqa: ARG002 - the schema's
        await _call(self._pause)

    async def resume(self, *, context: Any) -> None:  # noqa: ARG002 - the schema's
        await _call(self._resume)


async def _call(handler: Handler) -> None:
    answer = handler()
    if answer is not None:
        await answer


@contextlib.asynccontextmanager
async def connect(*, seconds: float = 15.0) -> AsyncIterator[Host]:
    """Connect with the host and log in.

    Raises:
        BrokenError: nobody answers, or the process was spawned without a channel.
        TimeoutError: no answer for that long.
    """
    # the host lives in the same memory: there is no need to ask whether it is there
    async with Vat(options=Options(keep_alive=0)) as vat:
        connection = await vat.connect_by(connect_channel)
        async with asyncio.timeout(seconds):
            results = await connection.bootstrap(Terminal).login(account=None)
        yield Host(connection, results.session)
