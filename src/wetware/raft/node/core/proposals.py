"""Commands on their way into the log and back: who waits for what, and when to propose it again.

Rules that hold here:

1. Every command belongs to a session, so that it may be proposed again and takes effect once (`sessions`). A
   plain put goes through a session of this member's own, opened when the first one comes.
2. A command is proposed again when there is a new leader, for the old one may have lost it, and, if this
   member is a follower, after a while, for messages get lost. A leader has it in its log and waits.
3. Its outcome is what comes back applied *here*, whoever led. The first answer counts.
4. When the deadline passes, a command that was never proposed has certainly not been executed
   (`NoLeaderError`), any other may be or not (`OutcomeUnknownError`). It is not proposed again.
5. The number of commands that wait is bounded, and their bytes; of this member's own session no more are
   under way than half the answers that a session keeps.

Tests: `tests/raft/test_node_proposals.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wetware.raft.core.errors import NoLeaderError, OverloadedError
from wetware.raft.node.errors import OutcomeUnknownError
from wetware.raft.sessions import Answer, ClientSession, Verdict, close_session, encode_command, open_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.errors import WetwareError

__all__ = ["Outcome", "Proposals"]

Key = tuple[int, int] | bytes | int
"""(session, number) of a command, the nonce of a session to be opened, the id of one to be closed."""
Outcome = tuple[Any, "Answer | WetwareError"]
"""A token, and what came of what it stands for."""


@dataclass(slots=True, eq=False)
class _Pending:
    """One command."""

    command: bytes
    """For the own session the bare command, otherwise what goes into the log."""
    tokens: list[tuple[Any, float]] = field(default_factory=list)
    session: ClientSession | None = None
    """Which session of this member's own gave it its number, if one did."""
    number: int = 0
    attempts: int = 0
    again_at: float = 0.0
    staged: bool = False


