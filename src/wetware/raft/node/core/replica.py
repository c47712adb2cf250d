"""The replicated state: the user's state machine behind the table of client sessions.

Rules that hold here:

1. What an entry comes to depends on the entries before it and on nothing else.
2. A state machine that raises has refused the command: that is an outcome like another, recorded and
   told to whoever asked; the entry counts as applied. So it must raise the same on every member, and leave
   its state as deterministic as a success would.
3. So does one that wants the program to end (`SystemExit`) or says that it was cancelled: one command must
   end neither the host nor, since all members apply it, the group. Only running out of memory is no refusal,
   since others would not refuse: it ends this member.
4. A snapshot holds the sessions and the machine at one and the same index.
5. The machine's methods may be coroutines. `apply`, `snapshot` and `restore` are generators that yield what
   is to be awaited, and nothing of the replica is touched meanwhile.

Tests: `tests/raft/test_node_replica.py`.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from wetware.errors import LocalError, RemoteError, WetwareError
from wetware.raft.node.core.codec import decode_item
from wetware.raft.sessions import Answer, Execute, Sessions

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from wetware.raft.node.machine import StateMachine

__all__ = ["Replica"]

_HEAD = struct.Struct("<8sQ")
_MAGIC = b"wwstate\x01"
_MAX_REASON = 1000


class Replica:
    """Sessions and machine.

    Args:
        machine: the user's.
        max_sessions: client sessions that are remembered.
        max_results: answers that are kept for each. Both must be the same on all members.
        report: told of a machine's exception that is not of the house's family, with the entry's index.
    """

    def __init__(
        self,
        machine: StateMachine,
        *,
        max_sessions: int,
        max_results: int,
        report: Callable[[int, BaseException], None] | None = None,
    ) -> None:
        self.machine = machine
        self.sessions = Sessions(max_sessions=max_sessions, max_results=max_results)
        self._report = report

    def apply(self, index: int, data: bytes) -> Generator[Awaitable[Any], Any, Answer]:
        """Take a committed entry's data."""
        decision = self.sessions.decide(index, data)
        if not isinstance(decision, Execute):
            return decision
        try:
            result: Any = self.machine.apply(decode_item(decision.command))
            if hasattr(result, "__await__"):
                result = yield result
            answer = b"" if result is None else result
            if not isinstance(answer, bytes):
                raise LocalError(f"the state machine answered with {type(answer).__name__}, not with bytes")
        except (MemoryError, KeyboardInterrupt, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001 - rules 2 and 3
            return self.sessions.record(decision, self._refusal(index, error), ok=False)
        return self.sessions.record(decision, answer)

    def _refusal(self, index: int, error: BaseException) -> bytes:
        if isinstance(error, WetwareError):
            return str(error)[:_MAX_REASON].encode("utf-8", "backslashreplace")
        if self._report is not None:
            self._report(index, error)
        return f"the state machine failed with {type(error).__name__}".encode("utf-8", "backslashreplace")

    def snapshot(self) -> Generator[Awaitable[Any], Any, bytes]:
        """Sessions and machine as bytes.

        Raises:
            Exception: whatever the machine raises.
        """
        state: Any = self.machine.snapshot()
        if hasattr(state, "__await__"):
            state = yield state
        if not isinstance(state, bytes):
            raise LocalError(f"the state machine's snapshot is {type(state).__name__}, not bytes")
        sessions = self.sessions.snapshot()
        return _HEAD.pack(_MAGIC, len(sessions)) + sessions + state

    def restore(self, data: bytes) -> Generator[Awaitable[Any], Any, None]:
        """Become what `snapshot` described; nothing at all is the beginning.

        Raises:
            RemoteError: the bytes are no such description.
            Exception: whatever the machine raises.
        """
        sessions, state = Sessions().snapshot(), b""
        if data:
            if len(data) < _HEAD.size or not data.startswith(_MAGIC):
                raise RemoteError("a snapshot is not in this version's encoding")
            end = _HEAD.size + _HEAD.unpack_from(data)[1]
            if end > len(data):
                raise RemoteError("a snapshot ends within its table of sessions")
            sessions, state = data[_HEAD.size : end], data[end:]
        self.sessions.restore(sessions)
        waits: Any = self.machine.restore(state)
        if waits is not None:
            yield waits
