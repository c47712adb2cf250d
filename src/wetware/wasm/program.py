"""A compiled program, ready to be run any number of times.

Rules that hold here:

1. A program is checked when it is made, so that a spawn can fail for the process's own reasons only.
2. What a start takes is decided once, from what the module imports: nothing that it does not import is set
   up.
3. Programs are spawned, kept and dropped on the event loop's thread alone.
4. A program's native code lives as long as its object: somebody holds it, or a process runs it. Freeing it
   asks nothing of the engine, so that it may happen wherever the last reference goes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from wetware.process.reasons import Exited, ExitReason
from wetware.wasm import capi
from wetware.wasm.bytecode import BytecodeCache, NotCachedError
from wetware.wasm.linkage import Linkage, Routing
from wetware.wasm.maps import maps_for
from wetware.wasm.module import REFUSED_GROWTH
from wetware.wasm.node_memory import resident_bytes
from wetware.wasm.preparation import START
from wetware.wasm.router import FILES, REFUSED_DESCRIPTORS
from wetware.wasm.wasi import abi

if TYPE_CHECKING:
    from wetware.wasm.cid import Cid
    from wetware.wasm.engine import Engine, Module
    from wetware.wasm.fiber import Fiber
    from wetware.wasm.memory_budget import MemoryBudget

__all__ = ["BudgetOf", "CoreProgram", "Needs", "Program"]

BudgetOf = Callable[[int], "MemoryBudget"]
"""From a memory limit in bytes; raises `LimitError`."""

BRIEF_NS: Final = 1_000_000
"""A first slice of at most this long may run on the event loop's own thread."""
BRIEF_AFTER: Final = 2
"""How many short first slices in a row a program shows before its next one may.

Twice as many after each breach.
"""
BRIEF_AFTER_MOST: Final = 1 << 16
FORGIVEN_AFTER: Final = 64
"""How many times as many bring it back to where it began."""

_BUDGETS_KEPT: Final = 64
_TALKING: Final = frozenset({"fd_read", "fd_write", "sock_accept", "sock_recv", "sock_send"})
_DIRECTLY: Final = 1  # phases of a process without directories: the instance, then its calls
_ROUTED: Final = 3


@dataclass(frozen=True, slots=True)
class Needs:
    """What a core module imports and declares, as far as running it depends on it.

    Attributes:
        wasi: the names of the preview-1 functions that it imports.
        exports_memory: whether "memory" is exported, which every call that passes a pointer needs.
        memory: as `Program.memory`.
        counts_refusals: whether it was prepared to count refused growth (`REFUSED_GROWTH`).
        defers_start: whether its start function was made an export (`preparation.py`).
    """

    wasi: frozenset[str]
    exports_memory: bool
    memory: bytes | None
    counts_refusals: bool
    defers_start: bool


