"""Members as capabilities: what a member offers its peers and clients, and the way to a peer.

Rules that hold here:

1. Whoever holds a member's `Raft` capability may speak for its peers and change the group: it is for members
   and operators. What `peer` gives speaks for one member only. What programs get is its `client`: it can put,
   get and look (`tests/raft/test_node_rpc.py`).
2. Peers are found by the user's look-up function, and, where that finds nobody, among the capabilities that
   came with an `add`. Whom the function finds is who the member is: look-ups must not be left to strangers.
3. A call that is held open tells when a peer goes (`stopped`), so nobody waits for a timeout to learn it.
"""

# ruff: noqa: A002, ARG002, ASYNC109 - the schema and `PeerPort` say what a method gets

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from wetware.capnp.client import at_once
from wetware.capnp.exceptions import UnimplementedError
from wetware.capnp.pending import PendingCall, when_done
from wetware.capnp.runner import Runner
from wetware.capnp.runtime import outcome
from wetware.errors import BrokenError, LocalError, WetwareError
from wetware.raft.core import NOBODY, Role
from wetware.raft.node.core.membership import Goal
from wetware.raft.node.core.transfer import chunks
from wetware.raft.node.errors import SessionExpiredError
from wetware.raft.node.later import Later, Together
from wetware.raft.node.node import Node, result_of
from wetware.raft.sessions import Verdict
from wetware.schema.raft_capnp import Goal as WireGoal
from wetware.schema.raft_capnp import Outcome, Raft, Raft_Server, SnapshotSink_Server
from wetware.schema.raft_capnp import Role as WireRole

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Sequence

    from wetware.capnp.hooks import Content
    from wetware.raft.node.core.transfer import Assembly
    from wetware.raft.node.machine import StateMachine
    from wetware.raft.node.options import Options
    from wetware.raft.node.ports import Sending
    from wetware.raft.node.store import Store
    from wetware.raft.sessions import Answer

__all__ = ["CapabilityPort", "Lookup", "RaftNode"]

log: Final = logging.getLogger("wetware.raft")

Lookup = "Callable[[int], Awaitable[Raft | None]]"
"""Finds the member with an id; None, a null capability, or an error: it cannot be found."""

_GOALS: Final = {Goal.VOTER: WireGoal.VOTER, Goal.LEARNER: WireGoal.LEARNER, Goal.GONE: WireGoal.GONE}
_OUR_GOALS: Final = {wire: goal for goal, wire in _GOALS.items()}
_ROLES: Final = {
    Role.FOLLOWER: WireRole.FOLLOWER,
    Role.CANDIDATE: WireRole.CANDIDATE,
    Role.LEADER: WireRole.LEADER,
    Role.PRE_CANDIDATE: WireRole.PRE_CANDIDATE,
}
_OUTCOMES: Final = {
    Verdict.DONE: Outcome.DONE,
    Verdict.FAILED: Outcome.FAILED,
    Verdict.EXPIRED: Outcome.EXPIRED,
    Verdict.STALE: Outcome.STALE,
    Verdict.REFUSED: Outcome.REFUSED,
}
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
        self.client = _ClientServer(self)
        self.capability = _PeerServer(self)

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
        return _PeerServer(self, node_id)

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

    def taken(self, sender: int) -> Any:
        """The answer to a batch that was taken: with what there is for its sender, or at the next tick.

        Peers wait for the answer only to see that this member lives, and to send no more than it takes; to
        answer each batch by itself would cost as much as the batch. What this member has to say travels with
        the answer, which saves a call.

        Args:
            sender: who sent it and takes messages with the answer; zero: nobody does.
        """
        batches = self._batches.get(sender)
        if batches is None:
            batches = self._batches[sender] = Together(self.runner.agenda)
        call = batches.call()
        if batches.count >= self.options.window // 2:
            del self._batches[sender]
            batches.answer()
        return call

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

    async def members(self) -> dict[int, Raft | _PeerServer | None]:
        """All members with their capabilities; None for one that cannot be found now."""
        state = self.member.conf_state
        ids = sorted({*state.voters, *state.voters_outgoing, *state.learners})
        return dict(zip(ids, await asyncio.gather(*map(self._find_for_list, ids)), strict=True))

    async def _find_for_list(self, node_id: int) -> Raft | _PeerServer | None:
        if node_id == self.id:
            return self.capability
        try:
            async with asyncio.timeout(_FIND_FOR_LIST):
                return await self.find(node_id)
        except Exception:  # noqa: BLE001 - the look-up is the user's; whoever asked sees who is missing
            return None


