"""Log replication: thesis chapter 3.5, 3.6.2."""

import pytest
from raft_group import NO_LIMIT, Group, Node, T, entries, storage_with

from wetware.errors import LocalError
from wetware.raft.core import Entry, HardState, MemoryStorage, Message, Role, Snapshot
from wetware.raft.core.errors import (
    NoLeaderError,
    PeerNotFoundError,
    ProtocolError,
    RefusedError,
)
from wetware.raft.core.tracker.progress import FlowState

# --- a leader's beginning ---------------------------------------------------------------------------------


def test_a_new_leader_opens_its_term_with_an_entry_of_its_own():
    node = Node(storage=storage_with((1, 2), term=2))
    messages = node.lead()
    appends = [message for message in messages if message.type is T.APP]
    assert [(message.to, message.index, message.log_term, message.commit) for message in appends] == [
        (2, 2, 2, 0),
        (3, 2, 2, 0),
    ]
    assert all(list(message.entries) == [Entry(3, 3)] for message in appends)
    assert node.terms() == [1, 2, 3]


def test_a_leader_writes_its_first_entry_before_it_counts_it():
    node = Node(voters=(1,))
    node.raw.campaign()
    node.handle()
    assert node.raw.role is Role.LEADER
    ready = node.raw.ready()
    assert list(ready.entries) == [Entry(1, 1)]
    assert ready.must_sync
    assert node.log.committed == 0
    node.raw.advance()
    assert node.log.committed == 1


def test_a_leader_does_not_count_itself_before_its_disk_has_the_entry():
    """Both followers make a majority without the leader; one of them does not."""
    node = Node()
    node.raw.campaign()
    node.work()
    node.step(T.VOTE_RESP, 2)
    node.step(T.APP_RESP, 2, index=1)
    assert node.log.committed == 0
    node.step(T.APP_RESP, 3, index=1)
    assert node.log.committed == 1


# --- commit (3.6.2) ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matches", "terms", "term", "committed"),
    [
        ((1,), (1,), 1, 1),
        ((1,), (1,), 2, 0),
        ((2,), (1, 2), 2, 2),
        ((1,), (2,), 2, 1),
        ((2, 1, 1), (1, 2), 1, 1),
        ((2, 1, 1), (1, 1), 2, 0),
        ((2, 1, 2), (1, 2), 2, 2),
        ((2, 1, 2), (1, 1), 2, 0),
        ((2, 1, 1, 1), (1, 2), 1, 1),
        ((2, 1, 1, 1), (1, 1), 2, 0),
        ((2, 1, 1, 2), (1, 2), 1, 1),
        ((2, 1, 1, 2), (1, 2), 2, 0),
        ((2, 1, 2, 2), (1, 2), 2, 2),
        ((2, 1, 2, 2), (1, 1), 2, 0),
    ],
)
def test_only_entries_of_the_present_term_are_committed_by_counting(matches, terms, term, committed):
    from wetware.raft.core import replication

    node = Node(storage=storage_with(terms, voters=range(1, len(matches) + 1), term=term))
    for voter, match in enumerate(matches, 1):
        node.progress(voter).match = match
    replication.maybe_commit(node.raft)
    assert node.log.committed == committed


def test_figure_8_an_old_entry_on_a_majority_is_not_committed():
    """Thesis figure 3.7: it could still be overwritten; it is committed with one of the leader's own term."""
    node = Node(storage=storage_with((1, 2), voters=(1, 2, 3, 4, 5), term=3))
    node.lead(2, 3)
    node.acknowledge(2, 3, index=2)
    assert node.log.committed == 0
    node.acknowledge(2, 3)
    assert node.log.committed == 3


def test_a_leader_commits_what_a_majority_holds_and_tells_it_at_once():
    node = Node()
    node.lead()
    node.acknowledge(2)
    messages = node.work()
    assert node.log.committed == 1
    assert [(message.type, message.to, message.commit) for message in messages] == [(T.APP, 2, 1)]
    assert [entry.index for entry in node.applied] == [1]


def test_a_follower_commits_no_further_than_its_log_matches():
    node = Node(storage=storage_with((1, 1, 1), term=1))
    node.step(T.APP, 2, index=1, log_term=1, entries=entries(2, 1), commit=9)
    assert node.log.committed == 2
    node.step(T.APP, 2, index=3, log_term=1, commit=9)
    assert node.log.committed == 3


