"""Drives the membership core: a socket, a clock, and those who want to know what happens.

Rules that hold here:

1. The core decides; here its messages are sealed and sent, what comes is opened and handed to it, and time is
   passed to it every `settings.tick`, after what has come by then.
2. An address at which a member is to be found is the one that its latest fresh datagram came from, or else
   what its heartbeat says (`ww.addr`). What cannot be sent to a peer at once because it has not been greeted
   yet waits for its greeting, `_HELD` messages at most.
3. Waking up costs a node more than what it does then. So while nothing happens it sleeps from tick to tick,
   and hears then what has come; while something does, and for a moment after, it hears at once
   (test_a_quiet_node_sleeps).
4. What a subscriber does cannot end the membership: its failure is logged.

The tests are in `tests/cluster/test_membership.py`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import secrets
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from wetware.cluster.addresses import Address, parse_address
from wetware.cluster.clusterkey import NONCE_BYTES
from wetware.cluster.datagrams import HEAD_BYTES, SESSION_BYTES, Budget, Datagrams, Heard
from wetware.cluster.gossip import Gossip
from wetware.cluster.messages import News, Send, Updated
from wetware.cluster.udp import UdpSocket
from wetware.cluster.wire import Checked, GossipError, read_gossip, write_gossip
from wetware.errors import LocalError, WetwareError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable

    from wetware.cluster.clusterkey import KeyRing
    from wetware.cluster.heartbeat import Heartbeat
    from wetware.cluster.identity import PeerId
    from wetware.cluster.messages import Instruction, Message, Obituary
    from wetware.cluster.settings import Settings
    from wetware.cluster.table import Record
    from wetware.cluster.wire import KeyVoice

__all__ = ["ADDRESS_KEY", "Event", "Membership", "addresses_of"]

ADDRESS_KEY: Final = "ww.addr"
"""The key of `meta` under which a node says where it listens."""
_PREFERRED: Final = 1200 - HEAD_BYTES - 96
"""Bytes of the parts of a message that fit, with its head, a packet of every network."""
_PART: Final = 32
"""Bytes that a heartbeat or an obituary takes in a message, beside itself."""
_LIVELY: Final = 1.0
"""Seconds for which a node hears at once what comes, after something has happened."""
_HELD: Final = 16
_HELD_FOR: Final = 2.0
_MAX_SOURCES: Final = 16_384
_PEER_RATE: Final = (4000, 4000)
"""Datagrams a second that are taken of one peer's address, and at once."""
_INTRODUCTIONS: Final = 4
_REGREET: Final = 0.3
"""Seconds before a peer that has not answered a greeting gets another one."""

log: Final = logging.getLogger("wetware.cluster")

Event = Any
"""What subscribers are told: `Joined`, `Updated`, `Suspected`, `Recovered`, `Left`, `Superseded`."""


def addresses_of(record: Record) -> list[Address]:
    """Where a node says that it listens."""
    found = []
    for entry in record.beat.meta:
        key, _, value = entry.partition("=")
        if key == ADDRESS_KEY:
            try:
                address = parse_address(value)
            except LocalError:
                continue
            if address.is_numeric:  # nobody makes this node wait for a name server
                found.append(address)
    return found


