"""The import table: capabilities of the peer that this side holds.

Rules that hold here:

1. An entry counts how often the peer sent the capability; a `Release` gives the whole count back. A release
   may cross a further sending: the entry is gone by then, and the sending makes a new one, which counts
   from one.
2. One import is one `Cap` object as long as anybody holds it.
3. The destructor of that object only queues the entry. Whether it is still unheld is decided when the queue
   is worked off
   (`tests/capnp/test_core_tables.py::test_an_import_that_comes_again_before_the_release_is_kept`).
4. A promise is released as soon as it has resolved: nothing is sent to it any more.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from wetware.capnp.core.answer import BrokenCap
from wetware.capnp.core.remote import ImportCap, ImportPromise
from wetware.capnp.core.wire import (
    NONE,
    RECEIVER_ANSWER,
    RECEIVER_HOSTED,
    SENDER_HOSTED,
    SENDER_PROMISE,
    Descriptor,
)
from wetware.capnp.exceptions import FailedError, ProtocolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp.core.capability import Cap
    from wetware.capnp.core.connection import Connection
    from wetware.capnp.hooks import Hook

__all__ = ["Import", "Imports"]


class Import:
    """One entry.

    Attributes:
        id: its number in the peer's export table.
        count: how often the peer sent it since it was last released.
        cap: the object that stands for it here; dead once nobody holds it.
    """

    __slots__ = ("cap", "count", "id", "queued")

    def __init__(self, number: int) -> None:
        self.id = number
        self.count = 0
        self.cap: weakref.ref[ImportCap | ImportPromise] | None = None
        self.queued = False


class Imports:
    """The table, and the queue of what is to be released."""

    __slots__ = ("_connection", "entries", "released_by_collector")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.entries: dict[int, Import] = {}
        self.released_by_collector = 0

    def receive(self, descriptor: Descriptor) -> Cap | None:
        """The capability that a descriptor of the peer names."""
        kind, number, path = descriptor
        if kind == NONE:
            return None
        if kind == RECEIVER_HOSTED:
            return self._connection.exports.get(number)
        if kind == RECEIVER_ANSWER:
            return self._connection.answers.pipelined(number, path or ())
        return self._import(
            number, promise=kind == SENDER_PROMISE
        )  # a third party's vine is an ordinary import

    def receive_all(self, descriptors: Sequence[Descriptor]) -> list[Hook | None]:
        """The capabilities of a payload."""
        if not descriptors:
            return []
        return [self.receive(descriptor) for descriptor in descriptors]

    def _import(self, number: int, *, promise: bool) -> Cap:
        entry = self.entries.get(number)
        if entry is None:
            entry = self.entries[number] = Import(number)
        entry.count += 1
        cap = entry.cap() if entry.cap is not None else None
        if cap is None:
            connection = self._connection
            cap = ImportPromise(connection, entry) if promise else ImportCap(connection, entry)
            entry.cap = weakref.ref(cap)
        return cap

    def let_go(self, entry: Import) -> None:
        """Nobody holds the capability of `entry` any more. Called by destructors, in any thread."""
        if not entry.queued:
            entry.queued = True
            self._connection.agenda.post(self._release_unheld, entry)

    def _release_unheld(self, entry: Import) -> None:
        entry.queued = False
        if self.entries.get(entry.id) is entry and (entry.cap is None or entry.cap() is None):
            self.released_by_collector += 1
            self.release(entry)

    def release(self, entry: Import) -> None:
        """Give the whole count back to the peer; the entry is gone."""
        if self.entries.get(entry.id) is entry:
            del self.entries[entry.id]
            self._connection.wire_release(entry.id, entry.count)

    def refuse(self, descriptors: Sequence[Descriptor]) -> None:
        """Give back at once what a payload brought."""
        for kind, number, _path in descriptors:
            if kind in (SENDER_HOSTED, SENDER_PROMISE, 5):
                self._connection.wire_release(number, 1)

    def on_resolve(self, promise: int, descriptor: Descriptor) -> None:
        """The peer's promise has resolved."""
        entry = self.entries.get(promise)
        cap = entry.cap() if entry is not None and entry.cap is not None else None
        target = self.receive(descriptor)
        if entry is None or cap is None:
            return  # released meanwhile: what it resolved to goes with `target`
        if not isinstance(cap, ImportPromise) or cap.target is not None:
            raise ProtocolError(f"import {promise} is no promise, or has resolved before")
        if target is None:
            target = BrokenCap(FailedError("the promise resolved to nothing"))
        cap.resolve(target, came_home=descriptor[0] in (RECEIVER_HOSTED, RECEIVER_ANSWER))
        self.release(entry)

    def on_resolve_broken(self, promise: int, error: BaseException) -> None:
        """The peer's promise is broken."""
        entry = self.entries.get(promise)
        cap = entry.cap() if entry is not None and entry.cap is not None else None
        if entry is None or cap is None:
            return
        if not isinstance(cap, ImportPromise) or cap.target is not None:
            raise ProtocolError(f"import {promise} is no promise, or has resolved before")
        cap.resolve(BrokenCap(error), came_home=False)
        self.release(entry)

    def disconnect(self, error: BaseException) -> None:
        """The connection is gone: promises break, settled imports fail by themselves."""
        entries, self.entries = self.entries, {}
        for entry in entries.values():
            cap = entry.cap() if entry.cap is not None else None
            if isinstance(cap, ImportPromise):
                cap.resolve(BrokenCap(error), came_home=False)
