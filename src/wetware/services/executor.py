"""Runs processes: the process table and the engine, joined.

Rules that hold here:

1. The executor lives on one event loop; the table is touched from there alone.
2. What the table asks for is done at once and in order; what comes of it is a new stimulus, handled after it.
3. A spawn that fails leaves nothing: streams are closed, no pid is used.
"""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from wetware.errors import ClosedError, LimitError, LocalError
from wetware.process.entry import INIT_PID, Entry
from wetware.process.instructions import (
    AnswerWait,
    Continue,
    DeliverPause,
    DeliverResume,
    EndForeign,
    Instruction,
    NotifyMonitor,
    Release,
    Start,
    Stop,
    Suspend,
)
from wetware.process.owner import Owner
from wetware.process.reasons import ExitReason, Limit
from wetware.process.states import Activity, Shown
from wetware.process.stimuli import Released, ShutdownAll, Spawn, Started, Stimulus, Stopped
from wetware.process.table import ProcessTable
from wetware.services.process import Process, ProcessInfo
from wetware.wasm.channel import Channel
from wetware.wasm.engine import Engine
from wetware.wasm.fiber import Fiber
from wetware.wasm.inputs import CLOSED, BytesInput, InheritedInput, Input, InputWriter, PipeInput
from wetware.wasm.limits import DEFAULT, Limits
from wetware.wasm.maps import MAPS, maps_for
from wetware.wasm.node_memory import NODE_MEMORY, NodeMemory, default_memory, resident_bytes
from wetware.wasm.outputs import (
    NULL,
    Borrowed,
    Capture,
    FileOutput,
    Output,
    PipeOutput,
)
from wetware.wasm.program import Program
from wetware.wasm.scheduler import Scheduler
from wetware.wasm.shared_output import LineOutput, SharedOutput
from wetware.wasm.shield import check_headroom
from wetware.wasm.wasi.setup import Directory, WasiSetup

__all__ = ["ChannelSpec", "Executor", "InputSpec", "OutputSpec", "default_max_processes"]

InputSpec = Literal["closed", "inherit", "pipe"] | bytes
OutputSpec = Literal["inherit", "capture", "pipe", "null"] | Path | Borrowed
ChannelSpec = Literal["auto", "listener", "stream", "none"]
Cleaner = Callable[[bytes], bytes]

OUTPUT_GRACE: Final = 2.0
"""Seconds that a shut-down waits for a slow reader of what processes have written."""
GUARD: Final = 0.1
"""Seconds between two looks at the memory that this OS process holds, while components run."""
BRIEF_NS: Final = 20_000_000
"""Processor time after which nobody expects a process to end by itself in the next moment."""


def default_max_processes() -> int:
    """How many processes may live at once.

    As many as there are memory maps for, where each has one memory (`maps.py`).
    """
    return MAPS.allowed // maps_for(1)


