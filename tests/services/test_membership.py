"""The membership over real sockets: discovery by each way, loss, partitions, restarts, one key used twice."""

import asyncio
import contextlib
import itertools
import random
import socket
from types import SimpleNamespace

import pytest
from cluster_of_nodes import CAP, Place, all_see_all, until

from wetware.cluster.addresses import Address
from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.datagrams import HEAD_BYTES, Datagrams
from wetware.cluster.discovery import MULTICAST, Backoff, Discovery, multicast_socket
from wetware.cluster.gossip import Gossip
from wetware.cluster.identity import NodeKey
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.membership import _pieces
from wetware.cluster.messages import Joined, Left, News, Recovered, Suspected, Updated
from wetware.cluster.wire import KeyVoice, read_gossip, write_gossip
from wetware.errors import LocalError

RING = KeyRing([ClusterKey(b"k" * 32)])


@pytest.fixture
async def place(tmp_path):
    async with Place(tmp_path) as place:
        yield place


def alone(**options):
    """Options of a node that finds others by what a test names only."""
    return {"ring": RING, "listen": "127.0.0.1:0", "runtime": False, "multicast": False, **options}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cut(*groups):
    """Let datagrams pass within a group only; what is returned heals it."""
    senders = {}
    for group in groups:
        ports = {cluster.address.port for cluster in group}
        for cluster in group:
            udp = cluster.membership._udp
            senders[udp] = udp.send

            def send(datagram, address, send=udp.send, ports=ports):
                if address[1] in ports:
                    send(datagram, address)

            udp.send = send

    def heal():
        for udp, send in senders.items():
            udp.send = send

    return heal


async def test_static_peers(place):
    """From any one of them the others are found."""
    first = await place.start(**alone())
    second = await place.start(**alone(peers=[first.address]))
    third = await place.start(**alone(peers=[second.address]))
    await all_see_all([first, second, third])


async def test_a_static_peer_that_comes_later(place):
    address = Address("127.0.0.1", free_port())
    first = await place.start(**alone(peers=["localhost:1", address, "no-such-name.invalid:1"]))
    await until(lambda: len(first.discovery.resolved) == 3)
    assert first.discovery.resolved[address] == "does not answer"
    assert "cannot be resolved" in first.discovery.resolved[Address("no-such-name.invalid", 1)]
    second = await place.start(**alone(listen=address))
    await all_see_all([first, second])
    await until(lambda: first.discovery.resolved[address] == f"is {second.me}")


async def test_a_node_at_another_address(tmp_path, place):
    """A node that comes back elsewhere with its key is the same node, at its new address."""
    key = ephemeral_key()
    first = await place.start(**alone())
    async with Place(tmp_path) as there:
        second = await there.start(**alone(key=key, peers=[first.address]))
        await all_see_all([first, second])
        before = second.address
    second = await place.start(**alone(key=key, peers=[first.address]))
    await all_see_all([first, second])
    assert second.address != before
    await until(lambda: first.membership.addresses(second.me)[0] == second.address)
    assert (await first.peers.session(second.me, timeout=CAP)).local.server == second.server


async def test_a_restart_without_leave(tmp_path, place):
    """It died unseen, and came back before it was missed: told as a restart, with no one removed."""
    key = ephemeral_key()
    first = await place.start(**alone())
    events = []
    first.membership.subscribe(events.append)
    async with Place(tmp_path) as there:
        second = await there.start(**alone(key=key, peers=[first.address]))
        await all_see_all([first, second])
        second.membership.core.leave = lambda now: []
    second = await place.start(**alone(key=key, peers=[first.address]))
    await until(lambda: Updated(second.me, restarted=True) in events)
    assert not any(isinstance(event, Left) for event in events)


async def test_two_nodes_with_one_key(place, caplog):
    key = ephemeral_key()
    first = await place.start(**alone())
    twins = [await place.start(**alone(key=key, peers=[first.address])) for _ in range(2)]
    await until(lambda: all(twin.times_superseded > 1 for twin in twins))
    assert f"another node uses the key of this one ({key.peer})" in caplog.text


async def test_a_partition_heals(place):
    clusters = [await place.start(**alone())]
    clusters += [await place.start(**alone(peers=[clusters[0].address])) for _ in range(4)]
    await all_see_all(clusters)
    one, other = clusters[:2], clusters[2:]
    heal = cut(one, other)
    await until(lambda: all(len(c.members()) == 2 for c in one) and all(len(c.members()) == 3 for c in other))
    heal()
    await all_see_all(clusters)


