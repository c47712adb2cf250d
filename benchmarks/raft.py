"""Raft over capabilities: writes and their latency, failover, recovery; beside etcd in the same run.

Three members in processes of their own on this machine, each with a durable log (one fdatasync before any
acknowledgement), written to over one connection by one client process. etcd runs in the same way where
it is on PATH (Debian: etcd-server), on the same disk. Both groups are up all the time and are written to by
turns, a second each: what else the machine does meets both alike. Figures are the median of the turns, the
ratio that of the pairs. How long this disk takes for an fdatasync is measured first: nothing durable can be
faster.
"""

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from report import Report, median, percentile
from report import options as parse

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

from etcd import BINARY, Etcd
from wetware.capnp.vat import Vat
from wetware.errors import BrokenError, WetwareError
from wetware.raft.core import Config, Entry, HardState, MemoryStorage, RawNode, Snapshot
from wetware.raft.log import DurableLog
from wetware.raft.node import RaftClient, RaftNode
from wetware.raft.node.core.codec import Item, encode_item
from wetware.raft.sessions import encode_command, open_session
from wetware.schema.raft_capnp import Raft, Role

MEMBER = ROOT / "examples" / "raft_kv" / "member.py"
VALUE = os.urandom(100)
TARGETS = {1: ">= 500", 32: ">= 2500"}


