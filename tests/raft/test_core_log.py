"""The log, its unstable tail, and the storage in memory."""

import pytest
from raft_group import NO_LIMIT, entries, storage_with

from wetware.errors import InternalError, LocalError
from wetware.raft.core import ConfState, Entry, HardState, Snapshot
from wetware.raft.core.errors import (
    CompactedError,
    ProtocolError,
    SnapshotOutOfDateError,
    UnavailableError,
)
from wetware.raft.core.log import Log
from wetware.raft.core.messages import ENTRY_OVERHEAD, entries_size, payload_size
from wetware.raft.core.storage import limit_size
from wetware.raft.core.unstable import Unstable

STATE = ConfState((1, 2))


def log_with(stored=(), unstable=(), *, compacted=0, max_applying_size=NO_LIMIT):
    storage = storage_with(stored)
    if compacted:
        storage.compact(compacted)
    log = Log(storage, max_applying_size)
    log.append(entries(log.last_index + 1, *unstable))
    return log


# --- the whole log ----------------------------------------------------------------------------------------


def test_terms_of_storage_tail_and_what_lies_beyond():
    log = log_with((1, 2, 3, 4), (5, 5), compacted=2)
    assert [log.term(i) for i in range(2, 7)] == [2, 3, 4, 5, 5]
    assert (log.first_index(), log.last_index, log.last_term()) == (3, 6, 5)
    with pytest.raises(CompactedError):
        log.term(1)
    with pytest.raises(UnavailableError):
        log.term(7)


def test_matching_is_a_question_of_index_and_term():
    log = log_with((1, 2), (3,), compacted=1)
    assert [log.matches(i, i) for i in range(5)] == [False, True, True, True, False]
    assert not log.matches(2, 1)


@pytest.mark.parametrize(
    ("index", "term", "expected"),
    [(2, 4, True), (9, 2, False), (3, 3, True), (2, 3, False), (4, 3, True), (1, 4, True)],
)
def test_up_to_date(index, term, expected):
    assert log_with((1, 2), (3,)).is_up_to_date(index, term) is expected


@pytest.mark.parametrize(
    ("first", "terms", "position"),
    [
        (1, (1, 2, 3), 3),
        (1, (1, 2, 3, 4, 4), 3),
        (2, (2, 3, 4), 2),
        (3, (3,), 1),
        (1, (4,), 0),
        (2, (1, 4), 0),
        (3, (1, 2), 0),
    ],
)
def test_the_first_entry_that_differs(first, terms, position):
    assert log_with((1, 2), (3,))._first_new(entries(first, *terms)) == position


@pytest.mark.parametrize(
    ("index", "term", "found"),
    [
        (6, 9, (6, 5)),
        (6, 5, (6, 5)),
        (6, 4, (4, 4)),
        (6, 3, (3, 3)),
        (3, 9, (3, 3)),
        (5, 4, (4, 4)),
        (6, 2, (2, 2)),
        (6, 1, (1, 0)),
        (2, 1, (1, 0)),
        (1, 9, (1, 0)),
        (0, 9, (0, 0)),
        (7, 9, (7, 0)),
    ],
)
def test_the_way_back_skips_terms(index, term, found):
    assert log_with((1, 2, 3, 4), (5, 5), compacted=2).find_conflict_by_term(index, term) == found


def test_the_way_back_ends_at_the_beginning():
    log = log_with((2, 2, 2))
    assert log.find_conflict_by_term(3, 1) == (0, 0)
    assert log.find_conflict_by_term(3, 2) == (3, 2)


def test_the_way_back_is_what_a_step_by_step_search_finds():
    import random

    dice = random.Random(7)
    for _ in range(200):
        terms = sorted(dice.choices(range(1, 8), k=dice.randrange(1, 15)))
        log = log_with(terms)
        for index in range(len(terms) + 1):
            for term in range(9):
                step = index
                while step > 0 and terms[step - 1] > term:
                    step -= 1
                assert log.find_conflict_by_term(index, term) == (step, terms[step - 1] if step else 0)


