"""The cache of compiled programs: what is found is what was stored, by us, and nobody else."""

import logging
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
import wasmtime

import wetware
from wetware.wasm import private_directory as directory_file
from wetware.wasm.cid import Cid
from wetware.wasm.compiled import CompiledCache, entry_key
from wetware.wasm.private_directory import UnsafeDirectoryError, cache_root, private_directory, secret_in

CODE = bytes(range(256)) * 300
TRAILER = 40


def key(n=0):
    return entry_key(bytes([n]) * 64, engine="wasmtime 50.0.1", configuration="c", target="t")


@pytest.fixture
def cache(tmp_path):
    return CompiledCache(tmp_path / "cache")


def payload(path):
    return path.read_bytes()[:-TRAILER]


def test_what_was_stored_is_found(cache):
    assert cache.find(key()) is None
    path = cache.store(key(), CODE)
    assert cache.find(key()) == path
    assert payload(path) == CODE
    assert path.parent == cache.directory
    assert cache.total_bytes == len(CODE) + TRAILER
    assert CompiledCache(cache.directory).find(key()) == path  # another process, the same secret


def test_everything_that_goes_in_makes_another_name():
    names = {
        entry_key(b"a", engine="b", configuration="c", target="d"),
        entry_key(b"x", engine="b", configuration="c", target="d"),
        entry_key(b"a", engine="x", configuration="c", target="d"),
        entry_key(b"a", engine="b", configuration="x", target="d"),
        entry_key(b"a", engine="b", configuration="c", target="x"),
        entry_key(b"ab", engine="", configuration="c", target="d"),
        entry_key(b"a", engine="bc", configuration="", target="d"),
    }
    assert len(names) == 7
    with pytest.raises(ValueError, match="entry_key"):
        CompiledCache.find(CompiledCache.__new__(CompiledCache), "../../etc/passwd")


