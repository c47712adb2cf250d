"""How one node of a Raft group behaves: timeouts in ticks, limits in bytes, and which safety nets are on.

Rules that hold here:

1. The core counts ticks and reads no clock: a tick is as long as whoever calls `RawNode.tick` makes it.
2. Everything that a client or a peer can make grow has a limit here.
3. The defaults are those of a production cluster. Each departure from them is a keyword with its reason
   beside it.

Held by test_core_rawnode, in tests/raft/.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from wetware.errors import LocalError
from wetware.raft.core.messages import APPLY_THREAD

__all__ = ["NO_LIMIT", "Config", "ReadMode"]

NO_LIMIT = 2**63
"""For sizes: no limit."""


class ReadMode(enum.Enum):
    """How a leader makes sure that it still leads before it answers a read (thesis 6.4)."""

    SAFE = "safe"
    """A round of heartbeats for each batch of reads: right whatever clocks do."""
    LEASE = "lease"
    """No message where a quorum answered within `Config.lease_tick`. Right while no clock runs at twice
    another's pace (with the default). Needs `check_quorum`. Without a lease a read falls back to a round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one node; checked when made.

    Attributes:
        id: this node's id: positive, below 2**64 - 2, never used by another node of the group (nor by one
            removed).
        election_tick: ticks without word from a leader before a follower campaigns; each node draws its own
            timeout from [election_tick, 2 * election_tick - 1] anew for every term (thesis 3.4).
        heartbeat_tick: ticks between a leader's heartbeats.
        applied: the last index that the state machine has applied already (restart); zero: what the
            storage's snapshot covers.
        async_storage_writes: `Ready` carries messages to an append and an apply thread instead of being
            persisted in place; `advance` is then not called.
        max_size_per_message: bytes of entries in one append; one entry always fits.
        max_committed_size_per_ready: bytes of committed entries handed out and not yet acknowledged as
            applied; zero: as `max_size_per_message`. One entry always fits.
        max_uncommitted_size: bytes of data that a leader takes without having committed it; an empty queue
            always takes one proposal.
        max_inflight_messages: appends under way to one follower.
        max_inflight_bytes: bytes of data under way to one follower; zero: no limit.
        max_pending_reads: reads that wait for a leader's confirmation.
        pre_vote: ask before raising the term, so that a node that comes back disturbs nobody (thesis 9.6).
        check_quorum: a leader that hears from no quorum for an election timeout steps down, and nobody
            votes while it hears a leader (thesis 6.2, 4.2.3).
        read_mode: see `ReadMode`.
        lease_tick: how long a quorum's answer keeps the lease (thesis 6.4.1), counted from when the
            question was sent; zero: half of `election_tick`. At most `election_tick - 2`.
        announce_commits: a leader tells its followers at once how far is committed; if not, they learn it
            from its next append or heartbeat, or when `RawNode.announce_commit` is called.
        forward_proposals: a follower sends proposals on to the leader instead of refusing them.
        validate_conf_changes: a leader refuses membership changes that do not fit. Turn it off only where
            whoever applies them can refuse them in the same way on every node.
        step_down_on_removal: a leader that applied its own removal or demotion becomes a follower.
    """

    id: int
    election_tick: int = 10
    heartbeat_tick: int = 1
    applied: int = 0
    async_storage_writes: bool = False
    max_size_per_message: int = 1 << 20
    max_committed_size_per_ready: int = 0
    max_uncommitted_size: int = 64 << 20
    max_inflight_messages: int = 256
    max_inflight_bytes: int = 0
    max_pending_reads: int = 4096
    pre_vote: bool = True
    check_quorum: bool = True
    read_mode: ReadMode = ReadMode.SAFE
    lease_tick: int = 0
    announce_commits: bool = True
    forward_proposals: bool = True
    validate_conf_changes: bool = True
    step_down_on_removal: bool = True

    def __post_init__(self) -> None:
        if not 0 < self.id < APPLY_THREAD:
            raise LocalError(f"{self.id} is no node id: it must be positive and below 2**64 - 2")
        if self.heartbeat_tick < 1:
            raise LocalError(f"heartbeat_tick must be at least 1, not {self.heartbeat_tick}")
        if self.election_tick <= self.heartbeat_tick:
            raise LocalError(
                f"election_tick ({self.election_tick}) must be greater than"
                f" heartbeat_tick ({self.heartbeat_tick})"
            )
        for name in ("applied", "max_size_per_message", "max_committed_size_per_ready", "max_inflight_bytes"):
            if getattr(self, name) < 0:
                raise LocalError(f"{name} must not be negative")
        for name in ("max_uncommitted_size", "max_inflight_messages", "max_pending_reads"):
            if getattr(self, name) < 1:
                raise LocalError(f"{name} must be at least 1")
        if 0 < self.max_inflight_bytes < self.max_size_per_message:
            raise LocalError(
                f"max_inflight_bytes ({self.max_inflight_bytes}) must not be below"
                f" max_size_per_message ({self.max_size_per_message})"
            )
        if self.read_mode is ReadMode.LEASE:
            if not self.check_quorum:
                raise LocalError(
                    "reads by lease need check_quorum: without it voters do not wait out a leader's lease"
                )
            if not 0 <= self.lease_tick <= max(self.election_tick - 2, 0):
                raise LocalError(
                    f"lease_tick must lie between 0 and election_tick - 2, not {self.lease_tick}"
                )

    @property
    def lease(self) -> int:
        """Ticks that a quorum's answer keeps the lease."""
        return self.lease_tick or min(self.election_tick // 2, self.election_tick - 2)

    @property
    def max_applying_size(self) -> int:
        """Bytes of committed entries that may be handed out unacknowledged."""
        return self.max_committed_size_per_ready or self.max_size_per_message
