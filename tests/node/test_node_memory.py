"""What all processes of a node hold together is counted and bounded, however they come to it."""

import asyncio
from pathlib import Path

import pytest
from node_guests import EMPTY, SLEEP_BODY, SLEEPING, TRAP, exiting, guest, saying, until

from wetware import Limits, Node
from wetware.errors import LimitError, LocalError
from wetware.process.reasons import Exited, Killed, Limit
from wetware.services import executor
from wetware.wasm import node_memory, program

PAGE = 65536
MIB = 1 << 20
NODE = "node-memory"
YIELD = "sched_yield"

HOLDING = guest(SLEEP_BODY, "poll_oneoff", pages=16)
SPREAD = "(drop (memory.grow (i32.const {}))) (loop $e (br $e))"
SLEEPING_COMPONENT = b"""(component
    (core module $m (memory 16) (func (export "run") (result i32) (loop $e (br $e)) (i32.const 0)))
    (core instance $i (instantiate $m))
    (func $run (result (result)) (canon lift (core func $i "run")))
    (instance $shown (export "run" (func $run))) (export "wasi:cli/run@0.2.0" (instance $shown)))"""


@pytest.fixture
async def node():
    async with Node(runners=2, max_memory=10 * MIB, cache=False) as node:
        yield node


async def refused(node, source, **options):
    with pytest.raises(LimitError) as caught:
        await node.spawn(source, **options)
    assert (caught.value.limit, caught.value.allowed) == (NODE, node.info().max_memory)
    return caught.value


async def test_a_spawn_without_room_is_refused(node):
    """And leaves nothing; with room again, it is not."""
    crowd = [await node.spawn(HOLDING) for _ in range(10)]
    assert node.info().memory == node.info().max_memory == 10 * MIB
    assert node.info().processes == 10
    assert (await refused(node, HOLDING)).used == 11 * MIB
    assert len(node.ps()) == 10
    await node.spawn(EMPTY)  # which takes nothing
    crowd[3].kill()
    await crowd[3].wait()
    assert node.info().memory == 9 * MIB
    await node.spawn(HOLDING)
    await refused(node, HOLDING)


async def test_children_do_not_fill_the_node(node):
    """Each is within its own limit, and within its parent's."""
    parent = await node.spawn(SLEEPING, limits=Limits(memory=9 * MIB))
    for _ in range(9):
        await node.spawn(HOLDING, parent=parent, limits=Limits(memory=9 * MIB))
    await refused(node, HOLDING, parent=parent, limits=Limits(memory=9 * MIB))
    parent.kill()
    await until(lambda: not node.ps())
    assert node.info().memory == 0


@pytest.mark.parametrize(
    "source",
    [
        guest(SPREAD.format(160)),
        guest("(loop $e (br $e))", before="(func $s (drop (memory.grow (i32.const 160)))) (start $s)"),
        b'(module (memory 1) (func (export "_start") %s))' % SPREAD.format(160).encode(),
        guest("(drop (memory.grow (i32.const 160)))" + SLEEP_BODY, "poll_oneoff"),
        guest(
            "(loop $e (drop (memory.grow (i32.const 1))) (drop (call $sched_yield)) (br $e))", "sched_yield"
        ),
    ],
    ids=["in a loop", "in a start function", "not exported", "then asleep", "bit by bit"],
)
async def test_who_grows_beyond_it_is_ended(node, source):
    calm = await node.spawn(HOLDING)
    greedy = await node.spawn(source)
    reason = await greedy.monitor()
    assert isinstance(reason, Limit)
    assert (reason.which, reason.allowed) == (NODE, 10 * MIB)
    assert reason.used > reason.allowed
    assert (calm.reason, node.info().memory) == (None, MIB)


async def test_growth_that_fits_is_counted(node):
    grown = await node.spawn(guest("(drop (memory.grow (i32.const 79)))" + SLEEP_BODY, "poll_oneoff"))
    await until(lambda: node.info().memory == 5 * MIB)
    assert grown.info().memory == 5 * MIB
    crowd = [await node.spawn(HOLDING) for _ in range(5)]
    await refused(node, HOLDING)
    grown.kill()
    await grown.wait()
    assert node.info().memory == len(crowd) * MIB


