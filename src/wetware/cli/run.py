"""`ww run`: one program as a process on a node of its own; the exit code is the program's."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, TextIO

import click

from wetware.cli.app import as_command_error, json_option
from wetware.cli.options import (
    GRANT,
    Grant,
    environment_option,
    limit_options,
    limits_of,
    stdin_option,
)

if TYPE_CHECKING:
    from wetware.cli.embedded import RunResult

__all__ = ["run"]

LARGEST_PIPED_PROGRAM = 512 * 1024 * 1024
"""Bytes of a program that is read from stdin: what the node would refuse is not read to its end."""


@click.command(
    context_settings={"ignore_unknown_options": False, "allow_interspersed_args": False},
    options_metavar="[OPTIONS]",
)
@click.argument("file")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--dir",
    type=GRANT,
    multiple=True,
    help="Give a directory, read-only unless :rw is added. Repeatable.",
)
@environment_option
@click.option(
    "--grant",
    "granted",
    type=click.Choice(["executor", "all"]),
    help="Give an executor, to run programs with: for its own processes only, or for all.",
)
@click.option("--trace", is_flag=True, help="Show every capability call of the program on stderr.")
@stdin_option
@limit_options
@click.option(
    "--raw-output",
    is_flag=True,
    help="Let escape sequences through to the terminal; they can do more than colours.",
)
@click.option(
    "--json-file",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="Write a summary of the run to a file, as JSON.",
)
@json_option
def run(
    *,
    file: str,
    arguments: tuple[str, ...],
    dir: tuple[Grant, ...],  # noqa: A002  # click names the environment variable after the parameter
    env: tuple[tuple[str, str], ...],
    granted: Literal["executor", "all"] | None,
    trace: bool,
    stdin: bool,
    raw_output: bool,
    json_file: TextIO | None,
    **limits: float | None,
) -> RunResult:
    """Run FILE (.wasm, .wat, .py, or a folder; - reads it from stdin) as a process, with ARGUMENTS.

    The program gets no file, no variable, no network and no input unless it is given here. All that stands
    after FILE belongs to the program. The exit code is the program's, or 124 deadline, 125 another limit,
    126 no runnable program, 127 no such file, 130 Ctrl-C, 134 trap, 137 killed.

    --json prints a summary as the last line of stderr, since stdout is the program's.
    """
    import asyncio

    from wetware.cli.embedded import RunRequest, run_embedded
    from wetware.cli.logs import show_warnings
    from wetware.cli.waiting import Waiting

    if file == "-" and stdin:
        raise click.UsageError("stdin cannot be both the program (FILE is -) and its input (--stdin)")
    program = read_program(sys.stdin.buffer) if file == "-" else Path(file)
    name = "stdin" if file == "-" else Path(file).name or Path(file).absolute().name
    request = RunRequest(
        program=program,
        name=name,
        arguments=arguments,
        environment=dict(env),
        grants=dir,
        limits=limits_of(limits),
        stdin=stdin,
        raw_output=raw_output,
        executor="all" if granted == "all" else granted is not None,
        trace=trace_line if trace else None,
    )
    show_warnings()
    try:
        with Waiting() as waiting:
            result = asyncio.run(
                run_embedded(
                    request,
                    on_slow=lambda: waiting.begin(what_takes_long(program, name)),
                    on_loaded=waiting.end,
                )
            )
    except Exception as problem:
        write_summary(json_file, as_command_error(problem).to_json())
        raise
    write_summary(json_file, result.to_json())
    return result


def what_takes_long(program: Path | bytes, name: str) -> str:
    """What a user is told who waits for a program to be loaded."""
    if isinstance(program, Path) and (program.suffix in {".py", ".pyz"} or program.is_dir()):
        return "building the interpreter for Python programs, which takes a minute once; it is kept"
    return f"compiling {name}; the result is kept for the next time"


def write_summary(file: TextIO | None, content: dict[str, object]) -> None:
    """Write the summary, or the error in its place, where a file was asked for."""
    if file is not None:
        json.dump(content, file, indent=2)
        file.write("\n")


def trace_line(line: str) -> None:
    """Show one message of the program's connection: who sent it, and what it says."""
    sender, _, message = line.partition(" ")
    # errors are in the words of whoever raised them, which a terminal might obey
    plain = "".join(c if c.isprintable() else " " for c in message)
    sys.stderr.write(f"ww: trace: {'program' if sender == 'got' else 'host'}: {plain}\n")
    sys.stderr.flush()


def read_program(stream: BinaryIO) -> bytes:
    """Read a program from stdin.

    Raises:
        click.UsageError: a person would have to type it, or it is larger than any program.
    """
    if stream.isatty():
        raise click.UsageError("the program would be read from this terminal; pipe it in: ww run - < FILE")
    program = stream.read(LARGEST_PIPED_PROGRAM + 1)
    if len(program) > LARGEST_PIPED_PROGRAM:
        raise click.UsageError(
            f"stdin holds more than the {LARGEST_PIPED_PROGRAM} bytes of the largest program"
        )
    return program
