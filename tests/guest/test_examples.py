"""The examples for guests' authors do what their comments say."""

from pathlib import Path

import pytest

from guests import build
from wetware import Limits
from wetware.process.reasons import Exited

EXAMPLES = Path(__file__).parents[2] / "examples"


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
    assert node.ps() == []


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