def test_a_heartbeat_tells_the_commit_index_and_never_lowers_it():
    node = Node(storage=storage_with((1, 1, 1), term=1, commit=1))
    node.step(T.HEARTBEAT, 2, commit=2)
    assert node.log.committed == 2
    node.step(T.HEARTBEAT, 2, commit=1)
    assert node.log.committed == 2
    assert [message.type for message in node.work()] == [T.HEARTBEAT_RESP] * 2


def test_a_leader_sends_in_a_heartbeat_no_more_than_the_follower_is_known_to_hold():
    node = Node()
    node.lead()
    node.raw.propose(b"a", b"b")
    node.work()
    node.acknowledge(2)
    node.acknowledge(3, index=1)
    node.work()
    node.tick()
    assert [(message.to, message.commit) for message in node.sent(T.HEARTBEAT)] == [(2, 3), (3, 1)]


def test_a_leader_that_counts_on_lost_entries_is_told_so():
    node = Node(storage=storage_with((1,), term=1))
    with pytest.raises(ProtocolError, match="log ends at 1"):
        node.step(T.HEARTBEAT, 2, commit=5)
    assert node.log.committed == 0


def test_commitment_in_a_group_of_five_needs_three():
    group = Group(1, 2, 3, 4, 5)
    leader = group.elect(1)
    before = leader.log.committed
    group.down = {3, 4, 5}
    leader.raw.propose(b"x")
    group.settle()
    assert leader.log.committed == before
    group.down = {4, 5}
    group.tick(2)
    assert leader.data() == group[2].data() == group[3].data() == [b"x"]


# --- matching logs (3.5) ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("index", "log_term", "new", "commit", "after", "last", "committed"),
    [
        # before the log: a mismatch
        (2, 3, (), 3, None, 2, 0),
        (3, 3, (), 3, None, 2, 0),
        # matches
        (1, 1, (), 1, (1, 2), 1, 1),
        (0, 0, ((1, 2),), 1, (2,), 1, 1),
        (2, 2, ((3, 2), (4, 2)), 3, (1, 2, 2, 2), 4, 3),
        (2, 2, ((3, 2),), 4, (1, 2, 2), 3, 3),
        (1, 1, ((2, 2),), 4, (1, 2), 2, 2),
        # the commit index reaches no further than what matches
        (1, 1, (), 3, (1, 2), 1, 1),
        (1, 1, ((2, 2),), 3, (1, 2), 2, 2),
        (2, 2, (), 3, (1, 2), 2, 2),
        (2, 2, (), 4, (1, 2), 2, 2),
    ],
)
def test_an_append_is_taken_where_the_entry_before_it_matches(
    index, log_term, new, commit, after, last, committed
):
    node = Node(storage=storage_with((1, 2), term=2))
    node.step(
        T.APP, 2, index=index, log_term=log_term, commit=commit, entries=[Entry(term, i) for i, term in new]
    )
    (answer,) = node.sent(T.APP_RESP)
    if after is None:
        assert answer.reject
        assert node.terms() == [1, 2]
    else:
        assert (answer.reject, answer.index) == (False, last)
        assert node.terms() == list(after)
    assert node.log.committed == committed


def test_a_conflicting_tail_is_replaced_from_the_first_difference_on():
    node = Node(storage=storage_with((1, 2, 3, 3, 3), term=4))
    node.step(T.APP, 2, index=1, log_term=1, entries=entries(2, 2, 4))
    ready = node.handle()
    assert [entry.term for entry in ready.entries] == [4], (
        "the entry that is there already is not written again"
    )
    assert node.terms() == [1, 2, 4]
    assert node.storage.last_index() == 3


def test_a_late_or_repeated_append_cuts_nothing():
    """TCP hides such messages, other transports do not; a log that is cut here loses acknowledged entries."""
    node = Node(storage=storage_with((1, 1, 1, 1), term=1))
    node.step(T.APP, 2, index=1, log_term=1, entries=entries(2, 1))
    assert node.terms() == [1, 1, 1, 1]
    assert node.sent(T.APP_RESP)[0].index == 2


