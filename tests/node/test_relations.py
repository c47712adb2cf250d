"""Who is told of an end, and who ends with it: links, the tree, waits and monitors through the Python API."""

import asyncio
import sys

import pytest
from node_guests import (
    EMPTY,
    KILLED,
    READING,
    SLEEPING,
    SPIN,
    TRAP,
    Watcher,
    exiting,
    responsive,
    saying,
)

from wetware.errors import ClosedError, LimitError
from wetware.process.reasons import Exited, Killed, Linked, Trapped

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
