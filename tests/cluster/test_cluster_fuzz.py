"""Every parser of bytes and text from outside: whatever comes, an error of ours or a value, nothing else."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wetware.capnp.packing import pack, unpack
from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.envelope import Use, open_envelope, seal
from wetware.cluster.gossip import Gossip
from wetware.cluster.heartbeat import HEARTBEAT, read_heartbeat
from wetware.cluster.identity import NodeKey, PeerId
from wetware.cluster.login import LOGIN, AccountSigner, Channel, Login
from wetware.cluster.messages import Digest, Known, News, Probe
from wetware.cluster.policy import Policy
from wetware.cluster.wire import OBITUARY, KeyVoice, read_gossip, read_obituary, write_gossip
from wetware.errors import InternalError, WetwareError

KEY, OTHER, THIRD = (NodeKey(bytes([n]) * 32) for n in (1, 2, 3))
USE = Use("ww.test", b"\xde\xea")
RING = KeyRing([ClusterKey(bytes(32))])
CHANNEL = Channel(KEY.peer, OTHER.peer, bytes(32), bytes(32))
VOICES = {key.peer: KeyVoice(key, server=1, host="h", meta=["a=b"]) for key in (KEY, OTHER, THIRD)}


def core():
    made = Gossip(KEY.peer, VOICES[KEY.peer], 1, random.Random(1), 0.0)
    made.advance(0.0)
    beats = [(VOICES[key.peer].beat(1, 1, 10_000), 0.0) for key in (OTHER, THIRD)]
    made.receive(OTHER.peer, News(tuple(beats)), 0.0)
    return made


MESSAGES = [
    News(
        ((VOICES[OTHER.peer].beat(2, 5, 9000), 0.5),), (VOICES[OTHER.peer].obituary(THIRD.peer, 1, 9),), True
    ),
    Probe(KEY.peer, (1, 1), OTHER.peer),
    Digest(tuple(range(64))),
    Known((1, 2), ((THIRD.peer, 4),)),
]


def gossip(data):
    made = core()
    incoming = read_gossip(data, made)
    made.receive(incoming.sender, incoming.message, 1.0)
    made.advance(1.1)


def login(data):
    Login(CHANNEL, bytes(16), 0.0).finish(data, 0.0)


PARSERS = {
    "peer id": (PeerId, [KEY.peer.binary]),
    "envelope": (lambda data: open_envelope(data, USE), [seal(KEY, USE, b"payload")]),
    "heartbeat": (lambda data: read_heartbeat(data).verify(), [VOICES[KEY.peer].beat(1, 1, 1000).signed]),
    "heartbeat inside": (
        lambda data: read_heartbeat(seal(KEY, HEARTBEAT, data[:2000])).verify(),
        [open_envelope(VOICES[KEY.peer].beat(1, 1, 1000).signed, HEARTBEAT).payload],
    ),
    "obituary": (read_obituary, [VOICES[KEY.peer].obituary(OTHER.peer, 1, 1).signed]),
    "obituary inside": (
        lambda data: read_obituary(seal(KEY, OBITUARY, data[:2000])),
        [open_envelope(VOICES[KEY.peer].obituary(OTHER.peer, 1, 1).signed, OBITUARY).payload],
    ),
    "gossip": (gossip, [write_gossip(OTHER.peer, message) for message in MESSAGES]),
    "gossip unpacked": (
        lambda data: gossip(pack(data[: len(data) & ~7])),
        [unpack(write_gossip(OTHER.peer, message)) for message in MESSAGES],
    ),
    "challenge": (
        lambda data: AccountSigner(OTHER, Channel(OTHER.peer, KEY.peer, bytes(32), bytes(32))).sign(data),
        [Login(CHANNEL, bytes(16), 0.0).challenge],
    ),
    "login": (login, [seal(OTHER, LOGIN, Login(CHANNEL, bytes(16), 0.0).challenge)]),
    "sealed": (lambda data: RING.open("x", data), [RING.seal("x", b"content", bytes(24))]),
    "policy": (
        lambda data: Policy.parse(data.decode("utf-8", "replace")),
        [f'[login]\npolicy = "only"\n[accounts."{KEY.peer}"]\ngrant = ["view"]'.encode()],
    ),
    "cluster key": (
        lambda data: ClusterKey.parse(data.decode("utf-8", "replace")),
        [ClusterKey(bytes(32)).show().encode()],
    ),
    "peer text": (lambda data: PeerId.parse(data.decode("utf-8", "replace")), [str(KEY.peer).encode()]),
}


def damaged(draw, good):
    """A good input with some bytes changed, cut out, doubled or put in."""
    data = bytearray(good)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        match draw(st.integers(0, 3)):
            case 0 if at < len(data):
                data[at] = draw(st.integers(0, 255))
            case 1:
                del data[at : at + draw(st.integers(1, 16))]
            case 2:
                data[at:at] = data[at : at + 16]
            case _:
                data[at:at] = draw(st.binary(max_size=8))
    return bytes(data)


def fuzz(name, data):
    parse, good = PARSERS[name]
    content = data.draw(st.one_of(st.binary(max_size=200), st.just(None)))
    if content is None:
        content = damaged(data.draw, data.draw(st.sampled_from(good)))
    try:
        parse(content)
    except InternalError:
        raise
    except WetwareError:
        pass


@pytest.mark.parametrize("name", PARSERS)
def test_good_input_is_taken(name):
    parse, good = PARSERS[name]
    for content in good:
        parse(content)


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_input_is_taken_or_refused(name, data):
    fuzz(name, data)


@pytest.mark.slow
@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=5000, deadline=None)
@given(data=st.data())
def test_much_more_input(name, data):
    fuzz(name, data)


# --- the membership's messages ---
@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: type(m).__name__)
def test_messages_round_trip(message):
    incoming = read_gossip(write_gossip(OTHER.peer, message), core())
    assert (incoming.sender, incoming.message, incoming.forged) == (OTHER.peer, message, 0)


def test_what_is_not_signed_is_left_out():
    good = VOICES[OTHER.peer].beat(2, 5, 9000)
    forged = type(good)(OTHER.peer, 2, 6, signed=good.signed[:-1] + bytes([good.signed[-1] ^ 1]))
    death = VOICES[OTHER.peer].obituary(THIRD.peer, 1, 9)
    bad_death = type(death)(THIRD.peer, 1, 9, OTHER.peer, death.signed[:-1] + b"\0")
    message = News(((forged, 0.0), (good, 0.0)), (bad_death, death))
    incoming = read_gossip(write_gossip(OTHER.peer, message), core())
    assert incoming.forged == 2
    assert incoming.message == News(((good, 0.0),), (death,))


def test_what_is_known_is_not_checked(monkeypatch):
    """A flood of what was heard already costs no signature checks."""
    made = core()
    old = VOICES[OTHER.peer].beat(1, 1, 10_000)
    unknown = VOICES[OTHER.peer].obituary(NodeKey(bytes([9]) * 32).peer, 1, 1)
    checked = []
    monkeypatch.setattr(PeerId, "verify_raw", lambda *_: checked.append(1))
    incoming = read_gossip(write_gossip(OTHER.peer, News(((old, 0.0),) * 40, (unknown,) * 40)), made)
    assert incoming.message == News()
    assert checked == []


def test_messages_have_a_size():
    with pytest.raises(WetwareError, match="too long"):
        read_gossip(bytes(1 << 20), core())
    bomb = pack(bytes(8 << 20))  # sixteen thousand times smaller than what it stands for
    with pytest.raises(WetwareError):
        read_gossip(bomb[: 64 << 10], core())
    many = Known((1,), tuple((THIRD.peer, n) for n in range(5000)))
    with pytest.raises(WetwareError):
        read_gossip(write_gossip(OTHER.peer, many), core())
