"""The examples for guests' authors do what their comments say."""

import asyncio
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from guests import build
from wetware import Limits
from wetware.capnp.generate.__main__ import generate
from wetware.process.reasons import Exited

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
START = "from wetware.cli.main import main; main()"


def python(*arguments):
    """Run Python as a user of this source tree would."""
    try:
        metadata.version("componentize-py")
    except metadata.PackageNotFoundError:
        pytest.skip("no builder of the interpreter: pip install componentize-py")
    done = subprocess.run(
        [sys.executable, "-P", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.timeout(600)
def test_a_python_supervisor():
    done = python("-c", START, "run", "--grant", "executor", "examples/python/supervisor")
    assert done.stdout.splitlines() == [
        "primes: [25, 168, 669]",
        "refused: the callee failed with ValueError",
        "without its journal: the capability was revoked",
        "three is linked",
        "still there: ['one']",
    ]
    for said in (
        "RuntimeError: this worker has a bad day",  # with its traceback, which names the program's own file
        'File "three/__main__.py"',
        "supervisor: three exited with code 1; it is replaced",
        "supervisor: two notes: there are 168 primes below 1000",
        "ValueError: 1000000 is too much for one worker",
    ):
        assert said in done.stderr


@pytest.mark.timeout(600)
def test_a_program_that_hands_capabilities_down():
    done = python("examples/python/embedding/run.py")
    assert done.stdout.splitlines() == [
        "greeting: True",
        "secret: False",
        "set: this capability does not permit the method",
        "get: the contract has ended",
        "process 2 has ended (killed) and offers no capability",
    ]


@pytest.mark.parametrize("schema", sorted(EXAMPLES.glob("**/*.capnp")), ids=lambda path: path.name)
def test_what_is_generated_is_as_its_schema_says(schema):
    ((path, text),) = generate([schema]).items()
    assert path.read_text() == text


async def test_a_go_supervisor(node, go_module):
    process = await node.spawn(
        go_module("examples/go/supervisor"),
        stdout="capture",
        executor=True,
        limits=Limits(memory=1 << 30),
    )
    text = await process.stdout.read()
    assert await process.monitor() == Exited(0), text
    assert text.decode().splitlines() == [
        "ended: third exited with code 3",
        "first answers: true",
        "second answers: true",
        "third answers: true",
        "second true",
    ]
    async with asyncio.timeout(60):
        while node.ps():  # noqa: ASYNC110 - its children end after it, and nobody tells of them
            await asyncio.sleep(0.001)


async def test_c_without_a_library(node):
    try:
        program = build.compile_c(EXAMPLES / "c" / "session.c")
    except build.ToolchainMissing as missing:
        pytest.skip(str(missing))
    process = await node.spawn(program, args=["20"], stdout="capture", executor=True)
    lines = (await process.stdout.read()).decode().splitlines()
    assert await process.monitor() == Exited(0)
    assert lines[0] == "this program sees 1 process(es)"
    assert lines[1].endswith("(median of 20)")

    process = await node.spawn(program, stderr="capture")
    assert b"was an executor granted?" in await process.stderr.read()
    assert await process.monitor() == Exited(1)
