"""Elections: thesis chapter 3.4, 3.6.1, 3.8, 4.2.3, 9.6."""

import random

import pytest
from raft_group import Group, Node, T, entries, storage_with

from wetware.raft.core import HardState, MemoryStorage, Role, Snapshot
from wetware.raft.core.errors import NoLeaderError, ProtocolError

# --- terms (3.3) ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.FOLLOWER, Role.CANDIDATE, Role.LEADER])
@pytest.mark.parametrize("kind", [T.APP, T.HEARTBEAT, T.VOTE, T.VOTE_RESP, T.APP_RESP])
def test_a_higher_term_ends_any_role(role, kind):
    node = Node()
    if role is Role.CANDIDATE:
        node.raw.campaign()
    elif role is Role.LEADER:
        node.lead()
    node.step(kind, 2, term=7)
    assert (node.raw.role, node.raw.term) == (Role.FOLLOWER, 7)
    assert node.raw.lead == (2 if kind in (T.APP, T.HEARTBEAT) else 0)


def test_a_message_of_a_lower_term_is_ignored():
    node = Node(storage=storage_with((1,), term=5))
    node.step(T.APP, 2, term=3, index=1, log_term=1, entries=entries(2, 3), commit=2)
    assert (node.raw.term, node.raw.lead, node.log.last_index, node.log.committed) == (5, 0, 1, 0)
    assert node.work() == []


def test_a_new_term_forgets_the_vote():
    node = Node(storage=storage_with(term=1, vote=3))
    node.step(T.HEARTBEAT, 2, term=2)
    assert node.raw.status().hard_state == HardState(2, 0, 0)


def test_the_same_term_keeps_the_vote():
    node = Node(storage=storage_with(term=2, vote=3))
    node.step(T.HEARTBEAT, 2, term=2)
    assert node.raw.status().hard_state == HardState(2, 3, 0)


# --- starting ---------------------------------------------------------------------------------------------


def test_a_node_starts_as_a_follower_in_its_stored_term():
    node = Node(storage=storage_with((1, 2), term=4, vote=2, commit=1))
    assert (node.raw.role, node.raw.term, node.raw.lead) == (Role.FOLLOWER, 4, 0)
    assert node.raw.status().hard_state == HardState(4, 2, 1)
    assert node.raw.committed == 1


def test_a_node_without_members_waits_to_be_added():
    node = Node(storage=MemoryStorage())
    node.tick(100)
    node.raw.campaign()
    assert (node.raw.role, node.raw.term) == (Role.FOLLOWER, 0)
    assert not node.raw.has_ready()


def test_founding_members_elect_a_leader_by_their_timeouts():
    group = Group(1, 2, 3, seed=5)
    group.tick(25)
    leader = group.leader()
    assert leader is not None
    assert {node.raw.lead for node in group.nodes.values()} == {leader.raw.id}
    assert {node.raw.term for node in group.nodes.values()} == {leader.raw.term}


# --- timers (3.4) -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("drawn", "timeout"), [(0, 10), (3, 13), (9, 19)])
def test_a_follower_campaigns_when_its_timeout_has_passed(drawn, timeout):
    node = Node(randbelow=lambda n: min(drawn, n - 1))
    node.tick(timeout - 1)
    assert node.raw.role is Role.FOLLOWER
    node.tick()
    assert (node.raw.role, node.raw.term) == (Role.CANDIDATE, 1)


def test_timeouts_are_drawn_from_one_to_two_election_timeouts():
    dice, asked = random.Random(3), []

    def randbelow(n):
        asked.append(n)
        return dice.randrange(n)

    node = Node(randbelow=randbelow)
    seen = set()
    for _ in range(300):
        node.raft.become_follower(node.raw.term + 1, 0)
        seen.add(node.raft.election_timeout)
    assert set(asked) == {10}
    assert seen == set(range(10, 20))


def test_a_candidate_without_result_campaigns_again_in_a_new_term():
    node = Node()
    node.tick(10)
    node.work()
    node.tick(9)
    assert node.raw.term == 1
    node.tick()
    assert (node.raw.role, node.raw.term) == (Role.CANDIDATE, 2)


