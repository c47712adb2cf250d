"""A received message with the place of its params or results: the content that readers get.

Rules that hold here:

1. Nothing is copied: the content is read where it arrived, under the limits of its message.
2. Sent on, it is copied, so that nothing but the content itself travels further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wetware.capnp.anypointer import AnyPointerReader
from wetware.capnp.message import MessageBuilder, MessageReader, capability_index
from wetware.capnp.reader import struct_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp.message import Limits, R, Segment

__all__ = ["RpcMessage"]


class RpcMessage(MessageReader):
    """One message of the protocol.

    Attributes:
        segment: the segment of the content's pointer, once the message was decoded.
        pointer: its byte offset there.
        size: the bytes of the message.
    """

    __slots__ = ("pointer", "segment", "size")

    def __init__(self, segments: Sequence[Segment], caps: list[Any] | None, limits: Limits) -> None:
        # as the base, in one pass; segments come from the framer and are whole words
        self.segments = segments
        self.caps = [] if caps is None else caps
        self.segment = segment = segments[0]
        self.size = size = len(segment) if len(segments) == 1 else sum(map(len, segments))
        self.nesting = limits.nesting
        budget = limits.traversal_words
        self.budget = budget if budget >= size >> 2 else size >> 2  # noqa: FURB136 - twice as fast as max()
        self._seen = None
        self.pointer = 0

    def get_root(self) -> AnyPointerReader:
        return AnyPointerReader(self, self.segment, self.pointer, self.nesting)

    def root(self, kind: type[R]) -> R:
        return struct_at(kind, self, self.segment, self.pointer, self.nesting)

    def cap_index(self, path: tuple[int, ...]) -> int | None:
        return capability_index(self, path, self.segment, self.pointer)

    def copied(self) -> MessageBuilder:
        """The content as a message of its own, with its own table of capabilities."""
        copy = MessageBuilder()
        copy.get_root().set(self.get_root())
        return copy
