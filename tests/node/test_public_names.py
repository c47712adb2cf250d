"""What `import wetware` offers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import wetware


@pytest.mark.parametrize("name", wetware.__all__)
def test_every_public_name_is_there_and_listed(name):
    assert getattr(wetware, name) is getattr(wetware, name)
    assert name in dir(wetware)


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'wetware' has no attribute 'Nodes'"):
        wetware.Nodes  # noqa: B018 - asking for it is the test


def test_to_import_it_loads_nothing_else():
    ask = "import sys, wetware; print([name for name in sys.modules if name.startswith('wetware')])"
    told = subprocess.run(
        [sys.executable, "-c", ask],
        env=os.environ | {"PYTHONPATH": str(Path(wetware.__file__).parent.parent)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.strip() == "['wetware']"
