"""The tests' schema as pycapnp sees it."""

from functools import cache
from pathlib import Path

import capnp
from wetware.capnp.generate.compiler import standard_imports


@cache
def load_theirs():
    """Load the schema once: pycapnp ends the process where one file is read a second time by another path.

    For the same reason, all tests that use pycapnp take the standard's schemas from `standard_imports()`.
    """
    return capnp.load(str(Path(__file__).parent / "everything.capnp"), imports=[str(standard_imports())])
