"""Guests and their channel: the raw stream of C, Go and Python.

python benchmarks/guest_channel.py [PART …] [--json FILE] [--quick]
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "guest"))
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from channel_host import Host

from guests import build
from report import Report, median, options, percentile
from wetware import Node

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


def python(source, name="app.py"):
    directory = Path(tempfile.mkdtemp())
    (directory / name).write_text(source)
    return directory / name


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


PARTS = {"echo": part_echo}


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
