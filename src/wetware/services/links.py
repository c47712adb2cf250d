"""Links between processes of different nodes.

Each node keeps its half of a link in its process table, and watches the other process through a witness over
the connection on which the link was made. So the end of a process, of a node and of a connection are the same
to it: the witness answers, or fails.

Rules that hold here:

1. There are both halves or none, whatever is asked at whichever node: one of the two decides, one thing after
   the other, and has the other one follow (`pairs.py`). What is asked through one capability for the same two
   is done in that order (test_what_is_asked_in_a_row).
2. Links that cross each other, in any number, cannot block each other: the node that decides waits for the
   other one alone, which answers at once (test_crossing_links).
3. To link with a process that cannot be reached is to link with one that has ended: whether its half was made
   is not known then (test_a_link_with_what_cannot_be_reached).
4. What a process elsewhere is called is its own node's word, given over a connection that proves the node: no
   capability can pass for another node's process (test_a_false_process).
5. Whoever asks may be gone before it is done: a half is never left over by that
   (test_whoever_asks_for_a_link_may_go).
6. A witness gives no power and no hold: a link keeps nobody's process from being abandoned
   (test_a_link_holds_nobody).

The named tests are in `tests/services/test_abroad.py`; `test_abroad_histories.py` does all of it at random.
"""

from __future__ import annotations

import asyncio
import logging
import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

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
from wetware.schema.peering_capnp import Half_Server, LinkEnd_Server, Witness_Server
from wetware.services.pairs import Answer, End, Instruction, Join, Pairs, Part, Undo
from wetware.services.wire import reason_fields, reason_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from wetware.process.entry import Entry
    from wetware.process.reasons import ExitReason
    from wetware.schema.peering_capnp import Half, LinkEnd, Witness
    from wetware.schema.process_capnp import Process as ProcessClient
    from wetware.services.abroad import Abroad
    from wetware.services.executor import Executor
    from wetware.services.facade import ProcessFacade
    from wetware.services.guests import Runs
    from wetware.services.process import Process

__all__ = ["ForeignProcess", "LinkEndServer", "Links"]

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


Pair = tuple["Entry", ForeignProcess]
"""A process of this node and one of another."""


@dataclass(eq=False, slots=True)
class _Asking:
    """Somebody asks for a link, or for its end.

    Attributes:
        process: of this node.
        end: the other process.
        answer: what he waits for.
    """

    process: Process
    end: LinkEnd
    answer: asyncio.Future[None]


@dataclass(slots=True)
class _Kept:
    """This node's half of a link.

    Attributes:
        watch: waits for the end of the other process.
        theirs: the other half, where this node decides.
        ours: what the other node holds of this one, where that decides.
    """

    watch: asyncio.Task[None]
    theirs: Half | None = None
    ours: _HalfServer | None = None


