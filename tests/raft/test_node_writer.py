"""Who writes to the log, when, and who hears of it."""

import asyncio
import threading

import pytest

from wetware.raft.log.errors import DiskError
from wetware.raft.node.core.pace import Pace
from wetware.raft.node.writer import Writer


class Job:
    """A work that notes where it is done."""

    size = 100

    def __init__(self, happened, error=None):
        self.happened, self.error = happened, error

    def run(self):
        here = threading.current_thread() is threading.main_thread()
        self.happened.append("written by the loop" if here else "written by the thread")
        if self.error is not None:
            raise self.error


class Desk:
    """A writer with what came of its work."""

    def __init__(self, monkeypatch, *, quick, in_memory=False):
        monkeypatch.setattr(Pace, "here", lambda _, size: quick and size < 1000)
        self.happened = []
        self.heard = asyncio.Event()
        self.writer = Writer(asyncio.get_running_loop(), self.done, "log", in_memory=in_memory)

    def done(self, job, error):
        assert not self.writer.busy
        self.happened.append(error)
        self.heard.set()

    def write(self, *, error=None):
        return self.writer.write(Job(self.happened, error))


async def test_a_quick_disk_is_written_to_at_once(monkeypatch):
    desk = Desk(monkeypatch, quick=True)
    assert desk.write()
    assert (desk.happened, desk.writer.busy) == (["written by the loop"], False)
    with pytest.raises(DiskError):
        desk.write(error=DiskError("gone"))
    desk.writer.close()


async def test_what_goes_wrong_in_the_thread_is_told(monkeypatch):
    desk = Desk(monkeypatch, quick=False)
    error = DiskError("gone")
    assert not desk.write(error=error)
    await desk.heard.wait()
    assert desk.happened == ["written by the thread", error]
    desk.writer.close()


async def test_a_slow_disk_keeps_nobody(monkeypatch):
    desk = Desk(monkeypatch, quick=False)
    assert not desk.write()
    assert desk.writer.busy
    await desk.heard.wait()
    assert desk.happened == ["written by the thread", None]
    desk.writer.close()


async def test_memory_needs_no_thread(monkeypatch):
    threads = threading.active_count()
    desk = Desk(monkeypatch, quick=False, in_memory=True)
    assert desk.write()
    assert desk.happened == ["written by the loop"]
    assert threading.active_count() == threads
    desk.writer.close()
