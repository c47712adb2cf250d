"""Answers to calls that are given when something has happened, without a task that waits for it.

Rules that hold here:

1. Whoever has asked is answered once; one that has gone meanwhile costs nothing and is not told.
2. What goes wrong reaches the caller as it does from any handler: a kind and one line (`exceptions`, rule 3).

A member has thousands of calls under way whose end is one event: an item is applied, some batches were taken. A
task for each of them costs as much as all that consensus does for it.

Tests: `tests/raft/test_node_rpc.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.core.promise import QueuedAnswer
from wetware.capnp.exceptions import call_error, for_peer
from wetware.capnp.message import MessageBuilder
from wetware.capnp.pending import PendingCall
from wetware.capnp.reader import StructReader
from wetware.capnp.runner import Runner
from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.hooks import Content

__all__ = ["NOTHING", "Later"]

NOTHING: Final = MessageBuilder()
"""Results of all defaults; never written to."""


class Later:
    """The results of one call, to come; a token of a request, as a future is (`Running`).

    Args:
        results: makes the results' message of what comes of the request.

    Attributes:
        call: what the server's method returns.
    """

    __slots__ = ("_answer", "_results", "call")

    def __init__(self, results: Callable[[Any], Content]) -> None:
        self._results = results
        self._answer = QueuedAnswer(Runner.current().agenda)
        self.call: PendingCall[StructReader] = PendingCall(self._answer)

    def done(self) -> bool:
        """Whether it was answered, or nobody wants an answer any more."""
        return self._answer.done

    def set_result(self, value: Any) -> None:
        """The request has come to this."""
        try:
            content = self._results(value)
        except WetwareError as error:
            self.set_exception(error)
        else:
            self._answer.settle(content, None)

    def set_exception(self, error: WetwareError) -> None:
        """The request has failed."""
        self._answer.settle(None, call_error(*for_peer(error)))
