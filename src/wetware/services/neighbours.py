"""The cluster as a node's guests need it: the other nodes, and what each of them gives to this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.client import hook_of
from wetware.errors import RemoteError
from wetware.schema.peering_capnp import Peering
from wetware.schema.relay_capnp import Relay
from wetware.services.relay import RELAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wetware.capnp.hooks import Hook
    from wetware.cluster.identity import PeerId
    from wetware.cluster.peers import Peers

__all__ = ["PEERING", "ClusterNeighbours"]

PEERING = "peering"
"""What a session's peering is called, and a policy's grant of it."""


class ClusterNeighbours:
    """The other nodes, over the connections that all of a node shares.

    Args:
        me: this node.
        peers: its connections.
        members: all nodes that it knows.
    """

    def __init__(self, me: PeerId, peers: Peers, members: Callable[[], Iterable[PeerId]]) -> None:
        self.me = me
        self._peers = peers
        self._members = members

    def others(self) -> list[PeerId]:
        """The other nodes."""
        return [peer for peer in self._members() if peer != self.me]

    async def peering(self, peer: PeerId) -> Peering:
        """What another node gives to this one.

        Raises:
            UnreachableError: it cannot be reached; the message says what was tried.
            RemoteError: its policy does not take this node for one of its cluster.
        """
        return Peering(await self._extra(peer, PEERING))

    async def relay(self, peer: PeerId) -> Relay:
        """Where another node is told what this one wants of what it publishes. Raises as `peering`."""
        return Relay(await self._extra(peer, RELAY))

    async def _extra(self, peer: PeerId, name: str) -> Hook | None:
        session = await self._peers.session(peer)
        for extra in session.extra:
            if extra.name == name:
                return hook_of(extra.client)
        raise RemoteError(f"{peer} does not take {self.me} for a node: its policy has to grant it {name!r}")
