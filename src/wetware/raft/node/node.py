"""A member of a group, and what one may ask of it.

Rules that hold here:

1. Every request has a deadline, and ends by it with an answer or a typed error that says whether anything
   was done.
2. Any member may be asked anything: commands and reads find the leader through consensus, membership changes
   are handed to the leader, which takes them one after the other, and asked again of the next one.
3. What may be repeated without harm is repeated here; a command is, within its session.

Tests: `tests/raft/test_node.py` (ports in memory), `test_node_rpc.py`, `test_node_processes.py`.
"""

# ruff: noqa: ASYNC109 - the deadlines are known to the group, which says what came of a request

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from wetware.errors import BrokenError, ClosedError, LocalError, WetwareError
from wetware.raft.core import NOBODY
from wetware.raft.core.errors import DroppedError
from wetware.raft.node.core.changes import LOST_LEADERSHIP
from wetware.raft.node.core.membership import Goal
from wetware.raft.node.errors import MembershipTimeoutError, RefusedByMachineError
from wetware.raft.node.machine import Item
from wetware.raft.node.running import Running
from wetware.raft.sessions import Verdict

if TYPE_CHECKING:
    from wetware.raft.node.core.status import MemberStatus
    from wetware.raft.node.ports import Token
    from wetware.raft.sessions import Answer

__all__ = ["Node", "result_of"]


def result_of(answer: Answer) -> bytes:
    """What the state machine answered to a put.

    Raises:
        RefusedByMachineError: it raised.
    """
    if answer.verdict is Verdict.FAILED:
        raise RefusedByMachineError(answer.result.decode("utf-8", "replace"))
    return answer.result


