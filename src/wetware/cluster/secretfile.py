"""Files that hold a secret: written whole or not at all, for their owner's eyes alone.

`keyfile` holds the rules of the modes; here are secrets that are no node keys.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING, Final

from wetware.cluster.keyfile import check_private
from wetware.errors import LocalError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load_or_create_secret", "read_private", "write_private"]

_SECRET_BYTES: Final = 32


def read_private(path: Path, largest: int = 65_536) -> bytes:
    """Read a file that only its owner may read.

    Raises:
        LocalError: it cannot be read, is open to others, or is too large.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:
            check_private(path, os.fstat(file.fileno()))
            content = file.read(largest + 1)
    except OSError as error:
        raise LocalError(f"cannot read {path}: {error.strerror}") from error
    if len(content) > largest:
        raise LocalError(f"{path} is too large to be what it should be")
    return content


def write_private(path: Path, content: bytes, *, replace: bool) -> bool:
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
        raise LocalError(f"cannot write {path}: {error.strerror}") from error
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
