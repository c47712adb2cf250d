"""`wasi:io`: streams, what can be waited for, and errors.

Rules that hold here:

1. A stream of a component is one of our inputs or outputs (`inputs.py`, `outputs.py`, `channel.py`), or a
   file that behaves like one: nothing here blocks a thread.
2. An output stream takes what it has said that it takes (`check-write`): what the output behind it does
   not take at once waits here, at most `PERMIT` bytes, and until it is gone nothing more is permitted.
3. Whatever a guest waits for, it waits in `poll`, `block` or a blocking call, each of which suspends it.

Source: `wasi:io@0.2.9` (github.com/WebAssembly/WASI, `wasip2/io`).
"""

from __future__ import annotations

import errno
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from wetware.process.reasons import Trapped
from wetware.wasm.component.hostcall import BLOCKED, ComponentFunction
from wetware.wasm.component.values import boolean, byte_list, list_of, own, result, text, u32, u64, variant
from wetware.wasm.wasi.functions import EndOfProcess, put
from wetware.wasm.wasi2.resources import ERROR, POLLABLE

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber
    from wetware.wasm.inputs import Input
    from wetware.wasm.outputs import Output

__all__ = ["ERRORS", "POLL", "STREAMS", "Deadline", "InputStream", "OutputStream", "Pollable", "trap"]

MAX_READ: Final = 256 * 1024
"""How many bytes one read gives at most; the guest asks again for the rest."""
PERMIT: Final = 64 * 1024
"""How many bytes an output stream permits to be written at once."""
MAX_POLLED: Final = 1024


def trap(problem: str) -> EndOfProcess:
    """The end of a process that has broken an interface's rule."""
    return EndOfProcess(Trapped(problem))


# --- what can be waited for ---
class Pollable(Protocol):
    """What a guest can wait for."""

    def ready(self, fiber: Fiber) -> bool:
        """Whether it has come; if not, the fiber will be woken when it may have."""


class Deadline:
    """A moment of the monotonic clock; `at` in nanoseconds of `time.monotonic_ns`."""

    __slots__ = ("at",)

    def __init__(self, at: int) -> None:
        self.at = at

    def ready(self, _fiber: Fiber) -> bool:
        return time.monotonic_ns() >= self.at


class _Readable:
    __slots__ = ("_stream",)

    def __init__(self, stream: InputStream) -> None:
        self._stream = stream

    def ready(self, fiber: Fiber) -> bool:
        return self._stream.ready(fiber)


class _Writable:
    __slots__ = ("_stream",)

    def __init__(self, stream: OutputStream) -> None:
        self._stream = stream

    def ready(self, fiber: Fiber) -> bool:
        return self._stream.permitted(fiber) > 0


def _sleep_until_one(fiber: Fiber, pollables: list[Any]) -> None:
    deadlines = [pollable.at for pollable in pollables if type(pollable) is Deadline]
    if deadlines:
        fiber.wake_at(min(deadlines))


def _ready(fiber: Fiber, pollable: Pollable) -> bool:
    return pollable.ready(fiber)


def _block(fiber: Fiber, pollable: Pollable) -> Any:
    if pollable.ready(fiber):
        return None
    _sleep_until_one(fiber, [pollable])
    return BLOCKED


def _poll(fiber: Fiber, pollables: list[Pollable]) -> Any:
    if not 0 < len(pollables) <= MAX_POLLED:
        raise trap(f"poll of {len(pollables)} things; 1 to {MAX_POLLED} can be waited for")
    ready = [index for index, pollable in enumerate(pollables) if pollable.ready(fiber)]
    if ready:
        return ready
    _sleep_until_one(fiber, pollables)
    return BLOCKED


POLL: Final = {
    "[method]pollable.ready": ComponentFunction(_ready, boolean),
    "[method]pollable.block": ComponentFunction(_block),
    "poll": ComponentFunction(_poll, list_of(u32)),
}


