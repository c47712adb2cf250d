"""Kill, pause, links and waits through the Python API, in every state a process can be in."""

import asyncio
import gc
import sys

import pytest
from node_guests import (
    CAP,
    EMPTY,
    FLOODING,
    READING,
    SLEEPING,
    SPIN,
    SPIN_AT_START,
    TRAP,
    YIELDING,
    exiting,
    responsive,
    saying,
    settled,
    until,
)

from wetware import Node
from wetware.errors import BrokenError, ClosedError, LimitError, LocalError
from wetware.node import Limits
from wetware.process.reasons import Exited, Killed, Linked, Trapped

KILLED = 0xFFFFFFFF


class Watcher:
    """A monitor that counts how often it is told."""

    def __init__(self, process):
        self.told = []
        self.task = asyncio.create_task(self._watch(process))

    async def _watch(self, process):
        self.told.append(await process.monitor())


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


# --- links ---


async def test_the_end_of_one_ends_the_linked(node):
    one, other = await node.spawn(SLEEPING), await node.spawn(SPIN)
    one.link(other)
    one.link(other)
    one.kill()
    assert await one.monitor() == Killed()
    assert await other.monitor() == Linked(one.pid, one.pid)


@pytest.mark.parametrize("program", [EMPTY, exiting(1), TRAP])
async def test_any_end_ends_the_linked(node, program):
    other = await node.spawn(SLEEPING)
    one = await node.spawn(program, link=other)
    reason = await other.monitor()
    assert reason == Linked(one.pid, one.pid)
    assert isinstance(await one.monitor(), Exited | Trapped)


async def test_a_ring_of_links_ends_as_a_whole(node):
    ring = [await node.spawn(SLEEPING) for _ in range(20)]
    for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
        one.link(other)
    ring[7].link(ring[7])
    ring[3].kill()
    assert [await process.wait() for process in ring] == [KILLED] * 20
    origins = {(await process.monitor()).origin for process in ring if process is not ring[3]}
    assert origins == {ring[3].pid}


async def test_unlinked_processes_end_alone(node):
    one, other = await node.spawn(SLEEPING), await node.spawn(SLEEPING)
    one.link(other)
    other.unlink(one)
    one.unlink(other)
    one.kill()
    await one.wait()
    await responsive()
    assert other.reason is None
    other.kill()
    await other.wait()


async def test_a_link_to_the_dead_ends_the_living(node):
    dead, living = await node.spawn(EMPTY), await node.spawn(SLEEPING)
    await dead.wait()
    living.link(dead)
    assert await living.monitor() == Linked(dead.pid, dead.pid)


async def test_spawning_linked_to_the_dead_is_refused(node):
    dead = await node.spawn(EMPTY)
    await dead.wait()
    with pytest.raises(ClosedError):
        await node.spawn(SLEEPING, link=dead)
    assert node.ps() == []


# --- the tree ---


async def test_the_end_of_a_parent_ends_all_below_it(node):
    root = await node.spawn(SLEEPING)
    child = await node.spawn(SPIN, parent=root)
    grandchild = await node.spawn(READING, parent=child.pid, stdin="pipe")
    stranger = await node.spawn(SLEEPING)
    assert [(depth, info.pid, info.ppid) for depth, _, info in node.tree()] == [
        (0, root.pid, 1),
        (1, child.pid, root.pid),
        (2, grandchild.pid, child.pid),
        (0, stranger.pid, 1),
    ]
    assert [info.pid for info in node.ps()] == [root.pid, child.pid, grandchild.pid, stranger.pid]
    root.kill()
    assert await child.monitor() == Killed(by=root.pid)
    assert await grandchild.monitor() == Killed(by=child.pid)
    assert [info.pid for info in node.ps()] == [stranger.pid]
    stranger.kill()
    await stranger.wait()


async def test_the_normal_end_of_a_parent_ends_its_children(node):
    parent = await node.spawn(READING, stdin="pipe")
    child = await node.spawn(SLEEPING, parent=parent)
    parent.stdin.write_eof()
    assert await parent.monitor() == Exited(0)
    assert await child.monitor() == Killed(by=parent.pid)


async def test_an_unknown_parent_is_process_1(node):
    for parent in (0, 1, 12345, 2**31):
        process = await node.spawn(SLEEPING, parent=parent)
        assert process.info().ppid == 1
        process.kill()
        await process.wait()


async def test_what_is_found_and_what_is_not(node):
    process = await node.spawn(SLEEPING)
    assert node.find(process.pid) is process
    assert node.find(1) is None
    assert node.find(99) is None
    process.kill()
    await process.wait()
    assert node.find(process.pid) is None


async def test_info(node):
    process = await node.spawn(saying("12345"), name="talker", args=["a", "b"], stdout="null")
    assert await process.wait() == 0
    info = process.info()
    assert (info.name, info.args, info.state, info.output, info.reason) == (
        "talker",
        ("a", "b"),
        "exited",
        5,
        Exited(0),
    )
    assert info.memory == 65536
    assert info.cpu > 0
    assert "talker" in repr(process)


# --- waits and monitors ---


async def test_every_wait_and_monitor_is_answered(node):
    process = await node.spawn(SLEEPING)
    waits = [asyncio.create_task(process.wait()) for _ in range(100)]
    watchers = [Watcher(process) for _ in range(100)]
    await responsive()
    process.kill()
    assert await asyncio.gather(*waits) == [KILLED] * 100
    for watcher in watchers:
        await watcher.task
        assert watcher.told == [Killed()]
    assert await process.wait() == KILLED


async def test_waits_and_monitors_are_limited_and_cancelled_ones_make_room(node):
    process = await node.spawn(SLEEPING)
    for wait in (process.wait, process.monitor):
        tasks = [asyncio.create_task(wait()) for _ in range(1024)]
        await responsive()
        with pytest.raises(LimitError):
            await wait()
        tasks.pop().cancel()
        await responsive()
        tasks.append(asyncio.create_task(wait()))
        await responsive()
        assert not tasks[-1].done()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert not process.entry.waits
    assert not process.entry.monitors
    process.kill()
    assert await process.wait() == KILLED


async def test_a_wait_that_times_out_leaves_nothing(node):
    process = await node.spawn(SLEEPING)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await process.wait()
    assert not process.entry.waits
    process.kill()
    await process.wait()


async def test_spawning_and_killing_inside_callbacks(node):
    """The end of one process spawns the next, from a callback of the loop, a hundred times."""
    program = await node.load(exiting(5))
    finished = asyncio.get_running_loop().create_future()
    left = 100

    def again(task):
        nonlocal left
        left -= 1
        assert task.result() == 5
        if left:
            asyncio.create_task(one()).add_done_callback(again)
        else:
            finished.set_result(None)

    async def one():
        return await (await node.spawn(program)).wait()

    asyncio.create_task(one()).add_done_callback(again)
    await finished


async def test_spawning_deep_in_calls(node):
    """At any depth it works or is refused, and the node is whole: no slice lacks room for its end."""
    program = await node.load(saying("x"))
    for _ in range(5):
        await (await node.spawn(program, stdout="null")).wait()

    async def deeper(depth):
        if depth:
            return await deeper(depth - 1)
        process = await node.spawn(program, stdout="null")
        return await process.wait()

    outcomes = set()
    limit = sys.getrecursionlimit()
    for depth in range(limit - 250, limit + 10):
        try:
            outcomes.add(await deeper(depth))
        except RecursionError:
            outcomes.add("refused")
    assert outcomes == {0, "refused"}
    assert node.ps() == []


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
