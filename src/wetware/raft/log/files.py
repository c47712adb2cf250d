"""The few things a log asks of a file system, and the operating system's answer to them.

Rules that hold here:

1. One `FileSystem` is one flat directory; a name never contains a separator.
2. A write is at an explicit offset and whole: it writes everything or raises.
3. Nothing is durable before `sync`: contents need the file's, names need the directory's.
4. Only what exists in a WASI guest is required; everything better has a fallback (`fdatasync`, `flock`,
   `fallocate`).
5. Errors leave as `OSError`: what a failed write means is the log's to say, not the file's.

The tests put a file system in this place that loses, tears and flips (`wetware.raft.testing.disk`).
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Protocol

from wetware.raft.log.errors import LogLockedError

try:
    import fcntl
except ImportError:  # WASI and Windows have none; `_Fence` stands in for its locks
    _FLOCK = False
    _FULL_SYNC: int | None = None
else:
    _FLOCK = True
    _FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: its fsync does not reach the platter

__all__ = ["File", "FileSystem", "Lock", "OsFileSystem"]

LOCK_NAME = "lock"
TOKEN_SIZE = 16


class File(Protocol):
    """One open file."""

    def read_at(self, offset: int, size: int) -> bytes:
        """Up to `size` bytes from `offset`; fewer only where the file ends."""

    def write_at(self, offset: int, data: bytes | bytearray | memoryview) -> None:
        """Write all of `data` at `offset`, or raise `OSError`."""

    def reserve(self, size: int) -> None:
        """Make the file at least `size` bytes long, the new ones zero, where that makes syncs cheaper."""

    def truncate(self, size: int) -> None:
        """Cut the file to `size` bytes."""

    def sync(self) -> None:
        """Return once contents and length are on the disk."""

    def size(self) -> int:
        """The file's length in bytes."""

    def close(self) -> None:
        """Let go of it, without a sync. Closing twice is harmless."""


class Lock(Protocol):
    """The right to write to a directory."""

    def check(self) -> None:
        """Raise `LogLockedError` where another writer has taken over."""

    def release(self) -> None:
        """Give the right back. Releasing twice is harmless."""


class FileSystem(Protocol):
    """One flat directory."""

    def names(self) -> list[str]:
        """The names in the directory, sorted."""

    def create(self, name: str) -> File:
        """A new, empty file, readable and writable by its owner only; replaces what had the name."""

    def open(self, name: str) -> File:
        """An existing file, for reading and writing."""

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, atomically replacing what had it."""

    def remove(self, name: str) -> None:
        """Remove a name; `FileNotFoundError` where there is none."""

    def sync(self) -> None:
        """Return once the names are on the disk."""

    def lock(self) -> Lock:
        """Become the directory's writer; `LogLockedError` where another one is."""

    def token(self, size: int) -> bytes:
        """`size` bytes that no earlier call, here or elsewhere, has returned."""


class OsFile:
    """A file of the operating system; as `File` says."""

    def __init__(self, path: Path, flags: int = 0) -> None:
        self._fd = os.open(
            path, flags | os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), 0o600
        )

    def read_at(self, offset: int, size: int) -> bytes:
        parts = []
        while size > 0:
            part = self._read(offset, size)
            if not part:
                break
            parts.append(part)
            offset += len(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def write_at(self, offset: int, data: bytes | bytearray | memoryview) -> None:
        view = memoryview(data)
        while view:
            written = self._write(offset, view)
            if written == 0:
                raise OSError(errno.EIO, "the operating system wrote nothing and gave no reason")
            offset += written
            view = view[written:]

    if hasattr(os, "pread"):

        def _read(self, offset: int, size: int) -> bytes:
            return os.pread(self._fd, size, offset)

        def _write(self, offset: int, data: memoryview) -> int:
            return os.pwrite(self._fd, data, offset)

    else:

        def _read(self, offset: int, size: int) -> bytes:
            os.lseek(self._fd, offset, os.SEEK_SET)
            return os.read(self._fd, size)

        def _write(self, offset: int, data: memoryview) -> int:
            os.lseek(self._fd, offset, os.SEEK_SET)
            return os.write(self._fd, data)

    def reserve(self, size: int) -> None:
        # measured on ext4: a sync after an append into reserved space takes 76 µs, after one that grows the
        # file 115 µs
        if hasattr(os, "posix_fallocate"):
            try:
                os.posix_fallocate(self._fd, 0, size)
            except OSError as error:
                if error.errno not in _UNSUPPORTED:
                    raise

    def truncate(self, size: int) -> None:
        os.ftruncate(self._fd, size)

    def sync(self) -> None:
        _sync(self._fd)

    def size(self) -> int:
        return os.fstat(self._fd).st_size

    def fileno(self) -> int:
        return self._fd

    def close(self) -> None:
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)


