"""The byte stream between a guest and its host, in memory: no socket, no port.

Rules that hold here:

1. The guest's ends (`Reader`, `Writer`) are an input and an output like any other: nothing there blocks a
   thread, and None means "not now, the fiber will be woken". The host's end (`Channel`) lives on the event
   loop.
2. Each direction holds at most `CHANNEL_BUFFER` bytes before its writer has to wait: the guest's write
   suspends it (or gives EAGAIN, where it asked for that); the host's `feed` takes everything and says that
   it should wait.
3. What the guest writes while the loop is busy arrives there as one piece, through one wake-up.
4. Each direction ends once, after the bytes that were written before: the guest's by its close, its shutdown
   or its own end; the host's by `end` or `close`.
5. A channel that nobody uses is two empty buffers.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from wetware.errors import ClosedError, LocalError
from wetware.wasm.limits import CHANNEL_BUFFER
from wetware.wasm.wasi.abi import FILETYPE_SOCKET_STREAM

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["Channel", "Listener", "Reader", "Writer"]


def _broken_pipe() -> BrokenPipeError:
    return BrokenPipeError(errno.EPIPE, "the host has closed the channel")


class Reader:
    """The guest's reading end, and what waits in it."""

    filetype = FILETYPE_SOCKET_STREAM
    __slots__ = ("_buffer", "_ended", "_gone", "_lock", "_loop", "_relief", "_waiting")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._lock = threading.Lock()
        self._loop = loop
        self._buffer = bytearray()
        self._ended = False  # the host writes no more
        self._gone = False  # the guest reads no more
        self._waiting: Fiber | None = None
        self._relief: Callable[[], None] | None = None

    # --- the guest's side ---
    def read(self, fiber: Fiber, limit: int) -> bytes | None:
        with self._lock:
            buffer = self._buffer
            if not buffer:
                if self._ended or self._gone:
                    return b""
                self._waiting = fiber
                return None
            if len(buffer) <= limit:
                piece = bytes(buffer)
                buffer.clear()
            else:
                piece = bytes(memoryview(buffer)[:limit])
                del buffer[:limit]
            relief = None
            if self._relief is not None and len(buffer) <= CHANNEL_BUFFER // 2:
                relief, self._relief = self._relief, None
        if relief is not None:
            _tell(self._loop, relief)
        return piece

    def available(self, fiber: Fiber) -> int | None:
        with self._lock:
            if self._buffer or self._ended or self._gone:
                return len(self._buffer)
            self._waiting = fiber
            return None

    def close(self) -> None:
        """The guest reads no more: what waits for it is dropped, and so is what comes."""
        with self._lock:
            self._gone = True
            self._buffer.clear()
            self._waiting = None
            relief, self._relief = self._relief, None
        if relief is not None:
            _tell(self._loop, relief)

    # --- the host's side ---
    @property
    def size(self) -> int:
        """How many bytes wait for the guest."""
        return len(self._buffer)

    def put(self, content: bytes | bytearray | memoryview) -> bool:
        """Add bytes; whether there is room for more."""
        with self._lock:
            if self._gone:
                return True
            self._buffer += content
            waiting, self._waiting = self._waiting, None
            roomy = len(self._buffer) < CHANNEL_BUFFER
        if waiting is not None:
            waiting.wake()
        return roomy

    def end(self) -> None:
        with self._lock:
            self._ended = True
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.wake()

    def relieve(self, relief: Callable[[], None]) -> bool:
        """Have `relief` called on the loop once half of it is empty; False if there is room already."""
        with self._lock:
            if self._gone or len(self._buffer) < CHANNEL_BUFFER:
                return False
            self._relief = relief
            return True


