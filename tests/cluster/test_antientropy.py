"""Hashes of the members, by part."""

from beats import peer
from hypothesis import given
from hypothesis import strategies as st

from wetware.cluster.antientropy import BUCKETS, Parts, bucket_of


def parts(members):
    made = Parts()
    for number, epoch in members.items():
        made.put(peer(number), epoch)
    return made


@given(st.dictionaries(st.integers(0, 200), st.integers(0, 3), max_size=20), st.randoms())
def test_the_hashes_are_of_the_members_alone(members, chance):
    """Whatever came and went before, and in which order."""
    made = Parts()
    steps = [(n, e) for n in members for e in range(4)] + [(n, 9) for n in range(5)]
    chance.shuffle(steps)
    for number, epoch in steps:
        made.put(peer(number), epoch)
    for number in range(5):
        made.discard(peer(number))
        made.discard(peer(number))
    for number, epoch in members.items():
        made.put(peer(number), epoch)
        made.put(peer(number), epoch)
    assert made.hashes == parts(members).hashes
    assert made.members(range(BUCKETS)) == {peer(n): e for n, e in members.items()}


def test_what_differs_is_found():
    one, two = parts({1: 1, 2: 1, 70: 1}), parts({1: 1, 2: 2})
    assert set(one.differing(two.hashes)) == {bucket_of(peer(2)), bucket_of(peer(70))}
    assert one.differing(one.hashes) == []
    assert one.size(bucket_of(peer(70))) == 1
    assert parts({}).hashes == (0,) * BUCKETS
