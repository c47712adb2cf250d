"""Nodes of one cluster, each `ww start` in a process of its own: started, killed, started again."""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path

from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.runtime_directory import RuntimeDirectory
from wetware.errors import BrokenError
from wetware.services.client import ClusterClient, connect
from wetware.services.remote import RemoteNode

WW = (sys.executable, "-c", "from wetware.cli.main import main; main()")
FIRST_USE = (
    600.0  # seconds: the first Python guest on a machine has its interpreter built, which takes a minute
)


class Place:
    """Where a node runs, killed and started again; and this program's connection to it.

    Attributes:
        name: the node's, which it tells the others as `name=…`.
    """

    def __init__(self, name: str, runtime: Path) -> None:
        self.name = name
        self._runtime = runtime
        self._account = ephemeral_key()
        self._process: asyncio.subprocess.Process | None = None
        self._client: ClusterClient | None = None
        self._node: RemoteNode | None = None
        self._runs = asyncio.Event()
        self._stack = contextlib.AsyncExitStack()

    @property
    def node(self) -> RemoteNode:
        """The node. Raises `BrokenError` while it does not run."""
        if self._node is None:
            raise BrokenError(f"the node {self.name} does not run")
        return self._node

    async def up(self) -> RemoteNode:
        """The node, as soon as it runs."""
        await self._runs.wait()
        return self.node

    async def start(self) -> None:
        """Start it, and log in."""
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "WW_CACHE"}}
        self._process = await asyncio.create_subprocess_exec(
            *(*WW, "start", "--json", "--meta", f"name={self.name}"),
            env=kept | {"PYTHONPATH": os.pathsep.join(sys.path), "WW_RUNTIME": str(self._runtime)},
            stdout=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout is not None, "it was asked for"
        started = json.loads(await self._process.stdout.readline())
        self._client = await self._stack.enter_async_context(
            connect([started["address"]], runtime=RuntimeDirectory(self._runtime), key=self._account)
        )
        self._node = RemoteNode(self._client.session, timeout=FIRST_USE)
        self._runs.set()

    async def sees(self) -> set[str]:
        """The peer ids of the nodes that it knows."""
        assert self._client is not None, "it was started"
        return {record.peer for record in await self._client.nodes()}

    async def kill(self) -> None:
        """`kill -9`."""
        self._runs.clear()
        self._node = None
        if self._process is not None:
            self._process.kill()
            await self._process.communicate()
            self._process = None
        await self._stack.aclose()


async def all_see_all(places: list[Place]) -> None:
    """Wait until all nodes that run know each other."""
    while True:
        with contextlib.suppress(BrokenError):
            peers = {place.node.peer for place in places}
            if all([peers <= await place.sees() for place in places]):
                return
        await asyncio.sleep(0.05)
