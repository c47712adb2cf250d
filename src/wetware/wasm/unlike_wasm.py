"""What bytes are that are no WebAssembly, as far as their beginning tells, and what to do with them."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["HEAD", "what_instead"]

HEAD: Final = 4096
"""Bytes from the beginning that are looked at."""

_NATIVE: Final = "compile it with a target such as wasm32-wasi"
_MAGICS: Final = (
    (b"\x7fELF", f"a native Linux program; {_NATIVE}"),
    (b"\xcf\xfa\xed\xfe", f"a native macOS program; {_NATIVE}"),
    (b"MZ", f"a native Windows program; {_NATIVE}"),
    (b"!<arch>", "an archive of object files, as of a library; build the program that uses it"),
    (b"\x1f\x8b", "gzip data; decompress it first"),
    (b"PK\x03\x04", "a zip archive; unpack it first"),
    (b"\xfd7zXZ", "xz data; decompress it first"),
    (b"(\xb5/\xfd", "zstd data; decompress it first"),
    (b"BC\xc0\xde", "LLVM bitcode; link it with a target such as wasm32-wasi"),
    (b"version https://git-lfs", "a pointer of Git LFS; `git lfs pull` fetches the program itself"),
)
_PYTHON: Final = "Python source; give it a name that ends in .py"
_TEXTS: Final = (
    (r"\A\s*<(!doctype|html|\?xml)", "a web page; it was not fetched from where it is: fetch it again"),
    (r"\A#!.*python", _PYTHON),
    (r"\A#!", "a script; give a WebAssembly program, or a Python program"),
    (r"^\s*#\s*include\s*[<\"]|^(int|void) main\s*\(", "C source; `ww build` makes a program of it"),
    (r"^package \w+\s*$", "Go source; `ww build` makes a program of it"),
    (r"^(pub )?fn \w+\(|^use \w+::", "Rust source; build it with cargo build --target wasm32-wasip1"),
    (r"^(from [\w.]+ )?import [\w.]+( as \w+)?|^(async )?def \w+\(|^print\(|^if __name__ ==", _PYTHON),
)


def what_instead(head: bytes) -> str | None:
    """What the bytes at the beginning of a file are, and what to do; None where that is not known."""
    for magic, what in _MAGICS:
        if head.startswith(magic):
            return what
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # not merely cut off inside a character
            return None
        text = head[: error.start].decode()
    for pattern, what in _TEXTS:
        if re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
            return what
    if text and (text.isprintable() or not re.search(r"[^\t\r\n\f\x1b -~\u0080-\U0010ffff]", text)):
        return "text; give a WebAssembly program, or a Python program whose name ends in .py"
    return None
