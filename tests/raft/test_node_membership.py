"""Goals for the membership: one step after the other, each following from what is in force."""

import pytest

from wetware.raft.core import ChangeType, ConfState
from wetware.raft.core.errors import ConfChangeError
from wetware.raft.core.tracker.progress import FlowState, ProgressStatus
from wetware.raft.node.core.membership import DeadMembers, Goal, InForce, MembershipQueue
from wetware.raft.node.errors import MembershipTimeoutError


def at(match):
    return ProgressStatus(FlowState.REPLICATE, match, match + 1, False, False, 0, True, 0, False)


class Leader:
    """A leader that takes every step at once, and newcomers that are as far as they are said to be."""

    def __init__(self, *voters, gap=10, last=100):
        self.queue = MembershipQueue(catch_up_gap=gap)
        self.state = ConfState(tuple(voters))
        self.match, self.last = {}, last
        self.told, self.steps = [], []

    def want(self, token, node_id, goal, deadline=9.0):
        self.told += self.queue.want(token, node_id, goal, deadline, self.state)
        self.told += [(one, None) for one in self.queue.settled(self.state)]

    def step(self):
        progress = {one: at(match) for one, match in self.match.items()}
        change, failed = self.queue.next(self.state, progress, self.last)
        self.told += failed
        if change is None:
            return False
        (one,) = change.changes
        voters, learners = set(self.state.voters), set(self.state.learners)
        voters.discard(one.node_id)
        learners.discard(one.node_id)
        if one.type is ChangeType.ADD_VOTER:
            voters.add(one.node_id)
        elif one.type is ChangeType.ADD_LEARNER:
            learners.add(one.node_id)
        self.state = ConfState(tuple(sorted(voters)), learners=tuple(sorted(learners)))
        self.steps.append((one.type.name, one.node_id))
        self.told += [(token, None) for token in self.queue.settled(self.state)]
        return True

    def run(self):
        while self.step():
            pass


def test_a_newcomer_learns_until_it_is_nearly_as_far_and_then_votes():
    leader = Leader(1)
    leader.want("a", 2, Goal.VOTER)
    leader.run()
    assert leader.steps == [("ADD_LEARNER", 2)]
    for match in (0, 50, 89):
        leader.match[2] = match
        leader.run()
        assert leader.state.learners == (2,)
    leader.match[2] = 90
    leader.run()
    assert (leader.steps[1:], leader.told) == ([("ADD_VOTER", 2)], [("a", None)])
    assert len(leader.queue) == 0


def test_one_that_is_slow_delays_nobody_else():
    leader = Leader(1)
    for one in (2, 3, 4):
        leader.want(one, one, Goal.VOTER)
    leader.match = {3: 100, 4: 95}
    leader.run()
    assert leader.state == ConfState((1, 3, 4), learners=(2,))
    assert leader.told == [(3, None), (4, None)]


def test_what_is_so_already_is_done_at_once():
    leader = Leader(1, 2)
    leader.want("a", 2, Goal.VOTER)
    leader.want("b", 7, Goal.GONE)
    assert leader.told == [("a", None), ("b", None)]
    assert not leader.step()


def test_asked_twice_is_done_once_and_both_are_told():
    leader = Leader(1)
    leader.want("a", 2, Goal.LEARNER)
    leader.want("b", 2, Goal.LEARNER)
    leader.run()
    assert (leader.steps, leader.told) == ([("ADD_LEARNER", 2)], [("a", None), ("b", None)])


def test_who_asks_for_the_opposite_overrides():
    leader = Leader(1, 2, 3)
    leader.want("a", 4, Goal.VOTER)
    leader.step()
    leader.want("b", 4, Goal.GONE)
    assert [(token, type(error)) for token, error in leader.told] == [("a", ConfChangeError)]
    leader.run()
    assert leader.state == ConfState((1, 2, 3))
    assert leader.told[-1] == ("b", None)


def test_the_last_voter_is_not_removed():
    leader = Leader(1)
    leader.want("a", 1, Goal.GONE)
    assert not leader.step()
    ((token, error),) = leader.told
    assert (token, type(error)) == ("a", ConfChangeError)


