"""Who a node is: its Ed25519 key, and the peer id that follows from it.

Rules that hold here:

1. A peer id is the public key: the identity multihash of libp2p's protobuf encoding of it. Whoever knows the
   id can check a signature; there is no directory to ask (test_known_peer_ids).
2. A signature is made for a domain and checked for it: what was signed as one kind of thing never passes as
   another (test_a_signature_belongs_to_its_domain).
3. A key does not show itself: `repr`, `str`, `pickle` and `copy` give nothing of the secret
   (test_a_key_hides_its_secret).
4. No files here: those are `keyfile`'s.

The named tests are in `tests/cluster/test_identity.py`. Sources: libp2p's peer-ids specification; RFC 8032
(Ed25519).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NoReturn

from wetware.cluster.base58 import b58decode, b58encode
from wetware.errors import LocalError, RemoteError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["NodeKey", "PeerId", "SignatureError", "framed"]

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
# protobuf: key type (1) = Ed25519 (1), data (2) = 32 bytes
_PROTOBUF: Final = b"\x08\x01\x12\x20"
# multihash: identity (0), 36 bytes
_MULTIHASH: Final = b"\x00\x24" + _PROTOBUF
PEER_ID_BYTES: Final = len(_MULTIHASH) + KEY_BYTES
_PEER_ID_TEXT: Final = 64


class SignatureError(RemoteError):
    """A signature does not belong to the key, the domain or the content that it is said to."""


def varint(number: int) -> bytes:
    """An unsigned LEB128 number, as protobuf writes lengths."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def framed(*parts: bytes) -> bytes:
    """Each part behind its length, so that no two lists of parts give the same bytes."""
    return b"".join([varint(len(part)) + part for part in parts])


class PeerId:
    """The name of a node: its public key in libp2p's form. Equal, ordered and hashed by its bytes.

    The order of the texts (`12D3KooW…`) is that of the bytes.

    Attributes:
        binary: the multihash, 38 bytes.
    """

    __slots__ = ("__dict__", "_hash", "binary")

    def __init__(self, binary: bytes) -> None:
        """Read the binary form.

        Raises:
            LocalError: the bytes are no peer id of an Ed25519 key.
        """
        if len(binary) != PEER_ID_BYTES or not binary.startswith(_MULTIHASH):
            raise LocalError(
                "this is no peer id of an Ed25519 key: it takes the 38 bytes of an identity multihash"
            )
        self.binary = bytes(binary)
        self._hash = hash(self.binary)

    @classmethod
    def of_public_key(cls, raw: bytes) -> PeerId:
        """The id that belongs to a raw public key of 32 bytes."""
        if len(raw) != KEY_BYTES:
            raise LocalError(f"an Ed25519 public key has {KEY_BYTES} bytes, not {len(raw)}")
        return cls(_MULTIHASH + raw)

    @classmethod
    def of_encoded_key(cls, encoded: bytes) -> PeerId:
        """The id that belongs to a public key in libp2p's protobuf encoding."""
        return cls(b"\x00\x24" + encoded)

    @classmethod
    def parse(cls, text: str) -> PeerId:
        """Read the text form, `12D3KooW…`.

        Raises:
            LocalError: the text is no such peer id.
        """
        try:
            peer = cls(b58decode(text, longest=_PEER_ID_TEXT))
        except LocalError as error:
            raise LocalError(f"{text[:_PEER_ID_TEXT]!r} is no peer id (12D3KooW…): {error}") from None
        return peer

    @property
    def public_key(self) -> bytes:
        """The raw public key, 32 bytes."""
        return self.binary[len(_MULTIHASH) :]

    @property
    def encoded_key(self) -> bytes:
        """The public key in libp2p's protobuf encoding, 36 bytes."""
        return self.binary[2:]

    @cached_property
    def text(self) -> str:
        """The text form."""
        return b58encode(self.binary)

    @cached_property
    def _verifier(self) -> Ed25519PublicKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.public_key)

    def verify(self, signature: bytes, domain: str, *parts: bytes) -> None:
        """Check that this peer signed `parts` for `domain`.

        Raises:
            SignatureError: it did not.
        """
        self.verify_raw(signature, framed(domain.encode(), *parts))

    def verify_raw(self, signature: bytes, content: bytes) -> None:
        """Check a signature of exactly these bytes (an envelope's, or a certificate's)."""
        from cryptography.exceptions import InvalidSignature

        try:
            if len(signature) != SIGNATURE_BYTES:
                raise SignatureError(f"a signature has {SIGNATURE_BYTES} bytes, not {len(signature)}")
            self._verifier.verify(signature, content)
        except (InvalidSignature, ValueError):
            raise SignatureError(f"the signature was not made by {self} for this") from None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PeerId) and self.binary == other.binary

    def __lt__(self, other: PeerId) -> bool:
        return self.binary < other.binary

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PeerId({self.text!r})"

    def __reduce__(self) -> tuple[type[PeerId], tuple[bytes]]:
        return PeerId, (self.binary,)


class NodeKey:
    """A node's private key. It signs, and shows nothing but its peer id.

    Attributes:
        peer: the peer id that belongs to it.
    """

    __slots__ = ("_key", "peer")

    def __init__(self, seed: bytes) -> None:
        """Make the key of a secret seed of 32 bytes (RFC 8032's private key)."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if len(seed) != KEY_BYTES:
            raise LocalError(f"the seed of an Ed25519 key has {KEY_BYTES} bytes, not {len(seed)}")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.peer = PeerId.of_public_key(self._key.public_key().public_bytes_raw())

    def sign(self, domain: str, *parts: bytes) -> bytes:
        """Sign `parts` for `domain`: 64 bytes."""
        return self.sign_raw(framed(domain.encode(), *parts))

    def sign_raw(self, content: bytes) -> bytes:
        """Sign exactly these bytes, which have to say themselves what they are for."""
        return self._key.sign(content)

    def private_key(self) -> Ed25519PrivateKey:
        """The key as `cryptography` holds it, for certificates and for `keyfile`."""
        return self._key

    def __repr__(self) -> str:
        return f"<NodeKey of {self.peer}, its secret hidden>"

    def __reduce__(self) -> NoReturn:
        raise LocalError("a node's key is neither copied nor pickled: keep it where it is")
