"""What the table keeps of one process.

Rules that hold here:

1. The entry is the authority, its pid only a number: whoever holds the entry may act on the process, and
   after a pid has been used again the old entry still means the old process (transcript pid-wrap).
2. An entry outlives its leaving the table: it keeps its pid, its reason and its figures, and nothing else; so
   a wait, a monitor or a link that comes late is answered at once, and a kept entry keeps no other
   alive (late-answers, test_an_ended_process_keeps_no_other_alive).
3. Only the table writes an entry, but for `what` and the figures under "the owner's".
4. Sets that most processes never need are None until they are needed: a process costs what it uses.
5. Every set keeps the order of its making, so that the same stimuli give the same instructions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.process.states import ALIVE, PAUSED, STARTING, Lifecycle

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wetware.process.owner import Owner
    from wetware.process.reasons import ExitReason

__all__ = ["FIRST_PID", "INIT_PID", "MAX_PID", "Entry"]

INIT_PID: Final = 1
"""The root of the tree: unkillable, in no listing."""

FIRST_PID: Final = 2
"""The first process's pid."""

MAX_PID: Final = 0xFFFF_FFFF
"""Pids are UInt32 on the wire; after the last one they start again at `FIRST_PID`."""

_SHOWN_LINKS: Final = 8


class Entry:
    """One process, from its spawn to long after its end.

    Attributes:
        pid: its number in this table.
        ppid: the pid of its parent at spawn (1 for INIT's children); what it was, even after the parent is
            gone.
        state: its lifecycle; `running`, `runnable` and `waiting` are the scheduler's and all `alive` here.
        reason: why it ended; None until the fiber has stopped for good.
        created: when it was spawned, in seconds since the epoch, as the caller said.
        suspended: whether the scheduler holds it; False in a paused process that was asked to pause by
            itself.
        may_spawn: False as soon as it or any of its ancestors is ending.
        max_children: how many children it may have at once; None (INIT): as many as the table holds.
        owner: for whom it runs; None for the node itself.

    The owner's:
        what: whatever the owner hangs here (the node: its process object).
        cpu_seconds: CPU time used.
        memory_bytes: bytes of memories and tables held, the highest seen.
        output_bytes: bytes written to stdout and stderr.
    """

    __slots__ = (
        "cause",
        "children",
        "cpu_seconds",
        "created",
        "foreign",
        "handler",
        "links",
        "max_children",
        "may_spawn",
        "memory_bytes",
        "monitors",
        "output_bytes",
        "owner",
        "parent",
        "pending_pause",
        "pid",
        "ppid",
        "reason",
        "state",
        "suspended",
        "told_pause",
        "waits",
        "what",
    )

    def __init__(
        self, pid: int, parent: Entry | None, created: float, what: object, max_children: int | None
    ) -> None:
        self.pid = pid
        self.ppid = 0 if parent is None else parent.pid
        self.state: Lifecycle = STARTING
        self.reason: ExitReason | None = None
        self.created = created
        self.what = what
        # the tree
        self.parent = parent
        self.children: dict[int, Entry] | None = None
        self.max_children = max_children
        self.may_spawn = True
        self.owner: Owner | None = None
        # who is told of the end
        self.links: dict[Entry, None] | None = None
        self.foreign: dict[Hashable, None] | None = None
        self.waits: dict[Hashable, None] | None = None
        self.monitors: dict[Hashable, None] | None = None
        # the first cause of an end that the fiber does not know of yet
        self.cause: ExitReason | None = None
        # pause: the guest's own handler, whether it was told, whether the scheduler holds the fiber, and what
        # was asked for before the start (None: nothing; else whether by force)
        self.handler = False
        self.told_pause = False
        self.suspended = False
        self.pending_pause: bool | None = None
        # the owner's
        self.cpu_seconds = 0.0
        self.memory_bytes = 0
        self.output_bytes = 0

    @property
    def live(self) -> bool:
        """Whether what it asks for still takes effect: it is neither ending nor ended."""
        return self.state in _LIVE

    def is_within(self, root: Entry) -> bool:
        """Whether it is `root` or below it in the tree; the time is that of its depth."""
        entry: Entry | None = self
        while entry is not None and entry is not root:
            entry = entry.parent
        return entry is root

    def story(self) -> str:
        """Return what is known of it, in one line, for an error's text."""
        parts = [f"process {self.pid} (child of {self.ppid}) is {self.state}"]
        if self.cause is not None:
            parts.append(f"was told to end: {self.cause}")
        if self.reason is not None:
            parts.append(f"stopped: {self.reason}")
        if self.links:
            pids = [str(other.pid) for other in self.links]
            more = f" and {len(pids) - _SHOWN_LINKS} more" if len(pids) > _SHOWN_LINKS else ""
            parts.append(f"linked to {', '.join(pids[:_SHOWN_LINKS])}{more}")
        for name, held in (
            ("links elsewhere", self.foreign),
            ("children", self.children),
            ("waits", self.waits),
            ("monitors", self.monitors),
        ):
            if held:
                parts.append(f"{len(held)} {name}")
        return "; ".join(parts)

    def __repr__(self) -> str:
        return f"<process {self.pid} {self.state}>"


_LIVE: Final = frozenset({STARTING, ALIVE, PAUSED})
