"""What gives tests their guest programs: fixtures, whose names a conftest imports, and marks.

Each fixture is a function from a program's name to its path, and skips the test, saying why, where the
compiler is missing.
"""

import importlib.util

import pytest

from guests import build

NEEDS_PYTHON_GUESTS = pytest.mark.skipif(
    importlib.util.find_spec("componentize_py") is None,
    reason="Python guests need componentize-py: pip install componentize-py",
)
PYTHON_GUESTS = [pytest.mark.timeout(400), NEEDS_PYTHON_GUESTS]
"""For tests that run Python guests; the first of them builds the runner."""


def _or_skip(function):
    def program(*args):
        try:
            return function(*args)
        except build.ToolchainMissing as missing:
            pytest.skip(str(missing))

    return program


@pytest.fixture(scope="session")
def c_program():
    """`c_program("hello")` or `c_program("hello", "-O0")`: the path of a compiled C program."""
    return _or_skip(build.c_program)


@pytest.fixture(scope="session")
def go_program():
    """`go_program("hello")`: the path of a compiled Go program."""
    return _or_skip(build.go_program)


@pytest.fixture(scope="session")
def py_component():
    """`py_component("command")`: the path of a component built from Python."""
    return _or_skip(build.py_component)


@pytest.fixture(scope="session")
def wat_program():
    """`wat_program("hello")`: the path of a program in the text format."""
    return build.wat_program


@pytest.fixture(scope="session")
def go_module():
    """`go_module("tests/guests/go/sessions")`: the path of a Go module's compiled program."""
    return _or_skip(build.go_module)
