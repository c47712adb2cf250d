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
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wetware.wasm import capi
from wetware.wasm.compiled import CompiledCache, entry_key
from wetware.wasm.engine import Engine, Module, configuration, target
from wetware.wasm.private_directory import UnsafeDirectoryError

if TYPE_CHECKING:
    from wetware.wasm.cid import Cid
    from wetware.wasm.module import ModuleInfo

__all__ = ["Compiler", "open_cache"]

CHILD_THRESHOLD_BYTES: Final = 4 * 1024 * 1024
"""Above this size a module is compiled in a child process: 4 MB take one to two seconds."""

PREPARATION: Final = "refused-growth-1"
"""How modules are rewritten before they are compiled; a change makes kept code of older ones unfindable."""

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
        key = entry_key(
            cid.digest,
            engine=f"wasmtime {capi.VERSION}",
            configuration=f"{configuration()} {PREPARATION}",
            target=target(),
        )
        if self.cache is not None:
            # checking it takes less than a hop to a thread, but for big ones
            if len(source) < CHILD_THRESHOLD_BYTES:
                kept = self.cache.load(key, self._engine.load)
            else:
                kept = await asyncio.to_thread(self.cache.load, key, self._engine.load)
            if kept is not None:
                return kept
        if len(source) < CHILD_THRESHOLD_BYTES:
            return await asyncio.to_thread(self._compile_here, key, source, info)
        return await self._compile_in_child(key, source)

    def _compile_here(self, key: str, source: bytes, info: ModuleInfo) -> Module:
        from wetware.wasm.growth import instrument

        module = self._engine.compile(instrument(source, info).bytecode)
        if self.cache is not None:
            self.cache.store(key, module.serialize())
        return module

    async def _compile_in_child(self, key: str, source: bytes) -> Module:
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
                return await asyncio.to_thread(self._engine.load, scratch)
            kept = await asyncio.to_thread(self.cache.adopt, key, scratch)
            # what could not be kept (a full disk) is mapped all the same, for this node alone
            return await asyncio.to_thread(self._engine.load, kept or scratch)
