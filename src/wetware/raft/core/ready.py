"""What the core wants done: the one record that flows out of it.

Rules that hold here. Whoever drives a `RawNode` obeys them for each `Ready`, in this order:

1. Write `hard_state`, then `snapshot`, then `entries` to stable storage. Where `must_sync` says so, or
   where there is a snapshot, they must be on disk before anything below happens.
2. Send `messages`, in their order to each receiver. Loss, repetition and reordering are allowed; a snapshot
   that was sent or lost is reported by `RawNode.report_snapshot`, a failed send by
   `RawNode.report_unreachable`.
3. Restore the state machine from `snapshot`, then apply `committed` in order. For each entry of type
   `CONF_CHANGE` or `CONF_CHANGE_V2`: decode it with `ConfChange.decode` and give it to
   `RawNode.apply_conf_change`.
4. Answer the `read_states` whose index has been applied.
5. Call `RawNode.advance`. There is at most one `Ready` under way.

With `Config.async_storage_writes` rules 1, 3 and 5 are replaced: the messages to `APPEND_THREAD` and
`APPLY_THREAD` carry the work (rules 1 and 3 say how to do it; a `STORAGE_APPEND` message with a term of
zero carries no hard state), each thread does its messages in order, and delivers a message's `responses`
(those to this node with `RawNode.step`) only when that message's work is on disk, or applied. `advance` is
never called and several `Ready` may be under way.

Source: thesis 3.8 (what must be stored before which answer), 10.2.1 (writing the leader's disk in parallel).

Held by test_core_rawnode, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.raft.core.messages import Entry, HardState, Message, ReadState, Snapshot, SoftState

__all__ = ["Ready"]


class Ready(NamedTuple):
    """A batch of work; see the rules of this file.

    Attributes:
        soft_state: leader and role, where they changed.
        hard_state: term, vote and commit index, where they changed.
        read_states: reads that were confirmed.
        entries: entries to append to the log (they may replace some that are there).
        snapshot: a snapshot to install in place of the log and the state machine.
        committed: entries to apply.
        messages: messages to send, after all of the above that they depend on is stored.
        must_sync: whether hard state and entries must be on disk before the messages leave; if not, the
            only news is a commit index, which may be lost.
    """

    soft_state: SoftState | None = None
    hard_state: HardState | None = None
    read_states: Sequence[ReadState] = ()
    entries: Sequence[Entry] = ()
    snapshot: Snapshot | None = None
    committed: Sequence[Entry] = ()
    messages: Sequence[Message] = ()
    must_sync: bool = False
