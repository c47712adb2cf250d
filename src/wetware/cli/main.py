"""The entry point of `ww`: from the command line to an exit code, with no traceback on the way.

Rules that hold here:

1. Whatever happens, the user sees one message that says what happened and what to do, and gets a documented
   exit code (`exit_codes.py`). Ctrl-C is 130 from the first moment on: everything else is imported inside.
2. Start-up time is a feature: a command imports what it needs when it is called, `--help` imports no command.
3. Descriptors 0, 1 and 2 are open whatever the caller closed: otherwise the next file that is opened would
   become a guest's output.
4. Whatever lives longer than its scope (a node, its threads, a file) is closed by the command that opened it:
   nothing is left to the interpreter's own end, which is skipped.
"""

from __future__ import annotations

import gc
import io
import os
import sys

__all__ = ["main"]

GC_THRESHOLD = 50_000
"""Allocations between two collections: importing makes 100,000s of objects and next to no garbage."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code.

    Args:
        arguments: the words after `ww`; those of this process if None.
    """
    gc.set_threshold(GC_THRESHOLD)
    try:
        prepare_streams()
        from wetware.cli.app import run_command_line

        code = run_command_line(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        code = 130
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, KeyboardInterrupt):
        code = code or 1  # the reader of the output has gone, and with it whoever could be told
    # taking the interpreter apart object by object would cost a tenth of the whole time of a short run
    os._exit(code)


def prepare_streams() -> None:
    """Open the null device in place of a closed standard stream; write what cannot be encoded as escapes."""
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != descriptor:
                os.dup2(null, descriptor)
                os.close(null)
            setattr(sys, name, open(descriptor, "w" if descriptor else "r", encoding="utf-8"))  # noqa: PTH123, SIM115  # a descriptor, for as long as the process lives
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
