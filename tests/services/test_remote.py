"""Processes on another node: what can be done to them, and what becomes of them when nobody holds them."""

import asyncio
import gc
from dataclasses import replace

import pytest
from memory_cluster import CAP, EXIT_7, KILLED, LOST, SLEEP, Cluster, key_of, until

from wetware import Limits
from wetware.capnp.exceptions import CallError
from wetware.cluster.policy import AccountLimits
from wetware.errors import BrokenError, LimitError, LocalError, RemoteError
from wetware.process.reasons import Exited, Killed, Limit, NodeLost
from wetware.schema.core_capnp import Session
from wetware.services.facade import ExecutorFacade
from wetware.wasm.cid import Cid
from wetware.wasm.engine import wat_to_wasm
from wetware.wasm.loader import NotRunnableError


@pytest.fixture
async def cluster():
    async with asyncio.timeout(CAP), Cluster() as made:
        yield made


@pytest.fixture
async def here(cluster):
    """The node itself."""
    return cluster.nodes[0]


@pytest.fixture
async def there(cluster):
    """The node as a client sees it."""
    return (await cluster.client()).node


# --- the verbs ---
async def test_a_process_from_spawn_to_end(there):
    process = await there.spawn(EXIT_7, args=["a", "b"], name="seven")
    assert await process.wait() == 7
    assert await process.monitor() == Exited(7)
    info = await process.info()
    assert (info.state, info.name, info.args, info.cid) == ("exited", "seven", ("a", "b"), process.cid)
    assert info.reason == Exited(7)
    assert await there.ps() == []


async def test_kill_pause_and_resume(there):
    process = await there.spawn(SLEEP)
    await process.pause(force=True)
    assert (await process.info()).state == "paused"
    await process.resume()
    assert [row.pid for row in await there.ps()] == [process.pid]
    await process.kill()
    await process.kill()
    assert await process.wait() == KILLED
    assert await process.monitor() == Killed()


async def test_streams(there, c_program):
    process = await there.spawn(c_program("cat"), stdin="pipe", stdout="capture")
    await process.stdin.write(b"one\ntwo")
    await process.stdin.write_eof()
    assert [line async for line in process.stdout] == [b"one\n", b"two"]
    assert await process.wait() == 0

    process = await there.spawn(c_program("cat"), stdin=b"x" * 300_000, stdout="capture")
    assert await process.stdout.read() == b"x" * 300_000
    with pytest.raises(RemoteError, match="not spawned with a capture"):
        await process.stderr.read(1)


async def test_a_pipe_loses_nothing(there, c_program):
    total = 5_000_000
    process = await there.spawn(c_program("flood"), args=[str(total)], stdout="pipe")
    assert len(await process.stdout.read()) == total
    assert await process.wait() == 0
    process = await there.spawn(c_program("flood"), args=[str(total)], stdout="pipe")
    await process.stdout.read(1)
    await process.kill()  # while it waits for the reader
    assert await process.wait() == KILLED
    with pytest.raises(RemoteError, match="no reader"):
        await there.spawn(c_program("flood"), args=["1"], stdout="pipe", detached=True)


async def test_a_live_process_is_found_by_its_number(there):
    process = await there.spawn(SLEEP)
    found = await there.find(process.pid)
    assert (found.pid, found.cid) == (process.pid, process.cid)
    await found.kill()
    assert await process.wait() == KILLED
    for nobody in (process.pid, 1, 0, 99999):
        with pytest.raises(RemoteError, match="not found"):
            await there.find(nobody)


async def test_links_of_one_node(there):
    one, two = await there.spawn(SLEEP), await there.spawn(SLEEP)
    three = await there.spawn(SLEEP, link=two)
    await one.link(two)
    await one.unlink(two)
    await one.kill()
    await two.kill()
    assert (await three.monitor()).kind == "linked"
    assert await two.monitor() == Killed()


async def test_a_parent_on_the_same_node(there):
    parent = await there.spawn(SLEEP)
    child = await there.spawn(SLEEP, parent=parent)
    assert (await child.info()).ppid == parent.pid
    await parent.kill()
    assert await child.monitor() == Killed(by=parent.pid)


