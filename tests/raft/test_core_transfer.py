"""Handing over leadership: thesis 3.10."""

import pytest
from raft_group import Group, Node, T

from wetware.raft.core import Entry, Message, Role
from wetware.raft.core.confchange import ConfChange
from wetware.raft.core.errors import RefusedError


def behind():
    """A leader with followers 2 (holds everything) and 3 (lacks the last entry)."""
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose(b"x")
    node.work()
    node.acknowledge(2)
    node.work()
    return node


@pytest.mark.parametrize("settings", [{}, {"check_quorum": True}, {"check_quorum": True, "pre_vote": True}])
def test_leadership_is_handed_to_who_holds_everything(settings):
    group = Group(1, 2, 3, **settings)
    leader = group.elect(1)
    leader.raw.transfer_leader(2)
    group.settle()
    assert group.leader() is group[2]
    assert (group[2].raw.term, leader.raw.role, leader.raw.lead) == (2, Role.FOLLOWER, 2)
    group[2].raw.transfer_leader(1)
    group.settle()
    assert group.leader() is leader


def test_the_transferee_campaigns_at_once_and_without_pre_vote():
    node = Node(check_quorum=True, pre_vote=True)
    node.step(T.HEARTBEAT, 2, term=1)
    node.work()
    node.step(T.TIMEOUT_NOW, 2)
    requests = node.sent(T.VOTE)
    assert (node.raw.role, node.raw.term) == (Role.CANDIDATE, 2)
    assert {message.context for message in requests} == {b"transfer"}


def test_voters_who_hear_the_leader_vote_where_it_asked_for_it():
    node = Node(check_quorum=True)
    node.step(T.HEARTBEAT, 2, term=1)
    node.work()
    node.step(T.VOTE, 3, term=2, context=b"something else")
    assert node.work() == []
    node.step(T.VOTE, 3, term=2, context=b"transfer")
    assert not node.sent(T.VOTE_RESP)[0].reject


def test_a_follower_passes_the_wish_on():
    group = Group(1, 2, 3)
    group.elect(1)
    group[3].raw.transfer_leader(3)
    group.settle()
    assert group.leader() is group[3]


def test_a_wish_without_a_leader_is_dropped():
    node = Node()
    node.raw.transfer_leader(2)
    assert node.work() == []


def test_who_lacks_entries_gets_them_first():
    node = behind()
    node.raw.transfer_leader(3)
    assert node.sent(T.TIMEOUT_NOW) == []
    node.acknowledge(3)
    (message,) = node.sent(T.TIMEOUT_NOW)
    assert (message.to, message.term) == (3, 1)


def test_old_acknowledgements_do_not_start_it():
    node = behind()
    node.raw.transfer_leader(3)
    node.acknowledge(3, index=1)
    node.acknowledge(2)
    assert node.sent(T.TIMEOUT_NOW) == []


def test_a_probed_transferee_gets_its_entries_at_once():
    node = behind()
    node.raw.report_unreachable(3)
    node.raw.transfer_leader(3)
    assert [(message.to, message.index) for message in node.sent(T.APP)] == [(3, 1)]


def test_a_transferee_behind_the_compacted_log_gets_a_snapshot_first():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    group.down = {3}
    leader.raw.propose(b"a", b"b")
    group.settle()
    leader.storage.compact(leader.log.applied)
    group.down = set()
    group.tick()
    leader.raw.transfer_leader(3)
    group.settle()
    assert group.leader() is group[3]


def test_no_proposals_while_it_lasts():
    node = behind()
    node.raw.transfer_leader(3)
    assert node.raw.status().transferee == 3
    with pytest.raises(RefusedError, match="node 3"):
        node.raw.propose(b"y")
    with pytest.raises(RefusedError):
        node.raw.step(Message(T.PROP, to=1, from_=2, entries=[Entry(data=b"y")]))


def test_it_is_given_up_after_an_election_timeout():
    node = behind()
    node.tick(7)
    node.raw.transfer_leader(3)
    node.tick(9)
    assert node.raw.status().transferee == 3, "counted from the wish on"
    node.tick()
    assert node.raw.status().transferee == 0
    node.raw.propose(b"y")
    assert node.raw.role is Role.LEADER


def test_asking_again_does_not_prolong_it():
    node = behind()
    node.raw.transfer_leader(3)
    node.tick(5)
    node.raw.transfer_leader(3)
    node.tick(5)
    assert node.raw.status().transferee == 0


def test_another_wish_replaces_it():
    node = behind()
    node.raw.transfer_leader(3)
    node.raw.transfer_leader(2)
    assert [message.to for message in node.sent(T.TIMEOUT_NOW)] == [2]
    assert node.raw.status().transferee == 2


def test_a_wish_to_stay_ends_it():
    node = behind()
    node.raw.transfer_leader(3)
    node.raw.transfer_leader(1)
    assert node.raw.status().transferee == 0
    assert node.raw.role is Role.LEADER
    node.raw.propose(b"y")


def test_strangers_and_learners_are_no_transferees():
    node = Node(learners=(4,))
    node.lead()
    for transferee in (4, 9):
        node.raw.transfer_leader(transferee)
        assert node.raw.status().transferee == 0
    node.raw.propose(b"x")


def test_a_learner_ignores_the_call():
    node = Node(4, learners=(4,))
    node.step(T.TIMEOUT_NOW, 2, term=1)
    assert (node.raw.role, node.raw.term) == (Role.FOLLOWER, 1)


def test_a_removed_transferee_ends_it():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose_conf_change(ConfChange.remove(3))
    node.work()
    node.raw.transfer_leader(3)
    node.acknowledge(2)
    node.work()
    assert node.raw.status().transferee == 0
    node.raw.propose(b"x")


def test_another_members_removal_does_not_end_it():
    node = Node(voters=(1, 2, 3, 4))
    node.lead()
    node.acknowledge(2, 3, 4)
    node.work()
    node.raw.propose_conf_change(ConfChange.remove(4))
    node.work()
    node.raw.transfer_leader(3)
    node.acknowledge(2, 4)
    node.work()
    assert node.raw.status().transferee == 3


def test_a_higher_term_ends_it():
    node = behind()
    node.raw.transfer_leader(3)
    node.step(T.HEARTBEAT, 2, term=9)
    assert node.raw.status().transferee == 0
    node.work()
    node.lead()
    node.raw.propose(b"x")


def test_a_leader_whose_message_was_lost_stays():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    group.drop = lambda message: message.type is T.TIMEOUT_NOW
    leader.raw.transfer_leader(2)
    group.settle()
    group.tick(10)
    group.heal()
    assert group.leader() is leader
    leader.raw.propose(b"x")
    group.settle()
    assert group[3].data() == [b"x"]
