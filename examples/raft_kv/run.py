"""A replicated key-value store whose leaders are killed while clients write, drawn as a timeline.

    python examples/raft_kv/run.py [--kills 3] [--clients 4]

Three members run in processes of their own (`member.py`), each with a log on disk. Clients add to a counter;
every other second the leader is killed with SIGKILL, and started again a moment later. In the end the counter
must be what was acknowledged: nothing lost, nothing done twice.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from timeline import BUCKET, COUNTER, KILLED, PATIENCE, Timeline

from wetware.capnp.vat import Vat
from wetware.errors import WetwareError
from wetware.raft.node import RaftClient
from wetware.schema.raft_capnp import Raft, Role

HERE = Path(__file__).resolve().parent
MEMBERS = (1, 2, 3)


class Cluster:
    """The members' processes, and the way to them."""

    def __init__(self, folder: Path, vat: Vat) -> None:
        self.folder = folder
        self.vat = vat
        self.processes: dict[int, asyncio.subprocess.Process] = {}

    async def start(self, member: int) -> None:
        """Start a member and wait until it listens."""
        self.processes[member] = process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(HERE / "member.py"),
            str(member),
            str(self.folder),
            "--founders",
            ",".join(map(str, MEMBERS)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert process.stdout is not None, "it was asked for"
        await process.stdout.readline()

    async def kill(self, member: int) -> None:
        """End a member without warning."""
        process = self.processes.pop(member)
        process.kill()
        await process.wait()

    async def find(self, member: int) -> Raft:
        """The capability of a member."""
        return (await self.vat.connect_unix(str(self.folder / f"{member}.sock"))).bootstrap(Raft)

    def client(self) -> RaftClient:
        """A client that asks any member."""
        return RaftClient([partial(self.find, member) for member in MEMBERS], attempt=2.0)

    async def leader(self) -> int:
        """Wait until somebody leads; who."""
        while True:
            for member in list(self.processes):
                try:
                    status = (await (await self.find(member)).status()).status
                except WetwareError:
                    continue
                if status.role is Role.LEADER:
                    return member
            await asyncio.sleep(BUCKET / 2)


async def watch(cluster: Cluster, timeline: Timeline, member: int) -> None:
    """Note what a member is, again and again."""
    raft = None
    while True:
        try:
            raft = raft or await cluster.find(member)
            timeline.saw(row(member), (await raft.status()).status)
        except WetwareError:
            raft = None
        await asyncio.sleep(BUCKET / 4)


async def trouble(cluster: Cluster, timeline: Timeline, kills: int) -> None:
    """Kill the leader, and start it again, so many times."""
    for _ in range(kills):
        await asyncio.sleep(1.2)
        leader = await cluster.leader()
        timeline.killed([row(leader)], KILLED, f"{row(leader)}, the leader, was killed")
        await cluster.kill(leader)
        await asyncio.sleep(1.0)
        await cluster.start(leader)
    await asyncio.sleep(1.2)
    timeline.over = True


async def run(kills: int, clients: int) -> bool:
    """Let it happen and tell it; whether the counter is right."""
    with tempfile.TemporaryDirectory() as name:
        async with Vat() as vat:
            cluster = Cluster(Path(name), vat)
            try:
                await asyncio.gather(*map(cluster.start, MEMBERS))
                await cluster.leader()
                timeline = Timeline([row(member) for member in MEMBERS])
                watchers = [asyncio.create_task(watch(cluster, timeline, member)) for member in MEMBERS]
                async with asyncio.TaskGroup() as tasks:
                    for _ in range(clients):
                        tasks.create_task(timeline.write(cluster.client()))
                    tasks.create_task(trouble(cluster, timeline, kills))
                for watcher in watchers:
                    watcher.cancel()
                counter = int(await cluster.client().get(COUNTER, timeout=PATIENCE) or b"0")
            finally:
                for member in list(cluster.processes):
                    await cluster.kill(member)
    return timeline.report(counter)


def row(member: int) -> str:
    """What a member is called in the picture."""
    return f"member {member}"


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--clients", type=int, default=4, help="how many write at a time")
    chosen = parser.parse_args()
    return 0 if asyncio.run(run(chosen.kills, chosen.clients)) else 1


if __name__ == "__main__":
    sys.exit(main())