# --- errors ---
def _debug_string(_fiber: Fiber, error: OSError) -> str:
    return error.strerror or "input/output error"


ERRORS: Final = {"[method]error.to-debug-string": ComponentFunction(_debug_string, text)}

_stream_error = variant(last_operation_failed=own(ERROR), closed=None)
_CLOSED: Final = (False, ("closed", None))


def _failed(error: OSError) -> tuple[bool, Any]:
    if error.errno == errno.EPIPE:
        return _CLOSED
    return False, ("last-operation-failed", error)


# --- streams ---
class InputStream:
    """What a component reads from.

    Args:
        source: where the bytes come from; None for a source that is at its end from the start.
        owned: whether it is closed with the stream.
    """

    __slots__ = ("_owned", "_source")

    def __init__(self, source: Input | None, *, owned: bool = False) -> None:
        self._source = source
        self._owned = owned

    def drop(self) -> None:
        """The guest has dropped it."""
        if self._owned and self._source is not None:
            self._source.close()

    def read(self, fiber: Fiber, limit: int) -> bytes | None:
        """At most `limit` bytes; empty at the end; None for none yet, and the fiber will be woken."""
        return b"" if self._source is None else self._source.read(fiber, limit)

    def ready(self, fiber: Fiber) -> bool:
        return self._source is None or self._source.available(fiber) is not None


class OutputStream:
    """What a component writes to.

    Args:
        output: where the bytes go; None for one that was closed.
        owned: whether it is the stream's own, closed with it; such ones are not counted as what is printed.
    """

    __slots__ = ("_output", "_owned", "_pending")

    def __init__(self, output: Output | None, *, owned: bool = False) -> None:
        self._output = output
        self._owned = owned
        self._pending = b""

    def drop(self) -> None:
        """The guest has dropped it."""
        if self._owned and self._output is not None:
            self._output.close()

    def add(self, fiber: Fiber, content: bytes) -> None:
        """Take all of it. Raises OSError, and `EndOfProcess` for more than is permitted."""
        if len(self._pending) + len(content) > PERMIT:
            raise trap("a write of more than was permitted")
        self._pending = self._pending + content if self._pending else content
        self.flush(fiber)

    def flush(self, fiber: Fiber) -> bool:
        """Whether all is out; if not, the fiber will be woken. Raises OSError."""
        if self._output is None:
            self._pending = b""
            raise BrokenPipeError(errno.EPIPE, "closed")
        try:
            while self._pending:
                if self._owned:
                    taken = self._output.write(fiber, self._pending)
                else:
                    taken = put(fiber, self._output, self._pending)
                if taken is None:
                    return False
                self._pending = self._pending[taken:]
        except OSError:
            self._pending = b""
            raise
        return True

    def permitted(self, fiber: Fiber) -> int:
        """How many bytes may be written now; if none, the fiber will be woken. Errors show in the write."""
        try:
            if self._output is None:
                return PERMIT
            return PERMIT if self.flush(fiber) and self._output.writable(fiber) else 0
        except OSError:
            return PERMIT


def _read(fiber: Fiber, stream: InputStream, length: int) -> Any:
    got = _blocking_read(fiber, stream, length)
    return (True, b"") if got is BLOCKED else got


def _blocking_read(fiber: Fiber, stream: InputStream, length: int) -> Any:
    if not length:
        return True, b""
    try:
        content = stream.read(fiber, min(length, MAX_READ))
    except OSError as error:
        return _failed(error)
    if content is None:
        return BLOCKED
    return (True, content) if content else _CLOSED


def _counted(got: Any) -> Any:
    return got if got is BLOCKED or not got[0] else (True, len(got[1]))


def _skip(fiber: Fiber, stream: InputStream, length: int) -> Any:
    return _counted(_read(fiber, stream, length))


def _blocking_skip(fiber: Fiber, stream: InputStream, length: int) -> Any:
    return _counted(_blocking_read(fiber, stream, length))


