"""Guests and their channel: Python's start and density, and the raw stream of C, Go and Python.

python benchmarks/guest_channel.py [PART …] [--json FILE] [--quick]
"""

import asyncio
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "guest"))
sys.path.insert(0, str(Path(__file__).parent))

from channel_host import Host

from guests import build
from report import Report, median, options, percentile
from wetware import Node

PYTHON_HELLO = "print('hello')\n"
PYTHON_IDLE = "print('up')\nimport asyncio\nasyncio.run(asyncio.sleep(1e6))\n"
PYTHON_ECHO = """\
import asyncio
from wetware.guest.channel import connect
class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        transport.write(b"hello\\n")
    def data_received(self, data):
        self.transport.write(data)
    def connection_lost(self, error):
        ended.set_result(None)
async def main():
    global ended
    ended = asyncio.get_running_loop().create_future()
    await connect(Echo)
    await ended
asyncio.run(main())
"""


def memory():
    """MB of this program: its share of all pages, and those that are its own alone.

    (The resident size would count a page of the runner's image once for each guest that maps it.)
    """
    found = {}
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        name, _, rest = line.partition(":")
        if rest.endswith("kB"):
            found[name] = int(rest.split()[0]) / 1024
    return found["Pss"], found["Private_Dirty"]


def python(source, name="app.py"):
    directory = Path(tempfile.mkdtemp())
    (directory / name).write_text(source)
    return directory / name


async def part_start(report, quick):
    count = 50 if quick else 300
    async with Node() as node:
        program = await node.load(python(PYTHON_HELLO))
        first, whole = [], []
        for index in range(count + 5):
            began = time.perf_counter()
            process = await node.spawn(program, stdout="capture")
            await process.stdout.read(1)
            line = time.perf_counter()
            await process.wait()
            if index >= 5:
                first.append(line - began)
                whole.append(time.perf_counter() - began)
        report.add("Python, spawn → first line, warm, p50", median(first) * 1e3, "ms", "<= 15")
        report.add("  p99", percentile(first, 0.99) * 1e3, "ms")
        report.add("  spawn → exit → wait, p50", median(whole) * 1e3, "ms")
        began = time.perf_counter()
        program = await node.load(python(PYTHON_HELLO + "# another"))
        report.add("  load of another program, runner there", (time.perf_counter() - began) * 1e3, "ms")
    began = time.perf_counter()
    async with Node() as node:
        program = await node.load(python(PYTHON_HELLO))
        report.add("  load by a new node, all kept", (time.perf_counter() - began) * 1e3, "ms")


async def part_density(report, quick):
    count = 200 if quick else 1000
    async with Node(max_processes=2 * count) as node:
        program = await node.load(python(PYTHON_IDLE))
        warm = await node.spawn(program, stdout="capture")
        await warm.stdout.read(1)
        gc.collect()
        before = memory()
        began = time.perf_counter()
        processes = []
        for _ in range(count):
            process = await node.spawn(program, stdout="capture")
            processes.append(process)
        for process in processes:
            await process.stdout.read(1)
        took = time.perf_counter() - began
        after = memory()
        report.add(f"live Python guests, {count}: memory each", (after[0] - before[0]) / count, "MB", "<= 4")
        report.add("  of these private and dirty", (after[1] - before[1]) / count, "MB")
        report.add("  1,000 of them", (after[0] - before[0]) / count * 1000 / 1024, "GB", "<= 4")
        report.add("  started to their first line, rate", count / took, "/s")
        maps = len(Path("/proc/self/maps").read_text().splitlines())
        report.add("  memory maps each", maps / count, "")


async def echo(report, name, node, program, quick, target="", rate="", **spawn):
    process = await node.spawn(program, raw=True, stdout="null", **spawn)
    host = Host(process)
    await host.take(6)
    channel = process.channel
    times = []
    for _ in range(300 if quick else 3000):
        began = time.perf_counter()
        channel.feed(b"ping")
        await host.take(4)
        times.append(time.perf_counter() - began)
    report.add(f"{name}: echo of 4 bytes, p50", median(times) * 1e6, "µs", target)
    report.add("  p99", percentile(times, 0.99) * 1e6, "µs")
    size = (8 if quick else 64) << 20
    received = 0
    done = asyncio.get_running_loop().create_future()

    def take(content):
        nonlocal received
        received += len(content)
        if received >= size and not done.done():
            done.set_result(None)

    channel.writer.on_data = take
    piece = bytes(64 << 10)
    began = time.perf_counter()
    for _ in range(size // len(piece)):
        if not channel.feed(piece):
            await channel.drain()
    await done
    report.add("  echo of 64 KiB blocks", size / 1e6 / (time.perf_counter() - began), "MB/s", rate)
    process.kill()
    await process.monitor()


async def part_echo(report, quick):
    async with Node() as node:
        program = await node.load(build.c_program("channel"))
        await echo(
            report, "C, stream", node, program, quick, "<= 100", ">= 150", args=["echo"], channel="stream"
        )
        await echo(report, "C, poll", node, program, quick, args=["poll"], channel="stream")
        try:
            program = await node.load(build.go_program("channel"))
        except build.ToolchainMissing as missing:
            print(missing, file=sys.stderr)
        else:
            await echo(report, "Go, listener", node, program, quick, "<= 350", args=["listener"])
        program = await node.load(python(PYTHON_ECHO))
        await echo(report, "Python, asyncio", node, program, quick, "<= 400")


PARTS = {"start": part_start, "density": part_density, "echo": part_echo}


def main():
    chosen = options(__doc__, list(PARTS))
    os.environ.setdefault("WW_CACHE", str(Path(__file__).parent.parent / "build" / "cache"))
    report = Report("Guests and their channel")
    for part in chosen.parts:
        print(part, file=sys.stderr)
        asyncio.run(PARTS[part](report, chosen.quick))
    report.finish(chosen.json)


if __name__ == "__main__":
    main()
