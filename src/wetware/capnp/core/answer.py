"""Answers: the results of a call, now or later, wherever the callee lives.

Rules that hold here:

1. An answer settles once, with a content or an error. What came first stays.
2. Settling resolves the pipelined capabilities first, then tells the listeners, then the answers that follow it; following
   is a loop, not a recursion, since a peer decides how long such a chain is.
3. Listeners are internal and run no user code.
4. A pipelined capability is one object for each path, so that calls through it keep their order.
5. Cancelling takes effect once nothing depends on the results: no call waits for them, no pipelined capability is held.
"""

from __future__ import annotations

from abc import abstractmethod
from copy import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

from wetware.capnp import hooks
from wetware.capnp.core.capability import Cap
from wetware.capnp.exceptions import FailedError
from wetware.errors import InternalError, RemoteError, WetwareError

if TYPE_CHECKING:
    from wetware.capnp.hooks import Content

__all__ = ["Answer", "BrokenCap", "Path", "capability_at", "failed_answer"]

Path = tuple[int, ...]


class Answer(hooks.Answer):
    """What all answers share.

    Attributes:
        content: the results, once `done` without an error.
        error: why there are none, once `done`.
    """

    __slots__ = ("__weakref__", "_followers", "_listeners", "content", "done", "error")

    def __init__(self) -> None:
        self.content: Content | None = None
        self.error: BaseException | None = None
        self.done = False
        self._listeners: list[Callable[[hooks.Answer], None]] | None = None
        self._followers: list[Answer] | None = None

    @abstractmethod
    def pipe(self, path: Path) -> Cap:
        """As `pipeline`, for a call that is sent at once: nobody keeps the capability."""

    @abstractmethod
    def pipeline(self, path: Path) -> Cap:
        """The capability that will stand at `path` in the results."""

    @abstractmethod
    def cancel(self, *, after_delivery: bool = False) -> None:
        """Nobody waits for the results. With `after_delivery` a call that still waits in a queue is delivered first."""

    def take(self) -> Content:
        if self.error is not None:
            # a copy: the one kept here would hold the frames that it was raised through, and they this answer
            raise copy(self.error)
        if self.content is None:
            raise InternalError("an answer was read before it was there")
        return self.content

    def listen(self, listener: Callable[[hooks.Answer], None]) -> None:
        if self.done:
            listener(self)
        elif self._listeners is None:
            self._listeners = [listener]
        else:
            self._listeners.append(listener)

    def follow(self, leader: Answer) -> None:
        """Settle as `leader` does."""
        if leader.done:
            self.settle(leader.content, leader.error)
        elif leader._followers is None:
            leader._followers = [self]
        else:
            leader._followers.append(self)

    def settle(self, content: Content | None, error: BaseException | None) -> None:
        """The results are `content`, or the call failed with `error`; without effect once settled."""
        settling = [self]
        for answer in settling:
            if answer.done:
                continue
            answer.content = content
            answer.error = error
            answer.done = True
            answer._resolve_pipes()
            listeners, answer._listeners = answer._listeners, None
            if listeners is not None:
                for listener in listeners:
                    listener(answer)
            followers, answer._followers = answer._followers, None
            if followers is not None:
                settling.extend(followers)

    def _resolve_pipes(self) -> None:
        """Resolve every pipelined capability to what the results hold for it."""


class _SettledAnswer(Answer):
    """An answer that was there from the start."""

    __slots__ = ()

    def pipe(self, path: Path) -> Cap:
        return capability_at(self, path)

    def pipeline(self, path: Path) -> Cap:
        return capability_at(self, path)

    def cancel(self, *, after_delivery: bool = False) -> None:
        """Nothing is under way."""


class BrokenCap(Cap):
    """A capability whose every call fails with the same error."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def send(
        self,
        interface_id: int,  # noqa: ARG002 - the signature is the hook's
        method_id: int,  # noqa: ARG002
        content: Content,  # noqa: ARG002
        hints: int = 0,  # noqa: ARG002
    ) -> Answer:
        return failed_answer(self.error)


def failed_answer(error: BaseException) -> Answer:
    """An answer that failed before anything was sent."""
    answer = _SettledAnswer()
    answer.settle(None, error)
    return answer


def capability_at(answer: Answer, path: Path) -> Cap:
    """The capability at `path` of a settled answer; a broken one where there is none."""
    if answer.error is not None:
        return BrokenCap(answer.error)
    content = answer.content
    if content is None:
        return BrokenCap(FailedError("the call has no results"))
    try:
        index = content.cap_index(path)
    except RemoteError as error:
        return BrokenCap(FailedError(str(error)))
    except WetwareError as error:
        return BrokenCap(error)
    hook = content.caps[index] if index is not None and index < len(content.caps) else None
    if hook is None:
        return BrokenCap(FailedError("called a null capability"))
    if not isinstance(hook, Cap):
        return BrokenCap(InternalError("a foreign hook stands in the results"))
    return hook
