"""`ww cluster key`: made once, shown to be handed on, rotated in steps."""

import io
import json

import pytest

from wetware.cli.app import run_command_line
from wetware.cluster.clusterkey import ClusterKey, KeyRing
from wetware.cluster.homes import load_ring


@pytest.fixture(autouse=True)
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("WW_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("WW_CLUSTER_KEY", raising=False)
    return tmp_path / "data" / "cluster.key"


@pytest.fixture
def ww(capsys):
    """Run a command: its exit code, its output, and what it said on stderr."""

    def run(*words):
        code = run_command_line(["cluster", "key", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_create_and_show(ww, path):
    code, out, _ = ww("create")
    assert code == 0
    [key] = load_ring(path).keys
    assert key.id.hex() in out
    assert key.show() not in out, "the secret is shown where it is asked for, and nowhere else"
    assert ww("show") == (0, key.show() + "\n", "")
    code, out, _ = ww("show", "--json")
    assert json.loads(out)["keys"] == [{"id": key.id.hex(), "key": key.show()}]
    code, _, err = ww("create")
    assert code == 1
    assert "already" in err
    assert load_ring(path).keys == (key,)


def test_show_without_a_key(ww, path):
    code, out, err = ww("show")
    assert (code, out) == (1, "")
    assert "`ww cluster key create` makes one" in err


def test_handing_on(ww, path, tmp_path, monkeypatch):
    ww("create")
    _, shown, _ = ww("show")
    key = load_ring(path).keys[0]
    other = tmp_path / "elsewhere" / "key"

    def hand_over(*words, text=shown):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        return ww("import", "--cluster-key", str(other), *words)

    assert hand_over()[0] == 0
    assert load_ring(other).keys == (key,)
    assert "already" in hand_over()[1]
    another = ClusterKey(b"x" * 32)
    code, _, err = hand_over(text=another.show())
    assert code == 1
    assert "--replace" in err
    assert load_ring(other).keys == (key,)
    assert hand_over("--replace", text=another.show())[0] == 0
    assert load_ring(other).keys == (another,)
    code, _, err = hand_over("--replace", text=shown[:-5])
    assert code == 1
    assert "mistyped" in err
    assert hand_over("--replace", text="")[0] == 1


def test_a_rotation(ww, path):
    ww("create")
    [old] = load_ring(path).keys
    assert ww("rotate", "--use")[0] == 1
    assert ww("rotate", "--drop")[0] == 1
    code, out, _ = ww("rotate")
    assert code == 0
    assert "next:" in out
    first, second = load_ring(path).keys
    assert first == old
    assert second.show() not in out
    code, _, err = ww("rotate")
    assert code == 1
    assert "under way" in err
    assert ww("rotate", "--use")[0] == 0
    assert load_ring(path).keys == (second, old)
    assert ww("rotate", "--drop")[0] == 0
    assert load_ring(path).keys == (second,)
    assert KeyRing([second]).keys == load_ring(path).keys


def test_a_file_that_others_could_read(ww, path):
    ww("create")
    path.chmod(0o644)
    code, _, err = ww("show")
    assert code == 1
    assert "chmod 600" in err
