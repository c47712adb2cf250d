"""The guest programs, a node, and the host's end of a channel."""

import pytest
from channel_host import Host

from guests_fixtures import c_program, go_module, go_program, py_component, wat_program
from wetware import Node

__all__ = ["c_program", "go_module", "go_program", "py_component", "wat_program"]


@pytest.fixture
async def node():
    async with Node(runners=2) as running:
        yield running


@pytest.fixture
def host():
    return Host