async def test_a_lossy_network(place):
    """With a third of all datagrams lost nodes find each other, and nobody is removed for good."""
    chance = random.Random(4)
    first = await place.start(**alone())
    clusters = [first]
    clusters += [await place.start(**alone(peers=[first.address])) for _ in range(3)]
    for cluster in clusters:
        udp = cluster.membership._udp

        def send(datagram, address, send=udp.send):
            if chance.random() > 1 / 3:
                send(datagram, address)

        udp.send = send
    await all_see_all(clusters)


async def test_a_suspect_that_is_heard_again(place):
    first, second = await place.several(2)
    events = []
    first.membership.subscribe(events.append)
    heal = cut([first], [second])
    await until(lambda: Suspected(second.me) in events)
    heal()
    await until(lambda: Recovered(second.me) in events or Joined(second.me) in events)
    await all_see_all([first, second])


async def test_strangers_change_nothing(place):
    """Noise, foreign keys, replays and floods: everybody still sees everybody, and nobody is removed."""
    clusters = await place.several(3)
    events = []
    for cluster in clusters:
        cluster.membership.subscribe(events.append)
    chance = random.Random(8)
    recorded = []
    target = clusters[0]
    inner = target.membership.receive

    def receive(datagram, source):
        recorded.append(datagram)
        return inner(datagram, source)

    target.membership._udp._receive = receive
    await until(lambda: len(recorded) > 20)
    target.membership._udp._receive = inner
    rogue = Datagrams(ephemeral_key().peer, RING, "ww", bytes(8))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.setblocking(False)
        for turn in range(300):
            for _ in range(20):
                datagram = chance.choice(
                    [
                        chance.choice(recorded),
                        chance.randbytes(chance.randrange(1500)),
                        rogue.greeting(chance.randbytes(24)),
                    ]
                )
                with contextlib.suppress(BlockingIOError):
                    stranger.sendto(datagram, ("127.0.0.1", target.address.port))
            await asyncio.sleep(0 if turn % 10 else 0.01)
        heard = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                stranger.recvfrom(65536)
                heard += 1
    assert heard == 0, "no one answers a stranger, or a replay"
    assert target.membership._datagrams.foreign
    assert target.membership._datagrams.replayed
    # a machine that is busy with the flood may let a heartbeat come late, which is noticed and forgotten
    assert [event for event in events if not isinstance(event, Suspected | Recovered)] == []
    assert target.membership.member_at(stranger) is None


async def test_a_member_that_talks_nonsense(place):
    """A holder of the key can seal anything; whatever it is, it ends nothing and removes nobody."""
    clusters = [await place.start(**alone())]
    clusters.append(await place.start(**alone(peers=[clusters[0].address])))
    await all_see_all(clusters)
    target, events = clusters[0], []
    target.membership.subscribe(events.append)
    chance = random.Random(6)
    rogue = Datagrams(ephemeral_key().peer, RING, "ww", b"12345678")
    good = write_gossip(clusters[1].me, News((target.membership.core._own(0.0),), spread=True))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.setblocking(False)
        there = ("127.0.0.1", target.address.port)
        sock.sendto(rogue.greeting(chance.randbytes(24)), there)
        async with asyncio.timeout(CAP):
            reply = await asyncio.get_running_loop().sock_recv(sock, 65536)
        assert rogue.receive(reply).met
        for turn in range(600):
            said = bytearray(chance.choice([good, chance.randbytes(chance.randrange(1, 600))]))
            for _ in range(chance.randrange(4)):
                said[chance.randrange(len(said))] ^= 1 << chance.randrange(8)
            sock.sendto(rogue.message(target.me, bytes(said), chance.randbytes(24)), there)
            if not turn % 20:
                await asyncio.sleep(0.005)
    assert events == []
    assert len(target.members()) == 2


async def test_the_failure_of_a_subscriber(place, caplog):
    first = await place.start()

    def fail(event):
        raise ZeroDivisionError

    first.membership.subscribe(fail)
    second = await place.start()
    await all_see_all([first, second])
    assert "a subscriber to the membership failed" in caplog.text


async def test_ports(place):
    first = await place.start(**alone())
    with pytest.raises(LocalError, match=f"cannot listen on {first.address}: Address already in use"):
        await place.start(**alone(listen=first.address))
    with pytest.raises(LocalError, match=r"cannot listen on 192\.0\.2\.1:0"):
        await place.start(**alone(listen="192.0.2.1:0"))