@pytest.mark.parametrize("kind", [T.APP, T.HEARTBEAT, T.SNAP])
def test_word_from_the_leader_resets_the_timer(kind):
    node = Node(storage=storage_with(term=1))
    snapshot = Snapshot(5, 1, node.storage.conf_state)
    node.tick(9)
    node.step(kind, 2, **({"snapshot": snapshot} if kind is T.SNAP else {}))
    node.work()
    node.tick(9)
    assert node.raw.role is Role.FOLLOWER
    node.tick()
    assert node.raw.role is Role.CANDIDATE


def test_a_granted_vote_resets_the_timer():
    node = Node()
    node.tick(9)
    node.step(T.VOTE, 2, term=1)
    node.tick(9)
    assert node.raw.role is Role.FOLLOWER


def test_a_refused_vote_within_the_term_does_not_reset_the_timer():
    node = Node(storage=storage_with((1,), term=1))
    node.tick(9)
    node.step(T.VOTE, 2)
    assert node.sent(T.VOTE_RESP)[0].reject
    node.tick()
    assert node.raw.role is Role.CANDIDATE


def test_a_granted_pre_vote_does_not_reset_the_timer():
    node = Node(pre_vote=True)
    node.tick(9)
    node.step(T.PRE_VOTE, 2, term=1)
    assert not node.sent(T.PRE_VOTE_RESP)[0].reject
    node.tick()
    assert node.raw.role is Role.PRE_CANDIDATE


def test_answers_of_followers_do_not_keep_a_leader_from_its_heartbeats():
    node = Node(heartbeat_tick=3, election_tick=10)
    node.lead()
    node.tick(2)
    assert node.sent(T.HEARTBEAT) == []
    node.tick()
    assert [message.to for message in node.sent(T.HEARTBEAT)] == [2, 3]
    node.tick(3)
    assert [message.to for message in node.sent(T.HEARTBEAT)] == [2, 3]


def test_a_new_term_of_office_counts_its_heartbeats_afresh():
    node = Node(heartbeat_tick=3)
    node.lead()
    node.tick(2)
    node.step(T.HEARTBEAT, 2, term=5)
    node.work()
    node.lead()
    node.tick(2)
    assert node.sent(T.HEARTBEAT) == []
    node.tick()
    assert len(node.sent(T.HEARTBEAT)) == 2


# --- asking for votes -------------------------------------------------------------------------------------


def test_a_candidate_asks_every_other_voter_with_the_end_of_its_log():
    node = Node(storage=storage_with((1, 1, 2), voters=(1, 2, 3, 4), learners=(5,), term=2))
    node.raw.campaign()
    requests = node.sent(T.VOTE)
    assert [message.to for message in requests] == [2, 3, 4]
    assert {(message.term, message.index, message.log_term) for message in requests} == {(3, 3, 2)}
    assert node.storage.hard_state == HardState(3, 1, 0)


def test_the_own_vote_counts_only_once_it_is_stored():
    node = Node(voters=(1,))
    node.raw.campaign()
    assert node.raw.role is Role.CANDIDATE
    ready = node.raw.ready()
    assert ready.must_sync
    assert ready.hard_state == HardState(1, 1, 0)
    assert node.raw.role is Role.CANDIDATE
    node.raw.advance()
    assert node.raw.role is Role.LEADER


@pytest.mark.parametrize(
    ("voters", "granted", "refused", "role"),
    [
        (3, 0, 0, Role.CANDIDATE),
        (3, 1, 0, Role.LEADER),
        (3, 1, 1, Role.LEADER),
        (3, 0, 1, Role.CANDIDATE),
        (3, 0, 2, Role.FOLLOWER),
        (4, 1, 0, Role.CANDIDATE),
        (4, 2, 0, Role.LEADER),
        (4, 1, 2, Role.FOLLOWER),
        (5, 1, 2, Role.CANDIDATE),
        (5, 2, 2, Role.LEADER),
        (5, 1, 3, Role.FOLLOWER),
    ],
)
def test_a_majority_decides(voters, granted, refused, role):
    node = Node(voters=range(1, voters + 1))
    node.raw.campaign()
    node.work()
    for position in range(granted):
        node.step(T.VOTE_RESP, 2 + position)
    for position in range(refused):
        if node.raw.role is Role.CANDIDATE:
            node.step(T.VOTE_RESP, 2 + granted + position, reject=True)
    assert node.raw.role is role
    assert node.raw.term == 1


