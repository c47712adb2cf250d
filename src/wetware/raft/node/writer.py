"""Who does a member's writes: the loop itself while its disk is quick, otherwise a thread (`core.pace`).

Rules that hold here:

1. One write at a time.
2. What was posted in a turn leaves before the loop writes: peers work meanwhile.
3. A store that does no I/O is written to at once, and where there are no threads, so is any other.

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

    def write(self, job: WriteJob, *, after_posts: bool) -> bool:
        """Do a work; whether it is done already.

        Args:
            job: the work.
            after_posts: whether something was posted in this turn, which is to leave first.

        Raises:
            DiskError, CorruptLogError, LogLockedError: the member cannot go on.
        """
        if self._thread is None:
            job.run()
            return True
        if not self._pace.here(job.size):
            self.busy = True
            self._thread.submit(job)
            return False
        if after_posts:
            self.busy = True
            self._loop.call_soon(self._write, job)
            return False
        self._run(job)
        return True

    def _run(self, job: WriteJob) -> None:
        began = time.perf_counter()
        job.run()
        self._pace.took(time.perf_counter() - began)

    def _write(self, job: WriteJob) -> None:
        error = None
        try:
            self._run(job)
        except Exception as failure:  # noqa: BLE001 - handed on
            error = failure
        self.busy = False
        self._done(job, error)

    def _thread_has_written(self, job: WriteJob, seconds: float, error: Exception | None) -> None:
        self._pace.took(seconds)
        self.busy = False
        self._done(job, error)

    def close(self) -> None:
        """The thread's last write comes to its end."""
        if self._thread is not None:
            self._thread.close()
