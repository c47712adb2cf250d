"""Links between nodes under random histories: whatever crosses whatever, both halves agree in the end."""

import asyncio
import random

import pytest
from memory_cluster import CAP, SLEEP, Cluster, until

from wetware.errors import WetwareError


class World:
    """Processes on three nodes, and what is done to them, much of it at the same time."""

    def __init__(self, seed, cluster, clients):
        self.rng = random.Random(seed)
        self.cluster, self.clients = cluster, clients
        self.members = cluster.members
        self.all_links = [member.node.guests.abroad.links for member in self.members]
        self.remote = []

    async def spawn(self):
        node = self.rng.choice(self.clients).node
        self.remote.append(await node.spawn(SLEEP))

    async def act(self):
        action = self.rng.choices(["spawn", "link", "unlink", "kill", "cut"], [6, 8, 5, 0.4, 0.15])[0]
        if action == "spawn" or len(self.remote) < 2:
            await self.spawn()
        elif action == "cut":
            one, two = self.rng.sample(self.members, 2)
            if two.me in one.connections:
                one.cut(two.me)  # it is dialled anew by whoever needs it next
        else:
            some = self.remote[-4:] if self.rng.random() < 0.5 else self.remote  # few: the same two at once
            one, two = self.rng.choice(some), self.rng.choice(some)
            try:
                async with asyncio.timeout(None) as patience:
                    if self.rng.random() < 0.1:  # whoever asked does not wait for the answer
                        patience.reschedule(asyncio.get_running_loop().time() + self.rng.random() / 1000)
                    await (one.kill() if action == "kill" else getattr(one, action)(two))
            except TimeoutError:
                pass
            except WetwareError as error:
                assert "lost" in str(error) or "cut" in str(error) or "closed" in str(error), error  # noqa: PT017

    def halves(self):
        """(node, pid, the other's node, the other's id) of every half; and the processes by node and id."""
        halves, processes = set(), {}
        for member in self.members:
            for entry in member.node.guests.executor.table:
                process = entry.what
                processes[member.me.text, process.id] = process
                for name in entry.foreign or ():
                    halves.add((member.me.text, process.id, name.node, name.id))
        return halves, processes

    def agree(self):
        """Nothing ends, each half has its other one and a watch, and nothing else is kept."""
        halves, processes = self.halves()
        return (
            all(process.entry.live for process in processes.values())
            and halves == {(b, b_id, a, a_id) for a, a_id, b, b_id in halves}
            and all(
                {(entry, name) for name, kept in links._kept.items() for entry in kept}
                == {(entry, name) for entry in links._executor.table for name in entry.foreign or ()}
                for links in self.all_links
            )
            # one of two nodes decides
            and sum(len(links._pairs) for links in self.all_links) * 2 == len(halves)
        )


@pytest.mark.parametrize("seed", range(12))
async def test_random_histories(seed):
    async with asyncio.timeout(CAP), Cluster(3) as cluster:
        clients = [await cluster.client(number) for number in range(3)]
        world = World(seed, cluster, clients)
        for _ in range(6):
            await world.spawn()
        for _ in range(25):
            await asyncio.gather(*(world.act() for _ in range(world.rng.randrange(1, 6))))
        await until(world.agree)
        # the end of one is the end of all that hang together, and of nothing else
        halves, processes = world.halves()
        if halves:
            a, a_id, *_ = min(halves)
            together, todo = set(), [(a, a_id)]
            while todo:
                name = todo.pop()
                if name in together:
                    continue
                together.add(name)
                entry = processes[name].entry
                todo += [(far.node, far.id) for far in entry.foreign or ()]
                todo += [(name[0], near.what.id) for near in entry.links or ()]
            processes[a, a_id].kill()
            await until(lambda: not together & world.halves()[1].keys())
            assert world.halves()[1].keys() == processes.keys() - together
        for process in world.halves()[1].values():
            process.kill()
        await until(lambda: not world.halves()[1])
        assert world.agree()
        assert all(not links._kept for links in world.all_links)
