"""The bytecode cache: programs by their CID, so that a second run needs no second transfer.

Rules that hold here:

1. What is stored under a CID is what the CID names: the name is computed here, and a claimed one is
   compared with it.
2. The cache never holds more than `max_count` programs or `max_bytes` bytes. To make room it drops what was
   used longest ago.
3. What a process runs is pinned, once for each process, and never dropped. Where the pinned ones leave no
   room, `put` refuses with `LimitError` and changes nothing.
4. Using is putting, getting, pinning and unpinning; asking (`has`, the counters) is not.
5. Every method may be called from any thread; the hash is computed outside the lock. No method does I/O.

Tests: `test_bytecode.py` (a second, naive model; threads).
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from wetware.errors import LimitError, LocalError
from wetware.wasm.cid import Cid, CidMismatchError

__all__ = ["DEFAULT_MAX_BYTES", "DEFAULT_MAX_COUNT", "BytecodeCache", "NotCachedError"]

DEFAULT_MAX_COUNT = 4096
"""Programs; the bookkeeping of one takes about 1 KB."""

DEFAULT_MAX_BYTES = 512 * 1024 * 1024
"""Bytes of bytecode: room for five of the largest programs met so far (CPython with SciPy, 99 MB)."""


class NotCachedError(LocalError):
    """No program of this CID is in the cache: never put, or dropped meanwhile. Put it again."""


class _Pinned:
    __slots__ = ("bytecode", "pins")

    def __init__(self, bytecode: bytes) -> None:
        self.bytecode = bytecode
        self.pins = 1


class BytecodeCache:
    """Programs by CID, bounded, with the last used kept longest.

    Attributes:
        max_count: the greatest number of programs held.
        max_bytes: the greatest sum of their sizes.
    """

    def __init__(self, *, max_count: int = DEFAULT_MAX_COUNT, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self.max_count = max_count
        self.max_bytes = max_bytes
        self._lock = threading.Lock()
        self._idle: OrderedDict[Cid, bytes] = OrderedDict()  # the next to be dropped comes first
        self._pinned: dict[Cid, _Pinned] = {}
        self._bytes = 0
        self._pinned_bytes = 0

    def put(self, bytecode: bytes, *, claimed: Cid | None = None, pin: bool = False) -> Cid:
        """Store a program and return its CID; with `pin`, pinned before anyone could drop it.

        Raises:
            CidMismatchError: `claimed` was given and is not the CID of these bytes; nothing was stored.
            LimitError: it cannot fit, even with everything dropped that is not pinned; nothing was dropped.
        """
        bytecode = bytes(bytecode)
        cid = Cid.of(bytecode)
        if claimed is not None and claimed != cid:
            raise CidMismatchError(f"the bytes are not those of {claimed}, but of {cid}; fetch them again")
        with self._lock:
            if cid not in self._idle and cid not in self._pinned:
                self._make_room(len(bytecode))
                self._idle[cid] = bytecode
                self._bytes += len(bytecode)
            if pin:
                self._pin(cid)
            elif cid in self._idle:
                self._idle.move_to_end(cid)
        return cid

    def get(self, cid: Cid) -> bytes | None:
        """The program's bytes, or None where it is not here. Counts as a use."""
        with self._lock:
            if pinned := self._pinned.get(cid):
                return pinned.bytecode
            bytecode = self._idle.get(cid)
            if bytecode is not None:
                self._idle.move_to_end(cid)
            return bytecode

    def has(self, cid: Cid) -> bool:
        """Whether the program is here: no use of it, and no promise about the next moment (`pin` is both)."""
        with self._lock:
            return cid in self._pinned or cid in self._idle

    def pin(self, cid: Cid) -> bytes:
        """Hold the program until it was unpinned as often; returns its bytes, or raises `NotCachedError`."""
        with self._lock:
            return self._pin(cid)

    def unpin(self, cid: Cid) -> None:
        """Take one pin back; `NotCachedError` where none is left: a call too many."""
        with self._lock:
            pinned = self._pinned.get(cid)
            if pinned is None:
                raise NotCachedError(f"{cid} is not pinned; unpin it once for each pin")
            pinned.pins -= 1
            if not pinned.pins:
                del self._pinned[cid]
                self._pinned_bytes -= len(pinned.bytecode)
                self._idle[cid] = pinned.bytecode

    @property
    def count(self) -> int:
        """How many programs are held."""
        with self._lock:
            return len(self._idle) + len(self._pinned)

    @property
    def total_bytes(self) -> int:
        """The sum of their sizes."""
        with self._lock:
            return self._bytes

    def _pin(self, cid: Cid) -> bytes:
        if pinned := self._pinned.get(cid):
            pinned.pins += 1
            return pinned.bytecode
        bytecode = self._idle.pop(cid, None)
        if bytecode is None:
            raise NotCachedError(f"bytecode for cid {cid} not found; put it first")
        self._pinned[cid] = _Pinned(bytecode)
        self._pinned_bytes += len(bytecode)
        return bytecode

    def _make_room(self, size: int) -> None:
        needed = self._pinned_bytes + size
        if needed > self.max_bytes:
            raise LimitError(
                f"a program of {size} bytes does not fit: {self._pinned_bytes} of {self.max_bytes} bytes of "
                "the bytecode cache are held by running processes; raise the limit or end some",
                limit="bytecode-bytes",
                used=needed,
                allowed=self.max_bytes,
            )
        if len(self._pinned) >= self.max_count:
            raise LimitError(
                f"no room for another program: running processes hold all {self.max_count} places of the "
                "bytecode cache; raise the limit or end some",
                limit="bytecode-count",
                used=len(self._pinned) + 1,
                allowed=self.max_count,
            )
        while self._bytes + size > self.max_bytes or len(self._idle) + len(self._pinned) >= self.max_count:
            _, dropped = self._idle.popitem(last=False)
            self._bytes -= len(dropped)
