"""What is written together, in which order, and what a snapshot parts."""

from wetware.raft.core import ConfState, Entry, HardState, MemoryStorage, Message, MessageType, Snapshot
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


def test_a_commit_index_alone_is_light():
    log = writes()
    fill(log, upto=10)
    log.append(append(term=1, commit=10))
    assert log.next().light
    log.append(append(term=2, commit=10))
    assert not log.next().light
    log.append(append((2, 11)))
    assert not log.next().light
    assert isinstance(log.store, MemoryStorage)
