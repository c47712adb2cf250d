"""What guests write, made harmless for a terminal.

A terminal obeys what it is shown: escape sequences move the cursor, rename the window, write to the
clipboard, answer as if the user had typed. A guest holds none of these authorities, so its output loses
them on the way.

Rules that hold here:

1. What comes out holds no control character but newline, carriage return, tab and backspace: no ESC, no C1
   control (neither as the code points U+0080 to U+009F nor as bare bytes), however the input was cut into
   pieces.
2. A well-formed escape sequence disappears whole; of a malformed one, the text stays.
3. Memory is bounded: a sequence that does not end is given up after `LONGEST` characters, or at its line's
   end.

Sources: ECMA-48 (5th edition), sections 5.3 to 5.6; for the recovery, Paul Williams' parser of the DEC VT
family.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["LONGEST", "EscapeFilter"]

LONGEST = 4096  # characters; the longest sequences in use are clipboard and hyperlink strings

_CONTROL = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SEQUENCE = re.compile(
    r"""
      (?:\x1b\[|\x9b) [0-?]* [\ -/]* [@-~]                          # CSI … final
    | (?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])                          # a string and its end (OSC, DCS …)
      [^\x07\x18\x1a\x1b\x9c\n]* (?:\x07|\x1b\\|\x9c|\x18|\x1a|(?=\x1b|\n))
    | \x1b [\ -/]* [0-OQ-WYZ\\`-~]                                  # any other escape, with a final
    """,
    re.VERBOSE,
)
_OPEN = re.compile(
    r"""
      (?:\x1b\[|\x9b) [0-?]* [\ -/]*
    | (?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]) [^\x07\x18\x1a\x1b\x9c\n]* \x1b?
    | \x1b [\ -/]*
    """,
    re.VERBOSE,
)


class EscapeFilter:
    """Filter one stream of bytes, piece by piece, on its way to a terminal.

    The guarantees of this module hold for any input cut in any way: tests/cli/test_terminal.py.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        """Make a filter for a terminal that reads `encoding`.

        For any other than UTF-8, all that is not ASCII becomes `?`: its bytes could be controls there.
        """
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._encoding = "utf-8" if codecs.lookup(encoding).name == "utf-8" else "ascii"
        self._held = ""  # an escape sequence that has begun

    def feed(self, data: bytes) -> bytes:
        """Return what may be shown of `data`, and of what was held back before it."""
        return self._filter(self._decoder.decode(data), final=False)

    def close(self) -> bytes:
        """Return what was held back at the end of the stream."""
        return self._filter(self._decoder.decode(b"", final=True), final=True)

    def _filter(self, text: str, *, final: bool) -> bytes:
        text = self._held + text
        self._held = ""
        if _CONTROL.search(text):
            text = self._strip(text, final=final)
        return text.encode(self._encoding, "replace")

    def _strip(self, text: str, *, final: bool) -> str:
        kept: list[str] = []
        at = 0
        while found := _CONTROL.search(text, at):
            start = found.start()
            kept.append(text[at:start])
            if whole := _SEQUENCE.match(text, start):
                at = whole.end()
                continue
            unfinished = _OPEN.match(text, start)
            if unfinished and unfinished.end() == len(text) and not final and len(text) - start <= LONGEST:
                self._held = text[start:]
                return "".join(kept)
            at = start + 1  # a lone control, or the start of a sequence that was broken off: only it goes
        kept.append(text[at:])
        return "".join(kept)
