"""How a leader gets its log to the others, and when it may call an entry committed.

Rules that hold here:

1. A leader only appends to its log, and commits only entries of its own term by counting; older ones are
   committed with them (thesis 3.6.2, figure 3.7).
2. Each follower is sent what it lacks, as fast as its `Progress` allows; one whose next entry was compacted
   gets a snapshot, if it was heard from lately.
3. The leader's own acknowledgement comes through storage like any other: it counts itself only for what its
   own disk holds (10.2.1).
4. A commit index that a follower may be told at once is sent at once: it saves the follower's clients a
   heartbeat's wait. With `announce_commits` turned off it travels with what is sent anyway, and otherwise
   when `announce_commit` is called: where one entry follows the other this saves every second message.
5. What is proposed and not committed is bounded by `max_uncommitted_size`; data without bytes always fits,
   for a leader must be able to open its term and to leave a joint membership.

Held by test_core_replication, test_core_flow and test_core_snapshot, in tests/raft/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wetware.raft.core.errors import (
    CompactedError,
    OverloadedError,
    ProtocolError,
    SnapshotUnavailableError,
    UnavailableError,
)
from wetware.raft.core.messages import Entry, Message, MessageType, Role, payload_size
from wetware.raft.core.tracker.progress import FlowState, Progress

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from wetware.raft.core.raft import Raft

__all__ = [
    "News",
    "announce_commit",
    "append",
    "append_answer",
    "broadcast_append",
    "heartbeat_answer",
    "maybe_commit",
    "send_append",
    "snapshot_status",
    "unreachable",
]


def append(raft: Raft, entries: Sequence[Entry]) -> None:
    """Put entries behind the leader's log, in its term.

    Raises:
        OverloadedError: too much is uncommitted; nothing was appended.
    """
    size = payload_size(entries)
    used, allowed = raft.uncommitted_size, raft.config.max_uncommitted_size
    if used > 0 and size > 0 and used + size > allowed:
        raise OverloadedError(
            f"{used} bytes are uncommitted and {size} more would exceed {allowed}; wait for a commit",
            limit="max_uncommitted_size",
            used=used + size,
            allowed=allowed,
        )
    raft.uncommitted_size = used + size
    log, term = raft.log, raft.term
    index = log.last_index + 1
    log.append([Entry(term, index + i, entry.type, entry.data) for i, entry in enumerate(entries)])
    raft.send(Message(MessageType.APP_RESP, to=raft.id, index=log.last_index))


def maybe_commit(raft: Raft) -> bool:
    """Commit what a quorum holds, if that reaches into this term; tell whether anything was committed."""
    return raft.log.maybe_commit(raft.tracker.committed(), raft.term)


def broadcast_append(raft: Raft) -> None:
    """Send each follower what it lacks, or at least the commit index."""
    for node_id in raft.tracker.progress:
        if node_id != raft.id:
            send_append(raft, node_id)


def send_append(raft: Raft, to: int, *, if_empty: bool = True) -> bool:
    """Send a follower what it lacks: entries from `next` on, or a snapshot. Tell whether anything was sent.

    Args:
        raft: the leader.
        to: the follower.
        if_empty: also where there are no entries, for the sake of the commit index.
    """
    progress = raft.tracker.progress[to]
    log = raft.log
    if progress.paused or (not if_empty and progress.next > log.last_index):
        return False
    before = progress.next - 1
    entries: Sequence[Entry] = ()
    try:
        term = log.term(before)
        # While the window is full an append without entries still goes out (prompted by an answered
        # heartbeat): if all in flight was lost, its answer is what reopens the window.
        if progress.state is not FlowState.REPLICATE or not progress.inflights.full:
            entries = log.entries(progress.next, raft.config.max_size_per_message)
    except (CompactedError, UnavailableError):
        return _send_snapshot(raft, to, progress)
    if not entries and not if_empty:
        return False
    raft.send(
        Message(MessageType.APP, to=to, index=before, log_term=term, entries=entries, commit=log.committed)
    )
    progress.sent(len(entries), payload_size(entries), log.committed)
    return True


def _send_snapshot(raft: Raft, to: int, progress: Progress) -> bool:
    if not progress.active:
        return False
    try:
        snapshot = raft.log.snapshot()
    except SnapshotUnavailableError:
        return False
    state = snapshot.conf_state
    if to not in state.voters + state.voters_outgoing + state.learners:
        return False  # made before it joined, so it would be ignored; the next answered heartbeat asks again
    progress.become_snapshot(snapshot.index)
    raft.send(Message(MessageType.SNAP, to=to, snapshot=snapshot))
    return True


class News(NamedTuple):
    """What the answer to an append brought: whether its sender got on, whether entries were committed."""

    progressed: bool = False
    committed: bool = False


def append_answer(raft: Raft, message: Message) -> News:
    """Take in the answer to an append or a snapshot.

    Raises:
        ProtocolError: it acknowledges what was never sent.
    """
    progress = raft.tracker.progress[message.from_]
    progress.active = True
    if message.reject:
        _rejected(raft, message, progress)
        return News()
    index = message.index
    if index > raft.log.last_index:
        raise ProtocolError(
            f"node {message.from_} acknowledged entry {index}, but the log ends at {raft.log.last_index}"
        )
    # An answer that brings no news still shows that a probed follower can follow.
    if not progress.acknowledged(index) and not (
        progress.match == index and progress.state is FlowState.PROBE
    ):
        return News()
    if progress.state is FlowState.REPLICATE:
        progress.inflights.free_to(index)
    elif progress.state is FlowState.PROBE or progress.match + 1 >= raft.log.first_index():
        # After a snapshot it does not matter which one arrived, as long as the log can take over from there.
        progress.become_replicate()
    # what is committed already needs no counting again
    committed = index > raft.log.committed and maybe_commit(raft)
    if raft.config.announce_commits:
        if committed:
            broadcast_append(raft)
        elif message.from_ != raft.id and progress.can_bump_commit(raft.log.committed):
            send_append(raft, message.from_)
    if message.from_ != raft.id:
        # There may be room for several appends now.
        while send_append(raft, message.from_, if_empty=False):
            pass
    return News(progressed=True, committed=committed)


def announce_commit(raft: Raft, index: int, node_ids: Collection[int] | None) -> None:
    """Tell followers (None: all) how far is committed, where `index` is news to them."""
    if raft.role is not Role.LEADER:
        return
    for node_id, progress in raft.tracker.progress.items():
        asked = node_id != raft.id and (node_ids is None or node_id in node_ids)
        if asked and progress.can_bump_commit(index):
            send_append(raft, node_id)


def _rejected(raft: Raft, message: Message, progress: Progress) -> None:
    """Step back as far as the follower's hint and the own log allow (thesis 3.5, end).

    The follower says: at `reject_hint` my term is `log_term`, and behind it everything differs from yours
    at the rejected index. So the logs can match at most where the own term is no larger than that.
    """
    probe = message.reject_hint
    if message.log_term:
        probe, _ = raft.log.find_conflict_by_term(message.reject_hint, message.log_term)
    if progress.rejected(message.index, probe):
        if progress.state is FlowState.REPLICATE:
            progress.become_probe()
        send_append(raft, message.from_)


def heartbeat_answer(raft: Raft, message: Message) -> None:
    """Take in the answer to a heartbeat: the follower lives, so that whatever it lacks may be tried again."""
    progress = raft.tracker.progress[message.from_]
    progress.active = True
    progress.flow_paused = False
    # One that is probed has to be asked even if it lacks nothing: its answer lets it stream again.
    if progress.match < raft.log.last_index or progress.state is FlowState.PROBE:
        send_append(raft, message.from_)


def snapshot_status(raft: Raft, message: Message) -> None:
    """Take in the transport's word on a snapshot, and wait for the follower's before sending more."""
    progress = raft.tracker.progress[message.from_]
    if progress.state is not FlowState.SNAPSHOT:
        return
    if message.reject:
        progress.pending_snapshot = 0  # it never arrived: probe from what is known
    progress.become_probe()
    progress.flow_paused = True


def unreachable(raft: Raft, message: Message) -> None:
    """Take in the transport's word that a message got lost, and probably what was streamed behind it too."""
    progress = raft.tracker.progress[message.from_]
    if progress.state is FlowState.REPLICATE:
        progress.become_probe()
