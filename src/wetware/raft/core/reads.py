"""Linearizable reads without writing to the log: how a leader makes sure, afterwards, that it still led.

Rules that hold here:

1. A read may be answered from the commit index that the leader had when the request came, once a quorum has
   confirmed that it led at a moment *after* that (thesis 6.4). The leader must have committed an entry of
   its own term before: until then its commit index may be too low.
2. The proof is a round: heartbeats with its number, answered by a quorum. A read belongs to a round whose
   heartbeats had not left yet; it is confirmed by that round or any later one. Reads that come before the
   heartbeats leave share the round.
3. The lease is a proof kept: whoever answered a heartbeat sent at tick t helps nobody else to office for an
   election timeout after t. So a leader whose heartbeats of tick t were answered by a quorum leads until
   then, if clocks run about alike (thesis 6.4.1).
4. A leader that told another to campaign holds no lease for the rest of its term: that election is exempt
   from rule 3.
5. What waits is bounded by `Config.max_pending_reads`.

The heartbeat carries (round, tick) as its context and the answer returns it; nobody else looks inside.

Held by test_core_reads, in tests/raft/.
"""

from __future__ import annotations

import struct
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from wetware.raft.core.errors import OverloadedError
from wetware.raft.core.quorum import joint_index

if TYPE_CHECKING:
    from wetware.raft.core.confchange import Membership

__all__ = ["PendingRead", "Reads"]

_CONTEXT = struct.Struct(">QQ")


class PendingRead(NamedTuple):
    """A read that waits for its round.

    Attributes:
        round: the round that will confirm it.
        index: the commit index to be read at.
        requester: the node that asked.
        context: the request's name.
    """

    round: int
    index: int  # type: ignore[assignment]  # the field's word matters more than tuple.index
    requester: int
    context: bytes


class Reads:
    """The reads of one leader in one term.

    Args:
        self_id: the leader.
        max_pending: how many may wait.
    """

    __slots__ = (
        "_max_pending",
        "_open",
        "_pending",
        "_postponed",
        "_rounds",
        "_self_id",
        "_ticks",
        "lease_void",
        "round",
    )

    def __init__(self, self_id: int, max_pending: int) -> None:
        self._self_id = self_id
        self._max_pending = max_pending
        self._pending: deque[PendingRead] = deque()
        self._postponed: list[tuple[int, bytes]] = []
        self._rounds: dict[int, int] = {}
        self._ticks: dict[int, int] = {}
        self._open = False
        self.round = 0
        self.lease_void = False

    def __len__(self) -> int:
        return len(self._pending) + len(self._postponed)

    def _check_room(self) -> None:
        if len(self) >= self._max_pending:
            raise OverloadedError(
                f"{len(self)} reads wait for confirmation already; wait until some are answered",
                limit="max_pending_reads",
                used=len(self),
                allowed=self._max_pending,
            )

    def postpone(self, requester: int, context: bytes) -> None:
        """Keep a request until the leader has committed an entry of its term.

        Raises:
            OverloadedError: too many wait.
        """
        self._check_room()
        self._postponed.append((requester, context))

    def release(self) -> list[tuple[int, bytes]]:
        """Take out what was postponed."""
        postponed, self._postponed = self._postponed, []
        return postponed

    def add(self, index: int, requester: int, context: bytes) -> bool:
        """Let a read wait for a round; tell whether a new round must be sent for it.

        Raises:
            OverloadedError: too many wait.
        """
        self._check_room()
        new = not self._open
        if new:
            self.round += 1
            self._open = True
        self._pending.append(PendingRead(self.round, index, requester, context))
        return new

    def sent(self) -> None:
        """Note that the heartbeats have left: later reads need another round."""
        self._open = False

    @property
    def waiting(self) -> bool:
        """Whether reads wait for a round: then every heartbeat asks again."""
        return bool(self._pending)

    def heartbeat_context(self, tick: int) -> bytes:
        """Give the context for heartbeats sent at `tick`."""
        return _CONTEXT.pack(self.round, tick)

    def answered(self, node_id: int, context: bytes, now: int) -> None:
        """Note the context of an answered heartbeat; one that was never sent is ignored."""
        if len(context) != _CONTEXT.size:
            return
        number, tick = _CONTEXT.unpack(context)
        if number > self.round or tick > now:
            return
        self._rounds[node_id] = max(number, self._rounds.get(node_id, 0))
        self._ticks[node_id] = max(tick, self._ticks.get(node_id, 0))

    def confirmed(self, membership: Membership) -> list[PendingRead]:
        """Take out the reads whose round a quorum has answered, oldest first."""
        rounds = self._rounds

        def answered(voter: int) -> int:
            return self.round if voter == self._self_id else rounds.get(voter, 0)

        reached = joint_index(membership.voters, membership.outgoing, answered)
        done = []
        while self._pending and self._pending[0].round <= reached:
            done.append(self._pending.popleft())
        return done

    def has_lease(self, membership: Membership, now: int, lease: int) -> bool:
        """Tell whether a quorum answered heartbeats sent within the last `lease` ticks."""
        if self.lease_void or lease < 1:
            return False
        never = -1 - lease

        def answered(voter: int) -> int:
            return now if voter == self._self_id else self._ticks.get(voter, never)

        return now - joint_index(membership.voters, membership.outgoing, answered) <= lease
