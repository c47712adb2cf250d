"""Processes that may run on any node of a cluster, and move on when theirs is lost.

    seen = Seen(node)                                   # the cluster, through one of its nodes
    worker = Roaming(seen, "worker.wasm", where=["gpu=yes"])
    async with Supervisor([Child("worker", worker)]):   # or: process = await worker()
        ...

Rules that hold here:

1. Each start looks anew at who is there, and takes the least loaded node that fits; what was started through
   the same `Seen` counts as load that the node has not told of yet (test_many_are_spread).
2. A node where the last process was lost, or that did not answer, is asked last: another one goes first
   (test_restarted_on_another_node).
3. What was lost may still run where nobody reaches it; it ends there as soon as that node finds that nobody
   holds it (`tenancy.py`). So for that time there may be two.
"""

from __future__ import annotations

import weakref
from collections import Counter
from typing import TYPE_CHECKING, Any

from wetware.errors import BrokenError, LimitError, RemoteError, WetwareError
from wetware.process.reasons import NodeLost
from wetware.schema.cluster_capnp import View_Handler_Server
from wetware.services.placement import Candidate, here, least_loaded, matching
from wetware.services.remote import RemoteNode

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from wetware.schema.cluster_capnp import View_Record
    from wetware.services.placement import Condition
    from wetware.services.remote import RemoteProcess
    from wetware.wasm.cid import Cid

__all__ = ["Roaming", "Seen"]


class Seen:
    """A cluster, as one of its nodes sees it.

    Args:
        node: the node, of which a view and an executor of the whole were granted.
    """

    def __init__(self, node: RemoteNode) -> None:
        self._node = node
        self._dialled: dict[str, RemoteNode] = {}
        self._started: weakref.WeakSet[RemoteProcess] = weakref.WeakSet()

    async def nodes(self) -> list[Candidate]:
        """All nodes."""
        collected = _Collected()
        await self._node.ask(
            self._node.session.view.iter(handler=collected, selector={"all": True}, constraints=[])
        )
        return [Candidate.of_record(record) for record in collected.records]

    async def at(self, peer: str) -> RemoteNode:
        """One of them, dialled when it is first needed.

        Args:
            peer: its peer id, or the end of it.

        Raises:
            NoNodeError: there is none, or more than one.
            RemoteError, BrokenError: it does not let this account in, or cannot be reached.
        """
        if peer not in self._dialled:
            peer = here(await self.nodes(), peer).peer
        if peer not in self._dialled:
            dialled = await self._node.dial(peer)
            self._dialled[peer] = self._node if dialled is None else dialled
        return self._dialled[peer]

    def started(self, process: RemoteProcess) -> None:
        """Something was placed."""
        self._started.add(process)

    def placed(self) -> Counter[str]:
        """How many of those run on each node, as far as is known here."""
        return Counter(process.node.peer for process in self._started if process.reason is None)

    def forget(self, peer: str) -> None:
        """Dial it anew next time."""
        self._dialled.pop(peer, None)


class _Collected(View_Handler_Server):
    __slots__ = ("records",)

    def __init__(self) -> None:
        self.records: list[View_Record] = []

    async def recv(self, *, record: View_Record, context: Any) -> None:
        self.records.append(record)


class Roaming:
    """Starts a program wherever it fits best; called, it gives the new process.

    Args:
        seen: the cluster.
        program: as `RemoteNode.spawn` takes it.
        where: what its node is to be (see `placement.Condition`).
        spawn: what else `RemoteNode.spawn` is told.

    Attributes:
        process: the last one that was started.
    """

    def __init__(
        self,
        seen: Seen,
        program: bytes | str | os.PathLike[str] | Cid,
        *,
        where: Sequence[Condition | str] = (),
        **spawn: Any,
    ) -> None:
        self._seen = seen
        self._program = program
        self._where = where
        self._spawn = spawn
        self._avoided: list[str] = []
        self.process: RemoteProcess | None = None

    async def __call__(self) -> RemoteProcess:
        """Start it.

        Raises:
            NoNodeError: no node fits.
            BrokenError: none of those that fit could be reached; the message says how each failed.
        """
        last = self.process
        if last is not None and isinstance(last.reason, NodeLost):
            self._avoid(last.node.peer)
        left = matching(await self._seen.nodes(), self._where)
        failed: list[str] = []
        while left:
            fresh = [node for node in left if node.peer not in self._avoided]
            placed = self._seen.placed()
            chosen = least_loaded(fresh, placed) if fresh else min(left, key=self._avoided_since)
            try:
                node = await self._seen.at(chosen.peer)
            except (BrokenError, RemoteError) as error:
                self._note(failed, left, chosen, error)
                continue
            try:
                self.process = await node.spawn(self._program, **self._spawn)
            except (BrokenError, LimitError) as error:  # any other refusal would be every node's
                self._note(failed, left, chosen, error)
                continue
            if chosen.peer in self._avoided:
                self._avoided.remove(chosen.peer)
            self._seen.started(self.process)
            return self.process
        raise BrokenError(f"no node of {len(failed)} runs it: {'; '.join(failed[:8])}")

    def _note(self, failed: list[str], left: list[Candidate], node: Candidate, error: WetwareError) -> None:
        """A node does not run it."""
        failed.append(f"{node.peer}: {error}")
        left.remove(node)
        self._avoid(node.peer)

    def _avoid(self, peer: str) -> None:
        self._seen.forget(peer)
        if peer in self._avoided:
            self._avoided.remove(peer)
        self._avoided.append(peer)

    def _avoided_since(self, node: Candidate) -> int:
        return self._avoided.index(node.peer)
