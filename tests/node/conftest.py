"""A node for each test, and the guest programs."""

import pytest

from guests_fixtures import c_program, go_program, wat_program
from wetware import Node

__all__ = ["c_program", "go_program", "wat_program"]


@pytest.fixture
async def node():
    async with Node(runners=2) as node:
        yield node


@pytest.fixture(scope="session", autouse=True)
def _faults_are_told():
    """A crash of the engine must name its test; the handler has to be there before the first engine."""
    import faulthandler

    if not faulthandler.is_enabled():
        faulthandler.enable()
