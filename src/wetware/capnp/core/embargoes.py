"""Embargoes: what keeps calls in order when a promise turns out to be something of this side.

Rules that hold here:

1. While an embargo stands, calls wait here. It is lifted by the peer's reply, which comes behind every call
   that the peer had to send back.
2. The peer's request is answered only where the peer was told that the promise is its own; anything else
   ends the connection.
3. A request waits, as a call would, while what it is addressed to stands under an embargo itself (a promise
   that came through a third vat).

Source: rpc.capnp, `Disembargo`. Test: `tests/capnp/test_core_transcripts.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.core.answer import BrokenCap
from wetware.capnp.core.promise import PromiseCap
from wetware.capnp.core.tables import Ids
from wetware.capnp.core.wire import RECEIVER_HOSTED, Descriptor, Target
from wetware.capnp.exceptions import ProtocolError

if TYPE_CHECKING:
    from wetware.capnp.core.capability import Cap
    from wetware.capnp.core.connection import Connection

__all__ = ["Embargoes"]


class Embargoes:
    """The embargoes of one connection."""

    __slots__ = ("_connection", "_ids", "entries")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids = Ids()
        self.entries: dict[int, tuple[PromiseCap, Cap]] = {}

    def impose(self, address: Target, target: Cap) -> Cap:
        """Hold back calls to `target` until those sent to `address` have come back."""
        connection = self._connection
        if connection.error is not None:
            return BrokenCap(connection.error)
        number = self._ids.take()
        promise = PromiseCap(connection.agenda)
        self.entries[number] = (promise, target)
        connection.wire.disembargo(address, number, reply=False)
        return promise

    def on_reply(self, number: int) -> None:
        """What had to come back has come back."""
        found = self.entries.pop(number, None)
        if found is None:
            raise ProtocolError(f"embargo {number} was not imposed")
        self._ids.give_back(number)
        promise, target = found
        promise.resolve(target)

    def on_request(self, target: Target, number: int) -> None:
        """The peer wants to know when everything sent to `target` was sent back."""
        connection = self._connection
        where, path = target
        told: Descriptor | None
        if path is None:
            cap = connection.exports.get(where)
            told = connection.exports.points_home(where)
        else:
            entry = connection.answers.entries.get(where)
            if entry is None or entry.answer is None:
                raise ProtocolError(f"the disembargo is addressed to answer {where}, which does not exist")
            told = entry.points_home(path)
            cap = entry.answer.pipe(path)
        if told is None:
            raise ProtocolError(
                "the disembargo is addressed to something that does not lead back to its sender"
            )
        self._reflect((cap, told, number))

    def _reflect(self, what: tuple[Cap, Descriptor, int]) -> None:
        connection = self._connection
        if connection.error is not None:
            return
        cap, (kind, where, path), number = what
        end = cap.resolved()
        if isinstance(end, PromiseCap):
            end.watch(self._reflect, what)
            return
        address: Target = (where, None) if kind == RECEIVER_HOSTED else (where, path or ())
        connection.wire.disembargo(address, number, reply=True)

    def disconnect(self, error: BaseException) -> None:
        """The connection is gone: what was to come back will not."""
        entries, self.entries = self.entries, {}
        for promise, _target in entries.values():
            promise.resolve(BrokenCap(error))
