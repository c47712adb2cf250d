"""A snapshot on its way, in chunks: what the receiver puts together and checks.

Rules that hold here:

1. What a transfer may take is bounded before its first byte: by the size in its head, which is bounded by
   the options, and by the number of transfers at a time.
2. A newer transfer from the same sender replaces the older one.
3. Nothing reaches the core before all bytes are there and their checksum fits.

Tests: `tests/raft/test_node_transfer.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.raft.core.errors import OverloadedError, ProtocolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wetware.raft.core import Message
    from wetware.raft.node.core.codec import SnapshotHead

__all__ = ["Assembly", "Incoming", "chunks"]


def chunks(data: bytes, size: int) -> Iterator[memoryview]:
    """The data in pieces of `size` bytes."""
    view = memoryview(data)
    for at in range(0, len(view), size):
        yield view[at : at + size]


class Assembly:
    """One snapshot that is arriving."""

    def __init__(self, head: SnapshotHead) -> None:
        self._head = head
        self._data = bytearray()
        self.closed = False

    @property
    def sender(self) -> int:
        """Who sends it."""
        return self._head.message.from_

    def write(self, data: bytes | memoryview) -> None:
        """Take the next bytes.

        Raises:
            ProtocolError: there are more than announced, or the transfer is over.
        """
        if self.closed:
            raise ProtocolError("this transfer is over: it was completed, given up, or replaced by another")
        if len(self._data) + len(data) > self._head.size:
            self.close()
            raise ProtocolError(
                f"the snapshot is larger than the {self._head.size} bytes that were announced"
            )
        self._data += data

    def done(self) -> Message:
        """The message for the core.

        Raises:
            ProtocolError: it is not what was announced, or the transfer is over.
        """
        if self.closed:
            raise ProtocolError("this transfer is over: it was completed, given up, or replaced by another")
        data = bytes(self._data)
        self.close()
        return self._head.complete(data)

    def close(self) -> None:
        """Let go of the bytes."""
        self.closed = True
        self._data = bytearray()


class Incoming:
    """The transfers that arrive at one member.

    Args:
        max_size: bytes that a snapshot may have.
        max_transfers: how many may arrive at a time.
    """

    def __init__(self, *, max_size: int, max_transfers: int) -> None:
        self._max_size = max_size
        self._max_transfers = max_transfers
        self._open: dict[int, Assembly] = {}

    def begin(self, head: SnapshotHead) -> Assembly:
        """Take a snapshot's head.

        Raises:
            OverloadedError: it is too large, or too many arrive already.
        """
        if head.size > self._max_size:
            raise OverloadedError(
                f"a snapshot of {head.size} bytes is larger than this member takes: raise max_snapshot_size",
                limit="max_snapshot_size",
                used=head.size,
                allowed=self._max_size,
            )
        self._open = {sender: one for sender, one in self._open.items() if not one.closed}
        old = self._open.pop(head.message.from_, None)
        if old is not None:
            old.close()
        if len(self._open) >= self._max_transfers:
            raise OverloadedError(
                f"{len(self._open)} snapshots arrive already; try again when one is done",
                limit="max_transfers",
                used=len(self._open) + 1,
                allowed=self._max_transfers,
            )
        made = self._open[head.message.from_] = Assembly(head)
        return made
