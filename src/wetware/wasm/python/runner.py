"""The component that Python programs run in: built from its source on this machine, once, and kept.

Rules that hold here:

1. What is built depends on its source files and the builder's series alone; their hash names what is kept, in
   this user's private cache. A change of the source builds anew.
2. Building happens in a child process, from a directory of its own, and needs the package componentize-py.
   It takes 10 s; compiling what it gives takes as long. Both happen once.
3. Beside the component its memories and tables are noted, so that a node that finds its native code in the
   cache need not read the component.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blake3 import blake3

from wetware.errors import BrokenError, LimitError, LocalError
from wetware.wasm import capi
from wetware.wasm.cid import Cid
from wetware.wasm.component.reader import ComponentInfo, read_component
from wetware.wasm.engine import InvalidModuleError
from wetware.wasm.private_directory import UnsafeDirectoryError, cache_root, private_directory
from wetware.wasm.types import MemoryType, TableType
from wetware.wasm.uninterrupted import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.wasm.compiler import Compiler
    from wetware.wasm.component.linkage import ComponentLinkage
    from wetware.wasm.engine import Component

__all__ = ["MissingBuilderError", "Runner", "obtain"]

_log = logging.getLogger(__name__)

BUILD_SECONDS: Final = 300.0

_PACKAGE: Final = Path(__file__).parent.parent.parent
_RUNNER: Final = _PACKAGE / "guest" / "runner"
_ROOMS: Final = ("guest", "capnp", "raft", "schema")
_BUILDER: Final = "componentize-py"
_SERIES: Final = "0.25"
_MAX_MESSAGE: Final = 2_000


class MissingBuilderError(LocalError):
    """The interpreter for Python programs was not built yet, and cannot be without its builder."""


class Runner:
    """The compiled component, with its imports met.

    Attributes:
        address: the component's.
        linkage: made the linker, and makes what its processes hold.
        linker: what meets its imports.
        memories, tables: what its core modules define.
    """

    __slots__ = ("_component", "address", "linkage", "linker", "memories", "tables")

    def __init__(
        self,
        linkage: ComponentLinkage,
        component: Component,
        memories: list[MemoryType],
        tables: list[TableType],
    ) -> None:
        self.memories = memories
        self.tables = tables
        self.address = component.address
        self._component = component
        self.linkage = linkage  # its callbacks live as long as the linker
        self.linker = linkage.linker(component.address)

    def __del__(self, delete: Callable[[int], int] = capi.component_linker_delete) -> None:
        if getattr(self, "linker", 0):
            delete(self.linker)
            self._component.close()


async def obtain(compiler: Compiler, linkage: ComponentLinkage) -> Runner:
    """The runner, from what is kept or built anew.

    Raises:
        MissingBuilderError: it has to be built, and componentize-py is not installed.
        BrokenError: building it failed.
    """
    sources = await asyncio.to_thread(_sources)
    cid = Cid.of(await asyncio.to_thread(_digest, sources))
    try:
        kept: Path | None = private_directory(cache_root() / "runners") / f"{cid}.wasm"
    except UnsafeDirectoryError as error:
        _log.warning("the interpreter for Python programs is not kept: %s", error)
        kept = None
    noted = None if kept is None else _read_note(kept)
    if noted is not None:
        component = await compiler.kept_component(cid)
        if component is not None:
            return Runner(linkage, component, *noted)
    source = None
    if kept is not None:
        with contextlib.suppress(OSError):
            source = await asyncio.to_thread(kept.read_bytes)
    try:
        return await _compiled(compiler, linkage, cid, source, kept)
    except (InvalidModuleError, LocalError):  # what was kept is damaged
        pass
    built = await _build(sources)
    if kept is not None:
        await asyncio.to_thread(_keep, kept, built)
    return await _compiled(compiler, linkage, cid, built, kept)


async def _compiled(
    compiler: Compiler, linkage: ComponentLinkage, cid: Cid, source: bytes | None, kept: Path | None
) -> Runner:
    if source is None:
        raise InvalidModuleError("nothing is kept")
    info = await asyncio.to_thread(read_component, source)
    component = await compiler.compile_component(cid, source)
    if kept is not None:
        await asyncio.to_thread(_write_note, kept, info)
    return Runner(linkage, component, info.memories, info.tables)


# --- the source ---
def _sources() -> dict[str, bytes]:
    """The files that go into it, by their place in the directory that it is built from."""
    found = {"app.py": _RUNNER / "app.py", "guest.wit": _RUNNER / "guest.wit"}
    for path in (_PACKAGE / "__init__.py", _PACKAGE / "errors.py"):
        found[f"wetware/{path.name}"] = path
    for room in _ROOMS:
        for path in (_PACKAGE / room).rglob("*.py"):
            if path != _RUNNER / "app.py" and "__pycache__" not in path.parts:
                found[f"wetware/{path.relative_to(_PACKAGE).as_posix()}"] = path
    return {name: found[name].read_bytes() for name in sorted(found)}


def _digest(sources: dict[str, bytes]) -> bytes:
    hasher = blake3()
    for part in (f"{_BUILDER} {_SERIES}".encode(), *(p for n, c in sources.items() for p in (n.encode(), c))):
        hasher.update(len(part).to_bytes(8, "little") + part)
    return hasher.digest()


# --- what is kept ---
def _keep(path: Path, content: bytes) -> None:
    """Write beside the place and rename: who looks finds all of it or nothing."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError as error:
        _log.warning("the interpreter for Python programs is not kept: %s", error.strerror)


