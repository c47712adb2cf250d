#!/usr/bin/env python3
"""Set up, try and test wetware: `python3 make.py demo`, `python3 make.py test`; it needs Python >= 3.11 only.

Rules that hold here:

1. Standard library only, and nothing that an old Python 3 cannot parse: it then says what it needs.
2. Everything it makes is in `.venv/` and `build/`; packages come from PyPI, by pip alone.
3. A step that is done already is not done again: a stamp in `.venv` names what it was made from.
4. A step that fails says which one it was, and what to do.
"""

import argparse
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036  # an old Python does get here
    for newer in ("python3.14", "python3.13", "python3.12", "python3.11"):
        try:
            if subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
                os.execvp(newer, [newer, *sys.argv])  # noqa: S606  # by name, as a user would start it
        except OSError:
            continue
    sys.exit(
        f"make.py: wetware needs Python 3.11 or newer, and this is {sys.version.split()[0]}; install one"
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
STAMP = VENV / "wetware-setup.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"

# What a command needs installed beside the package itself: names of requirements in pyproject's `dev` extra.
DEMO_NEEDS = ("ziglang",)
LEVELS = ("bare", "demo", "dev")  # each holds what the one before it holds

CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "build", "dist", ".venv")


class StepError(Exception):
    """A step did not work; the text says which one and what to do."""


def say(line: str) -> None:
    """Print one progress line, in order with what the started programs print."""
    print(f"==> {line}", flush=True)


def run(step: str, command: list[str], advice: str, *, env: dict[str, str] | None = None) -> None:
    """Run a program to its end; raise `StepError` naming the step and the advice when it fails."""
    try:
        code = subprocess.call(command, cwd=ROOT, env=env)
    except OSError as problem:
        raise StepError(f"{step} did not start: {problem}\n    {advice}") from problem
    if code:
        raise StepError(
            f"{step} failed with exit code {code}\n    the command was: {shlex.join(command)}\n    {advice}"
        )


# -- setting up ----------------------------------------------------------------------------------------------


def requirements(pyproject: str, level: str) -> list[str]:
    """Say what pip is to install for `level` ("demo" or "dev"), read from the text of pyproject.toml."""
    if level == "dev":
        return ["--editable", ".[dev]"]
    import tomllib  # as below

    extra: list[str] = tomllib.loads(pyproject)["project"]["optional-dependencies"]["dev"]
    named = [need for need in extra if need.split(">")[0].split("=")[0].split("<")[0].strip() in DEMO_NEEDS]
    return ["--editable", ".", *named]


def stamp_of(pyproject: str, level: str, pip: list[str]) -> dict[str, object]:
    """Name what an environment is made from; its scripts hold absolute paths, so the place is part of it.

    Of pyproject.toml, only what pip reads counts: a changed rule of the linter is no reason to install.
    """
    import tomllib  # new in 3.11: an old Python must get past the imports above

    read_by_pip = {name: table for name, table in tomllib.loads(pyproject).items() if name != "tool"}
    return {
        "python": sys.version,
        "root": str(ROOT),
        "project": hashlib.sha256(json.dumps(read_by_pip, sort_keys=True).encode()).hexdigest(),
        "level": level,
        "pip": pip,
    }


def is_done(made: dict[str, object], wanted: dict[str, object]) -> bool:
    """Say whether the environment described by the stamp `made` is all that `wanted` asks for."""
    return (
        can_grow(made, wanted)
        and made.get("project") == wanted["project"]
        and made.get("level") in LEVELS[LEVELS.index(str(wanted["level"])) :]
    )


def can_grow(made: dict[str, object], wanted: dict[str, object]) -> bool:
    """Say whether pip can bring that environment up to what is wanted, so that it need not be made anew."""
    return all(made.get(name) == wanted[name] for name in ("python", "root")) and isinstance(
        made.get("pip"), list
    )


def read_stamp() -> dict[str, object]:
    """Read the stamp; empty where there is none, or none that can be read."""
    try:
        made = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) and PYTHON.exists() else {}


def create_venv() -> list[str]:
    """Make `.venv` and return the command that is pip for it.

    A Debian Python without python3-venv has no ensurepip: then the environment is made without pip, and a pip
    that stands outside (22.3 or newer) installs into it.
    """
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    why = (made.stderr or made.stdout).strip()
    bare = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if bare.returncode == 0:
        outside = [[sys.executable, "-m", "pip"], ["pip3"], ["pip"]]
        for pip in outside:
            command = [*pip, "--python", str(PYTHON)]
            try:
                answer = subprocess.run([*command, "--version"], cwd=ROOT, capture_output=True, check=False)
            except OSError:
                continue
            if answer.returncode == 0:
                say(f"this Python has no ensurepip; installing with {shlex.join(pip)} from outside")
                return command
    shutil.rmtree(VENV, ignore_errors=True)
    raise StepError(
        f"making the virtual environment failed:\n{why}\n"
        "    this Python can make no environment with pip in it, and no pip >= 22.3 was found outside;\n"
        "    on Debian and Ubuntu: sudo apt install python3-venv"
    )


