"""Linearizable reads: thesis 6.4, by rounds of heartbeats and by lease."""

import pytest
from raft_group import Group, Node, T, storage_with

from wetware.errors import LocalError
from wetware.raft.core import Config, Entry, HardState, Message, ReadMode, ReadState, Role
from wetware.raft.core.confchange import Membership
from wetware.raft.core.errors import NoLeaderError, OverloadedError, ProtocolError
from wetware.raft.core.reads import Reads

LEASE = {"read_mode": ReadMode.LEASE, "check_quorum": True}


def established(**settings):
    """A leader whose first entry is committed, and everybody holds it."""
    node = Node(**settings)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    return node


def answer_heartbeats(node, *followers):
    """Let followers answer the heartbeats that the node sends now; give all heartbeats."""
    beats = node.sent(T.HEARTBEAT)
    for message in beats:
        if message.to in followers:
            node.step(T.HEARTBEAT_RESP, message.to, context=message.context)
    return beats


# --- by rounds --------------------------------------------------------------------------------------------


def test_a_read_waits_for_a_round_of_heartbeats():
    node = established()
    node.raw.read_index(b"r")
    beats = answer_heartbeats(node)
    assert [message.to for message in beats] == [2, 3]
    assert node.read_states == []
    for message in beats[:1]:
        node.step(T.HEARTBEAT_RESP, 2, context=message.context)
    node.work()
    assert node.read_states == [ReadState(1, b"r")]


def test_a_read_is_at_the_commit_index_of_when_it_came():
    node = established()
    node.raw.read_index(b"r")
    beats = node.sent(T.HEARTBEAT)
    node.raw.propose(b"x")
    node.work()
    node.acknowledge(2)
    node.work()
    assert node.log.committed == 2
    node.step(T.HEARTBEAT_RESP, 2, context=beats[0].context)
    node.work()
    assert node.read_states == [ReadState(1, b"r")]


def test_answers_to_heartbeats_from_before_the_read_prove_nothing():
    node = established()
    node.raw.read_index(b"old")
    old = node.sent(T.HEARTBEAT)
    node.raw.read_index(b"new")
    node.work()
    for message in old:
        node.step(T.HEARTBEAT_RESP, message.to, context=message.context)
    node.step(T.HEARTBEAT_RESP, 2)
    node.work()
    assert node.read_states == [ReadState(1, b"old")]


def test_a_later_round_confirms_earlier_reads_in_order():
    node = established()
    for name in (b"a", b"b", b"c"):
        node.raw.read_index(name)
        beats = node.sent(T.HEARTBEAT)
    node.step(T.HEARTBEAT_RESP, 3, context=beats[0].context)
    node.work()
    assert [state.context for state in node.read_states] == [b"a", b"b", b"c"]


def test_reads_that_come_together_share_a_round():
    node = established()
    for name in (b"a", b"b", b"c"):
        node.raw.read_index(name)
    assert len(answer_heartbeats(node, 2)) == 2
    node.work()
    assert len(node.read_states) == 3
    node.raw.read_index(b"d")
    assert len(answer_heartbeats(node)) == 2, "what left already proves nothing for a later read"


def test_lost_heartbeats_of_a_round_are_made_up_for_by_the_next():
    node = established()
    node.raw.read_index(b"r")
    node.work()
    node.tick()
    answer_heartbeats(node, 3)
    node.work()
    assert node.read_states == [ReadState(1, b"r")]


def test_heartbeats_carry_no_context_when_nothing_waits():
    node = established()
    node.tick()
    assert {message.context for message in node.sent(T.HEARTBEAT)} == {b""}


def test_a_majority_must_answer():
    node = Node(voters=(1, 2, 3, 4, 5), learners=(6,))
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.read_index(b"r")
    (context,) = {message.context for message in node.sent(T.HEARTBEAT)}
    for voter in (6, 2, 2):
        node.step(T.HEARTBEAT_RESP, voter, context=context)
        node.work()
        assert node.read_states == []
    node.step(T.HEARTBEAT_RESP, 5, context=context)
    node.work()
    assert len(node.read_states) == 1


