"""`wasi:clocks` and `wasi:random`: time, sleep and randomness.

Source: `wasi:clocks@0.2.9`, `wasi:random@0.2.9` (github.com/WebAssembly/WASI, `wasip2`).
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Final

from wetware.wasm.component.hostcall import ComponentFunction, QuickFunction
from wetware.wasm.component.values import byte_list, own, record, tuple_of, u32, u64
from wetware.wasm.wasi2.io import Deadline, trap
from wetware.wasm.wasi2.resources import POLLABLE

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["INSECURE", "INSECURE_SEED", "MONOTONIC", "RANDOM", "WALL"]

NANOSECONDS: Final = 1_000_000_000
FAR: Final = 1 << 62
"""A time that never comes; later ones are cut to it."""
MAX_RANDOM: Final = 1024 * 1024
"""How many random bytes are given at once; the interface knows no smaller answer than what was asked for."""


# --- the monotonic clock begins with the process ---
def _now(fiber: Fiber) -> int:
    return max(0, time.monotonic_ns() - fiber.clock_base)


def _resolution(_fiber: Fiber) -> int:
    return 1


def _at(fiber: Fiber, instant: int) -> Deadline:
    return Deadline(min(fiber.clock_base + instant, FAR))


def _after(_fiber: Fiber, duration: int) -> Deadline:
    return Deadline(min(time.monotonic_ns() + duration, FAR))


def _wall(_fiber: Fiber) -> tuple[int, int]:
    return divmod(time.time_ns(), NANOSECONDS)


def _wall_resolution(_fiber: Fiber) -> tuple[int, int]:
    return 0, 1


_moment = record(seconds=u64, nanoseconds=u32)

MONOTONIC: Final[dict[str, ComponentFunction | QuickFunction]] = {
    "now": QuickFunction(_now, u64),
    "resolution": QuickFunction(_resolution, u64),
    "subscribe-instant": ComponentFunction(_at, own(POLLABLE)),
    "subscribe-duration": ComponentFunction(_after, own(POLLABLE)),
}
WALL: Final = {
    "now": ComponentFunction(_wall, _moment),
    "resolution": ComponentFunction(_wall_resolution, _moment),
}


# --- randomness: all of it is the operating system's ---
def _random_bytes(_fiber: Fiber, length: int) -> bytes:
    if length > MAX_RANDOM:
        raise trap(f"{length} random bytes were asked for at once; at most {MAX_RANDOM} are given")
    return secrets.token_bytes(length)


def _random_number(_fiber: Fiber) -> int:
    return secrets.randbits(64)


def _seed(_fiber: Fiber) -> tuple[int, int]:
    return secrets.randbits(64), secrets.randbits(64)


RANDOM: Final = {
    "get-random-bytes": ComponentFunction(_random_bytes, byte_list),
    "get-random-u64": ComponentFunction(_random_number, u64),
}
INSECURE: Final = {
    "get-insecure-random-bytes": ComponentFunction(_random_bytes, byte_list),
    "get-insecure-random-u64": ComponentFunction(_random_number, u64),
}
INSECURE_SEED: Final = {"insecure-seed": ComponentFunction(_seed, tuple_of(u64, u64))}
