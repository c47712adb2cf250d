"""Calls a second: this library beside pycapnp (C++), grpc.aio and msgpack over asyncio, in one run.

    pip install -e ".[dev,bench]"
    python benchmarks/rpc.py [PART …] [--json FILE] [--quick]

Every server is a process of its own. The pairs of client and server take turns, round by round; each figure
is the median of the rounds, each ratio the median of the rounds' ratios, so that a busy machine disturbs
all alike. "In flight" issues 1,000 calls and then awaits them.
"""

import asyncio
import contextlib
import cProfile
import importlib.util
import os
import pstats
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "capnp")]

from lab import Lab
from lab_capnp import Echo, Echo_PingParams

from report import Report, median, options
from wetware.capnp.core.encode import Encoder
from wetware.capnp.core.wire import CALLER
from wetware.capnp.hooks import NO_PIPELINING
from wetware.capnp.membrane import Membrane, only
from wetware.capnp.vat import Vat

warnings.simplefilter("ignore")

MEGABYTE = bytes(1 << 20)
IN_FLIGHT = 1000
BOOTSTRAP_RETURN, PING_RETURN = 96, 80  # bytes of the answers to `Bootstrap` and to `ping`, framed
PARTS = ["pairs", "ceiling", "chain", "proxy", "membrane", "others", "profile"]


class Sizes:
    """How much is measured in one round."""

    rounds = 7
    sequential = 1000
    flights = 4
    blobs = 40


# --- servers, each in a process of its own


async def serve_ours(path, port):
    async with Vat(Lab()) as vat:
        await vat.listen_unix(path)
        await vat.listen_tcp(port=port)
        print("up", flush=True)
        await asyncio.Event().wait()


async def serve_proxy(path, port):
    """Offers what the server at `port` offers: one hop more."""
    async with Vat() as outward:
        upstream = await outward.connect_tcp("127.0.0.1", port)
        async with Vat(upstream.bootstrap()) as vat:
            await vat.listen_unix(path)
            print("up", flush=True)
            await asyncio.Event().wait()


async def serve_membrane(path, port):
    """Offers a wrapped object."""
    from wetware.capnp.client import Client
    from wetware.capnp.runner import hook_for

    check = only({(Echo._id, 0), (Echo._id, 1)})
    lab = Lab()
    wrapped = Membrane(check).wrap(Client(hook_for(lab)))
    async with Vat(wrapped) as vat:
        await vat.listen_unix(path)
        print("up", flush=True)
        await asyncio.Event().wait()


async def serve_pycapnp(path, port):
    import lab_pycapnp

    import capnp

    async def connected(stream):
        server = capnp.TwoPartyServer(stream, bootstrap=lab_pycapnp.Lab())
        await server.on_disconnect()

    unix = await capnp.AsyncIoStream.create_unix_server(connected, path)
    tcp = await capnp.AsyncIoStream.create_server(connected, "127.0.0.1", port)
    print("up", flush=True)
    async with unix, tcp:
        await unix.serve_forever()


async def serve_grpc(path, port):
    import grpc

    async def ping(request, context):
        return (int.from_bytes(request, "little") + 1).to_bytes(8, "little")

    async def blob(request, context):
        return request

    handlers = {
        name: grpc.unary_unary_rpc_method_handler(method) for name, method in (("ping", ping), ("blob", blob))
    }
    server = grpc.aio.server(options=[("grpc.max_receive_message_length", -1)])
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("lab", handlers),))
    server.add_insecure_port(f"unix:{path}")
    server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    print("up", flush=True)
    await server.wait_for_termination()


class Packed(asyncio.Protocol):
    """Length-prefixed msgpack messages, [number, method, argument]: what a quick home-made RPC does."""

    def __init__(self, handle=None):
        import msgpack

        self.pack, self.unpack = msgpack.packb, msgpack.unpackb
        self.handle = handle
        self.buffer = b""
        self.waiting = {}
        self.number = 0
        self.out = []
        self.tasks = set()

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        buffer = self.buffer + data if self.buffer else data
        at = 0
        while len(buffer) - at >= 4:
            size = int.from_bytes(buffer[at : at + 4], "little")
            if len(buffer) - at - 4 < size:
                break
            number, method, value = self.unpack(buffer[at + 4 : at + 4 + size])
            at += 4 + size
            if self.handle is not None:
                task = asyncio.ensure_future(self.answer(number, method, value))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)
            else:
                self.waiting.pop(number).set_result(value)
        self.buffer = buffer[at:]

    async def answer(self, number, method, value):
        self.send(number, 0, await self.handle(method, value))

    def send(self, number, method, value):
        data = self.pack([number, method, value])
        if not self.out:
            asyncio.get_running_loop().call_soon(self.flush)
        self.out += (len(data).to_bytes(4, "little"), data)

    def flush(self):
        self.transport.write(b"".join(self.out))
        self.out.clear()

    def call(self, method, value):
        self.number += 1
        future = self.waiting[self.number] = asyncio.get_running_loop().create_future()
        self.send(self.number, method, value)
        return future


