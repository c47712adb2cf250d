"""Gives guests their connections and sessions, and spawns for them.

Rules that hold here:

1. A session is the whole authority of a guest: what is not named in it is null.
2. Everything that waits on a guest's behalf is a task of this object, and ends with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import weakref
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final, Literal

from wetware.capnp.vat import Vat, local
from wetware.errors import WetwareError
from wetware.process.owner import Owner
from wetware.process.stimuli import Kill
from wetware.schema.core_capnp import Session, Session_Builder, SpawnRequest
from wetware.schema.process_capnp import ExitReason
from wetware.services.abroad import Abroad
from wetware.services.facade import ExecutorFacade, ProcessFacade
from wetware.services.guest import GUEST_OPTIONS, GuestConnection
from wetware.services.tenancy import Tenancy
from wetware.services.volumes import InUse
from wetware.services.wire import most_of, reason_fields
from wetware.wasm.outputs import Borrowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wetware.capnp.client import Client
    from wetware.capnp.runtime import Server
    from wetware.cluster.identity import PeerId
    from wetware.cluster.policy import AccountLimits
    from wetware.schema.core_capnp import MonitorHandler
    from wetware.services.executor import Executor
    from wetware.services.process import Process
    from wetware.services.volumes import VolumeServer
    from wetware.wasm.bytecode import BytecodeCache
    from wetware.wasm.loader import Loader
    from wetware.wasm.program import Program

__all__ = ["Guests", "Runs"]

log: Final = logging.getLogger("wetware.services")

REMEMBERED = 32
"""Detached processes that have ended, of which can still be told how, and what they wrote."""

Runs = Callable[[Callable[[], Coroutine[Any, Any, None]]], asyncio.Task[None]]
"""Runs something as a task of the guests', which ends with them."""


