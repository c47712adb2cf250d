"""`wasi:filesystem`: what a component sees of the directories that its process was granted.

Rules that hold here:

1. A descriptor is a number in the process's file store (`file_store.py`), open as long as the component
   holds it or a stream that it has made of it.
2. Without a granted directory there is no file store, and no descriptor.

Source: `wasi:filesystem@0.2.9` (github.com/WebAssembly/WASI, `wasip2/filesystem`).
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from blake3 import blake3

from wetware.wasm.component.hostcall import ComponentFunction
from wetware.wasm.component.values import (
    Shape,
    boolean,
    byte_list,
    enumeration,
    flags,
    list_of,
    option,
    own,
    record,
    result,
    text,
    tuple_of,
    u32,
    u64,
)
from wetware.wasm.wasi import abi
from wetware.wasm.wasi2.file_store import FileError, FileStore, Stat
from wetware.wasm.wasi2.io import InputStream, OutputStream
from wetware.wasm.wasi2.resources import (
    DESCRIPTOR,
    DIRECTORY_ENTRY_STREAM,
    INPUT_STREAM,
    OUTPUT_STREAM,
)

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["PREOPENS", "TYPES"]

_TYPE_NAMES: Final = {
    1: "block-device",
    2: "character-device",
    3: "directory",
    4: "regular-file",
    5: "socket",
    6: "socket",
    7: "symbolic-link",
}
_OPEN_FLAGS: Final = {"create": 1, "directory": 2, "exclusive": 4, "truncate": 8}
_NANOSECONDS: Final = 1_000_000_000
_ATIM, _ATIM_NOW, _MTIM, _MTIM_NOW = 1, 2, 4, 8


class Descriptor:
    """A file or directory that is open."""

    __slots__ = ("_users", "files", "flags", "number")

    def __init__(self, files: FileStore, number: int, flags: frozenset[str]) -> None:
        self.files = files
        self.number = number
        self.flags = flags
        self._users = 1

    def hold(self) -> Descriptor:
        """Somebody else uses it, too."""
        self._users += 1
        return self

    def drop(self) -> None:
        """Somebody uses it no more."""
        self._users -= 1
        if not self._users:
            self.files.close(self.number)


class _FileInput:
    filetype = abi.FILETYPE_REGULAR
    __slots__ = ("_descriptor", "_offset")

    def __init__(self, descriptor: Descriptor, offset: int) -> None:
        self._descriptor = descriptor
        self._offset = offset

    def read(self, _fiber: Fiber, limit: int) -> bytes | None:
        content = self._descriptor.files.read(self._descriptor.number, limit, self._offset)
        self._offset += len(content)
        return content

    def available(self, _fiber: Fiber) -> int | None:
        return 1

    def close(self) -> None:
        self._descriptor.drop()


class _FileOutput:
    filetype = abi.FILETYPE_REGULAR
    __slots__ = ("_descriptor", "_offset")

    def __init__(self, descriptor: Descriptor, offset: int | None) -> None:
        self._descriptor = descriptor
        self._offset = offset  # None: the end of the file, wherever that is

    def write(self, _fiber: Fiber, content: bytes) -> int | None:
        files, number = self._descriptor.files, self._descriptor.number
        offset = files.stat(number).size if self._offset is None else self._offset
        taken = files.write(number, content, offset)
        if self._offset is not None:
            self._offset += taken
        return taken

    def writable(self, _fiber: Fiber) -> bool:
        return True

    def suspend(self) -> None:
        pass

    def close(self) -> None:
        self._descriptor.drop()


class _Entries:
    """A directory that is being read."""

    __slots__ = ("_cookie", "_descriptor", "_ready")

    def __init__(self, descriptor: Descriptor) -> None:
        self._descriptor = descriptor
        self._cookie = 0
        self._ready: deque[tuple[int, str]] = deque()

    def next(self) -> tuple[str, str] | None:
        while True:
            if not self._ready:
                found, self._cookie = self._descriptor.files.entries(self._descriptor.number, self._cookie)
                if not found:
                    return None
                self._ready.extend(found)
            kind, name = self._ready.popleft()
            if name not in {".", ".."}:
                return _TYPE_NAMES.get(kind, "unknown"), name

    def drop(self) -> None:
        self._descriptor.drop()


# --- the functions; each gives a result, and a failed call of the file store is its error ---
def _function(attempt: Callable[..., Any], ok: Shape | None = None) -> ComponentFunction:
    @functools.wraps(attempt)
    def checked(fiber: Fiber, *arguments: Any) -> tuple[bool, Any]:
        try:
            return True, attempt(fiber, *arguments)
        except FileError as error:
            return False, error.code

    return ComponentFunction(checked, result(ok, enumeration))


def _lookup(path_flags: Any) -> int:
    return 1 if path_flags and "symlink-follow" in path_flags else 0


def _open_at(
    _fiber: Fiber, at: Descriptor, path_flags: Any, path: str, open_flags: Any, wanted: Any
) -> Descriptor:
    oflags = sum(_OPEN_FLAGS[name] for name in open_flags or ())
    wanted = frozenset(wanted or ())
    number = at.files.open(
        at.number, _lookup(path_flags), path, oflags, read="read" in wanted, write="write" in wanted
    )
    return Descriptor(at.files, number, wanted)


def _read(_fiber: Fiber, descriptor: Descriptor, length: int, offset: int) -> tuple[bytes, bool]:
    content = descriptor.files.read(descriptor.number, length, offset)
    return content, bool(length) and not content


def _write(_fiber: Fiber, descriptor: Descriptor, content: bytes, offset: int) -> int:
    return descriptor.files.write(descriptor.number, content, offset)


def _read_via_stream(_fiber: Fiber, descriptor: Descriptor, offset: int) -> InputStream:
    return InputStream(_FileInput(descriptor.hold(), offset), owned=True)


def _write_via_stream(_fiber: Fiber, descriptor: Descriptor, offset: int) -> OutputStream:
    return OutputStream(_FileOutput(descriptor.hold(), offset), owned=True)


def _append_via_stream(_fiber: Fiber, descriptor: Descriptor) -> OutputStream:
    return OutputStream(_FileOutput(descriptor.hold(), None), owned=True)


def _advise(_fiber: Fiber, *_arguments: Any) -> None:
    """Advice may be ignored."""


def _sync_data(_fiber: Fiber, descriptor: Descriptor) -> None:
    descriptor.files.sync(descriptor.number, data_only=True)


def _sync(_fiber: Fiber, descriptor: Descriptor) -> None:
    descriptor.files.sync(descriptor.number, data_only=False)


def _get_flags(_fiber: Fiber, descriptor: Descriptor) -> frozenset[str]:
    return descriptor.flags


def _get_type(_fiber: Fiber, descriptor: Descriptor) -> str:
    return _TYPE_NAMES.get(descriptor.files.stat(descriptor.number).filetype, "unknown")


def _set_size(_fiber: Fiber, descriptor: Descriptor, size: int) -> None:
    descriptor.files.set_size(descriptor.number, size)


def _times(accessed: tuple[str, Any], modified: tuple[str, Any]) -> tuple[int, int, int]:
    times, how = [], 0
    for (name, moment), fixed, now in ((accessed, _ATIM, _ATIM_NOW), (modified, _MTIM, _MTIM_NOW)):
        how |= fixed if name == "timestamp" else now if name == "now" else 0
        seconds, nanoseconds = moment or (0, 0)
        times.append(min(seconds * _NANOSECONDS + nanoseconds, (1 << 64) - 1))
    return times[0], times[1], how


def _set_times(_fiber: Fiber, descriptor: Descriptor, accessed: Any, modified: Any) -> None:
    descriptor.files.set_times(descriptor.number, *_times(accessed, modified))


def _set_times_at(
    _fiber: Fiber, at: Descriptor, path_flags: Any, path: str, accessed: Any, modified: Any
) -> None:
    at.files.set_times_at(at.number, _lookup(path_flags), path, *_times(accessed, modified))


def _read_directory(_fiber: Fiber, descriptor: Descriptor) -> _Entries:
    return _Entries(descriptor.hold())


def _next_entry(_fiber: Fiber, entries: _Entries) -> tuple[str, str] | None:
    return entries.next()


def _stat(_fiber: Fiber, descriptor: Descriptor) -> tuple[Any, ...]:
    return _shown(descriptor.files.stat(descriptor.number))


def _stat_at(_fiber: Fiber, at: Descriptor, path_flags: Any, path: str) -> tuple[Any, ...]:
    return _shown(at.files.stat_at(at.number, _lookup(path_flags), path))


def _shown(found: Stat) -> tuple[Any, ...]:
    times = [divmod(time, _NANOSECONDS) for time in (found.accessed, found.modified, found.changed)]
    return _TYPE_NAMES.get(found.filetype, "unknown"), found.links, found.size, *times


def _hash(found: Stat) -> tuple[int, int]:
    """The same for what is the same file, and hardly for another one."""
    digest = blake3(f"{found.device} {found.number}".encode()).digest(length=16)
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


def _metadata_hash(_fiber: Fiber, descriptor: Descriptor) -> tuple[int, int]:
    return _hash(descriptor.files.stat(descriptor.number))


def _metadata_hash_at(_fiber: Fiber, at: Descriptor, path_flags: Any, path: str) -> tuple[int, int]:
    return _hash(at.files.stat_at(at.number, _lookup(path_flags), path))


def _is_same(_fiber: Fiber, descriptor: Descriptor, other: Descriptor) -> bool:
    try:
        return _hash(descriptor.files.stat(descriptor.number)) == _hash(other.files.stat(other.number))
    except FileError:
        return False


def _change(name: str) -> Callable[..., None]:
    def attempt(_fiber: Fiber, at: Descriptor, path: str) -> None:
        at.files.change(name, at.number, path)

    return attempt


def _link_at(_fiber: Fiber, at: Descriptor, path_flags: Any, path: str, other: Descriptor, new: str) -> None:
    at.files.link(at.number, _lookup(path_flags), path, other.number, new)


def _rename_at(_fiber: Fiber, at: Descriptor, path: str, other: Descriptor, new: str) -> None:
    at.files.rename(at.number, path, other.number, new)


def _read_link_at(_fiber: Fiber, at: Descriptor, path: str) -> str:
    return at.files.read_link(at.number, path)


def _symlink_at(_fiber: Fiber, at: Descriptor, target: str, path: str) -> None:
    at.files.symlink(target, at.number, path)


def _error_code(_fiber: Fiber, error: OSError) -> str | None:
    return error.code if isinstance(error, FileError) else None


def _directories(fiber: Fiber) -> list[tuple[Descriptor, str]]:
    files: FileStore | None = fiber.handles.files
    if files is None or fiber.wasi is None:
        return []
    return [
        (
            Descriptor(
                files, number, frozenset({"read", "mutate-directory"} if directory.writable else {"read"})
            ),
            directory.guest,
        )
        for number, directory in zip(files.roots, fiber.wasi.directories, strict=True)
    ]


_moment = record(seconds=u64, nanoseconds=u32)
_stat_record = record(
    type=enumeration,
    link_count=u64,
    size=u64,
    data_access_timestamp=option(_moment),
    data_modification_timestamp=option(_moment),
    status_change_timestamp=option(_moment),
)
_hash_record = record(lower=u64, upper=u64)

PREOPENS: Final = {
    "get-directories": ComponentFunction(_directories, list_of(tuple_of(own(DESCRIPTOR), text)))
}
TYPES: Final = {
    "filesystem-error-code": ComponentFunction(_error_code, option(enumeration)),
    "[method]descriptor.read-via-stream": _function(_read_via_stream, own(INPUT_STREAM)),
    "[method]descriptor.write-via-stream": _function(_write_via_stream, own(OUTPUT_STREAM)),
    "[method]descriptor.append-via-stream": _function(_append_via_stream, own(OUTPUT_STREAM)),
    "[method]descriptor.advise": _function(_advise),
    "[method]descriptor.sync-data": _function(_sync_data),
    "[method]descriptor.get-flags": _function(_get_flags, flags),
    "[method]descriptor.get-type": _function(_get_type, enumeration),
    "[method]descriptor.set-size": _function(_set_size),
    "[method]descriptor.set-times": _function(_set_times),
    "[method]descriptor.read": _function(_read, tuple_of(byte_list, boolean)),
    "[method]descriptor.write": _function(_write, u64),
    "[method]descriptor.read-directory": _function(_read_directory, own(DIRECTORY_ENTRY_STREAM)),
    "[method]descriptor.sync": _function(_sync),
    "[method]descriptor.create-directory-at": _function(_change("path_create_directory")),
    "[method]descriptor.stat": _function(_stat, _stat_record),
    "[method]descriptor.stat-at": _function(_stat_at, _stat_record),
    "[method]descriptor.set-times-at": _function(_set_times_at),
    "[method]descriptor.link-at": _function(_link_at),
    "[method]descriptor.open-at": _function(_open_at, own(DESCRIPTOR)),
    "[method]descriptor.readlink-at": _function(_read_link_at, text),
    "[method]descriptor.remove-directory-at": _function(_change("path_remove_directory")),
    "[method]descriptor.rename-at": _function(_rename_at),
    "[method]descriptor.symlink-at": _function(_symlink_at),
    "[method]descriptor.unlink-file-at": _function(_change("path_unlink_file")),
    "[method]descriptor.is-same-object": ComponentFunction(_is_same, boolean),
    "[method]descriptor.metadata-hash": _function(_metadata_hash, _hash_record),
    "[method]descriptor.metadata-hash-at": _function(_metadata_hash_at, _hash_record),
    "[method]directory-entry-stream.read-directory-entry": _function(
        _next_entry, option(record(type=enumeration, name=text))
    ),
}
