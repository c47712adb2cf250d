"""The thread in which a durable log is written, so that a slow disk never stops the loop.

A queue of its own and one call back into the loop: about half of what an executor costs, in the way of each
write.
"""

from __future__ import annotations

import contextlib
import threading
import time
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from wetware.raft.node.core.snapshots import WriteJob

__all__ = ["LogThread"]


class LogThread:
    """A thread that does one work after the other.

    Args:
        loop: where `done` is called.
        done: told of a work that is done, with the seconds that it took, and its error if it failed.
        name: the thread's.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        done: Callable[[WriteJob, float, Exception | None], None],
        name: str,
    ) -> None:
        self._loop = loop
        self._done = done
        self._queue: SimpleQueue[WriteJob | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name)
        self._thread.start()

    def submit(self, job: WriteJob) -> None:
        """Do this, after what was submitted before."""
        self._queue.put(job)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            error = None
            began = time.perf_counter()
            try:
                job.run()
            except Exception as failure:  # noqa: BLE001 - handed to the loop
                error = failure
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody wants to know
                self._loop.call_soon_threadsafe(self._done, job, time.perf_counter() - began, error)

    def close(self) -> None:
        """Do what was submitted, and end; waits for it."""
        self._queue.put(None)
        self._thread.join()
