"""Output of programs that run elsewhere, on its way to this terminal, pipe or file.

Rules that hold here:

1. What goes to a terminal passes the filter of `terminal.py`, unless the user asked for it raw.
2. Of several programs each line stands alone, behind the name of its program; a line that does not end is
   held back, up to `LONGEST_LINE` bytes (test_lines_do_not_mix).
"""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

    from wetware.cli.terminal import EscapeFilter

__all__ = ["LONGEST_LINE", "Destination", "filtered"]

LONGEST_LINE: Final = 16 << 10


def filtered(stream: BinaryIO) -> EscapeFilter | None:
    """The filter for what goes to a stream: only a terminal, or another device, needs one."""
    try:
        if not stat.S_ISCHR(os.fstat(stream.fileno()).st_mode):
            return None
    except OSError:
        return None
    from wetware.cli.terminal import EscapeFilter

    return EscapeFilter(sys.stdout.encoding)


class Destination:
    """Where one program's stream goes.

    Args:
        stream: where to.
        raw: let escape sequences through.
        label: stands before each line; empty where the program is the only one.
    """

    __slots__ = ("_clean", "_label", "_rest", "_stream")

    def __init__(self, stream: BinaryIO, *, raw: bool = False, label: str = "") -> None:
        self._stream = stream
        self._clean = None if raw else filtered(stream)
        self._label = label.encode()
        self._rest = b""

    def write(self, content: bytes) -> None:
        """Show what has come."""
        if self._clean is not None:
            content = self._clean.feed(content)
        if self._label:
            *lines, self._rest = (self._rest + content).split(b"\n")
            content = b"".join([self._label + line + b"\n" for line in lines])
            if len(self._rest) > LONGEST_LINE:
                content += self._label + self._rest + b"\n"
                self._rest = b""
        self._stream.write(content)
        self._stream.flush()

    def close(self) -> None:
        """Show what was held back."""
        rest = b"" if self._clean is None else self._clean.close()
        self._rest += rest if self._label else b""
        if self._rest:
            rest = self._label + self._rest + b"\n"
        if rest:
            self._stream.write(rest)
            self._stream.flush()
        self._rest = b""
