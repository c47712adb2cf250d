"""Stream framing: the segment table before each message, for files, sockets and asyncio.

Layout (https://capnproto.org/encoding.html#serialization-over-a-stream): number of segments minus one, then
the size of each in words, all 32-bit little-endian; padding to a whole word; the segments.

Rules that hold here:

1. Limits are checked on the table, before any byte of content is waited for or room is made for it.
2. `Framer` takes bytes as they come, in any pieces, and gives whole messages; a message inside one piece
   costs one copy of its bytes, a large one across many pieces is assembled in place, once.
"""

from __future__ import annotations

from struct import Struct, unpack_from
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wetware.capnp.errors import DecodeError, MessageLimitError
from wetware.capnp.reader import MessageReader, StructReader
from wetware.capnp.segments import DEFAULT_LIMITS, SMALL_MESSAGE, WORD, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.capnp.builder import MessageBuilder, StructBuilder
    from wetware.capnp.segments import Segment

__all__ = ["Framer", "frame", "read_message", "read_message_from", "segment_bytes"]

HEADER = Struct("<II")
_header = HEADER.unpack_from

M = TypeVar("M", bound=MessageReader)


def frame(message: MessageBuilder | StructBuilder) -> bytearray:
    """The bytes of a message, or of the message that a struct is the root of, behind their segment table.

    For a message of one segment these are the builder's own bytes, not copied: send them before writing to
    it again.
    """
    if isinstance(message, StructReader):
        message = message._m  # noqa: SLF001 - the wire layer's own slot
    segments = message.segments
    if len(segments) == 1:
        segment = message.segment
        HEADER.pack_into(segment, 0, 0, (len(segment) >> 3) - 1)
        return segment
    return table(segments, WORD) + b"".join([memoryview(s)[WORD:] for s in segments])


def table(segments: Sequence[Segment], skip: int = 0) -> bytearray:
    """The segment table; `skip` bytes at the start of each segment are not counted."""
    count = len(segments)
    out = bytearray((count - 1).to_bytes(4, "little"))
    for segment in segments:
        out += ((len(segment) - skip) >> 3).to_bytes(4, "little")
    if not count & 1:
        out += bytes(4)
    return out


def segment_bytes(message: MessageReader | MessageBuilder) -> list[bytes]:
    """A copy of each segment's content."""
    return [bytes(memoryview(s)[message.base :]) for s in message.segments]


def measure(data: Segment, at: int, end: int, limits: Limits) -> tuple[int, tuple[int, ...]] | None:
    """Read the segment table at byte `at`.

    Returns:
        The table's size in bytes and the size of each segment in words; None where the table is not
        complete yet.
    """
    if end - at < WORD:
        return None
    last, first = HEADER.unpack_from(data, at)
    if last == 0:
        sizes: tuple[int, ...] = (first,)
        head = WORD
    else:
        if last >= limits.segments:
            raise MessageLimitError(
                f"the message has {last + 1} segments and {limits.segments} are allowed",
                limit="segments",
                used=last + 1,
                allowed=limits.segments,
            )
        head = (8 + 4 * (last + 1)) & ~7
        if end - at < head:
            return None
        sizes = unpack_from(f"<{last + 1}I", data, at + 4)
    total = sum(sizes) << 3
    if total > limits.message_bytes:
        raise MessageLimitError(
            f"the message has {total} bytes and {limits.message_bytes} are allowed",
            limit="message_bytes",
            used=total,
            allowed=limits.message_bytes,
        )
    return head, sizes


def cut(data: Segment, at: int, sizes: tuple[int, ...]) -> list[Segment]:
    """Slice the segments that stand one behind the other from byte `at`."""
    segments: list[Segment] = []
    for size in sizes:
        segments.append(data[at : at + (size << 3)])
        at += size << 3
    return segments


def read_message(
    data: Segment, *, caps: list[Any] | None = None, limits: Limits = DEFAULT_LIMITS
) -> MessageReader:
    """Read one framed message that `data` holds from its first byte to its last.

    Its bytes are not copied, unless they are so few that a copy is faster than a view.

    Raises:
        DecodeError: the bytes end too early or go on behind the message.
        MessageLimitError: the message is larger than `limits` allow.
    """
    view = data if data.__class__ is bytes and len(data) <= SMALL_MESSAGE else memoryview(data).toreadonly()
    found = measure(view, 0, len(view), limits)
    if found is None:
        raise DecodeError(f"{len(view)} bytes are too few for a message's segment table")
    head, sizes = found
    size = head + (sum(sizes) << 3)
    if size != len(view):
        raise DecodeError(f"the message should have {size} bytes and {len(view)} are there")
    return MessageReader(cut(view, head, sizes), caps, limits)


