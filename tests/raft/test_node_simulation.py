"""Whole groups of members under seeds: see `node_simulation`."""

import pytest
from node_simulation import World


def run(seed):
    world = World(seed).run()
    wrong = world.verdict()
    assert wrong is None, f"seed {seed}: {wrong}"
    return world


def test_histories_are_linearizable_whatever_happens():
    worlds = [run(seed) for seed in range(20)]
    assert sum(len(world.history) for world in worlds) > 2000
    assert sum(world.changes for world in worlds) > 20


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_histories_are_linearizable_for_many_seeds():
    for seed in range(1000, 1500):
        run(seed)
