"""asyncio inside a guest: an event loop that waits in the host.

Rules that hold here:

1. There is one thread and one process: nothing wakes the loop but time, the stream to the host, and
   standard input. What `run_in_executor` and `asyncio.to_thread` are given runs at once, where it is
   called.
2. A turn asks the host for nothing that it does not need: not for the time where there is no timer, and,
   while there is work and nothing to be written, for what has come only every `PATIENCE` turns. An asking
   costs as much as a turn.
3. The connection with the host (`attach`) is written to and read from in the asking itself, before anything
   else runs.
4. A task that waits for an answer while there is nothing else to do waits in its own step (`wait_here`): it
   is what the loop would do next anyway, without the way there and back. That is not done where it could hold
   anything up: while anything is ready, below a callback, or in a task that was begun in another one's step
   (test: `test_waiting_in_a_step_holds_nothing_up`).
5. `add_reader` and `add_writer` know two descriptors: `host.CHANNEL` and standard input.
"""

from __future__ import annotations

import asyncio
import contextvars
import selectors
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.pending import set_shortcut
from wetware.errors import LocalError
from wetware.guest import host

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

    from wetware.capnp.hooks import Answer
    from wetware.guest.link import GuestLink

__all__ = ["GuestLoop", "install"]

PATIENCE: Final = 8
MANY: Final = 100
"""Timers that were cancelled, from which on asyncio's own turn throws them out."""

_Event = tuple[selectors.SelectorKey, int]


class _HostSelector(selectors.BaseSelector):
    """A selector over what the host can wait for.

    Attributes:
        link: the connection with the host.
    """

    def __init__(self) -> None:
        self._keys: dict[int, selectors.SelectorKey] = {}
        self._interest = 0
        self._busy = 0  # turns since the host was asked
        self._context = contextvars.copy_context()
        self.link: GuestLink | None = None

    @staticmethod
    def _descriptor(file: FileDescriptorLike) -> int:
        descriptor = file if isinstance(file, int) else file.fileno()
        if descriptor not in {host.STDIN, host.CHANNEL}:
            raise ValueError(f"descriptor {descriptor} cannot be waited for in a guest")
        return descriptor

    def register(self, fileobj: FileDescriptorLike, events: int, data: Any = None) -> selectors.SelectorKey:
        descriptor = self._descriptor(fileobj)
        if descriptor in self._keys:
            raise KeyError(f"descriptor {descriptor} is registered already")
        key = self._keys[descriptor] = selectors.SelectorKey(fileobj, descriptor, events, data)
        self.look()
        return key

    def unregister(self, fileobj: FileDescriptorLike) -> selectors.SelectorKey:
        key = self._keys.pop(self._descriptor(fileobj))
        self.look()
        return key

    def look(self) -> None:
        """Note what is of interest."""
        interest = 0 if self.link is None else self.link.interest
        for descriptor, key in self._keys.items():
            if descriptor == host.STDIN:
                interest |= host.STDIN_READABLE
            else:
                interest |= host.READABLE if key.events & selectors.EVENT_READ else 0
                interest |= host.WRITABLE if key.events & selectors.EVENT_WRITE else 0
        self._interest = interest

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._keys

    def get_key(self, fileobj: FileDescriptorLike) -> selectors.SelectorKey:
        return self._keys[self._descriptor(fileobj)]

    def select(self, timeout: float | None = None) -> list[_Event]:
        link = self.link
        if timeout is not None and timeout <= 0:
            self._busy += 1
            if (link is None or not link.peer.encoder.pieces) and (
                self._busy < PATIENCE or not self._interest
            ):
                return []
        return self.wait(timeout)

    def wait(self, timeout: float | None) -> list[_Event]:
        """Ask the host, and do what concerns the connection; what else can be done."""
        self._busy = 0
        link = self.link
        if link is None:
            ready = host.wait(self._interest, timeout)
        else:
            out = link.take()
            ready, content = host.exchange(out, self._interest, timeout)
            if ready & host.REFUSED:
                link.write(out)
                return []
            if ready & host.READABLE:
                self._context.run(link.give, content)  # what it begins has nothing of a task that waits here
            if ready & host.WRITABLE:
                self._context.run(link.writable)
            ready &= host.STDIN_READABLE
        return self._events(ready) if ready else []

    def _events(self, ready: int) -> list[_Event]:
        events = []
        if ready & host.STDIN_READABLE:
            events.append((self._keys[host.STDIN], selectors.EVENT_READ))
        if ready & (host.READABLE | host.WRITABLE):
            mask = selectors.EVENT_READ if ready & host.READABLE else 0
            mask |= selectors.EVENT_WRITE if ready & host.WRITABLE else 0
            events.append((self._keys[host.CHANNEL], mask))
        return events

    def close(self) -> None:
        self._keys.clear()
        self._interest = 0


