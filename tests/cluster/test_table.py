"""The routing table: which heartbeat wins, when records end, snapshots, limits."""

import pytest
from beats import beat, peer

from wetware.cluster.table import Table, TableFullError, Upserted
from wetware.errors import LimitError


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        ((5, 5), (5, 6), Upserted.RENEWED),
        ((5, 5), (5, 5), Upserted.DUPLICATE),
        ((5, 5), (5, 4), Upserted.STALE),
        ((5, 5), (6, 1), Upserted.RESTARTED),
        ((5, 5), (4, 9), Upserted.STALE),
        ((5, 5), (6, 0), Upserted.RESTARTED),
    ],
)
def test_upsert_rules(old, new, outcome):
    table = Table()
    assert table.upsert(beat(1, old[1], epoch=old[0]), 0) is Upserted.ADDED
    assert table.upsert(beat(1, new[1], epoch=new[0]), 1) is outcome
    assert table.get(peer(1)).beat.version == (new if outcome.is_news else old)


def test_a_restart_takes_over_at_once():
    """The original rejects a rebooted host with the same key until its old record ends."""
    table = Table()
    table.upsert(beat(1, 10**18, epoch=1, server=7), 0)
    assert table.upsert(beat(1, 1, epoch=2, server=8), 0.1) is Upserted.RESTARTED
    assert table.get(peer(1)).beat.server == 8


def test_what_it_says_of_itself_may_change():
    table = Table()
    table.upsert(beat(1, 1, meta=["a=1"]), 0)
    assert table.upsert(beat(1, 2, meta=["a=2"]), 0) is Upserted.CHANGED
    assert [key for key, _ in table.snapshot().entries("meta")] == ["a=2"]


def test_expiry():
    table = Table()
    for number, ttl in ((1, 1000), (2, 2000), (3, 3000)):
        table.upsert(beat(number, ttl=ttl), 100)
    assert table.advance(101) == []  # the deadline itself is still in time
    assert [r.beat.peer for r in table.advance(101.001)] == [peer(1)]
    assert [r.beat.peer for r in table.advance(110)] == [peer(2), peer(3)]
    assert len(table) == 0
    assert table.advance(200) == []


def test_refreshed_in_time():
    """A record with a time to live of 100 ms, refreshed every 50 ms, is never lost."""
    table = Table()
    for step in range(400):
        now = step * 0.05
        assert table.advance(now) == []
        assert table.upsert(beat(1, step, ttl=100), now).is_news
        assert table.advance(now + 0.049) == []


def test_a_shorter_time_to_live_counts_from_now():
    table = Table()
    table.upsert(beat(1, 1, ttl=600_000), 0)
    table.upsert(beat(1, 2, ttl=1000), 1)
    assert len(table.advance(2.5)) == 1


def test_what_was_heard_earlier_ends_earlier():
    table = Table()
    assert table.upsert(beat(1, ttl=10_000), 100, heard=95) is Upserted.ADDED
    assert table.get(peer(1)).deadline == 105
    assert table.upsert(beat(2, ttl=1000), 100, heard=95) is Upserted.EXPIRED
    assert peer(2) not in table
    assert table.upsert(beat(3, ttl=1000), 100, heard=200) is Upserted.ADDED
    assert table.get(peer(3)).heard == 100  # nobody has heard anything in the future


def test_time_does_not_run_backwards():
    table = Table()
    table.upsert(beat(1, 1, ttl=1000), 100)
    table.advance(-1e9)
    table.upsert(beat(2, 1, ttl=1000), 50)
    assert table.get(peer(2)).heard == 100
    assert table.now == 100
    assert len(table.advance(101.5)) == 2


def test_bounded():
    table = Table(max_records=2)
    table.upsert(beat(1), 0)
    table.upsert(beat(2), 0)
    with pytest.raises(TableFullError) as caught:
        table.upsert(beat(3), 0)
    assert isinstance(caught.value, LimitError)
    assert (caught.value.limit, caught.value.used, caught.value.allowed) == ("max_records", 3, 2)
    assert table.upsert(beat(1, 2), 0).is_news
    table.remove(peer(2))
    assert table.upsert(beat(3), 0) is Upserted.ADDED


def test_what_comes_and_goes_leaves_nothing():
    table = Table(max_records=10)
    for number in range(5000):
        table.upsert(beat(number), 0)
        table.remove(peer(number))
    assert len(table._due) < 100
    for seq in range(5000):
        table.upsert(beat(1, seq, ttl=600_000 - seq), 0)
    assert len(table._due) < 100


def test_snapshots_do_not_change():
    table = Table()
    for number in (1, 2, 3):
        table.upsert(beat(number, host="a"), 0)
    before = table.snapshot()
    table.upsert(beat(1, 2, host="b"), 0)
    table.upsert(beat(4), 0)
    table.remove(peer(2))
    after = table.snapshot()
    table.advance(1e6)
    assert {r.beat.peer: r.beat.host for r in before} == {peer(1): "a", peer(2): "a", peer(3): "a"}
    assert {r.beat.peer: r.beat.host for r in after} == {peer(1): "b", peer(3): "a", peer(4): ""}
    assert [key for key, _ in before.entries("host")] == ["a", "a", "a"]
    assert [key for key, _ in after.entries("host")] == ["", "a", "b"]
    assert (len(before), len(after), len(table)) == (3, 3, 0)


def test_indices_survive_beats():
    table = Table()
    for number in (1, 2, 3):
        table.upsert(beat(number), 0)
    entries = table.snapshot().entries("id")
    table.upsert(beat(1, 2), 0)
    assert table.snapshot().entries("id") is entries
    table.upsert(beat(4), 0)
    assert table.snapshot().entries("id") is not entries


def test_two_nodes_may_have_one_server_number():
    """In the original the second overwrites the first."""
    table = Table()
    table.upsert(beat(1, server=9), 0)
    table.upsert(beat(2, server=9), 0)
    assert [p for _, p in table.snapshot().entries("server")] == [peer(1), peer(2)]
