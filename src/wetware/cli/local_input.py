"""This command's own input, piece by piece, without holding up the event loop or the command's end."""

from __future__ import annotations

import asyncio
import os
import stat
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["chunks"]

PIECE: Final = 64 << 10


async def chunks(descriptor: int = 0) -> AsyncIterator[bytes]:
    """What can be read from a descriptor, until its end. It is left as blocking as it was."""
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        while piece := await asyncio.to_thread(os.read, descriptor, PIECE):
            yield piece
        return
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[bytes] = asyncio.Queue(1)
    room = threading.Semaphore(1)

    def read() -> None:
        # a read of a terminal cannot be broken off: the thread is left where it is at the command's end
        while True:
            room.acquire()
            try:
                piece = os.read(descriptor, PIECE)
            except OSError:
                piece = b""
            try:
                loop.call_soon_threadsafe(pieces.put_nowait, piece)
            except RuntimeError:
                return
            if not piece:
                return

    threading.Thread(target=read, name="stdin", daemon=True).start()
    while piece := await pieces.get():
        yield piece
        room.release()
