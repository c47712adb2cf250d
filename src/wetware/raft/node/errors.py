"""What can go wrong with a member of a group, and what to do; the types say whose fault it was.

A `DroppedError` of the core (`NoLeaderError`, `OverloadedError`, `RefusedError`) means that nothing was done.
"""

from __future__ import annotations

from wetware.errors import BrokenError, ClosedError, LocalError, RemoteError

__all__ = [
    "MembershipTimeoutError",
    "NodeFailedError",
    "OutcomeUnknownError",
    "ReadTimeoutError",
    "RefusedByMachineError",
    "RemovedError",
    "SessionExpiredError",
    "StoppedError",
]


class OutcomeUnknownError(BrokenError):
    """The deadline passed, or the member stopped, while a command was in the log: it may take effect or not.

    Only a client session can find out: the same session and number asked again takes effect once
    (`wetware.raft.node.client`).
    """


class RefusedByMachineError(LocalError):
    """The state machine refused the command, on every member alike; the text is its reason."""


class ReadTimeoutError(BrokenError):
    """The deadline passed before a leader confirmed the read: no quorum can be reached, or it is slow."""


class MembershipTimeoutError(BrokenError):
    """The deadline passed before the membership change was in force.

    A member that was to join and could not is taken out again.
    """


class StoppedError(ClosedError):
    """This member has been stopped; ask another one."""


class RemovedError(ClosedError):
    """This member was removed from its group; ask another one."""


class NodeFailedError(BrokenError):
    """This member cannot go on, for example since its disk failed; the others can. Restart it."""


class SessionExpiredError(RemoteError):
    """The group does not know the session (any more): whether the command took effect cannot be told."""
