"""One connection over asyncio: bytes of a stream in and out, and the watch over a peer that has stopped.

Rules that hold here:

1. One write a turn of the loop: whatever the messages of one batch, and the tasks they woke, want to send
   goes out together, unless it is so much that the peer should have it to work on. Messages that nobody
   waits for (`Finish`, `Release`) wait for the next write.
   What the peer gave back is let go of after the write, while the peer works.
2. At most `messages_per_turn` messages are handled in one turn; while many wait, nothing is read.
3. While more than `pause_bytes` of answers wait for the peer to take them, none of its messages is handled.
   It is still read, up to `send_bytes`: two vats with many answers for each other must not both stop
   reading. Calls of this side that wait do not count here. Past `send_bytes` they fail with `overloaded`,
   and so do answers.
4. A peer is gone when nothing was heard of it for `keep_alive` and it then leaves a ping unanswered for
   `patience`; when it does not read for `patience` although bytes wait; when it does not complete a message
   within `message_deadline`. The ping is a message that the protocol does not define, so every peer echoes
   it as `Unimplemented` (rpc.capnp, `Message.unimplemented`).
5. A close gives the answers that are there to the peer first, and waits a bounded time for it to take them.
6. Over TCP, while many answers are outstanding and come in tiny pieces, the system gathers some before it
   tells of them, for a moment at most. It never does after something was written, so that no answer of a
   call that follows another is held back.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from wetware.capnp.core.limits import Limits
from wetware.capnp.core.peer import Peer
from wetware.capnp.exceptions import DisconnectedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.core.capability import Cap
    from wetware.capnp.runner import Runner

__all__ = ["Link", "Options", "StreamLink"]

_HELD: Final = 1 << 20
"""Bytes of messages that may wait for their turn while the peer is read on."""

_SOCKET_BUFFER: Final = 1 << 20
"""Bytes that the system holds for a peer on a Unix socket."""

_WRITE_AT_ONCE: Final = 128 << 10
"""Pieces up to this sum are joined into one write."""

_GATHERED: Final = 4 << 10
"""Bytes of answers that the system gathers; reads of less are tiny."""

_MANY: Final = 100
"""Outstanding answers that allow it; so many are more than it gathers, small as each may be."""

_MOMENT: Final = 0.001
"""Seconds that it gathers at most."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a connection is kept.

    Attributes:
        limits: what it may cost.
        messages_per_turn: messages handled before other connections get their turn.
        keep_alive: seconds of silence after which the peer is asked whether it is there; 0 never to ask.
        patience: seconds that it then has to answer, and that it may go without reading what waits for it.
        message_deadline: seconds that a message may take to arrive.
        linger: seconds that a close waits for the peer.
        tail_calls: whether calls that lead back to the peer are sent as tail calls. Off for peers that do
            not know them (go-capnp).
    """

    limits: Limits = field(default_factory=Limits)
    messages_per_turn: int = 256
    keep_alive: float = 15.0
    patience: float = 15.0
    message_deadline: float = 120.0
    linger: float = 2.0
    tail_calls: bool = True


class Link:
    """What every transport shares: the core's end of a connection, driven by the loop.

    Args:
        runner: the loop's runner.
        bootstrap: gives the capability that the peer may ask for.
        options: how the connection is kept.

    Attributes:
        peer: the core's end.
        closed: done when the connection has ended.
    """

    def __init__(self, runner: Runner, bootstrap: Callable[[], Cap | None] | None, options: Options) -> None:
        self.runner = runner
        self.options = options
        self.peer = Peer(
            runner.agenda,
            bootstrap,
            limits=options.limits,
            tail_calls=options.tail_calls,
            wake=self._wake,
            spill=self.flush,
        )
        self.closed: asyncio.Future[None] = runner.loop.create_future()
        self._flush_scheduled = False
        self._handling = False
        self._work_scheduled = False

    # --- for the transports

    def send(self, pieces: list[Any]) -> None:
        """Put bytes onto the transport."""
        raise NotImplementedError

    def shut(self) -> None:
        """Close the transport once what was sent is gone; nothing is read any more."""
        raise NotImplementedError

    def receive(self, data: bytes) -> None:
        """The transport has read bytes."""
        self._take(self.peer.feed, data)

    def _take(self, give: Callable[[Any, int], bool], what: Any) -> None:
        """Give the peer what was read, and do what comes of it."""
        turns = self.runner.turns
        within, turns.reading = turns.reading, True
        self._handling = True  # what this causes is written by `_after`
        try:
            try:
                more = give(what, 0 if self.blocked else self.options.messages_per_turn)
            finally:
                self._handling = False
                turns.reading = within
            self._after(more=more)
        finally:
            if not within:
                turns.settle()

    @property
    def blocked(self) -> bool:
        """Whether so many answers wait for the peer that it is not listened to."""
        encoder = self.peer.encoder
        return bool(encoder.backlog) and encoder.answers_waiting > self.options.limits.pause_bytes

    @property
    def wants_more(self) -> bool:
        """Whether the transport should read on."""
        held = self.peer.held
        return not held or held <= (self.options.limits.send_bytes if self.blocked else _HELD)

    def drained(self) -> None:
        """The transport has got rid of what it held: messages that wait can be handled again."""
        if self.peer.held and not self._work_scheduled and not self.blocked:
            self._work_scheduled = True
            self.runner.loop.call_soon(self._work)
        self.steer()

    def ended(self, why: str) -> None:
        """The transport has read its last byte."""
        self.peer.end(why)
        self.flush()
        self.shut()
        if not self.closed.done():
            self.closed.set_result(None)

    def steer(self) -> None:
        """Read on or stop reading, as `wants_more` says."""

    # --- turns

    def _wake(self) -> None:
        if not (self._flush_scheduled or self._handling):
            self._flush_scheduled = True
            self.runner.turns.write_soon(self)

    def flush_turn(self) -> None:
        """Write what is to be written in this turn of the loop."""
        self._flush_scheduled = False
        self.flush()

    def _after(self, *, more: bool) -> None:
        peer = self.peer
        if peer.encoder.urgent:
            self.flush()
        if peer.connection.answers.finished:
            peer.tidy()
        if peer.encoder.pieces:
            self._wake()
        if peer.connection.error is not None:
            self.ended(str(self.peer.connection.error))
            return
        if more:
            if not self._work_scheduled and not self.blocked:
                self._work_scheduled = True
                self.runner.loop.call_soon(self._work)
            self.steer()

    def _work(self) -> None:
        self._work_scheduled = False
        if self.blocked:
            return
        self._handling = True
        try:
            more = self.peer.work(self.options.messages_per_turn)
        finally:
            self._handling = False
        self._after(more=more)
        if not more:
            self.steer()

    def flush(self) -> None:
        """Write what is to be sent."""
        encoder = self.peer.encoder
        if encoder.pieces:
            self.send(encoder.take())


class StreamLink(Link, asyncio.BufferedProtocol):
    """A connection over an asyncio transport: TCP, Unix sockets, TLS.

    Bytes are read into one buffer that all links of a loop share: a loop reads and tells of it in one step.
    Those of a large message are read to where they belong.
    """

    def __init__(
        self,
        runner: Runner,
        bootstrap: Callable[[], Cap | None] | None,
        options: Options,
        made: Callable[[StreamLink], None] | None = None,
    ) -> None:
        super().__init__(runner, bootstrap, options)
        self._transport: asyncio.Transport | None = None
        self._made = made
        self._reading = True
        self._direct = False
        self._heard = True
        self._silent = 0.0
        self._stuck = 0.0
        self._slow = 0.0
        self._written = 0
        self._gone = 0
        self._messages = 0
        self._watch: asyncio.TimerHandle | None = None
        self._closing = False
        self._questions = self.peer.connection.questions
        self._tcp: Any = None
        self._gathering: asyncio.TimerHandle | None = None
        self._written_before = 0

    # --- asyncio.BufferedProtocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        transport = cast("asyncio.Transport", transport)  # those of other loops (uvloop) are no subclasses
        self._transport = transport
        transport.set_write_buffer_limits(high=256 << 10)
        sock = transport.get_extra_info("socket")
        if sock is not None and sock.family == getattr(socket, "AF_UNIX", None):
            # the default holds a fifth of this, and each filling costs a turn on both sides
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SOCKET_BUFFER)
        elif hasattr(socket, "SO_RCVLOWAT"):
            self._tcp = sock
        self._schedule_watch()
        if self._made is not None:
            self._made(self)
        if self.peer.encoder.pieces:
            self._wake()

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - the signature is asyncio's
        """Where the next bytes are read to."""
        room = self.peer.room()
        self._direct = room is not None
        return self.runner.buffer if room is None else room

    def buffer_updated(self, nbytes: int) -> None:
        """Bytes have come."""
        self._heard = True
        if self._direct:
            self._take(self.peer.filled, nbytes)
        else:
            self._take(self.peer.feed, bytes(self.runner.buffer[:nbytes]))
        if self._gathering is not None:
            if len(self._questions.entries) <= _MANY:
                self._tell_at_once()
        elif nbytes < _GATHERED and len(self._questions.entries) > _MANY and self._tcp is not None:
            self._gather()

    def eof_received(self) -> bool:
        """The peer sends no more; it may still read what is there for it."""
        self.ended("the peer has closed the connection")
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        if self._watch is not None:
            self._watch.cancel()
        if self._gathering is not None:
            self._gathering.cancel()
        self._transport = None
        why = "the connection was lost" if exc is None else f"the connection was lost: {exc}"
        self.peer.end(why)
        self.peer.encoder.take()
        self.peer.encoder.probe = None
        if not self.closed.done():
            self.closed.set_result(None)

    def pause_writing(self) -> None:
        """The transport holds more than it likes to."""
        transport = self._transport
        if transport is not None:
            self.peer.encoder.probe = transport.get_write_buffer_size

    def resume_writing(self) -> None:
        """The transport has got rid of it."""
        self.peer.encoder.probe = None
        self.drained()

    # --- many answers in tiny pieces

    def _gather(self) -> None:
        """Have the system gather answers, if this is the second tiny read with nothing written in between."""
        before, self._written_before = self._written_before, self._written
        if before == self._written:
            try:
                self._tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, _GATHERED)
            except OSError:  # a system that does not know it
                self._tcp = None
            else:
                self._gathering = self.runner.loop.call_later(_MOMENT, self._tell_at_once)

    def _tell_at_once(self) -> None:
        """Have the system tell of every byte again, and of those it has."""
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
            with suppress(OSError):
                self._tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)

    # --- Link

    def send(self, pieces: list[Any]) -> None:
        """Write, in one go where the pieces are small."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        if self._gathering is not None:
            self._tell_at_once()
        if len(pieces) == 1:
            self._written += len(pieces[0])
            transport.write(pieces[0])
        else:
            size = sum(map(len, pieces))
            self._written += size
            if size <= _WRITE_AT_ONCE:
                transport.write(b"".join(pieces))
            else:
                for piece in pieces:
                    transport.write(piece)

    def shut(self) -> None:
        """Close once everything is written."""
        # once: asyncio's transport over TLS can be asked for nothing any more after a second time
        if self._transport is not None and not self._transport.is_closing():
            self._transport.close()

    def steer(self) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        wanted = self.wants_more
        if wanted != self._reading:
            self._reading = wanted
            if wanted:
                transport.resume_reading()
            else:
                transport.pause_reading()

    # --- the watch

    def _schedule_watch(self) -> None:
        options = self.options
        if options.keep_alive:
            tick = min(options.keep_alive, options.patience) / 4
            self._watch = self.runner.loop.call_later(tick, self._look, tick)

    def _look(self, tick: float) -> None:
        """Look whether the peer still lives; no clock is read, ticks are added up."""
        transport, options, peer = self._transport, self.options, self.peer
        if transport is None:
            return
        waiting = transport.get_write_buffer_size()
        gone = self._written - waiting
        self._stuck = self._stuck + tick if waiting and gone == self._gone else 0.0
        self._gone = gone
        if self._heard or not self._reading or peer.held:
            self._silent = 0.0
            self._heard = False
        else:
            before = self._silent
            self._silent = before + tick
            if before < options.keep_alive <= self._silent:
                peer.encoder.ping()
        partial = peer.partial
        self._slow = self._slow + tick if partial and peer.messages_in == self._messages else 0.0
        self._messages = peer.messages_in
        if self._stuck >= options.patience:
            self.kill("the peer does not read")
        elif self._silent >= options.keep_alive + options.patience:
            self.kill("the peer does not answer")
        elif self._slow >= options.message_deadline:
            self.kill("the peer does not complete its message")
        else:
            self._watch = self.runner.loop.call_later(tick, self._look, tick)

    # --- the end

    def kill(self, why: str) -> None:
        """End the connection now."""
        self.peer.connection.disconnect(DisconnectedError(why))
        self.runner.agenda.run()
        self.peer.encoder.take()
        if self._transport is not None:
            self._transport.abort()

    async def close(self) -> None:
        """End the connection; answers that are there reach the peer first, if it takes them in time."""
        transport = self._transport
        if transport is None or self._closing:
            await asyncio.shield(self.closed)
            return
        self._closing = True
        self.flush()
        self.peer.end("this side has closed the connection")
        self.peer.encoder.take()
        try:
            async with asyncio.timeout(self.options.linger):
                if transport.can_write_eof():
                    # the peer reads everything, sees the end and closes; closing at once could reset what
                    # is under way
                    transport.write_eof()
                else:
                    self.shut()
                await asyncio.shield(self.closed)
        except (TimeoutError, OSError):
            pass
        finally:
            if self._transport is not None:
                self._transport.abort()
                await asyncio.shield(self.closed)
