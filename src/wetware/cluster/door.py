"""Takes connections: strangers are held to the knock, and who passes it is led through TLS.

Rules that hold here:

1. A stranger costs a socket and a small object, for `KNOCK_TIMEOUT` at most. There are `max_strangers` at a
   time; one more puts out the one that has stood there longest, since who holds the key knocks within
   milliseconds (test_strangers_put_each_other_out).
2. Nothing but 24 random bytes is sent before the knock was right (test_a_stranger_learns_nothing).
3. At most `max_handshakes` TLS handshakes are under way; further ones that knocked wait their turn.

The named tests are in `tests/cluster/test_door.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from typing import TYPE_CHECKING, Final, cast

from wetware.cluster.clusterkey import NONCE_BYTES
from wetware.cluster.knock import CHALLENGE_BYTES, KNOCK_BYTES, End, KnockError, answer, open_knock
from wetware.cluster.secured import Secured, secure
from wetware.errors import WetwareError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from wetware.cluster.clusterkey import KeyRing
    from wetware.cluster.tls import Tls

__all__ = ["KNOCK_TIMEOUT", "Door"]

KNOCK_TIMEOUT: Final = 5.0
"""Seconds that a stranger has."""

log: Final = logging.getLogger("wetware.cluster")


class Door:
    """A listening socket of the cluster.

    Args:
        tls: of this node's key.
        instance: the number of this start of the node.
        ring: the keys that open.
        ns: the namespace.
        admit: given everyone who has come in.
        max_strangers: connections that have not knocked yet.
        max_handshakes: TLS handshakes at a time.

    Attributes:
        refused: how many strangers were sent away.
    """

    def __init__(
        self,
        tls: Tls,
        instance: int,
        ring: KeyRing,
        ns: str,
        admit: Callable[[Secured], None],
        *,
        max_strangers: int = 256,
        max_handshakes: int = 16,
    ) -> None:
        self.tls = tls
        self.me = End(tls.me, instance)
        self.ring = ring
        self.ns = ns
        self.refused = 0
        self.max_strangers = max_strangers
        self._admit = admit
        self._handshakes = asyncio.Semaphore(max_handshakes)
        self._strangers: dict[_Stranger, None] = {}  # the one that has stood there longest first
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def open(self, sock: socket.socket) -> None:
        """Listen on a bound socket."""
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Stranger(self), sock=sock, backlog=512
        )

    def arrived(self, stranger: _Stranger) -> None:
        """Somebody has connected."""
        self._strangers[stranger] = None
        if len(self._strangers) > self.max_strangers:
            next(iter(self._strangers)).put_out()

    def gone(self, stranger: _Stranger) -> None:
        """Somebody has knocked, or gone."""
        self._strangers.pop(stranger, None)

    def knocked(self, stranger: _Stranger, transport: asyncio.Transport) -> None:
        """All bytes of a knock have come."""
        said = bytes(stranger.said)
        try:
            peer, challenge = open_knock(self.ring, self.ns, stranger.challenge, said)
        except KnockError:
            stranger.put_out()
            return
        if len(self._tasks) >= self.max_strangers:
            stranger.put_out()
            return
        nonce = secrets.token_bytes(NONCE_BYTES)
        transport.write(answer(self.ring.like(said), self.ns, challenge, self.me, peer.peer, nonce))
        task = asyncio.get_running_loop().create_task(self._lead_in(transport, peer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _lead_in(self, transport: asyncio.Transport, peer: End) -> None:
        try:
            async with self._handshakes:
                secured = await secure(transport, self.tls, peer, server=True)
            self._admit(secured)
        except WetwareError as error:
            log.debug("%s was not let in: %s", peer.peer, error)
            transport.abort()
        except BaseException:
            transport.abort()
            raise

    def shut(self) -> None:
        """Take no more connections."""
        if self._server is not None:
            self._server.close()

    async def close(self) -> None:
        """Take no more connections, and put out those that are not in yet."""
        self.shut()
        for stranger in list(self._strangers):
            stranger.put_out()
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait(set(self._tasks))


class _Stranger(asyncio.BufferedProtocol):
    """A connection before the knock: it reads exactly as many bytes as a knock has."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.challenge = secrets.token_bytes(CHALLENGE_BYTES)
        self.said = bytearray(KNOCK_BYTES)
        self._filled = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has connected."""
        transport = cast("asyncio.Transport", transport)  # those of other loops (uvloop) are no subclasses
        self._transport = transport
        self._timer = asyncio.get_running_loop().call_later(KNOCK_TIMEOUT, self.put_out)
        transport.write(self.challenge)
        self._door.arrived(self)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - the signature is asyncio's
        """What is still to come of the knock, and no byte of what follows it."""
        return memoryview(self.said)[self._filled :]

    def buffer_updated(self, nbytes: int) -> None:
        """Part of a knock has come."""
        self._filled += nbytes
        transport = self._transport
        if self._filled < KNOCK_BYTES or transport is None:
            return
        transport.pause_reading()  # what follows is for TLS
        self._part()
        self._door.knocked(self, transport)

    def put_out(self) -> None:
        """End it without a word."""
        self._part()
        self._door.refused += 1
        if self._transport is not None:
            self._transport.abort()

    def _part(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._door.gone(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the signature is asyncio's
        """It has gone by itself, or was put out."""
        self._part()
        self._transport = None
