"""Another node, and processes on it, with the verbs of `Node` and `Process`.

    node = RemoteNode(session)                    # the session that a login, or `dialPeer`, gave
    process = await node.spawn("prog.wasm", args=["x"], stdout="pipe")
    async for line in process.stdout: ...
    print(await process.monitor())

Rules that hold here:

1. A question that the other node can answer at once has `timeout` seconds; one that waits for a process's end
   has no limit but the connection's life.
2. A connection that is lost is an end: `monitor` and `wait` answer `NodeLost`, once, like any other reason;
   everything else raises `BrokenError` (test_a_lost_node_is_an_end).
3. However many wait for a process here, the other node is asked once (test_many_wait_once).
4. A program is named, not sent: its bytes travel only where the node does not have them
   (test_a_program_travels_once).
5. What is spawned ends when nobody holds it any more, unless it is detached (`tenancy.py`).

The named tests are in `tests/services/test_remote.py`.
"""

from __future__ import annotations

import asyncio
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, overload

from wetware.capnp.client import Client
from wetware.capnp.exceptions import MAX_REASON, DisconnectedError
from wetware.cluster.identity import PeerId
from wetware.errors import BrokenError, ClosedError, LocalError, RemoteError
from wetware.process.reasons import NodeLost
from wetware.schema.core_capnp import Executor, Session, SpawnRequest, Volume
from wetware.schema.process_capnp import BytecodeCache_Server, Process_Server
from wetware.schema.process_capnp import Process as ProcessClient
from wetware.services.remote_streams import PIECE, RemoteInput, RemoteOutput
from wetware.services.volumes import VOLUME
from wetware.services.wire import info_of, reason_of
from wetware.wasm.cid import Cid
from wetware.wasm.limits import DEFAULT, Limits
from wetware.wasm.program import Program

if TYPE_CHECKING:
    import os
    from collections.abc import Awaitable, Mapping, Sequence

    from wetware.capnp.runtime import Server
    from wetware.process.reasons import ExitReason
    from wetware.schema.core_capnp import Limits_Fields
    from wetware.services.process import ProcessInfo

__all__ = ["RemoteNode", "RemoteProcess"]

T = TypeVar("T")
C = TypeVar("C", bound=Client)

TIMEOUT = 15.0
"""Seconds that a node has for an answer."""

_OUTPUTS = {
    "null": SpawnRequest.Output.NULL,
    "capture": SpawnRequest.Output.CAPTURE,
    "pipe": SpawnRequest.Output.PIPE,
}