def test_an_append_from_before_the_commit_index_is_answered_with_it():
    node = Node(storage=storage_with((1, 1, 1), term=1, commit=2))
    node.step(T.APP, 2, index=1, log_term=1, entries=entries(2, 1, 1))
    (answer,) = node.sent(T.APP_RESP)
    assert (answer.index, answer.reject) == (2, False)


def test_an_append_at_the_commit_index_is_taken():
    node = Node(storage=storage_with((1, 1), term=1, commit=2))
    node.step(T.APP, 2, index=2, log_term=1, entries=entries(3, 1))
    assert node.sent(T.APP_RESP)[0].index == 3


def test_a_committed_entry_is_never_replaced():
    node = Node(storage=storage_with((1, 1, 1), term=2, commit=2))
    with pytest.raises(ProtocolError, match="committed"):
        node.log.maybe_append(0, 0, entries(1, 1, 2, 2), 0)
    assert node.terms() == [1, 1, 1]


@pytest.mark.parametrize("new", [entries(3, 1), [Entry(1, 2), Entry(1, 4)]])
def test_entries_with_gaps_are_refused(new):
    node = Node(storage=storage_with((1,), term=1))
    with pytest.raises(ProtocolError, match="consecutive"):
        node.step(T.APP, 2, index=1, log_term=1, entries=new)
    assert node.terms() == [1]


@pytest.mark.parametrize(
    ("leader", "follower", "hint_index", "hint_term", "next_probe"),
    [
        # thesis 3.5: one exchange for each term that differs, from the leader's knowledge or the follower's
        ((1, 3, 3, 3, 5, 5, 5, 5), (1, 1, 1, 1, 2, 2), 6, 2, 1),
        ((1, 3, 3, 3, 5, 5, 5, 5), (1, 3, 3, 4, 4, 5, 5, 5, 6), 8, 5, 8),
        ((1, 1, 1, 1, 1, 1, 1), (1, 1, 1, 1), 4, 1, 4),
        ((1, 5, 5), (1, 4, 4), 3, 4, 1),
        ((1, 4, 4), (1, 2, 2, 2, 2, 3, 3), 3, 2, 1),
        ((2, 2, 2), (1, 1), 2, 1, 0),
    ],
)
def test_a_rejection_skips_whole_terms(leader, follower, hint_index, hint_term, next_probe):
    """The first probe that the leader sends after the rejection begins at `next_probe` + 1."""
    node = Node(storage=storage_with(leader, term=7))
    node.lead()
    index = len(leader)
    other = Node(2, storage=storage_with(follower, term=8))
    other.step(T.APP, 1, index=index, log_term=leader[-1], entries=entries(index + 1, 8))
    (answer,) = other.sent(T.APP_RESP)
    if not answer.reject:
        assert next_probe == index
        return
    assert (answer.index, answer.reject_hint, answer.log_term) == (index, hint_index, hint_term)
    node.raw.step(answer)
    (probe,) = node.sent(T.APP)
    assert (probe.to, probe.index) == (2, next_probe)


def test_a_rejection_without_a_hint_of_a_term_steps_to_the_hint():
    node = Node(storage=storage_with((1, 1, 1, 1), term=1))
    node.lead()
    node.step(T.APP_RESP, 2, index=4, reject=True, reject_hint=2)
    (probe,) = node.sent(T.APP)
    assert (probe.index, len(probe.entries)) == (2, 3)


def test_old_rejections_change_nothing():
    node = Node(storage=storage_with((1, 1, 1, 1), term=1))
    node.lead()
    node.step(T.APP_RESP, 2, index=2, reject=True, reject_hint=1)
    assert node.work() == []
    assert node.progress(2).next == 5
    node.acknowledge(2)
    node.work()
    node.step(T.APP_RESP, 2, index=3, reject=True, reject_hint=1)
    assert node.work() == []
    assert node.progress(2).state is FlowState.REPLICATE