async def test_what_cannot_be_looked_at_counts_with_all_it_may_come_to(node):
    two = b'(module (memory (export "memory") 1) (memory 1) (func (export "_start") (loop $e (br $e))))'
    process = await node.spawn(two, limits=Limits(memory=4 * MIB))
    assert 3 * MIB < node.info().memory <= 4 * MIB
    await refused(node, two, limits=Limits(memory=8 * MIB))
    process.kill()
    assert await process.monitor() == Killed()
    assert node.info().memory == 0


async def test_tables_count_with_all_they_may_come_to(node):
    await node.spawn(guest(SLEEP_BODY, "poll_oneoff", before="(table 1000 20000 funcref)"))
    assert node.info().memory == PAGE + 8 * 20_000


async def test_every_end_gives_back_what_was_taken(node, tmp_path):
    """And every failure to begin."""
    for source in (EMPTY, TRAP, exiting(3), saying("x"), HOLDING, guest(SPREAD.format(100))):
        loaded = await node.load(source)
        for _ in range(20):
            process = await node.spawn(loaded, stdout="null")
            await asyncio.sleep(0)
            process.kill()
            await process.wait()
        with pytest.raises(LocalError):
            await node.spawn(loaded, stdout=tmp_path / "absent" / "file")
    assert node.info().memory == 0


async def test_the_component_that_was_started_last_is_ended(node, monkeypatch):
    held = 0
    monkeypatch.setattr(executor, "resident_bytes", lambda: held)
    crowd = [await node.spawn(SLEEPING_COMPONENT) for _ in range(3)]
    core = await node.spawn(HOLDING)
    assert node.info().memory == 4 * MIB
    held = 10 * MIB + 1
    assert await crowd[2].monitor() == Limit(NODE, held, 10 * MIB)
    held = 10 * MIB
    assert [process.reason for process in (*crowd[:2], core)] == [None] * 3
    crowd[0].kill()
    await crowd[0].wait()
    held = 11 * MIB
    assert await crowd[1].monitor() == Limit(NODE, held, 10 * MIB)
    assert core.reason is None
    assert node.info().memory == MIB


async def test_a_component_counts_fully_where_nobody_tells_what_is_held(node, monkeypatch):
    for module in (program, executor):
        monkeypatch.setattr(module, "resident_bytes", lambda: None)
    await node.spawn(SLEEPING_COMPONENT, limits=Limits(memory=6 * MIB))
    await refused(node, SLEEPING_COMPONENT, limits=Limits(memory=6 * MIB))


async def test_the_reason_is_told_to_whoever_waits(node):
    process = await node.spawn(guest(SPREAD.format(200)))
    assert await process.wait() == 0xCFFFFFFF
    assert process.reason.exit_status == 125


async def test_no_limit_below_nothing():
    with pytest.raises(LocalError, match="-1"):
        Node(max_memory=-1)
    async with Node(runners=1, max_memory=0) as node:
        assert await (await node.spawn(EMPTY)).monitor() == Exited(0)
        await refused(node, HOLDING)


def test_the_default_is_what_the_container_has(tmp_path, monkeypatch):
    own = tmp_path / "cgroup"
    root = tmp_path / "fs"
    deep = root / "system.slice" / "node.service"
    deep.mkdir(parents=True)
    own.write_text("0::/system.slice/node.service\n")
    containers = node_memory._containers
    assert containers(root, own) == []
    (deep / "memory.max").write_text("max\n")
    assert containers(root, own) == []
    (deep.parent / "memory.max").write_text(f"{4 * MIB}\n")
    (root / "memory.max").write_text(f"{8 * MIB}\n")
    assert set(containers(root, own)) == {4 * MIB, 8 * MIB}
    own.write_text("12:cpu,memory:/docker/abc\nnonsense\n")
    old = root / "memory" / "docker" / "abc"
    old.mkdir(parents=True)
    (old / "memory.limit_in_bytes").write_text(str(2 * MIB))
    assert min(containers(root, own)) == 2 * MIB
    assert containers(Path("/nowhere"), Path("/nowhere")) == []
    monkeypatch.setattr(node_memory, "_containers", lambda: [4 * MIB, 8 * MIB])
    assert node_memory.default_memory() == 3 * MIB
    monkeypatch.setattr(node_memory, "_containers", list)
    monkeypatch.setattr(node_memory, "_machine", lambda: None)
    assert node_memory.default_memory() == 3 << 30
