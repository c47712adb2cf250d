"""Silence, suspicion, death; and time as the node itself lived it."""

import pytest
from beats import peer

from wetware.cluster.detector import Clock, Detector, Findings
from wetware.errors import LocalError

A, B = peer(1), peer(2)


def test_silence():
    detector = Detector(2.5, 4.0)
    detector.watch(A, 0)
    assert detector.advance(2.4) == Findings()
    assert detector.advance(2.5) == Findings(suspected=(A,))
    assert detector.advance(3.9) == Findings()
    assert detector.suspects == {A}
    assert detector.advance(4.0) == Findings(dead=(A,))
    assert detector.advance(9.0) == Findings()
    assert detector.watched == frozenset()


def test_a_late_tick_suspects_first():
    """However late, suspicion comes before death: there is always a moment to ask around."""
    detector = Detector(2.5, 4.0)
    detector.watch(A, 0)
    assert detector.advance(100) == Findings(suspected=(A,))
    assert detector.advance(100.1) == Findings(dead=(A,))


def test_heard_again():
    detector = Detector(2.5, 4.0)
    detector.watch(A, 0)
    detector.advance(3)
    assert detector.heard(A, 3.5, 3.5)
    assert not detector.heard(A, 3.6, 3.6)  # it was no suspect any more
    assert detector.suspects == frozenset()
    assert detector.advance(6) == Findings()
    assert detector.advance(6.2) == Findings(suspected=(A,))


def test_late_news():
    detector = Detector(2.5, 4.0)
    detector.watch(A, 0)
    detector.advance(2.6)
    assert not detector.heard(A, 0.5, 3.0)  # said long ago: silence is shorter, and still silence
    assert detector.suspects == {A}
    assert detector.advance(4.4) == Findings()
    assert not detector.heard(A, 0.2, 4.4)
    assert detector.advance(4.5) == Findings(dead=(A,))
    assert not detector.heard(B, 5, 5)  # not watched


def test_a_lost_connection_is_ground_for_suspicion():
    detector = Detector(2.5, 4.0)
    detector.watch(A, 10)
    assert detector.suspect(A, 10)
    assert not detector.suspect(A, 10.1)
    assert not detector.suspect(B, 10)
    assert detector.advance(11.4) == Findings()
    assert detector.advance(11.5) == Findings(dead=(A,))


def test_watching_twice_is_watching_once():
    detector = Detector(2.5, 4.0)
    detector.watch(A, 0)
    detector.watch(A, 2)
    assert detector.advance(2.5).suspected == (A,)
    detector.unwatch(A)
    detector.unwatch(B)
    assert detector.advance(5) == Findings()


def test_thresholds_in_order():
    for wrong in ((0, 1), (2, 2), (3, 2), (-1, 1)):
        with pytest.raises(LocalError):
            Detector(*wrong)


def test_a_stall_of_ones_own_is_no_silence():
    clock = Clock(0.5)
    assert clock.read(1000.0) == 1000.0
    assert clock.read(1000.4) == pytest.approx(1000.4)
    assert clock.read(1020.0) == pytest.approx(1000.9)  # frozen for 20 s
    assert clock.read(1020.1) == pytest.approx(1001.0)
    assert clock.read(500.0) == pytest.approx(1001.0)  # the clock jumped back
    assert clock.read(500.2) == pytest.approx(1001.2)
    assert clock.read(1e9) == pytest.approx(1001.7)
