"""The ring: who follows whom."""

import random

from beats import peer
from hypothesis import given
from hypothesis import strategies as st

from wetware.cluster.ring import Ring


def ring(me, *others):
    made = Ring(peer(me))
    for other in others:
        made.add(peer(other))
    return made


def test_neighbours():
    made = ring(3, 1, 2, 4, 5)
    assert made.after(2) == [peer(4), peer(5)]
    assert made.after(9) == [peer(4), peer(5), peer(1), peer(2)]
    assert made.before(2) == [peer(2), peer(1)]
    assert ring(3).after(2) == ring(3).before(2) == []
    made.discard(peer(4))
    made.discard(peer(4))
    assert made.after(2) == [peer(5), peer(1)]
    assert made.within(peer(2), 2, peer(5))
    assert not made.within(peer(2), 1, peer(5))
    assert not made.within(peer(2), 9, peer(2))
    assert made.within(peer(4), 1, peer(1)) or made.within(peer(4), 2, peer(1))


@given(st.sets(st.integers(0, 60), min_size=1, max_size=30), st.integers(1, 8))
def test_who_watches_is_who_is_watched(members, count):
    """Nodes that know the same members agree: one follows another exactly if that one precedes it."""
    rings = {me: ring(me, *(members - {me})) for me in members}
    for a in members:
        for b in members - {a}:
            assert (peer(b) in rings[a].after(count)) == (peer(a) in rings[b].before(count))
            assert (peer(b) in rings[a].after(count)) == rings[a].within(peer(a), count, peer(b))


@given(st.integers(1, 30), st.integers(0, 8), st.integers(0, 99))
def test_some_by_chance(size, count, seed):
    made = ring(0, *range(1, size))
    without = peer(1) if size > 1 else None
    chosen = made.some(random.Random(seed), count, without)
    assert len(chosen) == len(set(chosen)) == min(count, max(size - 2, 0))
    assert peer(0) not in chosen
    assert without not in chosen
