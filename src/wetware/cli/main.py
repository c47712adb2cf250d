"""The entry point of `ww`: from the command line to an exit code, with no traceback on the way.

Rules that hold here:

1. Whatever happens, the user sees one message that says what happened and what to do, and gets a documented
   exit code (`exit_codes.py`). Ctrl-C is 130 from the first moment on: everything else is imported inside.
2. Start-up time is a feature: a command imports what it needs when it is called, `--help` imports no command.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code.

    Args:
        arguments: the words after `ww`; those of this process if None.
    """
    try:
        from wetware.cli.app import run_command_line

        code = run_command_line(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
