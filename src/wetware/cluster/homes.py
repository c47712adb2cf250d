"""Where a user's keys are kept: the data directory, and the files of the cluster key in it.

$WW_DATA, or $XDG_DATA_HOME/wetware, or ~/.local/share/wetware
    account.key          the account of this user, an Ed25519 key (PEM)
    cluster.key          the cluster key, or keys: one a line, the one in use first
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.keyfile import load_or_create_key
from wetware.cluster.secretfile import private_directory, read_private, write_private
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.cluster.identity import NodeKey

__all__ = ["account_key", "cluster_key_path", "data_path", "load_ring", "save_ring"]

_HEADER: Final = b"# wetware cluster key: whoever reads it can join the cluster. The first line is in use.\n"


def data_path(environment: Mapping[str, str] | None = None) -> Path:
    """The data directory; it may not be there yet.

    Raises:
        LocalError: there is no saying where it would be.
    """
    environment = os.environ if environment is None else environment
    if environment.get("WW_DATA"):
        return Path(environment["WW_DATA"])
    base = environment.get("XDG_DATA_HOME")
    try:
        return (Path(base) if base else Path.home() / ".local" / "share") / "wetware"
    except RuntimeError:
        raise LocalError("this user has no home directory: name a directory for keys in WW_DATA") from None


def cluster_key_path(environment: Mapping[str, str] | None = None) -> Path:
    """Where the cluster key is unless it is said otherwise (`WW_CLUSTER_KEY`)."""
    environment = os.environ if environment is None else environment
    named = environment.get("WW_CLUSTER_KEY")
    return Path(named) if named else data_path(environment) / "cluster.key"


def account_key() -> NodeKey:
    """The key of this user's account; it is made at first use."""
    return load_or_create_key(data_path() / "account.key")


def load_ring(path: Path) -> KeyRing:
    """Read the cluster key, or keys.

    Raises:
        LocalError: it cannot be read, others could read it, or it is damaged.
    """
    try:
        lines = read_private(path).decode("ascii").splitlines()
    except UnicodeDecodeError:
        raise LocalError(f"{path} holds no cluster key") from None
    keys = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text and not text.startswith("#"):
            try:
                keys.append(ClusterKey.parse(text))
            except LocalError as error:
                raise LocalError(f"{path}, line {number}: {error}") from None
    if not keys:
        raise LocalError(f"{path} holds no cluster key: make one with `ww cluster key create`")
    return KeyRing(keys)


def save_ring(path: Path, ring: KeyRing, *, replace: bool) -> bool:
    """Write a key ring; whether it was written: not over another unless it is to be replaced."""
    if not path.parent.exists():
        private_directory(path.parent)
    content = _HEADER + b"".join(key.show().encode() + b"\n" for key in ring.keys)
    return write_private(path, content, replace=replace)
