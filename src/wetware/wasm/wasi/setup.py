"""What one process gives to wasmtime's own WASI.

Arguments, environment, and the directories it was granted.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wetware.errors import LocalError
from wetware.wasm import capi

__all__ = ["Directory", "WasiSetup"]


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory of the host that a process may use, and nothing above or beside it.

    Attributes:
        host: its path on the host.
        guest: the path under which the guest sees it; the host's by default.
        writable: whether the guest may change what is in it.
    """

    host: Path
    guest: str
    writable: bool = False

    def __init__(self, host: str | Path, guest: str | None = None, *, writable: bool = False) -> None:
        path = Path(host)
        if not path.is_dir():
            raise LocalError(f"{path} is no directory, and only directories can be granted")
        seen = guest if guest is not None else str(host)
        resolved = path.resolve()
        _text(str(resolved), "path of a granted directory")
        _text(seen, "path of a granted directory")
        object.__setattr__(self, "host", resolved)
        object.__setattr__(self, "guest", seen)
        object.__setattr__(self, "writable", writable)


class WasiSetup:
    """Arguments, environment and directories of one process, checked, ready to be applied to its store."""

    __slots__ = ("_argv", "_env", "directories")

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str] | None = None, directories: Sequence[Directory] = ()
    ) -> None:
        self._argv = [_text(argument, "argument") for argument in argv]
        self._env = [
            (_text(name, "environment variable"), _text(value, "environment variable"))
            for name, value in (env or {}).items()
        ]
        for name in env or ():
            if not name or "=" in name:
                raise LocalError(f"{name!r} is no name of an environment variable: empty, or with a '='")
        self.directories = tuple(directories)
        for directory in self.directories:
            if not directory.host.is_dir():
                raise LocalError(f"{directory.host} is gone since it was granted; grant another directory")

    def number(self, pid: int, ppid: int) -> None:
        """Put pid and parent's pid in place of the first two arguments."""
        self._argv[:2] = [str(pid).encode(), str(ppid).encode()]

    @property
    def arguments(self) -> list[str]:
        """All of them, the program's own name first."""
        return [argument.decode() for argument in self._argv]

    @property
    def environment(self) -> list[tuple[str, str]]:
        """Names and values."""
        return [(name.decode(), value.decode()) for name, value in self._env]

    def apply(self, context: int, *, reserved: int = 0) -> None:
        """Set a store's WASI state. Raises `LocalError` for a directory that cannot be opened.

        Args:
            context: the store's.
            reserved: how many descriptors below those of the directories are not wasmtime's. It numbers
                directories from 3 on; the first one is opened that many times more, so that whatever
                reaches it under such a number is something that the guest has anyway.
        """
        config = capi.wasi_config_new()
        if self._argv:
            argv = (ctypes.c_char_p * len(self._argv))(*self._argv)
            capi.wasi_config_set_argv(config, len(self._argv), ctypes.addressof(argv))
        if self._env:
            count = len(self._env)
            names = (ctypes.c_char_p * count)(*[name for name, _ in self._env])
            values = (ctypes.c_char_p * count)(*[value for _, value in self._env])
            capi.wasi_config_set_env(config, count, ctypes.addressof(names), ctypes.addressof(values))
        for directory in (*self.directories[:1] * reserved, *self.directories):
            opened = capi.wasi_config_preopen_dir(
                config, str(directory.host).encode(), directory.guest.encode(), directory.writable
            )
            if not opened:
                capi.wasi_config_delete(config)
                raise LocalError(
                    f"{directory.host} cannot be opened; it was granted, and then moved or closed off"
                )
        capi.check(capi.context_set_wasi(context, config))


def _text(value: str, what: str) -> bytes:
    if "\0" in value:
        raise LocalError(f"a NUL character in the {what} {value!r}; WASI passes text that ends at one")
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise LocalError(f"the {what} {value!r} is no valid Unicode; WASI passes UTF-8 only") from None
