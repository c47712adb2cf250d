"""A directory that nobody but this user can put anything into, and a secret kept in it.

What lies in such a directory is run as native code, so whoever could write there could run anything as this
user.

Rules that hold here:

1. The directory is ours and only we may write in it; every directory above it belongs to us or to the
   system, and cannot be written by everyone (but for the sticky kind, as /tmp is). Otherwise it is refused:
   a check that mends in silence would trust what was put there before.
2. Where the platform has no owners (Windows), the platform's own defaults have to do.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from wetware.errors import LocalError

__all__ = [
    "UnsafeDirectoryError",
    "cache_root",
    "overlap",
    "private_directory",
    "same_or_inside",
    "secret_in",
]

_SECRET_BYTES = 32


class UnsafeDirectoryError(LocalError):
    """Somebody else could write in the directory, or it cannot be used at all."""


def cache_root() -> Path:
    """Where caches of this user belong: `$WW_CACHE`, or `wetware` in `$XDG_CACHE_HOME` or in `~/.cache`.

    Source: XDG Base Directory Specification (a relative `$XDG_CACHE_HOME` is ignored, as it demands).
    """
    if chosen := os.environ.get("WW_CACHE"):
        return Path(chosen).expanduser().absolute()
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".cache") / "wetware"


def private_directory(path: Path) -> Path:
    """Make the directory where it is missing, check it, and return its real path.

    Raises:
        UnsafeDirectoryError: somebody else could write there, or it is no directory, or it cannot be made.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        real = path.resolve(strict=True)
        problem = _problem(real, own=True)
        for above in real.parents:
            problem = problem or _problem(above, own=False)
    except OSError as error:
        raise UnsafeDirectoryError(
            f"{path} cannot be used: {error.strerror or error}; name another directory in WW_CACHE"
        ) from None
    if problem:
        raise UnsafeDirectoryError(f"{problem}; mend it, or name another directory in WW_CACHE")
    return real


def _problem(path: Path, *, own: bool) -> str:
    found = path.lstat()
    me = getattr(os, "geteuid", None)
    if me is None:
        return ""
    trusted = {me()} if own else {me(), 0}
    if found.st_uid not in trusted:
        return f"{path} belongs to another user (uid {found.st_uid})"
    writable = stat.S_IWGRP | stat.S_IWOTH if own else stat.S_IWOTH
    if found.st_mode & writable and (own or not found.st_mode & stat.S_ISVTX):
        return f"{path} can be written by others (mode {stat.S_IMODE(found.st_mode):o})"
    return ""


def secret_in(directory: Path) -> bytes:
    """The 32 secret bytes of this directory, made at the first call; several processes agree on them."""
    path = directory / "secret"
    for _ in range(3):
        try:
            secret = path.read_bytes()
        except FileNotFoundError:
            secret = b""
        if len(secret) == _SECRET_BYTES:
            return secret
        _make_secret(directory, path, replace=bool(secret))
    raise UnsafeDirectoryError(f"{path} does not keep a secret; remove it, or name another WW_CACHE")


def _make_secret(directory: Path, path: Path, *, replace: bool) -> None:
    import secrets
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=directory, prefix=".new-")
    made = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
        if replace:
            made.replace(path)
            return
        try:
            path.hardlink_to(made)  # fails where another process was faster, and then its secret is the one
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def overlap(one: Path, other: Path) -> bool:
    """Whether one of two paths is the other or leads into it: who reaches the one reaches of the other."""
    return same_or_inside(one, other) or same_or_inside(other, one)


def same_or_inside(path: Path, directory: Path) -> bool:
    """Whether the path is the directory or leads into it, also by a symbolic link or a bind mount."""
    real, target = Path(os.path.realpath(path)), Path(os.path.realpath(directory))
    if real == target or target in real.parents:
        return True
    try:
        wanted = target.stat()
    except OSError:
        return False
    for place in (real, *real.parents):
        try:
            found = place.stat()
        except OSError:
            continue
        if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
            return True
    return False