def test_only_the_first_answer_of_a_voter_counts():
    node = Node(voters=(1, 2, 3, 4, 5))
    node.raw.campaign()
    node.work()
    for _ in range(3):
        node.step(T.VOTE_RESP, 2)
    node.step(T.VOTE_RESP, 3, reject=True)
    node.step(T.VOTE_RESP, 3)
    assert node.raw.role is Role.CANDIDATE


def test_a_vote_of_an_earlier_term_does_not_count():
    node = Node(storage=storage_with(term=5))
    node.raw.campaign()
    node.work()
    node.step(T.VOTE_RESP, 2, term=5)
    assert node.raw.role is Role.CANDIDATE


def test_learners_have_no_voice():
    node = Node(voters=(1, 2, 3), learners=(4, 5))
    node.raw.campaign()
    node.work()
    node.step(T.VOTE_RESP, 4)
    node.step(T.VOTE_RESP, 5)
    assert node.raw.role is Role.CANDIDATE


def test_a_learner_does_not_campaign():
    node = Node(4, voters=(1, 2, 3), learners=(4,))
    node.tick(100)
    node.raw.campaign()
    assert (node.raw.role, node.raw.term) == (Role.FOLLOWER, 0)


def test_a_learner_votes_when_asked():
    node = Node(4, voters=(1, 2, 3), learners=(4,))
    node.step(T.VOTE, 2, term=2)
    assert not node.sent(T.VOTE_RESP)[0].reject


def test_a_leader_ignores_the_wish_to_campaign():
    node = Node()
    node.lead()
    node.raw.campaign()
    assert (node.raw.role, node.raw.term) == (Role.LEADER, 1)


def test_a_candidate_yields_to_a_leader_of_its_term():
    for kind in (T.APP, T.HEARTBEAT, T.SNAP):
        node = Node()
        node.raw.campaign()
        fields = {"snapshot": Snapshot(3, 1, node.storage.conf_state)} if kind is T.SNAP else {}
        node.step(kind, 3, **fields)
        assert (node.raw.role, node.raw.lead, node.raw.term) == (Role.FOLLOWER, 3, 1)


def test_a_candidate_takes_up_what_the_leader_of_its_term_sends():
    node = Node()
    node.raw.campaign()
    node.step(T.APP, 3, entries=entries(1, 1), commit=1)
    node.work()
    assert (node.log.last_index, node.log.committed) == (1, 1)
    node = Node(storage=storage_with((1,), term=1))
    node.raw.campaign()
    node.step(T.HEARTBEAT, 3, commit=1, context=b"c")
    assert node.sent(T.HEARTBEAT_RESP)[0].context == b"c"
    assert node.log.committed == 1


def test_a_candidate_cannot_take_requests():
    node = Node()
    node.raw.campaign()
    with pytest.raises(NoLeaderError):
        node.raw.propose(b"x")
    with pytest.raises(NoLeaderError):
        node.raw.read_index(b"x")


# --- giving votes (3.6.1) ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("index", "log_term", "granted"),
    [(2, 2, True), (3, 2, True), (1, 2, False), (1, 3, True), (9, 1, False), (2, 1, False), (0, 0, False)],
)
def test_a_vote_needs_a_log_at_least_as_up_to_date(index, log_term, granted):
    node = Node(storage=storage_with((2, 2), term=2))
    node.step(T.VOTE, 3, term=3, index=index, log_term=log_term)
    (answer,) = node.sent(T.VOTE_RESP)
    assert (answer.to, answer.term, answer.reject) == (3, 3, not granted)
    assert node.storage.hard_state.vote == (3 if granted else 0)


def test_a_node_votes_once_in_a_term():
    node = Node()
    node.step(T.VOTE, 2, term=1)
    node.step(T.VOTE, 3, term=1)
    first, second = node.sent(T.VOTE_RESP)
    assert (first.to, first.reject) == (2, False)
    assert (second.to, second.reject) == (3, True)


