"""Where entries stand, and which of the newest are kept."""

import random

import pytest

from wetware.raft.core.messages import ENTRY_OVERHEAD, Entry, EntryType
from wetware.raft.log.index import EntryIndex
from wetware.raft.log.segments import Place


def fill(index, first, last, term=1, size=10, kind=EntryType.NORMAL):
    for number in range(first, last + 1):
        entry = Entry(term, number, kind, b"x" * size)
        index.append(number, term, kind, size, Place(number // 10 + 1, number * 100), entry=entry)


def cached(index):
    return [number for number in range(index.first, index.last + 1) if index.cached(number) is not None]


def test_places_come_back():
    index = EntryIndex(4, 2, cache_size=0)
    fill(index, 5, 30, term=3)
    assert (index.first, index.last) == (5, 30)
    assert [index.term(number) for number in (4, 5, 30)] == [2, 3, 3]
    assert index.place(17) == Place(2, 1700)
    assert index.size(17) == 10


def test_the_newest_are_kept():
    index = EntryIndex(0, 0, cache_size=3 * (10 + ENTRY_OVERHEAD))
    fill(index, 1, 9)
    assert cached(index) == [7, 8, 9]


def test_what_is_forgotten_is_not_counted():
    index = EntryIndex(0, 0, cache_size=4 * (10 + ENTRY_OVERHEAD))
    fill(index, 1, 4)
    index.truncate(3)
    assert (index.last, cached(index)) == (2, [1, 2])
    assert index.cached(3) is None
    fill(index, 3, 4, term=2)
    assert cached(index) == [1, 2, 3, 4]
    assert index.cached(3).term == 2
    index.drop_through(2)
    assert (index.first, index.before_term, cached(index)) == (3, 1, [3, 4])
    fill(index, 5, 6, term=2)
    assert cached(index) == [3, 4, 5, 6]


def test_membership_changes_are_found():
    index = EntryIndex(0, 0, cache_size=0)
    fill(index, 1, 4)
    fill(index, 5, 5, kind=EntryType.CONF_CHANGE)
    fill(index, 6, 8)
    assert [index.holds_change(*span) for span in [(0, 4), (5, 8)]] == [False, False]
    assert [index.holds_change(*span) for span in [(0, 5), (4, 5), (4, 8)]] == [True, True, True]
    index.truncate(6)
    assert index.holds_change(0, 5)
    index.truncate(5)
    assert not index.holds_change(0, 8)
    fill(index, 5, 5, kind=EntryType.CONF_CHANGE_V2)
    index.drop_through(4)
    assert index.holds_change(4, 5)
    index.drop_through(5)
    assert not index.holds_change(0, 9)


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_a_list(seed):
    rng = random.Random(seed)
    index, model, before = EntryIndex(0, 0, cache_size=rng.choice([0, 200, 10_000])), [], 0
    for term in range(1, 120):
        first = rng.randint(before + 1, before + len(model) + 1)
        count = rng.randint(1, 5)
        sizes = [rng.randint(0, 50) for _ in range(count)]
        del model[first - before - 1 :]
        for number, size in enumerate(sizes, first):
            entry = Entry(term, number, data=b"y" * size)
            model.append(entry)
            index.append(number, term, 0, size, Place(term, number), entry=entry)
        if rng.random() < 0.3 and model:
            through = rng.randint(before + 1, before + len(model))
            del model[: through - before]
            before = through
            index.drop_through(through)
        assert (index.first, index.last) == (before + 1, before + len(model))
        for entry in model:
            assert (index.term(entry.index), index.size(entry.index)) == (entry.term, len(entry.data))
            assert index.cached(entry.index) in (None, entry)
        kept = cached(index)
        assert kept == list(range(index.last + 1 - len(kept), index.last + 1)), "the newest, without gaps"
        assert index._cached == sum(len(index.cached(number).data) + ENTRY_OVERHEAD for number in kept)
        assert index._cached <= index._cache_size or not kept
