"""What a supervisor decides: transcripts, and random lives against the rules."""

import os
import random
from pathlib import Path

import pytest
from supervision_transcript import replay

from wetware.errors import InternalError, LocalError
from wetware.services.supervision import Backoff, Finished, GaveUp, Start, Stop, Supervision

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path):
    now = replay(path)
    if os.environ.get("WW_REWRITE"):
        path.write_text(now)
    assert now == path.read_text()


def test_there_are_transcripts():
    assert len(TRANSCRIPTS) == 7


def test_what_cannot_be():
    for wrong in (
        lambda: Supervision({}, strategy="all-for-nothing"),
        lambda: Supervision({"a": "sometimes"}),
        lambda: Supervision({}, intensity=-1),
        lambda: Supervision({}, period=0),
        lambda: Backoff(first=2, most=1),
    ):
        with pytest.raises(LocalError):
            wrong()
    core = Supervision({"a": "permanent"})
    with pytest.raises(InternalError):
        core.ended("a", 0, normal=True, why="")


def test_delays():
    backoff = Backoff(first=1, most=100)
    assert [backoff.delay(n) for n in (0, 1, 2, 3, 8, 9, 10, 10_000)] == [0, 0, 1, 2, 64, 100, 100, 100]


class Life:
    """Children that live and die at random, and the rules that hold for them at every moment."""

    def __init__(self, seed):
        self.rng = rng = random.Random(seed)
        self.names = [f"c{number}" for number in range(rng.randrange(6))]
        self.kinds = {name: rng.choice(["permanent", "transient", "temporary"]) for name in self.names}
        self.strategy = rng.choice(["one-for-one", "one-for-all", "rest-for-one"])
        self.intensity = rng.choice([0, 2, 1000])
        self.core = Supervision(
            self.kinds, strategy=self.strategy, intensity=self.intensity, backoff=Backoff(0.5, 2, 5)
        )
        self.state = dict.fromkeys(self.names, "down")
        self.never_again = set()
        self.stopping = self.end = None
        self.closed = False
        self.now = 0.0

    def do(self, instructions):
        for instruction in instructions:
            assert self.end is None, "nothing comes after the end"
            match instruction:
                case Start(name):
                    assert self.state[name] == "down", "never two of one"
                    assert self.stopping is None, "nothing starts while something stops"
                    assert name not in self.never_again
                    assert not self.closed
                    self.state[name] = "starting"
                case Stop(name):
                    assert self.state[name] in ("starting", "up")
                    assert self.stopping is None, "one is stopped after the other"
                    self.stopping = name
                case Finished() | GaveUp():
                    assert set(self.state.values()) <= {"down"}
                    self.end = instruction

    def step(self):
        alive = [name for name, state in self.state.items() if state != "down"]
        choices = ["end"] * bool(alive) + ["up"] * 2 * ("starting" in self.state.values()) + ["time"]
        match self.rng.choice(choices):
            case "end":
                self.died(self.rng.choice(alive))
            case "up":
                name = self.rng.choice([n for n, state in self.state.items() if state == "starting"])
                self.state[name] = "up"
                self.do(self.core.started(name, self.now))
            case "time":
                wakes = self.core.wakes_at
                self.now = max(self.now, wakes if wakes is not None else self.now + self.rng.random())
                self.do(self.core.advance(self.now))

    def died(self, name):
        normal = self.rng.random() < 0.5
        asked = name == self.stopping
        if asked:
            self.stopping = None
        self.state[name] = "down"
        kind = self.kinds[name]
        if not asked and (kind == "temporary" or (kind == "transient" and normal)):
            self.never_again.add(name)
        self.do(self.core.ended(name, self.now, normal=normal, why="died"))


@pytest.mark.parametrize("seed", range(200))
def test_random_lives(seed):
    life = Life(seed)
    life.do(life.core.begin(0.0))
    for _ in range(life.rng.randrange(200)):
        if life.end is not None:
            break
        life.step()
    if life.end is None:
        # whatever was going on: left alone, it comes to rest with all that are to run running
        for _ in range(1000):
            if life.end is not None:
                break
            starting = [name for name, state in life.state.items() if state == "starting"]
            if life.stopping is not None:
                life.died(life.stopping)
            elif starting:
                life.state[starting[0]] = "up"
                life.do(life.core.started(starting[0], life.now))
            elif (wakes := life.core.wakes_at) is not None:
                life.now = max(life.now, wakes)
                life.do(life.core.advance(life.now))
            else:
                break
        if life.end is None:
            for name in life.names:
                running = life.state[name] == "up"
                assert running or name in life.never_again or life.kinds[name] == "temporary"
    if life.end is None:
        life.do(life.core.stop(life.now))
        life.closed = True
        while life.stopping is not None:
            life.died(life.stopping)
    assert life.end is not None
    assert isinstance(life.end, Finished) or life.intensity < 1000
