"""The interpreter in which Python programs run: the component's `run`, and what it keeps from its building.

This file is executed twice over: once when the component is built, in the interpreter that then becomes a
snapshot; and `Python.run` in each process, which begins with that snapshot.

Rules that hold here:

1. The standard library and the SDK are compiled at the building and kept as code in the snapshot: a
   process has no file system, and needs none to import them.
2. What differs between processes is not made at the building: `random` is seeded at the start, time is
   read there. (The seed of `hash` cannot be changed later; it is the same in all processes.)
3. What a program leaves behind at its end is what it would have left in any Python: exit code, traceback
   on standard error, exit functions run, streams flushed.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import marshal
import os
import sys
from collections.abc import Iterator
from types import CodeType, ModuleType
from typing import Any

import wit_world  # type: ignore[import-not-found]  # made when the component is built

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib is for those who need it
SDK = "wetware"

# Nothing of these can work in a sandbox, or is for building Python itself.
LEFT_OUT = (
    *("test", "idlelib", "tkinter", "lib2to3", "ensurepip", "turtledemo", "__pycache__", "pydoc_data"),
    *("site-packages", "curses", "config-", "_pyrepl"),
)


def _collect(root: str, prefix: str, optimize: int) -> dict[str, tuple[bool, bytes]]:
    """All modules under a directory: whether each is a package, and its code."""
    found = {}
    for directory, below, files in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith(LEFT_OUT))
        for file in sorted(files):
            if not file.endswith(".py") or file.startswith(LEFT_OUT):
                continue
            path = os.path.join(directory, file)  # noqa: PTH118 - as above
            parts = [prefix, *os.path.relpath(path, root)[:-3].split("/")]
            package = parts[-1] == "__init__"
            name = ".".join(part for part in (parts[:-1] if package else parts) if part)
            with open(path, "rb") as source:  # noqa: PTH123 - as above
                try:
                    code = compile(
                        source.read(),
                        "/".join(filter(None, parts)) + ".py",
                        "exec",
                        dont_inherit=True,
                        optimize=optimize,
                    )
                except (SyntaxError, ValueError):  # files of the library that are made wrong on purpose
                    continue
            found[name] = package, marshal.dumps(code)
    return found


class _Kept(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports what was collected at the building."""

    def __init__(self) -> None:
        # `os` itself is frozen and does not tell where the library is
        library = os.path.dirname(os.path.dirname(json.__file__))  # noqa: PTH120 - as above
        self.modules = _collect(library, "", 1)
        if "decimal" not in self.modules:
            raise RuntimeError(f"there is no standard library in {library}")
        self.modules |= _collect(os.path.join(HERE, SDK), SDK, 0)  # noqa: PTH118 - as above

    def find_spec(
        self, fullname: str, _path: object = None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        found = self.modules.get(fullname)
        if found is None:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=found[0], origin="snapshot")

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = marshal.loads(self.modules[fullname][1])  # noqa: S302 - our own, from the building
        return code

    def get_source(self, _fullname: str) -> None:
        """There is none: the snapshot holds code alone."""

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        exec(self.get_code(module.__spec__.name), module.__dict__)  # noqa: S102 - this is what importing is


KEPT = _Kept()
sys.meta_path.append(KEPT)

# What most programs import is imported at the building, so that it is there at once. Where that draws
# `random` in, whose state would be the same in every process, it is seeded anew (`_fresh_start`).
import asyncio  # noqa: E402, F401
import collections  # noqa: E402, F401
import contextlib  # noqa: E402, F401
import dataclasses  # noqa: E402, F401
import enum  # noqa: E402, F401
import functools  # noqa: E402, F401
import inspect  # noqa: E402, F401
import io  # noqa: E402
import linecache  # noqa: E402, F401
import logging  # noqa: E402
import pathlib  # noqa: E402, F401
import re  # noqa: E402, F401
import struct  # noqa: E402, F401
import time  # noqa: E402
import typing  # noqa: E402, F401
import warnings  # noqa: E402, F401

import wetware.guest.session  # noqa: E402, F401 - 70 ms, which no process has to spend
from wetware.guest import loop  # noqa: E402
from wetware.guest.runner.report import report, watch_warnings  # noqa: E402

_HERE_IN_TRACEBACKS = _collect.__code__.co_filename

loop.install()
watch_warnings()