async def id_of(raft: Raft) -> int:
    """The id that a member says it has.

    Raises:
        LocalError: there is no member.
    """
    if not raft:
        raise LocalError("the capability of the member is null")
    return int((await raft.id()).id)


class _Sent:
    """A batch under way to a member; see `Sending`.

    Args:
        call: the call.
        answered: is given messages that come with the answer.
    """

    __slots__ = ("_answered", "_call", "done", "error")

    def __init__(self, call: PendingCall[Any], answered: Callable[[memoryview], None]) -> None:
        self._call = call
        self._answered = answered
        self.done = False
        self.error: BaseException | None = None
        when_done(call, self._end)

    def _end(self, results: Raft.SendResults | None, error: BaseException | None) -> None:
        self.done = True
        self.error = error
        if results is not None and (batch := results.answer):
            self._answered(batch)

    def __await__(self) -> Generator[Any, None, Any]:
        yield from self._call.__await__()


class CapabilityPort:
    """The way to a peer whose capability is known; see `PeerPort`.

    Args:
        raft: the peer.
        known: finds the capability of a third member that came with an `add`.
        options: the member's.
        answered: is given messages that come with an answer.
    """

    def __init__(
        self,
        raft: Raft,
        known: Callable[[int], Raft | None],
        options: Options,
        answered: Callable[[memoryview], None],
    ) -> None:
        self._raft = raft
        self._now = at_once(raft)
        self._known = known
        self._options = options
        self._answered = answered

    def send(self, batch: bytes) -> Sending:
        """See `PeerPort.send`."""
        return _Sent(self._now.send(msg=batch, takes_answer=True), self._answered)

    async def send_snapshot(self, head: bytes, data: bytes) -> None:
        """See `PeerPort.send_snapshot`; a streaming call's window is the flow control."""
        sink = self._raft.snapshot(head=head).sink
        for piece in chunks(data, self._options.chunk_size):
            await self._in_time(sink.write(data=piece))
        await self._in_time(sink.done())

    async def _in_time(self, call: Awaitable[Any]) -> None:
        try:
            async with asyncio.timeout(self._options.send_timeout):
                await call
        except TimeoutError:
            raise BrokenError("the peer takes nothing of the snapshot any more") from None

    async def change(self, node_id: int, goal: Goal, timeout: float) -> bool:
        """See `PeerPort.change`."""
        call = self._raft.change(
            id=node_id, node=self._known(node_id), goal=_GOALS[goal], timeout_ms=max(int(timeout * 1000), 1)
        )
        return bool((await call).led)

    async def gone(self) -> None:
        """See `PeerPort.gone`."""
        try:
            await self._raft.stopped()
        except UnimplementedError:
            await asyncio.Event().wait()  # a member of another make: its calls will tell

    def close(self) -> None:
        """See `PeerPort.close`: the capability is let go when nobody uses it."""


class _SinkServer(SnapshotSink_Server):
    """A snapshot that arrives."""

    def __init__(self, node: RaftNode, assembly: Assembly) -> None:
        self._node = node
        self._assembly = assembly

    async def write(self, *, data: Any, context: Any) -> None:
        self._assembly.write(data)

    async def done(self, *, context: Any) -> None:
        self._node.snapshot_received(self._assembly)

    def released(self) -> None:
        self._assembly.close()


def _put_results(answer: Answer) -> dict[str, Any] | None:
    result = result_of(answer)
    return {"result": result} if result else None


def _put_session_results(answer: Answer) -> dict[str, Any]:
    verdict = _OUTCOMES.get(answer.verdict)
    if verdict is None:
        raise SessionExpiredError("the session cannot be used any more: it was closed")
    return {"outcome": verdict, "result": answer.result}


