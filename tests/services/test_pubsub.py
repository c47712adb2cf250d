"""Topics as capabilities: the original's interface, what it got wrong, and the batches of ours."""

import asyncio
import gc

import pytest
from pubsub_nodes import CAP, Counting, Keeper, Net, key_of, until

from wetware.capnp.client import release
from wetware.capnp.exceptions import UnimplementedError
from wetware.cluster.topics import MAX_MESSAGE
from wetware.errors import ClosedError, LimitError, RemoteError
from wetware.schema.pubsub_capnp import Router, Topic, Topic_Consumer, Topic_Reader_Server
from wetware.services import pubsub as pubsub_module
from wetware.services.topic import join


@pytest.fixture
async def node():
    async with Net(1) as (post,):
        yield post


async def ready(node, count, name="news"):
    """Wait until a topic has so many subscribers."""
    await until(lambda: len(getattr(node.pubsub.topics.wanted.get(name), "mailboxes", ())) == count)


async def subscribed(node, topic, consumer, buf=32, count=1):
    call = asyncio.ensure_future(topic.subscribe(consumer=consumer, buf=buf))
    await ready(node, count)
    return call


async def ended(call):
    call.cancel()
    await asyncio.wait([call])


# --- the original's interface ---
def test_the_identities_of_the_interfaces():
    """As the compiler derives them from the original's file id and names: its clients' calls arrive."""
    assert Topic._id == 0x986EA9282F106BB0
    assert Router._id == 0xDE50B3E61B766F3A
    assert (Topic_Consumer._id, 0) in Topic_Consumer.METHODS
    names = [Topic.METHODS[Topic._id, number].name for number in range(3)]
    assert names == ["publish", "subscribe", "name"]
    assert Topic.METHODS[Topic._id, 0].streaming


async def test_publish_and_consume(node):
    topic = (await node.router().join(name="news")).topic
    assert (await topic.name()).name == "news"
    consumer = Keeper()
    call = await subscribed(node, topic, consumer)
    for number in range(10):
        await topic.publish(msg=b"%d" % number)
    assert await consumer.has(10) == [b"%d" % number for number in range(10)]
    await ended(call)
    await ready(node, 0)
    assert len(node.pubsub.topics) == 1


async def test_handles_are_independent(node):
    """32 handles of one topic: the end of the first harms none, not even with calls under way."""
    router = node.router()
    first, *others = [(await router.join(name="news")).topic for _ in range(32)]
    consumer = Keeper()
    call = await subscribed(node, first, consumer)
    release(first)
    gc.collect()
    late = (await router.join(name="news")).topic
    await others[5].publish(msg=b"1")
    await late.publish(msg=b"2")
    assert await consumer.has(2) == [b"1", b"2"]
    await ended(call)
    del others, late
    gc.collect()
    await until(lambda: len(node.pubsub.topics) == 0)
    again = (await router.join(name="news")).topic
    assert (await again.name()).name == "news"


async def test_one_bad_publish(node):
    """A message that is refused concerns no other one: no later publish is told of it."""
    topic = await join(node.router(), "news")
    raw = topic.capability
    async with topic.subscribe() as messages:
        with pytest.raises(LimitError):
            await topic.publish(b"x" * (MAX_MESSAGE + 1))
        await topic.publish(b"1")
        await topic.drain()
        with pytest.raises(LimitError):  # a client that does not look is told, by the node
            await raw.publish(msg=b"x" * (MAX_MESSAGE + 1))
        other = await join(node.router(), "news")
        await other.publish(b"2")
        assert [(await anext(messages)).content for _ in range(2)] == [b"1", b"2"]


async def test_a_consumer_that_fails_ends_its_own_subscription(node):
    topic = (await node.router().join(name="news")).topic
    bad, good = Keeper(fails=True), Keeper()
    first = await subscribed(node, topic, bad)
    second = await subscribed(node, topic, good, count=2)
    await topic.publish(msg=b"1")
    async with asyncio.timeout(CAP):
        with pytest.raises(RemoteError, match="ValueError"):
            await first
    await topic.publish(msg=b"2")
    assert await good.has(2) == [b"1", b"2"]
    await ready(node, 1)
    await ended(second)


async def test_a_hanging_subscriber_hurts_nobody(node):
    """It loses what does not fit, and is told where it wants to know; nobody waits for it."""
    topic = (await node.router().join(name="news")).topic
    stuck, counting, good = Keeper(), Counting(), Keeper()
    calls = [
        await subscribed(node, topic, stuck, buf=4),
        await subscribed(node, topic, counting, buf=4, count=2),
        await subscribed(node, topic, good, buf=2000, count=3),
    ]
    stuck.open.clear()
    counting.open.clear()
    content = b"x" * 10_000
    for _ in range(200):
        await topic.publish(msg=content)
    await good.has(200)
    stuck.open.set()
    counting.open.set()
    await topic.publish(msg=b"last")
    await until(lambda: stuck.got[-1:] == [b"last"] and counting.got[-1:] == [b"last"])
    lost = sum(item for item in counting.got if isinstance(item, int))
    assert len([item for item in counting.got if isinstance(item, bytes)]) + lost == 201
    assert lost > 100
    assert len(stuck.got) < 100
    for call in calls:
        await ended(call)


