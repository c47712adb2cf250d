"""`wasi:cli`: arguments, environment, standard streams, and the end.

Source: `wasi:cli@0.2.9` (github.com/WebAssembly/WASI, `wasip2/cli`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.process.reasons import Exited
from wetware.wasm.component.hostcall import ComponentFunction
from wetware.wasm.component.values import list_of, option, own, text, tuple_of
from wetware.wasm.wasi.abi import FILETYPE_CHARACTER_DEVICE
from wetware.wasm.wasi.functions import EndOfProcess
from wetware.wasm.wasi2.io import InputStream, OutputStream
from wetware.wasm.wasi2.resources import INPUT_STREAM, OUTPUT_STREAM, TERMINAL_INPUT, TERMINAL_OUTPUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.wasm.fiber import Fiber

__all__ = ["ENVIRONMENT", "EXIT", "STDERR", "STDIN", "STDOUT", "TERMINALS"]


def _environment(fiber: Fiber) -> list[tuple[str, str]]:
    return [] if fiber.wasi is None else fiber.wasi.environment


def _arguments(fiber: Fiber) -> list[str]:
    return [] if fiber.wasi is None else fiber.wasi.arguments


def _initial_directory(_fiber: Fiber) -> str | None:
    return None


def _exit(_fiber: Fiber, status: tuple[bool, None]) -> Any:
    raise EndOfProcess(Exited(0 if status[0] else 1))


def _exit_with_code(_fiber: Fiber, code: int) -> Any:
    raise EndOfProcess(Exited(code))


def _stdin(fiber: Fiber) -> InputStream:
    return InputStream(fiber.inputs.get(0))


def _output(descriptor: int) -> Callable[[Fiber], OutputStream]:
    return lambda fiber: OutputStream(fiber.outputs.get(descriptor))


class _Terminal:
    """That a stream is a terminal; nothing can be done with it."""


_TERMINAL: Final = _Terminal()


def _terminal_input(fiber: Fiber) -> _Terminal | None:
    source = fiber.inputs.get(0)
    return _TERMINAL if source is not None and source.filetype == FILETYPE_CHARACTER_DEVICE else None


def _terminal_output(descriptor: int) -> Callable[[Fiber], _Terminal | None]:
    def attempt(fiber: Fiber) -> _Terminal | None:
        output = fiber.outputs.get(descriptor)
        return _TERMINAL if output is not None and output.filetype == FILETYPE_CHARACTER_DEVICE else None

    return attempt


ENVIRONMENT: Final = {
    "get-environment": ComponentFunction(_environment, list_of(tuple_of(text, text))),
    "get-arguments": ComponentFunction(_arguments, list_of(text)),
    "initial-cwd": ComponentFunction(_initial_directory, option(text)),
}
EXIT: Final = {
    "exit": ComponentFunction(_exit),
    "exit-with-code": ComponentFunction(_exit_with_code),
}
STDIN: Final = {"get-stdin": ComponentFunction(_stdin, own(INPUT_STREAM))}
STDOUT: Final = {"get-stdout": ComponentFunction(_output(1), own(OUTPUT_STREAM))}
STDERR: Final = {"get-stderr": ComponentFunction(_output(2), own(OUTPUT_STREAM))}
TERMINALS: Final = {
    "get-terminal-stdin": ComponentFunction(_terminal_input, option(own(TERMINAL_INPUT))),
    "get-terminal-stdout": ComponentFunction(_terminal_output(1), option(own(TERMINAL_OUTPUT))),
    "get-terminal-stderr": ComponentFunction(_terminal_output(2), option(own(TERMINAL_OUTPUT))),
}