class RemoteNode:
    """A node, as the holder of a session on it sees it.

    Attributes:
        session: what was granted there.
        peer: the node's peer id as text; empty where it is in no cluster.
        host: the name of its host.
        timeout: seconds that it has for an answer.
    """

    def __init__(self, session: Session, *, timeout: float = TIMEOUT) -> None:
        self.session = session
        self.peer = session.local.peer
        self.host = session.local.host
        self.timeout = timeout

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return self.peer or self.host or "the other node"

    @property
    def executor(self) -> Executor:
        """Its executor. Raises `LocalError` where none was granted."""
        executor = self.session.exec
        if not executor:
            raise LocalError(
                f"{self.name} has granted no executor to this account; its policy says who gets one"
            )
        return executor

    def volume(self, name: str) -> Volume:
        """A directory of that node, to be given to programs there; its runner has named it.

        Raises `LocalError` where it was not granted.
        """
        volumes = {
            extra.name.removeprefix(VOLUME): extra.client
            for extra in self.session.extra
            if extra.name.startswith(VOLUME)
        }
        if name not in volumes:
            raise LocalError(
                f"{self.name} has granted no volume {name!r} to this account; "
                f"it has granted {', '.join(sorted(volumes)) or 'none'}"
            )
        return volumes[name]._as(Volume)  # noqa: SLF001 - its way to cast

    async def spawn(
        self,
        program: bytes | str | os.PathLike[str] | Cid | Program,
        *,
        args: Sequence[str] = (),
        name: str | None = None,
        env: Mapping[str, str] | None = None,
        parent: RemoteProcess | None = None,
        link: RemoteProcess | None = None,
        limits: Limits = DEFAULT,
        stdin: Literal["closed", "pipe"] | bytes = "closed",
        stdout: Literal["null", "capture", "pipe"] = "null",
        stderr: Literal["null", "capture", "pipe"] = "null",
        executor: bool | Literal["all"] = False,
        capabilities: Mapping[str, Client | Server] | None = None,
        dirs: Mapping[str, Volume | str] | None = None,
        detached: bool = False,
    ) -> RemoteProcess:
        """Start a process there. It has nothing but what is given here.

        Args:
            program: a path, the bytes of a program, or the CID of one that the node has or can find in its
                cluster.
            args: the words after its name.
            name: its argument 0; by default the program's CID.
            env: its environment variables, all of them.
            parent: a process of the same node whose end ends it too.
            link: a process, of any node of the cluster, whose end ends it, and the other way round.
            limits: what it may use, at most what the node allows.
            stdin: "closed", "pipe" (see `RemoteProcess.stdin`), or its whole content as bytes.
            stdout: "pipe" (see `RemoteProcess.stdout`; the process waits for the reader), "capture" (the node
                keeps the last megabyte that nobody has read) or "null".
            stderr: likewise.
            executor: whether its session holds an executor, through which it spawns and sees what is below
                it; "all" for one that reaches all that this session's does, other nodes included.
            capabilities: what else its session holds, by name.
            dirs: its files: volumes of that node (see `volume`), or their names, by the paths at which it
                finds them.
            detached: let it live on when nobody holds it any more.

        Raises:
            RemoteError: the node refused; the text says why.
            LimitError: a limit of the node, or of the connection.
            BrokenError: the node is lost, or does not answer in time.
            LocalError: an argument that cannot be; no executor was granted.
        """
        request = SpawnRequest.new(
            name=name or "",
            args=list(args),
            env=[{"name": key, "value": value} for key, value in (env or {}).items()],
            stdout=_output(stdout),
            stderr=_output(stderr),
            detached=detached,
            limits=_limits(limits),
        )
        cid, source = await _named(program)
        request.program.cid = cid.binary
        if source is not None:
            request.source = source
        if isinstance(stdin, bytes):
            request.stdin, request.stdin_content = SpawnRequest.Input.CONTENT, stdin
        elif stdin == "pipe":
            request.stdin = SpawnRequest.Input.PIPE
        elif stdin != "closed":
            raise LocalError(f"no stdin of kind {stdin!r}; choose 'closed', 'pipe', or give bytes")
        if parent is not None:
            request.parent = parent.capability
        if executor:
            request.session.exec = self.executor if executor == "all" else self.executor.narrowed().executor
        if capabilities:
            extras = request.session.init_extra(len(capabilities))
            for extra, (key, client) in zip(extras, capabilities.items(), strict=True):
                extra.name, extra.client = key, client
        if dirs:
            for place, (path, volume) in zip(request.init_dirs(len(dirs)), dirs.items(), strict=True):
                place.path = path
                place.volume = self.volume(volume) if isinstance(volume, str) else volume
        spawned = await self._process(self.executor.spawn(request=request).process)
        if link is not None:
            try:
                await spawned.link(link)
            except BaseException:
                await spawned.kill()
                raise
        return spawned

    async def prepare(self, program: bytes | str | os.PathLike[str] | Cid | Program) -> None:
        """Have a program fetched and compiled there, so that its next spawn is quick.

        Raises:
            NotRunnableError: it is no program that can run there; the text is that node's.
            RemoteError, LimitError, BrokenError, LocalError: as `spawn`.
        """
        from wetware.wasm.loader import NotRunnableError

        cid, source = await _named(program)
        prepared = await self.ask(self.executor.prepare(cid=cid.binary, source=source))
        if prepared.problem:
            raise NotRunnableError([RemoteError(prepared.problem[:MAX_REASON])])

    async def find(self, pid: int) -> RemoteProcess:
        """The live process of this number. Raises `RemoteError` where there is none that may be seen."""
        return await self._process(self.executor.find(pid=pid).process)

    async def ps(self) -> list[ProcessInfo]:
        """All live processes that may be seen, by pid."""
        return [info_of(info) for info in (await self.ask(self.executor.ps())).procs]

    async def dial(self, peer: PeerId | bytes | str) -> RemoteNode | None:
        """Another node, as this account sees it from there on; None for this very node.

        Args:
            peer: its peer id, in any form.

        Raises:
            RemoteError: it does not let this account in, or this executor may dial nobody.
            BrokenError: it cannot be reached; the message says what was tried.
        """
        if isinstance(peer, str):
            peer = PeerId.parse(peer)
        if isinstance(peer, PeerId):
            peer = peer.binary
        answer = await self.ask(self.executor.dial_peer(peer_id=peer))
        return None if answer.self_ else RemoteNode(answer.session, timeout=self.timeout)

    @overload
    async def introduce(self, process: RemoteProcess | ProcessClient | Process_Server) -> Client: ...
    @overload
    async def introduce(
        self, process: RemoteProcess | ProcessClient | Process_Server, kind: type[C]
    ) -> C: ...
    async def introduce(
        self, process: RemoteProcess | ProcessClient | Process_Server, kind: type[C] | None = None
    ) -> Client | C:
        """What the program of a process offers, for programs of this node.

        It is reached from this node over the nodes' own connection: nothing goes by way of this program, and
        it is still good when this program has gone. It does not hold the process.

        Args:
            process: a process of any node of the cluster.
            kind: the generated class of its interface; without it, the client knows no methods.

        Raises:
            RemoteError: it has ended, or is none of the cluster's processes.
            BrokenError: the other node cannot be reached from this one; the program offers nothing in time.
        """
        answer = await self.ask(self.executor.introduce(process=_capability(process)))
        return answer.capability if kind is None else answer.capability._as(kind)  # noqa: SLF001 - its way to cast

    async def ask(self, question: Awaitable[T]) -> T:
        """Wait for an answer that the node can give at once. Raises `BrokenError` where it does not."""
        try:
            async with asyncio.timeout(self.timeout) as limit:
                return await question
        except TimeoutError:
            if not limit.expired():
                raise
            raise BrokenError(
                f"{self.name} did not answer within {self.timeout:g} s: it hangs, or is cut off"
            ) from None

    async def _process(self, capability: ProcessClient) -> RemoteProcess:
        """The process behind a capability that may still be promised: one way there and back."""
        return RemoteProcess(self, capability, info_of((await self.ask(capability.info())).info))

    def __repr__(self) -> str:
        return f"<RemoteNode {self.name}>"


