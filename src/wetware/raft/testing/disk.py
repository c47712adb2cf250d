"""A file system in memory that does to a log what disks do: forget, tear, flip, fill up and fail.

Rules that hold here:

1. A power failure keeps, of what was not synced, anything between nothing and everything: each sector of a
   file is as some moment since the last sync left it, independent of the others, and so is the file's length.
   Changes of names last or not, each by itself, until the directory is synced; a rename is never half done.
2. A killed process loses nothing but its handles and its lock.
3. A failed sync forgets which bytes were to be written: they can be read until the power fails, and no later
   sync writes them (as Linux does: Rebello et al., 2020).
4. Chance comes from the generator that is passed in: the same seed and the same calls give the same damage.

The model is harsher than the usual file system (which keeps the order of renames and removals) where POSIX
promises nothing: Pillai et al., "All File Systems Are Not Created Equal" (2014).

Tests: `tests/raft/test_simulated_disk.py`.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wetware.errors import LocalError
from wetware.raft.log.errors import LogLockedError

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

__all__ = ["CrashedError", "SimulatedDisk"]

SECTOR = 512


class CrashedError(Exception):
    """The machine is gone in the middle of what was asked; only a new opening of the log goes on."""


@dataclass(slots=True, eq=False)
class _Inode:
    """A file: what a reader sees, what is on the platter, and what lies between, oldest first.

    A pending change is (offset, bytes) for a write and (length, None) for a new length.
    """

    current: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            _apply(self.durable, change)
        self.pending.clear()

    def lose_power(self, rng: random.Random) -> None:
        """Rule 1 for one file."""
        moments = len(self.pending)
        if moments:
            lengths = [len(self.durable)]
            touched: set[int] = set()
            # every state since the last sync, by what changed in it
            states = [bytearray(self.durable)]
            for change in self.pending:
                touched |= _sectors(states[-1], change)
                states.append(bytearray(states[-1]))
                _apply(states[-1], change)
                lengths.append(len(states[-1]))
            kept = bytearray(max(lengths))
            kept[: len(self.durable)] = self.durable
            earliest, latest = rng.choice([(0, 0), (0, moments), (0, moments), (moments, moments)])
            for sector in sorted(touched):
                moment = rng.randint(earliest, latest)
                start = sector * SECTOR
                piece = states[moment][start : start + SECTOR].ljust(SECTOR, b"\0")
                kept[start : start + SECTOR] = piece[: max(0, len(kept) - start)]
            del kept[lengths[rng.randint(earliest, latest)] :]
            self.durable = kept
        self.pending.clear()
        self.current = bytearray(self.durable)


def _apply(data: bytearray, change: tuple[int, bytes | None]) -> None:
    position, written = change
    if written is None:
        if position < len(data):
            del data[position:]
        else:
            data.extend(bytes(position - len(data)))
        return
    if position > len(data):
        data.extend(bytes(position - len(data)))
    data[position : position + len(written)] = written


def _sectors(before: bytearray, change: tuple[int, bytes | None]) -> set[int]:
    """The sectors whose bytes a change alters."""
    position, written = change
    end = len(before) if written is None else position + len(written)
    return set(range(position // SECTOR, -(-end // SECTOR)))


class SimulatedDisk:
    """One directory of one machine; a `FileSystem`.

    Args:
        rng: where damage and tokens come from.
        capacity: bytes that fit in all files together; None: no limit.

    Attributes:
        capacity: as given; may be changed at any time.
        watch: called with the name of each operation that changes something and the file's, before it
            happens; may raise `CrashedError`.
        operations: how many such operations there were.
        rng: as given.
        life: how often the process that uses the disk has ended: its handles die with it.
        locked: whether there is a writer.
    """

    def __init__(self, rng: random.Random, *, capacity: int | None = None) -> None:
        self.capacity = capacity
        self.watch: Callable[[str, str], None] | None = None
        self.operations = 0
        self.rng = rng
        self.life = 0
        self.locked = False
        self._names: dict[str, _Inode] = {}
        self._durable_names: dict[str, _Inode] = {}
        # (new name, inode, old name): a creation has no old name, a removal no inode
        self._pending_names: list[tuple[str, _Inode | None, str | None]] = []
        self._faults: list[list[object]] = []  # operation, error number, how many to let pass

    # what can be done to it

    def fail(self, operation: str, error: int, *, skip: int = 0) -> None:
        """Let one operation fail.

        Args:
            operation: read, write, reserve, truncate, sync, create, open, rename, remove or sync_names.
            error: the error number, as in `errno`.
            skip: how many of these to let pass before.
        """
        self._faults.append([operation, error, skip])

    def lose_power(self) -> None:
        """Crash the machine (rule 1)."""
        rng = self.rng
        names = dict(self._durable_names)
        lasting = rng.choice([0.0, 0.5, 1.0])
        for new, inode, old in self._pending_names:
            if rng.random() >= lasting:
                continue
            if inode is None:
                names.pop(new, None)
            else:
                names[new] = inode
                if old is not None:
                    names.pop(old, None)
        self._pending_names.clear()
        for name in sorted(names):
            names[name].lose_power(rng)
        self._names = names
        self._durable_names = dict(names)
        self.kill()

    def kill(self) -> None:
        """End the process that has files open (rule 2), and whatever was to fail."""
        self.life += 1
        self.locked = False
        self.mend()

    def mend(self) -> None:
        """Take back what `fail` and `watch` have prepared."""
        self.watch = None
        self._faults.clear()

    def flip(self, name: str, bit: int) -> None:
        """Turn over one bit of a file, on the platter and in memory."""
        inode = self._names[name]
        for data in (inode.current, inode.durable):
            if bit // 8 < len(data):
                data[bit // 8] ^= 1 << bit % 8

    def contents(self, name: str) -> bytes:
        """What a reader of a file sees."""
        return bytes(self._names[name].current)

    def put(self, name: str, data: bytes | None) -> None:
        """Give a file these contents, durably, behind the log's back; None removes it."""
        if data is None:
            del self._names[name]
            self._durable_names.pop(name, None)
        else:
            self._names[name] = self._durable_names[name] = _Inode(bytearray(data), bytearray(data))

    def copy(self, rng: random.Random) -> SimulatedDisk:
        """Another machine with what a reader sees on this one, all of it durable."""
        other = SimulatedDisk(rng, capacity=self.capacity)
        for name, inode in self._names.items():
            other.put(name, bytes(inode.current))
        return other

    @property
    def used(self) -> int:
        """Bytes in all files."""
        return sum(len(inode.current) for inode in self._names.values())

    # FileSystem

    def names(self) -> list[str]:
        """As `FileSystem.names`."""
        return sorted(self._names)

    def create(self, name: str) -> _SimulatedFile:
        """As `FileSystem.create`."""
        self.begin("create", name)
        inode = self._names.get(name)
        if inode is None:
            inode = self._names[name] = _Inode()
            self._pending_names.append((name, inode, None))
        else:
            inode.pending.append((0, None))
            inode.current.clear()
        return _SimulatedFile(self, inode, name)

    def open(self, name: str) -> _SimulatedFile:
        """As `FileSystem.open`."""
        self.fault("open")
        inode = self._names.get(name)
        if inode is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        return _SimulatedFile(self, inode, name)

    def rename(self, old: str, new: str) -> None:
        """As `FileSystem.rename`."""
        self.begin("rename", new)
        inode = self._names.pop(old)
        self._names[new] = inode
        self._pending_names.append((new, inode, old))

    def remove(self, name: str) -> None:
        """As `FileSystem.remove`."""
        self.begin("remove", name)
        if name not in self._names:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        del self._names[name]
        self._pending_names.append((name, None, None))

    def sync(self) -> None:
        """As `FileSystem.sync`."""
        self.begin("sync_names", "")
        self._durable_names = dict(self._names)
        self._pending_names.clear()

    def lock(self) -> _SimulatedLock:
        """As `FileSystem.lock`."""
        if self.locked:
            raise LogLockedError("another writer holds the log on this simulated disk: stop it first")
        self.locked = True
        return _SimulatedLock(self, self.life)

    def token(self, size: int) -> bytes:
        """As `FileSystem.token`."""
        return self.rng.randbytes(size)

    # the parts' side

    def begin(self, operation: str, name: str) -> None:
        """Something is about to be changed."""
        self.operations += 1
        if self.watch is not None:
            self.watch(operation, name)
        self.fault(operation)

    def fault(self, operation: str) -> None:
        """Raise what `fail` prepared for this operation, if its turn has come."""
        for fault in self._faults:
            if fault[0] == operation:
                if fault[2]:
                    fault[2] -= 1  # type: ignore[operator]  # the third is a number
                    continue
                self._faults.remove(fault)
                raise OSError(fault[1], os.strerror(fault[1]))  # type: ignore[arg-type]  # so is the second


