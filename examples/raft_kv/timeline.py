"""What happened to the replicas of a store while clients wrote, and its picture."""

import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wetware.raft.node import RaftClient
from wetware.schema.raft_capnp import Role, Status

COUNTER = b"+counter"
PATIENCE = 60.0  # seconds for what takes one
BUCKET = 0.1  # seconds a column
BARS = " ▁▂▃▄▅▆▇█"
LETTERS = {Role.LEADER: "L", Role.FOLLOWER: "f", Role.CANDIDATE: "c", Role.PRE_CANDIDATE: "c"}
KILLED, NODE_KILLED = "X", "#"
LEGEND = {
    "L": "leader",
    "f": "follower",
    "c": "candidate",
    KILLED: "killed",
    NODE_KILLED: "killed with its node",
    ".": "not running",
}


@dataclass(frozen=True)
class Kill:
    """The replicas of some rows were killed at once."""

    at: float
    rows: Sequence[str]
    mark: str
    words: str


@dataclass
class Timeline:
    """What happened, and when, in seconds since the beginning.

    Attributes:
        rows: the names of the places whose replicas are watched.
        roles: the letter of a row's replica in each column in which it answered.
        writes: when additions were acknowledged.
        kills: what was killed.
        over: whether clients are to end.
    """

    rows: Sequence[str]
    began: float = field(default_factory=time.monotonic)
    roles: dict[tuple[str, int], str] = field(default_factory=dict)
    writes: list[float] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    over: bool = False

    def now(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    # --- what happens ---
    def saw(self, row: str, status: Status) -> None:
        """A row's replica has told what it is."""
        self.roles[row, int(self.now() / BUCKET)] = LETTERS[status.role]

    def killed(self, rows: Sequence[str], mark: str, words: str) -> None:
        """The replicas of some rows are about to be killed."""
        self.kills.append(Kill(self.now(), rows, mark, words))

    async def write(self, client: RaftClient) -> None:
        """Add to the counter until it is over."""
        while not self.over:
            await client.put(COUNTER, b"1", timeout=PATIENCE)
            self.writes.append(self.now())

    # --- what is told of it ---
    def failovers(self) -> list[float]:
        """For each kill, the longest time without an acknowledged write between it and the next one."""
        gaps = []
        for begin, end in pairwise([*(kill.at for kill in self.kills), math.inf]):
            after = [begin, *sorted(at for at in self.writes if begin < at < end)]
            gaps.append(max((later - at for at, later in pairwise(after)), default=0.0))
        return gaps

    def marks(self, row: str, columns: int) -> str:
        """A row: in each column what its replica was seen as, there or last before."""
        kills = {int(kill.at / BUCKET): kill.mark for kill in self.kills if row in kill.rows}
        marks, now = [], "."
        for column in range(columns):
            now = self.roles.get((row, column), now)
            if column in kills:
                marks.append(kills[column])
                now = "."
            else:
                marks.append(now)
        return "".join(marks)

    def draw(self) -> str:
        """The picture."""
        columns = int(max(self.writes, default=0) / BUCKET) + 1
        wide = max(map(len, [*self.rows, "writes"])) + 2
        seconds = "".join(f"{second}s".ljust(int(1 / BUCKET)) for second in range(int(columns * BUCKET) + 1))
        rows = {row: self.marks(row, columns) for row in self.rows}
        counts = Counter(int(at / BUCKET) for at in self.writes)
        most = max(counts.values(), default=1)
        bars = "".join(BARS[-(-counts[column] * (len(BARS) - 1) // most)] for column in range(columns))
        drawn = set("".join(rows.values()))
        legend = "   ".join(f"{mark} {meaning}" for mark, meaning in LEGEND.items() if mark in drawn)
        return "\n".join(
            [
                f"{'':{wide}}{seconds[:columns]}".rstrip(),
                *(f"{row:{wide}}{marks}" for row, marks in rows.items()),
                f"{'writes':{wide}}{bars}  at most {most} in {BUCKET:g} s",
                f"{'':{wide}}{legend}",
            ]
        )

    def report(self, counter: int) -> bool:
        """Print the picture and what came of it; whether the counter is what was acknowledged."""
        print(self.draw(), end="\n\n")
        for kill, gap in zip(self.kills, self.failovers(), strict=True):
            print(f"at {kill.at:.1f} s {kill.words}; no acknowledgement for {gap:.2f} s")
        print(f"{len(self.writes)} additions were acknowledged, the counter is {counter}")
        return counter == len(self.writes)
