"""Membranes: a boundary around capabilities of any interface, which sees and decides every call across it.

    membrane = Membrane(only(methods(Echo, "ping")))
    lesser = membrane.wrap(echo)            # hand this out; `membrane.revoke()` ends all that came through it

Rules that hold here:

1. What passes through is followed: capabilities in params and results are wrapped too, in both directions,
   so that nothing reached through a membrane is outside its power.
2. A capability that crosses out and back is itself again, and one that crosses twice is wrapped once:
   identity holds on either side.
3. Nothing of an interface's schema is needed: a call is numbers, params and a table of capabilities.
4. Calls keep their order: a wrapper adds no queue.
5. Revoking ends everything at once: later calls fail as `disconnected`, calls under way fail and are
   cancelled inside, and what was wrapped is let go.
6. A check that raises something which is not ours refuses the call: a broken policy grants nothing.

Source of the model: M. S. Miller, *Robust Composition* (2006), chapter 9.
"""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from wetware.capnp import runner as _runner  # noqa: F401 - it makes capabilities of objects of ours
from wetware.capnp.client import Client, hook_of
from wetware.capnp.core.answer import Answer, BrokenCap, Path, failed_answer
from wetware.capnp.core.capability import Cap
from wetware.capnp.core.local import LocalCall, LocalCap
from wetware.capnp.exceptions import CallCancelledError, DisconnectedError, FailedError
from wetware.errors import LocalError, WetwareError

if TYPE_CHECKING:
    from wetware.capnp import hooks
    from wetware.capnp.hooks import Content
    from wetware.capnp.message import MessageReader
    from wetware.capnp.runtime import Server

__all__ = ["Check", "Crossing", "Membrane", "methods", "only"]

C = TypeVar("C", bound=Client)

log: Final = logging.getLogger("wetware.capnp")


class Crossing:
    """A call at the membrane.

    Attributes:
        interface_id: the interface of the method.
        method_id: its number there.
        content: the params; read them with `params`.
        inward: whether the call goes to what was wrapped, not from it to something it was given.
    """

    __slots__ = ("content", "interface_id", "inward", "method_id")

    def __init__(self, interface_id: int, method_id: int, content: Content, inward: bool) -> None:
        self.interface_id = interface_id
        self.method_id = method_id
        self.content = content
        self.inward = inward

    @property
    def params(self) -> MessageReader:
        """The params: `crossing.params.root(Kind)`."""
        return self.content.reader()


Check = Callable[[Crossing], None]
"""Sees a call before it crosses; raises to refuse it, a `CallError` where the caller should know why."""


def methods(kind: type[Client], *names: str) -> set[tuple[int, int]]:
    """Methods of an interface by the names that its schema gives them: `only(methods(CapStore, "get"))`.

    Raises `LocalError` for a name that it does not have.
    """
    known = {info.name: key for key, info in kind.METHODS.items()}
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise LocalError(
            f"{kind.__name__} has no method {', '.join(unknown)}; it has {', '.join(sorted(known))}"
        )
    return {known[name] for name in names}


class _Only:
    """A check by name alone: a membrane with nothing else to do asks it without describing the call."""

    __slots__ = ("allowed",)

    def __init__(self, methods: set[tuple[int, int]]) -> None:
        self.allowed = frozenset(methods)

    def __call__(self, crossing: Crossing) -> None:
        if crossing.inward and (crossing.interface_id, crossing.method_id) not in self.allowed:
            raise _not_permitted()


def _not_permitted() -> FailedError:
    return FailedError("this capability does not permit the method")


def only(methods: set[tuple[int, int]]) -> Check:
    """A check that lets these methods (interface, number) in, and everything out."""
    return _Only(methods)


