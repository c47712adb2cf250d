"""Membership changes: thesis chapter 4."""

import pytest
from raft_group import Group, Node, OnDemand, T, storage_with

from wetware.raft.core import (
    Change,
    ChangeType,
    ConfChange,
    ConfState,
    Entry,
    EntryType,
    HardState,
    MemoryStorage,
    Message,
    Role,
    Snapshot,
    Transition,
)
from wetware.raft.core.confchange import Membership, Misfit, MisfitError
from wetware.raft.core.errors import ConfChangeError, ProtocolError, RefusedError

ADD, REMOVE, LEARN = ChangeType.ADD_VOTER, ChangeType.REMOVE, ChangeType.ADD_LEARNER


def joiner(node_id, **settings):
    return Node(node_id, storage=OnDemand(), **settings)


def change(*parts, transition=Transition.AUTO):
    return ConfChange(tuple(Change(kind, node_id) for kind, node_id in parts), transition)


def pending(node):
    """The entries behind the applied index that are membership changes."""
    log = node.log
    span = log.slice(log.applied + 1, log.last_index + 1, 2**62) if log.last_index > log.applied else ()
    return [entry for entry in span if entry.type is not EntryType.NORMAL]


# --- single steps (4.1) -----------------------------------------------------------------------------------


@pytest.mark.parametrize("v1", [False, True])
def test_a_node_that_starts_empty_joins(v1):
    group = Group(1, nodes={2: joiner(2)})
    leader = group.elect(1)
    leader.raw.propose(b"before")
    leader.raw.propose_conf_change(ConfChange.add_voter(2), v1=v1)
    group.settle()
    group.tick(2)
    assert group[2].raw.conf_state == leader.raw.conf_state == ConfState((1, 2))
    leader.raw.propose(b"after")
    group.settle()
    assert leader.data() == [b"before", b"after"]
    assert group[2].data() == [b"after"], "what was before is in the snapshot that it was sent"


def test_a_change_comes_into_force_when_it_is_applied():
    group = Group(1, 2, 3, nodes={4: joiner(4)})
    leader = group.elect(1)
    group.down = {2, 3}
    leader.raw.propose_conf_change(ConfChange.add_voter(4))
    group.settle()
    assert leader.raw.conf_state.voters == (1, 2, 3)
    group.down = set()
    group.tick(3)
    assert [node.raw.conf_state.voters for node in group.nodes.values()] == [(1, 2, 3, 4)] * 4


def test_a_removed_follower_no_longer_counts():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    leader.raw.propose_conf_change(ConfChange.remove(3))
    group.settle()
    assert leader.raw.conf_state.voters == (1, 2)
    assert 3 not in leader.raw.status().progress
    group.down = {3}
    leader.raw.propose(b"x")
    group.settle()
    assert leader.data() == [b"x"]


def test_a_smaller_quorum_can_commit_more():
    """Thesis 4.1: entries that waited for a majority of four have one of three."""
    node = Node(voters=(1, 2, 3, 4))
    node.lead(2, 3)
    node.acknowledge(2, 3, 4)
    node.work()
    node.raw.propose_conf_change(ConfChange.remove(4))
    node.work()
    node.raw.propose(b"x")
    node.work()
    node.acknowledge(2)
    node.acknowledge(3, index=2)
    assert node.log.committed == 2
    sent = node.work()
    assert node.raw.conf_state.voters == (1, 2, 3)
    assert node.log.committed == 3
    assert {
        (message.to, message.commit) for message in sent if message.type is T.APP and message.commit == 3
    } == {
        (2, 3),
        (3, 3),
    }


def test_newcomers_are_probed_at_once_and_count_as_active():
    node = Node(check_quorum=True)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose_conf_change(ConfChange.add_voter(4))
    node.work()
    node.acknowledge(2, 3)
    sent = [message for message in node.sent(T.APP) if message.to == 4]
    assert len(sent) == 1
    assert node.progress(4).active


