"""Small helpers that lay out source text."""

from __future__ import annotations

__all__ = ["docstring", "indent"]


def indent(lines: list[str], levels: int = 1) -> list[str]:
    """Shift lines to the right."""
    return [("    " * levels + line) if line else "" for line in lines]


def docstring(doc: str) -> list[str]:
    """A doc comment as a docstring."""
    safe = doc.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines = [line.rstrip() for line in safe.strip().split("\n")]
    if len(lines) == 1:
        line = lines[0]
        return [f'"""{line}{" " if line.endswith(chr(34)) else ""}"""']
    return ['"""' + lines[0], *lines[1:], '"""']
