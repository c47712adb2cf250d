"""Nodes as a client knows them: what each is, which ones a condition or a name means.

Rules that hold here:

1. A name means one node or is an error, which lists those that it could mean: nothing is ever done to a node
   that was not meant.
2. What comes from a node is a claim: it is shown, compared, and never run.

Without I/O; the tests are in `tests/cli/test_cli_nodes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode
from wetware.errors import LocalError
from wetware.services.placement import Candidate, Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wetware.schema.cluster_capnp import View_Record

__all__ = [
    "NodeRow",
    "Target",
    "find_node",
    "fits",
    "parse_condition",
    "parse_target",
    "short_names",
    "where_option",
]

OWN: Final = "ww."
COMMON: Final = "12D3KooW"
"""How the peer id of every Ed25519 key begins: what tells them apart follows."""
SHORTEST: Final = 6
"""Characters of a node's short name, unless more are needed to tell it from the others."""


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node, as another one sees it.

    Attributes:
        peer: its peer id.
        server: the number that it drew at its start.
        host: the name of its host.
        addresses: where it listens.
        meta: what its owner says of it, `key=value` each.
        own: what its software says of it, `ww.key=value` each.
    """

    peer: str
    server: int
    host: str
    addresses: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

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
            tuple(entry for entry in meta if not entry.startswith(OWN)),
            tuple(entry for entry in meta if entry.startswith(OWN)),
        )

    @property
    def tail(self) -> str:
        """The part of the peer id in which nodes differ."""
        return self.peer.removeprefix(COMMON)

    @property
    def candidate(self) -> Candidate:
        """The node, as something can be placed on it."""
        return Candidate(self.peer, self.host, self.server, (*self.meta, *self.own))

    def to_json(self) -> dict[str, object]:
        """The row as JSON."""
        return {
            "peer": self.peer,
            "server": f"{self.server:016x}",
            "host": self.host,
            "addresses": list(self.addresses),
            "meta": dict(entry.partition("=")[::2] for entry in self.meta),
        }


def parse_condition(text: str) -> Condition:
    """Read `KEY=VALUE` or `KEY=VALUE*`.

    Raises:
        click.UsageError: it is no condition.
    """
    key, equals, value = text.partition("=")
    if key == "meta":  # ww ls --where meta=key=value says the same
        key, equals, value = value.partition("=")
    if not key or not equals:
        raise click.UsageError(f"{text!r} is no condition: write KEY=VALUE, such as host=anna or gpu=yes")
    return Condition(key, value.removesuffix("*"), value.endswith("*"))


def fits(row: NodeRow, conditions: Iterable[Condition]) -> bool:
    """Whether a node is all of that."""
    return all(condition.holds(row.candidate) for condition in conditions)


def where_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `where`."""
    return click.option(
        "--where",
        multiple=True,
        metavar="KEY=VALUE",
        help="Only nodes where peer, host, server or a name in meta is this; VALUE* to begin so. Repeatable.",
    )(command)


class Target(NamedTuple):
    """A process by number, and perhaps by node.

    Attributes:
        pid: its number.
        node: the node by a name of it; empty where it is not said.
    """

    pid: int
    node: str = ""

    def __str__(self) -> str:
        return f"{self.pid}@{self.node}" if self.node else str(self.pid)


def parse_target(text: str) -> Target:
    """Read `PID` or `PID@NODE`.

    Raises:
        LocalError: it is no such thing.
    """
    number, at, node = text.partition("@")
    if not (number.isascii() and number.isdecimal()) or len(number) > 10 or (at and not node):
        raise LocalError(f"{text!r} is no process: write PID or PID@NODE, such as 7@k3fWq9")
    pid = int(number)
    if not 1 < pid < 1 << 32:
        raise LocalError(f"{pid} is the number of no process that can be asked for; they begin at 2")
    return Target(pid, node)


def find_node(name: str, rows: Iterable[NodeRow]) -> NodeRow:
    """The node that a name means.

    A whole peer id; the beginning of its tail (what follows 12D3KooW), or of its server number; or its host's
    name, or what it says of itself under `name`.

    Raises:
        CommandError: none, or several.
    """
    rows = list(rows)
    exact = [row for row in rows if name in (row.peer, row.tail, f"{row.server:016x}")]
    if exact:
        return exact[0]
    named = [row for row in rows if name == row.host or name in row.candidate.values("name")]
    begun = [row for row in rows if row.tail.startswith(name) or f"{row.server:016x}".startswith(name)]
    if name.startswith(COMMON):
        begun = [row for row in rows if row.peer.startswith(name)]
    for found in (named, begun):
        if len(found) == 1:
            return found[0]
    several = named or begun
    if several:
        short = short_names(rows)
        raise CommandError(
            f"{name!r} could be {len(several)} nodes: "
            + ", ".join(f"{short[row.peer]} ({row.host})" for row in several),
            exit_code=ExitCode.USAGE,
        )
    raise CommandError(
        f"no node of the cluster is called {name!r}",
        exit_code=ExitCode.USAGE,
        hint="`ww ls` lists them; a node is named by its host, its meta name, or the beginning of its id",
    )


def short_names(rows: Sequence[NodeRow]) -> dict[str, str]:
    """A short name for each node, by peer id: as much of the tail's beginning as tells it from all others."""
    tails = sorted(row.tail for row in rows)
    needed = dict.fromkeys(tails, SHORTEST)
    for one, other in pairwise(tails):
        same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
        for tail in (one, other):
            needed[tail] = max(needed[tail], same + 1)
    return {row.peer: row.tail[: needed[row.tail]] for row in rows}
