"""Counting heads, held against a model that tries everything; and what a leader keeps of one follower."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wetware.errors import InternalError
from wetware.raft.core import Change, ChangeType, ConfChange, Transition
from wetware.raft.core.confchange import Membership, MisfitError, apply, enter_joint, leave_joint, simple
from wetware.raft.core.errors import ConfChangeError, ProtocolError
from wetware.raft.core.quorum import EVERYTHING, Vote, joint_index, joint_vote, majority_index, majority_vote
from wetware.raft.core.tracker.inflights import Inflights
from wetware.raft.core.tracker.progress import FlowState, Progress
from wetware.raft.core.tracker.tracker import Tracker

VOTERS = st.frozensets(st.integers(1, 9), max_size=7)
INDEXES = st.dictionaries(st.integers(1, 9), st.integers(0, 6))
VOTES = st.dictionaries(st.integers(1, 9), st.booleans())


def majorities(voters):
    """All sets of more than half of the voters."""
    return [
        set(some)
        for count in range(len(voters) + 1)
        if 2 * count > len(voters)
        for some in combinations(voters, count)
    ]


def naive_index(halves, indexes):
    """The highest index such that some majority of each half has reached it."""
    index = EVERYTHING
    for voters in halves:
        if voters:
            reached = [min(indexes.get(voter, 0) for voter in some) for some in majorities(voters)]
            index = min(index, max(reached))
    return index


def naive_vote(halves, votes):
    """Won if a majority of each half said yes; lost if no further answers could make it so."""
    everybody = frozenset().union(*halves)

    def won(answers):
        return all(not voters or any(some <= answers for some in majorities(voters)) for voters in halves)

    yes = {voter for voter in everybody if votes.get(voter)}
    open_ = {voter for voter in everybody if voter not in votes}
    if won(yes):
        return Vote.WON
    return Vote.PENDING if won(yes | open_) else Vote.LOST


@given(VOTERS, INDEXES)
def test_the_index_of_a_majority(voters, indexes):
    assert majority_index(voters, lambda voter: indexes.get(voter, 0)) == naive_index([voters], indexes)


@given(VOTERS, VOTERS, INDEXES)
def test_the_index_of_a_joint_majority(incoming, outgoing, indexes):
    def index_of(voter):
        return indexes.get(voter, 0)

    assert joint_index(incoming, outgoing, index_of) == naive_index([incoming, outgoing], indexes)
    assert joint_index(outgoing, incoming, index_of) == joint_index(incoming, outgoing, index_of)


@given(VOTERS, VOTES)
def test_the_vote_of_a_majority(voters, votes):
    assert majority_vote(voters, votes) is naive_vote([voters], votes)


@given(VOTERS, VOTERS, VOTES)
def test_the_vote_of_a_joint_majority(incoming, outgoing, votes):
    assert joint_vote(incoming, outgoing, votes) is naive_vote([incoming, outgoing], votes)
    assert joint_vote(outgoing, incoming, votes) is naive_vote([incoming, outgoing], votes)


# --- membership changes -----------------------------------------------------------------------------------

CHANGES = st.lists(st.builds(Change, st.sampled_from(list(ChangeType)), st.integers(0, 6)), max_size=6).map(
    tuple
)
CONF_CHANGES = st.builds(ConfChange, CHANGES, st.sampled_from(list(Transition)), st.binary(max_size=5))


@given(CONF_CHANGES)
def test_changes_survive_being_written(change):
    assert ConfChange.decode(change.encode()) == change


@given(st.binary(max_size=40))
def test_any_bytes_are_a_change_or_refused(data):
    try:
        change = ConfChange.decode(data)
    except ProtocolError:
        return
    assert change.encode() == data or not data


def test_the_step_out_of_a_joint_membership_is_written_as_nothing():
    assert ConfChange.leave_joint().encode() == b""
    assert ConfChange.decode(b"") == ConfChange()
    assert ConfChange.leave_joint(b"c").encode() != b""
    assert ConfChange.decode(ConfChange.leave_joint(b"c").encode()).leaves_joint


@pytest.mark.parametrize(
    "change",
    [
        ConfChange((Change(ChangeType.ADD_VOTER, 2**64 - 2),)),
        ConfChange((Change(ChangeType.ADD_VOTER, -1),)),
        ConfChange((Change(ChangeType.REMOVE, 1),) * 65536),
    ],
)
def test_changes_that_cannot_be_written(change):
    with pytest.raises(ConfChangeError):
        change.encode()


def test_the_largest_change_can_be_written():
    change = ConfChange((Change(ChangeType.REMOVE, 2**64 - 3),) * 65535)
    assert ConfChange.decode(change.encode()) == change


@pytest.mark.parametrize("data", [b"\0", b"\0\0", b"\0\0\1", b"\0\0\1\x09" + b"\0" * 8, b"\x09\0\0"])
def test_bytes_that_are_no_change(data):
    with pytest.raises(ProtocolError):
        ConfChange.decode(data)


@given(st.lists(CONF_CHANGES, max_size=12))
def test_memberships_stay_sound_whatever_is_asked(changes):
    """From one voter on: always a voter, never a node in two roles, single steps change one voter at most."""
    members = Membership(frozenset({1}))
    for change in changes:
        try:
            after = apply(members, change)
        except MisfitError:
            continue
        assert after.voters
        assert Membership.from_conf_state(after.conf_state()) == after
        if after.joint:
            assert not members.joint
            assert after.outgoing == members.voters
        elif members.joint:
            assert change.leaves_joint
            assert (after.voters, after.learners) == (
                members.voters,
                members.learners | members.learners_next,
            )
        else:
            assert len(after.voters ^ members.voters) <= 1
        members = after


@given(CHANGES)
def test_both_ways_lead_to_the_same_membership(changes):
    """Entering and leaving a joint membership ends where a single step does, if that is possible."""
    members = Membership(frozenset({1, 2, 3}), learners=frozenset({4}))
    try:
        direct = simple(members, changes)
    except MisfitError:
        return
    assert leave_joint(enter_joint(members, changes, auto_leave=True)) == direct


# --- the window -------------------------------------------------------------------------------------------


def test_a_window_of_appends():
    window = Inflights(3, 0)
    for index in (5, 6, 9):
        assert not window.full
        window.add(index, 100)
    assert window.full
    assert len(window) == 3
    with pytest.raises(InternalError):
        window.add(10, 1)
    window.free_to(4)
    assert len(window) == 3
    window.free_to(6)
    assert (len(window), window.full) == (1, False)
    window.free_to(8)
    assert len(window) == 1
    window.free_to(9)
    assert len(window) == 0


def test_a_window_of_bytes():
    window = Inflights(10, 100)
    window.add(1, 99)
    assert not window.full
    window.add(2, 1)
    assert window.full
    window.free_to(1)
    assert not window.full
    window.add(3, 500)
    assert window.full
    window.clear()
    assert (len(window), window.full) == (0, False)
    window.add(4, 99)
    assert not window.full


# --- progress ---------------------------------------------------------------------------------------------


def progress(state=FlowState.PROBE, match=3, next_index=5, **fields):
    made = Progress(match, next_index, Inflights(2, 0), learner=False, active=True)
    made.state = state
    for name, value in fields.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("state", "flow_paused", "paused"),
    [
        (FlowState.PROBE, False, False),
        (FlowState.PROBE, True, True),
        (FlowState.REPLICATE, False, False),
        (FlowState.REPLICATE, True, True),
        (FlowState.SNAPSHOT, False, True),
        (FlowState.SNAPSHOT, True, True),
    ],
)
def test_pauses(state, flow_paused, paused):
    assert progress(state, flow_paused=flow_paused).paused is paused


@pytest.mark.parametrize(
    ("index", "news", "match", "next_index"),
    [(2, False, 3, 5), (3, False, 3, 5), (4, True, 4, 5), (5, True, 5, 6), (9, True, 9, 10)],
)
def test_acknowledgements(index, news, match, next_index):
    one = progress(flow_paused=True)
    assert one.acknowledged(index) is news
    assert (one.match, one.next, one.flow_paused) == (match, next_index, not news)


@pytest.mark.parametrize(
    ("state", "match", "next_index", "rejected", "hint", "news", "after"),
    [
        # streaming: whatever is rejected behind the match sends it back to the match
        (FlowState.REPLICATE, 5, 10, 5, 5, False, 10),
        (FlowState.REPLICATE, 5, 10, 4, 4, False, 10),
        (FlowState.REPLICATE, 5, 10, 9, 9, True, 6),
        (FlowState.REPLICATE, 5, 10, 6, 0, True, 6),
        # probing: only the answer to the last probe counts
        (FlowState.PROBE, 0, 10, 8, 8, False, 10),
        (FlowState.PROBE, 0, 10, 10, 8, False, 10),
        (FlowState.PROBE, 0, 10, 9, 9, True, 9),
        (FlowState.PROBE, 0, 10, 9, 2, True, 3),
        (FlowState.PROBE, 0, 10, 9, 0, True, 1),
        (FlowState.PROBE, 4, 10, 9, 1, True, 5),
        (FlowState.PROBE, 0, 1, 0, 0, True, 1),
    ],
)
def test_rejections(state, match, next_index, rejected, hint, news, after):
    one = progress(state, match, next_index, flow_paused=True, sent_commit=9)
    assert one.rejected(rejected, hint) is news
    assert one.next == after
    assert one.sent_commit == (min(9, after - 1) if news else 9)
    assert one.flow_paused is not (news and state is FlowState.PROBE)


def test_at_first_nothing_was_said_about_the_commit_index():
    assert progress(match=0, next_index=2).can_bump_commit(1)


def test_becoming_probed():
    one = progress(FlowState.REPLICATE, 3, 9, sent_commit=8, flow_paused=True)
    one.inflights.add(5, 1)
    one.become_probe()
    assert (one.state, one.next, one.sent_commit, one.flow_paused, len(one.inflights)) == (
        FlowState.PROBE,
        4,
        3,
        False,
        0,
    )


def test_becoming_probed_with_nothing_known_begins_at_the_first_entry():
    one = progress(FlowState.REPLICATE, 0, 9)
    one.become_probe()
    assert one.next == 1


def test_becoming_probed_after_a_snapshot():
    one = progress()
    one.become_snapshot(20)
    assert (one.state, one.next, one.pending_snapshot, one.sent_commit) == (FlowState.SNAPSHOT, 21, 20, 20)
    one.become_probe()
    assert (one.state, one.next, one.pending_snapshot, one.sent_commit) == (FlowState.PROBE, 21, 0, 20)
    one = progress(match=30)
    one.become_snapshot(20)
    one.become_probe()
    assert one.next == 31


def test_becoming_streamed_to():
    one = progress(flow_paused=True)
    one.become_replicate()
    assert (one.state, one.next, one.flow_paused) == (FlowState.REPLICATE, 4, False)


def test_sending_while_probing():
    one = progress()
    one.sent(0, 0, 7)
    assert (one.next, one.paused, one.sent_commit) == (5, False, 7)
    one.sent(3, 10, 8)
    assert (one.next, one.paused, one.sent_commit, len(one.inflights)) == (5, True, 8, 0)


def test_sending_while_streaming():
    one = progress(FlowState.REPLICATE)
    one.sent(3, 10, 7)
    assert (one.next, one.paused, len(one.inflights), one.sent_commit) == (8, False, 1, 7)
    one.sent(0, 0, 8)
    assert (one.next, one.paused, len(one.inflights), one.sent_commit) == (8, False, 1, 8)
    one.sent(1, 10, 8)
    assert (one.next, one.paused, len(one.inflights)) == (9, True, 2)
    one.inflights.free_to(7)
    one.sent(0, 0, 9)
    assert not one.paused


def test_nothing_is_sent_while_a_snapshot_is_under_way():
    one = progress()
    one.become_snapshot(9)
    with pytest.raises(InternalError):
        one.sent(1, 1, 1)


@pytest.mark.parametrize(
    ("commit", "sent_commit", "next_index", "can"),
    [
        (5, 4, 6, True),
        (5, 5, 9, False),
        (4, 5, 9, False),
        (9, 4, 5, False),
        (9, 4, 6, True),
        (9, 5, 6, False),
    ],
)
def test_commit_news(commit, sent_commit, next_index, can):
    assert progress(next_index=next_index, sent_commit=sent_commit).can_bump_commit(commit) is can


def test_status_is_a_copy():
    one = progress(FlowState.REPLICATE)
    one.inflights.add(4, 1)
    status = one.status()
    assert status == (FlowState.REPLICATE, 3, 5, False, False, 0, True, 1, False)
    one.inflights.add(5, 1)
    assert one.status().inflight_full
    assert not status.inflight_full


# --- the tracker ------------------------------------------------------------------------------------------


def tracker(*voters, learners=()):
    made = Tracker(4, 0)
    made.switch(Membership(frozenset(voters), learners=frozenset(learners)), 7)
    return made


def test_newcomers_begin_at_the_end_of_the_log():
    made = tracker(3, 1, learners=(2,))
    assert list(made.progress) == [1, 2, 3]
    assert [(one.match, one.next, one.learner, one.active) for one in made.progress.values()] == [
        (0, 7, False, True),
        (0, 7, True, True),
        (0, 7, False, True),
    ]
    empty = Tracker(4, 0)
    empty.switch(Membership(frozenset({1})), 0)
    assert empty.progress[1].next == 1


def test_members_keep_their_progress_through_a_change():
    made = tracker(1, 2)
    made.progress[2].match = 5
    made.switch(Membership(frozenset({1}), learners=frozenset({2, 3})), 9)
    assert (made.progress[2].match, made.progress[2].learner, made.progress[3].next) == (5, True, 9)
    made.switch(Membership(frozenset({1})), 9)
    assert list(made.progress) == [1]


def test_a_new_term_forgets_what_is_known():
    made = tracker(1, 2, learners=(3,))
    made.record_vote(2, granted=True)
    made.progress[2].match = 5
    made.reset(1, 9)
    assert made.votes == {}
    assert [(one.match, one.next, one.learner, one.active) for one in made.progress.values()] == [
        (9, 10, False, False),
        (0, 10, False, False),
        (0, 10, True, False),
    ]


def test_who_decides_alone():
    assert tracker(1).is_singleton(1)
    assert not tracker(1).is_singleton(2)
    assert not tracker(1, 2).is_singleton(1)
    assert tracker(1, learners=(2,)).is_singleton(1)
    joint = Tracker(1, 0)
    joint.switch(Membership(frozenset({1}), frozenset({1, 2})), 1)
    assert not joint.is_singleton(1)


def test_activity():
    made = tracker(1, 2, 3)
    assert made.quorum_active()
    made.clear_active(1)
    assert [one.active for one in made.progress.values()] == [True, False, False]
    assert not made.quorum_active()
    made.progress[3].active = True
    assert made.quorum_active()