class Links:
    """The halves of one node."""

    def __init__(self, executor: Executor, abroad: Abroad, run: Runs) -> None:
        self._executor = executor
        self._abroad = abroad
        self._run = run
        self._pairs: Pairs[Pair, _Asking] = Pairs()
        self._kept: dict[ForeignProcess, dict[Entry, _Kept]] = {}
        self._turns: weakref.WeakValueDictionary[tuple[Process, bytes, bytes], asyncio.Lock] = (
            weakref.WeakValueDictionary()
        )
        executor.ended_for = self._ended_for

    # --- what is asked here ---
    async def link(self, mine: ProcessFacade, other: ProcessClient) -> None:
        """Link a process of this node with one that is another's, for all this node can see.

        Raises:
            RemoteError: the other one is no process of the cluster; its node refuses.
            LimitError: one of the two has too many links.
        """
        await self._ask(mine, other, linked=True)

    async def unlink(self, mine: ProcessFacade, other: ProcessClient) -> None:
        """Undo it. Once this returns, the end of neither has an effect on the other.

        Raises:
            RemoteError: as `link`; or the other node is lost, and both ends of a link that there was with it.
        """
        await self._ask(mine, other, linked=False)

    async def _ask(self, mine: ProcessFacade, other: ProcessClient, *, linked: bool) -> None:
        process, by = mine.process, mine.by
        if by is not None and not by.live:
            return  # what an ending process asks for has no effect
        name = "?"
        try:
            address = await other.address()
            node, reference = bytes(address.node), bytes(address.reference)
            if home := self._home(node, reference):
                kind = Link if linked else Unlink
                self._executor.apply(kind(process.entry, home.process.entry, by))
                return
            peer = PeerId(node)
            name = f"{address.pid}@{peer}"
            turn = self._turns.setdefault((process, node, reference), asyncio.Lock())
            async with turn:  # it may have to be dialled first, and the next one may not overtake this one
                await self._have(process, peer, reference, linked=linked)
        except BrokenError as error:
            if not linked:
                raise
            log.info("process %d is linked with process %s, which is lost: %s", process.pid, name, error)
            self._executor.apply(Kill(process.entry, Linked(name, name, lost=True)))

    async def _have(self, process: Process, peer: PeerId, reference: bytes, *, linked: bool) -> None:
        peering = await self._abroad.cluster.peering(peer)
        if self.decides(peer):
            theirs = await peering.process(reference=reference)
            name = ForeignProcess(peer.text, theirs.id, theirs.pid)
            await self.decide(process, name, theirs.end, linked=linked)
        else:
            end = LinkEndServer(self, process, peer)
            await peering.decide(reference=reference, linked=linked, id=process.id, pid=process.pid, end=end)

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

    # --- where this node decides ---
    def decides(self, peer: PeerId) -> bool:
        """Whether this node decides about links with processes of another one."""
        return self._abroad.cluster.me.binary < peer.binary

    async def decide(self, process: Process, name: ForeignProcess, end: LinkEnd, *, linked: bool) -> None:
        """Have two processes linked, or not, when all is done that was asked of them before."""
        pair = process.entry, name
        asking = _Asking(process, end, asyncio.get_running_loop().create_future())
        self._do(self._pairs.ask(pair, asking, linked=linked))
        try:
            await asking.answer
        except asyncio.CancelledError:
            self._pairs.withdraw(pair, asking)
            raise

    def _do(self, instructions: Sequence[Instruction[Pair, _Asking]]) -> None:
        for instruction in instructions:
            match instruction:
                case Join(pair, asking):
                    self._begin_join(pair, asking)
                case Part((entry, name) as pair):
                    self._begin_part(pair, self._kept[name][entry].theirs)
                case Undo((entry, name)):
                    self._undo(entry, name)
                case End((entry, name)):
                    log.info("process %d is linked with process %s, which is lost", entry.pid, name)
                    self._undo(entry, name)
                    self._executor.apply(Kill(entry, Linked(name, name, lost=True)))
                case Answer(asking, error):
                    if asking.answer.done():
                        continue
                    if error is None:
                        asking.answer.set_result(None)
                    else:
                        asking.answer.set_exception(error)

    def _begin_join(self, pair: Pair, asking: _Asking) -> None:
        self._run(lambda: self._join(pair, asking.process, asking.end))

    def _begin_part(self, pair: Pair, half: Half | None) -> None:
        self._run(lambda: self._part(pair, half))

    async def _join(self, pair: Pair, process: Process, end: LinkEnd) -> None:
        entry, name = pair
        try:
            self._executor.apply(LinkForeign(entry, name))
            witness = _WitnessServer(process)
            half = (await end.link(id=process.id, pid=process.pid, witness=witness)).half
        except BrokenError as error:
            self._do(self._pairs.lost(pair, error))
        except WetwareError as error:
            self._do(self._pairs.refused(pair, error))
        else:
            self._do(self._pairs.done(pair, stands=self._keep(entry, name, half, theirs=half)))

    async def _part(self, pair: Pair, half: Half | None) -> None:
        try:
            if half is not None:
                await half.undo()
        except BrokenError as error:
            self._do(self._pairs.lost(pair, error))
        except WetwareError as error:
            self._do(self._pairs.refused(pair, error))
        else:
            self._do(self._pairs.done(pair))

    # --- where the other node decides ---
    def make(self, process: Process, name: ForeignProcess, witness: Witness) -> _HalfServer:
        """Make this node's half. Raises `LimitError` ("links", "monitors")."""
        half = _HalfServer(self, process, name)
        try:
            self._executor.apply(LinkForeign(process.entry, name))
        except WetwareError:
            half.released()
            raise
        self._keep(process.entry, name, witness, ours=half)
        return half

    def undone(self, entry: Entry, name: ForeignProcess, half: _HalfServer) -> None:
        """Undo this node's half, unless it is another one by now."""
        kept = self._kept.get(name, {}).get(entry)
        if kept is not None and kept.ours is half:
            self._undo(entry, name)

    # --- this node's halves ---
    def _keep(
        self,
        entry: Entry,
        name: ForeignProcess,
        witness: Witness,
        *,
        theirs: Half | None = None,
        ours: _HalfServer | None = None,
    ) -> bool:
        """Watch the other process, if this node's half is there; whether it is."""
        if name not in (entry.foreign or ()):
            return False
        self._let_go(entry, name)
        watch = self._run(lambda: self._watch(name, witness))
        self._kept.setdefault(name, {})[entry] = _Kept(watch, theirs, ours)
        return True

    def _undo(self, entry: Entry, name: ForeignProcess) -> None:
        self._executor.apply(UnlinkForeign(entry, name))
        self._let_go(entry, name)

    def _let_go(self, entry: Entry, name: ForeignProcess) -> None:
        of_name = self._kept.get(name, {})
        kept = of_name.pop(entry, None)
        if kept is not None:
            kept.watch.cancel()
            if not of_name:
                del self._kept[name]

    async def _watch(self, name: ForeignProcess, witness: Witness) -> None:
        reason: ExitReason
        try:
            reason = reason_of((await witness.ended()).reason, name.node)
        except (BrokenError, ClosedError):
            reason = NodeLost(name.node)
        except WetwareError as error:
            log.warning("process %s cannot be watched, and counts as lost: %s", name, error)
            reason = NodeLost(name.node)
        me = asyncio.current_task()
        for entry, kept in self._kept.pop(name, {}).items():
            if kept.watch is not me:
                kept.watch.cancel()
            self._pairs.over((entry, name))
        self._executor.apply(ForeignEnded(name, reason))

    def _ended_for(self, entry: Entry, peer: Hashable, _reason: ExitReason) -> None:
        """A process here has ended that was linked with this one: the other node's witness says so."""
        name = cast("ForeignProcess", peer)
        self._let_go(entry, name)
        self._pairs.over((entry, name))


class _WitnessServer(Witness_Server):
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


class _HalfServer(_WitnessServer, Half_Server):
    """What the node that decides holds of this node's half."""

    __slots__ = ("_links", "_name")

    def __init__(self, links: Links, process: Process, name: ForeignProcess) -> None:
        super().__init__(process)
        self._links = links
        self._name = name

    async def undo(self, *, context: Any) -> Any:
        self._links.undone(self._process.entry, self._name, self)


class LinkEndServer(LinkEnd_Server):
    """A process of this node, for links with processes of another one."""

    __slots__ = ("_links", "_peer", "_process")

    def __init__(self, links: Links, process: Process, peer: PeerId) -> None:
        self._links = links
        self._process = process
        self._peer = peer

    async def link(self, *, id: int, pid: int, witness: Witness, context: Any) -> Any:  # noqa: A002 - the schema's name
        if self._links.decides(self._peer):
            raise FailedError("it is this node that decides about links between these two")
        name = ForeignProcess(self._peer.text, id, pid)
        return {"half": self._links.make(self._process, name, witness)}
