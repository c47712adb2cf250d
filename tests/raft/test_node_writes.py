"""What is written together, in which order, and what a snapshot parts."""

from wetware.raft.core import (
    ConfChange,
    ConfState,
    Entry,
    EntryType,
    HardState,
    Message,
    MessageType,
    Snapshot,
)
from wetware.raft.log import DurableLog
from wetware.raft.node.core.snapshots import LogWrites
from wetware.raft.node.core.writes import Load, Save, Taken, WriteQueue
from wetware.raft.node.options import Options
from wetware.raft.node.store import MemoryLog

MEMBERS = ConfState((1, 2, 3))


def append(*entries, term=0, commit=0, snapshot=None, answer=""):
    return Message(
        MessageType.STORAGE_APPEND,
        term=term,
        vote=1 if term else 0,
        commit=commit,
        entries=[Entry(entry_term, index, data=b"x" * 10) for entry_term, index in entries],
        snapshot=snapshot,
        responses=[answer] if answer else [],
    )


def queue(*messages, max_bytes=10**6):
    made = WriteQueue(max_bytes=max_bytes)
    for message in messages:
        made.append(message)
    return made


def places(save):
    return [(entry.term, entry.index) for entry in save.entries]


def test_what_piled_up_is_one_write_and_later_replaces_earlier():
    waiting = queue(
        append((1, 5), (1, 6), (1, 7), term=1, answer="a"),
        append(answer="b"),
        append((2, 6), term=2, commit=4, answer="c"),
        append((2, 7), (2, 8), answer="d"),
    )
    save = waiting.next()
    assert places(save) == [(1, 5), (2, 6), (2, 7), (2, 8)]
    assert save.hard_state == HardState(2, 1, 4)
    assert save.responses == ["a", "b", "c", "d"]
    assert (waiting.next(), waiting.bytes) == (None, 0)


def test_entries_before_all_others_replace_all():
    save = queue(append((1, 5), (1, 6)), append((2, 3))).next()
    assert places(save) == [(2, 3)]


def test_a_write_is_bounded_and_one_always_fits():
    waiting = queue(*(append((1, index), answer=str(index)) for index in range(1, 8)), max_bytes=30)
    assert [len(waiting.next().entries) for _ in range(3)] == [3, 3, 1]
    assert len(queue(append((1, 1), (1, 2)), max_bytes=5).next().entries) == 2


def test_a_snapshot_is_a_write_of_its_own():
    snapshot = Snapshot(9, 2, MEMBERS, b"state")
    waiting = queue(append((1, 5)), append(snapshot=snapshot, term=2, answer="s"), append((2, 10)))
    assert places(waiting.next()) == [(1, 5)]
    save = waiting.next()
    assert (save.snapshot, save.responses, places(save)) == (snapshot, ["s"], [])
    assert places(waiting.next()) == [(2, 10)]


def test_other_work_keeps_its_place():
    waiting = queue(append((1, 5)))
    waiting.add(Taken(4, MEMBERS, b"state"))
    waiting.append(append((1, 6)))
    waiting.add(Load())
    assert [type(waiting.next()) for _ in range(4)] == [Save, Taken, Save, Load]


def writes(**options):
    store = MemoryLog(Snapshot.founding((1, 2, 3)))
    return LogWrites(store, Options(**options), lambda *_: None)


def do(log):
    while (job := log.next()) is not None:
        job.run()
        log.written(job)


def fill(log, *, upto, first=2):
    log.append(append(*((1, index) for index in range(first, upto + 1)), term=1, commit=upto))
    do(log)
    for _ in range(first, upto + 1):
        log.grown(34)


def test_a_snapshot_is_taken_when_the_log_has_grown_and_the_log_is_cut_behind_it():
    log = writes(snapshot_bytes=340, keep_entries=3)
    fill(log, upto=10)
    assert not log.wants_snapshot(MEMBERS)
    fill(log, first=11, upto=11)
    assert log.wants_snapshot(MEMBERS)
    assert not log.wants_snapshot(MEMBERS), "one at a time"
    log.taken(11, MEMBERS, b"s" * 1000)
    do(log)
    assert (log.store.snapshot_index, log.store.first_index()) == (11, 9)
    fill(log, first=12, upto=30)
    assert not log.wants_snapshot(MEMBERS), "in proportion to the last one's size"
    fill(log, first=31, upto=50)
    assert log.wants_snapshot(MEMBERS)
    log.take_failed()
    assert not log.wants_snapshot(MEMBERS)