class Membership:
    """The membership of one node.

    Args:
        voice: signs for the node.
        me: the node.
        ring: the keys of the cluster.
        ns: the namespace.
        sock: a bound UDP socket; it is owned from here on.
        settings: times and numbers.
        clock: monotonic seconds.

    Attributes:
        core: the membership core.
        family: of the socket: IPv4 or IPv6.
        ignored: datagrams that nobody looked at, since there were too many.
    """

    def __init__(
        self,
        me: PeerId,
        voice: KeyVoice,
        ring: KeyRing,
        ns: str,
        sock: socket.socket,
        *,
        settings: Settings | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self.core = Gossip(me, voice, time.time_ns(), random.SystemRandom(), clock(), settings)
        self._datagrams = Datagrams(me, ring, ns, secrets.token_bytes(SESSION_BYTES))
        self.family = sock.family
        self._udp = UdpSocket(sock, self.receive)
        self._subscribers: dict[int, Callable[[Event], None]] = {}
        self._sources: OrderedDict[PeerId, Any] = OrderedDict()  # where fresh datagrams came from
        self._held: dict[PeerId, list[tuple[float, bytes]]] = {}
        self._greeted: dict[PeerId, float] = {}
        self._met: dict[PeerId, tuple[float, int]] = {}  # when to introduce this node again, and how often
        self._strangers = Budget(1000, 500)  # datagrams from where no peer is known to be
        self._replies = Budget(500, 250)
        self._introductions = Budget(5, 3)
        self._addresses: dict[Any, tuple[PeerId, Budget]] = {}  # who is where, and may say how much
        self._nonces = b""
        self._checked = Checked()
        self.ignored = 0
        self._lively_until = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    # --- life ---
    async def start(self) -> None:
        """Begin to listen, and to say that this node lives."""
        await self._udp.start()
        self._stir()
        self._tick()

    def _tick(self) -> None:
        tick = self.core.settings.tick
        try:
            self.advance()
        except Exception:  # a node that falls silent over one bug of ours would be worse
            log.exception("the membership has failed, and goes on")
        if self.is_lively:
            tick /= 2
            self._udp.listen()
        else:
            self._udp.rest()
        self._timer = asyncio.get_running_loop().call_later(tick, self._tick)

    @property
    def is_lively(self) -> bool:
        """Whether this node hears at once what comes: something happens, or there is much to hear."""
        return self._clock() < self._lively_until or bool(self._held) or self._udp.behind

    def _stir(self) -> None:
        """Something happens."""
        before = self.is_lively
        self._lively_until = self._clock() + _LIVELY
        if not before and self._timer is not None:
            self._udp.listen()
            self._timer.cancel()
            tick = self.core.settings.tick / 4
            self._timer = asyncio.get_running_loop().call_later(tick, self._tick)

    def advance(self) -> None:
        """Hear what has come, and let time pass."""
        self._udp.read()
        now = self._clock()
        self._carry_out(self.core.advance(now, behind=self._udp.behind))
        for peer in [p for p, held in self._held.items() if held[-1][0] < now - _HELD_FOR]:
            del self._held[peer]
            self._greeted.pop(peer, None)
        for peer, greeted in self._greeted.items():
            source = self._where(peer)
            if now - greeted >= _REGREET and source is not None:
                self._greeted[peer] = now
                self.greet(source)
        for peer, (due, left) in list(self._met.items()):
            if peer in self.core.table or not left:
                del self._met[peer]
            elif now >= due:
                self._introduce(peer, now, left - 1)

    async def close(self, *, leave: bool = True) -> None:
        """Stop; by default others are told."""
        if self._timer is None:
            return
        self._timer.cancel()
        self._timer = None
        if leave:
            self._carry_out(self.core.leave(self._clock()))
        self._udp.close()

    def use_ring(self, ring: KeyRing) -> None:
        """Seal and open with other keys from now on."""
        self._datagrams.ring = ring

    # --- what others ask ---
    def subscribe(self, subscriber: Callable[[Event], None]) -> Callable[[], None]:
        """Have every event told to `subscriber`, on the loop; what is returned ends it."""
        number = max(self._subscribers, default=0) + 1
        self._subscribers[number] = subscriber

        def unsubscribe() -> None:
            self._subscribers.pop(number, None)

        return unsubscribe

    def record(self, peer: PeerId) -> Record | None:
        """A member's record."""
        return self.core.table.get(peer)

    def addresses(self, peer: PeerId) -> list[Address]:
        """Where a peer may be found, likeliest first."""
        found = []
        source = self._sources.get(peer)
        if source is not None:
            found.append(Address(source[0], source[1]))
        record = self.core.table.get(peer)
        if record is not None:
            found += [address for address in addresses_of(record) if address not in found]
        return found

    def member_at(self, source: Any) -> PeerId | None:
        """The member whose datagrams come from a socket address."""
        found = self._addresses.get(source)
        return found[0] if found is not None and found[0] in self.core.table else None

    def connection_lost(self, peer: PeerId) -> None:
        """A connection to a node broke."""
        self._carry_out(self.core.connection_lost(peer, self._clock()))

    def greet(self, address: Any) -> None:
        """Say hello to whoever is at a socket address; if it is a node of this cluster, they will meet."""
        self._stir()
        self._udp.send(self._datagrams.greeting(self._nonce()), address)

    def call(self, group: Any) -> None:
        """Say hello to a multicast group, on every network of this machine."""
        self._stir()
        self._udp.send_everywhere(self._datagrams.greeting(self._nonce()), group)

    # --- what comes in ---
    def receive(self, datagram: bytes, source: Any) -> bool:
        """Take a datagram; whether there was room to look at it."""
        now = self._clock()
        known = self._addresses.get(source)
        if not (self._strangers if known is None else known[1]).take(now):
            self.ignored += 1
            return False
        heard = self._datagrams.receive(datagram)
        if heard is None:
            return True
        if heard.reply:
            self._stir()
            if self._replies.take(now):
                # to the session that it named itself, so that it knows whom it has reached
                self._udp.send(self._datagrams.reply(heard, self._nonce()), source)
        else:
            self._listen(heard, source, now)
        return True

    def _listen(self, heard: Heard, source: Any, now: float) -> None:
        """Take what a peer says to this start of this node."""
        sender = heard.sender
        self._remember(sender, source)
        for _, held in self._held.pop(sender, ()):
            self._post(sender, held, source)
        if heard.met:
            self._stir()
            self._greeted.pop(sender, None)
            # a few are told of this node, and they tell the others: to a call all the nodes answer
            if sender not in self.core.table and sender not in self._met and self._introductions.take(now):
                self._introduce(sender, now, _INTRODUCTIONS)
            return
        try:
            incoming = read_gossip(heard.message, self.core, self._checked)
        except GossipError as error:
            log.debug("%s sent what is no message: %s", sender, error)
            return
        if incoming.sender == sender:
            self._carry_out(self.core.receive(sender, incoming.message, now))

    def _introduce(self, peer: PeerId, now: float, left: int) -> None:
        """Tell a peer of this node; again after a while, if nothing has come of it."""
        self._met[peer] = (now + _REGREET * (1 + _INTRODUCTIONS - left), left)
        for message in self.core.greeting(now):
            self._send(peer, message)

    def _remember(self, peer: PeerId, source: Any) -> None:
        old = self._sources.get(peer)
        if old == source:
            return
        if old is not None:
            self._addresses.pop(old, None)
        self._sources[peer] = source
        self._sources.move_to_end(peer)
        self._addresses[source] = (peer, Budget(*_PEER_RATE))
        if len(self._sources) > _MAX_SOURCES:
            self._addresses.pop(self._sources.popitem(last=False)[1], None)

    # --- what goes out ---
    def _carry_out(self, instructions: Iterable[Instruction]) -> None:
        written: dict[int, list[bytes]] = {}  # one message often goes to several nodes
        for instruction in instructions:
            if isinstance(instruction, Send):
                message = instruction.message
                pieces = written.get(id(message))
                if pieces is None:
                    pieces = written[id(message)] = _pieces(self.core.me, message)
                for piece in pieces:
                    self._deliver(instruction.to, piece)
            else:
                if isinstance(instruction, Updated) and instruction.restarted:
                    self._look_anew(instruction.peer)
                self._tell(instruction)

    def _look_anew(self, peer: PeerId) -> None:
        """A node was started anew, perhaps elsewhere: go by what it says, and not by where it was."""
        record, source = self.core.table.get(peer), self._sources.get(peer)
        stated = [] if record is None else addresses_of(record)
        if source is not None and stated and Address(*source[:2]) not in stated:
            del self._sources[peer]
            self._addresses.pop(source, None)

    def _send(self, to: PeerId, message: Message) -> None:
        for piece in _pieces(self.core.me, message):
            self._deliver(to, piece)

    def _deliver(self, to: PeerId, piece: bytes) -> None:
        source = self._where(to)
        if source is None:
            return
        if self._datagrams.knows(to):
            self._post(to, piece, source)
            return
        now = self._clock()
        held = self._held.setdefault(to, [])
        held.append((now, piece))
        del held[:-_HELD]
        if now - self._greeted.get(to, float("-inf")) >= _REGREET:
            self._greeted[to] = now
            self.greet(source)

    def _where(self, peer: PeerId) -> Any:
        """The socket address of a peer: where it was heard, or what its heartbeat says."""
        source = self._sources.get(peer)
        if source is not None:
            return source
        record = self.core.table.get(peer)
        for address in addresses_of(record) if record is not None else ():
            if (":" in address.host) == (self.family.name == "AF_INET6"):
                return (address.host, address.port)
        return None

    def _post(self, to: PeerId, piece: bytes, source: Any) -> None:
        self._udp.send(self._datagrams.message(to, piece, self._nonce()), source)

    def _nonce(self) -> bytes:
        if not self._nonces:
            self._nonces = os.urandom(NONCE_BYTES * 64)
        nonce, self._nonces = self._nonces[:NONCE_BYTES], self._nonces[NONCE_BYTES:]
        return nonce

    def _tell(self, event: Event) -> None:
        self._stir()
        for subscriber in list(self._subscribers.values()):
            try:
                subscriber(event)
            except WetwareError as error:
                log.warning("a subscriber to the membership failed: %s", error)
            except Exception:
                log.exception("a subscriber to the membership failed")


def _pieces(me: PeerId, message: Message) -> list[bytes]:
    """A message in datagrams, each small enough for one packet where it can be divided."""
    if not isinstance(message, News):
        return [write_gossip(me, message)]
    pieces: list[bytes] = []
    beats: list[tuple[Heartbeat, float]] = []
    deaths: list[Obituary] = []
    room = _PREFERRED

    def close() -> None:
        if beats or deaths:
            pieces.append(write_gossip(me, News(tuple(beats), tuple(deaths), message.spread)))
            beats.clear()
            deaths.clear()

    def make_room(signed: bytes) -> None:
        nonlocal room
        if len(signed) + _PART > room:
            close()
            room = _PREFERRED
        room -= len(signed) + _PART

    for beat, age in message.beats:
        make_room(beat.signed)
        beats.append((beat, age))
    for obituary in message.obituaries:
        make_room(obituary.signed)
        deaths.append(obituary)
    close()
    return pieces
