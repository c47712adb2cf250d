"""Messages to bytes: each kind from its own template, the content moved behind it in one piece.

Rules that hold here:

1. The layout of each message is fixed, so that one `pack` writes the frame, every pointer and every field of it. The struct
   definitions are those of rpc.capnp; offsets are in words from the start of the segment.
2. Pointers are relative: the content, built as a message of its own, is valid wherever it is placed; only the pointer to it is new.
3. A content of several segments keeps them; the message's own segment comes first, and far pointers are renumbered by copying the
   content into one segment.
4. Small messages become one piece of bytes. A large content is never copied here: it is a piece of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import Struct
from typing import TYPE_CHECKING, Final

from wetware.capnp.core.payload import RpcMessage
from wetware.capnp.core.wire import Descriptor, Target
from wetware.capnp.exceptions import MAX_REASON
from wetware.capnp.hooks import NO_PIPELINING
from wetware.capnp.message import MessageBuilder, MessageReader, unpack_pointer
from wetware.errors import LimitError, LocalError

if TYPE_CHECKING:
    from wetware.capnp.hooks import Content

__all__ = ["LARGE", "Encoder"]

Piece = bytes | bytearray | memoryview

SPILL: Final = 16 << 10
"""From this size on what is queued is written before the turn ends, so that the peer works meanwhile."""

LARGE: Final = 32 << 10
"""From this size on a content is sent as a piece of its own."""


def _struct(at: int, to: int, data: int, pointers: int) -> int:
    """The pointer in word `at` to a struct in word `to`."""
    return (to - at - 1) << 2 & 0xFFFFFFFF | data << 32 | pointers << 48


def _composite(at: int, to: int, words: int) -> int:
    """The pointer in word `at` to a list of structs in word `to` (its tag), of `words` words without the tag."""
    return (to - at - 1) << 2 & 0xFFFFFFFF | 1 | 7 << 32 | words << 35


def _bytes(at: int, to: int, count: int) -> int:
    """The pointer in word `at` to a list of `count` bytes in word `to`."""
    return (to - at - 1) << 2 & 0xFFFFFFFF | 1 | 2 << 32 | count << 35


# Every message: 0 the root pointer; 1, 2 Message (which; its pointer); 3… the struct of its kind.
_ROOT = _struct(0, 1, 1, 1)

_UNIMPLEMENTED, _ABORT, _CALL, _RETURN, _FINISH, _RESOLVE, _RELEASE = range(7)
_BOOTSTRAP, _DISEMBARGO = 8, 13

# Call: 3-5 data, 6-8 target, params, thirdParty; 9, 10 MessageTarget; 11, 12 Payload; 13… content
_TO_CALL = _struct(2, 3, 3, 3)
_CALL_IMPORT = Struct("<IIQQQIHHQQQQQIIQQQ")
_CALL_TARGET = _struct(6, 9, 1, 1)
_CALL_PARAMS = _struct(7, 11, 0, 2)
# Call of a promised answer: 11, 12 PromisedAnswer; 13 the list's tag, 14… its steps; then Payload and content
_CALL_ANSWER = Struct("<IIQQQIHHQQQQQIIQQQ")
_TO_ANSWER = _struct(10, 11, 1, 1)
# Return: 3, 4 data, 5 its pointer; 6, 7 Payload; 8… content
_TO_RETURN = _struct(2, 3, 2, 1)
_RESULTS = Struct("<IIQQQIHHQQQQ")
_RETURN_PAYLOAD = _struct(5, 6, 0, 2)
_RETURN_OTHER = Struct("<IIQQQIHHQQ")
# Return with an exception, Resolve with one, Abort: the exception is 1 data word, 2 pointers, then its text
_RETURN_EXCEPTION = Struct("<IIQQQIHHQQ")
_RETURN_ERROR = _struct(5, 6, 1, 2)
_EXCEPTION = Struct("<QQQ")
_TO_FINISH = _struct(2, 3, 1, 0)
_FINISH_ALL = Struct("<IIQQQII")
_TO_RELEASE = _TO_FINISH
_RELEASE_ALL = Struct("<IIQQQII")
_TO_BOOTSTRAP = _struct(2, 3, 1, 1)
_BOOTSTRAP_ALL = Struct("<IIQQQQQ")
_TO_RESOLVE = _struct(2, 3, 1, 1)
_RESOLVE_HEAD = Struct("<IIQQQIHHQ")
_DISEMBARGO_HEAD = Struct("<IIQQQIHHQ")
_ABORT_HEAD = Struct("<IIQQQ")
_UNIMPLEMENTED_HEAD = Struct("<IIQQQ")
_PING = _UNIMPLEMENTED_HEAD.pack(0, 3, _ROOT, 7, 0)
_DESCRIPTOR = Struct("<HHIQ")
_QQ = Struct("<QQ")
_Q = Struct("<Q")

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
        probe: tells how many bytes the transport holds already; None while it holds few.
        trace: called with each message sent, framed; None for no trace.
    """

    __slots__ = ("_limit", "pieces", "probe", "size", "spill", "trace", "urgent", "wake")

    def __init__(self, limit: int, wake: Callable[[], None], spill: Callable[[], None]) -> None:
        self._limit = limit
        self.pieces: list[Piece] = []
        self.size = 0
        self.urgent = False
        self.probe: Callable[[], int] | None = None
        self.wake = wake
        self.spill = spill
        self.trace: Callable[[bytes], None] | None = None

    @property
    def queued(self) -> int:
        """Bytes that the peer has not taken yet."""
        return self.size if self.probe is None else self.size + self.probe()

    def take(self) -> list[Piece]:
        """What is to be sent; it is the caller's from now on."""
        pieces, self.pieces = self.pieces, []
        self.size = 0
        self.urgent = False
        return pieces

    # --- contents

    @staticmethod
    def prepare(content: Content) -> Content:
        """The content as it can be sent; what was received is copied."""
        if isinstance(content, RpcMessage):
            return content.copied()
        if content.__class__ is not MessageBuilder and isinstance(content, MessageReader):
            copy = MessageBuilder()
            copy.get_root().set(content.get_root())
            return copy
        return content

    def _body(self, content: Content) -> tuple[int, Piece]:
        """The content's root pointer, as if it stood right before the content, and the content's words."""
        if content.__class__ is MessageBuilder:
            segments = content.segments
            if len(segments) == 1:
                segment = segments[0]
                low, high = unpack_pointer(segment, 8)
                body: Piece = memoryview(segment)[16:]
            else:
                copy = MessageBuilder()
                copy.get_root().set(content.as_reader().get_root())
                segment = copy.segments[0]
                low, high = unpack_pointer(segment, 8)
                body = memoryview(segment)[16:]
        else:
            parts = content.segments_for_sending()
            if len(parts) != 1:
                raise LocalError("a content of several segments cannot be sent; copy it into one")
            low, high = unpack_pointer(parts[0], 0)
            body = memoryview(parts[0])[8:]
        if len(body) > self._limit:
            raise LimitError(
                f"the message has {len(body)} bytes and {self._limit} are allowed; send it in parts",
                limit="message_bytes",
                used=len(body),
                allowed=self._limit,
            )
        return low & 0xFFFFFFFF | high << 32, body

    @staticmethod
    def _shift(root: int, words: int) -> int:
        """A pointer that stood right before its content, now `words` further away from it."""
        if root & 3 == 3 or not root or root & 0xFFFFFFFF == 0xFFFFFFFC:
            return root  # a capability, null, or a struct of no size, which points nowhere
        return root + (words << 2)

    def _send(self, head: bytes, body: Piece, tail: bytes) -> None:
        self.urgent = True
        if not self.pieces:
            self.wake()
        size = len(body)
        self.size += len(head) + size + len(tail)
        if size >= LARGE:
            self.pieces += (head, body, tail) if tail else (head, body)
        else:
            head = b"".join((head, body, tail))
            self.pieces.append(head)
        if self.trace is not None:
            self.trace(head if size < LARGE else b"".join((head, body, tail)))
        if self.size >= SPILL:
            self.spill()

    def _plain(self, message: bytes, *, urgent: bool = True) -> None:
        if urgent:
            self.urgent = True
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
        number, path = target
        flags = _NO_PIPELINING if hints & NO_PIPELINING else 0
        if descriptors:
            table = _capabilities(descriptors)
            table_pointer = words << 2 | 1 | 7 << 32 | len(descriptors) << 36
        else:
            table = b""
            table_pointer = 0
        words += len(table) >> 3
        if path is None:
            head = _CALL_IMPORT.pack(
                0,
                13 + words,
                _ROOT,
                _CALL,
                _TO_CALL,
                question,
                method_id,
                send_to,
                interface_id,
                flags,
                _CALL_TARGET,
                _CALL_PARAMS,
                0,
                number,
                0,
                0,
                self._shift(root, 1),
                table_pointer,
            )
        else:
            steps = len(path)
            payload = 14 + steps if steps else 13
            head = _CALL_ANSWER.pack(
                0,
                payload + 2 + words,
                _ROOT,
                _CALL,
                _TO_CALL,
                question,
                method_id,
                send_to,
                interface_id,
                flags,
                _CALL_TARGET,
                _struct(7, payload, 0, 2),
                0,
                0,
                1,
                _TO_ANSWER,
                number,
                _composite(12, 13, steps) if steps else 0,
            )
            head += _steps(path) + _QQ.pack(self._shift(root, 1), table_pointer)
        self._send(head, body, table)

    def results(
        self, answer: int, content: Content, descriptors: Sequence[Descriptor], *, no_finish: bool
    ) -> None:
        """Send a `Return` with results."""
        root, body = self._body(content)
        words = len(body) >> 3
        if descriptors:
            table = _capabilities(descriptors)
            table_pointer = words << 2 | 1 | 7 << 32 | len(descriptors) << 36
        else:
            table = b""
            table_pointer = 0
        head = _RESULTS.pack(
            0,
            8 + words + (len(table) >> 3),
            _ROOT,
            _RETURN,
            _TO_RETURN,
            answer,
            _KEEP_PARAMS | _NO_FINISH if no_finish else _KEEP_PARAMS,
            0,
            0,
            _RETURN_PAYLOAD,
            self._shift(root, 1),
            table_pointer,
        )
        self._send(head, body, table)

    def exception(self, answer: int, kind: int, reason: str, *, release_params: bool, no_finish: bool) -> None:
        """Send a `Return` with an exception."""
        error = _exception(kind, reason)
        flags = (0 if release_params else _KEEP_PARAMS) | (_NO_FINISH if no_finish else 0)
        head = _RETURN_EXCEPTION.pack(
            0, 6 + (len(error) >> 3), _ROOT, _RETURN, _TO_RETURN, answer, flags, 1, 0, _RETURN_ERROR
        )
        self._plain(head + error)

    def return_other(self, answer: int, kind: int, other: int) -> None:
        """Send a `Return` that carries nothing."""
        self._plain(
            _RETURN_OTHER.pack(0, 6, _ROOT, _RETURN, _TO_RETURN, answer, _KEEP_PARAMS, kind, other, 0)
        )

    def finish(self, question: int, *, release_results: bool) -> None:
        """Send a `Finish`."""
        flags = _NO_WORKAROUND if release_results else _NO_WORKAROUND | _KEEP_RESULTS
        self._plain(_FINISH_ALL.pack(0, 4, _ROOT, _FINISH, _TO_FINISH, question, flags), urgent=False)

    def release(self, export: int, count: int) -> None:
        """Send a `Release`."""
        self._plain(_RELEASE_ALL.pack(0, 4, _ROOT, _RELEASE, _TO_RELEASE, export, count), urgent=False)

    def bootstrap(self, question: int) -> None:
        """Send a `Bootstrap`."""
        self._plain(_BOOTSTRAP_ALL.pack(0, 5, _ROOT, _BOOTSTRAP, _TO_BOOTSTRAP, question, 0))

    def resolve(self, promise: int, descriptor: Descriptor) -> None:
        """Send a `Resolve` to a capability."""
        entry = _capabilities((descriptor,))[8:]  # without the list's tag
        # Resolve: 3 data, 4 its pointer; 5, 6 CapDescriptor
        head = _RESOLVE_HEAD.pack(
            0, 5 + (len(entry) >> 3), _ROOT, _RESOLVE, _TO_RESOLVE, promise, 0, 0, _struct(4, 5, 1, 1)
        )
        self._plain(head + entry)

    def resolve_broken(self, promise: int, kind: int, reason: str) -> None:
        """Send a `Resolve` to an exception."""
        error = _exception(kind, reason)
        head = _RESOLVE_HEAD.pack(
            0, 5 + (len(error) >> 3), _ROOT, _RESOLVE, _TO_RESOLVE, promise, 1, 0, _struct(4, 5, 1, 2)
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
            rest = _QQ.pack(1 << 32, _struct(6, 7, 1, 1)) + _QQ.pack(
                number, _composite(8, 9, steps) if steps else 0
            )
            rest += _steps(path)
        head = _DISEMBARGO_HEAD.pack(
            0,
            5 + (len(rest) >> 3),
            _ROOT,
            _DISEMBARGO,
            _TO_RESOLVE,
            embargo,
            1 if reply else 0,
            0,
            _struct(4, 5, 1, 1),
        )
        self._plain(head + rest)

    def abort(self, kind: int, reason: str) -> None:
        """Send an `Abort`."""
        error = _exception(kind, reason)
        self._plain(
            _ABORT_HEAD.pack(0, 3 + (len(error) >> 3), _ROOT, _ABORT, _struct(2, 3, 1, 2)) + error
        )

    def ping(self) -> None:
        """Send what no peer knows and every peer echoes: the obsolete `save`, empty."""
        self._plain(_PING)

    def unimplemented(self, message: MessageReader) -> None:
        """Send a message back that is not known here."""
        copy = MessageBuilder()
        copy.get_root().set(message.get_root())
        root, body = self._body(copy)
        self._plain(
            _UNIMPLEMENTED_HEAD.pack(0, 3 + (len(body) >> 3), _ROOT, _UNIMPLEMENTED, root) + bytes(body)
        )


def _capabilities(descriptors: Sequence[Descriptor]) -> bytes:
    """A list of `CapDescriptor` with its tag, and behind it what it points to."""
    count = len(descriptors)
    out = bytearray(_Q.pack(count << 2 | 1 << 32 | 1 << 48))
    later = b""
    for index, (kind, number, path) in enumerate(descriptors):
        if path is None:
            out += _DESCRIPTOR.pack(kind, 0, number, 0)
        else:
            at = 2 + 2 * index  # the word of the descriptor's pointer, the tag being word 0
            to = 1 + 2 * count + (len(later) >> 3)
            out += _DESCRIPTOR.pack(kind, 0, 0, _struct(at, to, 1, 1))
            steps = len(path)
            later += _QQ.pack(number, _composite(to + 1, to + 2, steps) if steps else 0) + _steps(path)
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
        _EXCEPTION.pack(kind << 32, _bytes(1, 3, len(text) + 1), 0) + text + b"\0\0\0\0\0\0\0\0"[: 8 - (len(text) & 7)]
    )
