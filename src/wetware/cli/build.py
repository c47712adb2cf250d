"""`ww build`: from a guest's sources to one file that `ww run` takes, named by its content."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from wetware.cli.app import json_option
from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode
from wetware.cli.results import Block, Fields, Table
from wetware.cli.toolchains import C_ENDINGS, compile_c, compile_go, compile_zig
from wetware.cli.units import format_size
from wetware.cli.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.wasm.python.wheels import Wheel

__all__ = ["BuildResult", "Source", "build", "find_source"]

_MAIN_PY = "__main__.py"
_FOREIGN = {
    "Cargo.toml": "Rust: cargo build --release --target wasm32-wasip1 makes a program that ww run takes",
    "package.json": "JavaScript: npx jco componentize makes a component that ww run takes",
    "main.py": "rename main.py to __main__.py, or build that file: ww build main.py",
    "app.py": "rename app.py to __main__.py, or build that file: ww build app.py",
}


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be built.

    Attributes:
        language: of the sources.
        folder: where its compiler is to work.
        files: the sources as far as they are named to the compiler.
        name: what the program is called.
    """

    language: Literal["python", "go", "c", "zig"]
    folder: Path
    files: tuple[Path, ...]
    name: str


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A program that was built.

    Attributes:
        path: where it is.
        cid: the name of its bytes.
        size: how many those are.
        language: of its sources.
        seconds: how long it took.
        wheels: the packages in it, for a Python program.
    """

    path: Path
    cid: str
    size: int
    language: str
    seconds: float
    wheels: Sequence[Wheel] = field(default=())
    exit_code: int = 0
    stream: Literal["stdout", "stderr"] = "stdout"

    def blocks(self) -> Sequence[Block]:
        """Return where it is and what it is called, then the packages in it."""
        rows = [("path", str(self.path)), ("cid", self.cid), ("size", format_size(self.size))]
        blocks: list[Block] = [Fields([*rows, ("run", f"ww run {self.path}")])]
        if self.wheels:
            packages = [(wheel.name, wheel.version, wheel.sha256) for wheel in self.wheels]
            blocks.append(Table("packages in it", ("package", "version", "sha256"), packages))
        return blocks

    def to_json(self) -> dict[str, object]:
        """Return everything, under the names of the attributes."""
        return {
            "path": str(self.path),
            "cid": self.cid,
            "size": self.size,
            "language": self.language,
            "seconds": self.seconds,
            "packages": [
                {"name": wheel.name, "version": wheel.version, "sha256": wheel.sha256}
                for wheel in self.wheels
            ],
        }


@click.command(short_help="Build a program for ww run from its sources.")
@click.argument("source", default=".", type=click.Path())
@click.option("-o", "--output", type=click.Path(), help="The file to write, else NAME.pyz or .wasm.")
@click.option(
    "--find-links",
    type=click.Path(exists=True),
    multiple=True,
    help="Take Python packages from the wheels in this folder, and fetch none. Repeatable.",
)
@json_option
def build(*, source: str, output: str | None, find_links: tuple[str, ...]) -> BuildResult:
    """Build the program in SOURCE, a folder (this one, if none is named) or a file, and name it by its CID.

    \b
    Python  a folder with a __main__.py, or a .py file, with the packages that requirements.txt,
            pyproject.toml or a folder wheels/ name; pure Python only
    Go      a folder with a go.mod, or a .go file
    C, C++  a folder with .c or .cpp files, or one of them
    Zig     a folder with a main.zig, or a .zig file

    The same sources and packages give the same bytes and the same CID. The exit code is 0, 126 where SOURCE
    holds no program, 127 where there is no such file, 1 where building fails.
    """  # noqa: D301  # \b is click's mark for lines that are not to be joined
    from wetware.cli.render import note

    began = time.perf_counter()
    found = find_source(Path(source))
    path = Path(output) if output is not None else Path(f"{found.name}.{_ending(found)}")
    _check_output(path, found)
    wheels: Sequence[Wheel] = ()
    if found.language == "python":
        content, wheels = _python(Path(source), [Path(each) for each in find_links], note)
    elif find_links:
        raise click.UsageError(f"--find-links is for Python programs, and {source} is {found.language}")
    else:
        with Waiting() as waiting:
            told = f"compiling {found.name} ({found.language}); the first time takes longest"
            waiting.begin(told, after=1.0)
            content = _compiled(found)
    _write(path, content)
    from wetware.wasm.cid import Cid

    return BuildResult(
        path, str(Cid.of(content)), len(content), found.language, time.perf_counter() - began, wheels
    )


def _ending(source: Source) -> str:
    return "pyz" if source.language == "python" else "wasm"


# --- what is to be built ---
def find_source(path: Path) -> Source:
    """Tell from a file's name, or from what lies in a folder, what is to be built.

    Raises:
        CommandError: there is nothing (127), or nothing that can be built (126).
        click.UsageError: there are programs in several languages.
    """
    if not path.exists():
        raise CommandError(f"there is no file {path}", exit_code=ExitCode.NOT_FOUND)
    if path.is_dir():
        return _in_folder(path)
    folder, file = path.resolve().parent, path.resolve()
    if path.suffix == ".py":
        return Source("python", folder, (file,), path.stem if path.name != _MAIN_PY else folder.name)
    if path.suffix == ".go":
        return Source("go", folder, (file,), path.stem)
    if path.suffix in C_ENDINGS:
        return Source("c", folder, (file,), path.stem)
    if path.suffix == ".zig":
        return Source("zig", folder, (file,), path.stem)
    hint = "it takes .py, .go, .c, .cpp and .zig files, and folders"
    if path.suffix in {".wasm", ".wat", ".pyz"}:
        hint = f"it is built already: ww run {path}"
    elif path.suffix == ".rs":
        hint = _FOREIGN["Cargo.toml"]
    raise CommandError(f"{path} cannot be built here", exit_code=ExitCode.NOT_RUNNABLE, hint=hint)


def _in_folder(path: Path) -> Source:
    folder = path.resolve()
    name = folder.name or "program"
    candidates: list[tuple[Source, str]] = []
    if (folder / _MAIN_PY).is_file():
        candidates.append((Source("python", folder, (), name), _MAIN_PY))
    if (folder / "go.mod").is_file():
        candidates.append((Source("go", folder, (), name), "go.mod"))
    zig = next((file for file in (folder / "main.zig", folder / "src" / "main.zig") if file.is_file()), None)
    if zig is not None:
        candidates.append((Source("zig", folder, (zig,), name), zig.name))
    c = tuple(
        sorted(
            file
            for place in (folder, folder / "src")
            if place.is_dir()
            for file in place.iterdir()
            if file.suffix in C_ENDINGS
        )
    )
    if c and not candidates:
        candidates.append((Source("c", folder, c, name), c[0].name))
    if len(candidates) > 1:
        names = " and ".join(why for _, why in candidates)
        raise click.UsageError(f"{path} holds {names}: name the file or folder that is to be built")
    if not candidates:
        hint = next((said for file, said in _FOREIGN.items() if (folder / file).is_file()), "")
        raise CommandError(
            f"there is no program in {path}: no {_MAIN_PY}, go.mod, main.zig or C file",
            exit_code=ExitCode.NOT_RUNNABLE,
            hint=hint or "ww new makes one",
        )
    return candidates[0][0]


def _check_output(path: Path, source: Source) -> None:
    if path.is_dir():
        raise click.UsageError(f"{path} is a folder; -o names a file")
    if not path.absolute().parent.is_dir():
        raise click.UsageError(f"there is no folder {path.absolute().parent}")
    inside = path.resolve()
    if inside in source.files or (inside.exists() and inside.suffix not in {"", ".wasm", ".pyz"}):
        raise click.UsageError(f"{path} is there and was not built: name another file with -o")


# --- building ---
def _python(path: Path, links: list[Path], note: Callable[[str], object]) -> tuple[bytes, Sequence[Wheel]]:
    from wetware.wasm.python.build import build as build_python
    from wetware.wasm.python.bundle import unbundle

    built = build_python(path, links=links, say=lambda line: note(line[:1].lower() + line[1:]))
    unbundle(built.content)  # what is written is what can be run
    return built.content, built.wheels


def _compiled(source: Source) -> bytes:
    from wetware.wasm.loader import NotRunnableError
    from wetware.wasm.module import read_module
    from wetware.wasm.runnable import GIVEN, check_runnable

    with tempfile.TemporaryDirectory(prefix="ww-build-") as scratch:
        output = Path(scratch, "program.wasm")
        if source.language == "go":
            compile_go(str(source.files[0]) if source.files else ".", source.folder, output)
        elif source.language == "zig":
            compile_zig(source.files[0], source.folder, output)
        else:
            compile_c(source.files, source.folder, output)
        try:
            content = output.read_bytes()
        except OSError:
            content = b""
    if source.language == "go" and not content.startswith(b"\0asm"):
        raise CommandError(
            "this Go package is no program", hint="it has to be package main, with a function main"
        )
    problems = check_runnable(read_module(content), GIVEN)
    if problems:
        raise CommandError(
            f"what was built cannot be run: {NotRunnableError(list(problems))}",
            exit_code=ExitCode.NOT_RUNNABLE,
        )
    return content


def _write(path: Path, content: bytes) -> None:
    """Write beside the place and rename: a program that is there stays whole."""
    with tempfile.NamedTemporaryFile(dir=path.absolute().parent, prefix=".ww-", delete=False) as file:
        try:
            file.write(content)
            file.close()
            Path(file.name).chmod(0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
