"""What `ww start` tells of the other nodes while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.cluster.messages import Joined, Left, Recovered, Superseded, Suspected, Updated
from wetware.services.placement import LOAD_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.cluster.identity import PeerId
    from wetware.services.cluster import Cluster

__all__ = ["tell"]

_WHY = {
    "dead": "is dead: nobody hears it",
    "left": "left",
    "expired": "was not heard in time",
}


async def tell(say: Callable[..., None], cluster: Cluster) -> None:
    """Tell what happens in the membership, until it ends.

    Args:
        say: is given the name of an event, words for people, and the event's facts.
        cluster: whose events these are.
    """
    said: dict[PeerId, tuple[str, tuple[str, ...]]] = {}
    async for event in cluster.events():
        match event:
            case Joined(peer):
                said[peer] = host, _ = _of_itself(cluster, peer)
                say("joined", f"{peer} joined ({host})", peer=str(peer), host=host)
            case Updated(peer, restarted):
                before, said[peer] = said.get(peer), _of_itself(cluster, peer)
                if restarted:
                    say("updated", f"{peer} was restarted", peer=str(peer), restarted=True)
                elif said[peer] != before:
                    words = ", ".join(said[peer][1])
                    say("updated", f"{peer} says of itself: {words}", peer=str(peer), restarted=False)
            case Suspected(peer):
                say("suspected", f"{peer} is silent", peer=str(peer))
            case Recovered(peer):
                say("recovered", f"{peer} is heard again", peer=str(peer))
            case Left(peer, why):
                said.pop(peer, None)
                say("left", f"{peer} {_WHY[why]}", peer=str(peer), why=why)
            case Superseded(epoch, 1):
                say("superseded", "an earlier start with this key had a clock that was ahead", epoch=epoch)


def _of_itself(cluster: Cluster, peer: PeerId) -> tuple[str, tuple[str, ...]]:
    """Give the host of a node and its `meta`, without its load: that is no news."""
    record = cluster.membership.record(peer)
    if record is None:
        return "", ()
    beat = record.beat
    return beat.host, tuple(entry for entry in beat.meta if entry.partition("=")[0] != LOAD_KEY)