class Proposals:
    """The commands that wait at one member.

    Args:
        randbytes: gives random bytes, for the names of sessions to be opened.
        max_results: answers that the group keeps for a session.
        max_waiting: how many commands may wait.
        max_bytes: how many bytes they may have together.
        resend_after: seconds after which a follower proposes again; doubled with each attempt.
    """

    def __init__(
        self,
        randbytes: Callable[[int], bytes],
        *,
        max_results: int,
        max_waiting: int,
        max_bytes: int,
        resend_after: float,
    ) -> None:
        self._randbytes = randbytes
        self._max_own = max(max_results // 2, 1)
        self._max_waiting = max_waiting
        self._max_bytes = max_bytes
        self._resend_after = resend_after
        self._bytes = 0
        self._pending: dict[Key, _Pending] = {}
        self._staged: dict[Key, _Pending] = {}
        self._own_waiting: dict[_Pending, None] = {}  # in order; for a number of the own session
        self._own_numbers = 0
        self._own: ClientSession | None = None
        self._nonce = b""

    def __len__(self) -> int:
        return len(self._pending) + len(self._own_waiting)

    @property
    def session(self) -> int:
        """The id of this member's own session; zero where there is none yet."""
        return self._own.session if self._own is not None else 0

    # --- what goes in

    def put(self, token: Any, command: bytes, deadline: float) -> None:
        """Let a command take effect once, in this member's own session.

        Raises:
            OverloadedError: too much waits.
        """
        self._check_room(len(command))
        self._own_waiting[_Pending(command, [(token, deadline)])] = None

    def put_session(
        self, token: Any, session: int, sequence: int, done: int, command: bytes, deadline: float
    ) -> None:
        """Let a command of a client's session take effect once; if it waits already, wait with it.

        Raises:
            OverloadedError: too much waits.
        """
        self._add((session, sequence), token, encode_command(session, sequence, done, command), deadline)

    def open(self, token: Any, deadline: float) -> None:
        """Open a session for a client."""
        nonce = self._randbytes(16)
        self._add(nonce, token, open_session(nonce), deadline)

    def close(self, token: Any, session: int, deadline: float) -> None:
        """Close a session."""
        self._add(session, token, close_session(session), deadline)

    def _add(self, key: Key, token: Any, data: bytes, deadline: float) -> None:
        known = self._pending.get(key)
        if known is not None:
            known.tokens.append((token, deadline))
            return
        self._check_room(len(data))
        self._stage(key, _Pending(data, [(token, deadline)]))

    def _check_room(self, size: int) -> None:
        if len(self) >= self._max_waiting or (self._bytes and self._bytes + size > self._max_bytes):
            by_count = len(self) >= self._max_waiting
            raise OverloadedError(
                f"{len(self)} commands of {self._bytes} bytes wait at this member already; "
                f"wait until some are done",
                limit="max_waiting" if by_count else "max_waiting_bytes",
                used=len(self) + 1 if by_count else self._bytes + size,
                allowed=self._max_waiting if by_count else self._max_bytes,
            )
        self._bytes += size

    def _stage(self, key: Key, pending: _Pending) -> None:
        pending.staged = True
        self._pending[key] = self._staged[key] = pending

    # --- what is to be proposed

    @property
    def staged(self) -> bool:
        """Whether `take` may give anything."""
        return bool(self._staged or self._own_waiting)

    def take(self, max_bytes: int, now: float) -> list[tuple[Key, bytes]]:
        """The next commands to propose, of at most so many bytes together, with their keys.

        They count as proposed; `dropped` takes that back.
        """
        self._number_own(now)
        taken: list[tuple[Key, bytes]] = []
        size = 0
        for key, pending in self._staged.items():
            size += len(pending.command)
            if taken and size > max_bytes:
                break
            data = pending.command
            if pending.session is not None:
                data = pending.session.encode(pending.number, data)
            taken.append((key, data))
            pending.staged = False
            pending.attempts += 1
            pending.again_at = now + self._resend_after * 2 ** (pending.attempts - 1)
        for key, _ in taken:
            del self._staged[key]
        return taken

    def _number_own(self, now: float) -> None:
        """Give numbers to commands of the own session, or open it."""
        if not self._own_waiting:
            return
        own = self._own
        if own is None:
            if not self._nonce:
                self._nonce = self._randbytes(16)
                self._stage(self._nonce, _Pending(open_session(self._nonce), again_at=now))
            return
        while self._own_waiting and self._own_numbers < self._max_own:
            pending = next(iter(self._own_waiting))
            del self._own_waiting[pending]
            pending.session, pending.number = own, own.next()
            self._own_numbers += 1
            self._stage((own.session, pending.number), pending)

    def dropped(self, taken: list[tuple[Key, bytes]]) -> None:
        """The core did not take these: they are in no log and in no message."""
        again = {}
        for key, _ in taken:
            pending = self._pending.get(key)
            if pending is not None:
                pending.attempts -= 1
                pending.staged = True
                again[key] = pending
        self._staged = again | self._staged

    def leader_changed(self) -> None:
        """What is under way may be lost, or its answer: propose everything again.

        There is a new leader or a new term, or a snapshot has brought this member past answers.
        """
        for key, pending in self._pending.items():
            if not pending.staged:
                self._stage_again(key, pending)

    def _stage_again(self, key: Key, pending: _Pending) -> None:
        pending.staged = True
        self._staged[key] = pending

    # --- what comes of it

    def applied(self, answer: Answer) -> list[Outcome]:
        """An entry was applied here and came to this."""
        key: Key
        verdict = answer.verdict
        if verdict is Verdict.OPENED:
            key = answer.result
        elif verdict is Verdict.CLOSED:
            key = answer.session
        else:
            key = (answer.session, answer.sequence)
        pending = self._pending.get(key)
        if pending is None:
            return []
        if key == self._nonce:
            self._remove(key, pending)
            self._nonce = b""
            self._own, self._own_numbers = ClientSession(answer.session), 0
            return []
        if pending.session is not None:
            if verdict is Verdict.EXPIRED:
                return self._own_expired(key, pending)
            if verdict is Verdict.REFUSED or verdict is Verdict.STALE:
                return []  # proposed again later; stale: an attempt from before an answer that is on its way
        self._remove(key, pending)
        return [(token, answer) for token, _ in pending.tokens]

    def _own_expired(self, key: Key, pending: _Pending) -> list[Outcome]:
        """The group has forgotten this member's session; what was proposed once was not executed."""
        if self._own is pending.session:
            self._own = None
        self._remove(key, pending)
        if pending.attempts > 1:
            return [(token, _unknown("the group forgot the session")) for token, _ in pending.tokens]
        pending.session, pending.attempts = None, 0
        self._bytes += len(pending.command)
        self._own_waiting = {pending: None} | self._own_waiting
        return []

    def _remove(self, key: Key, pending: _Pending) -> None:
        del self._pending[key]
        self._staged.pop(key, None)
        if pending.tokens:
            self._bytes -= len(pending.command)
        if pending.session is not None:
            pending.session.answered(pending.number)
            if pending.session is self._own:
                self._own_numbers -= 1

    # --- time

    def tick(self, now: float, *, leads: bool) -> list[Outcome]:
        """Time has passed: what is too late, and what to propose again.

        Args:
            now: the time, in seconds.
            leads: whether this member leads.
        """
        outcomes: list[Outcome] = []
        for waiting in list(self._own_waiting):
            outcomes += self._expire(waiting, now)
            if not waiting.tokens:
                del self._own_waiting[waiting]
                self._bytes -= len(waiting.command)
        for key, pending in list(self._pending.items()):
            if not pending.tokens:  # the opening of the own session
                if not leads and not pending.staged and now >= pending.again_at:
                    self._stage_again(key, pending)
                continue
            outcomes += self._expire(pending, now)
            if not pending.tokens:
                pending.tokens = [(None, 0.0)]  # counted until it is removed
                self._remove(key, pending)
            elif not leads and not pending.staged and now >= pending.again_at:
                self._stage_again(key, pending)
        return outcomes

    def _expire(self, pending: _Pending, now: float) -> list[Outcome]:
        late = [token for token, deadline in pending.tokens if now >= deadline]
        if not late:
            return []
        pending.tokens = [one for one in pending.tokens if now < one[1]]
        error: WetwareError
        if pending.attempts:
            error = _unknown("the deadline passed before it was applied here")
        else:
            error = NoLeaderError(
                "the deadline passed while no leader could be reached; the command was not proposed and "
                "may be tried again"
            )
        return [(token, error) for token in late]

    def fail(self, reason: str, never_proposed: Callable[[], WetwareError]) -> list[Outcome]:
        """This member takes part no longer: everything that waits ends now."""
        outcomes: list[Outcome] = []
        for pending in [*self._pending.values(), *self._own_waiting]:
            for token, _ in pending.tokens:
                outcomes.append((token, _unknown(reason) if pending.attempts else never_proposed()))
        self._pending.clear()
        self._staged.clear()
        self._own_waiting.clear()
        self._own_numbers = self._bytes = 0
        return outcomes


def _unknown(why: str) -> OutcomeUnknownError:
    return OutcomeUnknownError(
        f"whether the command takes effect is not known: {why}; a client session could ask again safely"
    )
