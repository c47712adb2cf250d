"""Signed envelopes: a payload, its type and its signer's key, in libp2p's form (RFC 0002).

Protobuf, each field once and in this order:

    1 public_key    the signer's, protobuf-encoded (36 bytes for Ed25519)
    2 payload_type  what the payload is, a few bytes
    3 payload
    5 signature     of: domain, payload_type and payload, each behind its length as a varint

Rules that hold here:

1. The domain is signed and not sent: whoever opens an envelope says which one is expected, and an envelope
   made for another use does not open (test_an_envelope_opens_for_its_use_alone).
2. Parsing is strict: one encoding for one envelope, nothing unknown, nothing behind it. So equal content of
   one signer is equal bytes, up to the signature (test_one_encoding).
3. Sizes are checked before any signature is. Whatever the bytes, opening gives an `Opened` or raises an
   `EnvelopeError` (`tests/cluster/test_cluster_fuzz.py`).

The other tests are in `tests/cluster/test_envelope.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wetware.cluster.identity import PeerId, SignatureError, framed, varint
from wetware.errors import LimitError, LocalError, RemoteError

if TYPE_CHECKING:
    from wetware.cluster.identity import NodeKey

__all__ = ["MAX_PAYLOAD", "EnvelopeError", "Opened", "Use", "open_envelope", "parse_envelope", "seal"]

MAX_PAYLOAD: Final = 2048
"""Bytes of a payload: the original's largest datagram."""

_KEY, _TYPE, _PAYLOAD, _SIGNATURE = b"\x0a", b"\x12", b"\x1a", b"\x2a"
_FIELDS: Final = ((_KEY, 36), (_TYPE, 16), (_PAYLOAD, MAX_PAYLOAD), (_SIGNATURE, 64))


class EnvelopeError(RemoteError):
    """The bytes are no envelope of the expected use, or their signature is wrong."""


@dataclass(frozen=True, slots=True)
class Use:
    """What an envelope is for.

    Attributes:
        domain: separates signatures of different uses.
        payload_type: names the kind of payload.
    """

    domain: str
    payload_type: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of an envelope whose signature is right.

    Attributes:
        peer: who signed it.
        payload: what was signed.
    """

    peer: PeerId
    payload: bytes


def seal(key: NodeKey, use: Use, payload: bytes) -> bytes:
    """Sign a payload.

    Raises:
        LimitError: it is longer than `MAX_PAYLOAD`.
    """
    if len(payload) > MAX_PAYLOAD:
        raise LimitError(
            f"a payload of {len(payload)} bytes does not fit an envelope: {MAX_PAYLOAD} are allowed",
            limit="payload",
            used=len(payload),
            allowed=MAX_PAYLOAD,
        )
    signature = key.sign_raw(_signed(use, payload))
    return b"".join(
        [
            tag + varint(len(value)) + value
            for tag, value in (
                (_KEY, key.peer.encoded_key),
                (_TYPE, use.payload_type),
                (_PAYLOAD, payload),
                (_SIGNATURE, signature),
            )
        ]
    )


def parse_envelope(data: bytes, use: Use) -> tuple[Opened, bytes]:
    """Read an envelope without checking its signature, which is given too.

    For those who can tell first whether checking is worth its time; nothing else may rest on the result.

    Raises:
        EnvelopeError: the bytes are no envelope of this use.
    """
    data = bytes(data)
    at = 0
    values = []
    for tag, longest in _FIELDS:
        if data[at : at + 1] != tag:
            raise EnvelopeError("this is no signed envelope: a field is missing, unknown or out of place")
        length, at = _length(data, at + 1)
        if length > longest:
            raise EnvelopeError(f"a field of the envelope has {length} bytes and {longest} are allowed")
        if at + length > len(data):
            raise EnvelopeError("the envelope is cut short")
        values.append(data[at : at + length])
        at += length
    if at != len(data):
        raise EnvelopeError("there is something behind the envelope")
    encoded, payload_type, payload, signature = values
    if payload_type != use.payload_type:
        raise EnvelopeError("the envelope holds a payload of another type")
    try:
        peer = PeerId.of_encoded_key(encoded)
    except LocalError:
        raise EnvelopeError("the envelope's key is no Ed25519 key") from None
    return Opened(peer, payload), signature


def verify_envelope(opened: Opened, signature: bytes, use: Use) -> None:
    """Check the signature of a parsed envelope.

    Raises:
        EnvelopeError: it is wrong.
    """
    try:
        opened.peer.verify_raw(signature, _signed(use, opened.payload))
    except SignatureError as error:
        raise EnvelopeError(str(error)) from None


def open_envelope(data: bytes, use: Use) -> Opened:
    """Read an envelope of an expected use and check its signature.

    Raises:
        EnvelopeError: the bytes are none, or the signature is wrong.
    """
    opened, signature = parse_envelope(data, use)
    verify_envelope(opened, signature, use)
    return opened


def _signed(use: Use, payload: bytes) -> bytes:
    return framed(use.domain.encode(), use.payload_type, payload)


def _length(data: bytes, at: int) -> tuple[int, int]:
    """A length of one or two bytes in its shortest form, and where it ends."""
    first = data[at] if at < len(data) else 0x80
    if first < 0x80:
        return first, at + 1
    second = data[at + 1] if at + 1 < len(data) else 0
    if not 0 < second < 0x80:
        raise EnvelopeError("a length in the envelope is not in its shortest form, or far too large")
    return first & 0x7F | second << 7, at + 2
