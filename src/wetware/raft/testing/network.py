"""A network that loses, repeats, delays, reorders and parts; which links are cut may differ by direction.

It holds no messages: it says when the copies of one arrive, and whether a link is open at that moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

__all__ = ["Network"]


class Network:
    """The links between nodes.

    Args:
        rng: chance.
        loss: the share of messages that never arrive.
        duplication: the share that arrives twice.
        delay: shortest and longest time under way; a wide range reorders.

    Attributes:
        cut: the links, as (from, to), that let nothing through.
    """

    def __init__(
        self,
        rng: random.Random,
        *,
        loss: float = 0.0,
        duplication: float = 0.0,
        delay: tuple[int, int] = (1, 30),
    ) -> None:
        self._rng = rng
        self.loss = loss
        self.duplication = duplication
        self.delay = delay
        self.cut: set[tuple[int, int]] = set()

    def delays(self) -> list[int]:
        """How long each copy of a message is under way; none: it is lost."""
        rng = self._rng
        low, high = self.delay
        if rng.random() < self.loss:
            return []
        found = [low + int(rng.random() * (high - low))]
        if rng.random() < self.duplication:
            found.append(low + int(rng.random() * 4 * (high - low)))
        return found

    def is_open(self, sender: int, receiver: int) -> bool:
        """Whether what is under way from one to the other arrives."""
        return (sender, receiver) not in self.cut

    def part(self, one: Iterable[int], other: Iterable[int], *, both_ways: bool = True) -> None:
        """Cut the links from one group to the other."""
        other = list(other)
        for left in one:
            for right in other:
                self.cut.add((left, right))
                if both_ways:
                    self.cut.add((right, left))

    def heal(self) -> None:
        """Open all links, and stop losing and repeating."""
        self.cut.clear()
        self.loss = self.duplication = 0.0
