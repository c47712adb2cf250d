"""How many seeded faults in the durable log its suites find.

Two kinds: faults by hand (`raft_log_faults.txt`), each a mistake that a log could really have: a sync left
out, a checksum not looked at, an offset too small; and faults by chance, from `raft_mutants`.

    python benchmarks/raft_log_mutants.py [--random 50] [--seed 1] [--json FILE]
"""

import argparse
import ast
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import raft_mutants

ROOT = Path(__file__).resolve().parent.parent
LOG = Path("src/wetware/raft/log")
SUITES = [
    f"tests/raft/test_log_{name}.py" for name in ("records", "index", "crash", "durable", "disk", "damage")
]

FAULTS = Path(__file__).with_name("raft_log_faults.txt")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--random", type=int, default=50, help="how many faults by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=60, help="a run that takes longer counts as found")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    raft_mutants.CORE = LOG

    import pytest  # noqa: F401 - loaded once, before the processes are forked

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("src/wetware/errors.py", "pyproject.toml", "tests/conftest.py"):
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / part, folder / part)
        for part in ("src/wetware/raft", "tests/raft"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "src/wetware/__init__.py").write_text("")
        if raft_mutants.run_suites(folder, SUITES, 600) != "survived":
            sys.exit("the suites fail on the unchanged source; mend that first")
        faults = [*by_hand(folder), *by_chance(folder, options)]
        outcomes, survivors = attack(folder, faults, options.seconds)
    total = sum(outcomes.values())
    for one in survivors:
        print(f"  survived: {one}")
    found = total - len(survivors)
    print(f"{outcomes}: found {found} of {total}: {100 * found / total:.1f} %")
    if options.json:
        result = {"tried": total, "found": found, "survivors": survivors}
        options.json.write_text(json.dumps(result, indent=2) + "\n")


def by_hand(folder):
    for block in FAULTS.read_text().split("\n== ")[1:]:
        head, _, body = block.partition("\n")
        file = head.partition(":")[0]
        source = (folder / LOG / file).read_text()
        for hunk in body.strip("\n").split("\n\n"):
            lines = hunk.split("\n")
            old = "".join(line[1:] + "\n" for line in lines if line[0] in "- ")
            new = "".join(line[1:] + "\n" for line in lines if line[0] in "+ ")
            if source.count("\n" + old) != 1:
                sys.exit(f"{head!r} has no place of its own in the source any more: adapt its lines\n{old}")
            source = source.replace("\n" + old, "\n" + new)
        yield head, file, source


def by_chance(folder, options):
    sites = raft_mutants.all_sites(folder)
    for relative, kind, number, line in random.Random(options.seed).sample(sites, options.random):
        source = (folder / LOG / relative).read_text()
        text = source.splitlines()[line - 1].strip()
        yield (
            f"{relative}:{line} {kind}: {text}",
            relative,
            raft_mutants.mutate(ast.parse(source), kind, number),
        )


def attack(folder, faults, seconds):
    outcomes, survivors = {}, []
    for what, file, mutant in faults:
        path = folder / LOG / file
        source = path.read_text()
        path.write_text(mutant)
        begun = time.perf_counter()
        outcome = raft_mutants.run_suites(folder, SUITES, seconds)
        path.write_text(source)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        if outcome in ("survived", "broken"):
            survivors.append(what)
        print(f"{outcome:8s} {time.perf_counter() - begun:5.1f} s  {what}", file=sys.stderr, flush=True)
    return outcomes, survivors


if __name__ == "__main__":
    main()
