"""The options of every command that speaks with a cluster, and how a command connects to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from wetware.cli.options import DURATION
from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from wetware.services.client import ClusterClient

__all__ = ["client_options", "cluster_key_option", "connected", "ns_option", "ring_path"]

F = TypeVar("F", bound="Callable[..., Any]")

DEFAULT_TIMEOUT: Final = 15.0

ns_option = click.option(
    "--ns",
    envvar="WW_NS",
    default="ww",
    show_default=True,
    help="The namespace; nodes of others are not met.",
)
cluster_key_option = click.option(
    "--cluster-key",
    envvar="WW_CLUSTER_KEY",
    type=click.Path(path_type=Path),
    help="The file of the cluster key; by default cluster.key in the data directory, if it is there.",
)
_peer_option = click.option(
    "--peer",
    "peers",
    envvar="WW_PEERS",
    multiple=True,
    metavar="HOST:PORT",
    help="Ask this node, and not one that runs on this machine. Repeatable: the first that answers.",
)
_timeout_option = click.option(
    "--timeout",
    envvar="WW_TIMEOUT",
    type=DURATION,
    default=DEFAULT_TIMEOUT,
    show_default="15s",
    help="How long to wait for the cluster.",
)


def client_options(command: F) -> F:
    """Give a command `peers`, `ns`, `cluster_key` and `timeout`; `connected` takes them."""
    for option in (_timeout_option, cluster_key_option, ns_option, _peer_option):
        command = option(command)
    return command


def ring_path(given: Path | None) -> Path | None:
    """The file of the cluster key: the one that the user names, or has in his data directory, or None."""
    from wetware.cluster.homes import cluster_key_path

    if given is not None:
        return given
    try:
        usual = cluster_key_path()
    except LocalError:  # there is no place for keys, and so no key
        return None
    return usual if usual.exists() else None


def connected(
    *, peers: tuple[str, ...], ns: str, cluster_key: Path | None, timeout: float
) -> AbstractAsyncContextManager[ClusterClient]:
    """Connect to a node as the options say."""
    from wetware.cluster.homes import load_ring
    from wetware.services.client import connect

    path = ring_path(cluster_key) if peers else None
    return connect(peers, ns=ns, ring=None if path is None else load_ring(path), timeout=timeout)
