"""Was there one order of all operations, each within its time, that one machine alone could have produced?

The search is Wing and Gong's ("Testing and Verifying Concurrent Objects", 1993) with Lowe's memory of places
already visited ("Testing for linearizability", 2017); histories are cut by key first, which is allowed
because linearizability is local (Herlihy and Wing, 1990) and is what makes long histories cheap.

Rules that hold here:

1. An operation takes effect once, between its call and its return.
2. An operation without a return may have taken effect at any time after its call, or never.
3. Two operations of which one returned before the other was called keep that order; at equal times they
   overlap.

Tests: `tests/raft/test_linearizability.py`, which compares with a search of all permutations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from wetware.errors import LimitError, LocalError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

__all__ = ["Model", "Operation", "Register", "Violation", "check", "check_register"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of one client.

    Attributes:
        client: who called.
        key: what it concerned; operations of different keys are independent.
        input: what was asked.
        output: what was answered; meaningless where `returned` is None.
        called: when, in any unit.
        returned: when the answer came; None where it never did.
    """

    client: Hashable
    key: Hashable
    input: Any
    output: Any
    called: float
    returned: float | None

    def __str__(self) -> str:
        answer = "no answer" if self.returned is None else f"{self.output!r} at {self.returned}"
        return f"client {self.client} at {self.called}: {self.input!r} on {self.key!r} -> {answer}"


class Model(Protocol):
    """The machine that the history is compared with. States are hashable and never changed."""

    def initial(self) -> Hashable:
        """The state of a key before its first operation."""

    def step(self, state: Hashable, operation: Operation) -> tuple[bool, Hashable]:
        """Whether the operation's output is possible in this state, and the state after it.

        Where `operation.returned` is None any output is possible.
        """


class Register:
    """One value a key, initially None.

    Inputs are tuples, and these are the outputs that fit:

    =====================  ============================================
    ``("get",)``           the value
    ``("put", value)``     anything
    ``("cas", old, new)``  True where it held `old` and holds `new` now
    =====================  ============================================
    """

    def initial(self) -> Hashable:
        """The value of a key that nobody has written."""
        return None

    def step(self, state: Hashable, operation: Operation) -> tuple[bool, Hashable]:
        """As `Model.step`."""
        match operation.input:
            case ("get",):
                return operation.returned is None or operation.output == state, state
            case ("put", value):
                return True, value
            case ("cas", old, new):
                done = state == old
                return operation.returned is None or operation.output == done, new if done else state
        raise LocalError(f"a register knows no operation {operation.input!r}: use get, put or cas")


@dataclass(frozen=True, slots=True)
class Violation:
    """A history that no order explains.

    Attributes:
        key: the key concerned.
        explained: the longest order found, in that order.
        unexplained: the operation that had to come next and could not.
    """

    key: Hashable
    explained: tuple[Operation, ...]
    unexplained: Operation

    def __str__(self) -> str:
        tail = "\n".join(f"  {operation}" for operation in self.explained[-12:])
        return (
            f"no order explains the operations on {self.key!r}; the longest found ends with\n{tail}\n"
            f"and cannot go on with\n  {self.unexplained}"
        )


def check(history: Iterable[Operation], model: Model, *, limit: int = 2_000_000) -> Violation | None:
    """The first violation found, or None where the history is linearizable.

    Args:
        history: operations in any order.
        model: what each key should have behaved like.
        limit: how many places of the search may be visited for each key.

    Raises:
        LimitError: neither answer was found within the limit.
        LocalError: an operation returns before it is called.
    """
    keys: dict[Hashable, list[Operation]] = {}
    for operation in history:
        if operation.returned is not None and operation.returned < operation.called:
            raise LocalError(f"an operation returns before it is called: {operation}")
        keys.setdefault(operation.key, []).append(operation)
    for key, operations in keys.items():
        violation = _check_key(key, operations, model, limit)
        if violation is not None:
            return violation
    return None


def check_register(history: Iterable[Operation], *, limit: int = 2_000_000) -> Violation | None:
    """`check` with a `Register` for each key."""
    return check(history, Register(), limit=limit)


def _timeline(operations: Sequence[Operation]) -> list[int]:
    """Calls and returns in order of time: operation n's call is 2n, its return 2n + 1."""
    events = [(operation.called, 0, 2 * number) for number, operation in enumerate(operations)]
    events += [
        (operation.returned, 1, 2 * number + 1)
        for number, operation in enumerate(operations)
        if operation.returned is not None
    ]
    return [event for _, _, event in sorted(events)]


def _check_key(key: Hashable, operations: Sequence[Operation], model: Model, limit: int) -> Violation | None:
    timeline = _timeline(operations)
    # a doubly linked list over the events, so that taking an operation out and putting it back costs nothing
    end = 2 * len(operations)
    after, before = [end] * (end + 1), [end] * (end + 1)
    for left, right in zip([end, *timeline], [*timeline, end], strict=True):
        after[left], before[right] = right, left

    step: Callable[[Hashable, Operation], tuple[bool, Hashable]] = model.step
    state = model.initial()
    taken = 0  # a bit for each operation that has its place in the order
    answered = sum(operation.returned is not None for operation in operations)
    order: list[tuple[int, Hashable]] = []  # operation, state before it
    longest: tuple[int, ...] = ()
    stuck = -1
    visited: set[tuple[int, Hashable]] = set()
    event = after[end]
    while answered:
        if event % 2 == 0 and event != end:
            number = event >> 1
            operation = operations[number]
            possible, next_state = step(state, operation)
            place = (taken | 1 << number, next_state)
            if possible and place not in visited:
                if len(visited) >= limit:
                    raise LimitError(
                        f"no answer within {limit} places of the search for key {key!r}: raise `limit`, or "
                        f"record fewer operations that overlap",
                        limit="limit",
                        used=len(visited),
                        allowed=limit,
                    )
                visited.add(place)
                order.append((number, state))
                taken, state = place
                _take(after, before, event)
                if operation.returned is not None:
                    _take(after, before, event + 1)
                    answered -= 1
                event = after[end]
            else:
                event = after[event]
            continue
        # a return whose operation has no place yet: whatever was placed last must move
        if stuck < 0 or len(order) > len(longest):
            longest, stuck = tuple(number for number, _ in order), event >> 1
        if not order:
            return Violation(key, tuple(operations[number] for number in longest), operations[stuck])
        number, state = order.pop()
        taken &= ~(1 << number)
        if operations[number].returned is not None:
            _put_back(after, before, 2 * number + 1)
            answered += 1
        _put_back(after, before, 2 * number)
        event = after[2 * number]
    return None


def _take(after: list[int], before: list[int], event: int) -> None:
    after[before[event]], before[after[event]] = after[event], before[event]


def _put_back(after: list[int], before: list[int], event: int) -> None:
    after[before[event]] = before[after[event]] = event
