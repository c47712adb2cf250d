"""The cache of compiled programs on disk: native code by what it was made from.

Rules that hold here:

1. An entry's name is a hash over everything that went into it (`entry_key`). A program, an engine or a
   machine that differs in anything finds another entry, or none.
2. It is native code. An entry is used only if a keyed BLAKE3 over all of it agrees, whose key is a secret
   of this user in this directory; the directory is checked at the start (`private_directory.py`). Files
   have mode 0600. Nothing but this class writes there: whoever grants directories to programs asks
   `overlaps` first.
3. An entry is written beside its place and renamed, and removed by unlinking, never truncated: it may be
   mapped by a running process. Any number of processes may share the directory; of two that write the same
   entry the last one wins.
4. A damaged entry is removed, with a warning in the log, and counts as missing. The cache is never a reason
   to fail: what cannot be stored is only not stored.
5. The sum of all entries stays within a limit; what was used longest ago goes first. Listing the directory
   takes as long as there are entries, so that a write does it only after a sixteenth of the limit was
   written since the last time, or where the limit would be passed. Processes that write at the same time
   may pass it by that much each.

The check reads all of an entry at each start: 11 ms for 48 MB, 0.05 ms for a small C program (measured),
which is less than any record of earlier checks could be trusted for.

The hash stands behind the code, since the engine maps the file from its beginning and takes no notice of
what follows.
"""

from __future__ import annotations

import contextlib
import logging
import mmap
import os
import re
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from blake3 import blake3

from wetware.wasm.private_directory import cache_root, overlap, private_directory, secret_in

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DEFAULT_MAX_BYTES", "CompiledCache", "entry_key"]

_MANY = 256

DEFAULT_MAX_BYTES = 2 * 1024 * 1024 * 1024

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_MAGIC = b"wwcwasm1"
_MAC_SIZE = 32
_TRAILER_SIZE = len(_MAGIC) + _MAC_SIZE
_KEY = re.compile(r"[0-9a-f]{64}")
_SCRATCH_PREFIX = ".new-"
_SCRATCH_SECONDS = 3600  # a file being written is given up by its writer long before


def entry_key(digest: bytes, *, engine: str, configuration: str, target: str) -> str:
    """The name of an entry.

    Args:
        digest: of the bytecode, as `Cid.digest`.
        engine: the engine's name and exact version.
        configuration: everything that the compiler was told, and how the bytecode was rewritten before.
        target: the machine: architecture, system and the features of its CPU.
    """
    hasher = blake3()
    for part in (digest, engine.encode(), configuration.encode(), target.encode()):
        hasher.update(len(part).to_bytes(8, "little") + part)
    return hasher.hexdigest()


