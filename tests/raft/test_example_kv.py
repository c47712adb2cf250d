"""The example, run as its README says."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from guests_fixtures import NEEDS_PYTHON_GUESTS
from wetware.capnp.generate.__main__ import generate

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "examples" / "raft_kv" / "README.md"


def commands():
    """The commands that the README shows, without `python`."""
    return [found[1].split() for found in re.finditer(r"^ *python (\S.*)$", README.read_text(), re.MULTILINE)]


async def run(*arguments, cap=100, **more):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        **more,
    )
    try:
        async with asyncio.timeout(cap):
            return process, *await process.communicate(b"")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def told_of(text, rows):
    """What the example has told: the marks of its rows, what was killed, and the two numbers."""
    marks = {row: re.search(rf"^{row} +(\S+)$", text, re.MULTILINE)[1] for row in rows}
    killed = re.findall(r"^at [\d.]+ s (.+); no acknowledgement for", text, re.MULTILINE)
    numbers = re.search(r"(\d+) additions were acknowledged, the counter is (\d+)", text).groups()
    return marks, killed, [int(number) for number in numbers]


async def test_leaders_are_killed_and_the_counter_is_right():
    program, *options = next(words for words in commands() if words[0].endswith("run.py"))
    process, told, wrong = await run(program, *options)
    text = told.decode()
    assert process.returncode == 0, text + wrong.decode()
    assert not wrong
    marks, killed, (acknowledged, counter) = told_of(text, ["member 1", "member 2", "member 3"])
    assert len(killed) == 2
    for words in killed:
        row = re.fullmatch("(member .), the leader, was killed", words)[1]
        assert "X" in marks[row]
    assert sum(drawn.count("X") for drawn in marks.values()) == len(killed)
    assert all("L" in drawn or "f" in drawn for drawn in marks.values())
    assert acknowledged == counter > 0


@pytest.mark.timeout(900)  # the first Python guest has its interpreter built
@NEEDS_PYTHON_GUESTS
async def test_processes_and_nodes_are_killed_and_the_counter_is_right():
    program, *options = next(words for words in commands() if words[0].endswith("cluster.py"))
    process, told, wrong = await run(program, *options, cap=800)
    text = told.decode()
    assert process.returncode == 0, text + wrong.decode()
    marks, killed, (acknowledged, counter) = told_of(text, ["anna", "bert", "cleo"])
    first, second, third = killed
    process_at = re.fullmatch("the process on (.+), the leader, was killed", first)[1]
    node = re.fullmatch("the node (.+), with the leader on it, was killed", second)[1]
    assert third == "all nodes were killed"
    assert {row: drawn.count("X") for row, drawn in marks.items()} == {
        row: int(row == process_at) for row in marks
    }
    assert {row: drawn.count("#") for row, drawn in marks.items()} == {
        row: 1 + int(row == node) for row in marks
    }
    for drawn in marks.values():
        assert drawn[-1] in "Lfc"  # it came back
    assert acknowledged == counter > 0


async def test_a_member_by_hand_ends_with_its_input(tmp_path):
    program, number, _, *options = next(words for words in commands() if words[0].endswith("member.py"))
    process, told, wrong = await run(program, number, str(tmp_path), *options)
    assert (process.returncode, told, wrong) == (0, b"ready\n", b"")
    process, told, wrong = await run(program, number, str(tmp_path), "--founders", "2,3", cap=60)
    assert process.returncode == 0, "its log says who founded the group"
    process, told, wrong = await run(program, "4", str(tmp_path), "--founders", "2,3")
    assert process.returncode == 1
    assert wrong == b"member 4: member 4 is not among the founders; give it none, and add it\n"


def test_the_generated_module_is_up_to_date():
    """The schema imports one of the project's own by its full name."""
    ((path, text),) = generate([README.parent / "replica" / "replica.capnp"]).items()
    assert path.read_text() == text


def test_what_the_picture_is_made_of(monkeypatch):
    monkeypatch.syspath_prepend(str(README.parent))
    from timeline import KILLED, NODE_KILLED, Kill, Timeline

    timeline = Timeline(["one", "two"])
    timeline.writes = [0.05, 0.06, 0.15, 0.95, 1.25]
    timeline.kills = [Kill(0.32, ["one"], KILLED, "one"), Kill(1.11, ["one", "two"], NODE_KILLED, "both")]
    timeline.roles = {("one", 0): "L", ("two", 0): "f", ("two", 8): "L", ("one", 9): "c", ("one", 10): "f"}
    picture = timeline.draw().splitlines()
    assert picture == [
        "        0s        1s",
        "one     LLLX.....cf#.",
        "two     ffffffffLLL#.",
        "writes  █▄       ▄  ▄  at most 2 in 0.1 s",
        "        L leader   f follower   c candidate   X killed   # killed with its node   . not running",
    ]
    assert [round(gap, 2) for gap in timeline.failovers()] == [0.63, 0.14]
