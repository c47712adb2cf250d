"""Writing to a descriptor of this program without ever waiting for its reader.

A terminal or pipe that this program inherits is usually in blocking mode, and that mode belongs to everybody
who has it open: switching it off would break the shell, or whoever reads the other end. To ask whether it is
writable is not enough: a terminal says yes with room for one byte, and a write of more than that waits for as
long as nobody reads; so does a write to a pipe that somebody else has filled in between.

Rules that hold here:

1. A terminal or pipe is opened once more, through `/proc`, which makes an open file description of our own:
   in non-blocking mode, and nobody else's business. A socket, which cannot be opened, is written to with a
   flag for the single call.
2. Where that is refused (another user's terminal, no `/proc`), the descriptor itself is asked first and then
   given one piece that a pipe takes whole.
3. A regular file never makes its writer wait for a reader, and is written to directly.
"""

from __future__ import annotations

import os
import select
import socket
import stat
from typing import Final, Protocol

__all__ = ["Sink", "sink_of"]

PIECE: Final = 4096
"""POSIX's PIPE_BUF on Linux: a pipe that is writable takes this many bytes without blocking."""
MOST: Final = 64 * 1024


class Sink(Protocol):
    """Takes bytes.

    Attributes:
        descriptor: what an event loop watches to learn when there is room again.
    """

    descriptor: int

    def write(self, content: bytes) -> int:
        """How many bytes were taken; 0 when none can be now. Raises OSError once there is no reader."""

    def close(self) -> None:
        """Give back what was opened for it; the descriptor that it was made from stays open."""


def sink_of(descriptor: int) -> Sink:
    """The sink that fits what a descriptor is. Raises OSError for one that is not open."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISSOCK(mode):
        return _Socket(descriptor)
    if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        try:
            flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
            return _Own(os.open(f"/proc/self/fd/{descriptor}", flags))
        except OSError:
            return _Asked(descriptor)
    return _File(descriptor)


class _Own:
    __slots__ = ("descriptor",)

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def write(self, content: bytes) -> int:
        try:
            return os.write(self.descriptor, content[:MOST])
        except BlockingIOError:
            return 0

    def close(self) -> None:
        os.close(self.descriptor)


class _Socket:
    __slots__ = ("_socket", "descriptor")

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=os.dup(descriptor))
        self.descriptor = self._socket.fileno()

    def write(self, content: bytes) -> int:
        try:
            return self._socket.send(content[:MOST], socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0

    def close(self) -> None:
        self._socket.close()


class _Asked:
    __slots__ = ("_poll", "descriptor")

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLOUT)

    def write(self, content: bytes) -> int:
        try:
            return os.write(self.descriptor, content[:PIECE]) if self._poll.poll(0) else 0
        except BlockingIOError:
            return 0

    def close(self) -> None:
        pass


class _File:
    __slots__ = ("descriptor",)

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def write(self, content: bytes) -> int:
        return os.write(self.descriptor, content)

    def close(self) -> None:
        pass
