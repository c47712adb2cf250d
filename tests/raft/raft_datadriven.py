"""Reads transcripts: commands with the output that is expected of each.

The format: a line with a command and its arguments, perhaps lines of input, a line `----`, the expected
output up to an empty line. Output that holds empty lines stands between two pairs of `----`. Lines that
begin with `#` between commands are comments, those that begin with `subtest` only give a part its name. An
argument is a word, `key=value`, or `key=(value,value)`. What is not of this format is an error with its line.
"""

import re
from dataclasses import dataclass, field

ARGUMENT = re.compile(r"([^\s=()]+)(?:=(?:\(([^)]*)\)|(\S*)))?\s*")


@dataclass
class Directive:
    line: int
    text: str
    command: str
    words: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    arguments: list[tuple[str, list[str]]] = field(default_factory=list)  # words (without values) and options
    input: str = ""
    expected: str = ""

    def option(self, key, default=None):
        values = self.options.get(key)
        return default if values is None else values[0]

    def flag(self, key, default=False):
        value = self.option(key)
        return default if value is None else truth(value)

    def allow(self, *options):
        """Fail where there is an option that is not among these: a typing error must not change a test."""
        unknown = self.options.keys() - set(options)
        if unknown:
            raise ValueError(f"line {self.line}: {self.command} has no option {', '.join(sorted(unknown))}")

    def ids(self, key):
        return [int(value) for value in self.options.get(key, [])]


def truth(value):
    """Read a truth value in any of the ways in which Go writes it."""
    if value in ("1", "t", "T", "true", "TRUE", "True"):
        return True
    if value in ("0", "f", "F", "false", "FALSE", "False"):
        return False
    raise ValueError(f"{value!r} is neither true nor false")


def parse_arguments(text):
    arguments, position = [], 0
    while position < len(text):
        match = ARGUMENT.match(text, position)
        if match is None:
            raise ValueError(f"cannot read the arguments {text[position:]!r}")
        key, several, one = match.groups()
        if several is not None:
            arguments.append((key, [value.strip() for value in several.split(",") if value.strip()]))
        else:
            arguments.append((key, [] if one is None else [one]))
        position = match.end()
    return arguments


def parse(text):
    """Give the directives of a transcript, in order."""
    lines = text.splitlines()
    position = 0
    directives = []
    while position < len(lines):
        line = lines[position].strip()
        if not line or line.startswith("#") or line.split()[0] == "subtest":
            position += 1
            continue
        start = position
        while line.endswith("\\"):
            position += 1
            line = line[:-1].rstrip() + " " + lines[position].strip()
        command, _, rest = line.partition(" ")
        arguments = parse_arguments(rest.strip())
        position += 1
        given = []
        while position < len(lines) and lines[position] != "----":
            given.append(lines[position])
            position += 1
        if position == len(lines):
            raise ValueError(f"line {start + 1}: no ---- stands behind {line!r}")
        position += 1
        expected = []
        if position < len(lines) and lines[position] == "----":
            position += 1
            while lines[position : position + 2] != ["----", "----"]:
                if position >= len(lines):
                    raise ValueError(f"line {start + 1}: the output of {line!r} does not end")
                expected.append(lines[position])
                position += 1
            position += 2
        else:
            while position < len(lines) and lines[position].strip():
                expected.append(lines[position])
                position += 1
        directives.append(
            Directive(
                start + 1,
                line,
                command,
                words=[key for key, values in arguments if not values],
                options={key: values for key, values in arguments if values},
                arguments=arguments,
                input="\n".join(given).strip(),
                expected="\n".join(expected),
            )
        )
    return directives