async def test_a_parent_of_another_node(there, here):
    """A number that a caller from elsewhere names may be one of its own node: it is never believed."""
    stranger = await here.spawn(SLEEP)
    bytecode = wat_to_wasm(SLEEP)
    for ppid in (0, 1, stranger.pid, 99999):
        process = (
            await there.executor.exec(session=Session.new(), bytecode=bytecode, ppid=ppid, args=[])
        ).process
        assert (await process.info()).info.ppid == 1


async def test_what_cannot_be(there):
    with pytest.raises(LocalError, match="stdin"):
        await there.spawn(SLEEP, stdin="inherit")
    with pytest.raises(LocalError, match="output"):
        await there.spawn(SLEEP, stdout="inherit")
    with pytest.raises(LocalError, match="no file"):
        await there.spawn("/nowhere/at/all.wasm")
    with pytest.raises(RemoteError, match="not found"):
        await there.spawn(Cid.of(b"nobody has this"))
    with pytest.raises(RemoteError, match="memory"):
        await there.spawn(
            b'(module (memory (export "memory") 100) (func (export "_start")))', limits=Limits(memory=1)
        )
    assert await there.ps() == []


async def test_limits_beyond_the_nodes_are_refused(there):
    """And not lowered in silence."""
    with pytest.raises(LimitError, match="at most, and not 1073741824"):
        await there.spawn(EXIT_7, limits=Limits(memory=1 << 30))
    with pytest.raises(LocalError, match="limit of 0 on children"):  # 0 is the default on the wire
        await there.spawn(EXIT_7, limits=Limits(children=0))
    process = await there.spawn(SLEEP, limits=Limits(memory=1 << 20, deadline=0.01))
    assert await process.monitor() == Limit("deadline", 0.01, 0.01)


# --- the program ---
async def test_a_program_travels_once(there, here):
    cid = (await there.spawn(EXIT_7)).cid
    assert cid == Cid.of(wat_to_wasm(EXIT_7))
    assert here.bytecode.has(cid)
    assert await (await there.spawn(cid)).wait() == 7  # by its name alone


async def test_a_big_program_travels_in_pieces(there, here):
    big = wat_to_wasm(EXIT_7) + b"\0\xff\xff\xff\x01\x01x" + bytes((1 << 22) - 1 - 2)
    assert await (await there.spawn(big)).wait() == 7
    assert here.bytecode.has(Cid.of(big))


async def test_a_program_that_is_prepared(there, here):
    await there.prepare(EXIT_7)
    cid = Cid.of(wat_to_wasm(EXIT_7))
    assert here.bytecode.has(cid)
    assert here.guests.loader.loaded(cid) is not None
    await there.prepare(cid)
    assert await (await there.spawn(cid)).wait() == 7
    wrong = b'(module (memory (export "memory") 1) (func (export "_start") drop))'
    with pytest.raises(NotRunnableError, match="expected a type but nothing on stack"):
        await there.prepare(wrong)
    with pytest.raises(RemoteError):
        await there.spawn(wrong)
    with pytest.raises(RemoteError, match="nobody"):
        await there.prepare(Cid.of(b"what nobody has"))


# --- ends ---
async def test_many_wait_once(cluster, there, here):
    process = await there.spawn(SLEEP)
    waits = [asyncio.ensure_future(process.wait()) for _ in range(50)]
    monitors = [asyncio.ensure_future(process.monitor()) for _ in range(50)]
    entry = here.find(process.pid).entry
    await until(lambda: entry.monitors)
    await process.info()
    assert len(entry.monitors) == 1
    for one in waits[:25]:
        one.cancel()
    await process.kill()
    assert await asyncio.gather(*waits[25:]) == [KILLED] * 25
    assert await asyncio.gather(*monitors) == [Killed()] * 50


