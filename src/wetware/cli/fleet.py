"""The cluster as a command sees it: through one node, all of them.

Rules that hold here:

1. A command is told of every node that could not be asked: by name, with the reason, on stderr and in the
   exit code. What the others say is shown all the same.
2. A process that is named by its number alone is looked for on every node, and must be the only one of that
   number: with a node that cannot be asked nobody knows whether it is.
3. Nothing waits longer than `--timeout`.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode
from wetware.cli.joining import connected
from wetware.cli.nodes import NodeRow, Target, find_node, fits, parse_condition, short_names
from wetware.cluster.identity import PeerId
from wetware.errors import BrokenError, WetwareError
from wetware.services.remote import RemoteNode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

    from wetware.services.client import ClusterClient
    from wetware.services.process import ProcessInfo
    from wetware.services.remote import RemoteProcess

__all__ = ["Fleet", "Unreachable", "fleet"]

T = TypeVar("T")

AT_ONCE = 64
"""Nodes that are asked at a time."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A node that could not be asked.

    Attributes:
        row: the node.
        why: what was tried.
    """

    row: NodeRow
    why: str


class Fleet:
    """The nodes that one node knows.

    Attributes:
        rows: all of them, by peer id.
        short: a short name of each.
        here: the one that was reached first.
        timeout: seconds that each has for an answer.
    """

    def __init__(self, client: ClusterClient, rows: list[NodeRow], timeout: float) -> None:
        self.rows = rows
        self.timeout = timeout
        self.client = client
        self.here = next((row for row in rows if row.peer == str(client.node)), None) or NodeRow(
            str(client.node), client.session.local.server, client.session.local.host
        )
        if self.here not in self.rows:
            self.rows.append(self.here)
        self.short = short_names(self.rows)
        self._first = RemoteNode(client.session, timeout=timeout)
        self._nodes: dict[str, RemoteNode] = {self.here.peer: self._first}
        self._dials = asyncio.Semaphore(AT_ONCE)

    def chosen(self, names: Iterable[str], where: Iterable[str]) -> list[NodeRow]:
        """The nodes that are named, or all, of those that fit every condition."""
        conditions = [parse_condition(text) for text in where]
        named = list({row.peer: row for row in (find_node(name, self.rows) for name in names)}.values())
        return [row for row in named or self.rows if fits(row, conditions)]

    async def node(self, row: NodeRow) -> RemoteNode:
        """A node, as this account sees it.

        Raises:
            BrokenError: it cannot be reached.
            RemoteError: it does not let this account in, or the node between does not introduce it.
        """
        known = self._nodes.get(row.peer)
        if known is None:
            async with self._dials:
                known = await self._first.dial(PeerId.parse(row.peer).binary) or self._first
            self._nodes[row.peer] = known
        return known

    async def ask_all(
        self, rows: Iterable[NodeRow], question: Callable[[RemoteNode], Awaitable[T]]
    ) -> tuple[dict[str, T], list[Unreachable]]:
        """Ask several nodes at once: the answers by peer id, and those that gave none."""

        async def ask(row: NodeRow) -> T | Unreachable:
            try:
                async with asyncio.timeout(self.timeout):
                    return await question(await self.node(row))
            except TimeoutError:
                return Unreachable(row, f"no answer within {self.timeout:g} s")
            except WetwareError as error:
                return Unreachable(row, str(error))

        asked = list(rows)
        answers = await asyncio.gather(*(ask(row) for row in asked))
        good: dict[str, T] = {}
        bad: list[Unreachable] = []
        for row, answer in zip(asked, answers, strict=True):
            if isinstance(answer, Unreachable):
                bad.append(answer)
            else:
                good[row.peer] = answer
        return good, bad

    async def processes(
        self, rows: Iterable[NodeRow]
    ) -> tuple[dict[str, list[ProcessInfo]], list[Unreachable]]:
        """The processes of nodes."""
        return await self.ask_all(rows, lambda node: node.ps())

    async def process(self, target: Target) -> RemoteProcess:
        """The process that is meant.

        Raises:
            CommandError: there is none, or several; or a node on which it could be cannot be asked.
            BrokenError: its node cannot be reached.
        """
        if target.node:
            row = find_node(target.node, self.rows)
        else:
            found, silent = await self.processes(self.rows)
            rows = [row for row in self.rows if any(i.pid == target.pid for i in found.get(row.peer, ()))]
            if silent:
                raise BrokenError(
                    f"process {target.pid} could be on {', '.join(self.short[s.row.peer] for s in silent)}, "
                    f"which cannot be asked ({silent[0].why}): name its node, as in {target.pid}@"
                    + self.short[(rows or self.rows)[0].peer]
                )
            if not rows:
                raise CommandError(
                    f"no node of the cluster has a process {target.pid}", exit_code=ExitCode.NOT_FOUND
                )
            if len(rows) > 1:
                raise CommandError(
                    f"{len(rows)} nodes have a process {target.pid}: "
                    + ", ".join(f"{target.pid}@{self.short[row.peer]}" for row in rows),
                    exit_code=ExitCode.USAGE,
                    hint="name the node, too",
                )
            row = rows[0]
        node = await self.node(row)
        try:
            return await node.find(target.pid)
        except BrokenError:
            raise
        except WetwareError as error:
            raise CommandError(
                f"{self.short[row.peer]} ({row.host}): {error}", exit_code=ExitCode.NOT_FOUND
            ) from None


@contextlib.asynccontextmanager
async def fleet(*, timeout: float, **options: Any) -> AsyncIterator[Fleet]:  # noqa: ASYNC109 - an option of the command line
    """Reach the cluster as the options say."""
    async with connected(timeout=timeout, **options) as client:
        try:
            async with asyncio.timeout(timeout):
                rows = [NodeRow.of(record) for record in await client.nodes()]
        except TimeoutError:
            raise BrokenError(
                f"{client.node} was reached at {client.address}, and did not list the nodes in {timeout:g} s"
            ) from None
        yield Fleet(client, rows, timeout)
