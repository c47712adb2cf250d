"""A process as a guest holds it: one that it has spawned, that it was handed, or itself.

Rules that hold here:

1. A process that has ended answers everything at once: whoever begins to watch late misses nothing.
2. `Process` has the ways of Python around a client of the schema's interface; `client` is the bare one, to be
   handed to others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from wetware.capnp.client import Client
    from wetware.schema.process_capnp import ExitReason, Info
    from wetware.schema.process_capnp import Process as ProcessClient

__all__ = ["Ended", "Output", "Process"]

C = TypeVar("C", bound="Client")

PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a process.

    Attributes:
        kind: exited, killed, shutdown, linked, limit, trapped or node_lost.
        code: its exit code where it exited by itself, else None.
        reason: everything about it, as the schema has it.
    """

    kind: str
    code: int | None
    reason: ExitReason

    @classmethod
    def of(cls, reason: ExitReason) -> Ended:
        return cls(reason.which, reason.exited if reason.which == "exited" else None, reason)

    @property
    def well(self) -> bool:
        """Whether it exited with code 0."""
        return self.code == 0

    def __str__(self) -> str:
        reason = self.reason
        match self.kind:
            case "exited":
                return f"exited with code {self.code}"
            case "linked":
                return f"ended with process {reason.linked.via}, which it was linked with"
            case "limit":
                return f"ended at its limit on {reason.limit.which_}"
            case "trapped":
                return f"trapped: {reason.trapped}"
            case "node_lost":
                return "its node was lost"
            case _:
                return self.kind


class Output:
    """What a process writes to one stream, if it was spawned with a capture of it."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[int], Awaitable[bytes]]) -> None:
        self._read = read

    async def read(self, limit: int | None = None) -> bytes:
        """The next bytes, at least one and at most `limit`; without a limit, all to the end of the stream.

        Empty at the end.
        """
        if limit is not None:
            return await self._read(limit)
        pieces = []
        while piece := await self._read(PIECE):
            pieces.append(piece)
        return b"".join(pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Its lines, with their ends."""
        rest = b""
        while piece := await self._read(PIECE):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield line + b"\n"
        if rest:
            yield rest


class Process:
    """A running program, or one that has ended.

    Attributes:
        client: the capability.
        stdout: what it writes, if it was spawned with `stdout="capture"`.
        stderr: likewise.
    """

    __slots__ = ("client", "stderr", "stdout")

    def __init__(self, client: ProcessClient) -> None:
        self.client = client
        self.stdout = Output(self._read_stdout)
        self.stderr = Output(self._read_stderr)

    async def wait(self) -> int:
        """Wait for its end.

        Its exit code, or the number of its reason (`process.capnp`, `wait`).
        """
        return (await self.client.wait()).exit_code

    async def monitor(self) -> Ended:
        """Wait until it has ended and released everything; how it ended."""
        return Ended.of((await self.client.reason()).reason)

    async def kill(self) -> None:
        """End it, and all below it. No effect on one that has ended."""
        await self.client.kill()

    async def link(self, other: Process) -> None:
        """The end of either, for whatever reason, ends the other. Linking twice is linking once."""
        await self.client.link(other=other.client, roundtrip=False)

    async def unlink(self, other: Process) -> None:
        """Undo `link`. No effect where there is no link."""
        await self.client.unlink(other=other.client, roundtrip=False)

    async def pause(self, *, force: bool = False) -> None:
        """Let it run no further: by its own handler if it has one, else (or with `force`) as it stands."""
        await (self.client.suspend() if force else self.client.pause())

    async def resume(self) -> None:
        """Let it go on."""
        await self.client.resume()

    async def info(self) -> Info:
        """What can be told of it now."""
        return (await self.client.info()).info

    @overload
    async def capability(self) -> Client: ...
    @overload
    async def capability(self, kind: type[C]) -> C: ...
    async def capability(self, kind: type[C] | None = None) -> Client | C:
        """What its program offers (`Host.provide`), as soon as it does.

        Raises `DisconnectedError`, which says why, once it has ended.
        """
        offered = (await self.client.bootstrap()).capability
        return offered if kind is None else offered._as(kind)  # noqa: SLF001 - a client has no public names

    async def write(self, content: bytes) -> None:
        """Write to its stdin, if it was spawned with `stdin="pipe"`; waits while it does not read."""
        await self.client.write_stdin(content=content)

    async def write_eof(self) -> None:
        """Close its stdin."""
        await self.client.close_stdin()

    async def _read_stdout(self, limit: int) -> bytes:
        return bytes((await self.client.read_stdout(limit=limit)).content)

    async def _read_stderr(self, limit: int) -> bytes:
        return bytes((await self.client.read_stderr(limit=limit)).content)
