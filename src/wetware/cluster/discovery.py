"""Finds nodes: in the runtime directory, at the addresses that the user names, and by multicast; all at once.

Rules that hold here:

1. Finding is saying hello to an address; whoever answers is met by the membership. An address is greeted
   again and again, less and less often, for as long as no member is there: so a node that was restarted,
   or cut off for longer than the membership remembers, is found again.
2. Addresses that the user names are resolved anew at each attempt, off the loop.
3. One hello goes to each address at most every `_FIRST` seconds, whoever names it.

The tests are in `tests/cluster/test_discovery.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import random
import socket
import struct
from typing import TYPE_CHECKING, Any, Final

from wetware.cluster.addresses import Address
from wetware.cluster.udp import UdpSocket, interfaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wetware.cluster.membership import Membership
    from wetware.cluster.runtime_directory import Entry

__all__ = ["MULTICAST", "Backoff", "Discovery", "multicast_socket"]

MULTICAST: Final = Address("228.8.8.8", 8822)
"""The group, which the original uses too."""
_FIRST: Final = 0.1
_LAST: Final = 10.0
_LAST_LOOK: Final = 15.0
"""Seconds; those who come later look themselves."""
_AT_ONCE: Final = 4
"""Nodes of the run-time directory that are greeted at once: who knows one soon knows all."""

log: Final = logging.getLogger("wetware.cluster")


class Backoff:
    """When to try again: `first` seconds, then longer and longer up to `last`, each a little by chance.

    Attributes:
        next: when it is due.
    """

    __slots__ = ("_random", "_wait", "first", "last", "next")

    def __init__(self, random: random.Random, first: float = _FIRST, last: float = _LAST) -> None:
        self.first = first
        self.last = last
        self._random = random
        self._wait = first
        self.next = float("-inf")

    def is_due(self, now: float) -> bool:
        """Whether it is time."""
        return now >= self.next

    def due(self, now: float) -> bool:
        """Whether it is time; if so, the next time is set."""
        if now < self.next:
            return False
        self.next = now + self._wait * self._random.uniform(0.8, 1.2)
        self._wait = min(self._wait * 2, self.last)
        return True

    def reset(self) -> None:
        """Begin anew with short times."""
        self._wait = self.first


class Discovery:
    """Keeps looking for nodes.

    Args:
        membership: meets those that are found.
        static: the addresses that the user names.
        local: gives the entries of the runtime directory; None without.
        group: a multicast socket, if multicast is on.
    """

    def __init__(
        self,
        membership: Membership,
        *,
        static: Iterable[Address] = (),
        local: Callable[[], Iterable[Entry]] | None = None,
        group: socket.socket | None = None,
    ) -> None:
        self._membership = membership
        self._static = tuple(static)
        self._local = local
        self._random = random.Random()  # noqa: S311 - when to try again is no secret
        self._backoffs: dict[Any, Backoff] = {}
        self._group = None if group is None else UdpSocket(group, membership.receive)
        self._task: asyncio.Task[None] | None = None
        self.resolved: dict[Address, str] = {}
        """What came of the static addresses: for messages to the user."""

    async def start(self) -> None:
        """Begin."""
        if self._group is not None:
            await self._group.start()
        self._task = asyncio.get_running_loop().create_task(self._run(), name="discovery")

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        look = Backoff(self._random, _FIRST, _LAST_LOOK)
        call = Backoff(self._random, _FIRST, 30.0)
        while True:
            now = loop.time()
            if self._local is not None and look.due(now):
                self._look(now)
            if self._group is not None and call.due(now):
                self._membership.call((MULTICAST.host, MULTICAST.port))
            async with asyncio.TaskGroup() as calls:  # one name that resolves slowly delays no other
                for address in self._static:
                    if self._backoff(address).due(now):
                        calls.create_task(self._call(address))
            waits = [self._backoff(address) for address in self._static]
            waits += [look] if self._local is not None else []
            waits += [call] if self._group is not None else []
            due = min((wait.next for wait in waits), default=now + _LAST)
            await asyncio.sleep(max(due - loop.time(), _FIRST / 2))

    def _backoff(self, what: Any) -> Backoff:
        return self._backoffs.setdefault(what, Backoff(self._random))

    def _look(self, now: float) -> None:
        """Greet the nodes of this user that are no members."""
        assert self._local is not None, "there is a directory to look into"
        core = self._membership.core
        absent = {
            entry
            for entry in self._local()
            if entry.peer != core.me and entry.peer not in core.table and entry.address.is_numeric
        }
        for gone in [what for what in self._backoffs if not isinstance(what, Address) and what not in absent]:
            del self._backoffs[gone]
        due = [entry for entry in absent if self._backoff(entry).is_due(now)]
        for entry in self._random.sample(due, min(len(due), _AT_ONCE)):
            self._backoff(entry).due(now)
            self._membership.greet((entry.address.host, entry.address.port))

    async def _call(self, address: Address) -> None:
        """Greet whoever is at an address that the user named, unless it is a member."""
        family = self._membership.family
        try:
            if address.is_numeric and family == socket.AF_INET:
                targets: list[Any] = [(address.host, address.port)]
            else:
                found = await asyncio.get_running_loop().getaddrinfo(
                    address.host, address.port, family=family, type=socket.SOCK_DGRAM
                )
                targets = [target for *_, target in found[:8]]
        except OSError as error:
            self._say(address, f"cannot be resolved: {error.strerror or error}")
            return
        for target in targets:
            member = self._membership.member_at(target)
            if member is None:
                self._membership.greet(target)
            self._say(address, "does not answer" if member is None else f"is {member}")

    def _say(self, address: Address, what: str) -> None:
        if self.resolved.get(address) != what:
            self.resolved[address] = what
            log.debug("peer %s %s", address, what)

    async def close(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None
        if self._group is not None:
            self._group.close()


def multicast_socket() -> socket.socket:
    """A socket that hears the group on every network of this machine.

    Raises:
        OSError: there is no multicast here.
    """
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(AttributeError, OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sock.bind((MULTICAST.host, MULTICAST.port))
        problem = OSError(errno.ENODEV, "no network of this machine has it")
        joined = 0
        for interface in interfaces():
            member = struct.pack("=4s4si", socket.inet_aton(MULTICAST.host), bytes(4), interface)
            try:
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
                joined += 1
            except OSError as error:
                problem = error
        if not joined:
            raise problem
    except BaseException:
        sock.close()
        raise
    return sock
