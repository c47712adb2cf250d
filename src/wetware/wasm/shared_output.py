"""Outputs that many processes inherit, and lines that never mix.

Rules that hold here, beside those of `outputs`:

1. A shared output (a terminal, a pipe) receives whole lines. A line that is not complete is held back until
   its process suspends, ends, or exceeds `LINE_BUFFER`; and where another process's unfinished line is open,
   a line break comes first. So one line never carries bytes of two processes.
2. Its queue is bounded, and suspends the writers.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from wetware.wasm.limits import LINE_BUFFER, OUTPUT_QUEUE
from wetware.wasm.sinks import sink_of
from wetware.wasm.wasi.abi import FILETYPE_CHARACTER_DEVICE, FILETYPE_UNKNOWN

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["LineOutput", "SharedOutput"]


class SharedOutput:
    """One descriptor of this program that many processes write lines to; it never makes a thread wait.

    Args:
        descriptor: the file descriptor, usually 1 or 2.
    """

    __slots__ = (
        *("_broken", "_descriptor", "_drained", "_lock", "_loop", "_open_line", "_queue", "_queued", "_sink"),
        *("_waiting", "_watching", "filetype"),
    )

    def __init__(self, descriptor: int) -> None:
        self._sink = sink_of(descriptor)
        self._descriptor = self._sink.descriptor
        self._lock = threading.Lock()
        self._loop = asyncio.get_running_loop()
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

    def forget(self, owner: object, waiting: Fiber | None) -> None:
        """The owner has ended; whoever writes next begins a line of its own."""
        with self._lock:
            if self._open_line is owner:
                self._open_line = self
            if waiting is not None:
                self._waiting.discard(waiting)

    def _write(self, content: bytes) -> int:
        written = 0
        try:
            while written < len(content) and (taken := self._sink.write(content[written:])):
                written += taken
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
            self._broken = OSError(errno.EPIPE, os.strerror(errno.EPIPE))
            self._sink.close()


class LineOutput:
    """One process's stream into a shared output, line by line, through an optional filter of its own.

    Args:
        shared: where it leads.
        owner: whose lines these are: one object for both streams of a process.
        clean: the filter.
    """

    __slots__ = ("_filter", "_held", "_owner", "_shared", "_waiting", "filetype")

    def __init__(
        self, shared: SharedOutput, owner: object, clean: Callable[[bytes], bytes] | None = None
    ) -> None:
        self._shared = shared
        self._owner = owner
        self._filter = clean
        self._held = bytearray()
        self._waiting: Fiber | None = None
        self.filetype = shared.filetype

    def write(self, fiber: Fiber, content: bytes) -> int | None:
        if not self.writable(fiber):
            return None
        held = self._held
        end = content.rfind(b"\n") + 1
        if end or len(held) + len(content) > LINE_BUFFER:
            end = end or len(content)
            self._put(held + content[:end] if held else content[:end])
            self._held = bytearray(content[end:])
        else:
            held += content
        return len(content)

    def writable(self, fiber: Fiber) -> bool:
        accepts = self._shared.accepts(fiber)
        self._waiting = None if accepts else fiber
        return accepts

    def _put(self, content: bytes | bytearray) -> None:
        content = bytes(content)
        if self._filter is not None:
            content = self._filter(content)
        if content:
            self._shared.put(self._owner, content)

    def suspend(self) -> None:
        if self._held:
            held, self._held = self._held, bytearray()
            self._put(held)

    def close(self) -> None:
        try:
            self.suspend()
        finally:
            self._shared.forget(self._owner, self._waiting)
            self._waiting = None
