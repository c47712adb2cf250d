"""The door of the core: `Ready`, `advance`, asynchronous storage, hard state, status, errors."""

import itertools
import random

import pytest
from raft_group import Group, Node, T, entries, storage_with

from wetware.errors import BrokenError, LimitError, LocalError, RemoteError
from wetware.raft.core import (
    APPEND_THREAD,
    APPLY_THREAD,
    FORWARDED,
    NO_LIMIT,
    ConfChange,
    Config,
    ConfState,
    Entry,
    HardState,
    MemoryStorage,
    Message,
    RawNode,
    ReadMode,
    Role,
    Snapshot,
    SoftState,
    is_local_target,
)
from wetware.raft.core.errors import (
    ConfChangeError,
    NoLeaderError,
    OverloadedError,
    ProtocolError,
    RefusedError,
)
from wetware.raft.core.messages import LOCAL, RESPONSES, TERMLESS


def is_empty(ready):
    return not any(ready)


# --- Ready and advance ------------------------------------------------------------------------------------


def test_a_new_node_has_nothing_to_do():
    node = Node()
    assert not node.raw.has_ready()
    assert is_empty(node.raw.ready())


def test_ready_must_be_followed_by_advance():
    node = Node()
    node.raw.ready()
    with pytest.raises(LocalError, match=r"advance\(\)"):
        node.raw.ready()
    node.raw.advance()
    node.raw.ready()


def test_advance_must_follow_a_ready():
    with pytest.raises(LocalError, match="no Ready"):
        Node().raw.advance()


def test_has_ready_says_whether_ready_holds_anything():
    """At every moment of a busy little history, on every node."""
    group = Group(1, 2, 3, seed=4)
    dice = random.Random(1)
    for step in range(300):
        node = group[dice.randrange(1, 4)]
        if node.raw.has_ready():
            ready = node.handle()
            assert not is_empty(ready)
            for message in ready.messages:
                group.deliver(message)
        else:
            assert is_empty(node.handle())
        node.raw.tick()
        if step % 10 == 0 and group.leader():
            group.leader().raw.propose(b"x")
            group.leader().raw.read_index(b"%d" % step)
    assert group.leader() is not None


def test_soft_state_is_told_when_it_changes():
    node = Node(voters=(1,))
    node.raw.campaign()
    assert node.handle().soft_state == SoftState(0, Role.CANDIDATE)
    assert node.handle().soft_state == SoftState(1, Role.LEADER)
    assert node.handle().soft_state is None


def test_hard_state_is_told_when_it_changes():
    node = Node(storage=storage_with((1, 1), term=1))
    assert node.handle().hard_state is None
    node.step(T.HEARTBEAT, 2, commit=1)
    assert node.handle().hard_state == HardState(1, 0, 1)
    assert node.handle().hard_state is None
    node.step(T.HEARTBEAT, 2, term=2)
    ready = node.handle()
    assert (ready.hard_state, ready.must_sync) == (HardState(2, 0, 1), True)
    node.step(T.VOTE, 3, term=3, index=9, log_term=9)
    ready = node.handle()
    assert (ready.hard_state, ready.must_sync) == (HardState(3, 3, 1), True)


def test_a_vote_alone_must_be_synced():
    node = Node(storage=storage_with(term=3))
    node.step(T.VOTE, 3)
    ready = node.handle()
    assert (ready.hard_state, ready.must_sync) == (HardState(3, 3, 0), True)


def test_entries_alone_must_be_synced():
    node = Node()
    node.lead()
    node.raw.propose(b"x")
    ready = node.handle()
    assert (ready.hard_state, ready.must_sync) == (None, True)


def test_nothing_is_handed_out_twice():
    node = Node()
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    node.raw.propose(b"x")
    node.raw.read_index(b"r")
    first = node.raw.ready()
    assert first.entries
    assert [message.type for message in first.messages] == [T.APP, T.APP, T.HEARTBEAT, T.HEARTBEAT]
    node.raw.advance()
    assert is_empty(node.raw.ready())


def test_what_happens_during_a_ready_comes_with_the_next():
    node = Node(voters=(1,))
    node.raw.campaign()
    node.work()
    node.raw.propose(b"a")
    ready = node.raw.ready()
    node.raw.propose(b"b")
    node.storage.append(ready.entries)
    node.raw.advance()
    assert [entry.data for entry in ready.entries] == [b"a"]
    ready = node.raw.ready()
    assert [entry.data for entry in ready.entries] == [b"b"]
    assert [entry.data for entry in ready.committed] == [b"a"]


