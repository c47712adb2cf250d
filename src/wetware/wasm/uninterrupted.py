"""Awaiting what must not be left half done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

__all__ = ["uninterrupted"]

_T = TypeVar("_T")


async def uninterrupted(work: Coroutine[Any, Any, _T], discard: Callable[[_T], object] | None = None) -> _T:
    """Await to the end, whatever comes; a cancellation takes effect after it.

    Args:
        work: what is done; nothing outside can cancel it but the end of the event loop.
        discard: called with its result if that is lost to a cancellation.
    """
    task = asyncio.ensure_future(work)
    cancelled = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return task.result()
    if not task.cancelled() and task.exception() is None and discard is not None:
        discard(task.result())
    raise cancelled
