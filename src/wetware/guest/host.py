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
        def exchange(self, content: str, interest: int, timeout: int) -> str: ...

    _host = _Host()
else:
    from wit_world.imports import host as _host

__all__ = [
    "CHANNEL",
    "READABLE",
    "REFUSED",
    "STDIN",
    "STDIN_READABLE",
    "WRITABLE",
    "end",
    "exchange",
    "read",
    "wait",
    "write",
]

STDIN: Final = 0
CHANNEL: Final = 3
"""The descriptor of the stream to the host; it has that number for the event loop alone."""

READABLE: Final = 1
WRITABLE: Final = 2
STDIN_READABLE: Final = 4
REFUSED: Final = 8


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


def exchange(content: bytes | bytearray, interest: int, seconds: float | None) -> tuple[int, bytes]:
    """Write all of it, sleep as `wait` does, and read: all in one crossing to the host.

    Returns:
        What can be done, `REFUSED` where the content was not taken and nothing else was done; and what was
        read, empty at the end, where `READABLE` is of that.
    """
    answer = _host.exchange(
        str(content, "latin-1"), interest, -1 if seconds is None else max(0, int(seconds * 1e9))
    )
    return ord(answer[0]), answer[1:].encode("latin-1")
