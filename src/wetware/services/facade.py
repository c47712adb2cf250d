"""The executor, its processes and its bytecode, as capabilities.

Rules that hold here:

1. A facade has a root: the process whose session it stands in. Through it `ps`, `ppid` and the calls by pid
   reach the root and what is below it, and nothing else; what is asked through it is asked by the root, and
   has no effect once that is ending. A facade of the `whole` reaches every process; one without a root and
   without a tenancy is the node's own.
2. Whoever is elsewhere, a client or another node's guest, has a tenancy in the place of a root: it owns what
   is spawned through it (`tenancy.py`), and no pid that it names as a parent is believed.
3. What a child is given is what its spawner names. An executor among that is handed on as a facade of the
   child's own, which acts for the same account.
4. A process's limits are never above those of the process, or of the account, that spawned it.
5. No method that waits for somebody delays another call: each call is its own task.
6. A process capability that comes home is recognised; one of another node is linked with through that node.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.exceptions import FailedError
from wetware.capnp.vat import local
from wetware.cluster.identity import PeerId
from wetware.errors import BrokenError, LocalError
from wetware.process.entry import INIT_PID, Entry
from wetware.process.stimuli import Kill, Link, Pause, Resume, Unlink
from wetware.schema.core_capnp import Executor_Server
from wetware.schema.process_capnp import BytecodeCache_Server, Process_Server
from wetware.services.tenancy import Tenancy
from wetware.services.volumes import wanted
from wetware.services.wire import info_fields, limits_of, reason_fields, request_of
from wetware.wasm.cid import Cid
from wetware.wasm.compiler import from_elsewhere
from wetware.wasm.limits import DEFAULT
from wetware.wasm.loader import NotRunnableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.schema.core_capnp import Limits, MonitorHandler, Session, SpawnRequest
    from wetware.schema.process_capnp import BytecodeCache
    from wetware.schema.process_capnp import Process as ProcessClient
    from wetware.services.abroad import Abroad
    from wetware.services.executor import Executor
    from wetware.services.guests import Guests
    from wetware.services.process import Process
    from wetware.wasm.bytecode import BytecodeCache as Kept
    from wetware.wasm.limits import Limits as ProcessLimits
    from wetware.wasm.program import Program

__all__ = ["BytecodeFacade", "ExecutorFacade", "ProcessFacade", "own_process"]

MAX_CHUNK: Final = 1 << 20
"""Bytes of a program that are read at once."""
FETCHES: Final = 4
"""Programs that are looked for elsewhere at a time on behalf of one holder."""


class ExecutorFacade(Executor_Server):
    """An executor as its holder may use it.

    Attributes:
        root: the process in whose session it stands; None for a holder who is no process of this node.
        whole: whether it reaches every process of the node.
        tenancy: what its holder has here, where that is a client or a guest of another node.
        account: for whom it acts towards other nodes; None for this node itself.
    """

    __slots__ = ("_fetching", "_guests", "_loading", "account", "root", "tenancy", "whole")

    def __init__(
        self,
        guests: Guests,
        root: Process | None,
        *,
        whole: bool = False,
        tenancy: Tenancy | None = None,
        account: PeerId | None = None,
    ) -> None:
        self._guests = guests
        self._loading = asyncio.Semaphore(1)
        self._fetching = asyncio.Semaphore(FETCHES)
        self.root = root
        self.whole = whole or (root is None and tenancy is None)
        self.tenancy = tenancy
        self.account = account if tenancy is None else tenancy.account
        if tenancy is not None:
            tenancy.executor_held()

    def released(self) -> None:
        """Nobody holds it any more."""
        if self.tenancy is not None:
            self.tenancy.executor_dropped()

    async def _load(self, source: bytes | Cid, elsewhere: BytecodeCache | None = None) -> Program:
        """A program that the holder sent or named: one at a time, and compiled where that can be stopped.

        One that is ready waits for no other (test: `test_a_slow_program_delays_nothing_else`).
        """
        self.check()
        if isinstance(source, Cid) and (ready := self._guests.loader.loaded(source)) is not None:
            return ready
        if isinstance(source, Cid) and not self._guests.loader.has(source):
            async with self._fetching:
                source = await self._guests.abroad.fetch(source, elsewhere)
        async with self._loading:
            if self.root is not None or self.tenancy is not None:
                from_elsewhere.set(True)
            if isinstance(source, Cid):
                return await self._guests.loader.load_cached(source)
            return await self._guests.loader.load(source)

    @property
    def by(self) -> Entry | None:
        """Who asks."""
        return None if self.root is None else self.root.entry

    @property
    def abroad(self) -> Abroad:
        """The dealings with other nodes."""
        return self._guests.abroad

    def check(self) -> None:
        """Raise `FailedError` where the holder's account may not act any more."""
        if self.tenancy is not None:
            self.tenancy.check()

    def visible(self, entry: Entry | None) -> bool:
        """Whether the holder may know of a process."""
        if entry is None or entry.pid == INIT_PID:
            return False
        if self.whole:
            return True
        if self.root is not None:
            return entry.is_within(self.root.entry)
        return self.tenancy is not None and self.tenancy.reaches(entry)

    def parent_of(self, ppid: int) -> int:
        """The parent that a spawn through this facade gets."""
        if self.tenancy is not None:
            return INIT_PID  # the number may be one of the caller's own node
        whole = self.whole and ppid == INIT_PID
        if whole or self.visible(self._guests.executor.table.find(ppid)):
            return ppid
        return INIT_PID if self.root is None else self.root.pid

    def limits_of(self, asked: Limits) -> ProcessLimits:
        """What a process gets that asks for these. Raises `LimitError` where an account asks for too much."""
        if self.root is not None:
            return limits_of(asked, self.root.fiber.limits)
        return limits_of(asked, DEFAULT if self.tenancy is None else self.tenancy.limits, tell=True)

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
            detached=False,
            name=str(program.cid),
            args=list(args),
            parent=self.parent_of(ppid),
            numbered=True,
            **self._guests.inherited(self.root),
        )
        return ProcessFacade(self, process)

    async def ps(self, *, context: Any) -> Any:
        self.check()
        executor, node = self._guests.executor, self._guests.abroad.name
        if self.whole or self.tenancy is None:
            rows = executor.ps(None if self.whole else self.by)
        else:
            found = {row.pid: row for process in self.tenancy for row in executor.ps(process.entry)}
            rows = [found[pid] for pid in sorted(found)]
        return {"procs": [info_fields(row, node) for row in rows]}

    async def bytecode_cache(self, *, context: Any) -> Any:
        self.check()
        return {"cache": BytecodeFacade(self._guests.bytecode)}

    async def dial_peer(self, *, peer_id: Any, context: Any) -> Any:
        self.check()
        abroad, by = self._guests.abroad, self.by
        if by is not None and not by.live:
            raise FailedError(f"process {by.pid} is ending and dials nobody any more")
        peer, me = PeerId(bytes(peer_id)), abroad.cluster.me
        if not self.whole:
            raise FailedError("this executor reaches no other node: it was not granted the whole of its own")
        if peer == me:
            return {"self_": True}
        return {"session": await abroad.session_at(peer, self.account)}

    # --- ours ---
    async def spawn(self, *, request: SpawnRequest, context: Any) -> Any:
        guests = self._guests
        if request.program.which == "cid":
            program = await self._load(Cid(bytes(request.program.cid)), request.source or None)
        else:
            program = await self._load(bytes(request.program.bytecode))
        if request.link and self.root is None:
            raise LocalError(
                "no process of this node asks for the link; link the new one with `Process.link`"
            )
        parent = self.parent_of(0)
        if request.parent:
            under = await own_process(request.parent, guests.executor)
            if under is None:
                raise LocalError(
                    "the parent is a process of another node; its end can be linked with instead"
                )
            parent = under.pid
        volumes = await wanted(request.dirs)
        process = guests.spawn(
            self,
            program,
            request.session,
            detached=request.detached,
            parent=parent,
            link=self.root if request.link else None,
            volumes=volumes,
            **request_of(request, guests.inherited(self.root), self.limits_of(request.limits)),
        )
        handler: MonitorHandler = request.monitor
        if handler:
            guests.watch(process, handler)
        return {"process": ProcessFacade(self, process)}

    async def prepare(self, *, cid: Any, source: BytecodeCache, context: Any) -> Any:
        try:
            await self._load(Cid(bytes(cid)), source or None)
        except NotRunnableError as problem:
            return {"problem": str(problem)}
        return {}

    async def find(self, *, pid: int, context: Any) -> Any:
        self.check()
        process = self._guests.executor.find(pid) or self._guests.remembered(pid)
        if process is None or not self.visible(process.entry):
            raise LocalError(f"process {pid} not found")
        return {"process": ProcessFacade(self, process)}

    async def narrowed(self, *, context: Any) -> Any:
        self.check()
        tenancy = Tenancy() if self.tenancy is None else self.tenancy.narrowed()
        if self.root is not None:
            return {"executor": ExecutorFacade(self._guests, self.root, account=self.account)}
        return {"executor": ExecutorFacade(self._guests, None, tenancy=tenancy)}

    async def introduce(self, *, process: ProcessClient, context: Any) -> Any:
        self.check()
        if not process:
            raise LocalError("what is to be introduced is a process, and not nothing")
        return {"capability": await self.abroad.introduce(process)}