def test_a_voter_may_become_a_learner():
    leader = Leader(1, 2)
    leader.want("a", 2, Goal.LEARNER)
    leader.run()
    assert leader.state == ConfState((1,), learners=(2,))


def test_nothing_happens_within_a_joint_membership():
    leader = Leader(1, 2)
    leader.state = leader.state._replace(voters_outgoing=(1, 3))
    leader.want("a", 2, Goal.VOTER)
    leader.want("b", 4, Goal.LEARNER)
    assert (leader.step(), leader.told) == (False, [])


def test_a_newcomer_that_is_late_is_taken_out_and_an_old_member_is_not():
    leader = Leader(1, 2)
    leader.state = leader.state._replace(learners=(5,))
    leader.want("new", 3, Goal.VOTER, deadline=1)
    leader.want("new too", 3, Goal.VOTER, deadline=2)
    leader.want("old", 5, Goal.VOTER, deadline=1)
    leader.run()
    late = leader.queue.tick(1)
    assert [(token, type(error)) for token, error in late] == [
        ("new", MembershipTimeoutError),
        ("old", MembershipTimeoutError),
    ]
    leader.run()
    assert leader.state.learners == (3, 5)
    assert [token for token, _ in leader.queue.tick(2)] == ["new too"]
    leader.run()
    assert leader.state.learners == (5,)
    assert len(leader.queue) == 0


def test_a_newcomer_that_is_asked_for_again_while_it_is_taken_out_stays():
    leader = Leader(1)
    leader.want("a", 2, Goal.VOTER, deadline=1)
    leader.run()
    leader.queue.tick(1)
    leader.want("b", 2, Goal.VOTER)
    leader.match[2] = 100
    leader.run()
    assert (leader.state, leader.told) == (ConfState((1, 2)), [("b", None)])


def test_who_leads_no_more_gives_the_requests_back():
    leader = Leader(1)
    leader.want("a", 2, Goal.VOTER)
    leader.want("b", 3, Goal.VOTER)
    assert leader.queue.lost_leadership() == ["a", "b"]
    assert len(leader.queue) == 0


@pytest.mark.parametrize(
    ("voters", "learners", "silent", "min_voters", "removed"),
    [
        ((1, 2, 3), (), {3}, 2, [3]),
        ((1, 2, 3), (), {3}, 3, []),
        ((1, 2, 3), (), {2, 3}, 1, []),
        ((1, 2, 3, 4, 5), (), {4, 5}, 3, [4, 5]),
        ((1, 2, 3, 4, 5), (), {4, 5}, 4, [4]),
        ((1, 2, 3), (7,), {2, 3, 7}, 1, [7]),
        ((1, 2, 3, 4), (), {3, 4}, 1, []),
    ],
)
def test_dead_members(voters, learners, silent, min_voters, removed):
    dead = DeadMembers(after=3, min_voters=min_voters)
    state = ConfState(voters, learners=learners)
    for tick in range(3):
        for one in {*voters, *learners} - silent:
            dead.heard(one)
        assert dead.tick(state, 1) == (removed if tick == 2 else [])
    dead.reset()
    assert dead.tick(state, 1) == []


def test_dead_members_stay_without_a_policy():
    dead = DeadMembers(after=0, min_voters=1)
    assert [dead.tick(ConfState((1, 2, 3)), 1) for _ in range(100)] == [[]] * 100


def test_who_asked_is_told_when_an_entry_behind_the_change_is_applied():
    in_force = InForce()
    assert not in_force
    assert not in_force.wants_entry
    in_force.add(["a", "b"])
    assert in_force
    assert in_force.wants_entry
    assert in_force.known(100) == []
    in_force.entry_at(8)
    assert not in_force.wants_entry
    in_force.add(["c"])
    in_force.entry_at(9)
    assert in_force.known(7) == []
    assert in_force.known(8) == ["a", "b"]
    in_force.add(["d"])
    assert in_force.take_all() == ["c", "d"]
    assert not in_force