def test_both_halves_of_a_joint_membership_must_answer():
    from wetware.raft.core import ConfState

    node = Node(storage=storage_with(conf_state=ConfState((1, 4, 5), (1, 2, 3))))
    node.lead(2, 4)
    node.acknowledge(2, 4)
    node.work()
    node.raw.read_index(b"r")
    (context,) = {message.context for message in node.sent(T.HEARTBEAT)}
    node.step(T.HEARTBEAT_RESP, 2, context=context)
    node.step(T.HEARTBEAT_RESP, 3, context=context)
    node.work()
    assert node.read_states == []
    node.step(T.HEARTBEAT_RESP, 4, context=context)
    node.work()
    assert len(node.read_states) == 1


def test_a_new_leader_first_commits_an_entry_of_its_term():
    """Thesis 6.4: until then its commit index may be behind what its predecessors committed."""
    node = Node(storage=storage_with((1, 1), term=1, commit=1))
    node.lead()
    node.raw.read_index(b"r")
    node.step(T.HEARTBEAT_RESP, 2)
    assert node.sent(T.HEARTBEAT) == []
    assert node.read_states == []
    node.acknowledge(2)
    answer_heartbeats(node, 2)
    node.work()
    assert node.read_states == [ReadState(3, b"r")]


def test_a_leader_alone_answers_at_once_but_not_before_its_first_entry():
    """Its stored commit index may lag behind what it told its clients before it restarted."""
    storage = storage_with((1, 1), voters=(1,), term=1, commit=1)
    node = Node(storage=storage)
    node.raw.campaign()
    node.handle()
    assert node.raw.role is Role.LEADER
    node.raw.read_index(b"r")
    assert node.raft.read_states == []
    node.work()
    assert node.read_states == [ReadState(3, b"r")]
    node.raw.read_index(b"s")
    assert node.handle().read_states == [ReadState(3, b"s")]


def test_a_leader_alone_with_learners_answers_them():
    node = Node(voters=(1,), learners=(2,))
    node.raw.campaign()
    node.work()
    node.raw.step(Message(T.READ_INDEX, to=1, from_=2, entries=[Entry(data=b"r")]))
    (answer,) = node.sent(T.READ_INDEX_RESP)
    assert (answer.to, answer.index, answer.entries[0].data) == (2, 1, b"r")


@pytest.mark.parametrize("settings", [{}, LEASE])
def test_followers_and_learners_read_through_the_leader(settings):
    group = Group(1, 2, 3, 4, learners=(4,), **settings)
    leader = group.elect(1)
    leader.raw.propose(b"x")
    group.settle()
    for reader in (2, 4):
        group[reader].raw.read_index(b"r%d" % reader)
    group.settle()
    assert group[2].read_states == [ReadState(leader.log.committed, b"r2")]
    assert group[4].read_states == [ReadState(leader.log.committed, b"r4")]
    assert leader.read_states == []


def test_two_readers_may_use_the_same_name():
    group = Group(1, 2, 3)
    group.elect(1)
    for reader in (1, 2, 3):
        group[reader].raw.read_index(b"same")
    group.settle()
    assert [len(node.read_states) for node in group.nodes.values()] == [1, 1, 1]


def test_a_cut_off_leader_confirms_nothing():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    group.cut(1)
    group.elect(2).raw.propose(b"x")
    group.settle()
    leader.raw.read_index(b"r")
    group.settle()
    group.tick(3)
    assert leader.read_states == []
    group.heal()
    group.tick(2)
    assert leader.read_states == []
    assert leader.raw.role is Role.FOLLOWER


def test_reads_end_with_the_leaders_term():
    node = established()
    node.raw.read_index(b"r")
    beats = node.sent(T.HEARTBEAT)
    node.step(T.HEARTBEAT, 2, term=5)
    node.work()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.step(T.HEARTBEAT_RESP, 2, context=beats[0].context)
    node.work()
    assert node.read_states == []


def test_without_a_leader_there_is_no_read():
    node = Node()
    with pytest.raises(NoLeaderError):
        node.raw.read_index(b"r")


def test_a_read_names_one_request():
    node = established()
    for several in ([], [Entry(), Entry()]):
        with pytest.raises(ProtocolError, match="one request"):
            node.raw.step(Message(T.READ_INDEX, to=1, from_=2, entries=several))
    follower = Node()
    follower.step(T.HEARTBEAT, 2, term=1)
    with pytest.raises(ProtocolError, match="one request"):
        follower.step(T.READ_INDEX_RESP, 2, index=3)


