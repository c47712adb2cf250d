"""One connection: the four tables, the messages that come in, and the end.

Rules that hold here:

1. Messages are handled one at a time and whole. No user code runs meanwhile: calls of local objects go to
   the agenda.
2. A peer that breaks the protocol gets an `Abort` and loses the connection; nothing else of the vat notices.
3. A message that is not known, third-party hand-off (`Provide`, `Accept`, `Join`) among them, is sent back
   as `Unimplemented`.
4. When the connection ends everything in its tables ends: questions fail, promises break, imports are dead,
   answers are cancelled, exports are released (rpc.capnp, *The Four Tables*).
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from wetware.capnp.core.answer import Answer, BrokenCap, failed_answer
from wetware.capnp.core.answers import Answers
from wetware.capnp.core.embargoes import Embargoes
from wetware.capnp.core.exports import Exports
from wetware.capnp.core.imports import Imports
from wetware.capnp.core.limits import Limits
from wetware.capnp.core.promise import PromiseCap
from wetware.capnp.core.questions import Questions
from wetware.capnp.exceptions import DisconnectedError, FailedError, PeerAbortedError, ProtocolError
from wetware.capnp.message import MessageReader
from wetware.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.core.agenda import Agenda
    from wetware.capnp.core.capability import Cap
    from wetware.capnp.core.wire import Descriptor, Target, Wire
    from wetware.capnp.hooks import Hook

__all__ = ["Connection", "SettledContent"]


class SettledContent:
    """Results that are one capability and nothing else: those of a `Bootstrap`."""

    __slots__ = ("caps",)

    def __init__(self, cap: Cap) -> None:
        self.caps: list[Hook | None] = [cap]

    def segments_for_sending(self) -> list[bytes | bytearray | memoryview]:
        """One capability pointer."""
        return [b"\3\0\0\0\0\0\0\0"]

    def reader(self) -> MessageReader:
        """A reader over the capability pointer."""
        return MessageReader(self.segments_for_sending(), self.caps)

    def cap_index(self, path: tuple[int, ...]) -> int | None:
        """The capability is the root."""
        return None if path else 0


class _Ready(Answer):
    """The answer to a `Bootstrap`."""

    __slots__ = ("_cap",)

    def __init__(self, cap: Cap) -> None:
        super().__init__()
        self._cap = cap
        self.settle(SettledContent(cap), None)

    def _make(self, path: tuple[int, ...]) -> Cap:
        return self._cap if not path else BrokenCap(FailedError("the bootstrap capability has no fields"))

    def _give_up(self, *, after_delivery: bool) -> Answer | None:
        raise NotImplementedError  # it is done


class Connection:
    """The state of one connection.

    Args:
        agenda: the vat's.
        wire: where messages go.
        bootstrap: gives the capability that the peer may ask for; None where there is none.
        limits: what the connection may cost.
        tail_calls: whether calls that lead back to the peer are sent as tail calls; off for peers that do
            not know them.

    Attributes:
        error: why the connection has ended, once it has.
        exceeded: the limit that the peer broke, where that ended it.
    """

    __slots__ = (
        "__weakref__",
        "_bootstrap",
        "_offer",
        "agenda",
        "answers",
        "embargoes",
        "error",
        "exceeded",
        "exports",
        "imports",
        "limits",
        "questions",
        "tail_calls",
        "wire",
    )

    def __init__(
        self,
        agenda: Agenda,
        wire: Wire,
        bootstrap: Callable[[], Cap | None] | None = None,
        *,
        limits: Limits | None = None,
        tail_calls: bool = True,
    ) -> None:
        self.agenda = agenda
        self.wire = wire
        self.limits = limits or Limits()
        self.tail_calls = tail_calls
        self.error: BaseException | None = None
        self.exceeded: LimitError | None = None
        self._offer = bootstrap
        self._bootstrap: weakref.ref[Cap] | None = None
        self.questions = Questions(self)
        self.answers = Answers(self)
        self.imports = Imports(self)
        self.exports = Exports(self)
        self.embargoes = Embargoes(self)

    # --- what this side does

    def bootstrap(self) -> Cap:
        """The peer's bootstrap capability; asked for once as long as somebody holds it."""
        known = self._bootstrap() if self._bootstrap is not None else None
        if known is None:
            known = self.questions.ask_bootstrap().pipeline(())
            self._bootstrap = weakref.ref(known)
        return known

    def bootstrap_answer(self) -> Answer:
        """What the peer's `Bootstrap` is answered with."""
        cap = self._offer() if self._offer is not None else None
        if cap is None:
            return failed_answer(FailedError("this side offers no bootstrap capability"))
        return _Ready(cap)

    def abort(self, error: BaseException) -> None:
        """End the connection because of `error`, and tell the peer."""
        if self.error is None:
            kind = 0 if isinstance(error, ProtocolError) else 2
            self.wire.abort(kind, str(error))
            self.disconnect(error)

    def disconnect(self, error: BaseException) -> None:
        """The connection is gone."""
        if self.error is not None:
            return
        if not isinstance(error, DisconnectedError):
            error = DisconnectedError(f"the connection has ended: {error}")
        self.error = error
        self._offer = None
        self.questions.disconnect(error)
        self.answers.disconnect()
        self.embargoes.disconnect(error)
        self.imports.disconnect(error)
        self.exports.disconnect()

    def wire_release(self, export: int, count: int) -> None:
        """Give references back to the peer, if it is still there."""
        if self.error is None:
            self.wire.release(export, count)

    # --- what the peer says; the rest goes to the tables directly

    def on_release(self, export: int, count: int) -> None:
        """The peer gives references back."""
        self.exports.release(export, count)

    def on_resolve(self, promise: int, descriptor: Descriptor) -> None:
        """A promise of the peer has resolved."""
        if len(self.imports.entries) >= self.limits.imports:
            raise ProtocolError("more capabilities were sent than are taken")
        self.imports.on_resolve(promise, descriptor)

    def on_disembargo(self, target: Target, embargo: int, *, reply: bool) -> None:
        """The peer asks for the end of an embargo, or grants it."""
        if reply:
            self.embargoes.on_reply(embargo)
        else:
            self.embargoes.on_request(target, embargo)

    def on_abort(self, reason: str) -> None:
        """The peer gives up."""
        self.disconnect(PeerAbortedError(f"the peer aborted the connection: {reason}"))

    def on_unimplemented_call(self, question: int, *, elsewhere: bool) -> None:
        """The peer does not know a `Call` or `Bootstrap` of this side."""
        if elsewhere:
            self.tail_calls = False
        self.questions.on_unimplemented(question)

    def on_unimplemented_resolve(self, descriptor: Descriptor) -> None:
        """The peer does not know promises: what one resolved to counts as released."""
        self.exports.take_back([descriptor])

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and nothing is held in either direction."""
        return not (
            self.questions.entries
            or self.answers.entries
            or self.imports.entries
            or self.exports.entries
            or self.embargoes.entries
        )


def promise(agenda: Agenda) -> PromiseCap:
    """A capability that will be known later: `resolve` it."""
    cap = PromiseCap(agenda)
    cap.held = True
    return cap
