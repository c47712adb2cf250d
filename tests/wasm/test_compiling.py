"""Compiling in a child: every way it can end, and nothing left behind."""

import asyncio
import gc
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import wasmtime

import wetware
from wetware.errors import BrokenError, ClosedError, LimitError, LocalError
from wetware.wasm import compiling
from wetware.wasm.compiled import CompiledCache, entry_key
from wetware.wasm.compiling import Allowance, CompileLimitError, CompileProcesses
from wetware.wasm.engine import InvalidModuleError, compiler_message


@pytest.fixture
def output(tmp_path):
    path = tmp_path / "output"
    path.touch()
    return path


async def run(output, compiler, bytecode=b"bytecode", processes=None, **limits):
    own = processes or CompileProcesses()
    try:
        await own.compile(bytecode, output, Allowance(**limits), compiler=f"stub_compilers:{compiler}")
    finally:
        if processes is None:
            await own.close()
    return output.read_bytes()


@pytest.fixture
async def processes():
    processes = CompileProcesses()
    yield processes
    await processes.close()


async def whose(output, processes):
    """The process that compiles now."""
    return int(await run(output, "who", processes=processes))


async def until(condition):
    """Wait for something that another process does; the test's own timeout is the cap."""
    while not condition():  # noqa: ASYNC110 - nothing here could set an event
        await asyncio.sleep(0.01)


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


async def test_the_result_is_in_the_file(output):
    assert await run(output, "reverse") == b"edocetyb"


async def test_large_bytecode_goes_through(output):
    bytecode = os.urandom(5_000_001)
    assert await run(output, "reverse", bytecode) == bytecode[::-1]
    assert await run(output, "reverse", b"") == b""


async def test_a_real_module_is_compiled_cached_and_run(c_program, tmp_path):
    cache = CompiledCache(tmp_path / "cache")
    key = entry_key(b"", engine="", configuration="", target="")
    scratch = cache.scratch()
    await run(scratch, "wasmtime", c_program("hello").read_bytes(), memory_bytes=8 << 30, cpu_seconds=60)
    assert cache.adopt(key, scratch)
    engine = wasmtime.Engine()
    module = cache.load(key, lambda path: wasmtime.Module.deserialize_file(engine, str(path)))
    assert "_start" in [export.name for export in module.exports]


async def test_an_invalid_module_is_refused_in_one_line(output):
    good = bytes(wasmtime.wat2wasm("(module (func (drop (i32.const 1))))"))
    binary = good.replace(b"\x41\x01\x1a", b"\x1a\x01\x01")
    with pytest.raises(InvalidModuleError, match=r"cannot be compiled: .*type mismatch") as error:
        await run(output, "wasmtime", binary)
    assert "\n" not in str(error.value)
    assert isinstance(error.value, LocalError)


@pytest.mark.parametrize(
    ("compiler", "message"),
    [
        ("refuse", "the program cannot be compiled: the first line: the innermost cause"),
        ("refuse_without_reason", "the program cannot be compiled: the compiler gave no reason"),
    ],
)
async def test_what_the_compiler_says_is_told(output, compiler, message):
    with pytest.raises(InvalidModuleError) as error:
        await run(output, compiler)
    assert str(error.value) == message


async def test_much_talk_is_cut_short(output):
    with pytest.raises(InvalidModuleError) as error:
        await run(output, "chatter")
    assert len(str(error.value)) < 100_000


async def test_the_deadline_ends_it(output, tmp_path):
    started = tmp_path / "started"
    with pytest.raises(CompileLimitError, match=r"longer than 1\.5 seconds") as error:
        await run(output, "wait_forever", str(started).encode(), seconds=1.5)
    assert error.value.limit == "compile-seconds"
    assert isinstance(error.value, LimitError)
    if started.exists():
        assert gone(int(started.read_text()))


async def test_the_cpu_limit_ends_it(output):
    with pytest.raises(CompileLimitError, match="1 seconds of CPU") as error:
        await run(output, "compute_forever", cpu_seconds=1)
    assert error.value.limit == "compile-cpu"


@pytest.mark.parametrize("compiler", ["take_memory", "abort"])
async def test_too_much_memory_is_told(output, compiler):
    with pytest.raises(CompileLimitError, match="bytes of memory") as error:
        await run(output, compiler, memory_bytes=4 << 30)
    assert (error.value.limit, error.value.allowed) == ("compile-memory", 4 << 30)


async def test_the_compiler_itself_runs_out_of_memory(output):
    """A real compilation in too small an address space: the engine aborts, and this process lives."""
    functions = "".join(f"(func (drop (i32.const {n})))" for n in range(60_000))
    binary = bytes(wasmtime.wat2wasm(f"(module {functions})"))
    with pytest.raises(CompileLimitError, match="bytes of memory"):
        await run(output, "wasmtime", binary, memory_bytes=160 << 20)


async def test_a_crash_is_told(output):
    with pytest.raises(BrokenError, match="ended with -11"):
        await run(output, "crash")


async def test_a_missing_compiler_is_told(output):
    with pytest.raises(BrokenError, match="no attribute 'nothing'"):
        await run(output, "nothing")
    with pytest.raises(BrokenError, match="No module named 'no_such_module'"):
        await CompileProcesses().compile(b"", output, compiler="no_such_module:f")