def set_up(level: str) -> None:
    """Make `.venv` hold the package (editable) and what `level` needs; quick when it does already."""
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    made = read_stamp()
    wanted = stamp_of(pyproject, level, [])
    if is_done(made, wanted):
        return
    if can_grow(made, wanted):
        level = max(level, str(made.get("level")), key=LEVELS.index)  # nothing is taken away
        pip = [str(word) for word in made["pip"]]  # type: ignore[attr-defined]  # can_grow saw a list
    else:
        say(f"making .venv with Python {sys.version.split()[0]} (once)")
        pip = create_venv()
    # until pip is through, the stamp promises the bare environment only
    STAMP.write_text(json.dumps(stamp_of(pyproject, "bare", pip)), encoding="utf-8")
    say("installing wetware and what it needs from PyPI (once; a minute or two)")
    run(
        "installing",
        [*pip, "install", "--quiet", "--disable-pip-version-check", *requirements(pyproject, level)],
        "pip's message stands above; if PyPI could not be reached, run the same command again later",
        env={
            **os.environ,
            "PIP_ROOT_USER_ACTION": "ignore",
        },  # it warns of what this is not: a system-wide install
    )
    precompile()
    STAMP.write_text(json.dumps(stamp_of(pyproject, level, pip)), encoding="utf-8")


def precompile() -> None:
    """Have Python's bytecode ready, also where PYTHONDONTWRITEBYTECODE is set: `ww` starts twice as fast."""
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", "src"], cwd=ROOT, check=False)


# -- the commands --------------------------------------------------------------------------------------------


def build_hello() -> Path:
    """Compile examples/hello/hello.c to WebAssembly; the compiler comes from PyPI too (`ziglang`)."""
    source = ROOT / "examples" / "hello" / "hello.c"
    program = BUILD / "hello.wasm"
    BUILD.mkdir(exist_ok=True)
    if program.exists() and program.stat().st_mtime >= source.stat().st_mtime:
        say(f"{program.relative_to(ROOT)} is built already")
        return program
    say(f"building {source.relative_to(ROOT)} (the first time the compiler builds its C library: 20 seconds)")
    run(
        "building hello.c",
        [
            str(PYTHON),
            "-m",
            "ziglang",
            "cc",
            "--target=wasm32-wasi",
            "-O2",
            "-s",
            "-o",
            str(program),
            str(source),
        ],
        "the compiler's message stands above; `python3 make.py clean` and again if the tool itself is broken",
    )
    return program


def demo() -> int:
    """Build a C program from source, run it as a process, then bring up three nodes and run it on each."""
    set_up("demo")
    precompile()
    program = build_hello().relative_to(ROOT)
    ww = str(BIN / "ww")
    summary = BUILD / "hello.json"
    say(f"ww inspect {program}")
    run("ww inspect", [ww, "inspect", str(program)], "please report it")
    for turn in ("first", "second"):
        command = ["run", "--json-file", str(summary.relative_to(ROOT)), str(program), "newcomer"]
        say(shlex.join(["ww", *command]))
        began = time.perf_counter()
        code = subprocess.call([ww, *command], cwd=ROOT)
        took = (time.perf_counter() - began) * 1000
        if code != 0:
            raise StepError(f"ww run gave exit code {code} where hello.c returns 0\n    please report it")
        result = json.loads(summary.read_text(encoding="utf-8"))
        load = result["seconds"]["load"] * 1000
        say(
            f"{turn} run: process {result['pid']} {result['reason']['text']}; "
            f"loading the program took {load:.1f} ms, the whole command {took:.0f} ms"
        )
    say("three nodes on this machine: examples/cluster/three_nodes.py")
    run(
        "the cluster of three nodes",
        [str(PYTHON), str(Path("examples", "cluster", "three_nodes.py")), str(program)],
        "what it says stands above; `ww start` in a terminal of your own shows more",
    )
    say("next: .venv/bin/ww --help, README.md and docs/cluster.md")
    return 0


def check() -> int:
    """Lint, formatting and types; every one is run, and the count of those that fail is returned."""
    python = str(PYTHON)
    checks = [
        ("ruff check", [python, "-m", "ruff", "check", "."], "mend it, or: .venv/bin/ruff check --fix ."),
        (
            "ruff format",
            [python, "-m", "ruff", "format", "--check", "."],
            "mend it with: .venv/bin/ruff format .",
        ),
        ("mypy", [python, "-m", "mypy"], "mend the types named above"),
    ]
    failed = 0
    for name, command, advice in checks:
        say(name)
        try:
            run(name, command, advice)
        except StepError as problem:
            failed += 1
            complain(problem)
    return failed


