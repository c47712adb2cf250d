"""Client sessions: a command that is proposed twice takes effect once.

A client that hears no answer must ask again, perhaps of another node, and cannot know whether its first
attempt is in the log. So every command carries a session and a number, and each replica remembers, as part
of the replicated state, what it answered to which (Raft thesis, section 6.3).

Rules that hold here:

1. No I/O, no clock, no chance: what a command comes to is decided by the log alone, so it is the same
   everywhere, and a snapshot carries it on.
2. A command is executed at most once for its session and number; asked again, it gets the recorded answer.
3. A command whose answer is no longer known is never executed: the session was closed or displaced
   (`EXPIRED`), or the client itself said that it has the answer (`STALE`).
4. Everything is bounded: the number of sessions (the one unused for longest in the log's order gives way),
   and the answers kept for each (a command further ahead is refused, and may be sent again later).
5. Commands of one session may come in any order; each is decided by itself.

Tests: `tests/raft/test_sessions.py`, and every history of the simulator.
"""

from __future__ import annotations

import enum
import struct
from dataclasses import dataclass, field
from typing import NamedTuple

from wetware.errors import LocalError, RemoteError

__all__ = [
    "Answer",
    "ClientSession",
    "Execute",
    "Sessions",
    "Verdict",
    "close_session",
    "encode_command",
    "open_session",
]

_OPEN, _COMMAND, _CLOSE = 1, 2, 3
_MAX_NONCE = 64
_COMMAND_HEAD = struct.Struct("<BQQQ")
_CLOSE_HEAD = struct.Struct("<BQ")
_TABLE_HEAD = struct.Struct("<I")
_SESSION_HEAD = struct.Struct("<QQI")
_RESULT_HEAD = struct.Struct("<QBI")


class Verdict(enum.Enum):
    """What became of an entry."""

    OPENED = "opened"
    """A session began: its id is the entry's index, and the answer the nonce that it was asked for with."""
    CLOSED = "closed"
    """The session is gone, or was not there."""
    DONE = "done"
    """The command was executed, now or before; the answer is the machine's."""
    FAILED = "failed"
    """The command was executed, now or before, and the machine refused it; the answer is its reason."""
    EXPIRED = "expired"
    """Not executed: there is no such session (any more). Whether it was executed before is not known."""
    STALE = "stale"
    """Not executed again: the client has said that it has the answer."""
    REFUSED = "refused"
    """Not executed: too many answers of this session wait to be taken. May be sent again."""
    MALFORMED = "malformed"
    """Not executed: the bytes are no command."""


class Answer(NamedTuple):
    """What to tell whoever proposed the entry, if it waits at this node."""

    verdict: Verdict
    session: int = 0
    sequence: int = 0
    result: bytes = b""


class Execute(NamedTuple):
    """The machine has to execute this now; then `Sessions.record` must be told what came of it."""

    session: int
    sequence: int
    command: bytes


@dataclass(slots=True)
class _Session:
    """What is remembered of one client: answers to numbers above `done`, those up to it have been taken."""

    done: int = 0
    results: dict[int, tuple[bool, bytes]] = field(default_factory=dict)


