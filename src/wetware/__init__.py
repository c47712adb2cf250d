"""wetware: WebAssembly programs as isolated processes that hold exactly the capabilities they were handed.

The names below are loaded when they are first used, so that `import wetware` costs nothing.
"""

from __future__ import annotations

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

__all__ = [
    "Dir",
    "Limits",
    "Node",
    "NotFoundError",
    "NotRunnableError",
    "Process",
    "ProcessInfo",
    "Program",
    "UnreadableError",
    "__version__",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in __all__:
        from wetware import node

        return getattr(node, name)
    raise AttributeError(f"module 'wetware' has no attribute {name!r}")
