"""`poll_oneoff`: the one place where a guest sleeps or waits for a stream.

Subscriptions are 48 bytes (userdata at 0, tag at 8, then by tag: a clock's id at 16, timeout at 24, flags at
40; a stream's descriptor at 16), events 32 (userdata, errno at 8, type at 10, bytes at 16, flags at 24).
"""

from __future__ import annotations

import struct
import time
from typing import TYPE_CHECKING, Final

from wetware.wasm.hostcall import read_memory, write_memory
from wetware.wasm.wasi import abi

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["poll_oneoff"]

MAX_SUBSCRIPTIONS: Final = 1024
WRITABLE: Final = 4096
"""How many bytes a writable stream is said to take; a promise of progress, not of a size."""

_NO_CLOCK: Final = -(1 << 80)
"""In place of a deadline: a clock of processor time, or none at all, which nobody can wait for."""

_HEAD: Final = struct.Struct("<QB")
_CLOCK: Final = struct.Struct("<I4xQQH")
_EVENT: Final = struct.Struct("<QHB5xQH6x")

# what a subscription waits for: userdata, type, and an absolute deadline (monotonic, ns) or a descriptor
_Subscription = tuple[int, int, int]


def _parse(fiber: Fiber, pointer: int, count: int) -> list[_Subscription]:
    now = time.monotonic_ns()
    subscriptions = []
    raw = read_memory(fiber, pointer, 48 * count)
    for offset in range(0, len(raw), 48):
        userdata, tag = _HEAD.unpack_from(raw, offset)
        if tag == abi.EVENTTYPE_CLOCK:
            clock, timeout, _precision, flags = _CLOCK.unpack_from(raw, offset + 16)
            if clock not in (abi.CLOCK_REALTIME, abi.CLOCK_MONOTONIC):
                deadline = _NO_CLOCK
            elif not flags & abi.SUBCLOCK_ABSTIME:
                deadline = now + timeout
            elif clock == abi.CLOCK_MONOTONIC:
                deadline = fiber.clock_base + timeout
            else:
                deadline = now + timeout - time.time_ns()
            subscriptions.append((userdata, tag, deadline))
        else:
            subscriptions.append((userdata, tag, int.from_bytes(raw[offset + 16 : offset + 20], "little")))
    return subscriptions


def _events(fiber: Fiber, subscriptions: list[_Subscription]) -> list[bytes]:
    now = time.monotonic_ns()
    events = []
    for userdata, tag, target in subscriptions:
        if tag == abi.EVENTTYPE_CLOCK:
            if target == _NO_CLOCK:
                events.append(_EVENT.pack(userdata, abi.EINVAL, tag, 0, 0))
            elif target <= now:
                events.append(_EVENT.pack(userdata, abi.SUCCESS, tag, 0, 0))
        elif tag == abi.EVENTTYPE_FD_READ and target in fiber.inputs:
            available = fiber.inputs[target].available(fiber)
            if available is not None:
                hangup = abi.EVENT_HANGUP if available == 0 else 0
                events.append(_EVENT.pack(userdata, abi.SUCCESS, tag, available, hangup))
        elif tag == abi.EVENTTYPE_FD_WRITE and target in fiber.outputs:
            try:
                if fiber.outputs[target].writable(fiber):
                    events.append(_EVENT.pack(userdata, abi.SUCCESS, tag, WRITABLE, 0))
            except OSError:
                events.append(_EVENT.pack(userdata, abi.SUCCESS, tag, WRITABLE, abi.EVENT_HANGUP))
        elif (
            tag in (abi.EVENTTYPE_FD_READ, abi.EVENTTYPE_FD_WRITE)
            and fiber.has_files
            and not fiber.is_ours(target)
        ):
            events.append(_EVENT.pack(userdata, abi.SUCCESS, tag, WRITABLE, 0))  # files are always ready
        else:
            events.append(_EVENT.pack(userdata, abi.EBADF, tag, 0, 0))
    return events


def poll_oneoff(fiber: Fiber, pointer: int, events_pointer: int, count: int, done: int) -> int | None:
    """Answer at once what is due, else arrange to be woken by time or stream, whichever comes first."""
    if not 0 < count <= MAX_SUBSCRIPTIONS:
        return abi.EINVAL
    subscriptions = fiber.waiting_for
    if subscriptions is None:  # the first attempt: relative times are fixed here
        subscriptions = fiber.waiting_for = _parse(fiber, pointer, count)
    events = _events(fiber, subscriptions)
    if not events:
        deadlines = [target for _, tag, target in subscriptions if tag == abi.EVENTTYPE_CLOCK]
        if deadlines:
            fiber.wake_at(min(deadlines))
        return None
    write_memory(fiber, events_pointer, b"".join(events))
    write_memory(fiber, done, len(events).to_bytes(4, "little"))
    return abi.SUCCESS