def test_one_change_at_a_time():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose_conf_change(ConfChange.add_voter(4))
    assert node.raw.conf_change_misfit(ConfChange.add_voter(5)) is Misfit.PENDING
    node.raw.propose_conf_change(ConfChange.add_voter(5))
    assert [entry.type for entry in pending(node)] == [EntryType.CONF_CHANGE_V2]
    assert node.log.last_index == 3, "the second one is in the log as an empty entry"
    node.work()
    node.acknowledge(2, 3)
    node.work()
    assert node.raw.conf_change_misfit(ConfChange.add_voter(5)) is None
    node.raw.propose_conf_change(ConfChange.add_voter(5))
    assert len(pending(node)) == 1


def test_a_follower_knows_of_no_pending_change():
    assert Node().raw.conf_change_misfit(ConfChange.add_voter(4)) is None


def test_one_change_at_a_time_within_one_proposal():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    both = [
        Entry(type=EntryType.CONF_CHANGE_V2, data=ConfChange.add_voter(node_id).encode())
        for node_id in (4, 5)
    ]
    node.raw.step(Message(T.PROP, to=1, from_=2, entries=[Entry(data=b"x"), *both]))
    kinds = [entry.type for entry in node.log.slice(2, 5, 2**62)]
    assert kinds == [EntryType.NORMAL, EntryType.CONF_CHANGE_V2, EntryType.NORMAL]
    assert node.raft.pending_conf_index == 3


def test_a_new_leader_waits_until_its_logs_tail_is_applied():
    """The tail may hold a change that it does not know of (thesis 4.3)."""
    node = Node(storage=storage_with((1, 1), term=1))
    node.lead()
    assert node.raw.conf_change_misfit(ConfChange.add_voter(4)) is Misfit.PENDING
    node.acknowledge(2)
    node.work()
    assert node.raw.conf_change_misfit(ConfChange.add_voter(4)) is None


def test_who_has_unapplied_changes_does_not_campaign():
    storage = storage_with((1,), term=1)
    storage.append([Entry(1, 2, EntryType.CONF_CHANGE_V2, ConfChange.remove(1).encode())])
    node = Node(storage=storage)
    node.step(T.HEARTBEAT, 2, commit=2)
    node.raw.campaign()
    assert node.raw.role is Role.FOLLOWER
    node.tick(40)
    assert node.raw.role is Role.FOLLOWER
    node.step(T.TIMEOUT_NOW, 2)
    assert node.raw.role is Role.FOLLOWER
    node.work()
    assert node.raw.conf_state.voters == (2, 3)
    node.raw.campaign()
    assert node.raw.role is Role.FOLLOWER, "now it is no member any more"


def test_only_committed_and_unapplied_changes_keep_from_campaigning():
    def node_with(committed, applied):
        storage = storage_with((1, 1), term=1)
        storage.append(
            [Entry(1, 3, EntryType.CONF_CHANGE_V2, ConfChange.add_learner(4).encode()), Entry(1, 4)]
        )
        storage.set_hard_state(HardState(1, 0, committed))
        node = Node(storage=storage, applied=applied)
        node.raw.campaign()
        return node.raw.role

    assert node_with(2, 2) is Role.CANDIDATE
    assert node_with(3, 2) is Role.FOLLOWER
    assert node_with(4, 2) is Role.FOLLOWER
    assert node_with(4, 3) is Role.CANDIDATE


def test_unapplied_changes_are_found_behind_many_entries():
    storage = storage_with((1,) * 50, term=1)
    storage.append([Entry(1, 51, EntryType.CONF_CHANGE, ConfChange.add_learner(4).encode())])
    node = Node(storage=storage, max_committed_size_per_ready=100)
    node.step(T.HEARTBEAT, 2, commit=51)
    node.handle()
    node.raw.campaign()
    assert node.raw.role is Role.FOLLOWER
    node.work()
    node.raw.campaign()
    assert node.raw.role is Role.CANDIDATE


