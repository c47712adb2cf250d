"""Base58 with Bitcoin's alphabet (base58btc), as libp2p writes peer ids.

Rules that hold here:

1. Decoding takes what encoding gives, and nothing else; the work is bounded by the length that is allowed
   (`tests/cluster/test_identity.py`).

Source: https://datatracker.ietf.org/doc/html/draft-msporny-base58-03
"""

from __future__ import annotations

from typing import Final

from wetware.errors import LocalError

__all__ = ["b58decode", "b58encode"]

_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)}


def b58encode(data: bytes) -> str:
    """Write bytes as base58btc; each leading zero byte is a `1`."""
    number = int.from_bytes(data, "big")
    digits: list[str] = []
    while number:
        number, digit = divmod(number, 58)
        digits.append(_ALPHABET[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(digits))


def b58decode(text: str, *, longest: int = 128) -> bytes:
    """Read base58btc of at most `longest` characters.

    Raises:
        LocalError: the text is too long, or holds a character that base58 has not.
    """
    if len(text) > longest:
        raise LocalError(f"{len(text)} characters are too many for this base58 text: {longest} are allowed")
    number = 0
    for character in text:
        value = _VALUES.get(character)
        if value is None:
            raise LocalError(f"{character!r} is no base58 character")
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
