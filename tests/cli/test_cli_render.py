"""One place prints: plain text for pipes, boxes for terminals, JSON for programs."""

import io
import json
import sys
from dataclasses import dataclass

import pytest

from wetware.cli import render
from wetware.cli.results import Fields, Table, Text


@dataclass
class Sample:
    exit_code: int = 0
    stream: str = "stdout"
    evil: str = "name\x1b[2J"

    def blocks(self):
        return [
            Text("a sample"),
            Fields([("kind", "module"), ("a longer name", "first\nsecond")]),
            Table("imports", ["module", "name"], [["env", self.evil], ["wasi", "fd_write"]]),
        ]

    def to_json(self):
        return {"evil": self.evil, "größe": 1}


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")

    def begin():  # within the test: pytest puts its own streams in place after the fixtures
        stream = Terminal()
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setattr(sys, "stderr", stream)
        return stream

    return begin


def test_plain_text_is_aligned_and_harmless(capsys):
    render.show(Sample(), as_json=False)
    assert capsys.readouterr().out == (
        "a sample\n"
        "\n"
        "kind           module\n"
        "a longer name  first\n"
        "               second\n"
        "\n"
        "imports\n"
        "  module  name\n"
        "  env     name\\x1b[2J\n"
        "  wasi    fd_write\n"
    )


def test_a_terminal_gets_colours_but_none_of_the_others_escapes(terminal):
    stream = terminal()
    render.show(Sample(), as_json=False)
    shown = stream.getvalue()
    assert "\x1b[1m" in shown  # rich's own bold
    assert "\x1b[2J" not in shown
    assert "\\x1b[2J" in shown


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_that_wants_no_colours_gets_none(terminal, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    stream = terminal()
    render.show(Sample(), as_json=False)
    render.error("it did not work", hint="try again")
    assert "\x1b" not in stream.getvalue()


def test_json_is_ascii_and_whole(capsys):
    render.show(Sample(), as_json=True)
    out = capsys.readouterr().out
    assert out.isascii()
    assert json.loads(out) == Sample().to_json()


def test_json_on_stderr_is_one_line(capsys):
    render.show(Sample(stream="stderr"), as_json=True)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert json.loads(captured.err) == Sample().to_json()


def test_an_error_says_what_happened_and_what_to_do(capsys):
    render.error("No such thing.", hint="look elsewhere")
    assert capsys.readouterr().err == "ww: error: no such thing\nww: hint: look elsewhere\n"


def test_an_error_in_colour_says_the_same(terminal):
    stream = terminal()
    render.error("CID is wrong\x07", hint="look elsewhere")
    shown = stream.getvalue()
    assert "\x1b[1;31merror: \x1b[0mCID is wrong\\x07" in shown
    assert "hint: " in shown


def test_nothing_of_rich_is_imported_for_a_pipe(python):
    printed = python(
        "import sys; from wetware.cli import render; from wetware.cli.results import *\n"
        "class R:\n"
        "    exit_code = 0; stream = 'stdout'\n"
        "    def blocks(self): return [Table('t', ['a'], [['1']]), Fields([('a', 'b')])]\n"
        "render.show(R(), as_json=False); render.error('x', hint='y')\n"
        "print('rich' in sys.modules)\n"
    )
    assert printed.splitlines()[-1] == "False"
