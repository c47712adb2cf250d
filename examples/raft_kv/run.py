"""A replicated key-value store whose leaders are killed while clients write, drawn as a timeline.

    python examples/raft_kv/run.py [--seconds 8] [--clients 4]

Three members run in processes of their own (`member.py`), each with a log on disk. Clients add to a counter;
every two seconds or so the leader is killed with SIGKILL and started again a moment later. In the end the
counter must be what was acknowledged: nothing lost, nothing done twice.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from wetware.capnp.vat import Vat
from wetware.errors import WetwareError
from wetware.raft.node import RaftClient
from wetware.schema.raft_capnp import Raft, Role

HERE = Path(__file__).resolve().parent
MEMBERS = (1, 2, 3)
BUCKET = 0.1  # seconds a column
BARS = " ▁▂▃▄▅▆▇█"
LETTERS = {Role.LEADER: "L", Role.FOLLOWER: "f", Role.CANDIDATE: "c", Role.PRE_CANDIDATE: "c"}


@dataclass
class Story:
    """What happened, and when, in seconds since the beginning."""

    began: float = field(default_factory=time.monotonic)
    roles: dict[tuple[int, int], str] = field(default_factory=dict)
    writes: list[float] = field(default_factory=list)
    kills: list[tuple[float, int]] = field(default_factory=list)
    restarts: list[tuple[float, int]] = field(default_factory=list)

    def now(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    def failovers(self) -> list[float]:
        """For each kill, the longest time without an acknowledged write in the two seconds behind it."""
        gaps = []
        for kill, _ in self.kills:
            after = [kill, *sorted(at for at in self.writes if kill < at < kill + 2)]
            gaps.append(max((later - at for at, later in pairwise(after)), default=0.0))
        return gaps

    def role(self, member: int, column: int) -> str:
        """What a member was in a column: as seen then, or last before, while it ran."""
        seen = self.roles.get((member, column))
        if seen is not None:
            return seen
        deaths = [at for at, killed in self.kills if killed == member and int(at / BUCKET) <= column]
        births = [at for at, started in self.restarts if started == member and int(at / BUCKET) <= column]
        if len(deaths) > len(births):
            return "."
        return self.role(member, column - 1) if column else "f"

    def draw(self) -> str:
        """The timeline."""
        columns = int(max(self.writes, default=0) / BUCKET) + 1
        seconds = "".join(f"{second}s".ljust(int(1 / BUCKET)) for second in range(int(columns * BUCKET) + 1))
        lines = [f"{'':10}{seconds[:columns]}"]
        for member in MEMBERS:
            marks = [self.role(member, column) for column in range(columns)]
            for at, killed in self.kills:
                if killed == member:
                    marks[min(int(at / BUCKET), columns - 1)] = "X"
            lines.append(f"member {member}  {''.join(marks)}")
        counts = Counter(int(at / BUCKET) for at in self.writes)
        most = max(counts.values(), default=1)
        bars = "".join(BARS[-(-counts[column] * (len(BARS) - 1) // most)] for column in range(columns))
        lines.append(f"writes    {bars}  at most {most} in {BUCKET:g} s")
        lines.append("          L leader   f follower   c candidate   X killed   . not running")
        return "\n".join(lines)


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


async def watch(cluster: Cluster, story: Story, member: int) -> None:
    """Note what a member is, again and again."""
    raft = None
    while True:
        try:
            raft = raft or await cluster.find(member)
            status = (await raft.status()).status
            story.roles[member, int(story.now() / BUCKET)] = LETTERS[status.role]
        except WetwareError:
            raft = None
        await asyncio.sleep(BUCKET / 4)


async def write(client: RaftClient, story: Story, end: float) -> int:
    """Add to the counter until the end; how often that was acknowledged."""
    done = 0
    while story.now() < end:
        await client.put(b"+counter", b"1", timeout=30)
        story.writes.append(story.now())
        done += 1
    return done


async def trouble(cluster: Cluster, story: Story, end: float) -> None:
    """Kill the leader, and start it again, while there is time."""
    while story.now() + 2.5 < end:
        await asyncio.sleep(1.2)
        leader = await cluster.leader()
        story.kills.append((story.now(), leader))
        await cluster.kill(leader)
        await asyncio.sleep(1.0)
        await cluster.start(leader)
        story.restarts.append((story.now(), leader))


async def run(seconds: float, clients: int) -> bool:
    """Run the story and tell it; whether the counter is right."""
    with tempfile.TemporaryDirectory() as name:
        async with Vat() as vat:
            cluster = Cluster(Path(name), vat)
            try:
                await asyncio.gather(*map(cluster.start, MEMBERS))
                await cluster.leader()
                story = Story()
                watchers = [asyncio.create_task(watch(cluster, story, member)) for member in MEMBERS]
                async with asyncio.TaskGroup() as tasks:
                    writers = [
                        tasks.create_task(write(cluster_client(cluster), story, seconds))
                        for _ in range(clients)
                    ]
                    tasks.create_task(trouble(cluster, story, seconds))
                for watcher in watchers:
                    watcher.cancel()
                acknowledged = sum(writer.result() for writer in writers)
                counter = int(await cluster_client(cluster).get(b"+counter", timeout=30) or b"0")
            finally:
                for member in list(cluster.processes):
                    await cluster.kill(member)
    print(story.draw())
    print()
    for (at, member), gap in zip(story.kills, story.failovers(), strict=True):
        print(f"at {at:.1f} s member {member}, the leader, was killed; no acknowledgement for {gap:.2f} s")
    print(f"{acknowledged} additions were acknowledged, the counter is {counter}")
    return counter == acknowledged


def cluster_client(cluster: Cluster) -> RaftClient:
    """A client that asks any member."""
    return RaftClient([lambda member=member: cluster.find(member) for member in MEMBERS], attempt=2.0)


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--clients", type=int, default=4)
    chosen = parser.parse_args()
    return 0 if asyncio.run(run(chosen.seconds, chosen.clients)) else 1


if __name__ == "__main__":
    sys.exit(main())
