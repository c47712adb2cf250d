"""Snapshots and compaction: thesis chapter 5."""

import pytest
from raft_group import Group, Node, T, entries, storage_with

from wetware.raft.core import ConfState, Entry, HardState, MemoryStorage, Role, Snapshot
from wetware.raft.core.errors import ProtocolError, SnapshotUnavailableError
from wetware.raft.core.tracker.progress import FlowState

THREE = ConfState((1, 2, 3))


def compacted(up_to, *, last=None, term=1, **settings):
    """A leader of term `term` + 1 whose log was compacted up to an index, with a snapshot there."""
    storage = storage_with((term,) * (last or up_to), term=term, commit=last or up_to)
    storage.create_snapshot(up_to, THREE, b"state")
    storage.compact(up_to)
    node = Node(storage=storage, applied=up_to, **settings)
    node.work()
    node.lead()
    return node


def needs_snapshot(node, follower=2):
    """Let a follower reject all that the log still holds."""
    node.progress(follower).active = True
    node.step(T.APP_RESP, follower, index=node.progress(follower).next - 1, reject=True, reject_hint=0)


# --- sending ----------------------------------------------------------------------------------------------


def test_who_needs_what_was_compacted_gets_a_snapshot():
    node = compacted(11)
    needs_snapshot(node)
    (message,) = node.sent(T.SNAP)
    assert (message.to, message.term) == (2, 2)
    assert message.snapshot == Snapshot(11, 1, THREE, b"state")
    progress = node.progress(2)
    assert (progress.state, progress.pending_snapshot, progress.next) == (FlowState.SNAPSHOT, 11, 12)


def test_nothing_else_is_sent_while_a_snapshot_is_under_way():
    node = compacted(11)
    needs_snapshot(node)
    node.work()
    node.raw.propose(b"x")
    node.step(T.HEARTBEAT_RESP, 2)
    assert [message for message in node.work() if message.to == 2] == []
    node.tick()
    assert {message.to for message in node.sent(T.HEARTBEAT)} == {2, 3}


def test_no_snapshot_is_sent_to_who_was_not_heard_from():
    node = compacted(11)
    node.progress(2).next = 5
    node.raw.propose(b"x")
    assert [message for message in node.work() if message.to == 2] == []
    assert node.progress(2).state is FlowState.PROBE


def test_a_snapshot_that_is_not_at_hand_is_asked_for_again():
    node = compacted(11)
    calls = []

    def snapshot():
        calls.append(1)
        if len(calls) < 3:
            raise SnapshotUnavailableError("not yet")
        return Snapshot(11, 1, THREE)

    node.log._storage = Wrapped(node.storage, snapshot)
    needs_snapshot(node)
    assert node.work() == []
    node.step(T.HEARTBEAT_RESP, 2)
    assert node.work() == []
    node.step(T.HEARTBEAT_RESP, 2)
    assert [message.type for message in node.work()] == [T.SNAP]


class Wrapped:
    def __init__(self, storage, snapshot):
        self.storage = storage
        self.snapshot = snapshot

    def __getattr__(self, name):
        return getattr(self.storage, name)


def test_a_storage_without_any_snapshot_sends_none():
    storage = storage_with((1,) * 5, term=1, commit=5)
    storage.compact(3)
    node = Node(storage=storage, applied=5)
    node.lead()
    needs_snapshot(node)
    assert node.work() == []
    assert node.progress(2).state is FlowState.PROBE


# --- reports ----------------------------------------------------------------------------------------------


def test_a_delivered_snapshot_lets_the_follower_be_probed_behind_it():
    node = compacted(11)
    needs_snapshot(node)
    node.work()
    node.raw.report_snapshot(2, ok=True)
    progress = node.progress(2)
    assert (progress.state, progress.next, progress.pending_snapshot) == (FlowState.PROBE, 12, 0)
    assert progress.paused, "its own word comes first"
    assert node.work() == []
    node.step(T.HEARTBEAT_RESP, 2)
    (append,) = node.sent(T.APP)
    assert (append.index, len(append.entries)) == (11, 1)


