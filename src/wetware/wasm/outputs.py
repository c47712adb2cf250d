"""Where a process's stdout and stderr lead, and lines that never mix.

Rules that hold here:

1. Nothing here blocks the thread that calls it: `write` answers None for "no room" after noting the fiber,
   and the fiber is woken when there is some.
2. A shared output (a terminal, a pipe that many processes inherit) receives whole lines. A line that is not
   complete is held back until its process suspends, ends, or exceeds `LINE_BUFFER`; and where another
   process's unfinished line is open, a line break comes first. So one line never carries bytes of two
   processes.
3. Every buffer is bounded: a capture drops its oldest bytes and counts them, a shared output's queue suspends
   the writers.
4. Objects here are touched by runner threads and by the event loop; each has a lock, held for no I/O that can
   block.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import stat
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from wetware.errors import LocalError
from wetware.wasm.limits import CAPTURE_BUFFER, LINE_BUFFER, OUTPUT_QUEUE
from wetware.wasm.wasi.abi import FILETYPE_CHARACTER_DEVICE, FILETYPE_REGULAR, FILETYPE_UNKNOWN

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["NULL", "Borrowed", "Capture", "FileOutput", "LineOutput", "Output", "SharedOutput"]

# POSIX's PIPE_BUF on Linux: a pipe that polls writable takes this many bytes without blocking
PIECE: Final = 4096


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

    Reading consumes. `dropped` counts the bytes that were lost because nobody read them in time.
    """

    filetype = FILETYPE_UNKNOWN
    __slots__ = ("_capacity", "_chunks", "_ended", "_lock", "_loop", "_readers", "_size", "dropped")

    def __init__(self, capacity: int = CAPTURE_BUFFER) -> None:
        self._lock = threading.Lock()
        self._loop = asyncio.get_running_loop()
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._capacity = capacity
        self._ended = False
        self._readers: list[asyncio.Future[None]] = []
        self.dropped = 0

    def write(self, _fiber: Fiber, content: bytes) -> int | None:
        with self._lock:
            self._chunks.append(content)
            self._size += len(content)
            while self._size > self._capacity:
                excess = self._size - self._capacity
                oldest = self._chunks.popleft()
                if len(oldest) > excess:
                    self._chunks.appendleft(oldest[excess:])
                    lost = excess
                else:
                    lost = len(oldest)
                self._size -= lost
                self.dropped += lost
            readers = bool(self._readers)
        if readers:
            self._notify()
        return len(content)

    def writable(self, _fiber: Fiber) -> bool:
        return True

    def suspend(self) -> None:
        pass

    def close(self) -> None:
        with self._lock:
            self._ended = True
        self._notify()

    def _notify(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody reads any more
            self._loop.call_soon_threadsafe(self._release_readers)

    def _release_readers(self) -> None:
        with self._lock:
            readers, self._readers = self._readers, []
        for reader in readers:
            if not reader.done():
                reader.set_result(None)

    def read_nowait(self, limit: int = -1) -> bytes:
        """What is there now, at most `limit` bytes (all for -1)."""
        with self._lock:
            if limit < 0 or limit >= self._size:
                content = b"".join(self._chunks)
                self._chunks.clear()
                self._size = 0
                return content
            taken = []
            while limit:
                chunk = self._chunks.popleft()
                if len(chunk) > limit:
                    self._chunks.appendleft(chunk[limit:])
                    chunk = chunk[:limit]
                taken.append(chunk)
                self._size -= len(chunk)
                limit -= len(chunk)
            return b"".join(taken)

    async def read(self, limit: int = -1) -> bytes:
        """Bytes of the stream.

        For -1 all until its end, else at least one and at most `limit`; empty at the end.
        """
        parts: list[bytes] = []
        while limit:
            with self._lock:
                ended, waiter = self._ended, None
                if not self._size and not ended:
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


class FileOutput:
    """A regular file that the process's stream is written to; created if absent, emptied if not."""

    filetype = FILETYPE_REGULAR
    __slots__ = ("_descriptor",)

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            self._descriptor = os.open(
                path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NONBLOCK, 0o666
            )
        except OSError as error:
            raise LocalError(f"{Path(path)} cannot be written to: {error.strerror}") from error
        if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            os.close(self._descriptor)
            raise LocalError(
                f"{Path(path)} is no regular file, and a process's output goes to regular files only"
            )

    def write(self, _fiber: Fiber, content: bytes) -> int | None:
        return os.write(self._descriptor, content)

    def writable(self, _fiber: Fiber) -> bool:
        return True

    def suspend(self) -> None:
        pass

    def close(self) -> None:
        os.close(self._descriptor)


class SharedOutput:
    """One descriptor of this program that many processes write lines to; it never makes a thread wait.

    Args:
        descriptor: the file descriptor, usually 1 or 2.
    """

    __slots__ = (
        *("_broken", "_descriptor", "_drained", "_lock", "_loop", "_open_line", "_poll", "_queue", "_queued"),
        *("_waiting", "_watching", "filetype"),
    )

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._loop = asyncio.get_running_loop()
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLOUT)
        self._queue: deque[bytes] = deque()
        self._queued = 0
        self._open_line: object | None = None  # whose unfinished line stands at the end
        self._waiting: set[Fiber] = set()
        self._watching = False
        self._drained: asyncio.Event | None = None
        self._broken: OSError | None = None
        self.filetype = FILETYPE_CHARACTER_DEVICE if os.isatty(descriptor) else FILETYPE_UNKNOWN

    def accepts(self, fiber: Fiber) -> bool:
        """Whether there is room.

        If not, the fiber is woken when there is. Raises OSError once the reader is gone.
        """
        with self._lock:
            if self._broken is not None:
                raise OSError(self._broken.errno, self._broken.strerror)
            if self._queued < OUTPUT_QUEUE:
                return True
            self._waiting.add(fiber)
            return False

    def put(self, owner: object, content: bytes) -> None:
        """Write at once what can be, queue the rest."""
        with self._lock:
            if self._broken is not None:
                return
            if self._open_line is not None and self._open_line is not owner:
                content = b"\n" + content
            self._open_line = None if content.endswith(b"\n") else owner
            if not self._queue:
                content = content[self._write(content) :]
            if content and self._broken is None:
                self._queue.append(content)
                self._queued += len(content)
                if not self._watching:
                    self._watching = True
                    self._loop.call_soon_threadsafe(self._loop.add_writer, self._descriptor, self._drain)

    def forget(self, owner: object) -> None:
        """The owner has ended; whoever writes next begins a line of its own."""
        with self._lock:
            if self._open_line is owner:
                self._open_line = self

    def _write(self, content: bytes) -> int:
        written = 0
        try:
            while written < len(content) and self._poll.poll(0):
                written += os.write(self._descriptor, content[written : written + PIECE])
        except BlockingIOError:
            pass
        except OSError as error:
            self._broken = error
            self._queue.clear()
            self._queued = 0
        return written

    def _drain(self) -> None:
        with self._lock:
            while self._queue:
                head = self._queue[0]
                written = self._write(head)
                if not self._queue:
                    break
                self._queued -= written
                if written < len(head):
                    self._queue[0] = head[written:]
                    break
                self._queue.popleft()
            if not self._queue:
                self._watching = False
                self._loop.remove_writer(self._descriptor)
                if self._drained is not None:
                    self._drained.set()
            waiting: set[Fiber] = set()
            if self._queued < OUTPUT_QUEUE // 2:
                waiting, self._waiting = self._waiting, waiting
        for fiber in waiting:
            fiber.wake()

    async def close(self, grace: float) -> None:
        """Give what is queued `grace` seconds to leave."""
        self._drained = asyncio.Event()
        if self._watching:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(grace):
                    await self._drained.wait()
        with self._lock:
            if self._watching:
                self._loop.remove_writer(self._descriptor)
                self._watching = False


class LineOutput:
    """One process's stream into a shared output, line by line, through an optional filter of its own."""

    __slots__ = ("_filter", "_held", "_shared", "filetype")

    def __init__(self, shared: SharedOutput, clean: Callable[[bytes], bytes] | None = None) -> None:
        self._shared = shared
        self._filter = clean
        self._held = b""
        self.filetype = shared.filetype

    def write(self, fiber: Fiber, content: bytes) -> int | None:
        if not self._shared.accepts(fiber):
            return None
        end = content.rfind(b"\n") + 1
        if end or len(self._held) + len(content) > LINE_BUFFER:
            end = end or len(content)
            self._put(self._held + content[:end])
            self._held = content[end:]
        else:
            self._held += content
        return len(content)

    def writable(self, fiber: Fiber) -> bool:
        return self._shared.accepts(fiber)

    def _put(self, content: bytes) -> None:
        if self._filter is not None:
            content = self._filter(content)
        if content:
            self._shared.put(self, content)

    def suspend(self) -> None:
        if self._held:
            held, self._held = self._held, b""
            self._put(held)

    def close(self) -> None:
        try:
            self.suspend()
        finally:
            self._shared.forget(self)
