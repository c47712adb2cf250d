"""For whom processes run: an account, with all that its processes spawn.

Rules that hold here:

1. A process belongs to the owner that its spawn names, or to that of the process that asks for it; so what a
   process of an owner spawns is the owner's, however deep (test_what_they_spawn_is_his).
2. It counts from its spawn until it is released (test_no_more_than_he_may_have).
3. Only the table writes an owner, but for what he may have.

The named tests are in `tests/process/test_owners.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wetware.process.entry import Entry

__all__ = ["OWNED", "Owner"]

OWNED = "account-processes"
"""The limit's name in errors."""


class Owner:
    """One of those for whom processes run.

    Attributes:
        name: who it is.
        max_processes: how many of his processes may be live at once; None for as many as the table holds.
        entries: his processes, in the order of their spawns.
    """

    __slots__ = ("__weakref__", "entries", "max_processes", "name")

    def __init__(self, name: Hashable, max_processes: int | None = None) -> None:
        self.name = name
        self.max_processes = max_processes
        self.entries: dict[Entry, None] = {}
