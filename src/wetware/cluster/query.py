"""Queries on a snapshot of the routing table: selectors, constraints, order.

Rules that hold here:

1. A query has an order: that of its selector's index (`all`: the peer id), nodes with equal keys by peer id;
   reversed, exactly the other way round, and reversed twice the same again (test_reverse).
2. `match` gives the nodes with the key, or with a key of that prefix; `from` the nodes whose key is not below
   the value (reversed: not above it, keys of that prefix included); `to` ends after the last node that
   matches it or would stand before one. Both ends are inclusive, with all nodes of equal keys (test_ranges).
3. `to` is about the order that the selector has: one of another index is an error (test_to_of_another_index).
4. `limit` counts nodes, starts anew in each query, and 0 is an error; of several constraints all hold
   (test_limits).
5. A node is given once, however many of its `meta` entries match (test_a_node_is_given_once).
6. A query finds its start by bisection and then walks: `limit` bounds the work.

The named tests are in `tests/cluster/test_query.py`; `test_cluster_models.py` holds all of it to a naive one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wetware.cluster.table import IndexKind, Record, Snapshot

__all__ = ["All", "Constraint", "From", "Index", "Limit", "Match", "Selector", "To", "first", "query"]

_SERVER_BYTES: Final = 8
_KINDS: Final = ("id", "server", "host", "meta")


@dataclass(frozen=True, slots=True)
class Index:
    """A key, or the beginning of one.

    Attributes:
        kind: `id` (the peer id as text), `server` (its number as 8 bytes, big-endian), `host`, or `meta`
            (an entry `key=value`).
        value: the key; bytes for `server`, else text.
        prefix: whether keys that begin with it are meant too.
    """

    kind: IndexKind
    value: str | bytes
    prefix: bool = False

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise LocalError(f"the routing table has no index {self.kind!r}: there are {', '.join(_KINDS)}")
        if isinstance(self.value, bytes) != (self.kind == "server"):
            raise LocalError(f"the index {self.kind} does not take {type(self.value).__name__}")
        if self.kind == "server":
            size = len(self.value)
            if size > _SERVER_BYTES or (size < _SERVER_BYTES and not self.prefix):
                raise LocalError(f"a server is {_SERVER_BYTES} bytes, or fewer as a prefix; these are {size}")

    def matches(self, key: str | bytes) -> bool:
        """Whether a key of this kind is meant."""
        return key.startswith(self.value) if self.prefix else key == self.value  # type: ignore[arg-type]  # both are text, or both bytes


@dataclass(frozen=True, slots=True)
class All:
    """Every node, by peer id."""


@dataclass(frozen=True, slots=True)
class Match:
    """The nodes that an index means."""

    index: Index


@dataclass(frozen=True, slots=True)
class From:
    """The nodes from an index on."""

    index: Index


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many nodes."""

    count: int


@dataclass(frozen=True, slots=True)
class To:
    """The nodes up to an index, which included."""

    index: Index


Selector = All | Match | From
Constraint = Limit | To


def query(
    snapshot: Snapshot, selector: Selector, constraints: Sequence[Constraint] = (), *, reverse: bool = False
) -> Iterator[Record]:
    """The records that a query selects, in its order.

    Raises:
        LocalError: a limit is not above 0, or a `to` is of another index than the selector; at once, not
            when the first record is asked for.
    """
    kind = "id" if isinstance(selector, All) else selector.index.kind
    limit = None
    ends = []
    for constraint in constraints:
        if isinstance(constraint, Limit):
            if constraint.count <= 0:
                raise LocalError(f"expected limit > 0 (got {constraint.count})")
            limit = constraint.count if limit is None else min(limit, constraint.count)
        elif constraint.index.kind != kind:
            raise LocalError(
                f"the query goes along the index {kind}: a range cannot end at {constraint.index.kind}"
            )
        else:
            ends.append(constraint.index)
    return _walk(snapshot, kind, selector, ends, limit, reverse=reverse)


def first(
    snapshot: Snapshot, selector: Selector, constraints: Sequence[Constraint] = (), *, reverse: bool = False
) -> Record | None:
    """The first record that a query selects, or None."""
    return next(query(snapshot, selector, constraints, reverse=reverse), None)


def _walk(
    snapshot: Snapshot,
    kind: IndexKind,
    selector: Selector,
    ends: list[Index],
    limit: int | None,
    *,
    reverse: bool,
) -> Iterator[Record]:
    entries = snapshot.entries(kind)
    if isinstance(selector, All):
        start = len(entries) if reverse else 0
    elif reverse:
        start = _after(entries, selector.index)
    else:
        start = bisect_left(entries, selector.index.value, key=_key)
    walk = range(start - 1, -1, -1) if reverse else range(start, len(entries))
    given = set()
    for at in walk:
        key, peer = entries[at]
        if isinstance(selector, Match) and not selector.index.matches(key):
            return
        if any(_past(key, end, reverse=reverse) for end in ends):
            return
        if peer in given:
            continue
        given.add(peer)
        yield snapshot.records[peer]
        if len(given) == limit:
            return


def _past(key: str | bytes, end: Index, *, reverse: bool) -> bool:
    """Whether a walk that comes to this key has gone past an end."""
    if reverse:
        return key < end.value  # type: ignore[operator]  # both are text, or both bytes
    return key > end.value and not end.matches(key)  # type: ignore[operator]  # as above


def _after(entries: Sequence[tuple[str | bytes, object]], index: Index) -> int:
    """Where the keys begin that are above an index and not meant by it."""
    low, high = bisect_left(entries, index.value, key=_key), len(entries)
    while low < high:  # from `low` on, the keys that are meant come first
        middle = (low + high) // 2
        if index.matches(entries[middle][0]):
            low = middle + 1
        else:
            high = middle
    return low


def _key(entry: tuple[str | bytes, object]) -> str | bytes:
    return entry[0]
