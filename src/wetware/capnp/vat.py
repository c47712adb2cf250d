"""Vats and their connections: what a program uses.

    async with Vat(Echo()) as vat:                      # offers an object to whoever connects
        await vat.listen_unix("/run/echo.sock")
        ...
    async with Vat() as vat:
        connection = await vat.connect_unix("/run/echo.sock")
        echo = connection.bootstrap(EchoClient)
        print((await echo.ping(n=41)).n)

Rules that hold here:

1. A vat owns its connections and listeners: leaving it closes them, gracefully and in bounded time.
2. A connection is symmetrical: both ends offer a bootstrap capability if they like, whoever connected.
3. Nothing is offered unless it was given: a vat without a bootstrap answers `Bootstrap` with an exception.
4. A listener takes at most `max_connections` at a time; further ones are closed at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from wetware.capnp.client import Client, hook_of
from wetware.capnp.core.capability import Cap
from wetware.capnp.core.trace import describe
from wetware.capnp.hooks import Hook, ServerBase
from wetware.capnp.memory import MemoryLink, Pipe
from wetware.capnp.runner import Runner, server_of
from wetware.capnp.transport import Link, Options, StreamLink
from wetware.errors import BrokenError, ClosedError, LocalError

if TYPE_CHECKING:
    import socket
    import ssl
    from types import TracebackType

__all__ = ["Connection", "Listener", "Offer", "Vat", "local"]

C = TypeVar("C", bound=Client)

Capability = Client | ServerBase | Hook
Offer = Capability | None | Callable[["Connection"], "Capability | None"]
"""What a vat offers: one capability for all, or a function that chooses one for each connection."""


def local(client: Client) -> Any:
    """The object behind a client that leads to an object of this process; None for any other."""
    return server_of(hook_of(client))


def method_name(interface_id: int, method_id: int) -> str:
    """A method's name, if a module generated from its schema was imported; else its numbers."""
    pending: list[type[ServerBase]] = [ServerBase]
    while pending:
        kind = pending.pop()
        found = kind.METHODS.get((interface_id, method_id))
        if found is not None:
            return found[0]
        pending += kind.__subclasses__()
    return f"{interface_id:#x}.{method_id}"


