"""How a program's imports are met: one linker for all, and one of its own for a process with directories.

Rules that hold here:

1. Imports are met from two sources only: wasmtime's native WASI functions, and the host functions of this
   engine. Wasmtime's functions on paths are met by a process with directories alone.
2. A process without directories shares everything with its siblings but its store: its imports are resolved
   once, for the program.
3. A process with directories has linkers of its own, since its trampolines and its router are instances of
   its store.
"""

from __future__ import annotations

import ctypes
import threading
from typing import TYPE_CHECKING, Final

from wetware.wasm import capi
from wetware.wasm.engine import Engine, Module, wat_to_wasm
from wetware.wasm.hostcall import HostFunction
from wetware.wasm.router import FILES, ROUTED, modules
from wetware.wasm.wasi import abi
from wetware.wasm.wasi.functions import host_functions

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["Linkage", "Routing"]

_MAX_IDLE_ROUTERS: Final = 32
MOST_DESCRIPTORS: Final = (1 << 31) - 1
"""What WASI can number at all."""


class Linkage:
    """The linkers of an engine, and the host functions they know; closed before the engine is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._functions: dict[str, HostFunction] = host_functions()
        self.shared = self._linker()
        for function in self._functions.values():
            function.define(self.shared)
        self._router_base = 0
        self._files_base = 0
        self._for_router: list[HostFunction] = []
        self._lock = threading.Lock()
        self._routers: dict[tuple[frozenset[str], int, int, int], _RouterModules] = {}

    def _linker(self) -> int:
        linker = capi.linker_new(self._engine.address)
        capi.linker_allow_shadowing(linker, True)
        capi.check(capi.linker_define_wasi(linker))
        return linker

    def close(self) -> None:
        for router in self._routers.values():
            router.close()
        self._routers.clear()
        for linker in (self.shared, self._router_base, self._files_base):
            if linker:
                capi.linker_delete(linker)
        self.shared = self._router_base = self._files_base = 0

    def pre_instantiate(self, module: Module) -> int:
        """Resolve a module's imports once; the result makes instances without looking anything up."""
        out = ctypes.c_size_t()
        capi.check(capi.linker_instantiate_pre(self.shared, module.address, ctypes.addressof(out)))
        return out.value

    def files_base(self) -> int:
        """A linker with wasmtime's functions on paths, and ours for all that is not routed."""
        with self._lock:
            if not self._files_base:
                linker = self._linker()
                for name, function in self._functions.items():
                    if name not in FILES:
                        function.define(linker)
                self._files_base = linker
            return self._files_base

    def router_base(self) -> int:
        """A linker with wasmtime's functions under WASI's name and ours under `ww`."""
        with self._lock:
            if not self._router_base:
                linker = self._linker()
                for name in sorted(ROUTED - {"path_open"}):
                    ours = self._functions[name].attempt
                    function = HostFunction("ww", name, abi.SIGNATURES[name], returns=True, attempt=ours)
                    self._for_router.append(function)
                    function.define(linker)
                self._router_base = linker
            return self._router_base

    def router_modules(
        self, imported: frozenset[str], streams: int, directories: int, limit: int
    ) -> _RouterModules:
        """Trampolines and router, compiled once for each combination.

        The caller gives them back with `leave`.
        """
        key = (imported, streams, directories, limit)
        with self._lock:
            found = self._routers.get(key)
            if found is None:
                for old in [k for k, r in self._routers.items() if not r.users][:-_MAX_IDLE_ROUTERS]:
                    self._routers.pop(old).close()
                texts = modules(imported, streams, directories, limit)
                compiled = (self._engine.compile(wat_to_wasm(text.encode())) for text in texts)
                found = self._routers[key] = _RouterModules(*compiled)
            found.users += 1
            return found

    def leave(self, router: _RouterModules) -> None:
        """An instance of it is gone, or was never made."""
        with self._lock:
            router.users -= 1


class _RouterModules:
    """Compiled trampolines and router, with how many processes use them."""

    __slots__ = ("router", "trampolines", "users")

    def __init__(self, trampolines: Module, router: Module) -> None:
        self.trampolines = trampolines
        self.router = router
        self.users = 0

    def close(self) -> None:
        self.trampolines.close()
        self.router.close()


class Routing:
    """The extra instances of one process with directories, made in turn, with the guest between them.

    Phases: 0 the trampolines, 1 the guest, 2 the router; then the guest's `_start`.
    """

    __slots__ = (
        "_guest_linker",
        "_linkage",
        "_module",
        "_modules",
        "_names",
        "_router",
        "_router_linker",
        "router_address",
    )

    def __init__(self, linkage: Linkage, module: Module, imported: frozenset[str], fiber: Fiber) -> None:
        assert fiber.wasi is not None
        self._linkage = linkage
        self._module = module
        self._names = imported & ROUTED
        self._modules = linkage.router_modules(
            self._names,
            fiber.streams,
            len(fiber.wasi.directories),
            min(fiber.limits.descriptors, MOST_DESCRIPTORS),
        )
        self._guest_linker = capi.linker_clone(linkage.files_base())
        self._router_linker = capi.linker_clone(linkage.router_base())
        self._router = ctypes.create_string_buffer(capi.INSTANCE_SIZE)
        self.router_address = ctypes.addressof(self._router)

    def begin(self, fiber: Fiber, phase: int, guest: int, trap: int, error: int) -> int:
        """The future of this phase's instance. `guest` is where the guest's own handle goes."""
        context = fiber.context
        router = self.router_address
        if phase == 0:
            linker, module, instance = self._guest_linker, self._modules.trampolines, router
        elif phase == 1:
            for name in sorted(self._names):
                self._bind(context, self._guest_linker, router, abi.MODULE, name, name)
            self._bind(context, self._router_linker, router, "trampolines", "t", "t")
            linker, module, instance = self._guest_linker, self._module, guest
        else:
            self._bind(context, self._router_linker, guest, "guest", "memory", "memory")
            linker, module, instance = self._router_linker, self._modules.router, router
        return capi.linker_instantiate_async(linker, context, module.address, instance, trap, error)

    @staticmethod
    def _bind(context: int, linker: int, instance: int, module: str, name: str, export: str) -> None:
        extern = ctypes.create_string_buffer(capi.EXTERN_SIZE)
        at = ctypes.addressof(extern)
        exported, into, called = export.encode(), module.encode(), name.encode()
        if not capi.instance_export_get(context, instance, exported, len(exported), at):
            raise RuntimeError(f"no export {export}")
        capi.check(capi.linker_define(linker, context, into, len(into), called, len(called), at))

    def close(self) -> None:
        """After the store is gone."""
        capi.linker_delete(self._guest_linker)
        capi.linker_delete(self._router_linker)
        self._linkage.leave(self._modules)
