"""What nodes say to each other in datagrams: sealed, and fresh.

Content of a sealed datagram: the sender's public key (32), its session (8), a counter (8), the receiver's
session (8; 0 where the sender does not know it), then a message of the membership, or nothing: a greeting.

    A                                        B
    greeting, to nobody in particular   -->
                                        <--  greeting, to A's session        A knows B's session now
    message, to B's session             -->                                  B knows A's session now

Rules that hold here:

1. A message counts only if it names the receiver's present session, a number that each start of a node
   draws: what was recorded before the start, or said to another node, is not heard
   (test_what_was_said_to_an_earlier_start).
2. Of one session of a sender each counter counts once, and none that is far behind the highest: what was
   recorded is heard once (test_replays). No clock is compared.
3. A greeting to nobody, or a message to a past session, is answered by a greeting and changes nothing: the
   asker has to come back with what it was told, from where it was told (test_first_contact). Answers are no
   larger than what they answer, and are limited by `Budget`s: nobody is flooded through us.
4. Whatever the bytes, `Datagrams.receive` gives something to do or nothing; it raises nothing
   (test_any_bytes).
5. All that others can make grow is bounded.
6. No I/O, no clock, no randomness: time and random bytes are passed in.

The named tests are in `tests/cluster/test_datagrams.py`. Source of the window: RFC 4303, appendix A2.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING, Final

from wetware.cluster.clusterkey import OVERHEAD, SealError
from wetware.cluster.identity import PeerId

if TYPE_CHECKING:
    from wetware.cluster.clusterkey import KeyRing

__all__ = ["HEAD_BYTES", "MAX_DATAGRAM", "SESSION_BYTES", "Budget", "Datagrams", "Heard"]

_HEAD: Final = Struct(">32sQQQ")
HEAD_BYTES: Final = OVERHEAD + _HEAD.size
"""Bytes that a datagram has beside its message."""
SESSION_BYTES: Final = 8
MAX_DATAGRAM: Final = 65_000
_WINDOW: Final = 1024
"""Counters that may come out of order."""
_MAX_WINDOWS: Final = 16_384


class Budget:
    """How often something may be done: `rate` times a second, and `burst` times at once."""

    __slots__ = ("_left", "_then", "burst", "rate")

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._left = burst
        self._then: float | None = None

    def take(self, now: float) -> bool:
        """Whether it may be done once more at this time."""
        if self._then is not None:
            self._left = min(self.burst, self._left + max(now - self._then, 0.0) * self.rate)
        self._then = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Window:
    """The counters of one session that have been heard."""

    __slots__ = ("_heard", "_highest")

    def __init__(self) -> None:
        self._highest = -1
        self._heard = 0  # bit i: counter highest - i

    def take(self, counter: int) -> bool:
        """Whether this counter is heard for the first time, as far as can be told."""
        ahead = counter - self._highest
        if ahead > 0:
            self._heard = (self._heard << min(ahead, _WINDOW) | 1) & (1 << _WINDOW) - 1
            self._highest = counter
            return True
        if -ahead >= _WINDOW or self._heard >> -ahead & 1:
            return False
        self._heard |= 1 << -ahead
        return True


@dataclass(frozen=True, slots=True)
class Heard:
    """A datagram that was understood.

    Attributes:
        sender: the node that sealed it, as far as holders of the key can be told apart.
        message: what it says to this start of this node; empty in a greeting.
        reply: whether to answer with a greeting: the sender does not know this session.
        met: whether this greeting answers one of ours.
        session: the sender's session, for the reply.
    """

    sender: PeerId
    message: bytes = b""
    reply: bool = False
    met: bool = False
    session: int = 0


class Datagrams:
    """Seals what one start of a node sends, and opens what it is sent.

    Args:
        me: this node.
        ring: the keys of the cluster.
        ns: the namespace; others do not open it.
        session: 8 random bytes, drawn for this start.

    Attributes:
        foreign: datagrams that did not open.
        replayed: datagrams that had been heard before.
    """

    __slots__ = (
        "_counter",
        "_purpose",
        "_session",
        "_sessions",
        "_windows",
        "foreign",
        "me",
        "replayed",
        "ring",
    )

    def __init__(self, me: PeerId, ring: KeyRing, ns: str, session: bytes) -> None:
        self.me = me
        self.ring = ring
        self.foreign = 0
        self.replayed = 0
        self._purpose = f"gossip/{ns}"
        self._session = int.from_bytes(session, "big") or 1
        self._counter = 0
        self._sessions: OrderedDict[PeerId, int] = OrderedDict()  # the latest of each sender
        self._windows: OrderedDict[tuple[PeerId, int], Window] = OrderedDict()

    def knows(self, peer: PeerId) -> bool:
        """Whether a message can be sent to a peer, or has to begin with a greeting."""
        return peer in self._sessions

    def greeting(self, nonce: bytes) -> bytes:
        """A greeting to whoever hears it; `nonce` are 24 random bytes, here and below."""
        return self._seal(0, b"", nonce)

    def reply(self, heard: Heard, nonce: bytes) -> bytes:
        """A greeting in answer to what asked for one."""
        return self._seal(heard.session, b"", nonce)

    def message(self, to: PeerId, message: bytes, nonce: bytes) -> bytes:
        """A message to a peer that this end knows."""
        return self._seal(self._sessions.get(to, 0), message, nonce)

    def _seal(self, theirs: int, message: bytes, nonce: bytes) -> bytes:
        self._counter += 1
        head = _HEAD.pack(self.me.public_key, self._session, self._counter, theirs)
        return self.ring.seal(self._purpose, head + message, nonce)

    def receive(self, datagram: bytes) -> Heard | None:
        """Open a datagram; None where there is nothing to do."""
        if not HEAD_BYTES <= len(datagram) <= MAX_DATAGRAM:
            self.foreign += 1
            return None
        try:
            content = self.ring.open(self._purpose, datagram)
        except SealError:
            self.foreign += 1
            return None
        key, session, counter, mine = _HEAD.unpack_from(content)
        sender = PeerId.of_public_key(key)
        message = content[_HEAD.size :]
        if sender == self.me or not session:
            return None
        if not self._window(sender, session).take(counter):
            self.replayed += 1
            return None
        if mine != self._session:
            # a greeting to nobody; or it speaks to an earlier start of this node, or not to it at all
            return Heard(sender, reply=True, session=session) if message or not mine else None
        self._sessions[sender] = session
        self._sessions.move_to_end(sender)
        if len(self._sessions) > _MAX_WINDOWS:
            self._sessions.popitem(last=False)
        return Heard(sender, message, met=not message)

    def _window(self, sender: PeerId, session: int) -> Window:
        window = self._windows.get((sender, session))
        if window is None:
            window = self._windows[sender, session] = Window()
            if len(self._windows) > _MAX_WINDOWS:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end((sender, session))
        return window
