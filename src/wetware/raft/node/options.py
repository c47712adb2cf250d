"""How a member behaves: times, limits and policies, with the defaults of a cluster in one site.

The default times give a failover well below 1.5 seconds: a follower waits 0.6 to 1.15 seconds for a word from
its leader (drawn anew each term), elections take a few round trips and one write to the disk. Leaders speak
every 0.1 seconds. A member that was kept from running counts only one tick for the whole pause, so a busy
machine does not make it suspect its leader.
"""

from __future__ import annotations

from dataclasses import dataclass

from wetware.errors import LocalError
from wetware.raft.core import Config, ReadMode

__all__ = ["Options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The settings of one member.

    Attributes:
        tick: seconds.
        election_tick: ticks without a word from a leader before a follower may campaign; see `core.Config`.
        heartbeat_tick: ticks between a leader's heartbeats.
        read_mode: how a leader makes sure that it still leads; see `core.ReadMode`. With `LEASE`, all ticks
            of a pause are counted.
        timeout: seconds that a request may take where it names no deadline of its own.
        max_waiting: commands, and reads, that may wait at this member.
        max_waiting_bytes: bytes that waiting commands may have together.
        max_command_size: bytes of one command.
        max_batch_bytes: bytes proposed in one step, and sent in one call.
        max_sessions: client sessions that the group remembers. The same on all members.
        max_results: answers that are kept for each of them. The same on all members.
        outbox_messages: messages that may wait for one peer.
        outbox_bytes: bytes that may wait for one peer.
        window: calls that may be under way to one peer.
        send_timeout: seconds that a peer may take to answer a call, or to be found, before the way to it is
            looked up anew.
        chunk_size: bytes of a snapshot that are sent in one call.
        max_snapshot_size: bytes of a snapshot that is taken from a leader.
        snapshot_bytes: a snapshot is taken, and the log compacted, when it has grown by this much, or by the
            size of the last snapshot if that is more.
        keep_entries: entries that a compaction leaves for followers that are a little behind.
        catch_up_gap: entries that a newcomer may lack when it becomes a voter.
        remove_dead_after: seconds of silence after which a leader removes a member; zero: never.
        min_voters: how many voters the removal of dead ones leaves.
        inflight_bytes: bytes of appends under way to one follower.
    """

    tick: float = 0.05
    election_tick: int = 12
    heartbeat_tick: int = 2
    read_mode: ReadMode = ReadMode.SAFE
    timeout: float = 10.0
    max_waiting: int = 16384
    max_waiting_bytes: int = 64 << 20
    max_command_size: int = 4 << 20
    max_batch_bytes: int = 1 << 20
    max_sessions: int = 4096
    max_results: int = 2048
    outbox_messages: int = 1024
    outbox_bytes: int = 16 << 20
    window: int = 16
    send_timeout: float = 5.0
    chunk_size: int = 64 << 10
    max_snapshot_size: int = 1 << 30
    snapshot_bytes: int = 32 << 20
    keep_entries: int = 1000
    catch_up_gap: int = 256
    remove_dead_after: float = 0.0
    min_voters: int = 3
    inflight_bytes: int = 8 << 20

    def __post_init__(self) -> None:
        for name in ("tick", "timeout", "send_timeout"):
            if not getattr(self, name) > 0:
                raise LocalError(f"{name} must be positive")
        for name in (
            "max_waiting",
            "max_waiting_bytes",
            "max_command_size",
            "max_batch_bytes",
            "outbox_messages",
            "outbox_bytes",
            "window",
            "chunk_size",
            "snapshot_bytes",
            "min_voters",
        ):
            if getattr(self, name) < 1:
                raise LocalError(f"{name} must be at least 1")
        if self.keep_entries < 0 or self.catch_up_gap < 0 or self.remove_dead_after < 0:
            raise LocalError("keep_entries, catch_up_gap and remove_dead_after must not be negative")

    def config(self, node_id: int, applied: int) -> Config:
        """The core's settings.

        Raises:
            LocalError: they contradict each other.
        """
        return Config(
            id=node_id,
            election_tick=self.election_tick,
            heartbeat_tick=self.heartbeat_tick,
            applied=applied,
            async_storage_writes=True,
            announce_commits=False,
            max_size_per_message=self.max_batch_bytes,
            max_committed_size_per_ready=max(self.max_batch_bytes // 4, 1),
            max_uncommitted_size=self.max_waiting_bytes,
            max_inflight_bytes=max(self.inflight_bytes, self.max_batch_bytes),
            read_mode=self.read_mode,
        )

    @property
    def election_seconds(self) -> float:
        """The shortest time without a leader's word after which a follower may campaign."""
        return self.tick * self.election_tick