async def serve_msgpack(path, port):
    async def handle(method, value):
        return value + 1 if method == 0 else value

    loop = asyncio.get_running_loop()
    await loop.create_unix_server(lambda: Packed(handle), path)
    await loop.create_server(lambda: Packed(handle), "127.0.0.1", port)
    print("up", flush=True)
    await asyncio.Event().wait()


class Server:
    """A server's process."""

    def __init__(self, kind, folder, port=None):
        self.path = str(Path(folder) / f"{kind}.sock")
        if port is None:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", kind, self.path, str(port)], stdout=subprocess.PIPE
        )
        line = self.process.stdout.readline()
        assert line == b"up\n", f"the {kind} server did not come up"

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def run_server(kind, path, port):
    serve = globals()[f"serve_{kind}"]
    if kind == "pycapnp":
        import capnp

        asyncio.run(capnp.run(serve(path, port)))
    else:
        asyncio.run(serve(path, port))


# --- clients: each gives `ping(n)`, whose result is awaited as a number, and `blob(data)`


@contextlib.asynccontextmanager
async def ours(server, way):
    async with Vat() as vat:
        if way == "unix":
            connection = await vat.connect_unix(server.path)
        else:
            connection = await vat.connect_tcp("127.0.0.1", server.port)
        echo = connection.bootstrap(Echo)
        yield (lambda n: echo.ping(n=n)), (lambda data: echo.blob(data=data)), lambda got: got.n, echo


@contextlib.asynccontextmanager
async def memory(_server, _way):
    mine, theirs = Vat().connect_memory(Vat(Lab()))
    echo = mine.bootstrap(Echo)
    yield (lambda n: echo.ping(n=n)), (lambda data: echo.blob(data=data)), lambda got: got.n, echo
    await mine.close()
    await theirs.closed()


@contextlib.asynccontextmanager
async def pycapnp(server, way):
    import lab_pycapnp

    import capnp

    if way == "unix":
        stream = await capnp.AsyncIoStream.create_unix_connection(server.path)
    else:
        stream = await capnp.AsyncIoStream.create_connection("127.0.0.1", server.port)
    client = capnp.TwoPartyClient(stream)
    echo = client.bootstrap().cast_as(lab_pycapnp.lab.Echo)
    yield echo.ping, echo.blob, lambda got: got.n, echo
    client.close()
    stream.close()


@contextlib.asynccontextmanager
async def pycapnp_pair(_server, _way):
    """Both ends of pycapnp in one process, over a pair of sockets."""
    import lab_pycapnp

    import capnp

    ours_end, their_end = socket.socketpair()
    near = await capnp.AsyncIoStream.create_connection(sock=ours_end)
    far = await capnp.AsyncIoStream.create_connection(sock=their_end)
    server = capnp.TwoPartyServer(far, bootstrap=lab_pycapnp.Lab())
    client = capnp.TwoPartyClient(near)
    echo = client.bootstrap().cast_as(lab_pycapnp.lab.Echo)
    yield echo.ping, echo.blob, lambda got: got.n, echo
    client.close()
    near.close()
    far.close()
    del server


@contextlib.asynccontextmanager
async def grpc_client(server, way):
    import grpc

    where = f"unix:{server.path}" if way == "unix" else f"127.0.0.1:{server.port}"
    limits = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    async with grpc.aio.insecure_channel(where, options=limits) as channel:
        ping = channel.unary_unary("/lab/ping")
        yield (
            (lambda n: ping(n.to_bytes(8, "little"))),
            channel.unary_unary("/lab/blob"),
            lambda got: int.from_bytes(got, "little"),
            None,
        )


