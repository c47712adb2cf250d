"""Time as a node itself lived it, and when it runs late by habit."""

import pytest

from wetware.cluster.lateness import HABIT, MOST_LAG, Clock, Lateness


def test_a_stall_of_ones_own_is_no_silence():
    clock = Clock(0.5)
    assert clock.read(1000.0) == 1000.0
    assert clock.read(1000.4) == pytest.approx(1000.4)
    assert clock.read(1020.0) == pytest.approx(1000.9)  # frozen for 20 s
    assert clock.read(1020.1) == pytest.approx(1001.0)
    assert clock.read(500.0) == pytest.approx(1001.0)  # the clock jumped back
    assert clock.read(500.2) == pytest.approx(1001.2)
    assert clock.read(1e9) == pytest.approx(1001.7)


def test_slow_time():
    clock = Clock(0.5)
    clock.read(0.0)
    clock.lag = 3
    assert clock.read(0.4) == pytest.approx(0.1)
    assert clock.read(10.4) == pytest.approx(0.225)  # a stall at that
    assert clock.stalled
    clock.lag = 0
    assert clock.read(10.8) == pytest.approx(0.625)


def play(lateness, gaps):
    """Regular work with these gaps; the lag after each."""
    lags = []
    for gap in gaps:
        lateness.worked(gap)
        lags.append(lateness.lag)
    return lags


def test_lag_is_a_habit():
    lags = play(Lateness(0.1, 1.0), [0.1, 0.3, 3600, 0.1, 0.34, 0.1])
    assert lags == [0] * 6  # one stall, and what is no lateness
    lags = play(Lateness(0.1, 1.0), [0.5, 0.5, 0.1, 2.0, 0.1, 3.0, 0.1])
    assert lags == [0, 1, 1, 1, 1, 3, 3]
    assert play(Lateness(0.1, 1.0), [60.0, 60.0, 9.0]) == [0, MOST_LAG, MOST_LAG]


def test_lag_passes():
    """With time in which the work was done in time; however long that takes, nothing else is no habit."""
    lateness = Lateness(0.1, 1.0)
    assert play(lateness, [2.0, 2.0, 1.0])[-1] == 3
    assert play(lateness, [0.1] * (HABIT * 10 - 4))[-1] == 3
    assert play(lateness, [0.1] * 20)[-1] == 0
    assert play(lateness, [2.0, *[0.1] * (HABIT * 10 + 4), 2.0])[-1] == 0


def test_lateness_is_measured_in_intervals():
    lags = play(Lateness(0.1, 0.2), [0.3, 0.3, 0.1])
    assert lags == [0, 2, 2]


def test_jumps_back_are_nothing():
    lateness = Lateness(0.1, 1.0)
    assert lateness.read(1000.0) == 1000.0
    assert lateness.read(1e6) == 1e6
    assert lateness.read(5.0) == 1e6
    assert lateness.read(6.0) == 1e6 + 1