def test_entries_are_applied_once_and_in_order():
    group = Group(1, 2, 3)
    leader = group.elect(1)
    for i in range(10):
        leader.raw.propose(b"%d" % i, b"%d" % -i)
        if i % 3 == 0:
            group.settle()
    group.settle()
    for node in group.nodes.values():
        indexes = [entry.index for entry in node.applied]
        assert indexes == list(range(2, leader.log.last_index + 1))


def test_a_follower_may_apply_what_the_same_ready_stores():
    node = Node(storage=storage_with(term=1))
    node.step(T.APP, 2, entries=entries(1, 1, 1), commit=1)
    ready = node.raw.ready()
    assert [entry.index for entry in ready.entries] == [1, 2]
    assert [entry.index for entry in ready.committed] == [1]


def test_proposals_say_where_they_went():
    node = Node()
    node.lead()
    assert node.raw.propose(b"a", b"b") == (1, 2)
    assert node.raw.propose_conf_change(ConfChange.add_voter(4)) == (1, 4)


def test_an_error_leaves_the_node_as_it_was():
    node = Node(storage=storage_with((1, 1), term=1))
    for message in (
        Message(T.APP, to=1, from_=2, term=1, index=2, log_term=1, entries=[Entry(1, 9)]),
        Message(T.SNAP, to=1, from_=2, term=1),
        Message(T.HEARTBEAT, to=1, from_=2, term=1, commit=7),
        Message(T.PROP, to=9, from_=2),
    ):
        with pytest.raises(ProtocolError):
            node.raw.step(message)
    assert node.terms() == [1, 1]
    assert node.raw.status().hard_state == HardState(1, 0, 0)


# --- asynchronous storage writes (10.2.1) -----------------------------------------------------------------


def parts(ready):
    """The message to the append thread, that to the apply thread, and the others."""
    append = [message for message in ready.messages if message.to == APPEND_THREAD]
    apply = [message for message in ready.messages if message.to == APPLY_THREAD]
    assert len(append) <= 1
    assert len(apply) <= 1
    rest = [message for message in ready.messages if not is_local_target(message.to)]
    return append[0] if append else None, apply[0] if apply else None, rest


def store(node, message):
    """Do the append thread's work; give the responses."""
    if message.term:
        node.storage.set_hard_state(HardState(message.term, message.vote, message.commit))
    if message.snapshot is not None:
        node.storage.apply_snapshot(message.snapshot)
    node.storage.append(message.entries)
    return list(message.responses)


def give(node, messages):
    others = []
    for message in messages:
        if message.to == node.config.id:
            node.raw.step(message)
        else:
            others.append(message)
    return others


def test_advance_has_no_place_with_asynchronous_writes():
    node = Node(async_storage_writes=True)
    node.raw.ready()
    node.raw.ready()
    with pytest.raises(LocalError, match="step the responses"):
        node.raw.advance()


def async_leader(**settings):
    node = Node(async_storage_writes=True, **settings)
    node.raw.campaign()
    append, _, rest = parts(node.raw.ready())
    give(node, store(node, append))
    for message in rest:
        if node.raw.role is Role.CANDIDATE:
            node.step(T.VOTE_RESP, message.to)
    if node.raw.role is not Role.LEADER:
        raise AssertionError("not elected")
    return node


def test_the_own_vote_comes_back_through_the_append_thread():
    node = Node(voters=(1,), async_storage_writes=True)
    node.raw.campaign()
    append, apply, rest = parts(node.raw.ready())
    assert (append.term, append.vote, append.commit, apply, rest) == (1, 1, 0, None, [])
    assert [(message.type, message.to) for message in append.responses] == [(T.VOTE_RESP, 1)]
    assert node.raw.role is Role.CANDIDATE
    give(node, store(node, append))
    assert node.raw.role is Role.LEADER


