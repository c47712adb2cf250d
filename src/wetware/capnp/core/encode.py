"""Messages to bytes: each kind from its own template, the content moved behind it in one piece.

Rules that hold here:

1. The layout of each message is fixed, so that one `pack` writes the frame, every pointer and every field
   of it. The struct definitions are those of rpc.capnp; offsets are in words from the start of the segment.
2. Pointers are relative: the content, built as a message of its own, is valid wherever it is placed; only
   the pointer to it is new.
3. A content of several segments is copied into one before its capabilities are described: the copy has a
   table of its own.
4. Small messages become one piece of bytes. A large content is never copied here: it is a piece of its own.
"""

from __future__ import annotations

from collections import deque
from struct import Struct
from typing import TYPE_CHECKING, Final

from wetware.capnp.core import layout
from wetware.capnp.core.payload import RpcMessage
from wetware.capnp.exceptions import MAX_REASON
from wetware.capnp.hooks import AT_ONCE, NO_PIPELINING
from wetware.capnp.message import SMALL_MESSAGE, MessageBuilder, MessageReader
from wetware.errors import LimitError, LocalError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.capnp.core.wire import Descriptor, Target
    from wetware.capnp.hooks import Content

__all__ = ["LARGE", "Encoder"]

Piece = bytes | bytearray | memoryview

_ECHOED_CAPABILITIES: Final = 4096
"""A message of several segments that is not known is echoed if it names at most so many capabilities."""

SPILL: Final = 8 << 10
"""From this size on what is queued is written before the turn ends, so that the peer works meanwhile."""

LARGE: Final = 32 << 10
"""From this size on a content is sent as a piece of its own."""


_DESCRIPTOR = Struct("<HHIQ")
_QQ = Struct("<QQ")
_Q = Struct("<Q")
_unpack_q = _Q.unpack_from

# Boolean fields whose default is true are stored inverted: a set bit means false.
_KEEP_PARAMS = 1
_NO_FINISH = 2
_KEEP_RESULTS = 1
_NO_WORKAROUND = 2
# Call, its third data word
_NO_PIPELINING = 2