def test_slices_span_storage_and_tail():
    log = log_with((1, 2, 3, 4), (5, 6), compacted=1)
    size = ENTRY_OVERHEAD

    def terms(low, high, limit=NO_LIMIT):
        return [entry.term for entry in log.slice(low, high, limit)]

    assert terms(2, 7) == [2, 3, 4, 5, 6]
    assert terms(3, 5) == [3, 4]
    assert terms(5, 7) == [5, 6]
    assert terms(4, 6) == [4, 5]
    assert terms(2, 7, 0) == [2]
    assert terms(2, 7, 2 * size) == [2, 3]
    assert terms(3, 7, 2 * size) == [3, 4]
    assert terms(4, 7, 2 * size) == [4, 5]
    assert terms(4, 7, 2 * size - 1) == [4]
    assert terms(5, 7, size) == [5]
    with pytest.raises(CompactedError):
        log.slice(1, 3, NO_LIMIT)
    assert [entry.term for entry in log.entries(5, NO_LIMIT)] == [5, 6]
    assert list(log.entries(7, NO_LIMIT)) == []
    assert [[entry.term for entry in page] for page in log.scan(2, 7, 2 * size)] == [[2, 3], [4, 5], [6]]


def test_slices_within_storage_stay_within_storage():
    log = log_with((1, 2, 3, 4), (5,))
    assert [entry.term for entry in log.slice(2, 4, NO_LIMIT)] == [2, 3]


def test_a_slice_that_was_cut_in_storage_does_not_go_on_in_the_tail():
    storage = storage_with((1,))
    storage.append([Entry(1, 2, data=b"x" * 1000)])
    log = Log(storage, NO_LIMIT)
    log.append(entries(3, 1))
    assert [entry.index for entry in log.slice(1, 4, 100)] == [1]


def test_what_waits_to_be_stored():
    log = log_with((1,))
    assert not log.has_next_unstable()
    log.append(entries(2, 1))
    assert log.has_next_unstable()
    log.accept_unstable()
    assert not log.has_next_unstable()
    assert log.has_unstable()
    log.append(entries(3, 1))
    assert log.has_next_unstable()


def test_sizes_count_data_and_overhead():
    several = [Entry(data=b"abc"), Entry(data=b"")]
    assert payload_size(several) == 3
    assert entries_size(several) == 3 + 2 * ENTRY_OVERHEAD
    assert limit_size(several, 3 + 2 * ENTRY_OVERHEAD) == several
    assert limit_size(several, 2 + 2 * ENTRY_OVERHEAD) == several[:1]
    assert limit_size(several, 0) == several[:1]
    assert limit_size([], 0) == []


def test_appending_replaces_the_tail_but_nothing_committed():
    log = log_with((1, 2), (3,))
    log.append(entries(3, 4, 4))
    assert (log.last_index, log.last_term()) == (4, 4)
    log.append(entries(2, 5))
    assert (log.last_index, log.last_term()) == (2, 5)
    log.append([])
    log.commit_to(2)
    with pytest.raises(ProtocolError):
        log.append(entries(2, 6))
    assert log.last_term() == 5


def test_the_commit_mark_moves_forward_only():
    log = log_with((1, 2, 3))
    log.commit_to(2)
    log.commit_to(1)
    assert log.committed == 2
    with pytest.raises(ProtocolError):
        log.commit_to(4)
    assert not log.maybe_commit(2, 2)
    assert not log.maybe_commit(3, 2)
    assert not log.maybe_commit(9, 3)
    assert log.maybe_commit(3, 3)
    assert log.committed == 3


def test_a_stored_commit_mark_lies_within_the_log():
    log = log_with((1, 2, 3), compacted=2)
    for commit in (1, 4):
        with pytest.raises(LocalError):
            log.load(HardState(3, 0, commit))
    log.load(HardState(3, 0, 3))
    assert log.committed == 3


def test_a_log_begins_applied_up_to_what_was_compacted():
    log = log_with((1, 2, 3), compacted=2)
    assert (log.applied, log.applying, log.committed) == (2, 2, 2)


def test_handing_out_for_applying_pauses_at_the_limit():
    log = log_with((1,) * 6, max_applying_size=2 * ENTRY_OVERHEAD)
    log.commit_to(6)
    batch = log.next_committed(allow_unstable=True)
    assert [entry.index for entry in batch] == [1, 2]
    log.accept_committed(2, entries_size(batch), allow_unstable=True)
    assert not log.has_next_committed(allow_unstable=True)
    assert list(log.next_committed(allow_unstable=True)) == []
    log.applied_to(1, ENTRY_OVERHEAD)
    assert [entry.index for entry in log.next_committed(allow_unstable=True)] == [3]
    log.applied_to(2, ENTRY_OVERHEAD)
    assert [entry.index for entry in log.next_committed(allow_unstable=True)] == [3, 4]


def test_handing_out_pauses_where_the_limit_cut_the_batch():
    log = log_with((1,) * 3, max_applying_size=2 * ENTRY_OVERHEAD + 5)
    log.commit_to(3)
    log.accept_committed(2, 2 * ENTRY_OVERHEAD, allow_unstable=True)
    assert not log.has_next_committed(allow_unstable=True)
    log.applied_to(2, 2 * ENTRY_OVERHEAD)
    assert log.has_next_committed(allow_unstable=True)


