"""A node.

An engine, an executor and the caches, in one object that lives as long as an `async with` block.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Literal, Self

from wetware.errors import ClosedError, LimitError, LocalError
from wetware.process.entry import INIT_PID
from wetware.services.executor import ChannelSpec, Cleaner, Executor, InputSpec, OutputSpec
from wetware.services.process import Process, ProcessInfo
from wetware.wasm.bytecode import BytecodeCache
from wetware.wasm.compiler import Compiler, open_cache
from wetware.wasm.engine import Engine
from wetware.wasm.limits import DEFAULT, Limits
from wetware.wasm.linkage import Linkage
from wetware.wasm.loader import Loader, NotFoundError, NotRunnableError, UnreadableError
from wetware.wasm.node_memory import NODE_MEMORY
from wetware.wasm.program import Program
from wetware.wasm.shared_output import SharedOutput
from wetware.wasm.wasi.setup import Directory as Dir

if TYPE_CHECKING:
    from wetware.capnp.client import Client
    from wetware.capnp.runtime import Server
    from wetware.services.guests import Guests

__all__ = [
    "Dir",
    "Limits",
    "Node",
    "NodeInfo",
    "NotFoundError",
    "NotRunnableError",
    "Process",
    "ProcessInfo",
    "Program",
    "UnreadableError",
]

Source = str | os.PathLike[str] | bytes

BURST: Final = 32
"""Processes spawned in a row before the event loop gets a turn, and hears of those that have ended."""
PATIENCE: Final = 1.0
"""Seconds that a spawn waits for room while processes wait for a turn: they may be about to end."""


@dataclass(frozen=True, slots=True)
class NodeInfo:
    """What a node holds at one moment.

    Attributes:
        processes: how many live.
        max_processes: how many may.
        memory: bytes that they are counted with together: what their memories and tables have, or may come to
            where the engine does not tell (`wasm/node_memory.py`).
        max_memory: how many they may come to.
    """

    processes: int
    max_processes: int
    memory: int
    max_memory: int


class Node:
    """Runs WebAssembly programs as processes inside this program.

    Use it as an asynchronous context manager; leaving it kills what still runs and releases everything.

    Args:
        runners: how many threads run guests; by default one a processor.
        max_processes: how many processes may live at once; by default what the operating system's limit on
            memory maps allows.
        max_memory: how many bytes the memories and tables of all processes may come to together; by default
            three quarters of what this machine, or the container that this program runs in, has.
        cache: whether compiled programs are kept on disk; without, they are compiled by each node anew.
        interpreted: whether programs are interpreted, as on a machine that the compiler does not know.
        cache_dir: where; by default in the user's cache directory (`WW_CACHE`).
        clean: makes a filter for each stream that a process inherits, given the stream; None for none. A
            terminal should have one.

    Example::

        async with Node() as node:
            process = await node.spawn("hello.wasm", args=["world"])
            print(await process.wait())
    """

    def __init__(
        self,
        *,
        runners: int | None = None,
        max_processes: int | None = None,
        max_memory: int | None = None,
        cache: bool = True,
        interpreted: bool = False,
        cache_dir: Path | None = None,
        clean: Callable[[SharedOutput], Cleaner | None] | None = None,
    ) -> None:
        if runners is not None and runners < 1:
            raise LocalError(f"a node needs at least one runner, not {runners}")
        self._runners = runners
        if max_memory is not None and max_memory < 0:
            raise LocalError(f"a node's limit on memory is a number of bytes, not {max_memory}")
        self._max_processes = max_processes
        self._max_memory = max_memory
        self._cache = cache
        self._interpreted = interpreted
        self._cache_dir = cache_dir
        self._clean = clean
        self._parts: tuple[Engine, Linkage, Executor, Loader] | None = None
        self._guests: Guests | None = None
        self._burst = 0
        self.bytecode = BytecodeCache()

    async def __aenter__(self) -> Self:
        if self._parts is not None:
            raise LocalError("this node is running already; make another one")
        engine = Engine(interpreted=self._interpreted)
        linkage = Linkage(engine)
        executor = Executor(
            engine,
            runners=self._runners,
            max_processes=self._max_processes,
            max_memory=self._max_memory,
            clean=self._clean,
        )
        compiler = Compiler(engine, open_cache(self._cache_dir) if self._cache else None)
        self._parts = engine, linkage, executor, Loader(engine, linkage, self.bytecode, compiler)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._parts is None:
            return
        engine, linkage, executor, loader = self._parts
        await executor.close()
        if self._guests is not None:
            await self._guests.close()
            self._guests = None
        await loader.close()
        linkage.close()
        engine.close()
        self._parts = None

    async def drain(self) -> None:
        """End all processes, and start none any more; whoever waits for one of them has his answer."""
        await self._running[2].close()

    @property
    def _running(self) -> tuple[Engine, Linkage, Executor, Loader]:
        if self._parts is None:
            raise ClosedError("this node is not running; use it inside `async with Node() as node:`")
        return self._parts

    async def load(self, source: Source, *, on_slow: Callable[[], object] | None = None) -> Program:
        """Read, check and compile a program, or find it where it was kept; spawn it any number of times.

        Args:
            source: a path, or the bytes of a module in binary or text form.
            on_slow: called once if compiling takes longer than half a second.

        Raises:
            NotFoundError: no such file.
            NotRunnableError: not a program, or one that asks for what is not given here.
            LimitError: larger than this node accepts.
        """
        return await self._running[3].load(source, on_slow=on_slow)

    async def spawn(
        self,
        program: Program | Source,
        *,
        args: Sequence[str] = (),
        name: str | None = None,
        env: Mapping[str, str] | None = None,
        dirs: Sequence[Dir] = (),
        parent: Process | int = INIT_PID,
        link: Process | None = None,
        limits: Limits = DEFAULT,
        stdin: InputSpec = "closed",
        stdout: OutputSpec = "inherit",
        stderr: OutputSpec = "inherit",
        channel: ChannelSpec = "auto",
        raw: bool = False,
        executor: bool | Literal["all"] = False,
        capabilities: Mapping[str, Client | Server] | None = None,
        trace: Callable[[str], None] | None = None,
    ) -> Process:
        """Start a process. It has nothing but what is given here.

        Args:
            program: what `load` gave, or what it takes.
            args: the words after its name.
            name: its argument 0; by default the file's name, or the program's CID.
            env: its environment variables, all of them.
            dirs: the directories it may use.
            parent: the process whose end ends it too.
            link: a process whose end ends it, and the other way round, from before its first instruction.
            limits: what it may use.
            stdin: "closed", "inherit", "pipe" (see `Process.stdin`), or its whole content as bytes.
            stdout: "inherit", "capture" (see `Process.stdout`: it keeps the last megabyte), "pipe" (likewise,
                and the process waits for the reader instead), "null", or the path of a file to be written.
            stderr: likewise.
            channel: what it has on descriptor 3 to talk with whoever spawned it (see `Process.channel`): a
                "stream"; a "listener", from which it accepts that one stream as if from a socket; "none"; or
                "auto": a listener for a program that imports `sock_accept`, else a stream. Directories
                begin at descriptor 4, with "none" at 3.
            raw: leave what it says there to the spawner (`Process.channel`); otherwise it is Cap'n Proto, and
                what answers is the guest's session.
            executor: whether its session holds an executor, through which it spawns and sees what is below
                it; "all" for one that reaches every process of this node.
            capabilities: what else its session holds, by name.
            trace: told every message of its connection, one line each: who calls what, never with which
                values.

        Raises:
            LimitError: too many processes, or children of the parent; or its memory does not fit its limit,
                or what is left of the node's ("node-memory").
            LocalError: as `load`; an argument that cannot be; capabilities that the program cannot use.
            ClosedError: the node is not running.
        """
        _, _, runs, loader = self._running
        if isinstance(parent, Process):
            runs.check_own(parent)
        if not isinstance(program, Program):
            if name is None and not isinstance(program, bytes):
                name = Path(program).name
            program = await loader.load(program)
        cache = loader.compiler.cache
        for directory in dirs:
            if cache is not None and cache.overlaps(directory.host):
                raise LocalError(
                    f"{directory.host} holds native code that this program trusts ({cache.directory}); "
                    "grant another directory, or move the cache with WW_CACHE"
                )
        talks = not raw and channel != "none" and (program.can_talk or channel != "auto")
        if (executor or capabilities) and not talks:
            raise LocalError(
                "this program has no way to use capabilities: "
                + ("it imports no reading and writing" if channel == "auto" else "it is given no session")
            )
        # the turns are before the spawn: a task that is cancelled after it would lose its process
        self._burst += 1
        if self._burst >= BURST:
            self._burst = 0
            await asyncio.sleep(0)
        spawn = partial(
            runs.spawn,
            program,
            name=name if name is not None else str(program.cid),
            args=args,
            env=env,
            dirs=dirs,
            parent=parent.pid if isinstance(parent, Process) else parent,
            link=link,
            limits=limits,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            channel=channel,
        )
        try:
            process = spawn()
        except LimitError as error:
            process = await _when_there_is_room(spawn, error, runs)
        if process.channel is not None and talks:
            granted = dict(capabilities or {})
            process.channel.offer(
                lambda: self._connect(process, executor=executor, capabilities=granted, trace=trace)
            )
        return process

    def _connect(
        self,
        process: Process,
        *,
        executor: bool | Literal["all"],
        capabilities: Mapping[str, Client | Server],
        trace: Callable[[str], None] | None,
    ) -> None:
        """A process that nobody else listens to has begun to talk."""
        if not process.entry.live:
            return  # it has written and ended: nobody would read an answer
        guests = self.guests
        session = guests.session(process, executor=executor, capabilities=capabilities)
        guests.attach(process, session, trace)

    @property
    def guests(self) -> Guests:
        """The capability side of the executor; made when it is first needed."""
        if self._guests is None:
            import socket

            from wetware.services.guests import Guests

            _, _, runs, loader = self._running
            self._guests = Guests(runs, loader, self.bytecode, socket.gethostname())
        return self._guests

    def ps(self) -> list[ProcessInfo]:
        """All live processes, by pid."""
        return self._running[2].ps()

    def info(self) -> NodeInfo:
        """What this node holds now, and may hold."""
        runs = self._running[2]
        return NodeInfo(
            processes=len(runs.table),
            max_processes=runs.table.max_processes,
            memory=runs.memory.committed,
            max_memory=runs.memory.allowed,
        )

    def tree(self) -> list[tuple[int, bool, ProcessInfo]]:
        """All live processes in the order a tree is printed.

        Depth, whether the last of its siblings, the process.
        """
        return self._running[2].tree()

    def find(self, pid: int) -> Process | None:
        """The live process of this number."""
        return self._running[2].find(pid)


async def _when_there_is_room(spawn: Callable[[], Process], error: LimitError, runs: Executor) -> Process:
    """Spawn again what was refused for want of room, while processes may be about to make some.

    A caller that spawns in a row cannot know of those that are about to end.
    """
    until = time.monotonic() + PATIENCE
    while error.limit in ("maps", "processes", NODE_MEMORY) and runs.busy and time.monotonic() < until:
        await asyncio.sleep(0.001)
        try:
            return spawn()
        except LimitError as again:
            error = again
    raise error