def test_appends_leave_before_the_own_disk_has_them():
    node = async_leader()
    append, _, rest = parts(node.raw.ready())
    assert [message.type for message in rest] == [T.APP, T.APP]
    assert [(message.type, message.from_, message.index) for message in append.responses] == [
        (T.APP_RESP, 1, 1),
        (T.STORAGE_APPEND_RESP, APPEND_THREAD, 1),
    ]
    assert append.term == 0, "without a change of hard state there is none to store"
    node.step(T.APP_RESP, 2, index=1)
    assert node.log.committed == 0
    give(node, store(node, append))
    assert node.log.committed == 1


def test_only_stored_entries_are_handed_out_for_applying():
    node = async_leader()
    append, _, _ = parts(node.raw.ready())
    node.step(T.APP_RESP, 2, index=1)
    node.step(T.APP_RESP, 3, index=1)
    assert node.log.committed == 1
    _, apply, _ = parts(node.raw.ready())
    assert apply is None
    give(node, store(node, append))
    _, apply, _ = parts(node.raw.ready())
    assert [entry.index for entry in apply.entries] == [1]
    assert node.raw.applied == 0
    give(node, apply.responses)
    assert node.raw.applied == 1


def test_several_writes_may_be_under_way():
    node = async_leader()
    node.acknowledge(2, 3)
    writes = []
    for i in range(3):
        if i:
            node.raw.propose(b"%d" % i)
        append, _, _ = parts(node.raw.ready())
        writes.append(append)
    assert [[entry.index for entry in write.entries] for write in writes] == [[1], [2], [3]]
    for write in writes:
        give(node, store(node, write))
    assert node.storage.last_index() == 3
    assert not node.log.has_unstable()


def test_an_acknowledgement_of_a_replaced_log_does_not_count():
    """Stored, replaced and back to the same last entry (A-B-A): only the word of the present term counts."""
    node = Node(async_storage_writes=True, storage=storage_with(term=1))
    node.step(T.APP, 2, entries=entries(1, 1))
    first, _, _ = parts(node.raw.ready())
    node.step(T.APP, 3, term=2, entries=entries(1, 2))
    second, _, _ = parts(node.raw.ready())
    node.step(T.APP, 2, term=3, entries=entries(1, 1))
    third, _, _ = parts(node.raw.ready())
    give(node, store(node, first))
    assert node.log.has_unstable(), "what is on disk now is about to be replaced by the second write"
    give(node, store(node, second))
    assert node.log.has_unstable()
    give(node, store(node, third))
    assert not node.log.has_unstable()
    assert node.storage.term(1) == 1


def test_an_acknowledgement_leaves_only_through_the_append_thread():
    node = Node(async_storage_writes=True, storage=storage_with(term=1))
    node.step(T.APP, 2, entries=entries(1, 1))
    append, _, rest = parts(node.raw.ready())
    assert rest == []
    (answer,) = give(node, store(node, append))
    assert (answer.type, answer.to, answer.index) == (T.APP_RESP, 2, 1)


def test_answers_wait_for_earlier_writes_even_without_entries_of_their_own():
    node = Node(async_storage_writes=True, storage=storage_with(term=1))
    node.step(T.APP, 2, entries=entries(1, 1))
    node.raw.ready()
    node.step(T.APP, 2, entries=entries(1, 1))
    append, _, rest = parts(node.raw.ready())
    assert rest == []
    assert (list(append.entries), append.term) == ([], 0)
    assert [message.type for message in append.responses] == [T.APP_RESP, T.STORAGE_APPEND_RESP]


def test_a_snapshot_goes_through_the_append_thread():
    node = Node(async_storage_writes=True, storage=storage_with(term=1))
    snapshot = Snapshot(11, 1, ConfState((1, 2, 3)))
    node.step(T.SNAP, 2, snapshot=snapshot)
    append, apply, rest = parts(node.raw.ready())
    assert (append.snapshot, apply, rest) == (snapshot, None, [])
    assert [message.type for message in append.responses] == [T.APP_RESP, T.STORAGE_APPEND_RESP]
    assert node.raw.applied == 0
    assert not node.raw.has_ready(), "it is not handed out again"
    node.raw.campaign()
    assert node.raw.role is Role.FOLLOWER
    give(node, store(node, append))
    assert node.raw.applied == 11


def test_a_stored_snapshot_counts_even_if_the_term_has_moved_on():
    node = Node(async_storage_writes=True, storage=storage_with(term=1))
    node.step(T.SNAP, 2, snapshot=Snapshot(11, 1, ConfState((1, 2, 3))))
    append, _, _ = parts(node.raw.ready())
    node.step(T.HEARTBEAT, 3, term=2)
    give(node, store(node, append))
    assert node.raw.applied == 11