async def test_a_monitor_that_nobody_waits_for_is_taken_back(there, here):
    process = await there.spawn(SLEEP)
    wait = asyncio.ensure_future(process.monitor())
    entry = here.find(process.pid).entry
    await until(lambda: entry.monitors)
    wait.cancel()
    await until(lambda: not entry.monitors)


async def test_a_lost_node_is_an_end(cluster):
    client = await cluster.client()
    process = await client.node.spawn(SLEEP, stdout="capture")
    monitor, wait = asyncio.ensure_future(process.monitor()), asyncio.ensure_future(process.wait())
    reading = asyncio.ensure_future(process.stdout.read())
    await process.info()
    client.end.kill("the cable was cut")
    assert (await monitor, await wait) == (NodeLost(client.node.name), LOST)
    assert await process.wait() == LOST
    with pytest.raises(BrokenError):
        await reading
    with pytest.raises(BrokenError):
        await process.kill()


async def test_a_node_that_does_not_answer(there):
    there.timeout = 0.01

    async def never():
        await asyncio.Event().wait()

    with pytest.raises(BrokenError, match="did not answer within"):
        await there.ask(never())


# --- nothing is orphaned ---
async def test_a_lost_client_leaves_nothing(cluster, here):
    """An abrupt end lets go of everything; what was spawned as detached lives on."""
    client = await cluster.client()
    kept = [await client.node.spawn(SLEEP) for _ in range(3)]
    forgotten = (await client.node.spawn(SLEEP)).pid
    detached = await client.node.spawn(SLEEP, detached=True)
    watched = [here.find(pid) for pid in (*[process.pid for process in kept], forgotten)]
    client.end.kill("the cable was cut")
    for process in watched:
        assert await process.monitor() == Killed()
    assert [row.pid for row in here.ps()] == [detached.pid]


async def test_a_process_is_held_by_its_session_or_by_itself(cluster, here):
    client = await cluster.client()
    held = await client.node.spawn(SLEEP)
    forgotten = here.find((await client.node.spawn(SLEEP)).pid)
    gc.collect()
    await held.info()
    assert len(here.ps()) == 2  # the session holds both
    capability = held.capability
    client.node = None
    held.node.session = None
    del held
    gc.collect()
    assert await forgotten.monitor() == Killed()
    [left] = here.ps()
    assert (await capability.info()).info.pid == left.pid
    del capability
    await until(lambda: not here.ps())


async def test_what_a_session_does_not_own(cluster, here):
    """A process that was only found is not the finder's, and ends with nobody who merely looked at it."""
    stranger = await here.spawn(SLEEP)
    client = await cluster.client()
    assert (await client.node.find(stranger.pid)).pid == stranger.pid
    await client.close()
    assert stranger.reason is None
    assert [row.pid for row in here.ps()] == [stranger.pid]


async def test_a_narrowed_executor(cluster, here, there):
    stranger = await there.spawn(SLEEP)
    narrowed = (await there.executor.narrowed()).executor
    session = Session.new(exec=narrowed)
    lesser = type(there)(session)
    assert await lesser.ps() == []
    mine = await lesser.spawn(SLEEP)
    assert [row.pid for row in await lesser.ps()] == [mine.pid]
    assert (await lesser.find(mine.pid)).pid == mine.pid
    with pytest.raises(RemoteError, match="not found"):
        await lesser.find(stranger.pid)
    with pytest.raises(RemoteError, match="not found"):
        await mine.capability.link_local(other=stranger.pid)