# --- changes that do not fit ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wish",
    [
        change((REMOVE, 1)),
        change((LEARN, 1)),
        change((REMOVE, 1), transition=Transition.JOINT_EXPLICIT),
        change((REMOVE, 1), (LEARN, 2)),
    ],
)
def test_a_change_that_leaves_no_voter_is_refused_when_it_is_proposed(wish):
    node = Node(voters=(1,))
    node.raw.campaign()
    node.work()
    before = node.log.last_index
    assert node.raw.conf_change_misfit(wish) is Misfit.NO_VOTER
    with pytest.raises(MisfitError) as refused:
        node.raw.propose_conf_change(wish)
    assert refused.value.misfit is Misfit.NO_VOTER
    assert "no voter" in str(refused.value)
    assert node.log.last_index == before
    node.raw.propose(b"still alive")
    node.work()
    assert node.data() == [b"still alive"]
    assert node.raw.conf_change_misfit(ConfChange.add_voter(2)) is None


def test_a_forwarded_change_that_leaves_no_voter_becomes_an_empty_entry():
    node = Node(voters=(1,), learners=(2,))
    node.raw.campaign()
    node.work()
    wish = Entry(type=EntryType.CONF_CHANGE_V2, data=ConfChange.remove(1).encode())
    node.raw.step(Message(T.PROP, to=1, from_=2, entries=[wish]))
    node.work()
    assert node.applied[-1] == Entry(1, node.log.last_index)
    assert node.raw.conf_state.voters == (1,)


def test_a_broken_change_is_refused():
    node = Node(voters=(1,), learners=(2,))
    node.raw.campaign()
    node.work()
    before = node.log.last_index
    broken = Entry(type=EntryType.CONF_CHANGE, data=b"\xff\xff\xff")
    with pytest.raises(ProtocolError):
        node.raw.step(Message(T.PROP, to=1, from_=2, entries=[Entry(data=b"x"), broken]))
    assert node.log.last_index == before


def test_a_joint_membership_must_be_left_before_the_next_change():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    leader.raw.propose_conf_change(change((REMOVE, 3), transition=Transition.JOINT_EXPLICIT))
    group.settle()
    assert leader.raw.conf_state == ConfState((1, 2), (1, 2, 3))
    assert leader.raw.conf_change_misfit(ConfChange.add_voter(4)) is Misfit.JOINT
    leader.raw.propose_conf_change(ConfChange.add_voter(4))
    group.settle()
    assert leader.raw.conf_state == ConfState((1, 2), (1, 2, 3))
    leader.raw.propose_conf_change(ConfChange.leave_joint())
    group.settle()
    assert leader.raw.conf_state == ConfState((1, 2))
    assert leader.raw.conf_change_misfit(ConfChange.leave_joint()) is Misfit.NOT_JOINT


def test_without_validation_a_misfit_shows_when_it_is_applied():
    node = Node(voters=(1,), validate_conf_changes=False)
    node.raw.campaign()
    node.work()
    node.raw.propose_conf_change(ConfChange.leave_joint())
    with pytest.raises(ConfChangeError):
        node.work()
    assert node.raw.conf_state == ConfState((1,))


def test_entries_of_the_first_kind_hold_one_change():
    from wetware.errors import LocalError

    node = Node()
    node.lead()
    for wish in (
        ConfChange(),
        change((ADD, 4), (ADD, 5)),
        change((ADD, 4), transition=Transition.JOINT_EXPLICIT),
    ):
        with pytest.raises(LocalError, match="exactly one"):
            node.raw.propose_conf_change(wish, v1=True)


def test_the_context_travels_with_the_change():
    group = Group(1, 2)
    leader = group.elect(1)
    leader.raw.propose_conf_change(ConfChange.add_learner(3, b"where it lives"))
    group.settle()
    (entry,) = [entry for entry in group[2].applied if entry.type is EntryType.CONF_CHANGE_V2]
    assert ConfChange.decode(entry.data) == ConfChange.add_learner(3, b"where it lives")


# --- joint memberships (4.3) ------------------------------------------------------------------------------


def test_a_joint_decision_needs_both_halves():
    node = Node(voters=(1, 2, 3))
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose_conf_change(change((ADD, 4), (ADD, 5), (REMOVE, 2), (REMOVE, 3)))
    node.work()
    node.acknowledge(2)
    node.work()
    assert node.raw.conf_state == ConfState((1, 4, 5), (1, 2, 3), auto_leave=True)
    last = node.log.last_index
    node.acknowledge(2, 3, index=last)
    assert node.log.committed < last, "the old half alone decides nothing"
    node.step(T.APP_RESP, 4, index=last)
    assert node.log.committed == last


