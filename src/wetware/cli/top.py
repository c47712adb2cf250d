"""`ww top`: what uses the processors of the cluster, again and again."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.app import JSON, json_option
from wetware.cli.completing import complete_process
from wetware.cli.control import TARGET
from wetware.cli.exit_codes import ExitCode
from wetware.cli.joining import client_options
from wetware.cli.nodes import where_option
from wetware.cli.options import DURATION
from wetware.cli.results import Block, Table, Text
from wetware.cli.units import format_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wetware.cli.fleet import Fleet, Unreachable
    from wetware.cli.nodes import NodeRow, Target
    from wetware.services.process import ProcessInfo

__all__ = ["Shares", "Usage", "below", "shares", "top"]

SHORTEST = 0.1
LINES = 20


@dataclass(frozen=True, slots=True)
class Usage:
    """A process, and its share of one processor in the time between two looks (1.0 is all of it)."""

    row: NodeRow
    info: ProcessInfo
    share: float


@dataclass(frozen=True, slots=True)
class Shares:
    """One look at the cluster.

    Attributes:
        usages: the processes, busiest first.
        short: the nodes' short names.
        nodes: how many nodes were asked.
        silent: those that gave no answer.
    """

    usages: Sequence[Usage]
    short: Mapping[str, str]
    nodes: int
    silent: Sequence[Unreachable]
    stream: Literal["stdout", "stderr"] = "stdout"

    @property
    def exit_code(self) -> int:
        """Not all is known where a node is silent."""
        return ExitCode.FAILED if self.silent else ExitCode.OK

    def blocks(self) -> Sequence[Block]:
        """Return the busiest, with a line about all."""
        total = sum(usage.share for usage in self.usages)
        memory = sum(usage.info.memory for usage in self.usages)
        head = (
            f"{len(self.usages)} processes on {self.nodes - len(self.silent)} nodes, "
            f"{total * 100:.0f} % of a processor, {format_size(memory)}"
        )
        if self.silent:
            head += "; no answer from " + ", ".join(self.short[s.row.peer] for s in self.silent)
        rows = [
            (
                self.short[usage.row.peer],
                str(usage.info.pid),
                usage.info.state,
                f"{usage.share * 100:.1f}",
                f"{usage.info.cpu:.2f}",
                format_size(usage.info.memory),
                " ".join((usage.info.name, *usage.info.args)),
            )
            for usage in self.usages[:LINES]
        ]
        columns = ("Executor", "PID", "State", "CPU %", "CPU s", "Memory", "Command")
        return [Text(head), Table("busiest", columns, rows)]

    def to_json(self) -> dict[str, object]:
        """Return every process with its share."""
        from wetware.cli.ps import process_json

        return {
            "processes": [
                {**process_json(usage.row, usage.info), "share": usage.share} for usage in self.usages
            ],
            "unreachable": [{"peer": item.row.peer, "why": item.why} for item in self.silent],
        }


def shares(
    rows: Iterable[NodeRow],
    before: Mapping[str, Sequence[ProcessInfo]],
    after: Mapping[str, Sequence[ProcessInfo]],
    seconds: float,
) -> list[Usage]:
    """Who used how much between two looks, busiest first.

    A process that was not there at the first look counts from its beginning: one that took the number of
    another is told from it by the time of its spawn.
    """
    usages = []
    for row in rows:
        known = {(info.pid, info.created): info.cpu for info in before.get(row.peer, ())}
        for info in after.get(row.peer, ()):
            used = info.cpu - known.get((info.pid, info.created), 0.0)
            usages.append(Usage(row, info, max(used, 0.0) / seconds))
    return sorted(usages, key=lambda usage: (-usage.share, usage.row.peer, usage.info.pid))


def below(infos: Iterable[ProcessInfo], pid: int) -> list[ProcessInfo]:
    """A process, and all below it."""
    infos = list(infos)
    within = {pid}
    grown = True
    while grown:
        more = {info.pid for info in infos if info.ppid in within} - within
        within |= more
        grown = bool(more)
    return [info for info in infos if info.pid in within]


@click.command(short_help="Show what uses the processors of the cluster.")
@click.argument(
    "target", metavar="[PID[@NODE]]", required=False, type=TARGET, shell_complete=complete_process
)
@click.option("--interval", type=DURATION, default=2.0, show_default="2s", help="Time between two looks.")
@click.option("--once", is_flag=True, help="Look once, and end; so it is where the output is no terminal.")
@where_option
@client_options
@json_option
@click.pass_context
def top(
    ctx: click.Context,
    /,
    *,
    target: Target | None,
    interval: float,
    once: bool,
    where: tuple[str, ...],
    **options: Any,
) -> Shares:
    """Show the busiest processes of the cluster, or PID and those below it, until Ctrl-C."""
    once = once or bool(ctx.meta.get(JSON)) or not sys.stdout.isatty()
    return asyncio.run(_watch(target, max(interval, SHORTEST), once, where, options))


async def _watch(
    target: Target | None, interval: float, once: bool, where: tuple[str, ...], options: dict[str, Any]
) -> Shares:
    from wetware.cli.fleet import fleet
    from wetware.cli.render import show

    async with fleet(**options) as cluster:
        rows = cluster.chosen([], where)
        if target is not None:
            process = await cluster.process(target)
            rows = [row for row in cluster.rows if row.peer == process.node.peer]
        before, _ = await cluster.processes(rows)
        while True:
            began = asyncio.get_running_loop().time()
            await asyncio.sleep(interval)
            after, silent = await cluster.processes(rows)
            passed = asyncio.get_running_loop().time() - began
            look = _look(cluster, rows, target, before, after, passed, silent)
            if once:
                return look
            sys.stdout.write("\x1b[H\x1b[2J")  # from the top of an empty screen
            show(look, as_json=False)
            before = after


def _look(
    cluster: Fleet,
    rows: Sequence[NodeRow],
    target: Target | None,
    before: Mapping[str, Sequence[ProcessInfo]],
    after: Mapping[str, Sequence[ProcessInfo]],
    passed: float,
    silent: Sequence[Unreachable],
) -> Shares:
    if target is not None:
        after = {peer: below(infos, target.pid) for peer, infos in after.items()}
    return Shares(shares(rows, before, after, passed), cluster.short, len(rows), silent)
