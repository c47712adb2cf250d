"""`ww cluster key`: the secret that the nodes of one cluster share."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from wetware.cli.app import json_option
from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode
from wetware.cli.joining import cluster_key_option
from wetware.cli.results import Block, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wetware.cluster.clusterkey import ClusterKey, KeyRing

__all__ = ["KeyShown", "key"]


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A key ring, and what has been done with it.

    Attributes:
        path: its file.
        done: what was done, in words.
        keys: the keys as (id, text); the text is empty where the key is not shown.
    """

    path: str
    done: str
    keys: Sequence[tuple[str, str]]
    stream: Literal["stdout", "stderr"] = "stdout"

    @property
    def exit_code(self) -> int:
        """It worked."""
        return ExitCode.OK

    def blocks(self) -> Sequence[Block]:
        """Return what was done, or the keys alone, for a pipe."""
        shown = [text for _, text in self.keys if text]
        return [Text("\n".join(([self.done] if self.done else []) + shown))]

    def to_json(self) -> dict[str, object]:
        """Return the keys."""
        keys = [{"id": name, **({"key": text} if text else {})} for name, text in self.keys]
        return {"path": self.path, "done": self.done, "keys": keys}


@click.group()
def key() -> None:
    """Make, show, hand on or rotate the cluster key.

    Nodes on several machines are one cluster once they hold the same key. It protects what they say to
    each other and decides who may come in, so hand it on as you would a password:

    \b
      ww cluster key create
      ww cluster key show | ssh HOST ww cluster key import

    To replace it without stopping the cluster: `rotate` makes a new key, which is accepted besides the
    old one; once every machine has both, `rotate --use` makes it the one in use; once every machine has
    that, `rotate --drop` forgets the old one. Running nodes notice a change within seconds.
    """  # noqa: D301  # click's mark for lines to be left alone is the control character


def _path(given: Path | None) -> Path:
    from wetware.cluster.homes import cluster_key_path

    return cluster_key_path() if given is None else given


def _new() -> ClusterKey:
    from wetware.cluster.clusterkey import ClusterKey

    return ClusterKey(secrets.token_bytes(32))


def _load(path: Path) -> KeyRing:
    from wetware.cluster.homes import load_ring

    if not path.exists():
        raise CommandError(f"there is no cluster key at {path}", hint="`ww cluster key create` makes one")
    return load_ring(path)


def _shown(path: Path, ring: KeyRing, done: str = "", *, secret: bool = False) -> KeyShown:
    keys = [(item.id.hex(), item.show() if secret else "") for item in ring.keys]
    return KeyShown(str(path), done, keys)


@key.command()
@cluster_key_option
@json_option
def create(*, cluster_key: Path | None) -> KeyShown:
    """Make a cluster key, where there is none yet."""
    from wetware.cluster.clusterkey import KeyRing
    from wetware.cluster.homes import save_ring

    path = _path(cluster_key)
    ring = KeyRing([_new()])
    if not save_ring(path, ring, replace=False):
        raise CommandError(
            f"there is a cluster key at {path} already",
            hint="`ww cluster key show` shows it, `ww cluster key rotate` replaces it step by step",
        )
    return _shown(
        path,
        ring,
        f"made the cluster key {ring.keys[0].id.hex()} in {path}\n"
        "hand it on with: ww cluster key show | ssh HOST ww cluster key import\n"
        "nodes that are started from now on use it, and serve the network",
    )


@key.command()
@cluster_key_option
@json_option
def show(*, cluster_key: Path | None) -> KeyShown:
    """Print the cluster key, for handing it on: whoever reads it can join the cluster."""
    path = _path(cluster_key)
    return _shown(path, _load(path), secret=True)


@key.command("import")
@cluster_key_option
@click.option("--replace", is_flag=True, help="Put it in the place of the one that is there.")
@json_option
def import_key(*, cluster_key: Path | None, replace: bool) -> KeyShown:
    """Read a cluster key, or several, from stdin and keep it."""
    import sys

    from wetware.cluster.clusterkey import ClusterKey, KeyRing
    from wetware.cluster.homes import save_ring

    if sys.stdin.isatty():
        raise click.UsageError(
            "the key would be read from this terminal; pipe it in: ww cluster key import < FILE"
        )
    lines = [line.strip() for line in sys.stdin.read(65_536).splitlines()]
    ring = KeyRing([ClusterKey.parse(line) for line in lines if line and not line.startswith("#")])
    path = _path(cluster_key)
    if not save_ring(path, ring, replace=replace):
        there = _load(path)
        if [item.id for item in there.keys] == [item.id for item in ring.keys]:
            return _shown(path, ring, f"{path} holds this cluster key already")
        raise CommandError(
            f"there is another cluster key at {path}", hint="--replace puts this one in its place"
        )
    names = ", ".join(item.id.hex() for item in ring.keys)
    return _shown(path, ring, f"kept the cluster key {names} in {path}")


@key.command()
@cluster_key_option
@click.option("--use", "step", flag_value="use", help="Second step: use the new key, accept the old one.")
@click.option("--drop", "step", flag_value="drop", help="Third step: forget the keys that are not in use.")
@json_option
def rotate(*, cluster_key: Path | None, step: str | None) -> KeyShown:
    """Replace the cluster key in three steps, without stopping the cluster."""
    from wetware.cluster.clusterkey import KeyRing
    from wetware.cluster.homes import save_ring

    path = _path(cluster_key)
    ring = _load(path)
    if step is None:
        if len(ring.keys) > 1:
            raise CommandError(
                "a rotation is under way: this cluster has a second key already",
                hint="go on with --use, or end it with --drop",
            )
        changed = KeyRing([*ring.keys, _new()])
        done = (
            f"made the key {changed.keys[1].id.hex()}, which is accepted besides {ring.keys[0].id.hex()}\n"
            "next: give every machine both: ww cluster key show | ssh HOST ww cluster key import --replace\n"
            "then `ww cluster key rotate --use`"
        )
    elif len(ring.keys) < 2:
        raise CommandError("no rotation is under way", hint="`ww cluster key rotate` begins one")
    elif step == "use":
        changed = KeyRing([ring.keys[1], ring.keys[0], *ring.keys[2:]])
        done = (
            f"the key {changed.keys[0].id.hex()} is in use now, and {changed.keys[1].id.hex()} accepted\n"
            "next: hand this on to every machine, and restart its node, then `ww cluster key rotate --drop`"
        )
    else:
        changed = KeyRing(ring.keys[:1])
        done = f"the key {changed.keys[0].id.hex()} is the only one now\nnext: hand this on to every machine"
    save_ring(path, changed, replace=True)
    return _shown(path, changed, done)
