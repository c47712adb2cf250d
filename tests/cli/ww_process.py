"""How tests start `ww` in a process of its own."""

import os
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
START = "from wetware.cli.main import main; main()"


def environment(**changes):
    """A plain environment: no colours, no WW_ variables, this source tree."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WW_", "_WW"))}
    return {**kept, "PYTHONPATH": str(SRC), "NO_COLOR": "1", **changes}
