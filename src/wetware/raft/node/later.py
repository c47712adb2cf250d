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

from wetware.capnp.exceptions import call_error, for_peer
from wetware.capnp.message import MessageBuilder
from wetware.capnp.runtime import outcome
from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.builder import StructBuilder
    from wetware.capnp.hooks import Content, Context

__all__ = ["Later", "Together"]

_NOTHING: Final = MessageBuilder()
"""Results of all defaults; never written to."""


class Later:
    """One call whose answer is to come; a token of a request, as a future is (`Running`).

    Args:
        context: the call, whose handler returns `LATER`.
        kind: the builder of the method's results.
        results: gives their fields for what comes of the request; None: all defaults.
    """

    __slots__ = ("_context", "_kind", "_results")

    def __init__(
        self,
        context: Context,
        kind: type[StructBuilder],
        results: Callable[[Any], dict[str, Any] | None],
    ) -> None:
        self._context = context
        self._kind = kind
        self._results = results

    def done(self) -> bool:
        """Whether it was answered, or nobody wants an answer any more."""
        return self._context.done

    def set_result(self, value: Any) -> None:
        """The request has come to this."""
        try:
            fields = self._results(value)
        except WetwareError as error:
            self.set_exception(error)
        else:
            content = _NOTHING if fields is None else cast("Content", outcome(self._kind, fields))
            self._context.finish(content, None)

    def set_exception(self, error: WetwareError) -> None:
        """The request has failed."""
        self._context.finish(None, call_error(*for_peer(error)))


class Together:
    """Several calls that are answered at once: the first with something, the others with nothing.

    Their handlers return `LATER`.
    """

    __slots__ = ("_calls",)

    def __init__(self) -> None:
        self._calls: list[Context] = []

    def __len__(self) -> int:
        return len(self._calls)

    def add(self, context: Context) -> None:
        """One more call."""
        self._calls.append(context)

    @property
    def is_wanted(self) -> bool:
        """Whether whoever made the first call is still there, as far as is known."""
        return not self._calls[0].done

    def answer(self, content: Content | None = None) -> None:
        """Answer all calls."""
        for context in self._calls:
            context.finish(content or _NOTHING, None)
            content = None