def test_a_joint_membership_that_leaves_by_itself():
    group = Group(1, 2, 3, nodes={4: joiner(4), 5: joiner(5)})
    leader = group.elect(1)
    leader.raw.propose_conf_change(change((ADD, 4), (ADD, 5), (REMOVE, 2), (REMOVE, 3)))
    group.settle()
    group.tick(3)
    assert [group[i].raw.conf_state for i in (1, 4, 5)] == [ConfState((1, 4, 5))] * 3
    leader.raw.propose(b"x")
    group.settle()
    assert group[4].data() == group[5].data() == [b"x"]


def test_a_single_change_can_go_through_a_joint_membership():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    leader.raw.propose_conf_change(change((REMOVE, 3), transition=Transition.JOINT_IMPLICIT))
    group.settle()
    assert ConfState((1, 2), (1, 2, 3), auto_leave=True) in leader.conf_states
    assert leader.raw.conf_state == ConfState((1, 2))


def test_two_changes_go_through_a_joint_membership_by_themselves():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    leader.raw.propose_conf_change(change((REMOVE, 3), (LEARN, 2)))
    group.settle()
    assert leader.conf_states == [
        ConfState((1,), (1, 2, 3), (), (2,), auto_leave=True),
        ConfState((1,), learners=(2,)),
    ]


def test_a_new_leader_leaves_the_joint_membership_of_the_old_one():
    node = Node()
    joint = ConfState((1, 2), (1, 2, 3), auto_leave=True)
    node = Node(storage=storage_with((1,), term=1, commit=1, conf_state=joint))
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    assert [entry.data for entry in pending(node)] == [b""]
    node.acknowledge(2, 3)
    node.work()
    assert node.raw.conf_state == ConfState((1, 2))


def test_a_joint_membership_is_left_once():
    node = Node(voters=(1, 2))
    node.lead(2)
    node.acknowledge(2)
    node.work()
    node.raw.propose_conf_change(change((ADD, 3), (ADD, 4)))
    node.work()
    node.raw.propose(b"a")
    node.raw.propose(b"b")
    node.work()
    node.acknowledge(2)
    node.work()
    assert len(pending(node)) == 1


def test_leaving_waits_while_leadership_is_handed_over():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose_conf_change(change((LEARN, 3), (ADD, 2)))
    node.raw.propose(b"x")
    node.work()
    node.raw.transfer_leader(3)
    node.acknowledge(2, index=2)
    node.work()
    assert node.raw.conf_state.voters_outgoing
    assert pending(node) == []
    node.tick(10)
    node.acknowledge(2)
    node.work()
    assert len(pending(node)) == 1, "with the next entry that is applied"


def test_votes_are_asked_of_both_halves():
    joint = ConfState((1, 4), (1, 2, 3))
    node = Node(storage=storage_with(conf_state=joint))
    node.raw.campaign()
    assert [message.to for message in node.sent(T.VOTE)] == [2, 3, 4]
    node.step(T.VOTE_RESP, 2)
    assert node.raw.role is Role.CANDIDATE
    node.step(T.VOTE_RESP, 4)
    assert node.raw.role is Role.LEADER


def test_a_leader_hears_from_both_halves():
    joint = ConfState((1, 4, 5), (1, 2, 3))
    node = Node(storage=storage_with(conf_state=joint), check_quorum=True)
    node.lead(2, 4)
    node.step(T.HEARTBEAT_RESP, 2)
    node.step(T.HEARTBEAT_RESP, 3)
    node.tick(10)
    assert node.raw.role is Role.FOLLOWER


def test_progress_of_a_demoted_voter_is_kept():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    match = leader.progress(3).match
    leader.raw.propose_conf_change(change((LEARN, 3), (ADD, 4)))
    group.settle()
    group.tick(2)
    assert leader.progress(3).match >= match
    assert leader.progress(3).learner


# --- learners (4.2.1) -------------------------------------------------------------------------------------


