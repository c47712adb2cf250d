"""Fetches the packages that a Python program needs: by pip, in a process of its own.

Rules that hold here:

1. Wheels only, in pure Python, for the Python that programs run in, by whose environment the markers of
   dependencies are judged, too (`guest_pip.py`): nothing that is fetched is run, neither here nor by pip.
2. What is fetched is what the index names: pip compares each file with the hash that the index gives, and
   with those in a requirements file where it has some.
3. Where wheels are given, nothing is fetched from anywhere.
4. All of it lies in a temporary directory, which is the caller's.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tempfile
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wetware.errors import BrokenError
from wetware.wasm.python import guest_pip
from wetware.wasm.python.bundle import BundleError
from wetware.wasm.python.wheels import PYTHON, WHY, NativeCodeError, native_tag, normalized

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.wasm.python.declared import Declared

__all__ = ["MissingPipError", "fetch"]

_TARGET: Final = ["--python-version", PYTHON, "--implementation", "py", "--abi", "none", "--platform", "any"]
_TOLD: Final = ("Collecting ", "Downloading ", "Processing ")
_NOT_FOUND: Final = re.compile(r"No matching distribution found for (\S+)")
_UNREACHABLE: Final = re.compile(
    r"Failed to establish a new connection|Temporary failure in name resolution|Connection refused"
    r"|Connection timed out|Network is unreachable|Read timed out|ProxyError|SSLError|Max retries exceeded"
)
_LONGEST: Final = 2_000
_RETRIES: Final = "2"  # at least one, for pip tells of them alone that the index is out of reach
_PIP_SECONDS: Final = 60.0  # to look up one package, where it is to be said why it was refused


class MissingPipError(BundleError):
    """There is no pip in this Python."""


def fetch(needed: Declared, into: Path, *, links: Sequence[Path], say: Callable[[str], object]) -> list[Path]:
    """Bring the wheels of what a program needs, and of what those need, into a directory.

    Args:
        needed: what the program declares.
        into: the directory.
        links: directories of wheels, and wheels, to take them from; fetched are only those of none.
        say: told what goes on, a line each.

    Raises:
        MissingPipError: pip is not installed.
        NativeCodeError: a package has no wheel in pure Python.
        BundleError: pip found something wrong with what is needed.
        BrokenError: the index is out of reach.
    """
    if find_spec("pip") is None:
        raise MissingPipError(
            f"dependencies are fetched by pip, which {sys.executable} does not have: "
            f"{sys.executable} -m ensurepip"
        )
    offline = [part for link in links for part in ("--find-links", str(link.resolve()))]
    wanted = list(needed.requirements)
    if needed.source is not None and not wanted:
        wanted = ["--requirement", str(needed.source.resolve())]
    where = ["--no-index", *offline] if links else ["--retries", _RETRIES]
    code, said = _pip(
        ["download", "--dest", str(into), "--only-binary", ":all:", *_TARGET, *where, *wanted],
        needed.folder,
        say,
    )
    if code:
        raise _reason(said, links, needed.folder)
    return sorted(into.glob("*.whl"))


def _command(arguments: Sequence[str]) -> list[str]:
    # -P: the program's own files are no modules for pip
    return [
        *(
            sys.executable,
            "-P",
            guest_pip.__file__,
            "--disable-pip-version-check",
            "--no-input",
            "--no-color",
        ),
        *arguments,
    ]


def _pip(arguments: Sequence[str], folder: Path, say: Callable[[str], object]) -> tuple[int, str]:
    """Run pip; its exit code, and what it had to complain of."""
    with subprocess.Popen(  # noqa: S603 - this Python's own pip
        _command([*arguments, "--progress-bar", "off"]),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        complaints: list[str] = []
        reader = threading.Thread(target=lambda: complaints.extend(pip.stderr or ()))
        reader.start()
        try:
            for line in pip.stdout or ():
                if line.strip().startswith(_TOLD):
                    say(line.strip().partition(" (from ")[0])
        except BaseException:
            pip.kill()
            raise
        finally:
            reader.join()
        return pip.wait(), "".join(complaints)


def _reason(said: str, links: Sequence[Path], folder: Path) -> Exception:
    """Say why pip has failed."""
    if _UNREACHABLE.search(said):
        return BrokenError(
            "the package index is out of reach; try again, or put the wheels into a folder wheels/ beside "
            "the program"
        )
    missing = _NOT_FOUND.search(said)
    if missing is None:
        lines = [line for line in said.splitlines() if line.startswith("ERROR: ")] or said.splitlines()
        text = " ".join(line.removeprefix("ERROR: ").strip() for line in lines)[:_LONGEST]
        return BundleError(f"pip cannot give what the program needs: {text or 'it gave no reason'}")
    wanted = missing[1]
    name = normalized(re.split(r"[^A-Za-z0-9._-]", wanted, maxsplit=1)[0])
    native = _native_wheel(name, wanted, links, folder)
    if native is not None:
        return NativeCodeError(f"{wanted} has native code ({native}): {WHY}")
    if links:
        places = ", ".join(str(link) for link in links)
        return BundleError(
            f"{wanted} is not among the wheels of {places}, from which alone they are taken: put it there "
            f"(pip download {wanted})"
        )
    return BundleError(
        f"there is no wheel of {wanted} in pure Python for Python {PYTHON}: look for its name and version "
        "in the index, or make a wheel of it (pip wheel) and put it into a folder wheels/ beside the program"
    )


def _native_wheel(name: str, wanted: str, links: Sequence[Path], folder: Path) -> str | None:
    """A wheel of a package that is for some machine: its file's name."""
    if not links:
        return _native_in_index(wanted, folder)
    for link in links:
        for path in [link] if link.is_file() else sorted(link.glob("*.whl")):
            with contextlib.suppress(BundleError):
                if normalized(path.name.split("-")[0]) == name and native_tag(path):
                    return path.name
    return None


def _native_in_index(wanted: str, folder: Path) -> str | None:
    with tempfile.TemporaryDirectory(prefix="ww-build-") as scratch:
        report = Path(scratch, "report.json")
        arguments = ["install", "--dry-run", "--quiet", "--no-deps", "--ignore-installed"]
        arguments += ["--only-binary", ":all:", "--target", scratch, "--report", str(report), wanted]
        with contextlib.suppress(OSError, subprocess.SubprocessError, ValueError, LookupError, BundleError):
            subprocess.run(  # noqa: S603 - as above
                _command(arguments),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PIP_SECONDS,
                check=True,
            )
            url = json.loads(report.read_bytes())["install"][0]["download_info"]["url"]
            path = Path(str(url).rpartition("/")[2])
            return path.name if native_tag(path) else None
    return None
