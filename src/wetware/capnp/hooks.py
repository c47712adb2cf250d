"""The seam between generated code and whatever carries its calls.

Rules that hold here:

1. Generated clients and servers know this file and the wire format, nothing else of RPC.
2. A capability pointer in a message is an index into the message's table of capabilities, a list of `Hook |
   None`. A reader reads the hook out of the table and wraps it in a client class; a builder appends a hook
   to the table and writes its index. `as_hook` turns what a user may assign (client, server object, hook,
   None) into a hook.
3. Sending never waits. `Hook.send` starts the call and answers at once with an `Answer`; what the answer
   will hold can be addressed before it is there (`Answer.pipeline`).
4. What travels is a `Content`: the params or results of one call with its table of capabilities. A builder
   is given to `send` as it is; a reader comes back. A content is not touched any more once it was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

if TYPE_CHECKING:
    import weakref

    from wetware.capnp.message import MessageReader

__all__ = [
    "AT_ONCE",
    "LATER",
    "NO_PIPELINING",
    "Answer",
    "Content",
    "Context",
    "Handler",
    "Hook",
    "Method",
    "Postponed",
    "ServerBase",
]

NO_PIPELINING = 1
"""A hint to `Hook.send`: the results hold no capabilities (rpc.capnp, `Call.noPromisePipelining`)."""


class Postponed:
    """The type of `LATER`."""

    __slots__ = ()


LATER: Final = Postponed()
"""What a handler returns that keeps its context, to answer the call with `finish` when there is something."""

AT_ONCE = 2
"""A hint to `Hook.send`: write the call before `send` returns, and what waits to be written with it."""


class Content(Protocol):
    """The params or the results of one call: one root pointer (a struct) and the capabilities it names.

    Both the wire layer's message builder and its message reader are contents.
    """

    caps: list[Hook | None]
    """The table that the capability pointers of this message index."""

    def segments_for_sending(self) -> list[bytes | bytearray | memoryview]:
        """The segments; the root pointer is the first word of the first one."""
        ...

    def reader(self) -> MessageReader:
        """What to read it with: `content.reader().root(Kind)`."""
        ...

    def cap_index(self, path: tuple[int, ...]) -> int | None:
        """The table index of the capability at `path` (pointer-section indices from the root struct).

        An empty path means the root pointer itself. None for a null pointer anywhere on the way.

        Raises:
            RemoteError: what is found there is no capability.
        """
        ...


class Answer:
    """The results of one call, now or later."""

    __slots__ = ()

    def pipeline(self, path: tuple[int, ...]) -> Hook:
        """The capability that will stand at `path` in the results; usable at once."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Say that nobody waits for the results any more; the callee's handler is cancelled."""
        raise NotImplementedError

    def listen(self, listener: Callable[[Answer], None]) -> None:
        """Call `listener(self)` when the answer is there, at once if it is there already."""
        raise NotImplementedError

    done: bool
    """Whether results or an error are there."""

    failure: BaseException | None
    """Why there are no results, once `done`; None where there are some."""

    def take(self) -> Content:
        """The results; raises the call's error; only once `done`."""
        raise NotImplementedError


class Hook:
    """A capability: something calls can be sent to."""

    __slots__ = ()

    def send(self, interface_id: int, method_id: int, content: Content, hints: int = 0) -> Answer:
        """Start a call. Never waits, never raises for the callee's reasons: those come through the answer.

        Args:
            interface_id: the interface of the method.
            method_id: its number there.
            content: the params; not touched any more.
            hints: `NO_PIPELINING` where the results hold no capabilities, so that nothing can be pipelined
                on them; `AT_ONCE` where the call should not wait for others to be written with it.
        """
        raise NotImplementedError

    def resolved(self) -> Hook:
        """The shortest known way to the same object: itself, or what a promise has resolved to."""
        raise NotImplementedError


class Method(Protocol):
    """What generated code states once for each method: for traces and errors, never for dispatch."""

    interface_id: int
    method_id: int
    interface_name: str
    name: str
    streaming: bool


Handler = Callable[
    [Any, "MessageReader", "Context"], Coroutine[Any, Any, "Content | Answer | Postponed | None"]
]
"""`async handler(server, params, context)`: generated, one for each method of a server.

`params.root(Kind)` reads the params. The handler awaits the user's method and gives the results, a message
built apart. An `Answer` as the result is a tail call: its results become those of this call. None stands
for empty results, `LATER` for those that come through the context.
"""


class Context(Protocol):
    """The call that a handler serves, as far as a handler may want to know of it."""

    interface_id: int
    method_id: int
    done: bool
    """Whether it was answered, or nobody wants an answer any more."""

    def finish(self, content: Content | None, error: BaseException | None) -> None:
        """Answer the call, whose handler has returned `LATER`; without effect once it is `done`."""
        ...

    def tail_call(self, target: Hook, interface_id: int, method_id: int, content: Content) -> None:
        """Let another call's results be those of this one; the handler returns None after it.

        They do not travel through this vat where that can be avoided.
        """
        ...


class ServerBase:
    """The base of generated server classes."""

    __slots__ = ("__weakref__", "_wetware_cap")

    _wetware_cap: weakref.ref[Any]
    """The capability to this object, while there is one; kept by the RPC layer."""

    METHODS: ClassVar[Mapping[tuple[int, int], tuple[str, Handler]]] = {}
    """(interface id, method id) → (name for traces, handler), those of inherited interfaces included."""

    def released(self) -> None:
        """Called on the loop when the last reference to this object is gone. For a subclass to override."""
