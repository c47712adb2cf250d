"""From a file or bytes to a program that can be spawned.

Rules that hold here:

1. What cannot run is refused before anything of it is compiled, with every reason at once.
2. Compiling never blocks the event loop: it happens in a thread, and that of all but tiny modules in a child
   process with limits of its own. One program is compiled once, however many ask for it at the same time;
   when nobody waits for it any more, it is given up.
3. Programs in use are kept; of those not in use the last `KEPT` are.
4. A file is known by its times and its size only if it had not been changed for `SETTLED` seconds when it was
   looked at: until then it may change again without showing it (test:
   `test_a_file_that_is_rewritten_within_a_tick_is_read_again`).
"""

from __future__ import annotations

import asyncio
import os
import stat
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wetware.errors import LimitError, LocalError
from wetware.wasm.bytecode import BytecodeCache
from wetware.wasm.cid import Cid
from wetware.wasm.compiler import Compiler
from wetware.wasm.engine import Engine, InvalidModuleError, Module, wat_to_wasm
from wetware.wasm.linkage import Linkage
from wetware.wasm.maps import maps_for
from wetware.wasm.memory_budget import memory_budget
from wetware.wasm.module import (
    DEFAULT_MAX_MODULE_BYTES,
    REFUSED_GROWTH,
    ModuleInfo,
    ModuleKind,
    ModuleTooLargeError,
    kind_of,
    read_module,
)
from wetware.wasm.preparation import defers_start, visible_memory
from wetware.wasm.program import CoreProgram, Needs, Program
from wetware.wasm.python.bundle import BundleError, bundle, is_bundle, unbundle
from wetware.wasm.runnable import GIVEN, check_runnable, what_it_needs

if TYPE_CHECKING:
    from wetware.wasm.component.linkage import ComponentLinkage
    from wetware.wasm.python.runner import Runner

__all__ = ["Loader", "NotFoundError", "NotRunnableError", "program_bytes"]

KEPT: Final = 256
KEPT_BYTES: Final = 128 * 1024 * 1024
"""Programs, and bytes of them, that are kept compiled and in the bytecode cache when nothing runs them."""
SLOW: Final = 0.5
"""Seconds after which somebody who waits for a compilation is told."""

SETTLED: Final = 2.0
"""Seconds: the coarsest step in which a file system tells times."""

Source = str | os.PathLike[str] | bytes


class NotFoundError(LocalError):
    """There is no such file."""


