"""What others wrote must not command the user's terminal, however it is cut into pieces."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wetware.cli.render import visible
from wetware.cli.terminal import LONGEST, EscapeFilter

FORBIDDEN = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def shown(*pieces, encoding="utf-8"):
    escapes = EscapeFilter(encoding)
    return b"".join([*[escapes.feed(piece) for piece in pieces], escapes.close()])


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "two\nlines\r\n",
        "a\ttab, and a bar: 10 %\r20 %\b",
        "größer, 大きい, 🐍",
        "a [31m that is no escape",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert shown(text.encode()) == text.encode()


@pytest.mark.parametrize(
    ("name", "attack"),
    [
        ("colour", "\x1b[31m"),
        ("clear the screen", "\x1b[2J"),
        ("cursor, private mode", "\x1b[?25l"),
        ("intermediate byte", "\x1b[!p"),
        ("window title, BEL", "\x1b]0;owned\x07"),
        ("window title, ST", "\x1b]0;owned\x1b\\"),
        ("clipboard", "\x1b]52;c;cm0gLXJm\x07"),
        ("hyperlink", "\x1b]8;;https://example.org\x1b\\"),
        ("device control string", "\x1bP$q\x1b\\"),
        ("APC", "\x1b_payload\x1b\\"),
        ("PM", "\x1b^payload\x1b\\"),
        ("SOS", "\x1bXpayload\x1b\\"),
        ("reset", "\x1bc"),
        ("character set", "\x1b(0"),
        ("8-bit CSI", "\x9b31m"),
        ("8-bit OSC", "\x9d0;owned\x9c"),
        ("bell", "\x07"),
        ("null", "\x00"),
        ("shift out", "\x0e"),
        ("delete", "\x7f"),
        ("next line", "\x85"),
    ],
)
def test_a_sequence_disappears_whole_wherever_it_is_cut(name, attack):
    text = f"before{attack}after".encode()
    assert shown(text) == b"beforeafter"
    for cut in range(1, len(text)):
        assert shown(text[:cut], text[cut:]) == b"beforeafter", f"{name}, cut at {cut}"
    assert shown(*[bytes([byte]) for byte in text]) == b"beforeafter"


def test_bare_control_bytes_of_eight_bits_are_no_text():
    assert shown(b"a\x9b31mb") == "a\ufffd31mb".encode()


def test_a_string_that_never_ends_swallows_no_more_than_its_line():
    assert shown(b"\x1b]0;unfinished\nnext line") == b"\nnext line"


def test_a_string_that_never_ends_is_given_up():
    text = b"\x1b]0;" + b"x" * (3 * LONGEST)
    escapes = EscapeFilter()
    out = b"".join(escapes.feed(text[at : at + 100]) for at in range(0, len(text), 100))
    assert len(escapes._held) <= LONGEST
    assert out.endswith(b"xxx")
    assert b"\x1b" not in out


def test_the_end_of_the_stream_shows_what_was_no_sequence():
    assert shown(b"half \x1b[3") == b"half [3"


def test_a_terminal_of_another_encoding_gets_ascii_only():
    # the last byte of this character is CSI for a terminal that reads Latin-1
    assert "仛".encode()[-1] == 0x9B
    assert shown("仛[31m".encode(), encoding="latin-1") == b"?[31m"


@given(
    st.lists(
        st.binary(max_size=40) | st.sampled_from([b"\x1b", b"[", b"]0;", b"\x07", b"\x1b\\", b"\xc2\x9b"])
    )
)
def test_nothing_comes_out_that_a_terminal_obeys(pieces):
    assert not FORBIDDEN.search(shown(*pieces).decode())


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs"])), st.integers(0, 100))
def test_text_without_controls_comes_out_as_it_was(text, cut):
    data = text.encode()
    assert shown(data[:cut], data[cut:]) == data


@given(st.text())
def test_a_name_is_written_out_on_one_harmless_line(name):
    text = visible(name)
    assert not FORBIDDEN.search(text.replace("\n", ""))
    text.encode()  # it can be printed, whatever was in it


def test_a_name_shows_what_it_hides():
    assert visible("a\x1b[2Jb\u202ec\udc80") == r"a\x1b[2Jb\u202ec\udc80"