def test_handing_out_does_not_pause_below_the_limit():
    log = log_with((1,) * 3, max_applying_size=2 * ENTRY_OVERHEAD + 5)
    log.commit_to(2)
    log.accept_committed(2, 2 * ENTRY_OVERHEAD, allow_unstable=True)
    log.commit_to(3)
    assert log.has_next_committed(allow_unstable=True)
    assert [entry.index for entry in log.next_committed(allow_unstable=True)] == [3]


def test_unstable_entries_are_handed_out_only_where_allowed():
    log = log_with((1,), (1, 1))
    log.commit_to(3)
    assert [entry.index for entry in log.next_committed(allow_unstable=False)] == [1]
    assert [entry.index for entry in log.next_committed(allow_unstable=True)] == [1, 2, 3]
    log.accept_committed(1, 0, allow_unstable=False)
    assert not log.has_next_committed(allow_unstable=False)
    log._storage.append(entries(2, 1))
    log.stored_to(2, 1)
    assert [entry.index for entry in log.next_committed(allow_unstable=False)] == [2]


def test_nothing_is_handed_out_while_a_snapshot_waits():
    log = log_with((1, 1))
    log.restore(Snapshot(5, 2, STATE))
    log.append(entries(6, 2))
    log.commit_to(6)
    assert not log.has_next_committed(allow_unstable=True)
    log.accept_unstable()
    assert not log.has_next_committed(allow_unstable=True)
    log.applied_snapshot(Snapshot(5, 2, STATE))
    log.applied_to(5, 0)
    assert [entry.index for entry in log.next_committed(allow_unstable=True)] == [6]


def test_what_was_not_handed_out_cannot_be_accepted():
    log = log_with((1, 1))
    log.commit_to(1)
    with pytest.raises(InternalError):
        log.accept_committed(2, 0, allow_unstable=True)


def test_the_applied_mark_moves_forward_within_what_is_committed():
    log = log_with((1, 1, 1))
    log.commit_to(2)
    log.applied_to(2, 0)
    assert (log.applied, log.applying) == (2, 2)
    for index in (1, 3):
        with pytest.raises(LocalError):
            log.applied_to(index, 0)


def test_a_storage_that_gives_nothing_is_found_out():
    storage = storage_with((1, 1))
    log = Log(storage, NO_LIMIT)
    log._storage = type("Empty", (), {"entries": lambda *_: [], "first_index": lambda _: 1})()
    with pytest.raises(InternalError, match="no entries"):
        list(log.scan(1, 3, 100))


# --- the unstable tail ------------------------------------------------------------------------------------


def tail(offset, *terms, in_progress=None, snapshot=None):
    made = Unstable(offset)
    if terms:
        made.append(entries(offset, *terms))
    made.snapshot = snapshot
    if in_progress is not None:
        made.in_progress = in_progress
    return made


def state(unstable):
    return (unstable.offset, unstable.in_progress, [entry.term for entry in unstable.entries])


def test_terms_in_the_tail():
    unstable = tail(5, 1, 2, snapshot=Snapshot(4, 1, STATE))
    assert [unstable.term(i) for i in range(3, 8)] == [None, 1, 1, 2, None]
    assert tail(5).term(4) is None


def test_what_was_handed_out_is_not_handed_out_again():
    unstable = tail(5, 1, 1, snapshot=Snapshot(4, 1, STATE))
    assert [entry.index for entry in unstable.next_entries()] == [5, 6]
    assert unstable.next_snapshot() is not None
    unstable.accept()
    assert unstable.next_entries() == []
    assert unstable.next_snapshot() is None
    unstable.append(entries(7, 1))
    assert [entry.index for entry in unstable.next_entries()] == [7]


@pytest.mark.parametrize(
    ("index", "term", "stored", "after"),
    [
        (5, 1, True, (6, 7, [1, 2])),
        (6, 1, True, (7, 7, [2])),
        (7, 2, True, (8, 8, [])),
        (6, 2, False, (5, 7, [1, 1, 2])),
        (8, 2, False, (5, 7, [1, 1, 2])),
        (4, 1, False, (5, 7, [1, 1, 2])),
    ],
)
def test_only_acknowledged_entries_leave_the_tail(index, term, stored, after):
    unstable = tail(5, 1, 1, 2, in_progress=7)
    assert unstable.stored_to(index, term) is stored
    assert state(unstable) == after


