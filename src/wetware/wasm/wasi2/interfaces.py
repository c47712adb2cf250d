"""All interfaces that a component may import, and what stands behind each name.

Rules that hold here:

1. Nothing that is not in this table is given. An interface is known by its package and name; of `wasi`
   ones, any version 0.2.x is met, since those are compatible with one another.
2. A function of a known interface that has no entry cannot be reached by a guest that holds only what it
   was given (methods of sockets, which cannot be made): calling it ends the process.
3. Everything is ours. Wasmtime's own WASI 0.2 cannot be mixed in: its functions on files insist on its own
   stream types, whose waiting can be neither ended nor paused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wetware.wasm.wasi2 import cli, clocks, filesystem, guest, io, resources, sockets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.wasm.component.hostcall import ComponentFunction, QuickFunction

__all__ = ["INTERFACES", "RESOURCES", "base_name"]

_NOTHING: Final[Mapping[str, ComponentFunction | QuickFunction]] = {}

INTERFACES: Final[Mapping[str, Mapping[str, ComponentFunction | QuickFunction]]] = {
    "wasi:io/poll": io.POLL,
    "wasi:io/error": io.ERRORS,
    "wasi:io/streams": io.STREAMS,
    "wasi:clocks/monotonic-clock": clocks.MONOTONIC,
    "wasi:clocks/wall-clock": clocks.WALL,
    "wasi:random/random": clocks.RANDOM,
    "wasi:random/insecure": clocks.INSECURE,
    "wasi:random/insecure-seed": clocks.INSECURE_SEED,
    "wasi:cli/environment": cli.ENVIRONMENT,
    "wasi:cli/exit": cli.EXIT,
    "wasi:cli/stdin": cli.STDIN,
    "wasi:cli/stdout": cli.STDOUT,
    "wasi:cli/stderr": cli.STDERR,
    "wasi:cli/terminal-input": _NOTHING,
    "wasi:cli/terminal-output": _NOTHING,
    "wasi:cli/terminal-stdin": cli.TERMINALS,
    "wasi:cli/terminal-stdout": cli.TERMINALS,
    "wasi:cli/terminal-stderr": cli.TERMINALS,
    "wasi:filesystem/types": filesystem.TYPES,
    "wasi:filesystem/preopens": filesystem.PREOPENS,
    "wasi:sockets/network": _NOTHING,
    "wasi:sockets/instance-network": sockets.INSTANCE_NETWORK,
    "wasi:sockets/tcp": _NOTHING,
    "wasi:sockets/tcp-create-socket": sockets.CREATE_TCP,
    "wasi:sockets/udp": _NOTHING,
    "wasi:sockets/udp-create-socket": sockets.CREATE_UDP,
    "wasi:sockets/ip-name-lookup": sockets.LOOKUP,
    "ww:guest/host": guest.HOST,
}

RESOURCES: Final[Mapping[str, int]] = {
    "pollable": resources.POLLABLE,
    "error": resources.ERROR,
    "input-stream": resources.INPUT_STREAM,
    "output-stream": resources.OUTPUT_STREAM,
    "terminal-input": resources.TERMINAL_INPUT,
    "terminal-output": resources.TERMINAL_OUTPUT,
    "network": resources.NETWORK,
    "descriptor": resources.DESCRIPTOR,
    "directory-entry-stream": resources.DIRECTORY_ENTRY_STREAM,
}
"""The types that these interfaces define, by name; of any other resource there is none to be had."""

_VERSIONED: Final = re.compile(r"(wasi:[a-z0-9-]+/[a-z0-9-]+)@0\.2(?:\.[0-9]+)?")


def base_name(name: str) -> str:
    """The table's name for what a component imports or exports; the name itself for another version."""
    match = _VERSIONED.fullmatch(name)
    return match[1] if match else name
