"""Kill and pause in every state a process can be in; several nodes; nodes that close."""

import asyncio
import gc

import pytest
from node_guests import (
    CAP,
    EMPTY,
    FLOODING,
    KILLED,
    READING,
    SLEEPING,
    SPIN,
    SPIN_AT_START,
    YIELDING,
    Watcher,
    exiting,
    responsive,
    saying,
    settled,
    until,
)

from wetware import Node
from wetware.errors import BrokenError, ClosedError, LocalError
from wetware.node import Limits
from wetware.process.reasons import Exited, Killed

# --- kill ---

STATES = {
    "spinning": (SPIN, {}, "running"),
    "spinning in its start function": (SPIN_AT_START, {}, "running"),
    "yielding": (YIELDING, {}, None),
    "sleeping": (SLEEPING, {}, "waiting"),
    "reading": (READING, {"stdin": "pipe"}, "waiting"),
    "writing": (FLOODING, {"stdout": "null"}, None),
    "capturing": (FLOODING, {"stdout": "capture"}, None),
}


@pytest.mark.parametrize("state", STATES)
async def test_kill(node, state):
    program, options, shown = STATES[state]
    process = await node.spawn(program, **options)
    watcher = Watcher(process)
    if shown:
        await settled(process, shown)
    else:
        await responsive()
    process.kill()
    process.kill()
    assert process.info().state in ("ending", "exited")
    assert await process.wait() == KILLED
    assert await process.monitor() == Killed()
    assert node.ps() == []
    assert process.info().state == "exited"
    process.kill()
    await watcher.task
    assert watcher.told == [Killed()]


@pytest.mark.parametrize("state", STATES)
async def test_kill_at_once(node, state):
    """Before its first instruction, or wherever it is by then."""
    program, options, _ = STATES[state]
    program = await node.load(program)
    for _ in range(20):
        process = await node.spawn(program, **options)
        process.kill()
        assert await process.wait() == KILLED
    assert node.ps() == []


@pytest.mark.parametrize("state", STATES)
async def test_kill_while_paused(node, state):
    program, options, shown = STATES[state]
    process = await node.spawn(program, **options)
    if shown:
        await settled(process, shown)
    process.pause()
    assert process.info().state == "paused"
    await responsive()
    process.kill()
    assert await process.wait() == KILLED


async def test_kill_of_what_has_just_ended_by_itself(node):
    """Both come at the same time; whichever was first, there is one end, told once."""
    program = await node.load(exiting(3))
    for _ in range(100):
        process = await node.spawn(program)
        watcher = Watcher(process)
        await asyncio.sleep(0)
        process.kill()
        reason = await process.monitor()
        assert reason in (Exited(3), Killed())
        await watcher.task
        assert watcher.told == [reason]


async def test_nothing_is_written_once_the_end_is_told(node):
    program = await node.load(FLOODING)
    for _ in range(20):
        process = await node.spawn(program, stdout="capture")
        await until(process.stdout.read_nowait)
        process.kill()
        await process.wait()
        process.stdout.read_nowait()
        written = process.info().output
        await responsive()
        assert process.stdout.read_nowait() == b""
        assert process.info().output == written


async def test_nothing_is_read_once_the_end_is_told(node):
    process = await node.spawn(READING, stdin="pipe")
    await settled(process, "waiting")
    process.kill()
    await process.wait()
    with pytest.raises(BrokenError):
        await process.stdin.write(b"too late")


async def test_a_thousand_kills_of_one_process(node):
    process = await node.spawn(SPIN)
    for _ in range(1000):
        process.kill()
    assert await process.wait() == KILLED


async def test_kill_many_spinning_at_once(node):
    program = await node.load(SPIN)
    crowd = [await node.spawn(program) for _ in range(50)]
    for process in crowd:
        process.kill()
    assert [await process.wait() for process in crowd] == [KILLED] * 50


# --- pause ---


async def test_pause_and_resume_a_busy_loop(node):
    process = await node.spawn(SPIN)
    await settled(process, "running")
    process.pause()
    assert process.info().state == "paused"
    await settled(process, "paused")
    await until(lambda: process.fiber.state == "parked")
    used = process.info().cpu
    await responsive(200)
    assert process.info().cpu == used
    process.resume()
    await until(lambda: process.info().cpu > used)
    process.kill()
    await process.wait()


async def test_pause_is_pausing_once_and_resume_of_what_runs_is_nothing(node):
    process = await node.spawn(SLEEPING)
    process.resume()
    for _ in range(3):
        process.pause()
        process.pause(force=True)
    assert process.info().state == "paused"
    process.resume()
    assert process.info().state != "paused"
    process.kill()
    await process.wait()


async def test_pause_while_waiting_for_input(node):
    """What arrives meanwhile is there afterwards."""
    process = await node.spawn(b"".join([READING]), stdin="pipe", limits=Limits(deadline=CAP))
    await settled(process, "waiting")
    process.pause()
    await process.stdin.write(b"x" * 1000)
    process.stdin.write_eof()
    await responsive(100)
    assert process.info().state == "paused"
    process.resume()
    assert await process.wait() == 0


async def test_pause_before_the_first_instruction(node):
    """It is paused before it runs if that comes in time, and it is whole either way."""
    program = await node.load(saying("said\n"))
    for _ in range(50):
        process = await node.spawn(program, stdout="capture")
        process.pause()
        await responsive()
        process.resume()
        assert await process.wait() == 0
        assert process.stdout.read_nowait() == b"said\n"


