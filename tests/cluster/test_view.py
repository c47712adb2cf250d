"""The routing table as a capability, over a connection."""

import asyncio

import pytest
from beats import beat, peer

from wetware.capnp.exceptions import CallError
from wetware.capnp.stream import set_window
from wetware.capnp.vat import Vat
from wetware.cluster.table import Table
from wetware.cluster.view import ViewServer
from wetware.schema.cluster_capnp import View, View_Handler

ALL = View.Selector.new(all=True)


class Collect(View_Handler.Server):
    def __init__(self):
        self.records = []

    async def recv(self, *, record, context):
        self.records.append(
            (record.peer, record.server, record.seq, record.heartbeat.host, list(record.heartbeat.meta))
        )


@pytest.fixture
async def world():
    async with asyncio.timeout(60):
        table = Table()
        for number in range(1, 6):
            table.upsert(beat(number, 7, host="ab"[number % 2], meta=[f"n={number}"], server=number * 10), 0)
        mine, theirs = Vat(), Vat(ViewServer(table.snapshot))
        connection, _ = mine.connect_memory(theirs)
        yield table, connection.bootstrap(View)
        await mine.close()
        await theirs.close()


def host(value, prefix=False):
    return {"prefix": prefix, "host": value}


async def servers(view, selector=ALL, constraints=()):
    handler = Collect()
    await view.iter(handler=handler, selector=selector, constraints=constraints)
    return [record[1] // 10 for record in handler.records]


async def test_lookup(world):
    _, view = world
    found = (await view.lookup(selector={"match": host("a")})).result
    assert (found.just.peer, found.just.server, found.just.seq) == (str(peer(2)), 20, 7)
    beat_ = found.just.heartbeat
    assert (beat_.ttl, beat_.server, beat_.host, list(beat_.meta)) == (10_000, 20, "a", ["n=2"])
    assert (beat_.epoch, beat_.seq) == (1, 7)
    assert (await view.lookup(selector={"match": host("zzz")})).result.which == "nothing"


async def test_iter_gives_all_in_order(world):
    _, view = world
    assert await servers(view) == [1, 2, 3, 4, 5]
    assert await servers(view, {"match": host("a")}) == [2, 4]
    assert await servers(view, {"from_": host("a")}) == [2, 4, 1, 3, 5]
    assert await servers(view, {"match": {"server": (30).to_bytes(8, "big")}}) == [3]
    assert await servers(view, {"match": {"meta": "n=4"}}) == [4]
    assert await servers(view, {"match": {"peer": str(peer(5))}}) == [5]


async def test_constraints_are_read(world):
    _, view = world
    assert await servers(view, constraints=[{"limit": 2}]) == [1, 2]
    assert await servers(view, constraints=[{"to": {"peer": str(peer(3))}}]) == [1, 2, 3]
    assert await servers(view, constraints=[{"to": {"peer": str(peer(3))}}, {"limit": 2}]) == [1, 2]


async def test_reverse(world):
    _, view = world
    back = (await view.reverse()).view
    assert await servers(back) == [5, 4, 3, 2, 1]
    assert await servers(back, {"from_": {"peer": str(peer(3))}}) == [3, 2, 1]
    assert (await back.lookup(selector=ALL)).result.just.server == 50
    assert await servers(back.reverse().view) == [1, 2, 3, 4, 5]


async def test_snapshot(world):
    table, view = world
    fixed = (await view.snapshot()).view
    table.upsert(beat(9, server=90), 0)
    table.remove(peer(1))
    assert await servers(fixed) == [1, 2, 3, 4, 5]
    assert await servers(fixed.reverse().view) == [5, 4, 3, 2, 1]
    assert await servers(view) == [2, 3, 4, 5, 9]


async def test_an_iteration_sees_one_state(world):
    table, view = world

    class Changing(Collect):
        async def recv(self, *, record, context):
            await super().recv(record=record, context=context)
            for number in range(1, 6):
                table.remove(peer(number))

    handler = Changing()
    await view.iter(handler=handler, selector=ALL)
    assert len(handler.records) == 5
    assert await servers(view) == []


async def test_a_wrong_query_sends_nothing(world):
    _, view = world
    handler = Collect()
    for selector, constraints, message in [
        (ALL, [{"limit": 0}], r"expected limit > 0 \(got 0\)"),
        (ALL, [{"to": host("a")}], "cannot end at"),
        ({"match": {"server": b"123"}}, [], "8 bytes"),
        (ALL, [{"limit": 1}] * 17, "at most 16"),
    ]:
        with pytest.raises(CallError, match=message):
            await view.iter(handler=handler, selector=selector, constraints=constraints)
        with pytest.raises(CallError, match=message):
            await view.lookup(selector=selector, constraints=constraints)
    with pytest.raises(CallError, match="takes a handler"):
        await view.iter(selector=ALL)
    assert handler.records == []


async def test_a_failing_handler_ends_the_call(world):
    _, view = world

    class Failing(Collect):
        async def recv(self, *, record, context):
            raise CallError("enough")

    with pytest.raises(CallError, match="enough"):
        await view.iter(handler=Failing(), selector=ALL)


async def test_a_slow_handler_is_waited_for():
    """No more than a window of the stream is under way, whatever the size of the table."""
    async with asyncio.timeout(60):
        table = Table()
        for number in range(500):
            table.upsert(beat(number), 0)
        gate, begun, taken = asyncio.Event(), asyncio.Event(), []

        class Slow(Collect):
            async def recv(self, *, record, context):
                taken.append(record.server)
                begun.set()
                await gate.wait()

        sent = []

        class Counting(ViewServer):
            async def iter(self, *, handler, **rest):
                set_window(handler, 4096)

                class Counted:
                    _hook = handler._hook

                    def recv(self, **fields):
                        sent.append(1)
                        return handler.recv(**fields)

                await super().iter(handler=Counted(), **rest)

        mine, theirs = Vat(), Vat(Counting(table.snapshot))
        connection, _ = mine.connect_memory(theirs)
        view = connection.bootstrap(View)
        call = asyncio.ensure_future(_iter(view, Slow()))
        await begun.wait()
        for _ in range(200):
            await asyncio.sleep(0)
        assert 0 < len(sent) < 100
        gate.set()
        await call
        assert taken == list(range(500))
        await mine.close()
        await theirs.close()


async def _iter(view, handler):
    await view.iter(handler=handler, selector=ALL)
