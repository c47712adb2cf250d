"""Capabilities as the core sees them, and what all promises share.

Rules that hold here:

1. `send` never raises for the callee's reasons and never waits.
2. `target` is None for everything but a promise that has resolved. `resolved` follows targets in a loop and
   shortens the way.
3. `connection` is the connection a capability lives behind, None for everything that is hosted here. It
   decides how a capability is described on the wire: what lives behind the connection that it is sent on
   goes home as itself.
4. A ring of promises breaks instead of turning for ever.
5. A destructor only posts to the agenda.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wetware.capnp import hooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.core.agenda import Agenda
    from wetware.capnp.core.answer import Answer
    from wetware.capnp.core.connection import Connection
    from wetware.capnp.hooks import Content

__all__ = ["Cap", "PromiseBase"]


class Cap(hooks.Hook):
    """What all capabilities share."""

    __slots__ = ("__weakref__",)

    target: Cap | None = None
    connection: Connection | None = None
    is_promise: bool = False
    """Whether it may still resolve to something else."""

    def send(self, interface_id: int, method_id: int, content: Content, hints: int = 0) -> Answer:
        """Start a call."""
        raise NotImplementedError

    def resolved(self) -> Cap:
        """The end of the known way: itself, or what it has resolved to."""
        return self

    def watch(self, watcher: Callable[[Any], object], what: Any) -> None:
        """Have `watcher(what)` posted when this promise takes its next step; without effect on others."""

    def unwatch(self, what: Any) -> None:
        """Forget what `watch` was told about `what`."""


class PromiseBase(Cap):
    """What the promises share: a target, and those who want to know of it."""

    __slots__ = ("_agenda", "_watchers", "target")

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self.target: Cap | None = None
        self._watchers: dict[int, tuple[Callable[[Any], object], Any]] | None = None

    def resolved(self) -> Cap:
        target = self.target
        if target is None:
            return self
        end = target
        while (further := end.target) is not None:
            end = further
        self.target = end
        return end

    @property
    def is_promise(self) -> bool:  # type: ignore[override]  # a promise stops being one
        return self.target is None

    def watch(self, watcher: Callable[[Any], object], what: Any) -> None:
        if self.target is not None:
            self._agenda.post(watcher, what)
        else:
            if self._watchers is None:
                self._watchers = {}
            self._watchers[id(what)] = (watcher, what)

    def unwatch(self, what: Any) -> None:
        if self._watchers is not None:
            self._watchers.pop(id(what), None)

    def _become(self, target: Cap) -> None:
        """Take the step: from now on this promise is `target`."""
        end = target.resolved()
        self.target = _broken_ring() if end is self else end
        watchers, self._watchers = self._watchers, None
        if watchers is not None:
            for watcher, what in watchers.values():
                self._agenda.post(watcher, what)


def _broken_ring() -> Cap:
    from wetware.capnp.core.answer import BrokenCap
    from wetware.capnp.exceptions import FailedError

    return BrokenCap(FailedError("the promise resolved to itself"))