class Writer:
    """The guest's writing end, and what it has written that the host has not taken yet."""

    filetype = FILETYPE_SOCKET_STREAM
    __slots__ = (
        *("_buffer", "_end_told", "_ended", "_held", "_lock", "_loop", "_refusing", "_telling", "_waiting"),
        *("on_data", "on_end", "unclaimed"),
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._lock = threading.Lock()
        self._loop = loop
        self._buffer = bytearray()
        self._held = True  # nobody takes it yet, or the host has paused
        self._telling = False
        self._ended = False  # the guest writes no more
        self._end_told = False
        self._refusing = False  # the host takes no more
        self._waiting: Fiber | None = None
        self.on_data: Callable[[bytes], object] | None = None
        self.on_end: Callable[[], object] | None = None
        self.unclaimed: Callable[[], None] | None = None

    # --- the guest's side ---
    def write(self, fiber: Fiber, content: bytes) -> int | None:
        with self._lock:
            if self._refusing or self._ended:
                raise _broken_pipe()
            room = CHANNEL_BUFFER - len(self._buffer)
            if room <= 0:
                self._waiting = fiber
                return None
            taken = min(room, len(content))
            self._buffer += content if taken == len(content) else memoryview(content)[:taken]
            news = self._news()
        if news is not None:
            fiber.tell(news)
        return taken

    def write_whole(self, fiber: Fiber, content: bytes) -> bool:
        """Take all of it, or say that it cannot be taken now, or at all (`write` tells which).

        The guest waits for an answer: it may be there when this returns.
        """
        with self._lock:
            if self._refusing or self._ended or len(self._buffer) + len(content) > CHANNEL_BUFFER:
                return False
            self._buffer += content
            news = self._news()
        if news is not None:
            fiber.tell_now(news)
        return True

    def writable(self, fiber: Fiber) -> bool:
        with self._lock:
            if self._refusing or self._ended:
                raise _broken_pipe()
            if len(self._buffer) < CHANNEL_BUFFER:
                return True
            self._waiting = fiber
            return False

    def suspend(self) -> None:
        """What was written is on its way already."""

    def close(self) -> None:
        """The guest writes no more."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self._waiting = None
            self.unclaimed = None  # it holds what the guest would have been given
            tell = self._must_tell()
        if tell:
            _tell(self._loop, self._deliver)

    def _news(self) -> Callable[[], None] | None:
        """What the loop is to call for what was just written, if anything; with the lock held."""
        claim, self.unclaimed = self.unclaimed, None
        return self._deliver if self._must_tell() else claim

    def _must_tell(self) -> bool:
        """Whether the loop has to be woken for what was just added; with the lock held."""
        if self._held or self._telling:
            return False
        self._telling = True
        return True

    # --- the host's side ---
    @property
    def ended(self) -> bool:
        """Whether the guest writes no more."""
        return self._ended

    def offer(self, claim: Callable[[], None]) -> None:
        """Have `claim` called when something is written; at once if that has happened already."""
        with self._lock:
            written = bool(self._buffer)
            if not written and not self._ended:
                self.unclaimed = claim
        if written:
            self._loop.call_soon(claim)

    def release(self) -> None:
        """Deliver what is there, and what comes."""
        with self._lock:
            self._held = False
            tell = (self._ended or len(self._buffer) > 0) and self._must_tell()
        if tell:
            self._loop.call_soon(self._deliver)

    def hold(self) -> None:
        """Deliver no more until `release`."""
        with self._lock:
            self._held = True

    def refuse(self) -> None:
        """Take no more: what waits is dropped, and a write fails."""
        with self._lock:
            self._refusing = True
            self._buffer.clear()
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.wake()

    def _deliver(self) -> None:
        with self._lock:
            self._telling = False
            if self._held:
                return
            content, self._buffer = self._buffer, bytearray()
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.wake()  # it fills the next piece while this one is worked on
        if content and not self._refusing and self.on_data is not None:
            self.on_data(bytes(content))
        if self._ended and self._is_over() and self.on_end is not None:
            self.on_end()

    def _is_over(self) -> bool:
        """Whether the end is to be told now."""
        with self._lock:
            over = self._ended and not (self._held or self._buffer or self._end_told)
            self._end_told |= over
            return over


class Listener:
    """What a guest has on descriptor 3 that wants to accept its connection: there is exactly one."""

    filetype = FILETYPE_SOCKET_STREAM
    __slots__ = ("_channel",)

    def __init__(self, channel: Channel) -> None:
        self._channel: Channel | None = channel

    def accept(self) -> Channel | None:
        """The connection; None once it was given away: no other one will come."""
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.connected = True
        return channel

    def read(self, _fiber: Fiber, _limit: int) -> bytes | None:
        raise OSError(errno.ENOTCONN, "this is a listener: accept a connection and read from that")

    def available(self, _fiber: Fiber) -> int | None:
        return None if self._channel is None else 1

    def close(self) -> None:
        """The guest listens no more; a connection that was accepted goes on."""
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.reader.close()
            channel.writer.close()


class Channel:
    """The host's end; used from the event loop alone.

    Attributes:
        reader, writer: the guest's ends.
        connected: whether the guest has its end: from the start for a stream, once accepted for a listener.
    """

    __slots__ = ("_closed", "_loop", "connected", "reader", "writer")

    def __init__(self, *, connected: bool = True) -> None:
        self._loop = loop = asyncio.get_running_loop()
        self._closed = False
        self.connected = connected
        self.reader = Reader(loop)
        self.writer = Writer(loop)

    # --- what the guest writes ---
    @property
    def claimed(self) -> bool:
        """Whether somebody receives from it."""
        return self.writer.on_data is not None

    def offer(self, claim: Callable[[], None]) -> None:
        """Have a function called on the loop when the guest writes and nobody receives: it may do so."""
        self.writer.offer(claim)

    def receive(self, on_data: Callable[[bytes], object], on_end: Callable[[], object]) -> None:
        """Take what the guest writes, and has written.

        Args:
            on_data: called on the loop with all bytes that have come since the last time, not in this call.
            on_end: called once, after the last bytes: the guest has closed its end, or has ended.

        Raises:
            LocalError: somebody receives already.
        """
        writer = self.writer
        if writer.on_data is not None:
            raise LocalError("somebody receives from this channel already; there is one receiver")
        writer.on_data, writer.on_end = on_data, on_end
        writer.release()

    def pause(self) -> None:
        """Call `on_data` no more until `resume`; the guest is held back once the buffer is full."""
        self.writer.hold()

    def resume(self) -> None:
        """Go on after `pause`."""
        if not self._closed:
            self.writer.release()

    # --- what the guest reads ---
    def feed(self, content: bytes | bytearray | memoryview) -> bool:
        """Hand bytes to the guest. All are taken; False says: wait (`drain`) before the next ones.

        Bytes for a guest that has closed its end or has ended are dropped, as a network would.

        Raises:
            ClosedError: this side has closed the channel, or said `end`.
        """
        if self._closed:
            raise ClosedError("this channel was closed; nothing can be sent through it any more")
        return self.reader.put(content)

    @property
    def unread(self) -> int:
        """How many bytes wait for the guest."""
        return self.reader.size

    def on_room(self, call: Callable[[], None]) -> bool:
        """Have a function called once there is room again (half the buffer); False if there is some now."""
        return self.reader.relieve(call)

    async def drain(self) -> None:
        """Wait until there is room for more."""
        room = self._loop.create_future()
        if self.reader.relieve(lambda: None if room.done() else room.set_result(None)):
            await room

    # --- the end ---
    def end(self) -> None:
        """Say that no more bytes come; the guest reads what is there, then the end."""
        self.reader.end()

    def close(self) -> None:
        """End both directions: the guest reads what is there, then the end; its writes fail. Idempotent.

        Neither `on_data` nor `on_end` is called any more.
        """
        if self._closed:
            return
        self._closed = True
        self.reader.end()
        self.writer.hold()
        self.writer.refuse()


def _tell(loop: asyncio.AbstractEventLoop, what: Callable[[], None]) -> None:
    if asyncio._get_running_loop() is loop:  # noqa: SLF001 - documented
        loop.call_soon(what)
        return
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is there to be told
        loop.call_soon_threadsafe(what)
