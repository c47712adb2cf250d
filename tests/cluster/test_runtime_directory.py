"""The run-time directory: who stands in it, and who may look."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from doors import key

from wetware.cluster.addresses import Address
from wetware.cluster.runtime_directory import Entry, RuntimeDirectory, runtime_path
from wetware.errors import LocalError

SRC = Path(__file__).parents[2] / "src"


def entry(number, *, started=1.0, ns="ww"):
    return Entry(key(number).peer, Address("127.0.0.1", 1000 + number), 42, ns, started)


@pytest.fixture
def directory(tmp_path):
    return RuntimeDirectory(tmp_path / "run")


@pytest.fixture
def register(directory):
    """Registers nodes until the end of the test."""
    registrations = []

    def register(entry):
        registrations.append(directory.register(entry))
        return registrations[-1]

    yield register
    for registration in registrations:
        registration.close()


def test_where_it_is():
    assert runtime_path({"WW_RUNTIME": "/a", "XDG_RUNTIME_DIR": "/b"}) == Path("/a")
    assert runtime_path({"XDG_RUNTIME_DIR": "/b"}) == Path("/b/wetware")
    assert str(runtime_path({})).endswith(f"wetware-{os.getuid()}")


def test_entries(directory, register):
    registrations = [register(entry(1, started=1.0)), register(entry(2, started=2.0))]
    register(entry(3, ns="other"))
    assert directory.entries("ww") == [entry(2, started=2.0), entry(1, started=1.0)]
    registrations[0].close()
    assert directory.entries("ww") == [entry(2, started=2.0)]
    registrations[1].close()
    registrations[1].close()
    assert directory.entries("ww") == []


def test_stale_entries(directory):
    """A node that was killed leaves its entry, and not its lock."""
    program = (
        "import os, sys, pathlib\n"
        "from wetware.cluster.runtime_directory import *\n"
        "from wetware.cluster.addresses import Address\n"
        "from wetware.cluster.identity import NodeKey\n"
        "kept = RuntimeDirectory(pathlib.Path(sys.argv[1])).register(\n"
        "    Entry(NodeKey(bytes([7]) * 32).peer, Address('127.0.0.1', 1), os.getpid(), 'ww', 1.0))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    ended = subprocess.run([sys.executable, "-c", program, str(directory.path)], env=environment, check=False)
    assert ended.returncode == -9
    [left] = (directory.path / "nodes").iterdir()
    assert json.loads(left.read_text())["peer"] == str(key(7).peer)
    assert directory.entries() == []
    assert not left.exists()


def test_a_node_that_comes_back_is_not_cleaned_up(directory):
    old = directory.register(entry(1, started=1.0))
    new = directory.register(entry(1, started=2.0))
    old.close()
    assert [found.started for found in directory.entries()] == [2.0]
    new.close()


def test_a_removed_entry_is_written_again(directory):
    registration = directory.register(entry(1))
    for path in (directory.path / "nodes").iterdir():
        path.unlink()
    assert directory.entries() == []
    registration.refresh()
    assert directory.entries() == [entry(1)]
    registration.refresh()
    registration.close()
    registration.refresh()
    assert directory.entries() == []


@pytest.mark.parametrize(
    "change",
    [
        {"peer": "nobody"},
        {"peer": 5},
        {"address": "nowhere"},
        {"address": None},
        {"pid": "x"},
        {"started": "x"},
        {"started": "1e999"},
    ],
)
def test_what_is_no_entry(directory, register, change, monkeypatch):
    monkeypatch.setattr("wetware.cluster.runtime_directory.is_locked", lambda file: True)
    good = json.loads(register(entry(1))._path.read_text())
    changed = {**good, **change}
    (directory.path / "nodes" / "x.json").write_text(json.dumps(changed))
    (directory.path / "nodes" / "y.json").write_text("[" * 4000)
    (directory.path / "nodes" / "z.json").write_bytes(b"\xff" * 10_000)
    (directory.path / "nodes" / "d.json").mkdir()
    os.mkfifo(directory.path / "nodes" / "f.json")
    assert directory.entries() == [entry(1)]


def test_the_key_is_made_once(directory):
    first = directory.key()
    assert RuntimeDirectory(directory.path).key() == first
    assert (directory.path / "runtime.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_key(directory):
    path = directory.path / "runtime.key"
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(LocalError, match="damaged"):
        directory.key()
    path.chmod(0o644)
    with pytest.raises(LocalError, match="open to other users"):
        directory.key()


def test_a_directory_that_others_may_enter(tmp_path):
    (tmp_path / "run").mkdir(mode=0o755)
    with pytest.raises(LocalError, match="open to other users"):
        RuntimeDirectory(tmp_path / "run")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make another user's link")
def test_another_users_link(tmp_path):
    (tmp_path / "mine").mkdir(mode=0o700)
    (tmp_path / "run").symlink_to(tmp_path / "mine")
    assert RuntimeDirectory(tmp_path / "run").entries() == []  # one's own is as good as a directory
    os.lchown(tmp_path / "run", 12345, 12345)
    with pytest.raises(LocalError, match="another user's link"):
        RuntimeDirectory(tmp_path / "run")
