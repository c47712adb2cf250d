"""Completion of nodes and processes by asking the cluster, briefly: a shell that waits is worse than none."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    import click

    from wetware.cli.nodes import NodeRow

__all__ = ["complete_node", "complete_process"]

PATIENCE = 1.0


def complete_node(ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The nodes whose names begin so."""
    rows, _ = _ask(ctx, processes=False)
    return node_items(rows, begun)


def complete_process(ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The processes whose `PID@NODE` begins so."""
    _, found = _ask(ctx, processes=True)
    return [CompletionItem(name, help=line) for name, line in found if name.startswith(begun)]


def node_items(rows: list[NodeRow], begun: str) -> list[CompletionItem]:
    """Short names and hosts; a host that several share names none of them."""
    from wetware.cli.nodes import short_names

    short = short_names(rows)
    hosts = [row.host for row in rows]
    names = [(short[row.peer], row.host) for row in rows]
    names += [(row.host, short[row.peer]) for row in rows if hosts.count(row.host) == 1]
    return [CompletionItem(name, help=line) for name, line in names if name and name.startswith(begun)]


def _ask(ctx: click.Context, *, processes: bool) -> tuple[list[NodeRow], list[tuple[str, str]]]:
    from wetware.cli.fleet import fleet

    options = {name: ctx.params.get(name) for name in ("peers", "cluster_key")}
    options["peers"] = options["peers"] or ()
    ns = ctx.params.get("ns") or "ww"

    async def ask() -> tuple[list[NodeRow], list[tuple[str, str]]]:
        async with fleet(timeout=PATIENCE, ns=ns, **options) as cluster:
            if not processes:
                return cluster.rows, []
            found, _ = await cluster.processes(cluster.rows)
            return cluster.rows, [
                (f"{info.pid}@{cluster.short[peer]}", " ".join((info.name, *info.args)))
                for peer, infos in found.items()
                for info in infos
            ]

    with contextlib.suppress(Exception):  # whatever it is, a shell in the middle of a line is not told
        return asyncio.run(ask())
    return [], []
