"""The packed encoding: zero bytes are left out.

Each word becomes a tag byte, whose bits say which of the word's bytes are not zero, and those bytes. Behind
a tag of zero stands the number of further zero words; behind a tag of 255 and its word, the number of words
that follow as they are. Source: https://capnproto.org/encoding.html#packing

Rules that hold here:

1. `Unpacker` takes the packed bytes in any pieces. Two bytes can stand for 2 KiB of zeros, so it gives its
   output in pieces of bounded size; `PackedFramer` hands them to a `Framer`, whose limits stop a message
   that is too large.
2. `pack` makes the same bytes as the C++ implementation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.errors import DecodeError, EncodeError
from wetware.capnp.framing import Framer
from wetware.capnp.segments import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wetware.capnp.reader import MessageReader

__all__ = ["PackedFramer", "Unpacker", "pack", "unpack"]

# every byte that is not zero becomes one
ONES = bytes([0]) + bytes([1]) * 255
# gathers the lowest bits of eight bytes into the highest byte
GATHER = 0x0102040810204080
MASK = (1 << 64) - 1
# for each tag, the places of the bytes that are there
PLACES = tuple(tuple(i for i in range(8) if tag >> i & 1) for tag in range(256))
# how much `Unpacker` gives at once, at least
PIECE = 64 << 10


def pack(data: bytes | bytearray | memoryview) -> bytes:
    """Pack whole words.

    Raises:
        EncodeError: the data are not whole words.
    """
    data = bytes(data)
    size = len(data)
    if size & 7:
        raise EncodeError(f"{size} bytes are not whole words")
    out = bytearray()
    at = 0
    while at < size:
        word = data[at : at + 8]
        at += 8
        kept = word.translate(None, b"\0")
        count = len(kept)
        if count == 8:
            start = at
            end = min(size, at + 255 * 8)
            while at < end and data.count(0, at, at + 8) < 2:
                at += 8
            out.append(255)
            out += kept
            out.append((at - start) >> 3)
            out += data[start:at]
        elif count:
            out.append((int.from_bytes(word.translate(ONES), "little") * GATHER & MASK) >> 56)
            out += kept
        else:
            start = at
            end = min(size, at + 255 * 8)
            while at < end and not any(data[at : at + 8]):
                at += 8
            out.append(0)
            out.append((at - start) >> 3)
    return bytes(out)


class Unpacker:
    """Unpacks a stream that comes in pieces."""

    __slots__ = ("_buffer", "_verbatim")

    def __init__(self) -> None:
        self._buffer = b""
        # bytes that are still to come as they are
        self._verbatim = 0

    @property
    def at_word(self) -> bool:
        """Whether all that was fed has come out: the stream may end here."""
        return not self._buffer and not self._verbatim

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take the next packed bytes and give what they stand for, in pieces of at most about 64 KiB.

        The iterator must be used up before the next call.
        """
        data = self._buffer + data
        self._buffer = b""
        size = len(data)
        at = 0
        out = bytearray()
        while at < size:
            if self._verbatim:
                n = min(self._verbatim, size - at)
                out += data[at : at + n]
                at += n
                self._verbatim -= n
            else:
                tag = data[at]
                places = PLACES[tag]
                need = 1 + len(places) + (tag in (0, 255))
                if at + need > size:
                    self._buffer = data[at:]
                    break
                if tag == 0:
                    out += bytes((data[at + 1] + 1) << 3)
                elif tag == 255:
                    out += data[at + 1 : at + 9]
                    self._verbatim = data[at + 9] << 3
                else:
                    word = bytearray(8)
                    source = at
                    for place in places:
                        source += 1
                        word[place] = data[source]
                    out += word
                at += need
            if len(out) >= PIECE:
                yield bytes(out)
                out.clear()
        if out:
            yield bytes(out)


def unpack(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Unpack bytes that are all there.

    Raises:
        DecodeError: they end inside a word, or stand for more than the largest message.
    """
    unpacker = Unpacker()
    out = bytearray()
    for piece in unpacker.feed(bytes(data)):
        out += piece
        if len(out) > limits.message_bytes + 8 * limits.segments:
            raise DecodeError(f"the packed bytes stand for more than {limits.message_bytes} bytes")
    if not unpacker.at_word:
        raise DecodeError("the packed bytes end inside a word")
    return bytes(out)


class PackedFramer:
    """A `Framer` for a packed stream."""

    __slots__ = ("_framer", "_unpacker")

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._framer: Framer[MessageReader] = Framer(limits)
        self._unpacker = Unpacker()

    @property
    def pending(self) -> int:
        """Bytes that were fed, as they are unpacked, and belong to a message that is not complete yet."""
        return self._framer.pending

    def feed(self, data: bytes) -> list[MessageReader]:
        """Take the next packed bytes of the stream and give the messages that they complete."""
        out: list[MessageReader] = []
        for piece in self._unpacker.feed(data):
            out += self._framer.feed(piece)
        return out
