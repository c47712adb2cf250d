"""`ww cluster`: what concerns the cluster as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import click

from wetware.cli.app import LazyGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["cluster"]


class _Commands(LazyGroup):
    table: ClassVar[Mapping[str, tuple[str, str, str]]] = {  # type: ignore[misc]  # each group has its own
        "run": ("wetware.cli.cluster_run", "run", "Run a program on a node of the cluster."),
        "publish": ("wetware.cli.pubsub", "publish", "Publish messages to a topic."),
        "subscribe": ("wetware.cli.pubsub", "subscribe", "Show what is published to a topic."),
        "key": ("wetware.cli.cluster_key", "key", "Make, show or rotate the cluster key."),
    }


@click.group(cls=_Commands)
def cluster() -> None:
    """Run programs on the cluster, publish and subscribe; keys of the cluster."""