class Guests:
    """The capability side of an executor.

    Attributes:
        executor: runs the processes.
        loader: makes the programs.
        bytecode: keeps their bytes.
        host: the name of this host, as sessions tell it.
        abroad: the dealings with other nodes.
    """

    def __init__(self, executor: Executor, loader: Loader, bytecode: BytecodeCache, host: str) -> None:
        self.executor = executor
        self.loader = loader
        self.bytecode = bytecode
        self.host = host
        self.abroad = Abroad(executor, self._run)
        # as long as it has a session, or a process
        self._owners: weakref.WeakValueDictionary[PeerId, Owner] = weakref.WeakValueDictionary()
        self._tenancies: weakref.WeakSet[Tenancy] = weakref.WeakSet()
        self._vat = Vat(options=GUEST_OPTIONS, max_connections=1 << 20)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._detached: dict[int, Process] = {}
        self._in_use = InUse()
        executor.deliver = self._deliver

    # --- sessions ---
    def tenant(self, account: PeerId, limits: AccountLimits) -> ExecutorFacade:
        """The executor of the whole node for an account that has logged in; each login has one of its own.

        Args:
            account: the account.
            limits: what it may use from now on, all its sessions together.
        """
        owner = self._owners.get(account)
        if owner is None:
            owner = self._owners[account] = Owner(account)
        owner.max_processes = limits.processes
        tenancy = Tenancy(account, owner, most_of(limits))
        self._tenancies.add(tenancy)
        return ExecutorFacade(self, None, whole=True, tenancy=tenancy)

    def revoke(self, account: PeerId, why: str) -> None:
        """End what runs for an account here, detached or not, and let its sessions do nothing more.

        Whether it may log in again is the policy's to say.

        Args:
            account: the account.
            why: what it is told from now on.
        """
        for tenancy in list(self._tenancies):
            if tenancy.account == account:
                tenancy.revoke(why)
        owner = self._owners.get(account)
        for entry in list(owner.entries if owner is not None else ()):
            if entry.live:
                log.info("process %d of %s ends: %s", entry.pid, account, why)
                self.executor.apply(Kill(entry))

    def capability(self, process: Process) -> ProcessFacade:
        """A process of this node, to be handed to others or linked with one elsewhere."""
        return ProcessFacade(ExecutorFacade(self, None), process)

    def session(
        self,
        process: Process,
        *,
        executor: bool | Literal["all"],
        capabilities: Mapping[str, Client | Server],
    ) -> Session_Builder:
        """A session for a process that the node itself spawned; see `Node.spawn`."""
        builder = Session.new()
        builder.local.host = self.host
        if executor:
            builder.exec = ExecutorFacade(self, process, whole=executor == "all")
        if capabilities:
            extra = builder.init_extra(len(capabilities))
            for item, (name, client) in zip(extra, capabilities.items(), strict=True):
                item.name, item.client = name, client
        return builder

    def attach(
        self, process: Process, session: Session_Builder, trace: Callable[[str], None] | None = None
    ) -> None:
        """Give a process its connection, unless somebody else receives from its channel.

        `trace` is told every message, one line each.
        """
        if process.channel is not None and not process.channel.claimed and process.entry.live:
            process.connection = GuestConnection(
                process,
                process.channel,
                self._vat,
                session,
                lambda: ProcessFacade(ExecutorFacade(self, process), process),
                self._run,
                trace,
            )

    def spawn(
        self,
        view: ExecutorFacade,
        program: Program,
        session: Session,
        *,
        detached: bool,
        volumes: Sequence[tuple[str, VolumeServer]] = (),
        **spawn: Any,
    ) -> Process:
        """Spawn for whoever holds `view`, with exactly the session and the volumes that he names."""
        root = view.root
        if "limits" not in spawn:
            asked = SpawnRequest.new().limits
            spawn["limits"] = view.limits_of(asked) if root is None else root.fiber.limits
        if view.tenancy is not None:
            spawn["owner"] = view.tenancy.owner
        name = spawn.pop("name") or str(program.cid)
        # read before anything is started: a session that cannot be read starts nothing
        granted = Session.new(
            view=session.view,
            exec=session.exec,
            cap_store=session.cap_store,
            extra=[{"name": extra.name, "client": extra.client} for extra in session.extra],
        )
        granted.local.host = session.local.host
        granted.local.peer = session.local.peer
        granted.local.server = session.local.server
        handed = local(session.exec) if session.exec else None
        self._in_use.check(volume for _, volume in volumes)
        dirs = [volume.opened(path) for path, volume in volumes]
        process = self.executor.spawn(program, name=name, by=view.by, dirs=dirs, **spawn)
        self._in_use.given(process, dirs)
        if view.tenancy is not None:
            view.tenancy.spawned(process, detached=detached)
            if detached:
                self._remember(process)
        if isinstance(handed, ExecutorFacade):
            granted.exec = ExecutorFacade(self, process, whole=handed.whole, account=handed.account)
        if process.channel is not None:
            process.channel.offer(lambda: self.attach(process, granted))
        return process

    def _remember(self, process: Process) -> None:
        """Keep a process that nobody holds for a while after its end: how it ended, and what it wrote."""
        detached = self._detached
        detached[process.pid] = process
        ended = [pid for pid, kept in detached.items() if not kept.entry.live]
        for pid in ended[: max(len(ended) - REMEMBERED, 0)]:
            del detached[pid]

    def remembered(self, pid: int) -> Process | None:
        """A detached process that may have ended."""
        return self._detached.get(pid)

    def inherited(self, spawner: Process | None) -> dict[str, Any]:
        """The outputs of a process that has its spawner's; of nobody's, nothing is shown."""
        if spawner is None:
            return {"stdout": "null", "stderr": "null"}
        outputs = spawner.fiber.outputs
        return {
            name: Borrowed(outputs[descriptor]) if descriptor in outputs else "null"
            for name, descriptor in (("stdout", 1), ("stderr", 2))
        }

    # --- tasks ---
    def watch(self, process: Process, handler: MonitorHandler) -> None:
        """Tell somebody of a process's end."""

        async def tell() -> None:
            reason = await process.monitor()
            await handler.ended(reason=ExitReason.new(**reason_fields(reason)))

        self._run(tell)

    def _deliver(self, process: Process, pause: bool) -> None:
        if process.connection is not None:
            process.connection.deliver(paused=pause)

    def _run(self, work: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
        async def quiet() -> None:
            with contextlib.suppress(WetwareError):  # who is told is a guest: its failure is its own
                await work()

        task = asyncio.get_running_loop().create_task(quiet())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """After the executor: no guest runs any more."""
        await self.abroad.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._vat.close()
