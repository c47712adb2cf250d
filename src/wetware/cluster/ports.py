"""Finds the sockets of a node: TCP and UDP on one number; and the addresses under which others reach them."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from typing import TYPE_CHECKING, Final

from wetware.cluster.addresses import Address
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["bind_pair", "reachable_hosts", "resolved"]

_ATTEMPTS: Final = 32
# addresses for documentation (RFC 5737, RFC 3849): the way to them is the way to the rest of the world
_ELSEWHERE: Final = ("192.0.2.1", "2001:db8::1")


async def bind_pair(address: Address) -> tuple[socket.socket, socket.socket]:
    """A TCP socket and a UDP socket on the same port; 0 chooses one that is free in both.

    Raises:
        LocalError: the address is not this machine's, or in use.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError as error:
        raise LocalError(f"cannot listen on {address}: {error.strerror or error}") from None
    family, _, _, _, target = found[0]
    for attempt in range(_ATTEMPTS):
        stream = socket.socket(family, socket.SOCK_STREAM)
        datagram = socket.socket(family, socket.SOCK_DGRAM)
        try:
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            for sock in (stream, datagram):
                if family == socket.AF_INET6:
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            stream.bind(target)
            port = stream.getsockname()[1]
            datagram.bind((target[0], port, *target[2:]))
        except OSError as error:
            stream.close()
            datagram.close()
            if address.port == 0 and error.errno == errno.EADDRINUSE and attempt + 1 < _ATTEMPTS:
                continue
            raise LocalError(f"cannot listen on {address}: {error.strerror or error}") from None
        except BaseException:
            stream.close()
            datagram.close()
            raise
        return stream, datagram
    raise LocalError(f"cannot listen on {address}: no port is free for both TCP and UDP")


async def resolved(address: Address) -> Address:
    """The same with an IP address in the place of a name.

    Raises:
        LocalError: the name is unknown.
    """
    if address.is_numeric:
        return address
    try:
        found = await asyncio.get_running_loop().getaddrinfo(address.host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise LocalError(f"cannot find {address.host}: {error.strerror or error}") from None
    return Address(str(found[0][4][0]), address.port)


def reachable_hosts(wildcard: str, towards: Iterable[str] = ()) -> list[str]:
    """This machine's addresses, of the wildcard's kind, on the ways to some hosts; else loopback."""
    family = socket.AF_INET6 if ":" in wildcard else socket.AF_INET
    found: list[str] = []
    for host in (*towards, *_ELSEWHERE):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((host, 9))  # sends nothing: it asks the system for the way
            mine = str(probe.getsockname()[0])
            if mine not in found:
                found.append(mine)
    return found or ["::1" if family == socket.AF_INET6 else "127.0.0.1"]
