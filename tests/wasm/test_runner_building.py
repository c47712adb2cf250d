"""The child that builds the interpreter of Python programs."""

import asyncio
import gc
import os
import sys

import pytest

from wetware.errors import BrokenError
from wetware.wasm.python import runner

CAP = 60


@pytest.fixture
def builder(tmp_path, monkeypatch):
    """A builder that writes its process id down and then waits, or does what else it is told."""

    def make(what="exec sleep 1000"):
        path = tmp_path / "builder"
        path.write_text(
            f"#!/bin/sh\necho $$ > {tmp_path}/started\nmv {tmp_path}/started {tmp_path}/pid\n{what}\n"
        )
        path.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(path))
        return tmp_path

    return make


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("turns", [*range(8), 30, 100])
async def test_cancelling_at_any_moment_leaves_nothing(builder, turns):
    """While the child is being started, too; again and again."""
    folder = builder()
    task = asyncio.create_task(runner._run_builder(folder, folder / "out"))
    for _ in range(turns):
        await asyncio.sleep(0)
    async with asyncio.timeout(CAP):
        while not task.done():
            task.cancel()
            await asyncio.sleep(0)
    assert task.cancelled()
    gc.collect()  # what is lost says so when it is collected
    if (folder / "pid").exists():
        assert gone(int((folder / "pid").read_text()))


async def test_cancelling_a_builder_at_work_ends_it(builder):
    folder = builder()
    task = asyncio.create_task(runner._run_builder(folder, folder / "out"))
    async with asyncio.timeout(CAP):
        while not (folder / "pid").exists():  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert gone(int((folder / "pid").read_text()))


async def test_a_builder_that_fails_says_why(builder):
    folder = builder("echo no such world >&2; exit 3")
    with pytest.raises(BrokenError, match="failed with 3: no such world"):
        await runner._run_builder(folder, folder / "out")


async def test_a_builder_that_cannot_be_started_is_told(builder, monkeypatch):
    folder = builder()
    monkeypatch.setattr(sys, "executable", str(folder / "nothing"))
    with pytest.raises(BrokenError, match="could not be started"):
        await runner._run_builder(folder, folder / "out")
