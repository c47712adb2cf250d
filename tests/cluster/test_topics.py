"""Topics: holds, wants, numbers; a cluster of cores against a naive account of who is to hear what."""

import random

import pytest

from wetware.cluster.batches import MAX_BATCH, BatchError, decode_batch, encode_batch
from wetware.cluster.identity import NodeKey, SignatureError
from wetware.cluster.mailbox import Mailbox, Quota
from wetware.cluster.topics import (
    BATCH_BYTES,
    BATCH_MESSAGES,
    MAX_MESSAGE,
    MAX_TOPICS,
    WANT_TTL,
    Batch,
    Topics,
)
from wetware.errors import LimitError, LocalError


def key(number):
    return NodeKey(number.to_bytes(32, "big"))


ME, OTHER, THIRD = (key(number).peer for number in (1, 2, 3))


def plenty():
    return Quota({"topics": 1 << 20, "waiting bytes": 1 << 30})


class Core:
    """The topics of one node, with what it is told and asked to do."""

    def __init__(self, me=ME, seed=1):
        draw = random.Random(seed)
        self.changes = 0
        self.quota = plenty()
        self.topics = Topics(me, lambda: draw.getrandbits(64), self._changed)

    def _changed(self):
        self.changes += 1

    def join(self, name="news"):
        return self.topics.join(name, self.quota)

    def listen(self, hold, capacity=1000):
        box = Mailbox(capacity, self.quota, lambda: None)
        self.topics.subscribe(hold.topic, box)
        return box

    def sent(self):
        return [(batch.first, batch.messages, peers) for batch, peers in self.topics.flush()]


def contents(box):
    lost, messages = box.take(1000)
    return lost, [message.content for message in messages]


# --- here ---
def test_holds_are_counted():
    """Letting go of the first handle, and twice, harms no other one; the last one ends the topic."""
    core = Core()
    first, *others = [core.join() for _ in range(32)]
    box = core.listen(others[0])
    first.let_go()
    first.let_go()
    core.topics.publish(others[1].topic, [b"1"])
    assert contents(box) == (0, [b"1"])
    core.topics.unsubscribe(others[0].topic, box)
    core.topics.unsubscribe(others[0].topic, box)
    for hold in others:
        assert len(core.topics) == 1
        hold.let_go()
    assert len(core.topics) == 0
    assert core.quota.used["topics"] == 0
    assert core.join().topic is not first.topic


def test_a_subscriber_hears_what_follows():
    core = Core()
    hold = core.join()
    core.topics.publish(hold.topic, [b"before"])
    one = core.listen(hold)
    core.topics.publish(hold.topic, [b"1"])
    other = core.listen(hold)
    core.topics.publish(hold.topic, [b"2"])
    assert contents(one) == (0, [b"1", b"2"])
    assert contents(other) == (0, [b"2"])
    assert core.changes == 1  # the second subscriber wants nothing new


def test_a_message_too_large_publishes_nothing():
    core = Core()
    hold = core.join()
    box = core.listen(hold)
    with pytest.raises(LimitError):
        core.topics.publish(hold.topic, [b"small", b"x" * (MAX_MESSAGE + 1)])
    assert box.is_empty
    core.topics.publish(hold.topic, [b"x" * MAX_MESSAGE])
    assert len(box) == 1


@pytest.mark.parametrize("name", ["", "x" * 256, "ü" * 128, "a\nb", "\ud800"])
def test_what_is_no_name(name):
    core = Core()
    with pytest.raises(LocalError):
        core.join(name)
    with pytest.raises(LocalError):
        core.topics.wants(OTHER, [name], 0.0)


def test_topics_are_bounded():
    core = Core()
    for number in range(MAX_TOPICS):
        core.join(str(number))
    with pytest.raises(LimitError):
        core.join("one more")
    core.join("7")  # those that are there can be joined
    assert core.quota.used["topics"] == MAX_TOPICS + 1


# --- other nodes ---
def test_only_those_who_want_are_sent():
    core = Core()
    hold = core.join()
    assert not core.topics.publish(hold.topic, [b"1"])
    core.topics.wants(OTHER, ["news", "else"], 0.0)
    assert core.topics.publish(hold.topic, [b"2", b"3"])
    core.topics.wants(THIRD, ["news"], 0.0)
    assert core.topics.publish(hold.topic, [b"4"])
    assert core.sent() == [(1, (b"2", b"3", b"4"), [OTHER, THIRD])]
    core.topics.wants(OTHER, ["else"], 1.0)  # what is wanted is replaced
    core.topics.publish(hold.topic, [b"5"])
    assert core.sent() == [(4, (b"5",), [THIRD])]
    core.topics.forget(THIRD)
    core.topics.publish(hold.topic, [b"6"])
    assert core.sent() == []


def test_wants_expire():
    core = Core()
    core.topics.wants(OTHER, ["news"], 0.0)
    core.topics.wants(THIRD, ["news"], 1.0)
    assert core.topics.expire(WANT_TTL - 0.1) == []
    core.topics.wants(THIRD, ["news"], 20.0)
    assert core.topics.expire(WANT_TTL) == [OTHER]
    assert core.topics.interested("news") == [THIRD]
    core.topics.wants(THIRD, [], 21.0)
    assert core.topics.expire(1000.0) == []


def test_wants_are_bounded():
    core = Core()
    core.topics.wants(OTHER, ["news"], 0.0)
    with pytest.raises(LimitError):
        core.topics.wants(OTHER, [str(number) for number in range(MAX_TOPICS + 1)], 0.0)
    assert core.topics.interested("news") == [OTHER]


