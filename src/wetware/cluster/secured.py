"""From a TCP connection on which both ends have knocked to one under TLS."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from wetware.errors import BrokenError

if TYPE_CHECKING:
    from wetware.cluster.knock import End
    from wetware.cluster.tls import Tls

__all__ = ["HANDSHAKE_TIMEOUT", "Secured", "secure"]

HANDSHAKE_TIMEOUT: Final = 5.0
"""Seconds for the TLS handshake."""
_SHUTDOWN_TIMEOUT: Final = 1.0
_MOST_HELD: Final = 1 << 20


class Secured(asyncio.Protocol):
    """Holds what comes before somebody listens.

    Attributes:
        transport: the one under TLS; what is written there is encrypted.
        received: what has come meanwhile.
        peer: who is at the other end, and which start of it.
    """

    def __init__(self, peer: End) -> None:
        self.peer = peer
        self.transport: asyncio.Transport
        self.received = bytearray()

    def data_received(self, data: bytes) -> None:
        """The peer is faster than the task that waits for the handshake."""
        self.received += data
        if len(self.received) > _MOST_HELD:
            self.transport.abort()


async def secure(raw: asyncio.Transport, tls: Tls, peer: End, *, server: bool) -> Secured:
    """Begin TLS with `peer`.

    Raises:
        BrokenError: the peer has gone, or is another.
    """
    held = Secured(peer)
    held.transport = raw
    try:
        transport = await asyncio.get_running_loop().start_tls(
            raw,
            held,
            tls.context(peer.peer, server=server),
            server_side=server,
            ssl_handshake_timeout=HANDSHAKE_TIMEOUT,
            ssl_shutdown_timeout=_SHUTDOWN_TIMEOUT,
        )
    except OSError as error:  # TLS's own among them
        raw.abort()
        raise BrokenError(f"the TLS handshake failed: {error}") from error
    if transport is None:
        raise BrokenError("the peer closed the connection during the TLS handshake")
    held.transport = transport
    return held
