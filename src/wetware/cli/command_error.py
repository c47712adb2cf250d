"""The one exception with which a command ends without a result."""

from __future__ import annotations

from wetware.cli.exit_codes import ExitCode
from wetware.errors import WetwareError

__all__ = ["CommandError"]


class CommandError(WetwareError):
    """A command cannot do what it was asked.

    Attributes:
        exit_code: what `ww` ends with.
        hint: what to do about it; empty where the message says it already.
    """

    def __init__(self, message: str, *, exit_code: ExitCode = ExitCode.FAILED, hint: str = "") -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.hint = hint

    def to_json(self) -> dict[str, object]:
        """Return what a program needs to know."""
        return {"error": str(self), "hint": self.hint, "exit_code": int(self.exit_code)}
