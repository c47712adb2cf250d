"""Nodes as processes of their own, found by a client of this one."""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path

from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.runtime_directory import RuntimeDirectory
from wetware.services.client import connect

CAP = 60
START = "from wetware.cli.main import main; main()"
SOURCE = Path(__file__).parent.parent.parent / "src"


class Started:
    """A node in a process of its own.

    Attributes:
        peer: its peer id.
        process: the process.
    """

    @classmethod
    async def start(cls, path, *words):
        node = cls()
        node.process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", START, "start", "--json", *words),
            stdout=asyncio.subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": str(SOURCE),
                "WW_RUNTIME": str(path / "run"),
                "WW_DATA": str(path / "data"),
            },
        )
        line = json.loads(await node.process.stdout.readline())
        assert line["event"] == "started", line
        node.peer, node.address = line["peer"], line["address"]
        return node

    async def end(self):
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
        await self.process.communicate()


@contextlib.asynccontextmanager
async def started(path, *metas):
    """A node for each `key=value`, when all see each other, and a client of the first one."""
    nodes = []
    async with asyncio.timeout(CAP), contextlib.AsyncExitStack() as stack:
        for meta in metas:
            node = await Started.start(path, "--meta", meta)
            stack.push_async_callback(node.end)
            nodes.append(node)
        client = await stack.enter_async_context(
            connect(
                [nodes[0].address], runtime=RuntimeDirectory(path / "run"), key=ephemeral_key(), timeout=CAP
            )
        )
        while len(await client.nodes()) < len(nodes):  # noqa: ASYNC110 - nobody tells a client
            await asyncio.sleep(0.05)
        yield nodes, client