def test_a_repeated_request_gets_the_same_vote():
    node = Node()
    node.step(T.VOTE, 2, term=1)
    node.step(T.VOTE, 2, term=1)
    assert [message.reject for message in node.sent(T.VOTE_RESP)] == [False, False]


def test_who_knows_the_leader_of_the_term_votes_for_nobody_else():
    node = Node()
    node.step(T.HEARTBEAT, 2, term=1)
    node.step(T.VOTE, 3, term=1)
    assert node.sent(T.VOTE_RESP)[0].reject


def test_a_vote_survives_a_restart():
    node = Node()
    node.step(T.VOTE, 2, term=1)
    node.work()
    again = node.restart()
    again.step(T.VOTE, 3, term=1)
    assert again.sent(T.VOTE_RESP)[0].reject
    again.step(T.VOTE, 2, term=1)
    assert not again.sent(T.VOTE_RESP)[0].reject


def test_a_vote_leaves_only_with_the_ready_that_stores_it():
    node = Node()
    node.step(T.VOTE, 2, term=1)
    ready = node.raw.ready()
    assert ready.must_sync
    assert ready.hard_state == HardState(1, 2, 0)
    assert [message.type for message in ready.messages] == [T.VOTE_RESP]


def test_a_candidate_and_a_leader_refuse_votes_in_their_term():
    for prepare in (lambda node: node.raw.campaign(), lambda node: node.lead()):
        node = Node()
        prepare(node)
        node.step(T.VOTE, 3, index=100, log_term=100)
        assert node.sent(T.VOTE_RESP)[-1].reject


def test_dueling_candidates_the_longer_log_wins():
    group = Group(1, 2, 3)
    group.elect(1)
    group.cut(3)
    group[1].raw.propose(b"x")
    group.settle()
    group[3].raw.campaign()
    group.settle()
    group.heal()
    group[3].raw.campaign()
    group.settle()
    assert group[3].raw.role is Role.FOLLOWER
    group[2].raw.campaign()
    group.settle()
    assert group.leader() is group[2]
    assert group[3].data() == [b"x"]


# --- pre-vote (9.6) ---------------------------------------------------------------------------------------


def test_a_pre_candidate_changes_neither_term_nor_vote():
    node = Node(storage=storage_with((1,), term=3, vote=2), pre_vote=True)
    node.tick(10)
    requests = node.sent(T.PRE_VOTE)
    assert node.raw.role is Role.PRE_CANDIDATE
    assert node.raw.status().hard_state == HardState(3, 2, 0)
    assert {(message.to, message.term, message.index, message.log_term) for message in requests} == {
        (2, 4, 1, 1),
        (3, 4, 1, 1),
    }


def test_a_pre_candidate_without_result_asks_again_after_another_timeout():
    node = Node(pre_vote=True)
    node.tick(10)
    assert len(node.sent(T.PRE_VOTE)) == 2
    node.tick(9)
    assert node.sent(T.PRE_VOTE) == []
    node.tick()
    assert len(node.sent(T.PRE_VOTE)) == 2


def test_a_won_pre_vote_leads_to_the_vote():
    node = Node(pre_vote=True)
    node.raw.campaign()
    node.work()
    node.step(T.PRE_VOTE_RESP, 2, term=1)
    assert (node.raw.role, node.raw.term) == (Role.CANDIDATE, 1)
    assert [message.to for message in node.sent(T.VOTE)] == [2, 3]
    node.step(T.PRE_VOTE_RESP, 3, term=1)
    assert node.raw.role is Role.CANDIDATE, "a late answer to the pre-vote is no vote"
    node.step(T.VOTE_RESP, 3)
    assert node.raw.role is Role.LEADER


def test_a_lost_pre_vote_leads_back_to_following_in_the_same_term():
    node = Node(storage=storage_with(term=2), pre_vote=True)
    node.raw.campaign()
    node.work()
    node.step(T.PRE_VOTE_RESP, 2, term=2, reject=True)
    node.step(T.PRE_VOTE_RESP, 3, term=2, reject=True)
    assert (node.raw.role, node.raw.term) == (Role.FOLLOWER, 2)


