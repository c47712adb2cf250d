"""pip, for the Python that programs run in: run as a program of its own, by `fetch.py`.

pip can be told another version and platform to choose files for, but judges environment markers
(`; sys_platform == "win32"`) by the Python that it runs in: of what the packages on the way need, some would
be missing and some would be too much. So what it takes for the environment is replaced. Where a pip has its
own at another place, it judges as it always does.

Source: https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers.
"""

from __future__ import annotations

import contextlib
import importlib
import runpy
from typing import Any, Final

ENVIRONMENT: Final = {
    "implementation_name": "cpython",
    "implementation_version": "3.14.0",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_release": "0.0.0",
    "platform_system": "wasi",
    "platform_version": "0.0.0",
    "python_full_version": "3.14.0",
    "python_version": "3.14",
    "sys_platform": "wasi",
}
"""What a Python program is told of itself (test: `test_markers_are_judged_for_the_guest`)."""


def run() -> None:
    """Be pip, with this program's arguments."""
    with contextlib.suppress(ImportError):
        markers: Any = importlib.import_module("pip._vendor.packaging.markers")
        if hasattr(markers, "default_environment"):
            markers.default_environment = ENVIRONMENT.copy
    runpy.run_module("pip", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run()
