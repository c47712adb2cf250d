"""Programs of a given size whose compilation takes much longer than their size lets expect."""


def leb(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _section(number, content):
    return bytes([number]) + leb(len(content)) + content


def _command(variables, body):
    function = (leb(1) + leb(variables) + b"\x7f" if variables else b"\0") + body + b"\x0b"
    return b"".join(
        [
            b"\0asm\1\0\0\0",
            _section(1, b"\1\x60\0\0"),
            _section(3, b"\1\0"),
            _section(7, b"\1\6_start\0\0"),
            _section(10, b"\1" + leb(len(function)) + function),
        ]
    )


def nested_loops(size):
    """Quadratic: 16 KB take a second."""
    depth = size // 3
    return _command(0, b"\x03\x40" * depth + b"\x0b" * depth)


def loops_over_many_variables(size):
    """Worse: every loop has all variables as parameters; 4 KB take three seconds."""
    variables, bodies = 500, []
    while size > 0:
        i = len(bodies)
        one, other, result = (leb(n % variables) for n in (i, i + 9, i * 31))
        bodies.append(b"\x20" + one + b"\x20" + other + b"\x6a\x22" + result + b"\x0d\0\x0b")
        size -= 2 + len(bodies[-1])
    return _command(variables, b"\x03\x40" * len(bodies) + b"".join(bodies))