class Program:
    """What a process runs; the subclasses say how.

    Attributes:
        cid: its name: that of the bytes it was made from.
        size: how many bytes those are.
        engine: the engine that it belongs to.
        brief: whether its first slices have been short lately (the scheduler's rule 4).
        debt: nanoseconds in short slices that its processes owe for having held the event loop (rule 5 of the
            scheduler).
        can_talk: whether a process of it could use a channel to its host.
        accepts: whether it wants to accept its channel to the host, as from a socket that listens.
        uses_native_wasi: whether a process of it needs WASI state (arguments, clocks …).
        memory: the name of the export through which its memory is looked at; None where that cannot be done.
        opaque: whether the engine does not tell what a process of it holds.
        counts: how many core instances, tables and memories a process of it may have; -1 for no limit.
        maps: how many memory maps a process of it may come to.
        explains: whether a process of it that fails says by itself what may help.
    """

    explains: ClassVar[bool] = False

    __slots__ = (
        "_brief_after",
        "_budget_of",
        "_budgets",
        "_bytecode",
        "_kept",
        "_pinned",
        "_running",
        "_streak",
        "accepts",
        "brief",
        "can_talk",
        "cid",
        "counts",
        "debt",
        "engine",
        "maps",
        "memory",
        "opaque",
        "size",
        "uses_native_wasi",
    )

    def __init__(
        self, engine: Engine, bytecode: BytecodeCache, cid: Cid, size: int, budget_of: BudgetOf
    ) -> None:
        self.engine = engine
        self.cid = cid
        self.size = size
        self.memory: bytes | None = None
        self.opaque = False
        self.can_talk = True
        self.accepts = False
        self.uses_native_wasi = True
        self.counts = (-1, -1, -1)
        self.maps = maps_for(1)
        self.brief = False
        self.debt = 0
        self._streak = 0
        self._brief_after = BRIEF_AFTER
        self._budget_of = budget_of
        self._budgets: dict[int, MemoryBudget] = {}
        self._bytecode = bytecode
        self._kept = False
        self._pinned = False
        self._running = 0

    # --- ownership ---
    def keep(self, *, pinned: bool) -> None:
        """The loader keeps it for the next spawn, and its bytes in the cache, where they could be put."""
        self._kept = True
        self._pinned = pinned

    def drop(self) -> None:
        """The loader keeps it no more; what runs of it runs on."""
        self._kept = False
        self._let_go()

    def process_started(self) -> None:
        """A process runs it: its bytes stay in the cache."""
        self._running += 1
        if not self._kept and not self._pinned:
            with contextlib.suppress(NotCachedError):
                self._bytecode.pin(self.cid)
                self._pinned = True

    def process_ended(self) -> None:
        self._running -= 1
        if not self._kept:
            self._let_go()

    def _let_go(self) -> None:
        if self._pinned and not self._running:
            self._pinned = False
            self._bytecode.unpin(self.cid)

    # --- what the scheduler asks ---
    def observe_first_slice(self, nanoseconds: int, *, spent: bool) -> None:
        """Learn from a first slice whether the next may run on the event loop's own thread."""
        if nanoseconds <= BRIEF_NS:
            # a tick of the clock may end a slice at any moment: that says nothing
            self._streak += not spent
            if self._streak >= FORGIVEN_AFTER * self._brief_after:
                self._brief_after = BRIEF_AFTER
        else:
            if self.brief:  # it was trusted, and held the loop: next time it has to show more
                self._brief_after = min(2 * self._brief_after, BRIEF_AFTER_MOST)
            self._streak = 0
        self.brief = self._streak >= self._brief_after

    # --- what a fiber asks ---
    def budget(self, memory: int) -> MemoryBudget:
        """The caps with which all memories and tables stay within `memory` bytes. Raises `LimitError`."""
        known = self._budgets.get(memory)
        if known is None:
            if len(self._budgets) >= _BUDGETS_KEPT:
                self._budgets.clear()
            known = self._budgets[memory] = self._budget_of(memory)
        return known

    def commitment(self, memory: int) -> tuple[int, int]:
        """What a process counts with for the node (`node_memory.py`) from its start.

        In bytes: all in all, and of that for the memory that is looked at later.
        """
        budget = self.budget(memory)
        if self.memory is not None or (self.opaque and resident_bytes() is not None):
            return budget.memory_at_first + budget.tables_at_most, budget.memory_at_first
        return budget.at_most, budget.memory_at_first

    def routed(self, _fiber: Fiber) -> bool:
        """Whether a process takes the way through the router."""
        return False

    def prepare(self, fiber: Fiber) -> None:
        """The store of a process is there: give it what its calls need. Raises `LocalError`."""
        raise NotImplementedError

    def begin_instance(self, fiber: Fiber, instance: int, trap: int, error: int) -> int:
        """The future of the first instance; its handle, a trap and an error go to the addresses."""
        raise NotImplementedError

    def following(self, fiber: Fiber, phase: int, instance: int, trap: int, error: int) -> int | None:
        """The future that comes after phase `phase`; None after the last."""
        raise NotImplementedError

    def outcome(self, _fiber: Fiber) -> ExitReason:
        """Why a process has ended whose last phase is done."""
        return Exited(0)

    def guest_instance_ready(self, fiber: Fiber, phase: int) -> bool:
        """Whether the guest's own instance exists once `phase` phases are done."""
        raise NotImplementedError

    def final(self, _fiber: Fiber, reason: ExitReason) -> ExitReason:
        """What an abnormal end was, in the light of what was refused; asked before the store is gone."""
        return reason

    def refusals(self, _fiber: Fiber) -> list[tuple[int | None, bytes, str]]:
        """Counters of refused requests.

        The instance (None: the guest's own), the export, the limit's name.
        """
        return []

    def release_instance(self, fiber: Fiber) -> None:
        """The store of `fiber` is gone."""


