"""The membership's messages as bytes: `cluster.capnp:Gossip`, packed.

Rules that hold here:

1. Whatever the bytes, reading gives an `Incoming` or raises a `GossipError`; what a message may hold is
   bounded before it is read (`tests/cluster/test_cluster_fuzz.py`).
2. A signature is checked only where what it signs would change something: what a node has heard already
   costs no check, and what it has checked is not read again (`Checked`). What does not verify is left out,
   and counted (test_what_is_not_signed_is_left_out).
3. Who sent a message is what the layer below says, which has to authenticate it: the sender inside is
   compared with it where the layer knows (a channel), and taken where it cannot (a sealed datagram).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wetware.capnp.framing import frame
from wetware.capnp.packing import pack, unpack
from wetware.capnp.segments import Limits
from wetware.cluster.antientropy import BUCKETS
from wetware.cluster.envelope import EnvelopeError, Use, parse_envelope, seal, verify_envelope
from wetware.cluster.heartbeat import HeartbeatError, read_heartbeat, sign_heartbeat
from wetware.cluster.identity import PeerId
from wetware.cluster.messages import Digest, Known, News, Obituary, Probe
from wetware.errors import RemoteError, WetwareError
from wetware.schema.cluster_capnp import Gossip as Wire
from wetware.schema.cluster_capnp import Obituary as WireObituary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wetware.cluster.gossip import Gossip
    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import NodeKey
    from wetware.cluster.messages import Message

__all__ = ["MAX_MESSAGE", "Checked", "GossipError", "Incoming", "KeyVoice", "read_gossip", "write_gossip"]

MAX_MESSAGE: Final = 128 << 10
"""Bytes of a message."""
MAX_ITEMS: Final = 4096

OBITUARY: Final = Use("ww.obituary", b"\xde\xec")
_LIMITS: Final = Limits(
    traversal_words=4 * MAX_MESSAGE // 8, nesting=6, segments=1, message_bytes=MAX_MESSAGE
)
_SMALL: Final = Limits(traversal_words=256, nesting=4, segments=1, message_bytes=1024)


class Checked:
    """The latest heartbeats whose signatures were right, by their signed bytes.

    Rumours come several times, and reading one takes as long as checking it.
    """

    __slots__ = ("_beats", "most")

    def __init__(self, most: int = 4096) -> None:
        self.most = most
        self._beats: dict[bytes, Heartbeat] = {}

    def get(self, signed: bytes) -> Heartbeat | None:
        """The heartbeat that these bytes are, if they were checked lately."""
        return self._beats.get(signed)

    def put(self, beat: Heartbeat) -> None:
        """Keep a heartbeat that was checked."""
        self._beats[beat.signed] = beat
        if len(self._beats) > self.most:
            del self._beats[next(iter(self._beats))]


class GossipError(RemoteError):
    """The bytes are no message of the membership."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message that was read and, as far as it matters, verified.

    Attributes:
        sender: who says that it sent it.
        message: what it says.
        forged: how many parts were left out because their signatures were wrong.
    """

    sender: PeerId
    message: Message
    forged: int = 0


class KeyVoice:
    """Signs what a node says with its key."""

    __slots__ = ("_key", "host", "meta", "server")

    def __init__(self, key: NodeKey, *, server: int, host: str, meta: Iterable[str] = ()) -> None:
        self._key = key
        self.server = server
        self.host = host
        self.meta = tuple(meta)

    def beat(self, epoch: int, seq: int, ttl: int, lag: int = 0) -> Heartbeat:
        """A heartbeat of this node."""
        return sign_heartbeat(
            self._key,
            epoch=epoch,
            seq=seq,
            ttl=ttl,
            server=self.server,
            host=self.host,
            meta=self.meta,
            lag=lag,
        )

    def obituary(self, peer: PeerId, epoch: int, seq: int) -> Obituary:
        """An obituary by this node."""
        payload = bytes(frame(WireObituary.new(peer=peer.binary, epoch=epoch, seq=seq)))
        return Obituary(peer, epoch, seq, self._key.peer, seal(self._key, OBITUARY, payload))


def write_gossip(sender: PeerId, message: Message) -> bytes:
    """The bytes of a message."""
    match message:
        case News():
            wire = Wire.new(
                sender=sender.binary,
                news={
                    "beats": [
                        {"signed": beat.signed, "age": min(round(age * 1000), 0xFFFFFFFF)}
                        for beat, age in message.beats
                    ],
                    "obituaries": [obituary.signed for obituary in message.obituaries],
                    "spread": message.spread,
                },
            )
        case Probe():
            wire = Wire.new(
                sender=sender.binary,
                probe={
                    "peer": message.peer.binary,
                    "epoch": message.version[0],
                    "seq": message.version[1],
                    "origin": message.origin.binary,
                },
            )
        case Digest():
            wire = Wire.new(sender=sender.binary, digest={"buckets": message.buckets})
        case Known():
            wire = Wire.new(
                sender=sender.binary,
                known={
                    "buckets": message.buckets,
                    "members": [{"peer": peer.binary, "epoch": epoch} for peer, epoch in message.members],
                    "reply": message.reply,
                },
            )
    return pack(frame(wire))


def read_gossip(data: bytes, core: Gossip, checked: Checked | None = None) -> Incoming:
    """Read a message, and verify what in it is news to `core`.

    Args:
        data: the bytes.
        core: knows what is news.
        checked: heartbeats that need no second look; it is added to.

    Raises:
        GossipError: the bytes are none.
    """
    if len(data) > MAX_MESSAGE:
        raise GossipError(f"a message of {len(data)} bytes is too long: {MAX_MESSAGE} are allowed")
    try:
        wire = Wire.read(unpack(bytes(data), limits=_LIMITS), _LIMITS)
        sender = PeerId(bytes(wire.sender))
        if wire.which == "news":
            return _news(sender, wire.news, core, checked)
        message: Message
        if wire.which == "probe":
            probe = wire.probe
            message = Probe(PeerId(bytes(probe.peer)), (probe.epoch, probe.seq), PeerId(bytes(probe.origin)))
        elif wire.which == "digest":
            if len(wire.digest.buckets) != BUCKETS:
                raise GossipError(f"a digest has {BUCKETS} parts")
            message = Digest(tuple(wire.digest.buckets))
        elif wire.which == "known":
            known = wire.known
            if len(known.buckets) > BUCKETS or len(known.members) > MAX_ITEMS:
                raise GossipError("a list of members is too long")
            members = tuple((PeerId(bytes(member.peer)), member.epoch) for member in known.members)
            message = Known(tuple(known.buckets), members, known.reply)
        else:
            raise GossipError("the message is of a kind that this node does not know")
    except GossipError:
        raise
    except WetwareError as error:
        raise GossipError(f"this is no message of the membership: {error}") from None
    return Incoming(sender, message)


def _news(sender: PeerId, news: Wire.News, core: Gossip, checked: Checked | None) -> Incoming:
    if len(news.beats) > MAX_ITEMS or len(news.obituaries) > MAX_ITEMS:
        raise GossipError("a message has too many parts")
    beats, deaths, forged = [], [], 0
    for item in news.beats:
        signed = bytes(item.signed)
        known = None if checked is None else checked.get(signed)
        try:
            if known is None:
                unverified = read_heartbeat(signed)
                if not core.is_news(unverified.claimed, spread=news.spread):
                    continue
                known = unverified.verify()
                if checked is not None:
                    checked.put(known)
            elif not core.is_news(known, spread=news.spread):
                continue
            beats.append((known, item.age / 1000))
        except HeartbeatError:
            forged += 1
    for obituary in news.obituaries:
        try:
            deaths.append(read_obituary(bytes(obituary), core))
        except (EnvelopeError, HeartbeatError):
            forged += 1
    found = tuple(death for death in deaths if death is not None)
    return Incoming(sender, News(tuple(beats), found, news.spread), forged)


def read_obituary(signed: bytes, core: Gossip | None = None) -> Obituary | None:
    """Read an obituary and verify it; None where it tells `core` nothing.

    Raises:
        EnvelopeError: the bytes are none, or the signature is wrong.
    """
    opened, signature = parse_envelope(signed, OBITUARY)
    try:
        wire = WireObituary.read(opened.payload, _SMALL)
        obituary = Obituary(PeerId(bytes(wire.peer)), wire.epoch, wire.seq, opened.peer, signed)
    except WetwareError as error:
        raise EnvelopeError(f"the envelope holds no obituary: {error}") from None
    if core is not None and not core.is_sad_news(obituary):
        return None
    verify_envelope(opened, signature, OBITUARY)
    return obituary
