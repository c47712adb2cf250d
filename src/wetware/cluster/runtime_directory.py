"""Where the nodes of one user on one machine find each other: a directory that nobody else can enter.

    $WW_RUNTIME, or $XDG_RUNTIME_DIR/wetware, or /tmp/wetware-$UID
        runtime.key          a key of its own, made by whoever comes first
        nodes/12D3KooW….json an entry for each node: address, pid, namespace

Rules that hold here:

1. The directory has mode 0700 and belongs to this user, or it is not used (`keyfile.private_directory`).
2. An entry appears whole, by rename, and is removed at the node's end. While the node lives it holds a lock
   on the entry, which the system lets go of however the node ends: an entry without its lock is stale, is
   never given, and is cleaned up (test_stale_entries).
3. What stands in an entry is checked as if a stranger had written it, and bounded.

The named tests are in `tests/cluster/test_runtime_directory.py`.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from wetware.cluster.addresses import Address, parse_address
from wetware.cluster.clusterkey import ClusterKey
from wetware.cluster.identity import PeerId
from wetware.cluster.locks import CAN_LOCK, is_locked, lock
from wetware.cluster.secretfile import load_or_create_secret, private_directory
from wetware.errors import LocalError, WetwareError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Entry", "Registration", "RuntimeDirectory", "runtime_path"]

_LARGEST_ENTRY: Final = 4096
_MAX_ENTRIES: Final = 1024


def runtime_path(environment: Mapping[str, str] | None = None) -> Path:
    """Where the directory is, or will be."""
    environment = os.environ if environment is None else environment
    if environment.get("WW_RUNTIME"):
        return Path(environment["WW_RUNTIME"])
    if environment.get("XDG_RUNTIME_DIR"):
        return Path(environment["XDG_RUNTIME_DIR"]) / "wetware"
    user = getattr(os, "getuid", lambda: "user")()
    return Path(tempfile.gettempdir()) / f"wetware-{user}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a node says of itself to others of the same user.

    Attributes:
        peer: the node.
        address: where it listens.
        pid: its operating-system process.
        ns: its namespace.
        started: when it started, in seconds since 1970.
    """

    peer: PeerId
    address: Address
    pid: int
    ns: str
    started: float


class Registration:
    """A node's entry, for as long as the node lives."""

    __slots__ = ("_content", "_file", "_path")

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
        self._content = content
        self._file: IO[bytes] | None = None
        self._write()

    def _write(self) -> None:
        draft = self._path.with_name(f".{self._path.name}.{secrets.token_hex(8)}")
        try:
            descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            file = os.fdopen(descriptor, "r+b")
            lock(file)
            file.write(self._content)
            file.flush()
            draft.replace(self._path)
        except OSError as error:
            raise LocalError(f"cannot write {self._path}: {error.strerror}") from error
        if self._file is not None:
            self._file.close()
        self._file = file

    def refresh(self) -> None:
        """Write the entry again if somebody has removed or replaced it."""
        if self._file is None:
            return
        with contextlib.suppress(OSError, LocalError):
            try:
                there = self._path.stat().st_ino == os.fstat(self._file.fileno()).st_ino
            except FileNotFoundError:
                there = False
            if not there:
                self._write()

    def close(self) -> None:
        """The node ends."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            if self._path.stat().st_ino == os.fstat(self._file.fileno()).st_ino:
                self._path.unlink()
        self._file.close()
        self._file = None


class RuntimeDirectory:
    """The directory. It is made, or checked, at once.

    Raises:
        LocalError: it cannot be made, or is not this user's alone.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = runtime_path() if path is None else path
        if path.is_symlink() and path.lstat().st_uid != path.stat().st_uid:
            raise LocalError(f"{path} is another user's link: name another directory in WW_RUNTIME")
        self.path = private_directory(path)
        self._nodes = private_directory(self.path / "nodes")

    def key(self) -> ClusterKey:
        """The key of this user's nodes on this machine."""
        return ClusterKey(load_or_create_secret(self.path / "runtime.key"))

    def register(self, entry: Entry) -> Registration:
        """Tell others of a node."""
        content = {
            "peer": str(entry.peer),
            "address": str(entry.address),
            "pid": entry.pid,
            "ns": entry.ns,
            "started": entry.started,
        }
        return Registration(self._nodes / f"{entry.peer}.json", json.dumps(content).encode() + b"\n")

    def entries(self, ns: str | None = None) -> list[Entry]:
        """The nodes that live, the one that started last first; those of a namespace, if it is given."""
        found = []
        try:
            paths = sorted(self._nodes.glob("*.json"))[:_MAX_ENTRIES]
        except OSError:
            return []
        for path in paths:
            entry = _read(path)
            if entry is not None and ns in (None, entry.ns):
                found.append(entry)
        return sorted(found, key=lambda entry: entry.started, reverse=True)


def _read(path: Path) -> Entry | None:
    try:
        if not path.is_file():  # opening anything else could wait, or do something
            return None
        with path.open("rb") as file:
            if CAN_LOCK and not is_locked(file):
                # still the one that was looked at? A node of the same key may have come back meanwhile
                if path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                    path.unlink()
                return None
            content = file.read(_LARGEST_ENTRY + 1)
    except OSError:
        return None
    try:
        entry: Any = json.loads(content)
        found = Entry(
            PeerId.parse(str(entry["peer"])),
            parse_address(str(entry["address"])),
            int(entry["pid"]),
            str(entry["ns"]),
            float(entry["started"]),
        )
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, WetwareError):
        return None
    if not math.isfinite(found.started):
        return None
    if not CAN_LOCK and not _runs(found.pid):  # pragma: no cover - where there are no locks
        path.unlink(missing_ok=True)
        return None
    return found


def _runs(pid: int) -> bool:  # pragma: no cover - where there are no locks
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
