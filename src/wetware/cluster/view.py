"""The routing table as a capability: `cluster.capnp:View`.

Rules that hold here:

1. Each call sees one state of the table from its beginning to its end; `snapshot` gives a view of which all
   calls see the same state (test_snapshot).
2. What is wrong with a query is said before anything is sent (test_a_wrong_query_sends_nothing).
3. `iter` sends no faster than the handler takes: a window of the stream is under way, and a handler's failure
   ends the call with that failure (test_a_failing_handler_ends_the_call).
4. `reverse` of `reverse` is the same order again (test_reverse).
5. A `to` or a selector without its index, or with one that is unknown, is an error: nothing is guessed.

The named tests are in `tests/cluster/test_view.py`.
"""

# ruff: noqa: ARG002 - a server's methods take what their schema names

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.stream import drained
from wetware.cluster.query import All, From, Index, Limit, Match, To, first, query
from wetware.errors import LimitError, LocalError
from wetware.schema.cluster_capnp import View_Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wetware.cluster.query import Constraint, Selector
    from wetware.cluster.table import Record, Snapshot
    from wetware.schema.cluster_capnp import (
        View_Constraint,
        View_Handler,
        View_Index,
        View_Selector,
    )

__all__ = ["ViewServer", "record_fields"]

MAX_CONSTRAINTS: Final = 16


class ViewServer(View_Server):
    """A node's routing table, or one state of it."""

    __slots__ = ("_reversed", "_take")

    def __init__(self, take: Callable[[], Snapshot], *, reverse: bool = False) -> None:
        """Serve a table.

        Args:
            take: gives the state that a call is to see, such as `Table.snapshot`.
            reverse: whether in descending order.
        """
        self._take = take
        self._reversed = reverse

    async def lookup(
        self, *, selector: View_Selector, constraints: Iterable[View_Constraint], context: Any
    ) -> Any:
        """The first record that a query selects."""
        found = first(self._take(), _selector(selector), _constraints(constraints), reverse=self._reversed)
        return {"result": {"nothing": True} if found is None else {"just": record_fields(found)}}

    async def iter(
        self,
        *,
        handler: View_Handler,
        selector: View_Selector,
        constraints: Iterable[View_Constraint],
        context: Any,
    ) -> Any:
        """Send the records that a query selects to a handler; answers when the handler has had them all."""
        if not handler:
            raise LocalError("iter takes a handler to send the records to")
        records = query(self._take(), _selector(selector), _constraints(constraints), reverse=self._reversed)
        for record in records:
            await handler.recv(record=record_fields(record))
        await drained(handler)

    async def reverse(self, *, context: Any) -> Any:
        """The same in the opposite order."""
        return {"view": ViewServer(self._take, reverse=not self._reversed)}

    async def snapshot(self, *, context: Any) -> Any:
        """The table as it is now."""
        state = self._take()
        return {"view": ViewServer(lambda: state, reverse=self._reversed)}


def record_fields(record: Record) -> Any:
    """The fields of a `cluster.capnp:View.Record`."""
    beat = record.beat
    return {
        "peer": beat.peer.text,
        "server": beat.server,
        "seq": beat.seq,
        "heartbeat": {
            "ttl": beat.ttl,
            "lag": beat.lag,
            "server": beat.server,
            "host": beat.host,
            "meta": beat.meta,
            "epoch": beat.epoch,
            "seq": beat.seq,
        },
    }


def _selector(wire: View_Selector) -> Selector:
    if wire.which == "all":
        return All()
    if wire.which == "match":
        return Match(_index(wire.match))
    if wire.which == "from_":
        return From(_index(wire.from_))
    raise LocalError("the selector is of a kind that this node does not know")


def _constraints(wire: Iterable[View_Constraint]) -> list[Constraint]:
    found: list[Constraint] = []
    for constraint in wire:
        if len(found) >= MAX_CONSTRAINTS:
            raise LimitError(
                f"a query has at most {MAX_CONSTRAINTS} constraints",
                limit="constraints",
                allowed=MAX_CONSTRAINTS,
            )
        if constraint.which == "limit":
            found.append(Limit(constraint.limit))
        elif constraint.which == "to":
            found.append(To(_index(constraint.to)))
        else:
            raise LocalError("a constraint is of a kind that this node does not know")
    return found


def _index(wire: View_Index) -> Index:
    if wire.which == "peer":
        return Index("id", wire.peer, wire.prefix)
    if wire.which == "server":
        return Index("server", bytes(wire.server), wire.prefix)
    if wire.which == "host":
        return Index("host", wire.host, wire.prefix)
    if wire.which == "meta":
        return Index("meta", wire.meta, wire.prefix)
    raise LocalError("the index is of a kind that this node does not know")
