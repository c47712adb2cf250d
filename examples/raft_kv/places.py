"""Nodes of one cluster, each `ww start` in a process of its own: started, killed, started again."""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path

from wetware import ClusterClient, RemoteNode, connect
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.runtime_directory import RuntimeDirectory
from wetware.errors import BrokenError

WW = (sys.executable, "-c", "from wetware.cli.main import main; main()")
VOLUME = "replica"
FIRST_USE = (
    600.0  # seconds: the first Python guest on a machine has its interpreter built, which takes a minute
)


class Place:
    """Where a node runs, is killed and started again; and this program's connection to it.

    Attributes:
        name: the node's, which it tells the others as `name=…`.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._volume = folder / name  # what programs keep on this node
        self._runtime = RuntimeDirectory(folder / "run")  # where the nodes find each other
        self._account = ephemeral_key()
        self._process: asyncio.subprocess.Process | None = None
        self._client: ClusterClient | None = None
        self._node: RemoteNode | None = None
        self._runs = asyncio.Event()
        self._connection = contextlib.AsyncExitStack()

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
        self._volume.mkdir(exist_ok=True)
        kept = {  # nothing that is set for other nodes of this user
            name: value for name, value in os.environ.items() if name == "WW_CACHE" or name[:3] != "WW_"
        }
        self._process = await asyncio.create_subprocess_exec(
            *(*WW, "start", "--json", "--meta", f"name={self.name}", "--volume", f"{VOLUME}={self._volume}"),
            env=kept | {"PYTHONPATH": os.pathsep.join(sys.path), "WW_RUNTIME": str(self._runtime.path)},
            stdout=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout is not None, "it was asked for"
        started = json.loads(await self._process.stdout.readline())
        self._client = await self._connection.enter_async_context(
            connect([started["address"]], runtime=self._runtime, key=self._account, timeout=60.0)
        )
        self._node = RemoteNode(self._client.session, timeout=FIRST_USE)
        self._runs.set()

    async def knows(self, other: "Place") -> None:
        """Wait until it has heard of another node. Raises `BrokenError` where one of the two does not run."""
        while self._client is None or all(  # noqa: ASYNC110 - a client is not told who joins
            record.peer != other.node.peer for record in await self._client.nodes()
        ):
            await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """`kill -9`."""
        self._runs.clear()
        self._node = None
        if self._process is not None:
            self._process.kill()
            await self._process.communicate()
            self._process = None
        await self._connection.aclose()
