"""Directories of a node, as capabilities: whoever holds one may have programs of that node given it.

Rules that hold here:

1. Whoever runs a node names its volumes. Who is given one learns no path of this machine, and reaches what is
   in it through programs only (test_a_program_keeps_files).
2. One writer, or many readers: while a process may write to a directory, no other process is given it, nor
   what is above or below. So one that its holder has lost from sight keeps its files until it has ended
   (test_one_writer_or_many_readers), and a node keeps its volumes for itself while it runs
   (test_a_volume_belongs_to_one_node).
3. No symbolic link is followed on the way to a directory of a volume: programs can make them
   (test_links_lead_nowhere).
4. A volume holds nothing that the node itself relies on: neither keys nor compiled code
   (test_what_can_be_no_volume).

The named tests are in `tests/services/test_volumes.py`.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.exceptions import FailedError
from wetware.capnp.vat import local
from wetware.errors import LimitError, LocalError
from wetware.schema.core_capnp import Volume_Server
from wetware.wasm.private_directory import cache_root, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wetware.schema.core_capnp import SpawnRequest_Directory
    from wetware.services.process import Process
    from wetware.wasm.wasi.setup import Directory

__all__ = ["VOLUME", "InUse", "VolumeServer", "own_volume", "reserved", "wanted"]

VOLUME: Final = "volume:"
"""How the names of volumes begin in a session, and in a policy's grants."""
MAX_DIRECTORIES: Final = 16
"""Directories that one process is given."""
MAX_DEPTH: Final = 16
MAX_NAME: Final = 255
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class VolumeServer(Volume_Server):
    """A directory in a volume, or the whole of it.

    Args:
        root: the volume's directory, all links resolved.
        inside: the names that lead from there to this one.
        writable: whether programs may write to it.
    """

    __slots__ = ("_inside", "_root", "_writable")

    def __init__(self, root: Path, inside: tuple[str, ...] = (), *, writable: bool = True) -> None:
        self._root = root
        self._inside = inside
        self._writable = writable

    async def directory(self, *, name: str, context: Any) -> Any:
        if not name or name in (".", "..") or any(bad in name for bad in ("/", "\\", "\0")):
            raise LocalError(f"{name[:60]!r} is no name of a directory in a volume")
        if len(os.fsencode(name)) > MAX_NAME or len(self._inside) >= MAX_DEPTH:
            raise LimitError("a name of a directory is too long, or leads too deep", limit="path")
        return {"volume": VolumeServer(self._root, (*self._inside, name), writable=self._writable)}

    async def read_only(self, *, context: Any) -> Any:
        return {"volume": VolumeServer(self._root, self._inside, writable=False)}

    async def writable(self, *, context: Any) -> Any:
        return {"writable": self._writable}

    def opened(self, path: str) -> Directory:
        """The directory, to be seen by a program under a path; made if it is to be written to.

        Raises:
            LocalError: it is not there, or is none.
        """
        from wetware.wasm.wasi.setup import Directory  # brings the engine along, which clients do not need

        at = self._root
        for name in self._inside:
            at /= name
            if self._writable:
                with contextlib.suppress(FileExistsError):
                    at.mkdir(mode=0o700)
            if at.is_symlink() or not at.is_dir():
                raise LocalError(f"{name!r} is no directory of the volume")
        return Directory(at, path, writable=self._writable)

    @property
    def place(self) -> tuple[Path, bool]:
        """Where it is, and whether programs may write to it."""
        return self._root.joinpath(*self._inside), self._writable


class InUse:
    """What the living processes of a node have been given."""

    def __init__(self) -> None:
        self._given: dict[Process, Sequence[Directory]] = {}

    def check(self, volumes: Iterable[VolumeServer]) -> None:
        """Raise `FailedError` where two would have a directory of which one may write to it."""
        taken = [
            (directory.host, directory.writable, f"process {process.pid}")
            for process, directories in self._living()
            for directory in directories
        ]
        for volume in volumes:
            place, writable = volume.place
            for other, written, who in taken:
                if (writable or written) and (place.is_relative_to(other) or other.is_relative_to(place)):
                    raise FailedError(f"the directory is in use by {who}, and one of the two may write to it")
            taken.append((place, writable, "the same process"))

    def given(self, process: Process, directories: Sequence[Directory]) -> None:
        """A process was given directories."""
        self._given = dict(self._living())
        if directories:
            self._given[process] = directories

    def _living(self) -> Iterator[tuple[Process, Sequence[Directory]]]:
        return ((process, given) for process, given in self._given.items() if process.reason is None)


async def wanted(directories: Sequence[SpawnRequest_Directory]) -> list[tuple[str, VolumeServer]]:
    """The volumes that a spawn names, with the paths at which the program is to see them.

    Raises:
        LocalError: one is no volume of this node.
        LimitError: too many.
    """
    if len(directories) > MAX_DIRECTORIES:
        raise LimitError(f"a process is given at most {MAX_DIRECTORIES} directories", limit="directories")
    return [(one.path, await own_volume(one.volume)) for one in directories]


async def own_volume(capability: Any) -> VolumeServer:
    """The volume behind a capability. Raises `LocalError` where it is none of this OS process."""
    server = local(capability) if capability else None
    if server is None and capability:
        await capability.writable()  # one that is promised is known for what it is once it has answered
        server = local(capability)
    if not isinstance(server, VolumeServer):
        raise LocalError("a program is given volumes of its own node, and no other directories")
    return server


@contextlib.contextmanager
def reserved(name: str, path: Path | str, away_from: Iterable[Path] = ()) -> Iterator[VolumeServer]:
    """A directory of this machine as a volume, which is no other node's meanwhile.

    Args:
        name: what it is to be called.
        path: the directory.
        away_from: directories of the node that it must not reach, besides those of keys and of the cache.

    Raises:
        LocalError: it is no directory, or it cannot be a volume.
    """
    from wetware.cluster.homes import (
        cluster_key_path,
        data_path,
    )  # clusters have these loaded, and others no use
    from wetware.cluster.locks import CAN_LOCK, lock

    if not _NAME.fullmatch(name):
        raise LocalError(f"{name[:60]!r} is no name of a volume: 1 to 64 of a-z, A-Z, 0-9, '_', '-' and '.'")
    root = Path(os.path.realpath(path))
    if not root.is_dir():
        raise LocalError(f"the volume {name} is to be at {path}, which is no directory")
    for kept in (cache_root(), data_path(), cluster_key_path(), *away_from):
        if overlap(root, kept):
            raise LocalError(f"{path} can be no volume: programs would reach {kept}, which nodes rely on")
    if not CAN_LOCK:  # pragma: no cover - not on this system
        yield VolumeServer(root)
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        if not lock(descriptor):
            raise LocalError(f"another node has {path} as a volume; give each node a directory of its own")
        yield VolumeServer(root)
    finally:
        os.close(descriptor)
