"""What packages a Python program says it needs, read from where Python programs say it.

A folder says it in `requirements.txt` or, where there is none, in `pyproject.toml` (`[project]
dependencies`); a single file in its own head, as PEP 723 has it (`# /// script`). A folder `wheels` beside
the program holds packages that need not be fetched.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wetware.wasm.python.bundle import BundleError

__all__ = ["WHEELS", "Declared", "declared"]

WHEELS: Final = "wheels"

_REQUIREMENTS: Final = "requirements.txt"
_PROJECT: Final = "pyproject.toml"
_SCRIPT: Final = re.compile(r"^# /// script$\s(?P<content>(?:^#(?:| .*)$\s)+?)^# ///$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a program needs.

    Attributes:
        source: the file that says so; None where nothing is needed.
        folder: where its relative paths begin.
        requirements: what it names, as pip reads it; empty where `source` is itself for pip.
        wheels: the wheels that lie beside the program.
    """

    source: Path | None
    folder: Path
    requirements: tuple[str, ...]
    wheels: tuple[Path, ...]


def declared(path: Path) -> Declared:
    """Read what the program at `path`, a file or a folder, needs.

    Raises:
        BundleError: a file that says it cannot be read.
    """
    folder = path if path.is_dir() else path.parent
    wheels = tuple(sorted((path / WHEELS).glob("*.whl"))) if path.is_dir() else ()
    source = path
    try:
        if not path.is_dir():
            requirements = _of_script(path.read_text(encoding="utf-8"))
        elif (source := path / _REQUIREMENTS).is_file():
            # pip reads it: what the lines mean is its own business
            said = any(line.split("#")[0].strip() for line in source.read_text(encoding="utf-8").splitlines())
            return Declared(source if said else None, folder, (), wheels)
        elif (source := path / _PROJECT).is_file():
            requirements = _strings(tomllib.loads(source.read_text(encoding="utf-8")).get("project", {}))
        else:
            return Declared(None, folder, (), wheels)
    except OSError as error:
        raise BundleError(f"{source} cannot be read: {error.strerror}") from None
    except ValueError as error:  # no UTF-8, or no TOML
        raise BundleError(f"{source} cannot be read: {error}; mend it") from None
    return Declared(source if requirements else None, folder, requirements, wheels)


def _strings(table: object) -> tuple[str, ...]:
    found = table.get("dependencies", []) if isinstance(table, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ValueError("its dependencies are no list of strings")
    return tuple(found)


def _of_script(text: str) -> tuple[str, ...]:
    found = _SCRIPT.search(text)
    if found is None:
        return ()
    lines = (line.removeprefix("# ").removeprefix("#") for line in found["content"].splitlines())
    return _strings(tomllib.loads("\n".join(lines)))
