"""Sizes and durations as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wetware.cli.units import format_duration, format_size, parse_duration, parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("4096", 4096),
        ("512 B", 512),
        ("64MiB", 64 * 2**20),
        ("64 mib", 64 * 2**20),
        ("10MB", 10_000_000),
        ("1kB", 1000),
        ("1K", 1024),
        ("2g", 2 * 2**30),
        ("1.5GiB", 3 * 2**29),
        ("0.5k", 512),
        ("9007199254740993", 2**53 + 1),
        ("1TiB", 2**40),
    ],
)
def test_a_size_is_read(text, size):
    assert parse_size(text) == size


@pytest.mark.parametrize(
    "text", ["", "MiB", "-1", "1e6", "10 apples", "1,5MB", "64MiBs", "nan", "1..5k", "٣"]
)
def test_what_is_no_size_says_what_one_looks_like(text):
    with pytest.raises(ValueError, match="64MiB"):
        parse_size(text)


def test_a_size_beyond_any_machine_is_refused():
    with pytest.raises(ValueError, match="too large"):
        parse_size("99999999999TiB")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("10", 10),
        ("1.5", 1.5),
        ("10s", 10),
        ("250ms", 0.25),
        ("90us", 90e-6),
        ("1m30s", 90),
        ("1 h 30 m", 5400),
        ("2H", 7200),
        ("1d", 86400),
    ],
)
def test_a_duration_is_read(text, seconds):
    assert parse_duration(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "s", "-1s", "10 seconds", "1m30", "five", "1s!", "inf", "1,5s", "1e3"])
def test_what_is_no_duration_says_what_one_looks_like(text):
    with pytest.raises(ValueError, match="1m30s"):
        parse_duration(text)


def test_a_duration_beyond_any_life_is_refused():
    with pytest.raises(ValueError, match="too long"):
        parse_duration("99999999d")


@given(st.integers(0, 2**62))
def test_a_size_comes_back_from_its_text_within_rounding(size):
    assert parse_size(format_size(size)) == pytest.approx(size, rel=0.05)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    for parse in (parse_size, parse_duration):
        try:
            assert parse(text) >= 0
        except ValueError as problem:
            assert "write it like" in str(problem) or "too l" in str(problem)  # noqa: PT017  # either is right


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KiB"),
        (1536, "1.5 KiB"),
        (64 * 2**20, "64 MiB"),
        (2**40, "1 TiB"),
    ],
)
def test_a_size_is_written(size, text):
    assert format_size(size) == text


def test_a_size_just_below_a_unit_is_written_in_the_next():
    assert format_size(2**20 - 1) == "1 MiB"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(85e-6, "85 us"), (0.0123, "12.3 ms"), (4.54, "4.5 s"), (125, "2 m 5 s"), (7320, "2 h 2 m")],
)
def test_a_duration_is_written(seconds, text):
    assert format_duration(seconds) == text
