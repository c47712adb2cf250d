"""What leaves one member: a queue for each peer, and the snapshots that go beside them.

Rules that hold here:

1. Each peer has a queue of its own, so that a slow one delays nobody; each queue is bounded (`outbox`).
2. Queues are made for members, and for a few others only: a newcomer's leader, members of old. Whoever
   sends in many names gets no more than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.raft.core import MessageType
from wetware.raft.node.core.membership import is_member
from wetware.raft.node.core.outbox import Outbox

if TYPE_CHECKING:
    from wetware.raft.core import ConfState, Message
    from wetware.raft.node.options import Options

__all__ = ["Mail"]

_MAX_STRANGERS = 16


class Mail:
    """The messages that leave a member.

    Args:
        options: the member's.

    Attributes:
        outboxes: what waits, for each peer.
        posted: the peers for whom something came to wait since whoever sends has looked, as keys, in order.
        snapshots: those that are to be sent; whoever sends them takes them out.
        lossy: the peers for which something was lost; whoever reports them takes them out.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self.outboxes: dict[int, Outbox] = {}
        self.posted: dict[int, None] = {}
        self.snapshots: list[Message] = []
        self.lossy: set[int] = set()

    def post(self, message: Message, members: ConfState) -> None:
        """Let a message wait for its peer."""
        if message.type is MessageType.SNAP:
            self.snapshots.append(message)
            return
        to = message.to
        outbox = self.outboxes.get(to)
        if outbox is None:
            if not is_member(members, to) and len(self.strangers(members)) >= _MAX_STRANGERS:
                return
            options = self._options
            outbox = self.outboxes[to] = Outbox(
                max_messages=options.outbox_messages, max_bytes=options.outbox_bytes
            )
        self.posted[to] = None
        if not outbox.push(message):
            self.lossy.add(to)

    def take_posted(self) -> dict[int, None]:
        """Take out `posted`."""
        posted, self.posted = self.posted, {}
        return posted

    def lost(self, peer: int) -> None:
        """Something for this peer was lost on the way."""
        self.lossy.add(peer)

    def take_lossy(self) -> set[int]:
        """Take out `lossy`."""
        lossy, self.lossy = self.lossy, set()
        return lossy

    def take_snapshots(self) -> list[Message]:
        """Take out `snapshots`."""
        snapshots, self.snapshots = self.snapshots, []
        return snapshots

    def strangers(self, members: ConfState) -> list[int]:
        """Peers that are no members."""
        return [peer for peer in self.outboxes if not is_member(members, peer)]

    def forget(self, peer: int) -> None:
        """Drop what waits for a peer, and its queue."""
        self.outboxes.pop(peer, None)
        self.posted.pop(peer, None)
