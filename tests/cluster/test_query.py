"""Queries: each defect of the original's has its test here."""

import pytest
from beats import beat, peer

from wetware.cluster.query import All, From, Index, Limit, Match, To, first, query
from wetware.cluster.table import Table
from wetware.errors import LocalError

META = {1: ["zone=a", "disk=ssd"], 2: ["zone=b"], 3: ["zone=a", "zone=c"], 4: [], 5: ["zone=ab"]}
HOSTS = {1: "alpha", 2: "beta", 3: "alpha", 4: "alphabet", 5: ""}


@pytest.fixture
def snapshot():
    table = Table()
    for number in (3, 1, 5, 2, 4):
        table.upsert(beat(number, host=HOSTS[number], meta=META[number], server=number << 32), 0)
    return table.snapshot()


def run(snapshot, selector, *constraints, reverse=False):
    return [r.beat.server >> 32 for r in query(snapshot, selector, constraints, reverse=reverse)]


def host(value, prefix=False):
    return Index("host", value, prefix)


def meta(value, prefix=False):
    return Index("meta", value, prefix)


def ident(number):
    return Index("id", str(peer(number)))


def test_all_is_by_peer_id(snapshot):
    assert run(snapshot, All()) == [1, 2, 3, 4, 5]
    assert first(snapshot, All()).beat.peer == peer(1)
    assert first(Table().snapshot(), All()) is None


def test_host_exact_and_prefix_are_not_swapped(snapshot):
    assert run(snapshot, Match(host("alpha"))) == [1, 3]
    assert run(snapshot, Match(host("alpha", prefix=True))) == [1, 3, 4]
    assert run(snapshot, Match(host(""))) == [5]
    assert run(snapshot, Match(host("", prefix=True))) == [5, 1, 3, 4, 2]
    assert run(snapshot, Match(host("gamma", prefix=True))) == []


def test_meta_compares_the_nodes_entry_with_the_query(snapshot):
    assert run(snapshot, Match(meta("zone=a"))) == [1, 3]
    assert run(snapshot, Match(meta("zone=a", prefix=True))) == [1, 3, 5]
    assert run(snapshot, Match(meta("zone=abc"))) == []  # the entry is a prefix of the query: no match
    assert run(snapshot, Match(meta("zone=", prefix=True))) == [1, 3, 5, 2]


def test_a_node_is_given_once(snapshot):
    assert run(snapshot, Match(meta("zone=", prefix=True))).count(3) == 1
    assert run(snapshot, From(meta(""))) == [1, 3, 5, 2]
    assert run(snapshot, From(meta("")), Limit(2)) == [1, 3]


def test_peers_are_compared_as_text(snapshot):
    text = str(peer(2))
    assert run(snapshot, Match(Index("id", text))) == [2]
    assert run(snapshot, Match(Index("id", text[:-3], prefix=True))) == [
        1,
        2,
        3,
        4,
        5,
    ]  # they differ at the end
    assert run(snapshot, Match(Index("id", "12D3", prefix=True))) == [1, 2, 3, 4, 5]
    assert run(snapshot, Match(Index("id", "nobody"))) == []


def test_server(snapshot):
    number = (3 << 32).to_bytes(8, "big")
    assert run(snapshot, Match(Index("server", number))) == [3]
    assert run(snapshot, Match(Index("server", number[:4], prefix=True))) == [3]
    assert run(snapshot, From(Index("server", number))) == [3, 4, 5]
    assert run(snapshot, All()) == run(snapshot, From(Index("server", bytes(8))))
    assert run(snapshot, From(Index("server", bytes(8))), To(Index("server", number))) == [1, 2, 3]
    for wrong in (number[:7], number + b"\0"):
        with pytest.raises(LocalError, match="8 bytes"):
            Index("server", wrong)


def test_ranges(snapshot):
    assert run(snapshot, From(host("alpha"))) == [1, 3, 4, 2]
    assert run(snapshot, From(host("alpha")), To(host("alphabet"))) == [1, 3, 4]
    assert run(snapshot, From(host("alpha")), To(host("alpha"))) == [1, 3]
    assert run(snapshot, From(host("alpha")), To(host("alpha", prefix=True))) == [1, 3, 4]
    assert run(snapshot, From(host("b")), To(host("a"))) == []
    assert run(snapshot, From(ident(2)), To(ident(4))) == [2, 3, 4]
    assert run(snapshot, All(), To(ident(3))) == [1, 2, 3]


def test_a_range_past_the_end_ends(snapshot):
    """In the original it dereferences nil."""
    assert run(snapshot, From(host("alpha")), To(host("zzz"))) == [1, 3, 4, 2]
    assert run(snapshot, From(host("zzz"))) == []
    assert run(snapshot, From(host("alpha")), To(host("")), reverse=True) == [3, 1, 5]


def test_to_of_another_index(snapshot):
    for selector, end in [(All(), host("a")), (From(host("a")), meta("a=b")), (Match(host("a")), ident(1))]:
        with pytest.raises(LocalError, match="cannot end at"):
            query(snapshot, selector, [To(end)])


def test_limits(snapshot):
    limit = Limit(2)
    assert run(snapshot, All(), limit) == [1, 2]
    assert run(snapshot, All(), limit) == [1, 2]  # in the original it counts on from the last query
    assert run(snapshot, All(), Limit(3), limit, Limit(9)) == [1, 2]
    assert run(snapshot, All(), Limit(4), To(ident(3))) == [1, 2, 3]
    assert run(snapshot, All(), Limit(1 << 63)) == [1, 2, 3, 4, 5]
    for wrong in (0, -1):
        with pytest.raises(LocalError, match=rf"expected limit > 0 \(got {wrong}\)"):
            query(snapshot, All(), [Limit(wrong)])


def test_reverse(snapshot):
    assert run(snapshot, All(), reverse=True) == [5, 4, 3, 2, 1]
    assert run(snapshot, All(), Limit(2), reverse=True) == [5, 4]
    assert run(snapshot, Match(host("alpha")), reverse=True) == [3, 1]
    assert run(snapshot, Match(host("alpha", prefix=True)), reverse=True) == [4, 3, 1]
    assert run(snapshot, From(host("alpha")), reverse=True) == [3, 1, 5]
    assert run(snapshot, From(host("alpha", prefix=True)), reverse=True) == [4, 3, 1, 5]
    assert run(snapshot, From(host("beta")), To(host("alphabet")), reverse=True) == [2, 4]
    assert run(snapshot, From(ident(4)), To(ident(2)), reverse=True) == [4, 3, 2]


def test_what_is_no_index():
    for kind, value in [("ttl", "1"), ("host", b"x"), ("server", "x"), ("", "")]:
        with pytest.raises(LocalError):
            Index(kind, value)
