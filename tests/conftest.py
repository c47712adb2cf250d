"""Options and fixtures that all tests share."""

import os
from pathlib import Path

import pytest

# compiled programs of the tests are kept in the repository's own build directory, not in the user's cache
os.environ["WW_CACHE"] = str(Path(__file__).parent.parent / "build" / "cache")


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="run the slow suites too")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="slow suite; run with --slow")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
