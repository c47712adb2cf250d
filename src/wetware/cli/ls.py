"""`ww ls`: the nodes of the cluster."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.app import json_option
from wetware.cli.exit_codes import ExitCode
from wetware.cli.joining import client_options, connected
from wetware.cli.nodes import NodeRow, fits, parse_condition, where_option
from wetware.cli.results import Block, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


__all__ = ["Nodes", "ls"]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes, by peer id."""

    rows: Sequence[NodeRow]
    stream: Literal["stdout", "stderr"] = "stdout"

    @property
    def exit_code(self) -> int:
        """Whoever asks is answered, also with an empty list."""
        return ExitCode.OK

    def blocks(self) -> Sequence[Block]:
        """Return the table."""
        rows = [
            (row.peer, f"{row.server:016x}", row.host, " ".join(row.addresses), " ".join(row.meta))
            for row in self.rows
        ]
        return [Table("nodes", ("peer", "server", "host", "address", "meta"), rows)]

    def to_json(self) -> dict[str, object]:
        """Return the rows."""
        return {"nodes": [row.to_json() for row in self.rows]}


@click.command(short_help="List the nodes of the cluster.")
@where_option
@client_options
@json_option
def ls(
    *, where: tuple[str, ...], peers: tuple[str, ...], ns: str, cluster_key: Path | None, timeout: float
) -> Nodes:
    """List the nodes of the cluster, as the node that is asked sees them."""
    wanted = [parse_condition(text) for text in where]
    rows = asyncio.run(_nodes(peers=peers, ns=ns, cluster_key=cluster_key, timeout=timeout))
    return Nodes([row for row in rows if fits(row, wanted)])


async def _nodes(**options: Any) -> list[NodeRow]:
    async with connected(**options) as client:
        return [NodeRow.of(record) for record in await client.nodes()]
