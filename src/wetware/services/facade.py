"""The executor, its processes and its bytecode, as capabilities.

Rules that hold here:

1. A facade has a root: the process whose session it stands in. Through it `ps`, `ppid` and the calls by pid
   reach the root and what is below it, and nothing else; what is asked through it is asked by the root, and
   has no effect once that is ending. A facade of the `whole` reaches every process; one without a root is the
   node's own.
2. What a child is given is what its spawner names. An executor among that is handed on as a facade of the
   child's own.
3. A process's limits are never above those of the process that spawned it.
4. No method that waits for somebody delays another call: each call is its own task.
5. A process capability that comes home is recognised; one of another vat is none of ours to link with.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from wetware.capnp.exceptions import UnimplementedError
from wetware.capnp.vat import local
from wetware.errors import LocalError
from wetware.process.entry import INIT_PID, Entry
from wetware.process.stimuli import Kill, Link, Pause, Resume, Unlink
from wetware.schema.core_capnp import Executor_Server
from wetware.schema.process_capnp import BytecodeCache_Server, Process_Server
from wetware.services.wire import info_fields, reason_fields, request_of
from wetware.wasm.cid import Cid
from wetware.wasm.compiler import FOREIGN_THRESHOLD_BYTES, compiled_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.schema.core_capnp import MonitorHandler, Session, SpawnRequest
    from wetware.schema.process_capnp import Process as ProcessClient
    from wetware.services.guests import Guests
    from wetware.services.process import Process
    from wetware.wasm.bytecode import BytecodeCache
    from wetware.wasm.program import Program

__all__ = ["BytecodeFacade", "ExecutorFacade", "ProcessFacade"]


class ExecutorFacade(Executor_Server):
    """An executor as its holder may use it.

    Attributes:
        root: the process in whose session it stands; None for the node's own, which is whole.
        whole: whether it reaches every process of the node.
    """

    __slots__ = ("_guests", "_loading", "root", "whole")

    def __init__(self, guests: Guests, root: Process | None, *, whole: bool = False) -> None:
        self._guests = guests
        self._loading = asyncio.Semaphore(1)
        self.root = root
        self.whole = whole or root is None

    async def _load(self, source: bytes | Cid) -> Program:
        """A program that the holder sent or named: one at a time, and compiled where that can be stopped."""
        async with self._loading:
            if self.root is not None:
                compiled_here.set(FOREIGN_THRESHOLD_BYTES)
            if isinstance(source, Cid):
                return await self._guests.loader.load_cached(source)
            return await self._guests.loader.load(source)

    @property
    def by(self) -> Entry | None:
        """Who asks."""
        return None if self.root is None else self.root.entry

    def visible(self, entry: Entry | None) -> bool:
        """Whether the holder may know of a process."""
        return entry is not None and (self.whole or self.by is None or entry.is_within(self.by))

    def parent_of(self, ppid: int) -> int:
        """The parent that a spawn through this facade gets."""
        entry = self._guests.executor.table.find(ppid)
        if entry is not None and self.visible(entry):
            return ppid
        return INIT_PID if self.root is None else self.root.pid

    # --- the original's ---
    async def exec(
        self, *, session: Session, bytecode: Any, ppid: int, args: Sequence[str], context: Any
    ) -> Any:
        program = await self._load(bytes(bytecode))
        return {"process": self._start(program, session, ppid, args)}

    async def exec_cached(
        self, *, session: Session, cid: Any, ppid: int, args: Sequence[str], context: Any
    ) -> Any:
        program = await self._load(Cid(bytes(cid)))
        return {"process": self._start(program, session, ppid, args)}

    def _start(self, program: Program, session: Session, ppid: int, args: Sequence[str]) -> ProcessFacade:
        process = self._guests.spawn(
            self,
            program,
            session,
            name=str(program.cid),
            args=list(args),
            parent=self.parent_of(ppid),
            numbered=True,
            **self._guests.inherited(self.root),
        )
        return ProcessFacade(self, process)

    async def ps(self, *, context: Any) -> Any:
        rows = self._guests.executor.ps(None if self.whole else self.by)
        return {"procs": [info_fields(row) for row in rows]}

    async def bytecode_cache(self, *, context: Any) -> Any:
        return {"cache": BytecodeFacade(self._guests.bytecode)}

    async def dial_peer(self, *, peer_id: Any, context: Any) -> Any:
        raise UnimplementedError("this node is in no cluster: it can dial no peer")

    # --- ours ---
    async def spawn(self, *, request: SpawnRequest, context: Any) -> Any:
        guests = self._guests
        if request.program.which == "cid":
            program = await self._load(Cid(bytes(request.program.cid)))
        else:
            program = await self._load(bytes(request.program.bytecode))
        process = guests.spawn(
            self,
            program,
            request.session,
            parent=self.parent_of(0),
            link=self.root if request.link else None,
            **request_of(request, guests.inherited(self.root), self.root),
        )
        handler: MonitorHandler = request.monitor
        if handler:
            guests.watch(process, handler)
        return {"process": ProcessFacade(self, process)}


class ProcessFacade(Process_Server):
    """A process, as whoever spawned it holds it.

    Attributes:
        process: the process itself.
    """

    __slots__ = ("_view", "process")

    def __init__(self, view: ExecutorFacade, process: Process) -> None:
        self._view = view
        self.process = process

    async def wait(self, *, context: Any) -> Any:
        return {"exit_code": await self.process.wait()}

    async def kill(self, *, context: Any) -> Any:
        self._apply(Kill(self.process.entry, by=self._view.by))

    async def link(self, *, other: ProcessClient, roundtrip: bool, context: Any) -> Any:
        theirs = await self._own(other)
        self._apply(Link(self.process.entry, theirs.entry, self._view.by))

    async def unlink(self, *, other: ProcessClient, roundtrip: bool, context: Any) -> Any:
        theirs = await self._own(other)
        self._apply(Unlink(self.process.entry, theirs.entry, self._view.by))

    async def link_local(self, *, other: int, context: Any) -> Any:
        self._apply(Link(self.process.entry, self._by_pid(other), self._view.by))

    async def unlink_local(self, *, other: int, context: Any) -> Any:
        entry = self.process.executor.table.find(other)
        if entry is not None and self._view.visible(
            entry
        ):  # unlinking a stranger, or a dead one, is no error
            self._apply(Unlink(self.process.entry, entry, self._view.by))

    async def monitor(self, *, context: Any) -> Any:
        return {"event": str(await self.process.monitor())}

    async def reason(self, *, context: Any) -> Any:
        return {"reason": reason_fields(await self.process.monitor())}

    async def pause(self, *, context: Any) -> Any:
        self._apply(Pause(self.process.entry, force=False, by=self._view.by))

    async def suspend(self, *, context: Any) -> Any:
        self._apply(Pause(self.process.entry, force=True, by=self._view.by))

    async def resume(self, *, context: Any) -> Any:
        self._apply(Resume(self.process.entry, self._view.by))

    async def id(self, *, context: Any) -> Any:
        return {"id": self.process.id}

    async def info(self, *, context: Any) -> Any:
        return {"info": info_fields(self.process.info())}

    async def write_stdin(self, *, content: Any, context: Any) -> Any:
        if self.process.stdin is None:
            raise LocalError("this process was not spawned with a pipe to its stdin")
        await self.process.stdin.write(bytes(content))

    async def close_stdin(self, *, context: Any) -> Any:
        if self.process.stdin is not None:
            self.process.stdin.write_eof()

    async def read_stdout(self, *, limit: int, context: Any) -> Any:
        return {"content": await _read(self.process.stdout, limit)}

    async def read_stderr(self, *, limit: int, context: Any) -> Any:
        return {"content": await _read(self.process.stderr, limit)}

    async def bootstrap(self, *, context: Any) -> Any:
        return {"capability": await self.process.capability()}

    def _apply(self, stimulus: Any) -> None:
        self.process.executor.apply(stimulus)

    async def _own(self, other: ProcessClient) -> Process:
        server = local(other) if other else None
        if server is None and other:
            await other.id()  # a promised one is known for what it is once it has answered
            server = local(other)
        if not isinstance(server, ProcessFacade) or server.process.executor is not self.process.executor:
            raise UnimplementedError("only processes of one node can be linked yet")
        return server.process

    def _by_pid(self, pid: int) -> Entry:
        entry = self.process.executor.table.find(pid)
        if entry is None or pid == INIT_PID or not self._view.visible(entry):
            raise LocalError(f"process {pid} not found")
        return entry


async def _read(stream: Any, limit: int) -> bytes:
    if stream is None:
        raise LocalError("this process was not spawned with a capture of that stream")
    return bytes(await stream.read(min(limit, 1 << 20) or 1))


class BytecodeFacade(BytecodeCache_Server):
    """The bytecode cache."""

    __slots__ = ("_cache",)

    def __init__(self, cache: BytecodeCache) -> None:
        self._cache = cache

    async def put(self, *, bytecode: Any, context: Any) -> Any:
        return {"cid": self._cache.put(bytes(bytecode)).binary}

    async def get(self, *, cid: Any, context: Any) -> Any:
        found = self._cache.get(Cid(bytes(cid))) if len(cid) else None
        return {} if found is None else {"bytecode": found}

    async def has(self, *, cid: Any, context: Any) -> Any:
        return {"has": bool(len(cid)) and self._cache.has(Cid(bytes(cid)))}
