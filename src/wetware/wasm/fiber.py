"""One process as wasmtime sees it: a store, and the future of its `_start`, polled until it is done.

Rules that hold here:

1. Whoever polls a fiber owns it: `advance` and `close` are called by one thread at a time (the scheduler's
   rule 1).
2. A pending poll means one of two things: the slice ran out (an epoch), or a host call waits (`attempt` is
   set). A host call is attempted at once, off the fiber's stack; only what would block gives the thread away.
3. After a note to end (`ending`) no further attempt is made: no host call takes effect.
4. Nothing is set up that the program does not import: WASI's own state only for its native functions.
5. The native block holds every out-pointer for as long as the store lives.
"""

from __future__ import annotations

import contextlib
import ctypes
import struct
import time
from threading import get_ident
from typing import TYPE_CHECKING, Any, Final, Literal

from wetware.process.reasons import Exited, ExitReason, Limit, Trapped
from wetware.wasm import capi
from wetware.wasm.channel import Listener
from wetware.wasm.hostcall import CURRENT, PENDING, Fault
from wetware.wasm.limits import Limits
from wetware.wasm.router import ROUTED
from wetware.wasm.wasi import abi
from wetware.wasm.wasi.functions import EndOfProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.wasm.channel import Channel
    from wetware.wasm.inputs import Input
    from wetware.wasm.outputs import Output
    from wetware.wasm.program import Program
    from wetware.wasm.scheduler import Scheduler
    from wetware.wasm.wasi.setup import WasiSetup

__all__ = ["BLOCKED", "ENDED", "SPENT", "Fiber"]

ENDED: Final = 0
SPENT: Final = 1
BLOCKED: Final = 2

SLICE_NS: Final = 5_000_000
"""How long a fiber that keeps making host calls runs before another one gets its turn."""

# the native block: out-pointers and the continuation of a host call
_TRAP: Final = 0
_ERROR: Final = 8
_INSTANCE: Final = 16
_EXTERN: Final = 32
_FLAG: Final = 64
_CONTINUATION: Final = 72
_MEMORY: Final = 96  # where host calls look the memory up
_VALUE: Final = 128
_WATCHED: Final = 160  # its memory, for those who look how large it is
_BLOCK: Final = 192
_Block = ctypes.c_char * _BLOCK

_ADDRESS: Final = struct.Struct("<Q")
_ERRNO_RESULT: Final = [struct.pack("<B7xi", capi.KIND_I32, errno) for errno in range(80)]
_NO_STREAMS: Final[frozenset[int]] = frozenset()

# wasmtime_trap_code_t -> what a person is told
_TRAPS: Final = {
    0: "call stack exhausted",
    1: "out-of-bounds memory access",
    2: "misaligned atomic access",
    3: "out-of-bounds table access",
    4: "call through a null table entry",
    5: "indirect call of a function of another type",
    6: "integer overflow",
    7: "integer division by zero",
    8: "number does not fit the integer it is converted to",
    9: "unreachable instruction executed",
    10: "interrupted",
    11: "out of fuel",
}

# what the engine says where it gives a text in place of a code (for components)
_TRAP_CODES: Final = {
    "call stack exhausted": 0,
    "out of bounds memory access": 1,
    "unaligned atomic": 2,
    "undefined element: out of bounds table access": 3,
    "uninitialized element": 4,
    "indirect call type mismatch": 5,
    "integer overflow": 6,
    "integer divide by zero": 7,
    "invalid conversion to integer": 8,
    "wasm `unreachable` instruction executed": 9,
}

State = Literal["new", "ready", "running", "waiting", "parked", "ended"]


