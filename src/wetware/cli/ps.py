"""`ww ps`: every process of the whole cluster, asked for through one node."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.app import json_option
from wetware.cli.completing import complete_node
from wetware.cli.exit_codes import ExitCode
from wetware.cli.joining import client_options
from wetware.cli.nodes import where_option
from wetware.cli.results import Block, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wetware.cli.fleet import Unreachable
    from wetware.cli.nodes import NodeRow
    from wetware.services.process import ProcessInfo

__all__ = ["Listing", "in_tree_order", "process_json", "ps"]


@dataclass(frozen=True, slots=True)
class Listing:
    """The processes of nodes, and the nodes that could not be asked.

    Attributes:
        rows: the nodes that were asked, in order.
        short: their short names, by peer id.
        found: their processes, by peer id.
        silent: those that gave no answer.
        tree: whether the table shows who is whose child.
    """

    rows: Sequence[NodeRow]
    short: Mapping[str, str]
    found: Mapping[str, Sequence[ProcessInfo]]
    silent: Sequence[Unreachable]
    tree: bool = False
    stream: Literal["stdout", "stderr"] = "stdout"

    @property
    def exit_code(self) -> int:
        """Not all is known where a node is silent."""
        return ExitCode.FAILED if self.silent else ExitCode.OK

    def blocks(self) -> Sequence[Block]:
        """Return the table."""
        rows = []
        for row in self.rows:
            infos = self.found.get(row.peer, ())
            for lead, info in in_tree_order(infos) if self.tree else (("", info) for info in infos):
                rows.append(
                    (
                        self.short[row.peer],
                        f"{lead}{info.pid}",
                        str(info.ppid),
                        info.state,
                        created(info.created),
                        str(info.cid),
                        "[" + " ".join(info.args) + "]",
                    )
                )
        return [Table("processes", ("Executor", "PID", "PPID", "State", "Creation", "CID", "Args"), rows)]

    def to_json(self) -> dict[str, object]:
        """Return every process, and every node that was silent."""
        return {
            "processes": [
                process_json(row, info) for row in self.rows for info in self.found.get(row.peer, ())
            ],
            "unreachable": [{"peer": item.row.peer, "why": item.why} for item in self.silent],
        }


def created(seconds: float) -> str:
    """When, in local time."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).astimezone().strftime("%a %b %e %H:%M:%S %Z %Y")


def process_json(row: NodeRow, info: ProcessInfo) -> dict[str, object]:
    """A process as JSON; the keys are listed in docs/cluster.md."""
    return {
        "process": f"{info.pid}@{row.peer}",
        "node": row.peer,
        "server": f"{row.server:016x}",
        "host": row.host,
        "pid": info.pid,
        "ppid": info.ppid,
        "state": info.state,
        "created": info.created,
        "cid": str(info.cid),
        "name": info.name,
        "args": list(info.args),
        "cpu": info.cpu,
        "memory": info.memory,
        "output": info.output,
    }


def in_tree_order(infos: Iterable[ProcessInfo]) -> list[tuple[str, ProcessInfo]]:
    """The processes of one node with each before its children, and what to draw before its number.

    Whose parent is not among them is a root: it may be one that the asker may not see.
    """
    by_pid = {info.pid: info for info in infos}
    children: dict[int, list[ProcessInfo]] = {}
    roots = []
    for info in by_pid.values():
        if info.ppid in by_pid and info.ppid != info.pid:
            children.setdefault(info.ppid, []).append(info)
        else:
            roots.append(info)
    out: list[tuple[str, ProcessInfo]] = []
    waiting = [("", "", info) for info in reversed(roots)]
    while waiting:
        lead, below, info = waiting.pop()
        out.append((lead, info))
        mine = children.pop(info.pid, [])
        last = len(mine) - 1
        waiting += [
            (below + ("└─" if number == last else "├─"), below + ("  " if number == last else "│ "), child)
            for number, child in reversed(list(enumerate(mine)))
        ]
    # a ring of parents has no root: what a node claims is shown all the same
    out += [("", info) for left in children.values() for info in left]
    return out


@click.command(short_help="List the processes of the whole cluster.")
@click.option("--tree", is_flag=True, help="Show who is whose child.")
@click.option(
    "--on",
    multiple=True,
    metavar="NODE",
    shell_complete=complete_node,
    help="Only this node's: its host, or the beginning of its id. Repeatable.",
)
@where_option
@client_options
@json_option
def ps(*, tree: bool, on: tuple[str, ...], where: tuple[str, ...], **options: Any) -> Listing:
    """List the processes of all nodes, through the one that is reached first.

    A node that cannot be asked is named on stderr, and the exit code is 1.
    """
    from wetware.cli.render import note

    listing = asyncio.run(_list(tree, on, where, options))
    for item in listing.silent:
        note(f"{listing.short[item.row.peer]} ({item.row.host}) cannot be asked: {item.why}")
    return listing


async def _list(tree: bool, on: tuple[str, ...], where: tuple[str, ...], options: dict[str, Any]) -> Listing:
    from wetware.cli.fleet import fleet

    async with fleet(**options) as cluster:
        rows = cluster.chosen(on, where)
        found, silent = await cluster.processes(rows)
        return Listing(rows, cluster.short, found, silent, tree)
