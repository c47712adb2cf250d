"""Small programs that would compile for minutes: refused or given up, and nothing left behind."""

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from compile_bombs import loops_over_many_variables, nested_loops
from wetware import Node
from wetware.wasm import compiler as compiler_module
from wetware.wasm import compiling
from wetware.wasm.compiler import HERE_BYTES, HERE_CODE
from wetware.wasm.compiling import Allowance, CompileLimitError
from wetware.wasm.loader import NotRunnableError

BOMB = loops_over_many_variables(64 * 1024)


@pytest.fixture
async def node(tmp_path):
    async with Node(runners=1, cache_dir=tmp_path / "cache") as node:
        yield node


def children():
    """The processes that this one has started and that live."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                state, parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:2]
                if int(parent) == os.getpid() and state != "Z":
                    found.add(int(entry.name))
    return found


async def compiling_now(before):
    """Wait for a child that works."""
    async with asyncio.timeout(60):
        while not children() - before:  # noqa: ASYNC110 - another process tells no one
            await asyncio.sleep(0.01)
    return children() - before


async def none_but(before):
    async with asyncio.timeout(60):
        while children() - before:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


async def test_a_bomb_is_ended_by_its_deadline(node, monkeypatch):
    before = children()
    monkeypatch.setattr(compiling, "OWN", Allowance(seconds=0.5))
    with pytest.raises(CompileLimitError, match=r"longer than 0\.5 seconds"):
        await node.load(BOMB)
    assert children() <= before
    assert await (await node.spawn(nested_loops(30))).wait() == 0


async def test_a_bomb_is_ended_by_its_memory(node, monkeypatch):
    monkeypatch.setattr(compiling, "OWN", Allowance(memory_bytes=160 << 20))
    with pytest.raises(CompileLimitError, match="bytes of memory"):
        await node.load(BOMB)


async def test_nobody_waits_for_it_any_more(node):
    """Of two that wait for one program the first goes, then the second, and with it the compilation."""
    before = children()
    waiting = [asyncio.create_task(node.load(BOMB)) for _ in range(2)]
    child = await compiling_now(before)
    waiting[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting[0]
    assert children() >= child
    waiting[1].cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting[1]
    await none_but(before)


async def test_who_comes_after_a_compilation_was_given_up_begins_anew(node):
    before = children()
    first = asyncio.create_task(node.load(BOMB))
    await compiling_now(before)
    first.cancel()
    second = asyncio.create_task(node.load(BOMB))
    with pytest.raises(asyncio.CancelledError):
        await first
    await compiling_now(before)
    assert not second.done()
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second


async def test_a_node_closes_while_it_compiles():
    before = children()
    async with asyncio.timeout(60), Node(runners=1, cache=False) as node:
        waiting = [asyncio.ensure_future(node.load(nested_loops(60_000 + n))) for n in range(4)]
        await compiling_now(before)
    for task in waiting:
        with pytest.raises(asyncio.CancelledError):
            await task
    assert children() <= before


async def test_a_load_that_is_cancelled_waits_for_its_thread(node, monkeypatch):
    """A thread that compiles uses the engine, which must not be closed under it."""
    done = []
    compile_here = compiler_module.Compiler._compile_here

    def slowly(*arguments):
        code = compile_here(*arguments)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05), loop).result()
        done.append(code)
        return code

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(compiler_module.Compiler, "_compile_here", slowly)
    task = asyncio.create_task(node.load(nested_loops(10)))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await node._parts[3].close()
    assert [code.address for code in done] == [0] * len(done)


@pytest.mark.parametrize("bomb", [nested_loops, loops_over_many_variables])
async def test_what_is_compiled_here_is_tiny(node, bomb, monkeypatch):
    """The border is the code's size: what is above goes to a child, whatever it is."""
    asked = []

    async def compile_(_self, bytecode, *_, **__):
        asked.append(len(bytecode))
        raise NotRunnableError([ValueError("enough seen")])

    monkeypatch.setattr(compiling.CompileProcesses, "compile", compile_)
    await node.load(bomb(HERE_CODE - 80))
    assert asked == []
    with pytest.raises(NotRunnableError, match="enough seen"):
        await node.load(bomb(HERE_CODE + 80))
    padding = b"\0" + bytes([0x80 | HERE_BYTES & 0x7F, 0x80 | HERE_BYTES >> 7 & 0x7F, HERE_BYTES >> 14])
    padded = bomb(100) + padding + b"\1x" + bytes(HERE_BYTES - 2)
    with pytest.raises(NotRunnableError, match="enough seen"):
        await node.load(padded)
    assert len(asked) == 2
