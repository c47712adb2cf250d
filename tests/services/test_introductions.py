"""What a program offers, handed to one of another node: reached without whoever introduced the two."""

import asyncio

import pytest
from memory_cluster import CAP, SLEEP, Cluster, Imposter, key_of, until

from wetware.capnp.client import hook_of
from wetware.errors import BrokenError, RemoteError
from wetware.process.reasons import Killed
from wetware.schema.capstore_capnp import CapStore, CapStore_Server
from wetware.schema.core_capnp import SpawnRequest
from wetware.wasm.engine import wat_to_wasm


class Store(CapStore_Server):
    """Keeps capabilities."""

    def __init__(self):
        self.kept = {}

    async def set(self, *, id, cap, context):  # noqa: A002 - the schema's
        self.kept[id] = cap

    async def get(self, *, id, context):  # noqa: A002 - the schema's
        return {"cap": self.kept.get(id)}


@pytest.fixture
async def cluster():
    async with asyncio.timeout(CAP), Cluster(3) as made:
        yield made


async def offering(cluster, at, client, **options):
    """A process that offers a store, which lies on its node."""
    store = Store()
    process = await client.node.spawn(SLEEP, **options)
    cluster.nodes[at].find(process.pid).offer.give(CapStore(hook_of(store)))
    return process, store


async def test_nobody_in_between_is_needed(cluster):
    """Two programs know each other when the client that introduced them has gone."""
    clients = [await cluster.client(at) for at in range(2)]
    (one, store), (two, other) = [
        await offering(cluster, at, client, detached=True) for at, client in enumerate(clients)
    ]
    await (await two.bootstrap(CapStore)).set(id="peer", cap=await clients[1].node.introduce(one, CapStore))
    for client in clients:
        await client.close()
    mine = CapStore(hook_of(Store()))
    await other.kept["peer"]._as(CapStore).set(id="hello", cap=mine)
    assert list(store.kept) == ["hello"]
    assert list(cluster.members[1].connections) == [cluster.members[0].me]


async def test_a_process_of_the_same_node(cluster):
    """Also by way of another one, and where the node is in no cluster."""
    client = await cluster.client(0)
    one, store = await offering(cluster, 0, client)
    far = await (await cluster.client(1)).node.dial(cluster.members[0].me)
    for node in (client.node, far):
        await (await node.introduce(one, CapStore)).set(id=node.name, cap=None)
    assert len(store.kept) == 1  # both of one name
    assert not cluster.members[0].connections
    async with Cluster(1) as alone:
        client = await alone.client()
        one, store = await offering(alone, 0, client)
        await (await client.node.introduce(one, CapStore)).set(id="x", cap=None)
        assert list(store.kept) == ["x"]


async def test_it_waits_for_what_is_offered(cluster):
    clients = [await cluster.client(at) for at in range(2)]
    request = SpawnRequest.new(
        program={"bytecode": wat_to_wasm(SLEEP)}, session={}, channel=SpawnRequest.Channel.STREAM
    )
    one = (await clients[0].node.executor.spawn(request=request)).process
    introduced = asyncio.ensure_future(clients[1].node.introduce(one, CapStore))
    [process], store = cluster.nodes[0].ps(), Store()
    process = cluster.nodes[0].find(process.pid)
    await until(lambda: process.offer._waiting)
    process.offer.give(CapStore(hook_of(store)))
    await (await introduced).set(id="x", cap=None)
    assert list(store.kept) == ["x"]


async def test_it_holds_nobody(cluster):
    """What is known elsewhere ends when nobody holds it any more, all the same."""
    clients = [await cluster.client(at) for at in range(2)]
    one, _ = await offering(cluster, 0, clients[0])
    kept = await clients[1].node.introduce(one, CapStore)
    process = cluster.nodes[0].find(one.pid)
    await clients[0].close()
    assert await process.monitor() == Killed()
    process.offer.give(None)
    assert kept


async def test_a_process_that_has_ended(cluster):
    clients = [await cluster.client(at) for at in range(2)]
    one, _ = await offering(cluster, 0, clients[0])
    await one.kill()
    await one.monitor()
    for client in clients:
        with pytest.raises(BrokenError, match="ended \\(killed\\) and offers no capability"):
            await client.node.introduce(one)


async def test_what_cannot_be_introduced(cluster):
    client = await cluster.client(0)
    one, _ = await offering(cluster, 0, client)
    here, there, away = (member.me for member in cluster.members)
    for node in (here, there):
        with pytest.raises(RemoteError, match="nobody holds it"):
            await client.node.introduce(Imposter(node.binary, bytes(16), 2))
    with pytest.raises(RemoteError, match="no other node"):
        async with Cluster(1) as alone:
            await (await alone.client()).node.introduce(Imposter(there.binary, bytes(16), 2))
    with pytest.raises(RemoteError, match="peer id"):
        await client.node.introduce(Imposter(b"nonsense", bytes(16), 2))
    with pytest.raises(RemoteError, match="not nothing"):
        await client.node.executor.introduce(process=None)
    cluster.members[0].unreachable.add(away)
    far, _ = await offering(cluster, 2, await cluster.client(2))
    with pytest.raises(BrokenError, match="cannot reach"):
        await client.node.introduce(far)
    cluster.nodes[0].guests.revoke(key_of("somebody").peer, "not any more")
    with pytest.raises(RemoteError, match="not any more"):
        await client.node.introduce(one)
