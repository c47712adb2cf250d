"""The host's functions, as a Python guest calls them (`runner/guest.wit`).

Importing this file outside a guest fails: there is no host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:

    class _Host:
        def reads(self, limit: int) -> str | None: ...
        def writes(self, content: str) -> int: ...
        def ends(self) -> None: ...
        def wait(self, interest: int, timeout: int | None) -> int: ...

    _host = _Host()
else:
    from wit_world.imports import host as _host

__all__ = ["CHANNEL", "READABLE", "STDIN", "STDIN_READABLE", "WRITABLE", "end", "read", "wait", "write"]

STDIN: Final = 0
CHANNEL: Final = 3
"""The descriptor of the stream to the host; it has that number for the event loop alone."""

READABLE: Final = 1
WRITABLE: Final = 2
STDIN_READABLE: Final = 4


def read(limit: int) -> bytes | None:
    """At most so many of the bytes that have come; empty at the end, None where there are none yet."""
    content = _host.reads(limit)
    return None if content is None else content.encode("latin-1")


def write(content: bytes | bytearray | memoryview) -> int:
    """How many of the bytes were taken: 0 where there is no room now.

    Raises:
        BrokenPipeError: the host takes no more.
    """
    taken = _host.writes(str(content, "latin-1"))
    if taken < 0:
        raise BrokenPipeError("the host has closed the channel")
    return taken


def end() -> None:
    """Say that nothing more will be written."""
    _host.ends()


def wait(interest: int, seconds: float | None) -> int:
    """Sleep until something of `interest` can be done, or so long; what can be done."""
    return _host.wait(interest, None if seconds is None else max(0, int(seconds * 1e9)))
