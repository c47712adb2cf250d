"""The way from one member to another, whatever it is made of; capabilities are one kind (`capability`)."""

# ruff: noqa: ASYNC109 - the deadline crosses to the peer

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from wetware.errors import WetwareError
    from wetware.raft.node.core.membership import Goal

__all__ = ["Connect", "PeerPort", "Sending", "Token"]


class Sending(Protocol):
    """A batch under way: awaiting it gives nothing, or the error."""

    @property
    def done(self) -> bool:
        """Whether awaiting would not wait."""
        ...

    @property
    def error(self) -> BaseException | None:
        """What awaiting would raise, once it is done."""
        ...

    def __await__(self) -> Generator[Any, None, Any]: ...


class Token(Protocol):
    """Who waits for a request: a future, or whatever else can be told."""

    def done(self) -> bool:
        """Whether nobody waits any more."""
        ...

    def set_result(self, value: Any, /) -> None:
        """The request has come to this."""
        ...

    def set_exception(self, error: WetwareError, /) -> None:
        """The request has failed."""
        ...


class PeerPort(Protocol):
    """The way to one peer.

    Every method may raise a `BrokenError`: then the peer is looked up anew. Other errors concern what
    was sent.
    """

    def send(self, batch: bytes) -> Sending:
        """Send a batch of messages (`codec`); batches arrive in their order, or not at all.

        It should be on its way when this returns: the member's disk may have the loop next.
        """
        ...

    async def send_snapshot(self, head: bytes, data: bytes) -> None:
        """Send a snapshot in chunks, no faster than the peer takes them; returns when it has all."""
        ...

    async def change(self, node_id: int, goal: Goal, timeout: float) -> bool:
        """Ask the peer, as the leader, for a membership change; False: it does not lead."""
        ...

    async def gone(self) -> None:
        """Wait until the peer cannot be reached this way any more."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


Connect = "Callable[[int], Awaitable[PeerPort]]"
"""Finds the way to the member with an id."""