def test_a_follower_gets_the_logs_snapshot_or_one_taken_for_it():
    log = writes()
    fill(log, upto=10)
    assert log.recent(MEMBERS) is None
    assert not log.wants_snapshot(MEMBERS), "the founding one will do"
    do(log)
    assert log.recent(MEMBERS).index == 1
    more = ConfState((1, 2, 3), learners=(4,))
    assert log.recent(more) is None
    assert log.wants_snapshot(more)
    log.taken(10, more, b"state")
    do(log)
    assert log.recent(more) == Snapshot(10, 1, more, b"state")
    for _ in range(201):
        log.tick()
    assert log.recent(more) is None


def test_a_snapshot_that_the_leaders_overtook_is_dropped():
    log = writes()
    fill(log, upto=10)
    log.recent(ConfState((1, 2, 3, 4)))
    assert log.wants_snapshot(ConfState((1, 2, 3, 4)))
    log.append(append(snapshot=Snapshot(20, 2, MEMBERS, b"leader's"), term=2, commit=20))
    log.taken(10, MEMBERS, b"own")
    do(log)
    assert log.store.snapshot().data == b"leader's"
    assert log.wants_snapshot(ConfState((1, 2, 3, 4)))


def test_a_commit_index_alone_waits_for_the_next_write():
    log = writes()
    fill(log, upto=10)
    log.append(append(term=1, commit=8))
    log.append(append(term=1, commit=9))
    assert log.next() is None
    log.append(append((1, 11)))
    job = log.next()
    assert (job.light, job.work.hard_state, places(job.work)) == (False, HardState(1, 1, 9), [(1, 11)])
    log.written(job)
    assert log.store.initial_state()[0] == HardState(1, 1, 9)
    log.append(append(term=2, commit=9))
    job = log.next()
    assert (job.light, job.work.hard_state) == (False, HardState(2, 1, 9))


def test_a_commit_index_never_runs_ahead_of_its_entries():
    store = MemoryLog(Snapshot.founding((1, 2, 3)))
    log = LogWrites(store, Options(), lambda *_: None)
    log._queue._max_bytes = 10
    log.append(append((1, 2), (1, 3), term=1))
    log.append(append((1, 4)))
    log.append(append(term=1, commit=4))
    assert log.next().work.hard_state.commit == 0
    log.settle()
    assert store.initial_state()[0].commit == 0, "its entries were never written"


def test_a_commit_index_that_waits_at_the_end_is_told_to_the_log():
    log = writes()
    fill(log, upto=10)
    log.append(append(term=1, commit=11))
    log.settle()
    assert log.store.initial_state()[0].commit == 10
    log.append(append((1, 11)))
    job = log.next()
    log.append(append(term=1, commit=11))
    log.written(job)
    log.settle()
    assert log.store.initial_state()[0].commit == 11


def test_answers_alone_are_no_work_for_the_disk():
    log = writes()
    fill(log, upto=10)
    log.append(append(answer="a"))
    assert log.next().light
    log.append(append(term=1, commit=10, answer="b"))
    assert log.next().light
    log.append(append(term=2, commit=10, answer="c"))
    assert not log.next().light


def test_the_commit_of_a_membership_change_is_written_without_waiting_for_entries(tmp_path):
    with DurableLog.open(tmp_path) as store:
        store.save(HardState(1, 1, 1), snapshot=Snapshot.founding((1, 2, 3)))
        log = LogWrites(store, Options(), lambda *_: None)
        change = ConfChange.add_voter(4)
        log.append(
            Message(
                MessageType.STORAGE_APPEND,
                term=1,
                vote=1,
                commit=1,
                entries=[Entry(1, 2, data=b"x"), Entry(1, 3, EntryType.CONF_CHANGE_V2, change.encode())],
            )
        )
        job = log.next()
        log.append(append(term=1, commit=3))  # not known to be a change's yet
        job.run()
        log.written(job)
        assert log.next() is None
        log.tick()
        job = log.next()
        assert not job.light
        job.run()
        log.written(job)
        assert store.stored_commit == 3


def test_a_known_membership_change_does_not_even_wait_for_a_tick(tmp_path):
    with DurableLog.open(tmp_path) as store:
        store.save(snapshot=Snapshot.founding((1, 2, 3)))
        change = ConfChange.add_voter(4)
        store.save(
            HardState(1, 1, 1),
            [Entry(1, 2, EntryType.CONF_CHANGE_V2, change.encode()), Entry(1, 3, data=b"x")],
        )
        log = LogWrites(store, Options(), lambda *_: None)
        log.append(append(term=1, commit=2))
        assert not log.next().light
