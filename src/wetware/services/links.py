"""Links between processes of different nodes.

Each node keeps its half of a link in its process table, and watches the other process through a witness over
the connection on which the link was made. So the end of a process, of a node and of a connection are the same
to it: the witness answers, or fails.

Rules that hold here:

1. Nobody waits for anybody: a half is made by one call that is answered at once. So links that cross each
   other, in any number, cannot block each other (test_crossing_links).
2. A half is made at the other node first: once the answer is here, both are. Where this node's half is then
   refused, the other one is undone (test_a_refused_half_is_undone).
3. To link with a process that cannot be reached is to link with one that has ended: whether its half was made
   is not known then (test_a_link_with_what_cannot_be_reached).
4. What a process elsewhere is called is its own node's word, given over a connection that proves the node: no
   capability can pass for another node's process (test_a_false_process).
5. What is asked for two processes one after the other is done in that order. A link and an unlink of the same
   two that are under way at the same time may leave one half: of the two ends, one ends the other then.
6. A witness gives no power and no hold: a link keeps nobody's process from being abandoned
   (test_a_link_holds_nobody).

The named tests are in `tests/services/test_abroad.py`.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.exceptions import FailedError, UnimplementedError
from wetware.cluster.identity import PeerId
from wetware.errors import BrokenError, ClosedError, WetwareError
from wetware.process.reasons import Linked, NodeLost
from wetware.process.stimuli import (
    CancelMonitor,
    ForeignEnded,
    Kill,
    Link,
    LinkForeign,
    Monitor,
    Unlink,
    UnlinkForeign,
)
from wetware.schema.peering_capnp import Witness_Server
from wetware.services.wire import reason_fields, reason_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wetware.process.entry import Entry
    from wetware.process.reasons import ExitReason
    from wetware.schema.peering_capnp import Witness
    from wetware.schema.process_capnp import Process as ProcessClient
    from wetware.services.abroad import Abroad
    from wetware.services.executor import Executor
    from wetware.services.facade import ProcessFacade
    from wetware.services.guests import Runs
    from wetware.services.process import Process

__all__ = ["ForeignProcess", "Links", "WitnessServer"]

log: Final = logging.getLogger("wetware.services")


@dataclass(frozen=True, slots=True)
class ForeignProcess:
    """The name of a process of another node.

    Attributes:
        node: the node's peer id.
        id: the process's id, which that node has told.
        pid: its number there, for people.
    """

    node: str
    id: int
    pid: int = field(compare=False)

    def __str__(self) -> str:
        return f"{self.pid}@{self.node}"


class Links:
    """The halves of one node."""

    def __init__(self, executor: Executor, abroad: Abroad, run: Runs) -> None:
        self._executor = executor
        self._abroad = abroad
        self._run = run
        self._watches: dict[Hashable, asyncio.Task[None]] = {}
        executor.ended_for = self._ended_for

    # --- from here ---
    async def link(self, mine: ProcessFacade, other: ProcessClient) -> None:
        """Link a process of this node with one that is another's, for all this node can see.

        Raises:
            RemoteError: the other one is no process of the cluster; its node refuses.
            LimitError: one of the two has too many links.
        """
        process, by = mine.process, mine.by
        if by is not None and not by.live:
            return  # what an ending process asks for has no effect
        name = "?"
        try:
            address = await other.address()
            node, reference = bytes(address.node), bytes(address.reference)
            if home := self._home(node, reference):
                self._executor.apply(Link(process.entry, home.process.entry, by))
                return
            peer = PeerId(node)
            name = f"{address.pid}@{peer}"
            peering = await self._abroad.cluster.peering(peer)
            half = await peering.link(
                reference=reference, id=process.id, pid=process.pid, witness=WitnessServer(process)
            )
        except BrokenError as error:
            log.info("process %d is linked with process %s, which is lost: %s", process.pid, name, error)
            self._executor.apply(Kill(process.entry, Linked(name, name, lost=True), by))
            return
        try:
            self.make(process, ForeignProcess(peer.text, half.id, half.pid), half.witness, by)
        except WetwareError:
            await peering.unlink(reference=reference, id=process.id)
            raise

    async def unlink(self, mine: ProcessFacade, other: ProcessClient) -> None:
        """Undo it. Once this returns, the end of neither has an effect on the other."""
        process, by = mine.process, mine.by
        if by is not None and not by.live:
            return
        address = await other.address()
        node, reference = bytes(address.node), bytes(address.reference)
        if home := self._home(node, reference):
            self._executor.apply(Unlink(process.entry, home.process.entry, by))
            return
        peer = PeerId(node)
        peering = await self._abroad.cluster.peering(peer)
        theirs = await peering.unlink(reference=reference, id=process.id)
        self.undo(process, ForeignProcess(peer.text, theirs.id, address.pid), by)

    def _home(self, node: bytes, reference: bytes) -> ProcessFacade | None:
        """The process, where it is one of this node after all: it came home by way of others."""
        cluster = self._abroad.neighbours
        if cluster is None or not node:
            raise UnimplementedError("processes of two nodes are linked only where both are in one cluster")
        if node != cluster.me.binary:
            return None
        found = self._abroad.addressed(reference)
        if found is None:
            raise FailedError("this is no process of this node, or nobody holds it any more")
        return found

    # --- halves ---
    def make(self, process: Process, name: ForeignProcess, witness: Witness, by: Entry | None) -> None:
        """This node's half. Raises `LimitError` ("links")."""
        self._executor.apply(LinkForeign(process.entry, name, by))
        if name not in self._watches and self._executor.table.is_linked_elsewhere(name):
            self._watches[name] = self._run(lambda: self._watch(name, witness))

    def undo(self, process: Process, name: ForeignProcess, by: Entry | None) -> None:
        """Undo this node's half."""
        self._executor.apply(UnlinkForeign(process.entry, name, by))
        self._unwatch(name)

    async def _watch(self, name: ForeignProcess, witness: Witness) -> None:
        reason: ExitReason
        try:
            reason = reason_of((await witness.ended()).reason, name.node)
        except (BrokenError, ClosedError):
            reason = NodeLost(name.node)
        except WetwareError as error:
            log.warning("process %s cannot be watched, and counts as lost: %s", name, error)
            reason = NodeLost(name.node)
        del self._watches[name]
        self._executor.apply(ForeignEnded(name, reason))

    def _ended_for(self, _entry: Entry, name: Hashable, _reason: ExitReason) -> None:
        """A process here has ended that was linked with this one: the other node's witness says so."""
        self._unwatch(name)

    def _unwatch(self, name: Hashable) -> None:
        if name in self._watches and not self._executor.table.is_linked_elsewhere(name):
            self._watches.pop(name).cancel()


class WitnessServer(Witness_Server):
    """Tells of a process's end. Raises `LimitError` ("monitors") when it is made."""

    __slots__ = ("_answer", "_process")

    def __init__(self, process: Process) -> None:
        self._process = process
        self._answer: asyncio.Future[ExitReason] = asyncio.get_running_loop().create_future()
        process.executor.apply(Monitor(process.entry, self._answer))

    async def ended(self, *, context: Any) -> Any:
        return {"reason": reason_fields(await asyncio.shield(self._answer))}

    def released(self) -> None:
        """Nobody asks any more."""
        self._process.executor.apply(CancelMonitor(self._process.entry, self._answer))