class Membrane:
    """A boundary; everything that was wrapped by it, or came through it, is on one of its two sides.

    Args:
        check: decides each call; None lets every call pass.
        done: told of each answer: the crossing, and the error or None.
    """

    __slots__ = ("_allowed", "_check", "_done", "_wrappers", "calls", "revoked", "under_way")

    def __init__(
        self,
        check: Check | None = None,
        *,
        done: Callable[[Crossing, BaseException | None], None] | None = None,
    ) -> None:
        self._check = check
        self._done = done
        self._allowed = check.allowed if isinstance(check, _Only) and done is None else None
        self._wrappers: weakref.WeakValueDictionary[tuple[int, bool], _Wrapper] = (
            weakref.WeakValueDictionary()
        )
        self.under_way: set[_Crossed] = set()
        self.calls = 0
        self.revoked: BaseException | None = None

    @overload
    def wrap(self, capability: C) -> C: ...
    @overload
    def wrap(self, capability: Server) -> Client: ...
    def wrap(self, capability: Client | Server) -> Client:
        """The outside's view of a capability of the inside, as a client of the same kind.

        A capability that came from outside is given back as it was.
        """
        kind = type(capability) if isinstance(capability, Client) else capability._client  # noqa: SLF001 - its kind
        hook = hook_of(capability)
        return kind(None if hook is None else self.wrap_hook(hook))

    def wrap_hook(self, hook: hooks.Hook) -> Cap:
        """As `wrap`, for a hook."""
        end = hook.resolved()
        if not isinstance(end, Cap):
            raise LocalError(f"cannot wrap a capability of the type {type(end).__name__}")
        return self.cross(end, inward=True)

    def cross(self, cap: Cap, *, inward: bool) -> Cap:
        """What `cap` looks like from the other side; calls to it then go `inward`, or outward."""
        if isinstance(cap, _Wrapper) and cap.membrane is self:
            # wrapped already; or, coming from the other side, itself again
            return cap if cap.inward == inward else cap.inner.resolved()
        if self.revoked is not None:
            return BrokenCap(self.revoked)
        key = (id(cap), inward)
        known = self._wrappers.get(key)
        if known is None:
            known = self._wrappers[key] = _Wrapper(self, cap, inward=inward)
        return known

    def cross_all(self, content: Content, *, inward: bool) -> Content:
        """A content as it looks from the other side; calls to what it names then go `inward`, or outward."""
        caps = content.caps
        if not caps:
            return content
        crossed = copy(content)
        crossed.caps = [None if cap is None else self._cross_hook(cap, inward=inward) for cap in caps]
        return crossed

    def _cross_hook(self, hook: hooks.Hook, *, inward: bool) -> Cap:
        end = hook.resolved()
        if isinstance(end, Cap):
            return self.cross(end, inward=inward)
        return BrokenCap(LocalError("a capability of a foreign kind does not cross a membrane"))

    def send(
        self, cap: Cap, interface_id: int, method_id: int, content: Content, hints: int, inward: bool
    ) -> Answer:
        """Let a call cross."""
        self.calls += 1
        crossing = None
        allowed = self._allowed
        if allowed is not None:
            if inward and (interface_id, method_id) not in allowed:
                return failed_answer(_not_permitted())
        elif self._check is not None or self._done is not None:
            crossing = Crossing(interface_id, method_id, content, inward)
            refusal = self._refusal(crossing)
            if refusal is not None:
                return failed_answer(refusal)
        if content.caps:
            content = self.cross_all(content, inward=not inward)
        inner = cap.send(interface_id, method_id, content, hints)
        answer = _Crossed(self, crossing, inner, inward)
        self.under_way.add(answer)
        if inner.__class__ is LocalCall:
            inner._listeners = [answer.arrived]  # noqa: SLF001 - as `listen` does for a call just made
        else:
            inner.listen(answer.arrived)
        return answer

    def _refusal(self, crossing: Crossing) -> WetwareError | None:
        """What the check has against a call."""
        if self._check is not None:
            try:
                self._check(crossing)
            except WetwareError as error:
                return error
            except Exception:
                log.exception("a membrane's check failed; the call is refused")
                return FailedError("the call was refused")
        return None

    def ended(self, crossing: Crossing, error: BaseException | None) -> None:
        """A call that crossed has its answer: tell the observer."""
        if self._done is not None:
            try:
                self._done(crossing, error)
            except Exception:
                log.exception("a membrane's observer failed")

    def revoke(self, reason: str = "the capability was revoked") -> None:
        """End everything that came through."""
        if self.revoked is not None:
            return
        self.revoked = error = DisconnectedError(reason)
        for wrapper in list(self._wrappers.values()):
            wrapper.inner = BrokenCap(error)
        for answer in list(self.under_way):
            answer.cut(error)

    def expire(self, seconds: float) -> None:
        """Revoke in so many seconds of the running loop's time."""
        asyncio.get_running_loop().call_later(seconds, self.revoke, "the capability has expired")


