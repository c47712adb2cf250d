"""A replicated key-value store on three nodes of wetware, killed while clients write, drawn as a timeline.

    python examples/raft_kv/cluster.py [--kills 3] [--clients 4]

Each of three nodes runs one replica, a Python guest (`replica/`) with a log in a directory of that node.
Clients add to a counter; every other second something is killed: the leader's process, its whole node, all
three nodes at once. A supervisor starts again what has ended. In the end the counter must be what was
acknowledged: nothing lost, nothing done twice.
"""

import argparse
import asyncio
import contextlib
import itertools
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from places import VOLUME, Place
from replica.replica_capnp import Replica
from timeline import BUCKET, COUNTER, KILLED, NODE_KILLED, PATIENCE, Timeline

from wetware import Backoff, Child, RemoteProcess, Supervisor
from wetware.errors import BrokenError, WetwareError
from wetware.raft.node import RaftClient
from wetware.schema.raft_capnp import Raft, Role

PROGRAM = Path(__file__).resolve().parent / "replica"
NAMES = ("anna", "bert", "cleo")


@dataclass
class Seat:
    """One replica: where it runs, and how it is reached.

    Attributes:
        place: the node.
        member: the replica's number, which goes with the log on that node.
        process: its process.
        replica: what it offers; None while it does not run.
    """

    place: Place
    member: int
    process: RemoteProcess | None = None
    replica: Replica | None = None

    async def find(self) -> Raft:
        """The replica, as an operator has it."""
        if self.replica is None:
            raise BrokenError(f"there is no replica on {self.place.name}")
        return (await self.replica.operate()).raft

    async def client(self) -> Raft:
        """The replica, as a client of the store has it."""
        return (await self.find()).client().client


class Group:
    """The replicas of one store."""

    def __init__(self, seats: list[Seat]) -> None:
        self.seats = seats
        self._introducing = asyncio.Lock()

    async def start(self, seat: Seat) -> RemoteProcess:
        """Start a replica, for the first time or again, and let it and the others reach each other."""
        seat.replica = None
        node = await seat.place.up()
        founders = [other.member for other in self.seats]  # of no interest where the log says so already
        process = await node.spawn(
            PROGRAM,
            args=[str(number) for number in (seat.member, *founders)],
            dirs={"/log": VOLUME},
        )
        try:
            async with self._introducing:  # those that come at the same time have to know each other, too
                seat.process, seat.replica = process, await process.bootstrap(Replica)
                for other in self.seats:
                    if other is not seat and other.replica is not None:
                        with contextlib.suppress(BrokenError):  # it has ended: its next life is introduced
                            await introduce(seat, other)
                            await introduce(other, seat)
        except BaseException:
            with contextlib.suppress(WetwareError):
                await process.kill()
            raise
        return process

    async def whole(self) -> Seat:
        """Wait until all replicas run and follow one of them; its seat."""
        while True:
            with contextlib.suppress(WetwareError):
                found = [(await (await seat.find()).status()).status for seat in self.seats]
                for seat, status in zip(self.seats, found, strict=True):
                    if status.role is Role.LEADER and {one.leader for one in found} == {seat.member}:
                        return seat
            await asyncio.sleep(BUCKET / 2)

    def client(self) -> RaftClient:
        """A client that asks any replica."""
        return RaftClient([seat.client for seat in self.seats], attempt=2.0)


async def introduce(seat: Seat, other: Seat) -> None:
    """Let the replica on a seat reach another one, straight from node to node, as the member that it is."""
    assert seat.replica is not None, "it was just started"
    assert other.process is not None, "it was started before"
    await seat.place.knows(other.place)
    known = await seat.place.node.introduce(other.process, Replica)
    await seat.replica.meet(member=other.member, raft=known.peer(member=seat.member).raft)


async def watch(seat: Seat, timeline: Timeline) -> None:
    """Note what the replica on a seat is, again and again."""
    while True:
        with contextlib.suppress(WetwareError):
            timeline.saw(seat.place.name, (await (await seat.find()).status()).status)
        await asyncio.sleep(BUCKET / 4)


async def kill_process(group: Group, timeline: Timeline) -> None:
    """Kill the leader's process."""
    leader = await group.whole()
    assert leader.process is not None, "it leads"
    name = leader.place.name
    timeline.killed([name], KILLED, f"the process on {name}, the leader, was killed")
    await leader.process.kill()


async def kill_node(group: Group, timeline: Timeline) -> None:
    """Kill the leader's node, and start it again a moment later."""
    place = (await group.whole()).place
    timeline.killed([place.name], NODE_KILLED, f"the node {place.name}, with the leader on it, was killed")
    await place.kill()
    await asyncio.sleep(1.0)
    await place.start()


async def kill_all(group: Group, timeline: Timeline) -> None:
    """Kill all nodes at once, and start them again."""
    await group.whole()
    timeline.killed(NAMES, NODE_KILLED, "all nodes were killed")
    await asyncio.gather(*(seat.place.kill() for seat in group.seats))
    await asyncio.gather(*(seat.place.start() for seat in group.seats))


async def trouble(group: Group, timeline: Timeline, kills: int) -> None:
    """Kill one thing after the other, each when all is well again."""
    for kill in itertools.islice(itertools.cycle((kill_process, kill_node, kill_all)), kills):
        await asyncio.sleep(1.2)
        await kill(group, timeline)
    await group.whole()
    await asyncio.sleep(1.2)
    timeline.over = True


async def run(kills: int, clients: int) -> bool:
    """Let it happen and tell it; whether the counter is right."""
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        places = [Place(name, folder) for name in NAMES]
        for place in places:
            stack.push_async_callback(place.kill)
        await asyncio.gather(*(place.start() for place in places))
        group = Group([Seat(place, member) for member, place in enumerate(places, 1)])
        children = [Child(seat.place.name, partial(group.start, seat)) for seat in group.seats]
        async with Supervisor(children, intensity=20, period=60.0, backoff=Backoff(0.1, 1.0)):
            await group.whole()
            timeline = Timeline(NAMES)
            watchers = [asyncio.create_task(watch(seat, timeline)) for seat in group.seats]
            async with asyncio.TaskGroup() as tasks:
                for _ in range(clients):
                    tasks.create_task(timeline.write(group.client()))
                tasks.create_task(trouble(group, timeline, kills))
            for watcher in watchers:
                watcher.cancel()
            counter = int(await group.client().get(COUNTER, timeout=PATIENCE) or b"0")
    return timeline.report(counter)


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--clients", type=int, default=4, help="how many write at a time")
    chosen = parser.parse_args()
    return 0 if asyncio.run(run(chosen.kills, chosen.clients)) else 1


if __name__ == "__main__":
    sys.exit(main())
