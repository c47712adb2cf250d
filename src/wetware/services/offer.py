"""The capability that a program offers to whoever holds its process.

Rules that hold here:

1. A wait ends once: with the capability, or with the end of the process. Both are answered at once where they
   have come already.
2. Waits are counted among the monitors of the process, and bounded with them.
3. What a program offers ends with its connection; one that has closed it offers nothing any more.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from wetware.errors import BrokenError, LocalError
from wetware.process.reasons import ExitReason
from wetware.process.stimuli import CancelMonitor, Monitor

if TYPE_CHECKING:
    from wetware.capnp.client import Client
    from wetware.services.process import Process

__all__ = ["NothingOfferedError", "Offer"]


class NothingOfferedError(BrokenError):
    """The process has ended, and its program offers nothing any more.

    Attributes:
        reason: why it has ended.
    """

    def __init__(self, pid: int, reason: ExitReason) -> None:
        super().__init__(f"process {pid} has ended ({reason}) and offers no capability")
        self.reason = reason


class Offer:
    """What one process offers.

    Attributes:
        capability: what it offers now.
    """

    __slots__ = ("_waiting", "capability")

    def __init__(self) -> None:
        self.capability: Client | None = None
        self._waiting: list[asyncio.Future[Client | ExitReason]] = []

    def give(self, capability: Client | None) -> None:
        """The program offers this from now on, or nothing any more."""
        self.capability = capability
        if capability is not None:
            for answer in self._waiting:
                if not answer.done():
                    answer.set_result(capability)

    async def take(self, process: Process) -> Client:
        """What the process offers, as soon as it does; see `Process.capability`."""
        if self.capability is not None and process.entry.live:
            return self.capability
        if process.reason is not None:
            raise NothingOfferedError(process.pid, process.reason)
        channel = process.channel
        if channel is None:
            raise LocalError("this process was spawned without a channel, and can offer no capability")
        if channel.claimed and process.connection is None:
            raise LocalError(
                "what this process says is left to its spawner (`raw`), so it can offer no capability"
            )
        answer: asyncio.Future[Client | ExitReason] = asyncio.get_running_loop().create_future()
        process.executor.apply(Monitor(process.entry, answer))
        self._waiting.append(answer)
        try:
            found = await answer
        finally:
            self._waiting.remove(answer)
            process.executor.apply(CancelMonitor(process.entry, answer))
        if isinstance(found, ExitReason):
            raise NothingOfferedError(process.pid, found)
        return found
