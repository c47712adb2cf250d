"""Who is a member, in a form that two nodes can compare: a hash for each part of the key space.

Rules that hold here:

1. Equal digests mean equal members (peer and boot epoch); sequence numbers are left out, since they differ
   all the time.
2. The hash of a part is the exclusive or of its members' hashes: a change costs one hash, whatever the size
   (`tests/cluster/test_antientropy.py`).
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from wetware.cluster.messages import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from wetware.cluster.identity import PeerId
    from wetware.cluster.messages import Digest

__all__ = ["BUCKETS", "MAX_KNOWN", "Parts", "bucket_of", "is_comparable"]

BUCKETS: Final = 64
MAX_KNOWN: Final = 512
"""Members listed in one message."""


def bucket_of(peer: PeerId) -> int:
    """The part of the key space that a peer belongs to."""
    return peer.binary[-1] % BUCKETS


def is_comparable(buckets: Sequence[int]) -> bool:
    """Whether these are parts of the key space, each of them once."""
    return all(bucket < BUCKETS for bucket in buckets) and len(set(buckets)) == len(buckets)


class Parts:
    """The members by part, with the hash of each."""

    __slots__ = ("_hashes", "_members")

    def __init__(self) -> None:
        self._hashes = [0] * BUCKETS
        self._members: list[dict[PeerId, int]] = [{} for _ in range(BUCKETS)]

    def put(self, peer: PeerId, epoch: int) -> None:
        """Add a member, or give it a newer epoch."""
        members = self._members[bucket_of(peer)]
        if members.get(peer) != epoch:
            self.discard(peer)
            members[peer] = epoch
            self._hashes[bucket_of(peer)] ^= _hash(peer, epoch)

    def discard(self, peer: PeerId) -> None:
        """Take a member out."""
        epoch = self._members[bucket_of(peer)].pop(peer, None)
        if epoch is not None:
            self._hashes[bucket_of(peer)] ^= _hash(peer, epoch)

    @property
    def hashes(self) -> tuple[int, ...]:
        """The hash of each part."""
        return tuple(self._hashes)

    def differing(self, hashes: tuple[int, ...]) -> list[int]:
        """The parts in which another node's hashes differ from these."""
        return [bucket for bucket, own in enumerate(self._hashes) if own != hashes[bucket]]

    def compare(self, digest: Digest, random: Random) -> Known | None:
        """What to tell a node whose digest this is: the members of parts that differ, if any do."""
        if len(digest.buckets) != BUCKETS:
            return None
        differing = self.differing(digest.buckets)
        random.shuffle(differing)
        listed: list[int] = []
        count = 0
        for bucket in differing:
            count += self.size(bucket)
            if listed and count > MAX_KNOWN:
                break
            listed.append(bucket)
        return Known(tuple(listed), tuple(self.members(listed).items())) if listed else None

    def members(self, buckets: Iterable[int]) -> dict[PeerId, int]:
        """The members of some parts, with their epochs."""
        found: dict[PeerId, int] = {}
        for bucket in buckets:
            found.update(self._members[bucket])
        return found

    def size(self, bucket: int) -> int:
        """How many members a part has."""
        return len(self._members[bucket])


def _hash(peer: PeerId, epoch: int) -> int:
    return int.from_bytes(blake2b(peer.binary + epoch.to_bytes(8, "big"), digest_size=8).digest(), "big")
