"""The key that the nodes of a cluster share."""

import copy
import pickle

import pytest

from wetware.cluster.clusterkey import OVERHEAD, ClusterKey, KeyRing, SealError
from wetware.errors import LocalError

A, B = ClusterKey(bytes(range(32))), ClusterKey(bytes(range(1, 33)))
N1, N2 = bytes(24), bytes(range(24))


def test_sealed_bytes_open_with_the_key_alone():
    sealed = KeyRing([A]).seal("gossip", b"hello", N1)
    assert b"hello" not in sealed
    assert len(sealed) == 5 + OVERHEAD
    assert KeyRing([A]).open("gossip", sealed) == b"hello"
    with pytest.raises(SealError, match="another cluster"):
        KeyRing([B]).open("gossip", sealed)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(SealError):
            KeyRing([A]).open("gossip", bytes(changed))
    for short in range(len(sealed)):
        with pytest.raises(SealError):
            KeyRing([A]).open("gossip", sealed[:short])


def test_a_seal_is_for_a_purpose():
    sealed = KeyRing([A]).seal("gossip", b"hello", N1)
    with pytest.raises(SealError):
        KeyRing([A]).open("discovery", sealed)


def test_equal_content_differs_sealed():
    ring = KeyRing([A])
    one, two = ring.seal("gossip", b"hello", N1), ring.seal("gossip", b"hello", N2)
    assert one[-21:] != two[-21:]
    with pytest.raises(LocalError, match="24 bytes"):
        ring.seal("gossip", b"", bytes(12))


def test_rotation():
    old, both, reversed_, new = KeyRing([A]), KeyRing([A, B]), KeyRing([B, A]), KeyRing([B])
    for sender, receiver in [
        (old, both),
        (both, old),
        (both, reversed_),
        (reversed_, both),
        (reversed_, new),
    ]:
        assert receiver.open("gossip", sender.seal("gossip", b"x", N1)) == b"x"
    with pytest.raises(SealError):
        new.open("gossip", both.seal("gossip", b"x", N1))
    with pytest.raises(LocalError, match="twice"):
        KeyRing([A, A])
    with pytest.raises(LocalError, match="at least one"):
        KeyRing([])


def test_the_key_as_text():
    shown = A.show()
    assert ClusterKey.parse(shown) == A
    assert ClusterKey.parse(f" {shown}\n") == A
    assert A != B
    assert shown.startswith("ww1-")
    for at in range(4, len(shown)):
        if shown[at] != "-":
            wrong = shown[:at] + ("a" if shown[at] != "a" else "b") + shown[at + 1 :]
            with pytest.raises(LocalError, match="no cluster key"):
                ClusterKey.parse(wrong)
    for wrong in ("", shown[:-1], shown[4:], "ww1-", "ww1-ä", shown + "a"):
        with pytest.raises(LocalError, match="no cluster key") as caught:
            ClusterKey.parse(wrong)
        assert not wrong or wrong[4:] not in str(caught.value) or len(wrong) < 6


def test_the_key_hides_itself():
    secret = bytes(range(32))
    shown = repr(A) + str(A)
    assert "hidden" in shown
    assert secret.hex() not in shown
    for leak in (pickle.dumps, copy.copy):
        with pytest.raises(LocalError):
            leak(A)


def test_purposes_differ():
    assert A.derive("ca") != A.derive("gossip")
    assert A.derive("ca", b"1") != A.derive("ca", b"2")
    assert A.id != B.id


def test_an_answer_under_the_same_key():
    ring = KeyRing([A, B])
    assert ring.like(KeyRing([B]).seal("gossip", b"x", N1)).keys == (B,)
    assert ring.like(KeyRing([A]).seal("gossip", b"x", N1)).keys == (A,)
    for foreign in (b"", b"\x01", KeyRing([ClusterKey(bytes(32))]).seal("gossip", b"x", N1)):
        with pytest.raises(SealError, match="another cluster"):
            ring.like(foreign)