def test_applying_is_bounded_across_ready():
    node = async_leader(voters=(1,), max_committed_size_per_ready=60)
    node.raw.propose(*[b"data"] * 5)
    append, _, _ = parts(node.raw.ready())
    give(node, store(node, append))
    _, first, _ = parts(node.raw.ready())
    assert [entry.index for entry in first.entries] == [1, 2]
    _, more, _ = parts(node.raw.ready())
    assert more is None
    give(node, first.responses)
    _, second, _ = parts(node.raw.ready())
    assert [entry.index for entry in second.entries] == [3, 4]


def test_two_applies_may_be_under_way_within_the_limit():
    node = async_leader(voters=(1,), max_committed_size_per_ready=1000)
    work = []
    for i in range(2):
        node.raw.propose(b"%d" % i)
        append, _, _ = parts(node.raw.ready())
        give(node, store(node, append))
        _, apply, _ = parts(node.raw.ready())
        work.append(apply)
    assert [[entry.index for entry in apply.entries] for apply in work] == [[1, 2], [3]]
    for apply in work:
        give(node, apply.responses)
    assert node.raw.applied == 3


def test_an_apply_that_leaves_committed_but_unstored_entries_pauses_nothing():
    node = async_leader()
    first, _, _ = parts(node.raw.ready())
    node.raw.propose(b"x")
    second, _, _ = parts(node.raw.ready())
    node.acknowledge(2, 3)
    assert node.log.committed == 2
    give(node, store(node, first))
    _, apply, _ = parts(node.raw.ready())
    assert [entry.index for entry in apply.entries] == [1]
    give(node, store(node, second))
    _, apply, _ = parts(node.raw.ready())
    assert [entry.index for entry in apply.entries] == [2], "though the first one is not applied yet"


def test_threads_in_any_order_lead_to_the_same_log():
    """Append and apply threads and the network run at their own pace; each keeps its own order."""
    for seed in range(20):
        dice = random.Random(seed)
        nodes = {
            i: Node(
                i,
                MemoryStorage(Snapshot.founding([1, 2, 3])),
                async_storage_writes=True,
                randbelow=dice.randrange,
            )
            for i in (1, 2, 3)
        }
        queues = {(i, kind): [] for i in nodes for kind in ("net", "append", "apply")}
        nodes[1].raw.campaign()
        proposed = 0
        for _ in range(900):
            node_id = dice.choice((1, 2, 3))
            node = nodes[node_id]
            kind = dice.choice(("ready", "net", "append", "apply", "propose"))
            out = []
            if kind == "ready" and node.raw.has_ready():
                out = node.raw.ready().messages
            elif kind == "propose" and node.raw.role is Role.LEADER and proposed < 30:
                node.raw.propose(b"%d" % proposed)
                proposed += 1
            elif kind in ("net", "append", "apply") and queues[node_id, kind]:
                message = queues[node_id, kind].pop(0)
                if kind == "net":
                    node.raw.step(message)
                elif kind == "append":
                    out = store(node, message)
                else:
                    node.applied.extend(message.entries)
                    out = message.responses
            for message in out:
                if message.to == APPEND_THREAD:
                    queues[node_id, "append"].append(message)
                elif message.to == APPLY_THREAD:
                    queues[node_id, "apply"].append(message)
                else:
                    queues[message.to, "net"].append(message)
        logs = sorted((node.data() for node in nodes.values()), key=len)
        assert logs[-1] == [b"%d" % i for i in range(len(logs[-1]))]
        assert all(longest[: len(shorter)] == shorter for shorter, longest in itertools.pairwise(logs))
        assert len(logs[-1]) > 3


# --- status -----------------------------------------------------------------------------------------------


def test_status_of_a_leader_shows_its_followers():
    node = Node(learners=(4,))
    node.lead()
    node.acknowledge(2)
    status = node.raw.status()
    assert (status.id, status.soft_state, status.hard_state) == (
        1,
        SoftState(1, Role.LEADER),
        HardState(1, 1, 1),
    )
    assert (status.applied, status.last_index, status.transferee) == (0, 1, 0)
    assert list(status.progress) == [1, 2, 3, 4]
    assert [one.match for one in status.progress.values()] == [1, 1, 0, 0]
    assert status.progress[4].learner
    assert status.conf_state == ConfState((1, 2, 3), learners=(4,))
    node.acknowledge(3)
    assert status.progress[3].match == 0, "it is a copy"


