"""Fetches programs by their CID from the nodes that have them.

Rules that hold here:

1. Who asks for a program that is being fetched waits for the same transfer; when nobody waits any more, it
   ends (test_fetched_once_for_all).
2. First whoever the caller names is asked; only if he fails, all nodes of the cluster, `ASKED` at a time.
3. Everything has its time: a question `PATIENCE` seconds, a transfer what it takes at `SLOWEST` bytes a
   second. So a holder that hangs is one that has failed, and one that dawdles keeps nobody waiting for ever
   (test_one_that_dawdles).
4. The transfers together keep at most `MAX_KEPT` bytes, or one program: another one waits
   (test_transfers_are_bounded_together).

The named tests are in `tests/services/test_fetch.py`. What is asked of whom is decided in `transfer.py`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from wetware.errors import BrokenError, ClosedError, WetwareError
from wetware.services.transfer import Ask, Check, Done, Failed, Seek, Transfer
from wetware.wasm.cid import Cid
from wetware.wasm.module import DEFAULT_MAX_MODULE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from wetware.cluster.identity import PeerId
    from wetware.schema.process_capnp import BytecodeCache
    from wetware.services.abroad import Neighbours
    from wetware.services.transfer import Instruction

__all__ = ["Fetcher", "Holder"]

ASKED: Final = 16
"""Nodes that are asked at a time whether they have a program."""
PATIENCE: Final = 15.0
SLOWEST: Final = 1 << 20
MAX_KEPT: Final = 256 << 20
LARGE: Final = 1 << 20
"""Bytes from which on a program is hashed in a thread."""


class Holder:
    """Somebody who may have a program; two of one name are the same.

    Args:
        name: what to call it in errors.
        cache: its programs; for a node of the cluster None, until it was connected with.
        peer: the node.
    """

    __slots__ = ("cache", "name", "peer")

    def __init__(self, name: str, cache: BytecodeCache | None = None, peer: PeerId | None = None) -> None:
        self.name = name
        self.cache = cache
        self.peer = peer

    def __str__(self) -> str:
        return self.name


class Fetcher:
    """The transfers of one node.

    Attributes:
        neighbours: the cluster; None where there is none.
        max_bytes: how large a program may be.
        budget: what the transfers may keep together.
        patience: seconds that a question may take.
    """

    def __init__(
        self,
        *,
        max_bytes: int = DEFAULT_MAX_MODULE_BYTES,
        max_kept: int = MAX_KEPT,
        patience: float = PATIENCE,
    ) -> None:
        self.neighbours: Neighbours | None = None
        self.patience = patience
        self.max_bytes = max_bytes
        self.budget = Budget(max_kept)
        self._under_way: dict[Cid, _Fetch] = {}
        self._closed = False

    async def fetch(self, cid: Cid, source: BytecodeCache | None = None) -> bytes:
        """The bytes of a program.

        Args:
            cid: its name.
            source: who has it, as far as the caller knows.

        Raises:
            NotFoundAnywhereError: nobody gave it; the message says who was asked.
                BrokenError: it came too slowly.
            LimitError: it is larger than this node accepts.
        """
        if self._closed:
            raise ClosedError("this node is closing and fetches nothing any more")
        fetch = self._under_way.get(cid)
        if fetch is None:
            fetch = self._under_way[cid] = _Fetch(cid, self)
        if source is not None:
            fetch.offer(Holder("whoever wants it run", source))
        fetch.waiting += 1
        try:
            return await asyncio.shield(fetch.task)
        finally:
            fetch.waiting -= 1
            if not fetch.waiting:
                fetch.task.cancel()
                if self._under_way.get(cid) is fetch:
                    del self._under_way[cid]

    async def close(self) -> None:
        """End what is under way."""
        self._closed = True
        tasks = [fetch.task for fetch in self._under_way.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


class Budget:
    """Bytes that may be kept at a time; one may always have what it needs, so that nobody waits for ever."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._freed = asyncio.Condition()
        self.used = 0

    async def take(self, size: int) -> None:
        """Wait until there is room for so many."""
        async with self._freed:
            await self._freed.wait_for(lambda: not self.used or self.used + size <= self._most)
            self.used += size

    async def give_back(self, size: int) -> None:
        """Let others have them."""
        async with self._freed:
            self.used -= size
            self._freed.notify_all()


