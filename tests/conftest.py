"""Options and fixtures that all tests share."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# compiled programs of the tests are kept in the repository's own build directory, not in the user's cache
os.environ["WW_CACHE"] = str(Path(__file__).parent.parent / "build" / "cache")


# Generated tests assert no times, and a busy machine is no failure. The normal suite draws the same examples
# each time, so that what passed here passes there; the slow suites look for new ones.
settings.register_profile(
    "normal", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None
)
settings.register_profile("slow", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("normal")


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="run the slow suites too")


def pytest_configure(config):
    # whoever starts the tests in the background has signals ignored, and so would what the tests start
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    if config.getoption("--slow"):
        settings.load_profile("slow")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="slow suite; run with --slow")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
