"""Finds the sockets of a node: TCP and UDP on one number; and the addresses under which others reach them."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import socket
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wetware.cluster.addresses import Address, is_loopback
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["bind_pair", "reachable_hosts", "resolved"]

_ATTEMPTS: Final = 32
_MOST: Final = 8
"""Addresses that others are told."""
_SIOCGIFADDR: Final = 0x8915
# addresses for documentation (RFC 5737, RFC 3849): the way to them is the way to the rest of the world
_ELSEWHERE: Final = ("192.0.2.1", "2001:db8::1")


async def bind_pair(address: Address) -> tuple[socket.socket, socket.socket]:
    """A TCP socket and a UDP socket on the same port; 0 chooses one that is free in both.

    Raises:
        LocalError: the address is not this machine's, or in use.
    """
    try:
        found = await _addresses(address.host, address.port)
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


async def _addresses(host: str, port: int | None) -> list[Any]:
    if Address(host, 0).is_numeric:  # this asks nobody, and takes no thread
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    return list(found)


async def resolved(address: Address) -> Address:
    """The same with an IP address in the place of a name.

    Raises:
        LocalError: the name is unknown.
    """
    if address.is_numeric:
        return address
    try:
        found = await _addresses(address.host, None)
    except OSError as error:
        raise LocalError(f"cannot find {address.host}: {error.strerror or error}") from None
    return Address(str(found[0][4][0]), address.port)


def reachable_hosts(wildcard: str, towards: Iterable[str] = ()) -> list[str]:
    """This machine's addresses, of the wildcard's kind, likeliest first; loopback where there are no others.

    Args:
        wildcard: such as `0.0.0.0`.
        towards: addresses to be reached: those of this machine on the way to them come first.
    """
    family = socket.AF_INET6 if ":" in wildcard else socket.AF_INET
    found: list[str] = []
    for host in (*towards, *_ELSEWHERE):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            if Address(host, 0).is_numeric:  # nobody is asked for names here
                probe.connect((host, 9))  # sends nothing: it asks the system for the way
                found.append(str(probe.getsockname()[0]))
    found += _of_interfaces(family)
    usual = [host for host in dict.fromkeys(found) if not is_loopback(host)]
    return usual[:_MOST] or ["::1" if family == socket.AF_INET6 else "127.0.0.1"]


def _of_interfaces(family: socket.AddressFamily) -> list[str]:
    """The addresses of the network interfaces, as far as this system tells them."""
    if not sys.platform.startswith("linux"):
        return []
    import fcntl

    found = []
    if family == socket.AF_INET6:
        with contextlib.suppress(OSError):
            for line in Path("/proc/net/if_inet6").read_text(encoding="ascii").splitlines():
                address, _, _, scope, *_ = line.split()
                if scope == "00":  # global
                    found.append(str(ipaddress.IPv6Address(bytes.fromhex(address))))
        return found
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # this one has none
                answer = fcntl.ioctl(probe, _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found
