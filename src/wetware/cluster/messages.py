"""What the membership core takes and gives: messages between nodes, and what it tells its own node.

A heartbeat or an obituary in here has been verified; `wire` reads, writes and verifies them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import PeerId

__all__ = [
    "Digest",
    "Instruction",
    "Joined",
    "Known",
    "Left",
    "Message",
    "News",
    "Obituary",
    "Probe",
    "Recovered",
    "Send",
    "Superseded",
    "Suspected",
    "Updated",
    "in_messages",
]

MAX_BEATS: Final = 48
"""Heartbeats or obituaries in one message."""


@dataclass(frozen=True, slots=True)
class Obituary:
    """An observer's statement that it hears nothing of a node since a heartbeat.

    Attributes:
        peer: the node.
        epoch: boot epoch of the last heartbeat that the observer knows.
        seq: its sequence number.
        by: the observer; the node itself, where it takes its leave.
        signed: the envelope that proves it.
    """

    peer: PeerId
    epoch: int
    seq: int
    by: PeerId
    signed: bytes = field(default=b"", repr=False, compare=False)

    @property
    def version(self) -> tuple[int, int]:
        """The version of the last heartbeat known."""
        return self.epoch, self.seq


# --- between nodes ---
@dataclass(frozen=True, slots=True)
class News:
    """Heartbeats, each with its age in seconds, and obituaries.

    Attributes:
        spread: whether the receiver passes on what is new to it.
    """

    beats: tuple[tuple[Heartbeat, float], ...] = ()
    obituaries: tuple[Obituary, ...] = ()
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """Asks for a heartbeat of `peer` newer than `version`, for `origin`."""

    peer: PeerId
    version: tuple[int, int]
    origin: PeerId


@dataclass(frozen=True, slots=True)
class Digest:
    """A hash of the members of each part of the key space."""

    buckets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The members (peer and epoch) of parts in which two digests differ; `reply` answers another `Known`."""

    buckets: tuple[int, ...]
    members: tuple[tuple[PeerId, int], ...]
    reply: bool = False


Message = News | Probe | Digest | Known


# --- to the own node ---
@dataclass(frozen=True, slots=True)
class Send:
    """Send a message to a node; it may get lost."""

    to: PeerId
    message: Message


@dataclass(frozen=True, slots=True)
class Joined:
    """A node is in the table that was not."""

    peer: PeerId


@dataclass(frozen=True, slots=True)
class Updated:
    """A node has started anew, or says something else of itself."""

    peer: PeerId
    restarted: bool


@dataclass(frozen=True, slots=True)
class Suspected:
    """Nothing is heard of a node; it is still in the table."""

    peer: PeerId


@dataclass(frozen=True, slots=True)
class Recovered:
    """A suspected node was heard again."""

    peer: PeerId


@dataclass(frozen=True, slots=True)
class Left:
    """A node is out of the table.

    Attributes:
        why: `dead` (found silent), `left` (it said so itself) or `expired` (its time to live was over).
    """

    peer: PeerId
    why: Literal["dead", "left", "expired"]


@dataclass(frozen=True, slots=True)
class Superseded:
    """This node met a newer epoch of its own key and took a newer one still.

    Once after a start: the clock was behind an earlier start's. Again and again: two nodes use one key.

    Attributes:
        epoch: the epoch taken.
        times: how often this start of the node has met one.
    """

    epoch: int
    times: int


Instruction = Send | Joined | Updated | Suspected | Recovered | Left | Superseded


def in_messages(
    beats: Sequence[tuple[Heartbeat, float]], deaths: Sequence[Obituary], *, spread: bool
) -> list[News]:
    """Heartbeats and obituaries, in messages of bounded size."""
    lives = [tuple(beats[at : at + MAX_BEATS]) for at in range(0, len(beats), MAX_BEATS)]
    ends = [tuple(deaths[at : at + MAX_BEATS]) for at in range(0, len(deaths), MAX_BEATS)]
    return [News(some, (), spread) for some in lives] + [News((), some, spread) for some in ends]
