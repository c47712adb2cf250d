"""Addresses as people write them: `host:port`, and `[v6]:port` for IPv6."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final

from wetware.errors import LocalError

__all__ = ["Address", "is_loopback", "parse_address"]

_LONGEST: Final = 255
_FORM: Final = re.compile(r"(?:\[(?P<v6>[^\s\[\]/]+)\]|(?P<host>[^\s\[\]/:]+))(?::(?P<port>[0-9]{1,5}))?")


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
    def is_numeric(self) -> bool:
        """Whether it is an IP address, which takes nobody to resolve it."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return False
        return True

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
    text = text.strip()
    found = _FORM.fullmatch(text)
    if found is not None:
        host, port = found["v6"] or found["host"], found["port"]
    else:
        host, port = text, None  # an IPv6 address without brackets has no port
    if (
        len(host) > _LONGEST
        or not host.isprintable()
        or (found is None and not _is_v6(host))
        or (port is None and default_port is None)
        or int(port or 0) > 0xFFFF
    ):
        raise LocalError(f"{text[:80]!r} is no address: write host:port, or [address]:port for IPv6")
    return Address(host, int(port) if port is not None else default_port or 0)


def _is_v6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
