"""Where a node's key is kept: a PEM file (PKCS #8) that its owner alone can read.

Rules that hold here:

1. As all secrets (`secretfile`), the file has mode 0600 and stands in a directory of mode 0700 from the
   moment it exists; a key that others could read, or a directory that others could write to, is refused
   (test_an_open_key_is_refused).
2. It is written whole or not at all, and never over another: of two nodes that start at once, both use the
   key of the first (test_two_first_starts_share_one_key).

The named tests are in `tests/cluster/test_identity.py`.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from wetware.cluster.identity import KEY_BYTES, NodeKey
from wetware.cluster.secretfile import private_directory, read_beginning, write_private
from wetware.errors import LocalError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ephemeral_key", "load_key", "load_or_create_key", "private_directory"]

_LONGEST: Final = 4096


def ephemeral_key() -> NodeKey:
    """A new key that is kept nowhere."""
    return NodeKey(secrets.token_bytes(KEY_BYTES))


def load_key(path: Path) -> NodeKey:
    """Read a node's key.

    Raises:
        LocalError: there is none, others could read it, or it is no Ed25519 key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    content = read_beginning(path, _LONGEST, called=f"the key {path}")
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
    write_private(path, pem, replace=False, called=f"the key {path}")
