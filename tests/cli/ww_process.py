"""How tests start `ww` in a process of its own."""

import os
import re
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
NOTE = re.compile(rb"(?m)^ww: compiling .*; the result is kept for the next time\n")
"""What `ww run` says on stderr where compiling takes long, as on a busy machine."""

START = "from wetware.cli.main import main; main()"


def environment(**changes):
    """A plain environment: no colours, no WW_ variables but the tests' own cache, this source tree."""
    foreign = {name for name in os.environ if name.startswith(("WW_", "_WW")) and name != "WW_CACHE"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "PYTHONPATH": str(SRC), "NO_COLOR": "1", **changes}
