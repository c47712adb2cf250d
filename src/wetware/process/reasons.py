"""Why a process ended, and what each kind of end answers.

Rules that hold here:

1. A reason is a value: immutable, comparable, hashable, and equal only to a reason of the same kind.
2. Every reason has one code for `wait` (a UInt32, the original's numbers where it had one) and one exit
   status for `ww run`; the table below is the whole of it.
3. A reason names processes by pid. An `int` in `Linked` is always a pid of the same table; a process of
   another node is named by whatever its owner links it under, never by an `int`.

==============================  ============  ==================
reason                          `wait`        `ww run` exits with
==============================  ============  ==================
`Exited(code)`                  code          code if 0-255, else 255
`Killed`, `Shutdown`, `Linked`  0xffffffff    137
`Limit("deadline")`             0xefffffff    124
`Limit` (any other)             0xcfffffff    125
`Trapped(message)`              0xdfffffff    134
`NodeLost(node)`                0xbfffffff    1
==============================  ============  ==================

(`ww run` says 130 for a process that it killed at Ctrl-C: only the command knows that.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from wetware.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = [
    "DEADLINE",
    "ExitReason",
    "Exited",
    "Killed",
    "Limit",
    "Linked",
    "NodeLost",
    "Shutdown",
    "Trapped",
]

DEADLINE: Final = "deadline"
"""The one limit whose code the original knew (its context deadline)."""

_UINT32_MAX: Final = 0xFFFF_FFFF
_MAX_STATUS: Final = 255


class ExitReason:
    """The end of a process. The subclasses are the only reasons there are.

    Attributes:
        kind: the reason's name, as JSON and the command line spell it.
    """

    __slots__ = ()
    kind: ClassVar[str]
    _wait_code: ClassVar[int]
    _exit_status: ClassVar[int]

    @property
    def wait_code(self) -> int:
        """What `wait` answers: a UInt32."""
        return self._wait_code

    @property
    def exit_status(self) -> int:
        """What `ww run` exits with: 0-255."""
        return self._exit_status

    def to_dict(self) -> dict[str, object]:
        """Return the reason as JSON-ready data: `kind` and the reason's own fields."""
        return {"kind": self.kind, **self._fields()}

    def _fields(self) -> dict[str, object]:
        return {}


@dataclass(frozen=True, slots=True)
class Exited(ExitReason):
    """The program returned from its start function (code 0), or called `proc_exit(code)`.

    Attributes:
        code: the program's own exit code, a UInt32.

    Raises:
        LocalError: the code is no UInt32.
    """

    code: int
    kind: ClassVar[str] = "exited"

    def __post_init__(self) -> None:
        if not 0 <= self.code <= _UINT32_MAX:
            raise LocalError(f"an exit code is a number from 0 to {_UINT32_MAX}, not {self.code}")

    @property
    def wait_code(self) -> int:
        """The program's own code."""
        return self.code

    @property
    def exit_status(self) -> int:
        """The program's own code, 255 where an operating system's exit status cannot hold it."""
        return min(self.code, _MAX_STATUS)

    def __str__(self) -> str:
        return f"exited with code {self.code}"

    def _fields(self) -> dict[str, object]:
        return {"code": self.code}


@dataclass(frozen=True, slots=True)
class Killed(ExitReason):
    """Somebody asked for the end, or the parent ended.

    Attributes:
        by: the pid of the parent whose end took this process with it; None if the kill was asked for.
    """

    by: int | None = None
    kind: ClassVar[str] = "killed"
    _wait_code: ClassVar[int] = 0xFFFF_FFFF
    _exit_status: ClassVar[int] = 137

    def __str__(self) -> str:
        return "killed" if self.by is None else f"killed because its parent, process {self.by}, ended"

    def _fields(self) -> dict[str, object]:
        return {"by": self.by}


