"""`wasi:filesystem`: what a component sees of the directories that its process was granted.

Source: `wasi:filesystem@0.2.9` (github.com/WebAssembly/WASI, `wasip2/filesystem`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.wasm.component.hostcall import ComponentFunction
from wetware.wasm.component.values import list_of, own, text, tuple_of
from wetware.wasm.wasi2.resources import DESCRIPTOR

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["PREOPENS"]


def _directories(_fiber: Fiber) -> list[Any]:
    return []


PREOPENS: Final = {
    "get-directories": ComponentFunction(_directories, list_of(tuple_of(own(DESCRIPTOR), text)))
}
