"""Who does a member's writes: the loop itself while its disk is quick, otherwise a thread (`core.pace`).

Rules that hold here:

1. One write at a time.
2. A store that does no I/O is written to at once, and where there are no threads, so is any other.

Tests: `tests/raft/test_node_writer.py`.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from wetware.raft.node.core.pace import Pace

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from wetware.raft.node.core.snapshots import WriteJob
    from wetware.raft.node.log_thread import LogThread

__all__ = ["Writer"]

_THREADS: Final = sys.platform not in {"wasi", "emscripten"}


class Writer:
    """Does one work on the log after the other.

    Args:
        loop: the member's.
        done: told of a work that `write` did not do at once, with its error if it failed.
        name: the thread's.
        in_memory: whether the store does no I/O.

    Attributes:
        busy: whether a work is under way.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        done: Callable[[WriteJob, Exception | None], None],
        name: str,
        *,
        in_memory: bool,
    ) -> None:
        self._loop = loop
        self._done = done
        self._pace = Pace()
        self._thread: LogThread | None = None
        self.busy = False
        if _THREADS and not in_memory:
            from wetware.raft.node.log_thread import LogThread  # there are no threads in guests

            self._thread = LogThread(loop, self._thread_has_written, name)

    def write(self, job: WriteJob) -> bool:
        """Do a work; whether it is done already.

        Raises:
            DiskError, CorruptLogError, LogLockedError: the member cannot go on.
        """
        if self._thread is None:
            job.run()
            return True
        if self._pace.here(job.size):
            began = time.perf_counter()
            job.run()
            self._pace.took(time.perf_counter() - began)
            return True
        self.busy = True
        self._thread.submit(job)
        return False

    def _thread_has_written(self, job: WriteJob, seconds: float, error: Exception | None) -> None:
        self._pace.took(seconds)
        self.busy = False
        self._done(job, error)

    def close(self) -> None:
        """The thread's last write comes to its end."""
        if self._thread is not None:
            self._thread.close()
