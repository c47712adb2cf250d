"""The process engine through its Python API: spawn, density, kill, fairness, scaling, start-up, growth.

python benchmarks/engine.py [PART …] [--json FILE] [--quick]
"""

import asyncio
import gc
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

import wetware
from guests import build
from report import Report, median, options, percentile
from wetware import Limits, Node

EMPTY = b'(module (func (export "_start")))'
SPIN = b'(module (func (export "_start") (loop $l (br $l))))'
HELLO = b"""(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\\08\\00\\00\\00\\06\\00\\00\\00hello\\n")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 20)))
    (call $exit (i32.const 0))))"""
# sleeps for a day: poll_oneoff with one relative clock
IDLE = b"""(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 86400000000000))
    (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))"""
COUNT = b"""(module (func (export "_start") (local $i i64)
  (local.set $i (i64.const %d))
  (loop $l (local.set $i (i64.sub (local.get $i) (i64.const 1)))
    (br_if $l (i64.ne (local.get $i) (i64.const 0))))))"""
FILL = b"""(module (memory 4096) (func (export "_start")
  (loop $l (memory.fill (i32.const 0) (i32.const 1) (i32.const 268435456)) (br $l))))"""


def rss_kb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1024


async def timed_spawns(node, program, count, **spawn):
    times = []
    began = time.perf_counter()
    for _ in range(count):
        start = time.perf_counter()
        process = await node.spawn(program, **spawn)
        await process.wait()
        times.append(time.perf_counter() - start)
    return times, count / (time.perf_counter() - began)


