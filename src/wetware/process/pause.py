"""Pause and resume of one process.

Rules that hold here:

1. A process with a handler of its own is asked (`DeliverPause`, `DeliverResume`); one without, or any by
   force, is held by the scheduler between two instructions (`Suspend`, `Continue`). Both are `paused`;
   `suspended` tells them apart.
2. Force after asking adds the scheduler's hand; a resume takes back both, first the hand (the guest must run
   to hear the rest), then the request.
3. A guest that drops its handler while it is asked to pause is suspended: that is no way out.
4. What is asked before the start takes effect at the start; what is asked of an ending process, never.

Transcripts: pause, pause-before-start, kill-paused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.process.instructions import Continue, DeliverPause, DeliverResume, Instruction, Suspend
from wetware.process.states import ALIVE, PAUSED, STARTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.process.entry import Entry

__all__ = ["pause", "register_handler", "resume", "start"]

_NOTHING: Final[tuple[Instruction, ...]] = ()


def start(entry: Entry) -> Sequence[Instruction]:
    """Take a starting process to life, and into the pause that was asked for meanwhile."""
    entry.state = ALIVE
    if entry.pending_pause is None:
        return _NOTHING
    return pause(entry, force=entry.pending_pause)


def pause(entry: Entry, *, force: bool) -> Sequence[Instruction]:
    """Pause a process; no effect on one that is paused (that way) already, or ending."""
    if entry.state == STARTING:
        entry.pending_pause = force or bool(entry.pending_pause)
        return _NOTHING
    if entry.state == ALIVE:
        entry.state = PAUSED
        if entry.handler and not force:
            entry.told_pause = True
            return (DeliverPause(entry),)
        return _suspend(entry)
    if entry.state == PAUSED and force and not entry.suspended:
        return _suspend(entry)
    return _NOTHING


def resume(entry: Entry) -> Sequence[Instruction]:
    """Let a process go on; no effect on one that is not paused."""
    if entry.state == STARTING:
        entry.pending_pause = None
    if entry.state != PAUSED:
        return _NOTHING
    entry.state = ALIVE
    out: list[Instruction] = []
    if entry.suspended:
        entry.suspended = False
        out.append(Continue(entry))
    if entry.told_pause:
        entry.told_pause = False
        out.append(DeliverResume(entry))
    return out


def register_handler(entry: Entry, *, present: bool) -> Sequence[Instruction]:
    """Note that a guest has a handler of its own, or none any more; no effect on an ending process."""
    if not entry.live:
        return _NOTHING
    entry.handler = present
    if entry.told_pause and not present:
        entry.told_pause = False
        if not entry.suspended:
            return _suspend(entry)
    return _NOTHING


def _suspend(entry: Entry) -> Sequence[Instruction]:
    entry.suspended = True
    return (Suspend(entry),)
