"""What a member offers: to its peers and to operators, and to programs.

Rules that hold here:

1. Whoever holds a member's `Raft` capability may speak for its peers and change the group: it is for members
   and operators. What `RaftNode.peer` gives speaks for one member only. What programs get is its `client`: it
   can put, get and look (`tests/raft/test_node_rpc.py`).
"""

# ruff: noqa: A002, ARG002 - the schema says what a method gets

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.exceptions import UnimplementedError
from wetware.capnp.hooks import LATER
from wetware.errors import LocalError, WetwareError
from wetware.raft.core import NOBODY, Role
from wetware.raft.node.errors import SessionExpiredError
from wetware.raft.node.later import Later
from wetware.raft.node.node import result_of
from wetware.raft.node.port import GOALS
from wetware.raft.sessions import Verdict
from wetware.schema.raft_capnp import Outcome, Raft, Raft_Server, SnapshotSink_Server
from wetware.schema.raft_capnp import Role as WireRole

if TYPE_CHECKING:
    from wetware.raft.node.capability import RaftNode
    from wetware.raft.node.core.transfer import Assembly
    from wetware.raft.sessions import Answer

__all__ = ["ClientServer", "PeerServer"]

_OUR_GOALS: Final = {wire: goal for goal, wire in GOALS.items()}
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


async def id_of(raft: Raft) -> int:
    """The id that a member says it has.

    Raises:
        LocalError: there is no member.
    """
    if not raft:
        raise LocalError("the capability of the member is null")
    return int((await raft.id()).id)


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


class ClientServer(Raft_Server):
    """A member, as programs see it."""

    def __init__(self, node: RaftNode) -> None:
        self._node = node

    async def put(self, *, item: Any, context: Any) -> Any:
        later = Later(context, Raft.PutResults.Builder, _put_results)
        self._node.ask_put(later, bytes(item.key), bytes(item.value))
        return LATER

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
        later = Later(context, Raft.PutSessionResults.Builder, _put_session_results)
        self._node.ask_put_session(later, session, sequence, acknowledged, bytes(item.key), bytes(item.value))
        return LATER

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


class PeerServer(ClientServer):
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
        self._node.taken(sender if takes_answer else NOBODY, context)
        return LATER

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