def test_a_refused_pre_vote_of_a_higher_term_moves_the_term():
    node = Node(pre_vote=True)
    node.raw.campaign()
    node.work()
    node.step(T.PRE_VOTE_RESP, 2, term=5, reject=True)
    assert (node.raw.role, node.raw.term) == (Role.FOLLOWER, 5)


def test_a_vote_does_not_count_as_a_pre_vote():
    node = Node(storage=storage_with(term=1), pre_vote=True)
    node.raw.campaign()
    node.work()
    node.step(T.VOTE_RESP, 2, term=1)
    assert node.raw.role is Role.PRE_CANDIDATE


def test_a_granted_pre_vote_is_no_vote():
    node = Node(pre_vote=True)
    node.step(T.PRE_VOTE, 2, term=1)
    node.step(T.PRE_VOTE, 3, term=1)
    assert [(message.to, message.term, message.reject) for message in node.work()] == [
        (2, 1, False),
        (3, 1, False),
    ]
    assert node.raw.status().hard_state == HardState()


def test_a_pre_vote_for_the_present_term_needs_a_free_vote():
    node = Node(storage=storage_with(term=3, vote=2), pre_vote=True)
    node.step(T.PRE_VOTE, 3, term=3)
    node.step(T.PRE_VOTE, 2, term=3)
    assert [(message.to, message.reject) for message in node.sent(T.PRE_VOTE_RESP)] == [(3, True), (2, False)]


def test_a_pre_vote_of_a_lower_term_is_refused_with_the_own_term():
    node = Node(storage=storage_with(term=5), pre_vote=True)
    node.step(T.PRE_VOTE, 2, term=3, index=9, log_term=9)
    (answer,) = node.sent(T.PRE_VOTE_RESP)
    assert (answer.to, answer.term, answer.reject) == (2, 5, True)


def test_a_pre_vote_needs_an_up_to_date_log():
    node = Node(storage=storage_with((1, 2), term=2), pre_vote=True)
    node.step(T.PRE_VOTE, 3, term=3, index=1, log_term=1)
    (answer,) = node.sent(T.PRE_VOTE_RESP)
    assert (answer.term, answer.reject) == (2, True)


def test_who_was_cut_off_disturbs_nobody_with_pre_vote():
    group = Group(1, 2, 3, pre_vote=True, check_quorum=True)
    leader = group.elect(1)
    group.cut(3)
    group.tick(60)
    assert group[3].raw.role is Role.PRE_CANDIDATE
    assert group[3].raw.term == 1
    group.heal()
    group.tick(3)
    assert group.leader() is leader
    assert (leader.raw.term, group[3].raw.lead) == (1, 1)


def test_pre_candidates_of_different_terms_do_not_wait_for_each_other_for_ever():
    """One that missed a term asks with the lower one; the answer tells it, so that it can give its vote."""
    group = Group(1, 2, 3, pre_vote=True)
    group.elect(1)
    group.cut(3)
    group.elect(2)
    group.heal()
    group.down = {2}
    assert (group[1].raw.term, group[3].raw.term) == (2, 1)
    group[3].raw.campaign()
    group.settle()
    group[1].raw.campaign()
    group.settle()
    assert group.leader() is group[1]


# --- hearing a leader (4.2.3, 6.2) ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [T.VOTE, T.PRE_VOTE])
def test_who_hears_a_leader_ignores_candidates_of_any_term(kind):
    node = Node(check_quorum=True)
    node.step(T.HEARTBEAT, 2, term=1)
    node.work()
    node.step(kind, 3, term=9, index=9, log_term=9)
    assert node.work() == []
    assert (node.raw.term, node.raw.lead) == (1, 2)


def test_after_an_election_timeout_of_silence_votes_are_given_again():
    node = Node(check_quorum=True, randbelow=lambda n: n - 1)
    node.step(T.HEARTBEAT, 2, term=1)
    node.work()
    node.tick(9)
    node.step(T.VOTE, 3, term=2)
    assert node.work() == []
    node.tick()
    node.step(T.VOTE, 3, term=2)
    assert not node.sent(T.VOTE_RESP)[0].reject


def test_without_check_quorum_a_candidate_is_heard_at_once():
    node = Node()
    node.step(T.HEARTBEAT, 2, term=1)
    node.work()
    node.step(T.VOTE, 3, term=2)
    assert not node.sent(T.VOTE_RESP)[0].reject