@contextlib.asynccontextmanager
async def msgpack_client(server, way):
    loop = asyncio.get_running_loop()
    if way == "unix":
        transport, link = await loop.create_unix_connection(Packed, server.path)
    else:
        transport, link = await loop.create_connection(Packed, "127.0.0.1", server.port)
    yield (lambda n: link.call(0, n)), (lambda data: link.call(1, data)), lambda got: got, None
    transport.close()


def run(client, server, way, measure):
    """Run `measure` with a fresh client in a fresh loop."""

    async def main():
        async with client(server, way) as (ping, blob, number, root):
            for n in range(20):
                assert number(await ping(n)) == n + 1
            return await measure(ping, blob, number, root)

    if client in (pycapnp, pycapnp_pair):
        import capnp

        return asyncio.run(capnp.run(main()))
    return asyncio.run(main())


async def sequential(ping, _blob, number, _root):
    begin = time.perf_counter()
    for n in range(Sizes.sequential):
        number(await ping(n))
    return Sizes.sequential / (time.perf_counter() - begin)


async def in_flight(ping, _blob, number, _root):
    begin = time.perf_counter()
    for _ in range(Sizes.flights):
        for call in [ping(n) for n in range(IN_FLIGHT)]:
            number(await call)
    return Sizes.flights * IN_FLIGHT / (time.perf_counter() - begin)


async def megabytes(_ping, blob, _number, _root):
    begin = time.perf_counter()
    for _ in range(Sizes.blobs):
        await blob(MEGABYTE)
    return Sizes.blobs / (time.perf_counter() - begin)


MEASURES = {"sequential calls/s": sequential, "1,000 in flight calls/s": in_flight, "1 MB echo/s": megabytes}


def turns(pairs, measures=MEASURES, rounds=None):
    """Measure all pairs in turns: {measure: {pair: [figure of each round]}}."""
    found = {name: defaultdict(list) for name in measures}
    for _ in range(rounds or Sizes.rounds):
        for name, measure in measures.items():
            for pair, (client, server, way) in pairs.items():
                found[name][pair].append(run(client, server, way, measure))
    return found


def ratio(figures, one, other):
    return median([a / b for a, b in zip(figures[one], figures[other], strict=True)])


# --- the parts


def pairs(report, folder):
    """Our client and pycapnp's, with each of the two servers, over both kinds of socket."""
    their_server, our_server = Server("pycapnp", folder), Server("ours", folder)
    targets = {
        "sequential calls/s": (">= 1.2", ">= 1.3"),
        "1,000 in flight calls/s": (">= 1.6", ">= 1.3"),
        "1 MB echo/s": ("", ">= 1"),
    }
    try:
        for way in ("unix", "tcp"):
            found = turns(
                {
                    "pycapnp to pycapnp": (pycapnp, their_server, way),
                    "ours to pycapnp": (ours, their_server, way),
                    "ours to ours": (ours, our_server, way),
                    "pycapnp to ours": (pycapnp, our_server, way),
                }
            )
            for name, figures in found.items():
                for pair, values in figures.items():
                    report.add(f"{way}: {pair}, {name}", median(values), "/s")
                client, both = targets[name]
                report.add(
                    f"{way}: our client / pycapnp's, same server, {name}",
                    ratio(figures, "ours to pycapnp", "pycapnp to pycapnp"),
                    "times",
                    client,
                )
                report.add(
                    f"{way}: both ends ours / both pycapnp, {name}",
                    ratio(figures, "ours to ours", "pycapnp to pycapnp"),
                    "times",
                    both,
                )
        found = turns({"ours": (memory, None, ""), "pycapnp": (pycapnp_pair, None, "")})
        for name, figures in found.items():
            report.add(f"one process: ours in memory, {name}", median(figures["ours"]), "/s")
            report.add(f"one process: pycapnp, pair of sockets, {name}", median(figures["pycapnp"]), "/s")
    finally:
        their_server.end()
        our_server.end()


