"""A group member that runs, over capabilities: `RaftNode`; and what its users need beside it.

    async def find(member):                       # a capability for an id: the user's own directory
        return (await vat.connect_unix(f"/run/raft/{member}.sock")).bootstrap(Raft)

    log = DurableLog.open("/var/lib/raft")
    async with RaftNode(1, find, store=log, founders=(1,)) as node, Vat(node.capability) as vat:
        await vat.listen_unix("/run/raft/1.sock")
        await node.put(b"key", b"value")

A second member starts with an empty log and without founders, and is added: `await node.add(2)`, or by
whoever holds a capability of a member: `await member.add(node=second.capability)`.
"""

from wetware.raft.node.capability import RaftNode
from wetware.raft.node.client import RaftClient
from wetware.raft.node.core.status import MemberStatus
from wetware.raft.node.errors import (
    MembershipTimeoutError,
    NodeFailedError,
    OutcomeUnknownError,
    ReadTimeoutError,
    RefusedByMachineError,
    RemovedError,
    SessionExpiredError,
    StoppedError,
)
from wetware.raft.node.machine import Item, ItemMap, StateMachine
from wetware.raft.node.options import Options
from wetware.raft.node.store import MemoryLog

__all__ = [
    "Item",
    "ItemMap",
    "MemberStatus",
    "MembershipTimeoutError",
    "MemoryLog",
    "NodeFailedError",
    "Options",
    "OutcomeUnknownError",
    "RaftClient",
    "RaftNode",
    "ReadTimeoutError",
    "RefusedByMachineError",
    "RemovedError",
    "SessionExpiredError",
    "StateMachine",
    "StoppedError",
]
