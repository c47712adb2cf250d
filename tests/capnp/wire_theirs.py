"""The tests' schema as pycapnp sees it."""

from functools import cache
from pathlib import Path

import capnp

# pycapnp ends the process where one file is read a second time by another path: all tests that load a
# schema with it look the standard's schemas up here
STANDARD = [str(Path(capnp.__file__).parent.parent)]


@cache
def load_theirs():
    return capnp.load(str(Path(__file__).parent / "everything.capnp"), imports=STANDARD)