class _Fetch:
    """One transfer, driven: what happens is an event, handled one after the other."""

    def __init__(self, cid: Cid, fetcher: Fetcher) -> None:
        self.cid = cid
        self.waiting = 0
        self._fetcher = fetcher
        self._transfer = Transfer(str(cid), fetcher.max_bytes)
        self._events: asyncio.Queue[Callable[[], Sequence[Instruction]]] = asyncio.Queue()
        self._asking: set[asyncio.Task[None]] = set()
        self._kept = 0
        self._limit = asyncio.timeout(None)
        self.task = asyncio.get_running_loop().create_task(self._drive(), name=f"fetch {cid}")

    def offer(self, holder: Holder) -> None:
        """Somebody who waits has it himself."""
        self._events.put_nowait(lambda: self._transfer.found(holder))

    async def _drive(self) -> bytes:
        if self._events.empty():
            self._events.put_nowait(self._transfer.begin)
        try:
            async with asyncio.timeout(None) as self._limit, asyncio.TaskGroup() as tasks:
                outcome = await self._follow(tasks)
                for task in self._asking:
                    task.cancel()
        except TimeoutError:
            raise BrokenError(
                f"bytecode for cid {self.cid} came too slowly: {self._transfer.received} of "
                f"{self._transfer.size} bytes; try again, or put it first"
            ) from None
        finally:
            await self._fetcher.budget.give_back(self._kept)
        if isinstance(outcome, Failed):
            raise outcome.error
        return outcome.content

    async def _follow(self, tasks: asyncio.TaskGroup) -> Done | Failed:
        """Do what the transfer says, until it has an outcome."""
        while True:
            for instruction in (await self._events.get())():
                match instruction:
                    case Ask():
                        self._start(tasks, self._ask(instruction))
                    case Seek():
                        self._start(tasks, self._seek())
                    case Check(content):
                        good = await self._is_named(content)
                        self._events.put_nowait(lambda good=good: self._transfer.checked(good=good))  # type: ignore[misc]  # bound now
                    case _:
                        return instruction
            wanted = self._transfer.size
            if wanted > self._kept:  # a size was said, or a larger one: who waits for room holds none
                await self._fetcher.budget.give_back(self._kept)
                self._kept = 0
                await self._fetcher.budget.take(wanted)
                self._kept = wanted
                now = asyncio.get_running_loop().time()
                self._limit.reschedule(now + self._fetcher.patience + wanted / SLOWEST)

    def _start(self, tasks: asyncio.TaskGroup, work: Coroutine[Any, Any, None]) -> None:
        task = tasks.create_task(work)
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _is_named(self, content: bytes) -> bool:
        cid = await asyncio.to_thread(Cid.of, content) if len(content) > LARGE else Cid.of(content)
        return cid == self.cid

    # --- questions ---
    async def _ask(self, ask: Ask) -> None:
        holder = ask.holder
        assert isinstance(holder, Holder)
        try:
            async with asyncio.timeout(self._fetcher.patience):
                cache = await self._cache(holder)
                part = await cache.part(cid=self.cid.binary, offset=ask.offset, limit=ask.limit)
        except TimeoutError:
            why = f"did not answer within {self._fetcher.patience:g} s"
            self._events.put_nowait(lambda: self._transfer.failed(ask, why))
        except WetwareError as error:
            if holder.peer is not None:
                holder.cache = None  # it may be reached anew
            why = f"failed ({error})"
            self._events.put_nowait(lambda: self._transfer.failed(ask, why))
        else:
            self._events.put_nowait(lambda: self._transfer.arrived(ask, part.chunk, part.size))

    async def _cache(self, holder: Holder) -> BytecodeCache:
        if holder.cache is None:
            assert holder.peer is not None
            assert self._fetcher.neighbours is not None
            peering = await self._fetcher.neighbours.peering(holder.peer)
            holder.cache = (await peering.bytecode()).cache
        return holder.cache

    async def _seek(self) -> None:
        """Ask all nodes of the cluster, some at a time, whether they have it."""
        neighbours = self._fetcher.neighbours
        peers = iter(() if neighbours is None else neighbours.others())

        async def some() -> None:
            for peer in peers:  # shared: each takes the next one
                await self._has(Holder(f"node {peer}", peer=peer))

        async with asyncio.TaskGroup() as askers:
            for _ in range(ASKED):
                askers.create_task(some())
        self._events.put_nowait(self._transfer.exhausted)

    async def _has(self, holder: Holder) -> None:
        try:
            async with asyncio.timeout(self._fetcher.patience):
                has = (await (await self._cache(holder)).has(cid=self.cid.binary)).has
        except TimeoutError:
            self._transfer.missed(holder, f"did not answer within {self._fetcher.patience:g} s")
        except WetwareError as error:
            self._transfer.missed(holder, f"could not be asked ({error})")
        else:
            if has:
                self._events.put_nowait(lambda: self._transfer.found(holder))
            else:
                self._transfer.missed(holder, "does not have it")
