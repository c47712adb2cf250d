"""Two services on a cluster of three nodes, supervised: one node is killed, and what ran there moves on.

    python examples/cluster/supervised.py

`api` needs `store`: when `store` ends, `api` is started again after it (rest-for-one). Each runs on whichever
node says `role=worker` and is the least loaded.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from wetware.cluster.runtime_directory import RuntimeDirectory
from wetware.services.client import connect
from wetware.services.remote import RemoteNode
from wetware.services.roaming import Roaming, Seen
from wetware.services.supervisor import Backoff, Child, Supervisor

SLEEPER = Path(__file__).parent / "sleeper.wat"


async def start_node(runtime: str, role: str) -> tuple[dict[str, str], asyncio.subprocess.Process]:
    """`ww start` in a process of its own; the first line of its log says who and where it is."""
    node = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from wetware.cli.main import main; main()"),
        *("start", "--json", "--meta", f"role={role}"),
        env={**os.environ, "WW_RUNTIME": runtime},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert node.stdout is not None
    return json.loads(await node.stdout.readline()), node


async def end(node: asyncio.subprocess.Process) -> None:
    if node.returncode is None:
        node.terminate()
    await node.communicate()


async def runs_again(supervisor: Supervisor, name: str, but: object) -> None:
    """Wait until another process than `but` runs under this name."""
    while supervisor.running.get(name) in (None, but):  # noqa: ASYNC110 - short, and of no interest here
        await asyncio.sleep(0.05)


async def main() -> None:
    async with contextlib.AsyncExitStack() as stack:
        runtime = stack.enter_context(tempfile.TemporaryDirectory())
        nodes, addresses = {}, []
        for role in ("entry", "worker", "worker"):
            started, node = await start_node(runtime, role)
            stack.push_async_callback(end, node)
            nodes[started["peer"]] = node
            addresses.append(started["address"])

        client = await stack.enter_async_context(
            connect(addresses[:1], runtime=RuntimeDirectory(Path(runtime)))
        )
        cluster = Seen(RemoteNode(client.session))
        while len(await cluster.nodes()) < 3:  # noqa: ASYNC110 - a client is not told who joins
            await asyncio.sleep(0.05)

        store = Roaming(cluster, SLEEPER, where=["role=worker"], name="store")
        api = Roaming(cluster, SLEEPER, where=["role=worker"], name="api")
        children = [Child("store", store), Child("api", api)]
        async with Supervisor(children, strategy="rest-for-one", backoff=Backoff(0.1, 1)) as supervisor:
            await supervisor.ready()
            first_store, first_api = store.process, api.process
            print("store and api run")

            assert first_store is not None
            nodes[first_store.node.peer].send_signal(signal.SIGKILL)
            print("the node of store was killed")

            await runs_again(supervisor, "store", but=first_store)
            await runs_again(supervisor, "api", but=first_api)
            moved = store.process is not None and store.process.node.peer != first_store.node.peer
            print("store runs on another node" if moved else "store has not moved")
            print("api was started again after it")
        print("nothing is left running")


if __name__ == "__main__":
    asyncio.run(main())