class _SimulatedFile:
    """An open file of a `SimulatedDisk`."""

    def __init__(self, disk: SimulatedDisk, inode: _Inode, name: str) -> None:
        self._disk = disk
        self._inode = inode
        self._name = name
        self.life = disk.life
        self._closed = False

    def _check(self) -> None:
        if self.life != self._disk.life:
            raise CrashedError("the process that opened this file is gone")
        if self._closed:
            raise LocalError(f"{self._name!r} has been closed")

    def read_at(self, offset: int, size: int) -> bytes:
        self._check()
        self._disk.fault("read")
        return bytes(self._inode.current[offset : offset + size])

    def write_at(self, offset: int, data: bytes | bytearray | memoryview) -> None:
        self._check()
        disk, inode = self._disk, self._inode
        data = bytes(data)
        try:
            disk.begin("write", self._name)
        except OSError:
            self._write(offset, data[: disk.rng.randint(0, len(data))])
            raise
        if disk.capacity is not None:
            room = disk.capacity - disk.used + len(inode.current) - offset
            if room < len(data):
                self._write(offset, data[: max(room, 0)])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._write(offset, data)

    def _write(self, offset: int, data: bytes) -> None:
        if data:
            change = (offset, data)
            _apply(self._inode.current, change)
            self._inode.pending.append(change)

    def reserve(self, size: int) -> None:
        self._check()
        disk, inode = self._disk, self._inode
        disk.begin("reserve", self._name)
        if size > len(inode.current):
            if disk.capacity is not None and disk.used + size - len(inode.current) > disk.capacity:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self._resize(size)

    def truncate(self, size: int) -> None:
        self._check()
        self._disk.begin("truncate", self._name)
        self._resize(size)

    def _resize(self, size: int) -> None:
        _apply(self._inode.current, (size, None))
        self._inode.pending.append((size, None))

    def sync(self) -> None:
        self._check()
        try:
            self._disk.begin("sync", self._name)
        except OSError:
            self._inode.pending.clear()  # rule 3
            raise
        self._inode.sync()

    def size(self) -> int:
        self._check()
        return len(self._inode.current)

    def close(self) -> None:
        self._closed = True


class _SimulatedLock:
    """The right to write to a `SimulatedDisk`."""

    def __init__(self, disk: SimulatedDisk, life: int) -> None:
        self._disk = disk
        self.life = life

    def check(self) -> None:
        if self.life != self._disk.life:
            raise CrashedError("the process that held the lock is gone")

    def release(self) -> None:
        if self.life == self._disk.life:
            self._disk.locked = False
