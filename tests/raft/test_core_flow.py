"""How appends flow to each follower, and the limits on what is under way: thesis 10.2.1."""

import pytest
from raft_group import Node, T, storage_with

from wetware.raft.core import Entry
from wetware.raft.core.errors import OverloadedError
from wetware.raft.core.tracker.progress import FlowState

# --- limits -----------------------------------------------------------------------------------------------


def test_uncommitted_data_is_bounded():
    node = Node(max_uncommitted_size=10)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose(b"12345678")
    node.raw.propose(b"90")
    with pytest.raises(OverloadedError) as refused:
        node.raw.propose(b"1")
    assert (refused.value.limit, refused.value.used, refused.value.allowed) == (
        "max_uncommitted_size",
        11,
        10,
    )
    assert node.log.last_index == 3
    node.work()
    node.acknowledge(2)
    node.work()
    node.raw.propose(b"12345678")


def test_a_single_byte_counts():
    node = Node(max_uncommitted_size=1)
    node.lead()
    node.raw.propose(b"1")
    with pytest.raises(OverloadedError):
        node.raw.propose(b"2")


def test_empty_data_always_fits():
    node = Node(max_uncommitted_size=1)
    node.lead()
    node.raw.propose(b"12")
    node.raw.propose(b"")
    with pytest.raises(OverloadedError):
        node.raw.propose(b"1")


def test_one_proposal_fits_into_an_empty_queue_however_large():
    node = Node(max_uncommitted_size=4)
    node.lead()
    node.raw.propose(b"123456789")
    with pytest.raises(OverloadedError):
        node.raw.propose(b"1")


def test_what_is_uncommitted_is_counted_afresh_in_a_new_term():
    node = Node(max_uncommitted_size=4)
    node.lead()
    node.raw.propose(b"1234")
    node.work()
    node.step(T.HEARTBEAT, 2, term=5)
    node.work()
    node.lead()
    node.raw.propose(b"1234")


def test_data_committed_under_another_leader_does_not_make_room_below_zero():
    node = Node(max_uncommitted_size=10)
    node.step(T.APP, 2, term=1, entries=[Entry(1, 1, data=b"x" * 100)], commit=0)
    node.work()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    assert node.raft.uncommitted_size == 0
    node.raw.propose(b"1234567890")
    with pytest.raises(OverloadedError):
        node.raw.propose(b"1")


def test_appends_are_cut_to_the_size_of_a_message():
    node = Node(max_size_per_message=60)  # two entries of 4 + 24 bytes
    node.lead()
    node.raw.propose(*[b"data"] * 5)
    node.work()
    node.acknowledge(2, index=1)
    appends = [message for message in node.sent(T.APP) if message.to == 2 and message.entries]
    assert [(message.index, len(message.entries)) for message in appends] == [(1, 2), (3, 2), (5, 1)]


def test_an_entry_larger_than_a_message_is_sent_alone():
    node = Node(max_size_per_message=0)
    node.lead()
    node.raw.propose(b"x" * 100, b"y" * 100)
    node.work()
    node.acknowledge(2, index=1)
    appends = [message for message in node.sent(T.APP) if message.to == 2 and message.entries]
    assert [len(message.entries) for message in appends] == [1, 1]


def test_appends_are_cut_across_storage_and_the_unstable_tail():
    node = Node(storage=storage_with((1, 1, 1), term=1), max_size_per_message=24 * 2)
    node.lead()
    node.step(T.APP_RESP, 2, index=3, reject=True, reject_hint=0)
    (probe,) = node.sent(T.APP)
    assert (probe.index, len(probe.entries)) == (0, 2)
    node.step(T.APP_RESP, 2, index=2)
    (append,) = node.sent(T.APP)
    assert (append.index, [entry.term for entry in append.entries]) == (2, [1, 2])


def test_committed_entries_are_handed_out_in_bounded_batches():
    node = Node(voters=(1,), max_committed_size_per_ready=60)
    node.raw.campaign()
    node.work()
    node.raw.propose(*[b"data"] * 5)
    batches = []
    while node.raw.has_ready():
        ready = node.handle()
        if ready.committed:
            batches.append(len(ready.committed))
    assert batches == [2, 2, 1]


# --- flow to a follower (10.2.1) --------------------------------------------------------------------------


def test_a_probed_follower_gets_one_append_until_it_answers():
    node = Node()
    node.lead()
    for _ in range(3):
        node.raw.propose(b"x")
    assert [message.to for message in node.sent(T.APP)] == []
    assert node.progress(2).paused
    node.step(T.HEARTBEAT_RESP, 2)
    (append,) = node.sent(T.APP)
    assert (append.to, append.index, len(append.entries)) == (2, 0, 4)
    node.raw.propose(b"x")
    assert node.sent(T.APP) == []


def test_an_acknowledged_follower_is_streamed_to():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    for i in range(5):
        node.raw.propose(b"x")
        appends = [message for message in node.sent(T.APP) if message.entries]
        assert [(message.to, message.index) for message in appends] == [(2, 1 + i), (3, 1 + i)]
    assert (node.progress(2).match, node.progress(2).next) == (1, 7)


