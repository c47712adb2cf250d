"""What may happen to the table: each class is one thing that somebody says to it.

Rules that hold here:

1. A stimulus names processes by entry (`Spawn.ppid` alone is a number, and only a look-up).
2. `by` is the process that asks, None where the node itself does. What an ending or ended process asks for
   has no effect: its spawn is refused, everything else is passed over in silence (ending-asks-nothing).
3. A token is whatever the sender wants back in the answer: hashable, and never twice at once on one entry.
4. A peer is the name of a process elsewhere: hashable, and no `int`, since an `int` is a pid here.
5. A stimulus is never changed after it was made. (Frozen classes would say so, and cost three times as much
   to make; several of these are made for every process.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wetware.process.reasons import ExitReason, Killed

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wetware.process.entry import Entry
    from wetware.process.owner import Owner

__all__ = [
    "CancelMonitor",
    "CancelWait",
    "ForeignEnded",
    "HandlerRegistered",
    "Kill",
    "Link",
    "LinkForeign",
    "Monitor",
    "Pause",
    "Released",
    "Resume",
    "ShutdownAll",
    "Spawn",
    "Started",
    "Stimulus",
    "Stopped",
    "Unlink",
    "UnlinkForeign",
    "Wait",
]

_KILLED = Killed()


@dataclass(slots=True)
class Spawn:
    """A new process is wanted. Answered by `Start`, which carries its entry, as the first instruction.

    Attributes:
        ppid: the parent's pid. 0 or unknown: the process that asks (as INIT's child it would outlive it), or
            INIT where the node asks.
        now: seconds since the epoch.
        what: the owner's object for it.
        by: the process that asks.
        link_to: a process to link it with, before any of its code runs.
        monitors: tokens to be told of its end.
        max_children: its limit on children; None for the table's default.
        owner: for whom it is to run; None for the owner of the process that asks, if there is one.

    Refused, with nothing done and no pid used:
        EndingError: the process that asks or `link_to` is ending or has ended; or the parent or one of its
            ancestors is ending, and to adopt the child would let it escape its supervisor.
        ClosedError: the table is shut down.
        InitError: `link_to` is INIT.
        LimitError: "processes", "account-processes", "children", "links" or "monitors".
    """

    ppid: int = 0
    now: float = 0.0
    what: object = None
    by: Entry | None = None
    link_to: Entry | None = None
    monitors: tuple[Hashable, ...] = ()
    max_children: int | None = None
    owner: Owner | None = None


@dataclass(slots=True)
class Started:
    """The engine: the fiber exists and may run."""

    entry: Entry


@dataclass(slots=True)
class Stopped:
    """The engine: the fiber has stopped for good, or will never start; no code of the process runs any more.

    Attributes:
        entry: the process.
        reason: what the engine saw. An earlier cause (a kill, a link ...) wins over it.
    """

    entry: Entry
    reason: ExitReason


@dataclass(slots=True)
class Released:
    """The engine: the process's store, descriptors and buffers are given back."""

    entry: Entry


@dataclass(slots=True)
class Kill:
    """The process is to end, whatever its state.

    Attributes:
        entry: the process.
        reason: why; `Killed()` where somebody asked, `Limit(...)` where the engine found it over a limit.
        by: the process that asks.

    Refused:
        InitError: the process is INIT.
    """

    entry: Entry
    reason: ExitReason = _KILLED
    by: Entry | None = None


@dataclass(slots=True)
class ShutdownAll:
    """Every process is to end, and none may be spawned any more."""


@dataclass(slots=True)
class Pause:
    """The process is to pause: by itself where it registered a handler, else by the scheduler's hand.

    Attributes:
        entry: the process.
        force: by the scheduler's hand in any case.
        by: the process that asks.

    Refused:
        InitError: the process is INIT.
    """

    entry: Entry
    force: bool = False
    by: Entry | None = None


@dataclass(slots=True)
class Resume:
    """The process is to go on. Attributes and refusals as `Pause`."""

    entry: Entry
    by: Entry | None = None


@dataclass(slots=True)
class HandlerRegistered:
    """The guest has registered its handler for pause and resume, or has none any more.

    A guest that drops its handler while paused is suspended: that is no way out of a pause.
    """

    entry: Entry
    present: bool = True


@dataclass(slots=True)
class Link:
    """The end of either is to end the other. Idempotent and symmetric; with itself: no effect.

    If one has ended already, the other ends at once; if one is ending, the other does when that has left.

    Refused:
        InitError: one of them is INIT.
        LimitError: "links", of either.
    """

    a: Entry
    b: Entry
    by: Entry | None = None


@dataclass(slots=True)
class Unlink:
    """The two are not to be linked. No effect where they are not, or where one has ended."""

    a: Entry
    b: Entry
    by: Entry | None = None


@dataclass(slots=True)
class LinkForeign:
    """The process is to be linked with one elsewhere; this node's half of it. As `Link`.

    A process that has ended answers at once with `EndForeign`.

    Refused:
        InitError: the process is INIT.
        LimitError: "links".
    """

    entry: Entry
    peer: Hashable
    by: Entry | None = None


@dataclass(slots=True)
class UnlinkForeign:
    """The process is not to be linked with the one elsewhere. As `Unlink`."""

    entry: Entry
    peer: Hashable
    by: Entry | None = None


@dataclass(slots=True)
class ForeignEnded:
    """A process elsewhere has ended, or is out of reach (`NodeLost`): a lost connection is an end."""

    peer: Hashable
    reason: ExitReason


@dataclass(slots=True)
class Wait:
    """Somebody wants the result: answered by one `AnswerWait`, at once if it is there.

    Refused:
        InitError: the process is INIT.
        LimitError: "waits".
    """

    entry: Entry
    token: Hashable


@dataclass(slots=True)
class CancelWait:
    """The answer is wanted no more. No effect if it was given."""

    entry: Entry
    token: Hashable


@dataclass(slots=True)
class Monitor:
    """Somebody wants to be told of the end: answered by one `NotifyMonitor`, at once if it has come.

    Refused:
        InitError: the process is INIT.
        LimitError: "monitors".
    """

    entry: Entry
    token: Hashable


@dataclass(slots=True)
class CancelMonitor:
    """The monitor is wanted no more. No effect if it was told."""

    entry: Entry
    token: Hashable


Stimulus = (
    Spawn
    | Started
    | Stopped
    | Released
    | Kill
    | ShutdownAll
    | Pause
    | Resume
    | HandlerRegistered
    | Link
    | Unlink
    | LinkForeign
    | UnlinkForeign
    | ForeignEnded
    | Wait
    | CancelWait
    | Monitor
    | CancelMonitor
)
