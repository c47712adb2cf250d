"""Several nodes of one cluster on one event loop, with a run-time directory of their own."""

import asyncio
import contextlib
from types import SimpleNamespace

from wetware.cluster.runtime_directory import RuntimeDirectory
from wetware.cluster.settings import Settings
from wetware.services.cluster import Cluster
from wetware.services.facade import ExecutorFacade
from wetware.services.tenancy import Tenancy

CAP = 60.0
"""Seconds after which a test that waits has failed."""

QUICK = Settings(tick=0.04, interval=0.2, suspect_after=0.6, dead_after=1.2, sync=1.0, ttl=3.0)
"""A membership whose failures are found soon."""


class Abroad:
    """Deals with no other node."""

    def join(self, neighbours):
        """Joined, and nothing comes of it."""

    def leave(self):
        """As `join`."""


class Idle:
    """Stands in for a node that runs no processes."""

    def __init__(self):
        self.drained = False
        self.guests = SimpleNamespace(abroad=Abroad())
        self.guests.tenant = self._tenant

    def _tenant(self, account, limits):
        return ExecutorFacade(self.guests, None, tenancy=Tenancy(account))

    async def drain(self):
        self.drained = True


class Place:
    """Where the nodes of one test live."""

    def __init__(self, path):
        self.runtime = RuntimeDirectory(path / "run")
        self.stack = contextlib.AsyncExitStack()

    async def __aenter__(self):
        await self.stack.__aenter__()
        return self

    async def __aexit__(self, *exc):
        return await self.stack.__aexit__(*exc)

    async def start(self, node=None, **options):
        """Start one node; it is stopped with the place."""
        options.setdefault("runtime", self.runtime)
        options.setdefault("settings", QUICK)
        return await self.stack.enter_async_context(Cluster(node or Idle(), **options))

    async def several(self, count, **options):
        """Start nodes that all see each other."""
        clusters = [await self.start(**options) for _ in range(count)]
        await all_see_all(clusters)
        return clusters


async def all_see_all(clusters):
    await asyncio.gather(*(cluster.wait_for(len(clusters), timeout=CAP) for cluster in clusters))


async def until(condition):
    """Wait until something holds, however long it takes (a cap apart)."""
    async with asyncio.timeout(CAP):
        while not condition():  # noqa: ASYNC110 - conditions of many kinds
            await asyncio.sleep(0.01)
