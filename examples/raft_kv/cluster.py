"""A replicated key-value store on three nodes of wetware, killed while clients write, drawn as a timeline.

    python examples/raft_kv/cluster.py [--kills 4] [--clients 4]

Each of three nodes runs one replica, a Python guest (`replica/`). Clients add to a counter; every other
second the leader is killed: its process, then its whole node, with SIGKILL, in turn. A supervisor puts a new
replica where one has ended. In the end the counter must be what was acknowledged: nothing lost, nothing done
twice.
"""

import argparse
import asyncio
import contextlib
import itertools
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from places import Place, all_see_all
from replica.replica_capnp import Replica
from timeline import BUCKET, COUNTER, KILLED, NODE_KILLED, PATIENCE, Timeline

from wetware.errors import BrokenError, WetwareError
from wetware.raft.node import RaftClient
from wetware.schema.raft_capnp import Raft, Role
from wetware.services.remote import RemoteProcess
from wetware.services.supervisor import Backoff, Child, Supervisor

PROGRAM = Path(__file__).resolve().parent / "replica"
NAMES = ("anna", "bert", "cleo")


@dataclass
class Seat:
    """A node's seat in the group, and the replica that has it.

    Attributes:
        place: the node.
        member: the number of its replica, or of the last one; 0: none yet.
        process: the replica's process.
        replica: what it offers; None while there is none.
    """

    place: Place
    member: int = 0
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
    """The replicas of one store.

    A number belongs to one replica for ever: its log is in its memory, so one that has ended never comes
    back, and a new one takes its seat.
    """

    def __init__(self, seats: list[Seat]) -> None:
        self.seats = seats
        self._numbers = itertools.count(1)
        self._gone: set[int] = set()
        self._introducing = asyncio.Lock()

    async def start(self, seat: Seat) -> RemoteProcess:
        """Put a new replica on a seat; the first ones found the group, every later one joins it."""
        seat.replica = None
        founders = range(1, 1 + len(self.seats)) if seat.member == 0 else ()
        if seat.member:
            self._gone.add(seat.member)
        seat.member = next(self._numbers)
        node = await seat.place.up()
        process = await node.spawn(PROGRAM, args=[str(number) for number in (seat.member, *founders)])
        try:
            async with self._introducing:  # those that come at the same time have to know each other, too
                seat.process, seat.replica = process, await process.bootstrap(Replica)
                await self._introduce(seat)
            if not founders:
                await self._replace(seat)
        except BaseException:
            with contextlib.suppress(WetwareError):
                await process.kill()
            raise
        return process

    async def _introduce(self, newcomer: Seat) -> None:
        """Let a replica and the others reach each other."""
        await all_see_all([seat.place for seat in self.seats if seat.replica is not None])
        for other in self.seats:
            if other is not newcomer and other.replica is not None:
                with contextlib.suppress(BrokenError):  # it has ended: the next one there will be introduced
                    await introduce(newcomer, other)
                    await introduce(other, newcomer)

    async def _replace(self, newcomer: Seat) -> None:
        """Take out who has ended, then let the newcomer in: as a learner first, then as a voter."""
        assert newcomer.replica is not None, "it was just started"
        replica, others = newcomer.replica, [seat for seat in self.seats if seat is not newcomer]
        for number in sorted(self._gone):
            await self._ask(others, lambda _, raft, number=number: raft.remove_id(id=number))
            self._gone.discard(number)
        await self._ask(others, lambda member, raft: raft.add(node=replica.peer(member=member).raft))

    async def _ask(self, seats: list[Seat], question: Callable[[int, Raft], Awaitable[object]]) -> None:
        """Have one member after the other asked until one has done it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for seat in seats:
                    with contextlib.suppress(WetwareError):
                        await question(seat.member, await seat.find())
                        return
                await asyncio.sleep(BUCKET / 2)

    async def whole(self) -> Seat:
        """Wait until all replicas vote, and one leads; its seat."""
        while True:
            with contextlib.suppress(WetwareError):
                members = {seat.member for seat in self.seats}
                for seat in self.seats:
                    status = (await (await seat.find()).status()).status
                    if status.role is Role.LEADER and set(status.voters) == members and not status.learners:
                        return seat
            await asyncio.sleep(BUCKET / 2)

    def client(self) -> RaftClient:
        """A client that asks any replica."""
        return RaftClient([seat.client for seat in self.seats], attempt=2.0)


async def introduce(seat: Seat, other: Seat) -> None:
    """Let the replica on a seat reach another one, straight from node to node, as the member that it is."""
    assert seat.replica is not None, "it was just started"
    assert other.process is not None, "it was started before"
    known = await seat.place.node.introduce(other.process, Replica)
    await seat.replica.meet(member=other.member, raft=known.peer(member=seat.member).raft)


async def watch(seat: Seat, timeline: Timeline) -> None:
    """Note what the replica on a seat is, again and again."""
    while True:
        with contextlib.suppress(WetwareError):
            timeline.saw(seat.place.name, (await (await seat.find()).status()).status)
        await asyncio.sleep(BUCKET / 4)


async def trouble(group: Group, timeline: Timeline, kills: int) -> None:
    """Kill the leader, its process and its node in turn, so many times."""
    for how in itertools.islice(itertools.cycle((KILLED, NODE_KILLED)), kills):
        await asyncio.sleep(1.2)
        leader = await group.whole()
        assert leader.process is not None, "it leads"
        timeline.killed(leader.place.name, how)
        if how == KILLED:
            await leader.process.kill()
        else:
            await leader.place.kill()
            await asyncio.sleep(1.0)
            await leader.place.start()
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
        group = Group([Seat(place) for place in places])
        children = [Child(seat.place.name, lambda seat=seat: group.start(seat)) for seat in group.seats]
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
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--clients", type=int, default=4, help="how many write at a time")
    chosen = parser.parse_args()
    return 0 if asyncio.run(run(chosen.kills, chosen.clients)) else 1


if __name__ == "__main__":
    sys.exit(main())
