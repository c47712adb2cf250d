"""Generated from stream.capnp by `python -m wetware.capnp.generate`; do not edit.

Defines placeholder types used to provide backwards-compatibility while introducing streaming
to the language. The goal is that old code generators that don't know about streaming can still
generate code that functions, leaving it up to the application to implement flow control
manually.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


if _rt.TYPE_CHECKING:

    class StreamResult_Fields(_rt.TypedDict, total=False):
        """The fields of StreamResult, for construction; those left out keep their defaults."""


class StreamResult(_rt.StructReader):
    """Empty struct that serves as the return type for "streaming" methods.

    Defining a method like:

        write @0 (bytes :Data) -> stream;

    Is equivalent to:

        write @0 (bytes :Data) -> import "/capnp/stream.capnp".StreamResult;

    However, implementations that recognize streaming will elide the reference to StreamResult
    and instead give write() a different signature appropriate for streaming.

    Streaming methods do not return a result -- that is, they return Promise<void>. This promise
    resolves not to indicate that the call was actually delivered, but instead to provide
    backpressure. When the previous call's promise resolves, it is time to make another call. On
    the client side, the RPC system will resolve promises immediately until an appropriate number
    of requests are in-flight, and then will delay promise resolution to apply back-pressure.
    On the server side, the RPC system will deliver one call at a time.
    """

    __slots__ = ()
    _size = (0, 0)
    _id = 0x995F9A3377C0B16E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "StreamResult_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[StreamResult_Fields]) -> StreamResult_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(StreamResult_Builder)
        return built


class StreamResult_Builder(StreamResult, _rt.StructBuilder):
    """Builder of StreamResult."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class StreamResult_Promise(_rt.PendingCall[StreamResult]):
    """A call whose results are a StreamResult."""

    __slots__ = ()
    _results = StreamResult
