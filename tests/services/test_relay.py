"""Pub/sub between nodes: over connections in memory, then over the cluster's own."""

import asyncio
import contextlib

import pytest
from cluster_of_nodes import Place
from pubsub_nodes import CAP, Net, until

from wetware.cluster.batches import encode_batch
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.topics import Batch
from wetware.errors import RemoteError
from wetware.services import relay as relay_module
from wetware.services.client import connect
from wetware.services.topic import join, router_of


@contextlib.asynccontextmanager
async def listening(*posts, buffer=1000):
    """A subscription at each node, of which all the others know."""
    async with contextlib.AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context((await post.topic()).subscribe(buffer=buffer)) for post in posts
        ]


async def take(messages, count):
    got = []
    async with asyncio.timeout(CAP):
        while len(got) < count:
            got.append(await anext(messages))
    return [(message.node, message.content, message.lost) for message in got]


async def test_everybody_hears_everybody_once():
    async with Net(4) as posts, listening(*posts) as subscriptions:
        topics = [await post.topic() for post in posts]
        for number in range(5):
            for post, topic in zip(posts, topics, strict=True):
                await topic.publish(b"%d" % number)
                await topic.drain()
                assert post.relays.refused == 0
        for messages in subscriptions:
            got = await take(messages, 20)
            assert len(set(got)) == 20
            for post in posts:
                assert [c for node, c, _ in got if node == post.me] == [b"%d" % n for n in range(5)]
        last = [(posts[0].me, b"end", 0)]
        await topics[0].publish(b"end")
        for messages in subscriptions:  # and there was no duplicate before it
            assert await take(messages, 1) == last


async def test_a_node_that_wants_nothing_is_sent_nothing():
    async with Net(3) as posts, listening(posts[0]) as (messages,):
        assert posts[1].connections == posts[2].connections == {}
        topic = await posts[1].topic()
        other = await posts[1].topic("other")
        await other.publish(b"not this")
        await topic.publish(b"this")
        assert await take(messages, 1) == [(posts[1].me, b"this", 0)]
        assert posts[0].pubsub.topics.ignored == posts[2].pubsub.topics.ignored == 0
        assert posts[1].connections == {}  # what is published goes back over the subscriber's own connection
    await until(lambda: not posts[1].pubsub.topics.interested("news"))


async def test_a_batch_is_signed_once(monkeypatch):
    signed = []
    monkeypatch.setattr(
        relay_module, "encode_batch", lambda key, batch: signed.append(batch) or encode_batch(key, batch)
    )
    async with Net(5) as posts, listening(*posts[1:]) as subscriptions:
        topic = await posts[0].topic()
        await topic.publish(*[b"%d" % number for number in range(100)])
        for messages in subscriptions:
            assert len(await take(messages, 100)) == 100
    assert len(signed) == 1


async def test_a_cut_connection_is_made_anew():
    async with Net(2) as posts, listening(posts[0]) as (messages,):
        topic = await posts[1].topic()
        await topic.publish(b"1")
        assert (await take(messages, 1))[0][1] == b"1"
        posts[0].cut(posts[1].me)
        await until(lambda: posts[0].connections)
        await posts[0].relays._spread()
        await topic.publish(b"2")
        assert (await take(messages, 1)) == [(posts[1].me, b"2", 0)]


async def test_what_is_published_meanwhile_is_counted():
    async with Net(2) as posts, listening(posts[0]) as (messages,):
        topic = await posts[1].topic()
        await topic.publish(b"1")
        await take(messages, 1)
        posts[0].deaf.add(posts[1].me)
        posts[0].cut(posts[1].me)
        await topic.publish(b"2")
        await until(lambda: not posts[1].pubsub.topics.interested("news"))
        await topic.publish(b"3", b"4")
        await topic.drain()
        posts[0].deaf.clear()
        await until(lambda: posts[1].pubsub.topics.interested("news"))
        await topic.publish(b"5")
        assert (await take(messages, 1)) == [(posts[1].me, b"5", 3)]


