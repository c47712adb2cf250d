"""The door of the core: give it messages, ticks and requests; take out one `Ready` after another.

Rules that hold here:

1. Nothing here waits, sends, stores or draws: the clock is `tick`, the dice are the `randbelow` that is
   passed in.
2. Not reentrant and not thread-safe: one owner calls it, from one thread.
3. An error from any method leaves the node as it was, but for what a higher term in a message obliged it to.
4. Whatever is asked becomes visible in a later `Ready`. Nothing asked is certain until it comes back
   committed: a leader may lose its office, and its log's tail, at any time.
5. After a pause of the whole process, deliver the ticks that are due before anything else: leases are
   counted in ticks.

The rules for handling a `Ready` stand in `ready`.

Sources: thesis chapter 3 (the algorithm), 4 (membership), 6 (clients); the shape (step, tick, ready,
advance) is that of etcd's RawNode.

Held by test_core_rawnode, in tests/raft/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from wetware.errors import InternalError, LocalError
from wetware.raft.core import replication
from wetware.raft.core.errors import PeerNotFoundError, ProtocolError
from wetware.raft.core.messages import (
    APPEND_THREAD,
    APPLY_THREAD,
    EMPTY_HARD_STATE,
    LOCAL,
    RESPONSES,
    TERMLESS,
    ConfChange,
    ConfState,
    Entry,
    EntryType,
    HardState,
    Message,
    MessageType,
    Role,
    Snapshot,
    SoftState,
    entries_size,
    is_local_target,
)
from wetware.raft.core.raft import Raft
from wetware.raft.core.ready import Ready

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from wetware.raft.core.confchange import Misfit
    from wetware.raft.core.config import Config
    from wetware.raft.core.storage import Storage
    from wetware.raft.core.tracker.progress import ProgressStatus

__all__ = ["Proposed", "RawNode", "Status"]


class Proposed(NamedTuple):
    """Where a leader put a proposal. It is committed once an entry of this very term comes back at `index`.

    Another term at that index means that it was lost.
    """

    term: int
    index: int  # type: ignore[assignment]  # the field's word matters more than tuple.index


@dataclass(frozen=True, slots=True)
class Status:
    """What a node knows of itself and, where it leads, of the others.

    Attributes:
        id: its id.
        hard_state: term, vote and commit index as they are now (perhaps not stored yet).
        soft_state: leader and role.
        applied: the last index acknowledged as applied.
        last_index: the last index of the log.
        conf_state: the membership at the applied index.
        transferee: to whom leadership is being handed; zero: nobody.
        progress: per member how far it is; empty unless this node leads.
    """

    id: int
    hard_state: HardState
    soft_state: SoftState
    applied: int
    last_index: int
    conf_state: ConfState
    transferee: int
    progress: dict[int, ProgressStatus]


class RawNode:
    """One node of a Raft group.

    Args:
        config: its settings.
        storage: the stable log; it begins with what that holds.
        randbelow: gives a random integer in [0, n); the only source of chance. Seed it for reproducible runs.

    Raises:
        LocalError: the storage contradicts itself or the configuration.
    """

    __slots__ = ("_advancing", "_async", "_hard_state", "_on_advance", "_raft", "_soft_state")

    def __init__(self, config: Config, storage: Storage, randbelow: Callable[[int], int]) -> None:
        self._raft = Raft(config, storage, randbelow)
        self._async = config.async_storage_writes
        self._hard_state = self._raft.hard_state()
        self._soft_state = self._raft.soft_state()
        self._on_advance: list[Message] = []
        self._advancing = False

    # --- what it is ---------------------------------------------------------------------------------------

    @property
    def id(self) -> int:
        """This node's id."""
        return self._raft.id

    @property
    def term(self) -> int:
        """The present term."""
        return self._raft.term

    @property
    def lead(self) -> int:
        """The leader's id; zero where none is known."""
        return self._raft.lead

    @property
    def role(self) -> Role:
        """What this node is in the present term."""
        return self._raft.role

    @property
    def committed(self) -> int:
        """The last index known to be committed."""
        return self._raft.log.committed

    @property
    def applied(self) -> int:
        """The last index acknowledged as applied."""
        return self._raft.log.applied

    @property
    def conf_state(self) -> ConfState:
        """The membership, as last applied."""
        return self._raft.tracker.conf_state()

    def status(self) -> Status:
        """Copy out what the node knows; the copy does not change any more."""
        raft = self._raft
        progress = {}
        if raft.role is Role.LEADER:
            progress = {node_id: one.status() for node_id, one in sorted(raft.tracker.progress.items())}
        return Status(
            id=raft.id,
            hard_state=raft.hard_state(),
            soft_state=raft.soft_state(),
            applied=raft.log.applied,
            last_index=raft.log.last_index,
            conf_state=raft.tracker.conf_state(),
            transferee=raft.transferee,
            progress=progress,
        )

    # --- what goes in -------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Let one tick of the clock pass."""
        self._raft.tick()

    def step(self, message: Message) -> None:
        """Take in a message from a peer, or an answer from one of this node's storage threads.

        The transport must have checked that `message.from_` is the peer it came from (but for the types in
        `FORWARDED`, which name whoever asked first): a peer that may claim to be this node, or one of its
        threads, could forge acknowledgements.

        Raises:
            PeerNotFoundError: an answer from a node that is no member.
            ProtocolError: the message contradicts the protocol.
            DroppedError: a forwarded proposal could not be taken.
        """
        kind = message.type
        if message.to != self._raft.id:
            raise ProtocolError(f"a message for node {message.to} arrived at node {self._raft.id}")
        if not is_local_target(message.from_):
            if kind in LOCAL:
                raise ProtocolError(f"a message of the local type {kind.name} came from node {message.from_}")
            if not message.term and kind not in TERMLESS:
                raise ProtocolError(
                    f"a message of the type {kind.name} came from node {message.from_} without a term"
                )
            if kind in RESPONSES and message.from_ not in self._raft.tracker.progress:
                raise PeerNotFoundError(f"node {message.from_} is no member; its {kind.name} was ignored")
        self._raft.step(message)

    def campaign(self) -> None:
        """Start an election now, as if the timeout had passed. Without effect in a leader or a non-voter."""
        self._raft.step(Message(MessageType.HUP))

    def propose(self, *payloads: bytes) -> Proposed | None:
        """Propose one entry for each payload, next to each other in the log; many at a time are far cheaper.

        Returns:
            Where the *first* one went, if this node leads; None where they were forwarded to the leader
            (whether they arrive, nobody tells).

        Raises:
            NoLeaderError: no leader is known.
            RefusedError: a handover of leadership is under way, this node was removed, or it does not
            forward. OverloadedError: too much data is uncommitted. LocalError: no payload.
        """
        return self._propose([Entry(data=payload) for payload in payloads])

    def propose_conf_change(self, change: ConfChange, *, v1: bool = False) -> Proposed | None:
        """Propose a membership change; at most one is under way at a time.

        One that comes while another is unapplied, or that does not fit a joint membership, turns into an
        empty entry, as it must where it was forwarded: see `conf_change_misfit` for a check beforehand.
        What counts is what comes back committed.

        Args:
            change: the change.
            v1: write it as an entry of type `CONF_CHANGE`, which holds a single change only.

        Raises:
            ConfChangeError: no voter would be left (in a leader; one that was forwarded turns into an empty
            entry). NoLeaderError, RefusedError, OverloadedError: as `propose`.
        """
        if v1 and (len(change.changes) != 1 or change.enters_joint):
            raise LocalError("an entry of the first kind holds exactly one change and no transition")
        kind = EntryType.CONF_CHANGE if v1 else EntryType.CONF_CHANGE_V2
        return self._propose([Entry(type=kind, data=change.encode())])

    def conf_change_misfit(self, change: ConfChange) -> Misfit | None:
        """Tell why a leader in this node's state would not append `change`; None: it would."""
        return self._raft.conf_change_misfit(change, self._raft.pending_conf_index)

    def _propose(self, entries: list[Entry]) -> Proposed | None:
        raft = self._raft
        proposed = Proposed(raft.term, raft.log.last_index + 1)
        raft.step(Message(MessageType.PROP, from_=raft.id, entries=entries))
        return proposed if raft.role is Role.LEADER else None

    def apply_conf_change(self, change: ConfChange) -> ConfState:
        """Put a committed membership change into force; call it for each such entry when it is applied.

        Where the application refuses a committed change (on every node alike), it does not call this.

        Returns:
            The new membership, to be stored with the next snapshot.

        Raises:
            ConfChangeError: it does not fit; only possible without `Config.validate_conf_changes`. Nothing
            changed.
        """
        return self._raft.apply_conf_change(change)

    def read_index(self, context: bytes) -> None:
        """Ask for a linearizable read; a `ReadState` with this context comes in a later `Ready`, or never.

        It never comes if the leader changes, or messages get lost on a follower's way to it: ask again
        after a timeout, with another context.

        Raises:
            NoLeaderError: no leader is known.
            OverloadedError: too many reads wait.
        """
        message = Message(MessageType.READ_INDEX, from_=self._raft.id, entries=[Entry(data=context)])
        self._raft.step(message)

    def transfer_leader(self, transferee: int) -> None:
        """Ask the leader to hand over to a voter; it gives up after an election timeout."""
        self._raft.step(Message(MessageType.TRANSFER_LEADER, from_=transferee))

    def forget_leader(self) -> None:
        """Make a follower forget its leader until the next word from it, so that it may vote at once.

        Without effect where reads go by lease, since leases count on followers that do not vote.
        """
        self._raft.step(Message(MessageType.FORGET_LEADER))

    def announce_commit(self, index: int, node_ids: Collection[int] | None = None) -> None:
        """Make a leader tell followers what is committed, where they have not been told of `index`.

        For `Config.announce_commits` turned off; what followers are sent for other reasons tells them too.

        Args:
            index: a commit index.
            node_ids: whom to tell; None: everybody.
        """
        replication.announce_commit(self._raft, index, node_ids)

    def report_unreachable(self, node_id: int) -> None:
        """Tell that the last message to a node was not delivered, so that it is probed instead of flooded."""
        self._raft.step(Message(MessageType.UNREACHABLE, from_=node_id))

    def report_snapshot(self, node_id: int, *, ok: bool) -> None:
        """Tell whether the snapshot for a node was delivered; until then nothing else is sent to it."""
        self._raft.step(Message(MessageType.SNAP_STATUS, from_=node_id, reject=not ok))

    # --- what comes out -----------------------------------------------------------------------------------

    def has_ready(self) -> bool:
        """Tell whether `ready` would hold anything."""
        raft = self._raft
        return bool(
            raft.messages
            or raft.after_append
            or raft.read_states
            or self._hard_state_changed()
            or self._soft_state_changed()
            or raft.log.has_next(allow_unstable=not self._async)
        )

    def _hard_state_changed(self) -> bool:
        """Tell whether there is a hard state to store; asked at every step, so nothing is made for it."""
        raft, stored = self._raft, self._hard_state
        return raft.log.committed != stored.commit or raft.term != stored.term or raft.vote != stored.vote

    def _soft_state_changed(self) -> bool:
        raft, told = self._raft, self._soft_state
        return raft.lead != told.lead or raft.role is not told.role

    def ready(self) -> Ready:
        """Take out the work that has piled up (possibly none); see the rules in `ready`.

        Raises:
            LocalError: the last one was not followed by `advance` (without asynchronous storage writes).
        """
        if self._advancing:
            raise LocalError("the last Ready is still under way: call advance() first")
        raft = self._raft
        log = raft.log
        entries = log.next_unstable()
        committed = log.next_committed(allow_unstable=not self._async)
        snapshot = log.next_snapshot()
        before = self._hard_state
        new_hard_state = raft.hard_state() if self._hard_state_changed() else None
        hard_state = new_hard_state or before
        new_soft_state = raft.soft_state() if self._soft_state_changed() else None
        must_sync = bool(entries) or hard_state.vote != before.vote or hard_state.term != before.term

        messages = raft.messages
        acknowledgement = self._append_response(snapshot)
        if self._async:
            if entries or new_hard_state or snapshot or raft.after_append:
                responses = raft.after_append
                if acknowledgement is not None:
                    responses.append(acknowledgement)
                messages.append(self._append_message(entries, new_hard_state, snapshot, responses))
            if committed:
                messages.append(self._apply_message(committed))
        else:
            mine = self._on_advance
            for message in raft.after_append:
                (mine if message.to == raft.id else messages).append(message)
            if acknowledgement is not None:
                mine.append(acknowledgement)
            if committed:
                mine.append(self._apply_response(committed))
            self._advancing = True

        ready = Ready(
            soft_state=new_soft_state,
            hard_state=new_hard_state,
            read_states=raft.read_states,
            entries=entries,
            snapshot=snapshot,
            committed=committed,
            messages=messages,
            must_sync=must_sync,
        )
        self._soft_state = new_soft_state or self._soft_state
        self._hard_state = hard_state
        raft.sent()
        if entries or snapshot:
            log.accept_unstable()
        if committed:
            log.accept_committed(committed[-1].index, entries_size(committed), allow_unstable=not self._async)
        return ready

    def advance(self) -> None:
        """Tell that the last `Ready` has been dealt with: stored, sent, applied.

        Raises:
            LocalError: there is none under way, or storage writes are asynchronous.
        """
        if not self._advancing:
            raise LocalError(
                "no Ready is under way; with asynchronous storage writes, step the responses instead"
            )
        self._advancing = False
        steps, self._on_advance = self._on_advance, []
        for message in steps:
            self._raft.step(message)

    # --- the storage threads' messages --------------------------------------------------------------------

    def _append_response(self, snapshot: Snapshot | None) -> Message | None:
        """What acknowledges that the log is stored as far as it reaches now.

        It always names the last entry of the *present* term's log, even if that was handed out before: an
        older acknowledgement, of a log since overwritten and rewritten with the same last entry, is dropped
        for its lower term.
        """
        raft = self._raft
        stored = not raft.log.has_unstable()
        if stored and snapshot is None:
            return None
        message = Message(
            MessageType.STORAGE_APPEND_RESP,
            to=raft.id,
            from_=APPEND_THREAD,
            term=raft.term,
            snapshot=snapshot,
        )
        if not stored:
            message.index = raft.log.last_index
            message.log_term = raft.log.last_term()
        return message

    def _append_message(
        self,
        entries: Sequence[Entry],
        hard_state: HardState | None,
        snapshot: Snapshot | None,
        responses: Sequence[Message],
    ) -> Message:
        term, vote, commit = hard_state or EMPTY_HARD_STATE
        return Message(
            MessageType.STORAGE_APPEND,
            to=APPEND_THREAD,
            from_=self._raft.id,
            term=term,
            vote=vote,
            commit=commit,
            entries=entries,
            snapshot=snapshot,
            responses=responses,
        )

    def _apply_message(self, committed: Sequence[Entry]) -> Message:
        return Message(
            MessageType.STORAGE_APPLY,
            to=APPLY_THREAD,
            from_=self._raft.id,
            entries=committed,
            responses=[self._apply_response(committed)],
        )

    def _apply_response(self, committed: Sequence[Entry]) -> Message:
        if not committed:
            raise InternalError("nothing was applied, so there is nothing to acknowledge")
        return Message(
            MessageType.STORAGE_APPLY_RESP, to=self._raft.id, from_=APPLY_THREAD, entries=committed
        )
