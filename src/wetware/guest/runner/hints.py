"""What to do about the mistakes that authors of guests make most, told after the traceback.

Rules that hold here:

1. A hint is given only where the cause is known from the error itself, and names what to do. An error of
   which nothing is known has none.
2. Of an error that has causes, or is a group, the first one of which something is known counts.

Each hint has its test in tests/guest/test_author_mistakes.py.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Collection, Iterator
from types import TracebackType

from wetware.errors import LocalError

__all__ = ["AWAIT_HINT", "hint"]

AWAIT_HINT = "a coroutine runs only where it is awaited: await it, or asyncio.run(main()) at the top"

_MACHINE = re.compile(r"\.(so|pyd|dylib)(\.\d+)*$")
_SOCKETS = re.compile(
    r"(^|/)(socket|ssl|socketserver|asyncio/(base_events|selector_events|sslproto)|http/client)\.py$"
)
_PROCESSES = re.compile(r"(^|/)(subprocess|multiprocessing/.*|concurrent/futures/process|pty)\.py$")
_SOCKET_MODULES = {"_ssl", "ssl"}
_PROCESS_CALLS = re.compile(
    r"module 'os' has no attribute '(system|fork|forkpty|popen|exec\w*|spawn\w*|posix_spawn\w*|kill)'"
)
_THREAD = "can't start new thread"
_NULL = re.compile(r"^the capability (\w+) is null")
_PROMISE = re.compile(r"'\w+_Promise' object|'coroutine' object")
_NOT_GRANTED = "NotGrantedError"  # of wetware.guest.session, which can be imported in a guest alone
_NO_TEMPORARY = "No usable temporary directory"

_NETWORK_HINT = (
    "a guest has no network: hand it what it needs with --stdin or --dir, or as a capability of its session"
)
_THREAD_HINT = "a guest has one thread: use asyncio, or spawn a process with the executor (--grant executor)"
_PROCESS_HINT = (
    "a guest starts no programs of the machine: spawn WebAssembly or Python programs with the executor of "
    "its session (--grant executor)"
)


def hint(error: BaseException, files: Collection[str]) -> str | None:
    """What to do about an error that has ended a program; None where nothing is known of it.

    Args:
        error: what the program ended with.
        files: the names of the program's files.
    """
    for each in _causes(error, set()):
        for rule in _RULES:
            found = rule(each, files)
            if found is not None:
                return found
    return None


def _causes(error: BaseException | None, seen: set[int]) -> Iterator[BaseException]:
    """An error, those in it, and those behind it."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    yield error
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _causes(inner, seen)
    yield from _causes(error.__cause__, seen)
    if not error.__suppress_context__:
        yield from _causes(error.__context__, seen)


def _went_through(error: BaseException, pattern: re.Pattern[str]) -> bool:
    """Whether a traceback passes a file whose name matches."""
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if pattern.search(trace.tb_frame.f_code.co_filename):
            return True
        trace = trace.tb_next
    return False


# --- imports ---
def _missing_module(error: BaseException, files: Collection[str]) -> str | None:
    if not isinstance(error, ImportError) or not error.name:
        return None
    top = error.name.partition(".")[0]
    own = [name for name in files if name.startswith((f"{top}/", f"{top}."))]
    native = next((name for name in own if _MACHINE.search(name)), None)
    if native is not None:
        return f"{native} was compiled for a machine, and a guest loads no native code: use pure Python"
    if not isinstance(error, ModuleNotFoundError) or own:
        return None
    if top in _SOCKET_MODULES:
        return _NETWORK_HINT
    if top in {"_posixsubprocess", "_multiprocessing"}:
        return _PROCESS_HINT
    if top in sys.stdlib_module_names:
        return f"the interpreter of guests has no {top}: what it does needs a machine, or code of one"
    declared = next((name for name in ("requirements.txt", "pyproject.toml") if name in files), None)
    if declared is not None:
        return (
            f"name the package of {top} in {declared} and run what `ww build` makes: it puts the packages "
            "into the program"
        )
    if len(files) == 1:
        return (
            f"a file runs alone: put it and {top} into a folder, it as __main__.py, or name the package of "
            f"{top} in the folder's requirements.txt and run what `ww build` makes"
        )
    return (
        f"put {top} into the program's folder, or name its package in a requirements.txt there and run what "
        "`ww build` makes"
    )


# --- what a sandbox does not have ---
def _network(error: BaseException, _files: Collection[str]) -> str | None:
    if isinstance(error, OSError) and error.filename is None and _went_through(error, _SOCKETS):
        return _NETWORK_HINT
    return None


def _threads(error: BaseException, _files: Collection[str]) -> str | None:
    return _THREAD_HINT if isinstance(error, RuntimeError) and _THREAD in str(error) else None


def _processes(error: BaseException, _files: Collection[str]) -> str | None:
    if isinstance(error, AttributeError) and _PROCESS_CALLS.search(str(error)):
        return _PROCESS_HINT
    unable = isinstance(error, OSError | NotImplementedError) or "module 'os' has no attribute" in str(error)
    return _PROCESS_HINT if unable and _went_through(error, _PROCESSES) else None


# --- files ---
def _no_file(error: BaseException, files: Collection[str]) -> str | None:
    if not isinstance(error, OSError):
        return None
    if _NO_TEMPORARY in str(error):
        return "a guest has no temporary directory of its own: give it one with --dir HOST:/tmp:rw"
    name = error.filename
    if isinstance(name, bytes):
        name = name.decode(errors="replace")
    if not isinstance(name, str):
        return None
    inner = name.removeprefix("./")
    if isinstance(error, FileNotFoundError):
        if inner in files:
            return (
                f"{inner} is part of the program, which is no directory: read it with "
                "importlib.resources or pkgutil.get_data"
            )
        if name.startswith("/"):
            return "a guest sees the files of granted directories alone: --dir HOST:GUEST gives it one"
        return (
            "a guest sees the files of granted directories alone, and has no current directory: "
            "--dir HOST:/data gives it one, in which the file is /data/" + inner
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return (
            "a granted directory is read-only unless it is given with :rw (--dir HOST:GUEST:rw), "
            "and no path leads out of it"
        )
    return None


# --- capabilities ---
def _null_capability(error: BaseException, _files: Collection[str]) -> str | None:
    if not isinstance(error, LocalError):
        return None
    named = type(error).__name__ == _NOT_GRANTED
    found = _NULL.search(str(error))
    if (named and "no executor" in str(error)) or (found is not None and found[1] == "Executor"):
        return "give it one with ww run --grant executor, or Node.spawn(executor=True)"
    if not named and found is None:
        return None
    return (
        "whoever spawns this program names what its session holds: Node.spawn(capabilities={…}), or "
        "host.spawn(capabilities={…}) in a guest"
    )


def _forgotten_await(error: BaseException, _files: Collection[str]) -> str | None:
    said = str(error)
    if isinstance(error, AttributeError | TypeError) and _PROMISE.search(said):
        return "the answer of a call is there once it is awaited: (await client.method()).field"
    if isinstance(error, TypeError | ValueError) and (
        "a coroutine or an awaitable is required" in said or "a coroutine was expected" in said
    ):
        return AWAIT_HINT
    return None


_RULES: tuple[Callable[[BaseException, Collection[str]], str | None], ...] = (
    _missing_module,
    _threads,
    _processes,
    _network,
    _no_file,
    _null_capability,
    _forgotten_await,
)
