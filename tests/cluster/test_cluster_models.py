"""The routing table and its queries, held to naive ones on generated histories."""

from beats import beat, peer
from hypothesis import given, settings
from hypothesis import strategies as st

from wetware.cluster.query import All, From, Index, Limit, Match, To, query
from wetware.cluster.table import Table, TableFullError

TEXTS = st.text(alphabet="ab=", max_size=3)
ENTRIES = st.builds("{}={}".format, st.sampled_from("ab"), st.text(alphabet="ab", max_size=2))
BEATS = st.builds(
    beat,
    st.integers(0, 5),
    st.integers(0, 4),
    epoch=st.integers(1, 3),
    ttl=st.sampled_from([100, 1000, 5000]),
    server=st.sampled_from([0, 1, 1 << 56, 2**64 - 1]),
    host=TEXTS,
    meta=st.lists(ENTRIES, max_size=3),
)
INDICES = st.one_of(
    st.builds(Index, st.just("host"), TEXTS, st.booleans()),
    st.builds(Index, st.just("meta"), TEXTS, st.booleans()),
    st.builds(
        Index,
        st.just("id"),
        st.builds(lambda n, cut: str(peer(n))[:cut], st.integers(0, 6), st.sampled_from([0, 4, 51, 60])),
        st.booleans(),
    ),
    st.builds(Index, st.just("server"), st.sampled_from([b"\0" * 8, b"\1" + b"\0" * 7, b"\xff" * 8])),
    st.builds(Index, st.just("server"), st.sampled_from([b"", b"\0", b"\1", b"\xff" * 2]), st.just(True)),
)


class NaiveTable:
    """A list, and the rules one by one."""

    def __init__(self, most):
        self.rows, self.now, self.most = {}, float("-inf"), most

    def upsert(self, new, now, age):
        self.now = max(self.now, now)
        old = self.rows.get(new.peer)
        if old and (old[0].epoch, old[0].seq) >= (new.epoch, new.seq):
            return
        if self.now - age + new.ttl / 1000 < self.now:
            return
        if not old and len(self.rows) == self.most:
            return
        self.rows[new.peer] = (new, self.now - age)

    def advance(self, now):
        self.now = max(self.now, now)
        ended = {p for p, (b, heard) in self.rows.items() if heard + b.ttl / 1000 < self.now}
        self.rows = {p: row for p, row in self.rows.items() if p not in ended}
        return ended


def naive_query(beats, selector, constraints, reverse):
    """By the definition: sort, cut at both ends, take each node once, count."""
    kind = "id" if isinstance(selector, All) else selector.index.kind
    keys = {
        "id": lambda b: [str(b.peer)],
        "server": lambda b: [b.server.to_bytes(8, "big")],
        "host": lambda b: [b.host],
        "meta": lambda b: list(b.meta),
    }[kind]
    rows = sorted(((key, b.peer.binary, b) for b in beats for key in keys(b)), key=lambda r: r[:2])
    rows = rows[::-1] if reverse else rows

    def meant(index, key):
        return key[: len(index.value)] == index.value if index.prefix else key == index.value

    def before(index, key):
        """Whether a key stands before an index, in the order of the walk."""
        return not meant(index, key) and (key > index.value if reverse else key < index.value)

    def behind(index, key):
        return not meant(index, key) and not before(index, key)

    if isinstance(selector, Match):
        rows = [r for r in rows if meant(selector.index, r[0])]
    if isinstance(selector, From):
        rows = [r for r in rows if not before(selector.index, r[0])]
    for constraint in constraints:
        if isinstance(constraint, To):
            rows = [r for r in rows if not behind(constraint.index, r[0])]
    found = list(dict.fromkeys(r[2].peer for r in rows))
    return found[: min([c.count for c in constraints if isinstance(c, Limit)], default=None)]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("upsert"), BEATS, st.floats(-1, 4), st.sampled_from([0.0, 0.5, 3.0])),
            st.tuples(st.just("advance"), st.floats(-1, 4)),
            st.tuples(st.just("remove"), st.integers(0, 5)),
            st.tuples(st.just("snapshot")),
        ),
        max_size=40,
    )
)
def test_the_table_is_the_naive_one(steps):
    table, naive, now = Table(max_records=4), NaiveTable(4), 0.0
    kept = []
    for step in steps:
        match step:
            case ("upsert", new, forward, age):
                now += forward
                try:
                    table.upsert(new, now, max(now, table.now) - age)
                except TableFullError:
                    assert len(naive.rows) == 4
                naive.upsert(new, now, age)
            case ("advance", forward):
                now += forward
                assert {r.beat.peer for r in table.advance(now)} == naive.advance(now)
            case ("remove", number):
                removed = table.remove(peer(number))
                assert (removed is not None) == (naive.rows.pop(peer(number), None) is not None)
            case _:
                kept.append((table.snapshot(), dict(naive.rows)))
        assert {r.beat.peer: (r.beat, r.heard) for r in table} == naive.rows
    for snapshot, rows in kept:
        assert {r.beat.peer: (r.beat, r.heard) for r in snapshot} == rows
        for kind in ("id", "server", "host", "meta"):
            assert {p for _, p in snapshot.entries(kind)} == {
                p for p, (b, _) in rows.items() if kind != "meta" or b.meta
            }


@settings(max_examples=500, deadline=None)
@given(
    st.lists(BEATS, max_size=8),
    st.one_of(st.just(All()), st.builds(Match, INDICES), st.builds(From, INDICES)),
    st.lists(st.one_of(st.builds(Limit, st.integers(1, 5)), st.builds(To, INDICES)), max_size=3),
    st.booleans(),
)
def test_queries_are_the_naive_ones(beats, selector, constraints, reverse):
    table = Table()
    for new in beats:
        table.upsert(new, 0)
    snapshot = table.snapshot()
    kind = "id" if isinstance(selector, All) else selector.index.kind
    constraints = [c for c in constraints if isinstance(c, Limit) or c.index.kind == kind]
    found = [r.beat.peer for r in query(snapshot, selector, constraints, reverse=reverse)]
    assert found == naive_query([r.beat for r in table], selector, constraints, reverse)
