"""The certificate that a node shows in TLS: its Ed25519 key, in a form that OpenSSL accepts.

Rules that hold here:

1. The certificate carries no trust. It is signed by a "null authority" whose private key is the published
   constant below, for one reason: the standard library can ask a peer for its certificate only by verifying
   it. What is proved is the key alone, by TLS's own CertificateVerify; who the key is, and whether it may
   come in, is decided from the key (`tls`).
2. Nothing in it depends on the time: two nodes whose clocks are years apart can talk.

The tests are in `tests/cluster/test_tls.py`. Sources: RFC 5280 (certificates); RFC 8410 (Ed25519 in them);
the idea of self-made certificates that only carry a key is libp2p's TLS specification's.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from wetware.cluster.identity import NodeKey, PeerId
from wetware.errors import RemoteError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

__all__ = ["CertificateError", "authority_pem", "key_hash", "node_pem", "peer_of_certificate"]

_SEED: Final = sha256(b"wetware null authority: this key is public and carries no trust").digest()
_NAME: Final = "wetware null authority"
_BEGIN: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_END: Final = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)  # RFC 5280: it has no end


class CertificateError(RemoteError):
    """A certificate that no node shows."""


def _certificate(subject: str, key: PeerId, *, authority: bool) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signer = NodeKey(_SEED)
    public = Ed25519PublicKey.from_public_bytes(key.public_key)
    issuer_key = signer.private_key().public_key()

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(_NAME))
        .public_key(public)
        .serial_number(int.from_bytes(sha256(key.public_key).digest()[:16], "big") | 1)
        .not_valid_before(_BEGIN)
        .not_valid_after(_END)
        .add_extension(
            x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True
        )
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
        .sign(signer.private_key(), None)
    )


@cache
def authority_pem() -> str:
    """The null authority's own certificate, in PEM form."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return _certificate(_NAME, NodeKey(_SEED).peer, authority=True).public_bytes(Encoding.PEM).decode()


def node_pem(key: NodeKey) -> bytes:
    """A node's private key and certificate, in PEM form, as `SSLContext.load_cert_chain` reads them."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = key.private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + _certificate(str(key.peer), key.peer, authority=False).public_bytes(Encoding.PEM)


def peer_of_certificate(der: bytes) -> PeerId:
    """Whose certificate this is.

    Raises:
        CertificateError: it holds no Ed25519 key.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = x509.load_der_x509_certificate(der).public_key()
    except Exception as error:
        raise CertificateError("what the peer showed is no certificate that can be read") from error
    if not isinstance(public, Ed25519PublicKey):
        raise CertificateError("the peer's certificate holds no Ed25519 key")
    return PeerId.of_public_key(public.public_bytes_raw())


def key_hash(peer: PeerId) -> bytes:
    """SHA-256 of a peer's public key as SubjectPublicKeyInfo, by which a login names the channel's ends."""
    # RFC 8410, section 4: SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING }
    return sha256(bytes.fromhex("302a300506032b6570032100") + peer.public_key).digest()
