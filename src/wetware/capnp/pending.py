"""What a generated client method returns: the results of a call, to be awaited or pipelined on.

Rules that hold here:

1. Awaiting gives the results' reader or raises the call's error; awaiting again gives the same.
2. A task that is cancelled while it awaits cancels the call at the callee too. Dropping a pending call
   without awaiting it does not: what was asked for is done, its results are released when they arrive.
3. A streaming call is awaited for room in its window, not for its end. An error of an earlier call of the
   stream is raised by the next one, and by `finish`.

Source of the streaming model:
https://capnproto.org/news/2020-04-23-capnproto-0.8.html#multi-stream-flow-control.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from wetware.capnp.reader import StructReader

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from wetware.capnp import hooks

__all__ = ["PendingCall", "Pipeline", "set_shortcut", "when_done"]

P = TypeVar("P", bound="Pipeline")
R_co = TypeVar("R_co", covariant=True, bound=StructReader)


_shortcut: list[Callable[[hooks.Answer], object]] = []


def set_shortcut(wait: Callable[[hooks.Answer], object] | None) -> None:
    """Have something called before a task waits for an answer.

    A loop may get the answer without a turn (a guest's); by default, calls that nothing else is to leave with
    are written (`runner`).
    """
    _shortcut[:] = [] if wait is None else [wait]


class Pipeline:
    """The base of the generated classes of a struct that is still to come: its capabilities can be called.

    Args:
        answer: the call whose results hold the struct.
        path: where it stands in them, as pointer indices from the root.
    """

    __slots__ = ("_answer", "_path")

    def __init__(self, answer: hooks.Answer, path: tuple[int, ...] = ()) -> None:
        self._answer = answer
        self._path = path

    def _pipeline(self, *path: int) -> hooks.Hook:
        """The capability that will stand at `path` inside the struct."""
        return self._answer.pipeline((*self._path, *path))

    def _inside(self, kind: type[P], *path: int) -> P:
        """The struct that will stand at `path` inside the struct."""
        return kind(self._answer, (*self._path, *path))


class PendingCall(Pipeline, Generic[R_co]):
    """The base of the generated classes, one for each method with results.

    A generated subclass sets `_results` to the reader class and has one property for each capability, and for
    each struct that holds some, in the results, made from `_pipeline`.
    """

    __slots__ = ()

    _results: ClassVar[type[StructReader]] = StructReader

    def __await__(self) -> Generator[Any, None, R_co]:
        answer = self._answer
        if _shortcut and not answer.done:
            _shortcut[0](answer)
        if not answer.done:
            future = asyncio.get_running_loop().create_future()
            answer.listen(lambda _: None if future.done() else future.set_result(None))
            try:
                yield from future
            except asyncio.CancelledError:
                answer.cancel()
                raise
        return answer.take().reader().root(self._results)  # type: ignore[return-value]  # the generator's word

    @property
    def done(self) -> bool:
        """Whether awaiting would not wait."""
        return self._answer.done

    def cancel(self) -> None:
        """Give the call up; the callee's handler is cancelled."""
        self._answer.cancel()


def when_done(call: PendingCall[Any], see: Callable[[Any, BaseException | None], object]) -> None:
    """Have something called with a call's results, or None and its error, when they are there.

    It is called between two steps of the connection: it must neither wait nor raise.
    """

    def listener(answer: hooks.Answer) -> None:
        if answer.failure is None:
            see(answer.take().reader().root(call._results), None)  # noqa: SLF001 - this file's own
        else:
            see(None, answer.failure)

    call._answer.listen(listener)  # noqa: SLF001 - as above
