"""Files that hold a secret: written whole or not at all, for their owner's eyes alone.

`keyfile` says what that means for a node's key, and names the tests.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from typing import TYPE_CHECKING, Final

from wetware.errors import LocalError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load_or_create_secret", "private_directory", "read_beginning", "read_private", "write_private"]

_SECRET_BYTES: Final = 32


def private_directory(path: Path) -> Path:
    """Make a directory of mode 0700, or check the one that is there.

    Raises:
        LocalError: it cannot be made, is not ours, or others may use it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=0o700)
        found = path.stat()
    except OSError as error:
        raise LocalError(f"cannot make the directory {path}: {error.strerror}") from error
    if not stat.S_ISDIR(found.st_mode):
        raise LocalError(f"{path} is no directory")
    _only_ours(path, found, 0o077, "chmod 700")
    return path


def read_beginning(path: Path, most: int, *, called: str = "") -> bytes:
    """Read up to `most` bytes of a file that only its owner may read.

    Raises:
        LocalError: it cannot be read (its name is `called` then), or is open to others.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:
            _check_private(path, os.fstat(file.fileno()))
            return file.read(most)
    except OSError as error:
        raise LocalError(f"cannot read {called or path}: {error.strerror}") from error


def read_private(path: Path, largest: int = 65_536) -> bytes:
    """Read a file that only its owner may read.

    Raises:
        LocalError: it cannot be read, is open to others, or is too large.
    """
    content = read_beginning(path, largest + 1)
    if len(content) > largest:
        raise LocalError(f"{path} is too large to be what it should be")
    return content


def write_private(path: Path, content: bytes, *, replace: bool, called: str = "") -> bool:
    """Write a file of mode 0600 as a whole; whether it was written: not where one is there already.

    Raises:
        LocalError: it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            if replace:
                draft.replace(path)
                return True
            # a link, unlike a rename, never replaces what appeared meanwhile
            os.link(draft, path)
        except FileExistsError:
            return False
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise LocalError(f"cannot write {called or path}: {error.strerror}") from error
    return True


def load_or_create_secret(path: Path) -> bytes:
    """32 random bytes that are the same for whoever asks first and whoever asks later."""
    with contextlib.suppress(FileNotFoundError):
        path.stat()
        return _secret(path)
    write_private(path, secrets.token_bytes(_SECRET_BYTES), replace=False)
    return _secret(path)


def _secret(path: Path) -> bytes:
    content = read_private(path)
    if len(content) != _SECRET_BYTES:
        raise LocalError(f"{path} is damaged: remove it, and start the nodes of this machine anew")
    return content


def _check_private(path: Path, found: os.stat_result) -> None:
    """See that something opened is a file that its owner alone may use.

    Raises:
        LocalError: it is not.
    """
    if not stat.S_ISREG(found.st_mode):
        raise LocalError(f"{path} is no file")
    _only_ours(path, found, 0o077, "chmod 600")


def _only_ours(path: Path, found: os.stat_result, forbidden: int, remedy: str) -> None:
    getuid = getattr(os, "getuid", None)  # other systems have no such modes
    if getuid is None:
        return
    if found.st_uid != getuid():
        raise LocalError(f"{path} belongs to another user: use a directory of your own")
    if found.st_mode & forbidden:
        raise LocalError(f"{path} is open to other users (mode {found.st_mode & 0o777:o}): {remedy} {path}")
