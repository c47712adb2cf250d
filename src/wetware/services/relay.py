"""Published messages between nodes: who is told what this node wants, and who is sent what it publishes.

Rules that hold here:

1. Each node tells the others which topics it wants, at once when that changes and again every `RENEW`
   seconds. A node that wants nothing, and never did, tells nobody, and makes no connection for it.
2. A batch is signed once and goes to each node that wants it, at most `UNDER_WAY` at a time to each; what
   waits for one that is slow is bounded, and pushes out its own oldest. That node learns what it misses from
   the numbers (test_a_slow_node_hurts_nobody).
3. A batch is taken from the node that signed it, and nobody passes one on (test_a_batch_of_another_node).
4. Only members of the cluster are heard (test_strangers_are_not_heard).
5. A node that is gone is forgotten at once: when its connection is lost, or the membership says so.

The named tests are in `tests/services/test_relay.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Protocol

from wetware.capnp.exceptions import FailedError
from wetware.cluster.batches import MAX_BATCH, BatchError, decode_batch, encode_batch
from wetware.errors import LimitError, WetwareError
from wetware.schema.relay_capnp import Relay_Receiver_Server, Relay_Server

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.cluster.identity import NodeKey, PeerId
    from wetware.schema.relay_capnp import Relay, Relay_Receiver
    from wetware.services.pubsub import PubSub

__all__ = ["RELAY", "RelayNeighbours", "RelayServer", "Relays"]

RELAY: Final = "relay"
"""What a session's relay is called, and a policy's grant of it."""
RENEW: Final = 10.0
"""Seconds; three of them fit into the time for which a want is believed."""
RETRY: Final = 0.25
SLOWEST_RETRY: Final = 10.0
TELL_PATIENCE: Final = 15.0
UNDER_WAY: Final = 8
"""Batches that are sent to a node and not answered yet."""
BUSY: Final = 2
"""Batches under way to a node from which on it can wait a moment for the next one."""
GATHER: Final = 0.005
WAITING_BATCHES: Final = 1024
WAITING_BYTES: Final = 8 << 20


class RelayNeighbours(Protocol):
    """The cluster, as a relay sees it."""

    def others(self) -> Sequence[PeerId]:
        """The other nodes."""

    async def relay(self, peer: PeerId) -> Relay:
        """Another node's relay. Raises a `WetwareError` where it cannot be had."""


