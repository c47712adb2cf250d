"""Heartbeats: what each node says of itself again and again, signed.

The wire form is `cluster.capnp:Heartbeat`, packed, in an envelope.

Rules that hold here:

1. A heartbeat's version is (boot epoch, sequence number): the epoch grows with each start of a key, the
   sequence number with each beat. Of two heartbeats of one node the one of the higher version is the newer
   (test_versions).
2. What is inside is bounded and printable, or the heartbeat is refused: a host name or a `meta` entry is
   shown on terminals and kept by every node (test_what_a_heartbeat_may_hold).
3. A time to live of 0 means the original's default, 10 s; others are held between `MIN_TTL` and `MAX_TTL`,
   and the lag at or below `MOST_LAG`, so that nobody stays in a table for ever.
4. Each beat is built anew: nothing grows from beat to beat (test_beats_do_not_grow).

The named tests are in `tests/cluster/test_heartbeat.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from wetware.capnp.framing import frame
from wetware.capnp.packing import pack, unpack
from wetware.capnp.segments import Limits
from wetware.cluster.envelope import (
    MAX_PAYLOAD,
    EnvelopeError,
    Opened,
    Use,
    parse_envelope,
    seal,
    verify_envelope,
)
from wetware.cluster.lateness import MOST_LAG
from wetware.errors import LimitError, LocalError, RemoteError, WetwareError
from wetware.schema.cluster_capnp import Heartbeat as Wire

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wetware.cluster.identity import NodeKey, PeerId

__all__ = [
    "DEFAULT_TTL",
    "MAX_META",
    "MAX_TTL",
    "MIN_TTL",
    "Heartbeat",
    "HeartbeatError",
    "Unverified",
    "read_heartbeat",
    "sign_heartbeat",
]

DEFAULT_TTL: Final = 10_000
"""Milliseconds, as in the original."""
MIN_TTL: Final = 100
MAX_TTL: Final = 600_000
MAX_META: Final = 64
"""Entries of `meta`."""
MAX_TEXT: Final = 256
"""Characters of a host name, and of an entry."""

HEARTBEAT: Final = Use("ww.heartbeat", b"\xde\xeb")
_LIMITS: Final = Limits(traversal_words=2048, nesting=4, segments=1, message_bytes=2 * MAX_PAYLOAD)
_MAX_SEQ: Final = (1 << 64) - 1


class HeartbeatError(RemoteError):
    """The bytes are no heartbeat, or not one that its node has signed."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a node says of itself.

    Attributes:
        peer: the node.
        epoch: grows with each start of this key.
        seq: grows with each beat of an epoch.
        ttl: milliseconds after which the node counts as gone.
        server: the number that this start of the node has drawn.
        host: the name of its host.
        meta: entries `key=value`.
        lag: how late the node runs: it is to be given 1 + lag times the usual patience.
        signed: the envelope that proves it.
    """

    peer: PeerId
    epoch: int
    seq: int
    ttl: int = DEFAULT_TTL
    server: int = 0
    host: str = ""
    meta: tuple[str, ...] = ()
    lag: int = 0
    signed: bytes = field(default=b"", repr=False, compare=False)

    @property
    def version(self) -> tuple[int, int]:
        """What orders the heartbeats of one node."""
        return self.epoch, self.seq

    def value(self, key: str) -> str:
        """The value of a `meta` key; empty where there is none."""
        for entry in self.meta:
            found, _, value = entry.partition("=")
            if found == key:
                return value
        return ""


@dataclass(frozen=True, slots=True)
class Unverified:
    """A heartbeat whose signature is still to be checked.

    Attributes:
        claimed: what it says. It may decide whether checking is worth the time, and nothing else.
    """

    claimed: Heartbeat
    _opened: Opened
    _signature: bytes

    def verify(self) -> Heartbeat:
        """Check the signature.

        Raises:
            HeartbeatError: it is wrong.
        """
        try:
            verify_envelope(self._opened, self._signature, HEARTBEAT)
        except EnvelopeError as error:
            raise HeartbeatError(str(error)) from None
        return self.claimed


def sign_heartbeat(
    key: NodeKey,
    *,
    epoch: int,
    seq: int,
    ttl: int = DEFAULT_TTL,
    server: int = 0,
    host: str = "",
    meta: Iterable[str] = (),
    lag: int = 0,
) -> Heartbeat:
    """Make a heartbeat and sign it.

    Raises:
        LocalError: a value is out of its range, or `meta` has an entry without `=`.
        LimitError: it is too large.
    """
    beat = Heartbeat(key.peer, epoch, seq, ttl, server, host, tuple(meta), lag)
    problem = _problem(beat)
    if problem:
        raise LocalError(f"this is no heartbeat to send: {problem}")
    wire = Wire.new(ttl=ttl, server=server, host=host, meta=beat.meta, epoch=epoch, seq=seq, lag=lag)
    payload = pack(frame(wire))
    try:
        signed = seal(key, HEARTBEAT, payload)
    except LimitError as error:
        raise LimitError(
            f"a heartbeat of {len(payload)} bytes is too large: say less in meta ({MAX_PAYLOAD} are allowed)",
            limit="heartbeat",
            used=error.used,
            allowed=error.allowed,
        ) from None
    return replace(beat, signed=signed)


def read_heartbeat(signed: bytes) -> Unverified:
    """Read a heartbeat from its envelope.

    Raises:
        HeartbeatError: the bytes are none.
    """
    signed = bytes(signed)
    try:
        opened, signature = parse_envelope(signed, HEARTBEAT)
        wire = Wire.read(unpack(opened.payload, limits=_LIMITS), _LIMITS)
        if len(wire.meta) > MAX_META:
            raise HeartbeatError(f"a heartbeat has at most {MAX_META} entries of meta")
        beat = Heartbeat(
            opened.peer,
            wire.epoch,
            wire.seq,
            min(max(wire.ttl or DEFAULT_TTL, MIN_TTL), MAX_TTL),
            wire.server,
            wire.host,
            tuple(wire.meta),
            min(wire.lag, MOST_LAG),
            signed,
        )
    except HeartbeatError:
        raise
    except WetwareError as error:
        raise HeartbeatError(f"this is no heartbeat: {error}") from None
    problem = _problem(beat)
    if problem:
        raise HeartbeatError(f"this is no heartbeat: {problem}")
    return Unverified(beat, opened, signature)


def _problem(beat: Heartbeat) -> str:
    """What is wrong with the content; empty where nothing is."""
    if not (0 <= beat.epoch <= _MAX_SEQ and 0 <= beat.seq <= _MAX_SEQ and 0 <= beat.server <= _MAX_SEQ):
        return "epoch, sequence number and server are unsigned numbers of 64 bits"
    if not MIN_TTL <= beat.ttl <= MAX_TTL:
        return f"the time to live is {beat.ttl} ms, and is to be between {MIN_TTL} and {MAX_TTL}"
    if not 0 <= beat.lag <= MOST_LAG:
        return f"the lag is {beat.lag}, and is to be between 0 and {MOST_LAG}"
    if len(beat.meta) > MAX_META:
        return f"there are {len(beat.meta)} entries of meta and {MAX_META} are allowed"
    for text in (beat.host, *beat.meta):
        if len(text) > MAX_TEXT or not text.isprintable():
            return f"a text is longer than {MAX_TEXT} characters or cannot be printed"
    for entry in beat.meta:
        if entry.find("=") < 1:
            return f"the entry {entry[:40]!r} of meta is not of the form key=value"
    return ""