class Node(Running):
    """A member of a group, reached through ports; see `Running` for how it is made."""

    async def put(self, key: bytes, value: bytes, *, timeout: float | None = None) -> bytes:
        """Hand an item to the state machine of every member; it takes effect once.

        Args:
            key: the item's.
            value: the item's.
            timeout: seconds; None: as in the options.

        Returns:
            The state machine's answer, once the item is committed and applied here.

        Raises:
            RefusedByMachineError: the state machine raised.
            OutcomeUnknownError: the deadline passed while it may be in the log.
            DroppedError: it was certainly not executed: no leader was found in time, or too much waits.
            StoppedError, RemovedError, NodeFailedError: this member cannot do it; nothing was done.
        """
        item = Item(key, value)
        answer: Answer = await self._request(lambda token, at: self.member.put(token, item, at), timeout)
        return result_of(answer)

    def ask_put(self, token: Token, key: bytes, value: bytes) -> None:
        """As `put`; the token is told the answer, of which `result_of` gives the rest."""
        item = Item(key, value)
        self.request(lambda token, at: self.member.put(token, item, at), token)

    async def open_session(self, *, timeout: float | None = None) -> int:
        """Open a session for a client; the id. For what it raises see `put`."""
        answer: Answer = await self._request(self.member.proposals.open, timeout)
        return answer.session

    async def close_session(self, session: int, *, timeout: float | None = None) -> None:
        """Close a client's session. For what it raises see `put`."""
        await self._request(lambda token, at: self.member.proposals.close(token, session, at), timeout)

    async def put_session(
        self,
        session: int,
        sequence: int,
        acknowledged: int,
        key: bytes,
        value: bytes,
        *,
        timeout: float | None = None,
    ) -> Answer:
        """As `put`, for a number of a client's session; asked again it takes effect once.

        Returns:
            The verdict, and the state machine's answer or its reason for refusing.
        """
        item = Item(key, value)
        answer: Answer = await self._request(
            lambda token, at: self.member.put_session(token, session, sequence, acknowledged, item, at),
            timeout,
        )
        return answer

    def ask_put_session(
        self, token: Token, session: int, sequence: int, acknowledged: int, key: bytes, value: bytes
    ) -> None:
        """As `put_session`; the token is told the answer."""
        item = Item(key, value)
        self.request(
            lambda token, at: self.member.put_session(token, session, sequence, acknowledged, item, at), token
        )

    async def get(self, key: bytes, *, timeout: float | None = None) -> bytes | None:
        """What the state machine gives for a key: its state at some moment during the call (linearizable).

        Raises:
            ReadTimeoutError: no leader confirmed it in time.
            OverloadedError, StoppedError, RemovedError, NodeFailedError: as `put`.
        """
        await self.barrier(timeout=timeout)
        value: Any = self.machine.get(key)
        if hasattr(value, "__await__"):
            value = await value
        return value  # type: ignore[no-any-return]  # the machine's word

    async def items(self, *, timeout: float | None = None) -> list[Item]:
        """What the state machine lists, as `get`."""
        await self.barrier(timeout=timeout)
        return [Item(key, value) for key, value in self.machine.items()]

    async def barrier(self, *, timeout: float | None = None) -> None:
        """Wait until the state machine here has applied everything that was committed before the call."""
        await self._request(self.member.read, timeout)

    def status(self) -> MemberStatus:
        """What this member knows of its group."""
        return self.member.status()

    # --- membership

    async def add(self, node_id: int, *, voter: bool = True, timeout: float | None = None) -> None:
        """Make a node that has started empty a member; any number of them may be added at a time.

        Raises:
            MembershipTimeoutError: it was not in force in time; a newcomer is taken out again.
            ConfChangeError: a later request wants the opposite.
            StoppedError, RemovedError, NodeFailedError: this member cannot do it.
        """
        await self.change(node_id, Goal.VOTER if voter else Goal.LEARNER, timeout=timeout)

    async def remove(self, node_id: int, *, timeout: float | None = None) -> None:
        """Take a member out of the group, dead or alive; a leader hands over first.

        Raises:
            ConfChangeError: it is the last voter. Others as `add`.
        """
        await self.change(node_id, Goal.GONE, timeout=timeout)

    async def change(self, node_id: int, goal: Goal, *, timeout: float | None = None) -> None:
        """See `add` and `remove`."""
        self._check_running()
        deadline = self._deadline(timeout)
        while True:
            left = deadline - self._loop.time()
            if left <= 0:
                raise MembershipTimeoutError(
                    f"the deadline passed, and node {node_id} is not {goal.value} yet"
                )
            self._check_running()
            leader = self.member.core.lead
            if self.member.leads():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(left + self.options.election_seconds):
                        if await self.change_here(node_id, goal, timeout=left):
                            return
            elif leader == NOBODY:
                await self._leader_change(left)
            else:
                try:
                    async with asyncio.timeout(left):
                        port = await self._links.link(leader).port()
                        if await port.change(node_id, goal, left):
                            return
                except TimeoutError:
                    continue
                except (BrokenError, ClosedError) as error:
                    if isinstance(error, MembershipTimeoutError):
                        raise
                await self._leader_change(min(left, self.options.tick))

    async def change_here(self, node_id: int, goal: Goal, *, timeout: float | None = None) -> bool:
        """As `change`, if this member leads; False: it does not, or does not any more."""
        if not self.member.leads():
            return False
        if goal is Goal.GONE and node_id == self.id:
            with contextlib.suppress(WetwareError):
                await self._hand_over(self.member.best_successor())
            if not self.member.leads():
                return False
        result = await self._request(lambda token, at: self.member.change(token, node_id, goal, at), timeout)
        return result is not LOST_LEADERSHIP

    async def transfer(self, to: int = NOBODY, *, timeout: float | None = None) -> int:
        """Hand leadership to a voter.

        Args:
            to: who; zero: whoever is furthest, or this member if another one leads.
            timeout: seconds.

        Returns:
            The leader that then is.

        Raises:
            BrokenError: it did not come to that in time (a `ReadTimeoutError`: no leader was found).
        """
        self._check_running()
        member = self.member
        target = to or (member.best_successor() if member.leads() else self.id)
        if target == NOBODY:
            raise LocalError("there is no other voter")
        deadline = self._deadline(timeout)
        if not member.leads():
            await self.barrier(timeout=timeout)  # who led before the call does not count
        while member.core.lead != target:
            left = deadline - self._loop.time()
            self._check_running()
            if left <= 0:
                raise BrokenError(
                    f"member {target} does not lead yet; see whether it is a voter and can be reached"
                )
            if member.core.lead != NOBODY:
                with contextlib.suppress(DroppedError):
                    self._safely(lambda: member.core.transfer_leader(target))
            await self._leader_change(min(left, self.options.election_seconds))
        return target

    async def _before_stop(self) -> None:
        await self._hand_over(self.member.best_successor())

    async def _hand_over(self, to: int) -> None:
        if self.member.leads() and to != NOBODY:
            await self.transfer(to, timeout=2 * self.options.election_seconds)

    async def leader(self, *, timeout: float | None = None) -> int:
        """Wait until a leader is known; its id.

        Raises:
            BrokenError: none is in time.
        """
        self._check_running()
        deadline = self._deadline(timeout)
        while (lead := self.member.core.lead) == NOBODY:
            left = deadline - self._loop.time()
            if left <= 0:
                raise BrokenError("no leader was elected in time: see whether a majority of the voters runs")
            await self._leader_change(left)
        return lead
