"""Links between processes of two nodes, at the node that decides about them: a core without I/O.

A link has two halves, one at each node. Both nodes may be asked to make or undo it at any time, over
connections that may be lost; in the end there have to be both halves, or none.

Rules that hold here:

1. One of two nodes decides about every link between processes of the two: the one whose key is the smaller.
   The other one passes on what it is asked.
2. What is asked of one pair is done one after the other, in the order in which it was asked: nothing is begun
   before the other node has answered, or is lost. So the order is one and the same at both nodes
   (test_what_is_asked_in_turn_is_done_in_turn).
3. Between two steps this node has its half if and only if the other one has, or the connection that carries
   the other half is lost (test_both_halves_or_none). To join, this node's half is made first: where it is
   refused, nothing was asked of the other node, and where the other one refuses, undoing it needs nobody. To
   part, it is undone last: a pair that could not be parted is still linked.
4. Where the connection is lost during a step, nobody knows whether the other half was made, or undone. The
   process here ends then; if there is another half, the loss ends the process there.
5. The other node makes and undoes its half within the call, and tells one making from the next: an undoing
   that comes late, over a connection that was lost meanwhile, finds another half or none, and does nothing.
6. What was begun is finished, whether or not anybody still waits for it; what was not begun is dropped with
   whoever asked for it. So there is never more to do than there are callers, and one step for each pair.

The named tests are in `tests/services/test_pairs.py`: transcripts, and a simulation of two nodes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from wetware.errors import InternalError

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["Answer", "End", "Instruction", "Join", "Pairs", "Part", "Undo"]

P = TypeVar("P", bound="Hashable")
T = TypeVar("T", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Join(Generic[P, T]):
    """Make this node's half, then have the other node make its; tell how it went.

    Attributes:
        pair: the two.
        token: of whoever asked.
    """

    pair: P
    token: T


@dataclass(frozen=True, slots=True)
class Part(Generic[P]):
    """Have the other node undo its half; tell how it went."""

    pair: P


@dataclass(frozen=True, slots=True)
class Undo(Generic[P]):
    """Undo this node's half, if it is there."""

    pair: P


@dataclass(frozen=True, slots=True)
class End(Generic[P]):
    """Undo this node's half, and end its process: the other node is lost to it."""

    pair: P


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """Tell whoever asked that it is done, or why not."""

    token: T
    error: Exception | None = None


Instruction = Join[P, T] | Part[P] | Undo[P] | End[P] | Answer[T]


@dataclass(slots=True)
class _Pair(Generic[T]):
    """Whether a pair is linked; whose step is under way, and which; what is asked after that."""

    linked: bool = False
    step: tuple[T, bool] | None = None
    asked: dict[T, bool] = field(default_factory=dict)


class Pairs(Generic[P, T]):
    """The pairs about which a node decides; it remembers those that are linked or asked about.

    A pair is anything hashable, and so is a token, which names one asking.
    """

    def __init__(self) -> None:
        self._pairs: dict[P, _Pair[T]] = {}

    def __len__(self) -> int:
        return len(self._pairs)

    def ask(self, pair: P, token: T, *, linked: bool) -> list[Instruction[P, T]]:
        """Somebody wants a pair linked, or not. Answered by one `Answer`, now or later."""
        state = self._pairs.setdefault(pair, _Pair())
        state.asked[token] = linked
        return self._next(pair, state)

    def withdraw(self, pair: P, token: T) -> None:
        """Whoever asked does not wait any more: what is not begun is not done."""
        state = self._pairs.get(pair)
        if state is not None:
            state.asked.pop(token, None)

    def done(self, pair: P, *, stands: bool = True) -> list[Instruction[P, T]]:
        """The other node has done what it was asked to.

        Args:
            pair: the two.
            stands: of a join: whether this node's half is still there; if not, its process is ending.
        """
        state, token, linked = self._stepped(pair)
        state.linked = linked and stands
        out: list[Instruction[P, T]] = [] if linked else [Undo(pair)]
        return [*out, Answer(token), *self._next(pair, state)]

    def refused(self, pair: P, error: Exception) -> list[Instruction[P, T]]:
        """The step was refused here or there, and changed nothing at the other node."""
        state, token, linked = self._stepped(pair)
        out: list[Instruction[P, T]] = [Undo(pair)] if linked else []
        return [*out, Answer(token, error), *self._next(pair, state)]

    def lost(self, pair: P, error: Exception) -> list[Instruction[P, T]]:
        """The connection was lost before the other node's answer had come (rule 4).

        That is no error of a join: to link with what is lost is to link with what has ended.
        """
        state, token, linked = self._stepped(pair)
        state.linked = False
        return [End(pair), Answer(token, None if linked else error), *self._next(pair, state)]

    def over(self, pair: P) -> None:
        """This node's half is no more: one of the two has ended, or is lost."""
        state = self._pairs.get(pair)
        if state is not None:
            state.linked = False
            self._forget(pair, state)

    def _stepped(self, pair: P) -> tuple[_Pair[T], T, bool]:
        state = self._pairs.get(pair)
        if state is None or state.step is None:
            raise InternalError(f"nothing is being done about the pair {pair}")
        token, linked = state.step
        state.step = None
        return state, token, linked

    def _next(self, pair: P, state: _Pair[T]) -> list[Instruction[P, T]]:
        out: list[Instruction[P, T]] = []
        while state.step is None and state.asked:
            token = next(iter(state.asked))
            linked = state.asked.pop(token)
            if linked == state.linked:
                out.append(Answer(token))
            else:
                state.step = token, linked
                out.append(Join(pair, token) if linked else Part(pair))
        self._forget(pair, state)
        return out

    def _forget(self, pair: P, state: _Pair[T]) -> None:
        if not state.linked and state.step is None and not state.asked:
            del self._pairs[pair]
