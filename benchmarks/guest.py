"""What capabilities cost a guest: calls to the host and back, spawning children, one guest and a hundred.

    python benchmarks/guest.py [PART …] [--json FILE] [--quick]

The times are taken by the guests themselves, on an event loop that does nothing else. Go is skipped where it
is not installed.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from guests import build
from report import Report, median, options
from wetware import Limits, Node
from wetware.schema.process_capnp import BytecodeCache_Server

PARTS = ["c", "go", "spawn", "echo"]
MEGABYTE = bytes(1_000_000)
ROOMY = Limits(memory=1 << 30)


class Echo(BytecodeCache_Server):
    """Answers at once."""

    async def has(self, *, cid, context):
        return {"has": True}

    async def put(self, *, bytecode, context):
        raise NotImplementedError

    async def get(self, *, cid, context):
        return {"bytecode": MEGABYTE}


async def printed(process):
    text = (await process.stdout.read()).decode()
    if code := await process.wait():
        raise RuntimeError(f"the guest ended with {code}: {text}")
    return text.splitlines()


async def calls_c(report, node, count):
    program = await node.load(build.compile_c(ROOT / "examples" / "c" / "session.c"))

    async def start(calls):
        return await node.spawn(program, args=[str(calls)], stdout="capture", executor=True)

    one = [float((await printed(await start(count)))[1].split()[3]) for _ in range(5)]
    report.add(
        "C: a call to the host and back, p50", median(one), "µs", "<= 100", "RPC by hand on the stream"
    )
    began = time.perf_counter()
    await printed(await start(count))
    report.add("C: calls a second, 1 guest", count / (time.perf_counter() - began), "/s")
    began = time.perf_counter()
    guests = [await start(count // 20) for _ in range(100)]
    await asyncio.gather(*map(printed, guests))
    report.add("C: calls a second, 100 guests", count * 5 / (time.perf_counter() - began), "/s")


async def calls_go(report, node, count):
    program = await node.load(build.go_module("tests/guests/go/sessions"))
    echo = Echo()

    async def start(calls):
        return await node.spawn(
            program, args=["calls", str(calls)], stdout="capture", capabilities={"echo": echo}, limits=ROOMY
        )

    async def run(calls):
        p50, p99, rate = (await printed(await start(calls)))[0].split()
        return float(p50), float(p99), float(rate)

    await run(10)
    rounds = [await run(count) for _ in range(5)]
    report.add("Go: a call to the host and back, p50", median([r[0] for r in rounds]), "µs", "<= 350")
    report.add("Go: the same, p99", median([r[1] for r in rounds]), "µs")
    report.add("Go: calls a second, 1 guest", median([r[2] for r in rounds]), "/s")
    process = await node.spawn(
        program,
        args=["fetch", str(count // 20)],
        stdout="capture",
        capabilities={"echo": echo},
        limits=ROOMY,
    )
    report.add(
        "Go: results of 1 MB through RPC", float((await printed(process))[0].split()[1]), "MB/s", ">= 60"
    )
    began = time.perf_counter()
    guests = [await start(count // 20) for _ in range(100)]
    await asyncio.gather(*map(printed, guests))
    report.add(
        "Go: calls a second, 100 guests",
        count * 5 / (time.perf_counter() - began),
        "/s",
        note="starts included",
    )


async def spawn_go(report, node, count):
    program = await node.load(build.go_module("tests/guests/go/sessions"))

    async def run():
        process = await node.spawn(
            program, args=["spawns", str(count // 4)], stdout="capture", executor=True, limits=ROOMY
        )
        p50, p99 = (await printed(process))[0].split()
        return float(p50), float(p99)

    rounds = [await run() for _ in range(5)]
    report.add(
        "Go: spawn of a cached small module, p50",
        median([r[0] for r in rounds]) / 1000,
        "ms",
        "<= 1",
        "until it is answered",
    )
    report.add("Go: the same, p99", median([r[1] for r in rounds]) / 1000, "ms")


async def echo_c(report, node, count):
    """The stream by itself, for comparison: no RPC."""
    program = await node.load(build.c_program("channel"))
    process = await node.spawn(program, args=["echo"], raw=True, channel="stream")
    loop = asyncio.get_running_loop()
    waiting, came, wanted = [], [0], [0]

    def arrived(content):
        came[0] += len(content)
        if came[0] >= wanted[0] and waiting:
            waiting.pop().set_result(None)

    async def trip(content):
        wanted[0] = came[0] + len(content)
        future = loop.create_future()
        waiting.append(future)
        process.channel.feed(content)
        await future

    process.channel.receive(arrived, lambda: None)
    while came[0] < 6:  # its greeting
        await asyncio.sleep(0.001)
    times = []
    for _ in range(count):
        began = time.perf_counter()
        await trip(b"ping")
        times.append((time.perf_counter() - began) * 1e6)
    report.add("C: raw echo of 4 bytes, p50", median(times), "µs", note="host to guest and back")
    piece, pieces = bytes(128 << 10), 400
    began = time.perf_counter()
    for _ in range(pieces):
        await trip(piece)
    report.add(
        "C: raw echo, throughput", len(piece) * pieces / (time.perf_counter() - began) / 1e6, "MB/s", ">= 150"
    )
    process.kill()
    await process.monitor()


async def measure(chosen):
    report = Report("guests with capabilities")
    count = 400 if chosen.quick else 4000
    with tempfile.TemporaryDirectory() as folder:
        async with Node(cache_dir=Path(folder)) as node:
            for part in chosen.parts:
                run = {"c": calls_c, "go": calls_go, "spawn": spawn_go, "echo": echo_c}[part]
                try:
                    await run(report, node, count)
                except build.ToolchainMissing as missing:
                    print(f"  {part}: skipped, {missing}", file=sys.stderr)
    report.finish(chosen.json)


def main():
    asyncio.run(measure(options(__doc__.splitlines()[0], PARTS)))


if __name__ == "__main__":
    main()
