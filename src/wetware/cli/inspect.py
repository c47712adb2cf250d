"""`ww inspect`: what a program is, what it asks for, and whether it would run here."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from wetware.cli.app import json_option
from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode
from wetware.cli.results import Block, Fields, Table
from wetware.cli.units import format_size
from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.wasm.module import ModuleInfo

__all__ = ["Inspection", "inspect", "inspect_bytes", "requests_of"]

LARGEST = 1024 * 1024 * 1024
"""Bytes of a file that is looked at: more than any node accepts as a program."""
_SHOWN = 40  # rows of a table; a Go program exports one name, a careless C program thousands

# What the functions of WASI preview 1 are for, by the longest prefix of the name that stands here.
_GROUPS = {
    "args_": "arguments",
    "clock_": "clock",
    "environ_": "environment",
    "fd_": "files",
    "fd_close": "stdio",
    "fd_fdstat_": "stdio",
    "fd_read": "stdio",
    "fd_readdir": "files",
    "fd_renumber": "stdio",
    "fd_write": "stdio",
    "path_": "files",
    "poll_oneoff": "waiting",
    "proc_": "exit",
    "random_": "random",
    "sched_": "waiting",
    "sock_": "sockets",
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of a file without running it.

    Attributes:
        name: the file's name.
        cid: the name of its bytes, in text: of the translated ones where it is WebAssembly text.
        kind: "core module", "component", "WebAssembly text", "Python program" or "no WebAssembly".
        size: bytes of the file.
        problems: why it would not run; empty where it would.
        memory: bytes that all its memories have at the start; None where unknown.
        requests: what it asks of WASI: the group's name -> the functions' names.
        imports: (module, name, kind and type) of everything else that it asks for.
        exports: (name, kind and type) of what it shows.
        files: of a Python program.
        packages: name and version of those that a Python program brings along.
    """

    name: str
    cid: str
    kind: str
    size: int
    problems: Sequence[str]
    memory: int | None = None
    requests: dict[str, list[str]] = field(default_factory=dict)
    imports: Sequence[tuple[str, str, str]] = ()
    exports: Sequence[tuple[str, str]] = ()
    files: Sequence[str] = ()
    packages: Sequence[str] = ()
    stream: Literal["stdout", "stderr"] = "stdout"

    @property
    def exit_code(self) -> int:
        """0 where it would run, 126 where not: the code answers the question."""
        return ExitCode.NOT_RUNNABLE if self.problems else ExitCode.OK

    def blocks(self) -> Sequence[Block]:
        """Return the facts, then what it asks for and shows."""
        rows = [("name", self.name), ("kind", self.kind), ("size", format_size(self.size)), ("cid", self.cid)]
        if self.memory is not None:
            rows.append(("memory", f"{format_size(self.memory)} at the start"))
        if self.files:
            rows.append(("files", str(len(self.files))))
        if self.packages:
            rows.append(("packages", "\n".join(self.packages)))
        rows.append(("would run", "no: " + "\n".join(self.problems) if self.problems else "yes"))
        blocks: list[Block] = [Fields(rows)]
        if self.requests:
            groups = [(group, " ".join(names)) for group, names in self.requests.items()]
            blocks.append(Table("asks WASI for", ("what", "functions"), groups))
        if self.imports:
            blocks.append(_table("asks besides for", ("module", "name", "type"), self.imports))
        if self.exports:
            blocks.append(_table("shows", ("name", "type"), self.exports))
        return blocks

    def to_json(self) -> dict[str, object]:
        """Return everything, under the names of the attributes."""
        return {
            "name": self.name,
            "cid": self.cid,
            "kind": self.kind,
            "size": self.size,
            "memory": self.memory,
            "would_run": not self.problems,
            "problems": list(self.problems),
            "wasi": self.requests,
            "imports": [
                {"module": module, "name": name, "type": what} for module, name, what in self.imports
            ],
            "exports": [{"name": name, "type": what} for name, what in self.exports],
            "files": list(self.files),
            "packages": list(self.packages),
        }


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    shown = list(rows[:_SHOWN])
    if len(rows) > _SHOWN:
        shown.append([f"… and {len(rows) - _SHOWN} more (--json has all)", *[""] * (len(columns) - 1)])
    return Table(title, columns, shown)


