"""On which node to run something: pure functions over what the nodes say of themselves.

    nodes = [Candidate.of_record(record) for record in await client.nodes()]
    fit = matching(nodes, ["gpu=yes", "host=lab-*"])
    for node in spread(fit, 10): ...

Rules that hold here:

1. The same nodes and the same counts give the same choice: what is equally good is ordered by peer id
   (test_the_same_choice_each_time).
2. A load is what a node said some seconds ago. Who places many things counts what he has placed himself:
   `spread` does, and `placed` is for what was placed before (test_spread_counts_what_was_placed).
3. A node that does not tell its load counts as loaded as the average of those that do (test_unknown_loads).
4. Where no node fits, the error says which condition the last one failed (test_no_node_fits).

The named tests are in `tests/services/test_placement.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wetware.schema.cluster_capnp import View_Record

__all__ = [
    "LOAD_KEY",
    "Candidate",
    "Condition",
    "NoNodeError",
    "coarse_load",
    "here",
    "least_loaded",
    "matching",
    "spread",
]

LOAD_KEY: Final = "ww.load"
"""Under which a node tells its load: processes that want to run, for each processor."""
STEP: Final = 0.25
"""By how much a load is told to have changed; a smaller change is no news for a thousand nodes."""
MOST: Final = 99.0


class NoNodeError(LocalError):
    """No node of the cluster is what was asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that something can be placed on.

    Attributes:
        peer: its peer id.
        host: the name of its host.
        server: the number that it drew at its start.
        meta: what it says of itself, `key=value` each.
    """

    peer: str
    host: str = ""
    server: int = 0
    meta: tuple[str, ...] = ()

    @classmethod
    def of_record(cls, record: View_Record) -> Candidate:
        """As a view tells of it."""
        beat = record.heartbeat
        return cls(record.peer, beat.host, record.server, tuple(beat.meta))

    def values(self, key: str) -> list[str]:
        """What it says under a key: `peer`, `host`, `server`, or one of meta."""
        own = {"peer": self.peer, "host": self.host, "server": f"{self.server:016x}"}
        if key in own:
            return [own[key]]
        return [value for name, _, value in (entry.partition("=") for entry in self.meta) if name == key]

    @property
    def load(self) -> float | None:
        """How loaded it says to be; None where it says nothing that is a load."""
        for value in self.values(LOAD_KEY):
            try:
                load = float(value)
            except ValueError:
                continue
            if 0 <= load <= MOST:
                return load
        return None


@dataclass(frozen=True, slots=True)
class Condition:
    """What a node is to be.

    Attributes:
        key: `peer`, `host`, `server`, or a key of meta.
        value: what it is to be, or to begin with.
        prefix: whether it is only to begin so.
    """

    key: str
    value: str
    prefix: bool = False

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read `KEY=VALUE`, or `KEY=VALUE*` for a beginning. Raises `LocalError`."""
        key, equals, value = text.partition("=")
        if not key or not equals:
            raise LocalError(f"{text!r} is no condition: write KEY=VALUE, such as host=anna or gpu=yes")
        return cls(key, value.removesuffix("*"), value.endswith("*"))

    def holds(self, node: Candidate) -> bool:
        """Whether a node is that."""
        return any(
            value.startswith(self.value) if self.prefix else value == self.value
            for value in node.values(self.key)
        )

    def __str__(self) -> str:
        return f"{self.key}={self.value}{'*' if self.prefix else ''}"


def here(nodes: Iterable[Candidate], peer: str) -> Candidate:
    """The node with this peer id, or whose id ends so. Raises `NoNodeError`."""
    found = [node for node in nodes if node.peer == peer or (peer and node.peer.endswith(peer))]
    if len(found) != 1:
        what = "no node is" if not found else f"{len(found)} nodes are"
        raise NoNodeError(f"{what} called {peer!r}; `ww ls` lists them")
    return found[0]


def matching(nodes: Iterable[Candidate], conditions: Iterable[Condition | str]) -> list[Candidate]:
    """The nodes for which every condition holds, by peer id. Raises `NoNodeError` where there are none."""
    left = sorted(nodes, key=lambda node: node.peer)
    if not left:
        raise NoNodeError("there are no nodes")
    for wanted in conditions:
        condition = Condition.parse(wanted) if isinstance(wanted, str) else wanted
        fit = [node for node in left if condition.holds(node)]
        if not fit:
            raise NoNodeError(f"no node fits: of {len(left)} that were left none has {condition}")
        left = fit
    return left


def least_loaded(nodes: Sequence[Candidate], placed: Mapping[str, int] | None = None) -> Candidate:
    """The node with the most room.

    Args:
        nodes: those to choose from.
        placed: how many things were placed on each, by peer id, that its load may not tell of yet.

    Raises:
        NoNodeError: there are none.
    """
    if not nodes:
        raise NoNodeError("there are no nodes")
    known = [load for node in nodes if (load := node.load) is not None]
    average = sum(known) / len(known) if known else 0.0
    counts = placed or {}

    def weight(node: Candidate) -> tuple[float, str]:
        load = node.load
        return (average if load is None else load) + counts.get(node.peer, 0), node.peer

    return min(nodes, key=weight)


def spread(
    nodes: Sequence[Candidate], count: int, placed: Mapping[str, int] | None = None
) -> list[Candidate]:
    """Nodes for so many things, as evenly as can be: on none more than one more than on any other.

    What is left over goes to the least loaded ones.

    Args:
        nodes: those to choose from.
        count: how many things are to be placed.
        placed: how many were placed on each before, by peer id.

    Raises:
        NoNodeError: there are no nodes.
        LocalError: a count below 0.
    """
    if count < 0:
        raise LocalError(f"{count} things cannot be placed")
    if not nodes:
        raise NoNodeError("there are no nodes")
    counts = {node.peer: (placed or {}).get(node.peer, 0) for node in nodes}
    chosen = []
    for _ in range(count):
        fewest = min(counts.values())
        node = least_loaded([node for node in nodes if counts[node.peer] == fewest])
        counts[node.peer] += 1
        chosen.append(node)
    return chosen


def coarse_load(load: float, told: float | None) -> float:
    """The load to tell: in steps, and the one told before until the real one is a whole step away from it.

    Args:
        load: processes that want to run, for each processor.
        told: what was told last; None for nothing yet.
    """
    load = min(max(load, 0.0), MOST)
    if told is not None and abs(load - told) < STEP:
        return told
    return round(load / STEP) * STEP