def test_a_lost_snapshot_lets_the_follower_be_probed_from_the_start():
    node = compacted(11)
    needs_snapshot(node)
    node.work()
    node.raw.report_snapshot(2, ok=False)
    progress = node.progress(2)
    assert (progress.state, progress.next, progress.paused) == (FlowState.PROBE, 1, True)
    assert node.work() == []
    node.step(T.HEARTBEAT_RESP, 2)
    assert [message.type for message in node.work()] == [T.SNAP]


def test_reports_on_who_waits_for_no_snapshot_change_nothing():
    node = compacted(11)
    before = node.progress(2).status()
    node.raw.report_snapshot(2, ok=True)
    node.raw.report_snapshot(2, ok=False)
    node.raw.report_snapshot(9, ok=True)
    assert node.progress(2).status() == before


def test_unreachable_does_not_end_a_snapshot():
    node = compacted(11)
    needs_snapshot(node)
    node.raw.report_unreachable(2)
    assert node.progress(2).state is FlowState.SNAPSHOT


def test_an_acknowledged_snapshot_lets_the_stream_begin():
    node = compacted(11, last=14)
    needs_snapshot(node)
    node.work()
    node.step(T.APP_RESP, 2, index=11)
    progress = node.progress(2)
    assert (progress.state, progress.match) == (FlowState.REPLICATE, 11)
    (append,) = node.sent(T.APP)
    assert (append.index, len(append.entries)) == (11, 4)


def test_any_snapshot_counts_from_which_the_log_can_take_over():
    node = compacted(11, last=14)
    needs_snapshot(node)
    node.work()
    node.step(T.APP_RESP, 2, index=13)
    assert (node.progress(2).state, node.progress(2).match) == (FlowState.REPLICATE, 13)


def test_an_older_state_from_which_the_log_cannot_take_over_does_not_count():
    node = compacted(11, last=14)
    needs_snapshot(node)
    node.work()
    node.step(T.APP_RESP, 2, index=5)
    assert (node.progress(2).state, node.progress(2).match) == (FlowState.SNAPSHOT, 5)
    node.step(T.APP_RESP, 2, index=10)
    assert node.progress(2).state is FlowState.SNAPSHOT
    node.step(T.APP_RESP, 2, index=11)
    assert node.progress(2).state is FlowState.REPLICATE


# --- installing -------------------------------------------------------------------------------------------


def test_a_snapshot_replaces_log_and_membership():
    node = Node(storage=storage_with((1, 1), term=1))
    state = ConfState((1, 2), (1, 3), (4,), (3,), auto_leave=True)
    node.step(T.SNAP, 2, term=3, snapshot=Snapshot(11, 2, state, b"state"))
    assert (node.log.committed, node.log.last_index, node.log.last_term()) == (11, 11, 2)
    assert node.raw.conf_state == state
    ready = node.handle()
    assert ready.snapshot == Snapshot(11, 2, state, b"state")
    assert ready.hard_state == HardState(3, 0, 11)
    assert [(message.type, message.to, message.index) for message in ready.messages] == [(T.APP_RESP, 2, 11)]
    assert node.log.applied == 11
    assert (node.storage.first_index(), node.storage.last_index()) == (12, 11)


def test_entries_wait_for_the_snapshot_below_them():
    node = Node(storage=storage_with(term=1))
    node.step(T.SNAP, 2, snapshot=Snapshot(11, 1, THREE))
    node.step(T.APP, 2, index=11, log_term=1, entries=entries(12, 1), commit=12)
    ready = node.handle()
    assert ready.snapshot is not None
    assert list(ready.committed) == []
    assert [entry.index for entry in ready.entries] == [12]
    ready = node.handle()
    assert ready.snapshot is None
    assert [entry.index for entry in ready.committed] == [12]