async def test_a_slow_node_hurts_nobody(monkeypatch):
    """What waits for it is bounded; it learns how much it missed, also where nothing follows."""
    monkeypatch.setattr(relay_module, "WAITING_BATCHES", 5)
    async with Net(3) as posts, listening(posts[1], posts[2], buffer=60_000) as (slow, good):
        gate = asyncio.Event()

        async def deliver(self, *, batch, signature, context):
            if self._relays is posts[1].relays:
                await gate.wait()
            self._relays.received(self._peer, bytes(batch), bytes(signature))

        monkeypatch.setattr(relay_module._Receiver, "deliver", deliver)
        topic = await posts[0].topic()
        for number in range(100):
            await topic.publish(b"%d" % number)
            await topic.drain()
            await take(good, 1)
        gate.set()
        got = 0
        async with asyncio.timeout(CAP):
            while got + slow.lost < 100:
                if slow._reader._here:
                    await anext(slow)
                    got += 1
                await asyncio.sleep(0)
        assert slow.lost >= 80
        assert good.lost == 0


async def test_a_batch_of_another_node():
    """What a node did not sign is not taken from it, and harms nobody."""
    async with Net(3) as posts, listening(posts[0]) as (messages,):
        receiver = posts[1].relays._outboxes[posts[0].me]._receiver
        false = encode_batch(posts[2].key, Batch("news", 1, 0, (b"false",)))
        with pytest.raises(RemoteError, match="signature"):
            await receiver.deliver(batch=false[0], signature=false[1])
        for junk in (b"", b"\xff" * 100):
            with pytest.raises(RemoteError):
                await receiver.deliver(batch=junk, signature=posts[1].key.sign("ww.pubsub.batch", junk))
        assert posts[0].relays.refused == 3
        topic = await posts[1].topic()
        await topic.publish(b"true")
        assert await take(messages, 1) == [(posts[1].me, b"true", 0)]


async def test_strangers_are_not_heard():
    async with Net(2) as posts:
        relay = await posts[0].relay(posts[1].me)
        posts[1].net.posts = [posts[1]]  # the membership does not know the other one (yet)
        try:
            with pytest.raises(RemoteError, match="only nodes of this cluster"):
                await relay.wants(topics=["news"], receiver=None)
        finally:
            posts[1].net.posts = posts
        assert posts[1].pubsub.topics.interested("news") == []
        with pytest.raises(RemoteError, match="receiver"):
            await relay.wants(topics=["news"], receiver=None)


async def test_a_node_that_is_gone_is_forgotten():
    async with Net(2) as posts, listening(posts[0]):
        assert posts[1].pubsub.topics.interested("news") == [posts[0].me]
        posts[1].relays.gone(posts[0].me)
        assert posts[1].pubsub.topics.interested("news") == []
        assert posts[1].relays._outboxes == {}


# --- over the cluster's own connections ---
async def test_nodes_of_a_cluster(tmp_path):
    """Nodes and a client; then one of the nodes is started anew."""
    async with Place(tmp_path) as place:
        nodes = await place.several(3)
        async with connect(runtime=place.runtime, key=ephemeral_key()) as client:
            mine = await join(router_of(client.session), "news")
            topics = [await node.topic("news") for node in nodes]
            async with contextlib.AsyncExitStack() as stack:
                subscriptions = [await stack.enter_async_context(t.subscribe()) for t in (*topics, mine)]
                for number, topic in enumerate((*topics, mine)):
                    await topic.publish(b"%d" % number)
                at_client = next(node for node in nodes if node.me == client.node)
                wanted = {(node.me, b"%d" % n) for n, node in enumerate(nodes)} | {(at_client.me, b"3")}
                for messages in subscriptions:
                    assert {(node, c) for node, c, _ in await take(messages, 4)} == wanted


async def test_a_node_that_joins_later(tmp_path):
    async with Place(tmp_path) as place:
        one = await place.start()
        topic = await one.topic("news")
        async with topic.subscribe() as messages:
            late = await place.start()
            theirs = await late.topic("news")
            await until(lambda: late.pubsub.topics.interested("news"))
            await theirs.publish(b"hello")
            assert await take(messages, 1) == [(late.me, b"hello", 0)]


async def test_a_policy_that_grants_no_router(tmp_path):
    from wetware.cluster.policy import Policy

    policy = Policy.parse('[login]\npolicy = "allow"\ngrant = ["view"]\n')
    async with Place(tmp_path) as place:
        await place.start(policy=policy)
        async with connect(runtime=place.runtime, key=ephemeral_key()) as client:
            with pytest.raises(Exception, match="pubsub"):
                router_of(client.session)
