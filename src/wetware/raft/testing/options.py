"""What a run of the simulation is like: drawn from its seed, so that seeds differ in more than their luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wetware.raft.core import Config, ReadMode

if TYPE_CHECKING:
    import random

__all__ = ["Options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The settings of one run. Times are in hundredths of a tick.

    Attributes:
        voters: how many nodes found the group.
        clients: how many clients there are, each with one request at a time.
        keys: how many keys they share.
        think: longest pause of a client between two requests.
        loss: share of messages lost while the network is at its worst.
        duplication: share of messages that arrive twice.
        delay: shortest and longest time of a message under way.
        calm: mean time between two faults.
        drift: slowest and fastest clock; 100 is right.
        election_tick, heartbeat_tick, pre_vote, check_quorum, read_mode, announce_commits: as in the core's
            `Config`.
        async_share: share of nodes with asynchronous storage writes.
        inflight: appends under way to one follower.
        message_size: bytes of entries in one append.
        apply_size: bytes handed out for applying at once.
        uncommitted_size: bytes that a leader takes without having committed them.
        snapshot_every: entries between two snapshots.
        segment_size, cache_size: as in the log's `LogConfig`.
        max_sessions: how many clients the replicas remember.
    """

    voters: int = 3
    clients: int = 4
    keys: int = 2
    think: int = 100
    loss: float = 0.05
    duplication: float = 0.05
    delay: tuple[int, int] = (1, 40)
    calm: int = 400
    drift: tuple[int, int] = (80, 125)
    election_tick: int = 10
    heartbeat_tick: int = 2
    pre_vote: bool = True
    check_quorum: bool = True
    read_mode: ReadMode = ReadMode.SAFE
    async_share: float = 0.5
    inflight: int = 256
    message_size: int = 1 << 20
    apply_size: int = 0
    uncommitted_size: int = 64 << 20
    snapshot_every: int = 20
    segment_size: int = 8192
    cache_size: int = 1 << 20
    max_sessions: int = 64
    announce_commits: bool = True

    @classmethod
    def drawn(cls, rng: random.Random) -> Options:
        """Settings by chance. Half of them keep the defaults of the core, since that is what people run."""
        usual = rng.random() < 0.5
        check_quorum = usual or rng.random() < 0.6
        lease = check_quorum and rng.random() < 0.4
        clients = rng.randint(2, 6)
        return cls(
            voters=rng.choice([1, 2, 3, 3, 3, 4, 5, 5]),
            clients=clients,
            keys=rng.randint(1, 3),
            think=rng.choice([20, 100, 300]),
            loss=rng.choice([0.0, 0.02, 0.1, 0.3]),
            duplication=rng.choice([0.0, 0.05, 0.3]),
            delay=rng.choice([(1, 20), (1, 60), (1, 300), (50, 120)]),
            calm=rng.choice([300, 1000, 3000]),
            # the lease holds while no clock runs at twice another's pace
            drift=rng.choice([(95, 105), (75, 140)]) if lease else rng.choice([(90, 110), (50, 200)]),
            election_tick=rng.choice([5, 5, 10, 10]),
            heartbeat_tick=rng.choice([1, 2, 3]),
            pre_vote=usual or rng.random() < 0.5,
            check_quorum=check_quorum,
            read_mode=ReadMode.LEASE if lease else ReadMode.SAFE,
            async_share=rng.choice([0.0, 0.5, 1.0]),
            inflight=256 if usual else rng.choice([1, 2, 8]),
            message_size=1 << 20 if usual else rng.choice([1, 100, 400]),
            apply_size=0 if usual else rng.choice([0, 1, 200]),
            uncommitted_size=64 << 20 if usual else rng.choice([30, 300, 3000]),
            snapshot_every=rng.choice([3, 10, 30, 100]),
            segment_size=rng.choice([4096, 8192, 65536]),
            cache_size=rng.choice([0, 500, 1 << 20]),
            max_sessions=rng.choice([clients, 64, 64]),
            announce_commits=rng.random() < 0.6,
        )

    def config(self, node_id: int, applied: int, asynchronous: bool) -> Config:
        """The core's settings for one node."""
        return Config(
            id=node_id,
            applied=applied,
            election_tick=self.election_tick,
            heartbeat_tick=self.heartbeat_tick,
            async_storage_writes=asynchronous,
            max_size_per_message=self.message_size,
            max_committed_size_per_ready=self.apply_size,
            max_uncommitted_size=self.uncommitted_size,
            max_inflight_messages=self.inflight,
            pre_vote=self.pre_vote,
            check_quorum=self.check_quorum,
            read_mode=self.read_mode,
            announce_commits=self.announce_commits,
        )
