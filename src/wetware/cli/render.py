"""The one place that prints: results as text, tables or JSON, and what went wrong.

Rules that hold here:

1. Colours and boxes go to a terminal only, and not where NO_COLOR or TERM=dumb is set; only then is rich
   imported.
2. All text has its control characters written out: much of it was written by others.
3. JSON is one object and a newline, in ASCII, on the result's stream.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

from wetware.cli.results import Block, Fields, Result, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["error", "error_json", "event_json", "is_rich", "note", "show", "transient", "visible"]

# Besides controls: marks that reorder what a person reads, and what cannot be encoded (undecodable paths).
_INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    r"""Return `text` with every control character but newline written out (`\x1b`).

    Names in a module, paths and trap messages come from others.
    """
    return _INVISIBLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def is_rich(stream: TextIO) -> bool:
    """Say whether `stream` is a terminal that wants colours and boxes."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show(result: Result, *, as_json: bool) -> None:
    """Print a command's result on its stream."""
    stream = sys.stdout if result.stream == "stdout" else sys.stderr
    if as_json:
        # on stderr it follows what a guest wrote there: one line, so that the last line is the summary
        print(
            json.dumps(result.to_json(), indent=2 if stream is sys.stdout else None), file=stream, flush=True
        )
        return
    blocks = result.blocks()
    if not blocks:
        return
    if is_rich(stream):
        _show_rich(blocks, stream)
    else:
        _write(stream, "\n\n".join(_plain(block) for block in blocks))


def error(message: str, *, hint: str = "") -> None:
    """Print what went wrong, and what to do about it, on stderr."""
    start = message[:1].lower() + message[1:] if message[:2].istitle() else message
    _stderr_line("error: ", "bold red", start.rstrip("."))
    if hint:
        _stderr_line("hint: ", "bold", hint)


def error_json(content: dict[str, object]) -> None:
    """Print an error for programs: one line on stderr."""
    with contextlib.suppress(OSError):
        _write(sys.stderr, json.dumps(content))


def event_json(content: dict[str, object]) -> None:
    """Print an event for programs: one line on stdout. Where nobody reads it any more, the event is lost."""
    with contextlib.suppress(OSError):
        _write(sys.stdout, json.dumps(content))


def note(message: str) -> None:
    """Print a line about what is going on, on stderr."""
    _stderr_line("", "", message)


def transient(message: str) -> None:
    """Show a line on the terminal that the next one replaces; none, if it is empty."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"\r\x1b[2K{'ww: ' if message else ''}{visible(message)}")
        sys.stderr.flush()


def _stderr_line(label: str, style: str, message: str) -> None:
    with contextlib.suppress(OSError):  # where stderr cannot be written to, the exit code has to say it all
        if is_rich(sys.stderr) and style:
            from rich.console import Console
            from rich.text import Text as Line

            line = Line("ww: ").append(label, style).append(visible(message))
            Console(stderr=True, highlight=False).print(line, soft_wrap=True)
        else:
            _write(sys.stderr, f"ww: {label}{visible(message)}")


def _write(stream: TextIO, text: str) -> None:
    stream.write(text + "\n")
    stream.flush()


def _plain(block: Block) -> str:
    if isinstance(block, Text):
        return visible(block.text)
    if isinstance(block, Fields):
        width = max((len(name) for name, _ in block.rows), default=0)
        indent = "\n" + " " * (width + 2)
        return "\n".join(
            f"{visible(name):{width}}  {visible(value).replace(chr(10), indent)}"
            for name, value in block.rows
        )
    cells = [list(block.columns), *[[visible(cell) for cell in row] for row in block.rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(block.columns))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join([visible(block.title), *[f"  {line}" for line in lines]])


def _show_rich(blocks: Sequence[Block], stream: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text as Words

    console = Console(file=stream, highlight=False)
    for number, block in enumerate(blocks):
        if isinstance(block, Text):
            console.print(Words(visible(block.text)), soft_wrap=True)
            continue
        if number:
            console.print()
        if isinstance(block, Fields):
            grid = Grid.grid(padding=(0, 2))
            grid.add_column(style="bold")
            grid.add_column(overflow="fold")
            for name, value in block.rows:
                grid.add_row(visible(name), Words(visible(value)))
        else:
            grid = Grid(title=Words(visible(block.title)), title_justify="left", box=box.SIMPLE_HEAD)
            for column in block.columns:
                grid.add_column(column, overflow="fold")
            for row in block.rows:
                grid.add_row(*[Words(visible(cell)) for cell in row])
        console.print(grid)
