"""One end of a connection as bytes in and bytes out.

Rules that hold here:

1. `feed` takes bytes in any pieces and handles whole messages, at most so many at a time; the rest waits
   until `work` is called again. What waits is bounded by what was read: the driver reads on only while
   little waits. Until then it is read into memory, `held` bytes of it, whatever else holds the handling up:
   two vats that have much to tell each other must not both stop listening.
2. A peer that breaks the protocol is aborted here, and no error of its making leaves `feed`.
3. `take` gives what is to be sent. The driver calls it once a turn: many messages become one write.
   What the messages gave back is let go of then, or by `tidy`: a driver that cares for its answers' time
   sends what the encoder holds first, and tidies while the peer works.
4. The agenda is run after each batch, so that whatever the messages caused is on its way with the same write.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from wetware.capnp.core.connection import Connection
from wetware.capnp.core.decode import Decoder
from wetware.capnp.core.encode import Encoder
from wetware.capnp.core.limits import Limits
from wetware.capnp.core.payload import RpcMessage
from wetware.capnp.errors import DecodeError, MessageLimitError
from wetware.capnp.exceptions import DisconnectedError, ProtocolError
from wetware.capnp.framing import Framer
from wetware.capnp.message import Limits as MessageLimits
from wetware.errors import RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.core.agenda import Agenda
    from wetware.capnp.core.capability import Cap
    from wetware.capnp.core.encode import Piece

__all__ = ["Peer"]


def _nothing() -> None:
    pass


class Peer:
    """A connection with its codec.

    Args:
        agenda: the vat's.
        bootstrap: gives the capability that the peer may ask for.
        limits: what the connection may cost.
        tail_calls: see `Connection`.
        wake: called when there is something to `take` that was not there before.
        spill: called when there is so much that it should be taken at once.

    Attributes:
        connection: its state.
        encoder: what is to be sent.
        messages_in: messages handled so far.
        held: bytes of messages that were received and wait to be handled.
    """

    __slots__ = (
        "_decoder",
        "_framer",
        "_waiting",
        "agenda",
        "connection",
        "encoder",
        "held",
        "messages_in",
        "on_message",
    )

    def __init__(
        self,
        agenda: Agenda,
        bootstrap: Callable[[], Cap | None] | None = None,
        *,
        limits: Limits | None = None,
        tail_calls: bool = True,
        wake: Callable[[], None] = _nothing,
        spill: Callable[[], None] = _nothing,
    ) -> None:
        limits = limits or Limits()
        self.agenda = agenda
        self.encoder = Encoder(limits.message_bytes, wake, spill)
        self.connection = Connection(agenda, self.encoder, bootstrap, limits=limits, tail_calls=tail_calls)
        self._decoder = Decoder(self.connection, self.encoder)
        self._framer = Framer(
            MessageLimits(
                traversal_words=limits.message_bytes >> 3,
                segments=limits.segments,
                message_bytes=limits.message_bytes,
            ),
            RpcMessage,
        )
        self._waiting: deque[RpcMessage] = deque()
        self.messages_in = 0
        self.held = 0
        self.on_message: Callable[[RpcMessage], None] | None = None

    def room(self) -> memoryview | None:
        """Where the next bytes of the peer can be put, to be told to `filled`; None to `feed` them."""
        return None if self.connection.error is not None else self._framer.room()

    def filled(self, count: int, limit: int = 1 << 30) -> bool:
        """So many bytes were put into `room`; whether messages wait for `work`."""
        if self.connection.error is not None:
            return False
        return self._arrived(self._framer.filled(count), limit)

    def _arrived(self, messages: list[RpcMessage], limit: int) -> bool:
        """Handle what has come, or have it wait behind what came before; whether messages wait."""
        if not self._waiting and len(messages) <= limit:
            self._handle(messages)
            return False
        for message in messages:
            self._waiting.append(message)
            self.held += message.size
        return self.work(limit)

    def feed(self, data: bytes, limit: int = 1 << 30) -> bool:
        """Take bytes of the peer; whether messages wait for `work`."""
        if self.connection.error is not None:
            return False
        try:
            messages = self._framer.feed(data)
        except (DecodeError, MessageLimitError) as error:
            self.work(1 << 30)  # what came whole before it was still meant
            if isinstance(error, MessageLimitError) and self.connection.error is None:
                self.connection.exceeded = error.with_traceback(None)
            self.connection.abort(ProtocolError(str(error)))
            return self.work(limit)
        return self._arrived(messages, limit)

    def work(self, limit: int = 1 << 30) -> bool:
        """Handle at most `limit` messages; whether more wait."""
        waiting = self._waiting
        messages = [waiting.popleft() for _ in range(min(limit, len(waiting)))]
        self.held -= sum([message.size for message in messages])
        self._handle(messages)
        return bool(waiting)

    def _handle(self, messages: list[RpcMessage]) -> None:
        """Handle these, one after the other, each with what it causes."""
        connection = self.connection
        if connection.answers.finished:
            self.tidy()
        agenda = self.agenda
        due = agenda.due
        handle = self._decoder.handle
        was_busy, agenda.busy = agenda.busy, True
        self.messages_in += len(messages)
        watch = self.on_message
        rest = iter(messages)
        try:
            for message in rest:
                if watch is not None:
                    watch(message)
                try:
                    handle(message)
                except RemoteError as error:
                    connection.abort(ProtocolError(str(error)))
                if due:
                    do, what = due.popleft()
                    do(what)
                    if due:
                        agenda.run()
                if connection.error is not None:
                    self._waiting.clear()
                    self.held = 0
                    break
        except BaseException:
            # a bug of ours: what came behind it is not lost
            left = list(rest)
            self._waiting.extendleft(reversed(left))
            self.held += sum([message.size for message in left])
            raise
        finally:
            agenda.busy = was_busy
        if due and agenda.run():
            agenda.wake()

    @property
    def partial(self) -> int:
        """Bytes of a message that is not complete yet."""
        return self._framer.pending

    def tidy(self) -> None:
        """Let go of what the peer has given back."""
        answers = self.connection.answers
        if answers.finished:
            agenda = self.agenda
            was_busy, agenda.busy = agenda.busy, True
            try:
                answers.let_go()
            finally:
                agenda.busy = was_busy
            if agenda.due and agenda.run():
                agenda.wake()

    def take(self) -> list[Piece]:
        """What is to be sent."""
        self.tidy()
        return self.encoder.take()

    def take_bytes(self) -> bytes:
        """What is to be sent, in one piece."""
        return b"".join(self.take())

    def end(self, why: str = "the peer has closed the connection") -> None:
        """No more bytes will come."""
        self.connection.disconnect(DisconnectedError(why))
        self.agenda.run()
