"""What `ww` exits with; `docs/exit-codes.md` holds the same table, and a test compares the two.

0 to 255 belong to the guest wherever it ended by itself, as with `env`, `timeout` and every shell: a caller
that must tell a guest's own 124 from a deadline asks for the summary (`ww run --json`).
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["MEANINGS", "ExitCode", "markdown_table"]


class ExitCode(IntEnum):
    """The exit codes that `ww` itself gives."""

    OK = 0
    FAILED = 1
    USAGE = 2
    DEADLINE = 124
    LIMIT = 125
    NOT_RUNNABLE = 126
    NOT_FOUND = 127
    HANGUP = 129
    INTERRUPTED = 130
    TRAPPED = 134
    KILLED = 137
    TERMINATED = 143


MEANINGS: dict[ExitCode, str] = {
    ExitCode.OK: "the command succeeded; with `ww run`: the guest ended with 0",
    ExitCode.FAILED: "another failure: a lost node, a file that cannot be written, an error of wetware's own",
    ExitCode.USAGE: "the command line is wrong: an unknown option, a value that cannot be read",
    ExitCode.DEADLINE: "the guest was ended by its `--deadline`",
    ExitCode.LIMIT: "the guest was ended by another limit: memory, CPU, output, children, descriptors",
    ExitCode.NOT_RUNNABLE: "the file is there, but cannot be read, or is or holds no program that runs",
    ExitCode.NOT_FOUND: "there is no such file, or no such process",
    ExitCode.HANGUP: "the terminal hung up (SIGHUP), and the guest was killed",
    ExitCode.INTERRUPTED: "Ctrl-C (SIGINT), and the guest was killed",
    ExitCode.TRAPPED: "the guest trapped: `unreachable`, out of bounds, stack overflow, division by zero …",
    ExitCode.KILLED: "the guest was killed, by somebody else than this terminal",
    ExitCode.TERMINATED: "SIGTERM, and the guest was killed",
}


def markdown_table() -> str:
    """Return the table of `docs/exit-codes.md`."""
    rows = [f"| {code.value} | {MEANINGS[code]} |" for code in ExitCode]
    return "\n".join(
        ["| code | meaning |", "| ---: | --- |", *rows, "| any other | the guest's own exit code |"]
    )
