"""The standard streams of a process on another node.

Rules that hold here:

1. Writing is bounded: a write waits until no more than the stream's window is under way.
2. Reading asks for the next piece when it is wanted: what nobody reads stays at the other node, which bounds
   it.
3. A stream whose node is lost raises `BrokenError`; what was read before is not lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.capnp.stream import drained

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from wetware.schema.process_capnp import Process as ProcessClient

__all__ = ["PIECE", "RemoteInput", "RemoteOutput"]

PIECE: Final = 64 << 10
"""Bytes that are written or asked for at a time."""


class RemoteInput:
    """The writing end of a process's stdin."""

    __slots__ = ("_process",)

    def __init__(self, process: ProcessClient) -> None:
        self._process = process

    async def write(self, content: bytes) -> None:
        """Send bytes to the guest, waiting while too much is under way.

        Raises:
            RemoteError: the process has closed its stdin, has ended, or was spawned without a pipe; of this
                write or an earlier one.
            BrokenError: its node is lost.
        """
        for at in range(0, len(content), PIECE):
            await self._process.write_stdin(content=content[at : at + PIECE])

    async def write_eof(self) -> None:
        """Say that nothing more comes. Raises what a write before it failed with."""
        await drained(self._process)
        await self._process.close_stdin()


class RemoteOutput:
    """What a process writes; reading consumes."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[int], Awaitable[bytes]]) -> None:
        self._read = read

    async def read(self, limit: int = -1) -> bytes:
        """Bytes of the stream: for -1 all until its end, else at least one and at most `limit`.

        Empty at the end.

        Raises:
            RemoteError: the process was spawned without a capture of this stream.
            BrokenError: its node is lost.
        """
        if limit >= 0:
            return await self._read(min(limit, PIECE)) if limit else b""
        parts = []
        while part := await self._read(PIECE):
            parts.append(part)
        return b"".join(parts)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The lines of the stream, each with its line break; the last one perhaps without."""
        rest = b""
        while piece := await self._read(PIECE):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield line + b"\n"
        if rest:
            yield rest
