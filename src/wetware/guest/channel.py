"""The stream to the host as an asyncio transport, for whatever speaks a protocol over it.

There is one stream: connect it once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from wetware.guest import host
from wetware.guest.loop import GuestLoop

__all__ = ["ChannelTransport", "connect", "open_streams"]

P = TypeVar("P", bound=asyncio.Protocol)

READ_SIZE: Final = 256 * 1024
HIGH_WATER: Final = 64 * 1024


class ChannelTransport(asyncio.Transport):
    """The stream to the host.

    Args:
        loop: the guest's.
        protocol: gets what comes.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, protocol: asyncio.BaseProtocol) -> None:
        super().__init__({})
        self._loop = loop
        self._protocol = protocol
        self._buffer = bytearray()
        self._high = HIGH_WATER
        self._low = HIGH_WATER // 4
        self._reading = False
        self._read_ended = False
        self._write_paused = False
        self._ending = False  # write_eof was called
        self._closing = False
        self._lost = False
        self.began = loop.create_future()
        loop.call_soon(self._begin)

    def _begin(self) -> None:
        self._protocol.connection_made(self)
        if not self.began.done():
            self.began.set_result(None)
        self.resume_reading()

    # --- reading ---
    def is_reading(self) -> bool:
        return self._reading

    def pause_reading(self) -> None:
        if self._reading:
            self._reading = False
            self._loop.remove_reader(host.CHANNEL)

    def resume_reading(self) -> None:
        if not (self._reading or self._closing or self._read_ended):
            self._reading = True
            self._loop.add_reader(host.CHANNEL, self._readable)

    def _readable(self) -> None:
        content = host.read(READ_SIZE)
        protocol = cast("asyncio.Protocol", self._protocol)
        if content and isinstance(self._protocol, asyncio.BufferedProtocol):
            _fill(self._protocol, content)
        elif content:
            protocol.data_received(content)
        elif content is not None:
            self.pause_reading()
            self._read_ended = True
            if not protocol.eof_received():
                self.close()

    # --- writing ---
    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._ending:
            raise RuntimeError("nothing can be written after write_eof")
        if self._lost or not data:
            return
        if not self._buffer:
            try:
                taken = host.write(data)
            except BrokenPipeError as error:
                self._lose(error)
                return
            if taken == len(data):
                return
            data = memoryview(data)[taken:]
            self._loop.add_writer(host.CHANNEL, self._writable)
        self._buffer += data
        if len(self._buffer) > self._high and not self._write_paused:
            self._write_paused = True
            self._protocol.pause_writing()

    def _writable(self) -> None:
        try:
            taken = host.write(self._buffer)
        except BrokenPipeError as error:
            self._lose(error)
            return
        del self._buffer[:taken]
        if self._write_paused and len(self._buffer) <= self._low:
            self._write_paused = False
            self._protocol.resume_writing()
        if not self._buffer:
            self._loop.remove_writer(host.CHANNEL)
            if self._ending:
                host.end()
            if self._closing:
                self._lose(None)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._high = high if high is not None else 4 * low if low is not None else HIGH_WATER
        self._low = low if low is not None else self._high // 4

    def get_write_buffer_limits(self) -> tuple[int, int]:
        return self._low, self._high

    def get_write_buffer_size(self) -> int:
        return len(self._buffer)

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        if not self._ending:
            self._ending = True
            if not self._buffer:
                host.end()

    # --- the end ---
    def get_protocol(self) -> asyncio.BaseProtocol:
        return self._protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        """Stop reading; what was written still leaves."""
        if self._closing:
            return
        self._closing = True
        self.pause_reading()
        if not self._buffer:
            self._lose(None)

    def abort(self) -> None:
        self._lose(None)

    def _lose(self, error: Exception | None) -> None:
        if self._lost:
            return
        self._lost = self._closing = True
        self.pause_reading()
        if self._buffer:
            self._loop.remove_writer(host.CHANNEL)
            self._buffer.clear()
        host.end()
        self._loop.call_soon(self._protocol.connection_lost, error)


def _fill(protocol: asyncio.BufferedProtocol, content: bytes) -> None:
    """Give bytes to a protocol that says where it wants them."""
    view = memoryview(content)
    while view:
        room = memoryview(protocol.get_buffer(len(view)))
        count = min(len(room), len(view))
        room[:count] = view[:count]
        protocol.buffer_updated(count)
        view = view[count:]


async def connect(protocol: Callable[[], P]) -> tuple[ChannelTransport, P]:
    """Speak a protocol with the host; as `loop.create_connection`.

    Raises:
        LocalError: the program is connected already.
    """
    loop = asyncio.get_running_loop()
    if isinstance(loop, GuestLoop):
        loop.check_free()
    made = protocol()
    transport = ChannelTransport(loop, made)
    await transport.began
    return transport, made


async def open_streams(limit: int = 1 << 16) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The stream as a reader and a writer; as `asyncio.open_connection`."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=limit)
    transport, protocol = await connect(lambda: asyncio.StreamReaderProtocol(reader))
    writer: Any = asyncio.StreamWriter(transport, protocol, reader, loop)
    return reader, writer