def test_waiting_reads_are_bounded():
    node = established(max_pending_reads=2)
    node.raw.read_index(b"a")
    node.raw.read_index(b"b")
    with pytest.raises(OverloadedError) as refused:
        node.raw.read_index(b"c")
    assert (refused.value.limit, refused.value.used, refused.value.allowed) == ("max_pending_reads", 2, 2)
    answer_heartbeats(node, 2)
    node.work()
    node.raw.read_index(b"c")


def test_postponed_reads_are_bounded_too():
    node = Node(max_pending_reads=2)
    node.lead()
    node.raw.read_index(b"a")
    node.raw.read_index(b"b")
    with pytest.raises(OverloadedError):
        node.raw.read_index(b"c")
    node.acknowledge(2)
    answer_heartbeats(node, 2)
    node.work()
    assert [state.context for state in node.read_states] == [b"a", b"b"]


def test_contexts_that_were_never_sent_are_ignored():
    reads = Reads(1, 10)
    members = Membership(frozenset({1, 2, 3}))
    assert reads.add(7, 1, b"r")
    for context in (b"x", b"x" * 15, b"\0" * 7 + b"\2" + b"\0" * 8, b"\0" * 7 + b"\1" + b"\0" * 7 + b"\6"):
        reads.answered(2, context, now=5)
        assert reads.confirmed(members) == []
        assert not reads.has_lease(members, 5, 10)
    reads.answered(2, reads.heartbeat_context(5), now=5)
    assert [read.context for read in reads.confirmed(members)] == [b"r"]


def test_a_lease_can_begin_at_the_first_tick():
    reads = Reads(1, 10)
    members = Membership(frozenset({1, 2, 3}))
    reads.answered(2, reads.heartbeat_context(0), now=0)
    assert reads.has_lease(members, 3, 3)
    assert not reads.has_lease(members, 4, 3)


def test_late_answers_do_not_take_back_newer_ones():
    reads = Reads(1, 10)
    members = Membership(frozenset({1, 2, 3}))
    old = reads.heartbeat_context(1)
    reads.add(1, 1, b"r")
    reads.answered(2, reads.heartbeat_context(8), now=9)
    reads.answered(2, old, now=9)
    assert reads.has_lease(members, 9, 3)
    assert len(reads.confirmed(members)) == 1


# --- by lease (6.4.1) -------------------------------------------------------------------------------------


def test_a_lease_answers_without_a_message():
    node = established(**LEASE)
    node.tick()
    answer_heartbeats(node, 2)
    node.work()
    node.raw.read_index(b"r")
    ready = node.handle()
    assert ready.read_states == [ReadState(1, b"r")]
    assert list(ready.messages) == []


def test_a_lease_is_counted_from_when_the_heartbeat_was_sent():
    node = established(**LEASE, lease_tick=3)
    node.tick()
    beats = node.sent(T.HEARTBEAT)
    node.tick(3)
    node.work()
    node.step(T.HEARTBEAT_RESP, 2, context=beats[0].context)
    node.raw.read_index(b"within")
    assert [state.context for state in node.handle().read_states] == [b"within"]
    node.tick()
    node.work()
    node.raw.read_index(b"after")
    assert node.handle().read_states == []


def test_without_a_lease_the_read_falls_back_to_a_round():
    node = established(**LEASE)
    node.raw.read_index(b"r")
    assert node.raft.read_states == []
    answer_heartbeats(node, 3)
    node.work()
    assert node.read_states == [ReadState(1, b"r")]


def test_a_lease_needs_a_majority():
    node = Node(voters=(1, 2, 3, 4, 5), learners=(6,), **LEASE)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.tick()
    answer_heartbeats(node, 2, 6)
    node.raw.read_index(b"r")
    assert node.raft.read_states == []
    node.tick()
    answer_heartbeats(node, 2, 3)
    node.raw.read_index(b"s")
    assert [state.context for state in node.raft.read_states] == [b"r", b"s"]


