"""Time as a node itself lived it, and when it runs late by habit."""

import pytest

from wetware.cluster.lateness import BEHIND, HABIT, MOST_LAG, Clock, Lateness


def test_a_stall_of_ones_own_is_no_silence():
    clock = Clock(0.5)
    assert clock.read(1000.0) == 1000.0
    assert clock.read(1000.4) == pytest.approx(1000.4)
    assert clock.read(1020.0) == pytest.approx(1000.9)  # frozen for 20 s
    assert clock.read(1020.1) == pytest.approx(1001.0)
    assert clock.read(500.0) == pytest.approx(1001.0)  # the clock jumped back
    assert clock.read(500.2) == pytest.approx(1001.2)
    assert clock.read(1e9) == pytest.approx(1001.7)


def test_unread_messages():
    clock = Clock(0.5)
    clock.read(0.0)
    clock.behind = True
    assert clock.read(0.4) == pytest.approx(0.4 / BEHIND)
    assert clock.read(10.4) == pytest.approx(0.9 / BEHIND)  # a stall at that
    assert clock.stalled
    clock.behind = False
    assert clock.read(10.8) == pytest.approx(0.9 / BEHIND + 0.4)


def play(lateness, gaps, start=0.0):
    """Regular work with these gaps; the lag after each."""
    now, lags = start, []
    for gap in gaps:
        now += gap
        lateness.worked(gap, now)
        lags.append(lateness.lag)
    return now, lags


def test_lag_is_a_habit():
    _, lags = play(Lateness(0.1, 1.0), [0.1, 0.3, 3600, 0.1, 0.34, 0.1])
    assert lags == [0] * 6  # one stall, and what is no lateness
    _, lags = play(Lateness(0.1, 1.0), [0.5, 0.5, 0.1, 2.0, 0.1, 3.0, 0.1])
    assert lags == [0, 1, 1, 1, 1, 3, 3]
    _, lags = play(Lateness(0.1, 1.0), [60.0, 60.0, 9.0, 9.0])
    assert lags == [0, 0, MOST_LAG, MOST_LAG]  # what is too long ago is no habit


def test_lag_passes():
    lateness = Lateness(0.1, 1.0)
    now, lags = play(lateness, [2.0, 2.0, 1.0])
    assert lags[-1] == 3
    now, lags = play(lateness, [0.1] * round(HABIT * 10 - 21), now)
    assert lags[-1] == 2
    _, lags = play(lateness, [0.1] * 30, now)
    assert lags[-1] == 0


def test_lateness_is_measured_in_intervals():
    _, lags = play(Lateness(0.1, 0.2), [0.3, 0.3, 0.1])
    assert lags == [0, 2, 2]


def test_jumps_back_are_nothing():
    lateness = Lateness(0.1, 1.0)
    assert lateness.read(1000.0) == 1000.0
    assert lateness.read(1e6) == 1e6
    assert lateness.read(5.0) == 1e6
    assert lateness.read(6.0) == 1e6 + 1
