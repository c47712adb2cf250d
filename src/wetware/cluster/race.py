"""Several ways to one goal, tried one after the other without waiting long for any.

Source: RFC 8305 (Happy Eyeballs), section 5.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING, Any, Final, TypeVar

from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

__all__ = ["STAGGER", "race"]

R = TypeVar("R")

STAGGER: Final = 0.25
"""Seconds after which the next way is tried, too."""


async def race(
    attempts: Iterable[Callable[[], Coroutine[Any, Any, R]]],
    *,
    discard: Callable[[R], None],
    failed: Callable[[WetwareError], None],
) -> R | None:
    """The result of the first attempt that has one; None where all have failed.

    An attempt begins when an earlier one has failed, or has taken long. The others are cancelled.

    Args:
        attempts: begin one each.
        discard: given a result that came too late.
        failed: told why an attempt has failed.
    """
    loop = asyncio.get_running_loop()
    waiting = deque(attempts)
    running: set[asyncio.Task[R]] = set()
    try:
        while waiting or running:
            if waiting:
                running.add(loop.create_task(waiting.popleft()()))
            done, _ = await asyncio.wait(
                running, timeout=STAGGER if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                running.discard(task)
                try:
                    result = task.result()
                except WetwareError as error:
                    failed(error)
                else:
                    running |= done  # of two that came together, one was too late
                    running.discard(task)
                    return result
        return None
    finally:
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        for task in running:
            with contextlib.suppress(WetwareError, asyncio.CancelledError):
                discard(task.result())
