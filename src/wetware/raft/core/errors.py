"""What can go wrong in the consensus core, and whose fault it is.

Rules that hold here:

1. Every class is of the house's family (`wetware.errors`), so that the first level says whose fault it was.
2. A `DroppedError` means that nothing happened: no entry was appended, no message queued. Trying again is
   always safe.
3. A `ProtocolError` is raised before the state is changed by what the message carried.

Held by test_core_rawnode, in tests/raft/.
"""

from __future__ import annotations

from wetware.errors import BrokenError, LimitError, LocalError, RemoteError, WetwareError

__all__ = [
    "CompactedError",
    "ConfChangeError",
    "DroppedError",
    "NoLeaderError",
    "OverloadedError",
    "PeerNotFoundError",
    "ProtocolError",
    "RefusedError",
    "SnapshotOutOfDateError",
    "SnapshotUnavailableError",
    "UnavailableError",
]


class DroppedError(WetwareError):
    """A proposal or a read was not taken: it is in no log and in no queue, and may be tried again."""


class NoLeaderError(DroppedError, BrokenError):
    """No leader is known at present: wait for an election to end, then try again."""


class RefusedError(DroppedError, LocalError):
    """This node may not take the request now: it hands over leadership, was removed, or does not forward."""


class OverloadedError(DroppedError, LimitError):
    """Too much is under way already: wait until some of it has been committed or answered."""


class ConfChangeError(LocalError):
    """The membership change does not fit the present membership, for example since no voter would be left."""


class PeerNotFoundError(RemoteError):
    """An answer came from a node that is no member (any more); it was ignored."""


class ProtocolError(RemoteError):
    """A message contradicts the protocol: a peer is faulty, lost its disk, or belongs to another cluster."""


class CompactedError(LocalError):
    """The log index asked for was compacted away; only a snapshot can serve it."""


class UnavailableError(LocalError):
    """The log index asked for does not exist (yet)."""


class SnapshotOutOfDateError(LocalError):
    """The snapshot is older than what the storage holds already."""


class SnapshotUnavailableError(LocalError):
    """No snapshot can be given at this moment; the core will ask again."""
