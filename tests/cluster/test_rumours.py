"""Rumours: changes at once and some times, mere heartbeats gathered and once."""

from beats import beat, peer

from wetware.cluster.messages import Obituary
from wetware.cluster.rumours import URGENT, Rumours
from wetware.cluster.table import Record, Table
from wetware.cluster.tombs import Tombs

A, B = peer(1), peer(2)


def heard(*beats):
    table = Table()
    for some in beats:
        table.upsert(some, 0.0)
    return table


def told(messages):
    """What a round said: versions of heartbeats, and whose obituaries."""
    assert all(message.spread for message in messages)
    return (
        [(b.peer, b.seq, age) for m in messages for b, age in m.beats],
        [o.peer for m in messages for o in m.obituaries],
    )


def test_changes_go_out_some_times():
    rumours, table, tombs = Rumours(0.0), heard(beat(1, 5)), Tombs(9)
    assert not rumours.is_due(1.0)
    rumours.changed(beat(1, 5))
    for _ in range(URGENT):
        assert rumours.is_due(1.0)
        assert told(rumours.round(table, tombs, 1.0, at=1.0, gather=0.5)) == ([(A, 5, 1.0)], [])
    assert not rumours.is_due(1.0)


def test_a_change_is_told_as_it_is_known_then():
    """What joined and said something newer since goes out with the newer heartbeat."""
    rumours, table = Rumours(0.0), heard(beat(1, 5))
    rumours.changed(beat(1, 5))
    table.upsert(beat(1, 6), 2.0)
    assert told(rumours.round(table, Tombs(9), 2.5, at=2.5, gather=0.5)) == ([(A, 6, 0.5)], [])


def test_mere_heartbeats_are_gathered():
    rumours, table = Rumours(0.0), heard(beat(1, 5), beat(2, 7))
    rumours.round(table, Tombs(9), 1.0, at=1.0, gather=0.5)
    rumours.renewed(Record(beat(1, 5), 1.0))
    assert not rumours.is_due(1.4)
    rumours.renewed(Record(beat(2, 7), 1.25))
    table.upsert(beat(1, 6), 1.4)
    assert rumours.is_due(1.5)
    assert told(rumours.round(table, Tombs(9), 1.5, at=1.5, gather=0.5)) == ([(A, 5, 0.5), (B, 7, 0.25)], [])
    assert not rumours.is_due(9.0)


def test_nothing_twice():
    rumours = Rumours(0.0)
    assert not rumours.has_passed_on(beat(1, 1))
    rumours.renewed(Record(beat(1, 5), 0.0))
    assert rumours.has_passed_on(beat(1, 4))
    assert rumours.has_passed_on(beat(1, 5))
    assert not rumours.has_passed_on(beat(1, 6))
    assert not rumours.has_passed_on(beat(1, 1, epoch=2))
    rumours.changed(beat(1, 1, epoch=2))
    assert rumours.has_passed_on(beat(1, 6))
    rumours.forget(A)
    assert not rumours.has_passed_on(beat(1, 1))


def test_obituaries():
    rumours, table, tombs = Rumours(0.0), heard(beat(2)), Tombs(9)
    tombs.bury(A, (1, 5), 0.0, Obituary(A, 1, 5, B))
    rumours.died(A)
    for _ in range(URGENT):
        assert told(rumours.round(table, tombs, 1.0, at=1.0, gather=0.5)) == ([], [A])
    assert not rumours.is_due(1.0)
    rumours.died(A)
    rumours.lives(A)
    assert not rumours.is_due(1.0)


def test_of_the_dead_nothing_is_told():
    rumours, table = Rumours(0.0), heard(beat(1, 5))
    rumours.changed(beat(1, 5))
    rumours.renewed(Record(beat(1, 6), 0.0))
    rumours.forget(A)
    assert not rumours.is_due(9.0)
    assert rumours.round(table, Tombs(9), 9.0, at=9.0, gather=0.5) == []
