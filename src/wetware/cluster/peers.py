"""Connections to the other nodes: one to each, made when it is first needed, and shared.

Rules that hold here:

1. To each node one connection is dialled at a time; all who wait for it get the same session
   (test_one_connection_is_shared). One that the other node has dialled serves as well, since it may be that
   only one of two can reach the other (test_a_node_that_cannot_be_dialled); if both dial at once, there are
   two.
2. A connection that is lost, whoever dialled it, is told at once: to the membership, which then asks whether
   the node lives, and to those who subscribed with `on_lost` (test_a_lost_connection_is_told).
3. A node that the membership finds gone has its connections cut at once, so that what waits for it fails now
   and not when TCP gives up (test_a_dead_node_is_cut_off); of one that was started anew, those that led to
   its earlier start (test_connections_to_an_earlier_start). One that takes its leave closes them itself, when
   it has told how its processes ended (test_a_node_that_leaves_in_good_order_says_so).
4. Whoever waits is told what was tried, and does not wait longer than he asked to.
5. One key holds at most `MAX_PER_PEER` connections to this node.

The named tests are in `tests/cluster/test_peers.py`.
"""

from __future__ import annotations

import asyncio
import logging
import weakref
from functools import partial
from typing import TYPE_CHECKING, Final

from wetware.cluster.account import log_in
from wetware.cluster.dial import UnreachableError, WrongPeerError, dial
from wetware.cluster.messages import Left, Updated
from wetware.cluster.race import race
from wetware.errors import BrokenError, ClosedError, LimitError, LocalError, WetwareError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.vat import Connection, Vat
    from wetware.cluster.addresses import Address
    from wetware.cluster.clusterkey import KeyRing
    from wetware.cluster.identity import NodeKey, PeerId
    from wetware.cluster.membership import Event, Membership
    from wetware.cluster.secured import Secured
    from wetware.cluster.tls import Tls
    from wetware.schema.core_capnp import Session

__all__ = ["DEFAULT_TIMEOUT", "MAX_PER_PEER", "Peers"]

DEFAULT_TIMEOUT: Final = 15.0
MAX_PER_PEER: Final = 1024
LEAVE: Final = 2.0
"""Seconds in which a node that takes its leave says what it still has to say."""

log: Final = logging.getLogger("wetware.cluster")


