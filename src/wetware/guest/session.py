"""What a Python guest begins with: its session, the processes that it spawns, and what it gives to its host.

    async with connect() as host:
        child = await host.spawn(args=["worker"], capabilities={"ledger": Ledger()})
        worker = await child.capability(Worker)

Rules that hold here:

1. A guest has one connection to its host; everything that it holds comes through it.
2. What the session does not name was not granted, and is null: asking for it by name raises
   `NotGrantedError`, calling it raises `LocalError`.
3. A child receives exactly what its parent names: nothing is handed down by itself.
4. Leaving the block closes the connection; the process goes on until its program ends.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast, overload

from wetware.capnp.transport import Options
from wetware.capnp.vat import Connection, Vat
from wetware.errors import LocalError
from wetware.guest.link import GuestLink
from wetware.guest.loop import GuestLoop
from wetware.guest.process import Process
from wetware.schema.core_capnp import Executor, ProcessInit, Session, SpawnRequest, Terminal
from wetware.schema.process_capnp import Events

if TYPE_CHECKING:
    from wetware.capnp.client import Client
    from wetware.capnp.runtime import Server
    from wetware.schema.core_capnp import Limits_Fields, Volume

__all__ = ["Host", "NotGrantedError", "connect"]

C = TypeVar("C", bound="Client")
Handler = Callable[[], Awaitable[None] | None]

_INPUTS: Final = {"closed": SpawnRequest.Input.CLOSED, "pipe": SpawnRequest.Input.PIPE}
_OUTPUTS: Final = {
    "null": SpawnRequest.Output.NULL,
    "capture": SpawnRequest.Output.CAPTURE,
    "inherit": SpawnRequest.Output.INHERIT,
}


class NotGrantedError(LocalError):
    """This program was not given what it asks for; who spawned it decides that."""


class Host:
    """A guest's host.

    Attributes:
        session: what the guest was granted.
        connection: the connection itself.
        process: this process.
    """

    def __init__(self, connection: Connection, session: Session) -> None:
        self.connection = connection
        self.session = session
        self._init = connection.bootstrap(ProcessInit)
        self.process = Process(self._init.process().process)
        self._program = b""

    # --- what was granted ---
    @property
    def executor(self) -> Executor:
        """What runs processes. Raises `NotGrantedError` where it was not granted."""
        executor = self.session.exec
        if not executor:
            raise NotGrantedError("no executor was granted; whoever spawns this program has to grant one")
        return executor

    @overload
    def capability(self, name: str) -> Client: ...
    @overload
    def capability(self, name: str, kind: type[C]) -> C: ...
    def capability(self, name: str, kind: type[C] | None = None) -> Client | C:
        """A capability of the session by its name.

        Args:
            name: as its spawner wrote it.
            kind: the generated class of its interface; without it, the client knows no methods.

        Raises:
            NotGrantedError: nothing of that name was granted.
        """
        for extra in self.session.extra:
            if extra.name == name:
                return extra.client if kind is None else extra.client._as(kind)  # noqa: SLF001 - its way to cast
        granted = ", ".join(extra.name for extra in self.session.extra) or "none"
        raise NotGrantedError(f"no capability {name!r} was granted; granted by name: {granted}")

    # --- processes ---
    async def spawn(
        self,
        program: bytes | None = None,
        *,
        cid: bytes | None = None,
        name: str = "",
        args: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        capabilities: Mapping[str, Client | Server] | None = None,
        executor: bool = False,
        stdin: Literal["closed", "pipe"] | bytes = "closed",
        stdout: Literal["null", "capture", "inherit"] = "inherit",
        stderr: Literal["null", "capture", "inherit"] = "inherit",
        limits: Limits_Fields | None = None,
        dirs: Mapping[str, Volume] | None = None,
        link: bool = False,
    ) -> Process:
        """Start a child. It has nothing but what is given here.

        Args:
            program: a module, component or archive; without it and a `cid`, this very program.
            cid: the name of a program that the host keeps, in place of its bytes.
            name: its argument 0; by default its CID.
            args: the words after that.
            env: its environment variables, all of them.
            capabilities: what its session holds, by name: clients, or objects to be served from here.
            executor: whether its session holds an executor, with which it spawns and sees what is below it.
            stdin: at its end from the start, a pipe (`Process.write`), or its whole content.
            stdout: this process's own, nowhere, or kept to be read (`Process.stdout`).
            stderr: likewise.
            limits: memory, output (bytes), deadline, cpu (seconds), children, descriptors; none can be above
                this process's own.
            dirs: its files: volumes that were granted to this program, by the paths at which it finds them.
            link: whether the end of either ends the other, from before its first instruction.

        Raises:
            NotGrantedError: no executor was granted to this program.
            CallError: it cannot be run; nothing was started.
        """
        request = SpawnRequest.new(
            name=name,
            args=list(args),
            env=[{"name": name, "value": value} for name, value in (env or {}).items()],
            stdout=_OUTPUTS[stdout],
            stderr=_OUTPUTS[stderr],
            limits=limits or {},
            link=link,
        )
        runs = self.executor
        if program is not None:
            request.program.bytecode = program
        else:
            request.program.cid = cid or await self._own_program()
        if isinstance(stdin, bytes):
            request.stdin, request.stdin_content = SpawnRequest.Input.CONTENT, stdin
        else:
            request.stdin = _INPUTS[stdin]
        session = request.init_session()
        if executor:
            session.exec = runs
        if capabilities:
            extra = session.init_extra(len(capabilities))
            for item, (key, client) in zip(extra, capabilities.items(), strict=True):
                item.name, item.client = key, client
        if dirs:
            for place, (path, volume) in zip(request.init_dirs(len(dirs)), dirs.items(), strict=True):
                place.path, place.volume = path, volume
        return Process((await runs.spawn(request=request)).process)

    async def _own_program(self) -> bytes:
        self._program = self._program or bytes((await self.process.info()).cid)
        return self._program

    # --- what this program gives ---
    async def provide(self, capability: Client | Server | None) -> None:
        """Offer a capability to whoever holds this process (`Process.capability`); None takes it back."""
        await self._init.provide(capability=capability)

    async def handle_events(self, *, pause: Handler, resume: Handler) -> None:
        """Be told of pause and resume, instead of being suspended between two instructions.

        Each may be a plain function or a coroutine function; whoever pauses is answered when it returns.
        """
        await self._init.events(handler=_Events(pause, resume))


class _Events(Events.Server):
    __slots__ = ("_pause", "_resume")

    def __init__(self, pause: Handler, resume: Handler) -> None:
        self._pause = pause
        self._resume = resume

    async def pause(self, *, context: Any) -> None:  # noqa: ARG002 - the schema's
        await _call(self._pause)

    async def resume(self, *, context: Any) -> None:  # noqa: ARG002 - the schema's
        await _call(self._resume)


async def _call(handler: Handler) -> None:
    answer = handler()
    if answer is not None:
        await answer


@contextlib.asynccontextmanager
async def connect(*, seconds: float = 15.0) -> AsyncIterator[Host]:
    """Connect with the host and log in.

    Raises:
        LocalError: the program is connected already.
        BrokenError: nobody answers, or the process was spawned without a channel.
        TimeoutError: no answer for that long.
    """
    # the host lives in the same memory: there is no need to ask whether it is there
    async with Vat(options=Options(keep_alive=0)) as vat:
        loop = cast("GuestLoop", asyncio.get_running_loop())
        connection = vat.over(lambda *how: GuestLink(loop, *how))
        async with asyncio.timeout(seconds):
            results = await connection.bootstrap(Terminal).login(account=None)
        yield Host(connection, results.session)
