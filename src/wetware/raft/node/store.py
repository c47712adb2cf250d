"""The log as a member uses it: the durable one of `wetware.raft.log`, or one in memory.

A write has three parts, of which only the middle one does I/O and may run in a thread: `prepare`, `flush`,
`adopt` (see `DurableLog.prepare`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from wetware.raft.core import MemoryStorage
from wetware.raft.core.errors import SnapshotOutOfDateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.raft.core import ConfState, Entry, HardState, Snapshot

__all__ = ["MemoryLog", "Store"]


class Store(Protocol):
    """A log that a member can live on: what the core reads (see `core.Storage`), and how it is written."""

    def initial_state(self) -> tuple[HardState, ConfState]: ...
    def entries(self, low: int, high: int, max_size: int) -> Sequence[Entry]: ...
    def term(self, index: int) -> int: ...
    def first_index(self) -> int: ...
    def last_index(self) -> int: ...
    def snapshot(self) -> Snapshot: ...

    @property
    def snapshot_index(self) -> int:
        """The last entry that the snapshot covers; zero where there is none."""
        ...

    def prepare(
        self,
        hard_state: HardState | None = None,
        entries: Sequence[Entry] = (),
        snapshot: Snapshot | None = None,
    ) -> Any:
        """Check a write and make its step."""
        ...

    def worth_writing(self, hard_state: HardState) -> bool:
        """Whether a hard state is worth a write where it is the only news."""
        ...

    def prepare_snapshot(self, index: int, conf_state: ConfState, data: bytes) -> Any:
        """Check a snapshot that was taken here and make its step."""
        ...

    def flush(self, step: Any) -> None:
        """Make a step durable; in a thread, if there are threads."""
        ...

    def adopt(self, step: Any) -> None:
        """Show a step to the core."""
        ...

    def compact(self, index: int) -> None:
        """Drop the entries up to an index that the snapshot covers."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


@dataclass(frozen=True, slots=True)
class _Step:
    hard_state: HardState | None = None
    entries: Sequence[Entry] = ()
    snapshot: Snapshot | None = None
    taken: tuple[int, ConfState, bytes] | None = None


class MemoryLog(MemoryStorage):
    """A log in memory, for guests and tests: what it holds is lost with the process.

    A member that lost its log must never come back under its id: join it anew under another.
    """

    __slots__ = ()

    @property
    def snapshot_index(self) -> int:
        """See `Store.snapshot_index`."""
        return self.snapshot().index

    def prepare(
        self,
        hard_state: HardState | None = None,
        entries: Sequence[Entry] = (),
        snapshot: Snapshot | None = None,
    ) -> _Step:
        """See `Store.prepare`."""
        return _Step(hard_state, entries, snapshot)

    def worth_writing(self, hard_state: HardState) -> bool:
        """See `Store.worth_writing`."""
        return hard_state[:2] != self.initial_state()[0][:2]

    def prepare_snapshot(self, index: int, conf_state: ConfState, data: bytes) -> _Step:
        """See `Store.prepare_snapshot`."""
        if index <= self.snapshot_index:
            raise SnapshotOutOfDateError(f"a snapshot at {self.snapshot_index} is held already")
        self.term(index)
        return _Step(taken=(index, conf_state, data))

    def flush(self, step: Any) -> None:
        """Nothing is durable here."""

    def adopt(self, step: _Step) -> None:
        """See `Store.adopt`."""
        if step.taken is not None:
            self.create_snapshot(*step.taken)
            state, _ = self.initial_state()
            # what is applied is committed, even if that word has not come here yet
            self.set_hard_state(state._replace(commit=max(state.commit, step.taken[0])))
            return
        if step.hard_state is not None:
            self.set_hard_state(step.hard_state)
        if step.snapshot is not None:
            self.apply_snapshot(step.snapshot)
        self.append(step.entries)

    def close(self) -> None:
        """See `Store.close`."""