def prepared(server, way):
    """Calls a second that a server answers to a peer that does nothing: ready bytes, answers only counted."""
    if way == "unix":
        sock = socket.socket(socket.AF_UNIX)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        sock.connect(server.path)
    else:
        sock = socket.create_connection(("127.0.0.1", server.port))
    encoder = Encoder(1 << 20, lambda: None, lambda: None)
    encoder.bootstrap(0)
    sock.sendall(b"".join(encoder.take()))
    sock.recv(BOOTSTRAP_RETURN, socket.MSG_WAITALL)
    for n in range(IN_FLIGHT):
        encoder.call(1 + n, (0, None), Echo._id, 0, Echo_PingParams.new(n=n)._m, (), NO_PIPELINING, CALLER)
    calls = b"".join(encoder.take())
    begin = time.perf_counter()
    for _ in range(Sizes.flights):
        sock.sendall(calls)
        waiting = IN_FLIGHT * PING_RETURN
        while waiting:
            waiting -= len(sock.recv(1 << 20))
    rate = Sizes.flights * IN_FLIGHT / (time.perf_counter() - begin)
    sock.close()
    return rate


def ceiling(report, folder):
    """What no client of the pycapnp server can exceed, and how near the clients come."""
    server = Server("pycapnp", folder)
    try:
        for way in ("unix", "tcp"):
            rates = defaultdict(list)
            for _ in range(Sizes.rounds):
                rates["prepared"].append(prepared(server, way))
                rates["ours"].append(run(ours, server, way, in_flight))
                rates["pycapnp"].append(run(pycapnp, server, way, in_flight))
            report.add(f"{way}: pycapnp's server, prepared bytes", median(rates["prepared"]), "/s")
            for client in ("ours", "pycapnp"):
                share = ratio(rates, client, "prepared")
                report.add(f"{way}: {client} / prepared bytes, 1,000 in flight", share, "times")
            report.add(
                f"{way}: prepared bytes / pycapnp, 1,000 in flight",
                ratio(rates, "prepared", "pycapnp"),
                "times",
            )
    finally:
        server.end()


def others(report, folder):
    """grpc.aio, and msgpack over asyncio, beside ours."""
    known = {"grpc": ("grpc", grpc_client), "msgpack": ("msgpack", msgpack_client)}
    servers = {"ours": Server("ours", folder)}
    clients = {"ours": ours}
    for name, (module, client) in known.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name} is not installed: left out", file=sys.stderr)
        else:
            servers[name] = Server(name, folder)
            clients[name] = client
    try:
        for way in ("unix", "tcp"):
            found = turns({name: (clients[name], servers[name], way) for name in servers})
            for name, figures in found.items():
                for other, values in figures.items():
                    report.add(f"{way}: {other}, {name}", median(values), "/s")
                for other in figures:
                    if other != "ours":
                        report.add(f"{way}: ours / {other}, {name}", ratio(figures, "ours", other), "times")
    finally:
        for server in servers.values():
            server.end()


