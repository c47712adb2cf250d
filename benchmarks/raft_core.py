"""Entries a second through the core alone: three nodes in one process, in memory, no network, no disk.

    python benchmarks/raft_core.py [--json FILE] [--seconds S]

What is measured is everything that three nodes do for an entry: propose, append, acknowledge, commit, apply.
One row for each way in which entries arrive: one at a time with its latency, many single proposals before the
group works, and proposals of several entries.
"""

import argparse
import gc
import json
import platform
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from wetware.raft.core import NO_LIMIT, Config, MemoryStorage, RawNode, Role, Snapshot

PAYLOAD = b"x" * 64
KEEP = 20_000  # entries that storage keeps behind the applied index


class Group:
    """Three nodes that hand each other their messages."""

    def __init__(self, *, async_storage_writes=False):
        dice = random.Random(1)
        self.storages, self.nodes, self.applied = {}, {}, {}
        for node_id in (1, 2, 3):
            self.storages[node_id] = MemoryStorage(Snapshot.founding([1, 2, 3]))
            config = Config(
                id=node_id, async_storage_writes=async_storage_writes, max_uncommitted_size=NO_LIMIT
            )
            self.nodes[node_id] = RawNode(config, self.storages[node_id], dice.randrange)
            self.applied[node_id] = 0
        self.nodes[1].campaign()
        self.work()
        assert self.nodes[1].role is Role.LEADER
        self.leader = self.nodes[1]

    def work(self):
        nodes = self.nodes
        busy = True
        while busy:
            busy = False
            for node_id, node in nodes.items():
                while node.has_ready():
                    busy = True
                    ready = node.ready()
                    storage = self.storages[node_id]
                    if ready.hard_state is not None:
                        storage.set_hard_state(ready.hard_state)
                    storage.append(ready.entries)
                    self.applied[node_id] += len(ready.committed)
                    for message in ready.messages:
                        nodes[message.to].step(message)
                    node.advance()

    def compact(self):
        for node_id, node in self.nodes.items():
            storage = self.storages[node_id]
            if node.applied - storage.first_index() > 2 * KEEP:
                storage.compact(node.applied - KEEP)


def measure(name, seconds, entries, propose):
    """Repeat one round (propose, then let the group work) for a while; give a row."""
    group = Group()
    for _ in range(20):
        propose(group.leader)
        group.work()
    before = group.applied[3]
    times = []
    gc.collect()
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        propose(group.leader)
        group.work()
        times.append(time.perf_counter() - begun)
        group.compact()
    done = group.applied[3] - before
    assert done == entries * len(times), "everything proposed was applied everywhere"
    cuts = statistics.quantiles(times, n=100)
    return {
        "way": name,
        "entries_per_second": round(done / sum(times)),
        "round_p50_us": round(cuts[49] * 1e6, 1),
        "round_p99_us": round(cuts[98] * 1e6, 1),
        "rounds": len(times),
    }


def ways():
    def single(count):
        def propose(leader):
            for _ in range(count):
                leader.propose(PAYLOAD)

        return propose

    def together(count):
        payloads = [PAYLOAD] * count
        return lambda leader: leader.propose(*payloads)

    yield "one proposal a round", 1, single(1)
    yield "64 proposals of one entry", 64, single(64)
    for count in (8, 64, 512):
        yield f"one proposal of {count} entries", count, together(count)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each row")
    options = parser.parse_args()
    rows = [measure(name, options.seconds, entries, propose) for name, entries, propose in ways()]
    print(f"three nodes in one process, entries of {len(PAYLOAD)} bytes, Python {platform.python_version()}")
    print(f"{'way':32s} {'entries/s':>10s} {'round p50':>11s} {'p99':>11s}")
    for row in rows:
        print(
            f"{row['way']:32s} {row['entries_per_second']:10,d} {row['round_p50_us']:8,.0f} us"
            f" {row['round_p99_us']:8,.0f} us"
        )
    if options.json:
        result = {
            "python": platform.python_version(),
            "payload_bytes": len(PAYLOAD),
            "nodes": 3,
            "rows": rows,
        }
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
