"""wetware: WebAssembly programs as isolated processes that hold exactly the capabilities they were handed.

The names below are loaded when they are first used, so that `import wetware` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wetware.node import (
        Dir,
        Limits,
        Node,
        NotFoundError,
        NotRunnableError,
        Process,
        ProcessInfo,
        Program,
        UnreadableError,
    )
    from wetware.services.client import ClusterClient, connect
    from wetware.services.cluster import Cluster
    from wetware.services.remote import RemoteNode, RemoteProcess
    from wetware.services.supervisor import Backoff, Child, Supervisor

__all__ = [
    "Backoff",
    "Child",
    "Cluster",
    "ClusterClient",
    "Dir",
    "Limits",
    "Node",
    "NotFoundError",
    "NotRunnableError",
    "Process",
    "ProcessInfo",
    "Program",
    "RemoteNode",
    "RemoteProcess",
    "Supervisor",
    "UnreadableError",
    "__version__",
    "connect",
]

__version__ = "0.1.0"

_ELSEWHERE = {
    "Backoff": "supervisor",
    "Child": "supervisor",
    "Cluster": "cluster",
    "ClusterClient": "client",
    "RemoteNode": "remote",
    "RemoteProcess": "remote",
    "Supervisor": "supervisor",
    "connect": "client",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'wetware' has no attribute {name!r}")
    where = f"services.{_ELSEWHERE[name]}" if name in _ELSEWHERE else "node"
    found = globals()[name] = getattr(import_module(f"wetware.{where}"), name)
    return found


def __dir__() -> list[str]:
    return __all__