async def test_a_missing_python_is_told(output, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(BrokenError, match="no process for compiling could be started"):
        await run(output, "reverse")


async def test_cancelling_kills_it(output, tmp_path):
    started = tmp_path / "started"
    task = asyncio.create_task(run(output, "wait_forever", str(started).encode()))
    await until(lambda: started.exists() and started.read_text())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gone(int(started.read_text()))


async def test_it_ends_with_its_parent(output, tmp_path):
    """The parent is killed, so that it can clean up nothing."""
    started = tmp_path / "started"
    program = (
        "import asyncio, sys; from pathlib import Path; from wetware.wasm.compiling import CompileProcesses\n"
        "async def main():\n"
        f"    await CompileProcesses().compile({str(started).encode()!r}, Path({str(output)!r}), "
        "compiler='stub_compilers:wait_forever')\n"
        "asyncio.run(main())"
    )
    paths = [Path(wetware.__file__).parent.parent, Path(__file__).parent]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    command = [sys.executable, "-c", program]
    parent = subprocess.Popen(command, env=environment)  # noqa: ASYNC220 - it returns at once
    await until(lambda: started.exists() and started.read_text())
    child = int(started.read_text())
    assert not gone(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    await until(lambda: gone(child))


async def test_a_child_is_kept_for_the_next_module(output, processes):
    first = await whose(output, processes)
    assert await run(output, "reverse", processes=processes) == b"edocetyb"
    with pytest.raises(InvalidModuleError):
        await run(output, "refuse", processes=processes)
    assert await whose(output, processes) == first
    await processes.close()
    assert gone(first)
    with pytest.raises(ClosedError):
        await run(output, "reverse", processes=processes)


@pytest.mark.parametrize("compiler", ["crash", "abort", "take_memory", "nothing", "leave"])
async def test_a_child_that_failed_is_not_used_again(output, processes, compiler):
    first = await whose(output, processes)
    with pytest.raises((BrokenError, CompileLimitError)):
        await run(output, compiler, processes=processes, memory_bytes=4 << 30)
    assert gone(first)
    assert await whose(output, processes) != first


async def test_a_child_that_was_killed_while_it_waited_is_replaced(output, processes):
    first = await whose(output, processes)
    os.kill(first, signal.SIGKILL)
    await until(lambda: gone(first))
    await until(lambda: not processes._idle.lives)
    assert await whose(output, processes) != first


async def test_a_child_ends_when_it_has_waited_for_nothing(output, processes, monkeypatch):
    monkeypatch.setattr(compiling, "IDLE", 0.01)
    first = await whose(output, processes)
    await until(lambda: gone(first))
    assert await whose(output, processes) != first


async def test_a_big_module_gets_no_successor(output, processes, monkeypatch):
    """What it took stays with its process."""
    monkeypatch.setattr(compiling, "ORDINARY", 10)
    first = await whose(output, processes)
    await run(output, "reverse", b"x" * 11, processes=processes)
    assert gone(first)


async def test_limits_are_each_modules_own(output, processes):
    """The CPU that one module took is not counted against the next, and no limit stays behind."""
    for _ in range(3):
        await run(output, "compute_a_little", processes=processes, cpu_seconds=1)
    found = await run(output, "limits", processes=processes, memory_bytes=0)
    hard = [resource.getrlimit(which)[1] for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]
    assert found == repr(tuple(hard)).encode()


async def test_only_so_many_are_compiled_at_once(output, processes, tmp_path):
    """One allowance is exhausted; what has another one is compiled all the same."""
    started = [tmp_path / "one", tmp_path / "two"]
    tasks = [
        asyncio.create_task(
            run(output, "wait_forever", str(path).encode(), processes, at_once=1, seconds=299.0)
        )
        for path in started
    ]
    await until(lambda: started[0].exists() and started[0].read_text())
    assert await run(output, "reverse", processes=processes) == b"edocetyb"
    assert not started[1].exists()
    tasks[0].cancel()
    await until(lambda: started[1].exists() and started[1].read_text())
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert all(gone(int(path.read_text())) for path in started)


async def test_modules_do_not_come_from_the_current_directory(output, tmp_path, monkeypatch):
    """Whoever runs a program in a directory of somebody else must not run that directory's Python."""
    hostile = tmp_path / "hostile"
    (hostile / "wetware").mkdir(parents=True)
    (hostile / "wetware" / "__init__.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(hostile)
    paths, priority, _ = eval(await run(output, "where"))
    assert str(hostile) not in paths
    assert "" not in paths
    assert priority >= 10


def test_messages_come_in_one_line():
    assert compiler_message("") == "the compiler gave no reason"
    assert compiler_message("one\n") == "one"
    assert (
        compiler_message("failed to parse\n\nCaused by:\n    unexpected end-of-file (at offset 0x9)\n")
        == "failed to parse: unexpected end-of-file (at offset 0x9)"
    )


@pytest.mark.parametrize("turns", [*range(0, 12, 2), 50])
async def test_cancelling_at_any_moment_leaves_nothing(output, turns):
    """While the child is being started, too; once, or again and again."""
    processes = CompileProcesses()
    task = asyncio.create_task(run(output, "compute_forever", processes=processes))
    for _ in range(turns):
        await asyncio.sleep(0)
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)
    assert task.cancelled()
    await processes.close()
    gc.collect()  # what is lost says so when it is collected
