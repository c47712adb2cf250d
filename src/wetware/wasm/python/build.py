"""Builds a Python program: its files and the packages that it needs, in one archive."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wetware.wasm.python.bundle import collect, pack
from wetware.wasm.python.declared import declared
from wetware.wasm.python.fetch import fetch
from wetware.wasm.python.wheels import Wheel, merge, read_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Built", "build"]


@dataclass(frozen=True, slots=True)
class Built:
    """A built program.

    Attributes:
        content: the archive; it depends on the files and the packages alone.
        files: how many files are in it.
        wheels: the packages in it.
    """

    content: bytes
    files: int
    wheels: Sequence[Wheel]


def build(
    path: Path, *, links: Sequence[Path] = (), say: Callable[[str], object] = lambda _line: None
) -> Built:
    """Build the program at `path`, a file or a folder with a `__main__.py`.

    A folder `wheels` beside it, and `links`, are the only source of packages where there are any: those that
    the program names are taken from there, with what they need; all of `wheels` where it names none.

    Args:
        path: the program.
        links: further directories of wheels.
        say: told what goes on, a line each.

    Raises:
        BundleError: no program, or a package that cannot be part of one.
        LimitError: too large.
        BrokenError: the package index is out of reach.
    """
    program = collect(path)
    needed = declared(path)
    places = [*sorted({wheel.parent for wheel in needed.wheels}), *links]
    if needed.source is None:
        wheels = [read_wheel(wheel) for wheel in needed.wheels]
    else:
        with tempfile.TemporaryDirectory(prefix="ww-build-") as scratch:
            fetched = fetch(needed, Path(scratch), links=places, say=say)
            wheels = [read_wheel(wheel) for wheel in fetched]
    wheels.sort(key=lambda wheel: wheel.name.lower())
    files = merge(program, wheels)
    return Built(pack(files), len(files), wheels)
