"""What somebody from elsewhere has on this node: a client that logged in, or a guest of another node.

Rules that hold here:

1. Nothing is orphaned. A process that was spawned through a tenancy ends when nobody holds it any more:
   neither an `Executor` of the tenancy nor the process's own `Process`. A lost connection lets go of all that
   came through it, and so does the end of a guest (test_a_lost_client_leaves_nothing).
2. A process that was asked for as detached belongs to the node, and lives on; it still runs for its account.
3. A revoked tenancy refuses every call in the same words. What runs for the account ends then, detached or
   not, with all that it has spawned: "detached" is to outlive a connection, not the right to be here
   (test_revoked, test_what_was_detached_is_revoked_too).
4. A number is no authority: no pid that the other side names as a parent is believed, since it may be one of
   its own node (test_a_parent_of_another_node).
5. What a process is limited to is at most what the account may have, however it was asked for
   (test_the_limits_of_an_account).

The named tests are in `tests/services/test_remote.py`.
"""

from __future__ import annotations

import logging
import weakref
from typing import TYPE_CHECKING, Final

from wetware.capnp.exceptions import FailedError
from wetware.process.stimuli import Kill
from wetware.wasm.limits import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wetware.cluster.identity import PeerId
    from wetware.process.entry import Entry
    from wetware.process.owner import Owner
    from wetware.services.process import Process
    from wetware.wasm.limits import Limits

__all__ = ["Tenancy"]

log: Final = logging.getLogger("wetware.services")


class Tenancy:
    """The holdings of one session.

    Args:
        account: who acts; None for the node itself.
        owner: for whom the processes run that are spawned through it.
        limits: the most that each of them may use.

    Attributes:
        account, owner, limits: these.
        revoked: why the account may not act any more; empty while it may.
    """

    __slots__ = (
        *("__weakref__", "_executors", "_holders", "_within"),
        *("account", "limits", "owner", "revoked"),
    )

    def __init__(
        self, account: PeerId | None = None, owner: Owner | None = None, limits: Limits = DEFAULT
    ) -> None:
        self.account = account
        self.owner = owner
        self.limits = limits
        self.revoked = ""
        self._executors = 0
        # what was spawned through it -> how many capabilities to it are held; None for what is detached
        self._holders: weakref.WeakKeyDictionary[Process, int | None] = weakref.WeakKeyDictionary()
        self._within: weakref.WeakSet[Tenancy] = weakref.WeakSet()

    def narrowed(self) -> Tenancy:
        """One of the same account that reaches nothing but what is spawned through itself."""
        inner = Tenancy(self.account, self.owner, self.limits)
        inner.revoked = self.revoked
        self._within.add(inner)
        return inner

    def check(self) -> None:
        """Raise `FailedError` for an account that may not act any more."""
        if self.revoked:
            raise FailedError(self.revoked)

    def revoke(self, why: str) -> None:
        """Let its holder do nothing more."""
        self.revoked = why
        for inner in list(self._within):
            inner.revoke(why)

    # --- what it has ---
    def spawned(self, process: Process, *, detached: bool) -> None:
        """A process was spawned through it."""
        self._holders[process] = None if detached else 0

    def reaches(self, entry: Entry) -> bool:
        """Whether a process was spawned through it, or by what was."""
        return any(entry.is_within(process.entry) for process in self)

    def __iter__(self) -> Iterator[Process]:
        """The living processes that were spawned through it."""
        return (process for process in list(self._holders) if process.entry.what is not None)

    # --- who holds it ---
    def executor_held(self) -> None:
        """Somebody holds an executor of the tenancy."""
        self._executors += 1

    def executor_dropped(self) -> None:
        """Nobody holds it any more."""
        self._executors -= 1
        if not self._executors:
            for process, holders in list(self._holders.items()):
                if holders == 0:
                    self._abandoned(process)

    def process_held(self, process: Process) -> None:
        """Somebody holds a capability to a process."""
        holders = self._holders.get(process)
        if holders is not None:
            self._holders[process] = holders + 1

    def process_dropped(self, process: Process) -> None:
        """Nobody holds it any more."""
        holders = self._holders.get(process)
        if holders is not None:
            self._holders[process] = holders - 1
            if holders == 1 and not self._executors:
                self._abandoned(process)

    def _abandoned(self, process: Process) -> None:
        if process.entry.live:
            whose = self.account or "this node"
            log.info("process %d of %s ends: nobody holds it or its session any more", process.pid, whose)
            process.executor.apply(Kill(process.entry))
