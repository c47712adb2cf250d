"""From the schema's names to Python's.

Rules that hold here:

1. Schema names hold no underscore, so a name joined or prefixed with one collides with no other:
   `Person_PhoneNumber` is the struct nested in `Person`, `Person_Builder` its builder.
2. A field or method that would be a Python keyword, or a name that the base classes use, gets an underscore
   behind it.
"""

from __future__ import annotations

import keyword
import re

__all__ = ["Names", "constant_name", "member_name", "module_name"]

RESERVED = frozenset(
    {
        "self",
        "new",
        "read",
        "which",
        "property",
        "staticmethod",
        "classmethod",
        "context",
        "released",
        "message",
    }
)
BREAKS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake(name: str) -> str:
    """`fooBar` becomes `foo_bar`."""
    return BREAKS.sub("_", name).lower()


def member_name(name: str) -> str:
    """The Python name of a field, a method or a parameter."""
    made = snake(name)
    return made + "_" if keyword.iskeyword(made) or made in RESERVED else made


def constant_name(name: str) -> str:
    """The Python name of a constant or of an enum's value."""
    return snake(name).upper()


def capital(name: str) -> str:
    """`fooBar` becomes `FooBar`."""
    return name[:1].upper() + name[1:]


def module_name(path: str) -> str:
    """The name of the module generated from a schema file, without its folder.

    `rpc-twoparty.capnp` → `rpc_twoparty_capnp`.
    """
    stem = path.rsplit("/", 1)[-1].removesuffix(".capnp")
    return re.sub(r"[^0-9A-Za-z]", "_", stem).replace("c++", "cpp") + "_capnp"


class Names:
    """Gives out names that are all different."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = set(taken)

    def free(self, name: str) -> bool:
        """Whether a name was not given out yet."""
        return name not in self._taken

    def take(self, name: str) -> str:
        """`name`, or with underscores behind it where it was given out already."""
        while name in self._taken:
            name += "_"
        self._taken.add(name)
        return name
