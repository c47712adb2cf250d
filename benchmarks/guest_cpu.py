"""The part `cpu` of `guest.py`: programs that compute, as guests and native, in C, Go and Python.

What is compared is processor time, not time on the wall, so that other programs on the machine change little:
each way's time for the size in question, less its time for next to nothing, so that starting does not count.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from guests import build
from report import median
from wetware import Limits, Node

KERNELS = Path(__file__).parent / "programs" / "cpu"
ROOMY = Limits(memory=1 << 30)

SIZES = {  # what takes some tenths of a second
    "counting": (300_000_000, 2_000_000),
    "sieve": (20_000_000, 1_000_000),
    "spectral": (1000, 70),
    "mixing": (8_000_000, 40_000),
}


def native(command, kernel, size):
    with subprocess.Popen([*command, kernel, str(size)], stdout=subprocess.PIPE, text=True) as child:
        result = child.stdout.read().split()[1]
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, result


async def guest(node, program, kernel, size):
    process = await node.spawn(program, args=[kernel, str(size)], stdout="capture", limits=ROOMY)
    text = (await process.stdout.read()).decode()
    if code := await process.wait():
        raise RuntimeError(f"the guest ended with {code}: {text}")
    return process.info().cpu, text.split()[1]


def compiled_c(folder, cpu):
    path = Path(folder) / f"c-{cpu}"
    compiler = [sys.executable, "-m", "ziglang", "cc", "-O2", "-s", f"-mcpu={cpu}"]
    subprocess.run([*compiler, KERNELS / "kernels.c", "-lm", "-o", path], check=True)
    return path


def compiled_go(folder, **environment):
    path = Path(folder) / f"go-{environment.get('GOARCH', 'native')}"
    settings = {**os.environ, "GOTOOLCHAIN": "local", "GOWORK": "off", **environment}
    subprocess.run(
        [build._go(), "build", "-ldflags=-s -w", "-o", path, KERNELS / "kernels.go"], env=settings, check=True
    )
    return path


async def compute(report, quick):
    """Ratios of a guest's time to the same program's native."""
    with tempfile.TemporaryDirectory() as folder:
        wasm = build.compile_c(KERNELS / "kernels.c")
        ways = {
            "C": (
                {"baseline": [compiled_c(folder, "baseline")], "native": [compiled_c(folder, "native")]},
                wasm,
            )
        }
        try:
            ways["Go"] = (
                {"native": [compiled_go(folder)]},
                compiled_go(folder, GOOS="wasip1", GOARCH="wasm"),
            )
        except build.ToolchainMissing as missing:
            print(f"  Go: skipped, {missing}", file=sys.stderr)
        ways["Python"] = ({"native": [sys.executable, KERNELS / "kernels.py"]}, KERNELS / "kernels.py")
        async with Node() as node:
            for language, (natives, source) in ways.items():
                await language_of(report, node, language, natives, await node.load(source), quick)


async def language_of(report, node, language, natives, program, quick):
    ratios = {name: [] for name in natives}
    for kernel, sizes in SIZES.items():
        size = sizes[language == "Python"] // (10 if quick and kernel != "spectral" else 1)
        best, results = {}, set()
        for _ in range(2 if quick else 5):  # in turns, so that a busy moment meets all alike
            for name, command in [*natives.items(), ("guest", None)]:
                times = []
                for n in (1, size):
                    if command is None:
                        took, result = await guest(node, program, kernel, n)
                    else:
                        took, result = native(command, kernel, n)
                    times.append(took)
                took = times[1] - times[0]
                best[name] = min(took, best.get(name, took))
                results.add(result)
        if len(results) > 1:
            raise RuntimeError(f"{language} {kernel}: the results differ: {results}")
        for name, values in ratios.items():
            values.append(best["guest"] / best[name])
            against = "native" if name == "native" else f"native ({name})"
            report.add(
                f"{language} {kernel}: guest / {against}",
                values[-1],
                "×",
                note=f"{best['guest'] * 1e3:.0f} ms against {best[name] * 1e3:.0f}",
            )
    for name, values in ratios.items():
        against = "native" if name == "native" else f"native ({name})"
        report.add(f"{language}: guest / {against}, median", median(values), "×")
