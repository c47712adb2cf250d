"""TLS by keys: who is at the other end is checked inside the handshake. Two ends in memory, no sockets."""

import datetime as dt
import ssl
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from doors import key

from wetware.cluster.certificate import (
    CertificateError,
    authority_pem,
    key_hash,
    node_pem,
    peer_of_certificate,
)
from wetware.cluster.tls import Tls

ANNA, BERT, ROGUE = key(1), key(2), key(3)


class Handshake:
    """Two ends that pass bytes to each other."""

    def __init__(self, client, server):
        self.ends = []
        for context, is_server in ((client, False), (server, True)):
            incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            self.ends.append(
                (context.wrap_bio(incoming, outgoing, server_side=is_server), incoming, outgoing)
            )

    def run(self):
        """Drive both ends until neither has anything to say; the errors are left to the caller."""
        done = [False, False]
        for _ in range(10):
            for at, (end, _, outgoing) in enumerate(self.ends):
                if not done[at]:
                    try:
                        end.do_handshake()
                        done[at] = True
                    except ssl.SSLWantReadError:
                        pass
                other = self.ends[1 - at]
                other[1].write(outgoing.read())
            if all(done):
                return [end for end, _, _ in self.ends]
        raise AssertionError("the handshake does not end")


def shake(client=ANNA, server=BERT, *, client_expects=BERT, server_expects=ANNA):
    return Handshake(
        Tls(client).context(client_expects.peer, server=False),
        Tls(server).context(server_expects.peer, server=True),
    ).run()


def test_both_ends_know_each_other():
    client, server = shake()
    assert client.peer == BERT.peer
    assert server.peer == ANNA.peer


def test_what_is_negotiated():
    client, server = shake()
    assert client.version() == server.version() == "TLSv1.3"
    assert client.selected_alpn_protocol() == "ww/1"
    assert server.context.num_tickets == 0


def test_the_wrong_peer_is_refused():
    with pytest.raises(ssl.SSLError, match="and not"):
        shake(server=ROGUE)
    with pytest.raises(ssl.SSLError, match="and not"):
        shake(client=ROGUE)


def test_a_client_that_is_deceived_shows_nothing():
    """It ends the handshake before its own certificate has left it."""
    client = Tls(ANNA).context(BERT.peer, server=False)
    handshake = Handshake(client, Tls(ROGUE).context(ANNA.peer, server=True))
    with pytest.raises(ssl.SSLError, match="and not"):
        handshake.run()


def plain(pem, path, *, server, verify=ssl.CERT_REQUIRED):
    """A context that checks no peer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = verify
    context.load_verify_locations(cadata=authority_pem())
    if pem:
        path.write_bytes(pem)
        context.load_cert_chain(path)
    return context


def test_who_shows_no_certificate(tmp_path):
    with pytest.raises(ssl.SSLError):
        Handshake(plain(b"", tmp_path / "x", server=False), Tls(BERT).context(ANNA.peer, server=True)).run()


def test_anothers_certificate_is_of_no_use(tmp_path):
    """The certificate is no secret; it does not load without its key."""
    mine, theirs = node_pem(ROGUE), node_pem(ANNA)
    mixed = mine[: mine.index(b"-----BEGIN CERT")] + theirs[theirs.index(b"-----BEGIN CERT") :]
    with pytest.raises(ssl.SSLError, match="KEY_VALUES_MISMATCH"):
        plain(mixed, tmp_path / "x", server=False)


def self_made(private, subject="x"):
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)])
    now = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    builder = builder.not_valid_before(now).not_valid_after(now.replace(year=2090))
    return builder.public_key(private.public_key())


def test_a_certificate_that_the_null_authority_did_not_sign(tmp_path):
    private = ANNA.private_key()
    certificate = self_made(private).sign(private, None)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    client = plain(pem + certificate.public_bytes(Encoding.PEM), tmp_path / "x", server=False)
    with pytest.raises(ssl.SSLError):
        Handshake(client, Tls(BERT).context(ANNA.peer, server=True)).run()


def test_certificates_of_other_kinds():
    private = ec.generate_private_key(ec.SECP256R1())
    from cryptography.hazmat.primitives.hashes import SHA256

    certificate = self_made(private).sign(private, SHA256())
    with pytest.raises(CertificateError, match="no Ed25519 key"):
        peer_of_certificate(certificate.public_bytes(Encoding.DER))
    for junk in (b"", b"junk", b"\x30\x80" + bytes(100)):
        with pytest.raises(CertificateError, match="can be read"):
            peer_of_certificate(junk)


def test_the_hash_of_a_key():
    der = ANNA.private_key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert key_hash(ANNA.peer) == sha256(der).digest()


def test_certificates_are_strictly_formed():
    """As RFC 5280 and OpenSSL's strict checks want them, and valid whatever the clock says."""
    pem = node_pem(ANNA)
    certificate = x509.load_pem_x509_certificate(pem[pem.index(b"-----BEGIN CERT") :])
    assert certificate.not_valid_before_utc.year == 2000
    assert certificate.not_valid_after_utc.year == 9999
    context = Tls(ANNA).context(BERT.peer, server=False)
    other = Tls(BERT).context(ANNA.peer, server=True)
    for one in (context, other):
        one.verify_flags |= ssl.VERIFY_X509_STRICT
    Handshake(context, other).run()


def test_nothing_of_the_key_is_shown():
    assert "hidden" in repr(Tls(ANNA))
