"""Keeps processes running: starts them, watches them, starts them again, here or on other nodes.

    async with Supervisor(
        [
            Child("store", lambda: node.spawn("store.wasm")),
            Child("web", lambda: node.spawn("web.wasm"), restart="transient"),
        ],
        strategy="rest-for-one",
    ) as supervisor:
        await supervisor.wait()

Rules that hold here:

1. A supervisor leaves nothing: when its block ends, for whatever reason, every child is stopped, the last one
   first (test_leaving_stops_everything).
2. A child is anything that can be waited for and killed: a `Process`, a `RemoteProcess`.
3. Only an exit with code 0 is a normal end. What cannot be started has ended abnormally; so has a process
   whose node is lost (test_a_child_whose_node_is_lost).
4. What is decided is decided in `supervision.py`.

The named tests are in `tests/services/test_supervisor.py`.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from wetware.errors import BrokenError, LocalError, WetwareError
from wetware.process.reasons import Exited
from wetware.services.supervision import Backoff, Finished, GaveUp, Start, Stop, Supervision

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from types import TracebackType

    from wetware.process.reasons import ExitReason
    from wetware.services.supervision import Instruction, Restart, Strategy

__all__ = ["Backoff", "Child", "GaveUpError", "Supervisor"]

log: Final = logging.getLogger("wetware.services")


class GaveUpError(BrokenError):
    """Children ended too often; everything was stopped. The message says which one ended last, and how."""


class Watched(Protocol):
    """What a child's start gives."""

    async def monitor(self) -> ExitReason:
        """Wait for its end."""

    def kill(self) -> Any:
        """End it; what is returned is awaited, if it can be."""


@dataclass(frozen=True, slots=True)
class Child:
    """One child.

    Attributes:
        name: what to call it; no two of one supervisor have the same.
        start: starts it, each time anew.
        restart: `permanent`: start it again after every end; `transient`: after an abnormal one; `temporary`:
            never.
    """

    name: str
    start: Callable[[], Awaitable[Watched]]
    restart: Restart = "permanent"


