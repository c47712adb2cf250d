"""The caps: never too large, never smaller than needed, and what the engine does with them."""

import pytest
import wasmtime
from hypothesis import assume, given
from hypothesis import strategies as st

from wetware.errors import LimitError
from wetware.wasm.memory_budget import ELEMENT_BYTES, MemoryLimitError, memory_budget
from wetware.wasm.module import read_module
from wetware.wasm.types import PAGE_SIZE, MemoryType, TableType

MB = 1 << 20


@st.composite
def memory_types(draw):
    minimum = draw(st.integers(0, 40))
    maximum = draw(st.none() | st.integers(minimum, 100))
    shared = maximum is not None and draw(st.booleans())
    page_size = draw(st.sampled_from([PAGE_SIZE, PAGE_SIZE, 1]))
    return MemoryType(minimum, maximum, draw(st.booleans()), shared, page_size)


@st.composite
def table_types(draw):
    minimum = draw(st.integers(0, 3000))
    return TableType("funcref", minimum, draw(st.none() | st.integers(minimum, 10_000)))


MEMORIES = st.lists(memory_types(), max_size=5)
TABLES = st.lists(table_types(), max_size=4)
LIMITS = st.integers(0, 16 * MB)


def grown(memories, tables, memory_cap, table_cap):
    """A second, simple-minded count of what the engine lets everything grow to."""
    total = 0
    for memory in memories:
        room = memory.maximum if memory.shared else memory_cap // memory.page_size
        if memory.maximum is not None:
            room = min(room, memory.maximum)
        total += max(memory.minimum, room) * memory.page_size
    for table in tables:
        room = table_cap if table.maximum is None else min(table_cap, table.maximum)
        total += max(table.minimum, room) * ELEMENT_BYTES
    return total


@given(MEMORIES, TABLES, LIMITS)
def test_the_total_never_exceeds_the_limit(memories, tables, limit):
    least_memory = max((m.minimum_bytes for m in memories), default=0)
    least_table = max((t.minimum for t in tables), default=0)
    if grown(memories, tables, least_memory, least_table) > limit:  # no caps would do
        with pytest.raises(MemoryLimitError) as refusal:
            memory_budget(memories, tables, limit)
        assert refusal.value.allowed == limit < refusal.value.used
        return
    budget = memory_budget(memories, tables, limit)
    assert grown(memories, tables, budget.memory_bytes, budget.table_elements) == budget.at_most <= limit
    assert budget.memory_bytes >= least_memory
    assert budget.table_elements >= least_table


@given(MEMORIES, TABLES, LIMITS)
def test_no_larger_cap_of_memories_would_do(memories, tables, limit):
    growing = [m for m in memories if not m.shared]
    assume(growing)
    try:
        budget = memory_budget(memories, tables, limit)
    except MemoryLimitError:
        return
    if budget.memory_bytes < max(m.maximum_bytes for m in growing):
        larger = budget.memory_bytes + PAGE_SIZE
        assert grown(memories, tables, larger, budget.table_elements) > limit


def test_one_memory_gets_nearly_everything():
    budget = memory_budget([MemoryType(257)], [TableType("funcref", 5, 5)], 64 * MB)
    assert budget.table_elements == 5
    assert budget.memory_bytes == 64 * MB - PAGE_SIZE
    assert budget.at_most == budget.memory_bytes + 40
    assert memory_budget([MemoryType(1)], [], 64 * MB + 5).memory_bytes == 64 * MB


def test_a_small_maximum_leaves_its_share_to_the_others():
    budget = memory_budget([MemoryType(1, 2), MemoryType(1)], [], 10 * MB)
    assert budget.memory_bytes == (160 - 2) * PAGE_SIZE


def test_two_memories_without_a_maximum_share_evenly():
    assert memory_budget([MemoryType(1), MemoryType(1)], [], 10 * MB).memory_bytes == 80 * PAGE_SIZE


def test_a_growing_table_gets_a_sixteenth():
    budget = memory_budget([MemoryType(1)], [TableType("externref", 1)], 16 * MB)
    assert budget.table_elements == MB // ELEMENT_BYTES
    assert budget.memory_bytes == 240 * PAGE_SIZE
    only_a_table = memory_budget([], [TableType("funcref", 1)], 16 * MB)
    assert only_a_table.table_elements == MB // ELEMENT_BYTES
    assert only_a_table.memory_bytes == 0


def test_a_shared_memory_counts_with_its_maximum():
    budget = memory_budget([MemoryType(1, 10, shared=True), MemoryType(1)], [], 1 * MB)
    assert budget.memory_bytes == 6 * PAGE_SIZE
    with pytest.raises(MemoryLimitError):
        memory_budget([MemoryType(1, 17, shared=True)], [], 1 * MB)


def test_nothing_needs_nothing():
    budget = memory_budget([], [], 0)
    assert (budget.memory_bytes, budget.table_elements, budget.at_most) == (0, 0, 0)


def test_a_minimum_that_does_not_fit_is_refused():
    with pytest.raises(LimitError, match="needs 1073741824 bytes of memory to start") as error:
        memory_budget([MemoryType(16384)], [], MB)
    assert (error.value.limit, error.value.used, error.value.allowed) == ("memory", 1 << 30, MB)
    with pytest.raises(MemoryLimitError):
        memory_budget([], [TableType("funcref", MB)], MB)
    with pytest.raises(MemoryLimitError):  # a cap for the larger one lets the smaller one grow to it
        memory_budget([MemoryType(10), MemoryType(1)], [], 11 * PAGE_SIZE)


GROWS_EVERYTHING = """(module
  (table $t (export "t") 1 funcref)
  (memory $a (export "a") 1)
  (memory $b (export "b") 2 9)
  (func (export "run") (loop $again (br_if $again (i32.or (i32.or
    (i32.ne (memory.grow $a (i32.const 1)) (i32.const -1))
    (i32.ne (memory.grow $b (i32.const 1)) (i32.const -1)))
    (i32.ne (table.grow $t (ref.null func) (i32.const 64)) (i32.const -1))))))
  (func (export "one") (result i32) (table.grow $t (ref.null func) (i32.const 1))))"""


@pytest.mark.parametrize("limit", [1 * MB, 3 * MB + 12345, 8 * MB])
def test_the_engine_stays_within_the_limit(limit):
    """Everything grows until all is refused; then the engine's own sizes are added up."""
    engine = wasmtime.Engine()
    binary = wasmtime.wat2wasm(GROWS_EVERYTHING)
    info = read_module(binary)
    budget = memory_budget(info.memories, info.tables, limit)
    store = wasmtime.Store(engine)
    store.set_limits(memory_size=budget.memory_bytes, table_elements=budget.table_elements)
    exports = wasmtime.Instance(store, wasmtime.Module(engine, binary), []).exports(store)
    exports["run"](store)
    while exports["one"](store) != -1:
        pass
    total = exports["a"].data_len(store) + exports["b"].data_len(store)
    total += exports["t"].size(store) * ELEMENT_BYTES
    assert total == budget.at_most <= limit
    assert limit - total < 2 * PAGE_SIZE
