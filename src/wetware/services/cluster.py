"""A node of a cluster: what joins a running `Node` to the others.

    async with Node() as node, Cluster(node) as cluster:
        await cluster.wait_for(3)
        session = await cluster.peers.session(cluster.members()[1].beat.peer)

Rules that hold here:

1. Beyond loopback a node listens only with a cluster key: without one it serves this machine's user alone.
2. What an account gets is what the policy grants. Without a policy, whoever holds the key gets everything:
   the key is the cluster's trust.
3. Leaving the block takes leave of the others, and closes everything in bounded time.

The tests are in `tests/services/test_cluster.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import socket
import time
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from wetware.capnp.client import hook_of
from wetware.capnp.vat import Vat
from wetware.cluster.addresses import Address, parse_address
from wetware.cluster.clusterkey import KeyRing
from wetware.cluster.discovery import Discovery, multicast_socket
from wetware.cluster.door import Door
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.membership import ADDRESS_KEY, Membership
from wetware.cluster.messages import Joined, Left, Superseded
from wetware.cluster.peers import Peers
from wetware.cluster.policy import Policy
from wetware.cluster.ports import bind_pair, reachable_hosts, resolved
from wetware.cluster.runtime_directory import Entry, Registration, RuntimeDirectory
from wetware.cluster.tls import Tls, channel_of
from wetware.cluster.view import ViewServer
from wetware.cluster.wire import KeyVoice
from wetware.errors import BrokenError, ClosedError, LimitError, LocalError
from wetware.schema.core_capnp import Session
from wetware.schema.pubsub_capnp import Router
from wetware.services.neighbours import PEERING, ClusterNeighbours
from wetware.services.peering import PeeringServer
from wetware.services.placement import LOAD_KEY, coarse_load
from wetware.services.pubsub import PUBSUB, PubSub
from wetware.services.relay import RELAY, Relays, RelayServer
from wetware.services.terminal import Terminal
from wetware.services.topic import Topic, join
from wetware.services.volumes import VOLUME, reserved

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

    from wetware.capnp.client import Client
    from wetware.capnp.runtime import Server
    from wetware.capnp.vat import Connection
    from wetware.cluster.clusterkey import ClusterKey
    from wetware.cluster.identity import NodeKey, PeerId
    from wetware.cluster.membership import Event
    from wetware.cluster.policy import Grant
    from wetware.cluster.secured import Secured
    from wetware.cluster.settings import Settings
    from wetware.cluster.table import Record
    from wetware.schema.core_capnp import Session_Builder
    from wetware.services.guests import Guests

__all__ = ["DEFAULT_NAMESPACE", "Cluster"]

DEFAULT_NAMESPACE: Final = "ww"
RESERVED: Final = "ww."
_UPKEEP: Final = 5.0
"""Seconds between two looks at this node's entry in the run-time directory, and at its addresses."""
_EVENTS: Final = 4096
"""Events that wait for one who reads them."""

log: Final = logging.getLogger("wetware.cluster")


class Host(Protocol):
    """What a cluster needs of a node."""

    @property
    def guests(self) -> Guests:
        """The capability side of its executor."""

    async def drain(self) -> None:
        """End all processes, and start none any more."""


