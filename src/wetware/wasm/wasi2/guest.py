"""`ww:guest/host`: the channel of a component to its host (`guest/runner/guest.wit`).

Bytes travel as text, one character a byte: the engine hands over a string whole, and a list of bytes one
by one.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from wetware.wasm.component.hostcall import BLOCKED, ComponentFunction
from wetware.wasm.component.values import option, s32, text, u32
from wetware.wasm.wasi.abi import CHANNEL
from wetware.wasm.wasi2.io import MAX_READ, trap

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["HOST"]

READABLE: Final = 1
WRITABLE: Final = 2
STDIN: Final = 4

CLOSED: Final = -1


def _reads(fiber: Fiber, limit: int) -> str | None:
    source = fiber.inputs.get(CHANNEL)
    if source is None:
        return ""
    content = source.read(fiber, min(limit, MAX_READ))
    return None if content is None else content.decode("latin-1")


def _writes(fiber: Fiber, content: str) -> int:
    output = fiber.outputs.get(CHANNEL)
    if output is None:
        return CLOSED
    try:
        data = content.encode("latin-1")
    except UnicodeEncodeError:
        raise trap("text was written to the channel; it carries bytes, one a character") from None
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


def _wait(fiber: Fiber, interest: int, timeout: int | None) -> Any:
    ready = _ready(fiber, interest)
    if ready or timeout == 0:
        return ready
    deadlines = fiber.waiting_for
    if deadlines is None and timeout is not None:
        fiber.waiting_for = deadlines = [(0, 0, time.monotonic_ns() + timeout)]
    if deadlines:
        until = deadlines[0][2]
        if time.monotonic_ns() >= until:
            return 0
        fiber.wake_at(until)
    return BLOCKED


HOST: Final = {
    "reads": ComponentFunction(_reads, option(text)),
    "writes": ComponentFunction(_writes, s32),
    "ends": ComponentFunction(_ends),
    "wait": ComponentFunction(_wait, u32),
}
