"""The knock: what two ends say before TLS, so that a stranger learns only that a port is open.

    acceptor   -- 24 random bytes -------------------------------------------------->
    connector  <-- sealed: those, 24 of its own, its public key ---------------------
    acceptor   -- sealed: the connector's 24, its own public key, the connector's -->

Then TLS begins, in which each proves the key that it has named here.

Rules that hold here:

1. Who does not hold a key of the ring gets no byte in answer but the first 24
   (test_a_stranger_learns_nothing).
2. A knock names the connector's key, an answer both: passed on by somebody in between, it lets in nobody
   else than who made it (test_a_relayed_knock_lets_nobody_in).
3. A knock answers one challenge: recorded, it opens nothing (test_a_recorded_knock).
4. No I/O, no randomness: random bytes are passed in.

The named tests are in `tests/cluster/test_knock.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.cluster.clusterkey import OVERHEAD, SealError
from wetware.cluster.identity import KEY_BYTES, PeerId
from wetware.errors import RemoteError

if TYPE_CHECKING:
    from wetware.cluster.clusterkey import KeyRing

__all__ = [
    "ANSWER_BYTES",
    "CHALLENGE_BYTES",
    "KNOCK_BYTES",
    "KnockError",
    "answer",
    "knock",
    "open_answer",
    "open_knock",
]

CHALLENGE_BYTES: Final = 24
KNOCK_BYTES: Final = OVERHEAD + 2 * CHALLENGE_BYTES + KEY_BYTES
ANSWER_BYTES: Final = OVERHEAD + CHALLENGE_BYTES + 2 * KEY_BYTES


class KnockError(RemoteError):
    """What was said before TLS does not come from a holder of the key."""


def knock(ring: KeyRing, ns: str, challenge: bytes, mine: bytes, me: PeerId, nonce: bytes) -> bytes:
    """The connector's part.

    Args:
        ring: the keys.
        ns: the namespace; others do not open it.
        challenge: what the acceptor sent.
        mine: 24 random bytes, for the acceptor to answer.
        me: who connects.
        nonce: 24 random bytes.
    """
    return ring.seal(f"knock/{ns}", challenge + mine + me.public_key, nonce)


def open_knock(ring: KeyRing, ns: str, challenge: bytes, sealed: bytes) -> tuple[PeerId, bytes]:
    """Who knocks, and the challenge to answer.

    Raises:
        KnockError: nobody who holds the key and heard this challenge.
    """
    content = _open(ring, f"knock/{ns}", sealed)
    if len(content) != KNOCK_BYTES - OVERHEAD or content[:CHALLENGE_BYTES] != challenge:
        raise KnockError("the knock answers another challenge")
    return PeerId.of_public_key(content[2 * CHALLENGE_BYTES :]), content[
        CHALLENGE_BYTES : 2 * CHALLENGE_BYTES
    ]


def answer(ring: KeyRing, ns: str, challenge: bytes, me: PeerId, peer: PeerId, nonce: bytes) -> bytes:
    """The acceptor's answer to the knock of `peer`."""
    return ring.seal(f"answer/{ns}", challenge + me.public_key + peer.public_key, nonce)


def open_answer(ring: KeyRing, ns: str, challenge: bytes, me: PeerId, sealed: bytes) -> PeerId:
    """Who answers.

    Raises:
        KnockError: nobody who holds the key and heard this knock.
    """
    content = _open(ring, f"answer/{ns}", sealed)
    peer, asked = content[CHALLENGE_BYTES:-KEY_BYTES], content[-KEY_BYTES:]
    if content[:CHALLENGE_BYTES] != challenge or len(peer) != KEY_BYTES or asked != me.public_key:
        raise KnockError("the answer belongs to another knock")
    return PeerId.of_public_key(peer)


def _open(ring: KeyRing, purpose: str, sealed: bytes) -> bytes:
    try:
        return ring.open(purpose, sealed)
    except SealError as error:
        raise KnockError(str(error)) from None
