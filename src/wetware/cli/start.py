"""`ww start`: a node in the foreground, until a signal ends it.

Rules that hold here:

1. SIGTERM, SIGINT and SIGHUP drain the node: nobody new comes in, processes are ended and those who wait for
   them told, leave is taken of the cluster, and the exit code is 0. A second signal, or `PATIENCE`
   seconds, ends it where it stands.
2. The log tells what a person who runs the node wants to know: on stderr in words, or with --json on stdout,
   one object a line, whose keys are part of the interface (docs/cluster.md).
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.app import JSON, json_option
from wetware.cli.command_error import CommandError
from wetware.cli.joining import cluster_key_option, ns_option, ring_path
from wetware.cli.render import event_json, note
from wetware.cli.results import Silent
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.cluster.clusterkey import KeyRing
    from wetware.cluster.identity import NodeKey
    from wetware.cluster.policy import Policy
    from wetware.services.cluster import Cluster

__all__ = ["start"]

PATIENCE = 10.0
"""Seconds that draining may take."""

_KEY_EVERY = 2.0
"""Seconds between two looks at the file of the cluster key."""

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Stopped(Silent):
    """The node has stopped as it was asked to."""

    peer: str
    signal: str
    stream: Literal["stdout", "stderr"] = "stderr"

    def to_json(self) -> dict[str, object]:
        """Who stopped, and why."""
        return {"peer": self.peer, "signal": self.signal, "exit_code": 0}


class Log:
    """The node's log: words on stderr, or JSON lines on stdout."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def say(self, event: str, words: str, **facts: Any) -> None:
        """Tell one thing."""
        if not self.as_json:
            note(words)
            return
        time = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        event_json({"time": time, "event": event, **facts})

    def install(self) -> None:
        """Tell what the node logs as warnings, too."""
        handler = _Warnings(self)
        logger = logging.getLogger("wetware")
        logger.addHandler(handler)
        logger.propagate = False


