"""Files of a component, through wasmtime's own preview 1, in a store beside the process's.

What keeps a guest inside its directories is wasmtime's path resolution, and a component reaches it through
a small module of wrappers in that store, called by the host functions of `wasi:filesystem`.

Rules that hold here:

1. Nothing of the guest runs in this store. Its thread is whichever polls the process's fiber.
2. Only regular files and directories are opened: a FIFO or a device would hold the thread. The type is
   asked for first.
3. At most `limits.descriptors` are open at a time, streams included; more are refused and counted, which an
   abnormal end is then put down to.
4. One call moves at most `TRANSFER` bytes.
"""

from __future__ import annotations

import ctypes
import struct
from typing import TYPE_CHECKING, Final

from wetware.errors import InternalError
from wetware.wasm import capi
from wetware.wasm.engine import Engine, wat_to_wasm
from wetware.wasm.wasi import abi

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.wasm.fiber import Fiber
    from wetware.wasm.wasi.setup import WasiSetup

__all__ = ["TRANSFER", "FileError", "FileStore", "FileStores", "Stat"]

TRANSFER: Final = 256 * 1024
MAX_PATH: Final = 4096

_FIRST: Final = 3  # the descriptor of the first granted directory
_OUT: Final = 0  # results, up to 64 bytes
_PATH: Final = 4096
_PATH2: Final = _PATH + MAX_PATH
_VECTOR: Final = _PATH2 + MAX_PATH
_DATA: Final = 65536
_PAGES: Final = 1 + TRANSFER // 65536

_STAT: Final = struct.Struct("<QQBxxxxxxxQQQQQ")
_NO_DEADLINE: Final = 1 << 62

_FUNCTIONS: Final = (
    *(
        "fd_close",
        "fd_datasync",
        "fd_filestat_get",
        "fd_filestat_set_size",
        "fd_filestat_set_times",
        "fd_pread",
    ),
    *("fd_pwrite", "fd_readdir", "fd_sync", "path_create_directory", "path_filestat_get"),
    *("path_filestat_set_times", "path_link", "path_open", "path_readlink", "path_remove_directory"),
    *("path_rename", "path_symlink", "path_unlink_file"),
)
_TYPES: Final = {"i": "i32", "l": "i64"}

# errno of preview 1 -> error code of wasi:filesystem
_CODES: Final = {
    2: "access",
    6: "would-block",
    7: "already",
    8: "bad-descriptor",
    10: "busy",
    16: "deadlock",
    19: "quota",
    20: "exist",
    22: "file-too-large",
    25: "illegal-byte-sequence",
    26: "in-progress",
    27: "interrupted",
    28: "invalid",
    29: "io",
    31: "is-directory",
    32: "loop",
    33: "insufficient-memory",
    34: "too-many-links",
    35: "message-size",
    37: "name-too-long",
    43: "no-device",
    44: "no-entry",
    46: "no-lock",
    48: "insufficient-memory",
    51: "insufficient-space",
    54: "not-directory",
    55: "not-empty",
    56: "not-recoverable",
    59: "no-tty",
    60: "no-such-device",
    61: "overflow",
    63: "not-permitted",
    64: "pipe",
    69: "read-only",
    70: "invalid-seek",
    74: "text-file-busy",
    75: "cross-device",
    76: "not-permitted",
}


class FileError(OSError):
    """A call failed; `code` is the error code of `wasi:filesystem`."""

    def __init__(self, errno: int) -> None:
        self.code = _CODES.get(errno, "unsupported")
        super().__init__(0, self.code)


class Stat:
    """What is known of a file: device, number, type (preview 1's), links, size, times in nanoseconds."""

    __slots__ = ("accessed", "changed", "device", "filetype", "links", "modified", "number", "size")

    def __init__(self, raw: bytes) -> None:
        self.device, self.number, self.filetype, self.links, *rest = _STAT.unpack(raw)
        self.size, self.accessed, self.modified, self.changed = rest


def _wrappers() -> bytes:
    imports, functions = [], []
    for name in _FUNCTIONS:
        kinds = [_TYPES[kind] for kind in abi.SIGNATURES[name]]
        signature = f"(param {' '.join(kinds)}) (result i32)"
        arguments = " ".join(f"(local.get {index})" for index in range(len(kinds)))
        imports.append(f'(import "{abi.MODULE}" "{name}" (func ${name} {signature}))')
        functions.append(f'(func (export "{name}") {signature} (call ${name} {arguments}))')
    return f'(module {" ".join(imports)} (memory (export "memory") {_PAGES}) {" ".join(functions)})'.encode()


