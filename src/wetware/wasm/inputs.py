"""Where a process's stdin comes from.

Rules that hold here:

1. Nothing here blocks the thread that calls it: `read` answers None for "nothing yet" after noting the fiber,
   and the fiber is woken when there is something.
2. What a writer hands over is bounded: it waits while `INPUT_BUFFER` bytes wait for the guest.
3. This program's own stdin is read only when a guest asks for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import select
import stat
import sys
import threading
from typing import TYPE_CHECKING, Final, Protocol

from wetware.errors import BrokenError, ClosedError, LocalError
from wetware.wasm.limits import INPUT_BUFFER
from wetware.wasm.wasi.abi import FILETYPE_CHARACTER_DEVICE, FILETYPE_UNKNOWN

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["CLOSED", "BytesInput", "InheritedInput", "Input", "InputWriter", "PipeInput"]


class Input(Protocol):
    """What descriptor 0 reads from."""

    filetype: int

    def read(self, fiber: Fiber, limit: int) -> bytes | None:
        """At most `limit` bytes.

        Empty at the end; None when there are none yet, and the fiber will be woken.
        """

    def available(self, fiber: Fiber) -> int | None:
        """How many bytes can be read at once (0 at the end).

        None when none yet, and the fiber will be woken.
        """

    def close(self) -> None:
        """The process has ended or closed its descriptor."""


class _ClosedInput:
    filetype = FILETYPE_UNKNOWN

    def read(self, _fiber: Fiber, _limit: int) -> bytes | None:
        return b""

    def available(self, _fiber: Fiber) -> int | None:
        return 0

    def close(self) -> None:
        pass


CLOSED: Final = _ClosedInput()
"""The default stdin: at its end from the start."""


class BytesInput:
    """A stdin with a fixed content."""

    filetype = FILETYPE_UNKNOWN
    __slots__ = ("_content",)

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)

    def read(self, _fiber: Fiber, limit: int) -> bytes | None:
        piece = bytes(self._content[:limit])
        self._content = self._content[limit:]
        return piece

    def available(self, _fiber: Fiber) -> int | None:
        return len(self._content)

    def close(self) -> None:
        self._content = memoryview(b"")


class PipeInput:
    """A stdin that the spawner writes to, from the event loop.

    At most `INPUT_BUFFER` bytes wait for the guest.
    """

    filetype = FILETYPE_UNKNOWN
    __slots__ = ("_buffer", "_full", "_gone", "_lock", "_loop", "_room", "_sealed", "_waiting")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buffer = bytearray()
        self._sealed = False  # the writer has closed it
        self._gone = False  # the reader has
        self._full = False  # and a writer waits for room
        self._waiting: Fiber | None = None
        self._room = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def feed(self, content: bytes) -> None:
        """As `InputWriter.write`."""
        view = memoryview(content)
        while view:
            with self._lock:
                if self._sealed:
                    raise ClosedError("this stdin was closed; nothing can be written to it any more")
                if self._gone:
                    raise BrokenError("the process has closed its stdin or ended; nobody will read this")
                room = INPUT_BUFFER - len(self._buffer)
                self._buffer += view[:room]
                view = view[max(0, room) :]
                self._full = bool(view)
                self._room.clear()
                waiting, self._waiting = self._waiting, None
            if waiting is not None:
                waiting.wake()
            if view:
                await self._room.wait()

    def seal(self) -> None:
        """As `InputWriter.close`."""
        with self._lock:
            self._sealed = True
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.wake()

    def read(self, fiber: Fiber, limit: int) -> bytes | None:
        with self._lock:
            if not self._buffer:
                if self._sealed:
                    return b""
                self._waiting = fiber
                return None
            piece = bytes(memoryview(self._buffer)[:limit])
            del self._buffer[:limit]
            self._signal_room()
        return piece

    def available(self, fiber: Fiber) -> int | None:
        with self._lock:
            if self._buffer or self._sealed:
                return len(self._buffer)
            self._waiting = fiber
            return None

    def close(self) -> None:
        with self._lock:
            self._gone = True
            self._buffer.clear()
            self._waiting = None
            self._signal_room()

    def _signal_room(self) -> None:
        """With the lock held: the writer is woken once, however often is read before it looks."""
        if self._full:
            self._full = False
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._room.set)


class InputWriter:
    """The writing end of a process's stdin."""

    __slots__ = ("_pipe",)

    def __init__(self, pipe: PipeInput) -> None:
        self._pipe = pipe

    async def write(self, content: bytes) -> None:
        """Hand bytes to the guest, waiting while its buffer is full.

        Raises:
            ClosedError: this end was closed before.
            BrokenError: the process has ended or closed its stdin.
        """
        await self._pipe.feed(content)

    def write_eof(self) -> None:
        """Say that nothing more comes: the guest reads what is left, then the end. Idempotent."""
        self._pipe.seal()

    def close(self) -> None:
        """As `write_eof`."""
        self._pipe.seal()


class InheritedInput:
    """This program's own stdin, read only when the guest asks, so that nobody else's input is swallowed."""

    __slots__ = ("_descriptor", "_lock", "_loop", "_pollable", "_watching", "closed", "filetype")

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._loop = asyncio.get_running_loop()
        self._watching: Fiber | None = None
        self.closed = False
        try:
            if descriptor == 0 and sys.__stdin__ is None:  # its number belongs to something else by now
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            mode = os.fstat(descriptor).st_mode
        except OSError:
            raise LocalError(
                "this program has no stdin to hand on; use another stdin for the process"
            ) from None
        self._pollable = not stat.S_ISREG(mode)
        self.filetype = FILETYPE_CHARACTER_DEVICE if os.isatty(descriptor) else FILETYPE_UNKNOWN

    def _ready(self) -> bool:
        if not self._pollable:
            return True
        poller = select.poll()
        poller.register(self._descriptor, select.POLLIN)
        return bool(poller.poll(0))

    def read(self, fiber: Fiber, limit: int) -> bytes | None:
        if self._ready():
            return os.read(self._descriptor, limit)
        self._watch(fiber)
        return None

    def available(self, fiber: Fiber) -> int | None:
        if self._ready():
            return 1
        self._watch(fiber)
        return None

    def _watch(self, fiber: Fiber) -> None:
        with self._lock:
            first, self._watching = self._watching is None, fiber
        if first:
            self._loop.call_soon_threadsafe(self._arm)

    def _arm(self) -> None:
        self._loop.add_reader(self._descriptor, self._readable)

    def _readable(self) -> None:
        self._loop.remove_reader(self._descriptor)
        with self._lock:
            fiber, self._watching = self._watching, None
        if fiber is not None:
            fiber.wake()

    def close(self) -> None:
        with self._lock:
            watching, self._watching = self._watching, None
            self.closed = True
        if watching is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed, and its readers with it
                self._loop.call_soon_threadsafe(self._loop.remove_reader, self._descriptor)