def test_an_old_snapshot_is_answered_with_the_commit_index():
    node = Node(storage=storage_with((1, 1, 1), term=1, commit=2))
    for index in (1, 2):
        node.step(T.SNAP, 2, snapshot=Snapshot(index, 1, THREE))
        (answer,) = node.sent(T.APP_RESP)
        assert answer.index == 2
    assert node.log.last_index == 3


def test_a_snapshot_of_what_the_log_holds_only_moves_the_commit_index():
    node = Node(storage=storage_with((1, 1, 1), term=1, commit=1))
    node.step(T.SNAP, 2, snapshot=Snapshot(2, 1, THREE))
    assert (node.log.committed, node.log.last_index) == (2, 3)
    assert node.sent(T.APP_RESP)[0].index == 2
    assert node.readies[0].snapshot is None


def test_a_snapshot_without_this_node_is_not_installed():
    node = Node(storage=storage_with((1,), term=1))
    node.step(T.SNAP, 2, snapshot=Snapshot(9, 1, ConfState((2, 3))))
    assert node.log.last_index == 1
    assert node.sent(T.APP_RESP)[0].index == 0


@pytest.mark.parametrize(
    "state", [ConfState((2, 3), learners=(1,)), ConfState((2, 3), (1, 2)), ConfState((2,), (1, 2), (), (1,))]
)
def test_learners_and_outgoing_voters_install_too(state):
    node = Node(storage=storage_with((1,), term=1))
    node.step(T.SNAP, 2, snapshot=Snapshot(9, 1, state))
    assert node.log.last_index == 9


def test_a_snapshot_with_a_broken_membership_is_refused():
    node = Node(storage=storage_with((1,), term=1))
    with pytest.raises(ProtocolError):
        node.step(T.SNAP, 2, snapshot=Snapshot(9, 1, ConfState((1, 2), learners=(2,))))
    assert node.log.last_index == 1


def test_a_snapshot_message_without_snapshot_is_refused():
    node = Node(storage=storage_with((1,), term=1))
    with pytest.raises(ProtocolError, match="without a snapshot"):
        node.step(T.SNAP, 2)


def test_a_promoted_learner_learns_it_from_the_snapshot():
    node = Node(4, voters=(1, 2, 3), learners=(4,))
    node.step(T.SNAP, 2, term=1, snapshot=Snapshot(9, 1, ConfState((1, 2, 3, 4))))
    node.work()
    node.raw.campaign()
    assert node.raw.role is Role.CANDIDATE


# --- a node and its compacted log -------------------------------------------------------------------------


def test_a_follower_that_was_away_too_long_catches_up_by_snapshot():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    group.down = {3}
    for i in range(20):
        leader.raw.propose(b"%d" % i)
        group.settle()
    leader.storage.create_snapshot(leader.log.applied, leader.raw.conf_state, b"twenty")
    leader.storage.compact(leader.log.applied - 5)
    group.down = set()
    group.tick(3)
    assert any(ready.snapshot for ready in group[3].readies)
    assert group[3].log.committed == leader.log.committed
    leader.raw.propose(b"more")
    group.settle()
    assert group[3].data() == [b"more"]


def test_a_node_restarts_from_its_snapshot():
    storage = MemoryStorage(Snapshot(10, 3, ConfState((1, 2), learners=(3,)), b"s"))
    storage.append([Entry(3, 11), Entry(3, 12)])
    storage.set_hard_state(HardState(4, 2, 11))
    node = Node(storage=storage)
    assert node.raw.conf_state == ConfState((1, 2), learners=(3,))
    assert (node.log.first_index(), node.log.last_index, node.log.committed, node.log.applied) == (
        11,
        12,
        11,
        10,
    )
    node.work()
    assert [entry.index for entry in node.applied] == [11]
    assert node.log.term(10) == 3


def test_a_leader_serves_the_snapshot_that_it_has_not_stored_yet():
    node = Node(storage=storage_with(term=1))
    node.step(T.SNAP, 2, snapshot=Snapshot(11, 1, THREE, b"fresh"))
    assert node.log.snapshot().data == b"fresh"
    assert node.log.first_index() == 12
