"""How long `ww` takes from the shell's point of view, and where the time goes.

Whole commands, started one after the other, each kind in turn so that a busy machine disturbs all alike;
medians. The processor time stands beside the wall-clock time: on a busy machine it is the one to compare.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from report import Report, median
from report import options as parse

ROOT = Path(__file__).resolve().parent.parent
START = "from wetware.cli.main import main; main()"
TARGET_MS = 150
WARM = "ww run hello.wasm, warm"
GROUPS = ("wetware", "asyncio", "click", "ssl")


def commands(program):
    ww = [sys.executable, "-c", START]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import asyncio, click'": [sys.executable, "-c", "import asyncio, click"],
        "ww --version": [*ww, "--version"],
        "ww --help": [*ww, "--help"],
        "ww inspect hello.wasm": [*ww, "inspect", str(program)],
        WARM: [*ww, "run", str(program)],
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
    options = parse("How long `ww` takes, and where the time goes.", ["commands", "imports", "phases"])
    sys.path.insert(0, str(ROOT / "tests"))
    from guests import build

    program = build.c_program("hello")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "src")], check=True)
    kinds = commands(program)
    report = Report("the command")
    if "commands" in options.parts:
        samples = {name: [] for name in kinds}
        for _ in range(1 + (5 if options.quick else 30)):  # the first round only fills caches
            for name, command in kinds.items():
                samples[name].append(measure(command, environment))
        for name, values in samples.items():
            target = f"<= {TARGET_MS}" if name == WARM else ""
            report.add(f"{name}, wall", median([wall for wall, _ in values[1:]]), "ms", target)
            report.add(f"{name}, processor", median([cpu for _, cpu in values[1:]]), "ms")
    if "imports" in options.parts:
        for name, milliseconds in imports(kinds[WARM], environment).items():
            report.add(f"importing in `ww run`: {name}", milliseconds, "ms", note="by -X importtime")
    if "phases" in options.parts:
        for name, milliseconds in phases(program, environment).items():
            report.add(f"in `ww run`: {name}", milliseconds, "ms")
    report.finish(options.json)


if __name__ == "__main__":
    main()
