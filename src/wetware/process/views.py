"""The table as it is shown: rows for a listing, and the same rows as a tree.

Rules that hold here:

1. INIT is in no listing.
2. What the scheduler knows is asked for as the row is made: a row is true at one moment, together with all
   others.
3. Nothing recurses, and a row's size does not depend on its depth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wetware.process.entry import INIT_PID
from wetware.process.states import ALIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wetware.process.entry import Entry
    from wetware.process.reasons import ExitReason
    from wetware.process.states import Activity, Shown

__all__ = ["Row", "TreeRow", "listing", "subtree", "tree"]


class Row(NamedTuple):
    """One process in a listing.

    Attributes:
        pid: its number.
        ppid: its parent's number, as at its spawn.
        state: its state, with the scheduler's knowledge of an alive one.
        reason: why it is ending; None while it is not.
        created: when it was spawned, in seconds since the epoch.
        suspended: whether the scheduler holds it (a `paused` process may have been asked to pause by itself).
        children: how many children it has.
        links: how many links it has, here and elsewhere.
        cpu_seconds: CPU time used.
        memory_bytes: bytes of memories and tables held.
        output_bytes: bytes written to stdout and stderr.
        what: the owner's object.
    """

    pid: int
    ppid: int
    state: Shown
    reason: ExitReason | None
    created: float
    suspended: bool
    children: int
    links: int
    cpu_seconds: float
    memory_bytes: int
    output_bytes: int
    what: object


class TreeRow(NamedTuple):
    """One process in a tree, in the order in which the tree is printed.

    Attributes:
        depth: how many ancestors it has in this tree.
        last: whether it is the last of its siblings; a printer keeps these of the path to draw its branches.
        row: the process.
    """

    depth: int
    last: bool
    row: Row


def row(entry: Entry, activity: Callable[[Entry], Activity] | None) -> Row:
    """Return the row of one process. Without `activity` an alive process is said to be runnable."""
    state: Shown = "runnable"
    if entry.state != ALIVE:
        state = entry.state
    elif activity is not None:
        state = activity(entry)
    return Row(
        entry.pid,
        entry.ppid,
        state,
        entry.reason or entry.cause,
        entry.created,
        entry.suspended,
        len(entry.children or ()),
        len(entry.links or ()) + len(entry.foreign or ()),
        entry.cpu_seconds,
        entry.memory_bytes,
        entry.output_bytes,
        entry.what,
    )


def listing(entries: Iterable[Entry], activity: Callable[[Entry], Activity] | None) -> list[Row]:
    """Return the rows of these processes, by pid."""
    return [row(entry, activity) for entry in sorted(entries, key=_pid)]


def subtree(root: Entry) -> Iterator[tuple[Entry, int, bool]]:
    """Walk a process and all below it, parents first, siblings in the order of their spawn.

    Yields:
        The process, its depth below the root, and whether it is the last of its siblings. The depth counts
        from INIT's children where INIT is the root, which is passed over itself.
    """
    stack = [(root, -1 if root.pid == INIT_PID else 0, True)]
    while stack:
        entry, depth, last = stack.pop()
        if depth >= 0:
            yield entry, depth, last
        below = [(child, depth + 1, False) for child in (entry.children or {}).values()]
        if below:
            child, depth, _ = below[-1]
            below[-1] = (child, depth, True)
            stack += reversed(below)


def tree(root: Entry, activity: Callable[[Entry], Activity] | None) -> list[TreeRow]:
    """Return the rows of a process and all below it as a tree."""
    return [TreeRow(depth, last, row(entry, activity)) for entry, depth, last in subtree(root)]


def _pid(entry: Entry) -> int:
    return entry.pid