@pytest.mark.parametrize(
    "terms",
    [
        (1, 1, 1, 4, 4, 5, 5, 6, 6),
        (1, 1, 1, 4),
        (1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6),
        (1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7),
        (1, 1, 1, 4, 4, 4, 4),
        (1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3),
    ],
)
def test_a_leader_brings_any_log_of_figure_7_in_line(terms):
    """Thesis figure 3.6 (figure 7 of the paper)."""
    leader = (1, 1, 1, 4, 4, 5, 5, 6, 6, 6)
    nodes = {
        1: Node(1, storage=storage_with(leader, term=8)),
        2: Node(2, storage=storage_with(terms, term=8)),
        3: Node(3, storage=storage_with((), term=8)),
    }
    group = Group(nodes=nodes)
    group.elect(1)
    nodes[1].raw.propose(b"x")
    group.settle()
    assert nodes[1].terms() == nodes[2].terms() == nodes[3].terms() == [*leader, 9, 9]
    assert nodes[2].log.committed == 12


# --- acknowledgements and storage (3.8) -------------------------------------------------------------------


def test_an_acknowledgement_leaves_with_the_ready_that_stores_the_entries():
    node = Node(storage=storage_with((1,), term=1))
    node.step(T.APP, 2, index=1, log_term=1, entries=entries(2, 1))
    ready = node.raw.ready()
    assert ready.must_sync
    assert [entry.index for entry in ready.entries] == [2]
    assert [(message.type, message.index) for message in ready.messages] == [(T.APP_RESP, 2)]


def test_a_commit_index_alone_need_not_be_synced():
    node = Node(storage=storage_with((1, 1), term=1))
    node.step(T.HEARTBEAT, 2, commit=2)
    ready = node.raw.ready()
    assert ready.hard_state == HardState(1, 0, 2)
    assert not ready.must_sync


def test_an_acknowledgement_of_what_was_never_sent_is_refused():
    node = Node()
    node.lead()
    with pytest.raises(ProtocolError, match="log ends at 1"):
        node.step(T.APP_RESP, 2, index=99)
    assert node.progress(2).match == 0


def test_answers_of_strangers_are_refused():
    node = Node()
    node.lead()
    for kind in (T.APP_RESP, T.HEARTBEAT_RESP, T.VOTE_RESP, T.PRE_VOTE_RESP, T.READ_INDEX_RESP):
        with pytest.raises(PeerNotFoundError):
            node.step(kind, 9, index=1)


@pytest.mark.parametrize(
    "kind", [T.HUP, T.BEAT, T.CHECK_QUORUM, T.UNREACHABLE, T.SNAP_STATUS, T.FORGET_LEADER]
)
def test_local_messages_do_not_come_from_the_network(kind):
    node = Node()
    node.lead()
    with pytest.raises(ProtocolError):
        node.step(kind, 2)
    assert node.raw.role is Role.LEADER


@pytest.mark.parametrize("kind", [T.APP, T.HEARTBEAT, T.VOTE, T.SNAP, T.TIMEOUT_NOW, T.TRANSFER_LEADER])
def test_messages_without_a_term_do_not_come_from_the_network(kind):
    node = Node(storage=storage_with(term=1))
    with pytest.raises(ProtocolError, match="without a term"):
        node.step(kind, 2, term=0)
    assert (node.raw.term, node.raw.lead) == (1, 0)


# --- proposals --------------------------------------------------------------------------------------------


def test_a_proposal_of_many_entries_is_one_append():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    placed = node.raw.propose(b"a", b"b", b"c")
    assert placed == (1, 2)
    appends = node.sent(T.APP)
    assert [(message.to, [entry.data for entry in message.entries]) for message in appends] == [
        (2, [b"a", b"b", b"c"]),
        (3, [b"a", b"b", b"c"]),
    ]
    assert [entry[:2] for entry in appends[0].entries] == [(1, 2), (1, 3), (1, 4)]


def test_a_follower_forwards_proposals():
    group = Group(1, 2, 3)
    group.elect(1)
    assert group[2].raw.propose(b"x") is None
    group.settle()
    assert [node.data() for node in group.nodes.values()] == [[b"x"]] * 3


def test_a_forwarded_proposal_has_no_term_and_names_who_asked():
    node = Node()
    node.step(T.HEARTBEAT, 2, term=4)
    node.work()
    node.raw.propose(b"x")
    (message,) = node.work()
    assert (message.type, message.to, message.from_, message.term) == (T.PROP, 2, 1, 0)
    node.raw.step(Message(T.PROP, to=1, from_=3, entries=[Entry(data=b"y")]))
    (message,) = node.work()
    assert (message.to, message.from_) == (2, 3)


