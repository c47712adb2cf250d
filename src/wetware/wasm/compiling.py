"""Compiling in child processes, with limits and a deadline.

Rules that hold here:

1. Whatever the module is, the caller gets the compiled file or a typed error within the deadline, and no
   process is left: a child is killed on every way out but a good one, and ends by itself when this process is
   gone.
2. A child is a fresh Python (spawned, never forked) that imports from where this one does, and not from the
   current directory.
3. The bytecode goes through a pipe and not through a file's name: what is compiled is what was hashed.
4. A child that has compiled a module of ordinary size waits for the next one for `IDLE` seconds: starting it
   takes longer than most modules do.
5. At most `Allowance.at_once` modules are compiled under one allowance; the others wait for their turn, and
   their deadline begins with it. So what guests send holds up guests only.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from wetware.errors import BrokenError, ClosedError, LimitError, WetwareError
from wetware.wasm.compile_child import COMPILED, MOST_MESSAGE, OUT_OF_MEMORY, REFUSED, REPLY, REQUEST
from wetware.wasm.engine import InvalidModuleError, compiler_message
from wetware.wasm.uninterrupted import uninterrupted

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["COMPILER", "FOREIGN", "OWN", "Allowance", "CompileLimitError", "CompileProcesses"]

COMPILER = "wetware.wasm.engine:compile_for_cache"
INTERPRETER = "wetware.wasm.engine:compile_for_interpreter"

IDLE: Final = 10.0
"""Seconds that a child waits for another module."""
ORDINARY: Final = 4 * 1024 * 1024
"""Bytes of a module after which a child may have grown by so much that a fresh one is better."""

_BLOCK_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What one compilation may take.

    Attributes:
        seconds: the deadline of the whole.
        memory_bytes: the child's address space; 0 for no limit. Not enforced where the platform cannot
            (Windows).
        cpu_seconds: the sum over all threads of the child; 0 for no limit. Likewise.
        at_once: how many modules are compiled at the same time.
    """

    seconds: float = 300.0
    memory_bytes: int = 6 * 1024 * 1024 * 1024
    cpu_seconds: int = 0
    at_once: int = 2


OWN: Final = Allowance()
"""For what the node's own user runs.

Three times the time, and more than twice the memory, that the largest program met so far takes (99 MB: 92 s,
2.2 GB).
"""
FOREIGN: Final = Allowance(seconds=60.0, memory_bytes=2 * 1024 * 1024 * 1024, cpu_seconds=120, at_once=1)
"""For what guests and peers send."""


class CompileLimitError(LimitError):
    """Compiling took too long or too much memory and was stopped."""


class CompileProcesses:
    """The child processes of one node; `close` ends them.

    Test: `test_compiling.py`.
    """

    def __init__(self) -> None:
        self._gates: dict[Allowance, asyncio.Semaphore] = {}
        self._idle: _Child | None = None
        self._dismissal: asyncio.TimerHandle | None = None
        self._dismissed: list[_Child] = []
        self._closed = False

    async def compile(
        self, bytecode: bytes, output: Path, allowance: Allowance = OWN, *, compiler: str = COMPILER
    ) -> None:
        """Compile a module into an existing file, such as one from `CompiledCache.scratch`.

        Args:
            bytecode: the module.
            output: the file that gets the compiled form; what it holds after an error is of no use.
            allowance: what it may take.
            compiler: the dotted name (`package.module:function`) of a function from bytecode to the
                compiled form.

        Raises:
            InvalidModuleError: the compiler refused it; the message is the compiler's.
            CompileLimitError: a limit was reached: "compile-seconds", "compile-memory" or "compile-cpu".
            BrokenError: the child ended without a word, or could not be started.
        """
        async with self._gates.setdefault(allowance, asyncio.Semaphore(allowance.at_once)):
            child = await self._take()
            try:
                await child.compile(bytecode, output, allowance, compiler)
            finally:
                if child.usable and self._idle is None and not self._closed and len(bytecode) <= ORDINARY:
                    self._keep(child)
                else:
                    await uninterrupted(child.end())

    async def _take(self) -> _Child:
        if self._closed:
            raise ClosedError("this node is closed and compiles nothing any more")
        await self._bury()
        child, self._idle = self._idle, None
        if self._dismissal is not None:
            self._dismissal.cancel()
        if child is not None:
            if child.lives:
                return child
            await uninterrupted(child.end())
        # asyncio loses a process that is half begun
        return await uninterrupted(_Child.start(), self._dismiss)

    def _keep(self, child: _Child) -> None:
        self._idle = child
        self._dismissal = asyncio.get_running_loop().call_later(IDLE, self._expire, child)

    def _expire(self, child: _Child) -> None:
        if self._idle is child:
            self._idle = None
            self._dismiss(child)

    def _dismiss(self, child: _Child) -> None:
        """End a child without waiting for it; that is done later."""
        child.kill()
        self._dismissed.append(child)

    async def _bury(self) -> None:
        while self._dismissed:
            await uninterrupted(self._dismissed.pop().end())

    async def close(self) -> None:
        """End the child that waits; whoever compiles has been cancelled before. Idempotent."""
        self._closed = True
        if self._dismissal is not None:
            self._dismissal.cancel()
        if self._idle is not None:
            self._dismissed.append(self._idle)
            self._idle = None
        await self._bury()


