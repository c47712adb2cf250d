"""TLS 1.3 between two keys: both ends prove theirs, and each knows beforehand whose the other's is to be.

Rules that hold here:

1. A handshake names the peer that it expects, and fails with any other: the check stands inside the
   handshake, so no byte of a wrong peer reaches what lies above (test_the_wrong_peer_is_refused).
2. TLS 1.3 alone; no session tickets, so each connection proves its keys anew
   (test_what_is_negotiated).
3. The private key goes to OpenSSL through memory where the system can (Linux), and through a file of mode
   0600 that is removed at once where it cannot.

The named tests are in `tests/cluster/test_tls.py`. Source: RFC 8446.
"""

from __future__ import annotations

import contextlib
import os
import ssl
import tempfile
from typing import TYPE_CHECKING, Final

from wetware.cluster.certificate import (
    CertificateError,
    authority_pem,
    key_hash,
    node_pem,
    peer_of_certificate,
)
from wetware.cluster.login import Channel
from wetware.errors import InternalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wetware.capnp.vat import Connection
    from wetware.cluster.identity import NodeKey, PeerId

__all__ = ["Tls", "channel_of"]

_PROTOCOL: Final = "ww/1"


class _CheckedObject(ssl.SSLObject):
    """One end of a handshake, which ends well with the expected peer only."""

    context: _Context
    peer: PeerId | None = None

    def do_handshake(self) -> None:
        super().do_handshake()  # raises until the handshake is complete
        try:
            shown = self.getpeercert(binary_form=True)
            peer = peer_of_certificate(shown or b"")
        except CertificateError as error:
            raise ssl.SSLError(1, str(error)) from None
        expected = self.context.expected
        if peer != expected:
            raise ssl.SSLError(1, f"{peer} is at the other end, and not {expected}")
        self.peer = peer


class _Context(ssl.SSLContext):
    sslobject_class = _CheckedObject

    me: PeerId
    expected: PeerId


class Tls:
    """Makes the TLS contexts of one key."""

    __slots__ = ("_pem", "me")

    def __init__(self, key: NodeKey) -> None:
        self.me = key.peer
        self._pem = node_pem(key)

    def context(self, expected: PeerId, *, server: bool) -> ssl.SSLContext:
        """A context for one connection.

        Args:
            expected: who is to be at the other end.
            server: whether this end has accepted the connection.
        """
        context = _Context(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
        context.me, context.expected = self.me, expected
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False  # who the peer is follows from its key
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=authority_pem())
        context.set_alpn_protocols([_PROTOCOL])
        if server:
            context.num_tickets = 0
        with _as_file(self._pem) as path:
            context.load_cert_chain(path)
        return context

    def __repr__(self) -> str:
        return f"<Tls of {self.me}, its key hidden>"


def channel_of(connection: Connection) -> Channel:
    """The channel that a connection's handshake has made."""
    ssl_object = connection.extra("ssl_object")  # noqa: S610 - no Django here
    if not isinstance(ssl_object, _CheckedObject) or ssl_object.peer is None:
        raise InternalError("this connection has no checked handshake behind it")
    me, peer = ssl_object.context.me, ssl_object.peer
    return Channel(me, peer, key_hash(me), key_hash(peer))


@contextlib.contextmanager
def _as_file(content: bytes) -> Iterator[str]:
    """Content under a path, for a library that reads files only."""
    try:
        descriptor = os.memfd_create("ww", os.MFD_CLOEXEC)
        path = f"/proc/self/fd/{descriptor}"
        temporary = False
    except (AttributeError, OSError):
        descriptor, path = tempfile.mkstemp(prefix="ww-")
        temporary = True
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            yield path
    finally:
        if temporary:
            os.unlink(path)  # noqa: PTH108  # the path is text for OpenSSL
