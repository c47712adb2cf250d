"""Streaming calls: a window of bytes under way for each capability that is streamed to.

Rules that hold here:

1. A streaming call is sent at once; awaiting it waits until no more than the window is under way, not until
   the callee has handled it.
2. The first error of a stream is raised by every later call of it, and by `drained`.
3. The window belongs to the capability: two clients of one capability share it, streams to different ones
   do not wait for each other.

Source: https://capnproto.org/language.html#streaming-methods (the schema's `-> stream`) and the C++
implementation's flow control, whose window is fixed too.
"""

from __future__ import annotations

import asyncio
import weakref
from collections import deque
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

    from wetware.capnp import hooks
    from wetware.capnp.client import Client

__all__ = ["WINDOW", "Streamed", "drained", "set_window", "start_stream"]

WINDOW: Final = 256 << 10
"""Bytes that may be under way to one capability unless `set_window` says otherwise."""


class _Flow:
    """What is under way to one capability."""

    __slots__ = ("__weakref__", "bytes", "error", "waiting", "window")

    def __init__(self) -> None:
        self.bytes = 0
        self.window = WINDOW
        self.error: BaseException | None = None
        self.waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    def sent(self, answer: hooks.Answer, size: int) -> None:
        self.bytes += size
        answer.listen(lambda answer: self._answered(answer, size))

    def _answered(self, answer: hooks.Answer, size: int) -> None:
        self.bytes -= size
        if self.error is None:
            self.error = answer.failure
        waiting = self.waiting
        while waiting and (self.error is not None or self.bytes <= waiting[0][0]):
            _, future = waiting.popleft()
            if not future.done():
                future.set_result(None)

    def wait(self, limit: int) -> Generator[None, None, None]:
        """Wait until at most `limit` bytes are under way."""
        if self.error is None and self.bytes > limit:
            future = asyncio.get_running_loop().create_future()
            self.waiting.append((limit, future))
            yield from future
        if self.error is not None:
            raise type(self.error)(*self.error.args)


_flows: weakref.WeakKeyDictionary[hooks.Hook, _Flow] = weakref.WeakKeyDictionary()


def _flow(hook: hooks.Hook) -> _Flow:
    flow = _flows.get(hook)
    if flow is None:
        flow = _flows[hook] = _Flow()
    return flow


class Streamed(Awaitable[None]):
    """A streaming call under way: await it for room to send the next one."""

    __slots__ = ("_flow",)

    def __init__(self, flow: _Flow) -> None:
        self._flow = flow

    def __await__(self) -> Generator[None, None, None]:
        return self._flow.wait(self._flow.window)


def start_stream(
    hook: hooks.Hook, interface_id: int, method_id: int, content: hooks.Content
) -> Awaitable[None]:
    """Send a streaming call."""
    flow = _flow(hook)
    if flow.error is None:
        size = sum(map(len, content.segments_for_sending()))
        flow.sent(hook.send(interface_id, method_id, content, 1), size)
    return Streamed(flow)


def set_window(client: Client, window: int) -> None:
    """Let up to `window` bytes be under way to the capability of `client`."""
    hook = client._hook  # noqa: SLF001 - the seam between clients and their hooks
    if hook is not None:
        _flow(hook).window = window


async def drained(client: Client) -> None:
    """Wait until every streaming call to the client's capability was answered; raises the first error."""
    hook = client._hook  # noqa: SLF001 - the seam between clients and their hooks
    flow = _flows.get(hook) if hook is not None else None
    if flow is not None:
        await _Drained(flow)


class _Drained(Awaitable[None]):
    __slots__ = ("_flow",)

    def __init__(self, flow: _Flow) -> None:
        self._flow = flow

    def __await__(self) -> Generator[None, None, None]:
        return self._flow.wait(0)
