"""What a program offers to whoever holds its process: waited for, replaced, taken back, ended.

The guests of `tests/guest` do it through their connection; here it is done as that connection does it.
"""

import asyncio

import pytest

from wetware import Node
from wetware.capnp.client import hook_of
from wetware.capnp.exceptions import DisconnectedError
from wetware.capnp.vat import Vat, local
from wetware.errors import LimitError, LocalError
from wetware.process.reasons import Killed
from wetware.schema.capstore_capnp import CapStore, CapStore_Server
from wetware.schema.core_capnp import Executor, ProcessInit
from wetware.schema.process_capnp import Process as ProcessClientKind
from wetware.services.facade import ExecutorFacade, ProcessFacade
from wetware.services.guest import Bootstrap
from wetware.services.offer import NothingOfferedError

CAP = 60
SLEEP = b"""(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 86400000000000))
    (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))"""


class Store(CapStore_Server):
    async def set(self, *, id, cap, context):  # noqa: A002 - the schema's name
        raise NotImplementedError

    async def get(self, *, id, context):  # noqa: A002 - the schema's name
        return {"cap": self}


@pytest.fixture
async def node():
    async with asyncio.timeout(CAP), Node() as running:
        yield running


@pytest.fixture
def talking(node):
    """Spawn a process, and give it its connection."""

    async def spawn():
        process = await node.spawn(SLEEP, channel="stream")
        guests = node.guests
        guests.attach(process, guests.session(process, executor=False, capabilities={}))
        return process

    return spawn


@pytest.fixture
async def over_the_wire():
    """A capability as somebody else holds it."""
    vats = []

    def connect(server, kind):
        mine, theirs = Vat(), Vat(server)
        vats.extend([mine, theirs])
        return mine.connect_memory(theirs)[0].bootstrap(kind)

    yield connect
    for vat in vats:
        await vat.close()


def client(server):
    """An object as a capability."""
    return CapStore(hook_of(server))


async def capability_of(process):
    return (await process.bootstrap()).capability


async def waiting(process, count=1):
    """Tasks that wait for what a process offers."""
    tasks = [asyncio.ensure_future(process.capability(CapStore)) for _ in range(count)]
    await somebody_waits(process, count)
    return tasks


async def somebody_waits(process, count=1):
    while len(process.offer._waiting) < count:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0)


async def test_it_is_there_at_once_where_it_was_provided(talking):
    process = await talking()
    process.connection.provide(client(Store()))
    assert (await (await process.capability(CapStore)).get(id="x")).cap
    assert await process.capability() == await process.capability(CapStore)


async def test_all_who_wait_get_it(talking):
    process = await talking()
    tasks = await waiting(process, 3)
    offered = client(Store())
    process.connection.provide(offered)
    assert [await task == offered for task in tasks] == [True] * 3
    assert not process.offer._waiting


async def test_the_end_of_the_process_is_told_with_its_reason(talking):
    process = await talking()
    (task,) = await waiting(process)
    process.kill()
    with pytest.raises(NothingOfferedError, match=r"ended \(killed\)") as told:
        await task
    assert told.value.reason == Killed()
    with pytest.raises(NothingOfferedError) as told:  # and at once, for whoever asks later
        await process.capability()
    assert told.value.reason == Killed()


async def test_what_an_ending_process_offered_is_not_given_out(talking):
    process = await talking()
    process.connection.provide(client(Store()))
    process.kill()
    with pytest.raises(NothingOfferedError):
        await process.capability()


async def test_it_can_be_replaced_and_taken_back(talking):
    process = await talking()
    one, two = client(Store()), client(Store())
    process.connection.provide(one)
    process.connection.provide(two)
    assert await process.capability(CapStore) == two
    process.connection.provide(CapStore(None))
    (task,) = await waiting(process)
    process.connection.provide(one)
    assert await task == one


async def test_a_wait_that_is_given_up_leaves_nothing(talking):
    process = await talking()
    tasks = await waiting(process, 5)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    assert not process.offer._waiting
    assert not process.entry.monitors


async def test_waits_are_bounded(node, talking):
    process = await talking()
    most = node._parts[2].table.max_monitors
    tasks = await waiting(process, most)
    with pytest.raises(LimitError, match="monitors"):
        await process.capability()
    process.connection.provide(client(Store()))
    assert len(await asyncio.gather(*tasks)) == most


async def test_a_process_that_cannot_talk_is_not_waited_for(node):
    process = await node.spawn(SLEEP)
    with pytest.raises(LocalError, match="without a channel"):
        await process.capability()
    raw = await node.spawn(SLEEP, channel="stream", raw=True)
    raw.channel.receive(lambda content: None, lambda: None)
    with pytest.raises(LocalError, match="raw"):
        await raw.capability()


# --- over RPC: the last method of Process ---
async def test_bootstrap_waits_and_gives_it(node, talking, over_the_wire):
    process = await talking()
    held = over_the_wire(ExecutorFacade(node.guests, None), Executor)
    assert (await held.ps()).procs[0].pid == process.pid
    facade = over_the_wire(ProcessFacade(ExecutorFacade(node.guests, None), process), ProcessClientKind)
    asked = asyncio.ensure_future(capability_of(facade))
    await somebody_waits(process)
    assert (await facade.info()).info.pid == process.pid  # it delays no other call
    process.connection.provide(client(Store()))
    assert (await (await asked)._as(CapStore).get(id="x")).cap


async def test_bootstrap_tells_why_there_is_nothing(node, talking, over_the_wire):
    process = await talking()
    facade = over_the_wire(ProcessFacade(ExecutorFacade(node.guests, None), process), ProcessClientKind)
    asked = asyncio.ensure_future(capability_of(facade))
    await somebody_waits(process)
    await facade.kill()
    with pytest.raises(DisconnectedError, match=r"has ended \(killed\)"):
        await asked


async def test_a_call_that_is_pipelined_waits_with_it(node, talking, over_the_wire):
    process = await talking()
    facade = over_the_wire(ProcessFacade(ExecutorFacade(node.guests, None), process), ProcessClientKind)
    called = facade.bootstrap().capability._as(CapStore).get(id="x")
    await somebody_waits(process)
    process.connection.provide(client(Store()))
    assert (await called).cap


# --- the process to itself ---
async def test_a_guest_is_given_its_own_process_and_no_more(node, talking, over_the_wire):
    process, other = await talking(), await talking()
    init = over_the_wire(Bootstrap(process.connection), ProcessInit)
    itself = (await init.process()).process
    assert (await itself.info()).info.pid == process.pid
    with pytest.raises(Exception, match="not found"):
        await itself.link_local(other=other.pid)
    theirs = (await over_the_wire(Bootstrap(other.connection), ProcessInit).process()).process
    await itself.kill()
    assert await process.monitor() == Killed()
    assert (await theirs.info()).info.state.name != "EXITED"
    assert local(theirs) is None
