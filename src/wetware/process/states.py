"""The states of a process, and every way from one to another.

Rules that hold here:

1. The table knows the *lifecycle*: `starting`, `alive`, `paused`, `ending`, `exited`. Whether an alive
   process is runnable, running or waiting is the scheduler's knowledge and changes thousands of times a
   second: the table neither stores nor hears it. `ProcessTable.snapshot(activity)` asks the scheduler and
   shows its answer in place of `alive`.
2. `TRANSITIONS` is the whole list of ways between the lifecycle's states. The simulation checks that the
   table takes each of them and no other, and the diagram in the documentation is made from it, so that
   neither can lie.
3. No way leads out of `ending` but the one to `exited`, and none out of that: a process ends once.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

__all__ = [
    "ALIVE",
    "ENDING",
    "EXITED",
    "PAUSED",
    "STARTING",
    "TRANSITIONS",
    "Activity",
    "Lifecycle",
    "Shown",
    "Transition",
    "diagram",
]

Lifecycle = Literal["starting", "alive", "paused", "ending", "exited"]
"""What the table keeps of a process."""

Activity = Literal["runnable", "running", "waiting"]
"""What the scheduler knows of an alive process."""

Shown = Literal["starting", "runnable", "running", "waiting", "paused", "ending", "exited"]
"""What a person is shown: the lifecycle, with the scheduler's knowledge in place of `alive`."""

STARTING: Final = "starting"
ALIVE: Final = "alive"
PAUSED: Final = "paused"
ENDING: Final = "ending"
EXITED: Final = "exited"


class Transition(NamedTuple):
    """One way from a state to another.

    Attributes:
        source: the state it leaves; None for the way into the table.
        target: the state it enters.
        cause: what brings it about, in words.
    """

    source: Lifecycle | None
    target: Lifecycle
    cause: str


_ENDS: Final = "killed, limit, link, parent's end, shutdown"

TRANSITIONS: Final[tuple[Transition, ...]] = (
    Transition(None, STARTING, "spawn"),
    Transition(STARTING, ALIVE, "started"),
    Transition(STARTING, PAUSED, "started, after pause"),
    Transition(STARTING, ENDING, f"did not start, {_ENDS}"),
    Transition(ALIVE, PAUSED, "pause"),
    Transition(PAUSED, ALIVE, "resume"),
    Transition(ALIVE, ENDING, f"exit, trap, {_ENDS}"),
    Transition(PAUSED, ENDING, f"exit, trap, {_ENDS}"),
    Transition(ENDING, EXITED, "stopped and released"),
)


def diagram() -> str:
    """Return `TRANSITIONS` as a Mermaid state diagram, with the scheduler's states inside `alive`."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {way.source or '[*]'} --> {way.target}: {way.cause}" for way in TRANSITIONS]
    lines += [
        "    exited --> [*]",
        "    state alive {",
        "        runnable --> running: scheduled",
        "        running --> runnable: preempted",
        "        running --> waiting: host call",
        "        waiting --> runnable: answered",
        "    }",
    ]
    return "\n".join(lines) + "\n"
