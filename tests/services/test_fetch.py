"""Programs that are fetched by their CID: from whom, how often, and what becomes of those who wait."""

import asyncio
import random

import pytest
from memory_cluster import CAP, EXIT_7, Cluster, until

from wetware.capnp.exceptions import CallError
from wetware.capnp.vat import Vat
from wetware.errors import BrokenError, ClosedError, LimitError, RemoteError
from wetware.schema.core_capnp import Session
from wetware.schema.process_capnp import BytecodeCache, BytecodeCache_Server
from wetware.services.fetch import ASKED, Fetcher
from wetware.services.transfer import CHUNK, NotFoundAnywhereError
from wetware.wasm.cid import Cid
from wetware.wasm.engine import wat_to_wasm

CONTENT = random.Random(2).randbytes(20 * CHUNK + 1)
NAME = Cid.of(CONTENT)


class Kept(BytecodeCache_Server):
    """Somebody who has a program, and counts what he is asked for.

    Args:
        content: what he gives.
        parts: how many pieces he gives before he fails.
        gate: what each piece waits for.
    """

    def __init__(self, content=CONTENT, parts=1 << 30, gate=None):
        self.content, self.left, self.gate = content, parts, gate
        self.bytes = self.asked = 0

    async def put(self, *, bytecode, context):
        raise NotImplementedError

    async def get(self, *, cid, context):
        raise NotImplementedError

    async def has(self, *, cid, context):
        self.asked += 1
        return {"has": True}

    async def part(self, *, cid, offset, limit, context):
        if self.gate is not None:
            await self.gate.wait()
        if not self.left:
            raise RemoteError("the disk is gone")
        self.left -= 1
        chunk = self.content[offset : offset + limit]
        self.bytes += len(chunk)
        return {"chunk": chunk, "size": len(self.content)}


class Others:
    """A cluster in which each node has what it is said to have."""

    def __init__(self, *caches):
        self.caches = caches
        self.at_once = self.most = 0

    def others(self):
        return range(len(self.caches))

    async def peering(self, peer):
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        cache = self.caches[peer]
        if cache is None:
            raise RemoteError("it is asleep")

        class Peer:
            @staticmethod
            async def bytecode():
                class Answer:
                    cache = BytecodeCache(None)

                Answer.cache = client(self.caches[peer])
                return Answer

        return Peer


def client(server):
    vat, other = Vat(), Vat(server)
    vats.extend((vat, other))
    return vat.connect_memory(other)[0].bootstrap(BytecodeCache)


vats = []


@pytest.fixture(autouse=True)
async def _bounded():
    async with asyncio.timeout(CAP):
        yield
        for vat in vats:
            await vat.close()
        vats.clear()


async def test_from_a_named_holder():
    kept = Kept()
    assert await Fetcher().fetch(NAME, client(kept)) == CONTENT
    assert kept.bytes == len(CONTENT)


async def test_fetched_once_for_all():
    kept, gate = Kept(), asyncio.Event()
    kept.gate = gate
    fetcher, holder = Fetcher(), client(kept)
    waiting = [asyncio.ensure_future(fetcher.fetch(NAME, holder)) for _ in range(20)]
    await asyncio.sleep(0)
    waiting[0].cancel()  # one that gives up harms nobody
    gate.set()
    assert await asyncio.gather(*waiting[1:]) == [CONTENT] * 19
    assert kept.bytes == len(CONTENT)
    assert not fetcher._under_way
    assert fetcher.budget.used == 0


async def test_it_ends_when_nobody_waits():
    kept = Kept(gate=asyncio.Event())
    fetcher = Fetcher()
    waiting = [asyncio.ensure_future(fetcher.fetch(NAME, client(kept))) for _ in range(3)]
    await asyncio.sleep(0)
    [fetch] = fetcher._under_way.values()
    for one in waiting:
        one.cancel()
    await asyncio.wait([fetch.task])
    assert fetch.task.cancelled()
    assert not fetcher._under_way


async def test_resumed_from_another():
    """The one dies midway; a node that has the program goes on where he stopped."""
    first, second = Kept(parts=8), Kept()
    fetcher = Fetcher()
    fetcher.neighbours = Others(None, second)
    assert await fetcher.fetch(NAME, client(first)) == CONTENT
    assert second.bytes < len(CONTENT)
    assert first.bytes + second.bytes < len(CONTENT) + 5 * CHUNK


async def test_wrong_bytes_are_never_taken():
    fetcher = Fetcher()
    liar = Kept(bytes(len(CONTENT)))
    with pytest.raises(NotFoundAnywhereError, match="other bytes under this name"):
        await fetcher.fetch(NAME, client(liar))
    fetcher.neighbours = Others(Kept(bytes(len(CONTENT))), Kept(b"short"), Kept())
    assert await fetcher.fetch(NAME, client(liar)) == CONTENT


