"""What a vat still has to do, in order.

Rules that hold here:

1. One vat, one agenda: every delivery to a local object and every flush of a promise's queue goes through
   it, first in, first out. That is what keeps E-order when several of them are due, and what keeps a chain
   of a million promises from recursing
   (`tests/capnp/test_core_promises.py::test_a_long_chain_breaks_without_recursion`).
2. An item never runs inside the code that posted it.
3. A destructor may post from any thread and at any point: `append` of a deque is atomic, and `wake` only
   schedules.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Agenda"]


def _nothing() -> None:
    """No driver is attached: whoever owns the vat calls `run` itself."""


class Agenda:
    """A first-in, first-out list of things to do.

    Attributes:
        due: what is to be done: pairs of a function and its argument.
        busy: whether somebody runs it, or is about to.
        wake: called when something was posted while nobody runs the agenda; must be safe in a destructor
            and in any thread.
    """

    __slots__ = ("busy", "due", "wake")

    def __init__(self, wake: Callable[[], None] = _nothing) -> None:
        self.due: deque[tuple[Callable[[Any], object], Any]] = deque()
        self.busy = False
        self.wake = wake

    def post(self, do: Callable[[Any], object], what: Any) -> None:
        """Have `do(what)` called later, after everything posted before."""
        self.due.append((do, what))
        if not self.busy:
            self.wake()

    def run(self, limit: int = 1000) -> bool:
        """Do what is due, `limit` items at most; whether something is left.

        An item that raises does not stop the others: the error surfaces after them, since it is a bug of
        ours.
        """
        items = self.due
        if not items:
            return False
        was_busy, self.busy = self.busy, True
        try:
            while items and limit:
                limit -= 1
                do, what = items.popleft()
                do(what)
        finally:
            self.busy = was_busy
        return bool(items)

    def __len__(self) -> int:
        return len(self.due)
