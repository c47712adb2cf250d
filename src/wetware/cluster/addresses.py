"""Addresses as people write them: `host:port`, and `[v6]:port` for IPv6."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final

from wetware.errors import LocalError

__all__ = ["Address", "is_loopback", "parse_address"]

_LONGEST: Final = 255


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a node listens; TCP and UDP have the same port.

    Attributes:
        host: a name, or an IP address.
        port: 0 where any free one will do.
    """

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether nothing beyond this machine can reach it."""
        return is_loopback(self.host)

    @property
    def is_wildcard(self) -> bool:
        """Whether it stands for every address of this machine."""
        try:
            return ipaddress.ip_address(self.host).is_unspecified
        except ValueError:
            return False


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, as seen by itself alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_address(text: str, *, default_port: int | None = None) -> Address:
    """Read `host:port`, `[v6]:port`, or a host alone where there is a default port.

    Raises:
        LocalError: it is none.
    """
    problem = LocalError(f"{text[:80]!r} is no address: write host:port, or [address]:port for IPv6")
    host, colon, port = text.strip().rpartition(":")
    if text.count(":") > 1 and not text.startswith("["):
        host, colon, port = text.strip(), "", ""  # an IPv6 address without brackets has no port
    if not colon:
        host, port = (host or port), ""
    if host.startswith("["):
        if not host.endswith("]"):
            host, port = text.strip(), ""
        host = host.removeprefix("[").removesuffix("]")
    if not host or len(host) > _LONGEST or not host.isprintable() or " " in host or "/" in host:
        raise problem
    if not port:
        if default_port is None or colon:
            raise problem
        return Address(host, default_port)
    if not port.isascii() or not port.isdigit() or int(port) > 0xFFFF:
        raise problem
    return Address(host, int(port))