class Peers:
    """The connections of one node.

    Args:
        vat: makes them, and offers this node's terminal on them.
        key: of this node; it is the account that it logs in with.
        tls: of the same key.
        instance: the number of this start of the node.
        ring: the keys of the cluster.
        ns: the namespace.
        membership: knows where nodes are, and whether they live.
    """

    def __init__(
        self,
        vat: Vat,
        key: NodeKey,
        tls: Tls,
        instance: int,
        ring: KeyRing,
        ns: str,
        membership: Membership,
    ) -> None:
        self._vat = vat
        self._key = key
        self._tls = tls
        self._instance = instance
        self.ring = ring
        self._ns = ns
        self._membership = membership
        self._connections: dict[PeerId, dict[Connection, int]] = {}  # and to which start they lead
        self._sessions: dict[PeerId, tuple[Connection, Session]] = {}
        self._dialled_here: weakref.WeakSet[Connection] = weakref.WeakSet()
        self._dials: dict[PeerId, asyncio.Task[Session]] = {}
        self._lost: dict[int, Callable[[PeerId, str], None]] = {}
        self._closed = False
        self._unsubscribe = membership.subscribe(self._heard)

    async def session(self, peer: PeerId, *, timeout: float = DEFAULT_TIMEOUT) -> Session:  # noqa: ASYNC109 - whoever waits is told what was tried
        """The session that another node gives to this one.

        Args:
            peer: the node.
            timeout: seconds to wait.

        Raises:
            UnreachableError: it cannot be reached; the message says what was tried.
            RemoteError: it does not let this node in.
            LocalError: it is this node itself.
        """
        if self._closed:
            raise ClosedError("this node has left the cluster")
        if peer == self._key.peer:
            raise LocalError("a node has no connection to itself")
        found = self._sessions.get(peer)
        if found is not None and not found[0].is_closed:
            return found[1]
        task = self._dials.get(peer)
        if task is None:
            task = asyncio.get_running_loop().create_task(self._dial(peer), name=f"dial {peer}")
            self._dials[peer] = task
            task.add_done_callback(lambda done: self._dialled(peer, done))
        try:
            async with asyncio.timeout(timeout):
                return await asyncio.shield(task)
        except TimeoutError:
            where = ", ".join(map(str, self._membership.addresses(peer))) or "no address of it is known"
            raise UnreachableError(f"{peer} was not reached in {timeout:g} s: tried {where}") from None

    async def _dial(self, peer: PeerId) -> Session:
        tried: list[str] = []
        ways = [partial(self._over, connection) for connection in self._incoming(peer)]
        ways += [partial(self._to, peer, address) for address in self._membership.addresses(peer)]
        denied: list[WetwareError] = []

        def failed(error: WetwareError) -> None:
            tried.append(str(error))
            if not isinstance(error, BrokenError | WrongPeerError):
                denied.append(error)

        found = await race(ways, discard=lambda late: self._late(peer, *late), failed=failed)
        if found is not None:
            connection, session = found
            if not connection.is_closed:
                self._sessions[peer] = found
                return session
            tried.append(f"{peer} closed the connection after the login")
        if denied:
            raise denied[0]
        raise UnreachableError(f"cannot reach {peer}: {'; '.join(tried) or 'no address of it is known'}")

    def _incoming(self, peer: PeerId) -> list[Connection]:
        """Connections that a node has dialled: it may be that it cannot be dialled itself."""
        record = self._membership.record(peer)
        found = self._connections.get(peer, {})
        if record is None:
            return []
        alive = [connection for connection, instance in found.items() if instance == record.beat.server]
        return [connection for connection in alive if not connection.is_closed][:1]

    async def _over(self, connection: Connection) -> tuple[Connection, Session]:
        return connection, await log_in(connection, self._key)

    async def _to(self, peer: PeerId, address: Address) -> tuple[Connection, Session]:
        secured = await dial(address, self._tls, self.ring, self._ns, instance=self._instance, expected=peer)
        connection = self.admit(secured)
        self._dialled_here.add(connection)
        try:
            return connection, await log_in(connection, self._key)
        except BaseException:
            self._drop(peer, connection)
            raise

    def _late(self, peer: PeerId, connection: Connection, _session: Session) -> None:
        """A way that was slower; unless it goes over what the other node has dialled, it is not needed."""
        if connection in self._dialled_here:
            self._drop(peer, connection)

    def _drop(self, peer: PeerId, connection: Connection) -> None:
        """End a connection that nobody has used."""
        connections = self._connections.get(peer, {})
        connections.pop(connection, None)
        if not connections:
            self._connections.pop(peer, None)
        connection.kill("this connection is not needed")

    def _dialled(self, peer: PeerId, task: asyncio.Task[Session]) -> None:
        del self._dials[peer]
        if not task.cancelled():
            task.exception()  # those who wait for it have it

    def admit(self, secured: Secured) -> Connection:
        """Speak with whoever is at the other end of a secured connection, whichever side has dialled.

        Raises:
            BrokenError: it was lost meanwhile.
            LimitError: there are too many.
        """
        peer = secured.peer.peer
        if (
            len(self._vat.connections) >= self._vat.max_connections
            or len(self._connections.get(peer, ())) >= MAX_PER_PEER
        ):
            secured.transport.abort()
            raise LimitError(f"there are too many connections to take one of {peer}", limit="connections")
        connection = self._vat.adopt(secured.transport, bytes(secured.received))
        self._connections.setdefault(peer, {})[connection] = secured.peer.instance
        connection.link.closed.add_done_callback(lambda _: self._ended(peer, connection))
        return connection

    # --- loss ---
    def on_lost(self, callback: Callable[[PeerId, str], None]) -> Callable[[], None]:
        """Have `callback(peer, why)` called when a connection to a node was lost, or the node is gone.

        It is called at once, on the loop. What is returned ends it.
        """
        number = max(self._lost, default=0) + 1
        self._lost[number] = callback

        def unsubscribe() -> None:
            self._lost.pop(number, None)

        return unsubscribe

    def _ended(self, peer: PeerId, connection: Connection) -> None:
        connections = self._connections.get(peer)
        if connections is None or connection not in connections:
            return  # cut off by this side, and told
        del connections[connection]
        if self._sessions.get(peer, (None, None))[0] is connection:
            del self._sessions[peer]
        if not connections:
            del self._connections[peer]
        if not self._closed:
            self._membership.connection_lost(peer)
            self._tell(peer, "the connection was lost")

    def _heard(self, event: Event) -> None:
        if isinstance(event, Left) and event.why == "left":
            # it has more to say than that: how its processes ended, for one; then it closes them itself
            self._sessions.pop(event.peer, None)
            loop = asyncio.get_running_loop()
            for connection in self._connections.pop(event.peer, {}):
                loop.call_later(LEAVE, connection.kill, "the node has left")
            self._tell(event.peer, "the node has left")
        elif isinstance(event, Left):
            why = {"dead": "the node is dead", "expired": "the node was not heard"}
            self.cut(event.peer, why[event.why])
        elif isinstance(event, Updated) and event.restarted:
            record = self._membership.record(event.peer)
            stale = [
                connection
                for connection, instance in self._connections.get(event.peer, {}).items()
                if record is not None and instance != record.beat.server
            ]
            for connection in stale:
                connection.kill("the node was started anew")

    def cut(self, peer: PeerId, why: str) -> None:
        """Cut the connections to a node."""
        self._sessions.pop(peer, None)
        for connection in self._connections.pop(peer, {}):
            connection.kill(why)
        self._tell(peer, why)

    def _tell(self, peer: PeerId, why: str) -> None:
        for callback in list(self._lost.values()):
            try:
                callback(peer, why)
            except Exception:
                log.exception("what is to be done at the loss of a node has failed")

    async def close(self) -> None:
        """Dial no more; the vat closes the connections."""
        self._closed = True
        self._unsubscribe()
        tasks = list(self._dials.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
