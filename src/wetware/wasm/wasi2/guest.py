"""`ww:guest/host`: the channel of a component to its host (`guest/runner/guest.wit`).

Bytes travel as text, one character a byte: the engine hands over a string whole, and a list of bytes one
by one.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from wetware.wasm.channel import Writer
from wetware.wasm.component.hostcall import BLOCKED, ComponentFunction
from wetware.wasm.component.values import option, parameters, s32, text, u32
from wetware.wasm.wasi.abi import CHANNEL
from wetware.wasm.wasi2.io import MAX_READ, trap

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["HOST"]

READABLE: Final = 1
WRITABLE: Final = 2
STDIN: Final = 4
REFUSED: Final = 8

CLOSED: Final = -1
_FLAGS: Final = [chr(bits) for bits in range(16)]


def _reads(fiber: Fiber, limit: int) -> str | None:
    source = fiber.inputs.get(CHANNEL)
    if source is None:
        return ""
    content = source.read(fiber, min(limit, MAX_READ))
    return None if content is None else content.decode("latin-1")


def _bytes(content: str) -> bytes:
    try:
        return content.encode("latin-1")
    except UnicodeEncodeError:
        raise trap("text was written to the channel; it carries bytes, one a character") from None


def _writes(fiber: Fiber, content: str) -> int:
    output = fiber.outputs.get(CHANNEL)
    if output is None:
        return CLOSED
    data = _bytes(content)
    try:
        return output.write(fiber, data) or 0 if data else 0
    except OSError:
        return CLOSED


def _ends(fiber: Fiber) -> None:
    output = fiber.outputs.pop(CHANNEL, None)
    if output is not None:
        output.close()


def _ready(fiber: Fiber, interest: int) -> int:
    """What of it can be done now; the rest will wake the fiber."""
    ready = 0
    for bit, descriptor in ((READABLE, CHANNEL), (STDIN, 0)):
        if interest & bit:
            source = fiber.inputs.get(descriptor)
            if source is None or source.available(fiber) is not None:
                ready |= bit
    if interest & WRITABLE:
        output = fiber.outputs.get(CHANNEL)
        try:
            if output is None or output.writable(fiber):
                ready |= WRITABLE
        except OSError:
            ready |= WRITABLE
    return ready


def _asleep(fiber: Fiber, timeout: int | None) -> bool:
    """Whether there is time left to sleep, after arranging to be woken at its end."""
    if timeout == 0:
        return False
    deadlines = fiber.waiting_for
    if deadlines is None and timeout is not None:
        fiber.waiting_for = deadlines = [(0, 0, time.monotonic_ns() + timeout)]
    if deadlines:
        until = deadlines[0][2]
        if time.monotonic_ns() >= until:
            return False
        fiber.wake_at(until)
    return True


def _wait(fiber: Fiber, interest: int, timeout: int | None) -> Any:
    ready = _ready(fiber, interest)
    return BLOCKED if not ready and _asleep(fiber, timeout) else ready


def _exchange(fiber: Fiber, content: str, interest: int, timeout: int) -> Any:
    if content:
        output = fiber.outputs.get(CHANNEL)
        if not (isinstance(output, Writer) and output.write_whole(fiber, _bytes(content))):
            return _FLAGS[REFUSED]
    answer = _exchanged(fiber, content, interest, timeout)
    if answer is not BLOCKED and timeout:
        fiber.met += 1
    return answer


def _exchanged(fiber: Fiber, _content: str, interest: int, timeout: int) -> Any:
    source = fiber.inputs.get(CHANNEL) if interest & READABLE else None
    if source is None:
        ready = _ready(fiber, interest)
        content = None
    else:
        content = source.read(fiber, MAX_READ)
        rest = interest ^ READABLE
        ready = _ready(fiber, rest) if rest else 0
        if content is not None:
            ready |= READABLE
    if not ready and _asleep(fiber, None if timeout < 0 else timeout):
        return BLOCKED
    return _FLAGS[ready] + content.decode("latin-1") if content else _FLAGS[ready]


HOST: Final = {
    "reads": ComponentFunction(_reads, option(text)),
    "writes": ComponentFunction(_writes, s32),
    "ends": ComponentFunction(_ends),
    "wait": ComponentFunction(_wait, u32),
    "exchange": ComponentFunction(
        _exchange, text, again=_exchanged, takes=parameters("string", "u32", "s64")
    ),
}