async def part_spawn(report, quick):
    count = 2_000 if quick else 20_000
    async with Node() as node:
        for name, wasm, target, rate in (
            ("module without imports", EMPTY, "<= 60", ">= 12000"),
            ("WASI command (write, exit)", HELLO, "<= 150", ""),
        ):
            program = await node.load(wasm)
            await timed_spawns(node, program, 200, stdout="null")
            times, per_second = await timed_spawns(node, program, count, stdout="null")
            report.add(f"spawn→exit→wait, {name}, p50", median(times) * 1e6, "µs", target)
            report.add(f"  p99", percentile(times, 0.99) * 1e6, "µs")
            report.add(f"  rate, one after the other", per_second, "/s", rate)
        program = await node.load(EMPTY)
        began = time.perf_counter()
        processes = [await node.spawn(program) for _ in range(count)]
        await asyncio.gather(*[process.monitor() for process in processes])
        report.add("  rate, monitored, gathered at the end", count / (time.perf_counter() - began), "/s")
        hello = await node.load(build.c_program("hello"))
        await timed_spawns(node, hello, 50, stdout="null")
        times, _ = await timed_spawns(node, hello, count // 10, stdout="null")
        report.add("spawn→exit→wait, hello.c (stdio, arguments), p50", median(times) * 1e6, "µs")
    times = []
    for _ in range(100 if quick else 500):
        start = time.perf_counter()
        process = await asyncio.create_subprocess_exec("/bin/true")
        await process.wait()
        times.append(time.perf_counter() - start)
    report.add("OS process /bin/true from asyncio, p50", median(times) * 1e6, "µs")
    erl = shutil.which("erl")
    if erl:
        code = (
            "N=100000,F=fun F(0)->ok;F(K)->{_,R}=spawn_monitor(fun()->ok end),"
            "receive {'DOWN',R,_,_,_}->F(K-1) end "
            'end,F(1000),{T,_}=timer:tc(fun()->F(N) end),io:format("~p",[T/N]),halt().'
        )
        out = subprocess.run([erl, "-noshell", "-eval", code], capture_output=True, text=True, check=True)
        report.add("Erlang spawn_monitor→exit→DOWN, mean", float(out.stdout), "µs")
    else:
        report.add("Erlang spawn_monitor→exit→DOWN", float("nan"), "µs", note="no erl on this machine")


async def part_density(report, quick):
    count = 2_000 if quick else 12_000
    async with Node() as node:
        idle = await node.load(IDLE)
        limits = Limits(children=count + 1)
        parent = await node.spawn(idle, limits=limits)
        (await node.spawn(idle, parent=parent)).kill()
        await asyncio.sleep(0.1)
        gc.collect()
        before = rss_kb()
        began = time.perf_counter()
        children = [await node.spawn(idle, parent=parent, stdout="null", stderr="null") for _ in range(count)]
        while any(child.info().state != "waiting" for child in children):
            await asyncio.sleep(0.01)
        report.add(
            "live idle processes in one OS process", len(node.ps()), "", ">= 12000" if not quick else ""
        )
        report.add("  time to make them", time.perf_counter() - began, "s")
        report.add("  RSS each", (rss_kb() - before) / count, "KB", "<= 24")
        report.add("  memory maps each", len(Path("/proc/self/maps").read_text().splitlines()) / count, "")
        report.add("  threads of the program", threading.active_count(), "")
        began = time.perf_counter()
        assert len(node.ps()) == count + 1
        report.add("  ps of them", time.perf_counter() - began, "s", "<= 1")
        told = []

        async def watch(child):
            told.append((await child.monitor(), child.pid))

        async with asyncio.TaskGroup() as group:
            for child in children:
                group.create_task(watch(child))
            await asyncio.sleep(0)
            began = time.perf_counter()
            parent.kill()
        report.add("  killing their parent, to the last monitor", time.perf_counter() - began, "s", "<= 2")
        assert len(told) == len({pid for _, pid in told}) == count, "each monitor is told once"
        assert not node.ps()


async def part_kill(report, quick):
    cores = os.cpu_count() or 1
    async with Node() as node:
        spin = await node.load(SPIN)
        processes = [await node.spawn(spin) for _ in range(2 * cores)]
        await asyncio.sleep(0.1)
        times = []
        for index in range(100 if quick else 1000):
            victim = processes[index % len(processes)]
            start = time.perf_counter()
            victim.kill()
            await victim.monitor()
            times.append(time.perf_counter() - start)
            processes[index % len(processes)] = await node.spawn(spin)
            await asyncio.sleep(0.002)
        report.add(f"kill → monitor, one of {2 * cores} CPU-bound, p50", median(times) * 1e3, "ms")
        report.add("  p99", percentile(times, 0.99) * 1e3, "ms", "<= 10")
        report.add("  worst", max(times) * 1e3, "ms")
        for process in processes:
            process.kill()
        fill = await node.load(FILL)
        times = []
        for _ in range(5 if quick else 20):
            process = await node.spawn(fill, limits=Limits(memory=257 << 20))
            await asyncio.sleep(0.15)
            start = time.perf_counter()
            process.kill()
            await process.monitor()
            times.append(time.perf_counter() - start)
        report.add(
            "  worst, in a loop of 256 MiB memory.fill", max(times) * 1e3, "ms", note="uninterruptible"
        )


async def part_fairness(report, quick):
    cores = os.cpu_count() or 1
    left, right = socket.socketpair()
    near, near_writer = await asyncio.open_connection(sock=left)
    far, far_writer = await asyncio.open_connection(sock=right)

    async def echo():
        while data := await far.read(100):
            far_writer.write(data)

    async def round_trips(count):
        times = []
        for _ in range(count):
            start = time.perf_counter()
            near_writer.write(b"x" * 50)
            await near.readexactly(50)
            times.append(time.perf_counter() - start)
        return times

    echoing = asyncio.create_task(echo())
    count = 3_000 if quick else 20_000
    async with Node() as node:
        await round_trips(1000)
        idle = await round_trips(count)
        spin = await node.load(SPIN)
        for _ in range(2 * cores):
            await node.spawn(spin)
        await asyncio.sleep(0.1)
        busy = await round_trips(count)
    echoing.cancel()
    near_writer.close()
    far_writer.close()
    report.add("event-loop round trip, idle, p50", median(idle) * 1e6, "µs")
    report.add("  idle, p99", percentile(idle, 0.99) * 1e6, "µs")
    report.add(f"  with {2 * cores} CPU-bound guests, p50", median(busy) * 1e6, "µs")
    report.add(f"  with {2 * cores} CPU-bound guests, p99", percentile(busy, 0.99) * 1e6, "µs")
    report.add("  p99, busy / idle", percentile(busy, 0.99) / percentile(idle, 0.99), "×", "<= 3")


async def part_scaling(report, quick):
    wasm = COUNT % (200_000_000 if quick else 800_000_000)
    best = {}
    for _ in range(2 if quick else 3):
        for runners in (1, 2):
            async with Node(runners=runners) as node:
                program = await node.load(wasm)
                began = time.perf_counter()
                processes = [await node.spawn(program) for _ in range(4)]
                await asyncio.gather(*[process.wait() for process in processes])
                took = time.perf_counter() - began
                best[runners] = min(took, best.get(runners, took))
    report.add("4 CPU-bound processes, 1 runner", best[1], "s")
    report.add("  2 runners", best[2], "s")
    report.add("  speed-up from 1 to 2 runners", best[1] / best[2], "×", ">= 1.8")


def best_of(times, function):
    took = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        took.append(time.perf_counter() - start)
    return min(took)


async def part_native(report, quick):
    """The same C programs native, in the engine, in the engine without epochs, and with guard pages."""
    from wasmtime import Config, Engine, Linker, Module, Store, WasiConfig

    repeat = 3 if quick else 7
    sources = Path(__file__).parent / "programs"
    ratios = {"engine": [], "no epochs": [], "guard pages": []}
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(sources.glob("*.c")):
            native = Path(folder) / source.stem
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "ziglang",
                    "cc",
                    "-O2",
                    "-mcpu=baseline",
                    "-s",
                    str(source),
                    "-o",
                    str(native),
                ],
                check=True,
            )
            wasm = build.compile_c(source)
            took = {"native": best_of(repeat, lambda native=native: subprocess.run([native], check=True))}
            async with Node() as node:
                program = await node.load(wasm)

                async def run(node=node, program=program):
                    process = await node.spawn(program)
                    assert await process.wait() == 0

                times = []
                for _ in range(repeat):
                    start = time.perf_counter()
                    await run()
                    times.append(time.perf_counter() - start)
                took["engine"] = min(times)
            for variant, epochs, guards in (("no epochs", False, False), ("guard pages", True, True)):
                config = Config()
                config.epoch_interruption = epochs
                if not guards:
                    config.memory_reservation = config.memory_guard_size = 0
                    config.memory_reservation_for_growth = 16 << 20
                engine = Engine(config)
                module = Module.from_file(engine, str(wasm))
                linker = Linker(engine)
                linker.define_wasi()

                def plain(engine=engine, linker=linker, module=module, epochs=epochs):
                    store = Store(engine)
                    if epochs:
                        store.set_epoch_deadline(1 << 60)
                    store.set_wasi(WasiConfig())
                    instance = linker.instantiate(store, module)
                    instance.exports(store)["_start"](store)

                took[variant] = best_of(repeat, plain)
            report.add(f"{source.stem}.c native", took["native"] * 1e3, "ms")
            for variant, times in ratios.items():
                ratio = took[variant] / took["native"]
                times.append(ratio)
                report.add(f"  {variant} / native", ratio, "×")
    for variant, values in ratios.items():
        product = 1.0
        for value in values:
            product *= value
        report.add(f"geometric mean, {variant} / native", product ** (1 / len(values)), "×")


