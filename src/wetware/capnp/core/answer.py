"""Answers: the results of a call, now or later, wherever the callee lives.

Rules that hold here:

1. An answer settles once, with a content or an error. What came first stays.
2. Settling resolves the pipelined capabilities first, then tells the listeners, then the answers that
   follow it.
3. A peer decides how long a chain of answers is that follow each other: such chains are walked in loops,
   never by recursion, and one that would close into a ring fails instead
   (`tests/capnp/test_core_promises.py`).
4. Listeners are internal and run no user code.
5. A pipelined capability is one object for each path, so that calls through it keep their order.
6. Cancelling takes effect once nothing depends on the results: no call waits for them, no pipelined
   capability is held.
"""


# ruff: noqa: SLF001 - answers look into each other

from __future__ import annotations

from collections import deque
from copy import copy
from typing import TYPE_CHECKING, Any

from wetware.capnp import hooks
from wetware.capnp.core.capability import Cap
from wetware.capnp.exceptions import FailedError
from wetware.errors import InternalError, RemoteError, WetwareError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.hooks import Content

__all__ = ["Answer", "BrokenCap", "Path", "capability_at", "failed_answer"]

Path = tuple[int, ...]


class Answer(hooks.Answer):
    """What all answers share.

    Attributes:
        content: the results, once `done` without an error.
        failure: why there are none, once `done`.
    """

    __slots__ = ("__weakref__", "_followers", "_inner", "_listeners", "_pipes", "content", "done", "failure")

    def __init__(self) -> None:
        self.content: Content | None = None
        self.failure: BaseException | None = None
        self.done = False
        self._listeners: list[Callable[[hooks.Answer], None]] | None = None
        self._followers: list[Answer] | None = None
        self._inner: Answer | None = None
        self._pipes: dict[Path, Any] | None = None  # what was pipelined, as the kind of answer keeps it

    def pipe(self, path: Path) -> Cap:
        """As `pipeline`, for a call that is sent at once: nobody keeps the capability."""
        answer = self
        while True:
            known = answer._known(path)
            if known is not None:
                return known
            inner = answer._inner
            if inner is None:
                return answer._make(path)
            answer = inner

    def pipeline(self, path: Path) -> Cap:
        """The capability that will stand at `path` in the results."""
        return self.pipe(path)

    def cancel(self, *, after_delivery: bool = False) -> None:
        """Nobody waits for the results. `after_delivery`: deliver a call that waits in a queue first."""
        answer: Answer | None = self
        while answer is not None:
            answer = None if answer.done else answer._give_up(after_delivery=after_delivery)

    def _known(self, path: Path) -> Cap | None:  # noqa: ARG002 - for subclasses that keep what they made
        """What was pipelined at `path` before."""
        return None

    def _make(self, path: Path) -> Cap:
        """What stands at `path`, for the first time."""
        raise NotImplementedError

    def _give_up(self, *, after_delivery: bool) -> Answer | None:
        """Cancel this answer if nothing depends on it; the answer that is to be cancelled next."""
        raise NotImplementedError

    def _waits_for(self) -> Answer | None:
        """The answer that has to be there before this one can be."""
        return self._inner

    def leads_to(self, other: Answer) -> bool:
        """Whether the results cannot be there before those of `other`."""
        answer: Answer | None = self
        while answer is not None:
            if answer is other:
                return True
            answer = answer._waits_for()
        return False

    def take(self) -> Content:
        if self.failure is not None:
            # a copy: the one kept here would hold the frames that it was raised through, and they this answer
            raise copy(self.failure)
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
            self.settle(leader.content, leader.failure)
        elif leader._followers is None:
            leader._followers = [self]
        else:
            leader._followers.append(self)

    def settle(self, content: Content | None, error: BaseException | None) -> None:
        """The results are `content`, or the call failed with `error`; without effect once settled."""
        answer = self
        rest: deque[tuple[Answer, Content | None]] | None = None
        while True:
            if not answer.done:
                answer.content = content
                answer.failure = error
                answer.done = True
                if answer._pipes is not None or answer._inner is not None:
                    answer._resolve_pipes()
                if answer._listeners is not None:
                    listeners, answer._listeners = answer._listeners, None
                    for listener in listeners:
                        listener(answer)
                if answer._followers is not None:
                    followers, answer._followers = answer._followers, None
                    # a follower gets what its leader made of it: capabilities may stand under an embargo
                    if rest is None:
                        rest = deque()
                    rest.extend([(follower, answer.content) for follower in followers])
            if not rest:
                return
            answer, content = rest.popleft()

    def _resolve_pipes(self) -> None:
        """Resolve every pipelined capability to what the results hold for it; there are some, or `_inner`."""


class _SettledAnswer(Answer):
    """An answer that was there from the start."""

    __slots__ = ()

    def _make(self, path: Path) -> Cap:
        return capability_at(self, path)

    def _give_up(self, *, after_delivery: bool) -> Answer | None:
        raise NotImplementedError  # it is done


def ring() -> FailedError:
    """The error of results that are waited for by the call that should give them."""
    return FailedError("the call's results depend on themselves")


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
    if answer.failure is not None:
        return BrokenCap(answer.failure)
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
