"""A compiled component that can be run: a command of WASI 0.2.

Rules that hold here:

1. Its imports are met by one linker, made with the program; a process of it has its own resources
   (`handles`).
2. Its process is one call of `run` in the interface `wasi:cli/run`; an error that it returns is exit code
   1.
3. The memory limit bounds the sum of all memories and tables in it, each counted once: a component that
   instantiates a module with a memory of its own more than once is refused to start.
"""

from __future__ import annotations

import ctypes
from functools import partial
from typing import TYPE_CHECKING, Final

from wetware.process.reasons import Exited, ExitReason, Limit, Trapped
from wetware.wasm import capi
from wetware.wasm.component.growth import REFUSED_IN_PASSING
from wetware.wasm.component.linkage import RUN, ComponentLinkage
from wetware.wasm.maps import maps_for
from wetware.wasm.memory_budget import memory_budget
from wetware.wasm.program import Program
from wetware.wasm.wasi2.interfaces import base_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.wasm.bytecode import BytecodeCache
    from wetware.wasm.cid import Cid
    from wetware.wasm.component.reader import ComponentInfo
    from wetware.wasm.engine import Component, Engine
    from wetware.wasm.fiber import Fiber
    from wetware.wasm.types import MemoryType, TableType

__all__ = ["Call", "ComponentProgram", "InstanceProgram"]

_HOST: Final = "ww:guest/host"


class Call:
    """A call of an exported function: where its handle, its arguments and its result are."""

    __slots__ = ("_function", "arguments", "count", "result")

    def __init__(self, arguments: list[bytes]) -> None:
        self._function = ctypes.create_string_buffer(capi.COMPONENT_FUNC_SIZE)
        self.count = len(arguments)
        self.arguments = ctypes.create_string_buffer(b"".join(arguments), 32 * max(1, self.count))
        self.result = ctypes.create_string_buffer(capi.COMPONENT_VAL_SIZE)

    def begin(self, context: int, instance: int, path: list[bytes], error: int) -> int:
        """The future of the call of the export at the end of a path."""
        index = 0
        for name in path:
            inner = capi.component_instance_get_export_index(instance, context, index, name, len(name))
            if index:
                capi.component_export_index_delete(index)
            if not inner:
                raise RuntimeError(f"export {name.decode()} vanished")
            index = inner
        function = ctypes.addressof(self._function)
        found = capi.component_instance_get_func(instance, context, index, function)
        capi.component_export_index_delete(index)
        if not found:
            raise RuntimeError(f"export {path[-1].decode()} is no function")
        return capi.component_func_call_async(
            *(function, context, ctypes.addressof(self.arguments), self.count),
            *(ctypes.addressof(self.result), 1, error),
        )

    def close(self) -> None:
        """The store is gone: give back what was allocated for the arguments and the result."""
        start = ctypes.addressof(self.arguments)
        for index in range(self.count):
            capi.component_val_delete(start + index * capi.COMPONENT_VAL_SIZE)
        self.count = 0
        capi.component_val_delete(ctypes.addressof(self.result))
        ctypes.memset(self.result, 0, capi.COMPONENT_VAL_SIZE)


class InstanceProgram(Program):
    """A program whose process is an instance of a component, and one call of an export (`begin_call`)."""

    __slots__ = ("_address", "_linkage", "_linker", "_minimum")

    def __init__(
        self,
        engine: Engine,
        bytecode: BytecodeCache,
        cid: Cid,
        size: int,
        memories: Sequence[MemoryType],
        tables: Sequence[TableType],
        linkage: ComponentLinkage,
        linker: int,
        address: int,
    ) -> None:
        super().__init__(engine, bytecode, cid, size, partial(memory_budget, memories, tables))
        self.opaque = True
        self.counts = (-1, len(tables), len(memories))
        self.maps = maps_for(len(memories))
        self._minimum = sum(memory.minimum_bytes for memory in memories)
        self._linkage = linkage  # its callbacks live as long as the linker
        self._linker = linker
        self._address = address

    def begin_call(self, fiber: Fiber, instance: int, error: int) -> int:
        """The future of the call; what it needs until its end is in `fiber.keep`."""
        raise NotImplementedError

    def prepare(self, fiber: Fiber) -> None:
        fiber.handles = self._linkage.handles(fiber)
        fiber.memory_bytes = self._minimum

    def begin_instance(self, fiber: Fiber, instance: int, _trap: int, error: int) -> int:
        return capi.component_linker_instantiate_async(
            self._linker, fiber.context, self._address, instance, error
        )

    def following(self, fiber: Fiber, phase: int, instance: int, _trap: int, error: int) -> int | None:
        return None if phase else self.begin_call(fiber, instance, error)

    def guest_instance_ready(self, _fiber: Fiber, _phase: int) -> bool:
        return False

    def final(self, fiber: Fiber, reason: ExitReason) -> ExitReason:
        """An abnormal end after a file was not opened, or a memory not grown, for a limit is that limit's."""
        handles = fiber.handles
        if handles is not None and handles.refused_growth:
            return Limit("memory", None, fiber.limits.memory, str(reason))
        files = handles.files if handles is not None else None
        if files is not None and files.refused:
            return Limit("descriptors", None, fiber.limits.descriptors, str(reason))
        return reason

    def release_instance(self, fiber: Fiber) -> None:
        if fiber.handles is not None:
            fiber.handles.close()
        if fiber.keep is not None:
            fiber.keep.close()
            fiber.keep = None


class ComponentProgram(InstanceProgram):
    """A compiled component with its imports met.

    `tells` says whether it was rewritten to tell of refused growths.
    """

    __slots__ = ("_component", "_path", "_tells")

    def __init__(
        self,
        engine: Engine,
        linkage: ComponentLinkage,
        bytecode: BytecodeCache,
        component: Component,
        cid: Cid,
        size: int,
        info: ComponentInfo,
        *,
        tells: bool,
    ) -> None:
        self._component = component
        super().__init__(
            *(engine, bytecode, cid, size, info.memories, info.tables),
            *(linkage, linkage.linker(component.address), component.address),
        )
        self.can_talk = any(base_name(name) == _HOST for name in info.imports)
        self._tells = tells
        self._path = [*[name.encode() for name in info.exports if base_name(name) == RUN][:1], b"run"]

    def __del__(self, delete: Callable[[int], int] = capi.component_linker_delete) -> None:
        if getattr(self, "_linker", 0):
            delete(self._linker)
            self._component.close()

    def begin_call(self, fiber: Fiber, instance: int, error: int) -> int:
        fiber.keep = call = Call([])
        return call.begin(fiber.context, instance, self._path, error)

    def outcome(self, fiber: Fiber) -> ExitReason:
        is_ok = fiber.keep.result.raw[8]
        return Exited(0 if is_ok else 1)

    def final(self, fiber: Fiber, reason: ExitReason) -> ExitReason:
        if self._tells and isinstance(reason, Trapped) and REFUSED_IN_PASSING in reason.message:
            return Limit("memory", None, fiber.limits.memory, str(reason))
        return super().final(fiber, reason)
