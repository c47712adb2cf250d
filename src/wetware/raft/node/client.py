"""A client of a group: its commands take effect once, whichever members die meanwhile.

Rules that hold here:

1. A command keeps its session and number through all attempts, so that however often it is asked, and of
   whom, it takes effect once (`sessions`).
2. A member that does not answer, or says that it cannot, is left for the next one; one that answers is kept.
3. A refusal of the state machine is an answer. What ends a request otherwise is its deadline.

Tests: `tests/raft/test_node_rpc.py`, `test_node_processes.py`.
"""

# ruff: noqa: ASYNC109 - the deadline covers many attempts

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from wetware.errors import LocalError, WetwareError
from wetware.raft.node.errors import (
    OutcomeUnknownError,
    ReadTimeoutError,
    RefusedByMachineError,
    SessionExpiredError,
)
from wetware.raft.sessions import ClientSession
from wetware.schema.raft_capnp import Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from wetware.schema.raft_capnp import Raft

__all__ = ["RaftClient"]

T = TypeVar("T")

_FIRST_PAUSE = 0.02
_LAST_PAUSE = 0.5


class RaftClient:
    """A client; close it when it is done, so that the group forgets its session.

    Args:
        members: functions that find a member each; called again when a member is lost.
        timeout: seconds that a request may take where it names no deadline of its own.
        attempt: seconds that one member may take before the next is asked.
    """

    def __init__(
        self,
        members: Sequence[Callable[[], Awaitable[Raft]]],
        *,
        timeout: float = 15.0,
        attempt: float = 3.0,
    ) -> None:
        if not members:
            raise LocalError("a client needs at least one member to ask")
        self._members = members
        self._timeout = timeout
        self._attempt = attempt
        self._at = 0
        self._raft: Raft | None = None
        self._session: ClientSession | None = None
        self._opening = asyncio.Lock()

    async def put(self, key: bytes, value: bytes, *, timeout: float | None = None) -> bytes:
        """Hand an item to the state machine, once.

        Returns:
            The state machine's answer.

        Raises:
            RefusedByMachineError: the state machine refused it.
            OutcomeUnknownError: the deadline passed; whether it takes effect is not known.
            SessionExpiredError: the group forgot this client meanwhile; the same is not known.
        """
        attempts = 0
        session = await self._open(timeout)
        sequence = session.next()

        async def ask(raft: Raft) -> Any:
            nonlocal session, sequence, attempts
            attempts += 1
            answer = await raft.put_session(
                session=session.session,
                sequence=sequence,
                acknowledged=session.done,
                item={"key": key, "value": value},
            )
            if answer.outcome is Outcome.REFUSED:
                return None
            if answer.outcome is Outcome.EXPIRED and attempts == 1:
                if self._session is session:
                    self._session = None
                session = await self._open(timeout)
                sequence, attempts = session.next(), 0
                return None
            return answer.outcome, bytes(answer.result)

        try:
            outcome, result = await self._until_answered(ask, timeout)
        except TimeoutError:
            raise OutcomeUnknownError(
                "the deadline passed before any member answered: whether the command takes effect is not "
                "known"
            ) from None
        finally:
            session.answered(sequence)
        if outcome is Outcome.DONE:
            return bytes(result)
        if outcome is Outcome.FAILED:
            raise RefusedByMachineError(result.decode("utf-8", "replace"))
        self._session = None
        raise SessionExpiredError(
            "the group does not know this client any more: whether the command took effect is not known"
        )

    async def get(self, key: bytes, *, timeout: float | None = None) -> bytes | None:
        """What the state machine gives for a key, linearizable.

        Raises:
            ReadTimeoutError: no member answered in time.
        """

        async def ask(raft: Raft) -> tuple[bool, bytes]:
            answer = await raft.get(key=key)
            return answer.found, bytes(answer.value)

        try:
            found, value = await self._until_answered(ask, timeout)
        except TimeoutError:
            raise ReadTimeoutError("the deadline passed before any member answered") from None
        return value if found else None

    async def close(self) -> None:
        """Let the group forget the session, if it can be told now."""
        session, self._session = self._session, None
        if session is not None and self._raft is not None:
            try:
                async with asyncio.timeout(self._attempt):
                    await self._raft.close_session(session=session.session)
            except (WetwareError, TimeoutError):
                pass  # the group forgets it when others need the room

    async def _open(self, timeout: float | None) -> ClientSession:
        async with self._opening:
            if self._session is None:

                async def ask(raft: Raft) -> int:
                    return int((await raft.open_session()).session)

                try:
                    self._session = ClientSession(await self._until_answered(ask, timeout))
                except TimeoutError:
                    raise ReadTimeoutError(
                        "the deadline passed before any member opened a session; nothing was done"
                    ) from None
            return self._session

    async def _until_answered(self, ask: Callable[[Raft], Awaitable[T | None]], timeout: float | None) -> T:
        """Ask one member after the other until one answers; None is no answer."""
        pause = _FIRST_PAUSE
        async with asyncio.timeout(self._timeout if timeout is None else timeout):
            while True:
                raft = self._raft
                try:
                    async with asyncio.timeout(self._attempt):
                        if raft is None:
                            raft = self._raft = await self._members[self._at]()
                        answer = await ask(raft)
                    if answer is not None:
                        return answer
                except (WetwareError, OSError, TimeoutError):
                    if self._raft is raft:
                        self._raft = None
                        self._at = (self._at + 1) % len(self._members)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LAST_PAUSE)