class FileStores:
    """Makes file stores of one engine; closed before the engine is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._module = engine.compile(wat_to_wasm(_wrappers()))
        linker = capi.linker_new(engine.address)
        capi.check(capi.linker_define_wasi(linker))
        out = ctypes.c_size_t()
        capi.check(capi.linker_instantiate_pre(linker, self._module.address, ctypes.addressof(out)))
        self._pre = out.value
        capi.linker_delete(linker)

    def __del__(self, delete: Callable[[int], int] = capi.instance_pre_delete) -> None:
        if getattr(self, "_pre", 0):
            delete(self._pre)
            self._module.close()

    def open(self, fiber: Fiber, setup: WasiSetup) -> FileStore:
        """The directories of a process. Raises `LocalError` for one that cannot be opened."""
        store = capi.store_new(self._engine.address, 0, 0)
        try:
            context = capi.store_context(store)
            capi.context_set_epoch_deadline(context, _NO_DEADLINE)
            setup.apply(context)
            instance = ctypes.create_string_buffer(capi.INSTANCE_SIZE)
            trap = ctypes.c_size_t()
            capi.check(
                capi.instance_pre_instantiate(
                    self._pre, context, ctypes.addressof(instance), ctypes.addressof(trap)
                )
            )
            if trap.value:
                raise InternalError(f"wasmtime: {capi.take_trap(trap.value)[1]}")
            return FileStore(store, context, instance, fiber.limits.descriptors, len(setup.directories))
        except BaseException:
            capi.store_delete(store)
            raise


class FileStore:
    """The files of one process.

    Attributes:
        roots: the descriptors of the granted directories, in their order.
        refused: how often the limit on descriptors was met.
    """

    __slots__ = (
        "_arguments",
        "_base",
        "_context",
        "_free",
        "_functions",
        "_result",
        "_store",
        "refused",
        "roots",
    )

    def __init__(
        self, store: int, context: int, instance: ctypes.Array[ctypes.c_char], limit: int, directories: int
    ) -> None:
        self._store = store
        self._context = context
        self._free = limit - _FIRST - directories
        self.refused = 0
        self.roots = range(_FIRST, _FIRST + directories)
        self._arguments = ctypes.create_string_buffer(capi.VAL_SIZE * 9)
        self._result = ctypes.create_string_buffer(capi.VAL_SIZE)
        self._functions = {name: self._export(instance, name) for name in _FUNCTIONS}
        memory = self._export(instance, "memory")
        self._base = capi.memory_data(context, ctypes.addressof(memory) + 8)

    def _export(self, instance: ctypes.Array[ctypes.c_char], name: str) -> ctypes.Array[ctypes.c_char]:
        extern = ctypes.create_string_buffer(capi.EXTERN_SIZE)
        encoded = name.encode()
        capi.instance_export_get(
            self._context, ctypes.addressof(instance), encoded, len(encoded), ctypes.addressof(extern)
        )
        return extern

    def _call(self, name: str, *arguments: int) -> None:
        kinds = abi.SIGNATURES[name]
        raw = b"".join(
            struct.pack("<B7xI20x" if kind == "i" else "<B7xQ16x", kind == "l", argument)
            for kind, argument in zip(kinds, arguments, strict=True)
        )
        ctypes.memmove(self._arguments, raw, len(raw))
        trap = ctypes.c_size_t()
        error = capi.func_call(
            self._context,
            ctypes.addressof(self._functions[name]) + 8,
            ctypes.addressof(self._arguments),
            len(kinds),
            ctypes.addressof(self._result),
            1,
            ctypes.addressof(trap),
        )
        capi.check(error)
        if trap.value:
            raise InternalError(f"wasmtime: {capi.take_trap(trap.value)[1]}")
        (errno,) = struct.unpack_from("<I", self._result, capi.VAL_PAYLOAD)
        if errno:
            raise FileError(errno)

    def _put_path(self, path: str, at: int = _PATH) -> tuple[int, int]:
        encoded = path.encode(errors="replace")
        if len(encoded) > MAX_PATH:
            raise FileError(37)
        ctypes.memmove(self._base + at, encoded, len(encoded))
        return at, len(encoded)

    def _number(self, size: int = 4) -> int:
        return int.from_bytes(ctypes.string_at(self._base + _OUT, size), "little")

    # --- descriptors ---
    def open(self, directory: int, lookup: int, path: str, flags: int, *, read: bool, write: bool) -> int:
        """Open a file or directory below another one; flags are preview 1's `oflags`."""
        if self._free <= 0:
            self.refused += 1
            raise FileError(abi.EMFILE)
        try:
            kind = self.stat_at(directory, lookup, path).filetype
        except FileError:
            pass  # opening it says what is wrong with it, or makes it
        else:
            allowed = (abi.FILETYPE_DIRECTORY, abi.FILETYPE_REGULAR, abi.FILETYPE_SYMBOLIC_LINK)
            if kind not in allowed:
                raise FileError(abi.EACCES)
        rights = (abi.RIGHT_FD_READ if read else 0) | (abi.RIGHT_FD_WRITE if write else 0)
        self._call("path_open", directory, lookup, *self._put_path(path), flags, rights, rights, 0, _OUT)
        self._free -= 1
        return self._number()

    def close(self, descriptor: int) -> None:
        if descriptor not in self.roots:
            self._free += 1
            self._call("fd_close", descriptor)

    def stat(self, descriptor: int) -> Stat:
        self._call("fd_filestat_get", descriptor, _OUT)
        return Stat(ctypes.string_at(self._base + _OUT, 64))

    def stat_at(self, directory: int, lookup: int, path: str) -> Stat:
        self._call("path_filestat_get", directory, lookup, *self._put_path(path), _OUT)
        return Stat(ctypes.string_at(self._base + _OUT, 64))

    # --- content ---
    def _vector(self, length: int) -> tuple[int, int]:
        ctypes.memmove(self._base + _VECTOR, struct.pack("<II", _DATA, length), 8)
        return _VECTOR, 1

    def read(self, descriptor: int, length: int, offset: int) -> bytes:
        """At most `length` bytes; empty at the end."""
        self._call("fd_pread", descriptor, *self._vector(min(length, TRANSFER)), offset, _OUT)
        return ctypes.string_at(self._base + _DATA, self._number())

    def write(self, descriptor: int, content: bytes, offset: int) -> int:
        """How many bytes were written."""
        length = min(len(content), TRANSFER)
        ctypes.memmove(self._base + _DATA, content, length)
        self._call("fd_pwrite", descriptor, *self._vector(length), offset, _OUT)
        return self._number()

    def set_size(self, descriptor: int, size: int) -> None:
        self._call("fd_filestat_set_size", descriptor, size)

    def sync(self, descriptor: int, *, data_only: bool) -> None:
        self._call("fd_datasync" if data_only else "fd_sync", descriptor)

    def set_times(self, descriptor: int, accessed: int, modified: int, flags: int) -> None:
        self._call("fd_filestat_set_times", descriptor, accessed, modified, flags)

    # --- directories ---
    def entries(self, descriptor: int, cookie: int) -> tuple[list[tuple[int, str]], int]:
        """Types and names of the entries from a place on, and the place to go on from; none at the end."""
        self._call("fd_readdir", descriptor, _DATA, TRANSFER, cookie, _OUT)
        raw = ctypes.string_at(self._base + _DATA, self._number())
        found, at = [], 0
        while at + 24 <= len(raw):
            following, _, size, kind = struct.unpack_from("<QQIB", raw, at)
            if at + 24 + size > len(raw):
                break
            name = raw[at + 24 : at + 24 + size].decode(errors="replace")
            found.append((kind, name))
            cookie = following
            at += 24 + size
        return found, cookie

    def set_times_at(
        self, directory: int, lookup: int, path: str, accessed: int, modified: int, flags: int
    ) -> None:
        self._call(
            "path_filestat_set_times", directory, lookup, *self._put_path(path), accessed, modified, flags
        )

    def change(self, name: str, directory: int, path: str) -> None:
        """`path_create_directory`, `path_remove_directory` or `path_unlink_file`."""
        self._call(name, directory, *self._put_path(path))

    def read_link(self, directory: int, path: str) -> str:
        self._call("path_readlink", directory, *self._put_path(path), _DATA, MAX_PATH, _OUT)
        return ctypes.string_at(self._base + _DATA, self._number()).decode(errors="replace")

    def link(self, directory: int, lookup: int, path: str, other: int, new: str) -> None:
        self._call("path_link", directory, lookup, *self._put_path(path), other, *self._put_path(new, _PATH2))

    def rename(self, directory: int, path: str, other: int, new: str) -> None:
        self._call("path_rename", directory, *self._put_path(path), other, *self._put_path(new, _PATH2))

    def symlink(self, target: str, directory: int, path: str) -> None:
        self._call("path_symlink", *self._put_path(target), directory, *self._put_path(path, _PATH2))

    def release(self) -> None:
        """The process has ended."""
        if self._store:
            capi.store_delete(self._store)
            self._store = 0