class RemoteProcess:
    """A process on another node, or one that has ended.

    Attributes:
        node: where it runs.
        capability: the process itself, to be handed to others.
        pid: its number there.
        cid: the name of its program.
        stdin: the writing end of its stdin, if it was spawned with `stdin="pipe"`.
        stdout: what it writes, if it was spawned with a capture.
        stderr: likewise.
        reason: why it ended, once somebody here has waited for that; None before.
    """

    def __init__(self, node: RemoteNode, capability: ProcessClient, info: ProcessInfo) -> None:
        self.node = node
        self.capability = capability
        self.pid = info.pid
        self.cid = info.cid
        self.stdin = RemoteInput(capability)
        self.stdout = RemoteOutput(self._read_stdout)
        self.stderr = RemoteOutput(self._read_stderr)
        self.reason: ExitReason | None = None
        self._end: asyncio.Task[ExitReason] | None = None
        self._waiting = 0

    @property
    def address(self) -> str:
        """Its name in the cluster: `pid@peer id`."""
        return f"{self.pid}@{self.node.name}"

    async def wait(self) -> int:
        """Wait for its end.

        Its exit code, or the code of its reason (a UInt32, see `ExitReason.wait_code`).
        """
        return (await self.monitor()).wait_code

    async def monitor(self) -> ExitReason:
        """Wait until it has ended and everything it held is released; why it ended.

        `NodeLost` where the connection to its node is lost: whether it still runs is not known then.

        Raises:
            LimitError: too many watch it.
        """
        if self._end is None:
            self._end = asyncio.ensure_future(self._watch())
        end = self._end
        self._waiting += 1
        try:
            return await asyncio.shield(end)
        finally:
            self._waiting -= 1
            if end.done():
                if end.cancelled() or end.exception() is not None:
                    self._end = None  # whoever asks next asks anew
            elif not self._waiting:
                self._end = None
                end.cancel()

    async def _watch(self) -> ExitReason:
        try:
            self.reason = reason_of((await self.capability.reason()).reason, self.node.peer)
        except (DisconnectedError, ClosedError):
            self.reason = NodeLost(self.node.name)
        return self.reason

    async def kill(self) -> None:
        """End it, and all below it. No effect on one that has ended."""
        await self.node.ask(self.capability.kill())

    async def pause(self, *, force: bool = False) -> None:
        """Let it run no further.

        By itself if it handles the event, else (or with `force`) by the scheduler's hand.
        """
        await self.node.ask(self.capability.suspend() if force else self.capability.pause())

    async def resume(self) -> None:
        """Let it go on."""
        await self.node.ask(self.capability.resume())

    async def link(self, other: RemoteProcess | ProcessClient | Process_Server) -> None:
        """The end of either, for whatever reason, ends the other. Linking twice is linking once.

        Args:
            other: a process of any node of the cluster. To link with one that cannot be reached is to link
                with one that has ended.
        """
        await self.node.ask(self.capability.link(other=_capability(other), roundtrip=False))

    async def unlink(self, other: RemoteProcess | ProcessClient | Process_Server) -> None:
        """Undo `link`. No effect where there is no link."""
        await self.node.ask(self.capability.unlink(other=_capability(other), roundtrip=False))

    async def info(self) -> ProcessInfo:
        """What can be told of it now."""
        return info_of((await self.node.ask(self.capability.info())).info)

    async def log(
        self, *, stderr: bool = False, offset: int = 0, wait: bool = False
    ) -> tuple[int, bytes, bool]:
        """What its node keeps of its output, without taking it away (see `Capture.look`).

        Raises:
            RemoteError: nothing is kept.
        """
        question = self.capability.log(stderr=stderr, offset=offset, limit=PIECE, wait=wait)
        answer = await (question if wait else self.node.ask(question))
        return answer.offset, bytes(answer.content), answer.ended

    @overload
    async def bootstrap(self) -> Client: ...
    @overload
    async def bootstrap(self, kind: type[C]) -> C: ...
    async def bootstrap(self, kind: type[C] | None = None) -> Client | C:
        """What the program itself offers, as soon as it does.

        Args:
            kind: the generated class of its interface; without it, the client knows no methods.

        Raises:
            BrokenError: it has ended, or offers nothing in time.
        """
        offered = (await self.node.ask(self.capability.bootstrap())).capability
        return offered if kind is None else offered._as(kind)  # noqa: SLF001 - its way to cast

    async def _read_stdout(self, limit: int) -> bytes:
        return bytes((await self.capability.read_stdout(limit=limit)).content)

    async def _read_stderr(self, limit: int) -> bytes:
        return bytes((await self.capability.read_stderr(limit=limit)).content)

    def __repr__(self) -> str:
        return f"<process {self.address}>"


