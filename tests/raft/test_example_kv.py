"""The example, run as its README says."""

import asyncio
import importlib.util
import os
import re
import sys
from pathlib import Path

import pytest

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
    """What the example has told of its rows: their marks, who was killed and how, and the two numbers."""
    marks = {
        line.split()[0]: line.split()[1] for line in text.replace("member ", "member-").splitlines() if line
    }
    killed = re.findall(r"^at [\d.]+ s (.+), the leader, was (killed.*); no ack", text, re.MULTILINE)
    numbers = re.search(r"(\d+) additions were acknowledged, the counter is (\d+)", text).groups()
    return {row: marks[row.replace(" ", "-")] for row in rows}, killed, numbers


async def test_leaders_are_killed_and_the_counter_is_right():
    program, *options = next(words for words in commands() if words[0].endswith("run.py"))
    process, told, wrong = await run(program, *options)
    text = told.decode()
    assert process.returncode == 0, text + wrong.decode()
    assert not wrong
    marks, killed, (acknowledged, counter) = told_of(text, ["member 1", "member 2", "member 3"])
    assert len(killed) == 2
    for row, how in killed:
        assert how == "killed"
        assert "X" in marks[row]
    assert sum(drawn.count("X") for drawn in marks.values()) == len(killed)
    assert all("L" in drawn or "f" in drawn for drawn in marks.values())
    assert acknowledged == counter
    assert int(counter) > 0


@pytest.mark.timeout(900)  # the first Python guest has its interpreter built
@pytest.mark.skipif(
    importlib.util.find_spec("componentize_py") is None,
    reason="Python guests need componentize-py: pip install componentize-py",
)
async def test_processes_and_nodes_are_killed_and_the_counter_is_right():
    process, told, wrong = await run("examples/raft_kv/cluster.py", "--kills", "2", "--clients", "2", cap=800)
    text = told.decode()
    assert process.returncode == 0, text + wrong.decode()
    marks, killed, (acknowledged, counter) = told_of(text, ["anna", "bert", "cleo"])
    (first, how), (second, how_then) = killed
    assert (how, how_then) == ("killed", "killed with its node")
    assert "X" in marks[first]
    assert "#" in marks[second]
    for row in (first, second):
        came_back = marks[row][max(marks[row].rfind("X"), marks[row].rfind("#")) + 1 :]
        assert came_back[-1] in "Lf"
    assert acknowledged == counter
    assert int(counter) > 0


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
    from timeline import KILLED, NODE_KILLED, Timeline

    timeline = Timeline(["one", "two"])
    timeline.writes = [0.05, 0.06, 0.15, 0.95, 1.25]
    timeline.kills = [(0.32, "one", KILLED), (1.11, "two", NODE_KILLED)]
    timeline.roles = {("one", 0): "L", ("two", 0): "f", ("two", 8): "L", ("one", 9): "j", ("one", 10): "f"}
    picture = timeline.draw().splitlines()
    assert picture == [
        "        0s        1s",
        "one     LLLX.....jfff",
        "two     ffffffffLLL#.",
        "writes  █▄       ▄  ▄  at most 2 in 0.1 s",
        "        L leader   f follower   j joining   X killed   # killed with its node   . not running",
    ]
    assert [round(gap, 2) for gap in timeline.failovers()] == [0.63, 0.14]
