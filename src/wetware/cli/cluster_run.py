"""`ww cluster run`: a program on nodes of the cluster, as if it ran here.

Rules that hold here:

1. The program runs there and its output comes here; it ends when this command does, however that ends,
   unless it is detached.
2. The first Ctrl-C (or SIGTERM, SIGHUP) kills it there and waits for its end; the second one, or two seconds
   without an end, ends this command, and with its connection the program.
3. The exit code is the program's, or that of the reason why it ended, as with `ww run`. Of several it is that
   of the first, in the order in which they were placed, that did not end with 0.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.app import json_option
from wetware.cli.command_error import CommandError
from wetware.cli.completing import complete_node
from wetware.cli.exit_codes import ExitCode
from wetware.cli.interrupts import SIGNALS, Interrupts, interruptible
from wetware.cli.joining import client_options
from wetware.cli.nodes import where_option
from wetware.cli.options import VOLUME, environment_option, limit_options, limits_of, stdin_option
from wetware.cli.results import Block, Text
from wetware.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.cli.fleet import Fleet
    from wetware.cli.nodes import NodeRow
    from wetware.cli.options import VolumeGrant
    from wetware.process.reasons import ExitReason
    from wetware.schema.core_capnp import Volume
    from wetware.services.remote import RemoteNode, RemoteProcess

__all__ = ["Ran", "Started", "run"]

MOST = 10_000
"""Processes that one command starts."""
SPAWN_PATIENCE = 600.0
"""Seconds that a node has to fetch and compile a program; that it is dead, its connection tells sooner."""
SLOW = 1.0
"""Seconds after which the user is told what is waited for."""


@dataclass(frozen=True, slots=True)
class Started:
    """Processes that go on by themselves: `pid@peer id` of each, and how they can be called for short."""

    cid: str
    processes: Sequence[str]
    short: Sequence[str]
    stream: Literal["stdout", "stderr"] = "stdout"

    @property
    def exit_code(self) -> int:
        """They have begun."""
        return ExitCode.OK

    def blocks(self) -> Sequence[Block]:
        """Return one line for each."""
        return [Text("\n".join(self.short))]

    def to_json(self) -> dict[str, object]:
        """Return their names."""
        return {"cid": self.cid, "processes": list(self.processes)}


@dataclass(frozen=True, slots=True)
class Ran:
    """How processes ended.

    Attributes:
        name: the program's name.
        cid: the name by which nodes know it.
        ends: process, node, seconds, reason of each.
        interrupted: the exit code of the signal that ended them; 0 for none.
    """

    name: str
    cid: str
    ends: Sequence[tuple[str, NodeRow, float, ExitReason]]
    interrupted: int = 0
    stream: Literal["stdout", "stderr"] = "stderr"

    @property
    def exit_code(self) -> int:
        """As rule 3 says."""
        return self.interrupted or next((code for *_, end in self.ends if (code := end.exit_status)), 0)

    def blocks(self) -> Sequence[Block]:
        """Return a line for each end that the user would wonder about."""
        if self.interrupted:
            return []
        several = len(self.ends) > 1
        lines = [
            f"ww: {process if several else self.name}: {reason}"
            for process, _, _, reason in self.ends
            if reason.wait_code != reason.exit_status or (several and reason.wait_code)
        ]
        return [Text("\n".join(lines))] if lines else []

    def to_json(self) -> dict[str, object]:
        """Return the summary; its keys are listed in docs/cluster.md."""
        return {
            "program": self.name,
            "cid": self.cid,
            "exit_code": self.exit_code,
            "processes": [
                {
                    "process": process,
                    "node": row.peer,
                    "host": row.host,
                    "exit_code": reason.exit_status,
                    "code": reason.wait_code,
                    "reason": {**reason.to_dict(), "text": str(reason)},
                    "seconds": seconds,
                }
                for process, row, seconds, reason in self.ends
            ],
        }


@click.command(
    context_settings={"allow_interspersed_args": False},
    options_metavar="[OPTIONS]",
    short_help="Run a program on a node of the cluster.",
)
@click.argument("file")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--on",
    metavar="NODE",
    shell_complete=complete_node,
    help="Run it there: a host, a meta name, or the beginning of a node's id.",
)
@click.option(
    "--spread", type=click.IntRange(1, MOST), metavar="N", help="Run N of it, spread evenly over the nodes."
)
@where_option
@click.option("--detach", "-d", is_flag=True, help="Let it go on by itself, and print its name.")
@environment_option
@click.option(
    "--volume",
    "volumes",
    type=VOLUME,
    multiple=True,
    help="Give a directory that its node has as a volume, read-only unless it ends in :rw. Repeatable.",
)
@click.option(
    "--grant",
    "granted",
    type=click.Choice(["executor", "all"]),
    help="Give an executor, to run programs with: for its own processes only, or for all that you reach.",
)
@stdin_option
@limit_options
@click.option("--raw-output", is_flag=True, help="Let escape sequences through to the terminal.")
@client_options
@json_option
def run(
    *,
    file: str,
    on: str | None,
    spread: int | None,
    where: tuple[str, ...],
    peers: tuple[str, ...],
    ns: str,
    cluster_key: Path | None,
    timeout: float,
    **given: Any,
) -> Ran | Started:
    """Run FILE (.wasm, .wat, .py, or a folder; - reads it from stdin) on a node, with ARGUMENTS.

    Without --on or --spread it runs on the node that is reached first, or, with --where, on the least loaded
    one that fits. The program gets nothing but what is given here. Ctrl-C kills it. The exit code is the
    program's, or as with `ww run`.

    --json prints a summary as the last line of stderr, since stdout is the program's.
    """
    if on is not None and spread is not None:
        raise click.UsageError("--on names one node, --spread many: choose one of the two")
    if given["detach"] and given["stdin"]:
        raise click.UsageError("a detached program has nobody to read from: --detach or --stdin")
    if file == "-" and given["stdin"]:
        raise click.UsageError("stdin cannot be both the program (FILE is -) and its input (--stdin)")
    reach = {"peers": peers, "ns": ns, "cluster_key": cluster_key, "timeout": timeout}
    job = _Job(file, given)
    return asyncio.run(interruptible(lambda interrupts: _run(job, reach, on, spread, where, interrupts)))


class _Job:
    """What is to be run, and how."""

    def __init__(self, file: str, given: dict[str, Any]) -> None:
        self.file = file
        self.name = "stdin" if file == "-" else Path(file).name
        self.arguments: tuple[str, ...] = given.pop("arguments")
        self.environment: dict[str, str] = dict(given.pop("env"))
        self.volumes: tuple[VolumeGrant, ...] = given.pop("volumes")
        self.granted: str | None = given.pop("granted")
        self.detach: bool = given.pop("detach")
        self.stdin: bool = given.pop("stdin")
        self.raw: bool = given.pop("raw_output")
        self.limits = limits_of(given)

    async def content(self) -> bytes:
        """The program's bytes.

        Raises:
            CommandError: there is no such file, or it is no program.
        """
        from wetware.cli.loading import INSPECT, loading
        from wetware.cli.run import read_program
        from wetware.wasm.loader import program_bytes

        source: bytes | str = read_program(sys.stdin.buffer) if self.file == "-" else self.file
        with loading(self.name, lambda: INSPECT):
            return await program_bytes(source)


async def _run(
    job: _Job,
    reach: dict[str, Any],
    on: str | None,
    spread: int | None,
    where: tuple[str, ...],
    interrupts: Interrupts,
) -> Ran | Started:
    from wetware.cli.fleet import fleet
    from wetware.wasm.cid import Cid

    content = await job.content()
    cid = str(Cid.of(content))
    async with fleet(**reach) as cluster:
        rows = placed(cluster, on, spread, where)
        began = time.perf_counter()
        processes = await _spawn_all(cluster, rows, job, content)
        if job.detach:
            short = [f"{p.pid}@{cluster.short[row.peer]}" for p, row in zip(processes, rows, strict=True)]
            return Started(cid, [process.address for process in processes], short)

        def kill_all() -> None:
            killing.extend(asyncio.ensure_future(_kill(process)) for process in processes)

        killing: list[asyncio.Future[None]] = []
        interrupts.on_first = kill_all
        several = len(processes) > 1

        async def follow(process: RemoteProcess, row: NodeRow) -> tuple[str, NodeRow, float, ExitReason]:
            label = f"{process.pid}@{cluster.short[row.peer]}: " if several else ""
            reason = await _follow(process, job, label)
            return process.address, row, time.perf_counter() - began, reason

        feeding = _feed(processes, job)
        try:
            ends = await asyncio.gather(
                *(follow(process, row) for process, row in zip(processes, rows, strict=True))
            )
        finally:
            if feeding is not None:
                feeding.cancel()
        for task in killing:
            task.cancel()
        code = 0 if interrupts.received is None else int(SIGNALS[interrupts.received])
        return Ran(job.name, cid, ends, code)


def placed(cluster: Fleet, on: str | None, spread: int | None, where: tuple[str, ...]) -> list[NodeRow]:
    """The node of each process.

    Raises:
        CommandError: no node fits.
    """
    from wetware.services.placement import least_loaded
    from wetware.services.placement import spread as spread_evenly

    rows = cluster.chosen([on] if on is not None else [], where)
    if not rows:
        raise CommandError("no node of the cluster fits --where", exit_code=ExitCode.USAGE)
    if spread is None and (on is not None or not where):
        return rows if on is not None else [cluster.here]
    by_peer = {row.peer: row for row in rows}
    nodes = [row.candidate for row in rows]
    chosen = [least_loaded(nodes)] if spread is None else spread_evenly(nodes, spread)
    return [by_peer[node.peer] for node in chosen]


async def _spawn_all(
    cluster: Fleet, rows: Sequence[NodeRow], job: _Job, content: bytes
) -> list[RemoteProcess]:
    """One process on each of the nodes; where one cannot be started, all are ended."""
    from wetware.cli.render import note

    async def tell() -> None:
        await asyncio.sleep(SLOW)
        note(f"waiting for {job.name} to be sent and compiled; each node keeps the result")

    telling = asyncio.create_task(tell())
    tasks = [asyncio.ensure_future(_spawn(cluster, row, job, content)) for row in rows]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        for done in await asyncio.gather(*tasks, return_exceptions=True):
            if not isinstance(done, BaseException):
                await _kill(done)
        raise
    finally:
        telling.cancel()


async def _spawn(cluster: Fleet, row: NodeRow, job: _Job, content: bytes) -> RemoteProcess:
    from wetware import Limits
    from wetware.cli.loading import INSPECT, loading
    from wetware.services.remote import RemoteNode

    there = f"{cluster.short[row.peer]} ({row.host})"
    node = RemoteNode((await cluster.node(row)).session, timeout=SPAWN_PATIENCE)
    with loading(f"{there}: {job.name}", lambda: INSPECT):
        await node.prepare(content)
    node.timeout = cluster.timeout
    try:
        process = await node.spawn(
            content,
            args=list(job.arguments),
            name=job.name,
            env=job.environment,
            limits=Limits(**job.limits),
            stdin="pipe" if job.stdin else "closed",
            stdout="capture" if job.detach else "pipe",
            stderr="capture" if job.detach else "pipe",
            dirs={each.guest: await _volume(node, each) for each in job.volumes},
            executor="all" if job.granted == "all" else job.granted is not None,
            detached=job.detach,
        )
    except LimitError as problem:
        raise CommandError(f"{there}: {problem}", exit_code=ExitCode.LIMIT) from None
    return process


async def _volume(node: RemoteNode, wanted: VolumeGrant) -> Volume:
    volume = node.volume(wanted.volume)
    for name in wanted.inside:
        volume = (await volume.directory(name=name)).volume
    return volume if wanted.writable else (await volume.read_only()).volume


async def _kill(process: RemoteProcess) -> None:
    from wetware.errors import WetwareError

    try:
        await process.kill()
    except WetwareError as problem:
        from wetware.cli.render import error

        error(f"{process.address}: {problem}")


async def _follow(process: RemoteProcess, job: _Job, label: str) -> ExitReason:
    """Show what a process writes until it has ended, and all of it is here."""
    from wetware.cli.streams import Destination
    from wetware.errors import BrokenError
    from wetware.services.remote_streams import PIECE

    async def show(read: Any, destination: Destination) -> None:
        try:
            while content := await read(PIECE):
                destination.write(content)
        except BrokenError:
            pass  # its end tells it
        finally:
            destination.close()

    out = Destination(sys.stdout.buffer, raw=job.raw, label=label)
    err = Destination(sys.stderr.buffer, raw=job.raw, label=label)
    reason, *_ = await asyncio.gather(
        process.monitor(), show(process.stdout.read, out), show(process.stderr.read, err)
    )
    return reason


def _feed(processes: Sequence[RemoteProcess], job: _Job) -> asyncio.Task[None] | None:
    """Give this command's input to the process; of several, each gets all of it."""
    if not job.stdin:
        return None
    from wetware.cli.local_input import chunks
    from wetware.errors import WetwareError

    living = list(processes)

    async def feed() -> None:
        async for chunk in chunks():
            for process in list(living):
                try:
                    await process.stdin.write(chunk)
                except WetwareError:
                    living.remove(process)  # it reads no more, or has ended
            if not living:
                return
        for process in list(living):
            try:
                await process.stdin.write_eof()
            except WetwareError:
                continue

    return asyncio.create_task(feed())
