"""The program that compiles modules, one after another; `compiling.py` starts it and talks with it.

Compiling a module can take minutes and gigabytes and cannot be interrupted, so it is done where it can be
killed.

Input: requests on standard input, each a header (`REQUEST`: the bytecode's size, the most bytes of address
space and seconds of CPU, 0 for no limit, and two lengths), the compiler (a function's dotted name,
`package.module:function`, bytes to bytes), the output (the path of an existing file, which gets the result)
and the bytecode. When standard input ends, the parent is gone, and so is this, whatever it does.
Output: for each request a header (`REPLY`: a code, a length) and a message on standard output. The code is
`COMPILED`, or `REFUSED` with what the compiler has against the module; after any other there is no further
request.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import struct
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["COMPILED", "MOST_MESSAGE", "NO_COMPILER", "OUT_OF_MEMORY", "REFUSED", "REPLY", "REQUEST", "main"]

REQUEST = struct.Struct("<QQQII")
REPLY = struct.Struct("<BI")
MOST_MESSAGE = 64 * 1024
"""Bytes of a message."""

COMPILED = 0
REFUSED = 1
OUT_OF_MEMORY = 3
PARENT_GONE = 4
NO_COMPILER = 5

_Request = tuple[int, int, str, str, bytes]


def main() -> None:
    """Carry out requests until the parent is gone."""
    replies = os.dup(1)
    os.dup2(2, 1)  # what a compiler prints is no reply
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)  # the node's own work comes first
    requests: SimpleQueue[_Request] = SimpleQueue()
    threading.Thread(target=_receive, args=(requests,), daemon=True).start()
    while True:
        code, message = _carry_out(*requests.get())
        text = message.encode(errors="replace")[:MOST_MESSAGE]
        os.write(replies, REPLY.pack(code, len(text)) + text)


def _carry_out(
    address_bytes: int, cpu_seconds: int, compiler: str, output: str, bytecode: bytes
) -> tuple[int, str]:
    _limit(address_bytes, cpu_seconds)
    try:
        compile_ = _function(compiler)
    except (ImportError, AttributeError) as error:
        return NO_COMPILER, str(error)
    try:
        Path(output).write_bytes(compile_(bytecode))
    except MemoryError:
        return OUT_OF_MEMORY, ""
    except Exception as error:  # noqa: BLE001 - whatever the compiler has against the module
        return REFUSED, str(error)
    return COMPILED, ""


def _limit(address_bytes: int, cpu_seconds: int) -> None:
    try:
        import resource
    except ImportError:  # not a Unix: the parent's deadline is the only limit
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime) + cpu_seconds if cpu_seconds else 0
    for what, wanted in ((resource.RLIMIT_AS, address_bytes), (resource.RLIMIT_CPU, until)):
        _, hard = resource.getrlimit(what)
        if not wanted or (hard != resource.RLIM_INFINITY and wanted > hard):
            wanted = hard  # noqa: PLW2901 - the system's own limit stands
        resource.setrlimit(what, (wanted, hard))  # the soft one: its signal says which limit it was


def _receive(requests: SimpleQueue[_Request]) -> None:
    try:
        while True:
            size, address_bytes, cpu_seconds, *lengths = REQUEST.unpack(_read(REQUEST.size))
            compiler, output = (os.fsdecode(_read(length)) for length in lengths)
            requests.put((address_bytes, cpu_seconds, compiler, output, _read(size)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except EOFError:
        os._exit(PARENT_GONE)


def _read(size: int) -> bytes:
    data = sys.stdin.buffer.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _function(name: str) -> Callable[[bytes], bytes]:
    module, _, function = name.partition(":")
    return cast("Callable[[bytes], bytes]", getattr(importlib.import_module(module), function))


if __name__ == "__main__":
    main()
