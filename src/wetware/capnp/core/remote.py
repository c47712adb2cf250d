"""Capabilities that live behind a connection: settled imports, imported promises, and promised results.

Rules that hold here:

1. Calls to a remote promise are sent to the peer at once; that is pipelining.
2. When such a promise turns out to be something that the peer got from this side, calls already sent will
   come back, and calls sent from now on must not overtake them: the promise is under an embargo until a
   `Disembargo` has made the same round (rpc.capnp, `Disembargo`). No embargo is needed when nothing was
   sent through the promise.
3. The need for an embargo passes on: what was sent through a promise also went through the promise that it
   resolved to.
4. The last reference to an import releases it: its destructor puts the table's entry into a queue and
   nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.core.answer import Answer, BrokenCap, Path
from wetware.capnp.core.capability import Cap, PromiseBase
from wetware.capnp.core.promise import PromiseCap

if TYPE_CHECKING:
    from wetware.capnp.core.connection import Connection
    from wetware.capnp.core.imports import Import
    from wetware.capnp.core.questions import Question
    from wetware.capnp.core.wire import Descriptor, Target
    from wetware.capnp.hooks import Content

__all__ = ["ImportCap", "ImportPromise", "PipelinedCap", "RemotePromise"]


class ImportCap(Cap):
    """A settled capability of the peer's export table."""

    __slots__ = ("connection", "entry")

    def __init__(self, connection: Connection, entry: Import) -> None:
        self.connection: Connection = connection
        self.entry = entry

    def send(self, interface_id: int, method_id: int, content: Content, hints: int = 0) -> Answer:
        return self.connection.questions.ask((self.entry.id, None), interface_id, method_id, content, hints)

    def address(self) -> Target:
        """Where calls to it are sent."""
        return (self.entry.id, None)

    def describe(self) -> Descriptor:
        """How it is named when it goes home."""
        return (3, self.entry.id, None)

    def __del__(self) -> None:
        self.connection.imports.let_go(self.entry)


class RemotePromise(PromiseBase):
    """What imported promises and promised results share.

    Attributes:
        used: whether anything was sent through it.
    """

    __slots__ = ("connection", "used")

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection.agenda)
        self.connection: Connection = connection
        self.used = False

    def send(self, interface_id: int, method_id: int, content: Content, hints: int = 0) -> Answer:
        hook = self.resolved()
        if hook is not self:
            return hook.send(interface_id, method_id, content, hints)
        self.mark_used()
        return self.connection.questions.ask(self.address(), interface_id, method_id, content, hints)

    def mark_used(self) -> None:
        """Something is sent through it."""
        self.used = True

    def address(self) -> Target:
        raise NotImplementedError

    def describe(self) -> Descriptor:
        raise NotImplementedError

    def resolve(self, target: Cap, *, came_home: bool) -> None:
        """It is `target`, which the peer got from this side if it `came_home`."""
        if self.target is not None:
            return
        if self.used and not isinstance(target, BrokenCap):
            if came_home:
                target = self.connection.embargoes.impose(self.address(), target)
            else:
                end = target.resolved()
                if isinstance(end, RemotePromise) and end.connection is self.connection:
                    end.mark_used()
        self._become(target)


class ImportPromise(RemotePromise):
    """A promise of the peer's export table."""

    __slots__ = ("entry",)

    def __init__(self, connection: Connection, entry: Import) -> None:
        super().__init__(connection)
        self.entry = entry

    def address(self) -> Target:
        return (self.entry.id, None)

    def describe(self) -> Descriptor:
        self.mark_used()
        return (3, self.entry.id, None)

    def __del__(self) -> None:
        self.connection.imports.let_go(self.entry)


class PipelinedCap(RemotePromise):
    """A capability in results that are not here yet."""

    __slots__ = ("path", "question")

    def __init__(self, connection: Connection, question: Question, path: Path) -> None:
        # as the bases, in one pass
        self._agenda = connection.agenda
        self.target: Cap | None = None
        self._watchers = None
        self.connection: Connection = connection
        self.used = False
        self.question: Question | None = question
        self.path = path

    def send(self, interface_id: int, method_id: int, content: Content, hints: int = 0) -> Answer:
        question = self.question
        if question is None:
            return self.resolved().send(interface_id, method_id, content, hints)
        if not self.used:
            self.used = True
            question.mark_used(self.path)
        return self.connection.questions.ask(
            (question.id, self.path), interface_id, method_id, content, hints
        )

    def address(self) -> Target:
        question = self.question
        if question is None:
            raise AssertionError("a resolved promise has no address")
        return (question.id, self.path)

    def mark_used(self) -> None:
        if not self.used:
            self.used = True
            if self.question is not None:
                self.question.mark_used(self.path)

    def describe(self) -> Descriptor:
        self.mark_used()
        question = self.question
        if question is None:
            raise AssertionError("a resolved promise is described by what it is")
        return (4, question.id, self.path)

    def resolve(self, target: Cap, *, came_home: bool) -> None:
        super().resolve(target, came_home=came_home)
        self.question = None


def embargoed(target: Cap) -> bool:
    """Whether calls to `target` wait for an embargo to be lifted."""
    return isinstance(target, PromiseCap) and target.is_promise