class _Wrapper(Cap):
    """A capability seen through a membrane."""

    __slots__ = ("inner", "inward", "membrane")

    def __init__(self, membrane: Membrane, inner: Cap, *, inward: bool) -> None:
        self.membrane = membrane
        self.inner = inner
        self.inward = inward

    def send(self, interface_id: int, method_id: int, content: Content, hints: int = 0) -> Answer:
        inner = self.inner
        if inner.__class__ is not LocalCap:
            end = inner.resolved()
            if end is not inner:
                wrapped = self.membrane.cross(end, inward=self.inward)
                return wrapped.send(interface_id, method_id, content, hints)
        return self.membrane.send(inner, interface_id, method_id, content, hints, self.inward)

    def resolved(self) -> Cap:
        inner = self.inner
        if inner.__class__ is LocalCap:
            return self
        end = inner.resolved()
        return self if end is inner else self.membrane.cross(end, inward=self.inward)

    @property
    def is_promise(self) -> bool:  # type: ignore[override]  # a promise stops being one
        return self.inner.is_promise

    def watch(self, watcher: Callable[[Any], object], what: Any) -> None:
        self.inner.watch(watcher, what)

    def unwatch(self, what: Any) -> None:
        self.inner.unwatch(what)


class _Crossed(Answer):
    """The answer to a call that crossed."""

    __slots__ = ("_crossing", "_inward", "_membrane", "_within")

    def __init__(self, membrane: Membrane, crossing: Crossing | None, within: Answer, inward: bool) -> None:
        # as the base, in one pass
        self.content = self.failure = self._listeners = self._followers = self._inner = self._pipes = None
        self.done = False
        self._membrane = membrane
        self._crossing = crossing
        self._inward = inward
        self._within: Answer | None = within

    def arrived(self, answer: hooks.Answer) -> None:
        """What was called inside has answered."""
        within = self._within
        if self.done or within is None:
            return
        membrane = self._membrane
        membrane.under_way.discard(self)
        content, error = within.content, answer.failure
        if content is not None and content.caps:
            content = membrane.cross_all(content, inward=self._inward)
        self.settle(content, error)
        if self._crossing is not None:
            membrane.ended(self._crossing, error)

    def cut(self, error: BaseException) -> None:
        """The membrane was revoked."""
        inner, self._within = self._within, None
        self._membrane.under_way.discard(self)
        self.settle(None, error)
        if self._crossing is not None:
            self._membrane.ended(self._crossing, error)
        if inner is not None:
            inner.cancel()

    def _make(self, path: Path) -> Cap:
        inner = self._within
        if inner is None:
            return BrokenCap(self.failure or CallCancelledError("the call was cancelled"))
        return self._membrane.cross(inner.pipe(path).resolved(), inward=self._inward)

    def pipeline(self, path: Path) -> Cap:
        inner = self._within
        if inner is None:
            return BrokenCap(self.failure or CallCancelledError("the call was cancelled"))
        return self._membrane.cross(inner.pipeline(path).resolved(), inward=self._inward)

    def _give_up(self, *, after_delivery: bool) -> Answer | None:
        if self._within is not None:
            self._within.cancel(after_delivery=after_delivery)
        return None