class _Warnings(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        self._log.say("warning", message, message=message)


@click.command(short_help="Start a node, which joins the others that it finds.")
@click.option(
    "--listen",
    metavar="HOST:PORT",
    help="Where to listen; by default on loopback, or everywhere with a cluster key. Port 0 is any free one.",
)
@click.option("--advertise", metavar="HOST[:PORT]", help="The address that others are told.")
@click.option("--meta", multiple=True, metavar="KEY=VALUE", help="What the node says of itself. Repeatable.")
@ns_option
@click.option(
    "--peer",
    "peers",
    envvar="WW_PEERS",
    multiple=True,
    metavar="HOST:PORT",
    help="A node to join by. Repeatable.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Keep the node's key here; by default each start is a new node.",
)
@click.option(
    "--volume",
    "volumes",
    multiple=True,
    metavar="NAME=DIR",
    help="A directory of this machine that programs may be given here, by its name. Repeatable.",
)
@click.option("--policy", type=click.Path(path_type=Path), help="The file that says which account gets what.")
@cluster_key_option
@click.option("--multicast/--no-multicast", default=None, help="Look for nodes in the local network.")
@json_option
@click.pass_context
def start(ctx: click.Context, /, **options: Any) -> Stopped:
    """Start a node, and keep it running until it is told to stop (SIGTERM, Ctrl-C).

    Without a cluster key it serves this user on this machine alone; with one (`ww cluster key create`), all
    who hold the key.
    """
    log = Log(as_json=bool(ctx.meta.get(JSON)))
    log.install()
    return asyncio.run(_serve(log, **options))


async def _serve(
    log: Log,
    *,
    listen: str | None,
    advertise: str | None,
    meta: tuple[str, ...],
    ns: str,
    peers: tuple[str, ...],
    data: Path | None,
    volumes: tuple[str, ...],
    policy: Path | None,
    cluster_key: Path | None,
    multicast: bool | None,
) -> Stopped:
    from wetware import Node
    from wetware.cli.membership_log import tell
    from wetware.cluster.homes import load_ring
    from wetware.services.cluster import Cluster

    key_path = ring_path(cluster_key)
    ring = None if key_path is None else load_ring(key_path)
    rules = None if policy is None else _policy(policy)
    directories = _volumes(volumes, [kept for kept in (data, key_path, policy) if kept])
    with _node_key(data) as key:
        stop: asyncio.Future[signal.Signals] = asyncio.get_running_loop().create_future()
        with _signals(stop):
            async with (
                Node() as node,
                Cluster(
                    node,
                    listen=listen,
                    advertise=advertise,
                    ring=ring,
                    key=key,
                    peers=peers,
                    meta=meta,
                    ns=ns,
                    policy=rules,
                    volumes=directories,
                    multicast=multicast,
                ) as cluster,
            ):
                _say_started(log, cluster, ring)
                async with asyncio.TaskGroup() as tasks:
                    watching = [tasks.create_task(tell(log.say, cluster))]
                    if key_path is not None:
                        watching.append(tasks.create_task(_follow_key(log, cluster, key_path)))
                    received = await stop
                    log.say(
                        "stopping", f"{received.name}: ending processes and leaving", signal=received.name
                    )
                    await cluster.drain()
                    for task in watching:
                        task.cancel()
            log.say("stopped", "stopped", peer=str(cluster.me))
    return Stopped(str(cluster.me), received.name)


def _say_started(log: Log, cluster: Cluster, ring: KeyRing | None) -> None:
    if ring is None:
        reach = "for this user on this machine alone, since there is no cluster key"
    else:
        reach = f"for all who hold the cluster key {ring.keys[0].id.hex()}"
    log.say(
        "started",
        f"{cluster.me} listens on {cluster.address} {reach}",
        peer=str(cluster.me),
        address=str(cluster.address),
        ns=cluster.ns,
        pid=os.getpid(),
        server=f"{cluster.server:016x}",
        cluster_key=None if ring is None else ring.keys[0].id.hex(),
        multicast=cluster.multicast,
    )


async def _follow_key(log: Log, cluster: Cluster, path: Path) -> None:
    """Use what the file of the cluster key says, whenever it changes: so a rotation stops no node."""
    from wetware.cluster.homes import load_ring

    def state() -> tuple[int, int] | None:
        try:
            found = path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    seen = state()
    while True:
        await asyncio.sleep(_KEY_EVERY)
        now = state()
        if now == seen:
            continue
        seen = now
        try:
            ring = load_ring(path)
        except LocalError as error:
            log.say("warning", f"the cluster key stays as it was: {error}", message=str(error))
            continue
        cluster.use_ring(ring)
        names = [key.id.hex() for key in ring.keys]
        others = f", and accepts {', '.join(names[1:])}" if names[1:] else ""
        log.say("key", f"uses the cluster key {names[0]} from now on{others}", keys=names)


@contextlib.contextmanager
def _signals(stop: asyncio.Future[signal.Signals]) -> Any:
    """Take the signals: the first one drains, the second one ends it."""
    loop = asyncio.get_running_loop()

    def receive(number: signal.Signals) -> None:
        if stop.done():
            os._exit(128 + number)
        stop.set_result(number)
        loop.call_later(PATIENCE, os._exit, 128 + number)

    mine = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    for number in mine:
        loop.add_signal_handler(number, receive, number)
    try:
        yield
    finally:
        for number in mine:
            loop.remove_signal_handler(number)


@contextlib.contextmanager
def _node_key(data: Path | None) -> Any:
    """The node's key: kept in a directory that one node at a time uses, or new."""
    from wetware.cluster.keyfile import ephemeral_key, load_or_create_key
    from wetware.cluster.locks import lock

    if data is None:
        yield ephemeral_key()
        return
    key: NodeKey = load_or_create_key(data / "node.key")
    with (data / "node.lock").open("ab") as file:
        if not lock(file):
            raise CommandError(
                f"another node runs with the key in {data}", hint="give each node a directory of its own"
            )
        yield key


def _volumes(pairs: Sequence[str], kept: Sequence[Path]) -> dict[str, Path]:
    """Read `NAME=DIR`, repeated; none may reach what is kept from programs."""
    from wetware.wasm.private_directory import overlap

    volumes: dict[str, Path] = {}
    for pair in pairs:
        name, equals, path = pair.partition("=")
        if not (name and equals and path) or name in volumes:
            raise CommandError(f"--volume {pair!r} is not NAME=DIR, with a name of its own")
        volumes[name] = at = Path(path)
        for own in kept:
            if overlap(own, at):
                raise CommandError(f"--volume {pair}: programs would reach {own}, which the node relies on")
    return volumes


def _policy(path: Path) -> Policy:
    from wetware.cluster.policy import Policy

    try:
        return Policy.parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"cannot read the policy {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"the policy {path} is no text") from None
