"""The ways from one member to all the others: what waits is sent, what is not needed any more is let go of.

Rules that hold here:

1. A link is made when something is sent to a peer for the first time, and has a task of its own (`link`).
2. A peer that is no member any more is forgotten once nothing waits for it.
3. A snapshot is sent beside everything else, by a task of its own.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from wetware.errors import WetwareError
from wetware.raft.node.core.codec import encode_snapshot_head
from wetware.raft.node.link import Link

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Coroutine

    from wetware.raft.core import Message
    from wetware.raft.node.core.member import Member
    from wetware.raft.node.options import Options
    from wetware.raft.node.ports import PeerPort

__all__ = ["Links"]

log: Final = logging.getLogger("wetware.raft")


class Links:
    """One member's links.

    Args:
        member: whose mail is sent.
        connect: finds the way to the member with an id.
        options: the member's.
        reply: finds what sends a batch to a peer as the answer to something; see `Link`.
        spawn: begins a task of the member's.
        disconnected: told of a peer that has gone and cannot be found.
        snapshot_sent: told whether a snapshot has reached a peer.
    """

    def __init__(
        self,
        member: Member,
        connect: Callable[[int], Awaitable[PeerPort]],
        options: Options,
        *,
        reply: Callable[[int], Callable[[bytes], None] | None],
        spawn: Callable[[Callable[[], Coroutine[Any, Any, None]]], asyncio.Task[None]],
        disconnected: Callable[[int], None],
        snapshot_sent: Callable[[int, bool], None],
    ) -> None:
        self._member = member
        self._connect = connect
        self._options = options
        self._reply = reply
        self._spawn = spawn
        self._disconnected = disconnected
        self._snapshot_sent = snapshot_sent
        self._links: dict[int, tuple[Link, asyncio.Task[None]]] = {}

    def __contains__(self, peer: int) -> bool:
        return peer in self._links

    def link(self, peer: int) -> Link:
        """The link to a peer."""
        known = self._links.get(peer)
        if known is None:
            made = Link(
                peer, self._connect, self._member.mail, self._options, self._disconnected, self._reply
            )
            known = self._links[peer] = made, self._spawn(made.run)
        return known[0]

    def send(self) -> None:
        """Send what waits."""
        mail = self._member.mail
        if mail.snapshots:
            for message in mail.take_snapshots():
                self._spawn(partial(self._send_snapshot, message))
        if mail.posted:
            for peer in mail.take_posted():
                self.link(peer).wake()

    def forget_strangers(self) -> None:
        """Let go of peers that are no members any more, once nothing waits for them."""
        member = self._member
        for peer in member.mail.strangers(member.conf_state):
            if peer != member.core.lead and not member.mail.outboxes[peer]:
                member.mail.forget(peer)
                known = self._links.pop(peer, None)
                if known is not None:
                    known[1].cancel()

    async def _send_snapshot(self, message: Message) -> None:
        snapshot = message.snapshot
        assert snapshot is not None, "a message of this type has one"
        ok = False
        try:
            port = await self.link(message.to).port()
            await port.send_snapshot(encode_snapshot_head(message), snapshot.data)
            ok = True
        except WetwareError as error:
            log.info("a snapshot did not reach member %d: %s", message.to, error)
        self._snapshot_sent(message.to, ok)
