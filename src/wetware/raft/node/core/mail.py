"""What leaves one member: a queue for each peer, and the snapshots that go beside them.

Rules that hold here:

1. Each peer has a queue of its own, so that a slow one delays nobody; each queue is bounded (`outbox`).
2. News of what is committed are not urgent for a peer that has not asked for anything lately.
3. Queues are made for members, and for a few others only: a newcomer's leader, members of old. Whoever
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
_ASKING_TICKS = 20


class Mail:
    """The messages that leave a member.

    Args:
        options: the member's.

    Attributes:
        outboxes: what waits, for each peer.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self.outboxes: dict[int, Outbox] = {}
        self._snapshots: list[Message] = []
        self._lossy: set[int] = set()
        self._asking: dict[int, int] = {}

    def post(self, message: Message, members: ConfState) -> None:
        """Let a message wait for its peer."""
        if message.type is MessageType.SNAP:
            self._snapshots.append(message)
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
        if not outbox.push(message):
            self._lossy.add(to)

    def asked(self, peer: int) -> None:
        """A request was forwarded by this peer: it waits to learn what is committed."""
        self._asking[peer] = _ASKING_TICKS

    def tick(self) -> None:
        """A tick has passed."""
        self._asking = {peer: left - 1 for peer, left in self._asking.items() if left > 1}

    def patient(self, peer: int) -> bool:
        """Whether what waits for this peer may wait a moment longer."""
        return peer not in self._asking and self.outboxes[peer].patient

    def lost(self, peer: int) -> None:
        """Something for this peer was lost on the way."""
        self._lossy.add(peer)

    def take_lossy(self) -> set[int]:
        """Take out the peers for which something was lost."""
        lossy, self._lossy = self._lossy, set()
        return lossy

    def take_snapshots(self) -> list[Message]:
        """Take out the snapshots that are to be sent."""
        snapshots, self._snapshots = self._snapshots, []
        return snapshots

    def strangers(self, members: ConfState) -> list[int]:
        """Peers that are no members."""
        return [peer for peer in self.outboxes if not is_member(members, peer)]

    def forget(self, peer: int) -> None:
        """Drop what waits for a peer, and its queue."""
        self.outboxes.pop(peer, None)
