"""The task that sends one peer what waits for it.

Rules that hold here:

1. One task for each peer, so that one that is slow, hangs or cannot be found delays nobody else.
2. What waits for a peer that is there is sent at once, in the turn in which it came to wait; the task is for
   looking up, for waiting, and for what goes wrong.
3. A few calls are under way at a time; a peer that leaves one unanswered for `send_timeout` counts as gone.
4. What was not delivered is reported, not kept: consensus sends again what is still needed.
5. A peer that is gone is looked up anew: at once, then after pauses that double up to a second. What was
   found and is gone at once was not there (test_what_is_found_dead_is_not_found).

The named test is in `tests/raft/test_node_link.py`.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Final

from wetware.errors import BrokenError, ClosedError, WetwareError
from wetware.raft.node.core.codec import encode_batch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from wetware.raft.node.core.mail import Mail
    from wetware.raft.node.options import Options
    from wetware.raft.node.ports import PeerPort, Sending

__all__ = ["Link"]

log: Final = logging.getLogger("wetware.raft")

_FIRST_PAUSE: Final = 0.05
_LAST_PAUSE: Final = 1.0


class Link:
    """The way to one peer, kept up.

    Args:
        peer: its id.
        connect: finds it.
        mail: where its messages wait.
        options: the member's.
        disconnected: told when it has gone and cannot be found.
        reply: finds what sends a batch to the peer as the answer to what it has sent; None: nothing waits
            for one. What was sent that way and does not arrive is lost as on any way.
    """

    def __init__(
        self,
        peer: int,
        connect: Callable[[int], Awaitable[PeerPort]],
        mail: Mail,
        options: Options,
        disconnected: Callable[[int], None],
        reply: Callable[[int], Callable[[bytes], None] | None] = lambda _: None,
    ) -> None:
        self.peer = peer
        self._reply = reply
        self._connect = connect
        self._mail = mail
        self._options = options
        self._disconnected = disconnected
        self._waiting = asyncio.Event()
        self._found = asyncio.Lock()
        self._port: PeerPort | None = None
        self._watch: asyncio.Task[None] | None = None
        self._calls: deque[Sending] = deque()
        self._pause = _FIRST_PAUSE
        self._since = 0.0  # when the port was found
        self._busy = False
        self._error: WetwareError | None = None

    def wake(self) -> None:
        """Something waits: send it, or let the task do it."""
        outbox = self._mail.outboxes.get(self.peer)
        if outbox and (reply := self._reply(self.peer)) is not None:
            reply(encode_batch(outbox.take(self._options.max_batch_bytes)))
        if self._port is None or self._busy or not self._post(self._port):
            self._waiting.set()

    def _post(self, port: PeerPort) -> bool:
        """Send while the window has room; False: the task has something to do."""
        outbox, calls, options = self._mail.outboxes.get(self.peer), self._calls, self._options
        while calls and calls[0].done:
            if calls[0].error is not None:
                return False
            calls.popleft()
        while outbox and len(calls) < options.window:
            try:
                calls.append(port.send(encode_batch(outbox.take(options.max_batch_bytes))))
            except WetwareError as error:
                self._error = error
                return False
        return len(calls) < options.window

    async def port(self) -> PeerPort:
        """The way to the peer, looked up if need be.

        Raises:
            BrokenError: it cannot be found.
        """
        async with self._found:
            if self._port is None:
                try:
                    async with asyncio.timeout(self._options.send_timeout):
                        self._port = await self._connect(self.peer)
                except TimeoutError:
                    raise BrokenError(f"member {self.peer} was not found in time") from None
                except WetwareError:
                    raise
                except Exception as error:
                    log.debug("looking up member %d failed", self.peer, exc_info=error)
                    raise BrokenError(
                        f"member {self.peer} was not found: the look-up failed with {type(error).__name__}"
                    ) from error
                self._since = asyncio.get_running_loop().time()
                self._calls.clear()
                if self._watch is not None:
                    self._watch.cancel()
                self._watch = asyncio.create_task(self._watching(self._port))
            return self._port

    async def _watching(self, port: PeerPort) -> None:
        """Notice at once when the peer goes."""
        try:
            await port.gone()
        except WetwareError:
            pass
        except Exception as error:
            log.debug("watching member %d failed", self.peer, exc_info=error)
        if self._port is not port:
            return
        self._watch = None
        just_found = self._just_found()
        self._drop()
        if just_found:
            self._error = BrokenError(f"member {self.peer} was gone when it was found")
            self._waiting.set()  # for the pause; nothing of what waits would arrive
            self._disconnected(self.peer)
            return
        try:
            await self.port()
        except WetwareError:
            self._disconnected(self.peer)

    def _just_found(self) -> bool:
        return asyncio.get_running_loop().time() < self._since + _FIRST_PAUSE

    async def run(self) -> None:
        """Send until cancelled."""
        try:
            while True:
                await self._waiting.wait()
                self._waiting.clear()
                self._busy = True
                try:
                    await self._send()
                    if not self._just_found():
                        self._pause = _FIRST_PAUSE
                except WetwareError as error:
                    await self._failed(error)
                finally:
                    self._busy = False
        finally:
            if self._watch is not None:
                self._watch.cancel()
            self._drop()

    async def _send(self) -> None:
        """Send everything that waits, and wait for answers until the window has room.

        Raises:
            WetwareError: something was lost.
        """
        options, calls = self._options, self._calls
        while True:
            if self._error is not None:
                error, self._error = self._error, None
                raise error
            while calls and calls[0].done:
                await calls.popleft()
            if len(calls) >= options.window:
                try:
                    async with asyncio.timeout(options.send_timeout):
                        await calls.popleft()
                except TimeoutError:
                    raise BrokenError(f"member {self.peer} does not answer") from None
                continue
            port = await self.port()  # also where nothing is left to be sent: it tells when the peer goes
            if not self._mail.outboxes.get(self.peer) or self._post(port):
                return

    async def _failed(self, error: WetwareError) -> None:
        outbox = self._mail.outboxes.get(self.peer)
        if outbox is not None:
            outbox.clear()
        self._mail.lost(self.peer)
        if isinstance(error, BrokenError | ClosedError):
            known = self._port is not None and not self._just_found()
            self._drop()
            if known:
                try:
                    await self.port()
                except WetwareError:
                    self._disconnected(self.peer)
                else:
                    return
        else:
            log.warning("member %d did not take a message: %s", self.peer, error)
        await asyncio.sleep(self._pause)
        self._pause = min(2 * self._pause, _LAST_PAUSE)

    def _drop(self) -> None:
        port, self._port = self._port, None
        self._calls.clear()
        if port is not None:
            port.close()