async def test_listening_everywhere(place):
    """A node that listens on all addresses tells others one that they can reach."""
    first = await place.start(**alone(listen="0.0.0.0:0"))
    second = await place.start(**alone(listen="0.0.0.0:0", peers=[Address("127.0.0.1", first.address.port)]))
    await all_see_all([first, second])
    for cluster in (first, second):
        [entry] = [entry for entry in cluster.members()[0].beat.meta if entry.startswith("ww.addr=")][:1]
        assert "0.0.0.0" not in entry
    assert (await second.peers.session(first.me, timeout=CAP)).local.peer == str(first.me)


async def test_ipv6(place):
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    try:
        first = await place.start(**alone(listen="[::1]:0"))
    except LocalError as error:
        pytest.skip(f"no IPv6 loopback: {error}")
    second = await place.start(**alone(listen="[::1]:0", peers=[first.address]))
    await all_see_all([first, second])
    assert (await second.peers.session(first.me, timeout=CAP)).local.peer == str(first.me)


async def test_multicast(place):
    with contextlib.suppress(OSError):
        with multicast_socket() as group, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            group.settimeout(1)
            sender.sendto(b"ww test", (MULTICAST.host, MULTICAST.port))
            group.recvfrom(100)
        clusters = [await place.start(**alone(listen="0.0.0.0:0", multicast=True)) for _ in range(3)]
        await all_see_all(clusters)
        return
    pytest.skip("there is no multicast on this machine")


def test_news_fit_packets():
    """Whatever the heartbeats hold, each piece fits, and nothing is lost or comes twice."""
    chance = random.Random(2)
    beats, deaths = [], []
    for number in range(40):
        key = NodeKey(bytes([number + 1]) * 32)
        meta = [f"{at}={'x' * chance.randrange(80)}" for at in range(chance.randrange(6))]
        voice = KeyVoice(key, server=number, host="h" * chance.randrange(60), meta=meta)
        beats.append((voice.beat(1, number, 10_000), chance.random()))
        deaths.append(voice.obituary(key.peer, 1, number))
    me = beats[0][0].peer
    core = Gossip(me, voice, 1, chance, 0.0)
    for beat, _ in beats:
        core.table.upsert(beat, 0.0)
    pieces = _pieces(me, News(tuple(beats), tuple(deaths), spread=True))
    assert max(map(len, pieces)) <= 1200 - HEAD_BYTES
    assert len(pieces) < 35
    messages = [read_gossip(piece, Gossip(me, voice, 1, chance, 0.0)).message for piece in pieces]
    # one's own is not news
    assert [beat for message in messages for beat, _ in message.beats] == [beat for beat, _ in beats[1:]]
    known = [read_gossip(piece, core).message for piece in pieces]
    assert [death for message in known for death in message.obituaries] == deaths
    assert all(message.spread for message in messages)
    assert _pieces(me, News()) == []
    large = KeyVoice(key, server=1, host="h", meta=[f"{at}={'x' * 200}" for at in range(8)]).beat(
        1, 1, 10_000
    )
    assert len(_pieces(me, News(((large, 0.0),) * 3))) == 3


async def test_a_quiet_node_sleeps(place):
    """At rest no datagram wakes it; what happens does, and then it hears at once what comes."""
    one = await place.start(**alone())
    other = await place.start(**alone(peers=[one.address]))
    await all_see_all([one, other])
    membership = one.membership
    await until(lambda: not membership.is_lively and not membership._udp._listens)
    before = membership.record(other.me).beat.seq
    await until(lambda: membership.record(other.me).beat.seq > before + 2)
    assert not membership._udp._listens
    membership.connection_lost(other.me)
    assert membership._udp._listens
    await until(lambda: not membership.core.detector.suspects)
    await until(lambda: not membership._udp._listens)
    third = await place.start(**alone(peers=[one.address]))
    await all_see_all([one, other, third])


async def test_looking_rests(monkeypatch):
    """Whoever looks in one place sleeps until the next look there, and is not woken for the others."""
    naps, rested = [], asyncio.Event()

    async def nap(seconds):
        naps.append(seconds)
        rested.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio, "sleep", nap)
    discovery = Discovery(SimpleNamespace(core=SimpleNamespace(me=None, table={})), local=lambda: ())
    await discovery.start()
    await rested.wait()
    await discovery.close()
    assert 0.07 < naps[0] < 0.13


def test_backoff():
    backoff = Backoff(random.Random(1), first=1.0, last=8.0)
    now, times = 0.0, []
    while now < 60:
        if backoff.due(now):
            times.append(now)
        now += 0.01
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    for gap, wanted in zip(gaps, [1, 2, 4, 8, 8, 8], strict=False):
        assert 0.79 * wanted <= gap <= 1.22 * wanted
    backoff.reset()
    assert backoff.due(now + 100)
    assert backoff.next <= now + 100 + 1.2
