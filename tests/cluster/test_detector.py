"""Silence, suspicion, death."""

import pytest
from beats import peer

from wetware.cluster.detector import Detector, Findings
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


def test_one_that_runs_late():
    detector = Detector(2.5, 4.0)
    detector.watch(A, 0)
    detector.watch(B, 0, lag=1)  # as its heartbeat says
    assert detector.patience == 2
    assert detector.advance(4.9) == Findings(suspected=(A,))
    assert detector.heard(A, 4.9, 4.9, lag=3)
    assert detector.advance(5.0) == Findings(suspected=(B,))
    assert detector.advance(8.0) == Findings(dead=(B,))
    assert detector.patience == 4
    assert detector.advance(14.8) == Findings()
    assert detector.suspect(A, 14.8)
    assert detector.advance(20.7) == Findings()
    assert detector.heard(A, 20.7, 20.7)  # it is in time again
    assert detector.patience == 1
    assert detector.advance(23.2) == Findings(suspected=(A,))
    assert detector.advance(24.7) == Findings(dead=(A,))


def test_lateness_may_be_told_with_old_news():
    """What a node says of itself counts though the moment of it is past."""
    detector = Detector(2.5, 4.0)
    detector.watch(A, 0)
    assert not detector.heard(A, 0, 1, lag=2)
    assert detector.advance(7.4) == Findings()
    assert detector.advance(7.5) == Findings(suspected=(A,))