# what a file system says that cannot do the thing at all, as opposed to one that tried and failed
_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENODEV}


def _sync(fd: int) -> None:
    """Contents, and the length needed to find them; not the time stamps."""
    if _FULL_SYNC is not None:
        try:
            fcntl.fcntl(fd, _FULL_SYNC)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise
        else:
            return
    if hasattr(os, "fdatasync"):
        os.fdatasync(fd)
    else:
        os.fsync(fd)


class OsFileSystem:
    """A directory of the operating system, created where it is missing (mode 0700; its files get 0600)."""

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = Path(directory)
        if not self.directory.is_dir():
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_directory(self.directory.parent)

    def names(self) -> list[str]:
        """As `FileSystem.names`."""
        return sorted(os.listdir(self.directory))  # noqa: PTH208 - names are wanted, not paths

    def create(self, name: str) -> OsFile:
        """As `FileSystem.create`."""
        return OsFile(self.directory / name, os.O_CREAT | os.O_TRUNC)

    def open(self, name: str) -> OsFile:
        """As `FileSystem.open`."""
        return OsFile(self.directory / name)

    def rename(self, old: str, new: str) -> None:
        """As `FileSystem.rename`."""
        (self.directory / old).replace(self.directory / new)

    def remove(self, name: str) -> None:
        """As `FileSystem.remove`."""
        (self.directory / name).unlink()

    def sync(self) -> None:
        """As `FileSystem.sync`."""
        _sync_directory(self.directory)

    def lock(self) -> Lock:
        """As `FileSystem.lock`."""
        file = OsFile(self.directory / LOCK_NAME, os.O_CREAT)
        if _flock(file, self.directory):
            return _Flock(file)
        return _Fence(file, self.token(TOKEN_SIZE))

    def token(self, size: int) -> bytes:
        """As `FileSystem.token`."""
        return os.urandom(size)


def _sync_directory(directory: Path) -> None:
    try:
        fd = os.open(directory, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except PermissionError:
        return  # Windows opens no directories, and makes names durable by itself
    try:
        os.fsync(fd)
    except OSError as error:
        # EBADF, EISDIR: WASI hosts that open a directory and cannot sync it; nothing more can be done there
        if error.errno not in _UNSUPPORTED | {errno.EBADF, errno.EISDIR}:
            raise
    finally:
        os.close(fd)


def _flock(file: OsFile, directory: Path) -> bool:
    """Whether the lock was taken; False where this system or this mount has no such locks."""
    if not _FLOCK:
        return False
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _UNSUPPORTED | {errno.ENOLCK}:
            return False
        file.close()
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            raise LogLockedError(
                f"another writer holds the log in {str(directory)!r}: stop it first, or use another directory"
            ) from None
        raise
    return True


class _Flock:
    """`flock`: the kernel releases it when its holder dies, so a crash leaves nothing to clean up."""

    def __init__(self, file: OsFile) -> None:
        self._file = file

    def check(self) -> None:
        """The kernel keeps it."""

    def release(self) -> None:
        self._file.close()


class _Fence:
    """Without `flock`: the newest opener wins, and the one before it finds out at its next append.

    A file that merely exists would outlive a crash and need a human to remove it. Between check and write is
    a window in which two writers may still overlap: where `flock` exists it is used instead.
    """

    def __init__(self, file: OsFile, token: bytes) -> None:
        self._file = file
        self._token = token
        file.write_at(0, token)

    def check(self) -> None:
        if self._file.read_at(0, TOKEN_SIZE) != self._token:
            raise LogLockedError(
                "another writer has opened this log since: let only one process use the directory"
            )

    def release(self) -> None:
        self._file.close()