class _Program(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports the program's own modules from the files that it came with."""

    def __init__(self, files: dict[str, bytes], main: str, name: str) -> None:
        self.files = files
        self.main = main
        self.name = name

    def _path(self, fullname: str) -> tuple[str, bool] | None:
        if fullname == "__main__":
            return self.main, False
        base = fullname.replace(".", "/")
        for path, package in ((f"{base}/__init__.py", True), (f"{base}.py", False)):
            if path in self.files:
                return path, package
        if any(path.startswith(f"{base}/") for path in self.files):
            return "", True  # a namespace package
        return None

    def _shown(self, path: str) -> str:
        """What a file is called in tracebacks: by the program's name, and below it where that is a folder."""
        return self.name if len(self.files) == 1 else f"{self.name}/{path}"

    def find_spec(
        self, fullname: str, _path: object = None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        found = self._path(fullname)
        if found is None:
            return None
        path, package = found
        spec = importlib.machinery.ModuleSpec(
            fullname, self, origin=self._shown(path) if path else None, is_package=package
        )
        spec.has_location = bool(path)
        if package:
            spec.submodule_search_locations = [self._shown(fullname.replace(".", "/"))]
        return spec

    def get_source(self, fullname: str) -> str:
        found = self._path(fullname)
        if found is None:
            raise ImportError(f"this program has no module {fullname}", name=fullname)
        return importlib.util.decode_source(self.files[found[0]]) if found[0] else ""

    def get_code(self, fullname: str) -> CodeType:
        found = self._path(fullname)
        if found is None:
            raise ImportError(f"this program has no module {fullname}", name=fullname)
        source = self.files[found[0]] if found[0] else b""
        code: CodeType = compile(source, self._shown(found[0]), "exec", dont_inherit=True)
        return code

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        exec(self.get_code(module.__spec__.name), module.__dict__)  # noqa: S102 - this is what importing is

    def get_data(self, path: str) -> bytes:
        """A file of the program, for `pkgutil.get_data`."""
        inner = path.removeprefix(f"{self.name}/")
        if inner not in self.files:
            raise FileNotFoundError(f"this program has no file {inner}")
        return self.files[inner]

    def get_resource_reader(self, fullname: str) -> object:
        """For `importlib.resources`."""
        from wetware.guest.runner.resources import FilesReader

        return FilesReader(self.files, fullname.replace(".", "/"))

    def find_distributions(self, context: Any = None) -> Iterator[Any]:
        """For `importlib.metadata`."""
        from wetware.guest.runner.distributions import distributions

        return distributions(self.files, context.name if context is not None else None)


def _fresh_start() -> None:
    """Make what the building has left behind this process's own."""
    # The builder leaves a stdout without a buffer, which loses what the host does not take at once. Each line
    # is seen at once, by whoever reads along and when the process is killed.
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(1, "w", closefd=False)),
        encoding="utf-8",
        errors="surrogateescape",
        line_buffering=True,
    )
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False)),
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=True,
    )
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr  # type: ignore[misc]  # for this process, they are final
    sys.path[:] = []  # nothing of the machine that the component was built on
    if (random := sys.modules.get("random")) is not None:
        random.seed()
    logging._startTime = time.time_ns()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way


def _exit_code(end: SystemExit) -> int:
    if end.code is None:
        return 0
    if isinstance(end.code, int):
        return end.code & 0xFFFF_FFFF
    print(end.code, file=sys.stderr)  # noqa: T201 - what Python does with any other value
    return 1


class WitWorld(wit_world.WitWorld):  # type: ignore[misc]  # of the module above
    """What the component shows."""

    def run(self, files: list[tuple[str, str]], main: str, name: str) -> tuple[int, bool]:
        """Run a program to its end; its exit code, and whether it ended for want of memory."""
        import atexit

        _fresh_start()
        loader = _Program({path: content.encode("latin-1") for path, content in files}, main, name)
        sys.meta_path.insert(sys.meta_path.index(KEPT), loader)
        module = ModuleType("__main__")
        module.__file__ = loader._shown(main)  # noqa: SLF001 - its own file
        module.__loader__ = loader
        sys.modules["__main__"] = module
        code, starved = 0, False
        try:
            exec(loader.get_code("__main__"), module.__dict__)  # noqa: S102 - this is what it is for
        except SystemExit as end:
            code = _exit_code(end)
        except BaseException as error:  # noqa: BLE001 - whatever a program ends with
            code, starved = 1, isinstance(error, MemoryError)
            report(error, loader.files, _HERE_IN_TRACEBACKS)
        atexit._run_exitfuncs()  # noqa: SLF001 - the interpreter itself does not end here
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):  # closed by the program, or by whoever read it
                code = code or 1
        return code, starved


# Collecting garbage writes to every object that it looks at. Those of the snapshot are never looked at, so
# that processes share their pages: one that has collected has 3.3 MB of its own in place of 9.
gc.collect()
gc.freeze()
