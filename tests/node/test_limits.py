"""Every limit ends or refuses at its exact value, says so in the reason, and costs the node nothing."""

import asyncio
from pathlib import Path

import pytest
from node_guests import (
    EMPTY,
    FLOODING,
    SLEEP_BODY,
    SLEEPING,
    SPIN,
    YIELDING,
    exiting,
    guest,
    responsive,
    saying,
    settled,
    until,
)

from wetware import Node
from wetware.errors import LimitError, LocalError
from wetware.node import Limits
from wetware.process.reasons import Exited, Killed, Limit, Trapped
from wetware.wasm.maps import MAPS
from wetware.wasm.program import Program

PAGE = 65536
MIB = 1 << 20


async def end_of(node, program, limits, **options):
    process = await node.spawn(program, limits=limits, **{"stdout": "null", **options})
    return await process.monitor()


# --- memory ---


@pytest.mark.parametrize("name", ["alloc", "alloc_many_memories", "alloc_table"])
async def test_refused_growth_then_a_trap_is_the_memory_limit(node, wat_program, name):
    reason = await end_of(node, wat_program(name), Limits(memory=4 * MIB))
    assert isinstance(reason, Limit)
    assert (reason.which, reason.allowed) == ("memory", 4 * MIB)
    assert "unreachable" in reason.then
    assert reason.wait_code == 0xCFFFFFFF


async def test_refused_growth_survived_is_a_normal_end(node, wat_program):
    assert await end_of(node, wat_program("alloc_survives"), Limits(memory=4 * MIB)) == Exited(0)


async def test_a_growth_that_the_program_itself_forbids_is_no_limit(node, wat_program):
    assert isinstance(await end_of(node, wat_program("alloc_own_maximum"), Limits(memory=4 * MIB)), Trapped)


@pytest.mark.parametrize(("mode", "kind"), [("abort", Limit), ("exit", Limit), ("survive", Exited)])
async def test_a_c_program_runs_out_of_memory(node, c_program, mode, kind):
    reason = await end_of(node, c_program("alloc"), Limits(memory=32 * MIB), args=["64", mode])
    assert isinstance(reason, kind), reason
    if kind is Limit:
        assert reason.which == "memory"


@pytest.mark.parametrize("pages", [1, 2, 7, 16, 64])
async def test_memory_up_to_the_last_page(node, pages):
    """A program may have exactly as many pages as fit, and not one more."""
    program = guest(
        f"""(if (i32.eq (memory.grow (i32.const {pages - 1})) (i32.const -1))
          (then (call $proc_exit (i32.const 1))))
        (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1)) (then (call $proc_exit (i32.const 2))))
        (call $proc_exit (i32.const 0))""",
        "proc_exit",
    )
    assert await end_of(node, program, Limits(memory=pages * PAGE)) == Exited(0)


async def test_the_declared_minimum_is_checked_at_the_spawn(node):
    program = guest("", pages=10)
    assert await end_of(node, program, Limits(memory=10 * PAGE)) == Exited(0)
    with pytest.raises(LimitError) as caught:
        await node.spawn(program, limits=Limits(memory=10 * PAGE - 1))
    assert (caught.value.limit, caught.value.used, caught.value.allowed) == (
        "memory",
        10 * PAGE,
        10 * PAGE - 1,
    )


@pytest.mark.parametrize("memory", [0, 1, PAGE - 1])
async def test_a_program_without_memory_needs_none(node, memory):
    assert await end_of(node, EMPTY, Limits(memory=memory)) == Exited(0)
    with pytest.raises(LimitError):
        await node.spawn(guest(""), limits=Limits(memory=memory))


@pytest.mark.parametrize("memory", [2**40, 2**62, 2**63, 2**64, 2**80])
async def test_limits_beyond_what_can_be(node, memory):
    assert await end_of(node, guest(""), Limits(memory=memory)) == Exited(0)


async def test_many_memories_together(node):
    """A hundred memories share one limit, whichever of them grows."""
    memories = "".join(f"(memory $m{i} 0)" for i in range(99))
    grow = "".join(
        f"(if (i32.ne (memory.grow $m{i} (i32.const 1)) (i32.const -1))"
        "(then (global.set $n (i32.add (global.get $n) (i32.const 1)))))"
        for i in range(99)
    )
    program = guest(
        f"""(local $before i32) (loop $again (local.set $before (global.get $n)) {grow}
          (br_if $again (i32.ne (local.get $before) (global.get $n))))
        (call $proc_exit (global.get $n))""",
        "proc_exit",
        before=f"(global $n (mut i32) (i32.const 0)) {memories}",
    )
    process = await node.spawn(program, limits=Limits(memory=250 * PAGE))
    reason = await process.monitor()
    grown = reason.code if isinstance(reason, Exited) else int(reason.then.split()[-1])
    assert 99 <= grown < 250


