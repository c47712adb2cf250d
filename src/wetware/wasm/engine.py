"""One wasmtime engine in the one configuration that everything runs and is measured in.

Rules that hold here:

1. There is one configuration. Its text is part of the key of every compiled module, so that a change of it is
   never met by native code of an older one.
2. No memory reservation and no guard pages: a process costs 4 to 5 memory maps, and `vm.max_map_count` is the
   wall that live processes meet. The price is a bounds check for each access; `RATIONALE.md` has both
   figures.
3. A fiber's stack holds the guest's (`MAX_WASM_STACK`) and, above it, the frames of a Python callback: at
   least 1 MiB.
4. An engine outlives its stores, and callbacks outlive the engine.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path
from typing import Final

from wetware.errors import LocalError
from wetware.wasm import capi

__all__ = [
    "Component",
    "Engine",
    "InvalidModuleError",
    "Module",
    "compiler_message",
    "configuration",
    "target",
]

KIB: Final = 1024
MIB: Final = 1024 * KIB

MAX_WASM_STACK: Final = 512 * KIB
FIBER_STACK: Final = 2 * MIB
INTERPRETER: Final = "pulley64"
"""The target whose code every machine of 64 bits can run."""
GROWTH_RESERVATION: Final = 16 * MIB
"""Address space put aside behind a memory, so that growing page by page does not copy it each time."""


class InvalidModuleError(LocalError):
    """The bytes are no module that the engine accepts; the text is the first line of the engine's own."""


def configuration() -> str:
    """Every setting that decides whether native code fits."""
    return (
        f"epochs=1 gc=0 threads=0 concurrency=0 stack={MAX_WASM_STACK} "
        f"reservation=0 guard=0 growth={GROWTH_RESERVATION}"
    )


def target() -> str:
    """What tells this processor from another one of its family; the engine checks it again when it loads."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(("flags", "Features")):
                return f"{sys.platform} {os.uname().machine} {line.partition(':')[2].strip()}"
    import platform  # it may start a process to ask

    return f"{sys.platform} {platform.machine()} {platform.processor()}"


class Module:
    """A compiled core module. Freed with `close`, or with the engine's user that owns it."""

    __slots__ = ("address",)

    def __init__(self, address: int) -> None:
        self.address = address

    def close(self) -> None:
        if self.address:
            capi.module_delete(self.address)
            self.address = 0

    def serialize(self) -> bytes:
        """The native code, for the cache on disk."""
        vector = capi.ByteVec()
        capi.check(capi.module_serialize(self.address, ctypes.addressof(vector)))
        return vector.take()


class Component:
    """A compiled component. Freed with `close`, or with the engine's user that owns it."""

    __slots__ = ("address",)

    def __init__(self, address: int) -> None:
        self.address = address

    def close(self) -> None:
        if self.address:
            capi.component_delete(self.address)
            self.address = 0

    def serialize(self) -> bytes:
        """The native code, for the cache on disk."""
        vector = capi.ByteVec()
        capi.check(capi.component_serialize(self.address, ctypes.addressof(vector)))
        return vector.take()


