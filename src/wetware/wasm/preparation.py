"""How a core module is rewritten before it is compiled: all that is done to it, in order.

1. Refused growth is counted (`growth.py`).
2. A start function is deferred, if the module may call for files: it becomes an export, `ww:start`, which is
   called once everything of the process exists. A start function runs while its instance is being made; in a
   process with directories the router of file calls is made after the guest, whose memory it needs
   (`router.py`), so that a file call in the start function would find nothing. Nothing of the guest runs
   between its instance and `ww:start`, so that it sees no difference (test: `test_preparation.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.wasm.binary import Buffer, Cursor, leb, view_of
from wetware.wasm.module import ModuleKind, read_module
from wetware.wasm.router import ROUTED
from wetware.wasm.types import FuncType
from wetware.wasm.wasi.abi import MODULE

if TYPE_CHECKING:
    from wetware.wasm.module import ModuleInfo

__all__ = ["PREPARATION", "START", "defers_start", "prepare"]

PREPARATION: Final = "refused-growth-1 deferred-start-1"
"""Its version; a change makes kept code of older ones unfindable."""
START: Final = "ww:start"

_EXPORTS, _START = 7, 8


def prepare(bytecode: bytes, info: ModuleInfo | None = None) -> bytes:
    """The module to be compiled; `info` is what `read_module` said, where the caller has it.

    Raises the errors of `read_module`. A component is returned as it came.
    """
    from wetware.wasm.growth import instrument  # a program whose native code is kept needs nothing of it

    info = info or read_module(bytecode)
    prepared = instrument(bytecode, info).bytecode
    return _defer_start(prepared) if defers_start(info) else prepared


def defers_start(info: ModuleInfo) -> bool:
    """Whether a module has a start function that is called as `ww:start`."""
    return (
        info.kind is ModuleKind.CORE
        and info.start is not None
        and info.function_type(info.start) == FuncType()  # of any other type, the engine refuses the module
        and info.section(_EXPORTS) is not None
        and info.export(START) is None
        and any(wanted.module == MODULE and wanted.name in ROUTED for wanted in info.imports)
    )


def _defer_start(bytecode: bytes) -> bytes:
    data, info = view_of(bytecode), read_module(bytecode)
    assert info.start is not None
    name = START.encode()
    parts: list[Buffer] = [data[:8]]
    for section in info.sections:
        if section.id == _EXPORTS:
            cursor = Cursor(data, section.content, section.end)
            count = leb(cursor.unsigned() + 1)
            content = [count, data[cursor.pos : section.end], leb(len(name)) + name + b"\0" + leb(info.start)]
            parts += [bytes([_EXPORTS]) + leb(sum(map(len, content))), *content]
        elif section.id != _START:
            parts.append(data[section.start : section.end])
    return b"".join(parts)
