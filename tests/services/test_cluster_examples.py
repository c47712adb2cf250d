"""The examples of clusters do what they say."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_supervised_services_move_on():
    done = subprocess.run(
        [sys.executable, "-P", "examples/cluster/supervised.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [
        "store and api run",
        "the node of store was killed",
        "store runs on another node",
        "api was started again after it",
        "nothing is left running",
    ]