class CompiledCache:
    """Compiled programs in one directory.

    Attributes:
        directory: where they are, as a real path.
        max_bytes: the greatest sum of their sizes.
    """

    def __init__(self, directory: Path | None = None, *, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        """Open or make the cache; by default `compiled` in `cache_root()`.

        Raises:
            UnsafeDirectoryError: somebody else could write in the directory, or it cannot be used.
        """
        self.directory = private_directory(directory or cache_root() / "compiled")
        self.max_bytes = max_bytes
        self._secret = secret_in(self.directory)
        self._listed: int | None = None  # bytes that were there when the directory was last listed
        self._added = 0  # and written since

    def find(self, key: str) -> Path | None:
        """A checked entry, for the engine to map; None where there is none. Counts as a use.

        Another process may remove the entry at any moment after; `load` deals with that.
        """
        path = self._path(key)
        try:
            problem = self._check(key, path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:  # ValueError: it became shorter meanwhile
            problem = f"it cannot be read ({error})"
        if problem:
            self._discard(path, problem)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return path

    def load(self, key: str, deserialize: Callable[[Path], _T]) -> _T | None:
        """What the engine makes of an entry; None where there is none, or none that the engine takes."""
        path = self.find(key)
        if path is None:
            return None
        try:
            return deserialize(path)
        except Exception as error:  # noqa: BLE001 - whatever the engine has against it, it is compiled again
            if path.exists():
                self._discard(path, f"the engine refuses it ({error!s:.200})")
            return None

    def store(self, key: str, compiled: bytes) -> Path | None:
        """Keep a compiled program; its path, or None where it cannot be kept (the log says why)."""
        with contextlib.ExitStack() as cleanup:
            try:
                scratch = self.scratch()
                cleanup.callback(_remove, scratch)
                scratch.write_bytes(compiled)
            except OSError as error:
                _log.warning("a compiled program is not cached: %s", error.strerror or error)
                return None
            return self.adopt(key, scratch)

    def scratch(self) -> Path:
        """A new empty file of ours in the directory, to be filled and then given to `adopt`, or unlinked."""
        import tempfile

        descriptor, name = tempfile.mkstemp(dir=self.directory, prefix=_SCRATCH_PREFIX)
        os.close(descriptor)
        return Path(name)

    def adopt(self, key: str, scratch: Path) -> Path | None:
        """As `store`, for a file from `scratch` that holds the compiled program.

        The file then has its place here. Where it cannot be kept (None), it stays usable, and the caller's.
        """
        path = self._path(key)
        try:
            size = scratch.stat().st_size
            if size + _TRAILER_SIZE > self.max_bytes:
                _log.warning("a compiled program of %d bytes is larger than the whole cache", size)
                return None
            with scratch.open("r+b") as file:
                mac = self._mac(key, file.fileno(), size)
                file.seek(size)
                file.write(_MAGIC + mac)
            self._prune(size + _TRAILER_SIZE)
            scratch.replace(path)
        except OSError as error:
            _log.warning("a compiled program is not cached: %s", error.strerror or error)
            return None
        return path

    def overlaps(self, path: Path | str) -> bool:
        """Whether granting this directory would let a program reach the cache, from above or from inside."""
        return overlap(Path(path), self.directory)

    @property
    def total_bytes(self) -> int:
        """The sum of the sizes of all entries now."""
        return sum(size for _, size, _ in self._entries())

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} was not made by entry_key")
        return self.directory / f"{key}.cwasm"

    def _check(self, key: str, path: Path) -> str:
        """What is wrong with an entry; nothing where it may be used."""
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                return "it is no file"
            if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & 0o022):
                return "others could have written it"
            size = found.st_size - _TRAILER_SIZE
            if size <= 0:
                return "it is cut short"
            file.seek(size)
            trailer = file.read(_TRAILER_SIZE)
            if trailer != _MAGIC + self._mac(key, descriptor, size):
                return "its content is damaged"
        return ""

    def _mac(self, key: str, descriptor: int, size: int) -> bytes:
        """The keyed hash over an entry's name and the first `size` bytes of its file."""
        hasher = blake3(key.encode(), key=self._secret)
        if size:
            with mmap.mmap(descriptor, size, access=mmap.ACCESS_READ) as mapped, memoryview(mapped) as view:
                hasher.update(view)
        return hasher.digest(length=_MAC_SIZE)

    def _discard(self, path: Path, problem: str) -> None:
        _log.warning("%s is removed from the cache of compiled programs: %s", path.name, problem)
        _remove(path)

    def _entries(self) -> list[tuple[float, int, Path]]:
        """Time of last use, size and path of every entry."""
        entries = []
        for path in self.directory.glob("*.cwasm"):
            with contextlib.suppress(OSError):  # another process was faster
                found = path.lstat()
                entries.append((found.st_mtime, found.st_size, path))
        return entries

    def _prune(self, wanted: int) -> None:
        """Make room for an entry, and clear away what writers left that did not live to rename it."""
        self._added += wanted
        if (
            self._listed is not None
            and self._listed + self._added <= self.max_bytes
            and self._added <= self.max_bytes // 16
        ):
            return
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries) + wanted
        # one of many makes room for the next ones, too, which then need no listing
        spare = self.max_bytes // 64 if len(entries) > _MANY and total > self.max_bytes else 0
        for _, size, path in entries:
            if total <= self.max_bytes - spare:
                break
            _remove(path)
            total -= size
        self._listed, self._added = total, 0
        for path in self.directory.glob(f"{_SCRATCH_PREFIX}*"):
            with contextlib.suppress(OSError):
                if path.lstat().st_mtime < time.time() - _SCRATCH_SECONDS:
                    path.unlink()


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