def test_files_are_ours_alone(cache):
    path = cache.store(key(), CODE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert cache.directory.stat().st_mode & 0o777 == 0o700
    assert (cache.directory / "secret").stat().st_mode & 0o777 == 0o600


DAMAGE = {
    "a changed byte": lambda b: b[:100] + bytes([b[100] ^ 1]) + b[101:],
    "a changed last byte": lambda b: b[:-1] + bytes([b[-1] ^ 1]),
    "cut short": lambda b: b[:-1],
    "cut very short": lambda b: b[:10],
    "empty": lambda b: b"",
    "longer": lambda b: b + b"\0",
    "no trailer": lambda b: b[:-TRAILER],
    "another magic": lambda b: b[:-TRAILER] + b"wwcwasm0" + b[-32:],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_removed_with_a_warning(cache, caplog, damage):
    path = cache.store(key(), CODE)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    with caplog.at_level(logging.WARNING):
        assert cache.find(key()) is None
    assert "is removed from the cache of compiled programs" in caplog.text
    assert not path.exists()
    assert cache.find(key()) is None
    assert cache.store(key(), CODE) == cache.find(key()) == path


def test_an_entry_of_another_name_is_refused(cache):
    """Whoever exchanged two good entries would run one program under the name of another."""
    one, two = cache.store(key(1), CODE), cache.store(key(2), CODE[::-1])
    two.replace(one)
    assert cache.find(key(1)) is None


def test_an_entry_that_another_user_made_is_refused(cache, tmp_path):
    """Somebody who knows everything but the secret."""
    other = CompiledCache(tmp_path / "other")
    foreign = other.store(key(), b"evil")
    (cache.directory / foreign.name).write_bytes(foreign.read_bytes())
    assert cache.find(key()) is None


def test_an_entry_that_others_could_write_is_refused(cache):
    path = cache.store(key(), CODE)
    path.chmod(0o666)
    assert cache.find(key()) is None
    assert not path.exists()


def test_links_and_pipes_are_refused(cache, tmp_path):
    real = cache.store(key(1), CODE)
    (cache.directory / f"{key(2)}.cwasm").symlink_to(real)
    assert cache.find(key(2)) is None
    os.mkfifo(cache.directory / f"{key(3)}.cwasm")
    assert cache.find(key(3)) is None
    assert cache.find(key(1)) == real


def test_the_engine_maps_what_it_finds(cache, c_program, tmp_path):
    engine = wasmtime.Engine()
    bytecode = c_program("hello").read_bytes()
    name = entry_key(Cid.of(bytecode).digest, engine="w", configuration="", target="")
    cache.store(name, wasmtime.Module(engine, bytecode).serialize())
    module = cache.load(name, lambda path: wasmtime.Module.deserialize_file(engine, str(path)))
    store, linker = wasmtime.Store(engine), wasmtime.Linker(engine)
    wasi = wasmtime.WasiConfig()
    wasi.argv = ["hello", "cache"]
    wasi.stdout_file = str(tmp_path / "out")
    store.set_wasi(wasi)
    linker.define_wasi()
    cache.store(name, b"another")  # by renaming: what is mapped stays as it was
    cache.find(name).unlink()
    linker.instantiate(store, module).exports(store)["_start"](store)
    assert (tmp_path / "out").read_text() == "hello, cache\n"


def test_what_the_engine_refuses_is_removed(cache, caplog):
    path = cache.store(key(), CODE)
    engine = wasmtime.Engine()
    with caplog.at_level(logging.WARNING):
        assert cache.load(key(), lambda p: wasmtime.Module.deserialize_file(engine, str(p))) is None
    assert "the engine refuses it" in caplog.text
    assert not path.exists()
    assert cache.load(key(), Path.read_bytes) is None


def test_an_entry_that_vanishes_is_missing(cache, caplog):
    path = cache.store(key(), CODE)

    def vanish(found):
        path.unlink()
        return found.read_bytes()

    with caplog.at_level(logging.WARNING):
        assert cache.load(key(), vanish) is None
    assert not caplog.text


def test_what_was_used_longest_ago_goes_first(tmp_path):
    size = 1000
    cache = CompiledCache(tmp_path / "cache", max_bytes=3 * (size + TRAILER))
    for n in range(3):
        os.utime(cache.store(key(n), bytes(size)), (n + 1000, n + 1000))
    assert cache.find(key(0))
    cache.store(key(3), bytes(size))
    assert [cache.find(key(n)) is not None for n in range(4)] == [True, False, True, True]
    assert cache.total_bytes <= cache.max_bytes


def test_what_is_larger_than_the_cache_is_not_stored(tmp_path, caplog):
    cache = CompiledCache(tmp_path / "cache", max_bytes=1000)
    kept = cache.store(key(1), bytes(500))
    with caplog.at_level(logging.WARNING):
        assert cache.store(key(2), bytes(961)) is None
    assert "larger than the whole cache" in caplog.text
    assert cache.find(key(1)) == kept
    assert sorted(p.name for p in cache.directory.iterdir()) == sorted([kept.name, "secret"])


@pytest.mark.parametrize(
    ("where", "what"),
    [(tempfile, "mkstemp"), (Path, "write_bytes"), (Path, "replace")],
)
def test_a_full_disk_is_no_error(cache, monkeypatch, caplog, where, what):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(where, what, full)
    with caplog.at_level(logging.WARNING):
        assert cache.store(key(), CODE) is None
    assert "No space left on device" in caplog.text
    assert [path.name for path in cache.directory.iterdir()] == ["secret"]


def test_what_a_dead_writer_left_is_cleared_away(cache):
    old, new = cache.scratch(), cache.scratch()
    os.utime(old, (1, 1))
    cache.store(key(), CODE)
    assert not old.exists()
    assert new.exists()


def test_a_file_filled_by_another_is_adopted(cache):
    scratch = cache.scratch()
    scratch.write_bytes(CODE)
    path = cache.adopt(key(), scratch)
    assert payload(path) == CODE
    assert not scratch.exists()
    assert cache.find(key()) == path


def test_what_cannot_be_adopted_stays_usable(tmp_path, caplog):
    cache = CompiledCache(tmp_path / "cache", max_bytes=100)
    scratch = cache.scratch()
    scratch.write_bytes(CODE)
    with caplog.at_level(logging.WARNING):
        assert cache.adopt(key(), scratch) is None
    assert scratch.read_bytes() == CODE
    assert cache.store(key(), CODE) is None
    assert [p for p in cache.directory.iterdir() if p.name != "secret"] == [scratch]


WRITER = """
import sys
from pathlib import Path
from wetware.wasm.compiled import CompiledCache, entry_key
cache = CompiledCache(Path(sys.argv[1]), max_bytes=200_000)
bad = 0
for turn in range(60):
    n = turn % 4
    key = entry_key(bytes([n]) * 64, engine="", configuration="", target="")
    cache.store(key, bytes([n]) * (20_000 + 1000 * int(sys.argv[2])))
    for m in range(6):
        key = entry_key(bytes([m]) * 64, engine="", configuration="", target="")
        bad += cache.load(key, lambda p: set(p.read_bytes()[:-40])) not in ({m}, None)
print("bad", bad)
"""


def test_several_processes_share_it(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(Path(wetware.__file__).parent.parent)}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "cache"), str(n)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(3)
    ]
    for writer in writers:
        out, errors = writer.communicate(timeout=60)
        assert out == "bad 0\n", errors
        assert "damaged" not in errors
        assert "removed" not in errors
    assert CompiledCache(tmp_path / "cache").total_bytes <= 200_000