class Encoder:
    """A `Wire` that turns messages into pieces of bytes.

    Args:
        limit: the largest message to send, in bytes.
        wake: called when the first piece is there after `take`.
        spill: called when so much is there that the peer should get it at once, while more is being made.

    Attributes:
        pieces: what is to be sent, in order.
        size: the bytes of it.
        urgent: whether somebody waits for some of it; the rest may wait for the next write.
        probe: tells how many bytes the transport holds already; None while it holds few. Setting it begins
            the count of `answers_waiting`.
        backlog: the answers that are counted there: where each ends in all that was sent, and its size.
        trace: called with each message sent, framed; None for no trace.
    """

    __slots__ = (
        "_answers_bytes",
        "_limit",
        "_small",
        "_taken",
        "backlog",
        "pieces",
        "probe",
        "size",
        "spill",
        "trace",
        "urgent",
        "wake",
    )

    def __init__(self, limit: int, wake: Callable[[], None], spill: Callable[[], None]) -> None:
        self._limit = limit
        self._small = min(limit, SMALL_MESSAGE)
        self.pieces: list[Piece] = []
        self.size = 0
        self.urgent = False
        self._taken = 0
        self.backlog: deque[tuple[int, int]] = deque()
        self._answers_bytes = 0
        self.probe: Callable[[], int] | None = None
        self.wake = wake
        self.spill = spill
        self.trace: Callable[[bytes], None] | None = None

    @property
    def queued(self) -> int:
        """Bytes that the peer has not taken yet."""
        return self.size if self.probe is None else self.size + self.probe()

    @property
    def answers_waiting(self) -> int:
        """Bytes of results that the peer has not taken, as far as they came while the transport was full."""
        answers = self.backlog
        if answers:
            gone = self._taken + self.size - self.queued
            while answers and answers[0][0] <= gone:
                self._answers_bytes -= answers.popleft()[1]
        return self._answers_bytes

    def take(self) -> list[Piece]:
        """What is to be sent; it is the caller's from now on."""
        pieces, self.pieces = self.pieces, []
        self._taken += self.size
        self.size = 0
        self.urgent = False
        return pieces

    # --- contents

    @staticmethod
    def prepare(content: Content) -> Content:
        """The content as it can be sent, in one segment; what was received is copied."""
        if content.__class__ is MessageBuilder:
            return content if content.more is None else _copy(content.as_reader())
        if isinstance(content, RpcMessage):
            return content.copied()
        if isinstance(content, MessageReader):
            return _copy(content)
        return content

    def _body(self, content: Content) -> tuple[int, Piece]:
        """The content's words, and the root pointer to them where one word stands in between."""
        body: Piece
        if content.__class__ is MessageBuilder and content.more is None:
            segment = content.segment
            (root,) = _unpack_q(segment, 8)
            if len(segment) <= self._small:
                body = segment[16:]
                if root and root & 3 != 3 and root & 0xFFFFFFFF != 0xFFFFFFFC:
                    root += 4
                return root, body
            body = memoryview(segment)[16:]
        else:
            parts = content.segments_for_sending()
            if len(parts) != 1:
                raise LocalError("a content of several segments cannot be sent; copy it into one")
            (root,) = _unpack_q(parts[0], 0)
            body = memoryview(parts[0])[8:]
        if len(body) > self._limit:
            raise LimitError(
                f"the message has {len(body)} bytes and {self._limit} are allowed; send it in parts",
                limit="message_bytes",
                used=len(body),
                allowed=self._limit,
            )
        if not root or root & 3 == 3 or root & 0xFFFFFFFF == 0xFFFFFFFC:
            return root, body  # null, a capability, or a struct of no size: they point nowhere
        return root + 4, body

    def _send(self, head: bytes, body: Piece, tail: bytes, *, at_once: bool = False) -> None:
        self.urgent = True
        first = not self.pieces
        if first and not at_once:
            self.wake()
        if len(body) < LARGE:
            head = head + body + tail if tail else head + body
            size = self.size = self.size + len(head)
            self.pieces.append(head)
            if self.trace is not None:
                self.trace(head)
        else:
            size = self.size = self.size + len(head) + len(body) + len(tail)
            self.pieces += (head, body, tail) if tail else (head, body)
            if self.trace is not None:
                self.trace(b"".join((head, body, tail)))
        if at_once or size >= SPILL:
            self.spill()
            if at_once and first and self.pieces:
                self.wake()  # there is nobody who takes it at once

    def _plain(self, message: bytes) -> None:
        self.urgent = True
        self._later(message)

    def _later(self, message: bytes) -> None:
        if not self.pieces:
            self.wake()
        self.size += len(message)
        self.pieces.append(message)
        if self.trace is not None:
            self.trace(message)

    # --- the messages

    def call(
        self,
        question: int,
        target: Target,
        interface_id: int,
        method_id: int,
        content: Content,
        descriptors: Sequence[Descriptor],
        hints: int,
        send_to: int,
    ) -> None:
        """Send a `Call`."""
        root, body = self._body(content)
        words = len(body) >> 3
        if descriptors:
            table = _capabilities(descriptors)
            table_pointer = words << 2 | 1 | 7 << 32 | len(descriptors) << 36
            words += len(table) >> 3
        else:
            table = b""
            table_pointer = 0
        number, path = target
        flags = _NO_PIPELINING if hints & NO_PIPELINING else 0
        if path is None:
            head = layout.CALL_IMPORT.pack(
                13 + words,
                layout.CALL_HEAD,
                question,
                method_id,
                send_to,
                interface_id,
                flags,
                layout.TO_IMPORT,
                number,
                root,
                table_pointer,
            )
        elif len(path) == 1:
            head = layout.CALL_FIELD.pack(
                17 + words,
                layout.CALL_HEAD,
                question,
                method_id,
                send_to,
                interface_id,
                flags,
                layout.TO_FIELD,
                number,
                layout.ONE_STEP,
                1 | path[0] << 16,
                root,
                table_pointer,
            )
        else:
            steps = len(path)
            payload = 14 + steps if steps else 13
            head = layout.CALL_ANSWER.pack(
                payload + 2 + words,
                layout.CALL_HEAD,
                question,
                method_id,
                send_to,
                interface_id,
                flags,
                layout.CALL_TARGET,
                layout.struct(7, payload, 0, 2),
                layout.TARGET_ANSWER,
                number,
                layout.composite(12, 13, steps) if steps else 0,
            )
            head += _steps(path) + _QQ.pack(root, table_pointer)
        self._send(head, body, table, at_once=bool(hints & AT_ONCE))

    def results(
        self, answer: int, content: Content, descriptors: Sequence[Descriptor], *, no_finish: bool
    ) -> None:
        """Send a `Return` with results."""
        root, body = self._body(content)
        words = len(body) >> 3
        if descriptors:
            table = _capabilities(descriptors)
            table_pointer = words << 2 | 1 | 7 << 32 | len(descriptors) << 36
            words += len(table) >> 3
        else:
            table = b""
            table_pointer = 0
        head = layout.RESULTS.pack(
            8 + words,
            layout.RETURN_HEAD,
            answer,
            _KEEP_PARAMS | _NO_FINISH if no_finish else _KEEP_PARAMS,
            0,
            0,
            layout.RETURN_PAYLOAD,
            root,
            table_pointer,
        )
        if self.probe is not None:  # the transport is full: the peer may not be reading
            size = len(head) + len(body) + len(table)
            self.backlog.append((self._taken + self.size + size, size))
            self._answers_bytes += size
        self._send(head, body, table)

    def exception(
        self, answer: int, kind: int, reason: str, *, release_params: bool, no_finish: bool
    ) -> None:
        """Send a `Return` with an exception."""
        error = _exception(kind, reason)
        flags = (0 if release_params else _KEEP_PARAMS) | (_NO_FINISH if no_finish else 0)
        head = layout.RETURN_EXCEPTION.pack(
            6 + (len(error) >> 3), layout.RETURN_HEAD, answer, flags, 1, 0, layout.RETURN_ERROR
        )
        self._plain(head + error)

    def return_other(self, answer: int, kind: int, other: int) -> None:
        """Send a `Return` that carries nothing."""
        self._plain(layout.RETURN_OTHER.pack(6, layout.RETURN_HEAD, answer, _KEEP_PARAMS, kind, other, 0))

    def finish(self, question: int, *, release_results: bool) -> None:
        """Send a `Finish`."""
        flags = _NO_WORKAROUND if release_results else _NO_WORKAROUND | _KEEP_RESULTS
        self._later(layout.SHORT.pack(4, layout.FINISH_HEAD, question, flags))

    def release(self, export: int, count: int) -> None:
        """Send a `Release`."""
        self._later(layout.SHORT.pack(4, layout.RELEASE_HEAD, export, count))

    def bootstrap(self, question: int) -> None:
        """Send a `Bootstrap`."""
        self._plain(
            layout.BOOTSTRAP_ALL.pack(0, 5, layout.ROOT, layout.BOOTSTRAP, layout.TO_BOOTSTRAP, question, 0)
        )

    def resolve(self, promise: int, descriptor: Descriptor) -> None:
        """Send a `Resolve` to a capability."""
        entry = _capabilities((descriptor,))[8:]  # without the list's tag
        # Resolve: 3 data, 4 its pointer; 5, 6 CapDescriptor
        head = layout.RESOLVE_HEAD.pack(
            0,
            5 + (len(entry) >> 3),
            layout.ROOT,
            layout.RESOLVE,
            layout.TO_RESOLVE,
            promise,
            0,
            0,
            layout.struct(4, 5, 1, 1),
        )
        self._plain(head + entry)

    def resolve_broken(self, promise: int, kind: int, reason: str) -> None:
        """Send a `Resolve` to an exception."""
        error = _exception(kind, reason)
        head = layout.RESOLVE_HEAD.pack(
            0,
            5 + (len(error) >> 3),
            layout.ROOT,
            layout.RESOLVE,
            layout.TO_RESOLVE,
            promise,
            1,
            0,
            layout.struct(4, 5, 1, 2),
        )
        self._plain(head + error)

    def disembargo(self, target: Target, embargo: int, *, reply: bool) -> None:
        """Send a `Disembargo`."""
        # Disembargo: 3 data, 4 its target; 5, 6 MessageTarget
        number, path = target
        if path is None:
            rest = _QQ.pack(number, 0)
        else:
            steps = len(path)
            rest = _QQ.pack(1 << 32, layout.struct(6, 7, 1, 1)) + _QQ.pack(
                number, layout.composite(8, 9, steps) if steps else 0
            )
            rest += _steps(path)
        head = layout.DISEMBARGO_HEAD.pack(
            0,
            5 + (len(rest) >> 3),
            layout.ROOT,
            layout.DISEMBARGO,
            layout.TO_RESOLVE,
            embargo,
            1 if reply else 0,
            0,
            layout.struct(4, 5, 1, 1),
        )
        self._plain(head + rest)

    def abort(self, kind: int, reason: str) -> None:
        """Send an `Abort`."""
        error = _exception(kind, reason)
        self._plain(
            layout.ABORT_HEAD.pack(
                0, 3 + (len(error) >> 3), layout.ROOT, layout.ABORT, layout.struct(2, 3, 1, 2)
            )
            + error
        )

    def ping(self) -> None:
        """Send what no peer knows and every peer echoes: the obsolete `save`, empty."""
        self._plain(layout.PING)

    def unimplemented(self, message: MessageReader) -> None:
        """Send a message back that is not known here."""
        segments = message.segments
        if len(segments) == 1:
            segment: Piece = segments[0]
        else:
            # what its capability pointers name is left out
            message.caps = [None] * _ECHOED_CAPABILITIES
            segment = memoryview(_copy(message).segment)[8:]
        # pointers are relative: the message stays valid behind a few more words
        head = layout.UNIMPLEMENTED_HEAD.pack(
            0, 2 + (len(segment) >> 3), layout.ROOT, layout.UNIMPLEMENTED, _unpack_q(segment, 0)[0]
        )
        self._plain(head + segment[8:])


