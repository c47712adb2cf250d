"""`ww completion`: the script with which a shell completes commands, options and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click
from click.shell_completion import get_completion_class

from wetware.cli.results import Block, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CompletionScript", "completion"]


@dataclass(frozen=True, slots=True)
class CompletionScript:
    """The script for one shell."""

    shell: str
    script: str
    exit_code: int = 0
    stream: Literal["stdout", "stderr"] = "stdout"

    def blocks(self) -> Sequence[Block]:
        """Return the script and nothing else: it is read by the shell."""
        return [Text(self.script)]

    def to_json(self) -> dict[str, object]:
        """Return the shell's name and the script."""
        return {"shell": self.shell, "script": self.script}


@click.command(short_help="Print the shell's completion script.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> CompletionScript:
    """Print the completion script for SHELL.

    \b
    bash:  eval "$(ww completion bash)"        in ~/.bashrc
    zsh:   eval "$(ww completion zsh)"         in ~/.zshrc
    fish:  ww completion fish > ~/.config/fish/completions/ww.fish
    """  # noqa: D301  # \b is click's mark for lines that are not to be joined
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    return CompletionScript(
        shell, kind(ctx.find_root().command, {}, "ww", "_WW_COMPLETE").source().rstrip("\n")
    )
