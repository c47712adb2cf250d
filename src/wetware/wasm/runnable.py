"""Whether a program can run here, and what it asks for, told before anything of it runs.

The answer is a list of problems, each an error of its own type, all of them and not only the first: who
builds a program wants to mend them in one go. An empty list promises that linking finds every import and
`_start`, nothing about what the program does then (test: `test_runnable.py` compares with the engine's own
linking).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wetware.errors import LocalError
from wetware.wasm.module import FuncType, Import, MemoryType, ModuleInfo, ModuleKind
from wetware.wasm.wasi.abi import MODULE as PREVIEW1
from wetware.wasm.wasi.abi import SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "GIVEN",
    "ImportTypeError",
    "MissingMemoryError",
    "MissingStartError",
    "Needs",
    "NotACommandError",
    "UnknownImportError",
    "check_runnable",
    "what_it_needs",
]


_TYPES = {"i": "i32", "l": "i64"}
GIVEN: dict[tuple[str, str], FuncType] = {
    (PREVIEW1, name): FuncType(
        tuple(_TYPES[letter] for letter in letters), () if name == "proc_exit" else ("i32",)
    )
    for name, letters in SIGNATURES.items()
}
"""What this host gives to programs: the functions of WASI preview 1, with their types."""


class MissingStartError(LocalError):
    """There is nothing to run: no function `_start` without parameters and results is exported."""


class UnknownImportError(LocalError):
    """The program asks for something that this host does not give."""


class ImportTypeError(LocalError):
    """The program asks for something that this host gives, but with other parameters or results."""


class MissingMemoryError(LocalError):
    """The program calls WASI, but exports no memory named `memory` through which WASI could answer."""


class NotACommandError(LocalError):
    """The program is a component, which is run in another way than a core module."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a program asks for.

    Attributes:
        wasi: the names of the WASI preview 1 functions that it imports, sorted.
        others: everything else that it imports, as "module.name", sorted.
        has_start: whether it exports a `_start` that can be run.
        exports_memory: whether it exports its memory as `memory`.
        minimum_memory: bytes of all its memories before it runs.
    """

    wasi: tuple[str, ...]
    others: tuple[str, ...]
    has_start: bool
    exports_memory: bool
    minimum_memory: int


def what_it_needs(info: ModuleInfo) -> Needs:
    """Sum up what a core module asks for."""
    wasi = {i.name for i in info.imports if i.module == PREVIEW1 and i.kind == "function"}
    others = {str(i) for i in info.imports if i.module != PREVIEW1 or i.kind != "function"}
    return Needs(
        wasi=tuple(sorted(wasi)),
        others=tuple(sorted(others)),
        has_start=_start_problem(info) is None,
        exports_memory=info.export("memory", "memory") is not None,
        minimum_memory=sum(memory.minimum_bytes for memory in info.memories),
    )


def check_runnable(info: ModuleInfo, provided: Mapping[tuple[str, str], FuncType]) -> list[LocalError]:
    """Every reason why this program cannot run as a command, given the functions that the host provides.

    Returns:
        Errors of the types in this file, the one to be told first at the front; empty where it can run.
    """
    if info.kind is ModuleKind.COMPONENT:
        return [
            NotACommandError("this is a component, not a core module; build it for wasm32-wasip1 instead")
        ]
    problems: list[LocalError] = []
    for wanted in info.imports:
        problem = _import_problem(wanted, provided)
        if problem is not None:
            problems.append(problem)
    start = _start_problem(info)
    if start is not None:
        problems.append(start)
    asks_through_memory = any(i.module == PREVIEW1 and i.name != "proc_exit" for i in info.imports)
    if asks_through_memory and info.export("memory", "memory") is None:
        problems.append(
            MissingMemoryError("the program calls WASI but exports no memory named 'memory'; export it")
        )
    return problems


def _import_problem(wanted: Import, provided: Mapping[tuple[str, str], FuncType]) -> LocalError | None:
    given = provided.get((wanted.module, wanted.name))
    if wanted.kind != "function" or given is None:
        thing = "" if wanted.kind == "function" else f"the {wanted.kind} "
        return UnknownImportError(
            f"the program asks for {thing}{wanted}, which is not given here; {_advice(wanted)}"
        )
    if given != wanted.type:
        return ImportTypeError(
            f"the program asks for {wanted} as {wanted.type}, but it is {given}; "
            "build it with a current WASI SDK"
        )
    return None


def _advice(wanted: Import) -> str:
    if isinstance(wanted.type, MemoryType):
        if wanted.type.shared:
            return "it was built with threads, of which a guest has one: build it without (no -pthread)"
        return "build it with a memory of its own (without --import-memory)"
    match wanted.module:
        case "wasi_snapshot_preview1":
            return "build it for a command of WASI preview 1 without this call"
        case "wasi_unstable":
            return "it was built for WASI preview 0: build it with a current WASI SDK"
        case "wasi":
            return "it was built for WASI threads: build it for wasm32-wasi without threads"
        case "gojs" | "go":
            return "it was built for a browser: build it with GOOS=wasip1 GOARCH=wasm, as `ww build` does"
        case "wbg" | "__wbindgen_placeholder__" | "__wbindgen_externref_xform__":
            return _NO_WBINDGEN
        case module if module.startswith("./") and module.endswith(".js"):
            return _NO_WBINDGEN
        case "env" if _EMSCRIPTEN.match(wanted.name):
            return (
                "it was built by Emscripten for a browser: build it for wasm32-wasi, as `ww build` does, or "
                "with -sSTANDALONE_WASM"
            )
        case "env" if wanted.name in {"abort", "seed", "trace"}:
            return "AssemblyScript builds for WASI with @assemblyscript/wasi-shim"
        case "env":
            return "link what defines it, or build for wasm32-wasi in place of a browser"
        case _:
            return "build it without this import"


_NO_WBINDGEN = "it was built for a browser: build it for wasm32-wasip1 without wasm-bindgen"
_EMSCRIPTEN = re.compile(
    r"_*emscripten|invoke_|__syscall_|__cxa_|__assert_fail|_abort_js|setTempRet0|_mmap_js|_munmap_js"
)


def _start_problem(info: ModuleInfo) -> MissingStartError | None:
    export = info.export("_start")
    if export is None:
        if info.export("_initialize"):
            return MissingStartError(
                "missing export: _start; this is a library (it exports _initialize): build it as a command, "
                "with a main function and without -mexec-model=reactor or -buildmode=c-shared"
            )
        return MissingStartError(
            "missing export: _start; build the program as a command, with a main function"
        )
    if export.kind != "function":
        return MissingStartError(f"missing export: _start is a {export.kind}, not the main function")
    if export.type != FuncType():
        return MissingStartError(
            f"missing export: _start is a function {export.type}; it takes nothing and gives nothing"
        )
    return None
