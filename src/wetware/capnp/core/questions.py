"""The question table: calls to the peer that are under way, and what was pipelined on them.

Rules that hold here:

1. A number is used again only after its `Return` was received and its `Finish` was sent, or the `Return`
   said that none is needed.
2. `Finish` goes out as soon as the results are here: what was pipelined has been resolved by then, and every
   `Disembargo` that this takes is on its way before it.
3. A cancelled question has sent its `Finish` already; with it the peer releases what the results hold, so a
   late `Return` is only the end of the number.
4. A question whose results go elsewhere (a tail call) stays until the call it answers is finished: the
   caller may still pipeline through it.
"""

from __future__ import annotations

import weakref
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING

from wetware.capnp.core.answer import Answer, BrokenCap, Path, capability_at, failed_answer, ring
from wetware.capnp.core.remote import PipelinedCap
from wetware.capnp.core.tables import Ids
from wetware.capnp.core.wire import (
    CALLER,
    CANCELED,
    RECEIVER_ANSWER,
    RECEIVER_HOSTED,
    SENT_ELSEWHERE,
    TAKE_FROM_OTHER,
    Descriptor,
    Target,
)
from wetware.capnp.exceptions import (
    CallCancelledError,
    FailedError,
    OverloadedError,
    ProtocolError,
    UnimplementedError,
)
from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp.core.capability import Cap
    from wetware.capnp.core.connection import Connection
    from wetware.capnp.hooks import Content

__all__ = ["Question", "Questions"]

_HOME = (RECEIVER_HOSTED, RECEIVER_ANSWER)


class Question(Answer):
    """One call to the peer.

    Attributes:
        id: its number.
        exports: the descriptors of what its params carried.
        finished: whether its `Finish` was sent.
        returned: whether its `Return` was received.
        tail: whether its results go to the peer's own question.
    """

    __slots__ = (
        "_connection",
        "_descriptors",
        "_ends",
        "_used",
        "exports",
        "finished",
        "id",
        "returned",
        "tail",
    )

    def __init__(self, connection: Connection, number: int, exports: Sequence[Descriptor]) -> None:
        # as the base, in one pass
        self.content = self.failure = self._listeners = self._followers = self._inner = self._pipes = None
        self.done = False
        self._connection = connection
        self._descriptors: Sequence[Descriptor] = ()
        self._used: set[Path] | None = None
        self._ends: dict[Path, Cap] | None = None
        self.id = number
        self.exports = exports
        self.finished = False
        self.returned = False
        self.tail = False

    def _known(self, path: Path) -> Cap | None:
        if self._pipes is not None:
            ref = self._pipes.get(path)
            cap: PipelinedCap | None = ref() if ref is not None else None
            if cap is not None:
                return cap
        return None if self._ends is None else self._ends.get(path)

    def _make(self, path: Path) -> Cap:
        if self.done:
            return capability_at(self, path)
        if self._pipes is None:
            self._pipes = {}
        cap = PipelinedCap(self._connection, self, path)
        cap.used = self._used is not None and path in self._used
        self._pipes[path] = weakref.ref(cap)
        return cap

    def mark_used(self, path: Path) -> None:
        """Something was sent through the capability at `path`, whoever still holds it."""
        if self._used is None:
            self._used = set()
        self._used.add(path)

    def _promises(self) -> list[PipelinedCap]:
        """What was pipelined and must be resolved: held by somebody, or sent through."""
        pipes, self._pipes = self._pipes, None
        if pipes is None:
            return []
        found = []
        for path, ref in pipes.items():
            cap = ref()
            if cap is None and self._used is not None and path in self._used:
                cap = PipelinedCap(self._connection, self, path)
                cap.used = True
            if cap is not None and cap.target is None:
                found.append(cap)
        return found

    def _resolve(self, cap: PipelinedCap, target: Cap) -> Cap:
        """Resolve what was pipelined to something of this side, and go that way from now on."""
        cap.resolve(target, came_home=True)
        if self._ends is None:
            self._ends = {}
        end = self._ends[cap.path] = cap.resolved()
        return end

    def _give_up(self, *, after_delivery: bool) -> Answer | None:  # noqa: ARG002 - it was delivered to the wire
        if self._inner is not None:
            return self._inner
        if self.finished or self.tail:
            return None
        if self._pipes is None or not any(ref() is not None for ref in self._pipes.values()):
            self._connection.questions.finish(self)
            self.settle(None, CallCancelledError("the call was cancelled"))
        return None

    def _resolve_pipes(self) -> None:
        if self._inner is not None:
            self._embargo_content()
            return
        if self._pipes is None:
            return
        for cap in self._promises():
            target = capability_at(self, cap.path)
            index = None
            if not isinstance(target, BrokenCap) and self.content is not None:
                index = self.content.cap_index(cap.path)
            if index is None or index >= len(self._descriptors) or self._descriptors[index][0] not in _HOME:
                cap.resolve(target, came_home=False)
            elif self.content is not None:
                # whoever reads the results gets the same way to the object, with its embargo
                self.content.caps[index] = self._resolve(cap, target)

    def _embargo_content(self) -> None:
        """Let whoever reads results that came another way take the way that was pipelined, with its embargo.

        Otherwise a call to what the results name would overtake those that still come back from the peer.
        """
        if self.content is None or not self._ends:
            return
        content = copy(self.content)
        content.caps = list(content.caps)
        for path, end in self._ends.items():
            with suppress(WetwareError):
                index = content.cap_index(path)
                if index is not None and index < len(content.caps):
                    content.caps[index] = end
        self.content = content

    def take_from(self, inner: Answer) -> None:
        """The results are those of a call that the peer made to this side."""
        if inner.leads_to(self):
            self.settle(None, ring())
            return
        self._inner = inner
        for cap in self._promises():
            self._resolve(cap, inner.pipeline(cap.path))
        self.follow(inner)

    def arrived(self, content: Content, descriptors: Sequence[Descriptor]) -> None:
        """The results are here."""
        self._descriptors = descriptors
        self.settle(content, None)

    @property
    def unneeded(self) -> bool:
        """Whether its results go to nobody, unless somebody holds it."""
        return not (self.returned or self.finished or self.tail or self._listeners or self._followers)


