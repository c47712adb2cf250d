"""Linearizable reads on their way to the leader and back.

Rules that hold here:

1. A read is confirmed by a question that left after it came, never by one that was under way: that is what
   makes it linearizable (thesis 6.4). Reads that come before the next question leaves share it.
2. It may be answered once the index that the leader gave is applied here.
3. A question that gets no answer is asked again under another name, when there is a new leader or after a
   while.

Tests: `tests/raft/test_node_reads.py`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wetware.raft.core.errors import OverloadedError
from wetware.raft.node.errors import ReadTimeoutError

if TYPE_CHECKING:
    from wetware.errors import WetwareError

__all__ = ["ReadQueue"]

_CONTEXT = struct.Struct("<QQ")


@dataclass(slots=True)
class _Question:
    tokens: list[tuple[Any, float]]
    again_at: float


class ReadQueue:
    """The reads of one member.

    Args:
        life: a random number of 64 bits: answers to an earlier life of this member are not ours.
        max_waiting: how many may wait.
        ask_again_after: seconds.
    """

    def __init__(self, life: int, *, max_waiting: int, ask_again_after: float) -> None:
        self._life = life
        self._max_waiting = max_waiting
        self._ask_again_after = ask_again_after
        self._count = 0
        self._numbers = 0
        self._new: list[tuple[Any, float]] = []
        self._asked: dict[bytes, _Question] = {}
        self._confirmed: list[tuple[int, list[tuple[Any, float]]]] = []

    def __len__(self) -> int:
        return self._count

    @property
    def unasked(self) -> bool:
        """Whether `take` would give a question."""
        return bool(self._new)

    @property
    def confirmations(self) -> bool:
        """Whether `ready` may give tokens."""
        return bool(self._confirmed)

    def ask(self, token: Any, deadline: float) -> None:
        """Let a read wait.

        Raises:
            OverloadedError: too many do.
        """
        if self._count >= self._max_waiting:
            raise OverloadedError(
                f"{self._count} reads wait at this member already; wait until some are answered",
                limit="max_waiting",
                used=self._count + 1,
                allowed=self._max_waiting,
            )
        self._count += 1
        self._new.append((token, deadline))

    def take(self, now: float) -> bytes | None:
        """The name of the question to ask the core now; None where nothing is to be asked."""
        if not self._new:
            return None
        self._numbers += 1
        context = _CONTEXT.pack(self._life, self._numbers)
        self._asked[context] = _Question(self._new, now + self._ask_again_after)
        self._new = []
        return context

    def dropped(self, context: bytes) -> None:
        """The core did not take the question."""
        self._again(context)

    def confirmed(self, context: bytes, index: int) -> None:
        """The leader has answered; the reads wait for this index to be applied."""
        question = self._asked.pop(context, None)
        if question is not None:
            self._confirmed.append((index, question.tokens))

    def ready(self, applied: int) -> list[Any]:
        """Take out the tokens of the reads that may be answered."""
        if not self._confirmed:
            return []
        done: list[Any] = []
        waiting = []
        for index, tokens in self._confirmed:
            if index <= applied:
                done += [token for token, _ in tokens]
            else:
                waiting.append((index, tokens))
        self._confirmed = waiting
        self._count -= len(done)
        return done

    def leader_changed(self) -> None:
        """There is a new leader, or a new term: ask everything again that is under way."""
        for context in list(self._asked):
            self._again(context)

    def _again(self, context: bytes) -> None:
        question = self._asked.pop(context, None)
        if question is not None:
            self._new = question.tokens + self._new

    def tick(self, now: float) -> list[tuple[Any, WetwareError]]:
        """Time has passed: what is too late, and what to ask again."""
        for context, question in list(self._asked.items()):
            if now >= question.again_at:
                self._again(context)
        late: list[tuple[Any, WetwareError]] = []
        for waiting in [
            self._new,
            *[one.tokens for one in self._asked.values()],
            *[t for _, t in self._confirmed],
        ]:
            for one in [one for one in waiting if now >= one[1]]:
                waiting.remove(one)
                late.append(
                    (
                        one[0],
                        ReadTimeoutError("the deadline passed before a leader confirmed the read; try again"),
                    )
                )
        self._count -= len(late)
        return late

    def fail(self) -> list[Any]:
        """Take out every token: this member takes part no longer."""
        waiting = [self._new, *[one.tokens for one in self._asked.values()], *[t for _, t in self._confirmed]]
        tokens = [token for group in waiting for token, _ in group]
        self._new, self._asked, self._confirmed, self._count = [], {}, [], 0
        return tokens
