"""Wheels: packages for Python, of which a bundle takes those in pure Python.

Rules that hold here:

1. Nothing of a package is run: a wheel is an archive, and is unpacked. What it wants installed elsewhere
   than beside its modules (scripts, headers, data) is left out.
2. A wheel with code for a machine is refused, by what its name says and by what is in it.
3. Two files of one name are one file or an error: never a silent choice.

Source: the binary distribution format (packaging.python.org), its file names and its `.data` folders.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wetware.errors import LimitError
from wetware.wasm.python.bundle import MAX_BYTES, MAX_FILES, BundleError, check_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["PYTHON", "NativeCodeError", "Wheel", "merge", "native_tag", "normalized", "read_wheel"]

PYTHON: Final = "3.14"
"""The Python that programs run in."""

_MACHINE: Final = re.compile(r"\.(so|pyd|dylib|dll|a|o)(\.\d+)*$")
_DROPPED: Final = frozenset(
    {"RECORD", "RECORD.jws", "RECORD.p7s", "INSTALLER", "REQUESTED", "direct_url.json"}
)
_BESIDE: Final = ("purelib", "platlib")
WHY: Final = (
    "programs run in a WebAssembly sandbox, which loads no code of this machine: take another version or "
    "package that is pure Python"
)


class NativeCodeError(BundleError):
    """A package holds code that was compiled for a machine."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package, unpacked.

    Attributes:
        name, version: as its file is called.
        sha256: of the file, in hexadecimal.
        files: what goes into a bundle, by name.
    """

    name: str
    version: str
    sha256: str
    files: dict[str, bytes]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def normalized(name: str) -> str:
    """A package's name as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _parts(path: Path) -> tuple[str, str, str, str, str]:
    parts = path.name.removesuffix(".whl").split("-")
    if not path.name.endswith(".whl") or len(parts) not in {5, 6}:
        raise BundleError(
            f"{path.name} is not named as wheels are (NAME-VERSION-py3-none-any.whl); fetch it again"
        )
    return parts[0], parts[1], parts[-3], parts[-2], parts[-1]


def native_tag(path: Path) -> str:
    """The machine that a wheel is for, by its name; empty where it is for any."""
    _, _, _, abi, platform = _parts(path)
    return "" if platform == "any" and abi == "none" else platform if platform != "any" else abi


def read_wheel(path: Path) -> Wheel:
    """Unpack a wheel.

    Raises:
        NativeCodeError: it holds code for a machine.
        BundleError: it cannot be read, or is for another Python.
        LimitError: larger than any bundle.
    """
    name, version, python, _, _ = _parts(path)
    tag = native_tag(path)
    if tag:
        raise NativeCodeError(f"{name} {version} has native code (for {tag}): {WHY}")
    if not any(each.startswith(("py3", "cp3")) for each in python.split(".")):
        raise BundleError(f"{name} {version} is for Python 2 ({path.name}); programs run in Python {PYTHON}")
    try:
        content = path.read_bytes()
        files = _unpack(content)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BundleError(f"{path.name} cannot be read: {error}; fetch it again") from None
    except OSError as error:
        raise BundleError(f"{path.name} cannot be read: {error.strerror}") from None
    machine = next((inner for inner in sorted(files) if _MACHINE.search(inner)), None)
    if machine is not None:
        raise NativeCodeError(f"{name} {version} has native code ({machine}): {WHY}")
    return Wheel(name, version, hashlib.sha256(content).hexdigest(), files)


def _unpack(content: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        size = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_FILES or size > MAX_BYTES:
            raise LimitError(
                f"a wheel holds {len(entries)} files and {size} bytes; a bundle may have {MAX_FILES} and "
                f"{MAX_BYTES}",
                limit="bundle-bytes",
                used=size,
                allowed=MAX_BYTES,
            )
        for entry in entries:
            check_name(entry.filename)
            name = _place(entry.filename)
            if name is not None:
                with archive.open(entry) as file:
                    files[name] = file.read(entry.file_size + 1)
    return files


def _place(name: str) -> str | None:
    """Where a file of a wheel stands in a bundle; None for what stays out."""
    top, _, rest = name.partition("/")
    if top.endswith(".data"):
        scheme, _, inner = rest.partition("/")
        return inner if scheme in _BESIDE and inner else None
    if top.endswith(".dist-info") and rest in _DROPPED:
        return None
    return None if "__pycache__/" in name or name.endswith(".pyc") else name


def merge(program: Mapping[str, bytes], wheels: Iterable[Wheel]) -> dict[str, bytes]:
    """The files of a program and of the packages that it uses, as one.

    Raises:
        BundleError: two of them have the same file, or the program's own module hides a package.
    """
    files = dict(program)
    own = {module for name in program if (module := _module(name)) not in {None, "__main__"}}
    owner: dict[str, Wheel] = {}
    for wheel in sorted(wheels, key=lambda each: normalized(each.name)):
        for name, content in wheel.files.items():
            hidden = _module(name)
            if hidden in own:
                raise BundleError(
                    f"the program's own {hidden} hides the module of that name in {wheel}: rename it"
                )
            if files.get(name, content) != content:
                other = owner.get(name, "the program")
                raise BundleError(f"{other} and {wheel} both have the file {name}: leave one of them out")
            files[name] = content
            owner[name] = wheel
    return files


def _module(name: str) -> str | None:
    """The module or package at the top that a file makes, where it makes one."""
    top, slash, rest = name.partition("/")
    if not slash:
        return top[:-3] if top.endswith(".py") else None
    return top if rest == "__init__.py" else None
