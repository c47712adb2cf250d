"""Signed envelopes."""

import pytest

from wetware.cluster.envelope import MAX_PAYLOAD, EnvelopeError, Opened, Use, open_envelope, seal
from wetware.cluster.identity import NodeKey
from wetware.errors import LimitError

USE = Use("ww.test", b"\xde\xea")
KEY = NodeKey(bytes(range(32)))


def test_an_envelope_opens():
    for payload in (b"", b"x", b"x" * 127, b"x" * 128, b"x" * MAX_PAYLOAD):
        assert open_envelope(seal(KEY, USE, payload), USE) == Opened(KEY.peer, payload)


def test_the_form_is_libp2ps():
    """The fields by hand: 1 key, 2 type, 3 payload, 5 signature over the three parts behind their lengths."""
    sealed = seal(KEY, USE, b"hello")
    head = b"\x0a\x24" + KEY.peer.encoded_key + b"\x12\x02\xde\xea" + b"\x1a\x05hello" + b"\x2a\x40"
    assert sealed[:-64] == head
    KEY.peer.verify_raw(sealed[-64:], b"\x07ww.test" + b"\x02\xde\xea" + b"\x05hello")


def test_an_envelope_opens_for_its_use_alone():
    sealed = seal(KEY, USE, b"hello")
    with pytest.raises(EnvelopeError, match="not made by"):
        open_envelope(sealed, Use("ww.other", b"\xde\xea"))
    with pytest.raises(EnvelopeError, match="another type"):
        open_envelope(sealed, Use("ww.test", b"\xde\xeb"))


def test_every_changed_bit_is_seen():
    sealed = seal(KEY, USE, b"hello")
    for at in range(len(sealed)):
        for bit in range(8):
            changed = bytearray(sealed)
            changed[at] ^= 1 << bit
            with pytest.raises(EnvelopeError):
                open_envelope(bytes(changed), USE)


def test_one_encoding():
    sealed = seal(KEY, USE, b"hello")
    long_length = sealed.replace(b"\x1a\x05hello", b"\x1a\x85\x00hello")
    unknown = sealed[:-66] + b"\x22\x00" + sealed[-66:]
    swapped = sealed[38:42] + sealed[:38] + sealed[42:]
    for wrong in (long_length, unknown, swapped, sealed + b"\x00", sealed + sealed, sealed[:-1], b""):
        with pytest.raises(EnvelopeError):
            open_envelope(wrong, USE)


def test_a_payload_has_a_size():
    with pytest.raises(LimitError) as caught:
        seal(KEY, USE, b"x" * (MAX_PAYLOAD + 1))
    assert (caught.value.limit, caught.value.allowed) == ("payload", MAX_PAYLOAD)
    with pytest.raises(EnvelopeError, match="are allowed"):
        open_envelope(
            b"\x0a\x24" + KEY.peer.encoded_key + b"\x12\x02\xde\xea\x1a\xff\x7f" + bytes(20000), USE
        )
