"""WASI functions that are ours: streams, the end of the process, and all that could block.

Rules that hold here:

1. Each function is an attempt: it answers an errno, or None after noting who will wake the fiber. It may be
   called again.
2. Descriptors here are the standard streams and the channel to the host. A process without a granted
   directory has no others, so every call on another descriptor says EBADF. One with directories reaches
   wasmtime's through the router, and these functions for the streams alone.
3. What a guest names by number or length is checked before it is used; a length is cut to a bound, as POSIX
   allows.
"""

from __future__ import annotations

import errno as host_errno
import struct
from typing import TYPE_CHECKING, Final

from wetware.process.reasons import Exited, ExitReason, Limit
from wetware.wasm.channel import Listener, Writer
from wetware.wasm.hostcall import Attempt, HostFunction, read_memory, write_memory
from wetware.wasm.wasi import abi
from wetware.wasm.wasi.poll import poll_oneoff

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber
    from wetware.wasm.outputs import Output

__all__ = ["EndOfProcess", "host_functions", "put"]

MAX_VECTORS: Final = 1024
MAX_TRANSFER: Final = 256 * 1024
"""How many bytes one read or write moves at most; the guest's library asks again for the rest."""

_ERRNO: Final = {
    host_errno.EPIPE: abi.EPIPE,
    host_errno.ENOSPC: abi.ENOSPC,
    host_errno.EDQUOT: abi.ENOSPC,
    host_errno.EAGAIN: abi.EAGAIN,
    host_errno.ENOTCONN: abi.ENOTCONN,
}


class EndOfProcess(Exception):  # noqa: N818 - a control signal of this room, never seen outside it
    """The host call ends the process, with this reason."""

    def __init__(self, reason: ExitReason) -> None:
        super().__init__(reason)
        self.reason = reason


def proc_exit(_fiber: Fiber, code: int) -> int | None:
    raise EndOfProcess(Exited(code))


def proc_raise(_fiber: Fiber, _signal: int) -> int | None:
    return abi.ENOTSUP


def sched_yield(fiber: Fiber) -> int | None:
    fiber.yield_now = True
    return abi.SUCCESS


def _vectors(fiber: Fiber, pointer: int, count: int) -> list[tuple[int, int]]:
    raw = read_memory(fiber, pointer, 8 * min(count, MAX_VECTORS))
    return list(struct.iter_unpack("<II", raw))


def put(fiber: Fiber, output: Output, content: bytes) -> int | None:
    """Write to an output, within the limit on what a process may print; as `Output.write`.

    Raises `EndOfProcess` past the limit.
    """
    if type(output) is Writer:  # its host's, and not what it prints
        return output.write(fiber, content)
    limit = fiber.limits.output
    over = limit is not None and fiber.output_used + len(content) > limit
    if over and limit is not None:
        content = content[: limit - fiber.output_used]
    taken = output.write(fiber, content) if content else 0
    if taken is not None:
        fiber.output_used += taken
        if over and taken == len(content):
            raise EndOfProcess(Limit("output", fiber.output_used, limit))
    return taken


def fd_write(fiber: Fiber, fd: int, vectors: int, count: int, written: int) -> int | None:
    output = fiber.outputs.get(fd)
    if output is None:
        return abi.EBADF
    if count == 1:  # what nearly every write is
        pointer, length = struct.unpack("<II", read_memory(fiber, vectors, 8))
        content = read_memory(fiber, pointer, min(length, MAX_TRANSFER))
    else:
        parts, left = [], MAX_TRANSFER
        for pointer, length in _vectors(fiber, vectors, count):
            parts.append(read_memory(fiber, pointer, min(length, left)))
            left -= len(parts[-1])
            if not left:
                break
        content = b"".join(parts)
    try:
        taken = put(fiber, output, content)
    except OSError as error:
        return _ERRNO.get(error.errno or 0, abi.EIO)
    if taken is None:
        return abi.EAGAIN if fd in fiber.nonblocking else None
    write_memory(fiber, written, taken.to_bytes(4, "little"))
    return abi.SUCCESS


