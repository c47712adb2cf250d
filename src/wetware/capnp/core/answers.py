"""The answer table: calls of the peer, from their arrival to their `Finish`.

Rules that hold here:

1. Each call gets exactly one `Return`, also when it was cancelled. Results without capabilities need no
   `Finish`: the entry is gone with the `Return`. Results with capabilities, and errors, stay for pipelined
   calls until the `Finish`.
2. A `Finish` before the `Return` cancels the call, unless other calls depend on its results.
3. A call whose target turns out to live at the caller's goes back as a tail call: its results need not
   travel twice.
4. Past a limit a call is refused with `overloaded`; nothing of it is kept. What runs counts until it has
   really ended, so that cancelling makes no room for more than the limit.
5. What a `Finish` gives back is let go of in a second step, so that nobody waits for it (`let_go`).
6. A call pipelined on an answer that does not exist (any more) fails; it does not end the connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.core.answer import Answer, BrokenCap, Path
from wetware.capnp.core.local import LocalCall, LocalCap
from wetware.capnp.core.questions import Question
from wetware.capnp.core.remote import ImportCap, RemotePromise
from wetware.capnp.core.wire import (
    CANCELED,
    RECEIVER_ANSWER,
    RECEIVER_HOSTED,
    SENT_ELSEWHERE,
    TAKE_FROM_OTHER,
    YOURSELF,
    Descriptor,
    Target,
)
from wetware.capnp.exceptions import FailedError, ProtocolError, for_peer
from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp import hooks
    from wetware.capnp.core.capability import Cap
    from wetware.capnp.core.connection import Connection
    from wetware.capnp.hooks import Content

__all__ = ["AnswerEntry", "Answers"]

_OVERLOADED = 1


class AnswerEntry:
    """One call of the peer.

    Attributes:
        id: its number.
        answer: its results, now or later.
        returned: whether its `Return` was sent.
        elsewhere: whether the caller wants the results kept for another question (`sendResultsTo.yourself`).
        taken: whether that other question has claimed them.
        tail: the question that the caller takes the results from.
        content: the results as they were sent, where they hold capabilities.
        descriptors: how those were described.
        size: the bytes of the params.
    """

    __slots__ = (
        "_connection",
        "answer",
        "content",
        "descriptors",
        "elsewhere",
        "id",
        "returned",
        "size",
        "tail",
        "taken",
    )

    def __init__(self, connection: Connection, number: int, size: int, elsewhere: bool) -> None:
        self._connection = connection
        self.id = number
        self.answer: Answer | None = None
        self.returned = False
        self.elsewhere = elsewhere
        self.taken = False
        self.tail: Question | None = None
        self.content: Content | None = None
        self.descriptors: Sequence[Descriptor] = ()
        self.size = size

    def tail_call(self, target: Cap, interface_id: int, method_id: int, content: Content) -> Answer | None:
        """Send the call back to the caller and have it keep the results; None where that cannot be."""
        connection = self._connection
        if (
            self.returned
            or self.elsewhere
            or target.connection is not connection
            or not connection.tail_calls
            or not isinstance(target, ImportCap | RemotePromise)
        ):
            return None
        if isinstance(target, RemotePromise):
            target.mark_used()
        question = connection.questions.ask(target.address(), interface_id, method_id, content, 0, YOURSELF)
        if isinstance(question, Question):
            question.tail = True
            self.tail = question
            self.returned = True
            connection.wire.return_other(self.id, TAKE_FROM_OTHER, question.id)
        return question

    def on_done(self, answer: hooks.Answer) -> None:
        """The results, or the error, are there."""
        connection = self._connection
        answers = connection.answers
        if answer.__class__ is LocalCall:
            answer.origin = None
        answers.running -= 1
        answers.bytes_in -= self.size
        if self.returned or connection.error is not None:
            return
        self.returned = True
        wire = connection.wire
        if self.elsewhere:
            wire.return_other(self.id, SENT_ELSEWHERE, 0)
            return
        assert self.answer is not None
        answer = self.answer
        content = answer.content
        if answer.failure is not None or content is None:
            error = answer.failure or FailedError("the call has no results")
            wire.exception(self.id, *for_peer(error), release_params=False, no_finish=False)
            return
        descriptors: Sequence[Descriptor] = ()
        try:
            content = wire.prepare(content)
            caps = content.caps
            limits = connection.limits
            if wire.queued > limits.send_bytes or (
                caps
                and (
                    len(caps) > limits.caps_in_message
                    or len(connection.exports.entries) + len(caps) > limits.exports
                )
            ):
                refusal = answers.refuse_results(len(caps))
                if refusal is not None:
                    wire.exception(self.id, _OVERLOADED, refusal, release_params=False, no_finish=False)
                    return
            if caps:
                descriptors = connection.exports.describe_all(caps)
            wire.results(self.id, content, descriptors, no_finish=not descriptors)
        except WetwareError as failure:
            connection.exports.take_back(descriptors)
            wire.exception(self.id, *for_peer(failure), release_params=False, no_finish=False)
            return
        if descriptors:
            self.content = content
            self.descriptors = descriptors
        else:
            del answers.entries[self.id]

    def points_home(self, path: Path) -> Descriptor | None:
        """How the caller was told that what stands at `path` is its own; None where it was not."""
        if self.tail is not None:
            return (RECEIVER_ANSWER, self.tail.id, path)
        if self.content is None:
            return None
        try:
            index = self.content.cap_index(path)
        except WetwareError:
            return None
        if index is None or index >= len(self.descriptors):
            return None
        told = self.descriptors[index]
        return told if told[0] in (RECEIVER_HOSTED, RECEIVER_ANSWER) else None


class Answers:
    """The table.

    Attributes:
        running: calls that have not ended, also those whose caller has given up.
        bytes_in: what the params of those take.
        finished: entries that are gone and whose results the peer has given back, not let go of yet.
    """

    __slots__ = ("_connection", "bytes_in", "entries", "finished", "running")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.entries: dict[int, AnswerEntry] = {}
        self.running = 0
        self.bytes_in = 0
        self.finished: list[AnswerEntry] = []

    def on_call(
        self,
        number: int,
        target: Target,
        interface_id: int,
        method_id: int,
        content: Content,
        descriptors: Sequence[Descriptor],
        hints: int,
        send_to: int,
        size: int,
    ) -> None:
        """The peer calls."""
        if number in self.entries:
            raise ProtocolError(f"question {number} is in use already")
        connection = self._connection
        limits = connection.limits
        if (
            descriptors
            or self.running >= limits.calls_in
            or len(self.entries) >= 2 * limits.calls_in
            or self.bytes_in + size > limits.call_bytes_in
        ):
            refusal = self._refuse_call(size, len(descriptors))
            if refusal is not None:
                connection.wire.exception(number, _OVERLOADED, refusal, release_params=True, no_finish=True)
                return
        if descriptors:
            content.caps = connection.imports.receive_all(descriptors)
        cap = self.target(target)
        entry = AnswerEntry(connection, number, size, send_to == YOURSELF)
        self.entries[number] = entry
        self.running += 1
        self.bytes_in += size
        answer: Answer | None = None
        if cap.__class__ is not LocalCap:
            cap = cap.resolved()
            if cap.connection is connection:
                answer = entry.tail_call(cap, interface_id, method_id, content)
        if answer is None:
            answer = cap.send(interface_id, method_id, content, hints)
        entry.answer = answer
        if answer.__class__ is LocalCall:
            answer.origin = entry
        answer.listen(entry.on_done)

    def on_bootstrap(self, number: int) -> None:
        """The peer asks for the bootstrap capability."""
        if number in self.entries:
            raise ProtocolError(f"question {number} is in use already")
        connection = self._connection
        refusal = self._refuse_call(0, 0)
        if refusal is not None:
            connection.wire.exception(number, _OVERLOADED, refusal, release_params=True, no_finish=True)
            return
        entry = self.entries[number] = AnswerEntry(connection, number, 0, False)
        self.running += 1
        answer = connection.bootstrap_answer()
        entry.answer = answer
        answer.listen(entry.on_done)

    def on_finish(self, number: int, *, release_results: bool, after_delivery: bool) -> None:
        """The peer wants no more of this answer."""
        entry = self.entries.pop(number, None)
        if entry is None:
            return  # its `Return` said that no `Finish` is needed
        connection = self._connection
        if entry.returned:
            if release_results and entry.descriptors:
                self.finished.append(entry)
            if entry.tail is not None:
                connection.questions.end_tail(entry.tail)
            if entry.elsewhere and not entry.taken and entry.answer is not None:
                entry.answer.cancel()
            return
        entry.returned = True
        connection.wire.return_other(number, SENT_ELSEWHERE if entry.elsewhere else CANCELED, 0)
        if not entry.taken and entry.answer is not None:
            entry.answer.cancel(after_delivery=after_delivery)

    def let_go(self) -> None:
        """Let go of what the peer has given back with its `Finish` messages."""
        finished, self.finished = self.finished, []
        for entry in finished:
            self._connection.exports.take_back(entry.descriptors)

    def target(self, target: Target) -> Cap:
        """What a message is addressed to."""
        number, path = target
        if path is None:
            return self._connection.exports.get(number)
        entry = self.entries.get(number)
        if entry is None or entry.answer is None:
            return _gone()
        return entry.answer.pipe(path)

    def pipelined(self, number: int, path: Path) -> Cap:
        """The capability that the peer names as part of an answer."""
        entry = self.entries.get(number)
        if entry is None or entry.answer is None:
            return _gone()
        return entry.answer.pipeline(path)

    def take(self, number: int) -> Answer:
        """The results that were kept for another question of this side."""
        entry = self.entries.get(number)
        if entry is None or entry.answer is None or not entry.elsewhere or entry.taken:
            raise ProtocolError(f"answer {number} was not kept for another question")
        entry.taken = True
        return entry.answer

    def disconnect(self) -> None:
        """The connection is gone: nobody waits for these any more."""
        entries, self.entries = self.entries, {}
        self.finished.clear()
        for entry in entries.values():
            if entry.answer is not None and not entry.answer.done and not entry.taken:
                entry.answer.cancel()

    def refuse_results(self, caps: int) -> str | None:
        """Why results with so many capabilities cannot be sent now, if they cannot."""
        connection = self._connection
        limits = connection.limits
        if connection.wire.queued > limits.send_bytes:
            return f"{connection.wire.queued} bytes wait for the caller to read them"
        if caps and (
            caps > limits.caps_in_message or len(connection.exports.entries) + caps > limits.exports
        ):
            return "the results hold more capabilities than the caller may be given; release some"
        return None

    def _refuse_call(self, size: int, caps: int) -> str | None:
        limits = self._connection.limits
        if self.running >= limits.calls_in or len(self.entries) >= 2 * limits.calls_in:
            return f"{self.running} calls are under way on this connection and {limits.calls_in} are allowed"
        if self.bytes_in + size > limits.call_bytes_in and self.bytes_in:
            return f"the params of the calls under way take {self.bytes_in} bytes"
        if caps and (
            caps > limits.caps_in_message or len(self._connection.imports.entries) + caps > limits.imports
        ):
            return "the call brings more capabilities than are taken; release some"
        return None


def _gone() -> Cap:
    return BrokenCap(FailedError("pipelined on an answer that is finished or holds no capabilities"))
