"""Nodes that find each other, speak with each other, and serve clients."""

import asyncio
import socket
import time

import pytest
from cluster_of_nodes import CAP, Place, all_see_all, until

from wetware import Node
from wetware.cluster.addresses import Address
from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.dial import UnreachableError, dial
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.runtime_directory import Entry, RuntimeDirectory
from wetware.cluster.tls import Tls
from wetware.errors import ClosedError, LocalError, WetwareError
from wetware.schema.core_capnp import SpawnRequest
from wetware.services.client import connect
from wetware.wasm.engine import wat_to_wasm


@pytest.fixture
async def place(tmp_path):
    async with Place(tmp_path) as place:
        yield place


def client(place, **options):
    return connect(**{"runtime": place.runtime, "key": ephemeral_key(), "timeout": CAP, **options})


async def test_nodes_of_one_machine_find_each_other(place):
    clusters = await place.several(3)
    for cluster in clusters:
        assert {record.beat.peer for record in cluster.members()} == {other.me for other in clusters}


async def test_namespaces_do_not_mix(place):
    mine, other = await place.start(ns="mine"), await place.start(ns="other")
    third = await place.start(ns="mine", peers=[other.address])
    await all_see_all([mine, third])
    assert len(mine.members()) == len(third.members()) == 2
    assert len(other.members()) == 1


async def test_a_session_with_another_node(place):
    async with Node() as node:
        clusters = [await place.start(), await place.start(node)]
        await all_see_all(clusters)
        session = await clusters[0].peers.session(clusters[1].me, timeout=CAP)
        assert session.local.peer == str(clusters[1].me)
        assert len((await session.exec.ps()).procs) == 0


async def test_a_client_sees_the_cluster_through_one_node(place):
    async with Node() as one, Node() as two:
        clusters = [await place.start(one, meta=["disk=big"]), await place.start(two)]
        await all_see_all(clusters)
        async with client(place) as found:
            assert found.node in {cluster.me for cluster in clusters}
            records = await found.nodes()
        assert [record.peer for record in records] == sorted(str(cluster.me) for cluster in clusters)
        metas = {record.peer: list(record.heartbeat.meta) for record in records}
        assert metas[str(clusters[0].me)][:2] == ["disk=big", f"ww.addr={clusters[0].address}"]


async def test_a_node_with_a_cluster_key_serves_its_own_user_too(place, monkeypatch, tmp_path):
    """By the key of the run-time directory, and others by the cluster key alone."""
    monkeypatch.setenv("WW_DATA", str(tmp_path / "data"))
    ring, other = (KeyRing([ClusterKey(bytes([n]) * 32)]) for n in (1, 2))
    node = await place.start(ring=ring, listen="127.0.0.1:0", multicast=False)
    for options in ({}, {"peers": [node.address]}, {"peers": [node.address], "ring": ring}):
        async with client(place, **options) as found:
            assert found.node == node.me
    elsewhere = RuntimeDirectory(tmp_path / "elsewhere")
    async with client(place, runtime=elsewhere, peers=[node.address], ring=ring) as found:
        assert found.node == node.me
    for options in ({}, {"ring": other}):
        with pytest.raises(UnreachableError, match="has another key"):
            async with client(place, runtime=elsewhere, peers=[node.address], timeout=0.5, **options):
                pass


async def test_no_node_at_all(place):
    with pytest.raises(
        UnreachableError, match=r"no node of the namespace 'ww' runs on this machine .*ww start"
    ):
        async with client(place):
            pass


async def test_a_client_passes_by_a_frozen_node(place):
    """Its socket still takes connections, and nobody speaks there."""
    node = await place.start()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = Address(*silent.getsockname())
        entry = Entry(ephemeral_key().peer, address, 1, "ww", time.time() + 1000)
        registration = place.runtime.register(entry)
        async with client(place) as found:
            assert found.node == node.me
        with pytest.raises(
            UnreachableError, match=f"no node was reached in 0.5 s: {address} has not answered"
        ):
            async with client(place, peers=[address], timeout=0.5):
                pass
        registration.close()


async def test_a_node_that_leaves_is_gone_at_once(place):
    first = await place.start()
    async with Place(place.runtime.path.parent) as other:
        second = await other.start()
        await all_see_all([first, second])
        told = []
        first.peers.on_lost(lambda peer, why: told.append((peer, why)))
    await until(lambda: len(first.members()) == 1)
    assert told == [(second.me, "the node has left")]


async def test_draining_tells_those_who_wait(place):
    """Nobody comes in any more, processes end, and who waits for one has his answer over the wire."""
    spin = wat_to_wasm(b'(module (func (export "_start") (loop $again (br $again))))')
    async with Node() as node:
        cluster = await place.start(node)
        async with client(place) as found:
            started = await found.session.exec.spawn(request=SpawnRequest.new(program={"bytecode": spin}))
            process = started.process
            assert (await process.info()).info.pid == 2
            waiting = process.reason()
            await cluster.drain()
            assert (await waiting).reason.which == "shutdown"
            with pytest.raises(WetwareError, match="starts no process any more"):
                await found.session.exec.spawn(request=SpawnRequest.new(program={"bytecode": spin}))
        with pytest.raises(UnreachableError, match="connection refused"):
            await dial(cluster.address, Tls(ephemeral_key()), KeyRing([place.runtime.key()]), "ww")
        assert node.ps() == []


async def test_beyond_loopback_takes_a_key(place):
    with pytest.raises(LocalError, match="ww cluster key create"):
        await place.start(listen="0.0.0.0:0")


async def test_what_is_no_meta(place):
    with pytest.raises(LocalError, match="wetware's own"):
        await place.start(meta=["ww.addr=elsewhere:1"])
    with pytest.raises(LocalError, match="key=value"):
        await place.start(meta=["big"])


async def test_events_and_waiting(place):
    first = await place.start()
    events = first.events()
    coming = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0)  # it listens now
    second = await place.start()
    async with asyncio.timeout(CAP):
        assert (await coming).peer == second.me
    await events.aclose()
    with pytest.raises(
        UnreachableError, match=r"there are 2 nodes after 0.1 s, and not 3: looked for other nodes"
    ):
        await first.wait_for(3, timeout=0.1)


async def test_after_the_end(place):
    async with Place(place.runtime.path.parent) as other:
        cluster = await other.start()
        peers = cluster.peers
    with pytest.raises(ClosedError):
        await peers.session(ephemeral_key().peer)
    with pytest.raises(ClosedError, match="in no cluster"):
        cluster.members()
