"""The cluster key: a secret that the nodes of one cluster share, and what it protects.

Sealed bytes: version (1), key id (4), nonce (24), ChaCha20-Poly1305 ciphertext with its tag (16).

Rules that hold here:

1. Who does not hold the key learns only that, and how much, was sent; changed, cut or foreign bytes do not
   open (test_sealed_bytes_open_with_the_key_alone).
2. Bytes sealed for one purpose do not open for another (test_a_seal_is_for_a_purpose).
3. Each message is encrypted under a key of its own, derived from the cluster key and a random nonce of 192
   bits, so nonces need no counter that a restart could lose (test_equal_content_differs_sealed).
4. A ring seals with its first key and opens with any: to rotate, give every node the new key second, then
   first, then take the old one away (test_rotation).
5. The key shows itself only where it is asked to: `show` is for handing it on (test_the_key_hides_itself).
6. No clock and no randomness: the nonce is passed in.

The named tests are in `tests/cluster/test_clusterkey.py`. Sources: RFC 8439 (ChaCha20-Poly1305); RFC 5869
(HKDF, whose expand step derives the keys).
"""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NoReturn

from wetware.errors import LocalError, RemoteError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NONCE_BYTES", "OVERHEAD", "ClusterKey", "KeyRing", "SealError"]

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 24
_VERSION: Final = b"\x01"
_ID_BYTES: Final = 4
_TAG_BYTES: Final = 16
_PREFIX: Final = "ww1-"
_CHECK_BYTES: Final = 3
OVERHEAD: Final = len(_VERSION) + _ID_BYTES + NONCE_BYTES + _TAG_BYTES
"""Bytes that sealing adds."""


class SealError(RemoteError):
    """The bytes were not sealed with a key of this cluster, or were changed."""


class ClusterKey:
    """One shared secret.

    Attributes:
        id: four bytes that name it and tell nothing of it.
    """

    __slots__ = ("_secret", "id")

    def __init__(self, secret: bytes) -> None:
        """Make a key of 32 random bytes."""
        if len(secret) != KEY_BYTES:
            raise LocalError(f"a cluster key has {KEY_BYTES} bytes, not {len(secret)}")
        self._secret = secret
        self.id = self.derive("id")[:_ID_BYTES]

    @classmethod
    def parse(cls, text: str) -> ClusterKey:
        """Read the form in which `show` hands it on.

        Raises:
            LocalError: the text is no cluster key, or was mistyped. It does not repeat the text.
        """
        text = text.strip()
        try:
            raw = base64.b32decode(text[len(_PREFIX) :].replace("-", "").upper())
        except ValueError:
            raw = b""
        secret, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
        if not text.startswith(_PREFIX) or len(raw) != KEY_BYTES + _CHECK_BYTES or check != _check(secret):
            raise LocalError("this is no cluster key: it begins with ww1- and was cut short or mistyped")
        return cls(secret)

    def show(self) -> str:
        """The key as text, for handing it on: whoever reads it can join the cluster."""
        text = base64.b32encode(self._secret + _check(self._secret)).decode().lower()
        return _PREFIX + "-".join(text[at : at + 8] for at in range(0, len(text), 8))

    def derive(self, purpose: str, context: bytes = b"") -> bytes:
        """A key of 32 bytes for one purpose; different purposes or contexts tell nothing of each other."""
        label = b"ww cluster key\0" + purpose.encode() + b"\0" + context + b"\x01"
        return hmac.digest(self._secret, label, sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClusterKey) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<ClusterKey {self.id.hex()}, its secret hidden>"

    def __reduce__(self) -> NoReturn:
        raise LocalError("a cluster key is neither copied nor pickled: use show() to hand it on")


class KeyRing:
    """The keys that a node accepts, the one that it uses first."""

    __slots__ = ("keys",)

    def __init__(self, keys: Sequence[ClusterKey]) -> None:
        if not keys:
            raise LocalError("a key ring takes at least one cluster key")
        if len({key.id for key in keys}) != len(keys):
            raise LocalError("a cluster key is in the ring twice")
        self.keys = tuple(keys)

    def seal(self, purpose: str, content: bytes, nonce: bytes) -> bytes:
        """Encrypt bytes for a purpose under a nonce of 24 random bytes, never used before."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        if len(nonce) != NONCE_BYTES:
            raise LocalError(f"a nonce has {NONCE_BYTES} bytes, not {len(nonce)}")
        key = self.keys[0]
        cipher = ChaCha20Poly1305(key.derive(purpose, nonce))
        head = _VERSION + key.id
        return head + nonce + cipher.encrypt(bytes(12), content, head)

    def like(self, sealed: bytes) -> KeyRing:
        """The ring that seals with the key that these bytes name, for whoever may have no other.

        Raises:
            SealError: it is none of this ring's.
        """
        for key in self.keys:
            if key.id == sealed[len(_VERSION) : len(_VERSION) + _ID_BYTES]:
                return KeyRing([key])
        raise SealError("these bytes were sealed with the key of another cluster, or changed on their way")

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Decrypt bytes that were sealed for a purpose.

        Raises:
            SealError: they were not, or not with a key of this ring.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        start = len(_VERSION) + _ID_BYTES
        if len(sealed) < OVERHEAD or sealed[:1] != _VERSION:
            raise SealError("these bytes were not sealed with a cluster key")
        head, nonce, content = (
            sealed[:start],
            sealed[start : start + NONCE_BYTES],
            sealed[start + NONCE_BYTES :],
        )
        for key in self.keys:
            if key.id == head[1:]:
                try:
                    return ChaCha20Poly1305(key.derive(purpose, nonce)).decrypt(bytes(12), content, head)
                except InvalidTag:
                    break
        raise SealError("these bytes were sealed with the key of another cluster, or changed on their way")


def _check(secret: bytes) -> bytes:
    return sha256(b"ww cluster key check\0" + secret).digest()[:_CHECK_BYTES]