class Executor:
    """Spawns processes on one engine and keeps their table.

    Args:
        engine: outlives the executor.
        runners: how many threads run guests; by default one a processor.
        max_processes: how many may live at once.
        max_memory: how many bytes they may come to together (`wasm/node_memory.py`).
        clean: makes a filter for each stream that a process inherits (for terminals); None passes it through.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        runners: int | None = None,
        max_processes: int | None = None,
        max_memory: int | None = None,
        clean: Callable[[SharedOutput], Cleaner | None] | None = None,
    ) -> None:
        self._engine = engine
        self.table = ProcessTable(max_processes=max_processes or default_max_processes())
        self.memory = NodeMemory(default_memory() if max_memory is None else max_memory)
        self._scheduler = Scheduler(engine, self._on_end, self.memory, runners)
        self._opaque: dict[Fiber, None] = {}  # in the order of their start
        self._guard: asyncio.TimerHandle | None = None
        self._stimuli: deque[Stimulus] = deque()
        self._handling = False
        self._clean = clean
        self._shared: dict[int, SharedOutput] = {}
        self._stdin: InheritedInput | None = None
        self._empty: asyncio.Event | None = None
        self._closed = False
        self.deliver: Callable[[Process, bool], None] = _nobody
        """Tells a guest's own handler to pause (True) or to resume; set by whoever knows the handlers."""
        self.ended_for: Callable[[Entry, Hashable, ExitReason], None] = _nobody_elsewhere
        """Told of the end of a process that was linked with one elsewhere; set by whoever makes the links."""

    # --- spawning ---
    def spawn(
        self,
        program: Program,
        *,
        name: str,
        args: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        dirs: Sequence[Directory] = (),
        parent: int = INIT_PID,
        by: Entry | None = None,
        link: Process | None = None,
        limits: Limits = DEFAULT,
        stdin: InputSpec = "closed",
        stdout: OutputSpec = "inherit",
        stderr: OutputSpec = "inherit",
        channel: ChannelSpec = "auto",
        numbered: bool = False,
        owner: Owner | None = None,
    ) -> Process:
        """Start a process of a program. Raises as `Spawn` says, `LimitError` (memory), and `LocalError`.

        `numbered` puts pid, parent's pid and CID in place of the name, as the original's guests expect.
        `owner` is for whom it runs; by default it is that of `by`.
        """
        if self._closed:
            raise ClosedError("this executor is closed and starts no process any more")
        if program.engine is not self._engine:
            raise LocalError("this program was loaded by another node, or before a restart; load it here")
        if link is not None:
            self.check_own(link)
        if isinstance(args, str):
            raise LocalError(f"the arguments are one string, {args!r}; give a list of strings")
        arguments = tuple(args)
        wasi = None
        if program.uses_native_wasi or dirs:
            wasi = WasiSetup(
                ("", "", str(program.cid), *arguments) if numbered else (name, *arguments), env, dirs
            )
        committed, counted = program.commitment(limits.memory)  # and whether its memory fits at all
        check_headroom()
        connection = self._channel(channel, program)
        source = self._input(stdin)
        outputs: list[Output] = []
        begun: list[Process] = []
        try:
            writer = object()  # of the lines of both streams
            outputs.append(self._output(stdout, 1, writer))
            outputs.append(self._output(stderr, 2, writer))
            process = Process(
                self,
                program.cid,
                name,
                arguments,
                InputWriter(source) if type(source) is PipeInput else None,
                outputs[0] if isinstance(outputs[0], Capture) else None,
                outputs[1] if isinstance(outputs[1], Capture) else None,
                connection,
            )
            process.numbered = numbered
            process.fiber = Fiber(
                self._scheduler, program, limits, source, outputs[0], outputs[1], wasi, process
            )
            process.fiber.committed, process.fiber.counted = committed, counted
            if connection is not None:
                process.fiber.connect(connection, listening=not connection.connected)
            linked = None if link is None else link.entry
            spawn = Spawn(parent, time.time(), process, by, linked, (), limits.children, owner)
            self._scheduler.shield.renew()
            with self._scheduler.shield:
                MAPS.take(program.maps)
                try:
                    self.memory.take(committed)
                except LimitError:
                    MAPS.give_back(program.maps)
                    raise
                try:
                    files = [output for output in outputs if type(output) is FileOutput]
                    if files:  # what is refused changes no file
                        self.table.check(spawn)
                        for file in files:
                            file.open()
                        for file in files:
                            file.begin()
                    self._begin(spawn)
                except BaseException:
                    self.memory.give_back(committed)
                    MAPS.give_back(program.maps)
                    raise
                begun.append(process)
        except BaseException:
            if begun:  # a signal's handler has raised, and nobody will ever hold this process
                begun[0].kill()
            else:
                source.close()
                for output in outputs:
                    output.close()
            raise
        return process

    def check_own(self, process: Process) -> None:
        """Raise `LocalError` for a process of another executor: neither its number nor its fiber is ours."""
        if process.executor is not self:
            raise LocalError(f"process {process.pid} runs on another node; name one of this node")

    def _begin(self, spawn: Spawn) -> None:
        if self._handling:  # pragma: no cover - nothing that the table asks for spawns
            raise RuntimeError("spawn in the middle of an instruction")
        self._carry_out(self.table.handle(spawn))
        self._work_off()

    def _input(self, spec: InputSpec) -> Input:
        if spec == "closed":
            return CLOSED
        if isinstance(spec, bytes):
            return BytesInput(spec)
        if spec == "pipe":
            return PipeInput()
        if spec == "inherit":
            if self._stdin is not None and not self._stdin.closed:
                raise LocalError("another process has this program's stdin; only one can read it at a time")
            self._stdin = InheritedInput()
            return self._stdin
        raise LocalError(f"no stdin of kind {spec!r}; choose 'closed', 'inherit', 'pipe', or give bytes")

    def _output(self, spec: OutputSpec, descriptor: int, owner: object) -> Output:
        if spec == "inherit":
            shared = self._shared.get(descriptor) or self._share(descriptor)
            return LineOutput(shared, owner, None if self._clean is None else self._clean(shared))
        if spec == "capture":
            return Capture()
        if spec == "pipe":
            return PipeOutput()
        if spec == "null":
            return NULL
        if isinstance(spec, Path):
            return FileOutput(spec)
        if isinstance(spec, Borrowed):
            return spec
        raise LocalError(
            f"no output of kind {spec!r}; choose 'inherit', 'capture', 'pipe', 'null', or give a Path"
        )

    def _share(self, descriptor: int) -> SharedOutput:
        """What leads to one terminal, pipe or file is one output, so that lines do not mix there either."""
        # where Python was started without one, its number belongs to something else by now
        begun_with = {1: sys.__stdout__, 2: sys.__stderr__}[descriptor]
        try:
            if begun_with is None:
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            same = (
                shared for other, shared in self._shared.items() if os.path.sameopenfile(other, descriptor)
            )
            self._shared[descriptor] = next(same, None) or SharedOutput(descriptor)
        except OSError as error:
            name = {1: "stdout", 2: "stderr"}[descriptor]
            raise LocalError(
                f"this program has no {name} to hand on ({error.strerror}); give the process another one"
            ) from None
        return self._shared[descriptor]

    @staticmethod
    def _channel(spec: ChannelSpec, program: Program) -> Channel | None:
        if spec == "none":
            return None
        if spec == "auto" and not program.can_talk:
            return None
        if spec not in ("auto", "listener", "stream"):
            raise LocalError(f"no channel of kind {spec!r}; choose 'auto', 'listener', 'stream' or 'none'")
        return Channel(connected=not (program.accepts if spec == "auto" else spec == "listener"))

    # --- the table and the engine ---
    def apply(self, stimulus: Stimulus) -> None:
        """Give the table a stimulus and do what it asks for. Raises what the table refuses it with."""
        with self._scheduler.shield:
            instructions = self.table.handle(stimulus)
            if instructions:
                self._carry_out(instructions)
            if self._stimuli and not self._handling:
                self._work_off()

    def _work_off(self) -> None:
        stimuli, handle = self._stimuli, self.table.handle
        self._handling = True
        try:
            while stimuli:
                instructions = handle(stimuli.popleft())
                if instructions:
                    self._carry_out(instructions)
        finally:
            self._handling = False
        if self._empty is not None and not self.table:
            self._empty.set()

    def _carry_out(self, instructions: Sequence[Instruction]) -> None:
        item: Any  # what it has depends on its kind
        for item in instructions:
            kind = type(item)
            if kind is AnswerWait or kind is NotifyMonitor:
                if not item.token.done():
                    item.token.set_result(item.reason)
            elif kind is Release:
                # the engine has released the store before it told of the end; from here on the process is its
                # holders' alone, and goes with them
                _process(item.entry).fiber.owner = None
                item.entry.what = None
                self._stimuli.append(Released(item.entry))
            elif kind is Start:
                self._start(item.entry)
            elif kind is Stop:
                self._scheduler.end(_process(item.entry).fiber, item.reason)
            elif kind is Suspend:
                self._scheduler.suspend(_process(item.entry).fiber)
            elif kind is Continue:
                self._scheduler.resume(_process(item.entry).fiber)
            elif kind is DeliverPause or kind is DeliverResume:
                self.deliver(_process(item.entry), kind is DeliverPause)
            elif kind is EndForeign:
                self.ended_for(item.entry, item.peer, item.reason)
            else:  # pragma: no cover - those are all
                raise RuntimeError(f"nobody carries out {item!r}")

    def _start(self, entry: Entry) -> None:
        process = _process(entry)
        process.entry = entry
        process.pid = entry.pid
        fiber = process.fiber
        if process.numbered and fiber.wasi is not None:
            fiber.wasi.number(entry.pid, entry.ppid)
        fiber.program.process_started()
        if fiber.program.opaque:
            self._opaque[fiber] = None
            if self._guard is None:
                self._guard = asyncio.get_running_loop().call_later(GUARD, self._look)
        reason = self._scheduler.start(fiber)
        if reason is None:
            self._stimuli.append(Started(entry))
        else:
            self._ended(fiber, entry, reason)

    def _ended(self, fiber: Fiber, entry: Entry, reason: ExitReason) -> None:
        entry.cpu_seconds = fiber.cpu_ns / 1e9
        entry.memory_bytes = fiber.memory_bytes
        entry.output_bytes = fiber.output_used
        fiber.program.process_ended()
        MAPS.give_back(fiber.program.maps)
        self.memory.give_back(fiber.committed)
        self._opaque.pop(fiber, None)
        self._stimuli.append(Stopped(entry, reason))

    def _on_end(self, fiber: Fiber, reason: ExitReason) -> None:
        self._ended(fiber, fiber.owner.entry, reason)
        self._work_off()

    def _look(self) -> None:
        """Compare what this OS process holds with the limit, while components run."""
        self._guard = None
        if not self._opaque:
            return
        held = resident_bytes()
        if held is not None and held > self.memory.allowed:
            last = next(reversed(self._opaque))  # one at a time: it may be enough
            self._scheduler.end(last, Limit(NODE_MEMORY, held, self.memory.allowed))
        self._guard = asyncio.get_running_loop().call_later(GUARD, self._look)

    # --- looking ---
    @property
    def busy(self) -> bool:
        """Whether some process is likely to leave the table soon.

        One that has hardly run yet and goes on, or one that has ended and whose end is still to be told.
        """
        return any(_is_brief(_process(entry).fiber) for entry in self.table)

    def _activity(self, entry: Entry) -> Activity:
        return self._scheduler.activity(_process(entry).fiber)

    def _info(self, process: Process, state: Shown) -> ProcessInfo:
        entry, fiber = process.entry, process.fiber
        return ProcessInfo(
            pid=entry.pid,
            ppid=entry.ppid,
            cid=process.cid,
            name=process.name,
            args=process.args,
            state=state,
            created=entry.created,
            cpu=fiber.cpu_ns / 1e9,
            memory=fiber.memory_bytes or fiber.size,
            output=fiber.output_used,
            reason=entry.reason or entry.cause,
        )

    def info(self, process: Process) -> ProcessInfo:
        entry = process.entry
        return self._info(process, self._activity(entry) if entry.state == "alive" else entry.state)

    def ps(self, root: Entry | None = None) -> list[ProcessInfo]:
        """All live processes, by pid; with a root, only that one and those below it."""
        rows = self.table.snapshot(self._activity, root=root)
        return [self._info(_process_of(row.what), row.state) for row in rows]

    def tree(self) -> list[tuple[int, bool, ProcessInfo]]:
        """All live processes as a tree is printed.

        Depth, whether the last of its siblings, and the process.
        """
        return [
            (row.depth, row.last, self._info(_process_of(row.row.what), row.row.state))
            for row in self.table.tree(self._activity)
        ]

    def find(self, pid: int) -> Process | None:
        """The live process of this number."""
        entry = self.table.find(pid)
        return None if entry is None or entry.pid == INIT_PID else _process(entry)

    # --- the end ---
    async def close(self) -> None:
        """Kill what runs, wait until all is released, stop the threads. Idempotent."""
        if self._closed:
            return
        self._closed = True
        if self._guard is not None:
            self._guard.cancel()
        self._empty = asyncio.Event()
        try:
            self.apply(ShutdownAll())
            if self.table:
                await self._empty.wait()
            for shared in set(self._shared.values()):
                await shared.close(OUTPUT_GRACE)
        except BaseException:
            self._scheduler.abandon()
            raise
        self._scheduler.close()


def _is_brief(fiber: Fiber) -> bool:
    return fiber.state not in ("waiting", "parked") and fiber.cpu_ns < BRIEF_NS


def _nobody(process: Process, _pause: bool) -> None:
    raise RuntimeError(f"process {process.pid} has no handler of events")


def _nobody_elsewhere(entry: Entry, peer: Hashable, _reason: ExitReason) -> None:
    raise RuntimeError(f"process {entry.pid} is linked with {peer}, and nobody deals with other nodes")


def _process(entry: Entry) -> Process:
    process = entry.what
    assert isinstance(process, Process)
    return process


def _process_of(what: object) -> Process:
    assert isinstance(what, Process)
    return what
