"""What a user sees who waits: nothing of short waits; what for, and on a terminal how long, of long ones."""

import threading

import pytest

from wetware.cli import waiting as module
from wetware.cli.waiting import Waiting

CAP = 60


@pytest.fixture
def shown(monkeypatch):
    lines = []
    monkeypatch.setattr(module, "note", lines.append)
    return lines


def test_a_short_wait_is_not_told(shown):
    with Waiting():
        pass
    with Waiting() as waiting:
        waiting.begin("compiling", after=CAP)
    assert shown == []


def test_a_long_wait_is_told_once_and_its_end_too(shown, monkeypatch):
    monkeypatch.setattr(module, "WORTH_TELLING", 0.0)
    told = threading.Event()
    monkeypatch.setattr(module, "note", lambda line: (shown.append(line), told.set()))
    with Waiting() as waiting:
        waiting.begin("compiling")
        waiting.begin("compiling more")
        assert told.wait(CAP)
        waiting.end()
        waiting.end()
    assert shown == ["compiling", "done in 0 s"]


def test_of_a_wait_that_failed_the_error_is_told(shown, monkeypatch):
    monkeypatch.setattr(module, "WORTH_TELLING", 0.0)
    told = threading.Event()
    monkeypatch.setattr(module, "note", lambda line: (shown.append(line), told.set()))

    def fail():
        with Waiting() as waiting:
            waiting.begin("compiling")
            assert told.wait(CAP)
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert shown == ["compiling"]


def test_on_a_terminal_a_clock_runs_and_goes_again(shown, monkeypatch):
    clock, ran = [], threading.Event()
    monkeypatch.setattr(module, "is_rich", lambda _stream: True)
    monkeypatch.setattr(module, "TICK", 0.001)
    monkeypatch.setattr(module, "transient", lambda line: (clock.append(line), len(clock) > 2 and ran.set()))
    with Waiting() as waiting:
        waiting.begin("compiling")
        assert ran.wait(CAP)
    assert set(clock[:-1]) == {"0 s"}
    assert clock[-1] == ""
    assert not [thread for thread in threading.enumerate() if thread.name == "ww-waiting"]
