"""The knock: what two ends say before TLS, so that a stranger learns only that a port is open.

    acceptor   -- 24 random bytes -------------------------------------------------->
    connector  <-- sealed: those, 24 of its own, its public key and instance --------
    acceptor   -- sealed: the connector's 24, its public key and instance,
                  the connector's public key ---------------------------------------->

Then TLS begins, in which each proves the key that it has named here. The instance is a number that each
start of a node draws (the `server` of its heartbeats), so that a connection is known to lead to that start.

Rules that hold here:

1. Who does not hold a key of the ring gets no byte in answer but the first 24
   (test_a_stranger_learns_nothing).
2. A knock names the connector's key, an answer both: passed on by somebody in between, it lets in nobody
   else than who made it (test_a_relayed_knock_lets_nobody_in).
3. An answer is sealed with the key of the knock: the connector may have no other
   (test_the_answer_comes_under_the_same_key).
4. A knock answers one challenge: recorded, it opens nothing (test_a_recorded_knock).
5. No I/O, no randomness: random bytes are passed in.

The named tests are in `tests/cluster/test_knock.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    "End",
    "KnockError",
    "answer",
    "knock",
    "open_answer",
    "open_knock",
]

CHALLENGE_BYTES: Final = 24
_INSTANCE_BYTES: Final = 8
_END_BYTES: Final = KEY_BYTES + _INSTANCE_BYTES
KNOCK_BYTES: Final = OVERHEAD + 2 * CHALLENGE_BYTES + _END_BYTES
ANSWER_BYTES: Final = OVERHEAD + CHALLENGE_BYTES + _END_BYTES + KEY_BYTES


@dataclass(frozen=True, slots=True)
class End:
    """One end of a connection to be.

    Attributes:
        peer: whose it is.
        instance: the number of its start.
    """

    peer: PeerId
    instance: int

    def to_bytes(self) -> bytes:
        """As a knock and its answer hold it."""
        return self.peer.public_key + self.instance.to_bytes(_INSTANCE_BYTES, "big")

    @classmethod
    def read(cls, content: bytes) -> End:
        """Read what `to_bytes` wrote."""
        return cls(PeerId.of_public_key(content[:KEY_BYTES]), int.from_bytes(content[KEY_BYTES:], "big"))


class KnockError(RemoteError):
    """What was said before TLS does not come from a holder of the key."""


def knock(ring: KeyRing, ns: str, challenge: bytes, mine: bytes, me: End, nonce: bytes) -> bytes:
    """The connector's part.

    Args:
        ring: the keys.
        ns: the namespace; others do not open it.
        challenge: what the acceptor sent.
        mine: 24 random bytes, for the acceptor to answer.
        me: who connects.
        nonce: 24 random bytes.
    """
    return ring.seal(f"knock/{ns}", challenge + mine + me.to_bytes(), nonce)


def open_knock(ring: KeyRing, ns: str, challenge: bytes, sealed: bytes) -> tuple[End, bytes]:
    """Who knocks, and the challenge to answer.

    Raises:
        KnockError: nobody who holds the key and heard this challenge.
    """
    content = _open(ring, f"knock/{ns}", sealed)
    if len(content) != KNOCK_BYTES - OVERHEAD or content[:CHALLENGE_BYTES] != challenge:
        raise KnockError("the knock answers another challenge")
    return End.read(content[2 * CHALLENGE_BYTES :]), content[CHALLENGE_BYTES : 2 * CHALLENGE_BYTES]


def answer(ring: KeyRing, ns: str, challenge: bytes, me: End, peer: PeerId, nonce: bytes) -> bytes:
    """The acceptor's answer to the knock of `peer`; `ring` is `KeyRing.like` that knock."""
    return ring.seal(f"answer/{ns}", challenge + me.to_bytes() + peer.public_key, nonce)


def open_answer(ring: KeyRing, ns: str, challenge: bytes, me: PeerId, sealed: bytes) -> End:
    """Who answers.

    Raises:
        KnockError: nobody who holds the key and heard this knock.
    """
    content = _open(ring, f"answer/{ns}", sealed)
    theirs, asked = content[CHALLENGE_BYTES:-KEY_BYTES], content[-KEY_BYTES:]
    if content[:CHALLENGE_BYTES] != challenge or len(theirs) != _END_BYTES or asked != me.public_key:
        raise KnockError("the answer belongs to another knock")
    return End.read(theirs)


def _open(ring: KeyRing, purpose: str, sealed: bytes) -> bytes:
    try:
        return ring.open(purpose, sealed)
    except SealError as error:
        raise KnockError(str(error)) from None
