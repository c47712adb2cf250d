"""Compiling in a child: every way it can end, and nothing left behind."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import wasmtime

import wetware
from wetware.errors import BrokenError, LimitError, LocalError
from wetware.wasm.compiled import CompiledCache, entry_key
from wetware.wasm.compiling import (
    CompileLimitError,
    compile_in_child,
)
from wetware.wasm.engine import InvalidModuleError, compiler_message


@pytest.fixture
def output(tmp_path):
    path = tmp_path / "output"
    path.touch()
    return path


async def run(output, compiler, bytecode=b"bytecode", **limits):
    await compile_in_child(bytecode, output, compiler=f"stub_compilers:{compiler}", **limits)
    return output.read_bytes()


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
        await compile_in_child(b"", output, compiler="no_such_module:f")


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
        "import asyncio, sys; from pathlib import Path; from wetware.wasm.compiling import compile_in_child\n"
        f"asyncio.run(compile_in_child({str(started).encode()!r}, Path({str(output)!r}), "
        "compiler='stub_compilers:wait_forever'))"
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
