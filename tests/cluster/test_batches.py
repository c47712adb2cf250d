"""Batches on the wire: signed once, for this use alone, and read whole or not at all."""

import pytest

from wetware.capnp.framing import frame
from wetware.cluster.batches import DOMAIN, MAX_BATCH, BatchError, decode_batch, encode_batch
from wetware.cluster.identity import NodeKey, SignatureError
from wetware.cluster.topics import BATCH_MESSAGES, MAX_MESSAGE, Batch
from wetware.errors import RemoteError
from wetware.schema.relay_capnp import Relay_Batch

KEY, OTHER = NodeKey(b"a" * 32), NodeKey(b"b" * 32)
BATCH = Batch("news", 7, 3, (b"one", b"", b"three"))


def signed(domain=DOMAIN, **fields):
    payload = bytes(frame(Relay_Batch.new(**{"topic": "news", "stream": 7, "first": 3, **fields})))
    return payload, KEY.sign(domain, payload)


def test_round_trip():
    assert decode_batch(KEY.peer, *encode_batch(KEY, BATCH)) == BATCH
    empty = Batch("news", 7, 3, ())
    assert decode_batch(KEY.peer, *encode_batch(KEY, empty)) == empty


def test_the_largest_fit():
    for messages in ((bytes(MAX_MESSAGE),), (b"x" * 512,) * BATCH_MESSAGES):
        payload, signature = encode_batch(KEY, Batch("n" * 255, 1, 1, messages))
        assert len(payload) <= MAX_BATCH
        assert decode_batch(KEY.peer, payload, signature).messages == messages


def test_signed_by_its_node_for_this_use():
    payload, signature = encode_batch(KEY, BATCH)
    for peer, said in ((OTHER.peer, payload), (KEY.peer, payload[:-1] + bytes([payload[-1] ^ 1]))):
        with pytest.raises(SignatureError):
            decode_batch(peer, said, signature)
    with pytest.raises(SignatureError):
        decode_batch(KEY.peer, *signed("ww.another.use", sizes=[1], contents=b"a"))


@pytest.mark.parametrize(
    "fields",
    [
        {"sizes": [1], "contents": b""},
        {"sizes": [], "contents": b"a"},
        {"sizes": [0] * (BATCH_MESSAGES + 1), "contents": b""},
        {"sizes": [2**32 - 1] * 3, "contents": b"abc"},
        {"topic": "", "sizes": [1], "contents": b"a"},
        {"topic": "a\nb", "sizes": [1], "contents": b"a"},
        {"first": 2**64 - 1, "sizes": [1], "contents": b"a"},
    ],
)
def test_what_a_node_may_sign_and_is_no_batch(fields):
    with pytest.raises(BatchError):
        decode_batch(KEY.peer, *signed(**fields))


def test_bytes_that_are_none():
    for payload in (b"", bytes(8), b"\xff" * 64, bytes(MAX_BATCH + 8)):
        with pytest.raises(RemoteError):
            decode_batch(KEY.peer, payload, KEY.sign(DOMAIN, payload))