def pytest(arguments: list[str]) -> int:
    """Run pytest, whose last line is its summary."""
    say(shlex.join(["pytest", *arguments]))
    return subprocess.call([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT)


def test(arguments: list[str]) -> int:
    """Run everything that must pass before a change is landed; pytest's summary line ends it."""
    set_up("dev")
    failed = check()
    code = pytest(arguments)
    if failed:
        complain(f"{failed} of the checks before the tests failed; see above")
    return code or (1 if failed else 0)


def slow_suites(tests: Path) -> dict[str, list[Path]]:
    """Find the slow suites: name (folder of tests/, or file without test_) -> the files with slow tests."""
    suites: dict[str, list[Path]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        if "mark.slow" in path.read_text(encoding="utf-8"):
            inside = path.relative_to(tests).parts
            name = inside[0] if len(inside) > 1 else path.stem.removeprefix("test_")
            suites.setdefault(name, []).append(path)
    return suites


def slow(names: list[str], extra: list[str]) -> int:
    """Run the slow suites, all or those named."""
    suites = slow_suites(ROOT / "tests")
    unknown = [name for name in names if name not in suites]
    if unknown:
        raise StepError(f"no slow suite is called {', '.join(unknown)}\n    there are: {', '.join(suites)}")
    set_up("dev")
    files = [str(path.relative_to(ROOT)) for name in names or suites for path in suites[name]]
    # a slow suite takes as long as it needs: the cap on one test is for the quick ones
    return pytest(["--slow", "-m", "slow", "-o", "timeout=3600", *files, *extra])


def benchmarks(folder: Path) -> dict[str, Path]:
    """Find the benchmarks: name -> file; a file that cannot be started is a part of others."""
    files = sorted(folder.glob("*.py"))
    return {path.stem: path for path in files if "__main__" in path.read_text(encoding="utf-8")}


def bench(names: list[str], extra: list[str]) -> int:
    """Run the benchmarks, all or those named; each prints a table and writes JSON to benchmarks/results/."""
    there = benchmarks(ROOT / "benchmarks")
    unknown = [name for name in names if name not in there]
    if unknown:
        raise StepError(f"no benchmark is called {', '.join(unknown)}\n    there are: {', '.join(there)}")
    set_up("dev")
    for name in names or there:
        say(f"benchmarks/{name}.py")
        run(f"benchmark {name}", [str(PYTHON), str(there[name]), *extra], "its message stands above")
    return 0


def clean() -> int:
    """Remove all that this file and the tools it starts have made here."""
    for name in CACHES:
        if (ROOT / name).exists():
            say(f"removing {name}")
            shutil.rmtree(ROOT / name)
    return 0


def complain(problem: object) -> None:
    """Print what failed, on stderr, in order with the progress lines."""
    sys.stdout.flush()
    print(f"make.py: {problem}", file=sys.stderr, flush=True)


def parse(arguments: list[str]) -> tuple[str, list[str], list[str]]:
    """Split a command line into the command, its names (suites, benchmarks) and what stands after `--`."""
    extra: list[str] = []
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, extra = arguments[:cut], arguments[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="make.py", description="Set up, try and test wetware; nothing but Python >= 3.11 is needed."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("demo", help="run a C program as a process, then on each of three nodes")
    commands.add_parser("test", help="lint, types, tests; pytest's arguments may follow --")
    commands.add_parser("check", help="lint, formatting and types only")
    slow_parser = commands.add_parser("slow", help="the slow suites, all or by name")
    slow_parser.add_argument("names", nargs="*", metavar="SUITE")
    bench_parser = commands.add_parser("bench", help="the benchmarks, all or by name")
    bench_parser.add_argument("names", nargs="*", metavar="BENCHMARK")
    commands.add_parser("setup", help="only set up .venv, with everything the tests need")
    commands.add_parser("clean", help="remove .venv, build and the caches of the tools")
    parsed = parser.parse_args(arguments)
    if extra and parsed.command not in {"test", "slow", "bench"}:
        parser.error(f"{parsed.command} takes nothing after --")
    return parsed.command, getattr(parsed, "names", []), extra


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    command, names, extra = parse(arguments)
    if command == "demo":
        return demo()
    if command == "test":
        return test(extra)
    if command == "slow":
        return slow(names, extra)
    if command == "bench":
        return bench(names, extra)
    if command == "clean":
        return clean()
    set_up("dev")
    if command == "check":
        return min(check(), 1)
    say("ready: .venv/bin/ww --help")
    return 0


def start() -> NoReturn:
    """Run `main` and turn what went wrong into a message and an exit code."""
    try:
        code = main(sys.argv[1:])
    except StepError as problem:
        complain(problem)
        code = 1
    except KeyboardInterrupt:
        complain("interrupted")
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    start()
