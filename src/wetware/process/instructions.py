"""What the table asks of its owner: each class is one thing to do.

Rules that hold here:

1. Instructions are carried out in the order in which they are returned, those of an earlier stimulus first.
2. The owner answers `Start` with `Started`, or with `Stopped` if that failed; `Stop` with `Stopped`;
   `Release` with `Released`. All others need no answer.
3. Carrying one out may give new stimuli; they wait their turn and are never handled in the middle of this
   list.
4. An instruction is never changed after it was made (as stimuli, and for the same reason not frozen).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wetware.process.entry import Entry
    from wetware.process.reasons import ExitReason

__all__ = [
    "AnswerWait",
    "Continue",
    "DeliverPause",
    "DeliverResume",
    "EndForeign",
    "Instruction",
    "NotifyMonitor",
    "Release",
    "Start",
    "Stop",
    "Suspend",
]


@dataclass(slots=True)
class Start:
    """Make the process's fiber and let it run."""

    entry: Entry


@dataclass(slots=True)
class Stop:
    """Stop the fiber at its next yield, whatever it does; from now on no host call of it takes effect."""

    entry: Entry
    reason: ExitReason


@dataclass(slots=True)
class Release:
    """The fiber has stopped: give back its store, descriptors and buffers."""

    entry: Entry


@dataclass(slots=True)
class Suspend:
    """Run the fiber no further until `Continue` (or `Stop`)."""

    entry: Entry


@dataclass(slots=True)
class Continue:
    """The opposite of `Suspend`."""

    entry: Entry


@dataclass(slots=True)
class DeliverPause:
    """Call the guest's handler: pause."""

    entry: Entry


@dataclass(slots=True)
class DeliverResume:
    """Call the guest's handler: resume."""

    entry: Entry


@dataclass(slots=True)
class AnswerWait:
    """Answer a `Wait` (with `reason.wait_code`)."""

    token: Hashable
    reason: ExitReason


@dataclass(slots=True)
class NotifyMonitor:
    """Tell a `Monitor`."""

    token: Hashable
    reason: ExitReason


@dataclass(slots=True)
class EndForeign:
    """Tell the node of a linked process elsewhere that this end of the link has ended.

    Attributes:
        entry: the process that ended here.
        peer: the process elsewhere.
        reason: why the one here ended.
    """

    entry: Entry
    peer: Hashable
    reason: ExitReason


Instruction = (
    Start
    | Stop
    | Release
    | Suspend
    | Continue
    | DeliverPause
    | DeliverResume
    | AnswerWait
    | NotifyMonitor
    | EndForeign
)