def read_message_from(
    read_exactly: Callable[[int], bytes],
    *,
    caps: list[Any] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> MessageReader | None:
    """Read one framed message from a blocking source.

    Args:
        read_exactly: gives exactly as many bytes as asked for; fewer only at the end of the stream.
        caps: the message's capability table.
        limits: what the message may ask for.

    Returns:
        The message, or None where the stream ends before it begins.
    """
    data = read_exactly(WORD)
    if not data:
        return None
    while (found := measure(data, 0, len(data), limits)) is None:
        if len(data) != WORD:
            raise DecodeError("the stream ends inside a message's segment table")
        more = read_exactly((4 * HEADER.unpack_from(data)[0] + 4) & ~7)
        if not more:
            raise DecodeError("the stream ends inside a message's segment table")
        data += more
    sizes = found[1]
    size = sum(sizes) << 3
    content = read_exactly(size) if size else b""
    if len(content) != size:
        raise DecodeError("the stream ends inside a message")
    return MessageReader(cut(memoryview(content), 0, sizes), caps, limits)


class Framer(Generic[M]):
    """Cuts a stream of bytes into messages.

    Args:
        limits: what each message may ask for.
        make: makes the messages; called as `MessageReader` is.

    `feed` raises `MessageLimitError` for a message that is too large; the stream cannot be used any more
    then.
    """

    __slots__ = ("_buffer", "_filled", "_large", "_limits", "_make", "_sizes")

    def __init__(self, limits: Limits = DEFAULT_LIMITS, make: type[M] = MessageReader) -> None:  # type: ignore[assignment]  # without `make`, M is MessageReader
        self._limits = limits
        self._make = make
        self._buffer = b""
        # a message too large to wait for in `_buffer`: its content, how much of it is there, its segments'
        # sizes
        self._large: bytearray | None = None
        self._filled = 0
        self._sizes: tuple[int, ...] = ()

    @property
    def pending(self) -> int:
        """Bytes that were fed and belong to a message that is not complete yet."""
        return len(self._buffer) if self._large is None else self._filled

    def feed(self, data: bytes) -> list[M]:
        """Take the next bytes of the stream and give the messages that they complete."""
        limits = self._limits
        out: list[M] = []
        at = 0
        if self._large is not None:
            at = self._fill(data, out)
            if self._large is not None:
                return out
        elif self._buffer:
            data = self._buffer + data
            self._buffer = b""
        end = len(data)
        make = self._make
        largest = limits.message_bytes >> 3
        while end - at >= WORD:
            last, words = _header(data, at)
            start = at + WORD
            if last == 0 and words <= largest and start + (words << 3) <= end:
                # by far the commonest: one segment, whole
                at = start + (words << 3)
                out.append(make([data[start:at]], None, limits))
                continue
            found = measure(data, at, end, limits)
            if found is None:
                break
            head, sizes = found
            start = at + head
            size = sum(sizes) << 3
            if end - start < size:
                if size <= LARGE_MESSAGE:
                    break
                # room is made as the bytes come: a peer that announces much and sends little costs little
                here = end - start
                self._large = bytearray(min(size, max(FIRST_ROOM, 2 * here)))
                self._large[:here] = memoryview(data)[start:]
                self._filled = here
                self._sizes = sizes
                return out
            at = start + size
            out.append(make(cut(data, start, sizes), None, limits))
        self._buffer = data[at:] if at < end else b""
        return out

    def _fill(self, data: bytes, out: list[M]) -> int:
        """Continue a large message; how many bytes of `data` it took."""
        at = 0
        while at < len(data) and (room := self.room()) is not None:
            count = min(len(room), len(data) - at)
            room[:count] = memoryview(data)[at : at + count]
            room.release()
            out += self.filled(count)
            at += count
        return at

    def room(self) -> memoryview | None:
        """Where the next bytes of a large message belong; None while no large message is under way.

        A reader of a socket may put bytes there itself, and say how many with `filled`.
        """
        large = self._large
        if large is None:
            return None
        if self._filled == len(large):
            large += bytes(min((sum(self._sizes) << 3) - len(large), len(large)))
        return memoryview(large)[self._filled :]

    def filled(self, count: int) -> list[M]:
        """So many bytes were put into `room`, which is let go of; the message, if it is whole."""
        self._filled += count
        large = self._large
        if large is None or self._filled < sum(self._sizes) << 3:
            return []
        self._large = None
        return [self._make(cut(memoryview(large).toreadonly(), 0, self._sizes), None, self._limits)]


# below this a message that is not complete waits in a plain buffer
LARGE_MESSAGE = 16 << 10
# the room that is made for a large message at first, and doubled as it fills
FIRST_ROOM = 1 << 20
