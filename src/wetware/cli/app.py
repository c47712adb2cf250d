"""The command group of `ww`: which commands there are, and how their results and failures reach the user.

Rules that hold here:

1. A command's module is imported when the command is called (or its own `--help` is read), never before.
2. Every option of every command can be given by an environment variable: `WW_` + command + option, as in
   `WW_RUN_DEADLINE=10s`.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, cast

import click

from wetware import __version__
from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode
from wetware.errors import InternalError, WetwareError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.cli.results import Result

__all__ = [
    "COMMANDS",
    "JSON",
    "LazyGroup",
    "app",
    "as_command_error",
    "json_option",
    "report",
    "run_command_line",
]

JSON = "wetware.json"  # in the context's meta: the result is wanted as JSON

# name -> (module, its command's variable, the line in `ww --help`)
COMMANDS = {
    "run": ("wetware.cli.run", "run", "Run a WebAssembly program as a process."),
    "new": ("wetware.cli.new", "new", "Make a small project that builds and runs as it is."),
    "build": ("wetware.cli.build", "build", "Build a program for ww run from its sources."),
    "inspect": ("wetware.cli.inspect", "inspect", "Show what a program is and what it asks for."),
    "start": ("wetware.cli.start", "start", "Start a node, which joins the others that it finds."),
    "ls": ("wetware.cli.ls", "ls", "List the nodes of the cluster."),
    "ps": ("wetware.cli.ps", "ps", "List the processes of the whole cluster."),
    "top": ("wetware.cli.top", "top", "Show what uses the processors of the cluster."),
    "logs": ("wetware.cli.logs_command", "logs", "Show what a process has written."),
    "kill": ("wetware.cli.control", "kill", "End processes, and all below them."),
    "pause": ("wetware.cli.control", "pause", "Let processes run no further, until `ww resume`."),
    "resume": ("wetware.cli.control", "resume", "Let paused processes go on."),
    "wait": ("wetware.cli.control", "wait", "Wait for the end of processes."),
    "cluster": ("wetware.cli.cluster", "cluster", "Run programs on the cluster; topics; keys."),
    "completion": ("wetware.cli.completion", "completion", "Print the shell's completion script."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and line, and imports one only to run it."""

    table: Mapping[str, tuple[str, str, str]] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names, in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's
        """Import and return a command; None if there is none of that name."""
        if cmd_name not in self.table:
            return None
        module, variable, _ = self.table[cmd_name]
        return cast("click.Command", getattr(importlib.import_module(module), variable))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; here it is known whether its failure is wanted as JSON, too."""
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except Exception as problem:  # as in run_command_line
            raise click.exceptions.Exit(report(problem, as_json=ctx.meta.get(JSON, False))) from problem

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's
        """Write the list of commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in self.table.items()])


@click.group(
    cls=LazyGroup, context_settings={"auto_envvar_prefix": "WW", "help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, "--version", message="ww %(version)s")
def app() -> None:
    """Run WebAssembly programs as isolated processes that hold exactly the capabilities they were handed.

    Every option can be set in the environment: WW_RUN_DEADLINE=10s stands for `ww run --deadline 10s`.
    """


@app.result_callback()
@click.pass_context
def show_result(ctx: click.Context, result: Result) -> int:
    """Print what a command returned, and turn it into the exit code."""
    from wetware.cli.render import show

    show(result, as_json=ctx.meta.get(JSON, False))
    return result.exit_code


def _want_json(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    ctx.meta[JSON] = value


json_option = click.option(
    "--json",
    is_flag=True,
    expose_value=False,
    callback=_want_json,
    help="Print the result as JSON, for programs.",
)


def run_command_line(arguments: list[str]) -> int:
    """Run one command line and return the exit code; every failure has been printed.

    Raises:
        KeyboardInterrupt: Ctrl-C, where no command took it.
    """
    try:
        return int(app.main(arguments, prog_name="ww", standalone_mode=False) or 0)
    except Exception as problem:  # noqa: BLE001  # the last line of defence: no traceback reaches a user
        return report(problem, as_json=False)


def report(problem: Exception, *, as_json: bool) -> int:
    """Print what went wrong and return the exit code.

    Args:
        problem: what ended the command.
        as_json: whether a JSON object follows as the last line of stderr.
    """
    from wetware.cli import render

    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        problem.show()
        return ExitCode.USAGE
    if isinstance(problem, click.Abort):
        return ExitCode.INTERRUPTED
    if isinstance(problem, BrokenPipeError):
        # whoever read the output has gone, as `head` does; nothing is left to tell, and nobody to tell it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.FAILED
    failure = as_command_error(problem)
    render.error(str(failure), hint=failure.hint)
    if as_json:
        render.error_json(failure.to_json())
    return failure.exit_code


def as_command_error(problem: Exception) -> CommandError:
    """Say of any exception what a user needs to know."""
    if isinstance(problem, CommandError):
        return problem
    if isinstance(problem, click.UsageError):
        path = problem.ctx.command_path if problem.ctx else "ww"
        hint = f"{path} --help shows what it takes"
        return CommandError(problem.format_message(), exit_code=ExitCode.USAGE, hint=hint)
    if isinstance(problem, click.ClickException):
        return CommandError(problem.format_message())
    if isinstance(problem, OSError):
        name = f"{problem.filename}: " if problem.filename else ""
        return CommandError(f"{name}{problem.strerror or problem}")
    if isinstance(problem, WetwareError) and not isinstance(problem, InternalError):
        return CommandError(str(problem))
    if os.environ.get("WW_DEBUG"):
        import traceback

        traceback.print_exception(problem)
    return CommandError(
        f"internal error: {type(problem).__name__}: {problem}",
        hint="this is a bug in wetware; please report it with what WW_DEBUG=1 prints",
    )
