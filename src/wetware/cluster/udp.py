"""A UDP socket on the event loop, which takes in one turn all that has come, up to a bound.

asyncio's own datagram endpoint reads one datagram a turn: on a loop that is busy with guests they would wait
in the system's buffer, and be lost there. And each datagram would wake the loop: where nothing is urgent,
this one rests, and what has come is read when its owner is awake anyway.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["UdpSocket", "interfaces"]

_LOOKED_AT: Final = 32
"""Datagrams that are looked at in one turn of the loop, which others wait for."""
_PER_TURN: Final = 1024
"""Datagrams that are read in one turn, those included that are thrown away unseen."""
_BUFFER: Final = 4 << 20
_LARGEST: Final = 65_536


def interfaces() -> list[int]:
    """The numbers of this machine's network interfaces; 0, the system's choice, where it does not tell."""
    try:
        return [number for number, _ in socket.if_nameindex()] or [0]
    except (AttributeError, OSError):
        return [0]


class UdpSocket:
    """A bound UDP socket.

    Args:
        sock: the socket; it is owned, and closed with this object.
        receive: called with each datagram and where it came from; it says whether it has looked at it.

    Attributes:
        unsent: datagrams that the system did not take.
        behind: whether more datagrams had come than the latest turn could look at.
    """

    def __init__(self, sock: socket.socket, receive: Callable[[bytes, Any], bool]) -> None:
        self._sock = sock
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.DatagramTransport | None = None
        self._listens = False
        self.unsent = 0
        self.behind = False
        sock.setblocking(False)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, option, _BUFFER)

    async def start(self) -> None:
        """Begin to receive."""
        try:
            self.listen()
        except NotImplementedError:  # a loop without readers, such as Windows' own
            self._transport, _ = await self._loop.create_datagram_endpoint(
                lambda: _Endpoint(self._receive), sock=self._sock
            )

    def listen(self) -> None:
        """Hear at once what comes."""
        if not self._listens and self._transport is None:
            self._loop.add_reader(self._sock, self.read)
            self._listens = True

    def rest(self) -> None:
        """Leave what comes until `read` is called."""
        if self._listens:
            self._loop.remove_reader(self._sock)
            self._listens = False

    def read(self) -> None:
        """Take what has come, up to a bound."""
        if self._transport is not None:
            return
        looked_at = 0
        self.behind = True
        for _ in range(_PER_TURN):
            try:
                datagram, address = self._sock.recvfrom(_LARGEST)
            except (BlockingIOError, InterruptedError):
                self.behind = False
                return
            except OSError:
                continue  # the report of a datagram that nobody took
            looked_at += self._receive(datagram, address)
            if looked_at >= _LOOKED_AT:
                return

    def send(self, datagram: bytes, address: Any) -> None:
        """Send a datagram; it may get lost, here or on its way."""
        if self._transport is not None:
            self._transport.sendto(datagram, address)
            return
        try:
            self._sock.sendto(datagram, address)
        except OSError:
            self.unsent += 1

    def send_everywhere(self, datagram: bytes, group: Any) -> None:
        """Send a datagram to a multicast group on every network of this machine."""
        for interface in interfaces():
            with contextlib.suppress(OSError):  # it has none
                choice = struct.pack("=4s4si", bytes(4), bytes(4), interface)
                self._sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, choice)
                self._sock.sendto(datagram, group)

    def close(self) -> None:
        """Receive nothing more."""
        if self._transport is not None:
            self._transport.close()
            return
        self.rest()
        self._sock.close()


class _Endpoint(asyncio.DatagramProtocol):
    def __init__(self, receive: Callable[[bytes, Any], bool]) -> None:
        self._receive = receive

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._receive(data, addr)