class _ClientServer(Raft_Server):
    """A member, as programs see it."""

    def __init__(self, node: RaftNode) -> None:
        self._node = node

    async def put(self, *, item: Any, context: Any) -> Any:
        later = Later(Raft.PutResults.Builder, _put_results, self._node.runner.agenda)
        self._node.ask_put(later, bytes(item.key), bytes(item.value))
        return later.call

    async def items(self, *, context: Any) -> Any:
        return {"objects": [{"key": key, "value": value} for key, value in await self._node.items()]}

    async def id(self, *, context: Any) -> Any:
        return {"id": self._node.id}

    async def get(self, *, key: Any, context: Any) -> Any:
        value = await self._node.get(bytes(key))
        return {"found": value is not None, "value": value or b""}

    async def open_session(self, *, context: Any) -> Any:
        return {"session": await self._node.open_session()}

    async def put_session(
        self, *, session: int, sequence: int, acknowledged: int, item: Any, context: Any
    ) -> Any:
        later = Later(Raft.PutSessionResults.Builder, _put_session_results, self._node.runner.agenda)
        self._node.ask_put_session(later, session, sequence, acknowledged, bytes(item.key), bytes(item.value))
        return later.call

    async def close_session(self, *, session: int, context: Any) -> None:
        await self._node.close_session(session)

    async def status(self, *, context: Any) -> Any:
        now = self._node.status()
        return {
            "status": {
                "id": now.id,
                "role": _ROLES[now.role],
                "term": now.term,
                "leader": now.leader,
                "committed": now.committed,
                "applied": now.applied,
                "last_index": now.last_index,
                "first_index": now.first_index,
                "snapshot_index": now.snapshot_index,
                "voters": list(now.voters),
                "learners": list(now.learners),
                "sessions": now.sessions,
            }
        }

    async def stopped(self, *, context: Any) -> None:
        await self._node.stopped()

    async def client(self, *, context: Any) -> Any:
        return {"client": self._node.client}

    # what programs may not

    async def add(self, *, node: Any, context: Any) -> Any:
        raise _not_granted()

    async def remove(self, *, node: Any, context: Any) -> Any:
        raise _not_granted()

    async def send(self, *, msg: Any, takes_answer: bool, context: Any) -> Any:
        raise _not_granted()

    async def members(self, *, context: Any) -> Any:
        raise _not_granted()

    async def remove_id(self, *, id: int, context: Any) -> Any:
        raise _not_granted()

    async def transfer(self, *, to: int, context: Any) -> Any:
        raise _not_granted()

    async def snapshot(self, *, head: Any, context: Any) -> Any:
        raise _not_granted()

    async def change(self, *, id: int, node: Any, goal: Any, timeout_ms: int, context: Any) -> Any:
        raise _not_granted()


def _not_granted() -> WetwareError:
    return UnimplementedError("this capability is a client's: it can put, get and look")


class _PeerServer(_ClientServer):
    """A member, as its peers and operators see it.

    Args:
        node: the member.
        peer: the only one who holds this; None: somebody trusted.
    """

    def __init__(self, node: RaftNode, peer: int | None = None) -> None:
        super().__init__(node)
        self._peer = peer

    async def _members(self) -> dict[int, Any]:
        """All members. What this one calls the others by speaks in its name: it is not given to a peer."""
        members: dict[int, Any] = dict(await self._node.members())
        if self._peer is not None:
            for node_id, raft in members.items():
                if node_id == self._node.id:
                    members[node_id] = self
                elif raft is not None:
                    members[node_id] = raft.client().client
        return members

    async def add(self, *, node: Any, context: Any) -> Any:
        node_id = await id_of(node)
        self._node.learn(node_id, node)
        await self._node.add(node_id)
        members = await self._members()
        return {"nodes": [raft for one, raft in members.items() if one != node_id and raft is not None]}

    async def remove(self, *, node: Any, context: Any) -> Any:
        await self._node.remove(await id_of(node))
        return None

    async def remove_id(self, *, id: int, context: Any) -> Any:
        await self._node.remove(id)
        return None

    async def send(self, *, msg: Any, takes_answer: bool, context: Any) -> Any:
        sender = self._node.receive(msg, self._peer)
        return self._node.taken(sender if takes_answer else NOBODY)

    async def members(self, *, context: Any) -> Any:
        members = await self._members()
        learners = self._node.member.conf_state.learners
        return {"members": list(members.values()), "ids": list(members), "learners": list(learners)}

    async def transfer(self, *, to: int, context: Any) -> Any:
        return {"leader": await self._node.transfer(to)}

    async def snapshot(self, *, head: Any, context: Any) -> Any:
        return {"sink": _SinkServer(self._node, self._node.receive_snapshot(head, self._peer))}

    async def change(self, *, id: int, node: Any, goal: Any, timeout_ms: int, context: Any) -> Any:
        if node:
            self._node.learn(id, node)
        wanted = _OUR_GOALS.get(goal)
        if wanted is None:
            raise LocalError("the goal of the membership change is unknown")
        return {"led": await self._node.change_here(id, wanted, timeout=timeout_ms / 1000)}
