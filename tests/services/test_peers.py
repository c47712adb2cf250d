"""Connections between nodes: shared, told of when lost, cut when a node is gone."""

import asyncio
import socket

import pytest
from cluster_of_nodes import CAP, Place, all_see_all, until

from wetware.cluster.addresses import Address
from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.dial import UnreachableError, dial
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.messages import Left, Updated
from wetware.cluster.tls import Tls
from wetware.errors import BrokenError, LimitError, LocalError


@pytest.fixture
async def place(tmp_path):
    async with Place(tmp_path) as place:
        yield place


async def session(one, other):
    return await one.peers.session(other.me, timeout=CAP)


def connections(cluster):
    """(peer, connection) of all."""
    return [(peer, c) for peer, found in cluster.peers._connections.items() for c in found]


async def test_one_connection_is_shared(place):
    one, other = await place.several(2)
    sessions = await asyncio.gather(*(session(one, other) for _ in range(20)))
    assert all(found is sessions[0] for found in sessions)
    assert len(connections(one)) == len(connections(other)) == 1
    assert await session(one, other) is sessions[0]


async def test_both_dial_at_once(place):
    one, other = await place.several(2)
    theirs, mine = await asyncio.gather(session(one, other), session(other, one))
    assert theirs.local.peer == str(other.me)
    assert mine.local.peer == str(one.me)


async def test_a_node_that_cannot_be_dialled(place, monkeypatch):
    """The connection that it has dialled itself serves both."""
    one, hidden = await place.several(2)
    mine = await session(hidden, one)
    monkeypatch.setattr(one.membership, "addresses", lambda peer: [Address("127.0.0.1", 1)])
    theirs = await session(one, hidden)
    assert (mine.local.peer, theirs.local.peer) == (str(one.me), str(hidden.me))
    assert len(connections(one)) == len(connections(hidden)) == 1
    assert await session(one, hidden) is theirs
    connections(one)[0][1].kill("for the test")
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:1: connection refused"):
        await session(one, hidden)


async def test_a_client_with_a_nodes_key_is_no_node(place):
    """Its connection leads to no start of the node, and serves nobody else."""
    one, other = await place.several(2)
    ring = KeyRing([place.runtime.key()])
    secured = await dial(one.address, Tls(other.key), ring, "ww")
    await until(lambda: connections(one))
    assert (await session(one, other)).local.server == other.server
    assert len(connections(one)) == 2
    secured.transport.abort()