def test_batches_are_bounded():
    core = Core()
    hold = core.join()
    core.topics.wants(OTHER, ["news"], 0.0)
    core.topics.publish(hold.topic, [b""] * (BATCH_MESSAGES + 1))
    core.topics.publish(
        hold.topic, [b"x" * MAX_MESSAGE, b"y" * (BATCH_BYTES // 2), b"z" * (BATCH_BYTES // 2)]
    )
    sizes = [(first, len(messages)) for first, messages, _ in core.sent()]
    assert sizes == [(0, 512), (512, 1), (513, 1), (514, 2)]


def test_gaps_and_duplicates():
    core = Core()
    box = core.listen(core.join())

    def come(first, *messages, stream=5):
        core.topics.received(OTHER, Batch("news", stream, first, messages))
        return contents(box)

    assert come(10, b"10", b"11") == (0, [b"10", b"11"])  # what was before is not ours to miss
    assert come(12, b"12") == (0, [b"12"])
    assert come(11, b"11", b"12", b"13") == (0, [b"13"])
    assert come(12, b"12") == (0, [])
    assert come(20, b"20") == (6, [b"20"])
    assert come(25) == (4, [])  # nothing but how far the other node has got
    assert come(0, b"a", stream=6) == (0, [b"a"])  # it joined anew
    assert core.topics.ignored == 3
    core.topics.received(OTHER, Batch("other", 5, 0, (b"x",)))
    assert core.topics.ignored == 4


def test_the_position_tells_the_end_of_a_gap():
    core = Core()
    hold = core.join()
    core.topics.wants(OTHER, ["news"], 0.0)
    core.topics.publish(hold.topic, [b"1", b"2"])
    assert core.topics.position("news").first == 0  # these two are still to be sent
    core.topics.flush()
    assert core.topics.position("news").first == 2
    assert core.topics.position("unknown") is None


@pytest.mark.parametrize("seed", range(20))
def test_every_message_is_heard_once_or_counted(seed):
    """Nodes that publish, subscribe, lose batches and get them twice: each subscriber's account is right."""
    random_ = random.Random(seed)
    peers = [key(number).peer for number in range(1, 5)]
    cores = {peer: Core(peer, seed * 10 + number) for number, peer in enumerate(peers)}
    holds = {peer: core.join() for peer, core in cores.items()}
    boxes = {peer: core.listen(holds[peer], random_.choice([3, 1000])) for peer, core in cores.items()}
    for one in peers:
        for other in peers:
            if one != other:
                cores[one].topics.wants(other, ["news"], 0.0)
    published = dict.fromkeys(peers, 0)
    heard = {peer: [] for peer in peers}
    lost = dict.fromkeys(peers, 0)

    def deliver(origin, *, reliable=False):
        for batch, wanting in cores[origin].topics.flush():
            for peer in wanting:
                for _ in range(1 if reliable else random_.choice([0, 1, 1, 2])):
                    cores[peer].topics.received(origin, batch)

    def read(peer):
        while not boxes[peer].is_empty:
            gap, messages = boxes[peer].take(2)
            lost[peer] += gap
            heard[peer] += [(m.node, m.content) for m in messages]

    for peer in peers:  # the first batch of each is heard: what came before it would be nobody's loss
        cores[peer].topics.publish(holds[peer].topic, [b"0"])
        published[peer] += 1
        deliver(peer, reliable=True)
    for _ in range(200):
        peer = random_.choice(peers)
        if random_.random() < 0.6:
            count = random_.randrange(1, 4)
            numbers = range(published[peer], published[peer] + count)
            cores[peer].topics.publish(holds[peer].topic, [b"%d" % number for number in numbers])
            published[peer] += count
        else:
            deliver(peer)
            read(random_.choice(peers))
    for peer in peers:
        deliver(peer)
        position = cores[peer].topics.position("news")
        for other in peers:
            if other != peer:
                cores[other].topics.received(peer, position)
    for peer in peers:
        read(peer)
        assert len(heard[peer]) + lost[peer] == sum(published.values())
        assert len(set(heard[peer])) == len(heard[peer])
        for origin in peers:
            numbers = [int(content) for node, content in heard[peer] if node == origin]
            assert numbers == sorted(numbers)


# --- on the wire ---
def test_batches_are_signed_for_their_use():
    batch = Batch("news", 2**64 - 1, 7, (b"", b"x" * 1000))
    payload, signature = encode_batch(key(1), batch)
    assert decode_batch(ME, payload, signature) == batch
    with pytest.raises(SignatureError):
        decode_batch(OTHER, payload, signature)
    with pytest.raises(SignatureError):
        decode_batch(ME, payload[:-1] + b"?", signature)
    with pytest.raises(SignatureError):
        decode_batch(ME, payload, key(1).sign("ww.other", payload))


def test_the_largest_batches_fit():
    for messages in ((b"x" * MAX_MESSAGE,), (b"x" * (BATCH_BYTES // BATCH_MESSAGES),) * BATCH_MESSAGES):
        batch = Batch("n" * 255, 0, 0, messages)
        payload, signature = encode_batch(key(1), batch)
        assert decode_batch(ME, payload, signature) == batch


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff" * 64,
        bytes(8),
        b"x" * (MAX_BATCH + 1),
        encode_batch(key(1), Batch("", 0, 0, ()))[0],
        encode_batch(key(1), Batch("news", 0, 2**64 - 1, (b"a",)))[0],
        encode_batch(key(1), Batch("news", 0, 0, (b"",) * (BATCH_MESSAGES + 1)))[0],
    ],
    ids=["empty", "noise", "null", "huge", "nameless", "numbers", "many"],
)
def test_what_is_no_batch(payload):
    with pytest.raises(BatchError):
        decode_batch(ME, payload, key(1).sign("ww.pubsub.batch", payload))
