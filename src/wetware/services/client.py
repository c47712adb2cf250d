"""A client: finds a node, knocks, logs in.

    async with connect() as client:
        async for record in client.nodes():
            print(record.peer, record.heartbeat.host)

A client is no member of the cluster: it sees it through the node that it has reached.
"""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.transport import Options
from wetware.capnp.vat import Vat
from wetware.cluster.account import log_in
from wetware.cluster.addresses import Address, parse_address
from wetware.cluster.clusterkey import KeyRing
from wetware.cluster.dial import UnreachableError, WrongPeerError, dial
from wetware.cluster.homes import account_key, cluster_key_path, load_ring
from wetware.cluster.race import race
from wetware.cluster.runtime_directory import RuntimeDirectory
from wetware.cluster.tls import Tls
from wetware.errors import BrokenError, WetwareError
from wetware.schema.cluster_capnp import View_Handler_Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from wetware.capnp.vat import Connection
    from wetware.cluster.identity import NodeKey, PeerId
    from wetware.schema.cluster_capnp import View_Record
    from wetware.schema.core_capnp import Session

__all__ = ["DEFAULT_TIMEOUT", "ClusterClient", "connect"]

DEFAULT_TIMEOUT: Final = 15.0
_OPTIONS: Final = Options(keep_alive=5.0, patience=10.0)


class ClusterClient:
    """A logged-in connection to one node.

    Attributes:
        session: what the node grants to this account.
        node: the node.
        address: where it was reached.
        key: the account.
        connection: the connection.
    """

    def __init__(
        self, session: Session, node: PeerId, address: Address, key: NodeKey, connection: Connection
    ) -> None:
        self.session = session
        self.node = node
        self.address = address
        self.key = key
        self.connection = connection

    async def nodes(self, **query: Any) -> list[View_Record]:
        """The nodes of the cluster, as this one sees them: by peer id, or as a query of `View.iter` says."""
        collected = _Collector()
        await self.session.view.iter(
            handler=collected, selector=query.get("selector"), constraints=query.get("constraints", ())
        )
        return collected.records


class _Collector(View_Handler_Server):
    __slots__ = ("records",)

    def __init__(self) -> None:
        self.records: list[Any] = []

    async def recv(self, *, record: Any, context: Any) -> None:
        self.records.append(record)


@contextlib.asynccontextmanager
async def connect(
    peers: Iterable[Address | str] = (),
    *,
    ns: str = "ww",
    key: NodeKey | None = None,
    ring: KeyRing | None = None,
    runtime: RuntimeDirectory | None = None,
    timeout: float = DEFAULT_TIMEOUT,  # noqa: ASYNC109 - whoever waits is told what was tried
) -> AsyncIterator[ClusterClient]:
    """Connect to a node, and log in.

    Args:
        peers: addresses of nodes; by default the nodes that this user runs on this machine.
        ns: the namespace.
        key: the account; by default this user's.
        ring: the cluster key; by default this user's, and that of the run-time directory.
        runtime: the run-time directory, if it is not this user's usual one.
        timeout: seconds until a node is to be reached.

    Raises:
        UnreachableError: no node was reached; the message says what was tried.
        RemoteError: a node was reached, and does not let this account in.
    """
    async with Vat(options=_OPTIONS) as vat:
        seeker = _Seeker(vat, tuple(_address(peer) for peer in peers), ns, key, ring, runtime)
        try:
            async with asyncio.timeout(timeout):
                client = await seeker.find()
        except TimeoutError:
            raise UnreachableError(f"no node was reached in {timeout:g} s: {seeker.story()}") from None
        yield client


class _Seeker:
    """Tries one node after the other."""

    def __init__(
        self,
        vat: Vat,
        peers: tuple[Address, ...],
        ns: str,
        key: NodeKey | None,
        ring: KeyRing | None,
        runtime: RuntimeDirectory | None,
    ) -> None:
        self._vat = vat
        self._peers = peers
        self._ns = ns
        self._key = account_key() if key is None else key
        self._tls = Tls(self._key)
        self._directory = RuntimeDirectory() if runtime is None else runtime
        self._ring = ring
        self._tried: dict[str, str] = {}

    def story(self) -> str:
        """What was tried, in words."""
        return "; ".join(self._tried.values()) or "nothing was tried"

    def _rings(self, address: Address, own: KeyRing) -> list[KeyRing]:
        """The keys with which to knock at an address: the cluster's, and this user's own on this machine."""
        path = cluster_key_path()
        if self._ring is None and path.exists():
            self._ring = load_ring(path)
        if self._ring is None:
            return [own]
        return [self._ring, own] if address.is_loopback else [self._ring]

    async def find(self) -> ClusterClient:
        """The first node that lets this account in.

        Raises:
            UnreachableError: there is none to try.
        """
        wait = 0.05
        while True:
            entries = [] if self._peers else self._directory.entries(self._ns)
            if not self._peers and not entries:
                raise UnreachableError(
                    f"no node of the namespace {self._ns!r} runs on this machine (looked in "
                    f"{self._directory.path}): start one with `ww start`, or name one with --peer"
                )
            own = KeyRing([self._directory.key()])
            tries: list[tuple[Address, PeerId | None, KeyRing]]
            tries = [(entry.address, entry.peer, own) for entry in entries] or [
                (address, None, ring) for address in self._peers for ring in self._rings(address, own)
            ]
            for address, _, _ in tries:
                self._tried.setdefault(str(address), f"{address} has not answered yet")
            errors: list[WetwareError] = []
            found = await race(
                [partial(self._try, *one) for one in tries],
                discard=lambda late: late.connection.kill(),
                failed=errors.append,
            )
            if found is not None:
                return found
            for error in errors:
                if not isinstance(error, BrokenError | WrongPeerError):
                    raise error
            await asyncio.sleep(wait)
            wait = min(wait * 2, 1.0)

    async def _try(self, address: Address, expected: PeerId | None, ring: KeyRing) -> ClusterClient:
        """Try one node.

        Raises:
            WetwareError: it does not let this account in; where it was not reached, the story tells it.
        """
        try:
            secured = await dial(address, self._tls, ring, self._ns, expected=expected)
            connection = self._vat.adopt(secured.transport, bytes(secured.received))
            try:
                session = await log_in(connection, self._key)
            except BaseException:
                connection.kill()
                raise
        except (BrokenError, WrongPeerError) as error:
            self._tried[str(address)] = str(error)
            raise
        return ClusterClient(session, secured.peer.peer, address, self._key, connection)


def _address(value: Address | str) -> Address:
    return value if isinstance(value, Address) else parse_address(value)