def test_threads_agree_on_the_secret(tmp_path):
    directory, secrets = private_directory(tmp_path / "d"), []
    threads = [threading.Thread(target=lambda: secrets.append(secret_in(directory))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(secrets) == 16
    assert len(set(secrets)) == 1
    assert [p.name for p in directory.iterdir()] == ["secret"]


def test_a_broken_secret_is_made_anew(cache):
    path = cache.store(key(), CODE)
    (cache.directory / "secret").write_bytes(b"short")
    again = CompiledCache(cache.directory)
    assert again.find(key()) is None
    assert not path.exists()
    assert again.store(key(), CODE)
    assert CompiledCache(cache.directory).find(key())


def test_a_file_system_without_hard_links_has_secrets_too(tmp_path, monkeypatch):
    def unsupported(self, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", unsupported)
    directory = private_directory(tmp_path / "d")
    assert secret_in(directory) == secret_in(directory)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722, 0o1777])
def test_a_directory_that_others_can_write_is_refused(tmp_path, mode):
    directory = tmp_path / "d"
    directory.mkdir()
    directory.chmod(mode)
    with pytest.raises(UnsafeDirectoryError, match="can be written by others"):
        CompiledCache(directory)
    assert not list(directory.iterdir())


def test_a_directory_below_one_that_others_can_write_is_refused(tmp_path):
    above = tmp_path / "above"
    above.mkdir()
    above.chmod(0o777)
    with pytest.raises(UnsafeDirectoryError, match=r"above can be written by others \(mode 777\)"):
        CompiledCache(above / "d")
    above.chmod(0o1777)  # as /tmp
    CompiledCache(above / "d")


def test_a_directory_of_another_user_is_refused(tmp_path, monkeypatch):
    (tmp_path / "d").mkdir(mode=0o700)
    owner = os.geteuid()
    monkeypatch.setattr(directory_file.os, "geteuid", lambda: owner + 1)
    with pytest.raises(UnsafeDirectoryError, match=f"belongs to another user \\(uid {owner}\\)"):
        CompiledCache(tmp_path / "d")


def test_a_file_in_the_place_of_the_directory_is_refused(tmp_path):
    (tmp_path / "f").write_text("")
    for path in (tmp_path / "f", tmp_path / "f" / "d", Path("/proc/nothing")):
        with pytest.raises(UnsafeDirectoryError, match="cannot be used"):
            CompiledCache(path)


def test_where_caches_belong(monkeypatch, tmp_path):
    monkeypatch.setenv("WW_CACHE", str(tmp_path / "w"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    monkeypatch.setenv("HOME", str(tmp_path / "h"))
    assert cache_root() == tmp_path / "w"
    assert CompiledCache().directory == tmp_path / "w" / "compiled"
    monkeypatch.delenv("WW_CACHE")
    assert cache_root() == tmp_path / "x" / "wetware"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_root() == tmp_path / "h" / ".cache" / "wetware"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_root() == tmp_path / "h" / ".cache" / "wetware"


def test_grants_that_overlap_are_told(cache, tmp_path):
    inside = cache.directory / "inside"
    inside.mkdir()
    link = tmp_path / "link"
    link.symlink_to(cache.directory)
    for path in (
        cache.directory,
        inside,
        tmp_path,
        Path("/"),
        link,
        link / "inside",
        inside / ".." / "..",
        inside / "no",
    ):
        assert cache.overlaps(path), path
        assert cache.overlaps(str(path)), path
    beside = tmp_path / "cache-beside"
    beside.mkdir()
    for path in (beside, beside / "no", Path("/proc"), tmp_path / "no"):
        assert not cache.overlaps(path), path


def test_storing_does_not_list_the_directory_each_time(tmp_path, monkeypatch):
    """What a store takes does not grow with what is there already, neither before the limit nor at it."""
    cache = CompiledCache(tmp_path / "cache", max_bytes=1000 * (100 + TRAILER))
    listed = []
    entries = cache._entries
    monkeypatch.setattr(cache, "_entries", lambda: listed.append(None) or entries())
    for number in range(2000):
        assert cache.store(f"{number:064x}", bytes(100))
    assert len(listed) < 100
    assert len(list(cache.directory.glob("*.cwasm"))) <= 1000