def test_a_learner_receives_but_does_not_decide():
    group = Group(1, 2, learners=(2,))
    leader = group.elect(1)
    group.down = {2}
    leader.raw.propose(b"x")
    group.settle()
    assert leader.data() == [b"x"]
    group.down = set()
    group.tick(2)
    assert group[2].data() == [b"x"]


def test_a_learner_is_promoted():
    group = Group(1, 2, 3, learners=(3,))
    leader = group.elect(1)
    leader.raw.propose_conf_change(ConfChange.add_voter(3))
    group.settle()
    group.tick()
    assert group[3].raw.conf_state == ConfState((1, 2, 3))
    group.down = {2}
    group[3].raw.campaign()
    group.settle()
    assert group[3].raw.role is Role.LEADER


# --- a leader that is removed (4.2.2) ---------------------------------------------------------------------


@pytest.mark.parametrize("wish", [ConfChange.remove(1), ConfChange.add_learner(1)])
def test_a_removed_or_demoted_leader_steps_down_when_that_is_applied(wish):
    group = Group(1, 2, 3)
    leader = group.elect(1)
    leader.raw.propose_conf_change(wish)
    group.settle()
    assert leader.raw.role is Role.FOLLOWER
    assert leader.raw.term == 1
    assert group[2].raw.conf_state.voters == (2, 3)
    group.elect(2)


def test_a_removed_leader_may_be_told_to_stay_and_does_not_count_itself():
    group = Group(1, 2, 3, step_down_on_removal=False)
    leader = group.elect(1)
    leader.raw.propose_conf_change(ConfChange.remove(1))
    group.settle()
    assert leader.raw.role is Role.LEADER
    with pytest.raises(RefusedError, match="removed"):
        leader.raw.propose(b"x")
    leader.tick()
    assert [message.to for message in leader.sent(T.HEARTBEAT)] == [2, 3]


# --- where newcomers begin --------------------------------------------------------------------------------


def test_a_snapshot_from_before_a_newcomer_joined_is_not_sent_to_it():
    """It would ignore a state in which it is no member, and its leader would wait for ever."""
    node = Node(1, storage=MemoryStorage(Snapshot.founding([1])))
    node.raw.campaign()
    node.work()
    node.raw.propose_conf_change(ConfChange.add_voter(2))
    node.work()
    node.step(T.APP_RESP, 2, index=node.progress(2).next - 1, reject=True)
    assert node.work() == []
    node.storage.create_snapshot(node.log.applied, node.raw.conf_state)
    node.step(T.HEARTBEAT_RESP, 2)
    assert [message.snapshot.index for message in node.sent(T.SNAP)] == [node.log.applied]


def test_two_nodes_that_both_founded_a_cluster_never_become_one():
    """Why joiners start empty: their logs differ at the same index and term, which matching cannot see."""
    group = Group(1, nodes={2: Node(2, voters=(2,))})
    group.elect(1)
    group.elect(2)
    assert group[1].log.last_index == 2
    assert group[2].log.last_index == 1
    leader = group[1]
    leader.raw.propose_conf_change(ConfChange.add_voter(2))
    group.settle()
    group.tick(3)
    assert group[2].raw.role is Role.LEADER, "each goes on as a leader in the same term"
    assert leader.raw.role is Role.LEADER


def test_a_stored_membership_that_contradicts_itself_is_refused():
    with pytest.raises(ProtocolError):
        Node(storage=storage_with(conf_state=ConfState((1, 2), learners=(2,))))


@pytest.mark.parametrize(
    "state",
    [
        ConfState((1,), (2,), (2,)),
        ConfState((1,), (), (), (2,)),
        ConfState((1, 2), (2,), (), (2,)),
        ConfState((1,), auto_leave=True),
        ConfState((0, 1)),
        ConfState((1,), learners=(0,)),
    ],
)
def test_memberships_are_checked(state):
    with pytest.raises(ProtocolError):
        Membership.from_conf_state(state)


@pytest.mark.parametrize(
    "state",
    [
        ConfState(),
        ConfState((1, 2, 3)),
        ConfState((1,), learners=(2, 3)),
        ConfState((1, 2), (2, 3), (4,), (3,), auto_leave=True),
    ],
)
def test_memberships_survive_being_stored(state):
    assert Membership.from_conf_state(state).conf_state() == state