def test_a_forwarded_message_is_a_copy():
    node = Node()
    node.step(T.HEARTBEAT, 2, term=4)
    mine = Message(T.PROP, to=1, from_=3, entries=[Entry(data=b"y")])
    node.raw.step(mine)
    assert mine.to == 1


def test_a_follower_that_does_not_forward_refuses():
    node = Node(forward_proposals=False)
    node.step(T.HEARTBEAT, 2, term=1)
    node.work()
    with pytest.raises(RefusedError, match="node 2"):
        node.raw.propose(b"x")
    assert node.work() == []


def test_without_a_leader_proposals_are_refused():
    node = Node()
    with pytest.raises(NoLeaderError):
        node.raw.propose(b"x")


def test_an_empty_proposal_is_refused():
    node = Node()
    node.lead()
    with pytest.raises(LocalError, match="at least one"):
        node.raw.propose()


def test_data_of_zero_bytes_can_be_proposed():
    group = Group(1, 2, 3)
    group.elect(1).raw.propose(b"")
    group.settle()
    assert group[2].log.last_index == 3


# --- the whole --------------------------------------------------------------------------------------------


def test_everybody_applies_the_same_in_spite_of_a_change_of_leader():
    group = Group(1, 2, 3, seed=2)
    leader = group.elect(1)
    for i in range(20):
        leader.raw.propose(b"a%d" % i)
        group.settle()
    group.down = {1}
    leader = group.elect(2)
    for i in range(20):
        leader.raw.propose(b"b%d" % i)
        group.settle()
    group.down = set()
    group.tick(3)
    assert group[1].data() == group[2].data() == group[3].data()
    assert len(group[1].data()) == 40


def test_uncommitted_entries_of_a_cut_off_leader_are_replaced():
    group = Group(1, 2, 3)
    group.elect(1)
    group.cut(1)
    group[1].raw.propose(b"lost")
    group.settle()
    group[2].raw.campaign()
    group.settle()
    group[2].raw.propose(b"kept")
    group.settle()
    group.heal()
    group.tick(2)
    assert [node.data() for node in group.nodes.values()] == [[b"kept"]] * 3
    assert group[1].raw.role is Role.FOLLOWER


def test_a_follower_that_was_away_catches_up():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    group.down = {3}
    for i in range(30):
        leader.raw.propose(b"%d" % i)
        group.settle()
    group.down = set()
    group.tick(2)
    assert group[3].data() == leader.data()


def test_a_node_restarts_from_its_storage():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    leader.raw.propose(b"x")
    group.settle()
    again = group[2].restart()
    assert again.log.last_index == group[2].log.last_index
    assert again.raw.term == 1
    again.work()
    assert again.data() == [b"x"], "from the snapshot on, everything committed is applied again"
    again = group[2].restart(applied=3)
    again.work()
    assert again.data() == []


def test_a_storage_that_lost_committed_entries_is_refused():
    storage = storage_with((1, 1), term=1)
    storage.set_hard_state(HardState(1, 0, 5))
    with pytest.raises(LocalError, match="lost entries"):
        Node(storage=storage)


def test_an_applied_index_beyond_the_commit_index_is_refused():
    with pytest.raises(LocalError, match="cannot be applied"):
        Node(storage=storage_with((1, 1), term=1, commit=1), applied=2)


def test_large_batches_flow_through_small_windows():
    group = Group(
        1, 2, 3, max_size_per_message=100, max_inflight_messages=2, max_committed_size_per_ready=100
    )
    leader = group.elect(1)
    payloads = [b"%d" % i for i in range(200)]
    leader.raw.propose(*payloads)
    group.settle()
    group.tick()
    assert [node.data() for node in group.nodes.values()] == [payloads] * 3


def test_a_lost_append_is_sent_again_after_a_heartbeat():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    group.drop = lambda message: message.type is T.APP and message.to == 3
    leader.raw.propose(b"x")
    group.settle()
    group.heal()
    group.tick()
    assert group[3].data() == [b"x"]


def test_a_founding_snapshot_is_where_everybody_begins():
    storage = MemoryStorage(Snapshot.founding([3, 1, 2]))
    node = Node(storage=storage)
    assert node.raw.conf_state.voters == (1, 2, 3)
    assert (node.log.committed, node.log.applied, node.log.last_index) == (1, 1, 1)
    assert storage.entries(2, 2, NO_LIMIT) == []