class NotRunnableError(LocalError):
    """The bytes are no program that can run here.

    Attributes:
        problems: every reason, the first one in the message.
    """

    def __init__(self, problems: list[Exception]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
        self.problems = problems


class UnreadableError(NotRunnableError):
    """There is such a file, but it cannot be read."""

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__([LocalError(f"{path} cannot be read: {error.strerror}")])


class _Making:
    """A program that is being made, and how many wait for it."""

    __slots__ = ("task", "waiting")

    def __init__(self, task: asyncio.Task[Program]) -> None:
        self.task = task
        self.waiting = 0


class Loader:
    """Programs of one engine, by what they are made from."""

    def __init__(self, engine: Engine, linkage: Linkage, bytecode: BytecodeCache, compiler: Compiler) -> None:
        self._engine = engine
        self._linkage = linkage
        self._bytecode = bytecode
        self.compiler = compiler
        self._programs: OrderedDict[Cid, Program] = OrderedDict()
        self._by_file: OrderedDict[tuple[str, int, int, int, int, int], Cid] = OrderedDict()
        self._kept_bytes = 0
        self._making: dict[Cid, _Making] = {}
        self._given_up: set[asyncio.Task[Program]] = set()
        self._component_linkage: ComponentLinkage | None = None
        self._runner: asyncio.Future[Runner] | None = None

    async def load(self, source: Source, *, on_slow: Callable[[], object] | None = None) -> Program:
        """A program, from a path or from bytes: a module, in binary or text form, or a Python archive.

        A path may also be that of a Python file, or of a folder with a `__main__.py`.

        Raises:
            NotFoundError: no such file.
            UnreadableError: it cannot be read.
            NotRunnableError: not a program, or one that asks for what is not given here.
            LimitError: larger than this node accepts, or compiling it takes more than it may.
        """
        key, settled = None, False
        if not isinstance(source, bytes):
            path = os.fspath(source)
            found = _stat(path)
            if not stat.S_ISDIR(found.st_mode):  # of which a change deep inside would not show
                key = _identity(path, found)
                known = self._by_file.get(key)
                if known is not None and (program := self._programs.get(known)) is not None:
                    self._programs.move_to_end(known)
                    return program
                settled = max(found.st_mtime, found.st_ctime) + SETTLED < time.time()
        source = await program_bytes(source)
        cid = await asyncio.to_thread(Cid.of, source) if len(source) > 1 << 20 else Cid.of(source)
        program = await self._by_cid(cid, source, on_slow)
        if key is not None and settled:
            self._by_file[key] = cid
            if len(self._by_file) > 4 * KEPT:
                self._by_file.popitem(last=False)
        return program

    def has(self, cid: Cid) -> bool:
        """Whether `load_cached` finds it: no promise about the next moment."""
        return cid in self._programs or self._bytecode.has(cid)

    def loaded(self, cid: Cid) -> Program | None:
        """The program of this name, where it is ready to be spawned."""
        return self._programs.get(cid)

    async def load_cached(self, cid: Cid, *, on_slow: Callable[[], object] | None = None) -> Program:
        """A program whose bytes are in the bytecode cache. Raises `NotCachedError`, and as `load`."""
        program = self._programs.get(cid)
        if program is not None:
            return program
        self._bytecode.pin(cid)
        try:
            source = self._bytecode.get(cid)
            assert source is not None
            return await self._by_cid(cid, source, on_slow)
        finally:
            self._bytecode.unpin(cid)

    async def _by_cid(self, cid: Cid, source: bytes, on_slow: Callable[[], object] | None) -> Program:
        program = self._programs.get(cid)
        if program is not None:
            self._programs.move_to_end(cid)
            return program
        making = self._making.get(cid)
        if making is None:
            making = self._making[cid] = _Making(asyncio.ensure_future(self._make(cid, source)))
            making.task.add_done_callback(partial(self._made, cid))
        making.waiting += 1
        try:
            if on_slow is not None:
                done, _ = await asyncio.wait([making.task], timeout=SLOW)
                if not done:
                    on_slow()
            return await asyncio.shield(making.task)
        finally:
            making.waiting -= 1
            if not making.waiting and self._making.get(cid) is making and not making.task.done():
                self._give_up(cid, making)

    def _give_up(self, cid: Cid, making: _Making) -> None:
        """Nobody waits for it any more; whoever comes next begins anew."""
        del self._making[cid]
        self._given_up.add(making.task)
        making.task.cancel()

    def _made(self, cid: Cid, task: asyncio.Task[Program]) -> None:
        self._given_up.discard(task)
        making = self._making.get(cid)
        if making is not None and making.task is task:
            del self._making[cid]
        if not task.cancelled():
            task.exception()  # it may be that nobody asks: whoever waited has gone

    async def _make(self, cid: Cid, source: bytes) -> Program:
        try:
            if is_bundle(source):
                program = await self._python(cid, source)
            elif kind_of(source) is ModuleKind.COMPONENT:
                program = await self._component(cid, source)
            else:
                program = await self._core(cid, source)
        except InvalidModuleError as error:
            raise NotRunnableError([error]) from None
        self._programs[cid] = program
        try:
            self._bytecode.put(source, claimed=cid, pin=True)
        except LimitError:  # full of what runs: this one cannot be handed on by its name
            program.keep(pinned=False)
        else:
            program.keep(pinned=True)
        self._kept_bytes += program.size
        self._drop_idle()
        return program

    async def _core(self, cid: Cid, source: bytes) -> Program:
        try:
            info = await asyncio.to_thread(read_module, source)
        except LocalError as error:
            raise NotRunnableError([error]) from None
        problems: list[Exception] = list(check_runnable(info, GIVEN))
        if problems:
            raise NotRunnableError(problems)
        return self._program(cid, info, await self.compiler.compile(cid, source, info))

    async def _component(self, cid: Cid, source: bytes) -> Program:
        from wetware.wasm.component.growth import tell_of_refusals
        from wetware.wasm.component.linkage import check_component
        from wetware.wasm.component.program import ComponentProgram
        from wetware.wasm.component.reader import read_component

        try:
            info = await asyncio.to_thread(read_component, source)
        except LocalError as error:
            raise NotRunnableError([error]) from None
        problems: list[Exception] = list(check_component(info))
        if problems:
            raise NotRunnableError(problems)
        telling = await asyncio.to_thread(tell_of_refusals, source)
        tells = telling is not source
        if tells:
            info = await asyncio.to_thread(read_component, telling)
        component = await self.compiler.compile_component(cid, telling)
        return ComponentProgram(
            *(self._engine, self._linkage_of_components(), self._bytecode, component, cid, len(source), info),
            tells=tells,
        )

    def _linkage_of_components(self) -> ComponentLinkage:
        from wetware.wasm.component.linkage import ComponentLinkage

        if self._component_linkage is None:
            self._component_linkage = ComponentLinkage(self._engine)
        return self._component_linkage

    async def _python(self, cid: Cid, source: bytes) -> Program:
        from wetware.wasm.python.program import PythonProgram
        from wetware.wasm.python.runner import obtain

        try:
            files = await asyncio.to_thread(unbundle, source)
        except BundleError as error:
            raise NotRunnableError([error]) from None
        if self._runner is None:
            self._runner = asyncio.ensure_future(obtain(self.compiler, self._linkage_of_components()))
        try:
            runner = await asyncio.shield(self._runner)
        except LocalError as error:
            self._runner = None
            raise NotRunnableError([error]) from None
        except asyncio.CancelledError:  # who waits is gone; the runner is made all the same
            raise
        except BaseException:
            self._runner = None  # whoever comes next tries again
            raise
        return PythonProgram(self._engine, self._bytecode, runner, cid, len(source), files)

    def _program(self, cid: Cid, info: ModuleInfo, module: Module) -> Program:
        needs = what_it_needs(info)
        memories, tables = info.memories, info.tables

        program = CoreProgram(
            self._engine,
            self._linkage,
            self._bytecode,
            module,
            cid,
            info.size,
            Needs(
                frozenset(needs.wasi),
                needs.exports_memory,
                memory=visible_memory(info),
                counts_refusals=info.export(REFUSED_GROWTH) is None,
                defers_start=defers_start(info),
            ),
            partial(memory_budget, memories, tables),
        )
        program.maps = maps_for(len(memories))
        return program

    def _drop_idle(self) -> None:
        while len(self._programs) > KEPT or (self._kept_bytes > KEPT_BYTES and len(self._programs) > 1):
            _, oldest = self._programs.popitem(last=False)
            self._kept_bytes -= oldest.size
            oldest.drop()  # its native code goes once nobody holds it or runs it

    async def close(self) -> None:
        """Let go of every program, and give up those that are being made."""
        under_way: list[asyncio.Future[Any]] = [*self._given_up, *(m.task for m in self._making.values())]
        if self._runner is not None:
            under_way.append(self._runner)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self.compiler.close()
        for program in self._programs.values():
            program.drop()
        self._programs.clear()
        self._runner = None


async def program_bytes(source: Source) -> bytes:
    """The bytes that a program's CID names: of a file, of a folder or file of Python, of a module as text.

    Raises:
        NotFoundError: no such file.
        NotRunnableError: a text that is no module; a folder that is no program; no regular file.
        LimitError: larger than a node accepts.
    """
    if not isinstance(source, bytes):
        path = os.fspath(source)
        python = stat.S_ISDIR(_stat(path).st_mode) or path.endswith(".py")
        source = await asyncio.to_thread(_bundle if python else _read, path)
    if kind_of(source) is ModuleKind.TEXT:
        try:
            return await asyncio.to_thread(wat_to_wasm, source)
        except InvalidModuleError as error:
            raise NotRunnableError([error]) from None
    return source


def _stat(path: str) -> os.stat_result:
    try:
        return os.stat(path)  # noqa: PTH116 - on the path of every spawn by name
    except (FileNotFoundError, NotADirectoryError):
        raise NotFoundError(f"there is no file {path}") from None
    except OSError as error:
        raise UnreadableError(path, error) from None


def _identity(path: str, found: os.stat_result) -> tuple[str, int, int, int, int, int]:
    """What another content of the file would change, once it has settled."""
    return path, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_dev, found.st_ino


def _bundle(path: str) -> bytes:
    try:
        return bundle(path)
    except BundleError as error:
        raise NotRunnableError([error]) from None


def _read(path: str) -> bytes:
    try:
        if not Path(path).is_file():
            raise NotRunnableError([LocalError(f"{path} is no regular file")])
        size = Path(path).stat().st_size
        if size > DEFAULT_MAX_MODULE_BYTES:
            raise ModuleTooLargeError(
                f"{path} has {size} bytes; this node accepts {DEFAULT_MAX_MODULE_BYTES}",
                limit="module-bytes",
                used=size,
                allowed=DEFAULT_MAX_MODULE_BYTES,
            )
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):  # since it was looked at
        raise NotFoundError(f"there is no file {path}") from None
    except OSError as error:
        raise UnreadableError(path, error) from None
