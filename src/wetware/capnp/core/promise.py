"""Promises made here, whose calls wait in a queue, and the answers that hold such promises.

Rules that hold here:

1. Calls are delivered in the order in which they were sent: those in the queue, all of them, before the first one sent after
   the resolution.
2. The queue is flushed by the agenda, never inside `resolve`.
3. A call that waits can be withdrawn; the answer that the promise belongs to is then cancelled too, if nothing else wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.core.answer import Answer, Path, capability_at
from wetware.capnp.core.capability import Cap, PromiseBase
from wetware.capnp.exceptions import CallCancelledError

if TYPE_CHECKING:
    from wetware.capnp.core.agenda import Agenda
    from wetware.capnp.hooks import Content

__all__ = ["ForwardAnswer", "PromiseCap", "QueuedAnswer"]


class PromiseCap(PromiseBase):
    """A capability that will be another one.

    Attributes:
        resolving: whether its resolution is known (and perhaps still to be flushed).
        held: whether someone keeps it, so that calls may still come.
        owner: the answer it belongs to, until it resolves.
    """

    __slots__ = ("_queue", "held", "owner", "resolving")

    def __init__(self, agenda: Agenda, owner: QueuedAnswer | None = None) -> None:
        super().__init__(agenda)
        self._queue: list[tuple[int, int, Content, int, ForwardAnswer]] = []
        self.resolving = False
        self.held = False
        self.owner = owner

    def send(self, interface_id: int, method_id: int, content: Content, hints: int = 0) -> Answer:
        hook = self.resolved()
        if hook is not self:
            return hook.send(interface_id, method_id, content, hints)
        answer = ForwardAnswer(self._agenda, self)
        self._queue.append((interface_id, method_id, content, hints, answer))
        return answer

    def resolve(self, target: Cap) -> None:
        """It is `target`; without effect when it was resolved already."""
        if self.resolving:
            return
        self.resolving = True
        self.owner = None
        if self._queue:
            self._agenda.post(self._flush, target)
        else:
            self._become(target)

    @property
    def waiting(self) -> int:
        """How many calls wait in the queue."""
        return len(self._queue)

    def withdraw(self, answer: ForwardAnswer) -> None:
        """Take a cancelled call out of the queue."""
        self._queue = [item for item in self._queue if item[4] is not answer]
        if self.owner is not None and not self._queue:
            self.owner.reconsider()

    def _flush(self, target: Cap) -> None:
        self._become(target)
        target = self.resolved()
        queue, self._queue = self._queue, []
        for interface_id, method_id, content, hints, answer in queue:
            answer.link(target.send(interface_id, method_id, content, hints))


class QueuedAnswer(Answer):
    """An answer whose pipelined capabilities are promises made here."""

    __slots__ = ("_agenda", "_inner", "_pipes", "unwanted")

    def __init__(self, agenda: Agenda) -> None:
        super().__init__()
        self._agenda = agenda
        self._pipes: dict[Path, PromiseCap] | None = None
        self._inner: Answer | None = None
        self.unwanted = False

    def link(self, inner: Answer) -> None:
        """The results will be those of `inner`; what was pipelined travels on at once."""
        self._inner = inner
        if self._pipes is not None:
            for path, pipe in self._pipes.items():
                pipe.resolve(inner.pipeline(path) if pipe.held else inner.pipe(path))
        if self.unwanted:
            self._agenda.post(QueuedAnswer.reconsider, self)
        self.follow(inner)

    def pipe(self, path: Path) -> Cap:
        pipes = self._pipes
        if pipes is not None and (pipe := pipes.get(path)) is not None:
            return pipe
        if self._inner is not None:
            return self._inner.pipe(path)
        if self.done:
            return capability_at(self, path)
        if pipes is None:
            pipes = self._pipes = {}
        pipe = pipes[path] = PromiseCap(self._agenda, self)
        return pipe

    def pipeline(self, path: Path) -> Cap:
        pipe = self.pipe(path)
        if isinstance(pipe, PromiseCap):
            pipe.held = True
        return pipe

    def cancel(self, *, after_delivery: bool = False) -> None:
        if not self.done:
            self.unwanted = True
            if self._inner is not None or not after_delivery:
                self.reconsider()

    def reconsider(self) -> None:
        """Cancel for good if nobody wants the results and nothing depends on them."""
        if self.done or not self.unwanted:
            return
        if self._pipes is not None and any(pipe.waiting or pipe.held for pipe in self._pipes.values()):
            return
        self._abandon()

    def _abandon(self) -> None:
        if self._inner is not None:
            self._inner.cancel()
        else:
            self.settle(None, CallCancelledError("the call was cancelled"))

    def _resolve_pipes(self) -> None:
        if self._pipes is not None:
            for path, pipe in self._pipes.items():
                if not pipe.resolving:
                    pipe.resolve(capability_at(self, path))


class ForwardAnswer(QueuedAnswer):
    """The answer to a call that waits in the queue of a promise."""

    __slots__ = ("_promise",)

    def __init__(self, agenda: Agenda, promise: PromiseCap) -> None:
        super().__init__(agenda)
        self._promise: PromiseCap | None = promise

    def link(self, inner: Answer) -> None:
        self._promise = None
        super().link(inner)

    def _abandon(self) -> None:
        super()._abandon()
        promise, self._promise = self._promise, None
        if promise is not None:
            promise.withdraw(self)
