"""`ww ls`: the nodes of the cluster."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.app import json_option
from wetware.cli.exit_codes import ExitCode
from wetware.cli.joining import client_options, connected
from wetware.cli.results import Block, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wetware.schema.cluster_capnp import View_Record

__all__ = ["NodeRow", "Nodes", "ls"]

_OWN = "ww."


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node, as another one sees it.

    Attributes:
        peer: its peer id.
        server: the number that it drew at its start.
        host: the name of its host.
        addresses: where it listens.
        meta: what its owner says of it, `key=value` each.
    """

    peer: str
    server: int
    host: str
    addresses: tuple[str, ...]
    meta: tuple[str, ...]

    @classmethod
    def of(cls, record: View_Record) -> NodeRow:
        """Read a record of the view."""
        beat = record.heartbeat
        meta = tuple(beat.meta)
        return cls(
            record.peer,
            record.server,
            beat.host,
            tuple(entry.partition("=")[2] for entry in meta if entry.startswith("ww.addr=")),
            tuple(entry for entry in meta if not entry.startswith(_OWN)),
        )

    def to_json(self) -> dict[str, object]:
        """The row as JSON."""
        return {
            "peer": self.peer,
            "server": f"{self.server:016x}",
            "host": self.host,
            "addresses": list(self.addresses),
            "meta": dict(entry.partition("=")[::2] for entry in self.meta),
        }


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
@click.option(
    "--where",
    multiple=True,
    metavar="KEY=VALUE",
    help="Only nodes where peer, host, server or an entry of meta is this; VALUE* to begin so. Repeatable.",
)
@client_options
@json_option
def ls(
    *, where: tuple[str, ...], peers: tuple[str, ...], ns: str, cluster_key: Path | None, timeout: float
) -> Nodes:
    """List the nodes of the cluster, as the node that is asked sees them."""
    wanted = [_condition(text) for text in where]
    rows = asyncio.run(_nodes(peers=peers, ns=ns, cluster_key=cluster_key, timeout=timeout))
    return Nodes([row for row in rows if all(_matches(row, *condition) for condition in wanted)])


async def _nodes(**options: Any) -> list[NodeRow]:
    async with connected(**options) as client:
        return [NodeRow.of(record) for record in await client.nodes()]


def _condition(text: str) -> tuple[str, str, bool]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise click.UsageError(f"{text!r} is no condition: write KEY=VALUE, such as host=anna or gpu=yes")
    return key, value.removesuffix("*"), value.endswith("*")


def _matches(row: NodeRow, key: str, value: str, prefix: bool) -> bool:
    own = {"peer": row.peer, "host": row.host, "server": f"{row.server:016x}"}
    found = (
        [own[key]]
        if key in own
        else [entry.partition("=")[2] for entry in row.meta if entry.partition("=")[0] == key]
    )
    return any(text.startswith(value) if prefix else text == value for text in found)
