"""Where keys are kept."""

from pathlib import Path

import pytest

from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.homes import account_key, cluster_key_path, data_path, load_ring, save_ring
from wetware.errors import LocalError

ONE, TWO = ClusterKey(b"1" * 32), ClusterKey(b"2" * 32)


def test_where_they_are():
    assert data_path({"WW_DATA": "/a", "XDG_DATA_HOME": "/b"}) == Path("/a")
    assert data_path({"XDG_DATA_HOME": "/b"}) == Path("/b/wetware")
    assert data_path({}) == Path.home() / ".local/share/wetware"
    assert cluster_key_path({"WW_DATA": "/a"}) == Path("/a/cluster.key")
    assert cluster_key_path({"WW_DATA": "/a", "WW_CLUSTER_KEY": "/k"}) == Path("/k")


def test_without_a_home(monkeypatch):
    def nobody():
        raise RuntimeError

    monkeypatch.setattr("pathlib.Path.home", nobody)
    with pytest.raises(LocalError, match="WW_DATA"):
        data_path({})
    assert data_path({"WW_DATA": "/a"}) == Path("/a")


def test_the_account_is_made_once(tmp_path, monkeypatch):
    monkeypatch.setenv("WW_DATA", str(tmp_path / "data"))
    peer = account_key().peer
    assert account_key().peer == peer
    assert (tmp_path / "data" / "account.key").stat().st_mode & 0o777 == 0o600


def test_a_ring_is_kept(tmp_path):
    path = tmp_path / "keys" / "cluster.key"
    assert save_ring(path, KeyRing([ONE, TWO]), replace=False)
    assert load_ring(path).keys == (ONE, TWO)
    assert path.stat().st_mode & 0o777 == 0o600
    assert not save_ring(path, KeyRing([TWO]), replace=False)
    assert load_ring(path).keys == (ONE, TWO)
    assert save_ring(path, KeyRing([TWO]), replace=True)
    assert load_ring(path).keys == (TWO,)
    assert [entry.name for entry in path.parent.iterdir()] == ["cluster.key"]


@pytest.mark.parametrize(
    ("content", "story"),
    [
        (b"", "holds no cluster key: make one"),
        (b"# only words\n\n", "holds no cluster key"),
        (b"ww1-nonsense\n", "line 1: this is no cluster key"),
        (ONE.show().encode() + b"\n\nww1-zzz", "line 3: this is no cluster key"),
        (b"\xff\xfe", "holds no cluster key"),
        ((ONE.show() + "\n").encode() * 2, "twice"),
        (b"#" * 70_000, "too large"),
    ],
)
def test_what_is_no_ring(tmp_path, content, story):
    path = tmp_path / "cluster.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(LocalError, match=story) as caught:
        load_ring(path)
    assert ONE.show() not in str(caught.value)


def test_a_ring_that_others_could_read(tmp_path):
    path = tmp_path / "cluster.key"
    path.write_text(ONE.show())
    path.chmod(0o644)
    with pytest.raises(LocalError, match="chmod 600"):
        load_ring(path)
    with pytest.raises(LocalError, match=r"cannot read .*No such file"):
        load_ring(tmp_path / "absent")
