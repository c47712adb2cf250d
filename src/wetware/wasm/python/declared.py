"""What packages a Python program says it needs, read from where Python programs say it.

A folder says it in `requirements.txt` or, where there is none, in `pyproject.toml` (`[project]
dependencies`); a single file in its own head, as PEP 723 has it (`# /// script`). A folder `wheels` beside
the program holds packages that need not be fetched.

What is named is to be a package of an index, or a wheel: pip would run the code of anything else to make a
wheel of it, and is not asked to.
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
_INCLUDED: Final = re.compile(r"(?:-r|--requirement)[\s=]*(.+)")
_EDITABLE: Final = ("-e ", "-e=", "--editable")
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
            said = _lines(source, set())
            for line in said:
                _check_is_package(line, source, folder)
            return Declared(source if said else None, folder, (), wheels)
        elif (source := path / _PROJECT).is_file():
            requirements = _strings(tomllib.loads(source.read_text(encoding="utf-8")).get("project", {}))
        else:
            return Declared(None, folder, (), wheels)
    except OSError as error:
        raise BundleError(f"{source} cannot be read: {error.strerror}") from None
    except ValueError as error:  # no UTF-8, or no TOML
        raise BundleError(f"{source} cannot be read: {error}; mend it") from None
    for requirement in requirements:
        _check_is_package(requirement, source, folder)
    return Declared(source if requirements else None, folder, requirements, wheels)


def _lines(path: Path, seen: set[Path]) -> list[str]:
    """What a requirements file, and those that it includes, say, without comments."""
    if path in seen:
        return []
    seen.add(path)
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in joined.splitlines():
        text = re.sub(r"(^|\s)#.*$", "", line).strip()
        included = _INCLUDED.match(text)
        if included is not None:
            found += _lines(path.parent / included[1].strip(), seen)
        elif text:
            found.append(text)
    return found


def _check_is_package(requirement: str, source: Path, folder: Path) -> None:
    """Refuse what pip would have to build."""
    named = requirement.split(" --", maxsplit=1)[0].split(";", maxsplit=1)[0].strip()
    place = named.partition(" @ ")[2].strip() or (named if not named.startswith("--") else "")
    if named.startswith(_EDITABLE):
        wrong = True
    elif ":" in place or "/" in place or named.startswith("."):
        wrong = not re.search(r"\.whl(#|$)", place)
    else:
        wrong = bool(place) and (folder / place).is_dir() and (folder / place / _PROJECT).exists()
    if wrong:
        raise BundleError(
            f"{source.name} names {named}, which is no wheel, and making one runs its code: do that yourself "
            "(pip wheel --no-deps -w wheels …), and name the package"
        )


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
