"""`ww logs`: what a process has written, as its node keeps it."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.completing import complete_process
from wetware.cli.control import TARGET
from wetware.cli.joining import client_options
from wetware.cli.results import Silent
from wetware.cli.streams import filtered

if TYPE_CHECKING:
    from wetware.cli.nodes import Target
    from wetware.services.remote import RemoteProcess

__all__ = ["logs"]


@dataclass(frozen=True, slots=True)
class Shown(Silent):
    """The output was written already."""

    stream: Literal["stdout", "stderr"] = "stderr"

    def to_json(self) -> dict[str, object]:
        """Nothing more is to be said."""
        return {}


@click.command(short_help="Show what a process has written.")
@click.argument("target", metavar="PID[@NODE]", type=TARGET, shell_complete=complete_process)
@click.option("--follow", "-f", is_flag=True, help="Go on until it ends.")
@click.option("--raw-output", is_flag=True, help="Let escape sequences through to the terminal.")
@client_options
def logs(*, target: Target, follow: bool, raw_output: bool, **options: Any) -> Shown:
    """Show what a detached process has written to stdout and stderr: the last megabyte of each.

    The node keeps it while the process runs, and for some time after. Looking takes nothing away.
    """
    from wetware.cli.fleet import fleet

    async def show() -> Shown:
        async with fleet(**options) as cluster:
            process = await cluster.process(target)
            async with asyncio.TaskGroup() as tasks:
                for stderr in (False, True):
                    tasks.create_task(_show(process, stderr=stderr, follow=follow, raw=raw_output))
        return Shown()

    try:
        return asyncio.run(show())
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None


async def _show(process: RemoteProcess, *, stderr: bool, follow: bool, raw: bool) -> None:
    stream = (sys.stderr if stderr else sys.stdout).buffer
    clean = None if raw else filtered(stream)
    at = 0
    while True:
        start, content, ended = await process.log(stderr=stderr, offset=at, wait=follow)
        if start > at:
            sys.stderr.write(f"ww: {start - at} bytes are kept no more\n")
        at = start + len(content)
        stream.write(content if clean is None else clean.feed(content))
        stream.flush()
        if ended or not (content or follow):
            break
    if clean is not None:
        stream.write(clean.close())
        stream.flush()
