"""The simulation of three vats (see `simulation.py`): some seeds always, ten thousand in the slow suite."""

import gc
import random

import pytest
import simulation


@pytest.fixture(autouse=True)
def _no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def run(seeds, steps):
    for count, seed in enumerate(seeds):
        try:
            simulation.run(seed, steps)
        except BaseException:
            print(f"seed {seed}, {steps} steps")
            raise
        if count % 50 == 0:
            gc.collect()  # the simulation's own rings


def test_two_hundred_seeds():
    run(range(200), 120)


def test_seeds_that_found_something():
    # results that came by a tail call to their own caller named an object before its embargo was lifted
    run([9034], 150)


def test_some_long_runs():
    run(range(5), 1500)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_ten_thousand_seeds():
    run(range(1_000, 11_000), 150)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_seeds_that_nobody_has_seen():
    run(random.SystemRandom().sample(range(1 << 60), 500), 200)
