"""The durable log of a group member: segments, snapshots, recovery. Standard library only; runs in guests."""

from wetware.raft.log.durable import DurableLog, LogConfig
from wetware.raft.log.errors import CorruptLogError, DiskError, DiskFullError, LogFullError, LogLockedError
from wetware.raft.log.files import File, FileSystem, Lock, OsFileSystem

__all__ = [
    "CorruptLogError",
    "DiskError",
    "DiskFullError",
    "DurableLog",
    "File",
    "FileSystem",
    "Lock",
    "LogConfig",
    "LogFullError",
    "LogLockedError",
    "OsFileSystem",
]