class Supervisor:
    """Runs children as long as its block.

    Args:
        children: in the order in which they are started.
        strategy: who else is started again when one ends (see `supervision.py`).
        intensity: ends within `period` that are borne.
        period: seconds.
        backoff: how long to wait before one is started again.
        on_event: told in words what happens.

    Attributes:
        running: the children that run now, by name.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        strategy: Strategy = "one-for-one",
        intensity: int = 3,
        period: float = 5.0,
        backoff: Backoff | None = None,
        on_event: Callable[[str], None] | None = None,
    ) -> None:
        self._children = {child.name: child for child in children}
        if len(self._children) != len(children):
            raise LocalError("two children of one supervisor have the same name")
        self._core = Supervision(
            {child.name: child.restart for child in children},
            strategy=strategy,
            intensity=intensity,
            period=period,
            backoff=backoff,
        )
        self._on_event = on_event or (lambda text: log.info("%s", text))
        self._lives: dict[str, _Life] = {}
        self._begun: set[str] = set()
        self._happened: asyncio.Queue[Callable[[float], list[Instruction]]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._outcome: Finished | GaveUp | None = None
        self._settled = asyncio.Event()
        self.running: dict[str, Watched] = {}

    async def wait(self) -> None:
        """Wait until no child runs or is to be started any more.

        Raises:
            GaveUpError: children ended too often.
        """
        if self._task is None:
            raise LocalError("this supervisor does not run; use it inside `async with`")
        await asyncio.shield(self._task)
        if isinstance(self._outcome, GaveUp):
            raise GaveUpError(f"the supervisor gave up: {self._outcome.why}")

    async def ready(self) -> None:
        """Wait until every child has been started once, or could not be."""
        await self._settled.wait()

    async def __aenter__(self) -> Self:
        if self._task is not None:
            raise LocalError("this supervisor was used already; make another one")
        self._task = asyncio.get_running_loop().create_task(self._run(), name="supervisor")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._task is not None, "it was entered"
        self._happened.put_nowait(self._core.stop)
        await self._task

    # --- what is decided is done ---
    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.TaskGroup() as tasks:
                self._happened.put_nowait(self._core.begin)
                while self._outcome is None:
                    happened = await self._next(loop)
                    for instruction in happened(loop.time()):
                        self._carry_out(instruction, tasks)
        finally:
            self._settled.set()

    async def _next(self, loop: asyncio.AbstractEventLoop) -> Callable[[float], list[Instruction]]:
        """What happens next, if only that time has passed."""
        wakes = self._core.wakes_at
        try:
            async with asyncio.timeout_at(wakes):
                return await self._happened.get()
        except TimeoutError:
            return self._core.advance

    def _carry_out(self, instruction: Instruction, tasks: asyncio.TaskGroup) -> None:
        match instruction:
            case Start(name):
                life = self._lives[name] = _Life(self, self._children[name])
                tasks.create_task(life.run(), name=f"child {name}")
            case Stop(name):
                self._on_event(f"{name} is stopped")
                self._lives[name].stop()
            case Finished() | GaveUp():
                self._outcome = instruction
                if isinstance(instruction, GaveUp):
                    self._on_event(f"gave up: {instruction.why}")

    def started(self, name: str, process: Watched) -> None:
        """A child runs."""
        self.running[name] = process
        self._on_event(f"{name} runs: {process!r}")
        self._has_begun(name)
        self._happened.put_nowait(lambda now: self._core.started(name, now))

    def ended(self, name: str, why: str, *, normal: bool) -> None:
        """A child has ended, or could not be started."""
        self.running.pop(name, None)
        self._on_event(f"{name} {why}")
        self._has_begun(name)
        self._happened.put_nowait(lambda now: self._core.ended(name, now, normal=normal, why=why))

    def _has_begun(self, name: str) -> None:
        self._begun.add(name)
        if len(self._begun) == len(self._children):
            self._settled.set()


class _Life:
    """One child from a start to its end."""

    def __init__(self, supervisor: Supervisor, child: Child) -> None:
        self._supervisor = supervisor
        self._child = child
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """End it."""
        self._stopped.set()

    async def run(self) -> None:
        """Start it, and wait for its end."""
        name = self._child.name
        try:
            process = await self._child.start()
        except Exception as error:  # whatever it fails with, the child has not started
            if not isinstance(error, WetwareError):
                log.exception("the start of %s failed", name)
            self._supervisor.ended(name, f"could not be started ({error})", normal=False)
            return
        self._supervisor.started(name, process)
        normal, why = False, "cannot be reached any more"
        try:
            async with asyncio.TaskGroup() as tasks:
                watching = tasks.create_task(self._watch(process))
                stopping = tasks.create_task(self._stop(process, watching))
                await asyncio.wait([watching])
                stopping.cancel()
            if not watching.cancelled():
                normal, why = watching.result()
        except asyncio.CancelledError:
            _close(process.kill())  # at once, and without waiting
            raise
        self._supervisor.ended(name, why, normal=normal)

    @staticmethod
    async def _watch(process: Watched) -> tuple[bool, str]:
        try:
            reason = await process.monitor()
        except WetwareError as error:
            return False, f"cannot be watched any more ({error})"
        return isinstance(reason, Exited) and reason.code == 0, str(reason)

    async def _stop(self, process: Watched, watching: asyncio.Task[Any]) -> None:
        await self._stopped.wait()
        try:
            answer = process.kill()
            if inspect.isawaitable(answer):
                await answer
        except WetwareError as error:
            log.warning("%s could not be ended: %s", self._child.name, error)
            watching.cancel()


def _close(answer: Any) -> None:
    if inspect.iscoroutine(answer):
        answer.close()
