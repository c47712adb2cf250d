"""The consensus core: no clock, no chance, no I/O; standard library only, so that it also runs inside guests.

Start at `RawNode`; the rules for handling what it gives out stand in `ready`.
"""

from wetware.raft.core.config import NO_LIMIT, Config, ReadMode
from wetware.raft.core.messages import (
    APPEND_THREAD,
    APPLY_THREAD,
    EMPTY_CONF_STATE,
    EMPTY_HARD_STATE,
    FORWARDED,
    NOBODY,
    Change,
    ChangeType,
    ConfChange,
    ConfState,
    Entry,
    EntryType,
    HardState,
    Message,
    MessageType,
    ReadState,
    Role,
    Snapshot,
    SoftState,
    Transition,
    is_local_target,
)
from wetware.raft.core.rawnode import Proposed, RawNode, Status
from wetware.raft.core.ready import Ready
from wetware.raft.core.storage import MemoryStorage, Storage

__all__ = [
    "APPEND_THREAD",
    "APPLY_THREAD",
    "EMPTY_CONF_STATE",
    "EMPTY_HARD_STATE",
    "FORWARDED",
    "NOBODY",
    "NO_LIMIT",
    "Change",
    "ChangeType",
    "ConfChange",
    "ConfState",
    "Config",
    "Entry",
    "EntryType",
    "HardState",
    "MemoryStorage",
    "Message",
    "MessageType",
    "Proposed",
    "RawNode",
    "ReadMode",
    "ReadState",
    "Ready",
    "Role",
    "Snapshot",
    "SoftState",
    "Status",
    "Storage",
    "Transition",
    "is_local_target",
]
