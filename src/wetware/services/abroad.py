"""A node's dealings with the other nodes of its cluster.

Rules that hold here:

1. A node acts towards others for an account, and never for itself where somebody else has asked: whom a guest
   or a client dials decides about that account (test_a_dialled_session_is_the_callers).
2. A process is found from elsewhere by a reference that nobody can guess, and only while somebody holds it
   (test_a_reference_lasts_as_long_as_its_holder).
3. What is introduced here is reached over this node's own connection, and lasts when whoever asked has gone
   (`test_introductions.py`). It holds no process: processes that know each other would
   keep each other alive for ever.
4. Outside a cluster there is nobody to deal with, and everything here says so.

The named tests are in `tests/services/test_abroad.py`.
"""

from __future__ import annotations

import secrets
import weakref
from typing import TYPE_CHECKING, Any, Protocol

from wetware.capnp.exceptions import FailedError, UnimplementedError
from wetware.cluster.identity import PeerId
from wetware.services.fetch import Fetcher
from wetware.services.links import Links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp.client import Client
    from wetware.schema.core_capnp import Session
    from wetware.schema.peering_capnp import Peering
    from wetware.schema.process_capnp import BytecodeCache
    from wetware.schema.process_capnp import Process as ProcessClient
    from wetware.services.executor import Executor
    from wetware.services.facade import ProcessFacade
    from wetware.services.guests import Runs
    from wetware.wasm.cid import Cid

__all__ = ["Abroad", "Neighbours"]


class Neighbours(Protocol):
    """The cluster, as a node sees it.

    Attributes:
        me: this node.
    """

    me: PeerId

    def others(self) -> Sequence[PeerId]:
        """The other nodes."""

    async def peering(self, peer: PeerId) -> Peering:
        """What another node gives to this one, over a connection that all share.

        Raises:
            BrokenError: it cannot be reached; the message says what was tried.
            RemoteError: its policy does not take this node for one of its cluster.
        """


class Abroad:
    """What a node knows of other nodes, and what they know of it.

    Attributes:
        neighbours: the cluster; None where the node is in none.
        links: the links between processes here and elsewhere.
    """

    def __init__(self, executor: Executor, run: Runs) -> None:
        self.neighbours: Neighbours | None = None
        self.links = Links(executor, self, run)
        self._fetcher = Fetcher()
        self._references: weakref.WeakKeyDictionary[ProcessFacade, bytes] = weakref.WeakKeyDictionary()
        self._addressed: weakref.WeakValueDictionary[bytes, ProcessFacade] = weakref.WeakValueDictionary()

    # --- the cluster ---
    def join(self, neighbours: Neighbours) -> None:
        """This node is in a cluster from now on."""
        self.neighbours = self._fetcher.neighbours = neighbours

    def leave(self) -> None:
        """This node is in no cluster any more."""
        self.neighbours = self._fetcher.neighbours = None

    @property
    def name(self) -> str:
        """The peer id of this node; empty where it is in no cluster."""
        return "" if self.neighbours is None else self.neighbours.me.text

    @property
    def cluster(self) -> Neighbours:
        """The cluster. Raises `UnimplementedError` where there is none."""
        if self.neighbours is None:
            raise UnimplementedError("this node is in no cluster: it knows no other node")
        return self.neighbours

    async def session_at(self, peer: PeerId, account: PeerId | None) -> Session:
        """The session that another node gives to an account; None is this node's own.

        Raises:
            BrokenError: the node cannot be reached; the message says what was tried.
            RemoteError: it does not let the account in, or does not let this node introduce anybody.
        """
        cluster = self.cluster
        peering = await cluster.peering(peer)
        return (await peering.session_for(account=(account or cluster.me).binary)).session

    # --- processes of this node ---
    def address_of(self, process: ProcessFacade) -> dict[str, Any]:
        """Where another node finds a process of this one (`Process.address`)."""
        reference = self._references.get(process)
        if reference is None:
            reference = self._references[process] = secrets.token_bytes(16)
            self._addressed[reference] = process
        node = b"" if self.neighbours is None else self.neighbours.me.binary
        return {"node": node, "reference": reference, "pid": process.process.pid}

    def addressed(self, reference: bytes) -> ProcessFacade | None:
        """The process of a reference."""
        return self._addressed.get(reference)

    # --- what programs offer ---
    async def introduce(self, process: ProcessClient) -> Client:
        """What the program of a process offers, of whichever node, reached from this one.

        Raises:
            RemoteError: it has ended, or is none of the cluster's processes.
            BrokenError: its node cannot be reached.
        """
        address = await process.address()
        node, reference = bytes(address.node), bytes(address.reference)
        if node == (b"" if self.neighbours is None else self.neighbours.me.binary):
            return await self.offered(reference)
        peering = await self.cluster.peering(PeerId(node))
        return (await peering.offered(reference=reference)).capability

    async def offered(self, reference: bytes) -> Client:
        """What a process of this node offers. Raises as `introduce`."""
        found = self.addressed(reference)
        if found is None:
            raise FailedError("there is no such process here, or nobody holds it any more")
        return await found.process.capability()

    # --- programs ---
    async def fetch(self, cid: Cid, source: BytecodeCache | None = None) -> bytes:
        """The bytes of a program that is not here, from `source` or from whoever has it (see `Fetcher`)."""
        return await self._fetcher.fetch(cid, source)

    async def close(self) -> None:
        """After the executor: nothing is asked any more."""
        await self._fetcher.close()
        self.leave()
