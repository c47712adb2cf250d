"""Where a node's key is kept: a PEM file (PKCS #8) that its owner alone can read.

Rules that hold here:

1. The file has mode 0600 and stands in a directory of mode 0700 from the moment it exists; a key that others
   could read, or a directory that others could write to, is refused (test_an_open_key_is_refused).
2. It is written whole or not at all, and never over another: of two nodes that start at once, both use the
   key of the first (test_two_first_starts_share_one_key).

The named tests are in `tests/cluster/test_identity.py`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from typing import TYPE_CHECKING, Final

from wetware.cluster.identity import KEY_BYTES, NodeKey
from wetware.errors import LocalError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_private", "ephemeral_key", "load_key", "load_or_create_key", "private_directory"]

_LONGEST: Final = 4096


def ephemeral_key() -> NodeKey:
    """A new key that is kept nowhere."""
    return NodeKey(secrets.token_bytes(KEY_BYTES))


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


def load_key(path: Path) -> NodeKey:
    """Read a node's key.

    Raises:
        LocalError: there is none, others could read it, or it is no Ed25519 key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:
            check_private(path, os.fstat(file.fileno()))
            content = file.read(_LONGEST)
    except OSError as error:
        raise LocalError(f"cannot read the key {path}: {error.strerror}") from error
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise LocalError(f"{path} holds no private key that can be read without a password") from error
    except Exception as error:
        raise LocalError(f"{path} holds a key of an unknown kind") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LocalError(f"{path} holds no Ed25519 key")
    return NodeKey(key.private_bytes_raw())


def load_or_create_key(path: Path) -> NodeKey:
    """Read a node's key, or make it at the first start.

    Raises:
        LocalError: see `load_key` and `private_directory`.
    """
    private_directory(path.parent)
    if not path.exists():
        _write(path, ephemeral_key())
    return load_key(path)


def _write(path: Path, key: NodeKey) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    pem = key.private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            # a link, unlike a rename, never replaces a key that appeared meanwhile
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink()
    except OSError as error:
        raise LocalError(f"cannot write the key {path}: {error.strerror}") from error


def check_private(path: Path, found: os.stat_result) -> None:
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