async def test_a_table_bomb(node):
    bomb = "(drop (table.grow $t (ref.null func) (i32.const 0x7fffffff))) unreachable"
    reason = await end_of(node, guest(bomb, before="(table $t 1 funcref)"), Limits(memory=MIB))
    assert isinstance(reason, Limit)
    assert reason.which == "memory"
    with pytest.raises(LimitError):
        await node.spawn(guest("", before="(table 10000000 funcref)"), limits=Limits(memory=MIB))


# --- output ---


@pytest.mark.parametrize("output", [0, 1, 4095, 4096, 4097, 10_000, 300_000])
async def test_output_to_the_byte(node, output):
    process = await node.spawn(FLOODING, stdout="capture", limits=Limits(output=output))
    assert await process.monitor() == Limit("output", output, output)
    assert len(await process.stdout.read()) == output
    assert process.info().output == output


async def test_output_within_its_limit(node):
    for output in (5, 6):
        assert await end_of(node, saying("12345"), Limits(output=output)) == Exited(0)
    assert await end_of(node, saying("12345"), Limits(output=4)) == Limit("output", 4, 4)


async def test_both_streams_count(node, c_program):
    process = await node.spawn(
        c_program("stderr"), stdout="capture", stderr="capture", limits=Limits(output=15)
    )
    assert (await process.monitor()).which == "output"
    assert len(await process.stdout.read() + await process.stderr.read()) == 15


async def test_output_to_nowhere_counts_too(node):
    assert await end_of(node, FLOODING, Limits(output=MIB)) == Limit("output", MIB, MIB)


# --- cpu ---


@pytest.mark.parametrize("program", [SPIN, YIELDING, FLOODING])
async def test_cpu(node, program):
    reason = await end_of(node, program, Limits(cpu=0.02))
    assert isinstance(reason, Limit)
    assert (reason.which, reason.allowed) == ("cpu", 0.02)
    assert reason.used > 0.02
    assert reason.wait_code == 0xCFFFFFFF


async def test_sleeping_and_pausing_use_no_cpu(node):
    sleeper = await node.spawn(SLEEPING, limits=Limits(cpu=0.05))
    spinning = await node.spawn(SPIN, limits=Limits(cpu=0.05))
    spinning.pause()
    await until(lambda: spinning.fiber.state == "parked")
    assert (await (await node.spawn(SPIN, limits=Limits(cpu=0.1))).monitor()).which == "cpu"
    assert sleeper.reason is None
    assert spinning.reason is None
    spinning.resume()
    assert (await spinning.monitor()).which == "cpu"
    sleeper.kill()
    assert await sleeper.monitor() == Killed()


async def test_what_ends_within_its_budget_is_left_alone(node):
    assert await end_of(node, exiting(3), Limits(cpu=10, deadline=3600, output=0)) == Exited(3)


# --- children, processes ---


async def test_children(node):
    parent = await node.spawn(SLEEPING, limits=Limits(children=3))
    children = [await node.spawn(SLEEPING, parent=parent) for _ in range(3)]
    with pytest.raises(LimitError) as caught:
        await node.spawn(SLEEPING, parent=parent)
    assert (caught.value.limit, caught.value.used, caught.value.allowed) == ("children", 3, 3)
    children[1].kill()
    await children[1].wait()
    children[1] = await node.spawn(SLEEPING, parent=parent)
    parent.kill()
    for child in children:
        assert (await child.monitor()) == Killed(by=parent.pid)


async def test_no_children_at_all(node):
    parent = await node.spawn(SLEEPING, limits=Limits(children=0))
    with pytest.raises(LimitError):
        await node.spawn(SLEEPING, parent=parent)
    parent.kill()
    await parent.wait()


async def test_spawning_in_a_row_meets_no_limit_that_ended_processes_hold():
    async with Node(runners=1, max_processes=8) as node:
        program = await node.load(saying("x", "(drop (call $sched_yield))", "sched_yield"))
        processes = [await node.spawn(program, stdout="null") for _ in range(300)]
        assert {await process.wait() for process in processes} == {0}


