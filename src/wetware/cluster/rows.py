"""Messages in a row: their sizes, and their contents one behind the other.

A list of short messages, written one by one, costs several times what it takes to make and to read them; a
row is joined and cut by the interpreter's own loops.

Rules that hold here:

1. A row that does not add up, or has more messages than it may, is refused whole
   (`tests/cluster/test_rows.py`).
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from wetware.errors import RemoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["RowError", "cut", "joined"]


class RowError(RemoteError):
    """The sizes of some messages do not fit their contents."""


def joined(messages: Sequence[bytes]) -> tuple[list[int], bytes]:
    """The sizes of messages, and their contents."""
    return list(map(len, messages)), b"".join(messages)


def cut(sizes: Iterable[int], contents: bytes, most: int) -> tuple[bytes, ...]:
    """The messages of a row.

    Raises:
        RowError: it does not add up, or there are more than `most`.
    """
    ends = list(accumulate(sizes, initial=0))
    if ends[-1] != len(contents) or len(ends) > most + 1:
        raise RowError(
            f"{len(ends) - 1} messages of {ends[-1]} bytes were announced (at most {most}), "
            f"and {len(contents)} bytes have come"
        )
    return tuple([contents[start:end] for start, end in pairwise(ends)])