def fd_read(fiber: Fiber, fd: int, vectors: int, count: int, taken: int) -> int | None:
    source = fiber.inputs.get(fd)
    if source is None:
        return abi.EBADF
    buffers = _vectors(fiber, vectors, count)
    wanted = min(sum(length for _, length in buffers), MAX_TRANSFER)
    for pointer, length in buffers:
        if pointer + length > fiber.size:
            return abi.EFAULT
    if wanted:
        try:
            content = source.read(fiber, wanted)
        except OSError as error:
            return _ERRNO.get(error.errno or 0, abi.EIO)
        if content is None:
            return abi.EAGAIN if fd in fiber.nonblocking else None
    else:
        content = b""
    write_memory(fiber, taken, len(content).to_bytes(4, "little"))
    view = memoryview(content)
    for pointer, length in buffers:
        if not view:
            break
        write_memory(fiber, pointer, bytes(view[:length]))
        view = view[length:]
    return abi.SUCCESS


def fd_close(fiber: Fiber, fd: int) -> int | None:
    streams = (fiber.inputs.pop(fd, None), fiber.outputs.pop(fd, None))
    if streams == (None, None):
        return abi.EBADF
    fiber.nonblocking -= {fd}
    for stream in streams:
        if stream is not None:
            stream.close()
    return abi.SUCCESS


def fd_renumber(fiber: Fiber, source: int, target: int) -> int | None:
    if any(fd not in fiber.inputs and fd not in fiber.outputs for fd in (source, target)):
        return abi.EBADF
    if source != target:
        fd_close(fiber, target)
        if source in fiber.inputs:
            fiber.inputs[target] = fiber.inputs.pop(source)
        if source in fiber.outputs:
            fiber.outputs[target] = fiber.outputs.pop(source)
        if source in fiber.nonblocking:
            fiber.nonblocking = fiber.nonblocking - {source} | {target}
    return abi.SUCCESS


def fd_fdstat_get(fiber: Fiber, fd: int, pointer: int) -> int | None:
    stream = fiber.inputs.get(fd) or fiber.outputs.get(fd)
    if stream is None:
        return abi.EBADF
    rights = abi.RIGHT_POLL_FD_READWRITE | abi.RIGHT_FD_FDSTAT_SET_FLAGS | abi.RIGHT_FD_FILESTAT_GET
    if fd in fiber.inputs:
        rights |= abi.RIGHT_FD_READ
    if fd in fiber.outputs:
        rights |= abi.RIGHT_FD_WRITE
    if stream.filetype == abi.FILETYPE_SOCKET_STREAM:
        rights |= abi.RIGHT_SOCK_ACCEPT if type(stream) is Listener else abi.RIGHT_SOCK_SHUTDOWN
    flags = abi.FDFLAGS_NONBLOCK if fd in fiber.nonblocking else 0
    write_memory(fiber, pointer, struct.pack("<BxHxxxxQQ", stream.filetype, flags, rights, rights))
    return abi.SUCCESS


def fd_fdstat_set_flags(fiber: Fiber, fd: int, flags: int) -> int | None:
    if fd not in fiber.inputs and fd not in fiber.outputs:
        return abi.EBADF
    if flags & abi.FDFLAGS_NONBLOCK:
        fiber.nonblocking |= {fd}
    else:
        fiber.nonblocking -= {fd}
    return abi.SUCCESS


def fd_filestat_get(fiber: Fiber, fd: int, pointer: int) -> int | None:
    stream = fiber.inputs.get(fd) or fiber.outputs.get(fd)
    if stream is None:
        return abi.EBADF
    write_memory(fiber, pointer, struct.pack("<QQBxxxxxxxQQQQQ", 0, fd, stream.filetype, 1, 0, 0, 0, 0))
    return abi.SUCCESS


def fd_prestat_get(fiber: Fiber, fd: int, pointer: int) -> int | None:
    if fd != abi.CHANNEL or not fiber.is_ours(fd):
        return abi.EBADF
    # EBADF would end a C library's or Go's search for granted directories, which follow: this is none
    write_memory(fiber, pointer, struct.pack("<B7x", abi.PREOPENTYPE_DIR + 1))
    return abi.SUCCESS


