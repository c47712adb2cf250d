"""The knock: who is let in, and what everybody else learns."""

import random

import pytest

from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.identity import NodeKey
from wetware.cluster.knock import (
    ANSWER_BYTES,
    CHALLENGE_BYTES,
    KNOCK_BYTES,
    End,
    KnockError,
    answer,
    knock,
    open_answer,
    open_knock,
)

RING = KeyRing([ClusterKey(b"k" * 32)])
OTHER_RING = KeyRing([ClusterKey(b"o" * 32)])
ANNA, BERT, ROGUE = (NodeKey(bytes([n]) * 32).peer for n in (1, 2, 3))
CHALLENGE, MINE = b"c" * CHALLENGE_BYTES, b"m" * CHALLENGE_BYTES
NONCE = b"n" * 24


def knocked(ring=RING, ns="ww", challenge=CHALLENGE, me=ANNA):
    return knock(ring, ns, challenge, MINE, End(me, 7), NONCE)


def answered(ring=RING, ns="ww", challenge=MINE, me=BERT, peer=ANNA):
    return answer(ring, ns, challenge, End(me, 8), peer, NONCE)


def test_both_ends_know_each_other():
    said = knocked()
    assert len(said) == KNOCK_BYTES
    assert open_knock(RING, "ww", CHALLENGE, said) == (End(ANNA, 7), MINE)
    reply = answered()
    assert len(reply) == ANSWER_BYTES
    assert open_answer(RING, "ww", MINE, ANNA, reply) == End(BERT, 8)


def test_a_stranger_learns_nothing():
    """Without the key no knock opens, and of one that was heard nothing but its length is seen."""
    for said in (knocked(OTHER_RING), knocked(ns="other"), bytes(KNOCK_BYTES), b""):
        with pytest.raises(KnockError):
            open_knock(RING, "ww", CHALLENGE, said)
    assert ANNA.public_key not in knocked()
    assert CHALLENGE not in knocked()


def test_a_recorded_knock():
    with pytest.raises(KnockError, match="another challenge"):
        open_knock(RING, "ww", b"d" * CHALLENGE_BYTES, knocked())


def test_a_relayed_knock_lets_nobody_in():
    """A rogue in the middle can pass on what it hears, and each end then expects the other's key in TLS."""
    who, challenge = open_knock(RING, "ww", CHALLENGE, knocked())
    assert who.peer == ANNA  # not the rogue that has passed it on
    reply = answered(challenge=challenge, peer=who.peer)
    assert open_answer(RING, "ww", MINE, ANNA, reply).peer == BERT
    with pytest.raises(KnockError, match="another knock"):
        open_answer(RING, "ww", MINE, ROGUE, reply)


def test_an_answer_is_no_knock():
    """What one side says cannot be given back to it as the other's."""
    with pytest.raises(KnockError):
        open_knock(RING, "ww", MINE, answered())
    with pytest.raises(KnockError):
        open_answer(RING, "ww", CHALLENGE, ANNA, knocked())


def test_a_recorded_answer():
    with pytest.raises(KnockError, match="another knock"):
        open_answer(RING, "ww", b"d" * CHALLENGE_BYTES, ANNA, answered())


def test_any_bytes():
    chance = random.Random(5)
    whole, reply = knocked(), answered()
    for _ in range(2000):
        said = bytearray(chance.choice([whole, reply, chance.randbytes(chance.randrange(200))]))
        for _ in range(chance.randrange(1, 4)):
            if said:
                said[chance.randrange(len(said))] ^= 1 << chance.randrange(8)
        with pytest.raises(KnockError):
            open_knock(RING, "ww", CHALLENGE, bytes(said))
        with pytest.raises(KnockError):
            open_answer(RING, "ww", MINE, ANNA, bytes(said))
