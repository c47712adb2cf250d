"""The packages that a program brought with it, for `importlib.metadata`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution
from typing import Any

__all__ = ["distributions"]


class _Packed(Distribution):
    """A package, by the folder of its metadata."""

    def __init__(self, files: dict[str, bytes], folder: str) -> None:
        self._packed = files
        self._folder = folder

    def read_text(self, filename: Any) -> str | None:
        content = self._packed.get(f"{self._folder}/{filename}")
        return None if content is None else content.decode()

    def locate_file(self, path: Any) -> Any:
        raise NotImplementedError(f"{path} is in an archive: read it with importlib.resources")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def distributions(files: dict[str, bytes], name: str | None) -> Iterator[Distribution]:
    """Those of a program's files that have this name, or all."""
    for path in sorted(files):
        folder, _, file = path.partition("/")
        if file == "METADATA" and folder.endswith(".dist-info"):
            called = folder.removesuffix(".dist-info").rpartition("-")[0]
            if name is None or _plain(called) == _plain(name):
                yield _Packed(files, folder)
