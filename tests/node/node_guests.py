"""Small guests in text form, put together for a test, and what tests of a node share."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from wetware.wasm.wasi import abi

CAP = 60
"""Seconds after which a test that waits for an event has failed."""

SOURCE = Path(__file__).parent.parent.parent / "src"

KILLED = 0xFFFFFFFF
"""What `wait` gives for a process that was killed."""

EMPTY = b'(module (func (export "_start")))'
SPIN = b'(module (func (export "_start") (loop $for_ever (br $for_ever))))'
TRAP = b'(module (func (export "_start") unreachable))'


def guest(body, *imports, data=(), pages=1, before=""):
    """A command with one exported memory.

    Args:
        body: what `_start` does.
        imports: the names of preview-1 functions, which are called `$name`.
        data: pairs of an address and a text without quotes.
        before: more fields of the module.
    """
    fields = []
    for name in imports:
        kinds = " ".join({"i": "i32", "l": "i64"}[kind] for kind in abi.SIGNATURES[name])
        result = "" if name == "proc_exit" else "(result i32)"
        fields.append(f'(import "wasi_snapshot_preview1" "{name}" (func ${name} (param {kinds}) {result}))')
    fields.append(f'(memory (export "memory") {pages})')
    fields += [f'(data (i32.const {at}) "{text}")' for at, text in data]
    fields.append(before)
    fields.append(f'(func (export "_start") {body})')
    return f"(module {' '.join(fields)})".encode()


SLEEP_BODY = """(i32.store (i32.const 16) (i32.const 1)) (i64.store (i32.const 24) (i64.const -1))
    (drop (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))"""
"""Sleeps as long as can be said."""


def sleeping(nanoseconds, then="", *imports):
    """A guest that sleeps so long (-1: as long as can be said), then goes on."""
    return guest(
        f"""(i32.store (i32.const 16) (i32.const 1)) (i64.store (i32.const 24) (i64.const {nanoseconds}))
        (drop (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128))) {then}""",
        "poll_oneoff",
        *imports,
    )


def saying(text, then="", *imports):
    """A guest that writes a text to stdout, then goes on."""
    return guest(
        f"""(i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (i32.const {len(text)}))
        (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))) {then}""",
        "fd_write",
        *imports,
        data=[(1024, text.replace("\n", "\\n"))],
    )


def exiting(code):
    return guest(f"(call $proc_exit (i32.const {code}))", "proc_exit")


# reads stdin for ever
READING = guest(
    """(i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 512))
    (loop $again
      (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (br_if $again (i32.load (i32.const 8))))""",
    "fd_read",
)
# writes 4 KiB of "~" and a line break to stdout for ever; exits with the errno of a refused write
FLOODING = guest(
    """(local $errno i32)
    (memory.fill (i32.const 4096) (i32.const 126) (i32.const 4095))
    (i32.store8 (i32.const 8191) (i32.const 10))
    (i32.store (i32.const 0) (i32.const 4096)) (i32.store (i32.const 4) (i32.const 4096))
    (loop $again
      (local.set $errno (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (br_if $again (i32.eqz (local.get $errno))))
    (call $proc_exit (local.get $errno))""",
    "fd_write",
    "proc_exit",
)
YIELDING = guest("(loop $again (drop (call $sched_yield)) (br $again))", "sched_yield")
SPIN_AT_START = b'(module (func $init (loop $e (br $e))) (start $init) (func (export "_start")))'
SLEEPING = sleeping(-1)


class Watcher:
    """A monitor that counts how often it is told."""

    def __init__(self, process):
        self.told = []
        self.task = asyncio.create_task(self._watch(process))

    async def _watch(self, process):
        self.told.append(await process.monitor())


async def until(holds):
    """Wait until something holds of which nobody is told: what another thread does."""
    async with asyncio.timeout(CAP):
        while not holds():  # noqa: ASYNC110 - as above
            # a loop that never rests keeps the lock of the interpreter from the runners, 5 ms at a time
            await asyncio.sleep(0.001)


async def settled(process, *states):
    """Wait until a process is shown in one of these states."""
    await until(lambda: process.info().state in states)


async def responsive(turns=20):
    """The event loop still turns."""
    for _ in range(turns):
        await asyncio.sleep(0)


def environment(**more):
    """The environment of a Python program that uses this source tree."""
    here = Path(__file__).parent
    return {**os.environ, "PYTHONPATH": f"{SOURCE}:{here}:{here.parent}", **more}


def run_python(program, *arguments, **options):
    """Run a Python program against this source tree, to its end; never raises for its exit code."""
    if "input" not in options:
        options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", program, *arguments],
        env=environment(),
        capture_output="stdout" not in options,
        timeout=options.pop("timeout", 60),
        check=False,
        **options,
    )