async def test_spawning_in_a_row_waits_for_what_a_runner_is_about_to_end(monkeypatch):
    """Whether it waits for its turn, has it now, or has had one: it is not through yet."""
    monkeypatch.setattr(Program, "observe_first_slice", lambda *_, **__: None)  # all begin on a runner
    yielding = saying("x", "(drop (call $sched_yield))" * 50, "sched_yield")
    async with Node(runners=2, max_processes=2) as node:
        program = await node.load(yielding)
        processes = [await node.spawn(program, stdout="null") for _ in range(300)]
        assert {await process.wait() for process in processes} == {0}


async def test_live_processes_of_a_node():
    async with Node(runners=1, max_processes=5) as node:
        crowd = [await node.spawn(SLEEPING) for _ in range(5)]
        for _ in range(3):
            with pytest.raises(LimitError) as caught:
                await node.spawn(SLEEPING)
            assert (caught.value.limit, caught.value.allowed) == ("processes", 5)
        crowd[0].kill()
        await crowd[0].wait()
        again = await node.spawn(SLEEPING)
        assert again.pid == 7
        assert len(node.ps()) == 5


async def test_many_memories_meet_the_wall_of_maps(node, monkeypatch):
    """A process counts with what it holds: a few with a hundred memories do not take the others' place."""
    many = await node.load(guest(SLEEP_BODY, "poll_oneoff", before="(memory 1)" * 99))
    before = MAPS.used
    monkeypatch.setattr(MAPS, "allowed", before + 1000)
    crowd = [await node.spawn(many) for _ in range(3)]
    with pytest.raises(LimitError) as caught:
        await node.spawn(many)
    assert caught.value.limit == "maps"
    small = await node.spawn(SLEEPING)
    for process in [*crowd, small]:
        process.kill()
        await process.wait()
    assert MAPS.used == before


def maps_now():
    return len(Path("/proc/self/maps").read_text().splitlines())


async def test_a_process_takes_no_more_maps_than_it_counts(node):
    memories = "".join(f"(memory $m{i} 1)" for i in range(99))
    grow = "".join(f"(drop (memory.grow $m{i} (i32.const 1)))" for i in range(99))
    for source in (
        SLEEPING,
        guest(SLEEP_BODY, "poll_oneoff", before=f"{memories} (func $i {grow}) (start $i)"),
    ):
        program = await node.load(source)
        crowd = [await node.spawn(program)]
        await settled(crowd[0], "waiting")
        maps = maps_now()
        for _ in range(10):
            crowd.append(await node.spawn(program))
            await settled(crowd[-1], "waiting")
        assert maps_now() - maps <= 10 * program.maps
        for process in crowd:
            process.kill()
            await process.wait()


async def test_a_refused_spawn_leaves_its_streams_closed(node):
    parent = await node.spawn(SLEEPING, limits=Limits(children=0))
    before = len(asyncio.all_tasks())
    for _ in range(50):
        with pytest.raises(LimitError):
            await node.spawn(SLEEPING, parent=parent, stdin="pipe", stdout="capture")
    assert len(asyncio.all_tasks()) == before
    parent.kill()
    await parent.wait()


# --- the limits themselves ---


@pytest.mark.parametrize("name", ["memory", "children", "descriptors", "deadline", "cpu", "output"])
@pytest.mark.parametrize("value", [-1, -0.5, float("nan"), "many"])
def test_what_is_no_limit(name, value):
    with pytest.raises(LocalError, match=name):
        Limits(**{name: value})


async def test_several_limits_at_once(node):
    """The one that is reached first is the reason, and only that one."""
    reasons = set()
    for _ in range(10):
        reason = await end_of(node, FLOODING, Limits(cpu=0.01, deadline=0.01, output=10**12))
        assert isinstance(reason, Limit)
        reasons.add(reason.which)
    assert reasons <= {"cpu", "deadline"}


async def test_the_node_is_whole_after_a_crowd_at_its_limits(node, wat_program):
    programs = [await node.load(program) for program in (SPIN, FLOODING, YIELDING)]
    programs.append(await node.load(wat_program("alloc")))
    limits = Limits(cpu=0.005, memory=MIB)
    crowd = [
        await node.spawn(program, stdout="null", limits=limits) for program in programs for _ in range(10)
    ]
    assert {(await process.monitor()).kind for process in crowd} == {"limit"}
    await responsive()
    assert node.ps() == []
    process = await node.spawn(SLEEPING)
    await settled(process, "waiting")
    process.kill()
    await process.wait()
