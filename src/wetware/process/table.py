"""The process table: stimuli in, instructions out.

Rules that hold here:

1. No I/O, no clock, no randomness, no call-backs: `handle` returns what is to be done and does nothing of it.
   What comes of an instruction is a later stimulus, so nothing here recurses, however deep a tree or long a
   chain of links is.
2. Every exit goes one way, whatever caused it: `Stop` (confirmed by `Stopped`) -> the result is recorded ->
   `Release` (confirmed by `Released`) -> the process leaves table and tree -> its waits are answered, then
   its monitors -> its links end -> its children end. A fiber that ended by itself comes in at `Stopped`.
3. The first cause of an end wins: a later one, and what the fiber says after it, change nothing.
4. In `ending` nothing that the process asks for takes effect. From the moment a process is ending, its whole
   subtree may spawn no more, though its members end one after the other: a chain of forks cannot outrun its
   own end.
5. A refused stimulus changes nothing. A stimulus that the engine may not send raises `InternalError`.
6. Work is proportional to what changes: no stimulus but `ShutdownAll` looks at processes that it does not
   concern.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.errors import ClosedError, InternalError, LimitError
from wetware.process.entry import FIRST_PID, INIT_PID, MAX_PID, Entry
from wetware.process.errors import EndingError, InitError
from wetware.process.instructions import (
    AnswerWait,
    Continue,
    DeliverPause,
    DeliverResume,
    EndForeign,
    Instruction,
    NotifyMonitor,
    Release,
    Start,
    Stop,
    Suspend,
)
from wetware.process.reasons import ExitReason, Killed, Linked, Shutdown
from wetware.process.states import ALIVE, ENDING, EXITED, PAUSED, STARTING
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

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

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

    def _spawn(self, stimulus: Spawn) -> Sequence[Instruction]:
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
                raise _no_init("linked")
            if not link_to.live:
                raise EndingError(
                    f"process {link_to.pid} is ending; a process linked with it would end at once"
                )
            self._room_for_link(link_to)
        if len(by_pid) >= self.max_processes:
            raise _limit("processes", len(by_pid), self.max_processes, "this node runs {} already")
        siblings = parent.children
        if siblings is None:
            siblings = parent.children = {}
        if parent.max_children is not None and len(siblings) >= parent.max_children:
            raise _limit(
                "children", len(siblings), parent.max_children, f"process {parent.pid} has {{}} already"
            )
        if len(stimulus.monitors) > self.max_monitors:
            raise _limit("monitors", len(stimulus.monitors), self.max_monitors, "{} were asked for")
        # nothing is refused from here on

        pid = self._next_pid
        while pid in by_pid:
            pid = pid + 1 if pid < MAX_PID else FIRST_PID
        self._next_pid = pid + 1 if pid < MAX_PID else FIRST_PID

        max_children = stimulus.max_children
        entry = Entry(
            pid,
            parent,
            stimulus.now,
            stimulus.what,
            self.max_children if max_children is None else max_children,
        )
        by_pid[pid] = siblings[pid] = entry
        if link_to is not None:
            _connect(entry, link_to)
        if stimulus.monitors:
            entry.monitors = dict.fromkeys(stimulus.monitors)
        return (Start(entry),)

    def _started(self, stimulus: Started) -> Sequence[Instruction]:
        entry = stimulus.entry
        if entry.state == STARTING:
            entry.state = ALIVE
            if entry.pending_pause is None:
                return _NOTHING
            return self._pause(Pause(entry, force=entry.pending_pause))
        if entry.state == ENDING and entry.reason is None:
            return _NOTHING  # it crossed with the Stop
        raise _illegal(stimulus, entry)

    # --- death ----------------------------------------------------------------------------------------

    def _kill(self, stimulus: Kill) -> Sequence[Instruction]:
        entry, by = stimulus.entry, stimulus.by
        if by is not None and not by.live:
            return _NOTHING
        if entry is self.init:
            raise _no_init("killed")
        out: list[Instruction] = []
        _end(entry, stimulus.reason, out)
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
            raise _illegal(stimulus, entry)
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
        if entry.state != ENDING or reason is None or parent is None or parent.children is None:
            raise _illegal(stimulus, entry)
        pid = entry.pid
        entry.state = EXITED
        entry.parent = None
        del self._by_pid[pid], parent.children[pid]

        out: list[Instruction] = []
        if entry.waits:
            out += [AnswerWait(token, reason) for token in entry.waits]
            entry.waits = None
        if entry.monitors:
            out += [NotifyMonitor(token, reason) for token in entry.monitors]
            entry.monitors = None
        if entry.links:
            signal = _linked(entry, reason)
            for other in entry.links:
                if other.links is not None:
                    del other.links[entry]
                _end(other, signal, out)
            entry.links = None
        if entry.foreign:
            for peer in entry.foreign:
                self._forget_peer(entry, peer)
                out.append(EndForeign(entry, peer, reason))
            entry.foreign = None
        if entry.children:
            killed = Killed(pid)
            orphans = self.init.children = self.init.children or {}
            for child in entry.children.values():
                child.parent = self.init
                orphans[child.pid] = child
                _end(child, killed, out)
        entry.children = None
        return out

    # --- pause ----------------------------------------------------------------------------------------

    def _pause(self, stimulus: Pause) -> Sequence[Instruction]:
        entry, force, by = stimulus.entry, stimulus.force, stimulus.by
        if by is not None and not by.live:
            return _NOTHING
        if entry is self.init:
            raise _no_init("paused")
        if entry.state == STARTING:
            entry.pending_pause = force or bool(entry.pending_pause)
        elif entry.state == ALIVE:
            entry.state = PAUSED
            if entry.handler and not force:
                entry.told_pause = True
                return (DeliverPause(entry),)
            entry.suspended = True
            return (Suspend(entry),)
        elif entry.state == PAUSED and force and not entry.suspended:
            entry.suspended = True
            return (Suspend(entry),)
        return _NOTHING

    def _resume(self, stimulus: Resume) -> Sequence[Instruction]:
        entry, by = stimulus.entry, stimulus.by
        if by is not None and not by.live:
            return _NOTHING
        if entry is self.init:
            raise _no_init("resumed")
        if entry.state == STARTING:
            entry.pending_pause = None
        elif entry.state == PAUSED:
            entry.state = ALIVE
            out: list[Instruction] = []
            if entry.suspended:
                entry.suspended = False
                out.append(Continue(entry))
            if entry.told_pause:
                entry.told_pause = False
                out.append(DeliverResume(entry))
            return out
        return _NOTHING

    def _handler_registered(self, stimulus: HandlerRegistered) -> Sequence[Instruction]:
        entry = stimulus.entry
        if not entry.live:
            return _NOTHING
        entry.handler = stimulus.present
        if not stimulus.present and entry.told_pause:
            entry.told_pause = False
            if not entry.suspended:
                entry.suspended = True
                return (Suspend(entry),)
        return _NOTHING

    # --- links ----------------------------------------------------------------------------------------

    def _link(self, stimulus: Link) -> Sequence[Instruction]:
        a, b, by = stimulus.a, stimulus.b, stimulus.by
        if by is not None and not by.live:
            return _NOTHING
        if a is self.init or b is self.init:
            raise _no_init("linked")
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
        a, b, by = stimulus.a, stimulus.b, stimulus.by
        if (by is None or by.live) and a.links and b.links and b in a.links:
            del a.links[b], b.links[a]
        return _NOTHING

    def _link_foreign(self, stimulus: LinkForeign) -> Sequence[Instruction]:
        entry, peer, by = stimulus.entry, stimulus.peer, stimulus.by
        if by is not None and not by.live:
            return _NOTHING
        if entry is self.init:
            raise _no_init("linked")
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
        entry, peer, by = stimulus.entry, stimulus.peer, stimulus.by
        if (by is None or by.live) and entry.foreign and peer in entry.foreign:
            del entry.foreign[peer]
            self._forget_peer(entry, peer)
        return _NOTHING

    def _foreign_ended(self, stimulus: ForeignEnded) -> Sequence[Instruction]:
        peer, reason = stimulus.peer, stimulus.reason
        out: list[Instruction] = []
        # a number in the other node's reason is a pid there, which would be read as one of ours
        known = isinstance(reason, Linked) and not isinstance(reason.origin, int)
        signal = Linked(reason.origin if known and isinstance(reason, Linked) else peer, via=peer)
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
            raise _limit("links", used, self.max_links, f"process {entry.pid} has {{}} already")

    # --- those who wait -------------------------------------------------------------------------------

    def _wait(self, stimulus: Wait) -> Sequence[Instruction]:
        entry, token = stimulus.entry, stimulus.token
        if entry.state == EXITED and entry.reason is not None:
            return (AnswerWait(token, entry.reason),)
        if entry is self.init:
            raise _no_init("waited for")
        waits = entry.waits
        if waits is None:
            entry.waits = {token: None}
            return _NOTHING
        if token in waits:
            raise _illegal(stimulus, entry)
        if len(waits) >= self.max_waits:
            raise _limit("waits", len(waits), self.max_waits, f"process {entry.pid} has {{}} already")
        waits[token] = None
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
            raise _no_init("monitored")
        monitors = entry.monitors
        if monitors is None:
            entry.monitors = {token: None}
            return _NOTHING
        if token in monitors:
            raise _illegal(stimulus, entry)
        if len(monitors) >= self.max_monitors:
            raise _limit(
                "monitors", len(monitors), self.max_monitors, f"process {entry.pid} has {{}} already"
            )
        monitors[token] = None
        return _NOTHING

    def _cancel_monitor(self, stimulus: CancelMonitor) -> Sequence[Instruction]:
        if stimulus.entry.monitors:
            stimulus.entry.monitors.pop(stimulus.token, None)
        return _NOTHING


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
    return Linked(reason.origin if isinstance(reason, Linked) else ended.pid, via=ended.pid)


def _limit(name: str, used: int, allowed: int, text: str) -> LimitError:
    return LimitError(
        f"{text.format(used)}, and the limit on {name} is {allowed}", limit=name, used=used, allowed=allowed
    )


def _no_init(verb: str) -> InitError:
    return InitError(f"process {INIT_PID} is the root of the process tree and cannot be {verb}")


def _illegal(stimulus: Stimulus, entry: Entry) -> InternalError:
    return InternalError(f"{type(stimulus).__name__} makes no sense now, please report this: {entry.story()}")