class ProcessFacade(Process_Server):
    """A process, as whoever spawned it holds it.

    Attributes:
        process: the process itself.
    """

    __slots__ = ("_view", "process")

    def __init__(self, view: ExecutorFacade, process: Process) -> None:
        self._view = view
        self.process = process
        if view.tenancy is not None:
            view.tenancy.process_held(process)

    def released(self) -> None:
        """Nobody holds it any more."""
        if self._view.tenancy is not None:
            self._view.tenancy.process_dropped(self.process)

    @property
    def by(self) -> Entry | None:
        """Who asks."""
        return self._view.by

    async def wait(self, *, context: Any) -> Any:
        return {"exit_code": await self.process.wait()}

    async def kill(self, *, context: Any) -> Any:
        self._apply(Kill(self.process.entry, by=self.by))

    async def link(self, *, other: ProcessClient, roundtrip: bool, context: Any) -> Any:
        theirs = await self._own(other)
        if theirs is None:
            await self._view.abroad.links.link(self, other)
        else:
            self._apply(Link(self.process.entry, theirs.entry, self.by))

    async def unlink(self, *, other: ProcessClient, roundtrip: bool, context: Any) -> Any:
        theirs = await self._own(other)
        if theirs is None:
            await self._view.abroad.links.unlink(self, other)
        else:
            self._apply(Unlink(self.process.entry, theirs.entry, self.by))

    async def link_local(self, *, other: int, context: Any) -> Any:
        self._apply(Link(self.process.entry, self._by_pid(other), self.by))

    async def unlink_local(self, *, other: int, context: Any) -> Any:
        entry = self.process.executor.table.find(other)
        if entry is not None and self._view.visible(
            entry
        ):  # unlinking a stranger, or a dead one, is no error
            self._apply(Unlink(self.process.entry, entry, self.by))

    async def monitor(self, *, context: Any) -> Any:
        return {"event": str(await self.process.monitor())}

    async def reason(self, *, context: Any) -> Any:
        return {"reason": reason_fields(await self.process.monitor())}

    async def pause(self, *, context: Any) -> Any:
        self._apply(Pause(self.process.entry, force=False, by=self.by))

    async def suspend(self, *, context: Any) -> Any:
        self._apply(Pause(self.process.entry, force=True, by=self.by))

    async def resume(self, *, context: Any) -> Any:
        self._apply(Resume(self.process.entry, self.by))

    async def id(self, *, context: Any) -> Any:
        return {"id": self.process.id}

    async def info(self, *, context: Any) -> Any:
        return {"info": info_fields(self.process.info(), self._view.abroad.name)}

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

    async def log(self, *, stderr: bool, offset: int, limit: int, wait: bool, context: Any) -> Any:
        stream = self.process.stderr if stderr else self.process.stdout
        if stream is None:
            raise LocalError("nothing is kept of what this process writes; detached ones are spawned so")
        at, content, ended = await stream.look(offset, min(limit, 1 << 20), wait=wait)
        return {"content": content, "offset": at, "ended": ended}

    async def address(self, *, context: Any) -> Any:
        self._view.check()
        return self._view.abroad.address_of(self)

    def _apply(self, stimulus: Any) -> None:
        self._view.check()
        self.process.executor.apply(stimulus)

    async def _own(self, other: ProcessClient) -> Process | None:
        """The process behind a capability; None where it is none of this node's, as far as is known here."""
        self._view.check()
        if not other:
            raise LocalError("a process is linked with another one, and not with nothing")
        return await own_process(other, self.process.executor)

    def _by_pid(self, pid: int) -> Entry:
        entry = self.process.executor.table.find(pid)
        if entry is None or pid == INIT_PID or not self._view.visible(entry):
            raise LocalError(f"process {pid} not found")
        return entry


