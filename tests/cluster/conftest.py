"""Fleets of nodes."""

import pytest
from node_fleet import Fleet

from guests_fixtures import c_program, wat_program

__all__ = ["c_program", "wat_program"]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """One cache for these tests, which is not the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WW_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def fleet(tmp_path):
    fleet = Fleet(tmp_path)
    yield fleet
    fleet.close()