@pytest.mark.parametrize(
    ("new", "after"),
    [
        (entries(7, 2), (5, 6, [1, 1, 2])),
        (entries(6, 2), (5, 6, [1, 2])),
        (entries(5, 2, 2), (5, 5, [2, 2])),
        (entries(4, 2), (4, 4, [2])),
        (entries(6, 2, 2, 2), (5, 6, [1, 2, 2, 2])),
    ],
)
def test_appending_to_the_tail(new, after):
    unstable = tail(5, 1, 1, in_progress=6)
    unstable.append(new)
    assert state(unstable) == after


def test_replacing_what_was_handed_out_hands_it_out_again():
    unstable = tail(5, 1, 1, 1)
    unstable.accept()
    unstable.append(entries(6, 2))
    assert [entry.index for entry in unstable.next_entries()] == [6]


def test_a_snapshot_replaces_the_tail():
    unstable = tail(5, 1, 1, in_progress=7)
    unstable.restore(Snapshot(9, 3, STATE))
    assert state(unstable) == (10, 10, [])
    unstable.accept()
    unstable.snapshot_stored(8)
    assert unstable.snapshot is not None
    unstable.snapshot_stored(9)
    assert unstable.snapshot is None
    assert not unstable.snapshot_in_progress


def test_slices_of_the_tail_are_checked():
    unstable = tail(5, 1, 1)
    assert [entry.index for entry in unstable.slice(5, 7)] == [5, 6]
    assert unstable.slice(6, 6) == []
    for low, high in ((4, 6), (5, 8), (7, 6)):
        with pytest.raises(InternalError):
            unstable.slice(low, high)


# --- storage in memory ------------------------------------------------------------------------------------


def test_storage_serves_what_it_holds():
    storage = storage_with((1, 2, 3, 4))
    storage.compact(2)
    assert (storage.first_index(), storage.last_index()) == (3, 4)
    assert [storage.term(i) for i in (2, 3, 4)] == [2, 3, 4]
    assert [entry.term for entry in storage.entries(3, 5, NO_LIMIT)] == [3, 4]
    assert [entry.term for entry in storage.entries(3, 5, 0)] == [3]
    for ask in (lambda: storage.term(1), lambda: storage.entries(2, 4, NO_LIMIT), lambda: storage.compact(2)):
        with pytest.raises(CompactedError):
            ask()
    for ask in (lambda: storage.term(5), lambda: storage.entries(3, 6, NO_LIMIT), lambda: storage.compact(5)):
        with pytest.raises(UnavailableError):
            ask()


@pytest.mark.parametrize(
    ("new", "terms"),
    [
        (entries(5, 5), [3, 4, 5]),
        (entries(4, 5), [3, 5]),
        (entries(3, 5), [5]),
        (entries(3, 3, 4, 5), [3, 4, 5]),
        (entries(1, 1, 2, 5), [5]),
        (entries(2, 2, 5, 5), [5, 5]),
        (entries(1, 1, 2), [3, 4]),
        ([], [3, 4]),
    ],
)
def test_storage_replaces_from_the_first_index_on(new, terms):
    storage = storage_with((1, 2, 3, 4))
    storage.compact(2)
    storage.append(new)
    assert [entry.term for entry in storage.entries(3, storage.last_index() + 1, NO_LIMIT)] == terms


def test_storage_refuses_gaps():
    storage = storage_with((1, 2))
    with pytest.raises(LocalError, match="gap"):
        storage.append(entries(4, 2))
    assert storage.last_index() == 2


def test_storage_snapshots():
    storage = storage_with((1, 2, 3))
    assert storage.snapshot().index == 0
    made = storage.create_snapshot(2, STATE, b"data")
    assert made == storage.snapshot() == Snapshot(2, 2, STATE, b"data")
    assert storage.initial_state()[1] == STATE
    assert storage.first_index() == 1
    assert storage.create_snapshot(3).conf_state == STATE
    for index in (2, 3):
        with pytest.raises(SnapshotOutOfDateError):
            storage.create_snapshot(index)
    with pytest.raises(UnavailableError):
        storage.create_snapshot(4)
    with pytest.raises(SnapshotOutOfDateError):
        storage.apply_snapshot(Snapshot(3, 3, STATE))
    other = ConfState((7,))
    storage.apply_snapshot(Snapshot(9, 4, other))
    assert (storage.first_index(), storage.last_index(), storage.term(9)) == (10, 9, 4)
    assert storage.initial_state()[1] == other


def test_a_founding_snapshot():
    made = Snapshot.founding([3, 1], [2], b"seed")
    assert made == Snapshot(1, 1, ConfState((1, 3), learners=(2,)), b"seed")