class Connection:
    """One connection.

    Attributes:
        link: its transport; for tools.
        vat: whose connection it is.
    """

    def __init__(self, vat: Vat, offer: Offer, make: Callable[[Callable[[], Cap | None]], Link]) -> None:
        self.vat = vat
        self._offer = offer
        self.link = make(self._offered)

    def _offered(self) -> Cap | None:
        offer = self._offer
        if callable(offer) and not isinstance(offer, Client | ServerBase | Hook):
            offer = offer(self)
        hook = hook_of(offer)
        return hook.resolved() if isinstance(hook, Cap) else None

    def bootstrap(self, kind: type[C] = Client) -> C:  # type: ignore[assignment]  # without `kind`, C is Client
        """The capability that the peer offers. It can be used at once; what is wrong shows in the calls."""
        return kind(self.link.peer.connection.bootstrap())

    def trace(self, say: Callable[[str], None] | None) -> None:
        """Have every message told to `say`, one line each, in the names of the schemas loaded; None ends it.

        A trace tells who calls what with how many bytes, never what is in them.
        """
        peer = self.link.peer
        if say is None:
            peer.encoder.trace = peer.on_message = None
            return
        peer.encoder.trace = lambda message: say(f"sent {describe(message, method_name)}")
        peer.on_message = lambda message: say(f"got {describe(message, method_name)}")

    @property
    def is_closed(self) -> bool:
        """Whether the connection has ended."""
        return self.link.peer.connection.error is not None

    async def closed(self) -> None:
        """Wait for the end of the connection, whoever ends it."""
        await asyncio.shield(self.link.closed)

    def extra(self, name: str) -> Any:
        """What the transport knows of the peer: `peername`, `ssl_object`, `socket` … (see asyncio)."""
        transport = getattr(self.link, "_transport", None)
        return transport.get_extra_info(name) if transport is not None else None

    async def close(self) -> None:
        """End the connection: answers that are there reach the peer first."""
        await cast("Any", self.link).close()

    def kill(self, why: str = "this side has cut the connection") -> None:
        """End the connection now; nothing more is sent."""
        cast("Any", self.link).kill(why)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class Listener:
    """A socket that takes connections."""

    def __init__(self, vat: Vat, server: asyncio.Server) -> None:
        self._vat = vat
        self._server = server

    @property
    def sockets(self) -> tuple[Any, ...]:
        """The listening sockets."""
        return tuple(self._server.sockets)

    @property
    def port(self) -> int:
        """The port of the first one."""
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Take no more connections; those that stand go on."""
        self._server.close()


class Vat:
    """A set of connections that offer the same thing.

    Args:
        offer: what peers get as their bootstrap capability.
        options: how connections are kept.
        max_connections: connections that listeners take at a time.
    """

    def __init__(
        self, offer: Offer = None, *, options: Options | None = None, max_connections: int = 10_000
    ) -> None:
        self.offer = offer
        self.options = options or Options()
        self.max_connections = max_connections
        self.connections: set[Connection] = set()
        self._listeners: set[Listener] = set()
        self._closed = False

    # --- connections

    def _add(self, connection: Connection) -> Connection:
        self.connections.add(connection)
        connection.link.closed.add_done_callback(lambda _: self.connections.discard(connection))
        return connection

    def _stream(self, runner: Runner, *, incoming: bool) -> StreamLink:
        """A protocol for a transport to come."""

        def made(link: StreamLink) -> None:
            if incoming and (self._closed or len(self.connections) >= self.max_connections):
                link.kill("there are too many connections")
                return
            self._add(connection)

        connection = Connection(
            self, self.offer, lambda offered: StreamLink(runner, offered, self.options, made)
        )
        return cast("StreamLink", connection.link)

    async def connect_by(self, opening: Callable[[Callable[[], StreamLink]], Any]) -> Connection:
        """Connect over a transport of the caller's.

        Args:
            opening: given what makes the protocol, it opens the transport, as `loop.create_connection` does.
        """
        if self._closed:
            raise ClosedError("the vat is closed")
        runner = Runner.current()
        try:
            _transport, link = await opening(lambda: self._stream(runner, incoming=False))
        except OSError as error:
            raise BrokenError(f"cannot connect: {error}") from error
        for connection in self.connections:
            if connection.link is link:
                return connection
        raise BrokenError("the connection ended as soon as it stood")

    def adopt(self, transport: asyncio.Transport, received: bytes = b"") -> Connection:
        """Speak over a transport that stands already, such as one on which TLS was begun.

        Args:
            transport: its protocol is replaced by the connection's.
            received: what it has read meanwhile.

        Raises:
            BrokenError: it was lost before this.
        """
        if self._closed:
            raise ClosedError("the vat is closed")
        if transport.is_closing():
            raise BrokenError("the connection ended as soon as it stood")
        runner = Runner.current()
        connection = Connection(self, self.offer, lambda offered: StreamLink(runner, offered, self.options))
        link = cast("StreamLink", connection.link)
        self._add(connection)
        transport.set_protocol(link)
        link.connection_made(transport)
        if received:
            link.receive(received)
        return connection

    async def connect_tcp(
        self, host: str, port: int, *, tls: ssl.SSLContext | None = None, server_hostname: str | None = None
    ) -> Connection:
        """Connect to `host` and `port`, with TLS if `tls` is given."""
        loop = asyncio.get_running_loop()
        return await self.connect_by(
            lambda make: loop.create_connection(make, host, port, ssl=tls, server_hostname=server_hostname)
        )

    async def connect_unix(self, path: str, *, tls: ssl.SSLContext | None = None) -> Connection:
        """Connect to the Unix socket at `path`."""
        loop = asyncio.get_running_loop()
        return await self.connect_by(lambda make: loop.create_unix_connection(make, path, ssl=tls))

    async def connect_socket(self, sock: socket.socket) -> Connection:
        """Use a connected socket, such as one of a socket pair."""
        loop = asyncio.get_running_loop()
        return await self.connect_by(lambda make: loop.create_connection(make, sock=sock))

    def connect_memory(self, other: Vat) -> tuple[Connection, Connection]:
        """Connect to another vat of the same loop: this vat's end, and the other's."""
        runner = Runner.current()
        mine = Connection(self, self.offer, lambda offered: MemoryLink(runner, offered, self.options))
        theirs = Connection(other, other.offer, lambda offered: MemoryLink(runner, offered, other.options))
        cast("MemoryLink", mine.link).join(cast("MemoryLink", theirs.link))
        return self._add(mine), other._add(theirs)

    def over(
        self, make: Callable[[Runner, Callable[[], Cap | None], Options], Link], *, offer: Offer = None
    ) -> Connection:
        """A connection over a link that the caller makes; `offer` replaces the vat's own."""
        runner = Runner.current()
        chosen = self.offer if offer is None else offer
        return self._add(Connection(self, chosen, lambda offered: make(runner, offered, self.options)))

    def pipe(
        self,
        put: Callable[[bytes | bytearray], bool],
        changed: Callable[[], None],
        *,
        offer: Offer = None,
    ) -> tuple[Connection, Pipe]:
        """A connection whose bytes the caller moves; see `Pipe`. `offer` replaces the vat's own."""
        connection = self.over(
            lambda runner, offered, options: Pipe(runner, offered, options, put, changed), offer=offer
        )
        return connection, cast("Pipe", connection.link)

    # --- listeners

    async def _listening(self, opening: Callable[[Callable[[], StreamLink]], Any]) -> Listener:
        if self._closed:
            raise ClosedError("the vat is closed")
        runner = Runner.current()
        try:
            server = await opening(lambda: self._stream(runner, incoming=True))
        except OSError as error:
            raise LocalError(f"cannot listen: {error}") from error
        listener = Listener(self, server)
        self._listeners.add(listener)
        return listener

    async def listen_tcp(
        self, host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None
    ) -> Listener:
        """Take TCP connections; port 0 chooses a free one."""
        loop = asyncio.get_running_loop()
        handshake = 10.0 if tls is not None else None
        return await self._listening(
            lambda make: loop.create_server(make, host, port, ssl=tls, ssl_handshake_timeout=handshake)
        )

    async def listen_unix(self, path: str, *, tls: ssl.SSLContext | None = None) -> Listener:
        """Take connections on a Unix socket made at `path`."""
        loop = asyncio.get_running_loop()
        handshake = 10.0 if tls is not None else None
        return await self._listening(
            lambda make: loop.create_unix_server(make, path, ssl=tls, ssl_handshake_timeout=handshake)
        )

    # --- the end

    async def close(self) -> None:
        """Close listeners and connections."""
        self._closed = True
        for listener in list(self._listeners):
            await listener.close()
        self._listeners.clear()
        connections = list(self.connections)
        if connections:
            await asyncio.gather(*(connection.close() for connection in connections))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
