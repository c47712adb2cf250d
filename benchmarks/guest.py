"""What guests cost: starting and keeping Python programs, calls to the host and back, spawning, computing.

    python benchmarks/guest.py [PART …] [--json FILE] [--quick]

The times of calls are taken by the guests themselves, on an event loop that does nothing else. Go is skipped
where it is not installed.
"""

import asyncio
import gc
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from guest_cpu import compute
from guests import build
from report import Report, median, options, percentile
from wetware import Limits, Node
from wetware.schema.process_capnp import BytecodeCache_Server

PYTHON = ROOT / "benchmarks" / "programs" / "calls.py"
HELLO = "print('hello')\n"
IDLE = "print('up')\nimport asyncio\nasyncio.run(asyncio.sleep(1e6))\n"
SMALL = b'(module (memory (export "memory") 1) (func (export "_start")))'
MEGABYTE = bytes(1_000_000)
ROOMY = Limits(memory=1 << 30)


class Echo(BytecodeCache_Server):
    """Answers at once."""

    async def has(self, *, cid, context):
        return {"has": True}

    async def put(self, *, bytecode, context):
        raise NotImplementedError

    async def part(self, *, cid, offset, limit, context):
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


async def calls_python(report, node, count):
    program = await node.load(PYTHON)
    echo = Echo()

    async def start(calls):
        return await node.spawn(
            program, args=["calls", str(calls)], stdout="capture", capabilities={"echo": echo}
        )

    async def told(process):
        p50, p99, rate = (await printed(process))[0].split()
        return float(p50), float(p99), float(rate)

    async def raw(what):
        process = await node.spawn(program, args=[what, str(count)], stdout="capture", raw=True)
        process.channel.receive(process.channel.feed, lambda: None)
        return (await told(process))[0]

    await told(await start(10))
    calls, protocols, streams = [], [], []
    for _ in range(5):  # in turns, so that a busy moment meets all alike
        calls.append(await told(await start(count)))
        protocols.append(await raw("raw"))
        streams.append(await raw("streams"))
    p50 = median([row[0] for row in calls])
    report.add("Python: a call to the host and back, p50", p50, "µs", "<= 400")
    report.add("Python: the same, p99", median([row[1] for row in calls]), "µs")
    report.add("Python: raw echo of as many bytes, by a protocol, p50", median(protocols), "µs")
    report.add("Python: raw echo of as many bytes, by asyncio's streams, p50", median(streams), "µs")
    # a program awaits its call: beside it stands what awaits its bytes, as a program with a bare stream does
    report.add("Python: call / raw echo by asyncio's streams", p50 / median(streams), "×", "<= 1.6")
    report.add("Python: call / raw echo by a protocol", p50 / median(protocols), "×", note="callbacks alone")
    report.add("Python: calls a second, 1 guest", median([row[2] for row in calls]), "/s")
    process = await node.spawn(
        program, args=["fetch", str(max(5, count // 20))], stdout="capture", capabilities={"echo": echo}
    )
    report.add("Python: results of 1 MB through RPC", float((await printed(process))[0]), "MB/s", ">= 60")
    each = max(20, count // 20)
    report.add(
        "Python: calls a second, 100 guests",
        await rate_of_many(node, program, echo, each),
        "/s",
        note="starts not included",
    )


async def rate_of_many(node, program, echo, each, guests=100):
    """All begin to call when all are up: they wait for the host's word."""
    processes = [
        await node.spawn(
            program,
            args=["together", str(each)],
            stdin="pipe",
            stdout="capture",
            capabilities={"echo": echo},
        )
        for _ in range(guests)
    ]
    for process in processes:
        await process.stdout.read(3)
    began = time.perf_counter()
    for process in processes:
        process.stdin.write_eof()
    await asyncio.gather(*(process.wait() for process in processes))
    return guests * each / (time.perf_counter() - began)


async def spawns(report, node, count):
    """A guest spawns a cached small module, again and again."""
    cid = (await node.load(SMALL)).cid
    ways = {"Python": (await node.load(PYTHON), {"args": ["spawns", str(count // 4), cid.binary.hex()]})}
    try:
        program = await node.load(build.go_module("tests/guests/go/sessions"))
        ways["Go"] = (program, {"args": ["spawns", str(count // 4)], "limits": ROOMY})
    except build.ToolchainMissing as missing:
        print(f"  Go: skipped, {missing}", file=sys.stderr)
    for language, (program, given) in ways.items():
        rows = []
        for _ in range(5):
            process = await node.spawn(program, stdout="capture", executor=True, **given)
            rows.append([float(value) / 1000 for value in (await printed(process))[0].split()[:2]])
        report.add(
            f"{language}: spawn of a cached small module, p50",
            median([row[0] for row in rows]),
            "ms",
            "<= 1",
            "until it is answered",
        )
        report.add(f"{language}: the same, p99", median([row[1] for row in rows]), "ms")


def written(folder, source):
    path = Path(folder) / "app.py"
    path.write_text(source)
    return path


async def starts(report, node, count):
    with tempfile.TemporaryDirectory() as folder:
        program = await node.load(written(folder, HELLO))
        first, whole = [], []
        for index in range(max(50, count // 10) + 5):
            began = time.perf_counter()
            process = await node.spawn(program, stdout="capture")
            await process.stdout.read(1)
            line = time.perf_counter()
            await process.wait()
            if index >= 5:
                first.append(line - began)
                whole.append(time.perf_counter() - began)
        report.add("Python: spawn to first line, warm, p50", median(first) * 1e3, "ms", "<= 15")
        report.add("Python: the same, p99", percentile(first, 0.99) * 1e3, "ms")
        report.add("Python: spawn to exit, p50", median(whole) * 1e3, "ms")
        began = time.perf_counter()
        await node.load(written(folder, HELLO + "# another"))
        report.add("Python: load of another program", (time.perf_counter() - began) * 1e3, "ms")


def memory():
    """MB of this program: its share of all pages, and those that are its own alone.

    (The resident size would count a page of the interpreter's image once for each guest that maps it.)
    """
    found = {}
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        name, _, rest = line.partition(":")
        if rest.endswith("kB"):
            found[name] = int(rest.split()[0]) / 1024
    return found["Pss"], found["Private_Dirty"]


async def density(report, node, count):
    """A thousand live Python guests, whose event loops wait; nothing of it is extrapolated."""
    guests = 200 if count < 1000 else 1000
    with tempfile.TemporaryDirectory() as folder:
        program = await node.load(written(folder, IDLE))
        warm = await node.spawn(program, stdout="capture")
        await warm.stdout.read(1)
        gc.collect()
        before = memory()
        began = time.perf_counter()
        processes = [await node.spawn(program, stdout="capture") for _ in range(guests)]
        for process in processes:
            await process.stdout.read(1)
        took = time.perf_counter() - began
        while any(info.state != "waiting" for info in node.ps()):
            await asyncio.sleep(0.1)
        live = len(node.ps())
        after = memory()
        report.add("Python: live guests", live - 1, "", f">= {guests}")
        report.add("Python: memory of all of them", (after[0] - before[0]) / 1024, "GB", "<= 4")
        report.add("Python: memory of each (PSS)", (after[0] - before[0]) / guests, "MB", "<= 4")
        report.add("Python: of these its own and changed", (after[1] - before[1]) / guests, "MB")
        report.add("Python: started to their first line", guests / took, "/s")
        maps = len(Path("/proc/self/maps").read_text().splitlines())
        report.add("Python: memory maps of each", maps / guests, "")
        for process in [*processes, warm]:
            process.kill()
        for process in [*processes, warm]:
            await process.monitor()


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


PARTS = {
    "start": starts,
    "density": density,
    "c": calls_c,
    "python": calls_python,
    "go": calls_go,
    "spawn": spawns,
    "echo": echo_c,
}


async def measure(chosen):
    report = Report("guests")
    count = 400 if chosen.quick else 4000
    for part in chosen.parts:
        print(part, file=sys.stderr)
        if part == "cpu":
            await compute(report, chosen.quick)
            continue
        async with Node() as node:
            try:
                await PARTS[part](report, node, count)
            except build.ToolchainMissing as missing:
                print(f"  {part}: skipped, {missing}", file=sys.stderr)
    report.finish(chosen.json)


def main():
    asyncio.run(measure(options(__doc__.splitlines()[0], [*PARTS, "cpu"])))


if __name__ == "__main__":
    main()
