"""Compiling a large module in a child process, with limits and a deadline.

Rules that hold here:

1. Whatever the module is, the caller gets the compiled file or a typed error within the deadline, and no
   process is left: the child is killed on every way out, and ends by itself when this process is gone.
2. The child is a fresh Python (spawned, never forked) that imports from where this one does, and not from
   the current directory.
3. The bytecode goes through a pipe and not through a file's name: what is compiled is what was hashed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

from wetware.errors import BrokenError, LimitError
from wetware.wasm.compile_child import OUT_OF_MEMORY
from wetware.wasm.engine import InvalidModuleError, compiler_message

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "COMPILER",
    "DEFAULT_COMPILE_MEMORY_BYTES",
    "DEFAULT_COMPILE_SECONDS",
    "CompileLimitError",
    "compile_in_child",
]

COMPILER = "wetware.wasm.engine:compile_for_cache"
INTERPRETER = "wetware.wasm.engine:compile_for_interpreter"

DEFAULT_COMPILE_SECONDS = 300.0
"""The deadline: three times what the largest program met so far takes (99 MB: 92 s)."""

DEFAULT_COMPILE_MEMORY_BYTES = 6 * 1024 * 1024 * 1024
"""Address space of the child: the largest program met so far touched 2.2 GB of it."""

_MAX_MESSAGE_BYTES = 64 * 1024
_BLOCK_BYTES = 1024 * 1024


class CompileLimitError(LimitError):
    """Compiling took too long or too much memory and was stopped."""


async def compile_in_child(
    bytecode: bytes,
    output: Path,
    *,
    compiler: str = COMPILER,
    seconds: float = DEFAULT_COMPILE_SECONDS,
    memory_bytes: int = DEFAULT_COMPILE_MEMORY_BYTES,
    cpu_seconds: int = 0,
) -> None:
    """Compile a module into an existing file, such as one from `CompiledCache.scratch`.

    Args: bytecode: the module. output: the file that gets the compiled form; what it holds after an error
        is of no use. compiler: the dotted name (`package.module:function`) of a function from bytecode to
        the compiled form. seconds: the deadline of the whole. memory_bytes: the child's address space; 0
        for no limit. Not enforced where the platform cannot (Windows). cpu_seconds: the sum over all
        threads of the child; 0 for no limit. Not enforced where the platform cannot.

    Raises:
        InvalidModuleError: the compiler refused it; the message is the compiler's.
        CompileLimitError: a limit was reached: "compile-seconds", "compile-memory" or "compile-cpu".
        BrokenError: the child ended without a word, or could not be started.
    """
    command = [sys.executable, "-P", "-m", "wetware.wasm.compile_child"]
    command += [compiler, str(output), str(memory_bytes), str(cpu_seconds)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C is for this process, which then kills the child
        )
    except OSError as error:
        raise BrokenError(f"no process for compiling could be started: {error.strerror or error}") from None
    try:
        async with asyncio.timeout(seconds):
            message = await _talk(child, bytecode)
    except TimeoutError:
        raise CompileLimitError(
            f"compiling it took longer than {seconds:g} seconds; raise the limit, or strip it",
            limit="compile-seconds",
            used=seconds,
            allowed=seconds,
        ) from None
    finally:
        await _end(child)
    _judge(child.returncode, message, memory_bytes, cpu_seconds)


async def _talk(child: asyncio.subprocess.Process, bytecode: bytes) -> str:
    """Hand over the bytecode, wait for the end, and return what was said on standard error."""
    if child.stdin is None or child.stderr is None:  # pragma: no cover - both were asked for
        raise BrokenError("the process for compiling has no pipes")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it ended first: its exit code says why
        child.stdin.write(len(bytecode).to_bytes(8, "little"))
        for start in range(0, len(bytecode), _BLOCK_BYTES):
            child.stdin.write(bytecode[start : start + _BLOCK_BYTES])
            await child.stdin.drain()
    said = bytearray()
    while block := await child.stderr.read(_MAX_MESSAGE_BYTES):
        said += block[: _MAX_MESSAGE_BYTES - len(said)]
    await child.wait()
    return said.decode(errors="replace")


async def _end(child: asyncio.subprocess.Process) -> None:
    """Whatever happened: kill it, wait for it, close the pipes."""
    with contextlib.suppress(ProcessLookupError):
        child.kill()
    if child.stdin is not None:
        child.stdin.close()
    await child.wait()


def _judge(code: int | None, message: str, memory_bytes: int, cpu_seconds: int) -> None:
    """Turn the child's end into an error, or nothing."""
    if code == 0:
        return
    if code == 1:
        raise InvalidModuleError(f"the program cannot be compiled: {compiler_message(message)}")
    if code == -getattr(signal, "SIGXCPU", 0) and cpu_seconds:
        raise CompileLimitError(
            f"compiling it took more than {cpu_seconds} seconds of CPU; raise the limit, or strip it",
            limit="compile-cpu",
            used=cpu_seconds,
            allowed=cpu_seconds,
        )
    # The compiler aborts where memory is refused; the system kills what takes too much of it.
    if code in {OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 0)} or "memory allocation" in message:
        raise CompileLimitError(
            f"compiling it took more than {memory_bytes} bytes of memory; raise the limit, or strip it",
            limit="compile-memory",
            used=memory_bytes,
            allowed=memory_bytes,
        )
    raise BrokenError(f"the process for compiling ended with {code}: {compiler_message(message)}")
