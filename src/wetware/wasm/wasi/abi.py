"""The numbers of WASI preview 1: error codes, file types, rights, and every function's signature.

Source: the witx files of `wasi_snapshot_preview1`.
"""

from __future__ import annotations

from typing import Final

MODULE: Final = "wasi_snapshot_preview1"

# errno
SUCCESS: Final = 0
E2BIG: Final = 1
EACCES: Final = 2
EAGAIN: Final = 6
EBADF: Final = 8
EFAULT: Final = 21
EINVAL: Final = 28
EIO: Final = 29
EMFILE: Final = 33
ENOSPC: Final = 51
ENOSYS: Final = 52
ENOTCONN: Final = 53
ENOTSOCK: Final = 57
ENOTSUP: Final = 58
EPIPE: Final = 64
ESPIPE: Final = 70
ENOTCAPABLE: Final = 76

# filetype
FILETYPE_UNKNOWN: Final = 0
FILETYPE_CHARACTER_DEVICE: Final = 2
FILETYPE_DIRECTORY: Final = 3
FILETYPE_REGULAR: Final = 4
FILETYPE_SOCKET_STREAM: Final = 6
FILETYPE_SYMBOLIC_LINK: Final = 7

# fdflags
FDFLAGS_APPEND: Final = 1
FDFLAGS_NONBLOCK: Final = 4

# rights
RIGHT_FD_READ: Final = 1 << 1
RIGHT_FD_FDSTAT_SET_FLAGS: Final = 1 << 3
RIGHT_FD_WRITE: Final = 1 << 6
RIGHT_FD_FILESTAT_GET: Final = 1 << 21
RIGHT_POLL_FD_READWRITE: Final = 1 << 27
RIGHT_SOCK_SHUTDOWN: Final = 1 << 28
RIGHT_SOCK_ACCEPT: Final = 1 << 29

# sock_recv, sock_send, sock_shutdown
RIFLAGS_RECV_PEEK: Final = 1
RIFLAGS_RECV_WAITALL: Final = 2
SDFLAGS_RD: Final = 1
SDFLAGS_WR: Final = 2

# fd_prestat_get
PREOPENTYPE_DIR: Final = 0

# poll_oneoff
EVENTTYPE_CLOCK: Final = 0
EVENTTYPE_FD_READ: Final = 1
EVENTTYPE_FD_WRITE: Final = 2
SUBCLOCK_ABSTIME: Final = 1
CLOCK_REALTIME: Final = 0
CLOCK_MONOTONIC: Final = 1
EVENT_HANGUP: Final = 1

# name -> parameters, "i" for i32 and "l" for i64; all return an errno but proc_exit, which returns nothing
SIGNATURES: Final = {
    "args_get": "ii",
    "args_sizes_get": "ii",
    "environ_get": "ii",
    "environ_sizes_get": "ii",
    "clock_res_get": "ii",
    "clock_time_get": "ili",
    "fd_advise": "illi",
    "fd_allocate": "ill",
    "fd_close": "i",
    "fd_datasync": "i",
    "fd_fdstat_get": "ii",
    "fd_fdstat_set_flags": "ii",
    "fd_fdstat_set_rights": "ill",
    "fd_filestat_get": "ii",
    "fd_filestat_set_size": "il",
    "fd_filestat_set_times": "illi",
    "fd_pread": "iiili",
    "fd_prestat_get": "ii",
    "fd_prestat_dir_name": "iii",
    "fd_pwrite": "iiili",
    "fd_read": "iiii",
    "fd_readdir": "iiili",
    "fd_renumber": "ii",
    "fd_seek": "ilii",
    "fd_sync": "i",
    "fd_tell": "ii",
    "fd_write": "iiii",
    "path_create_directory": "iii",
    "path_filestat_get": "iiiii",
    "path_filestat_set_times": "iiiilli",
    "path_link": "iiiiiii",
    "path_open": "iiiiillii",
    "path_readlink": "iiiiii",
    "path_remove_directory": "iii",
    "path_rename": "iiiiii",
    "path_symlink": "iiiii",
    "path_unlink_file": "iii",
    "poll_oneoff": "iiii",
    "proc_exit": "i",
    "proc_raise": "i",
    "random_get": "ii",
    "sched_yield": "",
    "sock_accept": "iii",
    "sock_recv": "iiiiii",
    "sock_send": "iiiii",
    "sock_shutdown": "ii",
}

# descriptors: the standard streams, then the channel to the host, if there is one, and what is accepted on it
CHANNEL: Final = 3
ACCEPTED: Final = 1 << 20

# answered by wasmtime itself, in native code: they neither block nor reach outside what the store was given
NATIVE: Final = frozenset(
    {
        "args_get",
        "args_sizes_get",
        "environ_get",
        "environ_sizes_get",
        "clock_res_get",
        "clock_time_get",
        "random_get",
    }
)
