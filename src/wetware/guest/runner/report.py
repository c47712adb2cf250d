"""What a program that has failed leaves on standard error: its own part of the traceback, and what to do.

Rules that hold here:

1. A traceback shows the program's frames and those of libraries; of how a program is started and its modules
   are found, nothing.
2. A program with an exception hook of its own reports by that alone, unless that fails.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
import warnings
from collections.abc import Collection
from types import TracebackType

from wetware.guest.runner.hints import AWAIT_HINT, hint

__all__ = ["report", "watch_warnings"]

_IMPORTING = "<frozen importlib"


def report(error: BaseException, files: Collection[str], runner: str) -> None:
    """Print what a program has ended with.

    Args:
        error: what it is.
        files: the names of the program's files.
        runner: the file whose frames are not the program's.
    """
    _trim(error, runner, set())
    with contextlib.suppress(
        OSError, ValueError
    ):  # standard error is closed, by the program or by its reader
        if sys.excepthook is not sys.__excepthook__:
            try:
                sys.excepthook(type(error), error, error.__traceback__)
            except Exception as second:  # noqa: BLE001 - whatever it ends with, the first error is told
                traceback.print_exception(second)
            else:
                return
        traceback.print_exception(error)
        advice = hint(error, files)
        if advice is not None:
            print(f"hint: {advice}", file=sys.stderr)  # noqa: T201 - it belongs to the traceback


def _trim(error: BaseException | None, runner: str, seen: set[int]) -> None:
    """Take the frames of starting and importing out of an error's traceback, and of those behind it."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    kept: list[TracebackType] = []
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file != runner and not file.startswith(_IMPORTING):
            kept.append(trace)
        trace = trace.tb_next
    following: TracebackType | None = None
    for each in reversed(kept):
        each.tb_next = following
        following = each
    error.__traceback__ = following
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            _trim(inner, runner, seen)
    _trim(error.__cause__, runner, seen)
    _trim(error.__context__, runner, seen)


def watch_warnings() -> None:
    """Say once, after the warning of it, what to do about a coroutine that was never awaited."""
    shown = warnings.showwarning
    told = False

    def show(message: Warning | str, *place: object, **more: object) -> None:
        nonlocal told
        shown(message, *place, **more)  # type: ignore[arg-type]  # handed on as they came
        if not told and "was never awaited" in str(message) and sys.stderr is not None:
            told = True
            print(f"hint: {AWAIT_HINT}", file=sys.stderr)  # noqa: T201 - it belongs to the warning

    warnings.showwarning = show