async def part_command(report, quick):
    hello = build.c_program("hello")
    command = [sys.executable, "-c", "from wetware.cli.main import main; main()", "run", str(hello)]
    environment = {**os.environ, "PYTHONPATH": str(Path(wetware.__file__).parent.parent)}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)

    def once(command):
        start = time.perf_counter()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    repeat = 5 if quick else 21
    report.add(
        "ww run hello.wasm, warm, median",
        median([once(command) for _ in range(repeat)]) * 1e3,
        "ms",
        "<= 150",
    )
    steps = (
        ("python, nothing", "pass"),
        ("  + asyncio", "import asyncio"),
        ("  + click", "import asyncio, click"),
        ("  + the engine's modules", "import asyncio, click, wetware.node"),
        (
            "  + a node, opened and closed",
            "import asyncio, click, wetware\n"  # noqa: ISC004 - one program of several lines
            "async def main():\n async with wetware.Node(): pass\nasyncio.run(main())",
        ),
    )
    for name, code in steps:
        report.add(
            f"  {name}", median([once([sys.executable, "-c", code]) for _ in range(repeat)]) * 1e3, "ms"
        )


async def part_growth(report, quick):
    count = 10_000 if quick else 100_000
    async with Node() as node:
        programs = [await node.load(EMPTY), await node.load(HELLO)]

        async def round_of(number):
            for index in range(number):
                process = await node.spawn(programs[index % 2], stdout="null")
                await process.wait()

        await round_of(count // 10)
        gc.collect()
        before = rss_kb(), threading.active_count(), len(os.listdir("/proc/self/fd"))
        await round_of(count)
        gc.collect()
        after = rss_kb(), threading.active_count(), len(os.listdir("/proc/self/fd"))
    report.add(f"after {count:,} spawns: RSS growth", (after[0] - before[0]) / 1024, "MB", "<= 2")
    report.add("  threads, growth", after[1] - before[1], "", "<= 0")
    report.add("  descriptors, growth", after[2] - before[2], "", "<= 0")


PARTS = {
    name.removeprefix("part_"): function for name, function in globals().items() if name.startswith("part_")
}


def main():
    chosen = options(__doc__.splitlines()[0], list(PARTS))
    report = Report("engine")
    for part in chosen.parts:
        asyncio.run(PARTS[part](report, chosen.quick))
    report.finish(chosen.json)


if __name__ == "__main__":
    main()
