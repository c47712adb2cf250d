"""`python -m wetware.capnp.generate [-I FOLDER] [-o FOLDER] FILE.capnp …`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wetware.capnp.generate.compiler import compile_schemas
from wetware.capnp.generate.module import write_module
from wetware.capnp.generate.names import module_name
from wetware.capnp.schema.decode import decode_request
from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["generate", "main"]


def generate(
    paths: Sequence[Path], *, imports: Sequence[Path] = (), output: Path | None = None
) -> dict[Path, str]:
    """Compile schema files and give the text of the module of each.

    Args:
        paths: the schema files.
        imports: folders that absolute imports are looked up in, before the standard ones.
        output: the folder that the modules are meant for; None for beside each file.

    Returns:
        The modules' paths and texts; nothing is written.

    Raises:
        CompilerError: the compiler refuses a file.
    """
    out = {}
    for path in paths:
        nodes, files = decode_request(compile_schemas([path], imports))
        folder = path.parent if output is None else output
        package = (folder / "__init__.py").is_file()
        out[folder / f"{module_name(path.name)}.py"] = write_module(nodes, files[0], package=package)
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit code is 0, or 1 where a schema was refused."""
    parser = argparse.ArgumentParser(
        prog="python -m wetware.capnp.generate", description="Write Python modules from Cap'n Proto schemas."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.capnp")
    parser.add_argument(
        "-I", dest="imports", action="append", default=[], type=Path, help="look up absolute imports here too"
    )
    parser.add_argument("-o", dest="output", type=Path, help="write here instead of beside each file")
    options = parser.parse_args(arguments)
    try:
        modules = generate(options.files, imports=options.imports, output=options.output)
    except WetwareError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for path, text in modules.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
