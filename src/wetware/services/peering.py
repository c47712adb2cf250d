"""What a node gives to another node of its cluster: `peering.capnp:Peering`.

Rules that hold here:

1. A peering belongs to the node that has logged in for it: what that node says of its processes is taken as
   its word, and as no other's.
2. Whom the other node introduces gets what the policy here grants to that account, and nothing of the node
   that introduces it (test_a_denied_account).

The named tests are in `tests/services/test_abroad.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wetware.capnp.exceptions import FailedError
from wetware.cluster.identity import PeerId
from wetware.schema.peering_capnp import Peering_Server
from wetware.services.facade import BytecodeFacade
from wetware.services.links import ForeignProcess, LinkEndServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.schema.core_capnp import Session_Builder
    from wetware.schema.peering_capnp import LinkEnd
    from wetware.services.facade import ProcessFacade
    from wetware.services.guests import Guests

__all__ = ["PeeringServer"]


class PeeringServer(Peering_Server):
    """What one other node is given.

    Args:
        guests: of this node.
        peer: the other node.
        session_for: the session of an account, as the policy has it; raises where it may not log in.
    """

    __slots__ = ("_guests", "_peer", "_session_for")

    def __init__(
        self, guests: Guests, peer: PeerId, session_for: Callable[[PeerId], Session_Builder]
    ) -> None:
        self._guests = guests
        self._peer = peer
        self._session_for = session_for

    async def session_for(self, *, account: Any, context: Any) -> Any:
        return {"session": self._session_for(PeerId(bytes(account)))}

    async def bytecode(self, *, context: Any) -> Any:
        return {"cache": BytecodeFacade(self._guests.bytecode)}

    async def process(self, *, reference: Any, context: Any) -> Any:
        process = self._addressed(reference).process
        end = LinkEndServer(self._guests.abroad.links, process, self._peer)
        return {"id": process.id, "pid": process.pid, "end": end}

    async def decide(
        self,
        *,
        reference: Any,
        linked: bool,
        id: int,  # noqa: A002 - the schema's name
        pid: int,
        end: LinkEnd,
        context: Any,
    ) -> Any:
        links = self._guests.abroad.links
        if not links.decides(self._peer):
            raise FailedError("it is the other node that decides about links between these two")
        process = self._addressed(reference).process
        await links.decide(process, ForeignProcess(self._peer.text, id, pid), end, linked=linked)

    async def offered(self, *, reference: Any, context: Any) -> Any:
        return {"capability": await self._guests.abroad.offered(bytes(reference))}

    def _addressed(self, reference: Any) -> ProcessFacade:
        found = self._guests.abroad.addressed(bytes(reference))
        if found is None:
            raise FailedError("there is no such process here, or nobody holds it any more")
        return found
