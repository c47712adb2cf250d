"""The work on the log, and when snapshots are made, given away, and forgotten.

Rules that hold here:

1. A snapshot is taken when the log has grown by a bound since the last one, or by the size of the last one if
   that is more, so that what is written for snapshots stays in proportion to what is written for entries.
2. A follower that needs one gets the log's, if all members of today are in its membership (one that is not
   would ignore it); otherwise one is taken for it. It is kept in memory while followers ask for it.
3. The log keeps some entries before its snapshot for those that are a little behind.
4. At most one snapshot is being made at a time.
5. A commit index by itself is not worth a write (`durable`, rule 2), so it is no work either: the next write
   takes it along. One that turns out to be worth a write gets it at the next tick.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wetware.errors import InternalError
from wetware.raft.core import HardState, Snapshot
from wetware.raft.core.errors import CompactedError, SnapshotOutOfDateError, UnavailableError
from wetware.raft.log.errors import DiskError
from wetware.raft.node.core.writes import Load, Save, Taken, WriteQueue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.raft.core import ConfState, Message
    from wetware.raft.node.options import Options
    from wetware.raft.node.store import Store

__all__ = ["LogWrites", "Restore", "Take", "WriteJob"]

_KEEP_TICKS = 200
"""Ticks that a snapshot is kept in memory after a follower asked for it."""
_MAX_WRITE = 4 << 20
_UNKNOWN = float("inf")


@dataclass(frozen=True, slots=True)
class Restore:
    """The state machine is to become what the snapshot describes."""

    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Take:
    """A snapshot of the state machine is to be taken."""


class WriteJob:
    """One work on the log.

    Attributes:
        light: whether it brings nothing but a commit index, which a log does not write by itself: then
            `run` need not be called.
        size: the bytes of its entries; infinite where it does more than write entries.
    """

    __slots__ = ("_store", "light", "loaded", "size", "step", "work")

    def __init__(
        self,
        store: Store,
        work: Save | Taken | Load,
        step: Any,
        *,
        light: bool = False,
        size: float = _UNKNOWN,
    ) -> None:
        self._store = store
        self.light = light
        self.size = size
        self.work = work
        self.step = step
        self.loaded: Snapshot | None = None

    def run(self) -> None:
        """Do the disk's part; may be called in a thread.

        Raises:
            DiskError, CorruptLogError, LogLockedError: the member cannot go on.
        """
        if self.step is None:
            self.loaded = self._store.snapshot()
        else:
            self._store.flush(self.step)


class LogWrites:
    """What is to be done to one member's log.

    Args:
        store: the log.
        options: the member's.
        report: told what nobody waits for.
    """

    def __init__(
        self, store: Store, options: Options, report: Callable[[str, BaseException | None], None]
    ) -> None:
        self.store = store
        self._options = options
        self._report = report
        self._queue = WriteQueue(max_bytes=_MAX_WRITE)
        self._asked = store.initial_state()[0]
        self._commit: Message | None = None
        self._making = False
        self._wanted = False
        self._recent: Snapshot | None = None
        self._unused = 0
        self._grown = 0
        self._last_size = 0

    @property
    def waiting_bytes(self) -> int:
        """Bytes of entries that wait to be written."""
        return self._queue.bytes

    def __len__(self) -> int:
        return len(self._queue)

    def append(self, message: Message) -> None:
        """Queue what the core wants written."""
        if message.term:
            before, self._asked = self._asked, HardState(message.term, message.vote, message.commit)
            self._commit = None
            only = not (message.entries or message.responses or message.snapshot is not None)
            if only and before[:2] == self._asked[:2] and not self.store.worth_writing(self._asked):
                self._commit = message
                return
        self._queue.append(message)

    # --- writing

    def next(self) -> WriteJob | None:
        """The next work."""
        while (work := self._queue.next()) is not None:
            if isinstance(work, Load):
                return WriteJob(self.store, work, None)
            if isinstance(work, Save):
                if self._commit is not None and not self._queue:
                    work.hard_state, self._commit = self._asked, None
                return self._job(work)
            try:
                step = self.store.prepare_snapshot(work.index, work.conf_state, work.data)
            except (SnapshotOutOfDateError, CompactedError, UnavailableError):
                self._making = False  # the leader's own came meanwhile
                continue
            return WriteJob(self.store, work, step)
        return None

    def _job(self, save: Save) -> WriteJob:
        store, entries, snapshot = self.store, save.entries, save.snapshot
        light = not entries and snapshot is None
        if light and save.hard_state is not None:
            light = not store.worth_writing(save.hard_state)
        step = store.prepare(save.hard_state, entries, snapshot)
        size = _UNKNOWN if snapshot is not None else sum([len(entry.data) for entry in entries])
        return WriteJob(store, save, step, light=light, size=size)

    def settle(self) -> None:
        """No further work will be done: have the log know the commit index that waits, if it can."""
        if self._commit is not None and self._commit.commit <= self.store.last_index():
            self.store.adopt(self.store.prepare(self._asked))
            self._commit = None

    def written(self, job: WriteJob) -> tuple[Snapshot | None, Sequence[Message]]:
        """A work is done: the snapshot to restore the state machine from, and what may be answered now."""
        work = job.work
        if isinstance(work, Load):
            self._making = False
            self._keep(job.loaded)
            return None, ()
        try:
            self.store.adopt(job.step)
        except DiskError as error:
            self._report("a file that is not needed any more could not be removed", error)
        if isinstance(work, Save):
            if work.snapshot is not None:
                self._grown, self._last_size = 0, len(work.snapshot.data)
                self._recent = None
            return work.snapshot, work.responses
        self._making = False
        self._grown, self._last_size = 0, len(work.data)
        if self._wanted:
            self._keep(Snapshot(work.index, self.store.term(work.index), work.conf_state, work.data))
        elif self._recent is not None and self._recent.index < work.index:
            self._recent = None
        self._compact(work.index - self._options.keep_entries)
        return None, ()

    def _compact(self, index: int) -> None:
        if index < self.store.first_index():
            return
        try:
            self.store.compact(index)
        except DiskError as error:
            self._report("a file that is not needed any more could not be removed", error)

    # --- snapshots

    def grown(self, size: int) -> None:
        """An entry of this size was applied."""
        self._grown += size

    def wants_snapshot(self, state: ConfState) -> bool:
        """Whether a snapshot of the state machine is to be taken now; if so, it must be."""
        if self._making:
            return False
        if self._wanted and self.store.snapshot_index and _covers(self.store.initial_state()[1], state):
            self._making = True
            self._queue.add(Load())
            return False
        due = self._grown >= max(self._options.snapshot_bytes, self._last_size)
        self._making = due or self._wanted
        return self._making

    def taken(self, index: int, state: ConfState, data: bytes) -> None:
        """A snapshot of the state machine was taken."""
        self._queue.add(Taken(index, state, data))

    def take_failed(self) -> None:
        """A snapshot of the state machine could not be taken: try again when the log has grown once more."""
        self._making = self._wanted = False
        self._grown = 0

    def recent(self, state: ConfState) -> Snapshot | None:
        """A snapshot for a follower; None: not yet, it is being made."""
        self._unused = 0
        snapshot = self._recent
        if snapshot is not None and _covers(snapshot.conf_state, state) and self._reaches(snapshot.index):
            return snapshot
        self._wanted = True
        return None

    def _reaches(self, index: int) -> bool:
        """Whether the log goes on where a snapshot at this index ends."""
        return index >= self.store.first_index() - 1

    def _keep(self, snapshot: Snapshot | None) -> None:
        if snapshot is None:
            raise InternalError("the snapshot was not read")
        self._wanted = False
        self._unused = 0
        self._recent = snapshot

    def tick(self) -> None:
        """A tick has passed."""
        if self._commit is not None and self.store.worth_writing(self._asked):
            self._queue.append(self._commit)
            self._commit = None
        if self._recent is not None:
            self._unused += 1
            if self._unused > _KEEP_TICKS:
                self._recent = None


def _covers(state: ConfState, members: ConfState) -> bool:
    known = {*state.voters, *state.voters_outgoing, *state.learners}
    return known.issuperset((*members.voters, *members.voters_outgoing, *members.learners))