def test_status_of_a_follower_shows_nobody():
    node = Node()
    assert node.raw.status().progress == {}
    assert (node.raw.id, node.raw.lead, node.raw.term, node.raw.role) == (1, 0, 0, Role.FOLLOWER)


# --- kinds of messages ------------------------------------------------------------------------------------


def test_kinds_of_messages():
    assert {kind.name for kind in LOCAL} >= {"HUP", "BEAT", "UNREACHABLE", "SNAP_STATUS", "CHECK_QUORUM"}
    assert all(kind.name.endswith("RESP") or kind is T.UNREACHABLE for kind in RESPONSES)
    assert {kind for kind in T if kind.name.endswith("RESP")} <= RESPONSES
    assert TERMLESS < FORWARDED
    assert is_local_target(APPEND_THREAD)
    assert is_local_target(APPLY_THREAD)
    assert not is_local_target(1)


# --- configuration ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 0},
        {"id": -1},
        {"id": APPLY_THREAD},
        {"id": 1, "heartbeat_tick": 0},
        {"id": 1, "election_tick": 1},
        {"id": 1, "election_tick": 5, "heartbeat_tick": 5},
        {"id": 1, "max_inflight_messages": 0},
        {"id": 1, "max_inflight_bytes": 10, "max_size_per_message": 11},
        {"id": 1, "max_inflight_bytes": 1, "max_size_per_message": 2},
        {"id": 1, "election_tick": 2, "read_mode": ReadMode.LEASE, "lease_tick": 1},
        {"id": 1, "max_uncommitted_size": 0},
        {"id": 1, "max_pending_reads": 0},
        {"id": 1, "max_size_per_message": -1},
        {"id": 1, "max_committed_size_per_ready": -1},
        {"id": 1, "max_inflight_bytes": -1},
        {"id": 1, "applied": -1},
    ],
)
def test_wrong_settings_are_refused(wrong):
    with pytest.raises(LocalError):
        Config(**wrong)


def test_settings_on_the_edge():
    Config(id=1, election_tick=2, heartbeat_tick=1)
    Config(id=APPLY_THREAD - 1)
    Config(id=1, max_inflight_bytes=11, max_size_per_message=11, max_inflight_messages=1)
    assert Config(id=1, max_size_per_message=7).max_applying_size == 7
    assert Config(id=1, max_size_per_message=7, max_committed_size_per_ready=3).max_applying_size == 3
    assert Config(id=1, election_tick=2, read_mode=ReadMode.LEASE).lease == 0
    assert Config(id=1, election_tick=3, read_mode=ReadMode.LEASE).lease == 1


def test_the_defaults_have_the_safety_nets_on():
    config = Config(id=1)
    assert config.pre_vote
    assert config.check_quorum
    assert config.step_down_on_removal
    assert config.validate_conf_changes
    assert config.max_uncommitted_size < NO_LIMIT


def test_errors_say_whose_fault_it_was():
    assert issubclass(NoLeaderError, BrokenError)
    assert issubclass(RefusedError, LocalError)
    assert issubclass(OverloadedError, LimitError)
    assert issubclass(ConfChangeError, LocalError)
    assert issubclass(ProtocolError, RemoteError)


def test_the_dice_decide_everything():
    """The same seeds give the same run, message by message."""

    def run():
        group = Group(1, 2, 3, seed=9)
        seen = []
        group.drop = lambda message: seen.append((message.type, message.from_, message.to, message.term))
        group.tick(60)
        group.leader().raw.propose(b"x")
        group.settle()
        return seen

    assert run() == run()


def test_a_node_is_built_from_the_public_names_alone():
    storage = MemoryStorage(Snapshot.founding([1]))
    node = RawNode(Config(id=1), storage, random.Random(1).randrange)
    for _ in range(20):
        node.tick()
        while node.has_ready():
            ready = node.ready()
            if ready.hard_state:
                storage.set_hard_state(ready.hard_state)
            storage.append(ready.entries)
            node.advance()
    assert (node.role, node.lead, node.committed) == (Role.LEADER, 1, 2)