@click.command(short_help="Show what a program is and what it asks for.")
@click.argument("file")
@json_option
def inspect(*, file: str) -> Inspection:
    """Show what FILE is and asks for, and whether it would run here; nothing of it is run.

    FILE may be what `ww run` takes: a folder with a Python program, too.

    The exit code is 0 where it would run, 126 where not, 127 where there is no such file.
    """
    path = Path(file)
    if path.is_dir() or path.suffix == ".py":
        return _inspect_source(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as problem:
        missing = problem.errno in {errno.ENOENT, errno.ENOTDIR}
        raise CommandError(
            f"{file}: {problem.strerror}",
            exit_code=ExitCode.NOT_FOUND if missing else ExitCode.NOT_RUNNABLE,
        ) from None
    if len(content) > LARGEST:
        raise CommandError(f"{file} is larger than any program", exit_code=ExitCode.NOT_RUNNABLE)
    return inspect_bytes(Path(file).name, content)


def _inspect_source(path: Path) -> Inspection:
    """Look at a Python program that was not built: as what it is when it runs."""
    from wetware.wasm.python.bundle import BundleError, bundle

    if not path.exists():
        raise CommandError(f"there is no file {path}", exit_code=ExitCode.NOT_FOUND)
    try:
        return inspect_bytes(path.name or path.absolute().name, bundle(str(path)))
    except BundleError as problem:
        raise CommandError(str(problem), exit_code=ExitCode.NOT_RUNNABLE) from None


def inspect_bytes(name: str, content: bytes) -> Inspection:
    """Read what the bytes of a file declare."""
    from wetware.wasm.cid import Cid
    from wetware.wasm.module import ModuleKind, kind_of, read_module
    from wetware.wasm.python.bundle import is_bundle
    from wetware.wasm.runnable import GIVEN, check_runnable, what_it_needs

    if is_bundle(content):
        return _inspect_bundle(name, content)
    kind = kind_of(content)
    binary = content
    try:
        if kind is ModuleKind.TEXT:
            binary = _translate(content)
        if kind_of(binary) is ModuleKind.COMPONENT:
            return _inspect_component(name, content, binary, kind.value)
        info = read_module(binary)
    except WetwareError as problem:
        return Inspection(name, str(Cid.of(binary)), kind.value, len(content), [str(problem)])
    needs = what_it_needs(info)
    return Inspection(
        name=name,
        cid=str(Cid.of(binary)),
        kind=kind.value,
        size=len(content),
        problems=[str(problem) for problem in check_runnable(info, GIVEN)],
        memory=needs.minimum_memory,
        requests=requests_of(needs.wasi),
        imports=_other_imports(info),
        exports=[(export.name, f"{export.kind} {export.type or ''}".rstrip()) for export in info.exports],
    )


def _inspect_component(name: str, content: bytes, binary: bytes, kind: str) -> Inspection:
    from wetware.wasm.cid import Cid
    from wetware.wasm.component.linkage import check_component
    from wetware.wasm.component.reader import read_component

    info = read_component(binary)
    return Inspection(
        name=name,
        cid=str(Cid.of(binary)),
        kind=kind,
        size=len(content),
        problems=[str(problem) for problem in check_component(info)],
        memory=sum(memory.minimum_bytes for memory in info.memories),
        imports=[("", wanted, what) for wanted, what in info.imports.items()],
        exports=list(info.exports.items()),
    )


def _inspect_bundle(name: str, content: bytes) -> Inspection:
    from wetware.wasm.cid import Cid
    from wetware.wasm.python.bundle import unbundle

    inspection = Inspection(name, str(Cid.of(content)), "Python program", len(content), [])
    try:
        files = unbundle(content)
    except WetwareError as problem:
        return replace(inspection, problems=[str(problem)])
    packages = sorted({path.partition("/")[0] for path in files if ".dist-info/" in path})
    return replace(
        inspection,
        files=sorted(files),
        packages=[folder.removesuffix(".dist-info").replace("-", " ") for folder in packages],
    )


def _translate(text: bytes) -> bytes:
    from wetware.wasm.engine import wat_to_wasm

    return wat_to_wasm(text)


def _other_imports(info: ModuleInfo) -> list[tuple[str, str, str]]:
    from wetware.wasm.wasi.abi import MODULE

    return [
        (wanted.module, wanted.name, f"{wanted.kind} {wanted.type}")
        for wanted in info.imports
        if wanted.module != MODULE or wanted.kind != "function"
    ]


def requests_of(functions: Sequence[str]) -> dict[str, list[str]]:
    """Group names of WASI functions by what they are for; a name that is not known is under "unknown"."""
    groups: dict[str, list[str]] = {}
    for function in sorted(functions):
        prefix = max((p for p in _GROUPS if function.startswith(p)), key=len, default="")
        groups.setdefault(_GROUPS.get(prefix, "unknown"), []).append(function)
    return dict(sorted(groups.items()))
