"""From a checked module to native code.

Kept code if there is some, a thread for tiny modules, a child process for all others.

Rules that hold here:

1. Kept code is found by what it was made from: the program's own bytes, how they are prepared, the engine's
   configuration and this machine. What is found is mapped; nothing of the program is prepared or compiled
   again.
2. Compiling never blocks the event loop, and never takes this process's time or memory without bound: it
   can neither be stopped nor limited here, and how long it takes is the module's choice. 4 KB of nested loops
   over many variables take 3 s, 8 KB take minutes (`test_compile_bombs.py`). So only what has at most
   `HERE_CODE` bytes of code, for which the worst that was found is 0.1 s, is compiled in a thread; anything
   else in a child process with limits and a deadline.
3. Without a usable cache directory everything works, and is compiled each time.
4. Whoever is cancelled here returns once no thread uses the engine on its behalf any more.
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
from wetware.wasm.engine import Component, Engine, Module, configuration
from wetware.wasm.preparation import PREPARATION, prepare
from wetware.wasm.private_directory import UnsafeDirectoryError
from wetware.wasm.uninterrupted import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.wasm.cid import Cid
    from wetware.wasm.compiling import CompileProcesses
    from wetware.wasm.module import ModuleInfo

__all__ = ["Compiler", "open_cache"]

HERE_CODE: Final = 2 * 1024
"""Bytes of code up to which a core module is compiled in this process."""
HERE_BYTES: Final = 64 * 1024
"""Bytes that such a module may have besides: data above all, which costs next to nothing."""
HOP_BYTES: Final = 4 * 1024 * 1024
"""Kept code of programs from this size on is checked in a thread; else that takes less than a hop."""

from_elsewhere: ContextVar[bool] = ContextVar("from_elsewhere", default=False)
"""Whether what is compiled now was sent by a guest or a peer, and is allowed less."""

_Code = TypeVar("_Code", Module, Component)
_T = TypeVar("_T")

_log = logging.getLogger(__name__)


def open_cache(directory: Path | None) -> CompiledCache | None:
    """The cache in a directory (by default the user's), or None where it cannot be used; the log says why."""
    try:
        return CompiledCache(directory)
    except UnsafeDirectoryError as error:
        _log.warning("compiled programs are not kept: %s", error)
        return None


class Compiler:
    """Makes modules of one engine; to be closed before it."""

    def __init__(self, engine: Engine, cache: CompiledCache | None) -> None:
        self._engine = engine
        self.cache = cache
        self._processes: CompileProcesses | None = None

    async def compile(self, cid: Cid, source: bytes, info: ModuleInfo) -> Module:
        """Native code of a module that was read already.

        Raises:
            InvalidModuleError: the engine refuses it.
            CompileLimitError: compiling it takes more than a child process may.
        """

        def here() -> Module:
            return self._engine.compile(prepare(source, info))

        code = info.section(10)
        size = 0 if code is None else code.end - code.start
        tiny = size <= HERE_CODE and len(source) - size <= HERE_BYTES
        return await self._native(cid, source, self._engine.load, here if tiny else None)

    async def kept_component(self, cid: Cid) -> Component | None:
        """A component's native code, if it is in the cache."""
        if self.cache is None:
            return None
        return await _in_thread(self.cache.load, self._key(cid), self._engine.load_component)

    async def compile_component(self, cid: Cid, source: bytes) -> Component:
        """As `compile`, for a component."""
        return await self._native(cid, source, self._engine.load_component, None)

    async def close(self) -> None:
        """End what was started for compiling; whoever compiles has been cancelled before."""
        if self._processes is not None:
            await self._processes.close()
            self._processes = None

    def _key(self, cid: Cid) -> str:
        return entry_key(
            cid.digest,
            engine=f"wasmtime {capi.VERSION}",
            configuration=f"{configuration()} {PREPARATION}",
            target=self._engine.target,
        )

    async def _native(
        self, cid: Cid, source: bytes, load: Callable[[Path], _Code], here: Callable[[], _Code] | None
    ) -> _Code:
        key = self._key(cid)
        if self.cache is not None:
            if len(source) < HOP_BYTES:
                kept = self.cache.load(key, load)
            else:
                kept = await _in_thread(self.cache.load, key, load)
            if kept is not None:
                return kept
        if here is not None:
            return await _in_thread(self._compile_here, key, here)
        return await self._compile_in_child(key, source, load)

    def _compile_here(self, key: str, here: Callable[[], _Code]) -> _Code:
        code = here()
        if self.cache is not None:
            self.cache.store(key, code.serialize())
        return code

    async def _compile_in_child(self, key: str, source: bytes, load: Callable[[Path], _Code]) -> _Code:
        from wetware.wasm.compiling import COMPILER, FOREIGN, INTERPRETER, OWN, CompileProcesses

        if self._processes is None:
            self._processes = CompileProcesses()
        with contextlib.ExitStack() as cleanup:
            scratch = None
            if self.cache is not None:
                with contextlib.suppress(OSError):  # a full disk: there may be room elsewhere
                    scratch = self.cache.scratch()
                    cleanup.callback(scratch.unlink, missing_ok=True)
            if scratch is None:
                import tempfile

                scratch = Path(cleanup.enter_context(tempfile.TemporaryDirectory())) / "compiled"
            allowance = FOREIGN if from_elsewhere.get() else OWN
            compiler = INTERPRETER if self._engine.interpreted else COMPILER
            await self._processes.compile(source, scratch, allowance, compiler=compiler)
            if self.cache is None:
                return await _in_thread(load, scratch)
            kept = await _in_thread(self.cache.adopt, key, scratch)
            # what could not be kept (a full disk) is mapped all the same, for this node alone
            return await _in_thread(load, kept or scratch)


async def _in_thread(function: Callable[..., _T], *arguments: object) -> _T:
    """As `asyncio.to_thread`; but cancelled, it waits for the thread, which uses the engine."""
    return await uninterrupted(asyncio.to_thread(function, *arguments), _close)


def _close(code: object) -> None:
    if isinstance(code, Module | Component):
        code.close()