def _check_write(fiber: Fiber, stream: OutputStream) -> Any:
    return True, stream.permitted(fiber)


def _write(fiber: Fiber, stream: OutputStream, content: bytes) -> Any:
    try:
        stream.add(fiber, content)
    except OSError as error:
        return _failed(error)
    return True, None


def _write_zeroes(fiber: Fiber, stream: OutputStream, length: int) -> Any:
    if length > PERMIT:
        raise trap("a write of more than was permitted")
    return _write(fiber, stream, bytes(length))


def _flush(fiber: Fiber, stream: OutputStream) -> Any:
    got = _blocking_flush(fiber, stream)
    return (True, None) if got is BLOCKED else got


def _blocking_flush(fiber: Fiber, stream: OutputStream, *_written: Any) -> Any:
    try:
        return (True, None) if stream.flush(fiber) else BLOCKED
    except OSError as error:
        return _failed(error)


def _write_and_flush(fiber: Fiber, stream: OutputStream, content: bytes) -> Any:
    got = _write(fiber, stream, content)
    return _blocking_flush(fiber, stream) if got[0] else got


def _zeroes_and_flush(fiber: Fiber, stream: OutputStream, length: int) -> Any:
    got = _write_zeroes(fiber, stream, length)
    return _blocking_flush(fiber, stream) if got[0] else got


def _splice(fiber: Fiber, stream: OutputStream, source: InputStream, length: int) -> Any:
    got = _blocking_splice(fiber, stream, source, length)
    return (True, 0) if got is BLOCKED else got


def _blocking_splice(fiber: Fiber, stream: OutputStream, source: InputStream, length: int) -> Any:
    permitted = stream.permitted(fiber)
    if not permitted:
        return BLOCKED
    got = _blocking_read(fiber, source, min(length, permitted))
    if got is BLOCKED or not got[0]:
        return got
    written = _write(fiber, stream, got[1])
    return (True, len(got[1])) if written[0] else written


def _readable(_fiber: Fiber, stream: InputStream) -> Pollable:
    return _Readable(stream)


def _writable(_fiber: Fiber, stream: OutputStream) -> Pollable:
    return _Writable(stream)


_bytes_or_error = result(byte_list, _stream_error)
_count_or_error = result(u64, _stream_error)
_done_or_error = result(None, _stream_error)

STREAMS: Final = {
    "[method]input-stream.read": ComponentFunction(_read, _bytes_or_error),
    "[method]input-stream.blocking-read": ComponentFunction(_blocking_read, _bytes_or_error),
    "[method]input-stream.skip": ComponentFunction(_skip, _count_or_error),
    "[method]input-stream.blocking-skip": ComponentFunction(_blocking_skip, _count_or_error),
    "[method]input-stream.subscribe": ComponentFunction(_readable, own(POLLABLE)),
    "[method]output-stream.check-write": ComponentFunction(_check_write, _count_or_error),
    "[method]output-stream.write": ComponentFunction(_write, _done_or_error),
    "[method]output-stream.blocking-write-and-flush": ComponentFunction(
        _write_and_flush, _done_or_error, again=_blocking_flush
    ),
    "[method]output-stream.flush": ComponentFunction(_flush, _done_or_error),
    "[method]output-stream.blocking-flush": ComponentFunction(_blocking_flush, _done_or_error),
    "[method]output-stream.subscribe": ComponentFunction(_writable, own(POLLABLE)),
    "[method]output-stream.write-zeroes": ComponentFunction(_write_zeroes, _done_or_error),
    "[method]output-stream.blocking-write-zeroes-and-flush": ComponentFunction(
        _zeroes_and_flush, _done_or_error, again=_blocking_flush
    ),
    "[method]output-stream.splice": ComponentFunction(_splice, _count_or_error),
    "[method]output-stream.blocking-splice": ComponentFunction(_blocking_splice, _count_or_error),
}
