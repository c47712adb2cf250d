"""Promises made here, whose calls wait in a queue, and the answers that hold such promises.

Rules that hold here:

1. Calls are delivered in the order in which they were sent: those in the queue, all of them, before the
   first one sent after the resolution.
2. The queue is flushed by the agenda, never inside `resolve`.
3. A call that waits can be withdrawn; the answer that the promise belongs to is then cancelled too, if
   nothing else wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.core.answer import Answer, Path, capability_at, ring
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
            self._agenda.post(QueuedAnswer.reconsider, self.owner)

    def _flush(self, target: Cap) -> None:
        self._become(target)
        target = self.resolved()
        queue, self._queue = self._queue, []
        for interface_id, method_id, content, hints, answer in queue:
            answer.link(target.send(interface_id, method_id, content, hints))


class QueuedAnswer(Answer):
    """An answer whose pipelined capabilities are promises made here.

    Attributes:
        unwanted: whether it was cancelled, which takes effect once nothing depends on it.
    """

    __slots__ = ("_agenda", "unwanted")

    def __init__(self, agenda: Agenda) -> None:
        super().__init__()
        self._agenda = agenda
        self.unwanted = False

    def link(self, inner: Answer) -> None:
        """The results will be those of `inner`; what was pipelined travels on at once."""
        if inner.leads_to(self):
            self.settle(None, ring())
            return
        self._inner = inner
        if self._pipes is not None:
            for path, pipe in self._pipes.items():
                pipe.resolve(inner.pipeline(path) if pipe.held else inner.pipe(path))
        if self.unwanted:
            self._agenda.post(QueuedAnswer.reconsider, self)
        self.follow(inner)

    def pipeline(self, path: Path) -> Cap:
        pipe = self.pipe(path)
        if isinstance(pipe, PromiseCap):
            pipe.held = True
        return pipe

    def _known(self, path: Path) -> Cap | None:
        return None if self._pipes is None else self._pipes.get(path)

    def _make(self, path: Path) -> Cap:
        if self.done:
            return capability_at(self, path)
        if self._pipes is None:
            self._pipes = {}
        pipe: Cap = PromiseCap(self._agenda, self)
        self._pipes[path] = pipe
        return pipe

    def reconsider(self) -> None:
        """Something that depended on the results does not any more."""
        if self.unwanted:
            self.cancel()

    def _give_up(self, *, after_delivery: bool) -> Answer | None:
        self.unwanted = True
        if after_delivery and self._inner is None:
            return None
        if self._pipes is not None and any(pipe.waiting or pipe.held for pipe in self._pipes.values()):
            return None
        return self._abandon()

    def _abandon(self) -> Answer | None:
        """Nothing depends on the results: let go; the answer that is to be cancelled next."""
        if self._inner is None:
            self.settle(None, CallCancelledError("the call was cancelled"))
        return self._inner

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

    def _waits_for(self) -> Answer | None:
        return self._inner if self._promise is None else self._promise.owner

    def _abandon(self) -> Answer | None:
        inner = super()._abandon()
        promise, self._promise = self._promise, None
        if promise is not None:
            promise.withdraw(self)
        return inner