def test_who_told_another_to_campaign_holds_no_lease_any_more():
    node = established(**LEASE)
    node.raw.transfer_leader(2)
    assert node.sent(T.TIMEOUT_NOW)
    node.tick(1)
    answer_heartbeats(node, 2, 3)
    node.raw.read_index(b"r")
    assert node.raft.read_states == []
    answer_heartbeats(node, 2, 3)
    assert len(node.raft.read_states) == 1, "a round still proves it"


def test_a_transfer_that_has_not_told_anybody_keeps_the_lease():
    node = established(**LEASE)
    node.raw.propose(b"x")
    node.raw.transfer_leader(2)
    assert not node.sent(T.TIMEOUT_NOW)
    node.tick()
    answer_heartbeats(node, 2, 3)
    node.raw.read_index(b"r")
    assert len(node.raft.read_states) == 1


def test_the_lease_is_at_most_what_followers_wait():
    for lease in (-1, 9, 10):
        with pytest.raises(LocalError, match="lease_tick"):
            Config(id=1, read_mode=ReadMode.LEASE, lease_tick=lease)
    assert Config(id=1, read_mode=ReadMode.LEASE, lease_tick=8).lease == 8
    assert Config(id=1, read_mode=ReadMode.LEASE).lease == 5
    with pytest.raises(LocalError, match="check_quorum"):
        Config(id=1, read_mode=ReadMode.LEASE, check_quorum=False)


def test_followers_under_a_lease_do_not_forget_their_leader():
    node = Node(**LEASE)
    node.step(T.HEARTBEAT, 2, term=1)
    node.raw.forget_leader()
    assert node.raw.lead == 2


def test_followers_under_a_lease_do_not_campaign_on_request():
    node = Node(**LEASE)
    node.step(T.HEARTBEAT, 2, term=1)
    node.raw.campaign()
    assert node.raw.role is Role.FOLLOWER
    node.tick(10)
    assert node.raw.role is Role.CANDIDATE


def test_who_restarts_under_a_lease_stays_silent_for_an_election_timeout():
    """It forgot whom it heard, but a leader may count on its silence."""
    node = Node(**LEASE)
    node.step(T.HEARTBEAT, 2, term=1)
    node.work()
    again = node.restart()
    again.step(T.VOTE, 3, term=2)
    assert again.work() == []
    again.tick(9)
    again.step(T.VOTE, 3, term=2)
    assert again.work() == []
    again.tick()
    again.work()
    again.step(T.VOTE, 3, term=5)
    assert not again.sent(T.VOTE_RESP)[-1].reject


def test_a_new_node_under_a_lease_votes_at_once():
    node = Node(**LEASE)
    node.step(T.VOTE, 3, term=2)
    assert not node.sent(T.VOTE_RESP)[0].reject


def test_without_a_lease_who_restarts_votes_at_once():
    node = Node(check_quorum=True)
    node.step(T.HEARTBEAT, 2, term=1)
    node.work()
    again = node.restart()
    again.step(T.VOTE, 3, term=2)
    assert not again.sent(T.VOTE_RESP)[0].reject


def test_under_a_lease_a_heartbeats_answer_waits_for_the_term_to_be_stored():
    node = Node(**LEASE, async_storage_writes=True)
    node.step(T.HEARTBEAT, 2, term=3)
    ready = node.raw.ready()
    (append,) = ready.messages
    assert append.type is T.STORAGE_APPEND
    assert HardState(append.term, append.vote, append.commit) == HardState(3, 0, 0)
    assert [message.type for message in append.responses] == [T.HEARTBEAT_RESP]


def test_leases_never_give_an_old_value_when_the_leader_is_cut_off():
    """Whatever the moment: once others have elected a leader, the old one does not answer by itself."""
    overlaps = 0
    for seed in range(30):
        group = Group(1, 2, 3, seed=seed, **LEASE)
        leader = group.elect(1)
        group.tick(3 + seed % 7)
        group.cut(1)
        while group.leader() in (None, leader):
            group.tick()
        group.leader().raw.propose(b"x")
        group.settle()
        leader.read_states.clear()
        if leader.raw.role is Role.LEADER:
            overlaps += 1
            leader.raw.read_index(b"late")
            group.settle()
        assert leader.read_states == []
    assert overlaps > 3, "else nothing was tried"
