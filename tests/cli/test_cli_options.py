"""Grants and variables as they are written on the command line."""

from pathlib import Path

import pytest

from wetware.cli.options import Grant, VolumeGrant, environment, parse_grant, parse_volume


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "a:b").mkdir()
    (tmp_path / "rw").mkdir()
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "host", "guest", "writable"),
    [
        ("data", "data", "data", False),
        ("data:ro", "data", "data", False),
        ("data:rw", "data", "data", True),
        ("data:/in", "data", "/in", False),
        ("data:/in:rw", "data", "/in", True),
        (".", ".", ".", False),
        ("a\\:b:/in", "a:b", "/in", False),
        ("rw", "rw", "rw", False),
        ("rw:rw", "rw", "rw", True),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_grant_is_read_only_unless_it_says_otherwise(text, host, guest, writable):
    assert parse_grant(text) == Grant(Path(host), guest, writable=writable)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nowhere", "not there"),
        ("file", "no directory"),
        ("data:/in:rx", "HOST:GUEST"),
        ("", "HOST"),
        ("data:", "HOST"),
        (":/in", "HOST"),
        ("data:/in:rw:rw", "HOST"),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_is_no_grant_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        parse_grant(text)


@pytest.mark.parametrize(
    ("text", "grant"),
    [
        ("kept", VolumeGrant("kept", (), "/kept", writable=False)),
        ("kept:rw", VolumeGrant("kept", (), "/kept", writable=True)),
        ("kept/a/b:/in", VolumeGrant("kept", ("a", "b"), "/in", writable=False)),
        ("kept/a:rw", VolumeGrant("kept", ("a",), "/kept/a", writable=True)),
        ("kept:/in:rw", VolumeGrant("kept", (), "/in", writable=True)),
    ],
)
def test_a_volume_is_read_only_unless_it_says_otherwise(text, grant):
    assert parse_volume(text) == grant


@pytest.mark.parametrize("text", ["", ":/in", "kept:", "/a", "kept//a", "kept/", "kept:/in:rx"])
def test_what_is_no_volume_is_refused(text):
    with pytest.raises(ValueError, match="VOLUME"):
        parse_volume(text)


def test_variables_are_given_or_passed_on(monkeypatch):
    monkeypatch.setenv("HERE", "from here")
    assert environment(["A=1", "B=x=y", "EMPTY=", "HERE", "A=2"]) == {
        "A": "2",
        "B": "x=y",
        "EMPTY": "",
        "HERE": "from here",
    }


def test_a_variable_that_is_not_set_here_cannot_be_passed_on(monkeypatch):
    monkeypatch.delenv("ABSENT", raising=False)
    with pytest.raises(ValueError, match="ABSENT is not set here"):
        environment(["ABSENT"])


def test_a_variable_needs_a_name():
    with pytest.raises(ValueError, match="no name"):
        environment(["=value"])
