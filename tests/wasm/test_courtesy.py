"""A busy event loop rests now and then while runners wait for their turn, and an idle one is left alone."""

import pytest

from wetware.wasm.courtesy import BUSY_LOOK, IDLE_LOOK, REST, Courtesy


class Time:
    """A loop, a clock and a thread's work, moved by hand."""

    def __init__(self):
        self.now = self.worked = 0
        self.due = []
        self.rests = []
        self.wanted = True
        self.courtesy = Courtesy(
            self,
            lambda: self.wanted,
            now=lambda: self.now,
            worked=lambda: self.worked,
            rest=self.rests.append,
        )

    def call_later(self, seconds, callback):
        self.due.append((seconds, callback))

    def passes(self, share):
        """The time until the next look, of which the loop worked so much."""
        [(seconds, callback)] = self.due
        self.due.clear()
        self.now += int(seconds * 1e9)
        self.worked += int(seconds * 1e9 * share)
        callback()
        return seconds


@pytest.fixture
def time():
    return Time()


def test_a_busy_loop_rests(time):
    time.courtesy.begin()
    assert [time.passes(1.0) for _ in range(3)] == [BUSY_LOOK] * 3
    assert time.rests == [REST] * 3
    assert REST <= BUSY_LOOK / 20


def test_an_idle_loop_is_looked_at_less_often(time):
    time.courtesy.begin()
    assert [time.passes(0.1) for _ in range(3)] == [BUSY_LOOK, IDLE_LOOK, IDLE_LOOK]
    assert not time.rests
    time.passes(1.0)
    assert time.rests == [REST]
    assert time.passes(0.1) == BUSY_LOOK


def test_nobody_looks_when_nobody_waits(time):
    time.courtesy.begin()
    time.courtesy.begin()
    time.wanted = False
    time.passes(1.0)
    assert not time.due
    assert not time.rests
    time.wanted = True
    time.courtesy.begin()
    time.passes(1.0)
    assert time.rests == [REST]
