"""Objects hosted in this vat, and the calls that are delivered to them.

Rules that hold here:

1. An object has one `LocalCap` at a time, so that it has one export in each connection and is itself when
   it comes home.
2. A call is delivered by the agenda, in the order of sending, and each on its own: a handler that waits
   delays nobody.
3. A call settles once. Cancelling asks the host to stop the handler; the answer is cancelled at once.
4. When the last reference to a `LocalCap` goes, the host is told through the agenda, not in the destructor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from wetware.capnp.core.answer import capability_at
from wetware.capnp.core.capability import Cap
from wetware.capnp.core.promise import QueuedAnswer
from wetware.capnp.exceptions import CallCancelledError
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.core.agenda import Agenda
    from wetware.capnp.core.answer import Answer, Path
    from wetware.capnp.hooks import Content, Hook

__all__ = ["Host", "LocalCall", "LocalCap", "TailCaller"]


class Host(Protocol):
    """Who runs the handlers of this vat's objects."""

    agenda: Agenda

    def start(self, call: LocalCall) -> None:
        """Run the handler of `call`; its end settles the call."""
        ...

    def dropped(self, server: Any) -> None:
        """The last reference to `server` is gone."""
        ...


class TailCaller(Protocol):
    """The connection's side of a call that came over the wire."""

    def tail_call(self, target: Cap, interface_id: int, method_id: int, content: Content) -> Answer | None:
        """Have the caller fetch the results itself; None where `target` does not live at the caller's."""
        ...


class LocalCap(Cap):
    """A capability to an object of this vat.

    Attributes:
        server: the object; what it is, only the host knows.
        host: who runs its handlers.
    """

    __slots__ = ("host", "server")

    def __init__(self, server: Any, host: Host) -> None:
        self.server = server
        self.host = host

    def send(
        self,
        interface_id: int,
        method_id: int,
        content: Content,
        hints: int = 0,  # noqa: ARG002 - the signature is the hook's
    ) -> LocalCall:
        host = self.host
        call = LocalCall(host.agenda, self, interface_id, method_id, content)
        host.agenda.post(host.start, call)
        return call

    def __del__(self) -> None:
        host = self.host
        host.agenda.post(host.dropped, self.server)


class LocalCall(QueuedAnswer):
    """One call of an object of this vat, and its answer.

    Attributes:
        cap: the object called; None once the call has settled.
        params: the parameters; None once the call has settled.
        origin: the connection's side of the call, if it came over one and is not settled.
        stop: how to stop the handler; set by the host while the handler is suspended.
    """

    __slots__ = ("cap", "interface_id", "method_id", "origin", "params", "stop")

    def __init__(
        self, agenda: Agenda, cap: LocalCap, interface_id: int, method_id: int, params: Content
    ) -> None:
        # as the bases, in one pass
        self.content = self.failure = self._listeners = self._followers = self._inner = self._pipes = None
        self.done = self.unwanted = False
        self._agenda = agenda
        self.cap: LocalCap | None = cap
        self.interface_id = interface_id
        self.method_id = method_id
        self.params: Content | None = params
        self.origin: TailCaller | None = None
        self.stop: Callable[[], object] | None = None

    def pipe(self, path: Path) -> Cap:
        if self.done and self._pipes is None and self._inner is None:
            return capability_at(self, path)  # the commonest way, in one step
        return super().pipe(path)

    @property
    def is_linked(self) -> bool:
        """Whether the results will be those of another call."""
        return self._inner is not None

    def tail_call(self, target: Hook, interface_id: int, method_id: int, content: Content) -> None:
        """Let another call's results be the results of this one; they need not pass through this vat."""
        target = target.resolved()
        if not isinstance(target, Cap):
            raise LocalError(f"cannot call a capability of the type {type(target).__name__}")
        answer = None
        if self.origin is not None and not self.done:
            answer = self.origin.tail_call(target, interface_id, method_id, content)
        self.link(target.send(interface_id, method_id, content) if answer is None else answer)

    def finish(self, content: Content | None, error: BaseException | None) -> None:
        """The handler has ended."""
        self.cap = self.params = self.stop = None
        self.settle(content, error)

    def _abandon(self) -> Answer | None:
        stop, self.stop = self.stop, None
        self.cap = self.params = None
        inner = self._inner
        self.settle(None, CallCancelledError("the caller cancelled the call"))
        if stop is not None:
            stop()
        return inner
