"""How a command fails whose program cannot be loaded."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from wetware.cli.command_error import CommandError
from wetware.cli.exit_codes import ExitCode
from wetware.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["INSPECT", "loading"]

INSPECT: Final = "`ww inspect` shows what the file is"


@contextlib.contextmanager
def loading(name: str, hint: Callable[[], str]) -> Iterator[None]:
    """Load a program in the block.

    Args:
        name: what the user calls it.
        hint: says what helps where it is no program.

    Raises:
        CommandError: there is none (127), or none that can be read and run (126).
    """
    from wetware.wasm.loader import NotFoundError, NotRunnableError, UnreadableError

    try:
        yield
    except NotFoundError as problem:
        raise CommandError(str(problem), exit_code=ExitCode.NOT_FOUND) from None
    except UnreadableError as problem:
        raise CommandError(str(problem), exit_code=ExitCode.NOT_RUNNABLE) from None
    except NotRunnableError as problem:
        raise CommandError(f"{name}: {problem}", exit_code=ExitCode.NOT_RUNNABLE, hint=hint()) from None
    except LimitError as problem:  # larger than any program may be
        raise CommandError(f"{name}: {problem}", exit_code=ExitCode.NOT_RUNNABLE) from None