def test_who_knows_no_leader_votes_at_once():
    node = Node(check_quorum=True)
    node.step(T.VOTE, 3, term=2)
    assert not node.sent(T.VOTE_RESP)[0].reject


def test_a_leader_without_quorum_steps_down():
    node = Node(check_quorum=True)
    node.lead()
    node.acknowledge(2)
    node.tick(10)
    assert node.raw.role is Role.LEADER
    node.tick(9)
    assert node.raw.role is Role.LEADER
    node.tick()
    assert (node.raw.role, node.raw.term, node.raw.lead) == (Role.FOLLOWER, 1, 0)
    assert node.sent(T.HEARTBEAT)[-1].term == 1, "what was queued before still leaves"


@pytest.mark.parametrize("kind", [T.APP_RESP, T.HEARTBEAT_RESP])
def test_one_answer_in_each_interval_keeps_a_leader_in_office(kind):
    node = Node(check_quorum=True)
    node.lead()
    for _ in range(5):
        node.tick(9)
        node.step(kind, 2, index=1)
        node.tick()
    assert node.raw.role is Role.LEADER


def test_learners_do_not_keep_a_leader_in_office():
    node = Node(check_quorum=True, learners=(4, 5))
    node.lead()
    node.step(T.HEARTBEAT_RESP, 4)
    node.step(T.HEARTBEAT_RESP, 5)
    node.tick(10)
    assert node.raw.role is Role.FOLLOWER


def test_without_check_quorum_a_leader_stays():
    node = Node()
    node.lead()
    node.tick(100)
    assert node.raw.role is Role.LEADER


def test_a_leader_alone_needs_nobody():
    node = Node(voters=(1,), check_quorum=True)
    node.raw.campaign()
    node.work()
    node.tick(50)
    assert node.raw.role is Role.LEADER


@pytest.mark.parametrize("settings", [{"check_quorum": True}, {"pre_vote": True}])
@pytest.mark.parametrize("kind", [T.APP, T.HEARTBEAT])
def test_a_leader_of_a_lower_term_learns_the_higher_one(settings, kind):
    """Else a node that raised its term while voters hear the old leader could never rejoin."""
    node = Node(storage=storage_with(term=5), **settings)
    node.step(kind, 2, term=3)
    (answer,) = node.work()
    assert (answer.type, answer.to, answer.term, answer.index) == (T.APP_RESP, 2, 5, 0)


def test_a_stuck_candidate_rejoins_through_the_leaders_next_word():
    group = Group(1, 2, 3, check_quorum=True)
    group.elect(1)
    group.cut(3)
    group.tick(25, only={3})
    assert group[3].raw.term > 1
    group.heal()
    for _ in range(60):
        group.tick()
    assert len({node.raw.term for node in group.nodes.values()}) == 1
    assert len({node.raw.lead for node in group.nodes.values()} - {0}) == 1


# --- what stands in the way -------------------------------------------------------------------------------


def test_who_installs_a_snapshot_does_not_campaign():
    node = Node(storage=storage_with(term=1))
    node.step(T.SNAP, 2, snapshot=Snapshot(5, 1, node.storage.conf_state))
    node.raw.campaign()
    node.tick(30)
    assert node.raw.role is Role.FOLLOWER
    node.work()
    node.raw.campaign()
    assert node.raw.role is Role.CANDIDATE


def test_a_message_to_another_node_is_refused():
    from wetware.raft.core import Message

    node = Node(1)
    with pytest.raises(ProtocolError):
        node.raw.step(Message(T.VOTE, to=2, from_=3, term=5))
    assert node.raw.term == 0


def test_forgetting_the_leader_keeps_term_and_timer():
    node = Node(check_quorum=True)
    node.step(T.HEARTBEAT, 2, term=1)
    node.tick(9)
    node.raw.forget_leader()
    assert (node.raw.lead, node.raw.term) == (0, 1)
    node.tick()
    assert node.raw.role is Role.CANDIDATE


def test_a_leader_does_not_forget_itself():
    node = Node()
    node.lead()
    node.raw.forget_leader()
    assert node.raw.lead == 1
