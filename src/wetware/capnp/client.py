"""What generated client classes derive from: a typed face for an opaque capability.

Rules that hold here:

1. A client holds a `Hook` (see `hooks`) and nothing else; two clients of one hook are equal, whatever their
   types.
2. A null pointer reads as a client without a hook: it is false, and calling it raises a `LocalError` at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from wetware.capnp import hooks
from wetware.capnp.builder import refusal
from wetware.capnp.stream import start_stream
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

__all__ = ["Client", "at_once", "hook_of", "release", "set_server_hook"]

C = TypeVar("C", bound="Client")


class Client:
    """The base of every generated client class; by itself, a capability of unknown interface."""

    __slots__ = ("__weakref__", "_hook")

    _id: ClassVar[int] = 0
    METHODS: ClassVar[Mapping[tuple[int, int], Any]] = {}
    """(interface id, method number) → `runtime.MethodInfo`, of the interface and of those it extends."""

    def __init__(self, hook: hooks.Hook | None) -> None:
        self._hook = hook

    def __bool__(self) -> bool:
        return self._hook is not None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Client):
            return NotImplemented
        return resolved(self._hook) is resolved(other._hook)

    def __hash__(self) -> int:
        return hash(id(resolved(self._hook)))

    def __repr__(self) -> str:
        return f"<{type(self).__qualname__} {'null' if self._hook is None else self._hook!r}>"

    def _as(self, kind: type[C]) -> C:
        return kind(self._hook)

    def _send(self, interface_id: int, method_id: int, content: Any, hints: int = 0) -> hooks.Answer:
        """Start a call."""
        hook = self._hook
        if hook is None:
            raise LocalError(f"the capability {type(self).__qualname__} is null: it was not granted")
        return hook.send(interface_id, method_id, content, hints)

    def _stream(self, interface_id: int, method_id: int, content: Any) -> Awaitable[None]:
        """Start a streaming call; awaiting it waits for room to send the next one."""
        hook = self._hook
        if hook is None:
            raise LocalError(f"the capability {type(self).__qualname__} is null: it was not granted")
        return start_stream(hook, interface_id, method_id, content)

    def _release(self) -> None:
        """Let go of the capability (see `release`); public names are the interface's."""
        self._hook = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._release()


def release(client: Client) -> None:
    """Let go of a client's capability; if nothing else here refers to it, the other side learns it at once.

    `with client:` does the same at its end. The client is null afterwards.
    """
    client._release()  # noqa: SLF001 - this file's own


class _AtOnce(hooks.Hook):
    """Another hook, whose calls are written at once."""

    __slots__ = ("_hook",)

    def __init__(self, hook: hooks.Hook) -> None:
        self._hook = hook

    def send(self, interface_id: int, method_id: int, content: Any, hints: int = 0) -> hooks.Answer:
        return self._hook.send(interface_id, method_id, content, hints | hooks.AT_ONCE)

    def resolved(self) -> hooks.Hook:
        return self._hook.resolved()


def at_once(client: C) -> C:
    """A client of the same object whose calls are written before they return, not at the end of the turn.

    For whoever has one call to make and something long to do then: each costs a write of its own. It is for
    calling; what is handed to others is the client itself.
    """
    hook = client._hook  # noqa: SLF001 - this file's own slot
    return client if hook is None else type(client)(_AtOnce(hook))


def no_server_hook(server: hooks.ServerBase) -> hooks.Hook:
    """Stands in until the RPC layer is loaded."""
    raise LocalError(
        f"{type(server).__qualname__} cannot be made a capability before the RPC layer is imported"
    )


_server_hook: list[Callable[[hooks.ServerBase], hooks.Hook]] = [no_server_hook]


def set_server_hook(make: Callable[[hooks.ServerBase], hooks.Hook]) -> None:
    """Say how a server object becomes a hook: the same one each time, so that it keeps its identity."""
    _server_hook[0] = make


def resolved(hook: hooks.Hook | None) -> hooks.Hook | None:
    """The shortest known way to the hook's object."""
    return None if hook is None else hook.resolved()


def hook_of(value: Any) -> hooks.Hook | None:
    """What the capability table holds for a client, a server object or a hook; None for None.

    Raises:
        EncodeError: the value is no capability.
    """
    if value is None or isinstance(value, hooks.Hook):
        return value
    if isinstance(value, Client):
        return value._hook  # noqa: SLF001 - this file's own slot
    if isinstance(value, hooks.ServerBase):
        return _server_hook[0](value)
    raise refusal("a capability", value)
