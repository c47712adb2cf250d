"""The consensus core inside a guest: three members elect a leader and commit what is proposed."""

import random

from wetware.raft.core import Config, MemoryStorage, RawNode, Role, Snapshot

ids = (1, 2, 3)
nodes, stores, applied = {}, {}, {i: [] for i in ids}
chance = random.Random(1)
for i in ids:
    stores[i] = MemoryStorage(Snapshot.founding(ids))
    nodes[i] = RawNode(Config(id=i), stores[i], chance.randrange)


def settle():
    while any(node.has_ready() for node in nodes.values()):
        for i, node in nodes.items():
            if not node.has_ready():
                continue
            ready = node.ready()
            stores[i].append(ready.entries)
            if ready.hard_state is not None:
                stores[i].set_hard_state(ready.hard_state)
            applied[i] += [entry.data for entry in ready.committed if entry.data]
            node.advance()
            for message in ready.messages:
                nodes[message.to].step(message)


nodes[1].campaign()
settle()
assert nodes[1].role is Role.LEADER
nodes[1].propose(b"one", b"two")
settle()
assert all(applied[i] == [b"one", b"two"] for i in ids), applied
print("committed by three")