async def test_resume_storm(node):
    process = await node.spawn(SPIN)
    for _ in range(2000):
        process.pause()
        process.resume()
    await settled(process, "running", "runnable")
    process.pause()
    await until(lambda: process.fiber.state == "parked")
    process.kill()
    assert await process.wait() == KILLED


async def test_everything_paused_leaves_the_runners_free(node):
    crowd = [await node.spawn(SPIN) for _ in range(10)]
    for process in crowd:
        process.pause()
    assert await (await node.spawn(EMPTY)).wait() == 0
    for process in crowd:
        process.kill()
        await process.wait()


async def test_pause_of_what_has_ended_is_nothing(node):
    process = await node.spawn(EMPTY)
    await process.wait()
    process.pause(force=True)
    process.resume()
    assert process.info().state == "exited"


# --- several nodes ---


async def test_processes_of_another_node_are_strangers(node):
    async with Node(runners=1) as other:
        here, there = await node.spawn(SLEEPING), await other.spawn(SLEEPING)
        for refused in (here.link, here.unlink):
            with pytest.raises(LocalError, match=r"another node"):
                refused(there)
        for options in ({"parent": there}, {"link": there}):
            with pytest.raises(LocalError, match=r"another node"):
                await node.spawn(SLEEPING, **options)
        there.kill()
        assert await there.wait() == KILLED
        assert here.reason is None
        here.kill()
        await here.wait()


async def test_nodes_side_by_side():
    async with asyncio.timeout(CAP):
        nodes = [Node(runners=1) for _ in range(4)]
        for node in nodes:
            await node.__aenter__()
        crowd = [await node.spawn(SPIN) for node in nodes for _ in range(3)]
        for node in nodes[::-2] + nodes[::2]:
            await node.__aexit__(None, None, None)
        assert {process.reason.kind for process in crowd} == {"shutdown"}


async def test_a_node_in_another_thread(node):
    def other():
        async def main():
            async with Node(runners=1) as there:
                spinning = await there.spawn(SPIN)
                codes = [await (await there.spawn(exiting(4))).wait() for _ in range(20)]
                spinning.kill()
                return codes, await spinning.wait()

        return asyncio.run(main())

    spinning = await node.spawn(SPIN)
    assert await asyncio.to_thread(other) == ([4] * 20, KILLED)
    spinning.kill()
    await spinning.wait()


# --- the end of a node ---


async def test_closing_while_everything_runs():
    node = Node(runners=2)
    async with asyncio.timeout(CAP), node:
        crowd = [
            await node.spawn(program, **options) for program, options, _ in STATES.values() for _ in range(3)
        ]
        crowd[0].pause()
        crowd[3].link(crowd[6])
        watchers = [Watcher(process) for process in crowd]
        waits = [asyncio.create_task(process.wait()) for process in crowd]
        await asyncio.sleep(0)
    assert await asyncio.gather(*waits) == [KILLED] * len(crowd)
    for watcher in watchers:
        await watcher.task
        assert [reason.kind for reason in watcher.told] in (["shutdown"], ["linked"])
    for process in crowd:
        process.kill()
        assert process.info().state == "exited"
    with pytest.raises(ClosedError):
        await node.spawn(EMPTY)
    with pytest.raises(ClosedError):
        node.ps()


async def test_spawning_while_the_node_closes():
    """Whoever spawns at that moment gets a process that ends, or a typed refusal."""
    node = Node(runners=2)
    outcomes = []

    async def spawner(program):
        while True:
            try:
                process = await node.spawn(program)
            except ClosedError:
                outcomes.append("refused")
                return
            outcomes.append((await process.monitor()).kind)

    async with asyncio.timeout(CAP):
        async with node:
            program = await node.load(SLEEPING)
            tasks = [asyncio.create_task(spawner(program)) for _ in range(20)]
            await responsive()
        await asyncio.gather(*tasks)
    assert set(outcomes) == {"refused", "shutdown"}


async def test_a_node_can_be_used_again():
    node = Node(runners=1)
    for _ in range(3):
        async with node:
            assert await (await node.spawn(exiting(6))).wait() == 6
    async with node:
        with pytest.raises(LocalError, match=r"running already"):
            await node.__aenter__()


async def test_leaving_by_an_error_closes_as_well():
    processes = []

    async def main():
        async with Node(runners=1) as node:
            processes.append(await node.spawn(SPIN))
            raise KeyError

    with pytest.raises(KeyError):
        await main()
    assert processes[0].reason.kind == "shutdown"


async def test_leaving_by_cancellation_closes_as_well():
    processes = []

    async def main():
        async with Node(runners=1) as node:
            processes.append(await node.spawn(SPIN))
            await asyncio.Event().wait()

    task = asyncio.create_task(main())
    await until(lambda: processes)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert processes[0].reason.kind == "shutdown"


async def test_handles_outlive_their_node_and_go_with_their_holder():
    async with asyncio.timeout(CAP), Node(runners=1) as node:
        process = await node.spawn(saying("kept"), stdout="capture")
        await process.wait()
    assert await process.stdout.read() == b"kept"
    assert await process.wait() == 0
    process.kill()
    del process, node
    gc.collect()
