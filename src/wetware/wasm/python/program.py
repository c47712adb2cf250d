"""A Python program that can be run: its files, and the component that all Python programs run in.

Rules that hold here:

1. A process of it is an instance of the runner and one call of `run` with the program's files: it has its own
   interpreter, and nothing of another's.
2. The files are encoded once, for all processes.
3. The result of `run` is the exit code; `SystemExit` and exceptions are dealt with inside. A `MemoryError`
   that nobody caught is the limit on memory.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Final

from wetware.process.reasons import Exited, ExitReason, Limit
from wetware.wasm.component.program import Call, InstanceProgram
from wetware.wasm.component.values import decode, encoded_text, list_of, text, tuple_of
from wetware.wasm.node_memory import resident_bytes
from wetware.wasm.python.bundle import MAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.wasm.bytecode import BytecodeCache
    from wetware.wasm.cid import Cid
    from wetware.wasm.engine import Engine
    from wetware.wasm.fiber import Fiber
    from wetware.wasm.python.runner import Runner

__all__ = ["PythonProgram"]

CHANGED: Final = 4 << 20
"""Bytes of its image that a process changes; measured at 3 MB with an event loop that runs."""

_files = list_of(tuple_of(encoded_text, encoded_text))
_RUN: Final = [b"run"]


class PythonProgram(InstanceProgram):
    """A bundle, ready to be run."""

    explains = True  # `guest/runner/hints.py`

    __slots__ = ("_encoded", "_runner")

    def __init__(
        self,
        engine: Engine,
        bytecode: BytecodeCache,
        runner: Runner,
        cid: Cid,
        size: int,
        files: Mapping[str, bytes],
    ) -> None:
        super().__init__(
            *(engine, bytecode, cid, size, runner.memories, runner.tables),
            *(runner.linkage, runner.linker, runner.address),
        )
        self._runner = runner  # it owns the linker and the component
        # bytes travel as text of one character each (`guest.wit`)
        self._encoded = [
            (name.encode(), content.decode("latin-1").encode()) for name, content in files.items()
        ]

    def commitment(self, memory: int) -> tuple[int, int]:
        """As for a component; but of what it begins with, a process has what it changes.

        What it comes to later is part of what this OS process holds, and is compared with the node's limit.
        """
        most, at_first = super().commitment(memory)
        return (most if resident_bytes() is None else CHANGED), at_first

    def begin_call(self, fiber: Fiber, instance: int, error: int) -> int:
        context = fiber.context
        arguments = fiber.wasi.arguments if fiber.wasi is not None else []
        name = arguments[0] if arguments else MAIN
        fiber.keep = call = Call(
            [
                _files(self._encoded, fiber, context),
                text(MAIN, fiber, context),
                text(name, fiber, context),
            ]
        )
        return call.begin(context, instance, _RUN, error)

    def outcome(self, fiber: Fiber) -> ExitReason:
        code, starved = decode(ctypes.addressof(fiber.keep.result), fiber, fiber.context)
        if starved:
            return Limit("memory", None, fiber.limits.memory, str(Exited(code)))
        return Exited(code)