async def test_one_address_of_several(place, monkeypatch):
    """A node of which some addresses are dead, or silent, is reached at the one that is not."""
    one, other = await place.several(2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        bad = [Address(*silent.getsockname()), Address("127.0.0.1", 1)]
        monkeypatch.setattr(one.membership, "addresses", lambda peer: [*bad, other.address])
        assert (await session(one, other)).local.peer == str(other.me)
    assert len(connections(one)) == 1


async def test_no_connection_to_oneself(place):
    one = await place.start()
    with pytest.raises(LocalError, match="to itself"):
        await session(one, one)


async def test_a_node_that_nobody_knows(place):
    one = await place.start()
    with pytest.raises(UnreachableError, match="no address of it is known"):
        await one.peers.session(ephemeral_key().peer)


async def test_a_lost_connection_is_told(place):
    one, other = await place.several(2)
    await session(one, other)
    await until(lambda: connections(other))
    told = []
    one.peers.on_lost(lambda peer, why: told.append((one, peer)))
    other.peers.on_lost(lambda peer, why: told.append((other, peer)))
    connections(one)[0][1].kill("for the test")
    await until(lambda: len(told) == 2)
    assert told == [(one, other.me), (other, one.me)]
    # both live, so nobody is removed, and a new connection is made when it is needed
    assert (await session(one, other)).local.peer == str(other.me)
    assert len(one.members()) == len(other.members()) == 2


async def test_a_callback_that_fails_harms_nobody(place, caplog):
    one, other = await place.several(2)
    await session(one, other)
    told = []

    def fail(peer, why):
        raise ZeroDivisionError

    one.peers.on_lost(fail)
    stop = one.peers.on_lost(lambda peer, why: told.append(why))
    connections(one)[0][1].kill("for the test")
    await until(lambda: told)
    assert "ZeroDivisionError" in caplog.text
    stop()


async def test_a_dead_node_is_cut_off(place):
    """Calls that wait for it fail as soon as it is found dead, though the connection stands."""
    one, other = await place.several(2)
    found = await session(one, other)
    told = []
    one.peers.on_lost(lambda peer, why: told.append(why))
    # it falls silent: its datagrams are lost, TCP stays
    other.membership._udp.send = lambda datagram, address: None
    await until(lambda: told)
    assert told == ["the node is dead"]
    assert connections(one) == []
    with pytest.raises(BrokenError, match="the node is dead"):
        await found.view.lookup(selector={"all": None})


async def test_connections_to_an_earlier_start(tmp_path, place):
    """A node that comes back with its key has nothing of what was opened to its earlier start."""
    key = ephemeral_key()
    one = await place.start()
    events = []
    one.membership.subscribe(events.append)
    async with Place(tmp_path) as first:
        other = await first.start(key=key)
        await all_see_all([one, other])
        old = await session(one, other)
        # it ends without a word, and its machine cannot tell that the connection is gone
        other.membership.core.leave = lambda now: []
        [(_, connection)] = connections(one)
        connection.link._transport.pause_reading()
    again = await place.start(key=key)
    await until(lambda: any(isinstance(event, Updated) and event.restarted for event in events))
    assert connection.is_closed
    with pytest.raises(BrokenError):
        await old.view.lookup(selector={"all": None})
    new = await session(one, again)
    assert new.local.server == again.server != old.local.server
    assert not any(isinstance(event, Left) for event in events)


async def test_one_key_holds_so_many_connections(place, monkeypatch):
    monkeypatch.setattr("wetware.cluster.peers.MAX_PER_PEER", 3)
    one = await place.start()
    key, ring = ephemeral_key(), KeyRing([place.runtime.key()])
    tls = Tls(key)
    open_ = [await dial(one.address, tls, ring, "ww") for _ in range(6)]
    await until(lambda: sum(held.transport.is_closing() for held in open_) == 3)
    assert len(connections(one)) == 3
    another = await dial(one.address, Tls(ephemeral_key()), ring, "ww")
    await until(lambda: len(connections(one)) == 4)
    for held in [*open_, another]:
        held.transport.abort()


async def test_a_full_node_says_so_to_itself(place, monkeypatch):
    one, other = await place.several(2)
    one.peers._vat.max_connections = 0
    with pytest.raises(LimitError, match="too many connections"):
        await session(one, other)


async def test_a_rotation_of_the_key(place):
    """Old and new key, new and old, new alone; at each step the nodes see and reach each other."""
    old, new, wrong = (ClusterKey(bytes([n]) * 32) for n in (1, 2, 3))
    clusters = await place.several(3, ring=KeyRing([old]), listen="127.0.0.1:0", multicast=False)
    for ring in (KeyRing([old, new]), KeyRing([new, old]), KeyRing([new])):
        for cluster in clusters:
            cluster.use_ring(ring)
            for one in clusters:
                for other in clusters:
                    if one is not other:
                        for _, connection in connections(one):
                            connection.kill("for the test")
                        assert (await session(one, other)).local.peer == str(other.me)
    late = await place.start(ring=KeyRing([new]), listen="127.0.0.1:0", multicast=False)
    await all_see_all([*clusters, late])
    left_out = await place.start(ring=KeyRing([old]), listen="127.0.0.1:0", multicast=False)
    other = await place.start(ring=KeyRing([wrong]), listen="127.0.0.1:0", multicast=False)
    with pytest.raises(UnreachableError, match="another key"):
        await dial(late.address, Tls(left_out.key), KeyRing([old]), "ww")
    assert len(left_out.members()) == len(other.members()) == 1
