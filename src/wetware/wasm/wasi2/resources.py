"""The numbers of the resource types, by which the engine tells them apart."""

from __future__ import annotations

from typing import Final

__all__ = [
    "DESCRIPTOR",
    "DIRECTORY_ENTRY_STREAM",
    "ERROR",
    "INPUT_STREAM",
    "NETWORK",
    "NEVER",
    "OUTPUT_STREAM",
    "POLLABLE",
    "TERMINAL_INPUT",
    "TERMINAL_OUTPUT",
]

NEVER: Final = 0
"""Of resources that can be named and never had."""
POLLABLE: Final = 1
ERROR: Final = 2
INPUT_STREAM: Final = 3
OUTPUT_STREAM: Final = 4
TERMINAL_INPUT: Final = 5
TERMINAL_OUTPUT: Final = 6
NETWORK: Final = 7
DESCRIPTOR: Final = 8
DIRECTORY_ENTRY_STREAM: Final = 9
