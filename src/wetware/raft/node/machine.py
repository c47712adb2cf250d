"""What is replicated: the state machine that a user brings, and the one that is there where none is brought.

Rules that hold for every state machine:

1. What `apply` does and answers, and whether it raises, depends on the items applied before and on nothing
   else: not on time, chance, files, or the member that it runs on.
2. An item that it refuses is refused by raising; its state must be as well defined afterwards as after a
   success. The exception's text reaches whoever put the item if it is a `WetwareError`, else only its type.
3. `get` and `items` change nothing. Between two steps of an `apply` that is a coroutine they must show the
   state before it or after it.
4. `restore(snapshot())` gives the same state on any member. `restore(b"")` gives the beginning.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Protocol

from wetware.errors import RemoteError
from wetware.raft.node.core.codec import Item

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable

__all__ = ["Item", "ItemMap", "StateMachine"]

_SIZES = struct.Struct("<II")


class StateMachine(Protocol):
    """A deterministic state machine; each method but `items` may be a coroutine."""

    def apply(self, item: Item) -> bytes | Awaitable[bytes | None] | None:
        """Take a committed item and answer whoever put it."""
        ...

    def get(self, key: bytes) -> bytes | Awaitable[bytes | None] | None:
        """Answer a question; None: there is nothing."""
        ...

    def items(self) -> Iterable[tuple[bytes, bytes]]:
        """List what there is."""
        ...

    def snapshot(self) -> bytes | Awaitable[bytes]:
        """The whole state."""
        ...

    def restore(self, data: bytes) -> Awaitable[None] | None:
        """Become what `snapshot` described."""
        ...


class ItemMap:
    """Keys with values: an item replaces the value of its key.

    Attributes:
        values: the state; not to be changed but by `apply`.
    """

    def __init__(self) -> None:
        self.values: dict[bytes, bytes] = {}

    def apply(self, item: Item) -> None:
        """See `StateMachine.apply`."""
        self.values[item.key] = item.value

    def get(self, key: bytes) -> bytes | None:
        """See `StateMachine.get`."""
        return self.values.get(key)

    def items(self) -> Iterable[tuple[bytes, bytes]]:
        """See `StateMachine.items`."""
        return list(self.values.items())

    def snapshot(self) -> bytes:
        """See `StateMachine.snapshot`: for each item both lengths (4 bytes each), key and value."""
        parts = []
        for key, value in self.values.items():
            parts += [_SIZES.pack(len(key), len(value)), key, value]
        return b"".join(parts)

    def restore(self, data: bytes) -> None:
        """See `StateMachine.restore`.

        Raises:
            RemoteError: the bytes are no snapshot of this machine.
        """
        values = {}
        at = 0
        while at < len(data):
            if at + _SIZES.size > len(data):
                raise RemoteError("a snapshot of items ends within one")
            key_size, value_size = _SIZES.unpack_from(data, at)
            at += _SIZES.size
            middle, end = at + key_size, at + key_size + value_size
            if end > len(data):
                raise RemoteError("a snapshot of items ends within one")
            values[data[at:middle]] = data[middle:end]
            at = end
        self.values = values
