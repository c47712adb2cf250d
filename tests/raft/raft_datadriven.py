"""Reads transcripts: commands with the output that is expected of each.

The format: a line with a command and its arguments, perhaps lines of input, a line `----`, the expected
output up to an empty line. Output that holds empty lines stands between two pairs of `----`. Lines that
begin with `#` between commands are comments. An argument is a word, `key=value`, or `key=(value,value)`.
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
    input: str = ""
    expected: str = ""

    def option(self, key, default=None):
        values = self.options.get(key)
        return default if values is None else values[0]

    def flag(self, key, default=False):
        value = self.option(key)
        return default if value is None else {"true": True, "false": False}[value]

    def ids(self, key):
        return [int(value) for value in self.options.get(key, [])]


def parse_arguments(text):
    words, options, position = [], {}, 0
    while position < len(text):
        match = ARGUMENT.match(text, position)
        if match is None:
            raise ValueError(f"cannot read the arguments {text[position:]!r}")
        key, several, one = match.groups()
        if several is not None:
            options[key] = [value.strip() for value in several.split(",") if value.strip()]
        elif one is not None:
            options[key] = [one]
        else:
            words.append(key)
        position = match.end()
    return words, options


def parse(text):
    """Give the directives of a transcript, in order."""
    lines = text.splitlines()
    position = 0
    directives = []
    while position < len(lines):
        line = lines[position].strip()
        if not line or line.startswith("#"):
            position += 1
            continue
        start = position
        while line.endswith("\\"):
            position += 1
            line = line[:-1].rstrip() + " " + lines[position].strip()
        command, _, rest = line.partition(" ")
        words, options = parse_arguments(rest.strip())
        position += 1
        given = []
        while lines[position] != "----":
            given.append(lines[position])
            position += 1
        position += 1
        expected = []
        if position < len(lines) and lines[position] == "----":
            position += 1
            while lines[position : position + 2] != ["----", "----"]:
                expected.append(lines[position])
                position += 1
            position += 2
        else:
            while position < len(lines) and lines[position].strip():
                expected.append(lines[position])
                position += 1
        directives.append(
            Directive(start + 1, line, command, words, options, "\n".join(given).strip(), "\n".join(expected))
        )
    return directives
