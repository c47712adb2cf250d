"""How a core module is rewritten before it is compiled: all that is done to it, in order.

1. Refused growth is counted (`growth.py`).
2. A start function is deferred: it becomes an export, `ww:start`, which is called once everything of the
   process exists. A start function runs while its instance is being made. In a process with directories the
   router of file calls is made after the guest, whose memory it needs (`router.py`), so that a file call in
   the start function would find nothing; in any process nobody could see how its memory grows. Nothing of
   the guest runs between its instance and `ww:start`, so that it sees no difference.
3. A single memory that is not exported is, as `ww:memory`, so that its size can be seen (`node_memory.py`).

Tests: `test_preparation.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.wasm.binary import Buffer, Cursor, leb, view_of
from wetware.wasm.module import ModuleKind, read_module
from wetware.wasm.types import FuncType

if TYPE_CHECKING:
    from wetware.wasm.module import ModuleInfo

__all__ = ["PREPARATION", "START", "defers_start", "prepare", "visible_memory"]

PREPARATION: Final = "refused-growth-2 deferred-start-1 visible-memory-1"
"""Its version; a change makes kept code of older ones unfindable."""
START: Final = "ww:start"
MEMORY: Final = "ww:memory"

_EXPORTS, _START = 7, 8


def prepare(bytecode: bytes, info: ModuleInfo | None = None) -> bytes:
    """The module to be compiled; `info` is what `read_module` said, where the caller has it.

    Raises the errors of `read_module`. A component is returned as it came.
    """
    from wetware.wasm.growth import instrument  # a program whose native code is kept needs nothing of it

    info = info or read_module(bytecode)
    prepared = instrument(bytecode, info).bytecode
    added = []
    if defers_start(info):
        assert info.start is not None
        added.append(_export(START, 0, info.start))
    if visible_memory(info) == MEMORY.encode():
        added.append(_export(MEMORY, 2, 0))
    return _rewritten(prepared, added, without_start=defers_start(info)) if added else prepared


def defers_start(info: ModuleInfo) -> bool:
    """Whether a module has a start function that is called as `ww:start`."""
    return (
        info.kind is ModuleKind.CORE
        and info.start is not None
        and info.function_type(info.start) == FuncType()  # of any other type, the engine refuses the module
        and info.section(_EXPORTS) is not None
        and info.export(START) is None
    )


def visible_memory(info: ModuleInfo) -> bytes | None:
    """The export through which the memory of a prepared module can be seen, if it can."""
    if info.kind is not ModuleKind.CORE or len(info.memories) != 1 or info.memories[0].shared:
        return None
    if info.export("memory", "memory"):
        return b"memory"
    return MEMORY.encode() if info.section(_EXPORTS) is not None and info.export(MEMORY) is None else None


def _export(name: str, kind: int, index: int) -> bytes:
    text = name.encode()
    return leb(len(text)) + text + bytes([kind]) + leb(index)


def _rewritten(bytecode: bytes, exports: list[bytes], *, without_start: bool) -> bytes:
    data = view_of(bytecode)
    parts: list[Buffer] = [data[:8]]
    for section in read_module(bytecode).sections:
        if section.id == _EXPORTS:
            cursor = Cursor(data, section.content, section.end)
            count = leb(cursor.unsigned() + len(exports))
            content = [count, data[cursor.pos : section.end], *exports]
            parts += [bytes([_EXPORTS]) + leb(sum(map(len, content))), *content]
        elif section.id != _START or not without_start:
            parts.append(data[section.start : section.end])
    return b"".join(parts)
