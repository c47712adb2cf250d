"""The program that compiles one module and ends; `compiling.py` starts it.

Compiling a large module takes minutes and gigabytes and cannot be interrupted, so it is done where it can
be killed.

Input: the arguments COMPILER (a function's dotted name, `package.module:function`, bytes to bytes), OUTPUT
(an existing file, which gets the result), ADDRESS_BYTES and CPU_SECONDS (the limits; 0 is none), and on
standard input the size of the bytecode (8 bytes, the lowest first) and the bytecode. Standard input stays
open after that: when it ends, the parent is gone, and so is this. Output: exit code 0; or 1 with what the
compiler has against the module on standard error; or `OUT_OF_MEMORY`.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OUT_OF_MEMORY", "main"]

OUT_OF_MEMORY = 3
_PARENT_GONE = 4
_NO_COMPILER = 5


def main(arguments: list[str]) -> int:
    """Compile; returns the exit code."""
    compiler, output, address_bytes, cpu_seconds = arguments
    _limit(int(address_bytes), int(cpu_seconds))
    try:
        compile_ = _function(compiler)
    except (ImportError, AttributeError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is how the parent is told
        return _NO_COMPILER
    try:
        bytecode = _read(int.from_bytes(_read(8), "little"))
        threading.Thread(target=_end_with_parent, daemon=True).start()
        Path(output).write_bytes(compile_(bytecode))
    except MemoryError:
        return OUT_OF_MEMORY
    except EOFError:
        return _PARENT_GONE
    except Exception as error:  # noqa: BLE001 - whatever the compiler has against the module
        print(error, file=sys.stderr)  # noqa: T201 - this is how the parent is told
        return 1
    return 0


def _limit(address_bytes: int, cpu_seconds: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)  # the node's own work comes first
    try:
        import resource
    except ImportError:  # not a Unix: the parent's deadline is the only limit
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for what, wanted in ((resource.RLIMIT_AS, address_bytes), (resource.RLIMIT_CPU, cpu_seconds)):
        _, hard = resource.getrlimit(what)
        if wanted and (hard == resource.RLIM_INFINITY or wanted < hard):
            resource.setrlimit(what, (wanted, hard))  # the soft one: its signal says which limit it was


def _read(size: int) -> bytes:
    data = sys.stdin.buffer.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _end_with_parent() -> None:
    sys.stdin.buffer.read(1)
    os._exit(_PARENT_GONE)


def _function(name: str) -> Callable[[bytes], bytes]:
    module, _, function = name.partition(":")
    return cast("Callable[[bytes], bytes]", getattr(importlib.import_module(module), function))


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)  # the watching thread holds standard input, which an orderly end would wait for