class Engine:
    """An engine.

    Args:
        interpreted: have programs interpreted (wasmtime's Pulley), as on a machine without a compiler: they
            take ten times as long, and are the same in all else.

    Attributes:
        address: its handle for the files of this room.
        target: the machine that it compiles for.
    """

    __slots__ = ("address", "interpreted", "target")

    def __init__(self, *, interpreted: bool = False) -> None:
        config = capi.config_new()
        self.interpreted = interpreted
        self.target = INTERPRETER if interpreted else target()
        if interpreted:
            capi.check(capi.config_target(config, INTERPRETER.encode()))
        capi.config_epoch_interruption(config, True)
        capi.config_max_wasm_stack(config, MAX_WASM_STACK)
        capi.config_async_stack_size(config, FIBER_STACK)
        capi.config_memory_reservation(config, 0)
        capi.config_memory_guard_size(config, 0)
        capi.config_memory_growth_reservation(config, GROWTH_RESERVATION)
        capi.config_wasm_threads(config, False)
        capi.config_wasm_gc(config, False)  # its heap would stand outside every memory limit
        # Fibers need none of it, and with it wasmtime 50.0 fails in every host function that is lent two
        # resources ("deferred host scope has no call context"; test: `test_two_resources_are_lent`).
        capi.config_concurrency_support(config, False)
        self.address = capi.engine_new(config)

    def close(self) -> None:
        if self.address:
            capi.engine_delete(self.address)
            self.address = 0

    def compile(self, wasm: bytes) -> Module:
        """Compile a core module in this process and thread; minutes and gigabytes for the biggest."""
        out = ctypes.c_size_t()
        error = capi.module_new(self.address, wasm, len(wasm), ctypes.addressof(out))
        if error:
            raise InvalidModuleError(compiler_message(capi.take_error(error)))
        return Module(out.value)

    def load(self, path: str | os.PathLike[str]) -> Module:
        """Map native code that `Module.serialize` made.

        The caller vouches for the file: it is native code.
        """
        out = ctypes.c_size_t()
        error = capi.module_deserialize_file(self.address, os.fsencode(path), ctypes.addressof(out))
        if error:
            raise InvalidModuleError(compiler_message(capi.take_error(error)))
        return Module(out.value)

    def compile_component(self, wasm: bytes) -> Component:
        """As `compile`, for a component."""
        out = ctypes.c_size_t()
        error = capi.component_new(self.address, wasm, len(wasm), ctypes.addressof(out))
        if error:
            raise InvalidModuleError(compiler_message(capi.take_error(error)))
        return Component(out.value)

    def load_component(self, path: str | os.PathLike[str]) -> Component:
        """As `load`, for what `Component.serialize` made."""
        out = ctypes.c_size_t()
        error = capi.component_deserialize_file(self.address, os.fsencode(path), ctypes.addressof(out))
        if error:
            raise InvalidModuleError(compiler_message(capi.take_error(error)))
        return Component(out.value)

    def tick(self) -> None:
        """End the slice of every fiber that runs now, at its next loop or call."""
        capi.engine_increment_epoch(self.address)


def wat_to_wasm(text: bytes) -> bytes:
    """Binary form of a module in text form (`.wat`)."""
    vector = capi.ByteVec()
    error = capi.wat2wasm(text, len(text), ctypes.addressof(vector))
    if error:
        raise InvalidModuleError(capi.take_error(error).strip())
    return vector.take()


def compile_for_interpreter(wasm: bytes) -> bytes:
    """As `compile_for_cache`, for an interpreting engine."""
    return compile_for_cache(wasm, interpreted=True)


def compile_for_cache(wasm: bytes, *, interpreted: bool = False) -> bytes:
    """Native code of a program, prepared as all are, from an engine of its own (for a child process)."""
    from wetware.wasm.module import ModuleKind, kind_of
    from wetware.wasm.preparation import prepare

    engine = Engine(interpreted=interpreted)
    try:
        module: Module | Component
        if kind_of(wasm) is ModuleKind.COMPONENT:
            module = engine.compile_component(wasm)
        else:
            module = engine.compile(prepare(wasm))
        try:
            return module.serialize()
        finally:
            module.close()
    finally:
        engine.close()


def compiler_message(text: str) -> str:
    """The first line of what the engine says about a module, with the innermost cause, in one line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return "the compiler gave no reason"
    first, last = lines[0], lines[-1].split(": ", 1)
    cause = last[1] if len(last) == 2 and last[0].isdigit() else lines[-1]
    for sign, advice in _FEATURES:
        if sign in cause:
            return f"{advice} ({cause})"
    return first if len(lines) == 1 else f"{first}: {cause}"


_THREADS: Final = "the program uses threads, of which a guest has one: build it without"
_GC: Final = (
    "the program keeps its objects in WebAssembly's garbage collector, which guests do not have: build it "
    "for WASI, without WasmGC"
)
# what the engine says of features that guests do not have (`Engine`), and what their authors can do
_FEATURES: Final = (
    ("threads must be enabled", _THREADS),
    ("threads support is not enabled", _THREADS),
    ("without the gc feature", _GC),
    ("gc support is not enabled", _GC),
)
