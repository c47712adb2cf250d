"""Login: how an account proves to a node that it stands at the other end of their channel.

    node     Login(channel, nonce)          -- challenge -->
    account                                     AccountSigner(key, channel).sign(challenge)
    node     login.finish(signed)           <-- envelope --

The challenge names both peers, and the SHA-256 of the public key that each end of the channel has proved in
the TLS handshake: the standard library offers no channel binding for TLS 1.3, and the two keys bind as well,
since a channel with other ends has another pair of keys.

Rules that hold here:

1. An account signs only a challenge that names the channel as the account itself sees it. So a node that
   passes another node's challenge on gets no signature (test_a_relayed_challenge_is_not_signed).
2. A node accepts only the signed form of the very bytes that it sent, on the channel it sent them on, made
   by the peer at its other end (test_attacks).
3. A challenge is good for one answer, right or wrong, and for a few seconds (test_single_use, test_expiry);
   its nonce has 16 bytes exactly (test_nonce_sizes).
4. A signer signs once, as the original's does.
5. No clock and no randomness: both are passed in. One attempt is one object: nothing is kept that attempts
   could fill.

The named tests are in `tests/cluster/test_login.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wetware.capnp.framing import frame
from wetware.capnp.segments import Limits
from wetware.cluster.envelope import MAX_PAYLOAD, EnvelopeError, Use, open_envelope, seal
from wetware.errors import ClosedError, LocalError, RemoteError, WetwareError
from wetware.schema.cluster_capnp import Challenge

if TYPE_CHECKING:
    from wetware.cluster.identity import NodeKey, PeerId

__all__ = ["LOGIN_TIMEOUT", "NONCE_BYTES", "AccountSigner", "Channel", "Login", "LoginError"]

NONCE_BYTES: Final = 16
LOGIN_TIMEOUT: Final = 5.0
"""Seconds that an account has for its answer."""

_KEY_HASH_BYTES: Final = 32
# the original's domain, and a payload type that only these bound challenges have
LOGIN: Final = Use("ww.auth", b"\xde\xea\x01")
_LIMITS: Final = Limits(traversal_words=1024, nesting=4, segments=1, message_bytes=MAX_PAYLOAD)


class LoginError(RemoteError):
    """The other side's challenge or answer is not one of this login."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A secured connection, as one end sees it.

    Attributes:
        local: the peer at this end.
        remote: the peer at the other end, checked in the handshake.
        local_key: SHA-256 of the public key (SubjectPublicKeyInfo) that this end proved in the handshake.
        remote_key: the same of the other end.
    """

    local: PeerId
    remote: PeerId
    local_key: bytes
    remote_key: bytes

    def __post_init__(self) -> None:
        if len(self.local_key) != _KEY_HASH_BYTES or len(self.remote_key) != _KEY_HASH_BYTES:
            raise LocalError(f"a channel names its keys by hashes of {_KEY_HASH_BYTES} bytes")


class Login:
    """One login, at the node's end.

    Attributes:
        challenge: what the account is asked to sign.
        channel: the channel it is for, as the node sees it.
    """

    __slots__ = ("_deadline", "_used", "challenge", "channel")

    def __init__(self, channel: Channel, nonce: bytes, now: float, timeout: float = LOGIN_TIMEOUT) -> None:
        """Begin.

        Args:
            channel: where the account is asked.
            nonce: 16 random bytes, drawn for this login.
            now: monotonic time in seconds.
            timeout: seconds that the account has.
        """
        if len(nonce) != NONCE_BYTES:
            raise LocalError(f"a nonce has {NONCE_BYTES} bytes, not {len(nonce)}")
        self.channel = channel
        self.challenge = bytes(
            frame(
                Challenge.new(
                    nonce=nonce,
                    server=channel.local.binary,
                    client=channel.remote.binary,
                    server_key=channel.local_key,
                    client_key=channel.remote_key,
                )
            )
        )
        self._deadline = now + timeout
        self._used = False

    def finish(self, signed: bytes, now: float) -> PeerId:
        """Check the account's answer, once.

        Returns:
            The account.

        Raises:
            LoginError: the answer is late, or not this challenge signed by the peer at the other end.
            ClosedError: there was an answer already.
        """
        if self._used:
            raise ClosedError("this login has had its answer: begin another")
        self._used = True
        if not len(signed):
            raise LoginError("the account did not sign: it holds no key, or does not trust this channel")
        if now >= self._deadline:
            raise LoginError("the account's answer came too late: log in again")
        try:
            opened = open_envelope(signed, LOGIN)
        except EnvelopeError as error:
            raise LoginError(f"the account's answer is no signed challenge: {error}") from None
        if opened.payload != self.challenge:
            raise LoginError("the account signed something else than this login's challenge")
        if opened.peer != self.channel.remote:
            raise LoginError(
                f"{opened.peer} signed, and {self.channel.remote} is at the other end of the channel"
            )
        return opened.peer


class AccountSigner:
    """An account, at its own end of one channel. It signs one challenge.

    Attributes:
        channel: the channel that the account logs in on, as the account sees it.
    """

    __slots__ = ("_key", "channel")

    def __init__(self, key: NodeKey, channel: Channel) -> None:
        if key.peer != channel.local:
            raise LocalError("an account logs in on channels of its own key only")
        self._key: NodeKey | None = key
        self.channel = channel

    def sign(self, challenge: bytes) -> bytes:
        """Sign a node's challenge.

        Raises:
            LoginError: it is none, or is for another channel: nothing was signed.
            ClosedError: this signer has signed already.
        """
        key = self._key
        if key is None:
            raise ClosedError("this signer has signed already: a login takes a new one")
        _check(bytes(challenge), self.channel)
        self._key = None
        return seal(key, LOGIN, bytes(challenge))

    def __repr__(self) -> str:
        return f"<AccountSigner of {self.channel.local} to {self.channel.remote}>"


def _check(challenge: bytes, channel: Channel) -> None:
    """See that a challenge is one for this channel."""
    if len(challenge) > MAX_PAYLOAD:
        raise LoginError(f"a challenge of {len(challenge)} bytes is none: {MAX_PAYLOAD} are the most")
    try:
        read = Challenge.read(challenge, _LIMITS)
        nonce, server, client = bytes(read.nonce), bytes(read.server), bytes(read.client)
        keys = bytes(read.server_key), bytes(read.client_key)
    except WetwareError:
        raise LoginError("what the node sent is no challenge") from None
    if len(nonce) != NONCE_BYTES:
        raise LoginError(f"the challenge's nonce has {len(nonce)} bytes, not {NONCE_BYTES}")
    if server != channel.remote.binary:
        raise LoginError("the challenge comes from another node than this channel: it was passed on")
    if client != channel.local.binary:
        raise LoginError("the challenge is meant for another account")
    if keys != (channel.remote_key, channel.local_key):
        raise LoginError("the challenge belongs to another channel: somebody stands between the two ends")
