"""A process as the program that spawned it holds it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, overload

from wetware.process.entry import Entry
from wetware.process.reasons import ExitReason
from wetware.process.states import EXITED, Shown
from wetware.process.stimuli import (
    CancelMonitor,
    CancelWait,
    Kill,
    Link,
    Monitor,
    Pause,
    Resume,
    Unlink,
    Wait,
)
from wetware.services.offer import Offer

if TYPE_CHECKING:
    from wetware.capnp.client import Client
    from wetware.services.executor import Executor
    from wetware.services.guest import GuestConnection
    from wetware.wasm.channel import Channel
    from wetware.wasm.cid import Cid
    from wetware.wasm.fiber import Fiber
    from wetware.wasm.inputs import InputWriter
    from wetware.wasm.outputs import Capture

__all__ = ["Process", "ProcessInfo"]

C = TypeVar("C", bound="Client")


@dataclass(frozen=True, slots=True)
class ProcessInfo:
    """What can be told of a process at one moment.

    Attributes:
        pid: its number on this node.
        ppid: its parent's; 1 for what the node itself spawned.
        cid: the name of its program.
        name: its argument 0.
        args: its arguments after that.
        state: starting, runnable, running, waiting, paused, ending or exited.
        created: when it was spawned, in seconds since the epoch.
        cpu: seconds of processor time used.
        memory: bytes of its memory, as of its last host call while it lives; of a component, whose memories
            cannot be looked at, what it began with.
        output: bytes written to stdout and stderr.
        reason: why it ended or is ending; None while it lives.
        node: the peer id of its node, where another node has told of it.
    """

    pid: int
    ppid: int
    cid: Cid
    name: str
    args: tuple[str, ...]
    state: Shown
    created: float
    cpu: float
    memory: int
    output: int
    reason: ExitReason | None
    node: str = ""


class Process:
    """A running program, or one that has ended: the object stays good, and answers at once.

    Attributes:
        pid: its number on this node, unique among the living ones.
        cid: the name of its program.
        stdin: the writing end of its stdin if it was spawned with `stdin="pipe"`, else None.
        stdout: what it writes, if spawned with `stdout="capture"` or "pipe", else None.
        stderr: likewise.
        channel: the host's end of its channel; None if it was spawned with `channel="none"`.
    """

    __slots__ = (
        *(
            "_id",
            "args",
            "channel",
            "cid",
            "connection",
            "entry",
            "executor",
            "fiber",
            "name",
            "numbered",
            "offer",
            "pid",
            "stderr",
            "stdin",
        ),
        *("__weakref__", "stdout"),
    )

    fiber: Fiber
    entry: Entry
    pid: int
    numbered: bool
    connection: GuestConnection | None
    """Its Cap'n Proto connection to this host, if it has been given one."""

    def __init__(
        self,
        executor: Executor,
        cid: Cid,
        name: str,
        args: tuple[str, ...],
        stdin: InputWriter | None,
        stdout: Capture | None,
        stderr: Capture | None,
        channel: Channel | None,
    ) -> None:
        self.executor = executor
        self.connection = None
        self.offer = Offer()
        self._id = 0
        self.cid = cid
        self.name = name
        self.args = args
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.channel = channel

    @property
    def reason(self) -> ExitReason | None:
        """Why it ended; None while it has not."""
        return self.entry.reason if self.entry.state == EXITED else None

    @property
    def id(self) -> int:
        """A number that no other process of any node has, but by a chance of 1 in 2^63.

        Drawn when first asked for.
        """
        if not self._id:
            self._id = secrets.randbits(63) or 1
        return self._id

    async def wait(self) -> int:
        """Wait for its end.

        Its exit code, or the code of its reason (a UInt32, see `ExitReason.wait_code`).
        """
        return (await self._result()).wait_code

    async def _result(self) -> ExitReason:
        if self.entry.state == EXITED and self.entry.reason is not None:
            return self.entry.reason
        answer: asyncio.Future[ExitReason] = asyncio.get_running_loop().create_future()
        self.executor.apply(Wait(self.entry, answer))
        try:
            return await answer
        finally:
            if not answer.done() or answer.cancelled():
                self.executor.apply(CancelWait(self.entry, answer))

    async def monitor(self) -> ExitReason:
        """Wait until the process has ended and everything it held is released; why it ended."""
        if self.entry.state == EXITED and self.entry.reason is not None:
            return self.entry.reason
        answer: asyncio.Future[ExitReason] = asyncio.get_running_loop().create_future()
        self.executor.apply(Monitor(self.entry, answer))
        try:
            return await answer
        finally:
            if not answer.done() or answer.cancelled():
                self.executor.apply(CancelMonitor(self.entry, answer))

    @overload
    async def capability(self) -> Client: ...
    @overload
    async def capability(self, kind: type[C]) -> C: ...
    async def capability(self, kind: type[C] | None = None) -> Client | C:
        """What the program offers to whoever holds its process, as soon as it does (tests: `test_offers.py`).

        Args:
            kind: the generated class of its interface; without it, the client knows no methods.

        Raises:
            NothingOfferedError: the process has ended, before or meanwhile; its `reason` says why.
            LocalError: it has no connection, so that it could offer nothing.
            LimitError: too many wait for this process.
        """
        offered = await self.offer.take(self)
        return offered if kind is None else offered._as(kind)  # noqa: SLF001 - a client has no public names

    def kill(self) -> None:
        """End it, and all below it, at its next yield. No effect on one that has ended."""
        self.executor.apply(Kill(self.entry))

    def pause(self, *, force: bool = False) -> None:
        """Let it run no further.

        By itself if it handles the event, else (or with `force`) by the scheduler's hand.
        """
        self.executor.apply(Pause(self.entry, force))

    def resume(self) -> None:
        """Let it go on."""
        self.executor.apply(Resume(self.entry))

    def link(self, other: Process) -> None:
        """The end of either, for whatever reason, ends the other. Linking twice is linking once.

        Raises `LocalError` for a process of another node, `LimitError` for too many links.
        """
        self.executor.check_own(other)
        self.executor.apply(Link(self.entry, other.entry))

    def unlink(self, other: Process) -> None:
        """Undo `link`. No effect where there is no link."""
        self.executor.check_own(other)
        self.executor.apply(Unlink(self.entry, other.entry))

    def info(self) -> ProcessInfo:
        """What can be told of it now."""
        return self.executor.info(self)

    def __repr__(self) -> str:
        return f"<process {self.pid} {self.name!r} {self.info().state}>"
