"""The kinds of value that options of `ww` take, each of which says clearly what is wrong; shared options."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from wetware.cli.units import parse_duration, parse_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "DURATION",
    "ENVIRONMENT",
    "GRANT",
    "SIZE",
    "VOLUME",
    "Grant",
    "Kind",
    "VolumeGrant",
    "environment",
    "environment_option",
    "limit_options",
    "limits_of",
    "parse_grant",
    "parse_volume",
    "stdin_option",
]

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Grant:
    """A directory of this machine that the guest is given.

    Attributes:
        host: the directory here.
        guest: its name in the guest.
        writable: whether the guest may change what is in it.
    """

    host: Path
    guest: str
    writable: bool


def parse_grant(text: str) -> Grant:
    r"""Read `HOST[:GUEST][:ro|:rw]`; read-only unless it says otherwise, GUEST as HOST is written.

    A colon in a name is written `\:`.

    Raises:
        ValueError: it cannot be read, or HOST is no directory.
    """
    given, guest, writable = _paths(text, "HOST")
    host = Path(given)
    if not host.is_dir():
        raise ValueError(f"{given!r} is {'no directory' if host.exists() else 'not there'}")
    return Grant(host, guest or given, writable=writable)


@dataclass(frozen=True, slots=True)
class VolumeGrant:
    """A directory of a node's volume that a program is to have.

    Attributes:
        volume: the volume's name there.
        inside: the names of the directories that lead to it.
        guest: its name in the guest.
        writable: whether the guest may change what is in it.
    """

    volume: str
    inside: tuple[str, ...]
    guest: str
    writable: bool


def parse_volume(text: str) -> VolumeGrant:
    """Read `VOLUME[/DIRECTORY…][:GUEST][:ro|:rw]`; read-only unless it says otherwise, GUEST `/VOLUME…`.

    Raises:
        ValueError: it cannot be read.
    """
    given, guest, writable = _paths(text, "VOLUME")
    volume, *inside = given.split("/")
    if not all((volume, *inside)):
        raise ValueError(f"{given!r} is not VOLUME or VOLUME/DIRECTORY")
    return VolumeGrant(volume, tuple(inside), guest or f"/{given}", writable)


def _paths(text: str, what: str) -> tuple[str, str, bool]:
    parts = [part.replace("\\:", ":") for part in re.split(r"(?<!\\):", text)]
    mode = parts.pop() if len(parts) > 1 and parts[-1] in {"ro", "rw"} else "ro"
    if len(parts) > 2 or not all(parts):
        raise ValueError(
            f"{text!r} is not {what}, {what}:GUEST or {what}:GUEST:rw (a colon in a name is written \\:)"
        )
    return parts[0], parts[1] if len(parts) > 1 else "", mode == "rw"


def environment(pairs: Sequence[str]) -> dict[str, str]:
    """Read `NAME=VALUE`, or `NAME` alone to pass on the value it has here; a later one replaces an earlier.

    Raises:
        ValueError: a name is empty, or alone and not set here.
    """
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name:
            raise ValueError(
                f"{pair!r} has no name; write NAME=VALUE, or NAME to pass on the value it has here"
            )
        if not equals and name not in os.environ:
            raise ValueError(f"{name} is not set here, so it cannot be passed on; write {name}=VALUE")
        given[name] = value if equals else os.environ[name]
    return given


if TYPE_CHECKING:
    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType  # not subscriptable in every version of click


class Kind(_ParamType):
    """A click type around a function that reads text and raises `ValueError`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # click's
        """Return what the text means; a value that was read already is left alone."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except ValueError as problem:
            self.fail(str(problem), param, ctx)

    def read(self, text: str) -> object:
        """Read the text; raise `ValueError` saying what is wrong with it."""
        raise NotImplementedError


class _Size(Kind):
    name = "size"

    def read(self, text: str) -> int:
        """Bytes."""
        return parse_size(text)


class _Duration(Kind):
    name = "duration"

    def read(self, text: str) -> float:
        """Seconds."""
        return parse_duration(text)


class _Grant(Kind):
    name = "host[:guest][:rw]"

    def read(self, text: str) -> Grant:
        """Return the granted directory."""
        return parse_grant(text)


class _Volume(Kind):
    name = "volume[:guest][:rw]"

    def read(self, text: str) -> VolumeGrant:
        """Return the directory that is meant."""
        return parse_volume(text)


class _Environment(Kind):
    name = "name[=value]"

    def read(self, text: str) -> tuple[str, str]:
        """Return the name and its value."""
        return next(iter(environment([text]).items()))


SIZE = _Size()
DURATION = _Duration()
GRANT = _Grant()
VOLUME = _Volume()
ENVIRONMENT = _Environment()

environment_option = click.option(
    "--env",
    type=ENVIRONMENT,
    multiple=True,
    help="Give an environment variable; NAME alone passes on the value it has here. Repeatable.",
)
stdin_option = click.option(
    "--stdin", is_flag=True, help="Let the program read this terminal's, or pipe's, input."
)
_LIMIT_OPTIONS = (
    click.option("--memory", type=SIZE, help="Most memory, such as 64MiB."),
    click.option("--deadline", type=DURATION, help="Longest time from start to end, such as 10s."),
    click.option("--cpu", type=DURATION, help="Longest processor time, such as 5s."),
    click.option("--output", type=SIZE, help="Most output, such as 10MB."),
    click.option("--max-children", type=click.IntRange(min=0), help="Most living child processes."),
    click.option("--max-descriptors", type=click.IntRange(min=0), help="Most open descriptors."),
)


def limit_options(command: F) -> F:
    """Give a command the limits of a process; `limits_of` reads them."""
    for option in reversed(_LIMIT_OPTIONS):
        command = option(command)
    return command


def limits_of(given: dict[str, Any]) -> dict[str, Any]:
    """What was given of `limit_options`, by the names of `wetware.Limits`."""
    return {name.removeprefix("max_"): value for name, value in given.items() if value is not None}