class Questions:
    """The table."""

    __slots__ = ("_connection", "_ids", "entries")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids = Ids()
        self.entries: dict[int, Question] = {}

    def ask(
        self,
        target: Target,
        interface_id: int,
        method_id: int,
        content: Content,
        hints: int = 0,
        send_to: int = CALLER,
    ) -> Answer:
        """Send a call; its answer, which has failed already where the call cannot be sent."""
        connection = self._connection
        if connection.error is not None:
            return failed_answer(connection.error)
        wire = connection.wire
        limits = connection.limits
        if content.caps or wire.queued > limits.send_bytes or len(self.entries) >= limits.questions:
            refusal = self._refusal(content)
            if refusal is not None:
                return failed_answer(refusal)
        descriptors: Sequence[Descriptor] = ()
        number = self._ids.take()
        try:
            content = wire.prepare(content)
            caps = content.caps
            if caps:
                descriptors = connection.exports.describe_all(caps)
            question = Question(connection, number, descriptors)
            wire.call(number, target, interface_id, method_id, content, descriptors, hints, send_to)
        except WetwareError as error:
            self._ids.give_back(number)
            connection.exports.take_back(descriptors)
            return failed_answer(error)
        self.entries[number] = question
        return question

    def ask_bootstrap(self) -> Answer:
        """Ask for the peer's bootstrap capability."""
        connection = self._connection
        if connection.error is not None:
            return failed_answer(connection.error)
        number = self._ids.take()
        question = self.entries[number] = Question(connection, number, ())
        connection.wire.bootstrap(number)
        return question

    def _refusal(self, content: Content) -> OverloadedError | None:
        limits = self._connection.limits
        if len(self.entries) >= limits.questions:
            return OverloadedError(
                f"{limits.questions} calls are under way on this connection; wait for some of them",
                limit="questions",
                used=len(self.entries),
                allowed=limits.questions,
            )
        queued = self._connection.wire.queued
        if queued > limits.send_bytes:
            return OverloadedError(
                f"{queued} bytes wait for the peer to read them; wait until it has",
                limit="send_bytes",
                used=queued,
                allowed=limits.send_bytes,
            )
        if content.caps and len(content.caps) > limits.caps_in_message:
            return OverloadedError(
                f"{len(content.caps)} capabilities in one call; send fewer",
                limit="caps_in_message",
                used=len(content.caps),
                allowed=limits.caps_in_message,
            )
        return None

    def finish(self, question: Question) -> None:
        """Nothing more is wanted of `question`."""
        if question.finished:
            return
        question.finished = True
        if self._connection.error is None:
            self._connection.wire.finish(question.id, release_results=True)
        if question.returned:
            self._end(question)

    def end_tail(self, question: Question) -> None:
        """The call that a tail call answers is finished."""
        self.finish(question)
        question.settle(None, CallCancelledError("the results went elsewhere"))

    def on_results(
        self,
        number: int,
        content: Content,
        descriptors: Sequence[Descriptor],
        *,
        release_params: bool,
        no_finish: bool,
    ) -> None:
        """The results of a question."""
        question = self._returned(number, release_params=release_params)
        connection = self._connection
        if question.finished or question.tail:
            self._end_of(question, no_finish=no_finish)
            return
        if descriptors:
            if len(connection.imports.entries) + len(descriptors) > connection.limits.imports:
                if not no_finish:
                    connection.wire.finish(number, release_results=True)
                self._end(question)
                question.settle(
                    None,
                    OverloadedError(
                        "the results would import more capabilities than the limit allows", limit="imports"
                    ),
                )
                return
            content.caps = connection.imports.receive_all(descriptors)
        question.arrived(content, descriptors)
        if not no_finish:
            connection.wire.finish(number, release_results=False)
        self._end(question)

    def drop_unheld(self, number: int, *, release_params: bool) -> bool:
        """Results with capabilities have come; whether nobody holds the question, which is gone then.

        Only what was pipelined through it was wanted: the peer keeps the capabilities.
        """
        question = self.entries.get(number)
        if question is None or not question.unneeded:
            return False
        exports = question.exports
        # whether anybody but the table holds the question shows when the table lets go of it
        ref = weakref.ref(question)
        del question, self.entries[number]
        held = ref()
        if held is not None:
            self.entries[number] = held
            return False
        connection = self._connection
        if exports and release_params:
            connection.exports.take_back(exports)
        self._ids.give_back(number)
        connection.wire.finish(number, release_results=True)
        return True

    def on_exception(
        self, number: int, error: BaseException, *, release_params: bool, no_finish: bool
    ) -> None:
        """A question failed."""
        question = self._returned(number, release_params=release_params)
        if not question.finished:
            question.settle(None, error)
        self._end_of(question, no_finish=no_finish)

    def on_other(self, number: int, kind: int, other: int, *, release_params: bool, no_finish: bool) -> None:
        """A `Return` that carries neither results nor an exception."""
        question = self._returned(number, release_params=release_params)
        if question.tail and kind == SENT_ELSEWHERE:
            if question.finished or no_finish:
                self._end(question)
            return
        if kind == TAKE_FROM_OTHER:
            if not question.finished:
                question.take_from(self._connection.answers.take(other))
        elif kind == CANCELED:
            question.settle(None, CallCancelledError("the callee cancelled the call"))
        else:
            question.settle(None, FailedError("the callee returned no results"))
        self._end_of(question, no_finish=no_finish)

    def on_unimplemented(self, number: int) -> None:
        """The peer does not know the message that posed the question."""
        question = self.entries.get(number)
        if question is None or question.returned:
            return
        question.returned = True
        self._connection.exports.take_back(question.exports)
        question.finished = True
        question.settle(None, UnimplementedError("the peer does not know this message"))
        self._end(question)

    def disconnect(self, error: BaseException) -> None:
        """The connection is gone: every question fails."""
        entries, self.entries = self.entries, {}
        for question in entries.values():
            question.settle(None, error)

    def _returned(self, number: int, *, release_params: bool) -> Question:
        question = self.entries.get(number)
        if question is None or question.returned:
            raise ProtocolError(f"question {number} was not asked, or has been answered before")
        question.returned = True
        if question.exports:
            if release_params:
                self._connection.exports.take_back(question.exports)
            question.exports = ()
        return question

    def _end_of(self, question: Question, *, no_finish: bool) -> None:
        """A returned question has nothing more to give."""
        if not question.finished and not no_finish:
            question.finished = True
            if self._connection.error is None:
                self._connection.wire.finish(question.id, release_results=True)
        self._end(question)

    def _end(self, question: Question) -> None:
        if self.entries.get(question.id) is question:
            del self.entries[question.id]
            self._ids.give_back(question.id)
