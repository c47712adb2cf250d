"""The example, run as its README says."""

import asyncio
import os
import re
import sys
from pathlib import Path

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


async def test_leaders_are_killed_and_the_counter_is_right():
    program, *options = commands()[0]
    process, told, wrong = await run(program, *options)
    text = told.decode()
    assert process.returncode == 0, text + wrong.decode()
    assert not wrong
    lines = text.splitlines()
    members = {line.split()[1]: line.split(maxsplit=2)[2] for line in lines if line.startswith("member ")}
    assert sorted(members) == ["1", "2", "3"]
    killed = re.findall(r"^at [\d.]+ s member (\d), the leader, was killed; no ack", text, re.MULTILINE)
    assert killed
    for one in killed:
        assert "X" in members[one]
    assert sum(drawn.count("X") for drawn in members.values()) == len(killed)
    assert all("L" in drawn or "f" in drawn for drawn in members.values())
    acknowledged, counter = re.search(
        r"(\d+) additions were acknowledged, the counter is (\d+)", text
    ).groups()
    assert acknowledged == counter
    assert int(counter) > 0


async def test_a_member_by_hand_ends_with_its_input(tmp_path):
    program, number, _, *options = commands()[1]
    process, told, wrong = await run(program, number, str(tmp_path), *options)
    assert (process.returncode, told, wrong) == (0, b"ready\n", b"")
    process, told, wrong = await run(program, number, str(tmp_path), "--founders", "2,3", cap=60)
    assert process.returncode == 0, "its log says who founded the group"
    process, told, wrong = await run(program, "4", str(tmp_path), "--founders", "2,3")
    assert process.returncode == 1
    assert wrong == b"member 4: member 4 is not among the founders; give it none, and add it\n"


def test_what_the_picture_is_made_of(monkeypatch):
    monkeypatch.syspath_prepend(str(README.parent))
    import run as example

    story = example.Story()
    story.writes = [0.05, 0.06, 0.15, 0.95, 1.25]
    story.kills, story.restarts = [(0.32, 1)], [(0.71, 1)]
    story.roles = {(1, 0): "L", (2, 0): "f", (2, 8): "L", (1, 10): "f"}
    picture = story.draw().splitlines()
    assert picture[1] == "member 1  LLLX......fff"
    assert picture[2] == "member 2  ffffffffLLLLL"
    assert picture[4].startswith("writes    █▄       ▄  ▄  at most 2")
    assert [round(gap, 2) for gap in story.failovers()] == [0.63]