class _Source(BytecodeCache_Server):
    """One program, for a node that does not have it."""

    __slots__ = ("_content", "cid")

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.cid = Cid.of(content)

    async def put(self, *, bytecode: Any, context: Any) -> Any:
        raise NotImplementedError

    async def get(self, *, cid: Any, context: Any) -> Any:
        return {"bytecode": self._content} if cid == self.cid.binary else {}

    async def has(self, *, cid: Any, context: Any) -> Any:
        return {"has": cid == self.cid.binary}

    async def part(self, *, cid: Any, offset: int, limit: int, context: Any) -> Any:
        if cid != self.cid.binary:
            return {}
        return {"chunk": memoryview(self._content)[offset : offset + limit], "size": len(self._content)}


async def _named(
    program: bytes | str | os.PathLike[str] | Cid | Program,
) -> tuple[Cid, _Source | None]:
    """What a program is called, and where its bytes are if they are here."""
    if isinstance(program, Cid | Program):
        return program if isinstance(program, Cid) else program.cid, None
    from wetware.wasm.loader import program_bytes  # brings the engine along

    source = _Source(await program_bytes(program))
    return source.cid, source


def _capability(other: RemoteProcess | ProcessClient | Process_Server) -> ProcessClient | Process_Server:
    return other.capability if isinstance(other, RemoteProcess) else other


def _output(kind: str) -> SpawnRequest.Output:
    if kind not in _OUTPUTS:
        raise LocalError(
            f"no output of kind {kind!r} on another node; choose {' or '.join(map(repr, _OUTPUTS))}"
        )
    return _OUTPUTS[kind]


def _limits(limits: Limits) -> Limits_Fields:
    """Those that are asked for; what is not, the node lowers to what the account may have."""
    asked: dict[str, Any] = {}
    for name in (limit.name for limit in fields(Limits)):
        value = getattr(limits, name)
        if value is not None and value != getattr(DEFAULT, name):
            if not value:
                raise LocalError(f"another node cannot be asked for a limit of 0 on {name}; ask for more")
            asked[name] = value
    return cast("Limits_Fields", asked)
