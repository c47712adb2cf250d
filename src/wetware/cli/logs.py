"""Warnings of the node, told like everything else that `ww` says on stderr."""

from __future__ import annotations

import logging

from wetware.cli.render import note

__all__ = ["show_warnings"]


class _Notes(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """Print the message alone: where it comes from says nothing to a user."""
        note(record.getMessage())


def show_warnings() -> None:
    """Print what the node logs at the level of warnings and above."""
    logger = logging.getLogger("wetware")
    if not any(isinstance(handler, _Notes) for handler in logger.handlers):
        logger.addHandler(_Notes(logging.WARNING))
        logger.propagate = False
