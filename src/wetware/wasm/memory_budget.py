"""The caps that keep a process's memories and tables together within one limit.

The engine's store limiter bounds each memory and each table by itself: one number of bytes for every
memory, one number of elements for every table. A process has one limit for everything. So the two caps are
derived from what the module declares: the largest ones with which the total stays within the limit, even if
everything grows as far as it may.

Rules that hold here:

1. Whatever the module does, the sum of its memories' bytes and its tables' bytes never exceeds the limit
   (property test: `test_memory_budget.py`).
2. What the module declares as minimum is always possible, or the answer is an error.
3. The caps are filled up like vessels joined by a pipe: a memory that declares a small maximum leaves its
   share to the others. Tables first get what they declare as minimum; to grow, they get at most a sixteenth
   of the limit, so that memories have the rest.
4. An element of a table counts 8 bytes: a pointer, as the engine keeps function references. (Other
   references take no more.)
5. A shared memory counts with its declared maximum, since the engine's limiter does not watch its growth.

Not counted, because the engine bounds it elsewhere or not at all: the stacks, globals, and the heap of
garbage-collected objects. An engine with garbage collection switched on must bound that heap by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wetware.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.wasm.types import MemoryType, TableType

__all__ = ["ELEMENT_BYTES", "MemoryBudget", "MemoryLimitError", "memory_budget"]

ELEMENT_BYTES = 8
_TABLES_SHARE = 16


class MemoryLimitError(LimitError):
    """What the module declares as minimum is more than it is allowed."""


@dataclass(frozen=True, slots=True)
class MemoryBudget:
    """What to tell the engine's limiter.

    Attributes:
        memory_bytes: the cap of each memory.
        table_elements: the cap of each table.
        at_most: bytes that all memories and tables together can come to; never above the limit.
        memory_at_first: bytes of all memories at the start.
        tables_at_most: bytes that all tables can come to.
    """

    memory_bytes: int
    table_elements: int
    at_most: int
    memory_at_first: int
    tables_at_most: int


def memory_budget(memories: Sequence[MemoryType], tables: Sequence[TableType], limit: int) -> MemoryBudget:
    """The largest caps with which everything together stays within `limit` bytes.

    Raises:
        MemoryLimitError: not even the declared minimum fits.
    """
    fixed = sum(memory.maximum_bytes for memory in memories if memory.shared)
    growing = [memory for memory in memories if not memory.shared]

    def memory_total(cap: int) -> int:
        return fixed + sum(_reach(m.minimum_bytes, m.maximum_bytes, cap, m.page_size) for m in growing)

    def table_total(cap: int) -> int:
        return sum(_reach(t.minimum, t.maximum_elements, cap, 1) for t in tables) * ELEMENT_BYTES

    # A cap below a declared minimum would refuse the module at its start, so a cap begins at the greatest
    # minimum; what the others could grow to under it is needed, too.
    least_memory = max((m.minimum_bytes for m in memories), default=0)
    least_table = max((t.minimum for t in tables), default=0)
    least = memory_total(least_memory) + table_total(least_table)
    if least > limit:
        raise _too_much(least, limit)
    most_table = max((t.maximum_elements for t in tables), default=0)
    left = limit - memory_total(least_memory)
    for_tables = max(table_total(least_table), min(limit // _TABLES_SHARE, left))
    table_cap = _fill(table_total, least_table, most_table, for_tables)
    most_memory = max((m.maximum_bytes for m in memories), default=0)
    memory_cap = _fill(memory_total, least_memory, most_memory, limit - table_total(table_cap))
    # In whole pages, so that the cap is what the largest memory can really have.
    reached = [_reach(m.minimum_bytes, m.maximum_bytes, memory_cap, m.page_size) for m in growing]
    memory_cap = max(least_memory, *reached) if reached else least_memory
    at_first = sum(m.maximum_bytes if m.shared else m.minimum_bytes for m in memories)
    for_tables = table_total(table_cap)
    return MemoryBudget(memory_cap, table_cap, memory_total(memory_cap) + for_tables, at_first, for_tables)


def _reach(minimum: int, maximum: int, cap: int, step: int) -> int:
    """How far something can grow under a cap: in whole steps, and never less than it begins with."""
    return max(minimum, min(maximum, cap) // step * step)


def _fill(total: Callable[[int], int], least: int, most: int, allowed: int) -> int:
    """The greatest cap between two with which the total is allowed; the least one is known to be."""
    while least < most:
        middle = (least + most + 1) // 2
        if total(middle) <= allowed:
            least = middle
        else:
            most = middle - 1
    return least


def _too_much(needed: int, limit: int) -> MemoryLimitError:
    return MemoryLimitError(
        f"the program needs {needed} bytes of memory to start and is allowed {limit}; raise its memory limit",
        limit="memory",
        used=needed,
        allowed=limit,
    )
