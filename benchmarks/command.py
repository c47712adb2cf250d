"""How long `ww` takes from the shell's point of view, and where the time goes.

Whole commands, started one after the other, each kind in turn so that a busy machine disturbs all alike; medians. The
processor time stands beside the wall-clock time: on a busy machine only the first is comparable.

    python benchmarks/command.py [--runs 30] [--json FILE]
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = "from wetware.cli.main import main; main()"
TARGET_MS = 150
GROUPS = ("wetware", "asyncio", "click", "ssl")


def commands(program):
    ww = [sys.executable, "-c", START]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import asyncio, click'": [sys.executable, "-c", "import asyncio, click"],
        "ww --version": [*ww, "--version"],
        "ww --help": [*ww, "--help"],
        "ww inspect hello.wasm": [*ww, "inspect", str(program)],
        "ww run hello.wasm (warm)": [*ww, "run", str(program)],
    }


def measure(command, environment):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1000, cpu * 1000


def imports(command, environment):
    """Milliseconds of importing by package, as Python itself counts them (which takes time of its own)."""
    done = subprocess.run(
        [command[0], "-X", "importtime", *command[1:]],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    groups = Counter()
    for own, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", done.stderr):
        package = name.split(".")[0].lstrip("_")
        groups[package if package in GROUPS else "the rest of the standard library"] += int(own) / 1000
    return dict(groups.most_common())


def phases(program, environment):
    """Milliseconds inside `ww run`, from its own summary."""
    with tempfile.TemporaryDirectory() as scratch:
        summary = Path(scratch) / "summary.json"
        command = [sys.executable, "-c", START, "run", "--json-file", str(summary), str(program)]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        seconds = json.loads(summary.read_text())["seconds"]
    return {"load the program": seconds["load"] * 1000, "run it": seconds["run"] * 1000}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--json", type=Path, default=ROOT / "benchmarks" / "results" / "command.json")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    from guests import build

    program = build.c_program("hello")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "src")], check=True)
    kinds = commands(program)
    samples = {name: [] for name in kinds}
    for _ in range(options.runs + 1):  # the first round fills the caches and is not counted
        for name, command in kinds.items():
            samples[name].append(measure(command, environment))
    table = {
        name: {
            "wall_ms": statistics.median(wall for wall, _ in values[1:]),
            "cpu_ms": statistics.median(cpu for _, cpu in values[1:]),
        }
        for name, values in samples.items()
    }
    warm = kinds["ww run hello.wasm (warm)"]
    report = {
        "runs": options.runs,
        "commands": table,
        "imports_ms": imports(warm, environment),
        "phases_ms": phases(program, environment),
        "target_ms": TARGET_MS,
    }
    print(f"{'command':36} {'wall, ms':>9} {'CPU, ms':>9}")
    for name, row in table.items():
        print(f"{name:36} {row['wall_ms']:9.1f} {row['cpu_ms']:9.1f}")
    print("\nimporting, in `ww run` (as counted by Python, which slows it):")
    for name, milliseconds in report["imports_ms"].items():
        print(f"  {name:34} {milliseconds:9.1f}")
    print("\nwithin `ww run`:")
    for name, milliseconds in report["phases_ms"].items():
        print(f"  {name:34} {milliseconds:9.1f}")
    took = table["ww run hello.wasm (warm)"]["wall_ms"]
    print(
        f"\ntarget: ww run, warm, <= {TARGET_MS} ms: {took:.0f} ms, {'met' if took <= TARGET_MS else 'missed'}"
    )
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
