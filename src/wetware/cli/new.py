"""`ww new`: a small project for a guest, which builds and runs as it is."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

import wetware
from wetware.cli.app import json_option
from wetware.cli.command_error import CommandError
from wetware.cli.results import Block, Table, Text
from wetware.cli.toolchains import GO_MISSING, find_go

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NewProject", "files_of", "go_sdk", "new"]

_TEMPLATES: Final = Path(__file__).parent / "templates"
_ENDING: Final = ".txt"  # the templates are no sources of wetware's
_LARGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project that was made.

    Attributes:
        path: its folder.
        language: of its sources.
        files: what is in it, below the folder.
        steps: the commands to go on with, and what each does.
        warning: what is missing here for those; empty where nothing is.
    """

    path: Path
    language: str
    files: Sequence[str]
    steps: Sequence[tuple[str, str]]
    warning: str = ""
    exit_code: int = 0
    stream: Literal["stdout", "stderr"] = "stdout"

    def blocks(self) -> Sequence[Block]:
        """Return where it is, and how to go on."""
        blocks: list[Block] = [Text(f"{self.path} holds a new {self.language} project")]
        if self.warning:
            blocks.append(Text(self.warning))
        return [*blocks, Table("go on with", ("command", "what it does"), self.steps)]

    def to_json(self) -> dict[str, object]:
        """Return everything, under the names of the attributes."""
        return {
            "path": str(self.path),
            "language": self.language,
            "files": list(self.files),
            "steps": [command for command, _ in self.steps],
            "warning": self.warning,
        }


@click.command(short_help="Make a small project that builds and runs as it is.")
@click.argument("language", type=click.Choice(["python", "go", "c"]))
@click.argument("directory", type=click.Path(file_okay=False))
@json_option
def new(*, language: Literal["python", "go", "c"], directory: str) -> NewProject:
    """Make a project in LANGUAGE (python, go or c) in DIRECTORY, which is made, or is empty.

    It greets, uses the session that it is granted, and has a test. Nothing is fetched, and nothing that is
    there is written over.
    """
    folder = Path(directory)
    name = project_name(folder)
    files = files_of(language, name)
    _write(folder, files)
    steps = [] if directory == "." else [(f"cd {shlex.quote(directory)}", "go there")]
    warning = ""
    if language == "python":
        steps += [
            ("ww run . Ada", "runs it"),
            ("ww run --grant executor . Ada", "lets it run processes"),
            ("ww build", f"makes {name}.pyz of it and its packages"),
            ("python -m unittest discover tests", "tests it"),
        ]
    else:
        test = ("go test .", "tests it") if language == "go" else ("python -m unittest", "tests it")
        steps += [
            ("ww build", f"compiles it to {name}.wasm"),
            (f"ww run {name}.wasm Ada", "runs it"),
            (f"ww run --grant executor {name}.wasm Ada", "lets it use the executor of its session"),
            test,
        ]
    if language == "go" and find_go() is None:
        warning = f"there is no Go compiler here: {GO_MISSING}"
    return NewProject(folder, language, sorted(files), steps, warning)


def project_name(folder: Path) -> str:
    """What the project in a folder is called.

    Raises:
        click.UsageError: nothing can be called as the folder is.
    """
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", folder.absolute().resolve().name).strip("-_")
    if not name or len(name) > _LARGEST_NAME:
        raise click.UsageError(f"{folder} gives no name to a project: name it with letters and digits")
    return name


def files_of(language: str, name: str) -> dict[str, bytes]:
    """The files of a new project by their paths in it."""
    root = _TEMPLATES / language
    files = {
        path.relative_to(root).as_posix().removesuffix(_ENDING): path.read_bytes().replace(
            b"@NAME@", name.encode()
        )
        for path in sorted(root.rglob(f"*{_ENDING}"))
    }
    if language == "go":
        sdk = go_sdk()
        for path in sorted(sdk.rglob("*")):
            if path.suffix in {".go", ".md"} or path.name in {"go.mod", "go.sum"}:
                files[f"ww/{path.relative_to(sdk).as_posix()}"] = path.read_bytes()
        files["go.mod"] = _go_mod(name, files["ww/go.mod"].decode()).encode()
        files["go.sum"] = files["ww/go.sum"]
    return files


def go_sdk() -> Path:
    """Where the Go module of the SDK is: in the installed package, or in the repository.

    Raises:
        CommandError: in neither.
    """
    package = Path(wetware.__file__).parent
    for place in (package / "sdk" / "go", package.parent.parent / "sdk" / "go"):
        if (place / "go.mod").is_file():
            return place
    raise CommandError(
        "the Go module of wetware's SDK is not where it should be", hint="install wetware again"
    )


def _go_mod(name: str, sdk: str) -> str:
    """The go.mod of a project beside its copy of the SDK: with what that requires."""
    version = re.search(r"^go .*$", sdk, re.MULTILINE)
    requires = re.findall(r"^(?:require )?\s*(\S+ v\S+(?: // indirect)?)$", sdk, re.MULTILINE)
    lines = "".join(f"\t{each}\n" for each in ["ww v0.0.0", *requires])
    go = version[0] if version else "go 1.21"
    return f"module {name}\n\n{go}\n\nrequire (\n{lines})\n\nreplace ww => ./ww\n"


def _write(folder: Path, files: dict[str, bytes]) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise CommandError(
            f"{folder} is not empty, and nothing in it is written over",
            hint="name a folder that is new or empty",
        )
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