async def test_the_limits_of_an_account(cluster, here):
    cluster.members[0].limits = AccountLimits(memory=1 << 20, children=3, deadline=600, cpu=60.5, output=5000)
    client = (await cluster.client()).node
    most = Limits(memory=1 << 20, children=3, deadline=600, cpu=60.5, output=5000)
    unsaid = await client.spawn(SLEEP)
    assert here.find(unsaid.pid).fiber.limits == most
    less = await client.spawn(SLEEP, limits=Limits(memory=1 << 18, children=3, cpu=1, descriptors=8))
    assert here.find(less.pid).fiber.limits == replace(most, memory=1 << 18, cpu=1, descriptors=8)
    for more in ({"memory": 1 << 21}, {"children": 4}, {"deadline": 601}, {"cpu": 61}, {"output": 5001}):
        with pytest.raises(LimitError, match=f"on {next(iter(more))} at most.*policy"):
            await client.spawn(SLEEP, limits=replace(most, **more))
    # nor does the call of the original give more, or an executor that reaches less
    await client.prepare(SLEEP)
    cid = unsaid.cid.binary
    for executor in (client.executor, client.executor.narrowed().executor):
        process = (await executor.exec_cached(session={}, cid=cid, ppid=1, args=[])).process
        pid = (await process.info()).info.pid
        assert here.find(pid).fiber.limits == most
    cluster.members[0].limits = AccountLimits(memory=1 << 30, descriptors=100)  # above the default, too
    client = (await cluster.client(name="other")).node
    most = Limits(memory=1 << 30, descriptors=100)
    assert here.find((await client.spawn(SLEEP, limits=most)).pid).fiber.limits == most
    assert here.find((await client.spawn(SLEEP)).pid).fiber.limits == replace(Limits(), descriptors=64)


async def test_how_many_processes_an_account_may_have(cluster, here):
    """All its sessions together, with what its processes spawn, detached or not."""
    cluster.members[0].limits = AccountLimits(processes=2)
    one, two = [(await cluster.client()).node for _ in range(2)]
    first = await one.spawn(SLEEP)
    detached = await two.spawn(SLEEP, detached=True)
    for refused in (one, two):
        with pytest.raises(LimitError, match="2 of 2 for the account"):
            await refused.spawn(SLEEP)
    as_guest = ExecutorFacade(here.guests, here.find(first.pid))
    with pytest.raises(LimitError):
        await as_guest.exec_cached(session=Session.new(), cid=first.cid.binary, ppid=0, args=[], context=None)
    other = (await cluster.client(name="other")).node
    await other.spawn(SLEEP)
    await here.spawn(SLEEP)
    for client in cluster.clients[:2]:
        await client.close()
    await until(lambda: here.find(first.pid) is None)
    again = (await cluster.client()).node
    await again.spawn(SLEEP)
    with pytest.raises(LimitError):  # what is detached still counts
        await again.spawn(SLEEP)
    here.find(detached.pid).kill()
    await until(lambda: here.find(detached.pid) is None)
    await again.spawn(SLEEP)


async def test_what_was_detached_is_revoked_too(cluster, here):
    """Whether or not a session is left of those that have spawned it."""
    client = await cluster.client()
    process = await client.node.spawn(SLEEP, detached=True)
    other = (await cluster.client(name="other")).node
    theirs = await other.spawn(SLEEP, detached=True)
    below = await other.spawn(SLEEP, detached=True, parent=await other.find(process.pid))
    await client.close()
    del client
    gc.collect()
    reason = asyncio.ensure_future(here.find(process.pid).monitor())
    here.guests.revoke(key_of("nobody").peer, "of one that has nothing here")
    here.guests.revoke(key_of("somebody").peer, "the account is denied from now on")
    assert await reason == Killed()
    await until(lambda: [row.pid for row in here.ps()] == [theirs.pid])  # with what is below it
    assert await below.monitor() == Killed(process.pid)


async def test_revoked(cluster, here):
    client = await cluster.client()
    process = await client.node.spawn(SLEEP)
    inner = type(client.node)(Session.new(exec=(await client.node.executor.narrowed()).executor))
    below = await inner.spawn(SLEEP)
    other = (await cluster.client(name="other")).node
    theirs = await other.spawn(SLEEP)
    here.guests.revoke(key_of("somebody").peer, "the account is denied from now on")
    assert await process.wait() == KILLED
    assert await below.wait() == KILLED
    assert [row.pid for row in await other.ps()] == [theirs.pid]
    for refused in (
        client.node.spawn(SLEEP),
        client.node.ps(),
        inner.ps(),
        process.kill(),
        client.node.find(2),
    ):
        with pytest.raises(CallError, match="denied from now on"):
            await refused