class Fiber:
    """The engine's half of a process.

    Args:
        scheduler: polls it.
        program: what it runs.
        limits: what it may use.
        stdin: where descriptor 0 reads from.
        stdout: where descriptor 1 writes to.
        stderr: where descriptor 2 writes to.
        wasi: arguments, environment and directories; None where the program imports none of them.
        owner: the process that it belongs to; opaque here.
    """

    __slots__ = (
        *("_native", "_phase", "_scheduler", "_view", "apart_ns", "armed", "arguments", "attempt"),
        *("base", "block", "clock_base", "committed", "context", "continuation", "counted", "cpu_ns"),
        *("ending", "expires", "future", "met"),
        *(
            "handles",
            "inputs",
            "keep",
            "limits",
            "memory_bytes",
            "nonblocking",
            "output_used",
            "outputs",
            "owner",
        ),
        *("program", "reason", "results", "size", "state", "store", "streams", "suspended", "waiting_for"),
        *("last_ns", "quick", "wanted", "wasi", "watched", "woken", "yield_now"),
    )

    def __init__(
        self,
        scheduler: Scheduler,
        program: Program,
        limits: Limits,
        stdin: Input,
        stdout: Output,
        stderr: Output,
        wasi: WasiSetup | None,
        owner: Any,
    ) -> None:
        self._scheduler = scheduler
        self.program = program
        self.limits = limits
        self.inputs: dict[int, Input] = {0: stdin}
        self.outputs: dict[int, Output] = {1: stdout, 2: stderr}
        self.streams = abi.CHANNEL  # how many of the lowest descriptors are ours, open or not
        self.wasi = wasi
        self.owner = owner
        self.nonblocking = _NO_STREAMS
        self.state: State = "new"
        self.ending: ExitReason | None = None
        self.reason: ExitReason | None = None
        self.suspended = False
        self.woken = False
        self.quick = 0
        self.apart_ns = 0  # what its host took of this slice
        self.met = 0  # answers for which it did not have to wait in this slice
        self.last_ns = 0
        self.yield_now = False
        self.armed: tuple[int, int] | None = None  # its entries in the clock's heap
        self.expires: tuple[int, int] | None = None
        self.wanted = 0
        self.waiting_for: list[tuple[int, int, int]] | None = None
        self.attempt: Any = None  # the host call that waits, and what it was called with
        self.arguments: tuple[Any, ...] = ()
        self.results = 0
        self.base = 0
        self.output_used = 0
        self.cpu_ns = 0
        self.memory_bytes = 0
        self.watched = False
        self.counted = 0
        self.committed = 0
        self.clock_base = 0
        self.store = 0
        self.future = 0
        self._phase = 0
        self.size = 0
        self.keep: Any = None  # what its program needs for it besides: linkers, or a call's arguments
        self.handles: Any = None  # the resources of a component

    def connect(self, channel: Channel, *, listening: bool) -> None:
        """Give it a channel to its host as descriptor 3: a listener of that connection, or the stream."""
        self.streams = abi.CHANNEL + 1
        if listening:
            self.inputs[abi.CHANNEL] = Listener(channel)
        else:
            self.inputs[abi.CHANNEL] = channel.reader
            self.outputs[abi.CHANNEL] = channel.writer

    # --- what host functions use ---
    def is_ours(self, descriptor: int) -> bool:
        """Whether a descriptor, open or not, is a stream and never a file."""
        return descriptor < self.streams or descriptor >= abi.ACCEPTED

    @property
    def has_files(self) -> bool:
        return self.wasi is not None and bool(self.wasi.directories)

    def wake(self) -> None:
        """May be called from any thread."""
        self._scheduler.wake(self)

    def tell(self, what: Callable[[], object]) -> None:
        """Have something called on the event loop, after this slice; called by the thread that polls it."""
        self._scheduler.tell(what)

    def tell_now(self, what: Callable[[], object]) -> None:
        """As `tell`, but called within this slice, if nobody else waits for that."""
        self._scheduler.tell_now(self, what)

    def wake_at(self, deadline: int) -> None:
        """Have it woken at a time of `time.monotonic_ns`."""
        self._scheduler.clock.wake_at(self, deadline)

    def pend(self) -> None:
        """The host call that was just recorded is not answered yet."""
        self._native[_FLAG] = 0

    def show_output(self) -> None:
        """It waits for something: what it has written so far is to be seen."""
        for output in self.outputs.values():
            output.suspend()

    # --- life ---
    def _create(self) -> None:
        program, limits = self.program, self.limits
        self._native = native = bytearray(_BLOCK)
        self._view = _Block.from_buffer(native)
        self.block = block = ctypes.addressof(self._view)
        self.continuation = block + _CONTINUATION
        _ADDRESS.pack_into(native, _CONTINUATION, PENDING)
        _ADDRESS.pack_into(native, _CONTINUATION + 8, block + _FLAG)
        self.store = store = capi.store_new(program.engine.address, 0, 0)
        self.context = context = capi.store_context(store)
        capi.context_set_epoch_deadline(context, 1)
        capi.context_epoch_yield_and_update(context, 1)
        budget = program.budget(limits.memory)
        table_cap = budget.table_elements
        if program.routed(self):
            table_cap = max(table_cap, len(ROUTED))  # its trampolines have a table of their own
        capi.store_limiter(store, budget.memory_bytes, table_cap, *program.counts)
        if self.wasi is not None:
            self.clock_base = time.monotonic_ns()
        program.prepare(self)
        self.future = program.begin_instance(self, block + _INSTANCE, block + _TRAP, block + _ERROR)

    def advance(self) -> int:
        """Poll until it ends, its slice runs out, or it waits; one of ENDED, SPENT, BLOCKED."""
        begun = time.thread_time_ns()
        until = time.monotonic_ns() + SLICE_NS  # which costs a tenth of reading the other
        thread = get_ident()
        CURRENT[thread] = self
        try:
            if not self.store:
                self._create()
            while True:
                attempt = self.attempt
                if attempt is not None:
                    if self.ending is not None:
                        return SPENT
                    try:
                        errno = attempt(self, *self.arguments)
                    except Fault:
                        errno = abi.EFAULT
                    except EndOfProcess as end:
                        self.reason = end.reason
                        return ENDED
                    if errno is None:
                        return BLOCKED
                    self.attempt = self.waiting_for = None
                    if self.results:
                        ctypes.memmove(self.results, _ERRNO_RESULT[errno], 12)
                    self._native[_FLAG] = 1
                    if self.yield_now:
                        self.yield_now = False
                        return SPENT
                    if time.monotonic_ns() > until:
                        return SPENT
                if capi.call_future_poll(self.future):
                    if self._next_phase():
                        return ENDED
                elif self.attempt is None:
                    return SPENT
        finally:
            del CURRENT[thread]
            self.cpu_ns += time.thread_time_ns() - begun - self.apart_ns
            self.apart_ns = 0

    def _next_phase(self) -> bool:
        """The pending future is done.

        Take its result, begin what follows; True when there is nothing more.
        """
        capi.call_future_delete(self.future)
        self.future = 0
        trap, error = struct.unpack_from("<QQ", self._native, _TRAP)
        if trap or error:
            self.reason = self._failure(trap, error)
            return True
        block = self.block
        phase, self._phase = self._phase, self._phase + 1
        memory = self.program.memory
        if memory is not None and not self.watched and self.program.guest_instance_ready(self, phase + 1):
            self.watched = self._export(None, memory) == capi.EXTERN_MEMORY
            ctypes.memmove(block + _WATCHED, block + _EXTERN, capi.EXTERN_SIZE)
        following = self.program.following(self, phase, block + _INSTANCE, block + _TRAP, block + _ERROR)
        if following is None:
            self.reason = self.program.outcome(self)
            return True
        self.future = following
        return False

    def call(self, name: bytes) -> int:
        """The future of a call of an exported function without parameters or results."""
        block = self.block
        if self._export(None, name) != capi.EXTERN_FUNC:
            raise RuntimeError(f"export {name.decode()} vanished")
        function = block + _EXTERN + 8
        return capi.func_call_async(self.context, function, 0, 0, 0, 0, block + _TRAP, block + _ERROR)

    def _export(self, instance: int | None, name: bytes) -> int:
        """Look an export up, into the block; its kind, or -1."""
        block = self.block
        at = instance or block + _INSTANCE
        found = capi.instance_export_get(self.context, at, name, len(name), block + _EXTERN)
        return self._native[_EXTERN] if found else -1

    def _failure(self, trap: int, error: int) -> ExitReason:
        if trap:
            code, text = capi.take_trap(trap)
            if code is not None and code in _TRAPS:
                return Trapped(_TRAPS[code])
        else:
            text = capi.take_error(error)
        last = text.strip().splitlines()[-1].strip() if text.strip() else "unknown trap"
        said = last.partition("wasm trap: ")[2]
        return Trapped(_TRAPS[_TRAP_CODES[said]] if said in _TRAP_CODES else last)

    def close(self, reason: ExitReason) -> ExitReason:
        """Release the store and the streams.

        The final reason, which may name a limit that was met on the way.
        """
        if self.future:
            capi.call_future_delete(self.future)
            self.future = 0
        if self.store:
            abnormal = isinstance(reason, Trapped) or (isinstance(reason, Exited) and reason.code)
            if abnormal:
                reason = self.program.final(self, reason)
            ready = self.program.guest_instance_ready(self, self._phase)
            if ready and abnormal and isinstance(reason, Trapped | Exited):
                reason = self._refusals(reason)
            if self.watched:
                self.memory_bytes = self.held()
            capi.store_delete(self.store)
            self.store = 0
        self.program.release_instance(self)
        self.attempt = self.waiting_for = None
        for streams in (self.inputs, self.outputs):
            for stream in streams.values():
                # what cannot be written any more is lost with its reader, and no stream's fault is another's
                with contextlib.suppress(Exception):
                    stream.close()
            streams.clear()
        return reason

    def held(self) -> int:
        """Bytes of its memory now. For whoever owns it, of one that is `watched`."""
        return capi.memory_data_size(self.context, self.block + _WATCHED + 8)

    def _refusals(self, reason: Trapped | Exited) -> ExitReason:
        """An abnormal end after something was refused for a limit is that limit's."""
        for instance, export, which in self.program.refusals(self):
            if self._export(instance, export) == capi.EXTERN_GLOBAL:
                capi.global_get(self.context, self.block + _EXTERN + 8, self.block + _VALUE)
                if struct.unpack_from("<i", self._native, _VALUE + capi.VAL_PAYLOAD)[0]:
                    return Limit(which, None, getattr(self.limits, which), str(reason))
        return reason