class Sessions:
    """The replicated table of sessions.

    Args:
        max_sessions: how many clients are remembered.
        max_results: how many answers are kept for each: a client may have this many commands under way.
            Both must be the same on all replicas.
    """

    def __init__(self, *, max_sessions: int = 4096, max_results: int = 64) -> None:
        if max_sessions < 1 or max_results < 1:
            raise LocalError("max_sessions and max_results must be at least 1")
        self._max_sessions = max_sessions
        self._max_results = max_results
        self._table: dict[int, _Session] = {}  # the one used last stands last

    def __len__(self) -> int:
        return len(self._table)

    def decide(self, index: int, data: bytes) -> Execute | Answer:
        """What a committed entry with this data asks for: to execute a command, or nothing but an answer.

        Args:
            index: the entry's index.
            data: the entry's data, as `open_session`, `ClientSession.encode` or `close_session` made it.
        """
        kind = data[0] if data else 0
        if kind == _COMMAND and len(data) >= _COMMAND_HEAD.size:
            return self._decide_command(data)
        if kind == _OPEN and len(data) <= 1 + _MAX_NONCE:
            self._table[index] = _Session()
            if len(self._table) > self._max_sessions:
                del self._table[next(iter(self._table))]
            return Answer(Verdict.OPENED, index, 0, data[1:])
        if kind == _CLOSE and len(data) == _CLOSE_HEAD.size:
            _, session = _CLOSE_HEAD.unpack(data)
            self._table.pop(session, None)
            return Answer(Verdict.CLOSED, session)
        return Answer(Verdict.MALFORMED)

    def _decide_command(self, data: bytes) -> Execute | Answer:
        _, number, sequence, done = _COMMAND_HEAD.unpack_from(data)
        session = self._table.pop(number, None)
        if session is None:
            return Answer(Verdict.EXPIRED, number, sequence)
        self._table[number] = session  # now the one used last
        if done > session.done:
            session.done = done
            for old in [known for known in session.results if known <= done]:
                del session.results[old]
        if sequence <= session.done:
            return Answer(Verdict.STALE, number, sequence)
        known = session.results.get(sequence)
        if known is not None:
            ok, result = known
            return Answer(Verdict.DONE if ok else Verdict.FAILED, number, sequence, result)
        if len(session.results) >= self._max_results:
            return Answer(Verdict.REFUSED, number, sequence)
        return Execute(number, sequence, data[_COMMAND_HEAD.size :])

    def record(self, execute: Execute, result: bytes, *, ok: bool = True) -> Answer:
        """Remember what a command came to; nothing else may be decided in between.

        Args:
            execute: what `decide` gave.
            result: the machine's answer, or its reason for refusing.
            ok: whether it was executed. A refusal must be the same on every replica.
        """
        self._table[execute.session].results[execute.sequence] = (ok, result)
        return Answer(Verdict.DONE if ok else Verdict.FAILED, execute.session, execute.sequence, result)

    def snapshot(self) -> bytes:
        """The whole table, in its order of use; the same wherever the same entries were applied."""
        parts = [_TABLE_HEAD.pack(len(self._table))]
        for number, session in self._table.items():
            parts.append(_SESSION_HEAD.pack(number, session.done, len(session.results)))
            for sequence, (ok, result) in sorted(session.results.items()):
                parts += [_RESULT_HEAD.pack(sequence, ok, len(result)), result]
        return b"".join(parts)

    def restore(self, data: bytes) -> None:
        """Become what `snapshot` described.

        Raises:
            RemoteError: the bytes are no such description; nothing has changed.
        """
        table: dict[int, _Session] = {}
        try:
            (count,) = _TABLE_HEAD.unpack_from(data)
            at = _TABLE_HEAD.size
            for _ in range(count):
                number, done, results = _SESSION_HEAD.unpack_from(data, at)
                at += _SESSION_HEAD.size
                session = table[number] = _Session(done)
                for _ in range(results):
                    sequence, ok, length = _RESULT_HEAD.unpack_from(data, at)
                    at += _RESULT_HEAD.size + length
                    session.results[sequence] = (bool(ok), data[at - length : at])
        except struct.error:
            raise RemoteError("a snapshot's table of sessions ends too early: ask for another one") from None
        if at != len(data):
            raise RemoteError(
                "a snapshot's table of sessions has another length than it says: ask for another one"
            )
        self._table = table


def open_session(nonce: bytes = b"") -> bytes:
    """The data of an entry that begins a session. Proposed twice it begins two, of which one stays unused.

    Args:
        nonce: up to 64 bytes that come back with the answer, so that whoever asked knows it wherever it is
            applied.
    """
    if len(nonce) > _MAX_NONCE:
        raise LocalError(f"a nonce has at most {_MAX_NONCE} bytes, not {len(nonce)}")
    return bytes([_OPEN]) + nonce


def encode_command(session: int, sequence: int, done: int, command: bytes) -> bytes:
    """The data of an entry for a command.

    Args:
        session: whose it is.
        sequence: its number there.
        done: the client has the answers to all numbers up to this one.
        command: for the machine.
    """
    return _COMMAND_HEAD.pack(_COMMAND, session, sequence, done) + command


def close_session(session: int) -> bytes:
    """The data of an entry that ends a session."""
    return _CLOSE_HEAD.pack(_CLOSE, session)


class ClientSession:
    """The client's half: gives numbers to commands, and says what it has the answers of.

    Args:
        session: the id that came with `Verdict.OPENED`.
    """

    def __init__(self, session: int) -> None:
        self.session = session
        self._last = 0
        self._done = 0
        self._answered: set[int] = set()

    @property
    def done(self) -> int:
        """All numbers up to this one have been answered."""
        return self._done

    def next(self) -> int:
        """A number for a new command."""
        self._last += 1
        return self._last

    def encode(self, sequence: int, command: bytes) -> bytes:
        """The data of an entry for a command; the same number for every attempt."""
        return encode_command(self.session, sequence, self._done, command)

    def answered(self, sequence: int) -> None:
        """The answer to a number has come: it will never be asked for again."""
        self._answered.add(sequence)
        while self._done + 1 in self._answered:
            self._done += 1
            self._answered.remove(self._done)