class Cluster:
    """One node's place in a cluster.

    Args:
        node: runs the processes.
        listen: where to listen; by default loopback without a cluster key, everywhere with one. Port 0 is
            any free one.
        ring: the cluster key, or keys; by default the key of this user's run-time directory, for this machine
            alone.
        key: the node's own key; by default a new one.
        peers: addresses of nodes to join by, besides those that are found.
        meta: what the node says of itself, `key=value` each.
        ns: the namespace; nodes of different ones do not meet.
        policy: who may log in and gets what.
        runtime: the run-time directory; False for none.
        multicast: whether to look for nodes in the local network; by default with a cluster key.
        advertise: the address that others are told, where they cannot reach the one that is listened on.
        settings: times and numbers of the membership.
        host: the name of this host.
        volumes: directories of this machine that programs may be given, by name (see `volumes.py`).

    Attributes:
        me: this node.
        address: where it listens.
        peers: its connections to other nodes.
        pubsub: the topics of this node (see `topic`).
        extras: capabilities that sessions hold besides the executor and the view, by name: each a function of
            the account.
    """

    def __init__(
        self,
        node: Host,
        *,
        listen: Address | str | None = None,
        ring: KeyRing | None = None,
        key: NodeKey | None = None,
        peers: Iterable[Address | str] = (),
        meta: Iterable[str] = (),
        ns: str = DEFAULT_NAMESPACE,
        policy: Policy | None = None,
        runtime: RuntimeDirectory | bool = True,
        multicast: bool | None = None,
        advertise: Address | str | None = None,
        settings: Settings | None = None,
        host: str | None = None,
        volumes: Mapping[str, Path | str] | None = None,
    ) -> None:
        if listen is None:
            listen = "127.0.0.1:0" if ring is None else "0.0.0.0:0"
        self._wanted = _address(listen, 0)
        if ring is None and not self._wanted.is_loopback:
            raise LocalError(
                f"without a cluster key a node serves this machine alone, and not {self._wanted}: "
                "make one with `ww cluster key create`"
            )
        self.meta = tuple(meta)
        for entry in self.meta:
            if entry.startswith(RESERVED):
                raise LocalError(f"{entry!r}: names that begin with {RESERVED} are wetware's own")
            if entry.find("=") < 1:
                raise LocalError(f"{entry!r} of meta is not of the form key=value")
        if not ns or len(ns) > 64 or not ns.isprintable():
            raise LocalError("a namespace has 1 to 64 printable characters")
        self.node = node
        self.ns = ns
        self.key = key or ephemeral_key()
        self.me = self.key.peer
        self.policy = policy or Policy.allow_all()
        self.host = socket.gethostname() if host is None else host
        self.server = secrets.randbits(64)
        self.pubsub = PubSub(self.me)
        self.extras: dict[str, Callable[[PeerId], Client | Server]] = {
            PEERING: self._peering,
            PUBSUB: self.pubsub.router,
            RELAY: lambda account: RelayServer(self._running.relays, account),
        }
        self.address = self._wanted
        self.times_superseded = 0
        self._load: float | None = None
        self._ring = ring
        self._static = [_address(peer, None) for peer in peers]
        self._runtime = runtime
        self._multicast = ring is not None if multicast is None else multicast and ring is not None
        self._advertise = None if advertise is None else _address(advertise, 0)
        self._settings = settings
        self._volumes = dict(volumes or {})
        self._parts: _Parts | None = None
        self._registration: Registration | None = None
        self._runtime_key: ClusterKey | None = None

    # --- life ---
    async def __aenter__(self) -> Self:
        if self._parts is not None:
            raise LocalError("this node has joined already")
        directory = RuntimeDirectory() if self._runtime is True else self._runtime or None
        if self._ring is None and directory is None:
            raise LocalError("a node without a run-time directory needs a cluster key")
        ring = self._ring
        runtime_key = directory.key() if directory is not None else None
        if ring is None:
            assert runtime_key is not None, "checked above"
            ring = KeyRing([runtime_key])
        self._runtime_key = runtime_key
        if self._advertise is not None:
            self._advertise = await resolved(self._advertise)
        stream, datagram = await bind_pair(self._wanted)
        self.address = Address(*stream.getsockname()[:2])
        async with contextlib.AsyncExitStack() as stack:
            stack.callback(stream.close)
            stack.callback(datagram.close)
            for name, path in self._volumes.items():
                away = () if directory is None else (directory.path,)
                volume = stack.enter_context(reserved(name, path, away))
                self.extras[VOLUME + name] = _the_same(volume)
                stack.callback(self.extras.pop, VOLUME + name)
            self._voice = voice = KeyVoice(self.key, server=self.server, host=self.host, meta=self._said())
            membership = Membership(self.me, voice, ring, self.ns, datagram, settings=self._settings)
            tls = Tls(self.key)
            vat = Vat(self._terminal)
            stack.push_async_callback(vat.close)
            peers = Peers(vat, self.key, tls, self.server, ring, self.ns, membership)
            stack.push_async_callback(peers.close)
            door = Door(tls, self.server, self._door_ring(ring), self.ns, self._admit)
            stack.push_async_callback(door.close)
            neighbours = ClusterNeighbours(
                self.me, peers, lambda: (r.beat.peer for r in membership.core.table)
            )
            relays = Relays(self.pubsub, self.key, neighbours)
            stack.push_async_callback(relays.close)
            self._parts = _Parts(membership, vat, peers, door, relays)
            stack.callback(self._clear)
            abroad = self.node.guests.abroad
            abroad.join(neighbours)
            stack.callback(abroad.leave)
            stack.callback(peers.on_lost(lambda peer, _: relays.connection_lost(peer)))
            relays.start()
            await door.open(stream)
            await membership.start()
            stack.push_async_callback(membership.close)
            stack.callback(membership.subscribe(self._noticed))
            group = self._group()
            discovery = Discovery(
                membership,
                static=self._static,
                local=None if directory is None else lambda: directory.entries(self.ns),
                group=group,
            )
            if directory is not None:
                entry = Entry(self.me, self._dialled_by_clients(), os.getpid(), self.ns, time.time())
                registration = directory.register(entry)
                stack.callback(registration.close)
                self._registration = registration
            task = asyncio.get_running_loop().create_task(self._keep(), name="cluster upkeep")
            stack.push_async_callback(_ended, task)
            await discovery.start()
            stack.push_async_callback(discovery.close)
            self.discovery = discovery
            self._exits = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._exits.aclose()

    async def drain(self) -> None:
        """Let nobody in any more, end all processes, and let those who wait for them know."""
        self._running.door.shut()
        await self.node.drain()

    async def _keep(self) -> None:
        """See now and then whether what others know of this node is still right."""
        while True:
            await asyncio.sleep(_UPKEEP)
            if self._registration is not None:
                self._registration.refresh()
            self._voice.meta = self._said()

    def _door_ring(self, ring: KeyRing) -> KeyRing:
        # whoever reads the run-time directory is the user who runs this node: its key opens the door, too
        own = self._runtime_key
        return ring if own is None or own in ring.keys else KeyRing([*ring.keys, own])

    def use_ring(self, ring: KeyRing) -> None:
        """Use other cluster keys from now on, as a rotation demands; connections that stand stay.

        Raises:
            LocalError: this node has none: it serves its own machine's user, and does not change that.
        """
        if self._ring is None:
            raise LocalError("this node was started without a cluster key: start it anew to use one")
        self._ring = ring
        parts = self._running
        parts.membership.use_ring(ring)
        parts.peers.ring = ring
        parts.door.ring = self._door_ring(ring)

    def _clear(self) -> None:
        self._parts = None

    def _group(self) -> socket.socket | None:
        if not self._multicast or ":" in self.address.host:
            return None
        try:
            return multicast_socket()
        except OSError as error:
            log.warning("multicast is off: %s", error.strerror or error)
            self._multicast = False
            return None

    def _said(self) -> tuple[str, ...]:
        """What this node says of itself."""
        try:
            running = os.getloadavg()[0] / (os.cpu_count() or 1)
        except (AttributeError, OSError):  # this system does not tell
            return (*self.meta, *self._stated())
        self._load = coarse_load(running, self._load)
        return (*self.meta, *self._stated(), f"{LOAD_KEY}={self._load:g}")

    def _stated(self) -> list[str]:
        """Where others find this node, as entries of its heartbeat."""
        if self._advertise is not None:
            return [
                f"{ADDRESS_KEY}={Address(self._advertise.host, self._advertise.port or self.address.port)}"
            ]
        hosts = [self.address.host]
        if self.address.is_wildcard:
            hosts = reachable_hosts(self.address.host, [peer.host for peer in self._static])
        return [f"{ADDRESS_KEY}={Address(host, self.address.port)}" for host in hosts]

    def _dialled_by_clients(self) -> Address:
        """Where a client on this machine finds this node."""
        if self.address.is_wildcard:
            return Address("::1" if ":" in self.address.host else "127.0.0.1", self.address.port)
        return self.address

    # --- what others ask ---
    @property
    def _running(self) -> _Parts:
        if self._parts is None:
            raise ClosedError("this node is in no cluster; use it inside `async with Cluster(node):`")
        return self._parts

    @property
    def membership(self) -> Membership:
        """The membership, for what builds on it."""
        return self._running.membership

    @property
    def peers(self) -> Peers:
        """The connections to the other nodes."""
        return self._running.peers

    @property
    def multicast(self) -> bool:
        """Whether nodes are looked for in the local network."""
        return self._multicast

    @property
    def view(self) -> ViewServer:
        """The routing table, as a capability."""
        return ViewServer(self.membership.core.table.snapshot)

    def members(self) -> list[Record]:
        """All nodes, this one included, by peer id."""
        return sorted(self.membership.core.table, key=lambda record: record.beat.peer)

    async def events(self) -> AsyncIterator[Event]:
        """What happens in the membership from now on.

        A reader that falls behind by more than some thousands of events loses the oldest.
        """
        waiting: list[Event] = []
        some = asyncio.Event()

        def put(event: Event) -> None:
            waiting.append(event)
            del waiting[:-_EVENTS]
            some.set()

        unsubscribe = self.membership.subscribe(put)
        try:
            while True:
                await some.wait()
                some.clear()
                events, waiting[:] = list(waiting), []
                for event in events:
                    yield event
        finally:
            unsubscribe()

    async def wait_for(self, count: int, *, timeout: float = 15.0) -> None:  # noqa: ASYNC109 - as Peers.session
        """Wait until the cluster has at least so many nodes, this one included.

        Raises:
            UnreachableError: it has not within the time; the message says what was tried.
        """
        from wetware.cluster.dial import UnreachableError

        enough = asyncio.Event()

        def look(event: Event | None = None) -> None:
            if (event is None or isinstance(event, Joined | Left)) and len(
                self.membership.core.table
            ) >= count:
                enough.set()

        unsubscribe = self.membership.subscribe(look)
        try:
            look()
            async with asyncio.timeout(timeout):
                await enough.wait()
        except TimeoutError:
            raise UnreachableError(
                f"there are {len(self.members())} nodes after {timeout:g} s, and not {count}: {self.tried()}"
            ) from None
        finally:
            unsubscribe()

    def tried(self) -> str:
        """Where nodes were looked for, in words."""
        parts = []
        if self._runtime:
            parts.append("other nodes of this user on this machine")
        if self._multicast:
            parts.append("the local network by multicast")
        parts += [f"{peer} ({self.discovery.resolved.get(peer, 'not tried')})" for peer in self._static]
        return "looked for " + ", ".join(parts) if parts else "there is nowhere to look: name peers"

    # --- who comes in ---
    def _admit(self, secured: Secured) -> None:
        with contextlib.suppress(BrokenError, LimitError):  # it has gone meanwhile, or there are too many
            self._running.peers.admit(secured)

    def _terminal(self, connection: Connection) -> Terminal:
        return Terminal(channel_of(connection), self.policy, self.session_for)

    def session_for(self, account: PeerId, grant: Grant) -> Session_Builder:
        """The session of an account: what it was granted, and null for all else."""
        builder = Session.new()
        builder.local.peer = str(self.me)
        builder.local.server = self.server
        builder.local.host = self.host
        if "view" in grant:
            builder.view = self.view
        if "exec" in grant:
            builder.exec = self.node.guests.tenant(account, grant.limits)
        named = {name: make for name, make in self.extras.items() if name in grant}
        if named:
            extra = builder.init_extra(len(named))
            for item, (name, make) in zip(extra, named.items(), strict=True):
                item.name, item.client = name, make(account)
        return builder

    def _peering(self, account: PeerId) -> PeeringServer:
        """What a node is given that has logged in; whom it introduces gets what the policy grants to him."""
        return PeeringServer(
            self.node.guests, account, lambda who: self.session_for(who, self.policy.decide(who))
        )

    async def topic(self, name: str) -> Topic:
        """Join a topic of the cluster. Raises `LimitError` where there are too many."""
        return await join(Router(hook_of(self.pubsub.router(self.me))), name)

    def _noticed(self, event: Event) -> None:
        if isinstance(event, Joined):
            self._running.relays.joined(event.peer)
        elif isinstance(event, Left):
            self._running.relays.gone(event.peer)
        if isinstance(event, Superseded):
            self.times_superseded = event.times
            # once after a start means that the clock was behind; more than that, that there are two
            if event.times > 1 and event.times.bit_count() == 1:
                log.warning(
                    "another node uses the key of this one (%s): stop it, or give it a key of its own",
                    self.me,
                )


class _Parts:
    __slots__ = ("door", "membership", "peers", "relays", "vat")

    def __init__(self, membership: Membership, vat: Vat, peers: Peers, door: Door, relays: Relays) -> None:
        self.membership = membership
        self.vat = vat
        self.peers = peers
        self.door = door
        self.relays = relays


def _the_same(server: Server) -> Callable[[PeerId], Server]:
    return lambda _: server


def _address(value: Address | str, default_port: int | None) -> Address:
    return value if isinstance(value, Address) else parse_address(value, default_port=default_port)


async def _ended(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.wait([task])