class CoreProgram(Program):
    """A compiled core module with its imports resolved."""

    __slots__ = ("_calls", "_linkage", "_module", "_pre", "needs")

    def __init__(
        self,
        engine: Engine,
        linkage: Linkage,
        bytecode: BytecodeCache,
        module: Module,
        cid: Cid,
        size: int,
        needs: Needs,
        budget_of: BudgetOf,
    ) -> None:
        super().__init__(engine, bytecode, cid, size, budget_of)
        self.needs = needs
        self.memory = needs.memory
        self.can_talk = not needs.wasi.isdisjoint(_TALKING)
        self.accepts = "sock_accept" in needs.wasi
        self.uses_native_wasi = bool(needs.wasi & abi.NATIVE)
        self._calls = (START.encode(), b"_start") if needs.defers_start else (b"_start",)
        self._linkage = linkage
        self._module = module
        self._pre = linkage.pre_instantiate(module)

    def __del__(self, delete: Callable[[int], int] = capi.instance_pre_delete) -> None:
        if getattr(self, "_pre", 0):
            delete(self._pre)
            self._module.close()

    def routed(self, fiber: Fiber) -> bool:
        return fiber.has_files and self.needs.exports_memory and bool(self.needs.wasi & FILES)

    def prepare(self, fiber: Fiber) -> None:
        if fiber.wasi is not None:
            fiber.wasi.apply(fiber.context, reserved=fiber.streams - abi.CHANNEL)

    def begin_instance(self, fiber: Fiber, instance: int, trap: int, error: int) -> int:
        if self.routed(fiber):
            fiber.keep = routing = Routing(self._linkage, self._module, self.needs.wasi, fiber)
            return routing.begin(fiber, 0, instance, trap, error)
        return capi.instance_pre_instantiate_async(self._pre, fiber.context, instance, trap, error)

    def following(self, fiber: Fiber, phase: int, instance: int, trap: int, error: int) -> int | None:
        routing: Routing | None = fiber.keep
        call = phase + 1 - (_DIRECTLY if routing is None else _ROUTED)
        if call < 0 and routing is not None:
            return routing.begin(fiber, phase + 1, instance, trap, error)
        return fiber.call(self._calls[call]) if call < len(self._calls) else None

    def guest_instance_ready(self, fiber: Fiber, phase: int) -> bool:
        return phase > (0 if fiber.keep is None else 1)

    def refusals(self, fiber: Fiber) -> list[tuple[int | None, bytes, str]]:
        counters: list[tuple[int | None, bytes, str]] = []
        if self.needs.counts_refusals:
            counters.append((None, REFUSED_GROWTH.encode(), "memory"))
        if fiber.keep is not None:
            counters.append((fiber.keep.router_address, REFUSED_DESCRIPTORS, "descriptors"))
        return counters

    def release_instance(self, fiber: Fiber) -> None:
        if fiber.keep is not None:
            fiber.keep.close()
            fiber.keep = None
