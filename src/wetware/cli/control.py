"""`ww kill`, `pause`, `resume` and `wait`: what is done to processes of the cluster."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.app import json_option
from wetware.cli.completing import complete_process
from wetware.cli.exit_codes import ExitCode
from wetware.cli.joining import client_options
from wetware.cli.nodes import parse_target
from wetware.cli.options import Kind
from wetware.cli.results import Block, Table, Text
from wetware.errors import LocalError, WetwareError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from wetware.cli.nodes import Target
    from wetware.process.reasons import ExitReason
    from wetware.services.remote import RemoteProcess

__all__ = ["TARGET", "Done", "Ended", "kill", "pause", "resume", "wait"]


class _TargetKind(Kind):
    name = "pid[@node]"

    def read(self, text: str) -> Target:
        """Return the process that is meant."""
        try:
            return parse_target(text)
        except LocalError as error:
            raise ValueError(str(error)) from None


TARGET = _TargetKind()

_targets = click.argument(
    "targets", metavar="PID[@NODE]...", nargs=-1, required=True, type=TARGET, shell_complete=complete_process
)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and to which processes it could not be.

    Attributes:
        verb: what was done.
        done: the processes, `pid@peer id` each.
        failed: those to which it could not be done, and why.
        code: the exit code of the first failure.
    """

    verb: str
    done: Sequence[str]
    failed: Sequence[tuple[str, str]] = ()
    code: int = ExitCode.OK
    stream: Literal["stdout", "stderr"] = "stdout"

    @property
    def exit_code(self) -> int:
        """Success only where all succeeded."""
        return self.code

    def blocks(self) -> Sequence[Block]:
        """Silence is success."""
        return []

    def to_json(self) -> dict[str, object]:
        """Return what was done to which process."""
        return {
            self.verb: list(self.done),
            "failed": [{"process": name, "error": why} for name, why in self.failed],
        }


def _do(
    verb: str,
    targets: Sequence[Target],
    options: dict[str, Any],
    action: Callable[[RemoteProcess], Awaitable[None]],
) -> Done:
    from wetware.cli.app import as_command_error
    from wetware.cli.fleet import fleet
    from wetware.cli.render import error

    async def do() -> Done:
        done: list[str] = []
        failed: list[tuple[str, str]] = []
        code = 0
        async with fleet(**options) as cluster:
            for target in targets:
                try:
                    process = await cluster.process(target)
                    await action(process)
                except WetwareError as problem:
                    failure = as_command_error(problem)
                    error(str(failure), hint=failure.hint)
                    failed.append((str(target), str(failure)))
                    code = code or failure.exit_code
                else:
                    done.append(process.address)
        return Done(verb, done, failed, code)

    return asyncio.run(do())


@click.command(short_help="End processes, and all below them.")
@_targets
@client_options
@json_option
def kill(*, targets: tuple[Target, ...], **options: Any) -> Done:
    """End processes, and all below them.

    A process is named by its number, with @ and its node where several nodes have one of that number.
    """
    return _do("killed", targets, options, lambda process: process.kill())


@click.command(short_help="Let processes run no further, until `ww resume`.")
@_targets
@click.option("--force", is_flag=True, help="Between two instructions, without asking the program.")
@client_options
@json_option
def pause(*, targets: tuple[Target, ...], force: bool, **options: Any) -> Done:
    """Let processes run no further, until `ww resume`.

    A program that handles the event pauses by itself; any other one is stopped between two instructions.
    """
    return _do("paused", targets, options, lambda process: process.pause(force=force))


@click.command(short_help="Let paused processes go on.")
@_targets
@client_options
@json_option
def resume(*, targets: tuple[Target, ...], **options: Any) -> Done:
    """Let paused processes go on."""
    return _do("resumed", targets, options, lambda process: process.resume())


@dataclass(frozen=True, slots=True)
class Ended:
    """How processes ended.

    Attributes:
        ends: the process's name, and its reason, in the order in which they were named.
    """

    ends: Sequence[tuple[str, ExitReason]]
    stream: Literal["stdout", "stderr"] = "stdout"

    @property
    def exit_code(self) -> int:
        """That of the first that did not end with 0."""
        return next((code for _, reason in self.ends if (code := reason.exit_status)), 0)

    def blocks(self) -> Sequence[Block]:
        """Return one line for one, a table for several."""
        if len(self.ends) == 1:
            return [Text(str(self.ends[0][1]))]
        return [Table("ended", ("process", "reason"), [(name, str(reason)) for name, reason in self.ends])]

    def to_json(self) -> dict[str, object]:
        """Return each process and its reason."""
        return {
            "ended": [
                {
                    "process": name,
                    "code": reason.wait_code,
                    "reason": {**reason.to_dict(), "text": str(reason)},
                }
                for name, reason in self.ends
            ]
        }


@click.command(short_help="Wait for the end of processes.")
@_targets
@client_options
@json_option
def wait(*, targets: tuple[Target, ...], **options: Any) -> Ended:
    """Wait for the end of processes, however long that takes; the exit code is theirs.

    --timeout is the time to reach them. The exit code is that of the first process that did not end with 0.
    """
    from wetware.cli.fleet import fleet

    async def watch() -> Ended:
        async with fleet(**options) as cluster:
            processes = [await cluster.process(target) for target in targets]
            reasons = await asyncio.gather(*(process.monitor() for process in processes))
            return Ended([(p.address, reason) for p, reason in zip(processes, reasons, strict=True)])

    return asyncio.run(watch())