def _copy(message: MessageReader) -> MessageBuilder:
    """The message in one segment, with its own table of capabilities."""
    copy = MessageBuilder()
    copy.get_root().set(message.get_root())
    return copy


def _capabilities(descriptors: Sequence[Descriptor]) -> bytes:
    """A list of `CapDescriptor` with its tag, and behind it what it points to."""
    count = len(descriptors)
    if count == 1:
        kind, number, path = descriptors[0]
        if path is None:
            return layout.ONE_CAPABILITY.pack(layout.ONE_CAPABILITY_TAG, kind, 0, number, 0)
    out = bytearray(_Q.pack(count << 2 | 1 << 32 | 1 << 48))
    later = b""
    for index, (kind, number, path) in enumerate(descriptors):
        if path is None:
            out += _DESCRIPTOR.pack(kind, 0, number, 0)
        else:
            at = 2 + 2 * index  # the word of the descriptor's pointer, the tag being word 0
            to = 1 + 2 * count + (len(later) >> 3)
            out += _DESCRIPTOR.pack(kind, 0, 0, layout.struct(at, to, 1, 1))
            steps = len(path)
            later += _QQ.pack(number, layout.composite(to + 1, to + 2, steps) if steps else 0) + _steps(path)
    return bytes(out) + later


def _steps(path: Sequence[int]) -> bytes:
    """A list of `PromisedAnswer.Op` with its tag; nothing for an empty path."""
    if not path:
        return b""
    return _Q.pack(len(path) << 2 | 1 << 32) + b"".join([_Q.pack(1 | step << 16) for step in path])


def _exception(kind: int, reason: str) -> bytes:
    """An `Exception`: its data word, its two pointers, its text."""
    text = reason[:MAX_REASON].encode("utf-8", "backslashreplace")
    return (
        layout.EXCEPTION.pack(kind << 32, layout.byte_list(1, 3, len(text) + 1), 0)
        + text
        + b"\0\0\0\0\0\0\0\0"[: 8 - (len(text) & 7)]
    )
