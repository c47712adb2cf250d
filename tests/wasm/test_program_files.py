"""Which content of a file is run, and what is told of a file that cannot be."""

import errno
import os
from pathlib import Path

import pytest

from wetware import Node, NotFoundError, NotRunnableError
from wetware.node import UnreadableError
from wetware.wasm import loader


def exiting(code):
    return b'(module (import "wasi_snapshot_preview1" "proc_exit" (func $e (param i32)))' + (
        b'(func (export "_start") (call $e (i32.const %03d))))' % code
    )


async def test_a_file_that_is_rewritten_within_a_tick_is_read_again(tmp_path):
    """Of the same size, in place, in one tick of the file system's clock: nothing but its content changes."""
    path = tmp_path / "program.wat"
    async with Node(runners=1, cache=False) as node:
        for round_ in range(200):
            path.write_bytes(exiting(round_ % 2))
            program = await node.load(path)
            assert program.cid == (await node.load(path.read_bytes())).cid, round_


async def test_a_file_that_has_settled_is_not_read_again(tmp_path, monkeypatch):
    path = tmp_path / "program.wat"
    path.write_bytes(exiting(3))
    monkeypatch.setattr(loader, "SETTLED", -3600.0)
    async with Node(runners=1, cache=False) as node:
        program = await node.load(path)

        async def read(_source):
            raise AssertionError("it was read again")

        monkeypatch.setattr(loader, "program_bytes", read)
        assert await node.load(path) is program
        os.utime(path, (1, 1))
        with pytest.raises(AssertionError):
            await node.load(path)


async def test_a_file_whose_time_is_set_back_is_read_again(tmp_path, monkeypatch):
    """As `cp -p` and archives do."""
    path = tmp_path / "program.wat"
    path.write_bytes(exiting(3))
    os.utime(path, (1, 1))
    monkeypatch.setattr(loader, "SETTLED", -3600.0)
    async with Node(runners=1, cache=False) as node:
        first = await node.load(path)
        before = path.stat().st_ctime_ns
        while path.stat().st_ctime_ns == before:
            path.write_bytes(exiting(4))
            os.utime(path, (1, 1))
        assert (await node.load(path)).cid != first.cid


async def test_a_file_that_is_not_there(tmp_path):
    (tmp_path / "file").write_bytes(exiting(0))
    async with Node(runners=1, cache=False) as node:
        for path in (tmp_path / "nothing", tmp_path / "file" / "below"):
            with pytest.raises(NotFoundError, match="there is no file"):
                await node.load(path)


async def test_a_file_that_is_there_and_cannot_be_read(tmp_path, monkeypatch):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    denied = tmp_path / "denied"
    denied.write_bytes(exiting(0))
    read_bytes = Path.read_bytes

    def refuse(path):
        if path == denied:  # the permissions of files do not bind everybody who runs tests
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    async with Node(runners=1, cache=False) as node:
        for path, why in ((loop, "symbolic links"), (denied, "Permission denied")):
            with pytest.raises(UnreadableError, match=f"cannot be read: .*{why}") as caught:
                await node.load(path)
            assert isinstance(caught.value, NotRunnableError)