class Relays:
    """This node's part of pub/sub between nodes, from `start` to `close`.

    Args:
        pubsub: the topics of this node.
        key: signs what this node publishes.
        neighbours: the other nodes.

    Attributes:
        refused: batches that were not what they had to be.
    """

    def __init__(self, pubsub: PubSub, key: NodeKey, neighbours: RelayNeighbours) -> None:
        self.refused = 0
        self._pubsub = pubsub
        self._topics = pubsub.topics
        self._key = key
        self._neighbours = neighbours
        self._loop = asyncio.get_running_loop()
        self._tellers: dict[PeerId, _Teller] = {}
        self._outboxes: dict[PeerId, _Outbox] = {}
        self._flush: asyncio.Handle | None = None
        self._gathers = False  # whether what is to be flushed waits for more
        self._upkeep: asyncio.Task[None] | None = None
        self._closed = False

    def start(self) -> None:
        """Begin."""
        self._pubsub.changed = self._changed
        self._pubsub.send = self._send
        self._pubsub.spread = self._spread
        self._upkeep = self._loop.create_task(self._keep(), name="relay upkeep")
        self._changed()

    async def close(self) -> None:
        """End all tasks."""
        self._closed = True
        self._pubsub.changed = self._pubsub.send = self._pubsub.spread = None
        if self._flush is not None:
            self._flush.cancel()
        for outbox in self._outboxes.values():
            outbox.close()
        tasks = [teller.task for teller in self._tellers.values()]
        tasks += [self._upkeep] if self._upkeep is not None else []
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    # --- what this node wants ---
    def _changed(self) -> None:
        if self._closed:
            return
        if self._topics.wanted:
            self._meet()
        for teller in self._tellers.values():
            teller.news()

    def _meet(self) -> None:
        for peer in self._neighbours.others():
            if peer not in self._tellers:
                self._tellers[peer] = _Teller(self, peer)

    async def _spread(self) -> None:
        """Wait until the others know what this node wants now, those that can be told."""
        self._meet()
        await asyncio.gather(*(teller.told.wait() for teller in list(self._tellers.values())))

    def joined(self, peer: PeerId) -> None:
        """There is another node."""
        if self._topics.wanted and peer not in self._tellers and not self._closed:
            self._tellers[peer] = _Teller(self, peer)

    def gone(self, peer: PeerId) -> None:
        """It is no more."""
        teller = self._tellers.pop(peer, None)
        if teller is not None:
            teller.task.cancel()
        self._topics.unheard(peer)
        self._forget(peer)

    def connection_lost(self, peer: PeerId) -> None:
        """A connection to a node was lost; perhaps the node lives, and then it is to be told anew."""
        teller = self._tellers.get(peer)
        if teller is not None:
            teller.news()

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(RENEW / 4)
            for peer in self._topics.expire(self._loop.time()):
                self._forget(peer)

    # --- what others want ---
    def heard(self, peer: PeerId, names: Sequence[str], receiver: Relay_Receiver) -> None:
        """Another node says what it wants, and where it is to be sent."""
        if peer not in self._neighbours.others():
            raise FailedError("only nodes of this cluster are sent what is published here")
        if not receiver:
            raise BatchError("a relay takes a receiver")
        self._topics.wants(peer, names, self._loop.time())
        outbox = self._outboxes.get(peer)
        if not names:
            return
        if outbox is None:
            outbox = self._outboxes[peer] = _Outbox(self, peer)
        outbox.direct(receiver)

    def _forget(self, peer: PeerId) -> None:
        self._topics.forget(peer)
        outbox = self._outboxes.pop(peer, None)
        if outbox is not None:
            outbox.close()

    # --- what this node publishes ---
    def _send(self) -> None:
        if self._flush is None:
            self._flush = self._loop.call_soon(self._flush_now)

    def _flush_now(self) -> None:
        outboxes = self._outboxes.values()
        if not self._gathers and outboxes and all(outbox.is_busy for outbox in outboxes):
            # nobody takes it at once: a moment later it is one batch, and one signature, with what follows
            self._gathers = True
            self._flush = self._loop.call_later(GATHER, self._flush_now)
            return
        self._gathers = False
        self._flush = None
        for batch, peers in self._topics.flush():
            signed = encode_batch(self._key, batch)
            for peer in peers:
                outbox = self._outboxes.get(peer)
                if outbox is not None:
                    outbox.put(batch.topic, signed)

    def answered(self) -> None:
        """A node has taken a batch."""
        if self._gathers and self._flush is not None:
            self._flush.cancel()
            self._flush = self._loop.call_soon(self._flush_now)

    def lost(self, outbox: _Outbox) -> None:
        """A node takes nothing more."""
        outbox.close()
        if self._outboxes.get(outbox.peer) is outbox:
            del self._outboxes[outbox.peer]
            self._topics.forget(outbox.peer)

    def position(self, name: str) -> tuple[bytes, bytes] | None:
        """How far this node has got in a topic, signed."""
        position = self._topics.position(name)
        return None if position is None else encode_batch(self._key, position)

    # --- what comes ---
    def received(self, peer: PeerId, payload: bytes, signature: bytes) -> None:
        """A batch has come from a node."""
        try:
            batch = decode_batch(peer, payload, signature)
        except WetwareError:
            self.refused += 1
            raise
        self._topics.received(peer, batch)


class _Teller:
    """Tells one other node what this one wants."""

    __slots__ = ("_news", "_relays", "peer", "task", "told")

    def __init__(self, relays: Relays, peer: PeerId) -> None:
        self.peer = peer
        self._relays = relays
        self._news = asyncio.Event()
        self.told = asyncio.Event()
        self.task = relays._loop.create_task(self._run(), name=f"wants of {peer}")  # noqa: SLF001 - a part of it

    def news(self) -> None:
        """What this node wants has changed, or the other one may have forgotten it."""
        self.told.clear()
        self._news.set()

    async def _run(self) -> None:
        relays = self._relays
        wait = RETRY
        while True:
            self._news.clear()
            names = list(relays._topics.wanted)  # noqa: SLF001 - a part of it
            try:
                async with asyncio.timeout(TELL_PATIENCE):
                    relay = await relays._neighbours.relay(self.peer)  # noqa: SLF001
                    await relay.wants(topics=names, receiver=_Receiver(relays, self.peer))
            except (WetwareError, TimeoutError):
                # it is dead, and the membership will say so, or it has no relay for this node (yet)
                await asyncio.sleep(wait)
                wait = min(wait * 2, SLOWEST_RETRY)
                continue
            wait = RETRY
            if not self._news.is_set():
                self.told.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(RENEW if names else None):
                    await self._news.wait()


