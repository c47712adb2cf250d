"""The way to a peer whose capability is known.

Rules that hold here:

1. Messages leave with calls that are written at once; what the peer has to say may come with their answers.
2. A call that is held open tells when a peer goes (`stopped`), so nobody waits for a timeout to learn it.
"""

# ruff: noqa: ASYNC109 - as in `PeerPort`

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.client import at_once
from wetware.capnp.exceptions import UnimplementedError
from wetware.capnp.pending import PendingCall, when_done
from wetware.errors import BrokenError
from wetware.raft.node.core.membership import Goal
from wetware.raft.node.core.transfer import chunks
from wetware.schema.raft_capnp import Goal as WireGoal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from wetware.raft.node.options import Options
    from wetware.raft.node.ports import Sending
    from wetware.schema.raft_capnp import Raft

__all__ = ["GOALS", "CapabilityPort"]

GOALS: Final = {Goal.VOTER: WireGoal.VOTER, Goal.LEARNER: WireGoal.LEARNER, Goal.GONE: WireGoal.GONE}


class _Sent:
    """A batch under way to a member; see `Sending`.

    Args:
        call: the call.
        answered: is given messages that come with the answer.
    """

    __slots__ = ("_answered", "_call", "done", "error")

    def __init__(self, call: PendingCall[Any], answered: Callable[[memoryview], None]) -> None:
        self._call = call
        self._answered = answered
        self.done = False
        self.error: BaseException | None = None
        when_done(call, self._end)

    def _end(self, results: Raft.SendResults | None, error: BaseException | None) -> None:
        self.done = True
        self.error = error
        if results is not None and (batch := results.answer):
            self._answered(batch)

    def __await__(self) -> Generator[Any, None, Any]:
        yield from self._call.__await__()


class CapabilityPort:
    """The way to a peer whose capability is known; see `PeerPort`.

    Args:
        raft: the peer.
        known: finds the capability of a third member that came with an `add`.
        options: the member's.
        answered: is given messages that come with an answer.
    """

    def __init__(
        self,
        raft: Raft,
        known: Callable[[int], Raft | None],
        options: Options,
        answered: Callable[[memoryview], None],
    ) -> None:
        self._raft = raft
        self._now = at_once(raft)
        self._known = known
        self._options = options
        self._answered = answered

    def send(self, batch: bytes) -> Sending:
        """See `PeerPort.send`."""
        return _Sent(self._now.send(msg=batch, takes_answer=True), self._answered)

    async def send_snapshot(self, head: bytes, data: bytes) -> None:
        """See `PeerPort.send_snapshot`; a streaming call's window is the flow control."""
        sink = self._raft.snapshot(head=head).sink
        for piece in chunks(data, self._options.chunk_size):
            await self._in_time(sink.write(data=piece))
        await self._in_time(sink.done())

    async def _in_time(self, call: Awaitable[Any]) -> None:
        try:
            async with asyncio.timeout(self._options.send_timeout):
                await call
        except TimeoutError:
            raise BrokenError("the peer takes nothing of the snapshot any more") from None

    async def change(self, node_id: int, goal: Goal, timeout: float) -> bool:
        """See `PeerPort.change`."""
        call = self._raft.change(
            id=node_id, node=self._known(node_id), goal=GOALS[goal], timeout_ms=max(int(timeout * 1000), 1)
        )
        return bool((await call).led)

    async def gone(self) -> None:
        """See `PeerPort.gone`."""
        try:
            await self._raft.stopped()
        except UnimplementedError:
            await asyncio.Event().wait()  # a member of another make: its calls will tell

    def close(self) -> None:
        """See `PeerPort.close`: the capability is let go when nobody uses it."""