async def own_process(capability: ProcessClient, executor: Executor) -> Process | None:
    """The process behind a capability; None where it is none of this executor's."""
    server = local(capability)
    if server is None:
        with contextlib.suppress(BrokenError):  # it is lost: whoever asks for it next will hear
            await capability.address()  # one that is promised is known for what it is once it has answered
        server = local(capability)
    if isinstance(server, ProcessFacade) and server.process.executor is executor:
        return server.process
    return None


async def _read(stream: Any, limit: int) -> bytes:
    if stream is None:
        raise LocalError("this process was not spawned with a capture of that stream")
    return bytes(await stream.read(min(limit, 1 << 20) or 1))


class BytecodeFacade(BytecodeCache_Server):
    """The bytecode cache."""

    __slots__ = ("_cache",)

    def __init__(self, cache: Kept) -> None:
        self._cache = cache

    async def put(self, *, bytecode: Any, context: Any) -> Any:
        return {"cid": self._cache.put(bytes(bytecode)).binary}

    async def get(self, *, cid: Any, context: Any) -> Any:
        found = self._cache.get(Cid(bytes(cid))) if len(cid) else None
        return {} if found is None else {"bytecode": found}

    async def has(self, *, cid: Any, context: Any) -> Any:
        return {"has": bool(len(cid)) and self._cache.has(Cid(bytes(cid)))}

    async def part(self, *, cid: Any, offset: int, limit: int, context: Any) -> Any:
        found = self._cache.get(Cid(bytes(cid))) if len(cid) else None
        if found is None:
            return {}
        return {"chunk": memoryview(found)[offset : offset + min(limit, MAX_CHUNK)], "size": len(found)}