async def one_call(_ping, _blob, _number, root):
    begin = time.perf_counter()
    for n in range(Sizes.sequential // 4):
        await root.ping(n=n)
    return (time.perf_counter() - begin) / (Sizes.sequential // 4)


async def their_four_deep(_ping, _blob, _number, root):
    begin = time.perf_counter()
    for n in range(Sizes.sequential // 4):
        await root.child("a").child.child("b").child.child("c").child.ping(n)
    return (time.perf_counter() - begin) / (Sizes.sequential // 4)


async def four_deep(_ping, _blob, _number, root):
    begin = time.perf_counter()
    for n in range(Sizes.sequential // 4):
        await root.child(name="a").child.child(name="b").child.child(name="c").child.ping(n=n)
    return (time.perf_counter() - begin) / (Sizes.sequential // 4)


class Delay:
    """A relay, in a loop of its own process, that holds back every byte for so many seconds each way."""

    def __init__(self, server, folder, seconds):
        self.path = str(Path(folder) / "delayed.sock")
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--delay", server.path, self.path, str(seconds)],
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout.readline() == b"up\n"

    end = Server.end


async def relay(target, path, seconds):
    loop = asyncio.get_running_loop()

    async def connected(reader, writer):
        far_reader, far_writer = await asyncio.open_unix_connection(target)

        async def pump(source, sink):
            while data := await source.read(1 << 20):
                loop.call_later(seconds, sink.write, data)
            # the end of one way ends the other: a task that waits for ever would be destroyed with a warning
            loop.call_later(seconds, sink.close)

        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    await asyncio.start_unix_server(connected, path)
    print("up", flush=True)
    await asyncio.Event().wait()


def chain(report, folder):
    """Four dependent calls in one round trip, beside a single call."""
    server = Server("ours", folder)
    delay = Delay(server, folder, 0.0025)
    measures = {"one call": one_call, "four deep": four_deep}
    try:
        found = turns({"unix": (ours, server, "unix")}, measures)
        one, four = found["one call"]["unix"], found["four deep"]["unix"]
        report.add("unix: one call", median(one) * 1e6, "µs")
        report.add("unix: four dependent calls, pipelined", median(four) * 1e6, "µs")
        report.add(
            "unix: four deep / one call",
            median([b / a for a, b in zip(one, four, strict=True)]),
            "times",
            "<= 2",
        )
        their_server = Server("pycapnp", folder)
        found = turns({"theirs": (pycapnp, their_server, "unix")}, {"four deep": their_four_deep})
        their_server.end()
        report.add("unix: the same on pycapnp", median(found["four deep"]["theirs"]) * 1e6, "µs")
        kept, Sizes.sequential = Sizes.sequential, 80
        found = turns({"delayed": (ours, delay, "unix")}, measures, 3)
        Sizes.sequential = kept
        one, four = found["one call"]["delayed"], found["four deep"]["delayed"]
        report.add("5 ms of delay: one call", median(one) * 1e3, "ms")
        report.add("5 ms of delay: four deep", median(four) * 1e3, "ms")
        report.add(
            "5 ms of delay: four deep / one call",
            median([b / a for a, b in zip(one, four, strict=True)]),
            "times",
            "<= 1.3",
        )
    finally:
        delay.end()
        server.end()


def proxy(report, folder):
    """One vat in between."""
    server = Server("ours", folder)
    hop = Server("proxy", folder, server.port)
    try:
        found = turns({"direct": (ours, server, "unix"), "one hop": (ours, hop, "unix")})
        for name, figures in found.items():
            report.add(f"one proxy hop, {name}", median(figures["one hop"]), "/s")
            report.add(f"one proxy hop / direct, {name}", ratio(figures, "one hop", "direct"), "times")
    finally:
        hop.end()
        server.end()


def membrane(report, folder):
    """A membrane that checks each call against a list of methods."""
    plain, wrapped = Server("ours", folder), Server("membrane", folder)
    try:
        measures = {name: MEASURES[name] for name in ("sequential calls/s", "1,000 in flight calls/s")}
        found = turns(
            {"plain": (ours, plain, "unix"), "membrane": (ours, wrapped, "unix")}, measures, 2 * Sizes.rounds
        )
        for name, figures in found.items():
            report.add(f"unix: through a membrane, {name}", median(figures["membrane"]), "/s")
            more = (1 / ratio(figures, "membrane", "plain") - 1) * 100
            target = "<= 15" if "sequential" in name else ""
            report.add(f"unix: a membrane adds to a call, {name}", more, "%", target)
    finally:
        plain.end()
        wrapped.end()


def profile(report, _folder):
    """Where the time goes: both ends in one process, 1,000 in flight, by file."""

    async def main():
        async with memory(None, "") as (ping, blob, number, root):
            await sequential(ping, blob, number, root)
            watch = cProfile.Profile()
            watch.enable()
            await in_flight(ping, blob, number, root)
            watch.disable()
            return pstats.Stats(watch).stats

    shares = defaultdict(float)
    for (file, _line, name), (_, _, own, _, _) in asyncio.run(main()).items():
        if "wetware" in file:
            shares[file.split("wetware/")[1]] += own
        elif "lab" in file:
            shares["generated code and handlers"] += own
        elif file == "~":
            shares[f"builtin: {name.strip('<>')[:40]}"] += own
        else:
            shares[f"standard library: {Path(file).name}"] += own
    whole = sum(shares.values())
    for where, own in sorted(shares.items(), key=lambda item: -item[1])[:14]:
        report.add(f"share of a call, both ends: {where}", own / whole * 100, "%")


def main():
    if sys.argv[1:2] == ["--serve"]:
        return run_server(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    if sys.argv[1:2] == ["--delay"]:
        return asyncio.run(relay(sys.argv[2], sys.argv[3], float(sys.argv[4])))
    chosen = options("Calls a second, beside pycapnp, grpc.aio and msgpack.", PARTS)
    if chosen.quick:
        Sizes.rounds = 3
    report = Report("rpc")
    with tempfile.TemporaryDirectory() as folder:
        for part in chosen.parts:
            inside = Path(folder) / part
            inside.mkdir()
            globals()[part](report, inside)
    report.finish(chosen.json)
    return None


if __name__ == "__main__":
    os.environ.setdefault("GRPC_VERBOSITY", "ERROR")
    sys.exit(main())
