"""The process table: stimuli in, instructions out.

Rules that hold here:

1. No I/O, no clock, no randomness, no call-backs: `handle` returns what is to be done and does nothing of it.
   What comes of an instruction is a later stimulus, so nothing here recurses, however deep a tree or long a
   chain of links is (test_a_deep_tree, test_a_long_chain_of_links).
2. Every exit goes one way, whatever caused it: `Stop` (confirmed by `Stopped`) -> the result is recorded ->
   `Release` (confirmed by `Released`) -> the process leaves table and tree -> its waits are answered, then
   its monitors -> its links end -> its children end. A fiber that ended by itself comes in at `Stopped`
   (parent-exits, exit-by-itself).
3. The first cause of an end wins: a later one, and what the fiber says after it, change nothing (kill-twice).
4. In `ending` nothing that the process asks for takes effect. From the moment a process is ending, its whole
   subtree may spawn no more, though its members end one after the other: a chain of forks cannot outrun its
   own end (ending-asks-nothing, fork-chain).
5. A refused stimulus changes nothing. A stimulus that the engine may not send raises
   `InternalError` (limits, illegal).
6. Work is proportional to what changes: no stimulus but `ShutdownAll` looks at processes that it does not
   concern.

The names in brackets are transcripts in `tests/process/transcripts/`, or tests beside them;
`test_process_histories.py` holds the whole to a second, naive table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.errors import ClosedError, InternalError
from wetware.process.entry import FIRST_PID, INIT_PID, MAX_PID, Entry
from wetware.process.errors import EndingError, illegal, limit_reached, no_init
from wetware.process.instructions import (
    AnswerWait,
    EndForeign,
    Instruction,
    NotifyMonitor,
    Release,
    Start,
    Stop,
)
from wetware.process.owner import OWNED
from wetware.process.pause import pause, register_handler, resume, start
from wetware.process.reasons import ExitReason, Killed, Linked, NodeLost, Shutdown
from wetware.process.states import ALIVE, ENDING, EXITED, STARTING
from wetware.process.stimuli import (
    CancelMonitor,
    CancelWait,
    ForeignEnded,
    HandlerRegistered,
    Kill,
    Link,
    LinkForeign,
    Monitor,
    Pause,
    Released,
    Resume,
    ShutdownAll,
    Spawn,
    Started,
    Stimulus,
    Stopped,
    Unlink,
    UnlinkForeign,
    Wait,
)
from wetware.process.views import Row, TreeRow, listing, subtree, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from wetware.process.states import Activity

__all__ = ["ProcessTable"]

_NOTHING: Final[tuple[Instruction, ...]] = ()


class ProcessTable:
    """All processes of one executor.

    Args:
        max_processes: how many may be live at once (ending ones count until they are released). The default
            is below the operating system's wall of some 16,000 to 22,000 fibers in one OS process
            (`vm.max_map_count`).
        max_children: how many children a process may have, unless its `Spawn` says otherwise. INIT has no
            such limit.
        max_links: how many links, here and elsewhere together, one process may have.
        max_monitors: how many monitors may watch one process.
        max_waits: how many waits may be pending on one process.
    """

    def __init__(
        self,
        *,
        max_processes: int = 15_000,
        max_children: int = 1_024,
        max_links: int = 1_024,
        max_monitors: int = 1_024,
        max_waits: int = 1_024,
    ) -> None:
        self.max_processes = max_processes
        self.max_children = max_children
        self.max_links = max_links
        self.max_monitors = max_monitors
        self.max_waits = max_waits
        self.init = Entry(INIT_PID, None, 0.0, None, None)
        self.init.state = ALIVE
        self.closed = False
        self._by_pid: dict[int, Entry] = {}
        self._next_pid = FIRST_PID
        # the entries linked with each process elsewhere
        self._peers: dict[Hashable, dict[Entry, None]] = {}
        self._handlers: dict[type, Callable[[Any], Sequence[Instruction]]] = {
            Spawn: self._spawn,
            Started: self._started,
            Stopped: self._stopped,
            Released: self._released,
            Kill: self._kill,
            ShutdownAll: self._shutdown_all,
            Pause: self._pause,
            Resume: self._resume,
            HandlerRegistered: self._handler_registered,
            Link: self._link,
            Unlink: self._unlink,
            LinkForeign: self._link_foreign,
            UnlinkForeign: self._unlink_foreign,
            ForeignEnded: self._foreign_ended,
            Wait: self._wait,
            CancelWait: self._cancel_wait,
            Monitor: self._monitor,
            CancelMonitor: self._cancel_monitor,
        }

    # --- looking --------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many processes there are, INIT not counted."""
        return len(self._by_pid)

    def __iter__(self) -> Iterator[Entry]:
        """All processes but INIT, by pid."""
        by_pid = self._by_pid
        return iter([by_pid[pid] for pid in sorted(by_pid)])

    def find(self, pid: int) -> Entry | None:
        """Return the process with this pid, INIT for 1, None where there is none (any more)."""
        return self.init if pid == INIT_PID else self._by_pid.get(pid)

    def snapshot(
        self, activity: Callable[[Entry], Activity] | None = None, *, root: Entry | None = None
    ) -> list[Row]:
        """Return a row for every process, by pid.

        Args:
            activity: the scheduler's knowledge of an alive process: runnable, running or waiting.
            root: list only this process and those below it.
        """
        if root is None or root is self.init:
            return listing(self._by_pid.values(), activity)
        return listing((entry for entry, _, _ in subtree(root)), activity)

    def tree(
        self, activity: Callable[[Entry], Activity] | None = None, *, root: Entry | None = None
    ) -> list[TreeRow]:
        """Return the rows of `snapshot` in the order and with the depths in which a tree is printed."""
        return tree(root or self.init, activity)

    def is_linked_elsewhere(self, peer: Hashable) -> bool:
        """Whether any process here is linked with this one elsewhere."""
        return peer in self._peers

    # --- the one door ---------------------------------------------------------------------------------

    def handle(self, stimulus: Stimulus) -> Sequence[Instruction]:
        """Take one stimulus; return what is to be done about it, in order.

        Raises:
            EndingError, InitError, ClosedError, LimitError: refused, as the stimulus's class says; nothing
                was done.
            InternalError: no engine that keeps to the protocol sends this now; the text tells the process's
                story.
        """
        handler = self._handlers.get(type(stimulus))
        if handler is None:
            raise InternalError(f"the process table knows no stimulus {type(stimulus).__name__}")
        return handler(stimulus)

    # --- birth ----------------------------------------------------------------------------------------

    def check(self, stimulus: Spawn) -> Entry:
        """Raise what `handle` would refuse this spawn with now; the parent that it would get."""
        by_pid = self._by_pid
        ppid, by, link_to = stimulus.ppid, stimulus.by, stimulus.link_to
        if self.closed:
            raise ClosedError("the node is shutting down and starts no process any more")
        if by is not None and not by.live:
            raise EndingError(f"process {by.pid} is ending and starts no process any more")
        # a process that names a parent that is gone keeps the child to itself: as INIT's it would outlive it
        parent = self.init if ppid == INIT_PID else by_pid.get(ppid, by or self.init)
        if not parent.may_spawn:
            raise EndingError(
                f"process {parent.pid} is ending, or one of its ancestors is; choose another parent"
            )
        if link_to is not None:
            if link_to is self.init:
                raise no_init("linked")
            if not link_to.live:
                raise EndingError(
                    f"process {link_to.pid} is ending; a process linked with it would end at once"
                )
            self._room_for_link(link_to)
        if len(by_pid) >= self.max_processes:
            raise limit_reached("processes", len(by_pid), self.max_processes, "this node")
        brood = len(parent.children or ())
        if parent.max_children is not None and brood >= parent.max_children:
            raise limit_reached("children", brood, parent.max_children, f"process {parent.pid}")
        owner = stimulus.owner or (None if by is None else by.owner)
        if owner is not None and owner.max_processes is not None:
            had = len(owner.entries)
            if had >= owner.max_processes:
                raise limit_reached(OWNED, had, owner.max_processes, f"the account {owner.name}")
        if stimulus.monitors and len(dict.fromkeys(stimulus.monitors)) > self.max_monitors:
            raise limit_reached("monitors", len(stimulus.monitors), self.max_monitors, "the new process")
        return parent

    def _spawn(self, stimulus: Spawn) -> Sequence[Instruction]:
        parent = self.check(stimulus)
        # nothing is refused from here on
        by_pid = self._by_pid
        pid = self._next_pid
        while pid in by_pid:
            pid = pid + 1 if pid < MAX_PID else FIRST_PID
        self._next_pid = pid + 1 if pid < MAX_PID else FIRST_PID

        max_children = stimulus.max_children
        if max_children is None:
            max_children = self.max_children
        entry = Entry(pid, parent, stimulus.now, stimulus.what, max_children)
        if parent.children is None:
            parent.children = {}
        by_pid[pid] = parent.children[pid] = entry
        entry.monitors = dict.fromkeys(stimulus.monitors) if stimulus.monitors else None
        if stimulus.link_to is not None:
            _connect(entry, stimulus.link_to)
        owner = stimulus.owner or (None if stimulus.by is None else stimulus.by.owner)
        if owner is not None:
            entry.owner = owner
            owner.entries[entry] = None
        return (Start(entry),)

    def _started(self, stimulus: Started) -> Sequence[Instruction]:
        entry = stimulus.entry
        if entry.state == STARTING:
            return start(entry)
        if entry.state == ENDING and entry.reason is None:
            return _NOTHING  # it crossed with the Stop
        raise illegal(stimulus, entry)

    # --- death ----------------------------------------------------------------------------------------

    def _kill(self, stimulus: Kill) -> Sequence[Instruction]:
        if not _asks(stimulus.by):
            return _NOTHING
        if stimulus.entry is self.init:
            raise no_init("killed")
        out: list[Instruction] = []
        _end(stimulus.entry, stimulus.reason, out)
        return out

    def _shutdown_all(self, _stimulus: ShutdownAll) -> Sequence[Instruction]:
        self.closed = True
        reason = Shutdown()
        out: list[Instruction] = []
        for entry in self:
            _end(entry, reason, out)
        return out

    def _stopped(self, stimulus: Stopped) -> Sequence[Instruction]:
        entry = stimulus.entry
        if entry.reason is not None or entry is self.init:
            raise illegal(stimulus, entry)
        if entry.state == ENDING:
            entry.reason = entry.cause or stimulus.reason
        else:
            entry.state = ENDING
            entry.suspended = False
            entry.reason = stimulus.reason
            if entry.may_spawn:
                _doom(entry)
        return (Release(entry),)

    def _released(self, stimulus: Released) -> Sequence[Instruction]:
        entry = stimulus.entry
        reason, parent = entry.reason, entry.parent
        if reason is None or parent is None or parent.children is None:  # not stopped yet, or gone already
            raise illegal(stimulus, entry)
        pid = entry.pid
        entry.state = EXITED
        entry.parent = None
        del self._by_pid[pid], parent.children[pid]
        if entry.owner is not None:
            del entry.owner.entries[entry]
            entry.owner = None

        out: list[Instruction] = []
        if entry.waits:
            out += [AnswerWait(token, reason) for token in entry.waits]
        if entry.monitors:
            out += [NotifyMonitor(token, reason) for token in entry.monitors]
        if entry.links:
            signal = _linked(entry, reason)
            for other in entry.links:
                if other.links is not None:
                    del other.links[entry]
                _end(other, signal, out)
        if entry.foreign:
            for peer in entry.foreign:
                self._forget_peer(entry, peer)
                out.append(EndForeign(entry, peer, reason))
        if entry.children:
            killed = Killed(pid)
            orphans = self.init.children = self.init.children or {}
            for child in entry.children.values():
                child.parent = self.init
                orphans[child.pid] = child
                _end(child, killed, out)
        entry.waits = entry.monitors = entry.links = entry.foreign = entry.children = None
        return out

    # --- pause ----------------------------------------------------------------------------------------

    def _pause(self, stimulus: Pause) -> Sequence[Instruction]:
        if not _asks(stimulus.by):
            return _NOTHING
        if stimulus.entry is self.init:
            raise no_init("paused")
        return pause(stimulus.entry, force=stimulus.force)

    def _resume(self, stimulus: Resume) -> Sequence[Instruction]:
        if not _asks(stimulus.by):
            return _NOTHING
        if stimulus.entry is self.init:
            raise no_init("resumed")
        return resume(stimulus.entry)

    def _handler_registered(self, stimulus: HandlerRegistered) -> Sequence[Instruction]:
        return register_handler(stimulus.entry, present=stimulus.present)

    # --- links ----------------------------------------------------------------------------------------

    def _link(self, stimulus: Link) -> Sequence[Instruction]:
        a, b = stimulus.a, stimulus.b
        if not _asks(stimulus.by):
            return _NOTHING
        if a is self.init or b is self.init:
            raise no_init("linked")
        if a is b:
            return _NOTHING
        for dead, other in ((a, b), (b, a)):
            if dead.state == EXITED:
                out: list[Instruction] = []
                _end(other, _linked(dead, dead.reason), out)
                return out
        if a.links is None or b not in a.links:
            self._room_for_link(a)
            self._room_for_link(b)
            _connect(a, b)
        return _NOTHING

    def _unlink(self, stimulus: Unlink) -> Sequence[Instruction]:
        a, b = stimulus.a, stimulus.b
        if _asks(stimulus.by) and a.links and b.links and b in a.links:
            del a.links[b], b.links[a]
        return _NOTHING

    def _link_foreign(self, stimulus: LinkForeign) -> Sequence[Instruction]:
        entry, peer = stimulus.entry, stimulus.peer
        if not _asks(stimulus.by):
            return _NOTHING
        if entry is self.init:
            raise no_init("linked")
        if isinstance(peer, int):
            raise InternalError(f"a process elsewhere is never named by a number, since {peer} is a pid here")
        if entry.state == EXITED and entry.reason is not None:
            return (EndForeign(entry, peer, entry.reason),)
        if entry.foreign is None or peer not in entry.foreign:
            self._room_for_link(entry)
            entry.foreign = entry.foreign or {}
            entry.foreign[peer] = None
            self._peers.setdefault(peer, {})[entry] = None
        return _NOTHING

    def _unlink_foreign(self, stimulus: UnlinkForeign) -> Sequence[Instruction]:
        entry, peer = stimulus.entry, stimulus.peer
        if _asks(stimulus.by) and entry.foreign and peer in entry.foreign:
            del entry.foreign[peer]
            self._forget_peer(entry, peer)
        return _NOTHING

    def _foreign_ended(self, stimulus: ForeignEnded) -> Sequence[Instruction]:
        peer, reason = stimulus.peer, stimulus.reason
        origin = peer
        # a number in the other node's reason is a pid there, and would be read as one of ours
        if isinstance(reason, Linked) and not isinstance(reason.origin, int):
            origin = reason.origin
        lost = isinstance(reason, NodeLost) or (isinstance(reason, Linked) and reason.lost)
        signal = Linked(origin, via=peer, lost=lost)
        out: list[Instruction] = []
        for entry in self._peers.pop(peer, ()):
            if entry.foreign is not None:
                del entry.foreign[peer]
            _end(entry, signal, out)
        return out

    def _forget_peer(self, entry: Entry, peer: Hashable) -> None:
        entries = self._peers[peer]
        del entries[entry]
        if not entries:
            del self._peers[peer]

    def _room_for_link(self, entry: Entry) -> None:
        used = len(entry.links or ()) + len(entry.foreign or ())
        if used >= self.max_links:
            raise limit_reached("links", used, self.max_links, f"process {entry.pid}")

    # --- those who wait -------------------------------------------------------------------------------

    def _wait(self, stimulus: Wait) -> Sequence[Instruction]:
        entry, token = stimulus.entry, stimulus.token
        if entry.state == EXITED and entry.reason is not None:
            return (AnswerWait(token, entry.reason),)
        if entry is self.init:
            raise no_init("waited for")
        waits = entry.waits or {}
        if token in waits:
            raise illegal(stimulus, entry)
        if len(waits) >= self.max_waits:
            raise limit_reached("waits", len(waits), self.max_waits, f"process {entry.pid}")
        waits[token] = None
        entry.waits = waits
        return _NOTHING

    def _cancel_wait(self, stimulus: CancelWait) -> Sequence[Instruction]:
        if stimulus.entry.waits:
            stimulus.entry.waits.pop(stimulus.token, None)
        return _NOTHING

    def _monitor(self, stimulus: Monitor) -> Sequence[Instruction]:
        entry, token = stimulus.entry, stimulus.token
        if entry.state == EXITED and entry.reason is not None:
            return (NotifyMonitor(token, entry.reason),)
        if entry is self.init:
            raise no_init("monitored")
        monitors = entry.monitors or {}
        if token in monitors:
            raise illegal(stimulus, entry)
        if len(monitors) >= self.max_monitors:
            raise limit_reached("monitors", len(monitors), self.max_monitors, f"process {entry.pid}")
        monitors[token] = None
        entry.monitors = monitors
        return _NOTHING

    def _cancel_monitor(self, stimulus: CancelMonitor) -> Sequence[Instruction]:
        if stimulus.entry.monitors:
            stimulus.entry.monitors.pop(stimulus.token, None)
        return _NOTHING


def _asks(by: Entry | None) -> bool:
    """Return whether what this process asks for still takes effect (None: the node itself asks)."""
    return by is None or by.live


def _end(entry: Entry, cause: ExitReason, out: list[Instruction]) -> None:
    """Set a process on its way out, unless it is already."""
    if entry.live:
        entry.state = ENDING
        entry.suspended = False
        entry.cause = cause
        if entry.may_spawn:
            _doom(entry)
        out.append(Stop(entry, cause))


def _doom(entry: Entry) -> None:
    """Let neither the process nor anything below it spawn any more; each is looked at once in its life."""
    entry.may_spawn = False
    stack = [entry] if entry.children else []
    while stack:
        for child in (stack.pop().children or {}).values():
            if child.may_spawn:
                child.may_spawn = False
                if child.children:
                    stack.append(child)


def _connect(a: Entry, b: Entry) -> None:
    a.links = a.links or {}
    b.links = b.links or {}
    a.links[b] = b.links[a] = None


def _linked(ended: Entry, reason: ExitReason | None) -> Linked:
    """Return what the end of a process means to those linked with it."""
    if isinstance(reason, Linked):
        return Linked(reason.origin, via=ended.pid, lost=reason.lost)
    return Linked(ended.pid, via=ended.pid)
