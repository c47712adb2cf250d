"""Where a process's stdout and stderr lead; `shared_output` has those that several processes inherit.

Rules that hold here:

1. Nothing here blocks the thread that calls it: `write` answers None for "no room" after noting the fiber,
   and the fiber is woken when there is some.
2. Every buffer is bounded: a capture drops its oldest bytes and counts them, a pipe suspends the writers.
3. Objects here are touched by runner threads and by the event loop; each has a lock, held for no I/O that can
   block.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from wetware.errors import LocalError
from wetware.wasm.limits import CAPTURE_BUFFER, LINE_BUFFER
from wetware.wasm.wasi.abi import FILETYPE_REGULAR, FILETYPE_UNKNOWN

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["NULL", "Borrowed", "Capture", "FileOutput", "Output", "PipeOutput"]


class Output(Protocol):
    """What descriptors 1 and 2 write to."""

    filetype: int

    def write(self, fiber: Fiber, content: bytes) -> int | None:
        """How many bytes were taken.

        None when none can be now, and the fiber will be woken. Raises OSError.
        """

    def writable(self, fiber: Fiber) -> bool:
        """Whether `write` would take something now; if not, the fiber will be woken. Raises OSError."""

    def suspend(self) -> None:
        """The process waits for something: show what it has written so far."""

    def close(self) -> None:
        """The process has ended or closed its descriptor."""


class _NullOutput:
    filetype = FILETYPE_UNKNOWN

    def write(self, _fiber: Fiber, content: bytes) -> int | None:
        return len(content)

    def writable(self, _fiber: Fiber) -> bool:
        return True

    def suspend(self) -> None:
        pass

    def close(self) -> None:
        pass


NULL: Final = _NullOutput()
"""Takes everything and keeps nothing."""


class Capture:
    """Keeps the last bytes of a stream (`capacity` of them) for the program that spawned the process.

    Reading consumes, looking does not. `dropped` counts the bytes that were lost because nobody read them in
    time.
    """

    filetype = FILETYPE_UNKNOWN
    __slots__ = ("_buffer", "_capacity", "_ended", "_lock", "_loop", "_readers", "_start", "dropped")

    def __init__(self, capacity: int = CAPTURE_BUFFER) -> None:
        self._lock = threading.Lock()
        self._loop = asyncio.get_running_loop()
        self._buffer = bytearray()
        self._capacity = capacity
        self._ended = False
        self._readers: list[asyncio.Future[None]] = []
        self._start = 0  # of all that was written, where the buffer begins
        self.dropped = 0

    def write(self, _fiber: Fiber, content: bytes) -> int | None:
        with self._lock:
            self._buffer += content
            excess = len(self._buffer) - self._capacity
            if excess > 0:
                del self._buffer[:excess]
                self.dropped += excess
                self._start += excess
            self._release_readers()
        return len(content)

    def writable(self, _fiber: Fiber) -> bool:
        return True

    def suspend(self) -> None:
        pass

    def close(self) -> None:
        with self._lock:
            self._ended = True
            self._release_readers()

    def _release_readers(self) -> None:
        """With the lock held: each reader is woken once, however much is written before it looks."""
        if self._readers:
            readers, self._readers = self._readers, []
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody reads any more
                self._loop.call_soon_threadsafe(_set_all, readers)

    def read_nowait(self, limit: int = -1) -> bytes:
        """What is there now, at most `limit` bytes (all for -1)."""
        with self._lock:
            if limit < 0 or limit >= len(self._buffer):
                content, self._buffer = self._buffer, bytearray()
                self._start += len(content)
                return bytes(content)
            taken = bytes(memoryview(self._buffer)[:limit])
            del self._buffer[:limit]
            self._start += limit
            return taken

    async def look(self, since: int, limit: int, *, wait: bool) -> tuple[int, bytes, bool]:
        """What is kept, without taking it.

        Args:
            since: an offset in all that was written.
            limit: the most bytes.
            wait: where there is nothing from `since` on, whether to wait for something.

        Returns:
            The offset of the first byte (later than `since` where that is kept no more), the bytes, and
            whether nothing follows them ever.
        """
        while True:
            with self._lock:
                end = self._start + len(self._buffer)
                waiter = None
                if wait and since >= end and not self._ended:
                    waiter = self._loop.create_future()
                    self._readers.append(waiter)
                else:
                    at = min(max(since, self._start), end)
                    begin = at - self._start
                    content = bytes(memoryview(self._buffer)[begin : begin + limit])
                    return at, content, self._ended and at + len(content) == end
            await waiter

    async def read(self, limit: int = -1) -> bytes:
        """Bytes of the stream.

        For -1 all until its end, else at least one and at most `limit`; empty at the end.
        """
        parts: list[bytes] = []
        while limit:
            with self._lock:
                ended, waiter = self._ended, None
                if not self._buffer and not ended:
                    waiter = self._loop.create_future()
                    self._readers.append(waiter)
            if waiter is not None:
                await waiter
                continue
            part = self.read_nowait(limit)
            if limit > 0:
                return part
            parts.append(part)
            if ended:
                break
        return b"".join(parts)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The lines of the stream, each with its line break; the last one perhaps without."""
        rest = b""
        while piece := await self.read(LINE_BUFFER):
            *lines, rest = (rest + piece).splitlines(keepends=True)
            if rest.endswith((b"\n", b"\r")):
                lines, rest = [*lines, rest], b""
            for line in lines:
                yield line
        if rest:
            yield rest