@dataclass(frozen=True, slots=True)
class Shutdown(ExitReason):
    """The node shut down in good order."""

    kind: ClassVar[str] = "shutdown"
    _wait_code: ClassVar[int] = 0xFFFF_FFFF
    _exit_status: ClassVar[int] = 137

    def __str__(self) -> str:
        return "shut down with its node"


@dataclass(frozen=True, slots=True)
class Linked(ExitReason):
    """A process linked to this one ended.

    Attributes:
        origin: the process whose end started it: a pid, or the name of a process elsewhere.
        via: the linked neighbour through which it came; the same as `origin` where that was the neighbour.
        lost: whether the origin's node was lost: then it is not known to have ended.
    """

    origin: Hashable
    via: Hashable
    lost: bool = False
    kind: ClassVar[str] = "linked"
    _wait_code: ClassVar[int] = 0xFFFF_FFFF
    _exit_status: ClassVar[int] = 137

    def __str__(self) -> str:
        ended = f"ended with linked process {self.via}"
        if self.origin == self.via:
            return f"{ended}, whose node was lost" if self.lost else ended
        return f"{ended}, which ended because process {self.origin} " + ("was lost" if self.lost else "did")

    def _fields(self) -> dict[str, object]:
        return {
            "origin": self.origin if isinstance(self.origin, int) else str(self.origin),
            "via": self.via if isinstance(self.via, int) else str(self.via),
            "lost": self.lost,
        }


@dataclass(frozen=True, slots=True)
class Limit(ExitReason):
    """The process reached one of its limits.

    Attributes:
        which: the limit's name, as the configuration spells it: "deadline", "memory", "cpu", "output" ...
        used: how much was used or asked for, in the limit's own unit; None where it is unknown.
        allowed: how much is allowed, in the same unit; None where it is unknown.
        then: how the process ended itself after it was refused more; empty where the limit ended it.
    """

    which: str
    used: float | None = None
    allowed: float | None = None
    then: str = ""
    kind: ClassVar[str] = "limit"

    @property
    def wait_code(self) -> int:
        """0xefffffff for the deadline, 0xcfffffff for every other limit."""
        return 0xEFFF_FFFF if self.which == DEADLINE else 0xCFFF_FFFF

    @property
    def exit_status(self) -> int:
        """124 for the deadline (as `timeout` has it), 125 for every other limit."""
        return 124 if self.which == DEADLINE else 125

    def __str__(self) -> str:
        text = f"reached its {self.which} limit"
        if self.allowed is not None:
            text += f" of {self.allowed:.15g}"
        if self.used is not None:
            text += f" (used {self.used:.15g})"
        return f"{text}, then {self.then}" if self.then else text

    def _fields(self) -> dict[str, object]:
        return {"which": self.which, "used": self.used, "allowed": self.allowed, "then": self.then}


@dataclass(frozen=True, slots=True)
class Trapped(ExitReason):
    """The program did what WebAssembly forbids: `unreachable`, an access out of bounds, a stack overflow ...

    Attributes:
        message: what the engine says about it. It may quote names that the program chose.
    """

    message: str
    kind: ClassVar[str] = "trapped"
    _wait_code: ClassVar[int] = 0xDFFF_FFFF
    _exit_status: ClassVar[int] = 134

    def __str__(self) -> str:
        # the program may have named its functions after terminal escapes: a person is shown printable text,
        # one line
        plain = "".join(c if c.isprintable() else " " for c in self.message)
        return f"trapped: {plain}"

    def _fields(self) -> dict[str, object]:
        return {"message": self.message}


@dataclass(frozen=True, slots=True)
class NodeLost(ExitReason):
    """The node that ran the process is gone or out of reach; whether the process still runs is unknown.

    Attributes:
        node: the node's name.
    """

    node: str
    kind: ClassVar[str] = "node-lost"
    _wait_code: ClassVar[int] = 0xBFFF_FFFF
    _exit_status: ClassVar[int] = 1

    def __str__(self) -> str:
        return f"lost with node {self.node}"

    def _fields(self) -> dict[str, object]:
        return {"node": self.node}
