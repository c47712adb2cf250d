"""Calls that are answered within the caller's own slice: what the host does there is not the guest's."""

import asyncio
import textwrap
import time
from threading import get_ident

import pytest

from guests_fixtures import PYTHON_GUESTS
from wetware import Limits, Node
from wetware.process.reasons import Exited, Killed
from wetware.schema.process_capnp import BytecodeCache_Server
from wetware.wasm.hostcall import CURRENT

CAP = 60

pytestmark = PYTHON_GUESTS

BRIEF = b'(module (func (export "_start")))'

ASK_AND_SPIN = """
    import asyncio
    from wetware.guest import connect
    from wetware.schema.process_capnp import BytecodeCache

    async def main():
        async with connect() as host:
            asked = host.capability("asked", BytecodeCache)
            while not (await asked.has(cid=b"")).has:
                pass
            print("enough", flush=True)
            while {forever}:
                pass

    asyncio.run(main())
"""


class Asked(BytecodeCache_Server):
    """Says True once it was asked `wanted` times within a slice, and has done something there each time."""

    def __init__(self, do=lambda: None, wanted=5):
        self.do = do
        self.wanted = wanted
        self.within = 0

    async def has(self, *, cid, context):
        if CURRENT.get(get_ident()) is not None:
            self.within += 1
            self.do()
        return {"has": self.within >= self.wanted}

    async def put(self, **_):
        raise NotImplementedError

    get = part = put


@pytest.fixture
async def node():
    async with Node() as running:
        yield running


async def begun(node, tmp_path, asked, *, forever=False, **options):
    source = tmp_path / "program.py"
    source.write_text(textwrap.dedent(ASK_AND_SPIN).format(forever=forever))
    return await node.spawn(
        source, stdout="capture", stderr="capture", capabilities={"asked": asked}, **options
    )


async def test_a_call_is_answered_within_the_slice_of_its_caller(node, tmp_path):
    asked = Asked()
    process = await begun(node, tmp_path, asked)
    async with asyncio.timeout(CAP):
        assert await process.monitor() == Exited(0)
    assert asked.within == 5


async def test_the_first_slice_of_another_process_within_a_slice(node, tmp_path):
    """Which thread polls which fiber, and that there are ticks, is as before when it has ended."""
    brief = await node.load(BRIEF)
    for _ in range(3):  # until its first slices are known to be short
        await (await node.spawn(brief)).wait()
    nested = []

    def spawn():
        fiber = CURRENT[get_ident()]
        spawning = node.spawn(brief)
        with pytest.raises(StopIteration):
            spawning.send(None)
        nested.append(CURRENT.get(get_ident()) is not fiber)

    asked = Asked(spawn)
    process = await begun(node, tmp_path, asked, forever=True)
    async with asyncio.timeout(CAP):
        assert await process.stdout.read(7) == b"enough\n"
        process.kill()
        assert await process.monitor() == Killed()
    assert nested == [True] * 5


async def test_the_time_of_a_handler_is_not_its_callers(node, tmp_path):
    spent = 0.0

    def burn():
        nonlocal spent
        until = time.thread_time() + 0.3
        while time.thread_time() < until:
            pass
        spent += 0.3

    asked = Asked(burn, wanted=10)
    process = await begun(node, tmp_path, asked, limits=Limits(cpu=2.5))
    async with asyncio.timeout(CAP):
        assert await process.monitor() == Exited(0)
    assert spent > 2.5


async def test_a_handler_kills_its_caller(node, tmp_path):
    asked = Asked(lambda: process.kill(), wanted=1)  # noqa: PLW0108 - it is there by then
    process = await begun(node, tmp_path, asked, forever=True)
    async with asyncio.timeout(CAP):
        assert await process.monitor() == Killed()
    assert process.stdout.read_nowait() == b""
