"""The files of a program for `importlib.resources`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.resources.abc import Traversable, TraversableResources
from typing import IO, Any

__all__ = ["FilesReader"]


class _Node(Traversable):
    """A file or folder of the program, by its path."""

    def __init__(self, files: dict[str, bytes], path: str) -> None:
        self._files = files
        self._path = path

    @property
    def name(self) -> str:
        return self._path.rpartition("/")[2]

    def is_file(self) -> bool:
        return self._path in self._files

    def is_dir(self) -> bool:
        return any(path.startswith(f"{self._path}/") for path in self._files)

    def iterdir(self) -> Iterator[Traversable]:
        start = len(self._path) + 1
        names = {path[start:].partition("/")[0] for path in self._files if path.startswith(f"{self._path}/")}
        return (_Node(self._files, f"{self._path}/{name}") for name in sorted(names))

    def joinpath(self, *descendants: Any) -> Traversable:
        parts = [part for each in descendants for part in str(each).split("/") if part not in {"", "."}]
        return _Node(self._files, "/".join([self._path, *parts]))

    def open(self, mode: str = "r", *arguments: Any, **options: Any) -> IO[Any]:
        binary = io.BytesIO(self.read_bytes())
        return binary if "b" in mode else io.TextIOWrapper(binary, *arguments, **options)

    def read_bytes(self) -> bytes:
        if not self.is_file():
            raise FileNotFoundError(f"this program has no file {self._path}")
        return self._files[self._path]

    def read_text(self, encoding: str | None = None, errors: str | None = None) -> str:
        return self.read_bytes().decode(encoding or "utf-8", errors or "strict")


class FilesReader(TraversableResources):
    """What belongs to one package."""

    def __init__(self, files: dict[str, bytes], path: str) -> None:
        self._root = _Node(files, path)

    def files(self) -> Traversable:
        return self._root
