"""The name of a program's bytes: a CIDv1 over BLAKE3-512, as Wetware writes it.

Rules that hold here:

1. One content has one name. The binary form is `01 e40f 1e 40` followed by the digest: CID version 1, codec
   2020 (0x7e4), multihash 0x1e (BLAKE3), 64 bytes of digest. Nothing else is accepted, however it is
   written.
2. The text is base58btc with the multibase prefix `z`; base32 with the prefix `b` is read too, and written
   on request.
3. Reading a text takes bounded time: its length is checked first.

Sources: the CID, multibase and multihash specifications (github.com/multiformats); the constants are those
of the Go implementation of Wetware.
"""

from __future__ import annotations

import base64
import binascii

from blake3 import blake3

from wetware.errors import LocalError

__all__ = ["CODEC", "DIGEST_SIZE", "MULTIHASH_BLAKE3", "Cid", "CidMismatchError", "InvalidCidError"]

CODEC = 2020
MULTIHASH_BLAKE3 = 0x1E
DIGEST_SIZE = 64

_PREFIX = bytes((0x01, 0xE4, 0x0F, MULTIHASH_BLAKE3, DIGEST_SIZE))
_BINARY_SIZE = len(_PREFIX) + DIGEST_SIZE
_LONGEST_TEXT = 128  # base32 of 69 bytes takes 112 characters, base58 95

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_VALUE = {character: value for value, character in enumerate(_BASE58)}
_BASE58_PAIRS = [a + b for a in _BASE58 for b in _BASE58]


class InvalidCidError(LocalError):
    """The text or the bytes are not the name of a program."""


class CidMismatchError(LocalError):
    """The bytes are not those that the name stands for: they were damaged or exchanged on the way."""


class Cid:
    """The name of some bytes: immutable, hashable, equal where the bytes are equal.

    Attributes:
        binary: the 69 bytes that go over the wire.
    """

    __slots__ = ("_text", "binary")

    binary: bytes

    def __init__(self, binary: bytes) -> None:
        """Check and wrap the binary form; `InvalidCidError` where it is not one (test: `test_cid.py`)."""
        binary = bytes(binary)
        if len(binary) != _BINARY_SIZE or not binary.startswith(_PREFIX):
            raise InvalidCidError(_what_is_wrong(binary))
        self.binary = binary
        self._text = ""

    @classmethod
    def of(cls, content: bytes | memoryview) -> Cid:
        """The name of these bytes: about half a second for each GB."""
        return cls(_PREFIX + blake3(content).digest(length=DIGEST_SIZE))

    @classmethod
    def parse(cls, text: str) -> Cid:
        """Read the text form, base58btc (`z…`) or base32 (`b…`); `InvalidCidError` for anything else."""
        if len(text) > _LONGEST_TEXT:
            raise InvalidCidError(f"a CID of {len(text)} characters is too long; a program's has about 95")
        match text[:1]:
            case "z":
                return cls(_from_base58(text[1:]))
            case "b":
                return cls(_from_base32(text[1:]))
            case _:
                raise InvalidCidError(
                    f"{text[:12]!r} does not begin like a CID; give one in base58btc (z…) or base32 (b…)"
                )

    @property
    def digest(self) -> bytes:
        """The 64 bytes of BLAKE3."""
        return self.binary[len(_PREFIX) :]

    @property
    def base32(self) -> str:
        """The text in base32, as case-insensitive places need it."""
        return "b" + base64.b32encode(self.binary).decode().rstrip("=").lower()

    def verify(self, content: bytes | memoryview) -> None:
        """Do nothing where these bytes are the named ones; else `CidMismatchError`."""
        actual = Cid.of(content)
        if actual != self:
            raise CidMismatchError(f"the bytes are not those of {self}, but of {actual}; fetch them again")

    def __str__(self) -> str:
        if not self._text:
            self._text = "z" + _to_base58(self.binary)
        return self._text

    def __repr__(self) -> str:
        return f"Cid({self!s})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cid) and self.binary == other.binary

    def __hash__(self) -> int:
        return hash(self.binary)


def _to_base58(binary: bytes) -> str:
    """Two digits a division; the leading byte is never zero, so no `1` needs to be kept."""
    number, pairs = int.from_bytes(binary), []
    while number:
        number, pair = divmod(number, 3364)
        pairs.append(_BASE58_PAIRS[pair])
    return "".join(reversed(pairs)).lstrip("1")


def _from_base58(digits: str) -> bytes:
    number = 0
    try:
        for digit in digits:
            number = number * 58 + _BASE58_VALUE[digit]
    except KeyError:
        raise InvalidCidError(f"{digit!r} is no digit of base58btc; copy the CID again") from None
    if digits.startswith("1"):
        raise InvalidCidError("a CID does not begin with a zero byte; copy it again")
    return number.to_bytes((number.bit_length() + 7) // 8)


def _from_base32(digits: str) -> bytes:
    if digits != digits.lower():
        raise InvalidCidError("a CID in base32 (b…) is written in small letters")
    try:
        binary = base64.b32decode(digits.upper() + "=" * (-len(digits) % 8))
    except (binascii.Error, ValueError):
        raise InvalidCidError("these are not the digits of base32; copy the CID again") from None
    if digits != base64.b32encode(binary).decode().rstrip("=").lower():
        raise InvalidCidError("the last digit of the base32 text carries bits that belong to no byte")
    return binary


def _what_is_wrong(binary: bytes) -> str:
    """Name the first difference from the one accepted form."""
    if binary[:2] == b"\x12\x20":
        return "this is a CID of version 0; programs have version 1"
    if binary[:1] != b"\x01":
        return "these bytes are no CID of version 1"
    if binary[1:3] != _PREFIX[1:3]:
        return f"the CID is of other content: its codec is not {CODEC}, that of programs"
    if binary[3:5] != _PREFIX[3:5]:
        return "the CID is over another hash; programs are named by 64 bytes of BLAKE3 (multihash 0x1e)"
    return f"the CID holds {len(binary) - len(_PREFIX)} bytes of digest where {DIGEST_SIZE} belong"