class _Outbox:
    """What waits for one other node."""

    __slots__ = ("_behind", "_bytes", "_receiver", "_relays", "_under_way", "_waiting", "peer")

    def __init__(self, relays: Relays, peer: PeerId) -> None:
        self.peer = peer
        self._receiver: Relay_Receiver | None = None
        self._relays = relays
        self._waiting: deque[tuple[str, tuple[bytes, bytes]]] = deque()
        self._bytes = 0
        self._behind: set[str] = set()  # topics of which something was pushed out, that may be the latest
        self._under_way: set[asyncio.Future[Any]] = set()

    @property
    def is_busy(self) -> bool:
        """Whether the node has something to do already."""
        return len(self._under_way) >= BUSY

    def direct(self, receiver: Relay_Receiver) -> None:
        """Send there from now on."""
        if receiver != self._receiver:
            self._receiver = receiver
            self._under_way.clear()
            self._pump()

    def put(self, topic: str, signed: tuple[bytes, bytes]) -> None:
        """A batch is to be sent."""
        self._waiting.append((topic, signed))
        self._bytes += len(signed[0])
        while len(self._waiting) > WAITING_BATCHES or self._bytes > WAITING_BYTES + MAX_BATCH:
            dropped, (payload, _) = self._waiting.popleft()
            self._bytes -= len(payload)
            self._behind.add(dropped)
        self._pump()

    def _pump(self) -> None:
        receiver = self._receiver
        if receiver is None:
            return
        while self._waiting and len(self._under_way) < UNDER_WAY:
            _, (payload, signature) = self._waiting.popleft()
            self._bytes -= len(payload)
            call = asyncio.ensure_future(receiver.deliver(batch=payload, signature=signature))
            self._under_way.add(call)
            call.add_done_callback(self._answered)

    def _answered(self, call: asyncio.Future[Any]) -> None:
        error = None if call.cancelled() else call.exception()
        if call not in self._under_way:
            return  # it was sent elsewhere than what is sent now
        self._under_way.remove(call)
        if error is not None:
            # the connection is lost, or it takes nothing more: if it lives it will say again what it wants
            self._relays.lost(self)
            return
        self._pump()
        if self._behind and not self._under_way:
            self._catch_up()
        self._relays.answered()

    def _catch_up(self) -> None:
        """Say how far this node has got where nothing else will: else the end of a gap is not told."""
        behind, self._behind = self._behind, set()
        for name in behind:
            signed = self._relays.position(name)
            if signed is not None:
                self.put(name, signed)

    def close(self) -> None:
        """Send nothing more."""
        self._receiver = None
        under_way = list(self._under_way)
        self._under_way.clear()
        for call in under_way:
            call.cancel()


class RelayServer(Relay_Server):
    """The relay that one other node is given."""

    __slots__ = ("_peer", "_relays")

    def __init__(self, relays: Relays, peer: PeerId) -> None:
        self._relays = relays
        self._peer = peer

    async def wants(self, *, topics: Sequence[str], receiver: Relay_Receiver, context: Any) -> Any:
        if len(topics) > 1 << 16:
            raise LimitError("these are more topics than any node may want", limit="topics")
        self._relays.heard(self._peer, list(topics), receiver)


class _Receiver(Relay_Receiver_Server):
    """Where one other node sends what it publishes."""

    __slots__ = ("_peer", "_relays")

    def __init__(self, relays: Relays, peer: PeerId) -> None:
        self._relays = relays
        self._peer = peer

    async def deliver(self, *, batch: Any, signature: Any, context: Any) -> Any:
        self._relays.received(self._peer, bytes(batch), bytes(signature))
