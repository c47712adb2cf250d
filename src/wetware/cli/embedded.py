"""One program on a node of its own, for as long as a command of the shell lives.

Rules that hold here:

1. The first signal kills the guest at once, and everything is closed in order; the second one, or `PATIENCE`
   seconds without an end, ends this process where it stands.
2. A signal before the guest exists stops the loading: nothing was run then.
3. What a guest writes to a terminal passes the filter of `terminal.py`, unless the user asked for it raw.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode
from wetware.cli.interrupts import SIGNALS, Interrupts, interruptible
from wetware.cli.loading import INSPECT, loading
from wetware.cli.results import Block, Text
from wetware.cli.units import format_duration, format_size
from wetware.errors import LimitError
from wetware.process.reasons import Exited, Limit, Trapped
from wetware.wasm.wasi.abi import FILETYPE_CHARACTER_DEVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wetware import Node, Process, Program
    from wetware.cli.options import Grant
    from wetware.process.reasons import ExitReason
    from wetware.wasm.shared_output import SharedOutput

__all__ = ["RunRequest", "RunResult", "hint_for", "run_embedded"]

_SOURCES = frozenset({".c", ".cc", ".cpp", ".cxx", ".go", ".zig"})
_PYTHON = frozenset({".py", ".pyz"})


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What to run, and what it is given.

    Attributes:
        program: the file, or the bytes of the program.
        name: what the guest is told as its own name (`argv[0]`).
        arguments: the words after it.
        environment: all the variables that the guest has.
        grants: the directories that the guest has.
        limits: by the names of `wetware.Limits`; what is absent has its default.
        stdin: whether the guest reads this process's stdin.
        raw_output: whether its output reaches a terminal unfiltered.
        executor: whether its session holds an executor; "all" for one of the whole node.
        trace: told every message of its connection, one line each.
    """

    program: Path | bytes
    name: str
    arguments: Sequence[str] = ()
    environment: dict[str, str] = field(default_factory=dict)
    grants: Sequence[Grant] = ()
    limits: dict[str, int | float] = field(default_factory=dict)
    stdin: bool = False
    raw_output: bool = False
    executor: bool | Literal["all"] = False
    trace: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """How the process ended.

    Attributes:
        name: the program's name.
        exit_code: what `ww` exits with.
        reason: why it ended, in words.
        summary: all that is known about it, ready for JSON.
        quiet: whether the end goes without saying (the guest ended by itself, with a code a shell can hold).
        hint: what may have been missing; empty where nothing is known of it.
    """

    name: str
    exit_code: int
    reason: str
    summary: dict[str, object]
    quiet: bool
    hint: str = ""
    stream: Literal["stdout", "stderr"] = "stderr"

    def blocks(self) -> Sequence[Block]:
        """Return a line about an end that the user would wonder about; nothing where the guest just ended."""
        said = [] if self.quiet else [Text(f"ww: {self.name}: {self.reason}")]
        return [*said, Text(f"hint: {self.hint}")] if self.hint else said

    def to_json(self) -> dict[str, object]:
        """Return the summary; its keys are listed in docs/run.md."""
        return self.summary


def _clean(stream: SharedOutput) -> Callable[[bytes], bytes] | None:
    """Make the filter for what one process writes to a stream: only a terminal needs one."""
    if stream.filetype != FILETYPE_CHARACTER_DEVICE:
        return None
    from wetware.cli.terminal import EscapeFilter

    return EscapeFilter(sys.stdout.encoding).feed


async def run_embedded(
    request: RunRequest, *, on_slow: Callable[[], object], on_loaded: Callable[[], object]
) -> RunResult:
    """Run the program to its end on a node that lives as long.

    Args:
        request: what to run.
        on_slow: called when compiling takes longer than the node's patience (half a second).
        on_loaded: called when the program is about to start.

    Raises:
        CommandError: it cannot be run (126, 127), or a signal came before it ran.
        WetwareError: the node failed.
    """
    return await interruptible(lambda interrupts: _load_and_run(request, interrupts, on_slow, on_loaded))


async def _load_and_run(
    request: RunRequest,
    interrupts: Interrupts,
    on_slow: Callable[[], object],
    on_loaded: Callable[[], object],
) -> RunResult:
    from wetware import Node

    async with Node(clean=None if request.raw_output else _clean) as node:
        began = time.perf_counter()
        with loading(request.name, lambda: hint_for(request)):
            program = await node.load(request.program, on_slow=on_slow)
        loaded = time.perf_counter()
        on_loaded()
        process = await _spawn(node, program, request)
        interrupts.on_first = process.kill
        reason = await process.monitor()
        ended = time.perf_counter()
        info = process.info()
    status = int(SIGNALS[interrupts.received]) if interrupts.received else reason.exit_status
    words = _in_words(reason)
    return RunResult(
        name=request.name,
        exit_code=status,
        reason=words,
        summary={
            "program": request.name,
            "cid": str(program.cid),
            "pid": process.pid,
            "exit_code": status,
            "code": reason.wait_code,
            "reason": {**reason.to_dict(), "text": words},
            "seconds": {"load": loaded - began, "run": ended - loaded, "cpu": info.cpu},
            "bytes": {"memory": info.memory, "output": info.output},
        },
        quiet=interrupts.received is not None or reason.wait_code == reason.exit_status,
        hint=_missing(request, process, program, reason),
    )


def _missing(request: RunRequest, process: Process, program: Program, reason: ExitReason) -> str:
    """Say what a program that failed had not been granted, if it has asked for its session.

    A Python program's interpreter says it, where it knows that it was that.
    """
    failed = isinstance(reason, Trapped) or (isinstance(reason, Exited) and reason.code != 0)
    asked = process.connection is not None and process.connection.asked
    if not (failed and asked) or request.executor or program.explains:
        return ""
    return "it asked for its session, which holds no executor: --grant executor gives it one"


def hint_for(request: RunRequest) -> str:
    """Say what helps with a program that cannot be run."""
    program = request.program
    if not isinstance(program, bytes):
        if program.suffix in _SOURCES or (program.is_dir() and (program / "go.mod").exists()):
            return f"ww build {program} makes a program of it"
        if program.is_dir() and not (program / "__main__.py").exists():
            return "ww new makes a folder that can be run"
        if program.is_dir() or program.suffix in _PYTHON:
            return ""  # the message has it all
    return INSPECT


async def _spawn(node: Node, program: Program, request: RunRequest) -> Process:
    from wetware import Dir, Limits

    try:
        return await node.spawn(
            program,
            args=list(request.arguments),
            name=request.name,
            env=request.environment,
            dirs=[Dir(grant.host, grant.guest, writable=grant.writable) for grant in request.grants],
            limits=Limits(**request.limits),  # type: ignore[arg-type]  # the options' types are the limits'
            stdin="inherit" if request.stdin else "closed",
            executor=request.executor,
            trace=request.trace,
        )
    except LimitError as problem:
        raise CommandError(f"{request.name}: {problem}", exit_code=ExitCode.LIMIT) from None


def _in_words(reason: ExitReason) -> str:
    """Say why it ended; limits in the units of the command line."""
    if not isinstance(reason, Limit) or reason.allowed is None:
        return str(reason)
    unit: Callable[[float], str] = {
        "deadline": format_duration,
        "cpu": format_duration,
        "memory": format_size,
        "node-memory": format_size,
        "output": format_size,
    }.get(reason.which, "{:g}".format)
    used = "" if reason.used is None or reason.used <= reason.allowed else f" (used {unit(reason.used)})"
    return f"reached its {reason.which} limit of {unit(reason.allowed)}{used}"