class _Child:
    """One process.

    Attributes:
        usable: whether it waits for another request.
    """

    def __init__(self, process: asyncio.subprocess.Process, errors: IO[bytes]) -> None:
        self._process = process
        self._errors = errors
        self.usable = False

    @classmethod
    async def start(cls) -> _Child:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        with contextlib.ExitStack() as cleanup:
            try:
                # a file takes whatever is said, and nobody has to read it meanwhile
                errors = cleanup.enter_context(tempfile.TemporaryFile())
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-P", "-m", "wetware.wasm.compile_child"),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=errors,
                    env=environment,
                    start_new_session=True,  # Ctrl-C is for this process, which then kills the child
                )
            except OSError as error:
                raise BrokenError(
                    f"no process for compiling could be started: {error.strerror or error}"
                ) from None
            cleanup.pop_all()
        return cls(process, errors)

    @property
    def lives(self) -> bool:
        return self._process.returncode is None

    async def compile(self, bytecode: bytes, output: Path, allowance: Allowance, compiler: str) -> None:
        self.usable = False
        try:
            async with asyncio.timeout(allowance.seconds):
                replied, code, message = await self._ask(bytecode, output, allowance, compiler)
        except TimeoutError:
            raise CompileLimitError(
                f"compiling it took longer than {allowance.seconds:g} seconds; raise the limit, or strip it",
                limit="compile-seconds",
                used=allowance.seconds,
                allowed=allowance.seconds,
            ) from None
        self.usable = replied and code in (COMPILED, REFUSED)
        if not self.usable:
            raise _failure(code, message, allowance)
        if code == REFUSED:
            raise InvalidModuleError(f"the program cannot be compiled: {compiler_message(message)}")

    async def _ask(
        self, bytecode: bytes, output: Path, allowance: Allowance, compiler: str
    ) -> tuple[bool, int, str]:
        """Hand over the bytecode; whether there was a reply, its code (else the exit code), what was said."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:  # pragma: no cover - both were asked for
            raise BrokenError("the process for compiling has no pipes")
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it ended: its exit code says why
            names = compiler.encode(), os.fsencode(output)
            limits = allowance.memory_bytes, allowance.cpu_seconds
            stdin.write(REQUEST.pack(len(bytecode), *limits, *map(len, names)) + b"".join(names))
            for start in range(0, len(bytecode), _BLOCK_BYTES):
                stdin.write(bytecode[start : start + _BLOCK_BYTES])
                await stdin.drain()
        try:
            code, length = REPLY.unpack(await stdout.readexactly(REPLY.size))
            return True, code, (await stdout.readexactly(length)).decode(errors="replace")
        except asyncio.IncompleteReadError:
            ended = await self._process.wait()
            self._errors.seek(0)
            return False, ended, self._errors.read(MOST_MESSAGE).decode(errors="replace")

    def kill(self) -> None:
        self.usable = False
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """Whatever happened: kill it, wait for it, close the pipes."""
        self.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await self._process.wait()
        finally:
            self._errors.close()


def _failure(code: int, message: str, allowance: Allowance) -> WetwareError:
    """The error for a child that did not carry out its request, or did not live to reply."""
    if code == -getattr(signal, "SIGXCPU", 0) and allowance.cpu_seconds:
        return CompileLimitError(
            f"compiling it took more than {allowance.cpu_seconds} seconds of CPU; "
            "raise the limit, or strip it",
            limit="compile-cpu",
            used=allowance.cpu_seconds,
            allowed=allowance.cpu_seconds,
        )
    # The compiler aborts where memory is refused; the system kills what takes too much of it.
    if code in {OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 0)} or "memory allocation" in message:
        return CompileLimitError(
            f"compiling it took more than {allowance.memory_bytes} bytes of memory; "
            "raise the limit, or strip it",
            limit="compile-memory",
            used=allowance.memory_bytes,
            allowed=allowance.memory_bytes,
        )
    return BrokenError(f"the process for compiling ended with {code}: {compiler_message(message)}")