def test_a_full_window_stops_the_stream_until_an_answer():
    node = Node(max_inflight_messages=3)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    for _ in range(6):
        node.raw.propose(b"x")
    assert [message.index for message in node.sent(T.APP) if message.to == 2 and message.entries] == [1, 2, 3]
    node.acknowledge(2, index=2)
    sent = [message for message in node.sent(T.APP) if message.to == 2 and message.entries]
    assert [(message.index, len(message.entries)) for message in sent] == [(4, 3)]
    assert node.progress(2).paused


def test_one_acknowledgement_can_free_the_whole_window():
    node = Node(max_inflight_messages=2, max_size_per_message=24)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    for _ in range(6):
        node.raw.propose(b"x")
    node.work()
    node.acknowledge(2, index=3)
    sent = [message for message in node.sent(T.APP) if message.to == 2 and message.entries]
    assert [message.index for message in sent] == [3, 4]


def test_bytes_fill_the_window_too():
    node = Node(max_inflight_bytes=100, max_size_per_message=100)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    for _ in range(4):
        node.raw.propose(b"x" * 60)
    assert [message.index for message in node.sent(T.APP) if message.to == 2 and message.entries] == [1, 2]
    node.acknowledge(2, index=2)
    assert [message.index for message in node.sent(T.APP) if message.to == 2 and message.entries] == [3]


def test_old_acknowledgements_free_nothing():
    node = Node(max_inflight_messages=2)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    for _ in range(3):
        node.raw.propose(b"x")
    node.work()
    node.acknowledge(2, index=1)
    assert node.sent(T.APP) == []
    assert node.progress(2).paused


def test_a_heartbeats_answer_lets_one_empty_append_through_a_full_window():
    """If all in flight was lost, its answer is what reopens the window."""
    node = Node(max_inflight_messages=2)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    for _ in range(3):
        node.raw.propose(b"x")
    node.work()
    for _ in range(3):
        node.step(T.HEARTBEAT_RESP, 2)
        (append,) = node.sent(T.APP)
        assert (append.to, append.index, list(append.entries)) == (2, 3, [])
        node.raw.propose(b"y")
        assert [message for message in node.sent(T.APP) if message.to == 2] == []
    node.step(T.APP_RESP, 2, index=3, reject=True, reject_hint=1, log_term=1)
    (append,) = node.sent(T.APP)
    assert (append.index, len(append.entries)) == (1, 6)
    assert node.progress(2).state is FlowState.PROBE


def test_a_follower_reported_unreachable_is_probed():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose(b"x")
    node.work()
    node.raw.report_unreachable(2)
    assert (node.progress(2).state, node.progress(2).next) == (FlowState.PROBE, 2)
    node.raw.report_unreachable(3)
    node.raw.report_unreachable(3)
    node.raw.report_unreachable(9)
    node.step(T.HEARTBEAT_RESP, 2)
    (append,) = node.sent(T.APP)
    assert (append.to, append.index, len(append.entries)) == (2, 1, 1)


def test_an_unreachable_report_does_not_disturb_a_probe():
    node = Node()
    node.lead()
    node.raw.report_unreachable(2)
    assert node.progress(2).paused
    assert node.progress(2).next == 1


def test_an_answered_heartbeat_of_a_follower_that_has_everything_sends_nothing():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.step(T.HEARTBEAT_RESP, 2)
    assert node.work() == []


def test_the_commit_index_is_sent_at_once_but_not_twice():
    group_lead = Node()
    group_lead.lead()
    group_lead.acknowledge(2, 3)
    group_lead.work()
    group_lead.raw.propose(b"x")
    group_lead.work()
    group_lead.acknowledge(2)
    assert [(message.to, message.commit) for message in group_lead.sent(T.APP)] == [(2, 2), (3, 2)]
    group_lead.acknowledge(3)
    assert group_lead.sent(T.APP) == []


def test_a_follower_that_catches_up_learns_the_commit_index_at_once():
    node = Node()
    node.lead()
    node.acknowledge(2)
    node.raw.propose(b"x")
    node.work()
    node.acknowledge(2)
    node.work()
    assert node.progress(3).paused
    node.step(T.APP_RESP, 3, index=1)
    assert [(m.to, m.index, len(m.entries), m.commit) for m in node.sent(T.APP)] == [(3, 1, 1, 2)]


def test_a_heartbeat_overtakes_what_was_said_about_the_commit_index():
    """What was sent before it may have been lost with the window: the commit index is then told again."""
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.raw.propose(b"a")
    node.work()
    node.acknowledge(2)
    node.work()
    assert (node.progress(3).match, node.progress(3).sent_commit) == (1, 2)
    node.tick()
    node.work()
    assert node.progress(3).sent_commit == 1
    node.acknowledge(3)
    assert [(message.to, message.commit) for message in node.sent(T.APP)] == [(3, 2)]


def test_a_window_is_forgotten_when_a_new_term_begins():
    node = Node(max_inflight_messages=1)
    node.lead()
    node.acknowledge(2, 3)
    node.raw.propose(b"x")
    node.work()
    node.step(T.HEARTBEAT, 2, term=9)
    node.work()
    node.lead()
    assert len(node.progress(2).inflights) == 0
    assert node.progress(2).state is FlowState.PROBE
    assert (node.progress(2).match, node.progress(2).next) == (0, 3)
    assert node.progress(1).match == 3