def sock_accept(fiber: Fiber, fd: int, flags: int, accepted: int) -> int | None:
    listener = fiber.inputs.get(fd)
    if type(listener) is not Listener:
        return abi.EINVAL if fd in fiber.inputs or fd in fiber.outputs else abi.EBADF
    if accepted + 4 > fiber.size:
        return abi.EFAULT
    channel = listener.accept()
    if channel is None:  # there is one connection, and so nobody to be woken by
        return abi.EAGAIN if fd in fiber.nonblocking else None
    fiber.inputs[abi.ACCEPTED] = channel.reader
    fiber.outputs[abi.ACCEPTED] = channel.writer
    if flags & abi.FDFLAGS_NONBLOCK:
        fiber.nonblocking |= {abi.ACCEPTED}
    write_memory(fiber, accepted, abi.ACCEPTED.to_bytes(4, "little"))
    return abi.SUCCESS


def sock_recv(
    fiber: Fiber, fd: int, vectors: int, count: int, flags: int, taken: int, flags_out: int
) -> int | None:
    if (problem := _not_a_connection(fiber, fd)) is not None:
        return problem
    if flags:
        return abi.ENOTSUP
    errno = fd_read(fiber, fd, vectors, count, taken)
    if errno == abi.SUCCESS:
        write_memory(fiber, flags_out, bytes(2))
    return errno


def sock_send(fiber: Fiber, fd: int, vectors: int, count: int, flags: int, written: int) -> int | None:
    if (problem := _not_a_connection(fiber, fd)) is not None:
        return problem
    return abi.ENOTSUP if flags else fd_write(fiber, fd, vectors, count, written)


def sock_shutdown(fiber: Fiber, fd: int, how: int) -> int | None:
    if (problem := _not_a_connection(fiber, fd)) is not None:
        return problem
    if not 0 < how <= abi.SDFLAGS_RD | abi.SDFLAGS_WR:
        return abi.EINVAL
    if how & abi.SDFLAGS_RD:
        fiber.inputs[fd].close()
    if how & abi.SDFLAGS_WR:
        fiber.outputs[fd].close()
    return abi.SUCCESS


def _not_a_connection(fiber: Fiber, fd: int) -> int | None:
    """The errno for a descriptor that is none; None if it is one."""
    stream = fiber.inputs.get(fd) or fiber.outputs.get(fd)
    if stream is None:
        return abi.EBADF
    if type(stream) is Listener:
        return abi.ENOTCONN
    return None if stream.filetype == abi.FILETYPE_SOCKET_STREAM else abi.ENOTSOCK


def _on_stream(answer: int) -> Attempt:
    """A function that has no meaning for a stream: this errno for one of ours, EBADF for all else."""

    def attempt(fiber: Fiber, fd: int = -1, *_arguments: int) -> int | None:
        return answer if fd in fiber.inputs or fd in fiber.outputs else abi.EBADF

    return attempt


_OURS: Final[dict[str, Attempt]] = {
    "fd_close": fd_close,
    "fd_fdstat_get": fd_fdstat_get,
    "fd_fdstat_set_flags": fd_fdstat_set_flags,
    "fd_filestat_get": fd_filestat_get,
    "fd_prestat_get": fd_prestat_get,
    "fd_read": fd_read,
    "fd_renumber": fd_renumber,
    "fd_write": fd_write,
    "poll_oneoff": poll_oneoff,
    "proc_exit": proc_exit,
    "proc_raise": proc_raise,
    "sched_yield": sched_yield,
    "fd_seek": _on_stream(abi.ESPIPE),
    "fd_tell": _on_stream(abi.ESPIPE),
    "fd_pread": _on_stream(abi.ESPIPE),
    "fd_pwrite": _on_stream(abi.ESPIPE),
    "fd_sync": _on_stream(abi.EINVAL),
    "fd_datasync": _on_stream(abi.EINVAL),
    "sock_accept": sock_accept,
    "sock_recv": sock_recv,
    "sock_send": sock_send,
    "sock_shutdown": sock_shutdown,
}


def host_functions() -> dict[str, HostFunction]:
    """One host function for each name of preview 1 that wasmtime does not answer natively."""
    other = _on_stream(abi.ENOTSUP)
    return {
        name: HostFunction(
            abi.MODULE,
            name,
            parameters,
            returns=name != "proc_exit",
            attempt=_OURS.get(name, other),
        )
        for name, parameters in abi.SIGNATURES.items()
        if name not in abi.NATIVE
    }
