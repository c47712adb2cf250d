"""Answers to calls that are given when something has happened, without a task that waits for it.

Rules that hold here:

1. Whoever has asked is answered once; one that has gone meanwhile costs nothing and is not told.
2. What goes wrong reaches the caller as it does from any handler: a kind and one line (`exceptions`, rule 3).
3. Callers that are answered together do not depend on each other: one that gives up or goes takes nothing
   from the others.

A member has thousands of calls under way whose end is one event: an item is applied, some batches were
taken. A task for each of them costs as much as all that consensus does for it.

Tests: `tests/raft/test_node_rpc.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from wetware.capnp.core.promise import QueuedAnswer
from wetware.capnp.exceptions import call_error, for_peer
from wetware.capnp.message import MessageBuilder
from wetware.capnp.pending import PendingCall
from wetware.capnp.reader import StructReader
from wetware.capnp.runtime import outcome
from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.builder import StructBuilder
    from wetware.capnp.core.agenda import Agenda
    from wetware.capnp.core.answer import Answer
    from wetware.capnp.hooks import Content

__all__ = ["Later", "Together"]

_NOTHING: Final = MessageBuilder()
"""Results of all defaults; never written to."""


class Later:
    """The results of one call, to come; a token of a request, as a future is (`Running`).

    Args:
        kind: the builder of the method's results.
        results: gives their fields for what comes of the request; None: all defaults.
        agenda: the loop's.

    Attributes:
        call: what the server's method returns.
    """

    __slots__ = ("_answer", "_kind", "_results", "call")

    def __init__(
        self,
        kind: type[StructBuilder],
        results: Callable[[Any], dict[str, Any] | None],
        agenda: Agenda,
    ) -> None:
        self._kind = kind
        self._results = results
        self._answer = QueuedAnswer(agenda)
        self.call: PendingCall[StructReader] = PendingCall(self._answer)

    def done(self) -> bool:
        """Whether it was answered, or nobody wants an answer any more."""
        return self._answer.done

    def set_result(self, value: Any) -> None:
        """The request has come to this."""
        try:
            fields = self._results(value)
        except WetwareError as error:
            self.set_exception(error)
        else:
            content = _NOTHING if fields is None else cast("Content", outcome(self._kind, fields))
            self._answer.settle(content, None)

    def set_exception(self, error: WetwareError) -> None:
        """The request has failed."""
        self._answer.settle(None, call_error(*for_peer(error)))


class _Shared(QueuedAnswer):
    """An answer to several calls."""

    __slots__ = ()

    def _give_up(self, *, after_delivery: bool) -> Answer | None:  # noqa: ARG002 - rule 3
        self.unwanted = True
        return None


class Together:
    """Results for several calls, given to all at once: something for the first, nothing for the others.

    Args:
        agenda: the loop's.

    Attributes:
        count: how many calls there are.
    """

    __slots__ = ("_agenda", "_first", "_others", "count")

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self._first = _Shared(agenda)
        self._others: _Shared | None = None
        self.count = 0

    def call(self) -> PendingCall[StructReader]:
        """What the server's method returns for one more call."""
        self.count += 1
        if self.count == 1:
            return PendingCall(self._first)
        if self._others is None:
            self._others = _Shared(self._agenda)
        return PendingCall(self._others)

    @property
    def is_wanted(self) -> bool:
        """Whether whoever made the first call is still there, as far as is known."""
        return not self._first.unwanted

    def answer(self, content: Content | None = None) -> None:
        """Answer all calls."""
        self._first.settle(content or _NOTHING, None)
        if self._others is not None:
            self._others.settle(_NOTHING, None)