async def test_a_lost_client_leaves_nothing(node):
    topic = (await node.router().join(name="news")).topic
    call = await subscribed(node, topic, Keeper())
    for connection in list(node.net.client.connections):
        connection.kill("the client is gone")
    await asyncio.wait([call])
    assert call.exception() is not None
    await until(lambda: len(node.pubsub.topics) == 0)
    quota = node.pubsub._quota.used
    assert quota == dict.fromkeys(quota, 0)


# --- batches ---
async def test_batches(node):
    topic = await join(node.router(), "news")
    async with topic.subscribe(buffer=5000) as messages:
        await topic.publish(*[b"%d" % number for number in range(3000)])
        got = []
        while len(got) < 3000:
            got += await messages.batch()
        assert [message.content for message in got] == [b"%d" % number for number in range(3000)]
        assert {message.node for message in got} == {node.me}
        assert messages.lost == 0
    await ready(node, 0)


async def test_a_slow_reader_is_told(node):
    topic = await join(node.router(), "news")
    async with topic.subscribe(buffer=10) as messages:
        await topic.publish(b"0")
        assert (await anext(messages)).lost == 0
        await topic.publish(*[b"%d" % number for number in range(1, 500)])
        await topic.drain()
        got = [await anext(messages)]
        while got[-1].content != b"499":
            got.append(await anext(messages))
        assert len(got) + messages.lost == 499
        assert sum(message.lost for message in got) == messages.lost > 0


async def test_a_subscription_whose_node_is_lost(node):
    topic = await join(node.router(), "news")
    async with topic.subscribe() as messages:
        waiting = asyncio.ensure_future(anext(messages))
        await ready(node, 1)
        for connection in list(node.net.client.connections):
            connection.kill("the node is gone")
        async with asyncio.timeout(CAP):
            with pytest.raises((RemoteError, ClosedError)):
                await waiting


# --- limits ---
async def test_an_account_is_bounded(node, monkeypatch):
    """Over all its routers; another account is not concerned."""
    monkeypatch.setattr(pubsub_module, "_OF_ACCOUNT", {"topics": 3, "subscriptions": 1, "waiting bytes": 999})
    mine = [await join(node.router(7), str(number)) for number in range(3)]
    with pytest.raises(LimitError, match="topics"):
        await join(node.router(7), "one more")
    await join(node.router(8), "one more")
    mine.pop()
    gc.collect()
    await until(lambda: node.pubsub._accounts[key_of(7).peer].used["topics"] == 2)
    async with mine[0].subscribe():
        with pytest.raises(LimitError, match="subscriptions"):
            async with mine[0].subscribe():
                pass
    async with mine[0].subscribe():
        pass


async def test_accounts_come_and_go(node, monkeypatch):
    monkeypatch.setattr(pubsub_module, "MAX_ACCOUNTS", 4)
    kept = await join(node.router(0), "kept")
    for number in range(1, 20):
        await join(node.router(number), "passing")
        gc.collect()
        await until(lambda: len(node.pubsub.topics) == 1)
    assert len(node.pubsub._accounts) <= 5
    assert key_of(0).peer in node.pubsub._accounts
    await kept.publish(b"still")


@pytest.mark.parametrize("name", ["", "x" * 256, "a\0b"])
async def test_what_is_no_topic(node, name):
    with pytest.raises(RemoteError, match="name of a topic"):
        await node.router().join(name=name)


# --- rows ---
class Plain(Topic_Reader_Server):
    """A reader that knows no rows, as guests may write it."""

    def __init__(self):
        self.got = []

    async def take(self, *, messages, lost, context):
        self.got += [(bytes(message.content), bytes(message.node), lost) for message in messages]

    async def take_row(self, *, node, sizes, contents, lost, context):
        raise UnimplementedError("this reader was written before there were rows")


async def test_a_reader_that_knows_no_rows(node):
    topic = (await node.router().join(name="news")).topic
    reader = Plain()
    call = asyncio.ensure_future(topic.follow(reader=reader, buffer=100))
    await ready(node, 1)
    for batch in ([b"1", b"2"], [b"3"], [b""]):
        await topic.publish_all(messages=batch)
    await until(lambda: len(reader.got) == 4)
    me = node.pubsub.topics.me.binary
    assert reader.got == [(content, me, 0) for content in (b"1", b"2", b"3", b"")]
    await ended(call)


async def test_rows_that_do_not_add_up(node):
    """They fail, and whoever has sent them sends no more with that handle; others do."""
    topic, bad = await join(node.router(), "news"), await join(node.router(), "news")
    async with topic.subscribe() as messages:
        await bad.capability.publish_row(sizes=[3, 1], contents=b"abc")
        with pytest.raises(RemoteError, match="have come"):
            await bad.drain()
        await topic.publish(b"good")
        assert (await anext(messages)).content == b"good"