class GuestLoop(asyncio.SelectorEventLoop):
    """The event loop of a guest."""

    def __init__(self) -> None:
        self._host = _HostSelector()
        self._step: asyncio.Handle | None = None  # what is run
        self._resting = False  # it has nothing to do but to wait for the host
        super().__init__(self._host)

    # --- the connection with the host
    def check_free(self) -> None:
        """Raise `LocalError` if somebody has the stream to the host."""
        if self._host.link is not None or host.CHANNEL in self._host.get_map():
            raise LocalError("this program is connected with its host already; there is one connection")

    def attach(self, link: GuestLink) -> None:
        """Write and read for a connection from now on."""
        self.check_free()
        self._host.link = link
        self._host.look()

    def detach(self, link: GuestLink) -> None:
        """Do no more for it."""
        if self._host.link is link:
            self._host.link = None
            self._host.look()

    def look(self) -> None:
        """What the connection waits for has changed."""
        self._host.look()

    @property
    def asks_next(self) -> bool:
        """Whether the host will be asked before anything else runs."""
        return self._resting and not self._ready  # type: ignore[attr-defined]  # asyncio's own

    def wait_here(self, answer: Answer) -> None:
        """Wait for an answer without leaving the task that asks, as long as there is nothing else to do."""
        step: Any = self._step
        task: Any = asyncio.current_task(self)
        # whether it is a step of this task, and not of another one that has begun it
        if step is None or task is None or getattr(step._callback, "__self__", None) is not task:  # noqa: SLF001 - asyncio's own
            return
        selector = self._host
        ready = self._ready  # type: ignore[attr-defined]  # as above
        self._step = None  # what the answers run is no step of its own
        try:
            while not (answer.done or ready or self._stopping or task.cancelling()):  # type: ignore[attr-defined,union-attr]  # as above
                timeout = self._until_timer()
                if timeout is not None and (timeout <= 0 or self._has_dead_timers()):
                    return
                if events := selector.wait(timeout):
                    self._process_events(events)  # type: ignore[attr-defined]  # as above
        finally:
            self._step = step

    # --- turns
    def run_forever(self) -> None:
        set_shortcut(self.wait_here)
        try:
            super().run_forever()
        finally:
            set_shortcut(None)
            if self._host.link is not None:
                self._host.link.flush()  # no asking follows

    def _until_timer(self) -> float | None:
        """Seconds until the first timer; None where there is none."""
        scheduled = self._scheduled  # type: ignore[attr-defined]  # asyncio's own
        return scheduled[0].when() - self.time() if scheduled else None

    def _has_dead_timers(self) -> bool:
        """Whether timers that were cancelled are to be thrown out."""
        first = self._scheduled[0]  # type: ignore[attr-defined]  # asyncio's own
        return bool(first.cancelled() or self._timer_cancelled_count > MANY)  # type: ignore[attr-defined]  # as above

    def _run_once(self) -> None:
        timeout = self._until_timer()
        if self._debug or (timeout is not None and (timeout <= 0 or self._has_dead_timers())):  # type: ignore[attr-defined]  # asyncio's own
            super()._run_once()  # type: ignore[misc]  # as above
            return
        ready = self._ready  # type: ignore[attr-defined]  # as above
        if ready or self._stopping:  # type: ignore[attr-defined]  # as above
            events = self._host.select(0)
        else:
            self._resting = True
            events = self._host.select(timeout)
            self._resting = False
        if events:
            self._process_events(events)  # type: ignore[attr-defined]  # as above
        for _ in range(len(ready)):
            self._step = handle = ready.popleft()
            if not handle._cancelled:  # noqa: SLF001 - as above
                handle._run()  # noqa: SLF001 - as above
        self._step = None

    # the pipe by which other threads wake a loop: there are none
    def _make_self_pipe(self) -> None:
        self._ssock = self._csock = None
        self._internal_fds = 1

    def _close_self_pipe(self) -> None:
        self._internal_fds = 0

    def _write_to_self(self) -> None:
        pass

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]  # generic in both
        """Call a function now: there is no other thread that could."""
        del executor
        answer = self.create_future()
        try:
            answer.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever awaits it
            answer.set_exception(error)
        return answer


def install() -> None:
    """Make it the loop of `asyncio.run` and of everything else in this interpreter."""
    asyncio.new_event_loop = asyncio.events.new_event_loop = GuestLoop