def _note(path: Path) -> Path:
    return path.with_suffix(".json")


def _write_note(path: Path, info: ComponentInfo) -> None:
    note = {
        "memories": [[memory.minimum, memory.maximum] for memory in info.memories],
        "tables": [[table.minimum, table.maximum] for table in info.tables],
    }
    _keep(_note(path), json.dumps(note).encode())


def _read_note(path: Path) -> tuple[list[MemoryType], list[TableType]] | None:
    try:
        note = json.loads(_note(path).read_bytes())
        return (
            [MemoryType(int(low), None if high is None else int(high)) for low, high in note["memories"]],
            [
                TableType("funcref", int(low), None if high is None else int(high))
                for low, high in note["tables"]
            ],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


# --- building ---
async def _build(sources: dict[str, bytes]) -> bytes:
    try:
        installed = metadata.version(_BUILDER)
    except metadata.PackageNotFoundError:
        installed = ""
    if not installed.startswith(f"{_SERIES}."):
        raise MissingBuilderError(
            f"a Python program needs its interpreter built once, by the package {_BUILDER} {_SERIES}, "
            "which is not installed: pip install 'wetware[python-guests]'"
        )
    with tempfile.TemporaryDirectory(prefix="ww-runner-") as scratch:
        await asyncio.to_thread(_lay_out, Path(scratch), sources)
        output = Path(scratch, "runner.wasm")
        await _run_builder(Path(scratch), output)
        try:
            return await asyncio.to_thread(output.read_bytes)
        except OSError:
            raise BrokenError(f"{_BUILDER} has built nothing, and gave no reason") from None


def _lay_out(directory: Path, sources: dict[str, bytes]) -> None:
    for name, content in sources.items():
        path = directory / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


async def _run_builder(directory: Path, output: Path) -> None:
    source = directory / "source"
    command = [sys.executable, "-P", "-c", "from componentize_py import script; script()"]
    command += ["--wit-path", str(source / "guest.wit"), "--world", "python", "componentize"]
    command += ["--python-path", str(source), "--output", str(output), "app"]
    environment = {k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "PYTHONHOME"}}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    starting = asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        cwd=directory,
        env=environment,
        start_new_session=True,  # Ctrl-C is for this process, which then kills the child
    )
    unwanted: list[asyncio.subprocess.Process] = []
    try:
        # asyncio loses a process that is half begun
        child = await uninterrupted(starting, unwanted.append)
    except OSError as error:
        raise BrokenError(f"{_BUILDER} could not be started: {error.strerror or error}") from None
    finally:
        for process in unwanted:
            await _end(process)
    try:
        async with asyncio.timeout(BUILD_SECONDS):
            _, said = await child.communicate()
    except TimeoutError:
        raise LimitError(
            f"{_BUILDER} took longer than {BUILD_SECONDS:g} seconds; try again when the machine is less busy",
            limit="build-seconds",
            used=BUILD_SECONDS,
            allowed=BUILD_SECONDS,
        ) from None
    finally:
        await _end(child)
    if child.returncode:
        text = said.decode(errors="replace").strip()[:_MAX_MESSAGE]
        raise BrokenError(f"{_BUILDER} failed with {child.returncode}: {text}")


async def _end(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.kill()
    await uninterrupted(child.communicate())  # until it has let go of its pipe, too
