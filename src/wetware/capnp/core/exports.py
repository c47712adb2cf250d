"""The export table: capabilities of this side that the peer holds.

Rules that hold here:

1. Each time a capability is sent its count goes up by one; the peer's `Release` brings it down; at zero the
   entry is gone.
2. One capability has one entry. A promise's entry stops being found by its capability once it has resolved:
   the number stays with the peer until it releases it, and goes on leading to what the `Resolve` named,
   strictly (rpc.capnp, `Resolve.cap` and *the Tribble 4-way race condition*).
3. A promise that becomes another promise of this side keeps its entry; nothing is sent.
4. A broken capability is sent as a promise whose `Resolve` follows at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.core.answer import BrokenCap
from wetware.capnp.core.capability import Cap
from wetware.capnp.core.local import LocalCap
from wetware.capnp.core.remote import ImportCap, RemotePromise
from wetware.capnp.core.tables import Ids
from wetware.capnp.core.wire import (
    NONE,
    RECEIVER_ANSWER,
    RECEIVER_HOSTED,
    SENDER_HOSTED,
    SENDER_PROMISE,
    Descriptor,
)
from wetware.capnp.exceptions import ProtocolError, for_peer
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp.core.connection import Connection
    from wetware.capnp.hooks import Hook

__all__ = ["Export", "Exports"]

_NOTHING: Descriptor = (NONE, 0, None)
_HOME = (RECEIVER_HOSTED, RECEIVER_ANSWER)
_OURS = (SENDER_HOSTED, SENDER_PROMISE)


class Export:
    """One entry.

    Attributes:
        id: its number.
        cap: what calls to it go to.
        count: how often it was sent and not released.
        told: what the `Resolve` said, once a promise has resolved.
    """

    __slots__ = ("cap", "count", "id", "told")

    def __init__(self, number: int, cap: Cap) -> None:
        self.id = number
        self.cap = cap
        self.count = 0
        self.told: Descriptor | None = None


class Exports:
    """The table."""

    __slots__ = ("_by_cap", "_connection", "_ids", "entries")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids = Ids()
        self._by_cap: dict[int, Export] = {}
        self.entries: dict[int, Export] = {}

    def describe(self, hook: Hook | None) -> Descriptor:
        """How `hook` is named to the peer; counts it as sent."""
        if hook is None:
            return _NOTHING
        cap = hook.resolved()
        if cap.__class__ is LocalCap:
            promise = False
        else:
            if not isinstance(cap, Cap):
                raise LocalError(f"cannot send a capability of the type {type(cap).__name__}")
            if cap.connection is self._connection and isinstance(cap, ImportCap | RemotePromise):
                return cap.describe()
            promise = cap.is_promise or isinstance(cap, BrokenCap)
        key = id(cap)
        entry = self._by_cap.get(key)
        if entry is None:
            number = self._ids.take()
            entry = self.entries[number] = self._by_cap[key] = Export(number, cap)
            if promise:
                if cap.is_promise:
                    cap.watch(self._on_step, entry)
                else:
                    self._connection.agenda.post(self._on_step, entry)
        entry.count += 1
        return (SENDER_PROMISE if promise else SENDER_HOSTED, entry.id, None)

    def describe_all(self, hooks: Sequence[Hook | None]) -> Sequence[Descriptor]:
        """How the capabilities of a payload are named."""
        if len(hooks) == 1:
            return (self.describe(hooks[0]),)
        return [self.describe(hook) for hook in hooks]

    def get(self, number: int) -> Cap:
        """What the peer means by the number of an export."""
        entry = self.entries.get(number)
        if entry is None:
            raise ProtocolError(f"export {number} does not exist")
        return entry.cap

    def release(self, number: int, count: int) -> None:
        """The peer gives `count` references back."""
        entry = self.entries.get(number)
        if entry is None or count > entry.count:
            raise ProtocolError(f"export {number} was released more often than it was sent")
        self._give_back(entry, count)

    def _give_back(self, entry: Export, count: int) -> None:
        entry.count -= count
        if entry.count == 0:
            del self.entries[entry.id]
            self._ids.give_back(entry.id)
            self._forget(entry)

    def take_back(self, descriptors: Sequence[Descriptor]) -> None:
        """What a payload of this side carried counts as released."""
        entries = self.entries
        for kind, number, _path in descriptors:
            if kind in _OURS:
                entry = entries.get(number)
                if entry is not None:
                    self._give_back(entry, 1)

    def points_home(self, number: int) -> Descriptor | None:
        """How the peer was told that this promise is one of its own capabilities; None where it was not."""
        entry = self.entries.get(number)
        if entry is None or entry.told is None or entry.told[0] not in _HOME:
            return None
        return entry.told

    def disconnect(self) -> None:
        """The connection is gone, and the peer's references with it."""
        entries, self.entries = self.entries, {}
        for entry in entries.values():
            self._forget(entry)

    def _forget(self, entry: Export) -> None:
        cap = entry.cap
        key = id(cap)
        if self._by_cap.get(key) is entry:
            del self._by_cap[key]
        if cap.__class__ is not LocalCap:
            cap.unwatch(entry)

    def _on_step(self, entry: Export) -> None:
        """The promise of `entry` has taken a step: tell the peer where to."""
        if self.entries.get(entry.id) is not entry or entry.told is not None:
            return
        connection = self._connection
        new = entry.cap.resolved()
        if new.is_promise and new.connection is not connection and id(new) not in self._by_cap:
            self._forget(entry)
            entry.cap = new
            self._by_cap[id(new)] = entry
            new.watch(self._on_step, entry)
            return
        self._forget(entry)
        if isinstance(new, BrokenCap):
            entry.told = _NOTHING
            connection.wire.resolve_broken(entry.id, *for_peer(new.error))
        else:
            entry.told = self.describe(new)
            connection.wire.resolve(entry.id, entry.told)
        entry.cap = new