class PipeOutput(Capture):
    """As a capture, and nothing is lost: whoever writes waits while `capacity` bytes wait for the reader."""

    __slots__ = ("_waiting",)

    def __init__(self, capacity: int = CAPTURE_BUFFER) -> None:
        super().__init__(capacity)
        self._waiting: set[Fiber] = set()

    def write(self, fiber: Fiber, content: bytes) -> int | None:
        with self._lock:
            room = self._capacity - len(self._buffer)
            if room <= 0:
                self._waiting.add(fiber)
                return None
            taken = content[:room]
            self._buffer += taken
            self._release_readers()
        return len(taken)

    def writable(self, fiber: Fiber) -> bool:
        with self._lock:
            room = len(self._buffer) < self._capacity
            if not room:
                self._waiting.add(fiber)
        return room

    def read_nowait(self, limit: int = -1) -> bytes:
        content = super().read_nowait(limit)
        waiting: set[Fiber] = set()
        with self._lock:
            if self._waiting and len(self._buffer) <= self._capacity // 2:
                waiting, self._waiting = self._waiting, waiting
        for fiber in waiting:
            fiber.wake()
        return content


class Borrowed:
    """Another process's output, written to and never closed."""

    __slots__ = ("_output", "filetype")

    def __init__(self, output: Output) -> None:
        self._output = output
        self.filetype = output.filetype

    def write(self, fiber: Fiber, content: bytes) -> int | None:
        return self._output.write(fiber, content)

    def writable(self, fiber: Fiber) -> bool:
        return self._output.writable(fiber)

    def suspend(self) -> None:
        pass

    def close(self) -> None:
        pass


def _set_all(futures: list[asyncio.Future[None]]) -> None:
    for future in futures:
        if not future.done():
            future.set_result(None)


class FileOutput:
    """A regular file that the process's stream is written to; created if absent, emptied if not.

    In two steps, so that a spawn that is refused changes no file: `open`, then `begin` once nothing can be
    refused any more. What was opened and never begun leaves no file behind that was not there before.
    """

    filetype = FILETYPE_REGULAR
    __slots__ = ("_created", "_descriptor", "_path")

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._descriptor = -1
        self._created = False

    def open(self) -> None:
        """Raises LocalError for what cannot be written to, and for all but regular files."""
        # appending: stdout and stderr of one process may lead to the same file
        flags = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NONBLOCK
        try:
            try:
                self._descriptor = os.open(self._path, flags | os.O_CREAT | os.O_EXCL, 0o666)
                self._created = True
            except FileExistsError:  # also as a symbolic link that leads nowhere yet
                self._descriptor = os.open(self._path, flags | os.O_CREAT, 0o666)
        except OSError as error:
            raise self._unwritable(error) from error
        if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            self.close()
            raise LocalError(
                f"{self._path} is no regular file, and a process's output goes to regular files only"
            )

    def begin(self) -> None:
        """Empty it. Raises LocalError where that is not allowed."""
        try:
            os.ftruncate(self._descriptor, 0)
        except OSError as error:
            raise self._unwritable(error) from error
        self._created = False

    def _unwritable(self, error: OSError) -> LocalError:
        return LocalError(f"{self._path} cannot be written to: {error.strerror}")

    def write(self, _fiber: Fiber, content: bytes) -> int | None:
        return os.write(self._descriptor, content)

    def writable(self, _fiber: Fiber) -> bool:
        return True

    def suspend(self) -> None:
        pass

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
            if self._created:
                self._path.unlink(missing_ok=True)
