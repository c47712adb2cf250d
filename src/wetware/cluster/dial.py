"""Connects to a node: TCP, the knock, TLS. Each failure says what was reached and what to look at."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Final, cast

from wetware.cluster.clusterkey import NONCE_BYTES
from wetware.cluster.knock import ANSWER_BYTES, CHALLENGE_BYTES, End, KnockError, knock, open_answer
from wetware.cluster.secured import Secured, secure
from wetware.errors import BrokenError, RemoteError

if TYPE_CHECKING:
    from wetware.cluster.addresses import Address
    from wetware.cluster.clusterkey import KeyRing
    from wetware.cluster.identity import PeerId
    from wetware.cluster.tls import Tls

__all__ = ["STEP_TIMEOUT", "UnreachableError", "WrongPeerError", "dial"]

STEP_TIMEOUT: Final = 5.0
"""Seconds for TCP, and for the knock."""


class UnreachableError(BrokenError):
    """A node could not be reached; the message says what was tried."""


class WrongPeerError(RemoteError):
    """Another node than the expected one is at an address."""


async def dial(
    address: Address, tls: Tls, ring: KeyRing, ns: str, *, instance: int = 0, expected: PeerId | None = None
) -> Secured:
    """Connect to the node at an address.

    Args:
        address: where.
        tls: of the key to connect with.
        ring: the keys of the cluster.
        ns: the namespace.
        instance: the number of this start of the node; 0 for a client.
        expected: who is to be there; None for any node of the cluster.

    Raises:
        UnreachableError: nobody is there, or somebody who does not let this end in.
        WrongPeerError: another node than the expected one is there.
    """
    loop = asyncio.get_running_loop()
    caller = _Caller()
    try:
        async with asyncio.timeout(STEP_TIMEOUT):
            await loop.create_connection(lambda: caller, address.host, address.port)
    except TimeoutError:
        raise UnreachableError(f"{address} does not answer") from None
    except OSError as error:
        raise UnreachableError(f"{address}: {_in_words(error)}") from None
    transport = caller.transport
    assert transport is not None, "the connection stands"
    try:
        peer = await _knock(caller, address, End(tls.me, instance), ring, ns)
        if expected is not None and peer.peer != expected:
            raise WrongPeerError(f"{peer.peer} is at {address}, and not {expected}")
        return await secure(transport, tls, peer, server=False)
    except BrokenError as error:
        transport.abort()
        raise UnreachableError(
            str(error) if isinstance(error, UnreachableError) else f"{address}: {error}"
        ) from None
    except BaseException:
        transport.abort()
        raise


async def _knock(caller: _Caller, address: Address, me: End, ring: KeyRing, ns: str) -> End:
    transport = caller.transport
    assert transport is not None, "the connection stands"
    try:
        async with asyncio.timeout(STEP_TIMEOUT):
            challenge = await caller.read(CHALLENGE_BYTES)
            mine = secrets.token_bytes(CHALLENGE_BYTES)
            transport.write(knock(ring, ns, challenge, mine, me, secrets.token_bytes(NONCE_BYTES)))
            said = await caller.read(ANSWER_BYTES)
    except TimeoutError:
        raise UnreachableError(f"{address} takes connections and says nothing: it is no node") from None
    except EOFError:
        if caller.total < CHALLENGE_BYTES:
            raise UnreachableError(
                f"{address} closed the connection at once: it is no node, or too many are at its door"
            ) from None
        raise UnreachableError(
            f"{address} did not answer the knock: it has another key, or is not in the namespace {ns!r}"
        ) from None
    try:
        return open_answer(ring, ns, mine, me.peer, said)
    except KnockError:
        raise UnreachableError(f"{address} is no node of this cluster") from None


class _Caller(asyncio.BufferedProtocol):
    """Reads as many bytes as are asked for, and leaves the others to TLS."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.total = 0
        self._buffer = memoryview(bytearray())
        self._filled = 0
        self._waiter: asyncio.Future[None] | None = None
        self._ended = False

    async def read(self, count: int) -> bytes:
        """The next bytes.

        Raises:
            EOFError: the connection ended before.
        """
        transport = self.transport
        if self._ended or transport is None:
            raise EOFError
        content = bytearray(count)
        self._buffer, self._filled = memoryview(content), 0
        self._waiter = asyncio.get_running_loop().create_future()
        transport.resume_reading()
        await self._waiter
        return bytes(content)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands; nothing is read until somebody asks."""
        transport = cast("asyncio.Transport", transport)  # those of other loops (uvloop) are no subclasses
        self.transport = transport
        transport.pause_reading()

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - the signature is asyncio's
        """What is still wanted."""
        return self._buffer[self._filled :]

    def buffer_updated(self, nbytes: int) -> None:
        """Bytes have come."""
        self._filled += nbytes
        self.total += nbytes
        if self._filled == len(self._buffer):
            assert self.transport is not None, "bytes have come"
            self.transport.pause_reading()
            if self._waiter is not None and not self._waiter.done():
                self._waiter.set_result(None)

    def eof_received(self) -> None:
        """The other end says no more."""
        self._end()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the signature is asyncio's
        """The connection is gone."""
        self._end()

    def _end(self) -> None:
        self._ended = True
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(EOFError())


def _in_words(error: OSError) -> str:
    text = error.strerror or str(error) or type(error).__name__
    if "Connect call failed" in text or isinstance(error, ConnectionRefusedError):
        text = "connection refused: nothing listens there"
    return text
