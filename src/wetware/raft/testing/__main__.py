"""Run seeds of the simulation: `python -m wetware.raft.testing --seed 17 --steps 3000 --tell`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from wetware.raft.testing.simulation import STEPS, Simulation, SimulationFailure


def main(arguments: list[str] | None = None) -> int:
    """Run what the arguments say; 1 where a seed fails."""
    parser = argparse.ArgumentParser(prog="python -m wetware.raft.testing", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=1, help="how many seeds")
    parser.add_argument("--steps", type=int, default=STEPS, help="how long faults go on in each")
    parser.add_argument("--tell", action="store_true", help="print all that happens")
    chosen = parser.parse_args(arguments)
    total: Counter[str] = Counter()
    failures = 0

    def write(line: str) -> None:
        sys.stdout.write(line + "\n")

    for seed in range(chosen.seed, chosen.seed + chosen.count):
        try:
            result = Simulation(seed, chosen.steps, tell=write if chosen.tell else None).run()
        except SimulationFailure as failure:
            failures += 1
            write(f"{failure}\n")
        else:
            total += result.count
            total["steps"] += result.steps
            if chosen.count == 1:
                write(f"seed {seed}: {result.steps} steps, trace {result.trace}")
    write(f"{chosen.count} seeds, {failures} failures")
    for what, how_often in sorted(total.items()):
        write(f"  {how_often:9,} {what}")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
