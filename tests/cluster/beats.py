"""Unsigned heartbeats and named peers, for tests of what does not check signatures."""

from wetware.cluster.heartbeat import Heartbeat
from wetware.cluster.identity import PeerId


def peer(number):
    """Peers in the order of their numbers."""
    return PeerId.of_public_key(number.to_bytes(32, "big"))


def beat(number, seq=1, *, epoch=1, ttl=10_000, server=None, host="", meta=(), lag=0):
    server = number if server is None else server
    return Heartbeat(peer(number), epoch, seq, ttl, server, host, tuple(meta), lag)
