"""Enums that know a newer sender may use values that they do not have."""

from __future__ import annotations

from enum import IntEnum
from typing import Self

from wetware.capnp.builder import refusal

__all__ = ["CapnpEnum", "enum_number"]


class CapnpEnum(IntEnum):
    """The base of generated enums: an unknown value is a member named `UNKNOWN_<number>`."""

    @classmethod
    def _missing_(cls, value: object) -> CapnpEnum | None:
        if isinstance(value, int) and 0 <= value < 1 << 16:
            member = int.__new__(cls, value)
            member._name_ = f"UNKNOWN_{value}"
            member._value_ = value
            return member
        return None

    @classmethod
    def of(cls, value: int) -> Self:
        """The member of this number, faster than calling the class."""
        known: Self | None = cls._value2member_map_.get(value)  # type: ignore[assignment]  # members of cls
        return cls(value) if known is None else known


def enum_number(enum: type[CapnpEnum], value: object) -> int:
    """The number of a member, given as the member or as a number.

    Raises:
        EncodeError: it is neither.
    """
    if isinstance(value, int) and 0 <= value < 1 << 16:
        return int(value)
    raise refusal(enum.__name__, value)
