"""From a checked module to native code.

Kept code if there is some, a thread for small modules, a child process for big ones.

Rules that hold here:

1. Kept code is found by what it was made from: the program's own bytes, how they are prepared, the engine's
   configuration and this machine. What is found is mapped; nothing of the program is prepared or compiled
   again.
2. Compiling never blocks the event loop. Above `CHILD_THRESHOLD_BYTES` it happens in a child process with
   limits and a deadline, since it can neither be stopped nor bounded in this one.
3. Without a usable cache directory everything works, and is compiled each time.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from wetware.wasm import capi
from wetware.wasm.compiled import CompiledCache, entry_key
from wetware.wasm.engine import Component, Engine, Module, configuration, target
from wetware.wasm.private_directory import UnsafeDirectoryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.wasm.cid import Cid
    from wetware.wasm.module import ModuleInfo

__all__ = ["Compiler", "open_cache"]

CHILD_THRESHOLD_BYTES: Final = 4 * 1024 * 1024
"""Above this size a module is compiled in a child process: 4 MB take one to two seconds."""
FOREIGN_THRESHOLD_BYTES: Final = 64 * 1024
"""The same for a module that a guest or a peer sent: a small one may be made to take long."""

compiled_here: ContextVar[int] = ContextVar("compiled_here", default=CHILD_THRESHOLD_BYTES)
"""The greatest module that is compiled in this process, on behalf of whoever asks now."""

PREPARATION: Final = "refused-growth-2"
"""How modules are rewritten before they are compiled; a change makes kept code of older ones unfindable."""

_Code = TypeVar("_Code", Module, Component)

_log = logging.getLogger(__name__)


def open_cache(directory: Path | None) -> CompiledCache | None:
    """The cache in a directory (by default the user's), or None where it cannot be used; the log says why."""
    try:
        return CompiledCache(directory)
    except UnsafeDirectoryError as error:
        _log.warning("compiled programs are not kept: %s", error)
        return None


class Compiler:
    """Makes modules of one engine."""

    def __init__(self, engine: Engine, cache: CompiledCache | None) -> None:
        self._engine = engine
        self.cache = cache

    async def compile(self, cid: Cid, source: bytes, info: ModuleInfo) -> Module:
        """Native code of a module that was read already.

        Raises:
            InvalidModuleError: the engine refuses it.
            CompileLimitError: compiling it takes more than a child process may.
        """

        def here() -> Module:
            from wetware.wasm.growth import instrument

            return self._engine.compile(instrument(source, info).bytecode)

        return await self._native(cid, source, self._engine.load, here)

    async def kept_component(self, cid: Cid) -> Component | None:
        """A component's native code, if it is in the cache."""
        if self.cache is None:
            return None
        return await asyncio.to_thread(self.cache.load, self._key(cid), self._engine.load_component)

    async def compile_component(self, cid: Cid, source: bytes) -> Component:
        """As `compile`, for a component."""
        return await self._native(
            cid, source, self._engine.load_component, lambda: self._engine.compile_component(source)
        )

    @staticmethod
    def _key(cid: Cid) -> str:
        return entry_key(
            cid.digest,
            engine=f"wasmtime {capi.VERSION}",
            configuration=f"{configuration()} {PREPARATION}",
            target=target(),
        )

    async def _native(
        self, cid: Cid, source: bytes, load: Callable[[Path], _Code], here: Callable[[], _Code]
    ) -> _Code:
        key = self._key(cid)
        if self.cache is not None:
            # checking it takes less than a hop to a thread, but for big ones
            if len(source) < CHILD_THRESHOLD_BYTES:
                kept = self.cache.load(key, load)
            else:
                kept = await asyncio.to_thread(self.cache.load, key, load)
            if kept is not None:
                return kept
        if len(source) < compiled_here.get():
            return await asyncio.to_thread(self._compile_here, key, here)
        return await self._compile_in_child(key, source, load)

    def _compile_here(self, key: str, here: Callable[[], _Code]) -> _Code:
        code = here()
        if self.cache is not None:
            self.cache.store(key, code.serialize())
        return code

    async def _compile_in_child(self, key: str, source: bytes, load: Callable[[Path], _Code]) -> _Code:
        from wetware.wasm.compiling import compile_in_child

        with contextlib.ExitStack() as cleanup:
            scratch = None
            if self.cache is not None:
                with contextlib.suppress(OSError):  # a full disk: there may be room elsewhere
                    scratch = self.cache.scratch()
                    cleanup.callback(scratch.unlink, missing_ok=True)
            if scratch is None:
                import tempfile

                scratch = Path(cleanup.enter_context(tempfile.TemporaryDirectory())) / "compiled"
            await compile_in_child(source, scratch)
            if self.cache is None:
                return await asyncio.to_thread(load, scratch)
            kept = await asyncio.to_thread(self.cache.adopt, key, scratch)
            # what could not be kept (a full disk) is mapped all the same, for this node alone
            return await asyncio.to_thread(load, kept or scratch)