async def test_nobody_has_it_and_who_was_asked():
    fetcher = Fetcher()
    with pytest.raises(NotFoundAnywhereError, match="nobody to ask"):
        await fetcher.fetch(NAME)
    fetcher.neighbours = Others(None, Kept(b""))
    with pytest.raises(NotFoundAnywhereError) as caught:
        await fetcher.fetch(NAME)
    assert "node 0 could not be asked (it is asleep)" in str(caught.value)
    assert "node 1 does not have it" in str(caught.value)


async def test_oversized_is_refused():
    with pytest.raises(LimitError, match="larger than this node accepts"):
        await Fetcher(max_bytes=len(CONTENT) - 1).fetch(NAME, client(Kept()))


async def test_few_are_asked_at_a_time():
    fetcher = Fetcher()
    fetcher.neighbours = others = Others(*[None] * 100)
    with pytest.raises(NotFoundAnywhereError, match="and 92 more"):
        await fetcher.fetch(NAME)
    assert others.most == ASKED


async def test_transfers_are_bounded_together():
    programs = [random.Random(seed).randbytes(8 * CHUNK) for seed in range(6)]
    fetcher = Fetcher(max_kept=17 * CHUNK)
    most = 0

    class Watching(Kept):
        async def part(self, *, cid, offset, limit, context):
            nonlocal most
            most = max(most, sum(fetch._transfer.kept for fetch in fetcher._under_way.values()))
            assert fetcher.budget.used <= 17 * CHUNK
            return await super().part(cid=cid, offset=offset, limit=limit, context=context)

    got = await asyncio.gather(
        *(fetcher.fetch(Cid.of(program), client(Watching(program))) for program in programs)
    )
    assert got == programs
    # two whole programs, and the first piece of each that waits for room
    assert most <= (2 * 8 + 4) * CHUNK
    assert fetcher.budget.used == 0


async def test_one_larger_than_the_bound_goes_alone():
    assert await Fetcher(max_kept=1).fetch(NAME, client(Kept())) == CONTENT


async def test_one_that_hangs():
    fetcher = Fetcher(patience=0.05)
    fetcher.neighbours = Others(Kept(gate=asyncio.Event()))
    with pytest.raises(NotFoundAnywhereError, match="did not answer within"):
        await fetcher.fetch(NAME, client(Kept(gate=asyncio.Event())))


async def test_one_that_dawdles(monkeypatch):
    """It answers each question in time, and would take for ever."""
    monkeypatch.setattr("wetware.services.fetch.SLOWEST", 1 << 60)

    class Dawdler(Kept):
        async def part(self, *, cid, offset, limit, context):
            await asyncio.sleep(0.02)
            return await super().part(cid=cid, offset=offset, limit=limit, context=context)

    fetcher = Fetcher(patience=0.05)
    with pytest.raises(BrokenError, match=r"too slowly: \d+ of \d+ bytes"):
        await fetcher.fetch(NAME, client(Dawdler()))
    assert fetcher.budget.used == 0
    assert not fetcher._under_way


async def test_after_the_end():
    fetcher = Fetcher()
    waiting = asyncio.ensure_future(fetcher.fetch(NAME, client(Kept(gate=asyncio.Event()))))
    await asyncio.sleep(0)
    await fetcher.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(ClosedError):
        await fetcher.fetch(NAME)


# --- through nodes ---
async def test_a_program_that_another_node_has():
    async with Cluster(3) as cluster:
        one, two = (await cluster.client(0)).node, (await cluster.client(1)).node
        cid = (await one.spawn(EXIT_7)).cid
        assert not cluster.nodes[1].bytecode.has(cid)
        assert await (await two.spawn(cid)).wait() == 7
        assert cluster.nodes[1].bytecode.has(cid)
        answer = await (await cluster.client(2)).node.executor.exec_cached(
            session=Session.new(), cid=cid.binary, ppid=0, args=[]
        )
        assert (await answer.process.wait()).exit_code == 7


async def test_a_program_that_nobody_has():
    async with Cluster(3) as cluster:
        node = (await cluster.client(0)).node
        cluster.members[0].unreachable.add(cluster.members[2].me)
        with pytest.raises(CallError) as caught:
            await node.spawn(Cid.of(b"no such thing"))
        text = str(caught.value)
        assert f"{cluster.members[1].me} does not have it" in text
        assert f"{cluster.members[2].me} could not be asked (cannot reach" in text


async def test_many_spawns_fetch_once():
    async with Cluster(2) as cluster:
        big = wat_to_wasm(EXIT_7) + b"\0\xff\xff\xff\x01\x01x" + bytes((1 << 22) - 1 - 2)
        cid = cluster.nodes[0].bytecode.put(big)
        given = 0
        cache = cluster.nodes[0].bytecode
        get = cache.get

        def counted(name):
            nonlocal given
            given += 1
            return get(name)

        cache.get = counted
        clients = [(await cluster.client(1, f"c{number}")).node for number in range(5)]
        processes = await asyncio.gather(*(node.spawn(cid) for node in clients for _ in range(4)))
        assert await asyncio.gather(*(process.wait() for process in processes)) == [7] * 20
        assert given == -(-len(big) // CHUNK)
        await until(lambda: not cluster.nodes[1].ps())
