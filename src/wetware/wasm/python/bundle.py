"""A Python program as one piece of bytes: its files in a zip archive, and nothing else.

Rules that hold here:

1. The same files give the same bytes, on any machine: names are sorted, times and modes are not kept,
   nothing is compressed. So the archive's CID names the program.
2. An archive may come from anyone: the number of its files, their size and their names are checked before
   anything is unpacked.
3. A program begins in `__main__.py`. A single file becomes that.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wetware.errors import LimitError, LocalError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MAIN",
    "MAX_BYTES",
    "MAX_FILES",
    "BundleError",
    "bundle",
    "check_name",
    "collect",
    "is_bundle",
    "pack",
    "unbundle",
]

MAIN: Final = "__main__.py"
MAX_FILES: Final = 5_000
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_NAME: Final = 1_000

_LEFT_OUT: Final = frozenset({"__pycache__", "node_modules", "venv"})
_LEFT_OUT_AT_THE_TOP: Final = frozenset({"build", "dist", "tests"})
_LEFT_OUT_ENDINGS: Final = (
    ".pyc",
    ".pyz",
    ".whl",
)  # what was made from a program, or belongs into it unpacked
_USUAL_NAMES: Final = ("app.py", "main.py", "run.py", "cli.py")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3  # said of every archive, wherever it is made


class BundleError(LocalError):
    """The folder or archive is no Python program."""


def is_bundle(source: bytes) -> bool:
    """Whether bytes look like an archive."""
    return source[:4] == b"PK\x03\x04"


def bundle(path: str) -> bytes:
    """The archive of a program on disk; errors as `collect`."""
    return pack(collect(path))


def collect(path: str | os.PathLike[str]) -> dict[str, bytes]:
    """The files of a program on disk, by their names in its archive.

    Hidden files, caches, environments and archives stay out, as do the folders `build`, `dist` and `tests`
    at the top.

    Raises:
        BundleError: a folder without `__main__.py`, or a file that cannot be read.
        LimitError: more than `MAX_FILES` files or `MAX_BYTES` bytes.
    """
    root = Path(path)
    try:
        found = _folder(root) if root.is_dir() else {MAIN: root}
        if MAIN not in found:
            raise BundleError(_no_main(root))
        files: dict[str, bytes] = {}
        total = 0
        for name, file in found.items():
            files[name] = file.read_bytes()
            total += len(files[name])
            _check(len(found), total)
    except OSError as error:
        raise BundleError(f"{error.filename or path} cannot be read: {error.strerror}") from None
    return files


def _no_main(root: Path) -> str:
    said = f"the folder {root} has no {MAIN}: "
    usual = next((name for name in _USUAL_NAMES if (root / name).is_file()), None)
    if usual is not None:
        return f"{said}rename its {usual} to {MAIN}, or give that file: {root / usual}"
    return f"{said}put what is to be run into a file of that name"


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of files by their names: the same files give the same bytes.

    Raises:
        LimitError: more than `MAX_FILES` files or `MAX_BYTES` bytes.
    """
    _check(len(files), sum(map(len, files.values())))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            archive.writestr(entry, files[name])
    return out.getvalue()


def _folder(root: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for directory, below, names in os.walk(root):
        left_out = _LEFT_OUT | _LEFT_OUT_AT_THE_TOP if Path(directory) == root else _LEFT_OUT
        below[:] = [name for name in below if name not in left_out and not name.startswith(".")]
        for name in names:
            path = Path(directory, name)
            if name.startswith(".") or name.endswith(_LEFT_OUT_ENDINGS):
                continue
            if not stat.S_ISREG(path.stat().st_mode):
                continue
            found[path.relative_to(root).as_posix()] = path
            _check(len(found), 0)
    return found


def _check(files: int, size: int) -> None:
    for what, used, allowed in (("files", files, MAX_FILES), ("bytes", size, MAX_BYTES)):
        if used > allowed:
            raise LimitError(
                f"the program has more than {allowed} {what}; leave out what it does not need, or give "
                "it data through a granted directory",
                limit=f"bundle-{what}",
                used=used,
                allowed=allowed,
            )


def unbundle(source: bytes) -> dict[str, bytes]:
    """The files of an archive.

    Raises:
        BundleError: it is damaged, encrypted, names files outside itself, or has no `__main__.py`.
        LimitError: as `bundle`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(len(entries), sum(entry.file_size for entry in entries))
            files: dict[str, bytes] = {}
            for entry in entries:
                check_name(entry.filename)
                with archive.open(entry) as file:
                    # one byte more than was announced would show a lie about the size
                    files[entry.filename] = file.read(entry.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise BundleError(f"the archive cannot be read: {error}; make it again") from None
    _check(len(files), sum(map(len, files.values())))
    if MAIN not in files:
        raise BundleError(f"the archive has no {MAIN}, so there is nothing to begin with")
    return files


def check_name(name: str) -> None:
    """Refuse a file's name that leads out of its archive, with a `BundleError`."""
    parts = name.split("/")
    if len(name) > MAX_NAME or "\\" in name or not all(parts) or {".", ".."} & set(parts):
        raise BundleError(f"the archive has a file {name[:80]!r}, whose name leads out of it; make it again")
