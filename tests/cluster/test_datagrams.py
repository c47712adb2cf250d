"""Datagrams: what counts, what counts once, and what not at all."""

import random
from itertools import count

import pytest

from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.datagrams import HEAD_BYTES, MAX_DATAGRAM, Budget, Datagrams, Heard, Window
from wetware.cluster.identity import NodeKey

RING = KeyRing([ClusterKey(b"k" * 32)])
ANNA, BERT, CARL = (NodeKey(bytes([n]) * 32).peer for n in (1, 2, 3))
_nonces = count()


def nonce():
    return next(_nonces).to_bytes(24, "big")


def end(peer, session=1, ring=RING, ns="ww"):
    return Datagrams(peer, ring, ns, session.to_bytes(8, "big"))


def meet(one, other):
    """Let two ends know each other's session."""
    heard = other.receive(one.greeting(nonce()))
    assert heard == Heard(one.me, reply=True, session=heard.session)
    met = one.receive(other.reply(heard, nonce()))
    assert met == Heard(other.me, met=True)


@pytest.fixture
def pair():
    anna, bert = end(ANNA, 11), end(BERT, 22)
    meet(anna, bert)
    return anna, bert


def test_first_contact():
    """A greeting changes nothing at whoever hears it; the answer is as long, and leads to messages."""
    anna, bert = end(ANNA, 11), end(BERT, 22)
    greeting = anna.greeting(nonce())
    heard = bert.receive(greeting)
    assert heard.reply
    assert not bert.knows(ANNA)
    reply = bert.reply(heard, nonce())
    assert len(reply) == len(greeting) == HEAD_BYTES
    assert anna.receive(reply).met
    assert bert.receive(anna.message(BERT, b"hello", nonce())) == Heard(ANNA, b"hello")
    assert anna.receive(bert.message(ANNA, b"hello too", nonce())) == Heard(BERT, b"hello too")


def test_replays(pair):
    anna, bert = pair
    first, second = (anna.message(BERT, text, nonce()) for text in (b"one", b"two"))
    assert bert.receive(second).message == b"two"
    assert bert.receive(first).message == b"one"  # the network may swap them
    assert bert.receive(first) is None
    assert bert.receive(second) is None
    assert bert.replayed == 2


def test_what_was_said_to_an_earlier_start(pair):
    """A recording of what was said to a node's earlier start, or to another node, is not heard."""
    anna = pair[0]
    recorded = anna.message(BERT, b"BERT, listen", nonce())
    again, carl = end(BERT, 33), end(CARL, 44)
    for other in (again, carl):
        heard = other.receive(recorded)
        assert heard.reply
        assert not heard.message
        assert not other.knows(ANNA)
    # the sender learns the present session from the reply, and is heard again
    assert anna.receive(again.reply(again.receive(anna.message(BERT, b"x", nonce())), nonce())).met
    assert again.receive(anna.message(BERT, b"now", nonce())).message == b"now"


def test_a_recorded_greeting_does_not_bring_back_an_earlier_start(pair):
    anna, bert = pair
    asked = bert.receive(anna.greeting(nonce()))
    old = bert.reply(asked, nonce())
    assert anna.receive(old).met
    again = end(BERT, 33)
    meet(anna, again)
    assert anna.receive(old) is None
    assert again.receive(anna.message(BERT, b"still there", nonce())).message == b"still there"


def test_others_do_not_open_it(pair):
    anna, _ = pair
    sealed = anna.message(BERT, b"secret", nonce())
    for stranger in (
        end(BERT, 22, KeyRing([ClusterKey(b"o" * 32)])),
        end(BERT, 22, ns="another"),
    ):
        assert stranger.receive(sealed) is None
        assert stranger.foreign == 1
    assert b"secret" not in sealed


def test_ones_own_are_not_heard(pair):
    anna, _ = pair
    assert anna.receive(anna.greeting(nonce())) is None


def test_a_rotation_goes_unnoticed(pair):
    anna, bert = pair
    old, new = RING.keys[0], ClusterKey(b"n" * 32)
    for ring in (KeyRing([old, new]), KeyRing([new, old]), KeyRing([new])):
        for one in (anna, bert):
            one.ring = ring
            for sender, receiver in ((anna, bert), (bert, anna)):
                assert receiver.receive(sender.message(receiver.me, b"x", nonce())).message == b"x"


@pytest.mark.parametrize("size", [0, 1, HEAD_BYTES - 1, MAX_DATAGRAM + 1])
def test_sizes(pair, size):
    assert pair[1].receive(bytes(size)) is None


def test_any_bytes(pair):
    anna, bert = pair
    chance = random.Random(3)
    for _ in range(3000):
        datagram = bytearray(anna.message(BERT, chance.randbytes(chance.randrange(40)), nonce()))
        if chance.random() < 0.3:
            datagram = bytearray(chance.randbytes(chance.randrange(200)))
        for _ in range(chance.randrange(1, 5)):
            if datagram:
                datagram[chance.randrange(len(datagram))] ^= 1 << chance.randrange(8)
        assert bert.receive(bytes(datagram)) is None


def test_the_window():
    """Against a set that remembers everything."""
    chance = random.Random(9)
    for _ in range(200):
        window, seen, highest, counter = Window(), set(), 0, 0
        for _ in range(200):
            counter = max(0, counter + chance.choice([1, 1, 1, 2, 50, -1, -3, -40, 2000, -1500]))
            highest = max(highest, counter)
            fresh = window.take(counter)
            if counter in seen or counter <= highest - 1024:
                assert not fresh
            else:
                assert fresh
                seen.add(counter)


def test_the_window_at_the_end_of_numbers():
    window = Window()
    assert window.take((1 << 64) - 1)
    assert not window.take(0)
    assert not window.take((1 << 64) - 1)


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr("wetware.cluster.datagrams._MAX_WINDOWS", 10)
    bert = end(BERT, 22)
    for session in range(1, 50):
        meet(end(NodeKey(bytes([session + 100]) * 32).peer, session), bert)
    assert len(bert._windows) <= 10
    assert len(bert._sessions) <= 10


def test_a_budget():
    budget = Budget(rate=2, burst=3)
    assert [budget.take(0.0) for _ in range(4)] == [True, True, True, False]
    assert budget.take(0.5)
    assert not budget.take(0.6)
    assert not budget.take(0.2)  # time that runs back gives nothing
    assert [budget.take(100.0) for _ in range(4)] == [True, True, True, False]
