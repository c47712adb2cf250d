"""`wasi:sockets`: there is no network. What would open it is refused; the rest cannot be reached.

Source: `wasi:sockets@0.2.9` (github.com/WebAssembly/WASI, `wasip2/sockets`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.wasm.component.hostcall import ComponentFunction
from wetware.wasm.component.values import enumeration, own, result
from wetware.wasm.wasi2.resources import NETWORK

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["CREATE_TCP", "CREATE_UDP", "INSTANCE_NETWORK", "LOOKUP"]


class _NoNetwork:
    """A network on which nothing is allowed."""


def _network(_fiber: Fiber) -> _NoNetwork:
    return _NoNetwork()


def _refuse(_fiber: Fiber, *_arguments: Any) -> tuple[bool, str]:
    return False, "access-denied"


_refused = result(None, enumeration)

INSTANCE_NETWORK: Final = {"instance-network": ComponentFunction(_network, own(NETWORK))}
CREATE_TCP: Final = {"create-tcp-socket": ComponentFunction(_refuse, _refused)}
CREATE_UDP: Final = {"create-udp-socket": ComponentFunction(_refuse, _refused)}
LOOKUP: Final = {"resolve-addresses": ComponentFunction(_refuse, _refused)}
