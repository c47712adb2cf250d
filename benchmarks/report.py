"""What a benchmark prints: one table, and the same as JSON."""

import argparse
import json
import os
import platform
import statistics
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Row:
    what: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None
    note: str = ""


class Report:
    """Rows of one run. A target, such as `<= 60` or `>= 12000`, is compared, and never fails the run."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[Row] = []

    def add(self, what: str, value: float, unit: str, target: str = "", note: str = "") -> None:
        met = None
        if target:
            relation, bound = target.split()
            met = value <= float(bound) if relation == "<=" else value >= float(bound)
        self.rows.append(Row(what, value, unit, target, met, note))
        print(f"  {what}: {value:,.4g} {unit} {note}", file=sys.stderr, flush=True)

    def finish(self, json_path: str | None = None) -> None:
        widths = [
            max(len(str(cell)) for cell in column)
            for column in zip(("what", "value", "unit", "target", ""), *self._cells(), strict=True)
        ]
        print(
            f"\n{self.title}: {platform.python_implementation()} {platform.python_version()}, "
            f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
        )
        for cells in (("what", "value", "unit", "target", ""), *self._cells()):
            print(
                "  ".join(
                    cell.rjust(width) if index == 1 else cell.ljust(width)
                    for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
                ).rstrip()
            )
        if json_path:
            content = {
                "title": self.title,
                "python": platform.python_version(),
                "machine": platform.machine(),
                "processors": os.cpu_count(),
                "rows": [asdict(row) for row in self.rows],
            }
            Path(json_path).write_text(json.dumps(content, indent=2) + "\n")

    def _cells(self) -> list[tuple[str, str, str, str, str]]:
        marks = {None: "", True: "met", False: "MISSED"}
        return [
            (
                row.what,
                f"{row.value:,.4g}" if row.value < 1000 else f"{row.value:,.0f}",
                row.unit,
                row.target,
                " ".join(part for part in (marks[row.met], row.note) if part),
            )
            for row in self.rows
        ]


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


median = statistics.median


def options(description: str, parts: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which: {', '.join(parts)}; all by default")
    parser.add_argument("--json", metavar="FILE", help="write the figures here, too")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    chosen = parser.parse_args()
    unknown = set(chosen.parts) - set(parts)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    chosen.parts = chosen.parts or parts
    return chosen