class Members:
    """Three members in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = {}
        self.vat = Vat()

    async def start(self, *ids):
        for one in ids:
            self.processes[one] = process = await asyncio.create_subprocess_exec(
                sys.executable, str(MEMBER), str(one), str(self.folder), "--founders", "1,2,3",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            )  # fmt: skip
            await process.stdout.readline()

    async def find(self, one):
        return (await self.vat.connect_unix(str(self.folder / f"{one}.sock"))).bootstrap(Raft)

    async def leader(self):
        while True:
            for one in self.processes:
                try:
                    raft = await self.find(one)
                    if (await raft.status()).status.role is Role.LEADER:
                        return one, raft
                except WetwareError:
                    pass
            await asyncio.sleep(0.02)

    async def kill(self, one):
        process = self.processes.pop(one)
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def close(self):
        for one in list(self.processes):
            await self.kill(one)
        await self.vat.close()


class Ours:
    how = "Cap'n Proto"

    def __init__(self, raft):
        self.raft = raft

    async def put(self, key, value):
        await self.raft.put(item={"key": key, "value": value})

    async def close(self):
        pass


def disk(report, folder, quick):
    path = folder / "probe"
    times = []
    with path.open("wb", buffering=0) as file:
        for _ in range(100 if quick else 400):
            began = time.perf_counter()
            file.write(VALUE)
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - began)
    path.unlink()
    report.add("disk: write and fdatasync, p50", median(times) * 1000, "ms")


async def write(client, clients, seconds):
    """Puts for so many seconds by so many clients; the latencies."""
    latencies = []
    end = time.perf_counter() + seconds

    async def one(number):
        while (began := time.perf_counter()) < end:
            await client.put(b"key %d" % number, VALUE)
            latencies.append(time.perf_counter() - began)

    await asyncio.gather(*(one(number) for number in range(clients)))
    return latencies


class Turns:
    """What one group did with so many clients, turn by turn."""

    def __init__(self):
        self.rates, self.latencies = [], []

    async def take(self, client, clients, seconds):
        began = time.perf_counter()
        latencies = await write(client, clients, seconds)
        self.rates.append(len(latencies) / (time.perf_counter() - began))
        self.latencies += latencies

    def add_to(self, report, name, clients, target=""):
        what = f"{name}: {clients} client{'s' if clients > 1 else ''}"
        p50, p99 = median(self.latencies) * 1000, percentile(self.latencies, 0.99) * 1000
        note = f"p50 {p50:.2f} ms, p99 {p99:.2f} ms; turns {min(self.rates):,.0f} to {max(self.rates):,.0f}"
        report.add(what, median(self.rates), "puts/s", target, note)


async def puts(report, quick):
    turns, seconds = (3, 0.7) if quick else (9, 1.0)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        folder = Path(name)
        disk(report, folder, quick)
        members, etcd = Members(folder), Etcd(folder / "etcd") if BINARY is not None else None
        if etcd is None:
            print("  etcd: not on PATH (Debian: etcd-server), not measured", file=sys.stderr)
        try:
            await members.start(1, 2, 3)
            if etcd is not None:
                await etcd.start()
            _, raft = await members.leader()
            clients = {"wetware": Ours(raft)}
            if etcd is not None:
                client = await etcd.client()
                clients[f"etcd ({client.how})"] = client
            for client in clients.values():
                await write(client, 8, 1.0)
            for count in (1, 32, 256):
                groups = {one: Turns() for one in clients}
                for turn in range(turns):
                    for one in list(clients)[:: 1 if turn % 2 else -1]:
                        await groups[one].take(clients[one], count, seconds)
                for one, group in groups.items():
                    group.add_to(report, one, count, TARGETS.get(count, "") if one == "wetware" else "")
                if etcd is not None:
                    ours, theirs = (group.rates for group in groups.values())
                    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
                    note = f"pairs {min(ratios):.2f} to {max(ratios):.2f}"
                    report.add(f"wetware / etcd, {count} clients", median(ratios), "x", ">= 1", note)
            for client in clients.values():
                await client.close()
        finally:
            await members.close()
            if etcd is not None:
                etcd.close()


async def failover(report, quick):
    """From the leader's end to the first write that is acknowledged after it.

    Killed, its connections tell; stopped (SIGSTOP), it just falls silent, as a machine that lost its power.
    """
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        members = Members(Path(name))
        try:
            await members.start(1, 2, 3)
            for how in (signal.SIGKILL, signal.SIGSTOP):
                times = [await lose_leader(members, how) for _ in range(3 if quick else 10)]
                word = "killed" if how is signal.SIGKILL else "silent"
                report.add(f"failover, {word}: median", median(times), "s", note=f"of {len(times)}")
                report.add(f"failover, {word}: slowest", max(times), "s", "<= 1.5")
        finally:
            await members.close()


async def lose_leader(members, how):
    leader, _ = await members.leader()
    rest = [one for one in members.processes if one != leader]
    client = RaftClient([lambda one=one: members.find(one) for one in rest], attempt=10.0)
    await client.put(b"before", b"1")
    began = time.perf_counter()
    members.processes[leader].send_signal(how)
    await client.put(b"after", b"1", timeout=30)
    took = time.perf_counter() - began
    await members.kill(leader)
    await members.start(leader)
    while (await (await members.find(leader)).status()).status.leader == 0:
        await asyncio.sleep(0.05)
    return took


async def recovery(report, quick):
    """Opening a log of so many entries, applying them, and answering a read."""
    count = 20_000 if quick else 100_000
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        log = DurableLog.open(name)
        log.save(snapshot=Snapshot.founding([1]))
        log.save(HardState(1, 1, 1), [Entry(1, 2, data=open_session())])
        command = encode_item(Item(b"key", VALUE))
        at = 3
        while at < count + 1:
            end = min(at + 1000, count + 2)
            entries = [
                Entry(1, index, data=encode_command(2, index, index - 1, command)) for index in range(at, end)
            ]
            log.save(HardState(1, 1, end - 1), entries)
            at = end
        log.close()
        began = time.perf_counter()
        log = DurableLog.open(name)
        opened = time.perf_counter() - began

        async def nobody(_):
            raise BrokenError("there is nobody else")

        node = RaftNode(1, nobody, store=log)
        await node.start()
        node.member.core.campaign()
        assert await node.get(b"key", timeout=300) == VALUE
        report.add(
            f"recovery: {count:,} entries", time.perf_counter() - began, "s", note=f"opening {opened:.2f} s"
        )
        await node.stop()


def core(report, quick):
    """The core alone: three in one process, no disk, no network."""
    for batch in (1, 64):
        nodes, stores = {}, {}
        for one in (1, 2, 3):
            stores[one] = MemoryStorage(Snapshot.founding((1, 2, 3)))
            nodes[one] = RawNode(Config(id=one), stores[one], random.Random(one).randrange)

        def pump(nodes=nodes, stores=stores):
            busy = True
            while busy:
                busy = False
                for one, node in nodes.items():
                    while node.has_ready():
                        busy = True
                        ready = node.ready()
                        if ready.hard_state is not None:
                            stores[one].set_hard_state(ready.hard_state)
                        stores[one].append(ready.entries)
                        for message in ready.messages:
                            nodes[message.to].step(message)
                        node.advance()

        nodes[1].campaign()
        pump()
        payloads = [VALUE] * batch
        rounds = (500 if quick else 3000) if batch == 1 else (100 if quick else 1000)
        began = time.perf_counter()
        for _ in range(rounds):
            nodes[1].propose(*payloads)
            pump()
        took = time.perf_counter() - began
        report.add(f"core alone: {batch} a step", rounds * batch / took, "entries/s")


def main():
    chosen = parse(__doc__.splitlines()[0], ["puts", "failover", "recovery", "core"])
    (ROOT / "build").mkdir(exist_ok=True)
    report = Report("Raft")
    for part in chosen.parts:
        if part == "core":
            core(report, chosen.quick)
        else:
            asyncio.run(
                {"puts": puts, "failover": failover, "recovery": recovery}[part](report, chosen.quick)
            )
    report.finish(chosen.json)


if __name__ == "__main__":
    main()
