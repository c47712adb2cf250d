"""Members as capabilities: what they offer is in `server`, the way from one to the other in `port`.

Rules that hold here:

1. Peers are found by the user's look-up function, and, where that finds nobody, among the capabilities that
   came with an `add`. Whom the function finds is who the member is: look-ups must not be left to strangers.
2. What it has to say to a peer travels with the answer to what the peer has sent, if the peer takes it so
   (`tests/raft/test_node_answers.py`).
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from wetware.capnp.runner import Runner
from wetware.capnp.runtime import outcome
from wetware.errors import BrokenError, WetwareError
from wetware.raft.node.later import Together
from wetware.raft.node.node import Node
from wetware.raft.node.port import CapabilityPort
from wetware.raft.node.server import ClientServer, PeerServer
from wetware.schema.raft_capnp import Raft, Raft_Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from wetware.capnp.hooks import Content, Context
    from wetware.raft.node.machine import StateMachine
    from wetware.raft.node.options import Options
    from wetware.raft.node.store import Store

__all__ = ["Lookup", "RaftNode"]

log: Final = logging.getLogger("wetware.raft")

Lookup = "Callable[[int], Awaitable[Raft | None]]"
"""Finds the member with an id; None, a null capability, or an error: it cannot be found."""

_FIND_FOR_LIST: Final = 2.0
"""Seconds that a listing of members waits for one that is not known yet."""
_MAX_KNOWN: Final = 256


class RaftNode(Node):
    """A member of a group whose members are capabilities.

    Args:
        node_id: its id: positive, below 2**64 - 2, never used by another member of the group.
        lookup: finds other members by their ids.
        machine: its state machine, in its beginning; None: an `ItemMap`.
        store: its log: a `DurableLog`, or a `MemoryLog`, which is what it has by default. The node closes it.
        founders: the voters of a new group, the same in each of them; nothing for a member that joins one.
        options: its settings.

    Attributes:
        capability: what operators are to be given, and peers that are trusted not to speak as others.
        client: what programs are to be given.
    """

    def __init__(
        self,
        node_id: int,
        lookup: Callable[[int], Awaitable[Raft | None]],
        *,
        machine: StateMachine | None = None,
        store: Store | None = None,
        founders: Sequence[int] = (),
        options: Options | None = None,
    ) -> None:
        self._lookup = lookup
        self._known: dict[int, Raft] = {}
        self._batches: dict[int, Together] = {}
        self._runner: Runner | None = None
        super().__init__(
            node_id, self._find_port, machine=machine, store=store, founders=founders, options=options
        )
        self.client = ClientServer(self)
        self.capability = PeerServer(self)

    @property
    def runner(self) -> Runner:
        """That of the loop on which it runs."""
        runner = self._runner
        if runner is None:
            runner = self._runner = Runner.current()
        return runner

    def peer(self, node_id: int) -> Raft_Server:
        """What one peer is to be given, where it is known which member it is.

        Through it that member cannot speak as another one; of the others it is shown what programs see.
        """
        return PeerServer(self, node_id)

    def learn(self, node_id: int, raft: Raft) -> None:
        """Remember the capability of a node, for when the look-up does not find it."""
        if raft and node_id != self.id:
            self._known.pop(node_id, None)
            self._known[node_id] = raft
            if len(self._known) > _MAX_KNOWN:
                del self._known[next(iter(self._known))]

    def known(self, node_id: int) -> Raft | None:
        """What `learn` was told."""
        return self._known.get(node_id)

    async def find(self, node_id: int) -> Raft:
        """The capability of a member.

        Raises:
            BrokenError: it was not found.
        """
        try:
            found = await self._lookup(node_id)
        except Exception:
            if node_id not in self._known:
                raise
            found = None
        found = found or self._known.get(node_id)
        if not found:
            raise BrokenError(f"member {node_id} was not found by the look-up function")
        return found

    def taken(self, sender: int, call: Context) -> None:
        """A batch was taken: its call is answered with what there is for its sender, or at the next tick.

        Peers wait for the answer only to see that this member lives, and to send no more than it takes; to
        answer each batch by itself would cost as much as the batch. What this member has to say travels with
        the answer, which saves a call.

        Args:
            sender: who sent it and takes messages with the answer; zero: nobody does.
            call: by which it came; its handler returns `LATER`.
        """
        batches = self._batches.get(sender)
        if batches is None:
            batches = self._batches[sender] = Together()
        batches.add(call)
        if len(batches) >= self.options.window // 2:
            del self._batches[sender]
            batches.answer()

    def _answer_batches(self) -> None:
        batches, self._batches = self._batches, {}
        for one in batches.values():
            one.answer()

    def _reply(self, peer: int) -> Callable[[bytes], None] | None:
        batches = self._batches.pop(peer, None)
        if batches is None:
            return None
        if not batches.is_wanted:
            batches.answer()
            return None
        answer = batches.answer

        def reply(batch: bytes) -> None:
            answer(cast("Content", outcome(Raft.SendResults.Builder, {"answer": batch})))
            self.runner.turns.flush()  # as `PeerPort.send`: it is on its way when this returns

        return reply

    def _turns(self) -> Callable[[Callable[[], None]], object]:
        return self.runner.turns.soon

    def _answers_leave(self) -> None:
        self.runner.turns.flush()

    async def _find_port(self, node_id: int) -> CapabilityPort:
        return CapabilityPort(
            await self.find(node_id), self.known, self.options, partial(self._answered, node_id)
        )

    def _answered(self, peer: int, batch: memoryview) -> None:
        """A peer has sent messages with an answer."""
        try:
            self.receive(batch, peer)
        except WetwareError as error:
            log.info("what member %d answered was not taken: %s", peer, error)

    async def members(self) -> dict[int, Raft | PeerServer | None]:
        """All members with their capabilities; None for one that cannot be found now."""
        state = self.member.conf_state
        ids = sorted({*state.voters, *state.voters_outgoing, *state.learners})
        return dict(zip(ids, await asyncio.gather(*map(self._find_for_list, ids)), strict=True))

    async def _find_for_list(self, node_id: int) -> Raft | PeerServer | None:
        if node_id == self.id:
            return self.capability
        try:
            async with asyncio.timeout(_FIND_FOR_LIST):
                return await self.find(node_id)
        except Exception:  # noqa: BLE001 - the look-up is the user's; whoever asked sees who is missing
            return None
