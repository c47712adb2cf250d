"""Compilers for the child process to be tested with; they are named there as `stub_compilers:NAME`."""

import os
import signal
import sys
import time
from pathlib import Path


def reverse(bytecode):
    return bytecode[::-1]


def wasmtime(bytecode):
    import wasmtime

    return bytes(wasmtime.Module(wasmtime.Engine(), bytecode).serialize())


def refuse(bytecode):
    raise ValueError("the first line\n\nCaused by:\n    0: between\n    1: the innermost cause\n")


def refuse_without_reason(bytecode):
    raise ValueError


def wait_forever(bytecode):
    """Says that it runs by creating the file that the bytecode names."""
    Path(bytecode.decode()).write_text(str(os.getpid()))
    while True:
        time.sleep(60)


def who(bytecode):
    return str(os.getpid()).encode()


def leave(bytecode):
    """Ends as if all were well, without a reply."""
    os._exit(0)


def compute_a_little(bytecode):
    until = time.process_time() + 0.5
    while time.process_time() < until:
        pass
    return b""


def limits(bytecode):
    import resource

    return repr(tuple(resource.getrlimit(w)[0] for w in (resource.RLIMIT_AS, resource.RLIMIT_CPU))).encode()


def compute_forever(bytecode):
    while True:
        pass


def take_memory(bytecode):
    return bytes(1 << 40)


def abort(bytecode):
    sys.stderr.write("memory allocation of 123 bytes failed\n")
    sys.stderr.flush()
    os.abort()


def crash(bytecode):
    os.kill(os.getpid(), signal.SIGSEGV)


def chatter(bytecode):
    sys.stderr.write("x" * 1_000_000)
    raise ValueError("talked too much")


def where(bytecode):
    """The directories that modules come from, and the priority."""
    return repr((sys.path, os.nice(0), str(Path.cwd()))).encode()
