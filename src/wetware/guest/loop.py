"""asyncio inside a guest: an event loop that waits in the host.

Rules that hold here:

1. There is one thread and one process: nothing wakes the loop but time, the stream to the host, and
   standard input. What `run_in_executor` and `asyncio.to_thread` are given runs at once, where it is
   called.
2. A turn asks the host for nothing that it does not need: not for the time where there is no timer, and,
   while there is work, for what has come only every `PATIENCE` turns.
3. `add_reader` and `add_writer` know two descriptors: `host.CHANNEL` and standard input.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from wetware.guest import host

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

__all__ = ["GuestLoop", "install"]

PATIENCE: Final = 8


class _HostSelector(selectors.BaseSelector):
    """A selector over what the host can wait for."""

    def __init__(self) -> None:
        self._keys: dict[int, selectors.SelectorKey] = {}
        self._busy = 0  # turns since the host was asked

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
        return key

    def unregister(self, fileobj: FileDescriptorLike) -> selectors.SelectorKey:
        return self._keys.pop(self._descriptor(fileobj))

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._keys

    def get_key(self, fileobj: FileDescriptorLike) -> selectors.SelectorKey:
        return self._keys[self._descriptor(fileobj)]

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            self._busy += 1
            if self._busy < PATIENCE or not self._keys:
                return []
        self._busy = 0
        interest = 0
        for descriptor, key in self._keys.items():
            if descriptor == host.STDIN:
                interest |= host.STDIN_READABLE
            else:
                interest |= host.READABLE if key.events & selectors.EVENT_READ else 0
                interest |= host.WRITABLE if key.events & selectors.EVENT_WRITE else 0
        ready = host.wait(interest, timeout)
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


class GuestLoop(asyncio.SelectorEventLoop):
    """The event loop of a guest."""

    def __init__(self) -> None:
        super().__init__(_HostSelector())

    def _run_once(self) -> None:
        if self._scheduled or self._debug:  # type: ignore[attr-defined]  # asyncio's own
            super()._run_once()  # type: ignore[misc]  # as above
            return
        ready = self._ready  # type: ignore[attr-defined]  # as above
        busy = ready or self._stopping  # type: ignore[attr-defined]  # as above
        self._process_events(self._selector.select(0 if busy else None))  # type: ignore[attr-defined]  # as above
        for _ in range(len(ready)):
            handle = ready.popleft()
            if not handle._cancelled:  # noqa: SLF001 - as above
                handle._run()  # noqa: SLF001 - as above

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
