"""Sizes and durations as people write them.

Sizes: `64MiB`, `10MB`, `1.5GiB`, `4096`. kB, MB, GB are powers of 1000; KiB, MiB, GiB powers of 1024; a
bare K, M or G means the power of 1024, as with `docker` and `systemd`; no unit means bytes. Durations:
`10s`, `250ms`, `1m30s`, `2h`, `1.5`; no unit means seconds. Case does not matter, and a space may stand
before the unit.
"""

from __future__ import annotations

import re

__all__ = ["format_duration", "format_size", "parse_duration", "parse_size"]

_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]*)", re.IGNORECASE)
_SIZE_UNITS = {"": 1, "b": 1}
for _power, _letter in enumerate("kmgt", start=1):
    _SIZE_UNITS |= {
        f"{_letter}b": 1000**_power,
        f"{_letter}ib": 1024**_power,
        f"{_letter}i": 1024**_power,
        _letter: 1024**_power,
    }
_LARGEST_SIZE = 2**63 - 1

_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(us|ms|s|m|h|d)", re.IGNORECASE)
_DURATION_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_LONGEST_DURATION = 100 * 365 * 86400.0


def parse_size(text: str) -> int:
    """Read a size and return bytes, rounded down.

    Raises:
        ValueError: it is no size; the message says what one looks like.
    """
    match = _SIZE.fullmatch(text.strip())
    factor = _SIZE_UNITS.get(match[2].lower()) if match else None
    if match is None or factor is None:
        raise ValueError(f"{text!r} is not a size; write it like 64MiB, 10MB or 4096")
    # whole numbers are not put through a float: they would lose digits
    number = match[1]
    size = int(number) * factor if "." not in number else int(float(number) * factor)
    if size > _LARGEST_SIZE:
        raise ValueError(f"{text!r} is too large for a size")
    return size


def parse_duration(text: str) -> float:
    """Read a duration and return seconds.

    Raises:
        ValueError: it is no duration; the message says what one looks like.
    """
    stripped = text.strip()
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", stripped):
        seconds = float(stripped)
    else:
        parts = _DURATION.findall(stripped)
        if not parts or _DURATION.sub("", stripped).strip():
            raise ValueError(f"{text!r} is not a duration; write it like 10s, 250ms or 1m30s")
        seconds = sum(float(number) * _DURATION_UNITS[unit.lower()] for number, unit in parts)
    if seconds > _LONGEST_DURATION:
        raise ValueError(f"{text!r} is too long for a duration")
    return seconds


def format_size(size: float) -> str:
    """Write bytes for a person: `512 B`, `1.5 KiB`, `64 MiB`."""
    if size < 1024:
        return f"{size:g} B"
    value = float(size)
    for unit in ("KiB", "MiB", "GiB", "TiB"):
        value /= 1024
        if value < 1023.95 or unit == "TiB":
            break
    return f"{value:.1f}".removesuffix(".0") + f" {unit}"


def format_duration(seconds: float) -> str:
    """Write seconds for a person: `85 us`, `12.3 ms`, `4.5 s`, `2 m 5 s`."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} us"
    if seconds < 1:
        return f"{seconds * 1e3:.1f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} m" if hours else f"{minutes} m {rest} s"
